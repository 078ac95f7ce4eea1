"""Who is reached through ownership, in a world of a million stakes? The least fixpoint of ``cascade``, over columns of whole numbers.

Refuses floats, as ``cascade`` does: a share is billionths of a percent, and an exact half is exact. Gives no proofs; those
are worked out by ``cascade`` for the few parties that somebody asks about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knockon.analyses.regimes import Rule
from knockon.model.ids import EntityId
from knockon.world import World
from knockon.world.columns import BILLION, Columns, codes_of, columns, extended, names_of
from knockon.world.stakes import Slot, pending_slots, slots

__all__ = ["ReachColumns", "above", "concerned", "reach_columns"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachColumns:
    """By entity code: reached surely, reached possibly, and the counted share of each asset, low and high."""

    surely: Flags
    possibly: Flags
    low: Ints
    high: Ints


def concerned(
    world: World, rule: Rule, listed: Iterable[EntityId], maybe: Iterable[EntityId], wanted: Collection[EntityId] | None
) -> tuple[Slot, ...]:
    """The slots on which the verdicts of a large world turn: of assets in which one who is or may be caught has a part.

    With ``wanted``, only of those parties and of what stands above them; ``cascade`` then works out verdicts and proofs from these alone.
    """
    more = pending_slots(world, rule.kinds)
    table = extended(world, columns(world, rule.kinds), more)
    listed, maybe = list(listed), list(maybe)
    code = codes_of(world, table, [*listed, *maybe, *(wanted or ())])
    seeds, perhaps = [code[p] for p in listed if p in code], [code[p] for p in maybe if p in code]
    hit = reach_columns(rule, table, seeds, perhaps, unreported=True).high > 0
    if wanted is not None:
        near = np.zeros(table.size, bool)
        near[above(table, [code[w] for w in wanted if w in code])] = True
        hit &= near
    assets = {EntityId(name) for name in names_of(world, table, np.flatnonzero(hit).tolist()).values()}
    return (*slots(world, rule.kinds, assets=assets), *(s for s in more if s.asset in assets))


def reach_columns(
    rule: Rule, table: Columns, seeds: Iterable[int], maybe: Iterable[int] = (), *, unreported: bool = False
) -> ReachColumns:
    """As ``cascade.reach``: once from the surely listed, once from the possibly listed as well.

    With ``unreported``, whatever nobody surely holds may be held by those who may be caught.

    >>> from datetime import date
    >>> from knockon.analyses.regimes import rules_on
    >>> from knockon.testing import world
    >>> from knockon.world.columns import codes_of, columns
    >>> w = world("acme holds 50% of bolt since 2020 (registry)")
    >>> table = columns(w, ["holds_shares"])
    >>> code = codes_of(w, table, ["acme", "bolt"])
    >>> bool(reach_columns(rules_on(date(2025, 1, 1), "us-ofac")[0], table, [code["acme"]]).surely[code["bolt"]])
    True
    """
    web = _Web(table)
    start = np.zeros(table.size, bool)
    start[np.fromiter(seeds, np.int64, -1)] = True
    low = np.zeros(table.size, np.int64)
    surely = _spread(web, start.copy(), lambda slots: _count_sure(rule, table, web.uncaught, low, slots))
    start |= surely
    start[np.fromiter(maybe, np.int64, -1)] = True
    most = _Most(table, unreported)
    possibly = _spread(web, start, lambda slots: _count_possible(rule, table, most, slots))
    high = most.share(np.arange(table.size))
    return ReachColumns(surely=surely, possibly=possibly, low=low, high=high)


def _meets(rule: Rule, shares: Ints) -> Flags:
    threshold = int(rule.threshold * BILLION)
    return shares > threshold if rule.strict else shares >= threshold


class _Web:
    """From a holder to the slots in which it stands, and how many holders of each slot are not caught yet."""

    def __init__(self, table: Columns) -> None:
        self.uncaught = np.diff(table.first)
        slot_of = np.repeat(np.arange(len(table)), self.uncaught)
        order = np.argsort(table.holder, kind="stable")
        self.slots = slot_of[order]
        self.first = np.searchsorted(table.holder[order], np.arange(table.size + 1))

    def of(self, holders: Ints) -> Ints:
        """Every slot of these holders, one for each time that one of them stands in it."""
        first, count = self.first[holders], self.first[holders + 1] - self.first[holders]
        ends = np.cumsum(count)
        steps = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count)
        found: Ints = self.slots[np.repeat(first, count) + steps]
        return found


def _spread(web: _Web, caught: Flags, count: Callable[[Ints], Ints]) -> Flags:
    """Level by level: what the newly caught hold is counted, and the assets that it lifts over the threshold are next."""
    front = np.flatnonzero(caught)
    while len(front):
        lifted = count(web.of(front))
        front = lifted[~caught[lifted]]
        caught[front] = True
    return caught


def _count_sure(rule: Rule, table: Columns, uncaught: Ints, low: Ints, slots: Ints) -> Ints:
    """A slot counts once every holder told for it is caught."""
    np.subtract.at(uncaught, slots, 1)
    full = np.unique(slots[uncaught[slots] == 0])
    np.add.at(low, table.asset[full], table.low[full])
    touched = np.unique(table.asset[full])
    return touched[_meets(rule, low[touched])]


class _Most:
    """The most that caught holders can have of each asset: never more than what the others surely leave."""

    def __init__(self, table: Columns, unreported: bool) -> None:
        self.unreported = unreported
        self.hit = np.zeros(len(table), bool)
        self.high = np.zeros(table.size, np.int64)
        self.sure = np.zeros(table.size, np.int64)
        self.all = np.zeros(table.size, np.int64)
        np.add.at(self.all, table.asset, table.low)

    def share(self, assets: Ints) -> Ints:
        """By the rule of ``cascade._high``."""
        left = 100 * BILLION - (self.all[assets] - self.sure[assets])
        high = left if self.unreported else np.minimum(self.high[assets], left)
        most = np.maximum(high, self.sure[assets])
        shares: Ints = np.where(self.high[assets] > 0, most, 0)
        return shares


def _count_possible(rule: Rule, table: Columns, most: _Most, slots: Ints) -> Ints:
    """A slot counts as soon as one of the holders told for it may be caught."""
    new = np.unique(slots[~most.hit[slots]])
    most.hit[new] = True
    np.add.at(most.high, table.asset[new], table.high[new])
    np.add.at(most.sure, table.asset[new], table.low[new])
    touched = np.unique(table.asset[new])
    return touched[_meets(rule, most.share(touched))]


def above(table: Columns, assets: Iterable[int]) -> Ints:
    """The codes of these assets and of everyone who stands above them, at any distance."""
    seen = np.zeros(table.size, bool)
    order = np.argsort(table.asset, kind="stable")
    first = np.searchsorted(table.asset[order], np.arange(table.size + 1))
    front = np.unique(np.fromiter(assets, np.int64, -1))
    while len(front):
        seen[front] = True
        rows = np.concatenate([order[first[a] : first[a + 1]] for a in front.tolist()])
        holders = [table.holder[table.first[r] : table.first[r + 1]] for r in rows.tolist()]
        found = np.unique(np.concatenate(holders)) if holders else np.zeros(0, np.int64)
        front = found[~seen[found]]
    return np.flatnonzero(seen)
