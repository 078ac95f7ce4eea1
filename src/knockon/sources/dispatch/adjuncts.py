"""When and where does the clause of a frame lie? Dates and places of the same clause, talks that last days.

Refuses dates of other clauses: a date is taken only from between the commas that open another clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.sources.dispatch.language import Language
from knockon.sources.dispatch.line import Hit, Unit

__all__ = ["Term", "clause", "place", "term"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Start and end that a clause gives, the units that give them, and whether a date stayed unresolved."""

    start: Moment | None = None
    end: Moment | None = None
    units: tuple[int, ...] = ()
    unresolved: bool = False


def clause(line: Sequence[Unit], first: int, last: int, language: Language) -> tuple[int, int]:
    """The units around ``first`` up to ``last`` up to where another clause opens."""
    openers = frozenset((*language.table["link"]["openers"].split(), *language.words["say"], *language.words["report"]))
    start, end = first, last
    while start > 0 and not _border(line, start - 1, openers) and not _head(line, start - 1, language):
        start -= 1
    while end < len(line) and not _border(line, end, openers) and not _head(line, end, language):
        end += 1
    return start, end


def _head(line: Sequence[Unit], at: int, language: Language) -> bool:
    """Whether the comma at ``at`` ends a clause with which the sentence opens: "After the US imposed …, the company …"."""
    if line[at].code != ",":
        return False
    start = next((n + 1 for n in range(at - 1, -1, -1) if line[n].code in ',;:".'), 0)
    rows = language.table["link"]
    first = [u.code for u in line[start : start + 2]]
    return bool(first) and (first[0] in rows["heads"].split() or first == rows["after_that"].split())


def _border(line: Sequence[Unit], at: int, openers: frozenset[str]) -> bool:
    code = line[at].code
    if code in ';:."' and code:
        return True
    if code != ",":
        return False
    following = line[at + 1].code if at + 1 < len(line) else ""
    return following in openers


def term(hit: Hit, language: Language, *, how: str, state: bool) -> Term:
    """The start and end for a frame: ``how`` is start, hit, after, from, period, end_as_start or none.

    A state takes only "since" and "until"; an event takes the date of its verb's clause.
    """
    if how == "none":
        return Term()
    line = hit.line
    v = hit.spans.get("V", (hit.first, hit.last))
    first, last = (
        clause(line, min(hit.first, v[0]), max(hit.last, v[1]), language)
        if how != "end_as_start"
        else (hit.first, hit.last)
    )
    v_first, v_last = clause(line, *v, language)
    if how == "until":
        ends = [n for n in range(hit.first, len(line)) if _usable(line[n]) and line[n].code == "$until/"]
        when = line[ends[0]].when if ends else None
        return (
            Term(end=last_day(when.moment), units=(ends[0],))
            if when is not None and when.moment is not None
            else Term()
        )
    if how == "end_as_start" and hit.has("D"):
        at = hit.spans["D"][0]
        when = line[at].when
        day = last_day(when.moment) if when and when.moment else None
        return Term(start=day, units=(at,), unresolved=day is None)
    lasting = next((n for n in range(first, last) if line[n].code == "$length/"), None)
    if lasting is not None:
        return _lasting(line, lasting, tuple(language.table["link"]["begins"].split()))
    if how == "from":
        v_first = 0
    if how == "hit" and not any(_usable(u) for u in line[v_first:v_last]):
        v_first, v_last = hit.first, hit.last
    together = language.table["link"]["together"]
    if how == "after" or any(line[n].code == together for n in range(max(0, v[0] - 2), v[0]) if line[n].ref is None):
        v_first = v[0]
    roles = ("since", "until") if state else ("since", "on", "after", "before", "by")
    choice = [n for n in range(v_first, v_last) if _usable(line[n]) and line[n].code[1:-1] in roles]
    if not choice:
        return Term(unresolved=any(u.when is not None and u.when.moment is None for u in line[first:last]))
    at = min(choice, key=lambda n: (min(abs(n - v[0]), abs(n - v[1] + 1)), n))
    return _told(line, at, choice, how)


def _usable(unit: Unit) -> bool:
    return unit.when is not None and unit.when.moment is not None and unit.when.role != "length"


def _told(line: Sequence[Unit], at: int, choice: Sequence[int], how: str) -> Term:
    when = line[at].when
    assert when is not None and when.moment is not None
    moment = when.moment
    if how == "period":
        end = Moment.day(moment.latest + timedelta(days=1)) if moment.latest else None
        return Term(start=Moment.day(moment.earliest) if moment.earliest else None, end=end, units=(at,))
    if how == "from" and moment.earliest:
        return Term(start=Moment(moment.earliest, None), units=(at,))
    if when.role == "until":
        starts = [n for n in choice if line[n].when is not None and line[n].when.role in ("since", "on") and n != at]  # type: ignore[union-attr]
        return Term(end=last_day(moment), units=(at,)) if not starts else _told(line, starts[0], [starts[0]], how)
    if when.role == "after" and moment.latest:
        return Term(start=Moment(moment.latest, None), units=(at,))
    if when.role in ("before", "by") and moment.earliest:
        return Term(start=Moment(None, moment.earliest), units=(at,))
    return Term(start=moment, units=(at,))


def last_day(moment: Moment) -> Moment:
    """The end that "until that day" gives: with a clock that instant; else in doubt between that day and the next."""
    if moment.clock or moment.earliest is None or moment.latest is None:
        return moment
    return Moment(moment.earliest, moment.latest + timedelta(days=1))


def _lasting(line: Sequence[Unit], at: int, begins: tuple[str, ...]) -> Term:
    """ "a two-day meeting … which begins today": a start and the first day after it."""
    length = line[at].when
    first = next(
        (n for n in range(at, len(line)) if _usable(line[n]) and any(u.code.startswith(begins) for u in line[at:n])),
        None,
    ) or next((n for n in range(len(line)) if _usable(line[n])), None)
    if first is None or length is None:
        return Term(unresolved=True, units=(at,))
    when = line[first].when
    assert when is not None and when.moment is not None
    day = when.moment.sure_day
    if day is None:
        return Term(start=when.moment, units=(at, first))
    return Term(start=when.moment, end=Moment.day(day + timedelta(days=length.days)), units=(at, first))


def place(line: Sequence[Unit], hit: Hit, language: Language) -> tuple[EntityId, int] | None:
    """The place that follows "in" in the clause of the verb."""
    v = hit.spans.get("V", (hit.first, hit.last))
    first, last = clause(line, *v, language)
    for n in range(max(hit.first, v[0] if "V" in hit.spans else first, 1), max(last, hit.last)):
        ref = line[n].ref
        if (
            ref is not None
            and ref.entities
            and "place" in ref.tags
            and line[n - 1].code in language.table["link"]["inside"].split()
        ):
            return ref.entities[0], n
    return None
