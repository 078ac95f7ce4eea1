"""What does the report say, on whose word, in which mode, and where does the ledger say otherwise?

Refuses to take sides: what conflicts stands with the sources of both.
"""

from __future__ import annotations

from collections.abc import Iterator

from knockon.analyses.brief import Brief, Said
from knockon.analyses.disputes import Dispute
from knockon.views import dates
from knockon.views.line import Line, Section, Tongue
from knockon.views.statement import marks_of, sentence, statement

__all__ = ["dispute_line", "disputed", "said", "said_line"]

#: below this the reader is not sure, and the line says so
_SURE = 0.7


def said(tongue: Tongue, brief: Brief) -> Section:
    """Every claim of the report in the order of its sentences."""
    document = brief.reading.document
    silent = sum(1 for s in brief.sentences if not s.claims)
    fields = {"title": document.title, "claims": len(brief.said), "sentences": len(brief.sentences), "silent": silent}
    if document.dateline is None:
        intro = tongue.say("intro.said_undated", **fields)
    else:
        intro = tongue.say("intro.said", day=dates.day(document.dateline, tongue.words), **fields)
    return Section(
        key="said",
        title=tongue.say("section.said"),
        intro=intro,
        lines=tuple(said_line(tongue, one) for one in sorted(brief.said, key=lambda s: (s.sentence, s.claim.id))),
        empty=tongue.say("empty.said", sentences=len(brief.sentences)),
    )


def said_line(tongue: Tongue, one: Said) -> Line:
    """One claim of the report, and how it stands beside the ledger."""
    marks = list(marks_of(tongue, one.claim))
    if one.standing.word not in marks and not (one.standing.word == "pending" and marks):
        marks.append(one.standing.word)
    if one.sure < _SURE:
        marks.append("unsure")
    return Line(
        text=sentence(tongue, one.claim),
        address=one.claim.id,
        because=(one.claim.id, *one.standing.because),
        marks=tuple(marks),
    )


def disputed(tongue: Tongue, brief: Brief) -> Section:
    """Each disagreement: the report's statement, what the ledger has instead, and the claims on that side."""
    return Section(
        key="disputed",
        title=tongue.say("section.disputed"),
        intro=tongue.say("intro.disputed"),
        lines=tuple(line for one in brief.disputed for line in dispute_lines(tongue, one)),
        empty=tongue.say("empty.disputed"),
    )


def dispute_line(tongue: Tongue, one: Dispute) -> Line:
    """What conflicts, in one sentence."""
    claim = tongue.world.claim(one.said)
    fields = {
        "subject": tongue.name(one.subject),
        "object": tongue.name(one.object) if one.object else "",
        "said": statement(tongue, claim),
        "who": tongue.source(claim),
        "known": tongue.names(one.known) or tongue.say("dispute.nothing"),
        "sources": tongue.sources(one.against),
    }
    key = f"dispute.{one.kind.replace(' ', '_')}"
    text = tongue.say(key if tongue.words.has("dispute", one.kind.replace(" ", "_")) else "dispute.other", **fields)
    return Line(text=text, address=one.said, because=(one.said, *one.against), marks=("disputed",))


def dispute_lines(tongue: Tongue, one: Dispute) -> Iterator[Line]:
    """The conflict and, below it, what the other side says."""
    yield dispute_line(tongue, one)
    for known in one.against:
        claim = tongue.world.claim(known)
        yield Line(
            text=tongue.say(
                "dispute.against",
                x=statement(tongue, claim),
                who=tongue.source(claim),
                day=dates.moment(claim.said_on, tongue.words),
            ),
            address=known,
            because=(known,),
            marks=marks_of(tongue, claim),
            level=1,
        )
