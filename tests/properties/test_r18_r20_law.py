"""R18–R20: law is a least fixpoint over exact stakes, decided twice, and never the product of shares."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.properties.strategies import webs

from knockon.analyses.cascade import reach
from knockon.analyses.ownership import held_by
from knockon.analyses.regimes import Rule, rules_on
from knockon.analyses.status import Effect, cascade
from knockon.model.ids import ClaimId, EntityId
from knockon.testing import world
from knockon.world.stakes import Slot

FEW = settings(max_examples=60)
OFAC: Rule = next(r for r in rules_on(date(2025, 11, 11), "us-ofac") if "blocking" in r.measures)
Web = list[tuple[str, str, Decimal]]


def slot(holder: str, asset: str, low: Decimal, high: Decimal | None = None) -> Slot:
    return Slot(
        asset=EntityId(asset), holders=(EntityId(holder),), kind="holds_shares", low=low, high=low if high is None else high,
        told="stated", because=(ClaimId(f"{holder}>{asset}"),), needs=(ClaimId(f"{holder}>{asset}"),), state=None,
    )  # fmt: skip


def as_text(web: Web, listed: tuple[str, ...] = ("p0",)) -> str:
    lines = [f"us-ofac designates {p} for blocking on 2024-05-01 (us-ofac)" for p in listed]
    return "\n".join(
        lines + [f"{holder} holds {share}% of {asset} since 2020 (registry)" for holder, asset, share in web]
    )


def blocked(effects: tuple[Effect, ...]) -> set[str]:
    return {e.entity for e in effects if e.status == "blocked by ownership"}


@FEW
@given(webs(), st.sets(st.integers(0, 6).map(lambda n: f"p{n}"), min_size=1, max_size=2))
def test_r18_who_is_caught_is_closed_and_nobody_is_caught_without_support(web: Web, listed: set[str]) -> None:
    """Least: remove everyone caught, put the listed back, and each is caught again by those caught before it, in some order."""
    seeds = frozenset(EntityId(p) for p in listed)
    found = reach(OFAC, [slot(*edge) for edge in web], seeds, frozenset()).surely
    for asset in {a for _, a, _ in web}:
        counted = sum(share for holder, a, share in web if a == asset and holder in found)
        assert (asset in found) == (asset in seeds or counted >= 50)
    rebuilt = set(seeds)
    while more := {
        a for a in found - rebuilt if sum((s for h, x, s in web if x == a and h in rebuilt), Decimal(0)) >= 50
    }:  # fmt: skip
        rebuilt |= more
    assert rebuilt == found


def test_r18_a_closed_loop_holds_itself_up_by_nothing() -> None:
    loop = [("a", "b", 60), ("b", "a", 60), ("p0", "a", 30)]
    assert blocked(cascade(world(as_text([(h, a, Decimal(s)) for h, a, s in loop]), on="2024-06-01"))) == set()


@FEW
@given(webs(), st.integers(0, 6), st.integers(0, 13), st.integers(1, 40))
def test_r18_raising_a_stake_or_listing_one_more_never_frees_anybody(web: Web, more: int, which: int, by: int) -> None:
    assume(web)
    slots, seeds = [slot(*edge) for edge in web], frozenset({EntityId("p0")})
    before = reach(OFAC, slots, seeds, frozenset()).surely
    assert before <= reach(OFAC, slots, seeds | {EntityId(f"p{more}")}, frozenset()).surely
    holder, asset, share = web[which % len(web)]
    raised = [s for s in slots if (s.holders, s.asset) != ((holder,), asset)] + [slot(holder, asset, share + by)]
    assert before <= reach(OFAC, raised, seeds, frozenset()).surely


@FEW
@given(webs(), st.randoms())
def test_r18_the_order_of_rows_and_their_repetition_do_not_matter(web: Web, chance: random.Random) -> None:
    lines = as_text(web).splitlines()
    mixed = [*chance.sample(lines, len(lines)), chance.choice(lines)]
    assert cascade(world("\n".join(mixed), on="2024-06-01")) == cascade(world("\n".join(lines), on="2024-06-01"))


@FEW
@given(webs(), st.data())
def test_r19_bounds_are_decided_twice(web: Web, data: st.DataObject) -> None:
    """Whatever the true stakes within their bounds are: the sure verdict holds in it, and it holds nothing beyond the possible one."""
    wide, true = [], []
    for holder, asset, share in web:
        low = share * data.draw(st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(0)]))
        high = min(Decimal(100), share + data.draw(st.integers(0, 20)))
        wide.append(slot(holder, asset, low, high))
        true.append(slot(holder, asset, share))
    # the bounds of one asset may add up to more than the whole; what is true may not
    seeds = frozenset({EntityId("p0")})
    found, real = reach(OFAC, wide, seeds, frozenset()), reach(OFAC, true, seeds, frozenset())
    assert found.surely <= real.surely <= found.possibly
    for asset, share in real.low.items():
        assert found.low[asset] <= share <= found.high[asset]


def test_r19_an_undetermined_verdict_names_the_stake_that_would_settle_it() -> None:
    text = as_text([("acme", "bolt", Decimal(50))], ()) + "\nus-ofac designates us for blocking on 2024-05-01 (us-ofac)"
    text += "\nus holds 40..60% of acme since 2020 (registry)\neve holds 40..60% of acme since 2020 (registry)"
    found = {e.entity: e for e in cascade(world(text, on="2024-06-01"))}
    assert {e: f.status for e, f in found.items()} == {"acme": "undetermined", "bolt": "undetermined"}
    (deciding,) = found["bolt"].deciding
    assert (deciding.holder, deciding.asset, deciding.flips_at) == ("us", "acme", Decimal(50))


@FEW
@given(webs(), st.data())
def test_r19_settling_the_stakes_never_turns_a_sure_verdict(web: Web, data: st.DataObject) -> None:
    wide = [slot(h, a, s * data.draw(st.sampled_from([Decimal(1), Decimal("0.5")])), s) for h, a, s in web]
    seeds = frozenset({EntityId("p0")})
    found = reach(OFAC, wide, seeds, frozenset())
    for settle in (lambda s: s.low, lambda s: s.high):
        settled = reach(OFAC, [slot(s.holders[0], s.asset, settle(s)) for s in wide], seeds, frozenset())
        assert found.surely <= settled.surely <= found.possibly
        assert settled.surely == settled.possibly


def test_r20_law_is_not_arithmetic() -> None:
    """A product above the threshold frees nobody from being free, and one below it frees nobody."""
    over = as_text(
        [("p0", "a", Decimal(49)), ("eve", "a", Decimal(51)), ("a", "b", Decimal(98)), ("p0", "b", Decimal(2))]
    )
    w = world(over, on="2024-06-01")
    assert sum(x.low or 0 for x in held_by(w, "p0") if x.asset == "b") == Decimal("50.02")
    assert blocked(cascade(w)) == set()
    chain = world(as_text([(f"p{n}", f"p{n + 1}", Decimal(51)) for n in range(5)]), on="2024-06-01")
    assert [x.low for x in held_by(chain, "p0") if x.asset == "p5"] == [Decimal("3.4502525100").normalize()]
    assert blocked(cascade(chain)) == {"p1", "p2", "p3", "p4", "p5"}


@FEW
@given(webs())
def test_r20_a_verdict_counts_whole_stakes_of_those_caught_and_no_others(web: Web) -> None:
    effects = cascade(world(as_text(web), on="2024-06-01"))
    caught = blocked(effects) | {"p0"}
    possible = caught | {e.entity for e in effects if e.status == "undetermined"}
    for effect in effects:
        stakes = [(h, s) for h, a, s in web if a == effect.entity]
        assert effect.low == sum((s for h, s in stakes if h in caught), Decimal(0))
        assert effect.high is not None
        assert effect.high <= sum((s for h, s in stakes if h in possible), Decimal(0))


def test_r20_no_float_decides() -> None:
    thirds = [
        ("p0", "a", Decimal("0.3")),
        ("p0", "x", Decimal(100)),
        ("x", "a", Decimal("32.3")),
        ("p0", "y", Decimal(100)),
        ("y", "a", Decimal("17.4")),
    ]
    assert 0.3 + 32.3 + 17.4 < 50
    assert "a" in blocked(cascade(world(as_text(thirds), on="2024-06-01")))
    short = [*thirds[:-1], ("y", "a", Decimal("17.399999999"))]
    assert "a" not in blocked(cascade(world(as_text(short), on="2024-06-01")))
