"""How much does an asset produce, carry or take in, and which amount falls to a share of it? As said, with period and age.

Refuses to mix periods or units, to add volumes of different kinds, and to make an amount of a share that nobody said.
Amounts by share are working interest: an economic figure that decides no legal status (R20).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.world import State, World

__all__ = ["Volume", "volumes", "whole_year"]

KINDS = ("produces", "ships", "processes", "capacity")
_YEAR = range(360, 372)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One figure of an asset: what was said, its bounds over all that was told, and the amounts that a share makes of it.

    ``by`` is who carries or takes it in where that is not the asset; ``percent_*`` the share, ``share_*`` the amounts in ``unit``.
    """

    asset: EntityId
    kind: str
    by: EntityId | None
    commodity: str
    scope: str
    said: Quantity
    low: Decimal | None
    high: Decimal | None
    unit: str
    start: Moment | None
    end: Moment | None
    percent_low: Decimal | None
    percent_high: Decimal | None
    share_low: Decimal | None
    share_high: Decimal | None
    newest: date
    age_days: int
    stale: bool
    because: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...]

    @property
    def period(self) -> str:
        """The days it speaks of, "" where it says none."""
        return f"{self.start}..{self.end}" if self.start and self.end else str(self.start or self.end or "")


def volumes(
    world: World, asset: EntityId, percent_low: Decimal | None = None, percent_high: Decimal | None = None
) -> tuple[Volume, ...]:
    """The newest whole year and the newest other figure of each kind, with the amounts of a share.

    >>> from knockon.testing import world
    >>> w = world("deep produces 20 Mt of oil in 2024 (ministry, 2025-01-20)", on="2025-06-01")
    >>> [(str(v.said), str(v.share_low), v.unit) for v in volumes(w, "deep", Decimal(5), Decimal(5))]
    [('20 Mt', '1', 'Mt')]
    """
    root = world.names.root(EntityId(asset))
    states: list[tuple[State, EntityId | None]] = [
        (s, None) for s in world.states(*KINDS, subject=root) if not s.qualifiers.get("of") and s.object is None
    ]
    states += [(s, s.subject) for s in world.states("ships") if s.qualifiers.get("of") == root]
    states += [(s, s.subject) for s in world.states("processes", object=root)]
    chosen: dict[tuple[str, ...], tuple[State, EntityId | None]] = {}
    for state, by in states:
        if state.quantity is None:
            continue
        scope = state.qualifiers.get("scope", "") or state.qualifiers.get("part", "")
        key = (
            state.predicate,
            by or "",
            state.qualifiers.get("commodity", ""),
            scope,
            str(whole_year(state.start, state.end)),
        )
        if key not in chosen or _newness(state) > _newness(chosen[key][0]):
            chosen[key] = (state, by)
    return tuple(
        _volume(root, s, by, percent_low, percent_high) for _, (s, by) in sorted(chosen.items(), key=lambda i: i[0])
    )


def whole_year(start: Moment | None, end: Moment | None) -> bool:
    """Whether a period is one year, as near as its days are known."""
    if start is None or end is None or start.earliest is None or end.latest is None:
        return False
    return (end.latest - start.earliest).days in _YEAR


def _newness(state: State) -> tuple[date, date, str]:
    last = state.end or state.start
    return (last.latest if last and last.latest else state.newest), state.newest, state.claim


def _volume(asset: EntityId, state: State, by: EntityId | None, low: Decimal | None, high: Decimal | None) -> Volume:
    said = state.quantity
    assert said is not None
    # what a pipeline carries, or could, is its shippers': a stake in the line is no working interest in their oil
    own = by is not None or state.predicate == "produces"
    low, high = (low, high) if own else (None, None)
    return Volume(
        asset=asset,
        kind=state.predicate,
        by=by,
        commodity=state.qualifiers.get("commodity", ""),
        scope=state.qualifiers.get("scope", "") or state.qualifiers.get("part", ""),
        said=said,
        low=state.low,
        high=state.high,
        unit=said.unit,
        start=state.start,
        end=state.end,
        percent_low=low,
        percent_high=high,
        share_low=_part(state.low, low),
        share_high=_part(state.high, high),
        newest=state.newest,
        age_days=state.age_days,
        stale=state.stale,
        because=state.because[:1],
        against=state.against,
    )


def _part(amount: Decimal | None, percent: Decimal | None) -> Decimal | None:
    """An exact product; ``None`` where either is not known."""
    if amount is None or percent is None:
        return None
    made = amount * percent / 100
    return Decimal(format(made.normalize(), "f"))
