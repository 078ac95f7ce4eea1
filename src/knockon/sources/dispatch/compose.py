"""How do found relations become claims of one document? Adds speakers, day, source and passage; drops doubles.

Refuses claims below the bar of sureness, and of two claims of one sentence keeps the one that says more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knockon.errors import BadClaim
from knockon.model.claim import Claim, Mode, Polarity, Quote
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.model.vocabulary import check
from knockon.sources.dispatch.adjuncts import Term
from knockon.sources.dispatch.clean import Clean
from knockon.sources.dispatch.groups import Told
from knockon.sources.dispatch.licences import Licences, marked, settled
from knockon.sources.dispatch.line import Unit
from knockon.sources.dispatch.relations import Found, Gap, relations
from knockon.sources.dispatch.scene import Scene
from knockon.sources.dispatch.segment import Span, Speech
from knockon.sources.dispatch.speakers import Voice
from knockon.sources.source import ReadClaim

__all__ = ["Composer", "Part"]

_BAR = 0.5


@dataclass(slots=True)
class Part:
    """One sentence on its way: its span, paragraph, quotations, line and voice."""

    span: Span
    paragraph: int
    speeches: list[Speech]
    line: list[Unit]
    voice: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Turns what frames found into claims of one document."""

    scene: Scene
    clean: Clean
    original: str
    main: EntityId
    outlet: EntityId | None
    said_on: Moment
    source: str

    def claims(self, parts: Sequence[Part], told: Sequence[Told]) -> tuple[list[ReadClaim], list[tuple[int, Gap]]]:
        made: list[ReadClaim] = []
        gaps: list[tuple[int, Gap]] = []
        licences = Licences.of(self.scene, [p.line for p in parts])
        for number, part in enumerate(parts):
            part.line = marked(self.scene, part.line, licences)
            missed: list[Gap] = []
            found = list(relations(self.scene, part.line, part.voice, licences.current, missed))
            also = [more for f in found for more in _also_issued(f, part)]
            for row in [*found, *also, *self._described(part, told), *self._spoken(part)]:
                try:
                    made.append(self._claim(row, part, number))
                except BadClaim as fault:
                    missed.append(Gap(row.start, row.end, f"{row.trace[0]}: {fault.problem}"))
            gaps.extend((number, g) for g in missed)
        return _distinct(settled(made, licences, {p.voice.origin for p in parts if p.voice.origin}, self.scene)), gaps

    def _described(self, part: Part, told: Sequence[Told]) -> list[Found]:
        """ "the oil-refining company Lukoil": what kind of company the text calls it."""
        out = []
        table = self.scene.language.table["company_kinds"]
        longest = sorted(table, key=len, reverse=True)
        for t in told:
            if not part.span.start <= t.start < part.span.end:
                continue
            kind = next((table[k] for w in t.words.split() for k in longest if w.startswith(k)), "")
            for entity in t.entities if kind else ():
                if self.scene.kind(entity) == "company":
                    found = _plain(
                        entity, "is_kind_of_company", kind, (), t.start, t.end, "description beside the name", 0.8
                    )
                    out.append(found)
        return out

    def _spoken(self, part: Part) -> list[Found]:
        """The direct words of a speaker, sentence by sentence: that they were said, not that they are so."""
        inside = (s for s in part.speeches if s.whole and s.start < part.span.end and part.span.start < s.end)
        speech = next(inside, None)
        if speech is None or part.voice.origin is None:
            return []
        a, b = max(speech.start, part.span.start), min(speech.end, part.span.end)
        words = re.sub(r"\s+", " ", self.clean.text[a:b]).strip(' "')
        if len(words) < 12:
            return []
        found = _plain(part.voice.origin, "says", words[:400], (("direct", "yes"),), a, b, "direct quotation", 0.9)
        return [found]

    def _claim(self, found: Found, part: Part, number: int) -> ReadClaim:
        heard = part.voice if found.mode is not Mode.ASKED else Voice()
        chain = heard.chain(self.main, found.start if found.predicate != "says" else -1)
        if self.outlet and self.outlet not in chain:
            chain = (self.outlet, *chain)
        a, b = self.clean.span(found.start, found.end)
        claim = Claim(
            subject=found.subject,
            predicate=found.predicate,
            object=found.object,
            value=found.value,
            qualifiers=found.qualifiers,
            start=found.term.start,
            end=found.term.end,
            mode=found.mode,
            polarity=found.polarity,
            said_by=chain,
            said_on=self.said_on,
            source=self.source,
            quote=Quote(a, b, self.original[a:b]),
        )
        check(claim)
        who = f"speaker: {heard.cue}" if heard.cue else "speaker: the report's voice"
        return ReadClaim(claim=claim, sure=found.sure, trace=(*found.trace, who), sentence=number)


def _also_issued(found: Found, part: Part) -> list[Found]:
    """A list of numbered licences after one verb: each of them is issued."""
    if found.predicate != "issues":
        return []
    others = {
        e for u in part.line if u.ref and "licence" in u.ref.tags and u.start >= found.start for e in u.ref.entities
    }
    return [replace(found, object=o) for o in sorted(others - {str(found.object)})]


def _plain(
    subject: EntityId,
    word: str,
    value: str,
    qualifiers: tuple[tuple[str, str], ...],
    start: int,
    end: int,
    why: str,
    sure: float,
) -> Found:
    """A stated claim without object and term."""
    return Found(
        subject=subject,
        predicate=word,
        object=None,
        value=value,
        qualifiers=qualifiers,
        term=Term(),
        mode=Mode.STATED,
        polarity=Polarity.AFFIRMED,
        start=start,
        end=end,
        sure=sure,
        trace=(why,),
    )


def _distinct(made: Sequence[ReadClaim]) -> list[ReadClaim]:
    """One claim for one content: of two with the same fields but the passage the surer stays; a vaguer one of a sentence goes."""
    best: dict[str, ReadClaim] = {}
    for row in made:
        key = str({k: v for k, v in row.claim.to_dict().items() if k != "quote"})
        if key not in best or row.sure > best[key].sure:
            best[key] = row
    rows = sorted(best.values(), key=lambda r: (r.sentence, r.claim.quote.start if r.claim.quote else 0))
    return [r for r in rows if r.sure >= _BAR and not any(_vaguer(r, o) for o in rows)]


def _vaguer(row: ReadClaim, other: ReadClaim) -> bool:
    a, b = row.claim, other.claim
    if row is other or row.sentence != other.sentence:
        return False
    if (a.subject, a.predicate, a.object, a.mode, a.said_by) != (b.subject, b.predicate, b.object, b.mode, b.said_by):
        return False
    return _details(a) < _details(b)


def _details(c: Claim) -> set[tuple[str, str]]:
    return {(k, str(v)) for k, v in (("start", c.start), ("end", c.end), ("value", c.value), *c.qualifiers) if v}
