"""All stakes of a world as columns: who may hold which slot of which asset, between which exact bounds.

Percent are whole numbers of billionths, so that an exact half is exact. Refuses floats; resolves doubtful slots one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from knockon.model.claim import Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.world.resolve import State

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["STAKES", "Slot", "is_stake", "pending_slots", "slot_of_state", "slots"]

WHOLE = Decimal(100)
#: the kinds of stakes, never added to each other
STAKES = ("holds_shares", "holds_interest", "manages", "controls", "entitled_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One stake in one asset: the holders told for it (more than one when sources name several), and its bounds.

    ``low`` is what surely holds, ``high`` what may; ``told`` says how it is known: "stated", "unquantified", "pending", "linked".
    ``needs`` are the claims without which the bounds would be others. ``votes`` marks voting rights: never added to capital.
    """

    asset: EntityId
    holders: tuple[EntityId, ...]
    kind: str
    low: Decimal
    high: Decimal
    told: str
    because: tuple[ClaimId, ...]
    needs: tuple[ClaimId, ...]
    state: State | None
    votes: bool = False


def slots(
    world: World, kinds: Sequence[str], *, asset: EntityId | None = None, assets: Collection[EntityId] | None = None
) -> tuple[Slot, ...]:
    """Stated stakes of the given kinds, in all assets, one or some; sums told beside their parts and multiplied figures stay out.

    >>> from knockon.testing import world
    >>> w = world("acme holds 60% of bolt since 2020 (registry)")
    >>> [(s.holders, s.low) for s in slots(w, ["holds_shares"])]
    [(('acme',), Decimal('60'))]
    """
    found = world.states(*kinds, object=asset) if assets is None else world.states_of(*kinds, objects=assets)
    return tuple(slot_of_state(state) for state in found if is_stake(state))


def is_stake(state: State) -> bool:
    """Whether a state is a stake of its own: not a sum told beside its parts, nor a figure multiplied along a chain."""
    return not state.sum_of and state.qualifiers.get("look_through") != "yes" and state.object is not None


def slot_of_state(state: State) -> Slot:
    """The bounds that a stake counts with: what holds only possibly, or has no number, counts surely for nothing."""
    assert state.object is not None
    low, high = _bounds(state)
    return Slot(
        asset=state.object,
        holders=(state.subject, *state.alternatives),
        kind=state.predicate,
        low=low,
        high=high,
        told="unquantified" if state.quantity is None else "stated",
        because=state.because,
        needs=state.needs,
        state=state,
        votes=state.qualifiers.get("votes") == "yes",
    )


_CHILD_FIRST = ("joint_venture", "subsidiary")
_OWNER_FIRST = ("owner", "parent")


#: the smallest step that a bound can have: "less than 50" ends this much below it
_STEP = Decimal("1e-9")


def _bounds(state: State) -> tuple[Decimal, Decimal]:
    """What surely and what possibly holds: an open end is not its number, and "about 50" may be a little less."""
    number = state.quantity
    if number is None:
        return Decimal(0), WHOLE
    low = Decimal(0) if state.low is None else state.low
    high = WHOLE if state.high is None else state.high
    if number.about:
        least, most = number.spread()
        low, high = min(low, least or Decimal(0)), max(high, min(most or WHOLE, WHOLE))
    if number.low_open and low == number.low:
        low += _STEP
    if number.high_open and high == number.high:
        high -= _STEP
    return (Decimal(0) if state.holds is Holds.POSSIBLY else max(low, Decimal(0))), high


Pairs = set[tuple[EntityId, EntityId]]


def pending_slots(
    world: World, kinds: Sequence[str], *, stated_of: Callable[[Pairs], Pairs] | None = None
) -> tuple[Slot, ...]:
    """Stakes that may be there: planned ones whose day has come, and ties without a percentage. They count for nothing surely.

    A holder whose stake in the same asset is stated needs no such slot; ``stated_of`` tells for which of some pairs of holder and asset
    that is so, where the caller knows without asking for the slots.
    """
    key = ("pending slots", *kinds)
    if key not in world.memo:
        world.memo[key] = _pending_slots(world, kinds, stated_of)
    return cast(tuple[Slot, ...], world.memo[key])


def _pending_slots(world: World, kinds: Sequence[str], stated_of: Callable[[Pairs], Pairs] | None) -> tuple[Slot, ...]:
    pending, linked = world.pending(*kinds), world.states("linked_to")
    root = world.names.root
    assets = {root(c.object) for c in pending if c.object} | {e for s in linked for e in (s.subject, s.object) if e}
    if stated_of is None:
        stated = {(h, s.asset) for s in slots(world, kinds, assets=assets) if s.told == "stated" for h in s.holders}
    else:
        told = {(root(c.subject), root(c.object)) for c in pending if c.object}
        stated = stated_of(
            told | {p for s in linked if s.object for p in ((s.subject, s.object), (s.object, s.subject))}
        )
    found: dict[tuple[EntityId, EntityId], Slot] = {}
    for claim in pending:
        if (
            claim.object is None
            or claim.mode not in (Mode.PLANNED, Mode.EXPECTED, Mode.POSSIBLE)
            or claim.polarity is Polarity.DENIED
        ):
            continue
        key = (root(claim.subject), root(claim.object))
        begun = claim.start is None or claim.start.earliest is None or claim.start.earliest <= world.on
        if key not in stated and begun:
            high = claim.quantity.high if claim.quantity and claim.quantity.high is not None else WHOLE
            found[key] = _maybe(
                key, kinds[0], max(high, found[key].high) if key in found else high, "pending", (claim.id,)
            )
    for state in linked:
        role = state.qualifiers.get("role")
        if state.object is None or role not in (*_CHILD_FIRST, *_OWNER_FIRST):
            continue
        # "bolt is linked to acme as subsidiary", "acme is linked to bolt as owner": acme may hold any part of bolt
        key = (state.object, state.subject) if role in _CHILD_FIRST else (state.subject, state.object)
        if key not in stated:
            because = (*state.because[:1], *(found[key].because if key in found else ()), *state.because[1:])
            found[key] = _maybe(key, kinds[0], WHOLE, "linked", because)
    return tuple(found[key] for key in sorted(found))


def _maybe(key: tuple[EntityId, EntityId], kind: str, high: Decimal, told: str, because: tuple[ClaimId, ...]) -> Slot:
    holder, asset = key
    return Slot(
        asset=asset,
        holders=(holder,),
        kind=kind,
        low=Decimal(0),
        high=high,
        told=told,
        because=because,
        needs=because[:2],
        state=None,
    )
