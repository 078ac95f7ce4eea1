"""From five real editions of OFAC's list, through the reader and the ledger, to verdicts on their days. Real data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knockon.analyses.listed import delisted, designated
from knockon.ledger import Ledger
from knockon.sources.registry import read_editions
from knockon.world import World

pytestmark = [pytest.mark.data, pytest.mark.slow]

ROWS = {"2021-08-18": 9_083, "2022-02-23": 9_108, "2023-02-22": 11_595, "2024-02-20": 13_931, "2024-05-02": 14_973}
NEWEST = date(2024, 5, 2)


@pytest.fixture(scope="module")
def ledger(real_data: Path) -> Ledger:
    """The editions, recorded newest first."""
    made = Ledger.memory()
    for day in sorted(ROWS, reverse=True):
        (edition,) = read_editions([real_data / "sanctions" / "ofac" / "sdn_history" / f"sdn_{day}.csv"])
        made.add(edition.claims)
    return made


@pytest.mark.parametrize("day", ROWS)
def test_on_an_editions_day_its_rows_are_the_designated_parties(ledger: Ledger, day: str) -> None:
    found = designated(World(ledger, on=date.fromisoformat(day), known=NEWEST), "us-ofac")
    assert len({e.entity for e in found if e.status == "designated"}) == ROWS[day]


def test_who_left_is_delisted_with_the_days_between_which_it_happened(ledger: Ledger) -> None:
    before, after = date(2022, 2, 23), date(2023, 2, 22)
    there = {e.entity for e in designated(World(ledger, on=before, known=NEWEST), "us-ofac")}
    later = World(ledger, on=after, known=NEWEST)
    gone = sorted(there - {e.entity for e in designated(later, "us-ofac")})
    assert len(gone) == 133  # as counted from the two files
    (told,) = [e for e in delisted(later, gone[0]) if e.measure == "blocking"]
    assert (told.status, str(told.since)) == ("delisted", "2022-02-24..2023-02-22")
    between = World(ledger, on=date(2022, 9, 1), known=NEWEST)
    doubtful = {e.entity: e.status for e in designated(between, "us-ofac")}
    assert {doubtful[party] for party in gone} == {"undetermined"}
