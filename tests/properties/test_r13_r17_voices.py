"""R13–R17: what counts, what replaces what, which of two values is chosen, and whose voice it is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import SPOKEN, answers, days, laid, percentages, some_claims, stake_claims

from knockon.analyses.status import cascade, designated
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.interval import Holds, Moment
from knockon.model.quantity import Quantity
from knockon.testing import world

FEW = settings(max_examples=25)
LATER = date(2026, 12, 31)


def taken_back(claim: Claim, by: str, day: date) -> Claim:
    return Claim(
        subject=by,
        predicate="retracts",
        object=claim.id,
        start=Moment.day(day),
        said_by=(by,),
        said_on=Moment.day(day),
        source="errata",
    )


@FEW
@given(some_claims(last=date(2023, 1, 1)), days(date(2023, 1, 2), date(2024, 1, 1)))
def test_r13_a_retraction_is_a_claim_that_only_later_worlds_know(told: list[Claim], day: date) -> None:
    gone = told[0]
    back = taken_back(gone, gone.origin, day)
    rest = [c for c in told if c.id != gone.id]
    before = day - timedelta(days=1)
    assert answers(laid([*told, back], on=day, known=before)) == answers(laid(told, on=day, known=before))
    w = laid([*told, back], on=day, known=day)
    assert answers(w) == answers(laid(rest, on=day, known=day))
    assert w.claim(gone.id) == gone  # it is still there to be read


@FEW
@given(some_claims(last=date(2023, 1, 1)))
def test_r13_nobody_takes_back_the_word_of_another(told: list[Claim]) -> None:
    day = date(2024, 1, 1)
    other = "registry" if told[0].origin != "registry" else "daily"
    back = taken_back(told[0], other, day)
    assert answers(laid([*told, back], on=day)) == answers(laid(told, on=day))


def test_r13_an_end_is_a_claim() -> None:
    text = "acme holds 60% of bolt since 2020-01-01 (registry)\nacme no longer holds_shares bolt on 2023-05-01 (daily, 2023-06-01)"
    assert world(text, on="2023-05-02", known="2023-05-30").states("holds_shares")  # nobody knew yet
    assert world(text, on="2023-04-30", known="2023-06-01").states("holds_shares")
    assert world(text, on="2023-05-01", known="2023-06-01").states("holds_shares") == ()


@FEW
@given(some_claims(), stake_claims(), st.integers(0, 2000))
def test_r14_only_stated_and_affirmed_claims_make_the_world(told: list[Claim], claim: Claim, later: int) -> None:
    on = claim.known + timedelta(days=later)
    without = laid(told, on=on)
    for mode, polarity in [
        *((m, Polarity.AFFIRMED) for m in Mode if m is not Mode.STATED),
        (Mode.STATED, Polarity.DENIED),
    ]:
        aside = Claim.from_dict({**claim.to_dict(), "mode": mode.value, "polarity": polarity.value})
        if aside in told:
            continue
        with_ = laid([*told, aside], on=on)
        assert with_.states(*SPOKEN) == without.states(*SPOKEN)
        assert designated(with_) == designated(without)
        assert aside in with_.told(aside.predicate)
        if polarity is Polarity.DENIED or mode is Mode.ASKED:
            assert cascade(with_) == cascade(without)


@FEW
@given(some_claims(), stake_claims(), days())
def test_r14_nothing_planned_makes_a_sure_verdict(told: list[Claim], claim: Claim, on: date) -> None:
    planned = Claim.from_dict({**claim.to_dict(), "mode": "planned"})
    caught = {
        e.entity for e in cascade(laid([*told, planned], on=on)) if e.status == "blocked by ownership"
    }  # fmt: skip
    assert caught <= {e.entity for e in cascade(laid(told, on=on)) if e.status == "blocked by ownership"}


@FEW
@given(percentages(), percentages(), days(date(2020, 1, 1), date(2022, 1, 1)), st.integers(1, 900))
def test_r15_a_later_word_of_the_same_origin_replaces_its_earlier_one(
    old: Quantity, new: Quantity, day: date, gap: int
) -> None:
    later = day + timedelta(days=gap)

    def said(value: Quantity, on: date, *chain: str) -> Claim:
        return Claim(
            subject="acme", predicate="holds_shares", object="bolt", value=value, said_by=chain, said_on=Moment.day(on), source="paper"
        )  # fmt: skip

    told = [said(old, day, "daily", "registry"), said(new, later, "wire", "registry")]
    (before,) = laid(told, on=later, known=later - timedelta(days=1)).states("holds_shares")
    (after,) = laid(told, on=later, known=later).states("holds_shares")
    assert (before.value, before.origins) == (old, 1)
    assert (after.value, after.because, after.against, after.origins) == (new, (told[1].id,), (), 1)


def test_r15_another_origin_replaces_nothing() -> None:
    w = world(
        "acme holds 60% of bolt (registry, 2020-01-01)\nacme holds 40% of bolt (daily, 2021-01-01)", on="2021-06-01"
    )
    (state,) = w.states("holds_shares")
    assert (state.low, state.high, len(state.against)) == (Decimal(40), Decimal(60), 1)


def test_r15_another_period_is_another_word() -> None:
    w = world(
        "acme produces 5 Mt in 2023 (acme, 2024-01-01)\nacme produces 6 Mt in 2024 (acme, 2025-01-01)", on="2025-06-01"
    )
    assert {str(s.value) for s in w.states("produces")} == {"5 Mt", "6 Mt"}


@given(percentages(), percentages())
def test_r16_values_conflict_only_where_their_printed_precision_says_so(one: Quantity, two: Quantity) -> None:
    (a, b), (c, d) = _readings(one), _readings(two)
    assert one.agrees(two) == (max(a, c) <= min(b, d))
    assert one.agrees(two) == two.agrees(one)
    assert one.agrees(one)


def _readings(number: Quantity) -> tuple[Decimal, Decimal]:
    """What the printed digits may stand for, worked out anew from the text: half a last place, a whole one after "about"."""
    text = number.printed
    digits = max((len(p.partition(".")[2]) for p in text.strip("~<>=").split("..")), default=0)
    slack = Decimal(10) ** -digits / (1 if text.startswith("~") else 2)
    low, high = number.low, number.high
    below = Decimal(-1000) if low is None else low - (0 if text.startswith(">") and "=" not in text else slack)
    above = Decimal(1000) if high is None else high + (0 if text.startswith("<") and "=" not in text else slack)
    return below, above


def test_r16_thirteen_and_thirteen_and_a_half_agree_and_the_more_exact_is_shown() -> None:
    w = world(
        "acme holds 13% of bolt (daily, 2021-01-01)\nacme holds 13.5% of bolt (wire, 2021-01-01)", on="2021-06-01"
    )
    (state,) = w.states("holds_shares")
    assert (str(state.value), state.against, state.low, state.origins) == ("13.5 %", (), Decimal("13.5"), 2)


RANKS = [
    ("registry", "is a register"),
    ("acme", "is a company"),
    ("bureau", "is a statistics"),
    ("daily", "is an outlet"),
]


@pytest.mark.parametrize(("better", "worse"), list(combinations(range(4), 2)))
def test_r16_act_before_company_before_statistics_before_press(better: int, worse: int) -> None:
    """Even where the lesser word is told later and by more."""
    best, lesser = RANKS[better][0], RANKS[worse][0]
    text = "\n".join(f"{name} {kind} (list)" for name, kind in [*RANKS, (f"{lesser}_b", RANKS[worse][1])])
    text += f"\nacme holds 60% of bolt ({best}, 2020-01-01)"
    text += f"\nacme holds 40% of bolt ({lesser}, 2021-01-01)\nacme holds 40% of bolt ({lesser}_b, 2021-01-01)"
    (state,) = world(text, on="2021-06-01").states("holds_shares")
    assert (str(state.value), state.low, state.high) == ("60 %", Decimal(40), Decimal(60))


def test_r16_then_more_origins_then_the_latest() -> None:
    press = "\n".join(f"{n} is an outlet (list)" for n in ("one", "two", "three", "four"))
    more = (
        press
        + "\nacme holds 60% of bolt (one, 2020-01-01)\nacme holds 60% of bolt (two, 2020-02-01)\nacme holds 40% of bolt (three, 2021-01-01)"
    )
    assert [str(s.value) for s in world(more, on="2021-06-01").states("holds_shares")] == ["60 %"]
    even = more + "\nacme holds 40% of bolt (four, 2020-12-01)"
    assert [str(s.value) for s in world(even, on="2021-06-01").states("holds_shares")] == ["40 %"]


def test_r16_a_reviewer_may_set_a_claim_aside_with_a_reason() -> None:
    from knockon.testing import claims

    told = claims("acme holds 60% of bolt (registry, 2020-01-01)\nacme holds 40% of bolt (daily, 2021-01-01)")
    aside = Claim(
        subject="reviewer", predicate="sets_aside", object=told[0].id, value="another company of that name",
        said_by=("reviewer",), said_on=Moment.parse("2026-01-01"), source="review",
    )  # fmt: skip
    (state,) = laid([*told, aside], on=date(2021, 6, 1)).states("holds_shares")
    assert (str(state.value), state.against) == ("40 %", ())


ACTS = (
    "us-ofac designates acme for blocking on 2024-01-01 ({by}, 2024-01-01)",
    "us-ofac issues gl-1 on 2024-01-01 ({by}, 2024-01-01)",
    "gl-1 covers acme for wind_down since 2024-01-01 ({by}, 2024-01-01)",
)


@pytest.mark.parametrize("act", ACTS)
def test_r16_press_cannot_legislate(act: str) -> None:
    text = "us-ofac is an authority (list)\nus-treasury speaks for us-ofac (list)\ndaily is an outlet (list)\neu is an authority (list)\n"
    if "covers" in act:
        text += ACTS[1].format(by="us-ofac") + "\n"
    word = act.split()[1]
    for by, counts in (
        ("us-ofac", 1),
        ("daily < us-ofac", 1),
        ("us-treasury", 1),
        ("daily", 0),
        ("us-ofac < daily", 0),
        ("eu", 0),
    ):
        w = world(text + act.format(by=by), on="2024-06-01")
        assert len(w.states(word)) == counts, by
        assert len(w.told(word)) == 1  # what press says is still told


def test_r16_press_cannot_delist() -> None:
    text = "us-ofac designates acme for blocking on 2024-01-01 (us-ofac)\nus-ofac delists acme for blocking on 2024-03-01 ({by})"
    assert len(world(text.format(by="daily"), on="2024-06-01").states("designates")) == 1
    assert len(world(text.format(by="daily < us-ofac"), on="2024-06-01").states("designates")) == 0


@FEW
@given(
    st.lists(st.sampled_from(["daily", "wire", "acme", "eve"]), min_size=1, max_size=4, unique=True),
    days(date(2021, 1, 1)),
)
def test_r17_reports_of_one_origin_are_one_voice(papers: list[str], on: date) -> None:
    """However many retell it, and through however many hands."""
    told = [
        Claim(
            subject="cog", predicate="holds_shares", object="bolt", value=Quantity.parse("30 %"), said_by=(*papers[: n + 1], "registry"),
            said_on=Moment.parse("2020-05-01"), source=f"paper{n}",
        )
        for n in range(len(papers))
    ]  # fmt: skip
    (state,) = laid(told, on=on).states("holds_shares")
    assert (state.origins, len(state.because)) == (1, len(papers))
    own = [Claim.from_dict({**c.to_dict(), "said_by": [paper]}) for c, paper in zip(told, papers, strict=True)]
    (apart,) = laid(own, on=on).states("holds_shares")
    assert apart.origins == len(papers)


def test_r17_a_spokesman_speaks_for_his_house_from_a_day_to_a_day() -> None:
    text = (
        "us-ofac is an authority (list)\nspokesman speaks for us-ofac since 2020-01-01 until 2024-01-01 (list)\n"
        "us-ofac designates acme for blocking on 2023-05-01 (daily < spokesman, 2023-05-01)"
    )
    assert [s.holds for s in world(text, on="2023-06-01").states("designates")] == [Holds.SURELY]
    assert world(text.replace("speaks for us-ofac", "speaks for eve"), on="2023-06-01").states("designates") == ()


def test_r17_the_word_of_a_former_spokesman_still_counts_as_when_he_said_it() -> None:
    """He spoke for the authority when he said it; that he left later does not unsay a listing."""
    text = (
        "us-ofac is an authority (list)\nspokesman speaks for us-ofac since 2020-01-01 until 2024-01-01 (list)\n"
        "us-ofac designates acme for blocking on 2023-05-01 (daily < spokesman, 2023-05-01)"
    )
    assert len(world(text, on="2025-06-01").states("designates")) == 1
    late = text.replace("2023-05-01 (daily < spokesman, 2023-05-01)", "2024-05-01 (daily < spokesman, 2024-05-01)")
    assert world(late, on="2025-06-01").states("designates") == ()
