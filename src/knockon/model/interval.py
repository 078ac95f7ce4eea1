"""When something begins or ends: a range of days, or an instant with its zone. Refuses to turn "some day in October" into a day.

A ``Moment`` is the range of days on which a start or an end can lie, both ends included. Intervals made of two moments
are half-open: an end is the first day on which a thing no longer holds.

>>> Moment.parse("2025-10")
Moment('2025-10')
>>> Moment.parse("2025-11-21T00:01 America/New_York").utc()
datetime.datetime(2025, 11, 21, 5, 1, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knockon.errors import BadDay

__all__ = ["Holds", "Moment", "holds_on", "parse_day"]

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_YEAR = re.compile(r"(\d{4})\Z")
_YEARS = range(1000, 9001)  # days before and after stay within what a calendar can count
_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}) ([A-Za-z_+\-/0-9]+)\Z")


def parse_day(text: str) -> date:
    """A single day written as 2025-11-11."""
    try:
        if not _DAY.match(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise BadDay(text, "is not a day") from None


def _point(text: str) -> tuple[date, date]:
    """First and last day of a printed day, month or year."""
    try:
        if text[:4].isdigit() and int(text[:4]) not in _YEARS:
            raise BadDay(text, "is outside the years 1000 to 9000")
        if _DAY.match(text):
            day = date.fromisoformat(text)
            return day, day
        if m := _MONTH.match(text):
            year, month = int(m[1]), int(m[2])
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        if m := _YEAR.match(text):
            return date(int(m[1]), 1, 1), date(int(m[1]), 12, 31)
    except ValueError:
        pass
    raise BadDay(text)


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """The days on which a start or an end can lie; ``None`` at a side means "not said how early (late)"."""

    earliest: date | None = None
    latest: date | None = None
    clock: str | None = None

    def __post_init__(self) -> None:
        if self.earliest is None and self.latest is None:
            raise BadDay("", "says nothing: leave it out instead")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise BadDay(f"{self.earliest}..{self.latest}", "ends before it begins")
        if self.clock is not None and _clock(self.clock).date() != self.earliest:
            raise BadDay(self.clock, "is not on the day it stands with")

    @staticmethod
    def parse(text: str) -> Moment:
        """Read one of the forms that the hint of ``BadDay`` lists."""
        return _parse(text.strip())

    @staticmethod
    def day(day: date) -> Moment:
        """A sure day."""
        return Moment(day, day)

    def __str__(self) -> str:
        if self.clock:
            return self.clock
        first, last = self.earliest, self.latest
        if first is None:
            return f"..{last}"
        if last is None:
            return f"{first}.."
        if first == last:
            return first.isoformat()
        if first.day == 1 and last == date(last.year, last.month, calendar.monthrange(last.year, last.month)[1]):
            if (first.year, first.month) == (last.year, last.month):
                return f"{first:%Y-%m}"
            if first.month == 1 and last.month == 12 and first.year == last.year:
                return f"{first:%Y}"
        return f"{first}..{last}"

    def __repr__(self) -> str:
        return f"Moment({str(self)!r})"

    @property
    def sure_day(self) -> date | None:
        """The day, when there is only one."""
        return self.earliest if self.earliest == self.latest else None

    def utc(self) -> datetime | None:
        """The instant in UTC, when a clock time was said."""
        return _clock(self.clock).astimezone(UTC) if self.clock else None

    def shift(self, days: int) -> Moment:
        """The same range, so many days later."""
        step = timedelta(days=days)
        return Moment(self.earliest and self.earliest + step, self.latest and self.latest + step)


@lru_cache(maxsize=4096)
def _clock(text: str) -> datetime:
    m = _CLOCK.match(text)
    if not m or int(m[1][:4]) not in _YEARS:
        raise BadDay(text, "is not an instant with its zone")
    try:
        zone = ZoneInfo(m[4])
        return datetime.fromisoformat(f"{m[1]}T{m[2]}:{m[3]}").replace(tzinfo=zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):  # a folder of zones is not a zone
        raise BadDay(text, "is not an instant with its zone") from None


@lru_cache(maxsize=65536)
def _parse(text: str) -> Moment:
    if "T" in text:
        day = _clock(text).date()
        return Moment(day, day, text)
    if ".." in text:
        first, _, last = text.partition("..")
        return Moment(_point(first)[0] if first else None, _point(last)[1] if last else None)
    return Moment(*_point(text))


class Holds(StrEnum):
    """Whether something holds on a day: surely, possibly (the day lies in a doubtful start or end), or not."""

    SURELY = "surely"
    POSSIBLY = "possibly"
    NOT = "not"


def holds_on(day: date, start: Moment | None, end: Moment | None) -> Holds:
    """Half-open: in force from the start's day up to, not on, the end's day; in doubt inside either range (R5).

    >>> holds_on(date(2025, 10, 20), Moment.parse("2025-10"), None)
    <Holds.POSSIBLY: 'possibly'>
    >>> holds_on(date(2025, 11, 21), Moment.parse("2025-10-22"), Moment.parse("2025-11-21T00:01 America/New_York"))
    <Holds.NOT: 'not'>
    """
    if start is not None and start.earliest is not None and day < start.earliest:
        return Holds.NOT
    if end is not None and end.latest is not None and day >= end.latest:
        return Holds.NOT
    begun = start is not None and start.latest is not None and day >= start.latest
    ended = end is not None and (end.earliest is None or day >= end.earliest)
    return Holds.SURELY if begun and not ended else Holds.POSSIBLY
