"""By which routes do a state's exports leave, how large is each share, and which states does it cross? One picture a state.

Refuses to draw a share that the analysis did not give: routes of another period or speaker are not put beside these.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from knockon.analyses.brief import Brief
from knockon.analyses.routes import Routes, RouteShare
from knockon.model.ids import EntityId
from knockon.views import dates, quantities
from knockon.views.drawing import Bar, Part, bars
from knockon.views.line import Tongue
from knockon.views.picture import Picture, Row, Swatch, page_words

__all__ = ["ways"]

_PLACE = Decimal("0.1")


def ways(tongue: Tongue, brief: Brief) -> Iterable[Picture]:
    """A chart for each state whose routes are told, or one entry that says why there is none."""
    page = page_words(tongue.lang)
    drawn = [r for r in brief.routes if any(x.share is not None for x in r.by_route)]
    if not drawn:
        yield Picture(
            key="routes", section="routes", title=page.say("chart.routes_bare"), left_out=page.say("chart.routes_none")
        )
    for one in drawn:
        yield _picture(tongue, brief, one)


def _picture(tongue: Tongue, brief: Brief, one: Routes) -> Picture:
    page, words = page_words(tongue.lang), tongue.words
    marked = _marked(brief, one)
    period = dates.period(one.start, one.end, words)
    shown = sorted(
        (x for x in one.by_route if x.share is not None),
        key=lambda x: (x.part_of is not None, -(x.share or 0), x.route),
    )
    told = [_bar(tongue, x, marked) for x in shown]
    return Picture(
        key=f"routes-{one.state}",
        section="routes",
        title=page.say("chart.routes", state=tongue.name(one.state)),
        intro=page.say(
            "chart.routes_note",
            commodity=words.word("commodity", one.commodity),
            period=period,
            speaker=tongue.name(one.speaker),
            day=dates.day(one.said_on, words),
        ),
        desc=" ".join(f"{b.title}: {b.aside}; {b.below}." for b in told),
        columns=tuple(page.say(f"chart.{c}") for c in ("route", "share", "volume", "crosses")),
        rows=tuple(_row(tongue, x) for x in sorted(one.by_route, key=lambda x: (-(x.share or 0), x.route))),
        legend=(
            Swatch(paint="through", word=page.say("chart.through", places=tongue.name(marked)) if marked else ""),
            Swatch(paint="clear", word=page.say("chart.clear")),
        )
        if marked
        else (),
        spec=lambda width: bars(told, width),
    )


def _marked(brief: Brief, one: Routes) -> EntityId | None:
    """The state whose crossing is coloured: one that the report names, else the one that most of it crosses."""
    crossed = sorted(one.through, key=lambda t: (-t.share, t.state))
    named = [t.state for t in crossed if t.state in brief.states]
    return next(iter([*named, *(t.state for t in crossed)]), None)


def _bar(tongue: Tongue, found: RouteShare, marked: EntityId | None) -> Bar:
    page = page_words(tongue.lang)
    through = marked is not None and found.crosses is not None and marked in found.crosses
    assert found.share is not None
    low = found.share if found.share_low is None else min(found.share_low, found.share)
    high = found.share if found.share_high is None else max(found.share_high, found.share)
    paint = "through" if through else "clear" if found.crosses is not None else "doubt"
    part = Part(
        name="", low=float(low), high=float(high), paint=paint, maybe=f"{paint}-maybe" if paint != "doubt" else "rest"
    )
    below = quantities.amount(found.quantity, tongue.words)
    if found.part_of is not None:
        below += " · " + page.say("chart.part_of", route=tongue.name(found.part_of))
    return Bar(
        title=tongue.name(found.route),
        aside=f"{_share(tongue, found)} · {_crosses(tongue, found)}",
        below=below,
        parts=(part,),
    )


def _crosses(tongue: Tongue, found: RouteShare) -> str:
    page = page_words(tongue.lang)
    if found.crosses is None:
        return page.say("chart.course_unknown")
    return (
        page.say("chart.through", places=tongue.names(found.crosses))
        if found.crosses
        else page.say("chart.crosses_none")
    )


def _share(tongue: Tongue, found: RouteShare) -> str:
    """The share to one place, its bounds rounded outwards."""
    if found.share is None:
        return quantities.share(None, None, tongue.words)
    low, high = found.share_low, found.share_high
    if low is None or high is None or low == high:
        return quantities.percent(found.share.quantize(_PLACE), tongue.words)
    return quantities.share(low.quantize(_PLACE, ROUND_FLOOR), high.quantize(_PLACE, ROUND_CEILING), tongue.words)


def _row(tongue: Tongue, found: RouteShare) -> Row:
    cells = (
        tongue.name(found.route),
        _share(tongue, found),
        quantities.amount(found.quantity, tongue.words),
        _crosses(tongue, found),
    )
    return Row(cells=cells, because=found.because)
