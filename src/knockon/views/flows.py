"""Which gas and oil projects are there and how far are they, and by which routes do exports leave?

Refuses to show a plan without its mark, and a share without the speaker and the period that it is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from knockon.analyses.brief import Brief
from knockon.analyses.projects import Project, Stage, Step
from knockon.analyses.projects import Volume as ProjectVolume
from knockon.analyses.routes import Routes, RouteShare
from knockon.model.claim import Mode
from knockon.model.ids import ClaimId
from knockon.model.interval import Moment
from knockon.views import dates, quantities
from knockon.views.line import Line, Section, Tongue

__all__ = ["project_lines", "projects", "route_lines", "routes"]

#: how many of the newest steps stand in a brief; ``knockon projects`` shows all
_STEPS = 3


def projects(tongue: Tongue, brief: Brief) -> Section:
    """Gas first, then oil, each with its stage, parties, volumes, and whether it works."""
    lines: list[Line] = []
    for found in brief.projects:
        lines += project_lines(tongue, found, brief.address("project", found.project), most=_STEPS)
    return Section(
        key="projects",
        title=tongue.say("section.projects"),
        intro=tongue.say("intro.projects"),
        lines=tuple(lines),
        empty=tongue.say("empty.projects"),
    )


def project_lines(tongue: Tongue, found: Project, address: str, most: int = 0) -> Iterator[Line]:
    """One project; ``most`` limits the steps shown to the newest, and says so."""
    name = " → ".join(tongue.name(p) for p in found.parts) if len(found.parts) > 1 else tongue.name(found.project)
    parties = list(dict.fromkeys(p.entity for p in found.parties))
    text = tongue.say(
        "project.head",
        name=name,
        commodity=tongue.words.word("commodity", found.commodity),
        stage=_stage(tongue, found.stage) if found.stage else tongue.say("project.no_stage"),
        parties=tongue.say("project.parties", x=tongue.names(parties)) if parties else "",
    )
    # a supply line's id holds a slash, so its own address is that of the claim that carries it
    own = address if "/" not in found.project else found.because[0]
    yield Line(text=text, address=own, because=found.because, marks=_marks(found.stage, found.stale))
    for stage in found.ahead:
        yield Line(text=tongue.say("project.ahead", x=_stage(tongue, stage)), address=stage.because[0], because=stage.because, marks=_marks(stage, stage.stale), level=1)
    for volume in (*found.volumes, *found.planned):
        yield _volume(tongue, volume)
    for works in found.working:
        what = tongue.say("project.for", x=tongue.name(works.what)) if works.what else ""
        state = tongue.words.word("works", works.state)
        text = tongue.say("project.working", what=what, state=state, since=dates.since(works.since, tongue.words))
        yield Line(text=text, address=works.because[0], because=works.because, level=1)
    shown = found.steps[-most:] if most else found.steps
    for step in shown:
        yield _step(tongue, step)
    if len(shown) < len(found.steps):
        text = tongue.say("project.more", n=len(found.steps) - len(shown))
        yield Line(text=text, address=own, because=tuple(i for s in found.steps for i in s.because), level=1)


def _marks(stage: Stage | None, stale: bool) -> tuple[str, ...]:
    marks = [stage.mode.value] if stage is not None and stage.mode is not Mode.STATED else []
    return (*marks, "stale") if stale else tuple(marks)


def _stage(tongue: Tongue, stage: Stage) -> str:
    told = tongue.text(stage.text) + (f" ({tongue.text(stage.detail)})" if stage.detail else "")
    since = f" {dates.since(stage.since, tongue.words)}" if stage.since else ""
    age = tongue.stated(stage.because, stage.stale)
    return tongue.say(f"told.{stage.mode.value}", x=told) + f"{since}, {age}"


def _volume(tongue: Tongue, volume: ProjectVolume) -> Line:
    words = tongue.words
    period = dates.period(volume.start, volume.end, words)
    parts = [tongue.name(e) for e in (volume.subject, volume.object) if e]
    # a plant takes in from a field: what flows, flows towards the plant
    ends = " → ".join(reversed(parts) if volume.predicate == "processes" else parts)
    scope = getattr(volume, "scope", None)
    about = [tongue.text(x.replace("_", " ")) for x in (volume.part, scope) if x]
    text = tongue.say(
        "project.volume",
        kind=words.word("flow", volume.predicate),
        ends=ends,
        via=tongue.say("project.via", x=tongue.name(volume.via)) if volume.via else "",
        scope=f", {', '.join(about)}" if about else "",
        period=f", {period}" if period else "",
        amount=quantities.amount(volume.value, words, commodity=volume.commodity or ""),
        age=tongue.stated(volume.because, volume.stale),
    )
    marks = [volume.mode.value] if volume.mode is not Mode.STATED else []
    marks += ["stale"] * volume.stale + ["disputed"] * bool(volume.against)
    text = tongue.say(f"told.{volume.mode.value}", x=text)
    return Line(text=f"{text}.", address=volume.because[0], because=(*volume.because, *volume.against), marks=tuple(marks), level=1)


def _step(tongue: Tongue, step: Step) -> Line:
    text = tongue.say(
        "project.step",
        day=dates.moment(step.when, tongue.words) if step.when else tongue.say("project.undated"),
        kind=tongue.words.word("step", step.kind),
        who=tongue.names(step.who),
        text=f" — {tongue.text(step.text)}" if step.text else "",
    )
    marks = (step.mode.value,) if step.mode is not Mode.STATED else ()
    text = tongue.say(f"told.{step.mode.value}", x=text)
    return Line(text=f"{text}.", address=step.because[0], because=step.because, marks=marks, level=1)


# ---------------------------------------------------------------------------------------------------- routes
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
    yield Line(text=text, address=address, because=found.because, marks=(*stale, *(("disputed",) if found.conflicts else ())))
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
    if refused:
        yield Line(text=tongue.say("route.no_room", x=tongue.names(refused)), address=address, because=tuple(dict.fromkeys(because)), level=1)


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
