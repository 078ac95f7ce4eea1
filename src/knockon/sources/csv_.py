"""Which claims does a CSV or JSONL file hold? The documented format of ``knockon add`` and of the reference world.

Refuses a file whose columns are not the documented ones; collects every unsound row with file, row and column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knockon.errors import BadClaim, BadFile, KnockonError
from knockon.model.claim import Claim
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import check, predicate

__all__ = ["COLUMNS", "Sheet", "parse_csv", "parse_jsonl", "read_rows"]

COLUMNS = (
    "subject,predicate,object,value,qualifiers,start,end,mode,polarity,said_by,said_on,source,title,quote"
).split(",")
_NEEDED = ("subject", "predicate", "said_by", "said_on", "source")


@dataclass(slots=True)
class Sheet:
    """What one file gave: sound claims, titles of their sources, and the unsound rows with their places."""

    claims: list[Claim] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[BadClaim] = field(default_factory=list)


def read_rows(path: Path) -> Sheet:
    """Read a .csv or .jsonl file of claims."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadFile(path, f"is not UTF-8 (byte {fault.start})", "save it as UTF-8") from None
    return parse_jsonl(text, str(path)) if path.suffix in (".jsonl", ".ndjson") else parse_csv(text, str(path))


def parse_csv(text: str, where: str) -> Sheet:
    """Claims of a CSV text; ``where`` names the file in errors.

    >>> head = "subject,predicate,object,value,said_by,said_on,source"
    >>> parse_csv(head + chr(10) + "acme,holds_shares,bolt,60 %,registry,2020-01-01,test", "x.csv").claims[0].value
    Quantity('60 %')
    """
    sheet = Sheet()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, None)
        if not header or not any(cell.strip() for cell in header):
            raise BadFile(where, "is empty", f"the first line names the columns: {','.join(COLUMNS)}")
        _check_header(header, where)
        for cells in reader:
            if cells and any(cells):
                _add_row(sheet, header, cells, where, reader.line_num)
    except csv.Error as fault:
        raise BadFile(where, f"line {reader.line_num} is not CSV ({fault})") from None
    return sheet


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


def _add_row(sheet: Sheet, header: list[str], cells: list[str], where: str, number: int) -> None:
    place = f"{where}, row {number}"
    if len(cells) != len(header):
        sheet.problems.append(BadClaim(f"has {len(cells)} cells, the header has {len(header)}", where=place))
        return
    cell = dict(zip(header, cells, strict=True))
    try:
        claim = _claim(cell)
        check(claim)
    except _Cell as fault:
        sheet.problems.append(BadClaim(fault.fault.message, where=f"{place}, column {fault.column}", hint=fault.fault.hint))
        return
    except BadClaim as fault:
        sheet.problems.append(fault.at(place))
        return
    except KnockonError as fault:
        sheet.problems.append(BadClaim(fault.message, where=f"{place}, column predicate", hint=fault.hint))
        return
    sheet.claims.append(claim)
    if title := cell.get("title", "").strip():
        sheet.titles.setdefault(claim.source, title)


class _Cell(Exception):
    def __init__(self, column: str, fault: KnockonError) -> None:
        self.column = column
        self.fault = fault


def _claim(cell: dict[str, str]) -> Claim:
    data: dict[str, Any] = {}
    for column in ("subject", "predicate", "object", "start", "end", "said_on", "source"):
        if text := cell.get(column, "").strip():
            data[column] = text
    data["mode"] = cell.get("mode", "").strip() or "stated"
    data["polarity"] = cell.get("polarity", "").strip() or "affirmed"
    data["said_by"] = [s.strip() for s in cell.get("said_by", "").split("<") if s.strip()]
    data["qualifiers"] = _in("qualifiers", lambda: _qualifiers(cell.get("qualifiers", "")))
    if value := cell.get("value", "").strip():
        word = predicate(data.get("predicate", ""))
        data["value"] = {"text": value} if word.value == "text" else None
        if data["value"] is None:
            number = _in("value", lambda: Quantity.parse(value))
            data["value"] = _dict(number)
    for column in ("start", "end", "said_on"):
        if column in data:
            _in(column, lambda text=data[column]: _moment(text))
    return Claim.from_dict(data)


def _dict(number: Quantity) -> dict[str, Any]:
    from knockon.model.claim import _quantity_dict

    return _quantity_dict(number)


def _moment(text: str) -> object:
    from knockon.model.interval import Moment

    return Moment.parse(text)


def _in(column: str, read: Any) -> Any:
    try:
        return read()
    except KnockonError as fault:
        raise _Cell(column, fault) from None


def _qualifiers(text: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        key, sep, value = part.partition("=")
        if not sep or not key.strip() or not value.strip():
            raise BadClaim(f'qualifier "{part}" is not key=value')
        if key.strip() in out:
            raise BadClaim(f'qualifier "{key.strip()}" is given twice')
        out[key.strip()] = value.strip()
    return out


def parse_jsonl(text: str, where: str) -> Sheet:
    """Claims of a JSONL text: one object a line, with the fields of a claim, and ``title`` for its source."""
    sheet = Sheet()
    for number, line in _lines(text):
        place = f"{where}, row {number}"
        try:
            data = json.loads(line)
            if not isinstance(data, dict):
                raise BadClaim("is not a JSON object")
            title = data.pop("title", None)
            data.pop("id", None)
            claim = Claim.from_dict(data)
            check(claim)
        except json.JSONDecodeError as fault:
            sheet.problems.append(BadClaim(f"is not JSON ({fault.msg}, column {fault.colno})", where=place))
            continue
        except KnockonError as fault:
            sheet.problems.append(BadClaim(fault.message, where=place, hint=fault.hint))
            continue
        sheet.claims.append(claim)
        if title:
            sheet.titles.setdefault(claim.source, str(title))
    if not sheet.claims and not sheet.problems:
        raise BadFile(where, "is empty", "one JSON object a line; see docs/reference/claims.md")
    return sheet


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line
