"""Two or three voices tell one stake of one holder, and all of it surely holds: which is chosen, and between which bounds? In bulk.

The same as ``resolve.resolve`` and ``stakes.slot_of_state``, for slots side by side, one row a slot and one column a claim. Leaves open
what only the text of a claim would decide: "about", one voice that spoke twice, and claims that nothing but their ids tells apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["few"]

BILLION = 1_000_000_000
WHOLE = 100 * BILLION
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Rows = dict[str, npt.NDArray[Any]]

#: the bits of a form; see stakes.sql
LOW_OPEN, HIGH_OPEN, ABOUT, VALUE = 1, 2, 4, 8

#: one step of the last place printed, by the number of places
UNITS: Ints = np.array([10**n for n in range(9, -1, -1)], np.int64)


def few(rows: Rows, at: Ints, ranks: Callable[[Ints], Ints], shared: Flags) -> tuple[Flags, Ints, Ints, Ints]:
    """Whether numbers settle each slot, its bounds, and the row of the chosen claim; ``at`` are the rows of its claims."""
    places = rows["form"][at].astype(np.int64) >> 4
    at = np.take_along_axis(at, np.argsort(-places, axis=1, kind="stable"), axis=1)  # the most exact first
    form = rows["form"][at].astype(np.int64)
    low, high, places, said = rows["low"][at], rows["high"][at], form >> 4, (form & VALUE) > 0
    fresh: Flags = rows["fresh"][at]
    used: Flags = fresh | ~np.any(fresh, axis=1, keepdims=True)  # stale claims count where no other does
    agree = _agree(low, high, form, said)
    rank = ranks(rows["origin"][at].ravel()).reshape(at.shape)
    support = (agree & used[:, None, :]).sum(axis=2)
    day = rows["said"][at].astype(np.int64)
    keys = (~said, rank, -support, -day, -places)
    first, tie = _least(used, keys)
    near = used & np.take_along_axis(agree, first[:, None, None], axis=1)[:, 0, :]
    near &= rank == np.take_along_axis(rank, first[:, None], axis=1)
    exact = near & (places == np.where(near, places, -1).max(axis=1)[:, None])
    # of those that agree with it, the most exact is shown; the first itself where it is one of them
    other, tie_2 = _least(exact, keys)
    stays = np.take_along_axis(exact, first[:, None], axis=1)[:, 0]
    chosen = np.where(stays, first, other)
    tie |= ~stays & tie_2

    kept = said & used
    for i in range(1, at.shape[1]):
        for j in range(i):
            kept[:, i] &= ~(kept[:, j] & agree[:, i, j] & (places[:, i] < places[:, j]))
    least, most = _spread(kept, low, high)
    mine = chosen[:, None]
    form_1, low_1, high_1 = (np.take_along_axis(x, mine, axis=1)[:, 0] for x in (form, low, high))
    least += ((form_1 & LOW_OPEN) > 0) & (low_1 >= 0) & (least == low_1)
    most -= ((form_1 & HIGH_OPEN) > 0) & (high_1 >= 0) & (most == high_1)
    origin = np.sort(rows["origin"][at], axis=1)
    closed = (origin[:, 1:] != origin[:, :-1]).all(axis=1) & ~shared[at].any(axis=1)
    closed &= ((form & ABOUT) == 0).all(axis=1)
    closed &= ~(tie & ((form & (LOW_OPEN | HIGH_OPEN)) > 0).any(axis=1))  # which of the two is chosen would matter
    return closed, least, most, np.take_along_axis(at, mine, axis=1)[:, 0]


def _agree(low: Ints, high: Ints, form: Ints, said: Flags) -> npt.NDArray[np.bool_]:
    """Whether two numbers can both be true at the precision they were printed with; in half billionths, so that halves are whole."""
    unit = UNITS[form >> 4]
    down = np.where(low < 0, -4 * WHOLE, 2 * low - np.where((form & LOW_OPEN) > 0, 0, unit))
    up = np.where(high < 0, 4 * WHOLE, 2 * high + np.where((form & HIGH_OPEN) > 0, 0, unit))
    reaches = down[:, :, None] <= up[:, None, :]
    out: npt.NDArray[np.bool_] = (reaches & reaches.transpose(0, 2, 1)) | ~said[:, :, None] | ~said[:, None, :]
    return out


def _least(among: Flags, keys: tuple[npt.NDArray[Any], ...]) -> tuple[Ints, Flags]:
    """By row: the first of some columns by several keys, and whether another is its equal."""
    left = among.copy()
    for key in keys:
        number = np.where(left, key.astype(np.int64), np.iinfo(np.int64).max)
        left &= number == number.min(axis=1)[:, None]
    return left.argmax(axis=1), left.sum(axis=1) > 1


def _spread(kept: Flags, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """The bounds over the numbers kept; one without an end leaves that end open."""
    least = np.where(kept, low, WHOLE).min(axis=1)  # no end is -1, below every other
    top = np.where(kept & (high < 0), WHOLE, np.where(kept, high, 0)).max(axis=1)
    none = ~kept.any(axis=1)
    return np.where(none | (least < 0), 0, least), np.where(none, WHOLE, top)
