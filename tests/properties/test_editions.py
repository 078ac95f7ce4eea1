"""Listings from editions: the same whatever the order, never back-dated, and what a plain reading day by day says of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knockon.ledger import Ledger
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import World
from knockon.world import world as module
from knockon.world.listings import Grain, listed_parties, listings

FIRST = date(2024, 1, 1)
SPAN = 12
PARTIES = ("acme", "bolt", "ofac:3")
#: one edition: its day, whether it is complete, and who stands on it under which programme
Edition = tuple[int, bool, frozenset[tuple[str, str]]]


def editions() -> st.SearchStrategy[list[Edition]]:
    entry = st.tuples(st.sampled_from(PARTIES), st.sampled_from(["one", "two"]))
    one = st.tuples(st.integers(1, SPAN - 2), st.booleans(), st.frozensets(entry, max_size=4))
    return st.lists(one, min_size=1, max_size=6)


def told(history: list[Edition]) -> list[Claim]:
    out: list[Claim] = []
    us = EntityId("us-ofac")
    for number, (day, complete, entries) in enumerate(history):
        said = Moment.day(FIRST + timedelta(day))
        made = {"subject": us, "said_by": (us,), "said_on": said, "source": f"edition {number}"}
        whole = ("complete", "yes" if complete else "no")
        out.append(Claim(predicate="edition", value=f"e{number}", qualifiers=(whole, ("list", "sdn")), **made))
        for party, programme in sorted(entries):
            words = (("list", "sdn"), ("measure", "blocking"), ("programme", programme))
            out.append(Claim(predicate="lists", object=EntityId(party), qualifiers=words, **made))
    return out


def laid(claims: list[Claim], *, on: date, known: date | None = None) -> World:
    ledger = Ledger.memory()
    ledger.add(claims)
    return World(ledger, on=on, known=known)


def plainly(history: list[Edition], day: int, known: int, party: str, programme: str | None) -> Holds:
    """What the observations beside a day say: present or absent on the newest up to it, and on the next after it."""
    seen: dict[int, bool] = {}
    for when, complete, entries in history:
        there = any(p == party and programme in (None, under) for p, under in entries)
        if when <= known and (there or complete):
            seen[when] = seen.get(when, False) or there
    before = [seen[d] for d in sorted(seen) if d <= day]
    after = [seen[d] for d in sorted(seen) if d > day]
    if day in seen:
        return Holds.SURELY if seen[day] else Holds.NOT
    was, will = (before or [None])[-1], (after or [None])[0]
    if was and will is not False:
        return Holds.SURELY
    return Holds.POSSIBLY if was or will else Holds.NOT


@settings(max_examples=25)
@given(editions(), st.integers(0, SPAN))
def test_each_day_is_what_the_editions_beside_it_say(history: list[Edition], known: int) -> None:
    ledger = Ledger.memory()
    ledger.add(told(history))
    for day in range(SPAN + 1):
        w = World(ledger, on=FIRST + timedelta(day), known=FIRST + timedelta(known))
        fine = {(x.party, x.programme): x.holds for x in listings(w)}
        whole = {x.party: x.holds for x in listings(w, grain=Grain.LIST)}
        sure = listed_parties(w, "us-ofac")
        for party in PARTIES:
            expected = plainly(history, day, known, party, None)
            assert whole.get(EntityId(party), Holds.NOT) == expected
            assert (party in sure) == (expected is Holds.SURELY)
            for programme in ("one", "two"):
                assert fine.get((EntityId(party), programme), Holds.NOT) == plainly(
                    history, day, known, party, programme
                )


@settings(max_examples=20)
@given(st.data(), editions(), st.integers(0, SPAN))
def test_r3_editions_in_any_order_and_twice_say_the_same(data: st.DataObject, history: list[Edition], day: int) -> None:
    claims = told(history)
    shuffled = data.draw(st.permutations(claims))
    on, known = FIRST + timedelta(day), FIRST + timedelta(SPAN)
    one, other = laid(claims, on=on, known=known), laid([*shuffled, *claims[:3]], on=on, known=known)
    assert one.fingerprint == other.fingerprint
    for ended in (False, True):
        assert listings(one, ended=ended) == listings(other, ended=ended)


@settings(max_examples=20)
@given(editions(), st.integers(0, SPAN), st.integers(0, SPAN))
def test_r2_editions_of_later_days_change_nothing(history: list[Edition], day: int, known: int) -> None:
    on, heard = FIRST + timedelta(day), FIRST + timedelta(known)
    everything = laid(told(history), on=on, known=heard)
    early = laid([c for c in told(history) if c.known <= heard], on=on, known=heard)
    assert listings(everything) == listings(early)
    assert listings(everything, ended=True) == listings(early, ended=True)


@settings(max_examples=20)
@given(editions(), st.integers(0, SPAN), st.sampled_from(PARTIES))
def test_one_party_is_asked_as_all_are(history: list[Edition], day: int, party: str) -> None:
    w = laid(told(history), on=FIRST + timedelta(day), known=FIRST + timedelta(SPAN))
    for grain in Grain:
        expected = tuple(x for x in listings(w, grain=grain) if x.party == party)
        again = World(w.ledger, on=w.on, known=w.known)
        assert listings(again, party=party, grain=grain) == expected
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "SMALL", 0)
            assert listings(World(w.ledger, on=w.on, known=w.known), party=party, grain=grain) == expected


@settings(max_examples=20)
@given(editions(), st.integers(0, SPAN))
def test_r9_a_sure_listing_stands_on_few_claims(history: list[Edition], day: int) -> None:
    """Without the entries that a sure listing does not name, and with every edition, it is as sure."""
    claims = told(history)
    on, known = FIRST + timedelta(day), FIRST + timedelta(SPAN)
    w = laid(claims, on=on, known=known)
    for listing in (x for x in listings(w) if x.holds is Holds.SURELY):
        kept = [c for c in claims if c.predicate == "edition" or c.id in listing.because]
        found = listings(laid(kept, on=on, known=known), party=listing.party)
        assert [x.holds for x in found if x.programme == listing.programme] == [Holds.SURELY]
