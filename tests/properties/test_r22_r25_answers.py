"""R22–R25: what an answer says of itself, of its words, of what it refuses, and of its age."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import SPOKEN, answers, days, laid, some_claims, who

from knockon.errors import BadClaim, NotFound, Refused, UnknownEntity, UnknownPredicate
from knockon.ledger import Ledger
from knockon.model.claim import Claim, Quote
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import convert, predicate, vocabulary
from knockon.testing import world
from knockon.world import World

FEW = settings(max_examples=25)


@FEW
@given(some_claims(), some_claims(), days(), days())
def test_r22_the_same_two_days_and_position_replay_to_the_byte(
    told: list[Claim], more: list[Claim], on: date, known: date
) -> None:
    """From another file, after more was added, in another process's order: the same bytes."""
    first = laid(told, on=on, known=known)
    with Ledger.memory() as other:
        other.add(who())
        other.add(told)
        at = other.at
        other.add(more)
        again = World(other, on=first.on, known=first.known, at=at)
        assert again.fingerprint == first.fingerprint
        assert repr(answers(again)).encode() == repr(answers(first)).encode()


@FEW
@given(some_claims(), days())
def test_r22_another_fingerprint_means_another_set_of_claims(told: list[Claim], on: date) -> None:
    known = date(2027, 1, 1)
    whole = laid(told, on=on, known=known)
    fewer = laid(told[1:], on=on, known=known)
    assert (whole.fingerprint == fewer.fingerprint) == (told[0].id in {c.id for c in told[1:]})


def test_r22_a_ledger_in_a_file_answers_as_one_in_memory(tmp_path: Path) -> None:
    text = "us-ofac designates acme for blocking on 2024-05-01 (us-ofac)\nacme holds 60% of bolt since 2020 (registry)"
    from knockon.testing import claims

    with Ledger.open(tmp_path / "a.duckdb") as ledger:
        ledger.add(claims(text))
    with Ledger.read(tmp_path / "a.duckdb") as ledger:
        w = World(ledger, on=date(2024, 6, 1))
        assert w.fingerprint == world(text, on="2024-06-01").fingerprint
        assert answers(w) == answers(world(text, on="2024-06-01"))


@given(st.integers(0, 50), st.text(max_size=20), st.integers(-2, 2))
def test_r23_a_quote_that_does_not_fit_its_passage_is_refused(start: int, text: str, off: int) -> None:
    if off == 0:
        assert Quote(start, start + len(text), text).text == text
        return
    with pytest.raises(BadClaim, match="does not fit"):
        Quote(start, start + len(text) + off, text)


def test_r24_what_is_not_supported_is_refused_with_a_reason() -> None:
    w = world("acme holds 60% of bolt since 2020 (registry)\nacme is a company (list)\nbolt is a company (list)")
    with pytest.raises(UnknownEntity) as unknown:
        w.entity("acne")
    assert "acme" in unknown.value.hint
    with pytest.raises(NotFound):
        w.claim("cnothing")
    with pytest.raises(UnknownPredicate) as word:
        w.states("hold_shares")
    assert "holds_shares" in word.value.hint
    with pytest.raises(Refused, match="cannot be turned into"):
        convert(Decimal(1), "bcm", "t")


def test_r24_a_name_that_two_bear_is_not_guessed() -> None:
    w = world('acme is called "Twin" (list)\nbolt is called "Twin" (list)')
    with pytest.raises(UnknownEntity, match='"Twin" is the name of more than one: acme, bolt'):
        w.entity("Twin")
    assert world('acme is called "Twin" (list)').entity("twin") == "acme"


def test_r24_a_sale_by_a_holder_whose_stake_nobody_told_makes_no_number() -> None:
    w = world("acme sells 10% of bolt on 2024-01-01 (registry)", on="2024-06-01")
    assert w.states("holds_shares", subject="acme") == ()


@FEW
@given(some_claims(), days())
def test_r25_every_number_shows_the_age_of_its_newest_claim(told: list[Claim], on: date) -> None:
    told = [c for c in told if c.predicate not in ("acquires", "sells")]
    w = laid(told, on=on, known=date(2027, 1, 1))
    for state in w.states(*SPOKEN):
        assert state.newest == max(w.claim(c).known for c in state.because)
        assert state.age_days == (on - state.newest).days
        horizon = predicate(state.predicate).stale
        assert state.stale == (horizon > 0 and state.age_days > horizon)


@pytest.mark.parametrize(
    "word", [w for w in ("holds_shares", "produces", "capacity", "operates") if vocabulary()[w].stale]
)
def test_r25_past_the_horizon_of_its_kind_a_number_is_stale(word: str) -> None:
    kind, said = vocabulary()[word], date(2020, 1, 1)
    claim = Claim(
        subject="acme", predicate=word, object="bolt" if kind.object else None,
        value={"%": Quantity.parse("60 %"), "": None}.get(kind.value, Quantity.parse("5 Mt/y")),
        start=Moment.day(said), said_by=("registry",), said_on=Moment.day(said), source="register",
    )  # fmt: skip
    for days_on, stale in ((0, False), (kind.stale, False), (kind.stale + 1, True)):
        on = said + timedelta(days=days_on)
        (state,) = laid([claim], on=on, known=on).states(word)
        assert (state.stale, state.age_days) == (stale, days_on)


def test_r25_a_fresh_statement_is_not_dragged_by_a_stale_one() -> None:
    text = "acme holds 60% of bolt (registry, 2010-01-01)\nacme holds 40% of bolt (daily, 2024-01-01)"
    (state,) = world(text, on="2024-06-01").states("holds_shares")
    assert (str(state.value), state.low, state.high, state.stale) == ("40 %", Decimal(40), Decimal(40), False)
    assert len(state.against) == 1  # the old word is still told
