"""Which claims do the frames find in one line? Each with the passage that carries it and the rows that made it.

Refuses what a frame's types do not allow, and reports what it saw but could not say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knockon.model.claim import Mode, Polarity
from knockon.model.ids import EntityId
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import predicate
from knockon.sources.dispatch.adjuncts import Term, place, term
from knockon.sources.dispatch.anaphora import institution
from knockon.sources.dispatch.frames import Emit, Frame, frames
from knockon.sources.dispatch.line import Hit, Pattern, Ref, Unit, find
from knockon.sources.dispatch.mode import mode_of
from knockon.sources.dispatch.phrases import activity, commodity, english, said, topics, word_of
from knockon.sources.dispatch.scene import Scene
from knockon.sources.dispatch.speakers import Voice

__all__ = ["Found", "Gap", "relations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A claim in the making: everything but its speakers, day and source; positions are those of the clean text."""

    subject: EntityId
    predicate: str
    object: EntityId | None
    value: Quantity | str | None
    qualifiers: tuple[tuple[str, str], ...]
    term: Term
    mode: Mode
    polarity: Polarity
    start: int
    end: int
    sure: float
    trace: tuple[str, ...]


@dataclass(slots=True)
class Gap:
    """Something that a frame found and could not say, with its place."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class _Case:
    scene: Scene
    line: Sequence[Unit]
    hit: Hit
    frame: Frame
    voice: Voice
    gaps: list[Gap] = field(default_factory=list)

    def part(self, slot: str) -> Sequence[Unit]:
        if not self.hit.has(slot):
            return ()
        a, b = self.hit.spans[slot]
        return self.line[a:b]

    def ref(self, slot: str) -> Ref | None:
        return self.hit.group(slot).ref if self.hit.has(slot) else None


def relations(
    scene: Scene, line: Sequence[Unit], voice: Voice, licence: EntityId | None, gaps: list[Gap]
) -> Iterator[Found]:
    """The claims of one line."""
    done: set[tuple[str, int]] = set()
    for frame in frames(scene.language):
        for row in frame.patterns:
            for found in find(row, line):
                hit = _nearest(scene, row, line, found)
                if hit is None:
                    continue
                v = hit.spans.get("V", (hit.first, hit.last))
                if (frame.name, v[0]) in done or (frame.unless and (frame.unless, v[0]) in done):
                    continue
                case = _Case(scene, line, hit, frame, voice)
                made = list(_claims(case, voice, licence))
                gaps.extend(case.gaps)
                if made:
                    done.add((frame.name, v[0]))
                yield from made


_ACTORS = frozenset(
    "person party state union region company venture consortium authority government ministry fund group unknown".split()
)


def _nearest(scene: Scene, row: Pattern, line: Sequence[Unit], hit: Hit) -> Hit | None:
    """The hit with the subject that stands nearest to the verb: of "A asked that B should …", B's.

    A name between subject and verb counts when no comma and no preposition parts it from the verb's clause; a name
    that the pattern does not take as its subject gives no hit at all.
    """
    if not {"S", "V"} <= set(hit.spans) or hit.spans["S"][1] > hit.spans["V"][0]:
        return hit
    first, last = hit.spans["S"][1], hit.spans["V"][0]
    if any(u.code in _SIGNS for u in line[first:last]):
        return hit
    table = scene.language.table
    away = {*table["names"]["prepositions"].split(), table["link"]["together"], *table["link"]["beside"].split()}
    for at in range(last - 1, first - 1, -1):
        ref = line[at].ref
        if ref is None or not ref.entities or "adj" in ref.tags or not _ACTORS & ref.tags:
            continue
        before = at - 1
        while (
            before >= first
            and ((other := line[before].ref) is None or "adj" in other.tags)
            and line[before].code not in away
        ):
            before -= 1
        if before >= first and line[before].code in away:
            continue
        better = next((h for h in find(row, line[at:]) if h.first == 0), None)
        if better is None:
            return None
        moved = {k: (a + at, b + at) for k, (a, b) in better.spans.items()}
        return Hit(line, at, better.last + at, moved) if moved.get("V") == hit.spans["V"] else None
    return hit


_SIGNS = frozenset(',;:"()')


def _claims(case: _Case, voice: Voice, licence: EntityId | None) -> Iterator[Found]:
    frame, hit, line = case.frame, case.hit, case.line
    v = hit.spans.get("V", (hit.first, hit.last))
    mode, polarity, cue = mode_of(line, *v, case.scene.language, verb="V" in hit.spans, asked=voice.asked)
    if frame.own_mode and mode is not Mode.ASKED:
        mode = Mode.STATED
    mode, polarity = Mode(frame.mode or mode), Polarity(frame.polarity or polarity)
    if (frame.stated_only and mode is not Mode.STATED) or (frame.affirmed_only and polarity is Polarity.DENIED):
        return
    state = any(predicate(_stake_word(e)).kind == "state" for e in frame.emits)
    when = term(hit, case.scene.language, how=frame.when, state=state)
    spot = place(line, hit, case.scene.language)
    used = [hit.first, hit.last - 1, *(n for n in when.units if abs(n - hit.last) < 12 or abs(n - hit.first) < 12)]
    start, end = line[min(used)].start, line[max(used)].end
    trace = tuple(
        t
        for t in (
            f"frame {frame.name}",
            f"mode: {cue}" if cue else "",
            "date without an anchor" if when.unresolved else "",
        )
        if t
    )
    for emit in frame.emits:
        for subject, obj, value, qualifiers in _filled(case, emit, spot[0] if spot else None, licence):
            sure = frame.sure - 0.1 * _guesses(case)
            word = _stake(case, emit, obj)
            if word == "covers" and polarity is Polarity.DENIED:
                word, told_polarity, qualifiers = (
                    "excludes",
                    Polarity.AFFIRMED,
                    tuple(q for q in qualifiers if q[0] == "activity"),
                )
            else:
                told_polarity = polarity
            yield Found(
                subject=subject,
                predicate=word,
                object=obj,
                value=value,
                qualifiers=qualifiers,
                term=when,
                mode=mode,
                polarity=told_polarity,
                start=start,
                end=end,
                sure=round(sure, 2),
                trace=trace,
            )


def _guesses(case: _Case) -> int:
    """How many of the references were linked by inference and not by name."""
    refs = [case.ref(s) for s in ("S", "O", "W", "L")]
    return sum(1 for r in refs if r is not None and r.how in ("anaphor", "pair", "form"))


def _stake_word(emit: Emit) -> str:
    return "holds_shares" if emit.predicate == "stake" else emit.predicate


def _stake(case: _Case, emit: Emit, obj: EntityId | None) -> str:
    """A stake in a company is of its shares; in a field, project or country it is a participating interest."""
    if emit.predicate != "stake":
        return emit.predicate
    kind = case.scene.kind(obj) if obj else ""
    return "holds_shares" if kind in ("company", "consortium", "venture", "fund") else "holds_interest"


Filled = tuple[EntityId, EntityId | None, Quantity | str | None, tuple[tuple[str, str], ...]]


def _filled(case: _Case, emit: Emit, spot: EntityId | None, licence: EntityId | None) -> Iterator[Filled]:
    """Every combination of subjects and objects that an emit row stands for."""
    subjects = _entities(case, emit.subject, licence)
    objects: list[tuple[EntityId | None, str, Sequence[Unit]]]
    if emit.object == "T!topic":
        objects = [(e, name, part) for e, name, part in topics(case.scene, case.part("T"))]
    elif emit.object:
        objects = [(e, "", ()) for e in _entities(case, emit.object, licence)]
    else:
        objects = [(None, "", ())]
    if not subjects or not objects:
        unit = case.line[case.hit.first]
        missing = "subject" if not subjects else "object"
        case.gaps.append(
            Gap(unit.start, case.line[case.hit.last - 1].end, f"{case.frame.name}: its {missing} could not be linked")
        )
        return
    for subject in subjects:
        for obj, name, part in objects:
            if subject == obj:
                continue
            value = name if emit.value == "T!phrase" and name else _value(case, emit.value)
            pairs = []
            for key, spec in emit.qualifiers.items():
                told = (
                    _about(case, part or case.part("T"), subject)
                    if spec == "T!about"
                    else _qualifier(case, spec, spot, licence)
                )
                if told:
                    pairs.append((key, told))
            yield subject, obj, value, tuple(sorted(pairs))


def _entities(case: _Case, spec: str, licence: EntityId | None) -> list[EntityId]:
    if spec.startswith("="):
        return [EntityId(spec[1:])]
    if spec == "licence":
        return [licence] if licence else []
    if spec.startswith("?"):
        found = _implied(case, spec[1:])
        return [found] if found else []
    if spec.startswith("pair"):
        pair = _pair(case.scene, case.line[case.hit.first].start)
        return [pair[int(spec[-1]) - 1]] if pair else []
    if spec == "speaker":
        return [case.voice.origin] if case.voice.origin else []
    if spec == "ours":
        state = case.scene.names.state_of(case.voice.origin) if case.voice.origin else None
        return [state] if state else []
    slot, _, how = spec.partition("!")
    slot, _, as_ = slot.partition("@")
    slot, _, nth = slot.partition(".")
    ref = case.ref(slot)
    if how == "event":
        return _event(case, slot)
    if how == "covered":
        return _covered(case.part(slot))
    if how == "sanctions":
        of = case.ref("A")
        short = case.scene.language.table["names"]["short"]
        made = [EntityId(f"{short.get(e, e)}_sanctions") for e in (of.entities if of else ())]
        return [
            case.scene.mint(m, "topic", said(case.scene, case.line[case.hit.first : case.hit.first + 2])).entities[0]
            for m in made
        ]
    if ref is None or not ref.entities:
        return []
    if "unknown" in ref.tags:
        return [case.scene.mint(ref.entities[0], _kind_wanted(case, slot), ref.names[0]).entities[0]]
    if how == "authority" or how == "issuer":
        return list(dict.fromkeys(_authority(case.scene, ref, who) for who in ref.entities))
    if how == "mediation":
        states = "_".join(dict.fromkeys([*ref.entities, *(case.ref("O").entities if case.ref("O") else ())]))  # type: ignore[union-attr]
        return [
            case.scene.mint(
                EntityId(f"mediation_{states}"),
                "project",
                said(case.scene, case.line[case.hit.first : case.hit.spans["V"][0]]),
            ).entities[0]
        ]
    if as_ == "place" and ref.place is not None:
        return [ref.place]
    return [ref.entities[int(nth) - 1]] if nth and len(ref.entities) >= int(nth) else list(ref.entities)


def _kind_wanted(case: _Case, slot: str) -> str:
    return "field" if slot == "O" and case.frame.name == "stake_told" else "company"


def _authority(scene: Scene, ref: Ref, who: EntityId) -> EntityId:
    """A president acts through the government of the state."""
    if "person" in ref.tags:
        state = next((o for p, r, o in scene.offices if p == who and r == "president"), None) or scene.names.state_of(
            who
        )
        return institution(scene, "government", state, f"government of {state}").entities[0] if state else who
    return who


def _pair(scene: Scene, before: int) -> tuple[EntityId, ...]:
    people = [(at, r) for at, r in scene.groups if len(r.entities) == 2 and "person" in r.tags]
    earlier = [r for at, r in people if at < before]
    distinct = {r.entities for _, r in people}
    if earlier:
        return earlier[-1].entities
    return next(iter(distinct)) if len(distinct) == 1 else ()


def _implied(case: _Case, what: str) -> EntityId | None:
    """The thing that a clause leaves to the context: another state of the sentence, the firm or region spoken of."""
    line, hit, scene = case.line, case.hit, case.scene
    taken = {e for s in ("S", "O") if (r := case.ref(s)) is not None for e in r.entities}
    if what == "other_state":
        states = [
            u.ref.entities[0]
            for u in line[: hit.first]
            if u.ref and "state" in u.ref.tags and u.ref.entities and "adj" not in u.ref.tags
        ]
        return next((s for s in states if s not in taken), None)
    if what == "region":
        found = [u.ref.entities[0] for u in line if u.ref and "region" in u.ref.tags and u.ref.entities]
        return next((r for r in found if r not in taken), None)
    if what == "firm":
        own = [
            u.ref.entities[0]
            for u in line[: hit.first]
            if u.ref and {"company", "venture", "consortium"} & u.ref.tags and len(u.ref.entities) == 1
        ]
        for candidate in [
            *reversed(own),
            *(
                r.entities[0]
                for at, r in reversed(scene.singles)
                if {"company", "venture", "consortium"} & r.tags and at < line[hit.first].start
            ),
        ]:
            if candidate not in taken:
                return candidate
    return None


def _event(case: _Case, slot: str) -> list[EntityId]:
    """Talks as an entity: their place and days, from the clause that tells of them."""
    line, at = case.line, case.hit.spans[slot][0]
    rest = line[at:]
    spot = next(
        (
            u.ref.place or u.ref.entities[0]
            for n, u in enumerate(rest)
            if u.ref
            and "place" in u.ref.tags
            and u.ref.entities
            and n
            and rest[n - 1].code in case.scene.language.table["link"]["inside"].split()
        ),
        None,
    )
    when = next((u.when.moment for u in rest if u.when is not None and u.when.moment is not None), None)
    parts = ["talks", *([spot] if spot else []), *([str(when)] if when else [])]
    if len(parts) == 1:
        return []
    return [case.scene.mint(EntityId("_".join(parts)), "event", said(case.scene, [line[at]])).entities[0]]


def _covered(part: Sequence[Unit]) -> list[EntityId]:
    """The parties, assets and groups named in a licence's words."""
    wanted = {"company", "venture", "consortium", "field", "project", "group", "refinery", "pipeline"}
    return list(
        dict.fromkeys(
            e
            for u in part
            if u.ref is not None and wanted & u.ref.tags and "adj" not in u.ref.tags and "unknown" not in u.ref.tags
            for e in u.ref.entities
        )
    )


def _value(case: _Case, spec: str) -> Quantity | str | None:
    if not spec:
        return None
    if spec.startswith("="):
        return spec[1:]
    slot, _, how = spec.partition("!")
    part = case.part(slot)
    if not how:
        return case.hit.group(slot).amount if case.hit.has(slot) else None
    if how == "phrase":
        return english(case.scene, part) or None
    if how == "quoted":
        return said(case.scene, part)[:300] or None
    if how == "description":
        return english(case.scene, [*part, *case.part("M")]) or None
    if how == "influence":
        return (english(case.scene, part) + " influence").strip()
    if how in ("partner", "partner_sphere"):
        return _partner(case, part, how)
    return word_of(case.scene, how, part) or None


def _partner(case: _Case, part: Sequence[Unit], how: str) -> str | None:
    """ "main trade" partner: the rank is the value, the sphere a qualifier."""
    words = english(case.scene, part).split()
    rank = [w for w in words if w in ("main", "largest", "key", "important", "strategic", "close")]
    sphere = [w for w in words if w not in rank]
    return (" ".join(rank) or "partner") if how == "partner" else " ".join(sphere) or None


def _qualifier(case: _Case, spec: str, spot: EntityId | None, licence: EntityId | None) -> str | None:
    if spec.startswith("="):
        return spec[1:]
    if spec == "?where":
        before = [
            u.ref.place or u.ref.entities[0]
            for u in case.line[: case.hit.spans["V"][0]]
            if u.ref and "place" in u.ref.tags and u.ref.entities
        ]
        where = any(
            u.code == case.scene.language.table["link"]["where"] for u in case.line[case.hit.first : case.hit.last]
        )
        return before[-1] if where and before else spot
    if spec == "?place":
        return spot
    slot, _, how = spec.partition("!")
    part = case.part(slot)
    if how == "phrase":
        return english(case.scene, part) or None
    if how == "activity":
        return activity(case.scene, part) or None
    if how == "reaches":
        owned = any(
            u.amount is not None and str(u.amount) in ("50 %", ">=50 %") for u in part
        ) and case.scene.language.table["link"]["or_more"] in said(case.scene, part)
        return "owned_50" if owned else None
    if how == "commodity":
        return commodity(case.scene, part) or None
    if how == "visit":
        word = english(case.scene, part)
        return f"{word} visit" if word else None
    if how == "degree":
        word = english(case.scene, part)
        return word or None
    if how == "partner_sphere":
        return _partner(case, part, how)
    if how == "sphere":
        return english(case.scene, part) or None
    found = _entities(case, spec, licence)
    return "+".join(found) or None


def _about(case: _Case, part: Sequence[Unit], subject: EntityId) -> str | None:
    """The parties and assets that a topic's words name."""
    wanted = {"company", "venture", "consortium", "field", "group", "state", "region", "project"}
    found = [
        e
        for u in part
        if u.ref is not None and wanted & u.ref.tags and "adj" not in u.ref.tags
        for e in u.ref.entities
        if e != subject
    ]
    return "+".join(dict.fromkeys(found)) or None
