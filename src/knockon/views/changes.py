"""What is different between two worlds, in sentences, each with the claims or the days that made it so?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knockon.analyses.diff import AnswerChange, Change, Diff, Side
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.views import dates, quantities
from knockon.views.line import Line, Tongue
from knockon.world import State

__all__ = ["diff_lines"]


def diff_lines(tongue: Tongue, found: Diff) -> Iterator[Line]:
    """Both worlds, how many claims only one of them sees, and every change with its cause."""
    text = tongue.say(
        "diff.head",
        a=_side(tongue, found.a),
        b=_side(tongue, found.b),
        only_a=len(found.only_a),
        only_b=len(found.only_b),
        n=len(found.changes),
    )
    yield Line(text=text, because=found.because)
    for change in found.changes:
        yield _change(tongue, change)
    for answer in found.answers:
        yield _answer(tongue, answer)


def _side(tongue: Tongue, side: Side) -> str:
    return tongue.say(
        "diff.side",
        on=dates.day(side.on, tongue.words),
        known=dates.day(side.known, tongue.words),
        supposed=side.supposed,
    )


def _change(tongue: Tongue, change: Change) -> Line:
    thing = " — ".join(
        part
        for part in (
            tongue.name(change.subject),
            tongue.words.word("predicate", change.predicate),
            tongue.name(change.object) if change.object else "",
        )
        if part
    )
    before, after = _shown(tongue, change.before), _shown(tongue, change.after)
    cause = tongue.words.word("cause", change.cause)
    if change.before is None or change.after is None:
        shown = {"before": f" ({before})" if before else "", "after": f" ({after})" if after else ""}
        text = tongue.say(f"diff.{change.kind}", thing=thing, cause=cause, **shown)
    elif before != after:
        text = tongue.say("diff.became", thing=thing, before=before, after=after, cause=cause)
    else:
        text = tongue.say("diff.changed", thing=thing, aspect=_aspect(tongue, change.before, change.after), cause=cause)
    marks = ("supposed",) if change.cause == "supposed" else ()
    address = change.because[0] if change.because else ""
    return Line(text=text, address=address, because=change.because, marks=marks)


def _aspect(tongue: Tongue, before: State, after: State) -> str:
    """What changed where the value shown did not: the holder, the bounds, the days, the age, or a dispute."""
    words = tongue.words
    sides: tuple[tuple[str, str, str], ...] = (
        ("holder", tongue.name(before.subject), tongue.name(after.subject)),
        ("bounds", quantities.share(before.low, before.high, words), quantities.share(after.low, after.high, words)),
        ("since", _day(tongue, before.start), _day(tongue, after.start)),
        ("until", _day(tongue, before.end), _day(tongue, after.end)),
        ("holds", words.word("held", before.holds.value), words.word("held", after.holds.value)),
    )
    for key, old, new in sides:
        if old != new:
            return tongue.say(f"diff.{key}", before=old, after=new)
    if before.stale != after.stale:
        return tongue.say("diff.stale" if after.stale else "diff.fresh")
    return tongue.say("diff.disputed" if after.against else "diff.settled")


def _day(tongue: Tongue, moment: Moment | None) -> str:
    return dates.moment(moment, tongue.words) if moment is not None else tongue.say("diff.untold")


def _shown(tongue: Tongue, state: State | None) -> str:
    if state is None or state.value is None:
        return ""
    value: Any = state.value
    return quantities.amount(value, tongue.words) if isinstance(value, Quantity) else tongue.text(value)


def _answer(tongue: Tongue, change: AnswerChange) -> Line:
    text = tongue.say("diff.answer", name=change.answer, gone=len(change.only_a), new=len(change.only_b))
    return Line(text=text, because=change.because)
