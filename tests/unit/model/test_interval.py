"""Moments: every printed form reads back, bad days are refused, and doubtful days stay in doubt (R5)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from knockon.errors import BadDay
from knockon.model.interval import Holds, Moment, holds_on, parse_day

SURELY, POSSIBLY, NOT = Holds.SURELY, Holds.POSSIBLY, Holds.NOT


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "printed"),
    [
        ("2025-10-22", date(2025, 10, 22), date(2025, 10, 22), "2025-10-22"),
        ("2025-10", date(2025, 10, 1), date(2025, 10, 31), "2025-10"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ("2025-11-03..2025-11-09", date(2025, 11, 3), date(2025, 11, 9), "2025-11-03..2025-11-09"),
        ("2025-10..2025-11", date(2025, 10, 1), date(2025, 11, 30), "2025-10-01..2025-11-30"),
        ("2024..2025", date(2024, 1, 1), date(2025, 12, 31), "2024-01-01..2025-12-31"),
        ("2025-01-01..2025-12-31", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ("2025-11-01..2025-11-29", date(2025, 11, 1), date(2025, 11, 29), "2025-11-01..2025-11-29"),
        ("..2025-02-18", None, date(2025, 2, 18), "..2025-02-18"),
        ("..2025-02", None, date(2025, 2, 28), "..2025-02-28"),
        ("2025-12..", date(2025, 12, 1), None, "2025-12-01.."),
        (" 2025 ", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (
            "2025-11-21T00:01 America/New_York",
            date(2025, 11, 21),
            date(2025, 11, 21),
            "2025-11-21T00:01 America/New_York",
        ),
    ],
)
def test_every_form_is_read_and_printed(text: str, earliest: date | None, latest: date | None, printed: str) -> None:
    moment = Moment.parse(text)
    assert (moment.earliest, moment.latest, str(moment)) == (earliest, latest, printed)
    assert Moment.parse(str(moment)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "2025-11-31",
        "2025-1-1",
        "25-10-22",
        "0000",
        "22.10.2025",
        "October 2025",
        "2025-11-22..2025-11-21",
        "2026..2025",
        "2025-10-22..2025-13",
        "2025-11-21T00:01",
        "2025-11-21T00:01 Nowhere/City",
        "2025-11-21T24:00 UTC",
        "2025-11-21T00:60 UTC",
        "2025-02-29T00:01 UTC",
        "2025-11T00:01 UTC",
        "2025-11-21T00:01 UTC..2026",
    ],
)
def test_bad_days_are_refused(text: str) -> None:
    with pytest.raises(BadDay) as told:
        Moment.parse(text)
    assert "2025-11-03..2025-11-09" in told.value.hint


@pytest.mark.parametrize("text", ["2025", "2025-10", "2025-10-22..2025-10-23", "2025-02-30", ""])
def test_a_day_is_a_single_day(text: str) -> None:
    with pytest.raises(BadDay, match="is not a day"):
        parse_day(text)
    assert parse_day("2025-10-22") == date(2025, 10, 22)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-11-21T00:01 America/New_York", datetime(2025, 11, 21, 5, 1, tzinfo=UTC)),
        ("2025-07-21T00:01 America/New_York", datetime(2025, 7, 21, 4, 1, tzinfo=UTC)),
        ("2025-11-21T00:01 Asia/Tokyo", datetime(2025, 11, 20, 15, 1, tzinfo=UTC)),
        ("2025-11-21T23:59 UTC", datetime(2025, 11, 21, 23, 59, tzinfo=UTC)),
        ("2025-11-21", None),
    ],
)
def test_a_clock_is_an_instant(text: str, utc: datetime | None) -> None:
    assert Moment.parse(text).utc() == utc


def test_a_clock_stands_with_its_own_day() -> None:
    with pytest.raises(BadDay, match="not on the day"):
        Moment(date(2025, 11, 20), date(2025, 11, 20), "2025-11-21T00:01 UTC")


def test_a_clock_is_part_of_what_was_said() -> None:
    assert Moment.parse("2025-11-21") != Moment.parse("2025-11-21T00:00 UTC")


def test_the_sure_day_and_the_shift() -> None:
    assert Moment.parse("2025-10-22").sure_day == date(2025, 10, 22)
    assert Moment.parse("2025-10").sure_day is None
    assert str(Moment.parse("2025-12-31").shift(1)) == "2026-01-01"
    assert str(Moment.parse("..2025-02-28").shift(1)) == "..2025-03-01"


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-10-22", None, {"10-21": NOT, "10-22": SURELY, "12-31": SURELY}),
        ("2025-10", None, {"09-30": NOT, "10-01": POSSIBLY, "10-30": POSSIBLY, "10-31": SURELY}),
        ("2025-10-22", "2025-11-21", {"11-20": SURELY, "11-21": NOT}),
        ("2025-10-22", "2025-11", {"10-31": SURELY, "11-01": POSSIBLY, "11-29": POSSIBLY, "11-30": NOT}),
        ("2025-10-22", "..2025-11-21", {"10-23": POSSIBLY, "11-20": POSSIBLY, "11-21": NOT}),
        ("2025-10-22", "2025-11-21..", {"11-20": SURELY, "11-21": POSSIBLY, "12-31": POSSIBLY}),
        ("..2025-02-18", None, {"01-01": POSSIBLY, "02-17": POSSIBLY, "02-18": SURELY}),
        ("2025-12..", None, {"11-30": NOT, "12-01": POSSIBLY, "12-31": POSSIBLY}),
        (None, None, {"01-01": POSSIBLY}),
        (None, "2025-11-21", {"11-20": POSSIBLY, "11-21": NOT}),
        ("2025-10", "2025-10", {"10-01": POSSIBLY, "10-30": POSSIBLY, "10-31": NOT}),
    ],
)
def test_doubtful_days_are_in_doubt(start: str | None, end: str | None, days: dict[str, Holds]) -> None:
    first, last = (Moment.parse(text) if text else None for text in (start, end))
    assert {day: holds_on(parse_day(f"2025-{day}"), first, last) for day in days} == days


@pytest.mark.parametrize("text", ["2025-11-21T00:01 America", "9999", "0001-01-01", "9999-12-31T00:00 UTC"])
def test_a_folder_of_zones_and_years_beyond_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(BadDay):
        Moment.parse(text)
