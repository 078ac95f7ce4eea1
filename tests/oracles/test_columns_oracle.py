"""The rules over columns beside brute force: plain sets and Fractions, one run a person, on thousands of random webs.

With bounds, loops, several told holders, votes, joint arrangements, control, stakes that are only pending, and sums at exactly the
threshold; for every rule record. The other road asks every asset again until nothing changes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from knockon.analyses.cascade_columns import ReachColumns, reach_columns
from knockon.analyses.column_web import ColumnWeb, Links
from knockon.analyses.regimes import Rule, rules_on
from knockon.world.columns import BILLION, Columns

RULES = {r.id: r for day in (date(2024, 1, 1), date(2026, 1, 1)) for r in rules_on(day)}
GRAPHS = 300  # for each rule record
SIZE = 9
BOUNDS = [
    ("50", "50"), ("25", "25"), ("30", "30"), ("20", "20"), ("100", "100"), ("49.999999999", "49.999999999"),
    ("50.000000001", "50.000000001"), ("25", "50"), ("25.000000001", "49.999999999"), ("40", "60"), ("0", "100"), ("0", "0"),
    ("50", "75"), ("5", "10"), ("33.333333333", "33.333333333"), ("16.666666667", "16.666666667"), ("60", "80"),
]  # fmt: skip


@dataclass(frozen=True)
class Stake:
    asset: int
    holders: tuple[int, ...]
    low: Fraction
    high: Fraction
    votes: bool
    pending: bool


@dataclass(frozen=True)
class Case:
    stakes: tuple[Stake, ...]
    controls: tuple[tuple[int, int, int, bool], ...]
    joints: tuple[tuple[int, int, int, bool], ...]
    sure: frozenset[int]
    maybe: frozenset[int]


def some_case(chance: random.Random) -> Case:
    stakes = []
    for _ in range(chance.randrange(0, 15)):
        low, high = map(Fraction, chance.choice(BOUNDS))
        pending = chance.random() < 0.1
        stakes.append(
            Stake(
                asset=chance.randrange(SIZE),
                holders=tuple(chance.sample(range(SIZE), chance.choice([1, 1, 1, 1, 2, 3]))),
                low=Fraction(0) if pending else low,
                high=high,
                votes=chance.random() < 0.2,
                pending=pending,
            )
        )
    pairs = [tuple(chance.sample(range(SIZE), 2)) for _ in range(4)]
    return Case(
        stakes=tuple(stakes),
        controls=tuple((a, b, -1, chance.random() < 0.6) for a, b in pairs[: chance.choice([0, 0, 1, 2])]),
        joints=tuple(
            (a, b, chance.choice([-1, *range(SIZE)]), chance.random() < 0.6)
            for a, b in pairs[2 : chance.choice([2, 3, 4])]
        ),
        sure=frozenset(chance.sample(range(SIZE), chance.choice([0, 1, 2, 3]))),
        maybe=frozenset(chance.sample(range(SIZE), chance.choice([0, 0, 1, 2]))),
    )


def table_of(case: Case) -> Columns:
    def whole(share: Fraction) -> int:
        assert (share * BILLION).denominator == 1
        return int(share * BILLION)

    stakes = case.stakes
    counts = [len(s.holders) for s in stakes]
    return Columns(
        asset=np.array([s.asset for s in stakes], np.int64),
        low=np.array([whole(s.low) for s in stakes], np.int64),
        high=np.array([whole(s.high) for s in stakes], np.int64),
        stated=np.array([not s.pending for s in stakes], bool),
        votes=np.array([s.votes for s in stakes], bool),
        pending=np.array([s.pending for s in stakes], bool),
        claim=np.arange(len(stakes), dtype=np.int64),
        holder=np.array([h for s in stakes for h in s.holders], np.int64),
        first=np.concatenate([[0], np.cumsum(np.array(counts, np.int64))]),
        size=SIZE,
        laid={},
    )


# ---------------------------------------------------------------------------------------------------- the other road
@dataclass
class Found:
    surely: set[int]
    possibly: set[int]
    low: dict[int, Fraction]
    high: dict[int, Fraction]
    hit: set[int]


def meets(rule: Rule, share: Fraction) -> bool:
    line = Fraction(rule.threshold)
    return share > line if rule.strict else share >= line


def run(rule: Rule, case: Case, sure: set[int], maybe: set[int], unreported: bool) -> Found:
    joints = case.joints if rule.joint else ()
    controls = case.controls if rule.control else ()

    def stands(holder: int, asset: int, caught: set[int], only_sure: bool) -> bool:
        return holder in caught or any(
            (j[3] or not only_sure) and j[2] in (-1, asset) and {holder, mate} == {j[0], j[1]} and mate in caught
            for j in joints
            for mate in j[:2]
            if mate != holder
        )

    def kinds(asset: int) -> list[list[Stake]]:
        ways = (False,) if rule.basis == "shares" else (False, True)
        return [[s for s in case.stakes if s.asset == asset and s.votes is votes] for votes in ways]

    def least(mine: list[Stake], caught: set[int]) -> Fraction:
        return sum((s.low for s in mine if all(stands(h, s.asset, caught, True) for h in s.holders)), Fraction(0))

    def most(mine: list[Stake], caught: set[int]) -> Fraction:
        hit = [s for s in mine if any(stands(h, s.asset, caught, False) for h in s.holders)]
        if not sum(s.high for s in hit):
            return Fraction(0)
        others = sum((s.low for s in mine if s not in hit), Fraction(0))
        return max(min(sum((s.high for s in hit), Fraction(0)), 100 - others), sum((s.low for s in hit), Fraction(0)))

    def controlled(asset: int, caught: set[int], only_sure: bool) -> bool:
        return any(c[0] in caught and c[1] == asset and (c[3] or not only_sure) for c in controls)

    surely = set(sure)
    while more := {
        a
        for a in range(SIZE)
        if a not in surely and (any(meets(rule, least(k, surely)) for k in kinds(a)) or controlled(a, surely, True))
    }:
        surely |= more
    possibly = sure | maybe | surely

    def may(asset: int) -> bool:
        if controlled(asset, possibly, False):
            return True
        for mine in kinds(asset):
            high = most(mine, possibly)
            rest = max(Fraction(0), 100 - sum((s.high if s.pending else s.low for s in mine), Fraction(0)))
            if meets(rule, high) or (unreported and high > 0 and meets(rule, least(mine, surely) + rest)):
                return True
        return False

    while more := {a for a in range(SIZE) if a not in possibly and may(a)}:
        possibly |= more
    return Found(
        surely,
        possibly,
        {a: max(least(k, surely) for k in kinds(a)) for a in range(SIZE)},
        {a: max(most(k, possibly) for k in kinds(a)) for a in range(SIZE)},
        {s.asset for a in range(SIZE) for k in kinds(a) for s in k if any(stands(h, a, possibly, False) for h in s.holders)},
    )  # fmt: skip


def brute(rule: Rule, case: Case, unreported: bool) -> tuple[Found, set[int], dict[int, int]]:
    """What ``reach_columns`` should find, whom only the pooled run catches, and who is the first to catch each party."""
    maybe = set(case.maybe)
    everybody = run(rule, case, set(case.sure), maybe, unreported)
    if rule.aggregate == "all":
        return everybody, set(), {}
    runs = {p: run(rule, case, {p} & case.sure, {p} - case.sure, unreported) for p in sorted(case.sure | maybe)}
    found = Found(
        set().union(*(r.surely for r in runs.values())),
        set().union(*(r.possibly for r in runs.values())),
        {a: max((r.low[a] for r in runs.values()), default=Fraction(0)) for a in range(SIZE)},
        {a: max((r.high[a] for r in runs.values()), default=Fraction(0)) for a in range(SIZE)},
        set().union(*(r.hit for r in runs.values())),
    )
    person = {a: next(p for p, r in runs.items() if a in r.possibly) for a in found.possibly}
    person |= {a: next(p for p, r in runs.items() if a in r.surely) for a in found.surely}
    pooled = everybody.possibly - found.possibly if "aggregate" in rule.unsettled else set()
    found.possibly |= pooled
    found.hit |= everybody.hit if "aggregate" in rule.unsettled else set()
    return found, pooled, person


def asked(rule: Rule, case: Case, unreported: bool, table: Columns | ColumnWeb) -> ReachColumns:
    return reach_columns(
        rule, table, case.sure, case.maybe, unreported=unreported, controls=Links.of(case.controls), joints=Links.of(case.joints)
    )  # fmt: skip


def codes(flags: np.ndarray) -> set[int]:
    return set(np.flatnonzero(flags).tolist())


@pytest.mark.parametrize("rule", RULES)
def test_the_columns_are_brute_force(rule: str) -> None:
    chance = random.Random(f"columns {rule}")
    for n in range(GRAPHS):
        case, unreported = some_case(chance), n % 2 == 0
        want, pooled, person = brute(RULES[rule], case, unreported)
        found = asked(RULES[rule], case, unreported, table_of(case))
        assert codes(found.surely) == want.surely, case
        assert codes(found.possibly) == want.possibly, case
        assert codes(found.pooled) == pooled, case
        assert codes(found.hit) == want.hit, case
        assert [Fraction(x, BILLION) for x in found.low.tolist()] == [want.low[a] for a in range(SIZE)], case
        assert [Fraction(x, BILLION) for x in found.high.tolist()] == [want.high[a] for a in range(SIZE)], case
        assert {a: p for a, p in enumerate(found.person.tolist()) if p >= 0} == person, case
        for asset, at in enumerate(found.claim.tolist()):  # the claim carries a slot of the asset that has a part in it
            assert (at >= 0) == (asset in want.hit)
            assert at < 0 or case.stakes[at].asset == asset


@pytest.mark.parametrize("rule", ["us-ofac-50-blocking", "uk-freeze-over-50", "ca-deemed-50"])
def test_the_order_of_rows_never_matters_and_one_web_serves_many_questions(rule: str) -> None:
    chance = random.Random(f"order {rule}")
    for _ in range(GRAPHS):
        case = some_case(chance)
        stakes = tuple(replace(s, holders=tuple(chance.sample(s.holders, len(s.holders)))) for s in case.stakes)
        other = replace(case, stakes=tuple(chance.sample(stakes, len(stakes))))
        web = ColumnWeb(table_of(other))
        asked(RULES[rule], other, False, web)
        one, two = asked(RULES[rule], case, True, table_of(case)), asked(RULES[rule], other, True, web)
        for name in ("surely", "possibly", "low", "high", "hit", "person", "pooled"):
            assert np.array_equal(getattr(one, name), getattr(two, name)), (name, case)


def test_the_webs_are_not_all_alike() -> None:
    """The graphs reach every answer that the oracle compares: caught, perhaps, pooled alone, a hit without a verdict."""
    seen = {"surely": 0, "possibly": 0, "pooled": 0, "part": 0}
    rule, chance = RULES["ca-deemed-50"], random.Random(3)
    for _ in range(GRAPHS):
        case = some_case(chance)
        found, pooled, _ = brute(rule, case, False)
        seen["surely"] += bool(found.surely - case.sure)
        seen["possibly"] += bool(found.possibly - found.surely - case.maybe - pooled)
        seen["pooled"] += bool(pooled)
        seen["part"] += bool(found.hit - found.possibly)
    assert min(seen.values()) > 5, seen
