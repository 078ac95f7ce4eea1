"""Which descriptions and lists belong to a name? "the oil company Lukoil", "A, B and C", "the subsidiaries of X".

Refuses to list the members of a group that the text does not name: a group gets an id of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knockon.model.ids import EntityId
from knockon.sources.dispatch.line import Hit, Ref, Unit, rewrite
from knockon.sources.dispatch.romanise import slug_of
from knockon.sources.dispatch.scene import Scene

__all__ = ["Told", "daughters", "descriptions", "groups", "lists"]

_FIRMS = (
    "company|venture|consortium|refinery|plant|field|pipeline|terminal|port|station|project|news_agency|outlet|fund"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A description found beside a name: which firms, where, in which words."""

    entities: tuple[EntityId, ...]
    start: int
    end: int
    words: str


def _filled(row: str, stems: str) -> str:
    """A pattern with the kinds of firms put in its two gaps."""
    return row.replace("%s", stems, 1).replace("%s", _FIRMS, 1)


def _first(hit: Hit, slot: str) -> EntityId | None:
    ref = hit.group(slot).ref if hit.has(slot) else None
    return ref.entities[0] if ref is not None and ref.entities else None


def _class(ref: Ref) -> str:
    """References of one class can stand in one list."""
    for name in (
        "person",
        "group",
        "state",
        "company",
        "venture",
        "field",
        "asset",
        "place",
        "licence",
        "news_agency",
        "topic",
    ):
        if name in ref.tags:
            return {"group": "person", "venture": "company", "asset": "field"}.get(name, name)
    return "unknown" if "unknown" in ref.tags else "other"


def daughters(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "the subsidiaries of X" before a list that names them: one group, not a list with X in it."""

    def made(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        of = hit.group("A").ref if hit.has("A") else None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(
            EntityId("_".join((f"{ref.entities[0]}_companies", *(of.entities if of else ())))), "group", said
        )

    return rewrite(line, scene.language.table["link"]["daughters"], made)


def lists(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "A, B and C" becomes one unit with several entities."""

    def join(hit: Hit) -> Ref | None:
        refs = [u.ref for u in hit.line[hit.first : hit.last] if u.ref is not None]
        if any("adj" in r.tags or "institution" in r.tags or not r.entities for r in refs):
            return None
        classes = {_class(r) for r in refs}
        named = classes - {"unknown"}
        if len(named) > 1 or "other" in named:
            return None
        if "unknown" in classes and not named:
            return None
        entities = tuple(dict.fromkeys(e for r in refs for e in r.entities))
        if len(entities) < 2:
            return None
        first = next(r for r in refs if "unknown" not in r.tags)
        tags = frozenset.intersection(*(r.tags for r in refs if "unknown" not in r.tags)) or first.tags
        if any("group" in r.tags for r in refs):
            tags |= {"group"}
        return Ref(entities=entities, tags=tags | {"many"}, how=first.how, place=first.place)

    for row in scene.language.table["link"]["lists"]:
        line = rewrite(line, row, join)
    return line


def _kind_stems(scene: Scene) -> dict[str, str]:
    kinds: dict[str, str] = scene.language.table["names"]["kinds"]
    return kinds


def descriptions(scene: Scene, line: list[Unit], told: list[Told]) -> list[Unit]:
    """ "the Russian oil company Lukoil": the description joins the name; an unknown name takes its type from it."""
    kinds = _kind_stems(scene)
    stems = "|".join(f"{k[:-1] if k[-1] in 'аяе' else k}~" for k in kinds)

    def join(hit: Hit) -> Ref | None:
        name, word = hit.group("H"), hit.group("K").code
        ref = name.ref
        if ref is None or "adj" in ref.tags:
            return None
        words = " ".join(u.code for u in hit.line[hit.first : hit.spans["H"][0]] if u.ref is None)
        if "unknown" in ref.tags:
            kind = next(v for k, v in kinds.items() if word.startswith(k[:-1] if k[-1] in "аяе" else k))
            ref = _typed(scene, ref, kind)
        if (
            "company" in ref.tags
            and words
            and not word.startswith(tuple(scene.language.table["link"]["no_kind"].split()))
        ):
            told.append(Told(ref.entities, hit.line[hit.first].start, name.end, words))
        return ref

    def plant(hit: Hit) -> Ref | None:
        """ "the Kuibyshev oil refinery": a capitalised adjective and what it is of."""
        ref = hit.group("H").ref
        if ref is None or not re.search(r"ск(?:и|ия|ият|ата|а|ото|о)\Z", ref.names[0]):
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        words = [u.code for u in hit.line[hit.first + 1 : hit.last]]
        kind = (
            "refinery"
            if any(w.startswith(tuple(scene.language.table["link"]["refining"].split())) for w in words)
            else "plant"
        )
        kind = "field" if words[-1].startswith(scene.language.table["link"]["field"]) else kind
        entity = slug_of(f"{re.sub('(?:ски|ския|ският|ската|ска|ското|ско)$', 'ски', ref.names[0])} {kind}")
        return scene.mint(entity, kind, said) if entity else None

    row = scene.language.table["link"]["kind_and_name"]
    line = rewrite(line, _filled(row, stems), join)
    line = rewrite(line, scene.language.table["link"]["plant"], plant)
    line = rewrite(line, _filled(scene.language.table["link"]["kind_of_state"], stems), join)
    line = rewrite(line, "{A:adj} {H:company|venture|pipeline|refinery|field|consortium}", lambda h: h.group("H").ref)
    return rewrite(line, _filled(scene.language.table["link"]["counted_then_named"], stems), join)


def _typed(scene: Scene, ref: Ref, kind: str) -> Ref:
    name = ref.names[0] if ref.names else ref.entities[0]
    return scene.mint(ref.entities[0], kind, name)


def groups(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "other Central Asian leaders", "Western companies": groups with a plain id, never a list of members."""
    rows = scene.language.table["names"]

    def leaders(hit: Hit) -> Ref | None:
        ref = hit.group("A").ref
        if ref is None or not ref.entities:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_leaders"), "group", said)

    def firms(hit: Hit) -> Ref | None:
        ref = hit.group("A").ref
        if ref is None or not ref.entities:
            return None
        word = rows["english_adjectives"].get(ref.entities[0], ref.entities[0])
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{word}_companies"), "group", said)

    plural = "|".join(rows["leaders"]["plural"].split())
    line = rewrite(line, scene.language.table["link"]["leaders_adjective"].replace("%s", plural), leaders)
    line = rewrite(line, scene.language.table["link"]["leaders_of"].replace("%s", plural), leaders)
    line = rewrite(line, scene.language.table["link"]["firms_of"], firms)

    def daughters(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        of = _first(hit, "A")
        of = of or _first(hit, "C")
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_companies" + (f"_{of}" if of else "")), "group", said)

    def stations(hit: Hit) -> Ref | None:
        ref, where = hit.group("H").ref, hit.group("C").ref
        if ref is None or where is None or len(ref.entities) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_retail_outside_{where.entities[0]}"), "group", said)

    def foreign(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_foreign_assets"), "group", said)

    def blocked(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_blocked_companies"), "group", said)

    line = rewrite(line, scene.language.table["link"]["stations"], stations)

    def own(hit: Hit) -> Ref | None:
        firms = [
            u.ref.entities[0]
            for u in hit.line[: hit.first]
            if u.ref is not None and "company" in u.ref.tags and len(u.ref.entities) == 1
        ]
        if len(set(firms)) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{firms[0]}_foreign_assets"), "group", said)

    line = rewrite(line, scene.language.table["link"]["own_assets"], own)
    line = rewrite(line, scene.language.table["link"]["foreign_assets"], foreign)
    line = rewrite(line, scene.language.table["link"]["blocked"], blocked)
    row = scene.language.table["link"]["group_of_firms"]
    return rewrite(line, row, daughters)
