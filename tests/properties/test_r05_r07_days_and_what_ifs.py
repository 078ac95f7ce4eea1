"""R5–R7: doubtful days are undetermined, and a what-if is another world that writes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import answers, claims, days, laid, moments, some_claims, who

from knockon.errors import BadClaim
from knockon.ledger import Ledger
from knockon.model.claim import Claim
from knockon.model.interval import Holds, Moment, holds_on
from knockon.testing import world
from knockon.world import World

FEW = settings(max_examples=25)
FIRST, SPAN = date(2025, 1, 1), 12


def short_moments() -> st.SearchStrategy[Moment]:
    """Ranges within a dozen days, so that every reading of them can be tried."""
    ends = st.tuples(st.integers(0, SPAN - 1), st.integers(0, SPAN - 1)).map(sorted)
    closed = ends.map(lambda e: Moment(FIRST + timedelta(days=e[0]), FIRST + timedelta(days=e[1])))
    early = ends.map(lambda e: Moment(None, FIRST + timedelta(days=e[1])))
    late = ends.map(lambda e: Moment(FIRST + timedelta(days=e[0]), None))
    return st.one_of(closed, early, late)


def readings(moment: Moment | None) -> list[date]:
    """Every day that a moment can mean, as far as it matters here."""
    before, after = FIRST - timedelta(days=3), FIRST + timedelta(days=SPAN + 3)
    first = (moment.earliest if moment else None) or before
    last = (moment.latest if moment else None) or after
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@given(short_moments(), st.none() | short_moments(), st.integers(-1, SPAN + 1).map(lambda n: FIRST + timedelta(days=n)))
def test_r5_doubtful_days_are_in_doubt_and_no_others(start: Moment, end: Moment | None, day: date) -> None:
    """Against every reading of both ends: all say so, some say so, none says so. A missing end is no end."""
    ends = readings(end) if end else [date.max]
    told = {first <= day < last for first, last in product(readings(start), ends)}
    expected = {(True,): Holds.SURELY, (False,): Holds.NOT, (False, True): Holds.POSSIBLY}[tuple(sorted(told))]
    assert holds_on(day, start, end) is expected


@given(days(), st.integers(0, 400))
def test_r5_ranges_are_half_open(start: date, length: int) -> None:
    first, end = Moment.day(start), Moment.day(start + timedelta(days=length))
    if length == 0:
        with pytest.raises(BadClaim, match="before or on the day it begins"):
            Claim(
                subject="a", predicate="holds_shares", object="b", start=first, end=end, said_by=("c",), said_on=first, source="s"
            )  # fmt: skip
        return
    assert holds_on(start, first, end) is Holds.SURELY
    assert holds_on(start + timedelta(days=length - 1), first, end) is Holds.SURELY
    assert holds_on(start + timedelta(days=length), first, end) is Holds.NOT


@pytest.mark.parametrize(("on", "holds"), [
    ("2025-09-30", None), ("2025-10-01", Holds.POSSIBLY), ("2025-10-30", Holds.POSSIBLY), ("2025-10-31", Holds.SURELY),
    ("2026-11-11", Holds.SURELY),
])  # fmt: skip
def test_r5_last_month_bounds_a_beginning_and_ends_nothing(on: str, holds: Holds | None) -> None:
    w = world("us-ofac designates acme for blocking on 2025-10 (us-ofac, said 2025-09-01)", on=on)
    assert [s.holds for s in w.states("designates")] == ([holds] if holds else [])


def test_r5_a_state_announced_for_an_open_future_day_is_in_doubt_from_then_on() -> None:
    text = "us-ofac designates acme for blocking on 2025-12.. (us-ofac, said 2025-11-05)"
    assert world(text, on="2025-11-30").states("designates") == ()
    assert [s.holds for s in world(text, on="2026-06-01", known="2026-06-01").states("designates")] == [Holds.POSSIBLY]


@given(moments())
def test_r5_what_is_printed_is_read_back(moment: Moment) -> None:
    assert Moment.parse(str(moment)) == moment


@FEW
@given(some_claims(), some_claims(most=4), days())
def test_r6_a_supposed_world_never_writes(told: list[Claim], supposed: list[Claim], on: date) -> None:
    with Ledger.memory() as ledger:
        ledger.add([*who(), *told])
        plain = World(ledger, on=on)
        before = (ledger.at, ledger.last_seal(), [c.id for c in ledger.claims()], plain.fingerprint, answers(plain))
        answers(plain.supposing(supposed))
        answers(plain.hearing(supposed))
        fresh = World(ledger, on=on)
        after = (ledger.at, ledger.last_seal(), [c.id for c in ledger.claims()], fresh.fingerprint, answers(fresh))
        assert after == before


@FEW
@given(some_claims(), days(), days())
def test_r7_with_nothing_supposed_it_is_the_same_world(told: list[Claim], on: date, known: date) -> None:
    plain = laid(told, on=on, known=known)
    same = plain.supposing(())
    assert same.fingerprint == plain.fingerprint
    assert answers(same) == answers(plain)


@FEW
@given(some_claims(), days())
def test_r7_supposing_what_is_there_already_changes_no_fingerprint(told: list[Claim], on: date) -> None:
    plain = laid(told, on=on, known=date(2027, 1, 1))
    assert plain.supposing(told).fingerprint == plain.fingerprint


@FEW
@given(some_claims(), claims(), days())
def test_r7_hearing_a_claim_or_having_it_recorded_is_the_same(told: list[Claim], one: Claim, on: date) -> None:
    known = date(2027, 1, 1)
    recorded, heard = laid([*told, one], on=on, known=known), laid(told, on=on, known=known).hearing([one])
    assert heard.fingerprint == recorded.fingerprint
    assert answers(heard) == answers(recorded)
