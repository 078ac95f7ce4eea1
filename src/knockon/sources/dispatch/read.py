"""What does a Bulgarian dispatch say, on whose word, in which mode? Text in, a ``Reading`` out.

Refuses to assert what is only asked, hedged or conditional, and lists the sentences from which it took nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.sources.dispatch.anaphora import link, our
from knockon.sources.dispatch.clean import Clean, check_language, normalise
from knockon.sources.dispatch.compose import Composer, Part
from knockon.sources.dispatch.dates import dateline_day
from knockon.sources.dispatch.groups import Told
from knockon.sources.dispatch.language import Language, language
from knockon.sources.dispatch.line import tokens
from knockon.sources.dispatch.names import Names
from knockon.sources.dispatch.relations import Gap
from knockon.sources.dispatch.scene import Scene, units
from knockon.sources.dispatch.segment import Span, paragraphs, quotations, sentences
from knockon.sources.dispatch.speakers import backwards, carrier, inherit, voice
from knockon.sources.source import Document, Mention, ReadClaim, Reading, Sentence, Unread, document_id, source_of

__all__ = ["READER", "read"]

READER = "dispatch-bg 1"


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
    said_on = Moment.day(day) if day else Moment(None, read_on or datetime.now(UTC).date())
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
    composer = Composer(
        scene=scene,
        clean=clean,
        original=text,
        main=main,
        outlet=outlet,
        said_on=said_on,
        source=source_of(address, identity),
    )
    claims, gaps = composer.claims(parts, told)
    return Reading(
        document=document,
        sentences=tuple(_sentence(clean, n, p) for n, p in enumerate(parts)),
        claims=tuple(claims),
        unread=tuple(_unread(clean, parts, claims, gaps)),
        names=tuple(_moved(clean, m) for m in scene.mentions),
        new_names=tuple(_new_names(scene, claims, names, said_on, source_of(address, identity), identity)),
        reader=READER,
    )


def _dateline(clean: Clean, given: date | None, tables: Language) -> tuple[date | None, int, str, str]:
    """The day, where the text proper begins, the agency printed in the dateline, and where the day came from."""
    start = len(clean.text) - len(clean.text.lstrip())
    months = "|".join(tables.table["dates"]["months"].split())
    for row in tables.table["dateline"]["patterns"]:
        m = re.compile(row.replace("{month}", months), re.IGNORECASE).match(clean.text, start)
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
    hits = names.match(tokens(agency, 0, len(agency)), {})
    return hits[0].ref.entities[0] if len(hits) == 1 and len(hits[0].ref.entities) == 1 else None


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


def _parts(scene: Scene, clean: Clean, body: int, told: list[Told]) -> list[Part]:
    parts: list[Part] = []
    last: EntityId | None = None
    for number, span in enumerate(paragraphs(clean.text)):
        if span.end <= body:
            continue
        span = Span(start=max(span.start, body), end=span.end)
        speeches = quotations(clean.text, span, scene.language)
        here: list[Part] = []
        for sentence in sentences(clean.text, span, scene.language):
            line = link(scene, units(scene, sentence), told)
            heard = voice(scene, line, speeches, last)
            last = heard.origin if heard.origin and scene.kind(heard.origin) == "person" else last
            here.append(Part(sentence, number, speeches, line, heard))
        said = backwards(scene, [p.voice for p in here], [p.line for p in here])
        for part, heard in zip(here, inherit(said, [(p.span.start, p.span.end) for p in here], speeches), strict=True):
            part.voice = heard
            part.line = our(scene, part.line, heard.origin)
        parts.extend(here)
    return parts


def _sentence(clean: Clean, n: int, part: Part) -> Sentence:
    a, b = clean.span(part.span.start, part.span.end)
    quoted = any(s.whole and s.start <= part.span.start + 1 and part.span.end <= s.end + 2 for s in part.speeches)
    text = clean.text[part.span.start : part.span.end]
    kind = "quoted" if quoted else "plain" if text.rstrip('"')[-1:] in ".!?…" else "item"
    return Sentence(index=n, start=a, end=b, text=text, kind=kind)


def _moved(clean: Clean, m: Mention) -> Mention:
    a, b = clean.span(m.start, m.end)
    return Mention(start=a, end=b, text=m.text, entity=m.entity, how=m.how)


def _unread(
    clean: Clean, parts: Sequence[Part], claims: Sequence[ReadClaim], gaps: Sequence[tuple[int, Gap]]
) -> list[Unread]:
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
    scene: Scene, claims: Sequence[ReadClaim], names: Names, said_on: Moment, source: str, identity: str
) -> list[Claim]:
    """``is_a`` and ``named`` for each entity that a claim uses and the names did not hold."""
    used: set[str] = set()
    for row in claims:
        used |= {row.claim.subject, row.claim.object or "", *row.claim.said_by}
        used |= {part for _, v in row.claim.qualifiers for part in v.split("+")}
    fresh = {**names.minted, **scene.minted}
    out = []
    for entity in sorted(used & set(fresh)):
        kind, name = fresh[EntityId(entity)]
        for word, value, qualifiers in (("is_a", kind, ()), ("named", name, (("lang", "bg"),))):
            out.append(
                Claim(
                    subject=EntityId(entity),
                    predicate=word,
                    value=value,
                    qualifiers=qualifiers,
                    said_by=(EntityId(f"report:{identity}"),),
                    said_on=said_on,
                    source=source,
                )
            )
    return out
