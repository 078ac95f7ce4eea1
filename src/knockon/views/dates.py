"""How is a day, a doubtful start or an instant put into words? Refuses to make a day of a month, or an hour of a day.

>>> from knockon.views.words import words
>>> moment(Moment.parse("2025-11-21T00:01 America/New_York"), words("en"))
'21 November 2025, 00:01 New York time (05:01 UTC)'
>>> on(Moment.parse("2025-10"), words("bg"))
'през октомври 2025 г.'
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from knockon.model.interval import Moment
from knockon.views.words import Words

__all__ = ["day", "moment", "on", "period", "since", "term", "until"]


def day(found: date, words: Words) -> str:
    """A sure day, such as 22 October 2025."""
    return words.say("date.day", d=found.day, month=_month(found, words), y=found.year)


def moment(found: Moment, words: Words) -> str:
    """A day, a month, a year, a range or an instant, without a preposition."""
    if found.clock:
        return _instant(found, words)
    first, last = found.earliest, found.latest
    if first is None:
        assert last is not None
        return words.say("date.at_latest", day=day(last, words))
    if last is None:
        return words.say("date.at_earliest", day=day(first, words))
    if first == last:
        return day(first, words)
    if first.day == 1 and _closes_month(last):
        if first.year == last.year and first.month == last.month:
            return words.say("date.month", month=_month(first, words), y=first.year)
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return words.say("date.year", y=first.year)
    return _range(first, last, words)


def on(found: Moment, words: Words) -> str:
    """When something happened: on a day, in a month, between two days."""
    text = moment(found, words)
    if found.clock or found.sure_day:
        return words.say("date.on_day", day=text)
    if found.earliest is None or found.latest is None:
        return text
    whole = str(found).count("..") == 0
    if whole:
        return words.say("date.in_period", period=text)
    return words.say("date.between", a=_short(found.earliest, found.latest, words), b=day(found.latest, words))


def since(found: Moment | None, words: Words) -> str:
    """From when a state holds; a doubtful start stays one."""
    if found is None:
        return ""
    if found.clock or found.sure_day:
        return words.say("date.since", day=moment(found, words))
    if found.earliest is None and found.latest is not None:
        return words.say("date.since_at_latest", day=day(found.latest, words))
    if found.latest is None and found.earliest is not None:
        return words.say("date.since_at_earliest", day=day(found.earliest, words))
    assert found.earliest is not None
    assert found.latest is not None
    if ".." in str(found):
        return words.say(
            "date.since_between", a=_short(found.earliest, found.latest, words), b=day(found.latest, words)
        )
    return words.say("date.since_within", period=moment(found, words))


def until(found: Moment | None, words: Words) -> str:
    """To which day or instant; that day itself is outside, and a range is two possible days."""
    if found is None:
        return words.say("date.no_end")
    return words.say("date.until", day=moment(found, words))


def term(start: Moment | None, end: Moment | None, words: Words) -> str:
    """From when to when, with "no end stated" where nobody said one."""
    return ", ".join(part for part in (since(start, words), until(end, words)) if part)


def period(start: Moment | None, end: Moment | None, words: Words) -> str:
    """The days that an amount is about: a year, some months, or from a day to a day (the end's day is outside)."""
    first = start.earliest if start else None
    last = end.latest - timedelta(days=1) if end and end.latest else None
    if start is None and end is None:
        return ""
    if first is None or last is None or (start and start.sure_day is None) or (end and end.sure_day is None):
        return term(start, end, words) if end else since(start, words)
    if first > last:
        return day(first, words)
    printed = str(Moment(first, last))
    whole = _range(first, last, words, sure=True) if ".." in printed else moment(Moment(first, last), words)
    if first.day == 1 and _closes_month(last) and (first.month, last.month) != (1, 12):
        if (first.year, first.month) == (last.year, last.month):
            return whole
        if first.year == last.year:
            return words.say("date.span", a=_month(first, words), b=_month(last, words), y=first.year)
    return whole


def _month(found: date, words: Words) -> str:
    return str(words.table["date"]["months"][found.month - 1])


def _closes_month(found: date) -> bool:
    return found.day == calendar.monthrange(found.year, found.month)[1]


def _short(first: date, last: date, words: Words) -> str:
    """The first day of a range, without what it shares with the last."""
    if (first.year, first.month) == (last.year, last.month):
        return str(first.day)
    if first.year == last.year:
        return words.say("date.day_month", d=first.day, month=_month(first, words))
    return day(first, words)


def _range(first: date, last: date, words: Words, *, sure: bool = False) -> str:
    """A doubtful day between two days; ``sure``: all the days from one to the other."""
    a, b = _short(first, last, words), day(last, words)
    if last - first == timedelta(days=1) and not sure:
        return words.say("date.either", a=a, b=b)
    return words.say("date.range_close" if a.isdigit() else "date.range", a=a, b=b)


def _instant(found: Moment, words: Words) -> str:
    """The printed clock time with its zone, and the same instant in UTC."""
    assert found.clock is not None
    assert found.earliest is not None
    stamp, _, zone = found.clock.partition(" ")
    utc = found.utc()
    assert utc is not None
    place = words.word("zones", zone) if words.has("zones", zone) else zone
    other = f"{utc:%H:%M}" if utc.date() == found.earliest else f"{day(utc.date(), words)}, {utc:%H:%M}"
    return words.say(
        "date.instant", day=day(found.earliest, words), clock=stamp.partition("T")[2], zone=place, utc=other
    )
