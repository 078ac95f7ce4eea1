"""How much more could a route carry: its capacity less what it carried in a whole year? Refuses where the two cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knockon.analyses.volumes import whole_year
from knockon.errors import KnockonError
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import convert, crude_note, dimension
from knockon.world import State, World

__all__ = ["Room", "room"]

_OURS = "this state only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Capacity less use in one year, in the unit of the capacity; or ``refused``, the reason why there is no such number.

    ``use`` is "all shippers", or "this state only", and then the room is at most this. ``narrower`` are sections
    of the route told with less capacity than the whole: there the room is smaller for what passes them.
    """

    route: EntityId
    capacity: Quantity | None
    used: Quantity | None
    start: Moment | None
    end: Moment | None
    use: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    note: str
    narrower: tuple[tuple[str, Quantity, ClaimId], ...]
    refused: str | None
    because: tuple[ClaimId, ...]


def room(world: World, route: EntityId, state: EntityId, commodity: str = "oil") -> Room:
    """What a route's capacity leaves beside the newest whole year of use.

    >>> from knockon.testing import world
    >>> w = world('''pipe has a capacity of 20 Mt/y (operator, 2025-01-20)
    ... pipe carries 18.5 Mt of oil in 2024 (operator, 2025-01-20)''', on="2025-06-01")
    >>> r = room(w, "pipe", "land")
    >>> str(r.low), r.unit, r.refused
    ('1.5', 'Mt/y', None)
    """
    capacity, why = _capacity(world, route, commodity)
    if capacity is None:
        return _refuse(route, why)
    used, use = _used(world, route, state, commodity)
    if used is None:
        return _refuse(
            route, "no whole year of use is told; a part of a year is not comparable with a yearly capacity", capacity
        )
    said, most = used.quantity, capacity.quantity
    assert said is not None and most is not None
    yearly, note = f"{said.unit}/y", ""
    try:
        if dimension(yearly) != dimension(most.unit):
            note = crude_note()
        low_used = None if used.low is None else convert(used.low, yearly, most.unit)
        high_used = None if used.high is None else convert(used.high, yearly, most.unit)
    except KnockonError as fault:
        return _refuse(route, f"{said.unit} and {most.unit} are not comparable: {fault.message}", capacity, used)
    least = (
        None if capacity.low is None or high_used is None or use == _OURS else max(capacity.low - high_used, Decimal(0))
    )
    greatest = None if capacity.high is None or low_used is None else max(capacity.high - low_used, Decimal(0))
    return Room(
        route=route,
        capacity=most,
        used=said,
        start=used.start,
        end=used.end,
        use=use,
        low=_plain(least),
        high=_plain(greatest),
        unit=most.unit,
        note=note,
        narrower=_narrower(world, route, commodity, capacity),
        refused=None,
        because=(capacity.claim, used.claim),
    )


def _plain(number: Decimal | None) -> Decimal | None:
    """To nine places: a conversion through the crude factor does not end sooner."""
    return None if number is None else Decimal(format(number.quantize(Decimal("1e-9")).normalize(), "f"))


def _capacity(world: World, route: EntityId, commodity: str) -> tuple[State | None, str]:
    found = [
        s
        for s in world.states("capacity", subject=route)
        if s.qualifiers.get("commodity", commodity) == commodity and s.quantity
    ]
    whole = [s for s in found if not s.qualifiers.get("part") and not s.qualifiers.get("contract")]
    if whole:
        return max(whole, key=lambda s: (s.newest, s.claim)), ""
    if found:
        parts = sorted(s.qualifiers.get("part") or s.qualifiers.get("contract") or "" for s in found)
        return None, f"its capacity is told for a part only: {', '.join(parts)}"
    return None, "nobody tells its capacity"


def _narrower(world: World, route: EntityId, commodity: str, whole: State) -> tuple[tuple[str, Quantity, ClaimId], ...]:
    """Sections with less capacity than the whole, in the same unit."""
    found = []
    for state in world.states("capacity", subject=route):
        part, said = state.qualifiers.get("part"), state.quantity
        same = state.qualifiers.get("commodity", commodity) == commodity
        if not part or not same or said is None or said.high is None or whole.high is None:
            continue
        if whole.quantity is not None and said.unit == whole.quantity.unit and said.high < whole.high:
            found.append((part, said, state.claim))
    return tuple(sorted(found, key=lambda f: (f[1].high or 0, f[0])))


def _used(world: World, route: EntityId, state: EntityId, commodity: str) -> tuple[State | None, str]:
    """The newest whole year: of everything that the route carried, else of this state's exports by it."""
    carried = [
        s
        for s in world.states("ships", subject=route)
        if s.qualifiers.get("commodity", commodity) == commodity
        and not s.qualifiers.get("of")
        and not s.qualifiers.get("scope")
    ]
    sent = [
        s
        for s in world.states("exports", subject=state)
        if s.qualifiers.get("via") == route and s.qualifiers.get("commodity", commodity) == commodity
    ]
    for states, use in ((carried, "all shippers"), (sent, "this state only")):
        years = [s for s in states if s.quantity is not None and whole_year(s.start, s.end)]
        if years:
            return max(years, key=lambda s: (str(s.end), s.newest, s.claim)), use
    return None, ""


def _refuse(route: EntityId, why: str, capacity: State | None = None, used: State | None = None) -> Room:
    return Room(
        route=route,
        capacity=capacity.quantity if capacity else None,
        used=used.quantity if used else None,
        start=used.start if used else None,
        end=used.end if used else None,
        use="",
        low=None,
        high=None,
        unit="",
        note="",
        narrower=(),
        refused=why,
        because=tuple(s.claim for s in (capacity, used) if s is not None),
    )
