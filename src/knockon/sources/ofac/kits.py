"""Which files make one edition of which OFAC list? By their names where they tell, else by the programmes in them.

Refuses to guess: files whose list neither name nor content tells need ``--source us-ofac-sdn`` or ``us-ofac-nonsdn``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from knockon.errors import BadFile
from knockon.sources.editions import Paper
from knockon.sources.ofac.codes import list_by_codes, programmes_of
from knockon.sources.ofac.rows import Part, kind_of_part, part

__all__ = ["LISTS", "kits"]

LISTS = ("us-ofac-sdn", "us-ofac-nonsdn")


def kits(papers: Sequence[Paper], wanted: str = "") -> dict[tuple[str, date, str], dict[str, Part]]:
    """The parts of each edition, by list, day and folder."""
    parts = [part(paper, _kind(paper)) for paper in papers]
    named = {id(p): wanted or _by_name(p.paper.name) or _by_content(p) for p in parts}
    found: dict[tuple[str, date, str], dict[str, Part]] = {}
    for one in parts:
        list_id = named[id(one)] or _by_neighbours(one, parts, named)
        if not list_id:
            raise BadFile(
                one.paper.address,
                "is an OFAC file, but neither its name nor its programmes tell of which list",
                "add --source us-ofac-sdn or --source us-ofac-nonsdn",
            )
        kit = found.setdefault((list_id, one.paper.observed, one.paper.folder), {})
        if one.kind in kit:
            raise BadFile(
                one.paper.address,
                f"is a second {one.kind} file of {list_id} on {one.paper.observed}, after {kit[one.kind].paper.address}",
                "add one edition at a time, or put the day of each into its name",
            )
        kit[one.kind] = one
    return found


def _kind(paper: Paper) -> str:
    kind = kind_of_part(paper.text[:4000])
    if not kind:
        raise BadFile(
            paper.address, "is not one of OFAC's files: its first row has not 12, 5, 6 or 2 cells with a number first"
        )
    return kind


def _by_name(name: str) -> str:
    low = name.lower()
    if low.startswith("cons") or any(word in low for word in ("nonsdn", "non-sdn", "non_sdn")):
        return "us-ofac-nonsdn"
    return "us-ofac-sdn" if "sdn" in low else ""


def _by_content(one: Part) -> str:
    return list_by_codes({programmes_of(cells[3]) for _, cells in one.rows}) if one.kind == "main" else ""


def _by_neighbours(one: Part, parts: Iterable[Part], named: dict[int, str]) -> str:
    """The list of the other files of that folder and day, where they are all of one."""
    near = {
        named[id(p)]
        for p in parts
        if p.paper.folder == one.paper.folder and p.paper.observed == one.paper.observed and named[id(p)]
    }
    return near.pop() if len(near) == 1 else ""
