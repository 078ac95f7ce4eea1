"""By which routes does a state export, and how much of it crosses which other state? The used share, from one statement of one period.

Refuses to mix periods or speakers, to count a part beside the route that it is a part of, and to subtract what is not
comparable. Where exports could go instead is another question (R24).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from knockon.analyses.crossing import (
    Bounds,
    Statement,
    Through,
    Way,
    bounds_of,
    least,
    most,
    percent,
    point,
    through,
    way_of,
)
from knockon.analyses.room import Room, room
from knockon.errors import Refused
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import predicate
from knockon.world import World

__all__ = ["RouteShare", "Routes", "SaidShare", "Through", "routes"]

#: a statement that tells less of the whole than this leaves out a route
_WHOLE_ENOUGH = Fraction(9, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteShare:
    """One route. ``share`` is of the numbers as printed; ``share_low``/``share_high`` keep what "about" and "more than" leave open.

    ``crosses`` are the other states on its way, ``None`` where nobody told its course.
    """

    route: EntityId
    quantity: Quantity
    share: Decimal | None
    share_low: Decimal | None
    share_high: Decimal | None
    crosses: tuple[EntityId, ...] | None
    part_of: EntityId | None
    capacity: Quantity | None
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidShare:
    """A share that somebody told as such; beside the answer, not in it."""

    object: EntityId
    value: Quantity
    scope: str
    newest: date
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes of one state's exports in one period, as one speaker told them on one day."""

    state: EntityId
    commodity: str
    start: Moment
    end: Moment
    speaker: EntityId
    said_on: date
    total: Decimal
    total_low: Decimal | None
    total_high: Decimal | None
    unit: str
    by_route: tuple[RouteShare, ...]
    through: tuple[Through, ...]
    unknown: tuple[EntityId, ...]
    said_shares: tuple[SaidShare, ...]
    room: tuple[Room, ...]
    excluded: tuple[tuple[ClaimId, str], ...]
    conflicts: tuple[ClaimId, ...]
    age_days: int
    stale: bool
    because: tuple[ClaimId, ...]

    @property
    def period(self) -> str:
        """The days it speaks of."""
        return f"{self.start}..{self.end}"


def routes(world: World, state: EntityId, commodity: str = "oil") -> Routes:
    """The newest period for which one statement tells the routes; refused, with the reason, where there is none.

    >>> from knockon.testing import world
    >>> w = world('''land exports 46 Mt of oil via pipe in 2024 (ministry, 2025-01-20)
    ... land exports 4 Mt of oil via port in 2024 (ministry, 2025-01-20)
    ... pipe crosses next (ministry, 2025-01-20)
    ... port located_in land (ministry, 2025-01-20)''', on="2025-06-01")
    >>> r = routes(w, "land")
    >>> [(x.route, str(x.share), x.crosses) for x in r.by_route], [(t.state, str(t.share)) for t in r.through]
    ([('pipe', '92', ('next',)), ('port', '8', ())], [('next', '92')])
    """
    root = world.names.root(EntityId(state))
    told = [c for c in world.counted("exports") if c.subject == root and _of(c, commodity) and c.quantity is not None]
    statements, leaves = _statements(world, [c for c in told if c.qualifier("via")])
    usable = []
    for one in statements:
        why = _flaw(world, one, told)
        if why:
            leaves += [(c.id, why) for c in one.claims.values()]
        else:
            usable.append(one)
    if not usable:
        why_not = sorted({why for _, why in leaves}) or [f"no exports of {commodity} by route are told of {root}"]
        raise Refused(f"how {root} exports {commodity} is not told in one statement of one period", "; ".join(why_not))
    chosen = max(
        usable,
        key=lambda s: (
            s.end.latest or date.min,
            s.start.earliest or date.min,
            len(s.tops),
            -_rank(world, s),
            s.said,
            s.speaker,
        ),
    )
    leaves += [
        (c.id, f"another period or speaker: {s.start}..{s.end}")
        for s in usable
        if s is not chosen
        for c in s.claims.values()
    ]
    leaves += [
        (c.id, f"a destination: {c.object}")
        for c in told
        if not c.qualifier("via") and c.object and _same_period(c, chosen)
    ]
    return _answer(world, root, commodity, chosen, told, leaves)


def _of(claim: Claim, commodity: str) -> bool:
    return (claim.qualifier("commodity") or commodity) == commodity


def _statements(world: World, told: Sequence[Claim]) -> tuple[list[Statement], list[tuple[ClaimId, str]]]:
    groups: dict[tuple[str, str, str, str, str, str], dict[EntityId, Claim]] = {}
    leaves: list[tuple[ClaimId, str]] = []
    for claim in told:
        if claim.start is None or claim.end is None:
            leaves.append((claim.id, "no period told"))
            continue
        assert claim.quantity is not None
        key = (
            str(claim.start),
            str(claim.end),
            str(world.names.voice(claim.origin)),
            str(claim.said_on),
            claim.source,
            claim.quantity.unit,
        )
        route = world.names.root(EntityId(claim.qualifier("via") or ""))
        groups.setdefault(key, {}).setdefault(route, claim)
    out = []
    for key in sorted(groups):
        claims = groups[key]
        first = next(iter(claims.values()))
        assert first.start is not None and first.end is not None
        parts = {r: p for r, c in claims.items() if (p := _part_of(world, r, c, claims)) is not None}
        out.append(
            Statement(
                start=first.start, end=first.end, speaker=EntityId(key[2]), said=first.known, claims=claims, parts=parts
            )
        )
    return out, leaves


def _part_of(world: World, route: EntityId, claim: Claim, others: dict[EntityId, Claim]) -> EntityId | None:
    """The route that this one is a part of: as the statement says, else as is told of the two."""
    scope = claim.qualifier("scope") or ""
    if scope.startswith("part of "):
        return world.names.root(EntityId(scope.removeprefix("part of ").strip().replace(" ", "_")))
    return next((s.object for s in world.states("part_of", subject=route) if s.object in others), None)


def _flaw(world: World, one: Statement, told: Sequence[Claim]) -> str | None:
    """Why a statement cannot stand for the whole; ``None`` when it can."""
    if len(one.tops) < 2:
        return "tells one route only, not how exports divide"
    low = sum((point(one.claims[r]) for r in one.tops), Decimal(0))
    for claim in told:
        said = claim.quantity
        if (
            claim.qualifier("via")
            or claim.object
            or claim.qualifier("scope")
            or said is None
            or not _same_period(claim, one)
        ):
            continue
        if said.unit == _unit(one) and said.low is not None and Fraction(low) < Fraction(said.low) * _WHOLE_ENOUGH:
            return f"tells {low} of {said}: routes are missing"
    return None


def _same_period(claim: Claim, one: Statement) -> bool:
    return claim.start == one.start and claim.end == one.end


def _rank(world: World, one: Statement) -> int:
    return min(world.names.rank(c.origin) for c in one.claims.values())


def _unit(one: Statement) -> str:
    said = next(iter(one.claims.values())).quantity
    assert said is not None
    return said.unit


# ---------------------------------------------------------------------------------------------------- the answer
def _answer(
    world: World,
    state: EntityId,
    commodity: str,
    one: Statement,
    told: Sequence[Claim],
    leaves: list[tuple[ClaimId, str]],
) -> Routes:
    tops = one.tops
    total = sum((point(one.claims[r]) for r in tops), Decimal(0))
    bounds = {r: bounds_of(c) for r, c in one.claims.items()}
    ways = {r: way_of(world, r, state) for r in one.claims}
    shares = tuple(_share(world, r, one, bounds, total, ways[r]) for r in _in_order(one))
    newest = max(c.known for c in one.claims.values())
    horizon = predicate("exports").stale
    because = {c for s in shares for c in s.because}
    highs = [bounds[r][1] for r in tops]
    return Routes(
        state=state,
        commodity=commodity,
        start=one.start,
        end=one.end,
        speaker=one.speaker,
        said_on=one.said,
        total=total,
        total_low=sum((bounds[r][0] for r in tops), Decimal(0)),
        total_high=None if None in highs else sum((h for h in highs if h is not None), Decimal(0)),
        unit=_unit(one),
        by_route=shares,
        through=through(one, bounds, ways, total, _hidden(world, state, one, told)),
        unknown=tuple(r for r in tops if ways[r] is None),
        said_shares=_said(world, state, commodity),
        room=tuple(room(world, r, state, commodity) for r in _in_order(one)),
        excluded=tuple(sorted(set(leaves))),
        conflicts=_conflicts(one, told),
        age_days=(world.on - newest).days,
        stale=bool(horizon) and (world.on - newest).days > horizon,
        because=tuple(sorted(because)),
    )


def _in_order(one: Statement) -> list[EntityId]:
    """The largest route first, each followed by its parts."""
    tops = sorted(one.tops, key=lambda r: (-point(one.claims[r]), r))
    parts = {
        t: sorted((p for p, w in one.parts.items() if w == t), key=lambda r: (-point(one.claims[r]), r)) for t in tops
    }
    return [r for t in tops for r in (t, *parts[t])]


def _share(
    world: World, route: EntityId, one: Statement, bounds: Bounds, total: Decimal, way: Way | None
) -> RouteShare:
    claim = one.claims[route]
    said = claim.quantity
    assert said is not None
    above = one.parts.get(route) if one.parts.get(route) in one.claims else None
    others = [r for r in one.tops if r != (above or route)]
    low, high = bounds[route]
    rest_low = sum((bounds[r][0] for r in others), Decimal(0))
    rest_highs = [bounds[r][1] for r in others]
    if above is not None:  # the rest of its own route is beside it too
        rest_low += max(bounds[above][0] - (high if high is not None else bounds[above][0]), Decimal(0))
        top = bounds[above][1]
        rest_highs.append(None if top is None else max(top - low, Decimal(0)))
    capacities = [
        s
        for s in world.states("capacity", subject=route)
        if not s.qualifiers.get("part") and not s.qualifiers.get("contract")
    ]
    return RouteShare(
        route=route,
        quantity=said,
        share=percent(point(claim), total),
        share_low=least(low, rest_highs),
        share_high=most(high, rest_low),
        crosses=None if way is None else way[0],
        part_of=above,
        capacity=capacities[0].quantity if capacities else None,
        because=(claim.id, *(way[1] if way else ()), *(capacities[0].because[:1] if capacities else ())),
    )


def _hidden(
    world: World, state: EntityId, one: Statement, told: Sequence[Claim]
) -> dict[EntityId, dict[EntityId, ClaimId]]:
    """The other states that a route's parts cross, where this statement does not tell the part but another does."""
    out: dict[EntityId, dict[EntityId, ClaimId]] = {}
    for claim in told:
        part = world.names.root(EntityId(claim.qualifier("via") or claim.subject))
        whole = _part_of(world, part, claim, one.claims)
        if whole in one.claims and part not in one.claims and (way := way_of(world, part, state)) is not None:
            for crossed in way[0]:
                out.setdefault(crossed, {}).setdefault(whole, claim.id)
    return out


def _said(world: World, state: EntityId, commodity: str) -> tuple[SaidShare, ...]:
    found = [
        SaidShare(
            object=s.object, value=s.quantity, scope=s.qualifiers.get("scope", ""), newest=s.newest, because=s.because
        )
        for s in world.states("exports_share", subject=state)
        if s.object is not None and s.quantity is not None and s.qualifiers.get("commodity", commodity) == commodity
    ]
    return tuple(sorted(found, key=lambda s: (s.object, s.scope, s.because)))


def _conflicts(one: Statement, told: Sequence[Claim]) -> tuple[ClaimId, ...]:
    """What others say of the same routes and the same days that cannot be true beside this."""
    out = []
    for claim in told:
        mine = next(
            (
                c
                for r, c in one.claims.items()
                if claim.qualifier("via") and c.qualifier("via") == claim.qualifier("via")
            ),
            None,
        )
        if mine is None or mine.id == claim.id or not _same_period(claim, one):
            continue
        a, b = mine.quantity, claim.quantity
        if a is not None and b is not None and a.unit == b.unit and not a.agrees(b):
            out.append(claim.id)
    return tuple(sorted(out))
