"""By which routes do exports leave, which other states do they cross, and how much room is left?

Refuses to show a share without the speaker and the period that it is of, and says which routes it could not compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from knockon.analyses.brief import Brief
from knockon.analyses.routes import Routes, RouteShare
from knockon.model.ids import ClaimId
from knockon.model.interval import Moment
from knockon.views import dates, quantities
from knockon.views.line import Line, Section, Tongue

__all__ = ["route_lines", "routes"]


def routes(tongue: Tongue, brief: Brief) -> Section:
    """For each state: the period and speaker, what crosses which other state, and each route's share."""
    lines: list[Line] = []
    for found in brief.routes:
        lines += route_lines(tongue, found, brief.address("route", found.state, found.commodity))
    for state, reason in brief.routes_refused:
        text = tongue.say("route.refused", state=tongue.name(state), why=tongue.text(reason))
        lines.append(Line(text=text, address=brief.address("route", state, "oil")))
    return Section(
        key="routes",
        title=tongue.say("section.routes"),
        intro=tongue.say("intro.routes"),
        lines=tuple(lines),
        empty=tongue.say("empty.routes"),
    )


def route_lines(tongue: Tongue, found: Routes, address: str) -> Iterator[Line]:
    """The routes of one state's exports in one period."""
    words = tongue.words
    text = tongue.say(
        "route.head",
        state=tongue.name(found.state),
        commodity=words.word("commodity", found.commodity),
        period=dates.period(found.start, found.end, words),
        total=quantities.between(found.total, found.total, found.unit, words),
        speaker=tongue.name(found.speaker),
        day=dates.day(found.said_on, words),
    )
    stale = ("stale",) if found.stale else ()
    yield Line(
        text=text, address=address, because=found.because, marks=(*stale, *(("disputed",) if found.conflicts else ()))
    )
    for through in sorted(found.through, key=lambda t: (-t.share, t.state)):
        text = tongue.say(
            "route.through",
            share=_percent(tongue, through.share),
            bounds=_bounds(tongue, through.low, through.high),
            state=tongue.name(through.state),
            by=tongue.names(through.by),
        )
        yield Line(text=text, address=address, because=through.because, marks=stale, level=1)
    for route in found.by_route:
        yield _route(tongue, route, found.start, found.end)
    if found.unknown:
        text = tongue.say("route.unknown", x=tongue.names(found.unknown))
        yield Line(text=text, address=address, because=found.because, level=1)
    for said in found.said_shares:
        text = tongue.say(
            "route.said",
            who=tongue.sources(said.because),
            object=tongue.name(said.object),
            share=quantities.amount(said.value, words),
            scope=f" ({tongue.text(said.scope)})" if said.scope else "",
            age=tongue.stated(said.because),
        )
        yield Line(text=text, address=said.because[0], because=said.because, level=1)
    yield from _rooms(tongue, found, address)


def _route(tongue: Tongue, route: RouteShare, start: Moment | None, end: Moment | None) -> Line:
    crosses = tongue.say("route.own") if route.crosses == () else tongue.say("route.untold")
    text = tongue.say(
        "route.part" if route.part_of else "route.one",
        route=tongue.name(route.route),
        share=_percent(tongue, route.share),
        amount=quantities.amount(route.quantity, tongue.words, commodity="oil", year=_year(start, end)),
        crosses=tongue.say("route.across", x=tongue.names(route.crosses)) if route.crosses else crosses,
        whole=tongue.name(route.part_of) if route.part_of else "",
    )
    return Line(text=text, address=route.because[0], because=route.because, level=2 if route.part_of else 1)


def _rooms(tongue: Tongue, found: Routes, address: str) -> Iterator[Line]:
    """Capacity less use where the two compare; the routes where they do not are named."""
    refused: list[str] = []
    because: list[ClaimId] = []
    for room in found.room:
        if room.refused is not None:
            refused.append(room.route)
            because += room.because
            continue
        text = tongue.say(
            "route.room",
            route=tongue.name(room.route),
            amount=quantities.between(room.low, room.high, room.unit, tongue.words),
            period=dates.period(room.start, room.end, tongue.words),
            use=tongue.words.word("use", room.use),
        )
        yield Line(text=text, address=room.because[0] if room.because else address, because=room.because, level=1)
        for part, said, claim in room.narrower:
            less = tongue.say(
                "route.narrower",
                part=tongue.text(part),
                amount=quantities.amount(said, tongue.words, commodity=found.commodity),
            )
            yield Line(text=less, address=claim, because=(claim,), level=2)
    if refused:
        yield Line(
            text=tongue.say("route.no_room", x=tongue.names(refused)),
            address=address,
            because=tuple(dict.fromkeys(because)),
            level=1,
        )


def _year(start: Moment | None, end: Moment | None) -> bool:
    first, last = start.earliest if start else None, end.latest if end else None
    return first is not None and last is not None and (last - first).days in (365, 366)


def _percent(tongue: Tongue, found: Decimal | None) -> str:
    if found is None:
        return tongue.say("number.none")
    return quantities.percent(found.quantize(Decimal("0.1")), tongue.words)


def _bounds(tongue: Tongue, low: Decimal | None, high: Decimal | None) -> str:
    """What "about" and "more than" leave open, where that is more than rounding shows."""
    if low is None or high is None:
        return ""
    a, b = low.quantize(Decimal("0.1")), high.quantize(Decimal("0.1"))
    return "" if a == b else f" ({quantities.share(a, b, tongue.words)})"
