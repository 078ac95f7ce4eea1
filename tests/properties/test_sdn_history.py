"""Five real editions of OFAC's list, in any order: every day's number of designated parties is the edition's number of rows."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from knockon.ledger import Ledger
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import World
from knockon.world.listings import Grain, listed_parties, listings

pytestmark = [pytest.mark.data, pytest.mark.slow]

US = EntityId("us-ofac")
#: day of the edition: SHA-256 of the file, its rows
EDITIONS = {
    date(2021, 8, 18): ("7044c060649fca4ba5fb5fa2e5abc2fce83044ceef4280035cdf69373df54770", 9_083),
    date(2022, 2, 23): ("bf74bbdd88567aa266f002aebfdcd630242d3911674e29c51b0e2e1946e439f6", 9_108),
    date(2023, 2, 22): ("1332c52e725ad6a8664d38a803576b10c1ea35fb5b3715bc7ab8c5277f59e951", 11_595),
    date(2024, 2, 20): ("5684b938e51c8ea75d00e8908f0890cc6a620a38374b0bd5a4d25e08bf605886", 13_931),
    date(2024, 5, 2): ("36a3ef82bf77e2537ec40fc7c06f758db637f2ed883dcb0e2ab9cfff09fe8196", 14_973),
}
ORDERS = ((0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1))
NEWEST = max(EDITIONS)


def read(folder: Path, day: date) -> dict[str, frozenset[str]]:
    """The uids of an edition and their programmes."""
    path = folder / "sanctions" / "ofac" / "sdn_history" / f"sdn_{day}.csv"
    assert path.is_file(), f"{path} is missing"
    raw = path.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == EDITIONS[day][0], f"{path} is another file than the one counted"
    rows = list(csv.reader(raw.decode().removesuffix("\x1a").splitlines()))
    assert len(rows) == EDITIONS[day][1]
    return {row[0]: frozenset(row[3].split("] [")) for row in rows}


def claims_of(day: date, rows: dict[str, frozenset[str]]) -> Iterator[Claim]:
    """The claims that a reader of this list must make for the history: the edition, and who stands on it under what."""
    said, source = Moment.day(day), f"sdn_{day}.csv"
    head = (("complete", "yes"), ("list", "sdn"), ("rows", str(len(rows))))
    yield Claim(
        subject=US,
        predicate="edition",
        value=EDITIONS[day][0],
        qualifiers=head,
        said_by=(US,),
        said_on=said,
        source=source,
    )
    for uid, programmes in rows.items():
        for programme in programmes:
            words = (("list", "sdn"), ("list_id", uid), ("measure", "blocking"), ("programme", programme))
            yield Claim(
                subject=US, predicate="lists", object=EntityId(f"ofac:{uid}"), qualifiers=words, said_by=(US,), said_on=said,
                source=f"{source}#{uid}",
            )  # fmt: skip


@pytest.fixture(scope="module")
def history(real_data: Path) -> dict[date, dict[str, frozenset[str]]]:
    return {day: read(real_data, day) for day in EDITIONS}


@pytest.fixture(scope="module")
def ledgers(history: dict[date, dict[str, frozenset[str]]]) -> list[Ledger]:
    """The same editions, recorded in three orders."""
    told = [list(claims_of(day, rows)) for day, rows in history.items()]
    out = []
    for order in ORDERS:
        ledger = Ledger.memory()
        for n in order:
            ledger.add(told[n])
        out.append(ledger)
    return out


def test_the_order_of_recording_does_not_matter(ledgers: list[Ledger]) -> None:
    for on, known in ((date(2022, 9, 1), NEWEST), (date(2022, 9, 1), date(2022, 9, 1)), (NEWEST, NEWEST)):
        worlds = [World(ledger, on=on, known=known) for ledger in ledgers]
        assert len({w.fingerprint for w in worlds}) == 1
        assert len({(listings(w), listings(w, ended=True)) for w in worlds}) == 1


@pytest.mark.parametrize("day", EDITIONS)
def test_on_an_editions_day_its_rows_are_designated(
    day: date, history: dict[date, dict[str, frozenset[str]]], ledgers: list[Ledger]
) -> None:
    for ledger, known in ((ledgers[0], NEWEST), (ledgers[1], day)):
        w = World(ledger, on=day, known=known)
        found = listed_parties(w, "us-ofac", "sdn")
        assert len(found) == EDITIONS[day][1]
        assert found == {f"ofac:{uid}" for uid in history[day]} == listed_parties(w, "us-ofac", possibly=True)
        told = {(x.party, x.programme) for x in listings(w) if x.holds is Holds.SURELY}
        assert told == {(f"ofac:{uid}", p) for uid, under in history[day].items() for p in under}


def test_who_is_removed_is_listed_before_not_after_and_undetermined_between(
    history: dict[date, dict[str, frozenset[str]]], ledgers: list[Ledger]
) -> None:
    days = list(EDITIONS)
    for before, after in pairwise(days):
        gone = {EntityId(f"ofac:{uid}") for uid in history[before].keys() - history[after].keys()}
        assert len(gone) > 50
        for on, expected in (
            (before, Holds.SURELY),
            (before + timedelta(1), Holds.POSSIBLY),
            (after - timedelta(1), Holds.POSSIBLY),
            (after, None),
        ):
            w = World(ledgers[2], on=on, known=NEWEST)
            found = {x.party: x for x in listings(w, grain=Grain.LIST) if x.party in gone}
            assert {x.holds for x in found.values()} == ({expected} if expected else set())
            assert set(found) == (gone if expected else set())
        over = {x.party: x for x in listings(w, grain=Grain.LIST, ended=True) if x.party in gone}
        assert gone <= set(over)
        assert {str(x.end) for x in over.values()} >= {f"{before + timedelta(1)}..{after}"}
        early = World(ledgers[2], on=after - timedelta(1), known=after - timedelta(1))
        assert gone <= listed_parties(early, "us-ofac")  # nobody knew of it yet
