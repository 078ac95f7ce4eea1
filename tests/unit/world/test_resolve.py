"""One slot, several claims: what is chosen, which bounds it has, and who says otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knockon.model.interval import Holds
from knockon.testing import world
from knockon.world import State

WHO = "registry is a register (list)\ndaily is an outlet (list)\nwire is a news_agency (list)\n"


def one(text: str, on: str = "2024-06-01") -> State:
    (state,) = world(WHO + text, on=on).states("holds_shares")
    return state


def test_one_stake_told_with_two_holders_is_one_slot_with_alternatives() -> None:
    state = one("acme holds 5% of bolt as arm (registry, 2024-01-01)\neve holds 5% of bolt as arm (daily, 2024-01-01)")
    assert (state.subject, state.alternatives, state.against) == ("acme", ("eve",), ())
    apart = world(WHO + "acme holds 5% of bolt (registry)\neve holds 5% of bolt (daily)").states("holds_shares")
    assert [s.subject for s in apart] == ["acme", "eve"]


@pytest.mark.parametrize(("told", "bounds", "against"), [
    (("60%", "60%"), (60, 60), 0),
    (("60%", "40%"), (40, 60), 1),
    ((">50%", "60%"), (None, None), 0),
    (("40..60%", "50%"), (None, None), 0),
    (("13%", "13.5%"), ("13.5", "13.5"), 0),
    (("7.5%", "12.5%"), ("7.5", "12.5"), 1),
])  # fmt: skip
def test_bounds_span_what_conflicts_and_not_what_rounding_explains(
    told: tuple[str, str], bounds: tuple[object, object], against: int
) -> None:
    state = one(
        f"acme holds {told[0]} of bolt (registry, 2024-01-01)\nacme holds {told[1]} of bolt (daily, 2024-01-01)"
    )
    assert len(state.against) == against
    if bounds != (None, None):
        assert (state.low, state.high) == (Decimal(bounds[0]), Decimal(bounds[1]))


def test_a_stake_without_a_number_yields_to_one_with() -> None:
    state = one("acme holds shares of bolt (registry, 2024-01-01)\nacme holds 30% of bolt (daily, 2023-01-01)")
    assert (str(state.value), state.origins) == ("30 %", 2)


def test_the_choice_shows_its_support_and_its_age() -> None:
    state = one(
        "acme holds 60% of bolt (daily, 2024-01-01)\nacme holds 60% of bolt (wire, 2024-03-01)\nacme holds 40% of bolt (eve, 2024-05-01)"
    )
    assert (str(state.value), state.origins, len(state.because), len(state.against)) == ("60 %", 2, 2, 1)
    assert (str(state.newest), state.age_days) == ("2024-03-01", 92)


def test_an_end_of_its_own_ends_a_state() -> None:
    text = "acme holds 60% of bolt since 2020-01-01 until 2024-01-01 (registry)"
    assert [world(WHO + text, on=on).states("holds_shares") != () for on in ("2023-12-31", "2024-01-01")] == [
        True,
        False,
    ]


def test_a_present_tense_without_a_start_vouches_for_the_day_on_which_it_was_said() -> None:
    text = WHO + "acme holds 60% of bolt (registry, 2024-01-10)"
    assert world(text, on="2024-01-10").states("holds_shares")[0].holds is Holds.SURELY
    assert world(text, on="2023-01-10", known="2024-01-10").states("holds_shares")[0].holds is Holds.POSSIBLY


def test_merged_names_are_one_holder_and_parting_them_is_a_claim() -> None:
    text = WHO + "acme holds 60% of bolt (registry, 2024-01-01)\nacme_ag holds 60% of bolt (daily, 2024-01-01)"
    merged = world(text + "\nacme is the same as acme_ag (reviewer)", on="2024-06-01")
    assert [(s.subject, s.origins) for s in merged.states("holds_shares")] == [("acme", 2)]
    assert [(s.subject) for s in merged.states("holds_shares", subject="acme_ag")] == ["acme"]
    denied = world(text + "\ndenied: acme is the same as acme_ag (reviewer)", on="2024-06-01")
    assert len(denied.states("holds_shares")) == 2


def test_a_chain_of_the_same_is_one() -> None:
    w = world("c is the same as d (list)\na is the same as b (list)\nb is the same as c (list)")
    assert {w.names.root(e) for e in "abcd"} == {"a"}
    assert w.names.same("d") == set("abcd")
    assert w.names.same("zinc") == {"zinc"}


def test_periods_that_are_over_are_still_what_was_said_of_them() -> None:
    text = "deep produces 5 Mt in 2020 (acme, 2021-01-01)\ndeep produces 6 Mt in 2030 (acme, 2021-01-01)"
    found = world(text, on="2024-06-01").states("produces")
    assert [(str(s.value), str(s.start), s.holds, s.stale) for s in found] == [
        ("5 Mt", "2020-01-01", Holds.SURELY, True)
    ]
