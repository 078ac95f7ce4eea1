"""Which rows does a file of EU listings hold, and which party is each? Both kinds of file: consolidated and amending.

A row begins with the number of its act, so that a stray quote spoils one row and no other. Refuses unknown columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knockon.errors import BadClaim, BadFile
from knockon.model.ids import tagged_id
from knockon.sources.editions import Paper

__all__ = ["NEEDED", "Row", "act_of", "cells_of", "is_celex", "parties", "rows_of"]

NEEDED = ("recordId", "programKey", "annex", "measure", "startDate", "schema", "name")
_CELEX = re.compile(r"3\d{4}[A-Z]\d{4}\Z")
_TELLS_APART = ("schema", "name")
_TELLS_MORE = (
    "alias",
    "birthDate",
    "birthPlace",
    "nationality",
    "imoNumber",
    "registrationNumber",
    "taxNumber",
    "innCode",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number in the file and the act on whose list it stands."""

    where: str
    act: str
    cells: dict[str, str]


def is_celex(text: str) -> bool:
    """Whether a text is the bare number of an act, such as 32014R0269."""
    return bool(_CELEX.match(text))


def act_of(celex: str) -> str:
    """The act as lawyers write it.

    >>> act_of("32014R0269"), act_of("32024R1485"), act_of("32011D0173")
    ('269/2014', '2024/1485', '2011/173/CFSP')
    """
    year, kind, number = celex[1:5], celex[5], str(int(celex[6:]))
    if kind == "D":
        return f"{year}/{number}/CFSP" if int(year) < 2015 else f"(CFSP) {year}/{number}"
    return f"{number}/{year}" if int(year) < 2015 else f"{year}/{number}"


def rows_of(paper: Paper, problems: list[BadClaim]) -> Iterator[Row]:
    """Every sound row; what is unsound goes to ``problems`` with its place."""
    first, _, rest = paper.text.partition("\n")
    header = next(csv.reader([first.rstrip("\r")]), [])
    key = "celex" if "celex" in header else "amendedCelex"
    if missing := [c for c in (key, *NEEDED) if c not in header]:
        raise BadFile(
            paper.address, f"lacks the column(s) {', '.join(missing)}", "its format is in docs/reference/sources.md"
        )
    for number, text in _records(rest):
        where = f"{paper.address} row {number}"
        try:
            found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as fault:
            problems.append(BadClaim(f"is not CSV ({fault})", where=where))
            continue
        if len(found) != 1 or len(found[0]) != len(header):
            told = f"has {len(found[0])} cells" if len(found) == 1 else f"is {len(found)} rows in one"
            problems.append(BadClaim(f"{told}, the header has {len(header)}", where=where))
            continue
        cells = dict(zip(header, (cell.strip() for cell in found[0]), strict=True))
        if not _CELEX.match(cells[key]):
            problems.append(BadClaim(f'column {key} "{cells[key][:40]}" is no CELEX number', where=where))
        elif not cells["name"]:
            problems.append(BadClaim("column name is empty", where=where))
        else:
            yield Row(where, cells[key], cells)


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Lines put together to records: a new one begins where a line begins with the number of an act."""
    held: list[str] = []
    first = 2
    for number, line in enumerate(text.splitlines(keepends=True), 2):
        if held and re.match(r'"?3\d{4}[A-Z]\d{4}"?,', line):
            yield first, "".join(held)
            held = []
        if not held:
            first = number
        if held or line.strip():
            held.append(line)
    if held:
        yield first, "".join(held)


def cells_of(text: str) -> tuple[str, ...]:
    """The values of one cell: apart at semicolons, quoted where a value holds one.

    >>> cells_of('"Foo; Bar"; Baz')
    ('Foo; Bar', 'Baz')
    """
    if not text:
        return ()
    if '"' not in text:
        return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
    found = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    return tuple(dict.fromkeys(part.strip() for part in found if part.strip()))


def parties(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """Each row with the id of its party: act, annex and record; a hash of the name where the act prints no record.

    Where one key stands for two names, the hash of the name goes behind it; what tells rows apart is never their order.
    """
    listed = list(rows)
    names: dict[str, set[str]] = defaultdict(set)
    more: dict[str, set[str]] = defaultdict(set)
    for row in listed:
        names[_key(row)].add(_hash(row, _TELLS_APART))
        more[_key(row) + _hash(row, _TELLS_APART)].add(_hash(row, _TELLS_MORE))
    made = []
    for row in listed:
        key, name = _key(row), _hash(row, _TELLS_APART)
        end = "" if row.cells["recordId"] and len(names[key]) == 1 else f".{name}"
        if not row.cells["recordId"] and len(more[key + name]) > 1:
            end += f".{_hash(row, _TELLS_MORE)}"
        made.append((row, f"{key}{end}"))
    return made


def _key(row: Row) -> str:
    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-") or "none"

    # an annex "Ia" and an annex "I.a" keep their own spelling; "IA" would be another annex in another act
    return f"eu:{row.act.lower()}/{plain(row.cells['annex'])}/{plain(row.cells['recordId']) if row.cells['recordId'] else 'n'}"


def _hash(row: Row, columns: tuple[str, ...]) -> str:
    return tagged_id("h", "eu-row", [" ".join(row.cells.get(c, "").casefold().split()) for c in columns])[:11]
