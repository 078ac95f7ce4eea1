"""How do rows of an answer become a picture? Altair specifications, drawn to SVG by vl-convert without a browser or a network.

Refuses to work anything out: what is drawn are the numbers and days it is given. Rows are laid out in pixels, so that every
bar has its words right above it at any width, and nothing hangs on a legend or on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knockon.views.svg import PALETTE

__all__ = ["NARROW", "WIDE", "Bar", "Part", "Term", "bars", "draw", "timeline"]

#: the two widths that a page shows: a desktop's or a sheet's, and a phone's
WIDE, NARROW = 720, 330
_FONT = "Arial"
_LETTER = 5.9  # mean width of a letter at 11 px, to decide whether a name fits into its part


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
def bars(rows: Sequence[Bar], width: int, *, whole: float = 100.0, unit: str = "%") -> dict[str, Any]:
    """Bars of parts of a whole, one below the other, each with its words."""
    import altair as alt

    step, left = 62, 0.0
    most = max([whole, *(sum(p.high for p in r.parts) for r in rows)])
    scale = alt.Scale(domain=[0, most], range=[left, width], nice=False, zero=True)
    words: list[dict[str, Any]] = []
    fills: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        top = i * step
        words += _headed(row.title, row.aside, top + 12, width)
        words.append({"x": 0, "y": top + 51, "text": row.below, "paint": PALETTE["soft"], "weight": "normal", "limit": width})
        fills.append({"a": 0, "b": whole, "y": top + 20, "y2": top + 38, "paint": PALETTE["track"]})
        at = 0.0
        for part in row.parts:
            fills.append({"a": at, "b": at + part.low, "y": top + 20, "y2": top + 38, "paint": PALETTE[part.paint]})
            if part.high > part.low:
                fills.append(
                    {"a": at + part.low, "b": at + part.high, "y": top + 20, "y2": top + 38, "paint": PALETTE[part.maybe or part.paint]}
                )
            room = (part.high / most) * width - 8
            if part.name and room > len(part.name) * _LETTER:
                on = "on-fill" if part.paint in ("listed", "through", "clear") else "on-party"
                names.append({"a": at, "y": top + 33, "text": part.name, "paint": PALETTE[on], "limit": room})
            at += part.high
    height = len(rows) * step
    layers = [
        alt.Chart(_data(fills))
        .mark_bar(stroke=None)
        .encode(x=alt.X("a:Q", scale=scale, axis=None), x2="b:Q", y=_y(), y2="y2:Q", color=_paint()),
        alt.Chart(_data(names))
        .mark_text(align="left", dx=5, fontSize=11)
        .encode(x=alt.X("a:Q", scale=scale, axis=None), y=_y(), text="text:N", color=_paint()),
        *_texts(words),
    ]
    return _spec(layers, width, height)


# ---------------------------------------------------------------------------------------------------- time
def timeline(rows: Sequence[Term], width: int, *, on: date, first: date, last: date, on_words: str) -> dict[str, Any]:
    """Terms by group along one axis of days, with a rule at the day asked about; an arrow where no end is told."""
    import altair as alt

    wide = width > 500
    left, step = (320, 36) if wide else (12, 56)
    scale = alt.Scale(domain=[_day(first), _day(last)], range=[left, width - 12], type="utc", nice=False)
    words: list[dict[str, Any]] = []
    fills: list[dict[str, Any]] = []
    arrows: list[dict[str, Any]] = []
    top, group = 22, ""
    for row in rows:
        if row.group != group:
            group = row.group
            words.append({"x": 0, "y": top + 14, "text": group, "paint": PALETTE["ink"], "weight": "bold", "limit": width})
            top += 22
        room = left - 20 if wide else width
        words.append({"x": 0, "y": top + 11, "text": row.title, "paint": PALETTE["ink"], "weight": "normal", "limit": room})
        words.append({"x": 0, "y": top + 25, "text": row.aside, "paint": PALETTE["soft"], "weight": "normal", "limit": room})
        at = top + 7 if wide else top + 33
        fills += _stretches(row, at, first, last)
        if row.until is None or row.until[0] > last:
            arrows.append({"x": width - 12, "y": at + 10, "text": "▶", "paint": PALETTE[row.paint]})
        if row.since[1] < first:
            arrows.append({"x": left - 12, "y": at + 10, "text": "◀", "paint": PALETTE[row.paint]})
        top += step
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
def _headed(title: str, aside: str, y: float, width: int) -> list[dict[str, Any]]:
    """A title in bold and, beside it, softer words; where they do not fit, they are cut (the table has them whole)."""
    used = min(len(title) * 6.9 + 8, width)
    return [
        {"x": 0, "y": y, "text": title, "paint": PALETTE["ink"], "weight": "bold", "limit": width},
        {"x": used, "y": y, "text": aside if width - used > 40 else "", "paint": PALETTE["soft"], "weight": "normal", "limit": max(width - used, 1)},
    ]


def _texts(words: Sequence[dict[str, Any]]) -> list[Any]:
    """One layer for each weight and width: both are properties of a mark and not of its data."""
    import altair as alt

    kinds = sorted({(w["weight"], w["limit"]) for w in words}, key=str)
    return [
        alt.Chart(_data([w for w in words if (w["weight"], w["limit"]) == (weight, limit)]))
        .mark_text(align="left", baseline="alphabetic", fontSize=12 if weight == "bold" else 11.5, fontWeight=weight, limit=limit)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=_y(), text="text:N", color=_paint())
        for weight, limit in kinds
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
