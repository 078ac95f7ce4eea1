"""Every rule record beside brute force, on ten thousand random webs: with bounds, loops, votes, joint arrangements, control, and stakes
at exactly the threshold.

The other road: a set is closed when nobody outside it is caught by those inside; the least closed set that holds the listed is the
intersection of all of them. No worklist, no order, whole numbers of billionths.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from knockon.analyses.cascade import Reach, reach
from knockon.analyses.regimes import Rule, rules_on
from knockon.model.ids import ClaimId, EntityId
from knockon.world.control import Control, Joint
from knockon.world.stakes import Slot

GRAPHS = 10_000
PARTIES = tuple(EntityId(f"p{i}") for i in range(5))
BOUNDS = (
    ("50", "50"), ("25", "25"), ("30", "30"), ("20", "20"), ("10", "10"), ("100", "100"), ("49.999999999", "49.999999999"),
    ("50.000000001", "50.000000001"), ("25", "50"), ("25.000000001", "50"), ("40", "60"), ("0", "100"), ("0", "49"), ("50", "75"),
    ("51", "51"), ("5", "5"), ("33.333333333", "33.333333333"), ("16.666666667", "16.666666667"),
)  # fmt: skip
RULES = {r.id: r for day in (date(2024, 1, 1), date(2026, 1, 1)) for r in rules_on(day)}


@dataclass(frozen=True)
class Case:
    slots: tuple[Slot, ...]
    controls: tuple[Control, ...]
    joints: tuple[Joint, ...]
    listed: frozenset[EntityId]
    maybe: frozenset[EntityId]


def some_case(chance: random.Random) -> Case:
    slots = []
    for n in range(chance.randrange(2, 9)):
        asset = chance.choice(PARTIES)
        holders = tuple(sorted(chance.sample((*PARTIES, EntityId("clean")), 2 if chance.random() < 0.1 else 1)))
        low, high = map(Decimal, chance.choice(BOUNDS))
        told = ClaimId(f"c{n}")
        slots.append(
            Slot(asset=asset, holders=holders, kind="holds_shares", low=low, high=high, told="stated", because=(told,), needs=(told,),
                 state=None, votes=chance.random() < 0.15)
        )  # fmt: skip
    controls = tuple(
        Control(holder=a, asset=b, sure=chance.random() < 0.7, by="", because=(ClaimId(f"k{a}{b}"),))
        for a, b in (chance.sample(PARTIES, 2) for _ in range(chance.choice([0, 0, 1, 2])))
    )
    joints = tuple(
        Joint(
            one=a,
            other=b,
            over=chance.choice([None, *PARTIES]),
            sure=chance.random() < 0.7,
            because=(ClaimId(f"j{a}{b}"),),
        )
        for a, b in (chance.sample((*PARTIES, EntityId("clean")), 2) for _ in range(chance.choice([0, 0, 1])))
    )
    listed = frozenset(chance.sample(PARTIES, chance.choice([1, 1, 2])))
    maybe = frozenset(chance.sample(PARTIES, chance.choice([0, 0, 1]))) - listed
    return Case(tuple(slots), controls, joints, listed, maybe)


# ---------------------------------------------------------------------------------------------------- the other road
def whole(share: Decimal) -> int:
    return int(share * 10**9)


def stands(case: Case, holder: str, asset: str, inside: frozenset[EntityId], *, sure: bool) -> bool:
    if holder in inside:
        return True
    for j in case.joints:
        if holder in (j.one, j.other) and (j.sure or not sure) and j.over in (None, asset):
            other = j.other if holder == j.one else j.one
            if other in inside:
                return True
    return False


def bounds(case: Case, asset: str, inside: frozenset[EntityId]) -> tuple[int, int, int]:
    """Surely held by those inside, at most held by them, and what others surely leave; the larger of capital and votes."""
    out = [(0, 0, 0)]
    for votes in (False, True):
        mine = [s for s in case.slots if s.asset == asset and s.votes is votes]
        sure = sum(whole(s.low) for s in mine if all(stands(case, h, asset, inside, sure=True) for h in s.holders))
        hits = [s for s in mine if any(stands(case, h, asset, inside, sure=False) for h in s.holders)]
        left = 100 * 10**9 - sum(whole(s.low) for s in mine if s not in hits)
        most = sum(whole(s.high) for s in hits)
        if most:
            out.append((sure, max(min(most, left), sum(whole(s.low) for s in hits)), left))
        else:
            out.append((sure, 0, 0))
    return max(o[0] for o in out), max(o[1] for o in out), max(o[2] for o in out)


def meets(rule: Rule, share: int) -> bool:
    line = whole(rule.threshold)
    return share > line if rule.strict else share >= line


def least(
    case: Case, rule: Rule, start: frozenset[EntityId], *, sure: bool, surely: frozenset[EntityId] = frozenset()
) -> frozenset[EntityId]:
    """The intersection of all closed sets that hold the start."""
    rest = [p for p in PARTIES if p not in start]
    found = frozenset(PARTIES) | start
    for size in range(len(rest) + 1):
        for more in combinations(rest, size):
            inside = start | frozenset(more)
            if not found <= inside and all(
                p in inside or not caught(case, rule, p, inside, sure, surely) for p in PARTIES
            ):
                found &= inside
    return found


def caught(
    case: Case, rule: Rule, party: EntityId, inside: frozenset[EntityId], sure: bool, surely: frozenset[EntityId]
) -> bool:
    if any(c.asset == party and c.holder in inside and (c.sure or not sure) for c in case.controls):
        return True
    low, high, _ = bounds(case, party, inside)
    if sure:
        return meets(rule, low)
    return meets(rule, high) or reported_gap(case, rule, party, inside, surely)


def reported_gap(
    case: Case, rule: Rule, party: EntityId, inside: frozenset[EntityId], surely: frozenset[EntityId]
) -> bool:
    """Whether the owners that nobody told could lift the share of one in whom those inside have a part."""
    for votes in (False, True):
        mine = tuple(s for s in case.slots if s.asset == party and s.votes is votes)
        part = Case(mine, case.controls, case.joints, case.listed, case.maybe)
        if bounds(part, party, inside)[1] > 0:
            told = min(sum(whole(s.low) for s in mine), 100 * 10**9)
            if meets(rule, bounds(part, party, surely)[0] + 100 * 10**9 - told):
                return True
    return False


def oracle(case: Case, rule: Rule) -> tuple[frozenset[EntityId], frozenset[EntityId], frozenset[EntityId]]:
    """Caught surely, caught possibly, and those caught only if listed parties are added where that is not settled."""

    def run(
        sure_seeds: frozenset[EntityId], more: frozenset[EntityId]
    ) -> tuple[frozenset[EntityId], frozenset[EntityId]]:
        surely = least(case, rule, sure_seeds, sure=True)
        return surely, least(case, rule, sure_seeds | more | surely, sure=False, surely=surely)

    if rule.aggregate == "all":
        return (*run(case.listed, case.maybe), frozenset())
    surely, possibly = case.listed, case.listed | case.maybe
    for person in sorted(case.listed | case.maybe):
        one = frozenset({person})
        a, b = run(one & case.listed, one - case.listed)
        surely, possibly = surely | a, possibly | b
    pooled: frozenset[EntityId] = frozenset()
    if "aggregate" in rule.unsettled:
        pooled = run(case.listed, case.maybe)[1] - possibly
    return surely, possibly | pooled, pooled


def ruled(case: Case, rule: Rule) -> Case:
    """What the rule leaves in: votes, controls and joint arrangements only where it counts them."""
    return Case(
        tuple(s for s in case.slots if rule.basis == "either" or not s.votes),
        case.controls if rule.control else (),
        case.joints if rule.joint else (),
        case.listed,
        case.maybe,
    )


def answer(case: Case, rule: Rule) -> Reach:
    return reach(rule, case.slots, case.listed, case.maybe, controls=case.controls, joints=case.joints, unreported=True)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_every_rule_agrees_with_brute_force(rule_id: str) -> None:
    rule = RULES[rule_id]
    chance = random.Random(rule_id)
    met = {"surely": 0, "open": 0, "exact": 0, "loops": 0}
    for _ in range(GRAPHS // len(RULES) + 1):
        case = ruled(some_case(chance), rule)
        surely, possibly, pooled = oracle(case, rule)
        found = answer(case, rule)
        assert (found.surely, found.possibly, found.pooled) == (surely, possibly, pooled), case
        mixed = list(case.slots)
        chance.shuffle(mixed)
        again = reach(
            rule,
            mixed,
            case.listed,
            case.maybe,
            controls=case.controls[::-1],
            joints=case.joints[::-1],
            unreported=True,
        )
        assert (again.surely, again.possibly, again.low, again.high) == (
            found.surely,
            found.possibly,
            found.low,
            found.high,
        )
        met["surely"] += bool(surely - case.listed)
        met["open"] += bool(possibly - surely - case.maybe)
        met["exact"] += any(found.low.get(p) == rule.threshold for p in PARTIES)
        met["loops"] += any({s.asset, t.asset} == {*s.holders, *t.holders} for s, t in combinations(case.slots, 2))
    assert min(met.values()) > 5, f"the webs do not try enough: {met}"


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_more_of_anything_never_frees_anybody(rule_id: str) -> None:
    """Within one rule and day: a larger stake, one more listing, one more control."""
    rule = RULES[rule_id]
    chance = random.Random(f"more {rule_id}")
    for _ in range(60):
        case = ruled(some_case(chance), rule)
        before = answer(case, rule)
        if not case.slots:
            continue
        n = chance.randrange(len(case.slots))
        one = case.slots[n]
        raised = Slot(
            asset=one.asset, holders=one.holders, kind=one.kind, low=min(one.low + 7, Decimal(100)), high=max(one.high, min(one.low + 7, Decimal(100))),
            told="stated", because=one.because, needs=one.needs, state=None, votes=one.votes,
        )  # fmt: skip
        if set(one.holders) <= before.surely:  # a larger stake of others may well push the listed out
            more = Case(
                (*case.slots[:n], raised, *case.slots[n + 1 :]), case.controls, case.joints, case.listed, case.maybe
            )
            assert before.surely <= answer(more, rule).surely
        listed = Case(case.slots, case.controls, case.joints, case.listed | {chance.choice(PARTIES)}, case.maybe)
        assert before.surely <= answer(listed, rule).surely
        if rule.control:
            a, b = chance.sample(PARTIES, 2)
            told = (*case.controls, Control(holder=a, asset=b, sure=True, by="", because=(ClaimId("k"),)))
            assert before.surely <= answer(Case(case.slots, told, case.joints, case.listed, case.maybe), rule).surely
