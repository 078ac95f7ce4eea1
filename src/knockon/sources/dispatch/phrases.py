"""What do plain words stand for: a topic with an id, a value in English, an activity, a commodity? Tables only.

Refuses to translate a phrase of which one word is not in the glossary: it stays in the words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knockon.model.ids import EntityId
from knockon.sources.dispatch.line import Unit
from knockon.sources.dispatch.names import stem
from knockon.sources.dispatch.romanise import slug_of
from knockon.sources.dispatch.scene import Scene

__all__ = ["activity", "commodity", "english", "said", "topics"]


def said(scene: Scene, part: Sequence[Unit]) -> str:
    """The clean text of some units, without marks around it."""
    if not part:
        return ""
    return re.sub(r"\s+", " ", scene.text[part[0].start : part[-1].end].replace('"', "")).strip(" ,.;:")


def _by_stem(table: Mapping[str, str], word: str) -> str:
    best = max((k for k in table if word.startswith(k)), key=len, default="")
    return table.get(best, "")


def english(scene: Scene, part: Sequence[Unit]) -> str:
    """The phrase in English when the glossary holds all of its words, else as it is printed (in lower case)."""
    text = said(scene, part).lower()
    glossary, out = scene.language.table["glossary"], []
    extra = []
    for phrase, word in scene.language.table["glossary_phrases"].items():
        if phrase in text:
            text = text.replace(phrase, " ")
            extra.append(word)
    for word in text.split():
        if word in scene.language.table["link"]["little"].split():
            continue
        found = _by_stem(glossary, word)
        if not found:
            return said(scene, part).lower()
        out.append(found)
    return " ".join([*out, *extra]) if out or extra else ""


def topics(scene: Scene, part: Sequence[Unit]) -> list[tuple[EntityId, str, Sequence[Unit]]]:
    """The topics of a phrase: id, name and units; the phrase is cut at "and" where both sides hold a noun of their own."""
    table = scene.language.table["topics"]
    cuts, start = [], 0
    for at, unit in enumerate(part):
        if (
            unit.code == scene.language.table["link"]["together"]
            and _nouns(scene, part[start:at])
            and _nouns(scene, part[at + 1 :])
        ):
            cuts.append(part[start:at])
            start = at + 1
    cuts.append(part[start:])
    out = []
    empty = set(table["empty"].split())
    for nth, cut in enumerate(cuts):
        if nth and scene.language.finite.search(said(scene, cut).lower()):
            break
        while cut and cut[0].code in empty:
            cut = cut[1:]
        made = _topic(scene, cut)
        if made is not None:
            out.append((made, said(scene, cut), cut))
    return out


def _nouns(scene: Scene, part: Sequence[Unit]) -> bool:
    nouns = scene.language.table["topics"]["nouns"]
    return any(_by_stem(nouns, u.code) for u in part)


def _topic(scene: Scene, part: Sequence[Unit]) -> EntityId | None:
    """A known topic whose name begins the phrase, else one with the same words, else a new id from the words."""
    text = said(scene, part).lower()
    if not text:
        return None
    keys = tuple(stem(w) for w in re.findall(r"[\w-]+", text) if w not in scene.names.prepositions)
    known = [(k, e) for k, e in scene.names.topics.items() if keys[: len(k)] == k]
    if known:
        return max(known, key=lambda row: len(row[0]))[1]
    table = scene.language.table["topics"]
    short = scene.language.table["names"]["short"]
    head: list[str] = []
    narrow: list[str] = []
    for unit in part:
        if unit.code in scene.language.table["link"]["against"].split() and head:
            break
        if unit.ref is not None and unit.ref.entities:
            head.extend(short.get(e, e) for e in unit.ref.entities)
        elif word := _by_stem(table["nouns"], unit.code):
            head.append(word)
        elif word := _by_stem(table["adjectives"], unit.code):
            narrow.append(word)
    head = [*narrow, *head]
    if not _nouns(scene, part):
        if len(part) == 1 and part[0].ref is not None and len(part[0].ref.entities) == 1:
            return part[0].ref.entities[0]
        return None
    words = frozenset(head)
    for entity in sorted(scene.names.topics.values()):
        if frozenset(entity.split("_")) - {"of", "in", "the", "on"} == words:
            return entity
    made = slug_of("_".join(dict.fromkeys(head)))
    if made is not None:
        scene.mint(made, "topic", text)
    return made


def activity(scene: Scene, part: Sequence[Unit]) -> str:
    """The activity that a licence's words name, "" where none is known."""
    text = said(scene, part).lower()
    hits = [(text.index(k), n, v) for n, (k, v) in enumerate(scene.language.table["activities"].items()) if k in text]
    return min(hits, key=lambda h: h[1])[2] if hits else ""


def commodity(scene: Scene, part: Sequence[Unit]) -> str:
    """The commodity that some words name, "" where none is known."""
    found = [_by_stem(scene.language.table["commodities"], u.code) for u in part]
    return next((f for f in found if f), "")


def word_of(scene: Scene, table: str, part: Sequence[Unit]) -> str:
    """The value that a verb stands for in one of the tables of [verbs]."""
    rows = scene.language.table["verbs"][table]
    return next((w for u in part if (w := _by_stem(rows, u.code))), "")
