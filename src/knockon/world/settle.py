"""Which slots of a large world do plain numbers settle, and between which bounds? In bulk, and the same as ``resolve`` and ``stakes``.

A slot is settled when nothing touches it, and one claim tells it, or all its claims surely hold for one holder and tell the same
bounds, or are two, each by a voice of its own. The rest is "open": the world resolves it claim by claim. Refuses floats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["BILLION", "Settled", "settle"]

BILLION = 1_000_000_000
WHOLE = 100 * BILLION
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Rows = dict[str, npt.NDArray[Any]]

LOW_OPEN, HIGH_OPEN, ABOUT, VALUE = 1, 2, 4, 8
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
    low, high, form = rows["low"][at], rows["high"][at], rows["form"][at].astype(np.int64)
    least, most = np.where(low < 0, 0, low), np.where(high < 0, WHOLE, high)
    unit = 10 ** (9 - np.minimum(form >> 4, 9))
    about = (form & ABOUT) > 0
    least = np.where(about, np.maximum(least - unit * ((form & LOW_OPEN) == 0), 0), least)
    most = np.where(about, np.minimum(most + unit * ((form & HIGH_OPEN) == 0), WHOLE), most)
    # an open end is not its number; "about" has moved the ends away from theirs
    least = least + (((form & LOW_OPEN) > 0) & (low >= 0) & (least == low))
    most = most - (((form & HIGH_OPEN) > 0) & (high >= 0) & (most == high))
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
    pair = ~hard & ~same & (count == 2)
    one, two = at[begin[pair]], at[begin[pair] + 1]
    closed, least, most, chosen = _pairs(rows, one, two, ranks)
    closed &= ~shared[one] & ~shared[two]
    settled = ~hard & same
    which = np.flatnonzero(pair)
    settled[which[closed]] = True
    low[which], high[which] = least, most
    last[which] = chosen
    open_rows = at[np.repeat(~settled, count)]
    return last[settled], low[settled], high[settled], open_rows


def _pairs(rows: Rows, one: Ints, two: Ints, ranks: Callable[[Ints], Ints]) -> tuple[Flags, Ints, Ints, Ints]:
    """Two claims by two voices that surely hold for one holder: whether numbers settle them, the bounds, and the chosen claim."""
    form_1, form_2 = rows["form"][one].astype(np.int64), rows["form"][two].astype(np.int64)
    closed = (rows["origin"][one] != rows["origin"][two]) & ((form_1 | form_2) & ABOUT == 0)
    alone_1, alone_2 = _bounds(rows, one), _bounds(rows, two)
    fresh_1, fresh_2 = rows["fresh"][one], rows["fresh"][two]
    said_1, said_2 = (form_1 & VALUE) > 0, (form_2 & VALUE) > 0
    only_1 = (fresh_1 & ~fresh_2) | ((fresh_1 == fresh_2) & said_1 & ~said_2)
    only_2 = (fresh_2 & ~fresh_1) | ((fresh_1 == fresh_2) & said_2 & ~said_1)

    low_1, high_1, low_2, high_2 = rows["low"][one], rows["high"][one], rows["low"][two], rows["high"][two]
    places_1, places_2 = form_1 >> 4, form_2 >> 4
    agree = _reaches(low_1, form_1, high_2, form_2) & _reaches(low_2, form_2, high_1, form_1)
    finer_1, finer_2 = agree & (places_1 > places_2), agree & (places_2 > places_1)
    low = np.where((low_1 < 0) | (low_2 < 0), -1, np.minimum(low_1, low_2))
    high = np.where((high_1 < 0) | (high_2 < 0), -1, np.maximum(high_1, high_2))
    low = np.where(finer_1, low_1, np.where(finer_2, low_2, low))
    high = np.where(finer_1, high_1, np.where(finer_2, high_2, high))

    first, tie = _first(rows, one, two, ranks(rows["origin"][one]), ranks(rows["origin"][two]), finer_1, finer_2)
    chosen_low, chosen_high = np.where(first, low_1, low_2), np.where(first, high_1, high_2)
    form = np.where(first, form_1, form_2)
    open_ends = ((form_1 | form_2) & (LOW_OPEN | HIGH_OPEN)) > 0
    closed &= only_1 | only_2 | ~(tie & open_ends)
    least = np.where(low < 0, 0, low)
    most = np.where(high < 0, WHOLE, high)
    least = least + (((form & LOW_OPEN) > 0) & (chosen_low >= 0) & (least == chosen_low))
    most = most - (((form & HIGH_OPEN) > 0) & (chosen_high >= 0) & (most == chosen_high))
    least = np.where(only_1, alone_1[0], np.where(only_2, alone_2[0], least))
    most = np.where(only_1, alone_1[1], np.where(only_2, alone_2[1], most))
    return closed, least, most, np.where(only_1 | (first & ~only_2), one, two)


def _reaches(low: Ints, low_form: Ints, high: Ints, high_form: Ints) -> Flags:
    """Whether one number's low end is not above another's high end, at the precision they were printed with; in half billionths."""
    down = np.where((low_form & LOW_OPEN) > 0, 0, 10 ** (9 - np.minimum(low_form >> 4, 9)))
    up = np.where((high_form & HIGH_OPEN) > 0, 0, 10 ** (9 - np.minimum(high_form >> 4, 9)))
    out: Flags = (low < 0) | (high < 0) | (2 * low - down <= 2 * high + up)
    return out


def _first(
    rows: Rows, one: Ints, two: Ints, rank_1: Ints, rank_2: Ints, finer_1: Flags, finer_2: Flags
) -> tuple[Flags, Flags]:
    """Which of two is chosen (R16): the weightier, then the later, then the more exact; and whether only their ids would tell."""
    later = rows["said"][one].astype(np.int64) - rows["said"][two]
    exact = (rows["form"][one].astype(np.int64) >> 4) - (rows["form"][two].astype(np.int64) >> 4)
    weight = rank_2 - rank_1
    lead = np.where(weight != 0, weight, np.where(later != 0, later, exact))
    first = np.where((weight == 0) & (finer_1 | finer_2), finer_1, lead > 0)  # of two that agree, the more exact is shown
    return first, (lead == 0) & ~(finer_1 | finer_2)
