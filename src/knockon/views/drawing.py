"""How do rows of an answer become a picture? An Altair form filled with what to paint, drawn to SVG by vl-convert offline.

Refuses to work anything out: what is drawn are the numbers and days it is given. Rows are laid out in pixels, so that every
bar has its words right above it at any width, and nothing hangs on a legend or on colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from textwrap import wrap
from typing import Any, Literal

from knockon.views.svg import PALETTE

__all__ = ["NARROW", "WIDE", "Bar", "Part", "Term", "bars", "draw", "timeline", "warm_up"]

#: the two widths that a page shows: a desktop's or a sheet's, and a phone's
WIDE, NARROW = 720, 330
#: generous mean widths of a letter, since every reader's system has another font
_PLAIN, _BOLD = 6.4, 7.9
#: stakes that add up to more than the whole are drawn up to here; the words say the sum
_BEYOND = 1.12
_STEP, _THICK = 14, 17
_KINDS: Mapping[str, tuple[Literal["bold", "normal"], Literal["left", "right"]]] = {
    "strong": ("bold", "left"),
    "strong-right": ("bold", "right"),
    "plain": ("normal", "left"),
    "plain-right": ("normal", "right"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stretch of a bar, sure up to ``low`` and possible up to ``high``; ``paint`` and ``maybe`` are names of the palette."""

    name: str
    low: float
    high: float
    paint: str
    maybe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with the words above it, softer ones beside them, and words below it."""

    title: str
    aside: str
    below: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One stretch of time: from a day in ``since`` to a day in ``until`` (``None``: no end told)."""

    group: str
    title: str
    aside: str
    since: tuple[date, date]
    until: tuple[date, date] | None
    paint: str


@dataclass(slots=True)
class _Sheet:
    """What is painted so far: rectangles and runs of text by kind, in pixels."""

    rects: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {kind: [] for kind in _KINDS})

    def rect(self, x: float, x2: float, y: float, y2: float, paint: str) -> None:
        if x2 > x:
            self.rects.append({"x": round(x, 2), "x2": round(x2, 2), "y": y, "y2": y2, "paint": PALETTE[paint]})

    def text(self, text: str, x: float, y: float, kind: str = "plain", paint: str = "soft") -> None:
        self.texts[kind].append({"x": round(x, 2), "y": y, "text": text, "paint": PALETTE[paint]})

    def block(self, text: str, x: float, y: float, width: float, paint: str = "soft") -> float:
        """Text over as many lines as it needs: words are never cut short for want of room. Gives where the next line goes."""
        for line in _lines(text, width, _PLAIN):
            self.text(line, x, y, paint=paint)
            y += _STEP
        return y


def _lines(text: str, width: float, letter: float) -> list[str]:
    return wrap(text, max(int(width / letter), 8))


# ---------------------------------------------------------------------------------------------------- bars
def bars(rows: Sequence[Bar], width: int, *, whole: float = 100.0) -> dict[str, Any]:
    """Bars of parts of a whole, one below the other, each with its words; what goes far beyond the whole is cut at the edge."""
    most = min(max([whole, *(sum(p.high for p in r.parts) for r in rows)]), whole * _BEYOND)
    sheet, top = _Sheet(), 0.0
    for row in rows:
        bar = _heading(sheet, row, top, width)
        sheet.rect(0, whole / most * width, bar, bar + _THICK, "track")
        _parts(sheet, row.parts, bar, most, width)
        top = sheet.block(row.below, 0, bar + 31, width) + 4
    return _filled(sheet, width, top)


def _heading(sheet: _Sheet, row: Bar, top: float, width: int) -> float:
    """The title, with the softer words at the right where there is room and below it where there is none."""
    y = top + 12
    if len(row.title) * _BOLD + len(row.aside) * _PLAIN + 12 < width:
        sheet.text(row.title, 0, y, "strong", "ink")
        sheet.text(row.aside, width, y, "plain-right")
        return y + 8
    for line in _lines(row.title, width, _BOLD):
        sheet.text(line, 0, y, "strong", "ink")
        y += 15
    return sheet.block(row.aside, 0, y, width) - 6


def _parts(sheet: _Sheet, parts: Sequence[Part], bar: float, most: float, width: int) -> None:
    """The stretches one after the other, with a name in those that are long enough for it."""
    at = 0.0
    for part in parts:
        x, sure, end = (min(v, most) / most * width for v in (at, at + part.low, at + part.high))
        sheet.rect(x, sure, bar, bar + _THICK, part.paint)
        sheet.rect(sure, end, bar, bar + _THICK, part.maybe)
        strong = part.paint in ("listed", "through", "clear")
        # light letters stand on the full colour only: on its paler half they would not be legible
        if part.name and (sure if strong else end) - x - 8 > len(part.name) * _PLAIN:
            sheet.text(part.name, x + 5, bar + 13, paint="on-fill" if strong else "on-party")
        at += part.high


# ---------------------------------------------------------------------------------------------------- time
def timeline(rows: Sequence[Term], width: int, *, on: date, first: date, last: date, on_words: str) -> dict[str, Any]:
    """Terms by group along one axis of days, with a rule at the day asked about; an arrow where a term leaves the frame."""
    wide = width > 500
    left, right = (320 if wide else 12), width - 12
    room = left - 22 if wide else width

    def at(day: date) -> float:
        inside = min(max(day, first), last)
        return left + (right - left) * (inside - first).days / (last - first).days

    sheet, top, group = _Sheet(), 22.0, ""
    for row in rows:
        if row.group != group:
            group = row.group
            sheet.text(group, 0, top + 16, "strong", "ink")
            top += 24
        under = sheet.block(row.aside, 0, sheet.block(row.title, 0, top + 11, room, "ink"), room)
        bar = top + 5 if wide else under - 6
        _term(sheet, row, bar, at, first, last, (left, right))
        if not wide:  # a rule through the whole picture would strike out the words that stand above each bar
            sheet.rect(at(on) - 0.75, at(on) + 0.75, bar - 3, bar + 17, "day")
        top = under if wide else under + 20
    sheet.rect(at(on) - 0.75, at(on) + 0.75, 4, top if wide else 20, "day")
    sheet.text(on_words, at(on) - 5, 13, "strong-right", "ink")
    found = _filled(sheet, width, top, timed=True)
    scale = found["layer"][0]["encoding"]["x"]["scale"]
    scale |= {"domain": [_instant(first), _instant(last)], "range": [left, right]}
    return found


def _term(
    sheet: _Sheet,
    row: Term,
    bar: float,
    at: Callable[[date], float],
    first: date,
    last: date,
    frame: tuple[float, float],
) -> None:
    """The sure days as a full bar, the days in doubt at its ends as a thin one."""
    begin, sure = row.since
    end, far = row.until or (date.max, date.max)
    sheet.rect(at(begin), at(sure), bar + 5, bar + 9, row.paint)
    sheet.rect(at(max(sure, begin)), at(max(end, sure)), bar, bar + 14, row.paint)
    sheet.rect(at(end), at(far), bar + 5, bar + 9, row.paint)
    if far > last:
        sheet.text("▶", frame[1], bar + 11, paint=row.paint)
    if begin < first:
        sheet.text("◀", frame[0] - 12, bar + 11, paint=row.paint)


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


# ---------------------------------------------------------------------------------------------------- the form
@cache
def _form(timed: bool) -> dict[str, Any]:
    """The one form of our pictures, without its data: rectangles, four kinds of text, and an axis of days where it is timed.

    It is made once: Altair takes a hundred milliseconds for it, which is as much as drawing four pictures.
    """
    import altair as alt

    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    paint = alt.Color("paint:N", scale=None, legend=None)
    layers: list[Any] = []
    if timed:
        axis = alt.Axis(
            orient="top",
            format="%Y-%m",
            title=None,
            labelColor=PALETTE["soft"],
            tickColor=PALETTE["line"],
            gridColor=PALETTE["line"],
            domain=False,
            labelFontSize=11,
            tickCount=5,
            labelOverlap=True,
            offset=-2,
        )
        days = alt.X("day:T", axis=axis, scale=alt.Scale(type="utc", nice=False))
        layers.append(alt.Chart(alt.NamedData("days")).mark_point(opacity=0).encode(x=days))
    layers.append(
        alt.Chart(alt.NamedData("rects")).mark_bar(stroke=None).encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=paint)
    )
    for kind, (weight, side) in _KINDS.items():
        mark = alt.Chart(alt.NamedData(kind)).mark_text(
            align=side, baseline="alphabetic", fontSize=12 if weight == "bold" else 11.5, fontWeight=weight
        )
        layers.append(mark.encode(x=x, y=y, text="text:N", color=paint))
    found = dict(alt.layer(*layers).resolve_scale(x="independent", color="independent").to_dict(validate=False))
    found["config"] = {"background": None, "font": "Arial", "view": {"stroke": None}}
    return found


def _filled(sheet: _Sheet, width: int, height: float, *, timed: bool = False) -> dict[str, Any]:
    found = deepcopy(_form(timed))
    # the frame is ours: left to itself, Vega widens it by the font that it happens to have
    found |= {"width": width, "height": height, "autosize": {"type": "none"}}
    found["padding"] = {"left": 1, "right": 1, "top": 18 if timed else 1, "bottom": 4}
    found["datasets"] = {"rects": sheet.rects, **sheet.texts, "days": []}
    return found


def warm_up() -> None:
    """Start what draws, so that the first picture does not wait for it."""
    draw({"mark": "point", "data": {"values": []}})


def draw(spec: dict[str, Any]) -> str:
    """The picture of a specification, as SVG; nothing is fetched."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
