"""Who holds what, of which kind, directly and looked through? Economic shares, as products along chains of stakes.

Refuses to say who is blocked (that is ``status``), to add kinds of stakes to each other, and to scale stakes that exceed
the whole: they are a reported conflict (R10, R20).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.model.quantity import Quantity
from knockon.world import State, World

__all__ = ["Conflict", "LookThrough", "Ownership", "Stake", "held_by", "ownership", "stakes_in"]

KINDS = ("holds_shares", "holds_interest", "manages", "controls", "entitled_to")
#: kinds that make a holder's share of an asset's volumes
ECONOMIC = ("holds_shares", "holds_interest")
_DEEPEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """One direct stake; ``low``/``high`` are percent, ``None`` where nobody said a number (R12)."""

    holder: EntityId
    asset: EntityId
    kind: str
    value: Quantity | None
    low: Decimal | None
    high: Decimal | None
    alternatives: tuple[EntityId, ...]
    holds: Holds
    since: Moment | None
    until: Moment | None
    newest: date
    age_days: int
    stale: bool
    because: tuple[ClaimId, ...]
    needs: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookThrough:
    """A holder's share of an asset along one chain: ``via`` is the path between the two, empty for a direct stake."""

    holder: EntityId
    asset: EntityId
    kind: str
    low: Decimal | None
    high: Decimal | None
    via: tuple[EntityId, ...]
    stale: bool
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Stakes of one kind that cannot all be true, as told: their sum, and the claims."""

    asset: EntityId
    kind: str
    low: Decimal
    high: Decimal
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """What is reported of one asset's owners. ``unreported`` is the rest of the whole, by the lower bounds."""

    asset: EntityId
    stakes: tuple[Stake, ...]
    look_through: tuple[LookThrough, ...]
    reported: Mapping[str, Decimal]
    unreported: Mapping[str, Decimal]
    conflicts: tuple[Conflict, ...]
    sums: tuple[ClaimId, ...]
    pending: tuple[ClaimId, ...]
    cycles: tuple[tuple[EntityId, ...], ...]
    because: tuple[ClaimId, ...]


def ownership(world: World, asset: EntityId) -> Ownership:
    """Everything told of an asset's owners on the world's day.

    >>> from knockon.testing import world
    >>> w = world("acme holds 60% of bolt since 2020 (registry)" + chr(10) + "bolt holds 50% of cog since 2020 (registry)")
    >>> [(x.holder, str(x.low)) for x in ownership(w, "cog").look_through]
    [('bolt', '50'), ('acme', '30')]
    """
    root = world.names.root(asset)
    direct = stakes_in(world, root)
    chains = tuple(_upward(world, root))
    loops = _cycles(world, root)
    reported = {
        kind: sum((s.low for s in direct if s.kind == kind and s.low is not None), Decimal(0)) for kind in KINDS
    }
    reported = {kind: total for kind, total in reported.items() if any(s.kind == kind for s in direct)}
    conflicts = tuple(c for kind in reported if (c := _conflict(root, kind, direct)))
    return Ownership(
        asset=root,
        stakes=direct,
        look_through=chains,
        reported=reported,
        unreported={kind: max(Decimal(100) - total, Decimal(0)) for kind, total in reported.items()},
        conflicts=conflicts,
        sums=tuple(sorted(c for s in _states(world, root) if s.sum_of for c in s.because)),
        pending=_pending(world, root),
        cycles=tuple(path for path, _ in loops),
        because=tuple(
            sorted(
                {c for s in direct for c in s.because}
                | {c for chain in chains for c in chain.because}
                | {c for _, claims in loops for c in claims}
            )
        ),
    )


def stakes_in(world: World, asset: EntityId) -> tuple[Stake, ...]:
    """The direct stakes in an asset, largest first; sums told beside their parts and multiplied figures stay out."""
    found = [_stake(s) for s in _states(world, asset) if not s.sum_of and s.qualifiers.get("look_through") != "yes"]
    return tuple(sorted(found, key=lambda s: (KINDS.index(s.kind), -(s.high or Decimal(0)), s.holder)))


def _states(world: World, asset: EntityId) -> tuple[State, ...]:
    return world.states(*KINDS, object=asset)


def _stake(state: State) -> Stake:
    assert state.object is not None
    unsaid = state.quantity is None
    return Stake(
        holder=state.subject,
        asset=state.object,
        kind=state.predicate,
        value=state.quantity,
        low=None if unsaid else state.low if state.low is not None else Decimal(0),
        high=None if unsaid else state.high if state.high is not None else Decimal(100),
        alternatives=state.alternatives,
        holds=state.holds,
        since=state.start,
        until=state.end,
        newest=state.newest,
        age_days=state.age_days,
        stale=state.stale,
        because=state.because,
        needs=state.needs,
        against=state.against,
    )


def _conflict(asset: EntityId, kind: str, stakes: tuple[Stake, ...]) -> Conflict | None:
    """Chosen values above the whole, or lower bounds above it: told as they are, never scaled (R10)."""
    mine = [s for s in stakes if s.kind == kind and s.value is not None and s.holds is Holds.SURELY]
    chosen = sum((s.value.low or Decimal(0) for s in mine if s.value), Decimal(0))
    high = sum((s.high for s in mine if s.high is not None), Decimal(0))
    if chosen <= 100:
        return None
    return Conflict(
        asset=asset, kind=kind, low=chosen, high=high, because=tuple(sorted({c for s in mine for c in s.because}))
    )


def _pending(world: World, asset: EntityId) -> tuple[ClaimId, ...]:
    """Stakes that are planned, possible, asked or denied: beside the answer, not in it (R14)."""
    return tuple(c.id for c in world.pending(*KINDS, "acquires", "sells", object=asset))


def _economic(
    world: World, asset: EntityId
) -> Iterator[tuple[EntityId, str, Fraction | None, Fraction | None, bool, tuple[ClaimId, ...]]]:
    """Holders of an asset with their shares; a field is held as the venture through which it is developed is."""
    for stake in stakes_in(world, asset):
        if stake.kind in ECONOMIC:
            low = None if stake.low is None else Fraction(stake.low) / 100
            high = None if stake.high is None else Fraction(stake.high) / 100
            if stake.holds is Holds.POSSIBLY and low is not None:
                low = Fraction(0)
            yield stake.holder, stake.kind, low, high, stake.stale, stake.needs
    for state in world.states("develops", object=asset):
        number = state.quantity
        low = Fraction(number.low) / 100 if number and number.low is not None else Fraction(1)
        high = Fraction(number.high) / 100 if number and number.high is not None else Fraction(1)
        yield state.subject, "develops", low, high, state.stale, state.because[:1]


def _upward(world: World, asset: EntityId) -> Iterator[LookThrough]:
    """Every chain of holders above an asset; a chain that comes back to itself ends there (see ``cycles``)."""
    front: list[
        tuple[EntityId, tuple[EntityId, ...], Fraction | None, Fraction | None, bool, tuple[ClaimId, ...], str]
    ] = [(asset, (), Fraction(1), Fraction(1), False, (), "")]
    while front:
        node, via, low, high, stale, because, first_kind = front.pop(0)
        if len(via) >= _DEEPEST:
            continue
        for holder, kind, a, b, old, claims in _economic(world, node):
            if holder in (asset, node) or holder in via:
                continue
            below = None if low is None or a is None else low * a
            above = None if high is None or b is None else high * b
            shown = kind if first_kind in ("", "develops") else first_kind
            path = (node, *via) if node != asset else via
            found = (*because, *claims)
            yield LookThrough(
                holder=holder,
                asset=asset,
                kind=shown,
                low=_percent(below),
                high=_percent(above),
                via=path,
                stale=stale or old,
                because=found,
            )
            front.append((holder, path, below, above, stale or old, found, shown))


def _percent(share: Fraction | None) -> Decimal | None:
    """An exact share as percent; a repeating fraction is cut at nine places (it only describes volumes, R20)."""
    if share is None:
        return None
    number = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return Decimal(format(number.quantize(Decimal("1e-9")).normalize(), "f"))


def held_by(world: World, holder: EntityId) -> tuple[LookThrough, ...]:
    """Everything that a party holds, directly and through others, fields included (through ``develops``).

    >>> from knockon.testing import world
    >>> w = world("acme holds 5% of bolt since 2020 (registry)" + chr(10) + "bolt develops deep (registry, 2020)")
    >>> [(x.asset, str(x.high), x.via) for x in held_by(w, "acme")]
    [('bolt', '5', ()), ('deep', '5', ('bolt',))]
    """
    root = world.names.root(holder)
    return tuple(
        chain
        for asset in sorted(_below(world, root))
        for chain in _upward(world, asset)
        if chain.holder == root and chain.kind != "develops"
    )


def _below(world: World, holder: EntityId) -> set[EntityId]:
    """All assets under a holder, by stakes of any size and by what ventures develop."""
    edges: dict[EntityId, set[EntityId]] = {}
    for state in world.states(*ECONOMIC, "develops"):
        if state.object is not None and not state.sum_of:
            for owner in (state.subject, *state.alternatives):
                edges.setdefault(owner, set()).add(state.object)
    seen: set[EntityId] = set()
    front = [holder]
    while front:
        for asset in edges.get(front.pop(), set()) - seen:
            seen.add(asset)
            front.append(asset)
    return seen - {holder}


def _cycles(world: World, asset: EntityId) -> tuple[tuple[tuple[EntityId, ...], tuple[ClaimId, ...]], ...]:
    """Chains of holders that come back to the asset, each with its claims: told, not followed for ever."""
    found: list[tuple[tuple[EntityId, ...], tuple[ClaimId, ...]]] = []
    front: list[tuple[EntityId, tuple[EntityId, ...], tuple[ClaimId, ...]]] = [(asset, (asset,), ())]
    while front:
        node, path, because = front.pop()
        if len(path) > _DEEPEST:
            continue
        for holder, _, _, _, _, claims in _economic(world, node):
            if holder == asset:
                found.append(((*path, asset), (*because, *claims)))
            elif holder not in path:
                front.append((holder, (*path, holder), (*because, *claims)))
    return tuple(sorted(found))
