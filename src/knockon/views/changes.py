"""What is different between two worlds, in sentences, each with the claims or the days that made it so?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knockon.analyses.diff import AnswerChange, Change, Diff, Side, Turn
from knockon.analyses.standing import NOTHING
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.views import dates, quantities
from knockon.views.line import Line, Tongue
from knockon.views.statement import marks_of, statement
from knockon.world import State

__all__ = ["diff_lines"]


def diff_lines(tongue: Tongue, found: Diff) -> Iterator[Line]:
    """Both worlds, how many claims only one of them sees, every answer that turned and every changed state, with its cause."""
    text = tongue.say(
        "diff.head",
        a=_side(tongue, found.a),
        b=_side(tongue, found.b),
        only_a=len(found.only_a),
        only_b=len(found.only_b),
        turns=len(found.turns),
        n=len(found.changes),
    )
    yield Line(text=text, because=found.because)
    for turn in found.turns:
        yield from _turn(tongue, turn)
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


#: so many of the claims behind a turn stand under it; its ids, ``--json`` and ``knockon why`` give all
_SHOWN = 2


def _turn(tongue: Tongue, turn: Turn) -> Iterator[Line]:
    words = tongue.words
    cause = (
        words.say(
            "cause.rule",
            before=turn.rule_before or tongue.say("diff.untold"),
            after=turn.rule or tongue.say("diff.untold"),
        )
        if turn.cause == "rule"
        else words.word("cause", turn.cause)
    )
    table = {"status": "measure", "coverage": "activity"}.get(turn.question)
    detail = words.word(table, turn.detail) if table else tongue.name(turn.detail) if turn.detail else ""
    text = tongue.say(
        f"diff.turned_{turn.question}",
        **_needed(
            turn.question,
            thing=tongue.name(turn.thing),
            authority=tongue.name(turn.authority),
            detail=detail,
            before=_stands(tongue, turn, turn.before),
            after=_stands(tongue, turn, turn.after),
            day=tongue.say("diff.day", x=dates.day(turn.on, words)) if turn.on else "",
            cause=cause,
        ),
    )
    claims = [tongue.world.claim(i) for i in turn.because]
    supposed = turn.cause == "supposed"
    address = turn.because[0] if turn.because else ""
    yield Line(text=text, address=address, because=turn.because, marks=("supposed",) if supposed else ())
    if turn.question == "status":
        for claim in claims[:_SHOWN]:
            yield Line(
                text=f"{statement(tongue, claim)} — {tongue.source(claim)}",
                address=claim.id,
                because=(claim.id,),
                marks=marks_of(tongue, claim),
                level=1,
            )


def _needed(question: str, **fields: str) -> dict[str, str]:
    """A licence's line has no place for whom it is about."""
    return {k: v for k, v in fields.items() if question != "licence" or k not in ("authority", "detail")}


def _stands(tongue: Tongue, turn: Turn, word: str) -> str:
    """The word of an answer in the table of its question; a share stands as it is."""
    if turn.question == "status":
        return tongue.listed(tongue.words.word("status", part) for part in word.split(" and "))
    if word == NOTHING:
        return tongue.say("diff.untold" if turn.question == "licence" else "diff.untouched")
    table = {"licence": "state", "coverage": "verdict"}.get(turn.question)
    return tongue.words.word(table, word) if table else word


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
