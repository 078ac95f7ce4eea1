"""What is different between two worlds, in sentences, each with the claims or the days that made it so?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knockon.analyses.diff import AnswerChange, Change, Diff, Side
from knockon.model.quantity import Quantity
from knockon.views import dates, quantities
from knockon.views.line import Line, Tongue
from knockon.world import State

__all__ = ["diff_lines"]


def diff_lines(tongue: Tongue, found: Diff) -> Iterator[Line]:
    """Both worlds, how many claims only one of them sees, and every change with its cause."""
    text = tongue.say(
        "diff.head", a=_side(tongue, found.a), b=_side(tongue, found.b), only_a=len(found.only_a), only_b=len(found.only_b), n=len(found.changes)
    )
    yield Line(text=text, because=found.because)
    for change in found.changes:
        yield _change(tongue, change)
    for answer in found.answers:
        yield _answer(tongue, answer)


def _side(tongue: Tongue, side: Side) -> str:
    return tongue.say("diff.side", on=dates.day(side.on, tongue.words), known=dates.day(side.known, tongue.words), supposed=side.supposed)


def _change(tongue: Tongue, change: Change) -> Line:
    thing = " — ".join(
        part
        for part in (tongue.name(change.subject), tongue.words.word("predicate", change.predicate), tongue.name(change.object) if change.object else "")
        if part
    )
    before, after = _shown(tongue, change.before), _shown(tongue, change.after)
    key = "diff.became" if change.kind == "changed" and before != after else f"diff.{change.kind}"
    text = tongue.say(key, thing=thing, before=before, after=after, cause=tongue.words.word("cause", change.cause))
    marks = ("supposed",) if change.cause == "supposed" else ()
    address = change.because[0] if change.because else ""
    return Line(text=text, address=address, because=change.because, marks=marks)


def _shown(tongue: Tongue, state: State | None) -> str:
    if state is None or state.value is None:
        return ""
    value: Any = state.value
    return quantities.amount(value, tongue.words) if isinstance(value, Quantity) else tongue.text(value)


def _answer(tongue: Tongue, change: AnswerChange) -> Line:
    text = tongue.say("diff.answer", name=change.answer, gone=len(change.only_a), new=len(change.only_b))
    return Line(text=text, because=change.because)
