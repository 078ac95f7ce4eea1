"""How much of what a statement tells crosses another state? Sums and bounds over its routes and their parts.

Refuses to count a part beside its route, and keeps open what "about", "more than" and an untold course leave open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.vocabulary import type_is
from knockon.world import World

__all__ = [
    "Bounds",
    "Statement",
    "Through",
    "Way",
    "bounds_of",
    "least",
    "most",
    "percent",
    "point",
    "through",
    "way_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """What crosses one other state, in percent of all; a part that crosses counts although its route does not."""

    state: EntityId
    share: Decimal
    low: Decimal | None
    high: Decimal | None
    by: tuple[EntityId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one speaker told on one day of one period: routes, and parts of them."""

    start: Moment
    end: Moment
    speaker: EntityId
    said: date
    claims: dict[EntityId, Claim]
    parts: dict[EntityId, EntityId]

    @property
    def tops(self) -> list[EntityId]:
        return sorted(r for r in self.claims if self.parts.get(r) not in self.claims)


Way = tuple[tuple[EntityId, ...], tuple[ClaimId, ...]]
Bounds = dict[EntityId, tuple[Decimal, Decimal | None]]


def way_of(world: World, route: EntityId, state: EntityId) -> Way | None:
    """The other states that a route crosses or lies in, and who says so; ``None`` where nobody does."""
    found: dict[EntityId, ClaimId] = {}
    told = False
    for fact in world.states("crosses", "located_in", subject=route):
        if fact.object is None:
            continue
        told = True
        kind = world.type(fact.object)
        if fact.object != state and (not kind or type_is(kind, "state")):
            found.setdefault(fact.object, fact.claim)
    return (tuple(sorted(found)), tuple(found[s] for s in sorted(found))) if told else None


def through(
    one: Statement,
    bounds: Bounds,
    ways: dict[EntityId, Way | None],
    total: Decimal,
    hidden: dict[EntityId, dict[EntityId, ClaimId]],
) -> tuple[Through, ...]:
    """Every other state that some route or part crosses, in the order of ids."""
    states = sorted({s for way in ways.values() if way for s in way[0]})
    return tuple(_across(state, one, bounds, ways, total, hidden.get(state, {})) for state in states)


def _across(
    state: EntityId,
    one: Statement,
    bounds: Bounds,
    ways: dict[EntityId, Way | None],
    total: Decimal,
    hidden: dict[EntityId, ClaimId],
) -> Through:
    """Routes that cross a state whole, and the crossing parts of the others.

    A route of untold course may cross it, and so may one of which a part is told to cross, but not how much of it: they
    count in the upper bound only.
    """
    because: list[ClaimId] = []
    by: list[EntityId] = []
    amount, low, rest_low = Decimal(0), Decimal(0), Decimal(0)
    highs: list[Decimal | None] = []
    rest_highs: list[Decimal | None] = []
    for route in sorted(one.tops, key=lambda r: (-point(one.claims[r]), r)):
        because.append(one.claims[route].id)
        first, last = bounds[route]
        if _goes(ways[route], state):
            crossing, parts = [route], []
        else:
            parts = sorted(p for p, whole in one.parts.items() if whole == route)
            crossing = [p for p in parts if _goes(ways[p], state)]
        for each in crossing:
            by.append(each)
            because += [one.claims[each].id, _why(ways[each], state)]
            amount += point(one.claims[each])
        sure = sum((bounds[c][0] for c in crossing), Decimal(0))
        tops = [bounds[c][1] for c in crossing]
        upper = None if None in tops else sum((t for t in tops if t is not None), Decimal(0))
        if crossing != [route] and (ways[route] is None or route in hidden):
            elsewhere = sum((bounds[p][0] for p in parts if p not in crossing), Decimal(0))
            upper = None if last is None else max(last - elsewhere, Decimal(0))
        low += sure
        highs.append(upper)
        if crossing != [route]:
            rest_low += Decimal(0) if upper is None else max(first - upper, Decimal(0))
            rest_highs.append(None if last is None else max(last - sure, Decimal(0)))
    high = None if any(h is None for h in highs) else sum((h for h in highs if h is not None), Decimal(0))
    return Through(
        state=state,
        share=percent(amount, total) or Decimal(0),
        low=least(low, rest_highs),
        high=most(high, rest_low),
        by=tuple(by),
        because=tuple(dict.fromkeys(because)),
    )


def _goes(way: Way | None, state: EntityId) -> bool:
    return way is not None and state in way[0]


def _why(way: Way | None, state: EntityId) -> ClaimId:
    assert way is not None
    return way[1][way[0].index(state)]


def point(claim: Claim) -> Decimal:
    """The number as printed, whatever stood before it; the middle of a range."""
    said = claim.quantity
    assert said is not None
    if said.low is not None and said.high is not None:
        return (said.low + said.high) / 2
    number = said.low if said.low is not None else said.high
    assert number is not None
    return number


def bounds_of(claim: Claim) -> tuple[Decimal, Decimal | None]:
    """What the words leave open: "about" a step of the last digit each way, "more than" no upper end, "less than" none below."""
    said = claim.quantity
    assert said is not None
    low, high = said.spread() if said.about else (said.low, said.high)
    return max(low or Decimal(0), Decimal(0)), high


def least(low: Decimal, others: Sequence[Decimal | None]) -> Decimal | None:
    """The least share, when the others may be as high as told; ``None`` where one of them has no upper end."""
    if any(h is None for h in others):
        return None
    return percent(low, low + sum((h for h in others if h is not None), Decimal(0)))


def most(high: Decimal | None, rest: Decimal) -> Decimal | None:
    """The greatest share, when the others are as low as told."""
    return None if high is None else percent(high, high + rest)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """Percent to nine places, from an exact fraction."""
    if not whole:
        return None
    share = Fraction(part) / Fraction(whole) * 100
    number = Decimal(share.numerator) / Decimal(share.denominator)
    return Decimal(format(number.quantize(Decimal("1e-9")).normalize(), "f"))
