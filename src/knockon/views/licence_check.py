"""May this be done? One line for each authority and target, under it each paragraph that bears on it, and what would be needed.

Refuses to say "paragraph" where nobody told it, and to let an ended licence look like one in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knockon.analyses.address import Address
from knockon.analyses.grounds import Ground
from knockon.analyses.licence_check import Check, Need
from knockon.views import dates
from knockon.views.licensed import coverage_line
from knockon.views.line import Line, Tongue

__all__ = ["check_lines"]

#: how a paragraph's line is marked; the others speak for themselves
_MARKS = {"winds down": ("wind-down only",), "leaves out": ("not licensed",), "in doubt": ("undetermined",)}
_VERDICTS = {
    "not covered": ("not licensed",),
    "wind-down only": ("not licensed", "wind-down only"),
    "undetermined": ("undetermined",),
}
_BOUND = {"binds": ("binds you",), "risk": ("secondary risk",)}


def check_lines(tongue: Tongue, found: Check) -> Iterator[Line]:
    """The answer of one authority."""
    bound = _BOUND.get(found.bound or "", ())
    if found.bound == "neither":
        yield Line(text=tongue.say("leave.not_bound", authority=tongue.name(found.authority)))
    if len(found.parts) > 1:
        text = tongue.say(
            "leave.together",
            authority=tongue.name(found.authority),
            verdict=tongue.words.word("verdict", found.verdict),
            targets=tongue.names(found.projects or found.parties),
            activity=tongue.words.word("activity", found.activity),
        )
        yield Line(text=text, because=found.because, marks=(*_VERDICTS.get(found.verdict, ()), *bound))
    for part in found.parts:
        address = Address("coverage", (part.authority, part.target, part.activity), tongue.world.on, tongue.world.known)
        # an instant has no address: asked again by its day, the answer could be another
        idle = any(n.kind == "nothing known to need leave" and n.target == part.target for n in found.needs)
        shown = replace(part, parties=()) if idle else part
        line = coverage_line(tongue, [shown], str(address) if "T" not in found.when else "")
        yield Line(text=line.text, address=line.address, because=line.because, marks=(*line.marks, *bound))
        for ground in (g for g in found.grounds if g.target == part.target):
            yield _ground(tongue, ground)
        for need in (n for n in found.needs if n.target == part.target):
            yield _need(tongue, found, need)


def _ground(tongue: Tongue, ground: Ground) -> Line:
    key = {"leaves out": "leave.left_out", "ended": "leave.ended"}.get(ground.role, "leave.ground")
    activity = tongue.words.word("activity", ground.activity) if ground.activity else tongue.say("licence.unsaid")
    fields = {
        "role": tongue.words.word("leave_role", ground.role),
        "licence": tongue.name(ground.licence or ""),
        "paragraph": tongue.say("leave.paragraph", x=ground.paragraph)
        if ground.paragraph
        else tongue.say("leave.no_paragraph"),
        "activity": tongue.say("licence.all") if ground.role == "leaves out" and not ground.activity else activity,
        "names": tongue.name(ground.names or ""),
        "reaches": tongue.words.word("reach_word", ground.reaches) if ground.reaches else "",
        "condition": tongue.say("licence.condition", x=tongue.text(ground.condition)) if ground.condition else "",
        "how": tongue.words.word("how", ground.how or "named"),
        "term": dates.term(ground.since, ground.until, tongue.words),
        "why": _ended(tongue, ground),
        "day": dates.moment(ground.until, tongue.words) if ground.until else "",
        "supersedes": tongue.say("leave.supersedes", x=tongue.names(ground.supersedes)) if ground.supersedes else "",
    }
    return Line(
        text=tongue.say(key, **fields), because=ground.because, marks=_MARKS.get(ground.role, ()), level=1, address=""
    )


def _ended(tongue: Tongue, ground: Ground) -> str:
    """Why a term is over: expired, replaced by which licence, revoked."""
    if (ground.ends or "").startswith("superseded") and ground.superseded_by:
        return tongue.say("state.superseded", by=tongue.name(ground.superseded_by))
    return tongue.words.word("state", ground.ends or "")


def _need(tongue: Tongue, found: Check, need: Need) -> Line:
    text = tongue.say(
        f"need.{need.kind}",
        licence=tongue.name(need.licence or ""),
        authority=tongue.name(found.authority),
        activity=tongue.words.word("activity", found.activity),
        target=tongue.name(need.target),
        day=dates.moment(need.day, tongue.words) if need.day else "",
        known=dates.day(tongue.world.known, tongue.words),
    )
    return Line(text=text, level=1)
