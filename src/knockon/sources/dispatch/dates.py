"""Which days does a date phrase mean, seen from the dateline? Ranges, never a day that was not said.

Refuses to resolve a relative date without an anchor: it stays without a moment, and the reason is kept.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from knockon.model.interval import Moment
from knockon.sources.dispatch.language import Language

__all__ = ["When", "dateline_day", "dates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date phrase: its moment (``None`` when it has no anchor) and its role: on, since, until, after, before, length."""

    start: int
    end: int
    moment: Moment | None
    role: str
    how: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    relative: re.Pattern[str]
    absolute: re.Pattern[str]
    month_alone: re.Pattern[str]
    weekday: re.Pattern[str]
    length: re.Pattern[str]
    clock: re.Pattern[str]
    distance: re.Pattern[str]
    near_weekday: re.Pattern[str]
    months_span: re.Pattern[str]
    year_part: re.Pattern[str]
    told: re.Pattern[str]
    tells: re.Pattern[str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    ahead: re.Pattern[str]
    parts: Mapping[str, Sequence[int]]
    years: Mapping[str, int]


@lru_cache(maxsize=4)
def _table(language: Language) -> _Table:
    rows = language.table["dates"]
    months, weekdays = tuple(rows["months"].split()), tuple(rows["weekdays"].split())
    month = "|".join(months)
    phrases = [p for part in ("days", "weeks", "month_shifts", "year_shifts") for p in rows[part]]
    year = rows["year_words"]
    zones = "|".join(rows["zones"])
    said = "|".join(w.replace("_", " ") for k in ("say", "report") for w in language.words[k])
    return _Table(
        relative=re.compile(
            rf"\b(?:{'|'.join(sorted(map(re.escape, phrases), key=len, reverse=True))})\b", re.IGNORECASE
        ),
        absolute=re.compile(
            rf"(?<![\w.,/-])(?P<d>\d{{1,2}})(?!\d)(?:-?[^\W\d_]{{1,2}})?(?:\s*(?:-|и|до)\s*(?P<d2>\d{{1,2}}))?\s+(?P<m>{month})\b(?:\s+(?P<y>\d{{4}}){year}|\s+(?P<rel>{'|'.join(rows['year_shifts'])}))?"
            rf"|\b(?P<d3>\d{{1,2}})\.(?P<m3>\d{{1,2}})\.(?P<y3>\d{{4}}){year}"
            rf"|\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b",
            re.IGNORECASE,
        ),
        month_alone=re.compile(
            rf"\b(?:(?P<part>{'|'.join(rows['parts'])})\s+на\s+)?(?:(?:месец|м\.)\s+)?(?P<m>{month})\b(?:\s+(?P<y>\d{{4}}){year}|\s+(?P<rel>{'|'.join(rows['year_shifts'])}))?"
            rf"|\b(?P<y2>(?:19|20)\d{{2}})(?:\s*г(?:одина|\.)(?!\w)|(?=\s*(?:,|\)|$)))",
            re.IGNORECASE,
        ),
        weekday=re.compile(rf"\b(?:в|във)\s+(?P<w>{'|'.join(weekdays)})(?:та)?\b", re.IGNORECASE),
        length=re.compile(rf"\b(?P<n>{'|'.join(rows['lengths'])})\w*", re.IGNORECASE),
        clock=re.compile(
            rf"\b(?P<h>\d{{1,2}})[:.](?P<min>\d{{2}})\s*(?:ч\.|часа|ч)?\s*(?P<zone>{zones})\s+(?:лятно\s+|зимно\s+|стандартно\s+)?(?:часово\s+)?време\s*(?:\((?P<h2>\d{{1,2}})[:.](?P<min2>\d{{2}})\s*(?:ч\.|часа|ч)?\s*(?P<zone2>{zones})\s+(?:\w+\s+)?време\)\s*)?,?\s*(?:на\s+|,\s*)?$",
            re.IGNORECASE,
        ),
        distance=re.compile(
            rf"\b(?P<way>{'|'.join(rows['ways'])})\s+(?P<n>\d{{1,2}}|{'|'.join(rows['numbers'])})\s+(?P<unit>{'|'.join(rows['spans'])})\b",
            re.IGNORECASE,
        ),
        near_weekday=re.compile(
            rf"\b(?P<near>{'|'.join(rows['near'])})\s+(?P<w>{'|'.join(weekdays)})\b", re.IGNORECASE
        ),
        months_span=re.compile(
            rf"\b(?P<m>{month})\s*(?:-|до|и)\s*(?P<last>{month})\b(?:\s+(?P<y>\d{{4}}){year}|\s+(?P<rel>{'|'.join(rows['year_shifts'])}))",
            re.IGNORECASE,
        ),
        year_part=re.compile(
            rf"\b(?P<part>{'|'.join(sorted(rows['year_parts'], key=len, reverse=True))})\s+(?:на|от|през)\s+(?:(?P<y>\d{{4}}){year}|(?P<rel>{'|'.join(rows['year_shifts'])}))",
            re.IGNORECASE,
        ),
        told=re.compile(rf"\b(?:{said})(?:\s+[^\s,.;:]+){{0,3}}\s*$", re.IGNORECASE),
        tells=re.compile(rf"^(?:\s+[^\s,.;:]+){{0,3}}\s+(?:{said})\b", re.IGNORECASE),
        months=months,
        weekdays=weekdays,
        ahead=re.compile(rows["direction"]["ahead"], re.IGNORECASE),
        parts=rows["parts"],
        years=rows["year_shifts"],
    )


def dates(text: str, start: int, end: int, anchor: date | None, language: Language) -> list[When]:
    """The date phrases of a stretch of text, left to right.

    Where the text tells on which day it was said ("reported on the 14th that … yesterday"), what that day would give
    otherwise stays unresolved.
    """
    found = _dates(text, start, end, anchor, language)
    table = _table(language)
    saying = next((w for w in found if w.moment is not None and _of_saying(text, start, end, w, table)), None)
    if anchor is None or saying is None or saying.moment is None or saying.moment == Moment.day(anchor):
        return found
    day = saying.moment.sure_day
    seen = {w.start: w.moment for w in _dates(text, start, end, day, language)} if day else {}
    return [
        w
        if w is saying or w.how not in ("relative", "weekday") or seen.get(w.start) == w.moment
        else replace(w, moment=None)
        for w in found
    ]


def _of_saying(text: str, start: int, end: int, when: When, table: _Table) -> bool:
    return when.role == "on" and bool(
        table.told.search(text, start, when.start) or table.tells.search(text[when.end : min(end, when.end + 80)])
    )


def _dates(text: str, start: int, end: int, anchor: date | None, language: Language) -> list[When]:
    table = _table(language)
    found: list[When] = []
    taken: list[tuple[int, int]] = []

    def free(a: int, b: int) -> bool:
        return all(b <= x or a >= y for x, y in taken)

    for made in _candidates(text, start, end, anchor, language, table):
        if free(made.start, made.end):
            taken.append((made.start, made.end))
            found.append(made)
    return sorted(found, key=lambda w: w.start)


def _candidates(
    text: str, start: int, end: int, anchor: date | None, language: Language, table: _Table
) -> Iterator[When]:
    for m in table.absolute.finditer(text, start, end):
        yield _in_role(text, start, m, _absolute(m, anchor, table), "day", language, table)
    for m in table.months_span.finditer(text, start, end):
        yield _in_role(text, start, m, _months(m, anchor, table), "month", language, table)
    for m in table.year_part.finditer(text, start, end):
        yield _in_role(text, start, m, _part(m, anchor, language, table), "month", language, table)
    for m in table.distance.finditer(text, start, end):
        shift = language.table["dates"]["ways"][m["way"].lower()]
        if shift < 0 or table.ahead.search(text[max(start, m.start() - 60) : m.start()]):
            moment = _distance(m, shift, anchor, language)
            yield _in_role(text, start, m, moment, "relative", language, table)
    for m in table.near_weekday.finditer(text, start, end):
        yield _in_role(text, start, m, _near(m, anchor, language, table), "weekday", language, table)
    for m in table.relative.finditer(text, start, end):
        moment = _relative(m[0].lower(), anchor, language)
        yield _in_role(text, start, m, moment, "relative", language, table)
    for m in table.month_alone.finditer(text, start, end):
        if m["m"] and m["m"][0].isupper() and m["m"].lower() in ("май", "март") and not m["y"]:
            continue
        yield _in_role(text, start, m, _month(m, anchor, table), "month", language, table)
    for m in table.weekday.finditer(text, start, end):
        yield When(start=m.start(), end=m.end(), moment=_weekday(text, m, anchor, table), role="on", how="weekday")
    for m in table.length.finditer(text, start, end):
        n = language.table["dates"]["lengths"][m["n"].lower()]
        yield When(start=m.start(), end=m.end(), moment=None, role="length", how="length", days=n)


def _in_role(
    text: str, start: int, m: re.Match[str], moment: Moment | None, how: str, language: Language, table: _Table
) -> When:
    """Widen a date by the clock and the preposition before it; the preposition gives its role."""
    first = m.start()
    clock = table.clock.search(text, start, first)
    if clock and moment is not None and moment.sure_day:
        first = clock.start()
        moment = _with_clock(clock, moment.sure_day, language) or moment
    rows = language.table["dates"]["roles"]
    before = re.search(r"(\w+)\s+$", text[start:first])
    role = "on"
    if before:
        word = before[1].lower()
        for name in ("since", "until", "after", "before", "by"):
            if word in rows[name].split():
                role = name
        if role != "on" or word in rows["on"].split():
            first = start + before.start()
    return When(start=first, end=m.end(), moment=moment, role=role, how=how)


def _with_clock(clock: re.Match[str], day: date, language: Language) -> Moment | None:
    """An instant with its zone. "12:01" may be a translated a.m.: only a second zone in brackets settles it."""
    zones = language.table["dates"]["zones"]
    hour, minute = int(clock["h"]), int(clock["min"])
    if hour == 12:
        if not clock["h2"]:
            return None
        hour = 0 if int(clock["h2"]) < 12 else 12
    if hour > 23 or minute > 59:
        return None
    return Moment.parse(f"{day.isoformat()}T{hour:02}:{minute:02} {zones[clock['zone'].lower()]}")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _absolute(m: re.Match[str], anchor: date | None, table: _Table) -> Moment | None:
    if m["iso"]:
        year, month, day = map(int, m["iso"].split("-"))
    elif m["d3"]:
        year, month, day = int(m["y3"]), int(m["m3"]), int(m["d3"])
    else:
        day, month = int(m["d"]), table.months.index(m["m"].lower()) + 1
        found = _year(m, month, anchor, table, day)
        if found is None:
            return None
        year = found
        if m["d2"]:
            last, first = _day(year, month, int(m["d2"])), _day(year, month, day)
            return Moment(first, last) if first and last and first <= last else None
    made = _day(year, month, day)
    return Moment.day(made) if made else None


def _year(
    m: re.Match[str], month: int, anchor: date | None, table: _Table, day: int = 1, *, single: bool = False
) -> int | None:
    """The printed year; else the year within two months of the dateline; else ahead or behind, as the clause tells."""
    if m["y"]:
        return int(m["y"])
    if anchor is None:
        return None
    if m["rel"]:
        return anchor.year + table.years[m["rel"].lower()]
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    near = min(years, key=lambda y: abs((date(y, month, min(day, 28)) - anchor).days))
    if abs((date(near, month, min(day, 28)) - anchor).days) <= 60 and not single:
        return near
    ahead = table.ahead.search(m.string[max(0, m.start() - 50) : m.end() + 20])
    first = date(anchor.year, month, 1 if single else min(day, 28))
    if ahead:
        return anchor.year if first >= anchor.replace(day=1) else anchor.year + 1
    return anchor.year if first <= anchor else anchor.year - 1


def _span(year: int, first: int, last: int) -> Moment:
    """From the first day of one month to the last day of another."""
    return Moment(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _printed_year(m: re.Match[str], anchor: date | None, table: _Table) -> int | None:
    if m["y"]:
        return int(m["y"])
    return anchor.year + table.years[m["rel"].lower()] if anchor and m["rel"] else None


def _months(m: re.Match[str], anchor: date | None, table: _Table) -> Moment | None:
    year = _printed_year(m, anchor, table)
    first, last = (table.months.index(m[k].lower()) + 1 for k in ("m", "last"))
    return _span(year, first, last) if year and first < last else None


def _part(m: re.Match[str], anchor: date | None, language: Language, table: _Table) -> Moment | None:
    year = _printed_year(m, anchor, table)
    first, last = language.table["dates"]["year_parts"][m["part"].lower()]
    return _span(year, first, last) if year else None


def _distance(m: re.Match[str], way: int, anchor: date | None, language: Language) -> Moment | None:
    """ "Three days ago" is a day, "two weeks ago" a week, "a month ago" a month: as fine as it was said."""
    if anchor is None:
        return None
    rows = language.table["dates"]
    printed = m["n"].lower()
    n = way * (int(printed) if printed.isdigit() else rows["numbers"][printed])
    unit = rows["spans"][m["unit"].lower()]
    if unit == "day":
        return Moment.day(anchor + timedelta(days=n))
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=n)
        return Moment(monday, monday + timedelta(days=6))
    if unit == "month":
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + n, 12)
        return _span(year, month + 1, month + 1)
    return Moment.parse(str(anchor.year + n))


def _near(m: re.Match[str], anchor: date | None, language: Language, table: _Table) -> Moment | None:
    """ "Last Friday": the one of the week before; where this week had one too, either of them."""
    if anchor is None:
        return None
    shift = language.table["dates"]["near"][m["near"].lower()]
    monday = anchor - timedelta(days=anchor.weekday())
    here = monday + timedelta(days=table.weekdays.index(m["w"].lower()))
    there = here + timedelta(weeks=shift)
    if (shift < 0 and here < anchor) or (shift > 0 and here > anchor):
        return Moment(min(here, there), max(here, there))
    return Moment.day(there)


def _month(m: re.Match[str], anchor: date | None, table: _Table) -> Moment | None:
    if m["y2"]:
        return Moment.parse(m["y2"])
    month = table.months.index(m["m"].lower()) + 1
    year = _year(m, month, anchor, table, single=True)
    if year is None:
        return None
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = table.parts.get((m["part"] or "").lower(), (1, last))
    last_day = min(last_day, last)
    return Moment(date(year, month, first_day), date(year, month, last_day))


def _relative(phrase: str, anchor: date | None, language: Language) -> Moment | None:
    rows = language.table["dates"]
    if anchor is None:
        return None
    if phrase in rows["days"]:
        return Moment.day(anchor + timedelta(days=rows["days"][phrase]))
    if phrase in rows["weeks"]:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=rows["weeks"][phrase])
        return Moment(monday, monday + timedelta(days=6))
    if phrase in rows["month_shifts"]:
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + rows["month_shifts"][phrase], 12)
        return Moment.parse(f"{year}-{month + 1:02}")
    return Moment.parse(str(anchor.year + rows["year_shifts"][phrase]))


def _weekday(text: str, m: re.Match[str], anchor: date | None, table: _Table) -> Moment | None:
    """The day of that name: the last one up to the dateline, or the next one where the clause speaks of what will be."""
    if anchor is None:
        return None
    wanted = table.weekdays.index(m["w"].lower())
    back = (anchor.weekday() - wanted) % 7
    around = text[max(0, m.start() - 60) : m.end() + 20]
    if table.ahead.search(around):
        return Moment.day(anchor + timedelta(days=(7 - back) % 7 or 7))
    return Moment.day(anchor - timedelta(days=back))


def dateline_day(groups: dict[str, str | None], given: date | None, language: Language) -> date | None:
    """The day of a dateline's parts; a dateline without a year takes it from the given day, else has no day."""
    if groups.get("iso"):
        year, month, day = map(int, str(groups["iso"]).split("-"))
        return _day(year, month, day)
    if not groups.get("d"):
        return None
    month = (
        int(groups["m"] or 0) if groups.get("m") else _table(language).months.index(str(groups["month"]).lower()) + 1
    )
    if groups.get("y"):
        return _day(int(str(groups["y"])), month, int(str(groups["d"])))
    if given is None:
        return None
    return _day(given.year, month, int(str(groups["d"])))
