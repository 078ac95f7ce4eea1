"""Which of several words is chosen (R16), which is replaced (R15), and what is too old to count beside a fresh one (R25)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knockon.model.interval import Holds
from knockon.testing import claims, world
from knockon.world import State

TYPES = "registry is a register\nmaker is a company\nstat is a statistics\npaper is an outlet\n"


def one(text: str, on: str = "2024-07-01", known: str | None = None) -> State:
    [state] = world(TYPES + text, on=on, known=known).states("holds_shares")
    return state


def held(percent: str, who: str, day: str = "2024-01-01", holder: str = "acme") -> str:
    return f"{holder} holds {percent}% of bolt as lot since 2020 ({who}, {day})\n"


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        (held("60", "registry", "2023-01-01"), held("40", "paper"), "60 %"),
        (held("60", "maker", "2023-01-01"), held("40", "stat"), "60 %"),
        (held("60", "stat", "2023-01-01"), held("40", "paper"), "60 %"),
        (held("60", "paper < registry", "2023-01-01"), held("40", "registry < paper"), "60 %"),
        (held("60", "paper", "2023-01-01"), held("40", "gazette"), "40 %"),
    ],
)
def test_the_rank_of_the_origin_goes_before_age(first: str, second: str, chosen: str) -> None:
    assert {str(one(text).value) for text in (first + second, second + first)} == {chosen}


def test_more_origins_go_before_age_and_one_voice_counts_once() -> None:
    text = held("60", "p1", "2023-01-01") + held("60", "p2", "2023-01-01") + held("40", "p3")
    state = one(text)
    assert (str(state.value), state.origins, len(state.because), len(state.against)) == ("60 %", 2, 2, 1)
    state = one(text + "p1 speaks for house\np2 speaks for house\n")
    assert (str(state.value), state.origins, len(state.against)) == ("40 %", 1, 2)


def test_conflicts_span_the_bounds_and_are_never_averaged() -> None:
    text = held("60", "registry") + held("40", "paper") + held("70", "gazette")
    state = one(text)
    ids = {c.quantity.number: c.id for c in claims(text) if c.quantity}
    assert (str(state.value), state.low, state.high) == ("60 %", Decimal(40), Decimal(70))
    assert (state.because, set(state.against)) == ((ids["60"],), {ids["40"], ids["70"]})


def test_the_more_exact_of_two_that_agree_is_shown_but_never_above_a_better_word() -> None:
    assert str(one(held("13", "p1") + held("13.5", "p2", "2023-01-01")).value) == "13.5 %"
    state = one(held("13", "registry") + held("13.5", "maker"))
    assert (state.low, state.high, state.against, state.origins) == (Decimal("13.5"), Decimal("13.5"), (), 2)
    state = one(held("13", "registry") + held("13.6", "maker"))
    assert (str(state.value), state.low, state.high, len(state.against)) == ("13 %", Decimal(13), Decimal("13.6"), 1)


def test_stale_words_do_not_count_beside_fresh_ones() -> None:
    state = one(held("40", "registry", "2020-06-01") + held("60", "paper"))
    assert (str(state.value), state.low, state.high, state.stale) == ("60 %", Decimal(60), Decimal(60), False)
    assert len(state.against) == 1


@pytest.mark.parametrize(("on", "stale", "age"), [("2023-12-31", False, 1095), ("2024-01-01", True, 1096)])
def test_the_horizon_of_staleness(on: str, stale: bool, age: int) -> None:
    state = one(held("60", "registry", "2020-12-31"), on=on)
    assert (state.stale, state.age_days) == (stale, age)
    both = held("60", "registry", "2020-06-01") + held("40", "paper", "2020-07-01")
    assert str(one(both, on="2026-01-01").value) == "60 %"  # where all is stale, the better word still goes first


def test_a_later_word_of_the_same_voice_replaces_its_earlier_one() -> None:
    text = held("60", "paper", "2023-01-01") + held("40", "other < paper", "2024-01-01")
    state = one(text)
    assert (str(state.value), state.low, state.against) == ("40 %", Decimal(40), ())
    found = [str(one(text, "2023-06-01", known).value) for known in ("2023-12-31", "2024-01-01")]
    assert found == ["60 %", "40 %"]


@pytest.mark.parametrize(("later", "kept"), [("2024-01-01", 2), ("2024-01", 2), ("2024-01-02", 1), ("2024-02", 1)])
def test_only_a_surely_later_word_replaces(later: str, kept: int) -> None:
    state = one(held("60", "paper", "2024-01-01") + held("40", "paper", later))
    assert len(state.because) + len(state.against) == kept


EXACT = "acme holds 60% of bolt since 2020 until 2025-11-21T00:01 America/New_York (registry, 2024-01-01)\n"


@pytest.mark.parametrize(
    ("later", "survives"),
    [
        ("60% of bolt since 2020 until 2025-11", True),
        ("60% of bolt", True),
        ("60% of bolt since 2020 until 2025-11-21", True),
        ("60% of bolt since 2020 until 2025-12", False),
        ("60% of bolt since 2020 until 2025-11-22T00:01 America/New_York", False),
        ("50% of bolt since 2020 until 2025-11", False),
    ],
)
def test_a_vaguer_repetition_takes_nothing_back(later: str, survives: bool) -> None:
    """The exact word stays beside it, and still makes the last day before its end sure."""
    state = one(f"{EXACT}acme holds {later} (registry, 2024-06-01)", on="2025-11-20")
    assert (claims(EXACT)[0].id in state.because) == survives
    if survives:
        assert state.holds is Holds.SURELY


@pytest.mark.parametrize(
    ("start", "on", "holds"),
    [
        (" since 2024-05", "2024-05-01", Holds.POSSIBLY),
        (" since 2024-05", "2024-05-31", Holds.SURELY),
        (" since ..2024-05-10", "2024-05-09", Holds.POSSIBLY),
        (" since ..2024-05-10", "2024-05-10", Holds.SURELY),
        ("", "2024-05-31", Holds.POSSIBLY),
        ("", "2024-06-01", Holds.SURELY),
    ],
)
def test_doubt_about_a_start(start: str, on: str, holds: Holds) -> None:
    assert one(f"acme holds 60% of bolt{start} (registry, 2024-06-01)", on=on, known="2024-12-31").holds is holds


@pytest.mark.parametrize("lead", ["planned", "expected", "possible", "asked", "denied"])
def test_only_stated_and_affirmed_words_make_the_world(lead: str) -> None:
    w = world(f"{lead}: acme holds 60% of bolt since 2020 (registry)")
    assert w.states("holds_shares") == ()
    assert len(w.pending("holds_shares")) == len(w.told("holds_shares")) == 1


def test_a_vaguer_end_does_not_outlive_the_exact_one_of_the_same_voice() -> None:
    exact = "us-ofac issues gl-1 on 2025-10-22 until 2025-11-21T00:01 America/New_York (us-ofac, 2025-10-22)\n"
    vague = "us-ofac issues gl-1 on 2025-10-22 until 2025-11 (us-ofac, 2025-11-05)"
    days = ("2025-11-20", "2025-11-21", "2025-11-25")
    assert [len(world(exact + vague, on=day).states("issues")) for day in days] == [1, 0, 0]
    [state] = world(exact + vague, on="2025-11-20").states("issues")
    assert state.holds is Holds.SURELY
