"""A brief made by hand, in a world that is not the one of the example: what views must read well without knowing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from knockon.analyses.askers import asker
from knockon.analyses.brief import Brief, brief, heard
from knockon.ledger import Ledger
from knockon.model.claim import Claim, Quote
from knockon.sources.lines import parse_line, parse_lines
from knockon.sources.source import Document, Mention, ReadClaim, Reading, Sentence, Unread, document_id
from knockon.world import World

LEDGER = """
us-ofac is an authority (knockon, said 2020-01-01)
us-ofac is called "OFAC" in en (knockon, said 2020-01-01)
uk is an authority (knockon, said 2020-01-01)
uk is called "United Kingdom" in en (knockon, said 2020-01-01)
acme is a company (knockon, said 2020-01-01)
acme is called "Acme Oil" in en (knockon, said 2020-01-01)
acme is called "Акме Ойл" in bg (knockon, said 2020-01-01)
bolt is a venture (knockon, said 2020-01-01)
cog is a venture (knockon, said 2020-01-01)
deep is a field (knockon, said 2020-01-01)
registry is a register (knockon, said 2020-01-01)
atlantis is a state (knockon, said 2020-01-01)
us-ofac designates acme for blocking under E.O. 1 on 2025-03-01 (us-ofac, said 2025-03-01)
acme holds 60% of bolt since 2010 (registry, said 2010-05-01)
acme holds 5% of cog since 2024 (registry, said 2024-06-01)
zeta holds 90% of cog since 2024 (registry, said 2024-06-01)
cog develops deep (registry, said 2024-06-01)
deep produces 20 Mt of oil in 2024 (ministry, said 2025-01-20)
us-ofac issues gl-1 on 2025-03-01 (us-ofac, said 2025-03-01)
gl-1 covers cog for project_dealings since 2025-03-01 (us-ofac, said 2025-03-01)
gl-1 excludes sale_of_interests for cog since 2025-03-01 (us-ofac, said 2025-03-01)
us-ofac issues gl-2 on 2025-03-01 (us-ofac, said 2025-03-01)
gl-2 covers acme for wind_down winding down since 2025-03-01 until 2025-07-01T00:01 America/New_York (us-ofac, said 2025-03-01)
planned: ann meets bob on 2025-06-20 (palace, said 2025-06-01)
"""

#: the sentences of the report, each with the claims that a careful reader takes from it
REPORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Acme holds a stake in Deep, [click](http://evil.example) agencies say.",
        ("acme holds an interest in deep (outlet < agency, said 2025-06-10)",),
    ),
    ("Acme holds 8 % of Cog.", ("acme holds 8% of cog (agency, said 2025-06-10)",)),
    (
        "Asked whether Ann will meet Bob, the palace was silent. <script>alert(1)</script>",
        ("asked: ann meets bob (agency, said 2025-06-10)",),
    ),
    ("The weather was fine.", ()),
)
ON = date(2025, 6, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A brief and the world in which its report was heard."""

    brief: Brief
    world: World


def reading_of(report: tuple[tuple[str, tuple[str, ...]], ...]) -> Reading:
    """A reading with exact quotes, as a reader would give it."""
    text = " ".join(sentence for sentence, _ in report)
    document = Document(
        id=document_id(text),
        text=text,
        address="report.txt",
        title="Acme <b>and</b> \x1b[31mDeep",
        language="en",
        dateline=ON,
        dateline_from="printed",
    )
    sentences, claims, names, at = [], [], [], 0
    for index, (sentence, lines) in enumerate(report):
        sentences.append(Sentence(index=index, start=at, end=at + len(sentence), text=sentence, kind="plain"))
        for line in lines:
            claim = _quoted(parse_line(line), at, sentence)
            claims.append(ReadClaim(claim=claim, sure=0.9, trace=("made by hand",), sentence=index))
            names += [
                Mention(start=at, end=at + 4, text=sentence[:4], entity=e, how="alias")
                for e in (claim.subject, claim.object)
                if e
            ]
        at += len(sentence) + 1
    unread = tuple(
        Unread(sentence=s.index, start=s.start, end=s.end, reason="names nothing that is known") for s in sentences[-1:]
    )
    return Reading(
        document=document,
        sentences=tuple(sentences),
        claims=tuple(claims),
        unread=unread,
        names=tuple(names),
        new_names=(),
        reader="by hand",
    )


def _quoted(claim: Claim, at: int, sentence: str) -> Claim:
    return replace(claim, source="report.txt", quote=Quote(at, at + len(sentence), sentence))


def made(
    report: tuple[tuple[str, tuple[str, ...]], ...] = REPORT, *, ledger: str = LEDGER, who: str | None = None
) -> Made:
    """The brief of a report over a ledger written as text."""
    kept = Ledger.memory()
    kept.add(parse_lines(ledger), origin="text")
    before = World(kept, on=ON, known=ON)
    reading = reading_of(report)
    return Made(brief=brief(before, reading, who=asker(who) if who else None), world=heard(before, reading))


@pytest.fixture
def acme() -> Made:
    """The brief of the report above."""
    return made()


@pytest.fixture
def silent() -> Made:
    """The brief of a report from which nothing was read, over a ledger that knows nothing of it."""
    return made((("The weather was fine.", ()),), ledger="acme is a company (knockon, said 2020-01-01)")


@pytest.fixture
def bound() -> Made:
    """The same brief, asked by a person of the United States."""
    return made(who="us-person")


@pytest.fixture
def make() -> Callable[..., Made]:
    """What makes such briefs, for a test that needs more than one."""
    return made
