"""Which lines, in which order, make an answer readable? The sections of a brief, and the lines of any single answer.

Refuses to compute and to leave a section out: an empty one says what was searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from knockon.analyses.address import Address
from knockon.analyses.agenda import Agenda
from knockon.analyses.askers import Asker
from knockon.analyses.brief import Brief
from knockon.analyses.corroboration import Corroboration
from knockon.analyses.diff import Diff
from knockon.analyses.exposure import Exposure
from knockon.analyses.licences import Coverage, Licence
from knockon.analyses.ownership import LookThrough, Ownership
from knockon.analyses.positions import Position
from knockon.analyses.projects import Project
from knockon.analyses.routes import Routes
from knockon.analyses.status import Effect
from knockon.analyses.ties import Ties
from knockon.analyses.warnings import Warned
from knockon.model.claim import Claim
from knockon.views import assets, effects, evidence, flows, law, licensed, owners, politics, said, ways
from knockon.views.changes import diff_lines
from knockon.views.line import Line, Section, Tongue, tongue
from knockon.views.short import in_short
from knockon.views.statement import marks_of, sentence
from knockon.world import World

__all__ = ["Line", "Section", "in_short", "lines_of", "sections"]

#: the order of a brief
_SECTIONS: tuple[Callable[[Tongue, Brief], Section], ...] = (
    said.said,
    law.designated,
    law.reached,
    assets.exposure,
    licensed.licences,
    flows.projects,
    ways.routes,
    politics.ties,
    politics.positions,
    politics.agenda,
    said.disputed,
    evidence.corroboration,
    evidence.watch,
)


def sections(brief: Brief, world: World, lang: str = "en") -> tuple[Section, ...]:
    """The sections of a brief in reading order; ``world`` is the one in which the report has been heard."""
    told = tongue(world, lang)
    return tuple(make(told, brief) for make in _SECTIONS)


def lines_of(answer: Any, world: World, lang: str = "en", who: Asker | None = None) -> tuple[Line, ...]:
    """The lines of a single answer, or of several in a tuple; with ``who``, verdicts say whether they bind that asker.

    >>> from knockon.testing import world
    >>> from knockon.analyses.status import status
    >>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
    >>> [line.text for line in lines_of(status(w, "acme"), w)][0]
    'acme: designated by us-ofac (blocking), since 1 May 2024.'
    """
    told = tongue(world, lang)
    if answer is None or answer == ():
        return (Line(text=told.say("answer.nothing")),)
    if isinstance(answer, tuple):
        return tuple(line for one in answer for line in _lines(told, one, who))
    return tuple(_lines(told, answer, who))


def _lines(told: Tongue, answer: Any, who: Asker | None) -> Iterator[Line]:  # noqa: C901 - a table of the kinds of answers
    def at(question: str, *parts: str) -> str:
        return str(Address(question, parts, told.world.on, told.world.known))

    match answer:
        case Effect():
            yield from effects.effect_lines(told, answer, at("status", answer.authority, answer.entity), who=who)
        case Warned():
            yield effects.warned_line(told, answer)
        case Ownership():
            yield from owners.ownership_lines(told, answer, at("ownership", answer.asset))
        case LookThrough():
            yield owners.look_through_line(told, answer, at("ownership", answer.asset))
        case Licence():
            yield from licensed.licence_lines(told, answer, at("licence", answer.licence))
        case Coverage():
            yield licensed.coverage_line(
                told, [answer], at("coverage", answer.authority, answer.target, answer.activity)
            )
        case Exposure():
            yield from assets.exposure_lines(told, answer, at("exposure", answer.asset))
        case Project():
            yield from flows.project_lines(told, answer, at("project", answer.project))
        case Routes():
            yield from ways.route_lines(told, answer, at("route", answer.state, answer.commodity))
        case Ties():
            yield from politics.tie_lines(told, answer, lambda partner: at("tie", answer.state, partner))
        case Position():
            yield politics.position_line(told, answer)
        case Agenda():
            yield from politics.agenda_lines(told, answer)
        case Corroboration():
            yield from evidence.corroboration_lines(told, answer)
        case Diff():
            yield from diff_lines(told, answer)
        case Claim():
            yield Line(
                text=sentence(told, answer), address=answer.id, because=(answer.id,), marks=marks_of(told, answer)
            )
        case _:
            raise TypeError(f"no lines are made for {type(answer).__name__}")
