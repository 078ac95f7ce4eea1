"""Which rows do OFAC's four parts hold? No header, CRLF, ``-0- `` for nothing, and a byte 0x1A where the file ends.

Each row is one line, so that a stray quote spoils one row and no other. Refuses nothing by itself: what is unsound is told.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from knockon.errors import BadClaim
from knockon.sources.editions import Paper

__all__ = ["WIDTHS", "Part", "kind_of_part", "part"]

WIDTHS = {12: "main", 5: "alt", 6: "add", 2: "comments"}
_END = "\x1a"
_NULL = "-0-"


@dataclass(slots=True)
class Part:
    """The rows of one file, numbered from 1; ``ended`` says whether the mark of its end was there."""

    kind: str
    paper: Paper
    rows: list[tuple[int, list[str]]]
    problems: list[BadClaim]
    ended: bool


def kind_of_part(head: str) -> str:
    """Which part a file is, by the cells of its first line: "main", "alt", "add", "comments", or "" for none.

    >>> kind_of_part('306,"BANCO NACIONAL DE CUBA",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ')
    'main'
    """
    line = head.splitlines()[0] if head.strip() else ""
    try:
        cells = next(csv.reader([line], strict=True), [])
    except csv.Error:
        return ""
    kind = WIDTHS.get(len(cells), "")
    return (
        kind if kind and cells[0].strip().isdigit() and (kind == "main" or kind == "comments" or _looks(cells)) else ""
    )


def _looks(cells: list[str]) -> bool:
    return cells[1].strip().isdigit()


def part(paper: Paper, kind: str) -> Part:
    """All rows of one file."""
    width = next(w for w, k in WIDTHS.items() if k == kind)
    found = Part(kind, paper, [], [], _END in paper.text[-3:])
    lines = paper.text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip(" \x1a\r"):
            continue
        try:
            cells = next(csv.reader([line], strict=True))
        except csv.Error as fault:
            found.problems.append(_bad(paper, number, f"is not CSV ({fault})"))
            continue
        if len(cells) != width:
            found.problems.append(_bad(paper, number, f"has {len(cells)} cells, a row of this part has {width}"))
        elif not (uid := cells[0].strip()).isdigit() or not uid.isascii():
            found.problems.append(_bad(paper, number, f'column 1 (uid) "{cells[0][:40]}" is not a number'))
        else:
            found.rows.append((number, [_plain(cell) for cell in cells]))
    return found


def _plain(cell: str) -> str:
    text = cell.strip()
    return "" if text == _NULL else text


def _bad(paper: Paper, number: int, problem: str) -> BadClaim:
    return BadClaim(problem, where=f"{paper.address} row {number}")
