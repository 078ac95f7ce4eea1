"""Which slots of a large world do plain numbers settle, and between which bounds? In bulk, and the same as ``resolve`` and ``stakes``.

A slot is settled when nothing touches it, and one claim tells it, or all its claims surely hold for one holder and tell the same
bounds, or are two or three, each by a voice of its own (``voices``). The rest is "open": the world resolves it claim by claim. Refuses floats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knockon.world.voices import ABOUT, BILLION, HIGH_OPEN, LOW_OPEN, UNITS, VALUE, WHOLE, Flags, Ints, Rows, few

__all__ = ["BILLION", "Settled", "settle"]

_FORM = LOW_OPEN | HIGH_OPEN | ABOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """``row`` are the rows that stand for settled slots, with their bounds; ``open`` those of all claims of the others."""

    row: Ints
    low: Ints
    high: Ints
    stated: Flags
    open: Ints


def settle(rows: Rows, touched: Flags, ranks: Callable[[Ints], Ints], shared: Flags) -> Settled:
    """``touched`` rows are not for plain comparison; ``ranks`` weighs origins; ``shared`` are rows whose origin may be another's voice."""
    order = np.argsort(rows["slot"], kind="stable")
    slot = rows["slot"][order]
    fresh = np.ones(len(slot), bool)
    fresh[1:] = slot[1:] != slot[:-1]
    start = np.flatnonzero(fresh)
    count = np.diff(np.append(start, len(slot)))
    single = order[start[count == 1]]
    hard = single[touched[single]]
    single = single[~touched[single] & ~rows["aside"][single] & (rows["holds"][single] > 0)]
    low, high = _bounds(rows, single)
    several, least, most, wide = _several(rows, touched, ranks, shared, order, start[count > 1], count[count > 1])
    low[rows["holds"][single] < 2] = 0
    row = np.concatenate([single, several])
    return Settled(
        row=row,
        low=np.concatenate([low, least]),
        high=np.concatenate([high, most]),
        stated=(rows["form"][row] & VALUE) > 0,
        open=np.concatenate([hard, wide]),
    )


def _bounds(rows: Rows, at: Ints) -> tuple[Ints, Ints]:
    """As ``stakes.slot_of_state``, of one claim that surely holds."""
    least, most, forms = rows["low"][at], rows["high"][at], rows["form"][at]
    odd = np.flatnonzero(forms & _FORM)  # an open end is not its number, and "about 50" may be a little less
    low, high, form = least[odd], most[odd], forms[odd].astype(np.int64)
    least[least < 0] = 0
    most[most < 0] = WHOLE
    unit = np.where((form & ABOUT) > 0, UNITS[form >> 4], 0)
    down, up = (form & LOW_OPEN) > 0, (form & HIGH_OPEN) > 0
    least[odd] = np.maximum(least[odd] - unit * ~down, 0) + (down & (low >= 0))
    most[odd] = np.minimum(most[odd] + unit * ~up, WHOLE) - (up & (high >= 0))
    return least, most


def _several(
    rows: Rows, touched: Flags, ranks: Callable[[Ints], Ints], shared: Flags, order: Ints, start: Ints, count: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Slots of which several claims speak: the settled ones with their bounds, and the rows of the others."""
    if not len(start):
        none = np.zeros(0, np.int64)
        return none, none, none, none
    ends = np.cumsum(count)
    at = order[np.repeat(start, count) + np.arange(ends[-1]) - np.repeat(ends - count, count)]
    begin = ends - count

    def alike(values: npt.NDArray[Any]) -> Flags:
        told = values[at]
        out: Flags = np.minimum.reduceat(told, begin) == np.maximum.reduceat(told, begin)
        return out

    hard = np.logical_or.reduceat(touched[at] | rows["aside"][at] | (rows["holds"][at] < 2), begin)
    hard |= ~alike(rows["subject"]) | (rows["slot"][at[begin]] < 0)
    form = rows["form"].astype(np.int64)
    same = alike(rows["low"]) & alike(rows["high"]) & alike(form & _FORM)
    same &= alike(form >> 4) | ((form[at[begin]] & ABOUT) == 0)
    last = at[ends - 1]  # the claim recorded last: rows come in that order within a slot
    low, high = _bounds(rows, last)
    settled = ~hard & same
    for size in (2, 3):
        which = np.flatnonzero(~hard & ~same & (count == size))
        if len(which):
            closed, low[which], high[which], last[which] = few(
                rows, at[begin[which][:, None] + np.arange(size)], ranks, shared
            )
            settled[which[closed]] = True
    open_rows = at[np.repeat(~settled, count)]
    return last[settled], low[settled], high[settled], open_rows
