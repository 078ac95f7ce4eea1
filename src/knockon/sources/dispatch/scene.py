"""What does a document hold, sentence by sentence, once names, dates and amounts are marked? Lines of units, with a memory.

The memory is what anaphora needs: who was named, who holds which office, which firms and persons were named together.
Refuses to link what two candidates could be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knockon.model.ids import EntityId
from knockon.sources.dispatch.amounts import amounts
from knockon.sources.dispatch.dates import dates
from knockon.sources.dispatch.language import Language
from knockon.sources.dispatch.line import Ref, Token, Unit, ref_unit, tags_of, tokens
from knockon.sources.dispatch.names import Names
from knockon.sources.dispatch.romanise import slug_of
from knockon.sources.dispatch.segment import Span
from knockon.sources.source import Mention

__all__ = ["Scene", "units"]


@dataclass(slots=True)
class Scene:
    """The memory of one reading; it grows as sentences are read."""

    names: Names
    language: Language
    text: str
    anchor: date | None
    surnames: dict[str, frozenset[EntityId]] = field(default_factory=dict)
    minted: dict[EntityId, tuple[str, str]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    offices: list[tuple[EntityId, str, EntityId]] = field(default_factory=list)
    groups: list[tuple[int, Ref]] = field(default_factory=list)
    singles: list[tuple[int, Ref]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def mint(self, entity: EntityId, kind: str, name: str) -> Ref:
        """A reference to an entity that the names do not hold yet."""
        if entity not in self.names.kinds and entity not in self.minted:
            self.minted[entity] = (kind, name)
        known = self.kind(entity)
        return Ref(entities=(entity,), tags=tags_of(known), how="form", names=(name,))

    def kind(self, entity: EntityId) -> str:
        """The type of an entity, known or minted."""
        return self.names.kinds.get(entity) or self.minted.get(entity, ("", ""))[0]

    def remember(self, unit: Unit) -> None:
        """Keep a reference for later sentences."""
        ref = unit.ref
        if ref is None or not ref.entities or "adj" in ref.tags or "institution" in ref.tags:
            return
        (self.groups if len(ref.entities) > 1 else self.singles).append((unit.start, ref))


def units(scene: Scene, span: Span) -> list[Unit]:
    """The line of one sentence: names, then dates and amounts, then plain words; known names win over numbers."""
    found = tokens(scene.text, span.start, span.end)
    marked: list[Unit] = []
    for when in dates(scene.text, span.start, span.end, scene.anchor, scene.language):
        marked.append(Unit(start=when.start, end=when.end, code=f"${when.role}/", when=when))
    for amount in amounts(scene.text, span.start, span.end, scene.language):
        if _free(marked, amount.start, amount.end):
            code = f"#{amount.dimension}/"
            marked.append(Unit(start=amount.start, end=amount.end, code=code, amount=amount.quantity))
    for made in [
        *_numbered(scene, span),
        *_licences(scene, span),
        *_named(scene, found),
        *_unknown(scene, found, span),
    ]:
        clash = [m for m in marked if m.start < made.end and made.start < m.end]
        if not clash:
            marked.append(made)
        elif all(m.ref is None for m in clash) and made.end - made.start > max(m.end - m.start for m in clash):
            marked = [m for m in marked if m not in clash] + [made]
    for unit in marked:
        if unit.ref is not None:
            _mention(scene, unit)
    listed = "\n" in scene.text[span.start : span.end]
    words = [
        _word(t, listed) for n, t in enumerate(found) if _free(marked, t.start, t.end) and not _dot(scene, found, n)
    ]
    return _tidied(scene, sorted(words + marked, key=lambda u: u.start))


def _free(marked: Sequence[Unit], start: int, end: int) -> bool:
    return all(end <= u.start or start >= u.end for u in marked)


def _dot(scene: Scene, found: Sequence[Token], at: int) -> bool:
    """A full stop that belongs to an abbreviation."""
    return (
        found[at].text == "."
        and 0 < at < len(found) - 1
        and found[at - 1].lower.rstrip(".") in scene.language.abbreviations
    )


def _word(token: Token, listed: bool = False) -> Unit:
    if listed and token.text == ";":
        return Unit(start=token.start, end=token.end, code=",")
    code = token.lower if token.text[0].isalnum() else token.text
    return Unit(start=token.start, end=token.end, code=re.sub(r"[\s/@#$]", "_", code) or "_")


def _mention(scene: Scene, unit: Unit) -> None:
    ref = unit.ref
    if ref is None or "institution" in ref.tags:
        return
    entity = ref.entities[0] if len(ref.entities) == 1 else None
    scene.mentions.append(
        Mention(start=unit.start, end=unit.end, text=scene.text[unit.start : unit.end], entity=entity, how=ref.how)
    )


def _named(scene: Scene, found: Sequence[Token]) -> list[Unit]:
    out = []
    for hit in scene.names.match(found, scene.surnames):
        first, last = found[hit.first], found[hit.last - 1]
        ref = hit.ref
        if "untyped" in ref.tags and ref.entities[0] in scene.minted:
            ref = replace(ref, tags=tags_of(scene.kind(ref.entities[0])))
        out.append(ref_unit(first.start, last.end, ref))
    return out


def _licences(scene: Scene, span: Span) -> list[Unit]:
    """Licence numbers: "No 124B" of the US office, or INT/2025/7895596 of the British one."""
    rows = scene.language.table["licences"]
    out = []
    for m in re.finditer(rows["number"], scene.text[span.start : span.end], re.IGNORECASE):
        printed = m["int"] or m["gl"] or m["gl2"]
        if m["int"]:
            entity = EntityId("uk-" + printed.lower().replace("/", "-"))
        else:
            entity = EntityId(f"us-gl-{printed.lower().translate(str.maketrans('авс', 'abc'))}")
        ref = scene.mint(entity, "licence", m[0].strip())
        out.append(ref_unit(span.start + m.start(), span.start + m.end(), ref))
    return out


def _numbered(scene: Scene, span: Span) -> list[Unit]:
    """Names that carry a number, such as the packages of the EU."""
    out = []
    for row in scene.language.table["names"]["numbered"]:
        for m in re.finditer(row["pattern"], scene.text[span.start : span.end], re.IGNORECASE):
            ref = scene.mint(EntityId(row["id"].format(*m.groups())), row["type"], m[0])
            out.append(ref_unit(span.start + m.start(), span.start + m.end(), ref))
    return out


def _unknown(scene: Scene, found: Sequence[Token], span: Span) -> list[Unit]:
    """Names by form: quoted capitalised words, and runs of capitalised words that do not begin the sentence."""
    taken = {i for hit in scene.names.match(found, scene.surnames) for i in range(hit.first, hit.last)}
    out: list[Unit] = []
    at = 0
    while at < len(found):
        last = at
        while last < len(found) and last not in taken and _is_name_word(scene, found, last, at):
            last += 1
        quoted = (
            at > 0
            and last < len(found)
            and found[at - 1].text == found[last].text == '"'
            and found[at - 1].end == found[at].start
            and found[last - 1].end == found[last].start
        )
        if not quoted:
            while last > at and not found[last - 1].text[0].isupper():
                last -= 1
        if last > at and (quoted or _sure_name(scene, found, at, last)):
            name = scene.text[found[at].start : found[last - 1].end]
            entity = slug_of(name)
            if entity is not None and len(entity) > 1:
                if entity in scene.minted and "many" not in scene.minted[entity]:
                    known = scene.mint(entity, scene.minted[entity][0], name)
                    out.append(ref_unit(found[at].start, found[last - 1].end, known))
                    at = max(last, at + 1)
                    continue
                if entity in scene.names.kinds and re.match(r"[A-Z]", name):
                    out.append(ref_unit(found[at].start, found[last - 1].end, scene.names.ref(entity, "form")))
                    at = max(last, at + 1)
                    continue
                tags = frozenset({"unknown", "any"}) | ({"quoted"} if quoted else frozenset())
                if re.fullmatch(r"[А-Я][\w-]+ [А-Я][\w-]+(?: [А-Я][\w-]+)?", name) and not quoted:
                    tags |= {"two"}
                out.append(
                    ref_unit(
                        found[at].start,
                        found[last - 1].end,
                        Ref(entities=(entity,), tags=tags, how="form", names=(name,)),
                    )
                )
        at = max(last, at + 1)
    return out


def _is_name_word(scene: Scene, found: Sequence[Token], at: int, first: int) -> bool:
    token = found[at]
    if token.text[:1].isupper():
        return (
            not (at == first and at == 0)
            or (token.text.isupper() and len(token.text) > 1)
            or bool(re.match(r"[A-Z]", token.text))
        )
    inside = first > 0 and found[first - 1].text == '"'
    return at > first and (bool(re.match(r"\d", token.text)) or (inside and token.text[0].isalnum() and at - first < 4))


def _sure_name(scene: Scene, found: Sequence[Token], first: int, last: int) -> bool:
    words = [t.text for t in found[first:last]]
    if first == 0 or found[first - 1].text in '".:!?':
        return all(re.match(r"[A-Z]", w) or w.isupper() for w in words) or (
            last - first >= 2 and found[first].lower not in scene.language.table["names"]["prepositions"].split()
        )
    return found[first - 1].text != "-" or last - first >= 2 or (words[0].isupper() and len(words[0]) > 1)


def _tidied(scene: Scene, line: list[Unit]) -> list[Unit]:
    """Quotation marks around a name and company forms beside it become part of the name."""
    forms = set(scene.language.table["names"]["company_forms"].split())
    out: list[Unit] = []
    for unit in line:
        text = scene.text[unit.start : unit.end]
        last = out[-1] if out else None
        if last is not None and last.ref is not None and text in forms:
            out[-1] = ref_unit(last.start, unit.end, last.ref)
        elif (
            text == '"'
            and last is not None
            and last.ref is not None
            and len(out) > 1
            and out[-2].code == '"'
            and "adj" not in last.ref.tags
        ):
            out[-2:] = [ref_unit(out[-2].start, unit.end, last.ref)]
        elif (
            last is not None
            and unit.ref is not None
            and scene.text[last.start : last.end] in forms
            and last.ref is None
        ):
            out[-1] = unit
        elif unit.code == '"' and last is not None and last.code == '"' and unit.start == last.start:
            continue
        else:
            out.append(unit)
    return out
