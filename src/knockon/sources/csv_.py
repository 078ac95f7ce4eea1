"""Which claims does a CSV or JSONL file hold? The documented format of ``knockon add`` and of the reference world.

Refuses a file whose columns are not the documented ones; collects every unsound row with file, row and column. A file is
read in batches, so that one of any size can be streamed: ``batches`` cuts it, ``read_batch`` (in any process) reads one.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from knockon.errors import BadClaim, BadFile, KnockonError
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import check, predicate

__all__ = ["COLUMNS", "Batch", "Sheet", "batches", "parse_csv", "parse_jsonl", "read_batch", "read_rows"]

COLUMNS = (
    "subject,predicate,object,value,qualifiers,start,end,mode,polarity,said_by,said_on,source,title,quote"
).split(",")
_NEEDED = ("subject", "predicate", "said_by", "said_on", "source")
_JSONL = (".jsonl", ".ndjson")
_BATCH = 20_000
T = TypeVar("T")


@dataclass(slots=True)
class Sheet:
    """What one file gave: sound claims, titles of their sources, and the unsound rows with their places."""

    claims: list[Claim] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[BadClaim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file with their numbers; ``header`` names the columns of a CSV, and is empty for JSONL."""

    where: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]


# ---------------------------------------------------------------------------------------------------- whole files
def read_rows(path: Path) -> Sheet:
    """Read a .csv or .jsonl file of claims."""
    return _merged(batches(path))


def parse_csv(text: str, where: str) -> Sheet:
    """Claims of a CSV text; ``where`` names the file in errors.

    >>> head = "subject,predicate,object,value,said_by,said_on,source"
    >>> parse_csv(head + chr(10) + "acme,holds_shares,bolt,60 %,registry,2020-01-01,test", "x.csv").claims[0].value
    Quantity('60 %')
    """
    return _merged(_csv_batches(io.StringIO(text, newline=""), where))


def parse_jsonl(text: str, where: str) -> Sheet:
    """Claims of a JSONL text: one object a line, with the fields of a claim, and ``title`` for its source."""
    return _merged(_jsonl_batches(io.StringIO(text, newline=""), where))


def _merged(parts: Iterable[Batch]) -> Sheet:
    whole = Sheet()
    for part in map(read_batch, parts):
        whole.claims += part.claims
        whole.problems += part.problems
        for source, title in part.titles.items():
            whole.titles.setdefault(source, title)
    return whole


# ---------------------------------------------------------------------------------------------------- cutting
def batches(path: Path) -> Iterator[Batch]:
    """The rows of a .csv or .jsonl file, some thousands at a time; the whole file is first checked to be UTF-8."""
    _check_utf8(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _jsonl_batches(file, str(path)) if path.suffix in _JSONL else _csv_batches(file, str(path))


def _check_utf8(path: Path) -> None:
    decoder, done = codecs.getincrementaldecoder("utf-8")(), 0
    with path.open("rb") as file:
        while True:
            block = file.read(1 << 20)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as fault:
                raise BadFile(path, f"is not UTF-8 (byte {done - held + fault.start})", "save it as UTF-8") from None
            if not block:
                return
            done += len(block)


def _csv_batches(file: Iterable[str], where: str) -> Iterator[Batch]:
    reader = csv.reader(file, strict=True)
    try:
        header = next(reader, None)
        if not header or not any(cell.strip() for cell in header):
            raise BadFile(where, "is empty", f"the first line names the columns: {','.join(COLUMNS)}")
        _check_header(header, where)
        rows = ((reader.line_num, cells) for cells in reader if any(cells))
        while some := tuple(islice(rows, _BATCH)):
            yield Batch(where, tuple(header), some)
    except csv.Error as fault:
        raise BadFile(where, f"line {reader.line_num} is not CSV ({fault})") from None


def _check_header(header: list[str], where: str) -> None:
    unknown = [c for c in header if c not in COLUMNS]
    missing = [c for c in _NEEDED if c not in header]
    twice = sorted({c for c in header if header.count(c) > 1})
    if unknown or missing or twice:
        found = "; ".join(
            f"{what} {', '.join(map(repr, cells))}"
            for what, cells in (("unknown column", unknown), ("missing column", missing), ("column given twice", twice))
            if cells
        )
        raise BadFile(where, f"row 1: {found}", f"the columns are {','.join(COLUMNS)}")


def _jsonl_batches(file: Iterable[str], where: str) -> Iterator[Batch]:
    rows = ((number, [line]) for number, line in enumerate(file, 1) if line.strip())
    empty = True
    while some := tuple(islice(rows, _BATCH)):
        empty = False
        yield Batch(where, (), some)
    if empty:
        raise BadFile(where, "is empty", "one JSON object a line; see docs/reference/claims.md")


# ---------------------------------------------------------------------------------------------------- reading
class _Cell(Exception):
    def __init__(self, column: str, fault: KnockonError) -> None:
        self.column = column
        self.fault = fault


def read_batch(batch: Batch) -> Sheet:
    """The claims of a batch, and what is unsound in it."""
    sheet = Sheet()
    read = _of_cells(batch.header) if batch.header else _of_json
    for number, cells in batch.rows:
        try:
            claim, title = read(cells)
            check(claim)
        except _Cell as told:
            place = f"{batch.where}, row {number}, column {told.column}"
            sheet.problems.append(BadClaim(told.fault.message, where=place, hint=told.fault.hint))
        except BadClaim as fault:
            sheet.problems.append(fault.at(f"{batch.where}, row {number}"))
        except KnockonError as fault:
            place = f"{batch.where}, row {number}" + (", column predicate" if batch.header else "")
            sheet.problems.append(BadClaim(fault.message, where=place, hint=fault.hint))
        else:
            sheet.claims.append(claim)
            if title:
                sheet.titles.setdefault(claim.source, title)
    return sheet


def _of_json(cells: Sequence[str]) -> tuple[Claim, str]:
    try:
        data = json.loads(cells[0])
    except json.JSONDecodeError as fault:
        raise BadClaim(f"is not JSON ({fault.msg}, column {fault.colno})") from None
    except RecursionError:
        raise BadClaim("is not a claim: it is nested too deeply") from None
    if not isinstance(data, dict):
        raise BadClaim("is not a JSON object")
    title = data.pop("title", None)
    data.pop("id", None)
    return Claim.from_dict(data), str(title) if title else ""


def _of_cells(header: Sequence[str]) -> Callable[[list[str]], tuple[Claim, str]]:
    """A reader for rows with this header: the place of each column is looked up once, not for every row."""
    width = len(header)
    place = {column: header.index(column) if column in header else width for column in COLUMNS}
    subject, word, obj, value, qualifiers, start, end, mode, polarity, said_by, said_on, source, title, _ = (
        place[column] for column in COLUMNS
    )

    def read(cells: list[str]) -> tuple[Claim, str]:
        if len(cells) != width:
            raise BadClaim(f"has {len(cells)} cells, the header has {width}")
        cell = [text.strip() for text in cells]
        cell.append("")  # where the columns that the header leaves out are found
        if missing := [c for c in _NEEDED if not cell[place[c]]]:
            raise BadClaim(f"missing field(s) {', '.join(missing)}")
        claim = Claim(
            subject=EntityId(cell[subject]),
            predicate=cell[word],
            object=EntityId(cell[obj]) if cell[obj] else None,
            value=_value(cell[word], cell[value]) if cell[value] else None,
            qualifiers=_in("qualifiers", _qualifiers, cell[qualifiers]) if cell[qualifiers] else (),
            start=_in("start", Moment.parse, cell[start]) if cell[start] else None,
            end=_in("end", Moment.parse, cell[end]) if cell[end] else None,
            mode=_word(_MODES, cell[mode], "mode") if cell[mode] else Mode.STATED,
            polarity=_word(_POLARITIES, cell[polarity], "polarity") if cell[polarity] else Polarity.AFFIRMED,
            said_by=_chain(cell[said_by]),
            said_on=_in("said_on", Moment.parse, cell[said_on]),
            source=cell[source],
        )
        return claim, cell[title]

    return read


_MODES = {mode.value: mode for mode in Mode}
_POLARITIES = {polarity.value: polarity for polarity in Polarity}


def _word(words: Mapping[str, T], found: str, column: str) -> T:
    if found not in words:
        raise BadClaim(f'{column} "{found}" is not one of {", ".join(words)}')
    return words[found]


def _in(column: str, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except KnockonError as fault:
        raise _Cell(column, fault) from None


def _value(word: str, text: str) -> Quantity | str:
    return text if predicate(word).value == "text" else _in("value", Quantity.parse, text)


@lru_cache(maxsize=4096)
def _chain(text: str) -> tuple[EntityId, ...]:
    return tuple(EntityId(s.strip()) for s in text.split("<") if s.strip())


@lru_cache(maxsize=4096)
def _qualifiers(text: str) -> tuple[tuple[str, str], ...]:
    out: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        key, sep, value = part.partition("=")
        if not sep or not key.strip() or not value.strip():
            raise BadClaim(f'qualifier "{part}" is not key=value')
        if key.strip() in out:
            raise BadClaim(f'qualifier "{key.strip()}" is given twice')
        out[key.strip()] = value.strip()
    return tuple(sorted(out.items()))
