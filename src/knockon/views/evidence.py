"""On how many independent voices does the answer stand, how old are they, and which days lie ahead?

Refuses to hide that a list was cut: what is not shown is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from knockon.analyses.brief import Brief, Watch
from knockon.analyses.corroboration import Corroboration, Statement
from knockon.views import dates
from knockon.views.line import Line, Section, Tongue
from knockon.views.statement import marks_of, statement

__all__ = ["corroboration", "corroboration_lines", "watch", "watch_line"]

#: statements on which verdicts and licences rest stand first
_WEIGHT = ("designates", "holds_shares", "holds_interest", "controls", "covers", "excludes", "issues", "supersedes")
_MOST = 12


def corroboration(tongue: Tongue, brief: Brief) -> Section:
    """How many voices, how old; then what is stale or disputed, then what rests on one voice."""
    found = brief.corroboration
    lines = tuple(_most_telling(tongue, found))
    left = len(found.statements) - len(lines)
    intro = [
        tongue.say("intro.corroboration"),
        _whole(tongue, found),
        tongue.say("evidence.more", n=left) if left else "",
    ]
    return Section(
        key="corroboration",
        title=tongue.say("section.corroboration"),
        intro=" ".join(part for part in intro if part),
        lines=lines,
        empty=tongue.say("empty.corroboration"),
    )


def corroboration_lines(tongue: Tongue, found: Corroboration) -> Iterator[Line]:
    """What carries an answer: the sum of it, and every statement."""
    if found.statements:
        yield Line(text=_whole(tongue, found), because=found.because)
    for one in found.statements:
        yield _statement(tongue, one)


def _whole(tongue: Tongue, found: Corroboration) -> str:
    if found.newest is None or found.weakest is None:
        return ""
    return tongue.say(
        "evidence.all",
        statements=len(found.statements),
        voices=len(found.voices),
        single=len(found.single_origin),
        newest=dates.day(found.newest, tongue.words),
        weakest=dates.day(found.weakest, tongue.words),
    )


def _most_telling(tongue: Tongue, found: Corroboration) -> Iterator[Line]:
    """What is stale or disputed, then what rests on one voice, those that carry verdicts first; a dozen of each."""
    marked = [s for s in found.statements if s.stale or s.against]
    single = [s for s in found.statements if s.single_origin and s not in marked]
    for group in (marked, single):
        group.sort(key=lambda s: (_WEIGHT.index(s.predicate) if s.predicate in _WEIGHT else len(_WEIGHT), s.claim))
        for one in group[:_MOST]:
            yield _statement(tongue, one)


def _statement(tongue: Tongue, one: Statement) -> Line:
    claim = tongue.world.claim(one.claim)
    text = tongue.say(
        "evidence.single" if one.single_origin else "evidence.several",
        x=statement(tongue, claim),
        voices=tongue.names(one.voices),
        n=len(one.voices),
        reports=len(one.chains),
        age=tongue.stated(one.because, one.stale),
    )
    marks = list(marks_of(tongue, claim))
    marks = [m for m in marks if m != "stale"] + ["stale"] * one.stale + ["disputed"] * bool(one.against)
    marks += ["single origin"] * one.single_origin
    return Line(text=text, address=one.claim, because=(*one.because, *one.against), marks=tuple(marks))


def watch(tongue: Tongue, brief: Brief) -> Section:
    """Licence ends and planned days, the nearest first."""
    return Section(
        key="watch",
        title=tongue.say("section.watch"),
        intro=tongue.say("intro.watch"),
        lines=tuple(watch_line(tongue, w, brief) for w in brief.watch),
        empty=tongue.say("empty.watch"),
    )


def watch_line(tongue: Tongue, one: Watch, brief: Brief) -> Line:
    """One day ahead."""
    words = tongue.words
    day = dates.moment(one.when, words)
    if one.kind == "licence ends":
        text = tongue.say(
            "watch.licence",
            day=day,
            licence=tongue.names(one.what),
            authority=tongue.name(one.authority) if one.authority else "",
        )
        return Line(text=text, address=brief.address("licence", one.what[0]), because=one.because)
    claim = tongue.world.claim(one.because[0])
    text = tongue.say("watch.event", day=day, x=statement(tongue, claim))
    return Line(text=text, address=one.because[0], because=one.because, marks=marks_of(tongue, claim))
