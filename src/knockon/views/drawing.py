"""How do rows of an answer become a picture? Altair specifications, drawn to SVG by vl-convert without a browser or a network.

Refuses to work anything out: what is drawn are the numbers and days it is given. Rows are laid out in pixels, so that every
bar has its words right above it at any width, and nothing hangs on a legend or on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from knockon.views.svg import PALETTE

__all__ = ["NARROW", "WIDE", "Bar", "Part", "Term", "bars", "draw", "timeline"]

#: the two widths that a page shows: a desktop's or a sheet's, and a phone's
WIDE, NARROW = 720, 330
_FONT = "Arial"
#: generous mean widths of a letter, since every reader's system has another font
_PLAIN, _BOLD = 6.4, 7.9
#: stakes that add up to more than the whole are drawn up to here; the words say the sum
_BEYOND = 1.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stretch of a bar, sure up to ``low`` and possible up to ``high``; ``paint`` is a name of the palette."""

    name: str
    low: float
    high: float
    paint: str
    maybe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with the words above it, a softer continuation of them, and words below it."""

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
    hatched: bool = False


# ---------------------------------------------------------------------------------------------------- bars
def bars(rows: Sequence[Bar], width: int, *, whole: float = 100.0) -> dict[str, Any]:
    """Bars of parts of a whole, one below the other, each with its words; what goes far beyond the whole is cut at the edge."""
    import altair as alt

    most = min(max([whole, *(sum(p.high for p in r.parts) for r in rows)]), whole * _BEYOND)
    scale = alt.Scale(domain=[0, most], range=[0, width], nice=False, zero=True)
    words: list[dict[str, Any]] = []
    fills: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    top = 0
    for row in rows:
        beside = len(row.title) * _BOLD + len(row.aside) * _PLAIN + 12 < width
        words.append(_word(row.title, 0, top + 12, width, bold=True))
        if beside:
            words.append(_word(row.aside, width, top + 12, width, right=True))
        else:
            words += _block(row.aside, 0, top + 27, width)
        bar = top + 20 + (0 if beside else 15 * len(_lines(row.aside, width)))
        fills.append({"a": 0, "b": whole, "y": bar, "y2": bar + 17, "paint": PALETTE["track"]})
        fills += _parts(row.parts, bar, most)
        names += [n for n in _names(row.parts, bar, most, width)]
        words += _block(row.below, 0, bar + 31, width)
        top = bar + 31 + 15 * len(_lines(row.below, width))
    layers = [
        alt.Chart(_data(fills))
        .mark_bar(stroke=None)
        .encode(x=alt.X("a:Q", scale=scale, axis=None), x2="b:Q", y=_y(), y2="y2:Q", color=_paint()),
        alt.Chart(_data(names))
        .mark_text(align="left", baseline="alphabetic", dx=5, fontSize=11)
        .encode(x=alt.X("a:Q", scale=scale, axis=None), y=_y(), text="text:N", color=_paint()),
        *_texts(words),
    ]
    return _spec(layers, width, top)


def _parts(parts: Sequence[Part], bar: int, most: float) -> Iterable[dict[str, Any]]:
    at = 0.0
    for part in parts:
        sure, end = min(at + part.low, most), min(at + part.high, most)
        yield {"a": at, "b": sure, "y": bar, "y2": bar + 17, "paint": PALETTE[part.paint]}
        if end > sure:
            yield {"a": sure, "b": end, "y": bar, "y2": bar + 17, "paint": PALETTE[part.maybe or part.paint]}
        at = end


def _names(parts: Sequence[Part], bar: int, most: float, width: int) -> Iterable[dict[str, Any]]:
    """Names inside the parts that are long enough for them."""
    at = 0.0
    for part in parts:
        end = min(at + part.high, most)
        if part.name and (end - at) / most * width - 8 > len(part.name) * _PLAIN:
            on = "on-fill" if part.paint in ("listed", "through", "clear") else "on-party"
            yield {"a": at, "y": bar + 13, "text": part.name, "paint": PALETTE[on]}
        at = end


# ---------------------------------------------------------------------------------------------------- time
def timeline(rows: Sequence[Term], width: int, *, on: date, first: date, last: date, on_words: str) -> dict[str, Any]:
    """Terms by group along one axis of days, with a rule at the day asked about; an arrow where no end is told."""
    import altair as alt

    wide = width > 500
    left = 320 if wide else 12
    scale = alt.Scale(domain=[_day(first), _day(last)], range=[left, width - 12], type="utc", nice=False)
    words: list[dict[str, Any]] = []
    fills: list[dict[str, Any]] = []
    arrows: list[dict[str, Any]] = []
    top, group = 22, ""
    for row in rows:
        if row.group != group:
            group = row.group
            words.append(_word(group, 0, top + 16, width, bold=True))
            top += 24
        room = left - 22 if wide else width
        words += _block(row.title, 0, top + 11, room, ink=True)
        under = top + 11 + 14 * len(_lines(row.title, room))
        words += _block(row.aside, 0, under, room)
        under += 14 * len(_lines(row.aside, room))
        at = top + 5 if wide else under - 6
        fills += _stretches(row, at, first, last)
        if row.until is None or row.until[1] > last:
            arrows.append({"x": width - 12, "y": at + 11, "text": "▶", "paint": PALETTE[row.paint]})
        if row.since[0] < first:
            arrows.append({"x": left - 12, "y": at + 11, "text": "◀", "paint": PALETTE[row.paint]})
        top = (under if wide else under + 20)
    rule = [{"a": _day(on)}]
    x = alt.X("a:T", scale=scale, axis=_axis())
    bare = alt.X("a:T", scale=scale, axis=None)
    layers = [
        alt.Chart(_data(fills)).mark_bar(stroke=None).encode(x=x, x2="b:T", y=_y(), y2="y2:Q", color=_paint()),
        alt.Chart(_data(rule)).mark_rule(color=PALETTE["day"], strokeWidth=1.4, strokeDash=[3, 2]).encode(x=bare),
        alt.Chart(_data([{"a": _day(on), "text": on_words}]))
        .mark_text(align="right", dx=-4, fontSize=11, fontWeight="bold", color=PALETTE["day"])
        .encode(x=bare, y=alt.value(12), text="text:N"),
        alt.Chart(_data(arrows))
        .mark_text(align="left", fontSize=12)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=_y(), text="text:N", color=_paint()),
        *_texts(words),
    ]
    return _spec(layers, width, top, x="independent")


def _stretches(row: Term, at: int, first: date, last: date) -> Iterable[dict[str, Any]]:
    """The sure days as a full bar, the days in doubt at its ends as a thin one."""
    begin, sure = (min(max(d, first), last) for d in row.since)
    end, far = (min(max(d, first), last) for d in row.until) if row.until else (last, last)
    paint = PALETTE[row.paint]
    if begin < sure:
        yield {"a": _day(begin), "b": _day(sure), "y": at + 5, "y2": at + 9, "paint": paint}
    if end < far:
        yield {"a": _day(end), "b": _day(far), "y": at + 5, "y2": at + 9, "paint": paint}
    if sure < end:
        yield {"a": _day(sure), "b": _day(end), "y": at, "y2": at + 14, "paint": paint}


def _axis() -> Any:
    import altair as alt

    return alt.Axis(
        orient="top", format="%Y-%m", title=None, labelColor=PALETTE["soft"], tickColor=PALETTE["line"], gridColor=PALETTE["line"],
        domain=False, grid=True, labelFontSize=11, tickCount=5, labelOverlap=True, offset=-2,
    )


# ---------------------------------------------------------------------------------------------------- what both share
def _word(text: str, x: float, y: float, limit: float, *, bold: bool = False, ink: bool = False, right: bool = False) -> dict[str, Any]:
    """One run of text; ``limit`` cuts what a wider font would push over the edge."""
    return {
        "x": x, "y": y, "text": text, "paint": PALETTE["ink" if bold or ink else "soft"],
        "weight": "bold" if bold else "normal", "align": "right" if right else "left", "limit": limit,
    }


def _lines(text: str, width: float) -> list[str]:
    return wrap(text, max(int(width / _PLAIN), 8))


def _block(text: str, x: float, y: float, width: float, *, ink: bool = False) -> list[dict[str, Any]]:
    """Text over as many lines as it needs: a chart's words are never cut short for want of room."""
    return [_word(line, x, y + 14 * i, width, ink=ink) for i, line in enumerate(_lines(text, width))]


def _texts(words: Sequence[dict[str, Any]]) -> list[Any]:
    """One layer for each weight, side and width: these are properties of a mark and not of its data."""
    import altair as alt

    kinds = sorted({(w["weight"], w["align"], w["limit"]) for w in words}, key=str)
    return [
        alt.Chart(_data([w for w in words if (w["weight"], w["align"], w["limit"]) == (weight, align, limit)]))
        .mark_text(align=align, baseline="alphabetic", fontSize=12 if weight == "bold" else 11.5, fontWeight=weight, limit=limit)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=_y(), text="text:N", color=_paint())
        for weight, align, limit in kinds
    ]


def _y() -> Any:
    import altair as alt

    return alt.Y("y:Q", scale=None, axis=None)


def _paint() -> Any:
    import altair as alt

    return alt.Color("paint:N", scale=None, legend=None)


def _data(rows: Sequence[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=list(rows))


def _day(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _spec(layers: Sequence[Any], width: int, height: int, *, x: str = "independent") -> dict[str, Any]:
    import altair as alt

    found = dict(alt.layer(*layers).resolve_scale(x=x, color="independent").to_dict(validate=False))
    # set on the finished dictionary: altair would check each of these against its whole schema
    found |= {"width": width, "height": height, "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2}}
    found["config"] = {"background": None, "font": _FONT, "view": {"stroke": None}}
    return found


def draw(spec: dict[str, Any]) -> str:
    """The picture of a specification, as SVG; nothing is fetched."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
