"""Days, doubtful days and instants in words."""

from __future__ import annotations

import pytest

from knockon.model.interval import Moment
from knockon.views import dates
from knockon.views.words import words

EN, BG = words("en"), words("bg")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ("2025-10-22", "22 October 2025"),
        ("2025-10", "October 2025"),
        ("2025", "2025"),
        ("2025-11-03..2025-11-09", "3–9 November 2025"),
        ("2025-10-30..2025-11-02", "30 October – 2 November 2025"),
        ("2024-12-30..2025-01-02", "30 December 2024 – 2 January 2025"),
        ("2027-10-14..2027-10-15", "14 or 15 October 2027"),
        ("..2025-02-18", "by 18 February 2025"),
        ("2025-02-18..", "not before 18 February 2025"),
        ("2025-11-21T00:01 America/New_York", "21 November 2025, 00:01 New York time (05:01 UTC)"),
        ("2025-11-21T20:00 America/New_York", "21 November 2025, 20:00 New York time (22 November 2025, 01:00 UTC)"),
    ],
)
def test_a_moment_is_told_as_exactly_as_it_was_said(found: str, told: str) -> None:
    assert dates.moment(Moment.parse(found), EN) == told


def test_a_doubtful_start_stays_doubtful() -> None:
    assert dates.since(Moment.parse("2025-10"), EN) == "since some day in October 2025"
    assert dates.since(Moment.parse("2025-10-22..2025-10-30"), EN) == "since a day between 22 and 30 October 2025"
    assert dates.since(Moment.parse("..2025-10-30"), EN) == "since 30 October 2025 or earlier"
    assert dates.since(Moment.parse("2025-10-22"), BG) == "от 22 октомври 2025 г."


def test_a_missing_end_is_said_to_be_missing() -> None:
    assert dates.until(None, EN) == "no end stated"
    assert dates.term(Moment.parse("2025-10-22"), None, EN) == "since 22 October 2025, no end stated"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2024-01-01", "2025-01-01", "2024"),
        ("2024-01-01", "2024-11-01", "January to October 2024"),
        ("2024-05-01", "2024-06-01", "May 2024"),
        ("2025-11-11", "2025-11-13", "11–12 November 2025"),
        ("2025-11-11", "2025-11-12", "11 November 2025"),
    ],
)
def test_a_period_leaves_out_the_day_of_its_end(start: str, end: str, told: str) -> None:
    assert dates.period(Moment.parse(start), Moment.parse(end), EN) == told


def test_two_days_of_a_period_are_both_in_it_and_two_days_of_a_doubt_are_not() -> None:
    assert dates.period(Moment.parse("2027-10-14"), Moment.parse("2027-10-16"), EN) == "14–15 October 2027"
    assert dates.on(Moment.parse("2027-10-14..2027-10-15"), EN) == "between 14 and 15 October 2027"
