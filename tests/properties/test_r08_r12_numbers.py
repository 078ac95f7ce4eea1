"""R8, R10, R12: every number has a claim, nothing is scaled, and what is missing stays missing. R9 is in tests/oracles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import PARTIES, SPOKEN, STAKES, answers, days, laid, some_claims, stake_claims

from knockon.analyses.ownership import held_by, ownership
from knockon.analyses.status import cascade, designated, status
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId
from knockon.model.quantity import Quantity
from knockon.testing import world
from knockon.world import World
from knockon.world.stakes import slots

FEW = settings(max_examples=25)


def are_there(w: World, because: tuple[ClaimId, ...]) -> bool:
    return bool(because) and all(w.claim(c).id == c for c in because)


@FEW
@given(some_claims(), days())
def test_r8_every_number_names_a_claim(told: list[Claim], on: date) -> None:
    w = laid(told, on=on)
    visible = {c.id for c in told if c.known <= on}
    for state in w.states(*SPOKEN):
        assert state.claim in state.because
        assert set(state.because) | set(state.against) | set(state.closed_by) <= visible
    for party in PARTIES:
        for stake in ownership(w, party).stakes:
            assert are_there(w, stake.because)
        for share in (*ownership(w, party).look_through, *held_by(w, party)):
            assert are_there(w, share.because)
    for effect in (*designated(w), *cascade(w)):
        assert are_there(w, effect.because), effect
        assert set(effect.because) <= visible


@FEW
@given(some_claims(), days())
def test_r8_a_chosen_value_is_one_that_was_said(told: list[Claim], on: date) -> None:
    """Nothing is averaged: without deals, the value shown is word for word that of the chosen claim."""
    told = [c for c in told if c.predicate not in ("acquires", "sells")]
    w = laid(told, on=on)
    for state in w.states(*STAKES):
        claim = w.claim(state.claim)
        assert (state.value, state.subject, state.object) == (claim.value, claim.subject, claim.object)


shares = st.lists(st.tuples(st.sampled_from(PARTIES[1:]), st.integers(1, 99)), min_size=1, unique_by=lambda s: s[0])


@given(shares)
@FEW
def test_r10_stakes_above_the_whole_are_a_conflict_never_scaled(held: list[tuple[str, int]]) -> None:
    w = world("\n".join(f"{who} holds {n}% of acme since 2020 (registry)" for who, n in held))
    found = ownership(w, "acme")
    total = sum(n for _, n in held)
    assert {s.holder: s.low for s in found.stakes} == {who: Decimal(n) for who, n in held}
    assert found.reported == {"holds_shares": Decimal(total)}
    assert [c.low for c in found.conflicts] == ([Decimal(total)] if total > 100 else [])
    assert found.unreported == {"holds_shares": Decimal(max(0, 100 - total))}


@given(st.integers(1, 49), st.integers(0, 60))
@FEW
def test_r10_owners_that_nobody_reported_leave_the_verdict_open(listed: int, clean: int) -> None:
    clean = min(clean, 100 - listed)
    text = f"us-ofac designates acme for blocking on 2024-05-01 (us-ofac)\nacme holds {listed}% of cog since 2020 (registry)"
    if clean:
        text += f"\neve holds {clean}% of cog since 2020 (registry)"
    (effect,) = cascade(world(text, on="2024-06-01"))
    open_ = listed + (100 - listed - clean) >= 50
    assert effect.status == ("undetermined" if open_ else "part-owned by a sanctioned party")
    assert (effect.unreported is not None) == open_


def test_r10_nothing_found_names_what_was_searched() -> None:
    w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
    found = [e for e in status(w, "dyne") if e.status == "nothing found"]
    assert {e.authority for e in found} == {"us-ofac", "uk", "eu", "ch"}
    assert all("searched: " in e.note for e in found)


@FEW
@given(stake_claims(), days())
def test_r12_missing_is_absent_and_never_zero(claim: Claim, on: date) -> None:
    w = laid([claim], on=on)
    for state in w.states(*STAKES):
        assert (state.value is None) == (claim.value is None)
        if claim.value is None:
            assert (state.low, state.high) == (None, None)
    for stake in ownership(w, claim.object or "").stakes:
        assert (stake.low is None) == (claim.value is None)
    for slot in slots(w, STAKES):
        if claim.value is None:
            assert (slot.told, slot.low, slot.high) == ("unquantified", Decimal(0), Decimal(100))


@given(stake_claims())
def test_r12_what_a_claim_leaves_out_is_not_written_down(claim: Claim) -> None:
    written = claim.to_dict()
    for name in ("value", "start", "end", "quote"):
        assert (name in written) == (getattr(claim, name) is not None)
    assert not [v for v in written.values() if v is None or v == ""]


@FEW
@given(some_claims(), days())
def test_r12_an_unquantified_stake_adds_nothing_to_what_is_reported(told: list[Claim], on: date) -> None:
    silent = Claim(
        subject="zinc",
        predicate="holds_shares",
        object="acme",
        said_by=("daily",),
        said_on=told[0].said_on,
        source="paper",
    )
    assert "zinc" not in PARTIES
    without, with_ = laid(told, on=on), laid([*told, silent], on=on)
    if with_.states("holds_shares", subject="zinc"):
        assert with_.states("holds_shares", subject="zinc")[0].quantity is None
    old, new = ownership(without, "acme").reported, ownership(with_, "acme").reported
    assert {k: v for k, v in new.items() if v} == {k: v for k, v in old.items() if v}


def test_r12_zero_is_a_number_that_somebody_said() -> None:
    w = world("acme holds 0% of bolt since 2020 (registry)")
    (state,) = w.states("holds_shares")
    assert state.quantity == Quantity.parse("0 %")
    assert answers(w)
