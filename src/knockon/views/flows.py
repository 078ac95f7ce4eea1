"""Which gas and oil projects are there, how far are they, and do they work? Refuses to show a plan without its mark."""

from __future__ import annotations

from collections.abc import Iterator

from knockon.analyses.brief import Brief
from knockon.analyses.projects import Project, Stage, Step
from knockon.analyses.projects import Volume as ProjectVolume
from knockon.model.claim import Mode
from knockon.views import dates, quantities
from knockon.views.line import Line, Section, Tongue

__all__ = ["project_lines", "projects"]

#: how many of the newest steps stand in a brief; ``knockon projects`` shows all
_STEPS = 3


def projects(tongue: Tongue, brief: Brief) -> Section:
    """Gas first, then oil, each with its stage, parties, volumes, and whether it works."""
    lines: list[Line] = []
    for found in brief.projects:
        if not (found.commodity or found.volumes or found.parties):
            continue  # something with a stage that is neither gas nor oil stands among what was said
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
        yield Line(
            text=tongue.say("project.ahead", x=_stage(tongue, stage)),
            address=stage.because[0],
            because=stage.because,
            marks=_marks(stage, stage.stale),
            level=1,
        )
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
    return Line(
        text=tongue.say("told.plain", x=text),
        address=volume.because[0],
        because=(*volume.because, *volume.against),
        marks=tuple(marks),
        level=1,
    )


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
    return Line(
        text=tongue.say("told.plain", x=text), address=step.because[0], because=step.because, marks=marks, level=1
    )
