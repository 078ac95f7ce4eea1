"""What does a Bulgarian dispatch say, on whose word, in which mode? Text in, a ``Reading`` out.

Refuses to assert what is only asked, hedged or conditional, and lists the sentences from which it took nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knockon.model.claim import Claim, Mode, Quote
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.sources.dispatch.anaphora import Told, link, our
from knockon.sources.dispatch.clean import Clean, check_language, normalise
from knockon.sources.dispatch.dates import dateline_day
from knockon.sources.dispatch.language import Language, language
from knockon.sources.dispatch.licences import Licences, marked, settled
from knockon.sources.dispatch.line import Unit
from knockon.sources.dispatch.names import Names
from knockon.sources.dispatch.relations import Found, Gap, relations
from knockon.sources.dispatch.scene import Scene, units
from knockon.sources.dispatch.segment import Span, Speech, paragraphs, quotations, sentences
from knockon.sources.dispatch.speakers import Voice, backwards, carrier, inherit, voice
from knockon.sources.source import Document, Mention, ReadClaim, Reading, Sentence, Unread, document_id

__all__ = ["READER", "read"]

READER = "dispatch-bg 1"
_BAR = 0.5


@dataclass(slots=True)
class _Part:
    """One sentence on its way: its span, paragraph, quotations, line and voice."""

    span: Span
    paragraph: int
    speeches: list[Speech]
    line: list[Unit]
    voice: Voice


def read(
    text: str, *, names: Names, address: str, dateline: date | None = None, read_on: date | None = None
) -> Reading:
    """Read a dispatch with the names it is handed.

    ``dateline`` is used where the text prints none; ``read_on`` (today) bounds the day of publication where neither is known.
    """
    tables = language("bg")
    check_language(text, address)
    clean = normalise(text)
    day, body, agency, how = _dateline(clean, dateline, tables)
    warnings = _warnings(clean, day, how)
    told: list[Told] = []
    scene = _learned(clean, names, tables, day, body)
    parts = _parts(scene, clean, body, told)
    identity = document_id(text)
    outlet = _outlet(names, agency)
    main = carrier([p.voice for p in parts], scene) or outlet or EntityId(f"report:{identity}")
    said_on = Moment.day(day) if day else Moment(None, read_on or date.today())
    document = Document(
        id=identity,
        text=text,
        address=address,
        title=_title(clean, body),
        language=tables.code,
        dateline=day,
        dateline_from=how,
        warnings=warnings,
    )
    maker = _Maker(scene, clean, main, outlet, said_on, address)
    maker.original = text
    claims, gaps = maker.claims(parts, told)
    return Reading(
        document=document,
        sentences=tuple(_sentence(clean, n, p) for n, p in enumerate(parts)),
        claims=tuple(claims),
        unread=tuple(_unread(clean, parts, claims, gaps)),
        names=tuple(_moved(clean, m) for m in scene.mentions),
        new_names=tuple(_new_names(scene, claims, names, said_on, address, identity)),
        reader=READER,
    )


def _dateline(clean: Clean, given: date | None, tables: Language) -> tuple[date | None, int, str, str]:
    """The day, where the text proper begins, the agency printed in the dateline, and where the day came from."""
    start = len(clean.text) - len(clean.text.lstrip())
    months = "|".join(tables.table["dates"]["months"].split())
    for row in tables.table["dateline"]["patterns"]:
        m = re.compile(row.replace("{month}", months), re.I).match(clean.text, start)
        if m is None:
            continue
        parts = m.groupdict()
        day = dateline_day(parts, given, tables)
        if day is None and not parts.get("agency"):
            continue
        return day or given, m.end(), parts.get("agency") or "", "printed" if day else ("given" if given else "")
    return given, start, "", "given" if given else ""


def _warnings(clean: Clean, day: date | None, how: str) -> tuple[str, ...]:
    if day is None:
        return ("no dateline: relative dates are left unresolved; give one with --on",)
    return ()


def _outlet(names: Names, agency: str) -> EntityId | None:
    """The agency that the dateline prints, when its name is known."""
    if not agency:
        return None
    return next((e for e, n in names.called.items() if n.lower() == agency.strip().lower()), None)


def _title(clean: Clean, body: int) -> str:
    """The first line when it is a headline, else the first words."""
    first = clean.text[body:].strip().split("\n", 1)[0].strip()
    return first if len(first) <= 100 and not first.endswith(".") else " ".join(first.split()[:12]) + " …"


def _learned(clean: Clean, names: Names, tables: Language, day: date | None, body: int) -> Scene:
    """A first pass over the text: full names, offices and lists, so that the order of paragraphs does not decide."""
    first = Scene(names=names, language=tables, text=clean.text, anchor=day)
    for span in paragraphs(clean.text):
        if span.end <= body:
            continue
        span = Span(start=max(span.start, body), end=span.end)
        for sentence in sentences(clean.text, span, tables):
            link(first, units(first, sentence), [])
    return Scene(
        names=names,
        language=tables,
        text=clean.text,
        anchor=day,
        surnames=dict(first.surnames),
        offices=list(dict.fromkeys(first.offices)),
        groups=[(at + 10_000_000, r) for at, r in first.groups],
        minted=dict(first.minted),
    )


def _parts(scene: Scene, clean: Clean, body: int, told: list[Told]) -> list[_Part]:
    parts: list[_Part] = []
    last: EntityId | None = None
    for number, span in enumerate(paragraphs(clean.text)):
        if span.end <= body:
            continue
        span = Span(start=max(span.start, body), end=span.end)
        speeches = quotations(clean.text, span, scene.language)
        here: list[_Part] = []
        for sentence in sentences(clean.text, span, scene.language):
            line = link(scene, units(scene, sentence), told)
            heard = voice(scene, line, speeches, last)
            last = heard.origin if heard.origin and scene.kind(heard.origin) == "person" else last
            here.append(_Part(sentence, number, speeches, line, heard))
        said = backwards(scene, [p.voice for p in here], [p.line for p in here])
        for part, heard in zip(here, inherit(said, [(p.span.start, p.span.end) for p in here], speeches), strict=True):
            part.voice = heard
            part.line = our(scene, part.line, heard.origin)
        parts.extend(here)
    return parts


class _Maker:
    """Turns what frames found into claims of one document."""

    def __init__(self, scene: Scene, clean: Clean, main: EntityId, outlet: EntityId | None, said_on: Moment, address: str) -> None:
        self.scene, self.clean, self.main, self.outlet = scene, clean, main, outlet
        self.said_on, self.address = said_on, address

    def claims(self, parts: Sequence[_Part], told: Sequence[Told]) -> tuple[list[ReadClaim], list[tuple[int, Gap]]]:
        made: list[ReadClaim] = []
        gaps: list[tuple[int, Gap]] = []
        licences = Licences.of(self.scene, [p.line for p in parts])
        for number, part in enumerate(parts):
            part.line = marked(self.scene, part.line, licences)
            missed: list[Gap] = []
            for found in relations(self.scene, part.line, part.voice, licences.current, missed):
                made.append(self._claim(found, part, number))
                made.extend(self._also_issued(found, part, number))
            made.extend(self._described(part, number, told))
            made.extend(self._spoken(part, number))
            gaps.extend((number, g) for g in missed)
        return _distinct(settled(made, licences, {p.voice.origin for p in parts if p.voice.origin}, self.scene)), gaps

    def _also_issued(self, found: Found, part: _Part, number: int) -> list[ReadClaim]:
        """A list of numbered licences after one verb: each of them is issued."""
        if found.predicate != "issues":
            return []
        others = {e for u in part.line if u.ref and "licence" in u.ref.tags and u.start >= found.start for e in u.ref.entities}
        return [self._claim(replace(found, object=o), part, number) for o in sorted(others - {str(found.object)})]

    def _described(self, part: _Part, number: int, told: Sequence[Told]) -> list[ReadClaim]:
        """ "the oil-refining company Lukoil": what kind of company the text calls it."""
        out = []
        table = self.scene.language.table["company_kinds"]
        for t in told:
            if not part.span.start <= t.start < part.span.end:
                continue
            kind = next((table[k] for w in t.words.split() for k in sorted(table, key=len, reverse=True) if w.startswith(k)), "")
            for entity in t.entities if kind else ():
                if self.scene.kind(entity) != "company":
                    continue
                claim = self._built(
                    part, entity, "is_kind_of_company", None, kind, (), None, None, Mode.STATED, "affirmed", t.start, t.end
                )
                out.append(ReadClaim(claim=claim, sure=0.8, trace=("description beside the name",), sentence=number))
        return out

    def _spoken(self, part: _Part, number: int) -> list[ReadClaim]:
        """The direct words of a speaker, sentence by sentence: that they were said, not that they are so."""
        speech = next((s for s in part.speeches if s.whole and s.start < part.span.end and part.span.start < s.end), None)
        if speech is None or part.voice.origin is None:
            return []
        a, b = max(speech.start, part.span.start), min(speech.end, part.span.end)
        words = re.sub(r"\s+", " ", self.clean.text[a:b]).strip(' "')
        if len(words) < 12:
            return []
        qualifiers = (("direct", "yes"),)
        claim = self._built(part, part.voice.origin, "says", None, words[:400], qualifiers, None, None, Mode.STATED, "affirmed", a, b)
        return [ReadClaim(claim=claim, sure=0.9, trace=("direct quotation", f"speaker: {part.voice.cue}"), sentence=number)]

    def _claim(self, found: Found, part: _Part, number: int) -> ReadClaim:
        claim = self._built(
            part,
            found.subject,
            found.predicate,
            found.object,
            found.value,
            found.qualifiers,
            found.term.start,
            found.term.end,
            found.mode,
            found.polarity.value,
            found.start,
            found.end,
        )
        who = f"speaker: {part.voice.cue}" if part.voice.cue else "speaker: the report's voice"
        return ReadClaim(claim=claim, sure=found.sure, trace=(*found.trace, who), sentence=number)

    def _built(  # noqa: PLR0913, PLR0917 - one argument a field of the claim
        self, part: _Part, subject, predicate, obj, value, qualifiers, start, end, mode, polarity, first, last  # type: ignore[no-untyped-def]
    ) -> Claim:
        from knockon.model.claim import Polarity

        heard = part.voice if mode is not Mode.ASKED else Voice()
        chain = heard.chain(self.main)
        if self.outlet and self.outlet not in chain:
            chain = (self.outlet, *chain)
        a, b = self.clean.span(first, last)
        original = self.clean_text(a, b)
        return Claim(
            subject=subject,
            predicate=predicate,
            object=obj,
            value=value,
            qualifiers=qualifiers,
            start=start,
            end=end,
            mode=mode,
            polarity=Polarity(polarity),
            said_by=chain,
            said_on=self.said_on,
            source=self.address,
            quote=Quote(a, b, original),
        )

    def clean_text(self, a: int, b: int) -> str:
        return self.original[a:b]

    original: str = ""


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
    told = lambda c: {(k, str(v)) for k, v in (("start", c.start), ("end", c.end), ("value", c.value), *c.qualifiers) if v}  # noqa: E731
    return told(a) < told(b)


def _sentence(clean: Clean, n: int, part: _Part) -> Sentence:
    a, b = clean.span(part.span.start, part.span.end)
    quoted = any(s.whole and s.start <= part.span.start + 1 and part.span.end <= s.end + 2 for s in part.speeches)
    text = clean.text[part.span.start : part.span.end]
    kind = "quoted" if quoted else "plain" if text.rstrip('"')[-1:] in ".!?…" else "item"
    return Sentence(index=n, start=a, end=b, text=text, kind=kind)


def _moved(clean: Clean, m: Mention) -> Mention:
    a, b = clean.span(m.start, m.end)
    return Mention(start=a, end=b, text=m.text, entity=m.entity, how=m.how)


def _unread(clean: Clean, parts: Sequence[_Part], claims: Sequence[ReadClaim], gaps: Sequence[tuple[int, Gap]]) -> list[Unread]:
    out = []
    read_ones = {c.sentence for c in claims}
    for number, gap in gaps:
        a, b = clean.span(gap.start, gap.end)
        out.append(Unread(sentence=number, start=a, end=b, reason=gap.reason))
    for number, part in enumerate(parts):
        if number not in read_ones:
            a, b = clean.span(part.span.start, part.span.end)
            reason = "no frame of the table fits" if any(u.ref for u in part.line) else "names nothing that is known"
            out.append(Unread(sentence=number, start=a, end=b, reason=reason))
    return sorted(out, key=lambda u: (u.sentence, u.start))


def _new_names(
    scene: Scene, claims: Sequence[ReadClaim], names: Names, said_on: Moment, address: str, identity: str
) -> list[Claim]:
    """``is_a`` and ``named`` for each entity that a claim uses and the names did not hold."""
    used: set[str] = set()
    for row in claims:
        used |= {row.claim.subject, row.claim.object or "", *row.claim.said_by}
        used |= {part for _, v in row.claim.qualifiers for part in v.split("+")}
    fresh = {**{e: m for e, m in names.minted.items()}, **scene.minted}
    out = []
    for entity in sorted(used & set(fresh)):
        kind, name = fresh[EntityId(entity)]
        common = {"said_by": (EntityId(f"report:{identity}"),), "said_on": said_on, "source": address}
        out.append(Claim(subject=EntityId(entity), predicate="is_a", value=kind, **common))  # type: ignore[arg-type]
        out.append(Claim(subject=EntityId(entity), predicate="named", value=name, qualifiers=(("lang", "bg"),), **common))  # type: ignore[arg-type]
    return out
