"""Who is reached through ownership or control, in a world of a million stakes? The least fixpoints of ``cascade``, over whole numbers.

Where a rule does not add listed parties up, the runs of all of them go side by side, as pairs of person and party. Refuses floats, as
``cascade`` does: a share is billionths of a percent, and an exact half is exact. Gives no proofs; those are worked out by ``proofs``
for the few parties that somebody asks about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from knockon.analyses.column_state import Seen, Sums
from knockon.analyses.column_ways import Ways
from knockon.analyses.column_web import WHOLE, ColumnWeb, Links, no_links
from knockon.analyses.regimes import Rule
from knockon.world.columns import Columns

__all__ = ["ReachColumns", "above", "reach_columns"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachColumns:
    """By entity code: reached surely, reached possibly, and the counted share of each asset, low and high.

    ``hit`` are assets in which one who may be caught has a part, however small. ``claim`` is the ledger's position of a claim of the
    largest counted slot, -1 where there is none. ``person`` is the code of the first listed party whose run catches, -1 where all
    count together; ``pooled`` are those whom only listed parties added up would catch, where the law leaves that open.
    """

    surely: Flags
    possibly: Flags
    low: Ints
    high: Ints
    hit: Flags
    claim: Ints
    person: Ints
    pooled: Flags


def reach_columns(
    rule: Rule,
    told: Columns | ColumnWeb,
    seeds: Iterable[int],
    maybe: Iterable[int] = (),
    *,
    unreported: bool = False,
    controls: Links | None = None,
    joints: Links | None = None,
) -> ReachColumns:
    """As ``cascade.reach``: once from the surely listed, once from the possibly listed as well; parties are codes.

    ``controls`` are pairs of controller and controlled, ``joints`` pairs of partners with the asset over which they act, or -1; what
    the rule has no use for is passed over. With ``unreported``, what nobody told of an asset's owners may be held by a caught
    party that has a part in it. Give a ``ColumnWeb`` to build the indexes once for several rules.

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
    web = told if isinstance(told, ColumnWeb) else ColumnWeb(told)
    sure = np.unique(np.fromiter(seeds, np.int64, -1))
    both = np.unique(np.concatenate([sure, np.fromiter(maybe, np.int64, -1)]))
    ways = Ways(
        rule,
        web,
        controls if controls is not None and rule.control else no_links(),
        joints if joints is not None and rule.joint else no_links(),
        unreported,
    )
    if rule.aggregate == "all":
        return _Runs(ways, None).reach(sure, both)
    found = _Runs(ways, both).reach(sure, both)
    if "aggregate" not in rule.unsettled:
        return found
    together = _Runs(ways, None).reach(sure, both)
    pooled = together.possibly & ~found.possibly
    claim = np.where(found.claim < 0, together.claim, found.claim)
    return replace(found, possibly=found.possibly | pooled, pooled=pooled, claim=claim, hit=found.hit | together.hit)


def above(table: Columns, assets: Iterable[int]) -> Ints:
    """The codes of these assets and of everyone who stands above them, at any distance; for more than one, keep a ``ColumnWeb``."""
    return ColumnWeb(table).above(assets)


class _Runs:
    """All runs of one rule: one of everybody (``persons`` is ``None``), or one of each person, kept apart by the key."""

    def __init__(self, ways: Ways, persons: Ints | None) -> None:
        table = ways.web.table
        self.ways, self.web, self.persons = ways, ways.web, persons
        self.size, self.groups, self.rows = table.size, 2 * table.size, max(1, len(table))  # a table may be empty
        self.places = max(1, len(ways.web.slot))
        self.low = Sums(self.groups, dense=persons is None)

    def reach(self, sure: Ints, both: Ints) -> ReachColumns:
        """Both fixpoints, and the largest share of any run."""
        surely = self._spread(self._start(sure), sure=True)
        self.most, self.part = Sums(self.groups, dense=self.low.dense), Sums(self.groups, dense=self.low.dense)
        self.slots_hit = Seen(self.rows, dense=self.low.dense)
        possibly = self._spread(np.concatenate([self._start(both), surely]), sure=False)
        low, high, claim = (np.zeros(self.size, np.int64) for _ in range(3))
        keys = self.low.keys
        np.maximum.at(low, keys % self.groups // 2, self.low.get(keys))
        keys = self.most.keys
        np.maximum.at(high, keys % self.groups // 2, self._high(keys))
        rows = self.slots_hit.keys % self.rows
        hit = np.zeros(self.size, bool)
        hit[self.web.table.asset[rows]] = True
        claim -= 1
        table = self.web.table
        order = np.lexsort(
            (rows, table.low[rows], table.high[rows], table.claim[rows] >= 0)
        )  # the largest is written last
        claim[table.asset[rows[order]]] = table.claim[rows[order]]
        return ReachColumns(
            surely=self._flags(surely, sure),
            possibly=self._flags(possibly, both),
            low=low,
            high=high,
            hit=hit,
            claim=claim,
            person=self._first(surely, possibly),
            pooled=np.zeros(self.size, bool),
        )

    def _start(self, codes: Ints) -> Ints:
        return codes if self.persons is None else np.searchsorted(self.persons, codes) * self.size + codes

    def _flags(self, caught: Ints, listed: Ints) -> Flags:
        out = np.zeros(self.size, bool)
        out[caught % self.size] = True
        out[listed] = True
        return out

    def _first(self, surely: Ints, possibly: Ints) -> Ints:
        out = np.full(self.size, -1, np.int64)
        if self.persons is not None:
            for caught in (possibly, surely):  # a run that surely catches is told before one that may
                last = caught[::-1]  # of several persons the first is written last
                out[last % self.size] = self.persons[last // self.size]
        return out

    def _spread(self, start: Ints, *, sure: bool) -> Ints:
        """Level by level: what the newly caught hold is counted, and the assets that this lifts over the threshold are next."""
        caught = Seen(self.size, dense=self.persons is None)
        stood = Seen(self.places, dense=self.persons is None)
        full = Sums(self.rows, dense=self.persons is None)
        controlled, joined = self.ways.beside(sure=sure)
        front = caught.new(start)
        while len(front):
            run, party = front // self.size, front % self.size
            places, at = self.web.places(party)
            other, beside = joined.of(party)
            keys = np.concatenate([run[at], run[beside]]) * self.places + np.concatenate([places, other])
            fresh = stood.new(keys)
            runs, slots = fresh // self.places, self.web.slot[fresh % self.places]
            if self.ways.rule.basis == "shares":
                kept = ~self.web.table.votes[slots]
                runs, slots = runs[kept], slots[kept]
            groups = self._count_sure(runs, slots, full) if sure else self._count_possible(runs, slots)
            lifted = groups[self._lifts(groups, sure=sure)]
            lifted = lifted // self.groups * self.size + lifted % self.groups // 2
            more, at = controlled.of(party)
            front = caught.new(np.concatenate([lifted, run[at] * self.size + more]))
        return caught.keys

    def _count_sure(self, runs: Ints, slots: Ints, full: Sums) -> Ints:
        """A slot counts once every holder told for it stands; returns the groups of which more is counted now."""
        several = self.web.holders[slots] > 1
        keys = runs[several] * self.rows + slots[several]
        full.add(keys, np.ones(len(keys), np.int64))
        keys = np.unique(keys)
        keys = keys[full.get(keys) == self.web.holders[keys % self.rows]]
        now = np.concatenate([runs[~several] * self.rows + slots[~several], keys])
        return self._add(now, ((self.low, self.web.table.low),))

    def _count_possible(self, runs: Ints, slots: Ints) -> Ints:
        """A slot counts as soon as one of the holders told for it may stand."""
        now = self.slots_hit.new(runs * self.rows + slots)
        return self._add(now, ((self.most, self.web.table.high), (self.part, self.web.table.low)))

    def _add(self, keys: Ints, to: tuple[tuple[Sums, Ints], ...]) -> Ints:
        rows = keys % self.rows
        groups = keys // self.rows * self.groups + self.web.group[rows]
        for sums, values in to:
            sums.add(groups, values[rows])
        return np.unique(groups)

    def _lifts(self, groups: Ints, *, sure: bool) -> Flags:
        if sure:
            return self.ways.meets(self.low.get(groups))
        high = self._high(groups)
        out = self.ways.meets(high)
        if self.ways.unreported:
            rest = self.web.rest[groups % self.groups]
            out |= (high > 0) & self.ways.meets(self.low.get(groups) + rest)
        return out

    def _high(self, groups: Ints) -> Ints:
        """The most that caught holders can have of a group: never more than what the others surely leave."""
        most, part = self.most.get(groups), self.part.get(groups)
        left = WHOLE - (self.web.all_low[groups % self.groups] - part)
        high: Ints = np.where(most > 0, np.maximum(np.minimum(most, left), part), 0)
        return high
