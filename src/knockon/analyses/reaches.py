"""How much of what a pipeline carries comes from fields in which a listed party has a part, and how much of it is the party's own?

Refuses to divide amounts of different periods, commodities or units by each other. An economic figure: it makes no status (R20).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from knockon.analyses.exposure import Exposure, exposures
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.world import State, World

__all__ = ["Behind", "Reached", "reaches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One field behind a pipeline: what it ships there, and the listed parties' share of the field in percent."""

    field: EntityId
    low: Decimal | None
    high: Decimal | None
    percent_low: Decimal | None
    percent_high: Decimal | None
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A pipeline's shipments of one period: all of them, those from exposed fields, and the part that is the listed parties' own.

    ``share_*`` and ``own_share_*`` are percent of ``total``; a bound is ``None`` where a figure behind it is.
    """

    asset: EntityId
    commodity: str
    start: Moment | None
    end: Moment | None
    unit: str
    total_low: Decimal | None
    total_high: Decimal | None
    fields: tuple[Behind, ...]
    behind_low: Decimal | None
    behind_high: Decimal | None
    share_low: Decimal | None
    share_high: Decimal | None
    own_low: Decimal | None
    own_high: Decimal | None
    own_share_low: Decimal | None
    own_share_high: Decimal | None
    stale: bool
    because: tuple[ClaimId, ...]


def reaches(world: World, exposed: tuple[Exposure, ...] | None = None) -> tuple[Reached, ...]:
    """For every pipeline whose shipments are told by field: the newest period in which both the whole and the fields are told.

    >>> from knockon.testing import world
    >>> w = world('''us-ofac designates acme for blocking on 2024-05-01 (us-ofac)
    ... acme holds an interest of 10% in deep (registry, 2023-01-01)
    ... pipe carries 40 Mt of oil in 2024 (operator, 2025-01-20)
    ... pipe carries 10 Mt of oil from deep in 2024 (operator, 2025-01-20)''', on="2025-06-01")
    >>> [(r.asset, str(r.share_high), str(r.own_share_high)) for r in reaches(w)]
    [('pipe', '25', '2.5')]
    """
    shares = {x.asset: x for x in (exposures(world) if exposed is None else exposed)}
    wholes: dict[tuple[str, str, str, str, str], State] = {}
    parts: dict[tuple[str, str, str, str, str], list[State]] = {}
    for state in world.states("ships"):
        said = state.quantity
        if said is None or state.qualifiers.get("scope"):
            continue
        key = (str(state.subject), state.qualifiers.get("commodity", ""), str(state.start), str(state.end), said.unit)
        if state.qualifiers.get("of"):
            parts.setdefault(key, []).append(state)
        else:
            wholes[key] = state
    found: dict[tuple[str, str], tuple[str, Reached]] = {}
    for key in sorted(set(wholes) & set(parts)):
        mine = [s for s in parts[key] if s.qualifiers["of"] in shares]
        if mine and (key[:2] not in found or key[3] > found[key[:2]][0]):
            found[key[:2]] = (key[3], _reached(wholes[key], mine, shares))
    return tuple(found[key][1] for key in sorted(found))


def _reached(whole: State, parts: list[State], shares: dict[EntityId, Exposure]) -> Reached:
    fields = tuple(
        _behind(s, shares[EntityId(s.qualifiers["of"])]) for s in sorted(parts, key=lambda s: s.qualifiers["of"])
    )
    low, high = _sum([f.low for f in fields]), _sum([f.high for f in fields])
    own_low = _sum([_times(f.low, f.percent_low) for f in fields])
    own_high = _sum([_times(f.high, f.percent_high) for f in fields])
    said = whole.quantity
    assert said is not None
    return Reached(
        asset=whole.subject,
        commodity=whole.qualifiers.get("commodity", ""),
        start=whole.start,
        end=whole.end,
        unit=said.unit,
        total_low=whole.low,
        total_high=whole.high,
        fields=fields,
        behind_low=low,
        behind_high=high,
        share_low=_percent(low, whole.high),
        share_high=_percent(high, whole.low),
        own_low=own_low,
        own_high=own_high,
        own_share_low=_percent(own_low, whole.high),
        own_share_high=_percent(own_high, whole.low),
        stale=whole.stale or any(s.stale for s in parts),
        because=tuple(dict.fromkeys((*whole.because[:1], *(c for f in fields for c in f.because)))),
    )


def _behind(state: State, exposed: Exposure) -> Behind:
    held = (c for h in exposed.holders if h.high is not None for c in h.because)
    return Behind(
        field=exposed.asset,
        low=state.low,
        high=state.high,
        percent_low=exposed.percent_low,
        percent_high=exposed.percent_high,
        because=tuple(dict.fromkeys((*state.because[:1], *held))),
    )


def _sum(numbers: list[Decimal | None]) -> Decimal | None:
    known = [n for n in numbers if n is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None


def _times(amount: Decimal | None, percent: Decimal | None) -> Decimal | None:
    return None if amount is None or percent is None else amount * percent / 100


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Percent to nine places, from an exact fraction."""
    if part is None or not whole:
        return None
    share = Fraction(part) / Fraction(whole) * 100
    number = Decimal(share.numerator) / Decimal(share.denominator)
    return Decimal(format(number.quantize(Decimal("1e-9")).normalize(), "f"))
