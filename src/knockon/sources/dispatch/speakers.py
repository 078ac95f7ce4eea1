"""On whose word does a sentence stand? The chain of speakers, nearest first, origin last, and what is only asked.

A sentence without a cue is in the voice of the agency that the report retells; a quotation's sentences share its speaker.
Refuses to invent an outlet: with no agency in the text, the report itself speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knockon.model.ids import EntityId
from knockon.sources.dispatch.line import Hit, Ref, Unit, find, pattern
from knockon.sources.dispatch.scene import Scene
from knockon.sources.dispatch.segment import Speech

__all__ = ["Voice", "backwards", "carrier", "inherit", "outside", "voice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """``origin`` said it, ``carriers`` passed it on; both may be missing. ``asked``: the units that are only a question."""

    origin: EntityId | None = None
    carriers: tuple[EntityId, ...] = ()
    asked: tuple[int, int] | None = None
    cue: str = ""
    cues: tuple[int, int] | None = None
    nested: tuple[int, EntityId] | None = None

    def chain(self, voice: EntityId, at: int = -1) -> tuple[EntityId, ...]:
        """The whole chain; ``voice`` stands in front where the text names no carrier.

        What lies at or after a nested cue, at position ``at``, is the word of one more speaker.
        """
        front = self.carriers or ((voice,) if self.origin != voice else ())
        made = (*front, *((self.origin,) if self.origin and self.origin not in front else ())) or (voice,)
        if self.nested is not None and at >= self.nested[0] and self.nested[1] not in made:
            return (*made, self.nested[1])
        return made


def outside(line: Sequence[Unit], speeches: Sequence[Speech]) -> tuple[list[Unit], list[int]]:
    """The line with each quotation's words folded into one unit, and where each unit stands in the full line."""
    out: list[Unit] = []
    at: list[int] = []
    for n, unit in enumerate(line):
        inside = next((s for s in speeches if s.start <= unit.start < s.end), None)
        if inside is None:
            out.append(unit)
            at.append(n)
        elif not out or out[-1].code != "_said":
            out.append(Unit(start=unit.start, end=unit.end, code="_said"))
            at.append(n)
    return out, at


def _speaker(scene: Scene, hit: Hit, slot: str) -> EntityId | None:
    """The id of a speaker; a name by form becomes an outlet or, with two words, a person."""
    if not hit.has(slot):
        return None
    ref: Ref | None = hit.group(slot).ref
    if ref is None or len(ref.entities) != 1:
        return None
    if "unknown" in ref.tags:
        if not slot.startswith("C") and "two" not in ref.tags:
            return None
        kind = "outlet" if slot.startswith("C") else "person"
        return scene.mint(ref.entities[0], kind, ref.names[0]).entities[0]
    return ref.entities[0]


def _again(scene: Scene, line: Sequence[Unit], last: EntityId | None) -> Voice | None:
    words = scene.language.words
    for row in scene.language.table["speakers"]["again"]:
        if last is not None and next(find(pattern(row.replace(" ", "_"), words), line), None):
            return Voice(origin=last, cue=row)
    return None


def voice(scene: Scene, full: Sequence[Unit], speeches: Sequence[Speech], last: EntityId | None) -> Voice:
    """Who speaks in one sentence, by the rows of the table: carriers first, then the origin."""
    whole, places = outside(full, speeches)
    rows, words = scene.language.table["speakers"], scene.language.words
    asked = _asked(scene, whole, places)
    line = whole if asked is None else [u for u, n in zip(whole, places, strict=True) if n >= asked[1]]
    carriers: tuple[EntityId, ...] = ()
    origin: EntityId | None = None
    cue = ""
    for row in rows["tail"]:
        hit = next(find(pattern(row, words), line), None)
        if hit is None:
            continue
        names = [_speaker(scene, hit, slot) for slot in ("C2", "C")]
        if not any(names) or (hit.has("C") and _speaker(scene, hit, "C") is None):
            continue
        carriers = tuple(n for n in names if n)
        origin = _speaker(scene, hit, "S")
        cue = row
        line = [*line[: hit.first], *line[hit.last :]]
        break
    if origin is None:
        for row in rows["origin"]:
            found = _origin(scene, line, row, carriers)
            if found is not None:
                origin, cue = found, row if not cue else cue + " + " + row
                break
    if origin is None and (again := _again(scene, line, last)):
        return replace(again, carriers=carriers, asked=asked)
    inner = _nested(scene, full, speeches, origin, carriers) if origin is not None else None
    return Voice(origin=origin, carriers=carriers, asked=asked, cue=cue, nested=inner)


def _nested(
    scene: Scene,
    line: Sequence[Unit],
    speeches: Sequence[Speech],
    origin: EntityId,
    carriers: tuple[EntityId, ...],
) -> tuple[int, EntityId] | None:
    """Whose words the speaker passes on, and from which position: inside the quotation, after "that", or before "…, said X"."""
    that = scene.language.table["mode"]["frames"]["that"]
    own = max((n for n, u in enumerate(line) if u.ref is not None and u.ref.entities == (origin,)), default=-1)
    for row in scene.language.table["speakers"]["nested"]:
        for hit in find(pattern(row, scene.language.words), line):
            found = _speaker(scene, hit, "S")
            if found is None or found == origin or found in carriers:
                continue
            at = line[hit.first].start
            inside = any(s.start <= at < s.end for s in speeches)
            if inside or own >= hit.last or that in [u.code for u in line[: hit.first]]:
                return line[hit.last - 1].end, found
    return None


def _origin(scene: Scene, line: Sequence[Unit], row: str, carriers: tuple[EntityId, ...]) -> EntityId | None:
    for hit in find(pattern(row, scene.language.words), line):
        found = _speaker(scene, hit, "S")
        if found is not None and found not in carriers:
            return found
    return None


def _asked(scene: Scene, line: Sequence[Unit], places: Sequence[int]) -> tuple[int, int] | None:
    """Units from "asked whether" to the comma before the verb of answering, in the full line."""
    rows = scene.language.table["speakers"]
    for start in rows["asked"]:
        hit = next(find(pattern(f"{start} .. ({'|'.join(rows['whether'])})", {}), line), None)
        if hit is None:
            continue
        end = len(line)
        say = set(scene.language.words["say"]) | set(scene.language.words["report"])
        verb = next((n for n in range(hit.last, len(line)) if line[n].code in say), None)
        if verb is not None:
            end = max((n for n in range(hit.last, verb) if line[n].code == ","), default=verb)
        return places[hit.first], places[end] if end < len(places) else places[-1] + 1
    return None


def carrier(voices: Sequence[Voice], scene: Scene) -> EntityId | None:
    """The agency that the report as a whole retells: the first one that passes on more than a single speaker's words.

    An agency to which one speaker talked ("told Reuters"), or that is quoted for him, carries the report only where it
    carries every speaker of it.
    """
    single = ("[quoted]", *scene.language.table["speakers"]["single"].split())
    for wanted in (False, True):
        for v in voices:
            for name in v.carriers[-1:] if v.carriers else ():
                if scene.kind(name) not in ("news_agency", "outlet"):
                    continue
                if not any(w in v.cue for w in single) or (wanted and _carries_all(voices, name)):
                    return name
    return None


def _carries_all(voices: Sequence[Voice], name: EntityId) -> bool:
    """Whether every speaker of the report is one whose words that agency passes on."""
    its = {v.origin for v in voices if name in v.carriers}
    return all(v.origin in its for v in voices if v.origin is not None)


def backwards(scene: Scene, voices: list[Voice], lines: Sequence[Sequence[Unit]]) -> list[Voice]:
    """ "This was said by X": the sentences of the paragraph before it that name no speaker are X's."""
    opening = set(scene.language.table["speakers"]["this"].split())
    out = list(voices)
    for n, (told, line) in enumerate(zip(voices, lines, strict=True)):
        if n and line and line[0].code in opening and (told.origin or told.carriers):
            for m in range(n):
                if out[m].origin is None and not out[m].carriers:
                    out[m] = Voice(
                        origin=told.origin, carriers=told.carriers, cue=told.cue + " (said of what stands before)"
                    )
    return out


def inherit(voices: list[Voice], spans: Sequence[tuple[int, int]], speeches: Sequence[Speech]) -> list[Voice]:
    """Sentences inside one quotation share the speaker of the sentence that names one."""
    out = list(voices)
    for speech in speeches:
        touched = [n for n, (a, b) in enumerate(spans) if a < speech.end and speech.start < b]
        named = next((out[n] for n in touched if out[n].origin is not None), None)
        if named is None:
            continue
        for n in touched:
            if out[n].origin is None:
                out[n] = replace(
                    out[n],
                    origin=named.origin,
                    carriers=out[n].carriers or named.carriers,
                    cue=named.cue + " (same quotation)",
                )
    return out
