"""What stands on what in a large world: from a holder to its stakes, from an asset to those above it. Built once for all rules.

Refuses to know any rule: which stakes count, and when they suffice, is for ``cascade_columns``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knockon.world.columns import BILLION, Columns, spans

__all__ = ["ColumnWeb", "Links", "no_links"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
WHOLE = 100 * BILLION


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Few pairs of codes besides the stakes, such as told controls, surely or possibly there. ``over`` is -1 for everything."""

    one: Ints
    other: Ints
    over: Ints
    sure: Flags

    @staticmethod
    def of(rows: Iterable[tuple[int, int, int, bool]]) -> Links:
        """From rows of (one, other, over, sure).

        >>> len(Links.of([(1, 2, -1, True)]).one)
        1
        """
        told = list(rows)
        columns = np.array([r[:3] for r in told], np.int64).reshape(-1, 3)
        sure = np.array([r[3] for r in told], bool)
        return Links(one=columns[:, 0], other=columns[:, 1], over=columns[:, 2], sure=sure)

    def joined(self, partners: Links) -> Links:
        """With partners, each of whom may be caught by the other: all ways up from a party that are no stakes."""
        return Links(
            one=np.concatenate([self.one, partners.one, partners.other]),
            other=np.concatenate([self.other, partners.other, partners.one]),
            over=np.concatenate([self.over, partners.over, partners.over]),
            sure=np.concatenate([self.sure, partners.sure, partners.sure]),
        )


def no_links() -> Links:
    """No pairs at all."""
    return Links.of(())


class Edges:
    """From a code to values, found by halving; for the few links, where a table over all codes would cost more."""

    __slots__ = ("keys", "values")

    def __init__(self, keys: Ints, values: Ints) -> None:
        order = np.argsort(keys, kind="stable")
        self.keys, self.values = keys[order], values[order]

    def of(self, codes: Ints) -> tuple[Ints, Ints]:
        """The values of some codes, and beside each the place of its code."""
        first = np.searchsorted(self.keys, codes, "left")
        found, place = spans(first, np.searchsorted(self.keys, codes, "right") - first)
        return self.values[found], place


class ColumnWeb:
    """A ``Columns`` with its indexes. A *place* is one holder of one slot; a *group* is an asset's capital, or its votes."""

    __slots__ = ("_below", "_first", "_up", "_up_first", "all_low", "group", "holders", "rest", "slot", "table")

    def __init__(self, table: Columns) -> None:
        self.table = table
        self.holders = np.diff(table.first)
        single = len(table.holder) == len(table)
        self.slot = np.arange(len(table)) if single else np.repeat(np.arange(len(table)), self.holders)
        self.group = table.asset * 2 + table.votes
        self._below = np.argsort(table.holder, kind="stable")
        self._first = np.concatenate([[0], np.cumsum(np.bincount(table.holder, minlength=table.size))])
        self._up: Ints | None = None
        self._up_first: Ints | None = None
        count = 2 * table.size
        self.all_low = _sums(self.group, table.low, count)
        told = self.all_low
        if table.pending.any():
            told = _sums(self.group, np.where(table.pending, table.high, table.low), count)
        self.rest = np.maximum(WHOLE - told, 0)

    def places(self, codes: Ints) -> tuple[Ints, Ints]:
        """Where some parties stand as holders, and beside each the place of its party."""
        found, place = spans(self._first[codes], self._first[codes + 1] - self._first[codes])
        return self._below[found], place

    def slots_of(self, assets: Ints) -> Ints:
        """The slots of some assets."""
        if self._up is None or self._up_first is None:
            self._up = np.argsort(self.table.asset, kind="stable")
            self._up_first = np.concatenate([[0], np.cumsum(np.bincount(self.table.asset, minlength=self.table.size))])
        found, _ = spans(self._up_first[assets], self._up_first[assets + 1] - self._up_first[assets])
        out: Ints = self._up[found]
        return out

    def above(self, assets: Iterable[int], links: Links | None = None) -> Ints:
        """These parties and all who stand above them, at any distance, by stakes, control or joint arrangements."""
        front = np.unique(np.fromiter(assets, np.int64, -1))
        seen = front
        up = Edges(links.other, links.one) if links is not None and len(links.one) else None
        while len(front):
            rows = self.slots_of(front)
            found, _ = spans(self.table.first[rows], self.holders[rows])
            near = self.table.holder[found]
            if up is not None:
                near = np.concatenate([near, up.of(front)[0]])
            near = np.unique(near)
            front = near[~np.isin(near, seen)]
            seen = np.union1d(seen, front)
        return seen


def _sums(keys: Ints, values: Ints, count: int) -> Ints:
    """Exact sums by key; ``bincount`` would add floats."""
    out = np.zeros(count, np.int64)
    np.add.at(out, keys, values)
    return out
