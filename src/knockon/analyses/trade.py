"""With whom does a state trade for how much, by whose figures, and in which order?

Every figure told stands beside the others. Refuses to rank by figures of different origins, except where every figure
told of one partner is above every figure told of the next, and then says so (``mixed``). Refuses to rank a bloc among
states, which would count its members twice, and sums in different currencies.

>>> from knockon.testing import world
>>> w = world("atlantis trades_with borduria 20 bnUSD in 2023 (statistics_office, said 2024-02-01)", on="2024-06-01")
>>> [(f.partner, str(f.value), f.origin) for f in figures(w, "atlantis")]
[('borduria', '20 bnUSD', 'statistics_office')]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knockon.analyses.corroboration import voice
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import convert, dimension, predicate
from knockon.world import State, World

__all__ = [
    "Figure",
    "Period",
    "Place",
    "Ranking",
    "Trade",
    "comparable",
    "figures",
    "joined",
    "period_of",
    "rankings",
    "rows",
]

Period = tuple[str, str]
_WHOLE = (None, "total", "turnover")
_MIRROR = {"exports": "imports", "imports": "exports"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as it was told: ``origin`` is whose figure it is, ``value`` keeps the printed digits and unit."""

    partner: EntityId
    measure: str
    flow: str | None
    value: Quantity
    start: Moment | None
    end: Moment | None
    origin: EntityId
    said_by: tuple[EntityId, ...]
    newest: date
    age_days: int
    stale: bool
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A partner's place in one ranking; ``None`` where its figures and another's could stand either way."""

    partner: EntityId
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Partners in order by one measure in one period; ``origin`` is ``None`` and ``mixed`` true across several origins."""

    measure: str
    flow: str | None
    start: Moment | None
    end: Moment | None
    origin: EntityId | None
    mixed: bool
    order: tuple[Place, ...]
    stale: bool
    because: tuple[ClaimId, ...]

    @property
    def first(self) -> EntityId | None:
        """The partner that is surely first, if any."""
        return next((p.partner for p in self.order if p.place == 1), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One partner: figures of the period that compares best, and those of other periods or of none apart."""

    partner: EntityId
    figures: tuple[Figure, ...]
    shares: tuple[Figure, ...]
    elsewhen: tuple[Figure, ...]
    place: int | None
    place_mixed: bool
    because: tuple[ClaimId, ...]


def figures(world: World, home: str) -> tuple[Figure, ...]:
    """Every figure told of the trade of one state, seen from it: turnover, exports, imports and shares."""
    home = world.names.root(EntityId(home))
    found: dict[ClaimId, Figure] = {}
    for state in world.states("trades_with", "trade_share"):
        if home not in (state.subject, state.object) or state.object is None:
            continue
        if state.predicate == "trade_share" and state.object != home:
            continue  # the share that this state has in another's trade says nothing of its own partners
        for known in (*state.because, *state.against):
            figure = _figure(world, home, state, world.claim(known))
            if figure is not None:
                found[known] = figure
    return tuple(
        sorted(found.values(), key=lambda f: (f.partner, f.measure, f.flow or "", str(f.start), f.origin, f.because))
    )


def _figure(world: World, home: EntityId, state: State, claim: Claim) -> Figure | None:
    if claim.quantity is None:
        return None
    seen_from_home = state.subject == home
    flow = claim.qualifier("flow")
    flow = None if flow in _WHOLE else flow
    if state.predicate == "trades_with" and not seen_from_home and flow is not None:
        flow = _MIRROR.get(flow, flow)
    age, horizon = (world.on - claim.known).days, predicate(claim.predicate).stale
    return Figure(
        partner=(state.object or home) if seen_from_home else state.subject,
        measure=state.predicate,
        flow=flow,
        value=claim.quantity,
        start=claim.start,
        end=claim.end,
        origin=voice(world, claim.origin),
        said_by=claim.said_by,
        newest=claim.known,
        age_days=age,
        stale=bool(horizon) and age > horizon,
        because=(claim.id,),
    )


def period_of(figure: Figure) -> Period | None:
    """The period that a figure is about, ``None`` where it was told without one."""
    return (str(figure.start), str(figure.end)) if figure.start is not None else None


def comparable(told: Iterable[Figure]) -> Period | None:
    """The newest period with figures of at least two partners, whole trade before one direction; else the newest told."""
    partners: dict[Period, set[EntityId]] = {}
    ends: dict[Period, date] = {}
    dated = [f for f in told if f.start is not None]
    for figure in [f for f in dated if f.flow is None] or dated:
        period = (str(figure.start), str(figure.end))
        partners.setdefault(period, set()).add(figure.partner)
        bound = figure.end or figure.start
        ends[period] = (bound.latest if bound else None) or date.max
    return max(partners, key=lambda p: (len(partners[p]) > 1, ends[p], p), default=None)


def rankings(world: World, told: Sequence[Figure], period: Period | None) -> tuple[Ranking, ...]:
    """One order for each measure, period and origin that speaks of two states or more; across origins for ``period``."""
    groups: dict[tuple[str, str, Period, str, str], list[Figure]] = {}
    for figure in told:
        when = period_of(figure)
        if when is None or world.type(figure.partner) not in ("", "state"):
            continue
        kind = dimension(figure.value.unit)
        groups.setdefault((figure.measure, figure.flow or "", when, kind, figure.origin), []).append(figure)
        if when == period:
            groups.setdefault((figure.measure, figure.flow or "", when, kind, ""), []).append(figure)
    found: list[Ranking] = []
    for (_, _, _, _, origin), group in sorted(groups.items()):
        if len({f.partner for f in group}) < 2 or (not origin and len({f.origin for f in group}) < 2):
            continue
        found.append(
            Ranking(
                measure=group[0].measure,
                flow=group[0].flow,
                start=group[0].start,
                end=group[0].end,
                origin=EntityId(origin) if origin else None,
                mixed=not origin,
                order=_order(group),
                stale=all(f.stale for f in group),
                because=joined(*(f.because for f in group)),
            )
        )
    return tuple(found)


def _order(group: Sequence[Figure]) -> tuple[Place, ...]:
    bounds = {
        p: _bounds([f.value for f in group if f.partner == p], group[0].value.unit) for p in {f.partner for f in group}
    }
    places: list[Place] = []
    for partner, (low, high) in bounds.items():
        above = sum(
            1
            for other, (a, _) in bounds.items()
            if other != partner and a is not None and high is not None and a > high
        )
        below = sum(
            1 for other, (_, b) in bounds.items() if other != partner and b is not None and low is not None and b < low
        )
        places.append(Place(partner=partner, place=above + 1 if above + below == len(bounds) - 1 else None))
    return tuple(sorted(places, key=lambda p: (p.place is None, p.place or 0, p.partner)))


def _bounds(values: Sequence[Quantity], unit: str) -> tuple[Decimal | None, Decimal | None]:
    """Every number told of one partner; "more than 28" beside an exact 28 that it fits adds nothing."""
    exact = [v for v in values if v.low is not None and v.high is not None]
    kept = [v for v in values if v in exact or not any(v.agrees(e) for e in exact)]
    lows = [None if v.low is None else convert(v.low, v.unit, unit) for v in kept]
    highs = [None if v.high is None else convert(v.high, v.unit, unit) for v in kept]
    low = None if None in lows else min(x for x in lows if x is not None)
    high = None if None in highs else max(x for x in highs if x is not None)
    return low, high


def rows(told: Sequence[Figure], period: Period | None, ranked: Sequence[Ranking]) -> tuple[Trade, ...]:
    """One row a partner, those with a place first."""
    here = [r for r in ranked if r.measure == "trades_with" and r.flow is None and (str(r.start), str(r.end)) == period]
    # one origin's order first; across origins only where there is no single one
    by = next((r for r in sorted(here, key=lambda r: (r.mixed, -len(r.order), r.origin or "")) if r.first), None)
    if by is not None and any(r.mixed for r in here) and len({r.first for r in here}) > 1:
        by = None  # origins put different partners first: no place is given, the rankings show each
    found: list[Trade] = []
    for partner in sorted({f.partner for f in told}):
        mine = [f for f in told if f.partner == partner]
        now = tuple(f for f in mine if f.measure == "trades_with" and period_of(f) == period)
        shares = tuple(f for f in mine if f.measure == "trade_share")
        other = tuple(f for f in mine if f.measure == "trades_with" and period_of(f) != period)
        place = next((p.place for p in by.order if p.partner == partner), None) if by else None
        found.append(
            Trade(
                partner=partner,
                figures=now,
                shares=shares,
                elsewhen=other,
                place=place,
                place_mixed=bool(by and by.mixed and place is not None),
                because=joined(*(f.because for f in mine)),
            )
        )
    return tuple(sorted(found, key=lambda r: (r.place is None, r.place or 0, not r.figures, r.partner)))


def joined(*many: Iterable[ClaimId]) -> tuple[ClaimId, ...]:
    """Every id once, in order."""
    return tuple(sorted({i for one in many for i in one}))
