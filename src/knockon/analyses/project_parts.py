"""The parts of a project: its parties, stages, volumes, steps, and whether it works on the day.

Refuses to let a plan stand for a statement: every part carries its mode, and only stated ones come from the world's states.

>>> from knockon.testing import world
>>> w = world('line stage "built" (owner, said 2025-01-02)', on="2025-02-01")
>>> [(s.text, s.mode.value) for s in stages(w, "line")]
[('built', 'stated')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knockon.analyses.corroboration import voice
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment, holds_on
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import predicate
from knockon.world import State, World

__all__ = [
    "Party",
    "Stage",
    "Step",
    "Volume",
    "Working",
    "parties",
    "planned_volumes",
    "stages",
    "stated_volumes",
    "steps",
    "supply_lines",
    "working",
]

_VOLUMES = ("capacity", "processes", "supplies", "ships", "produces")
_STEPS = ("signs", "offers", "outage", "resumes", "incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who takes part, by which kind of claim (``takes_part``, ``signs``, ``supplies``), and in which mode."""

    entity: EntityId
    by: str
    role: str | None
    mode: Mode
    stale: bool
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How far the project is, or is to be from a day on."""

    text: str
    detail: str | None
    mode: Mode
    since: Moment | None
    newest: date
    age_days: int
    stale: bool
    voices: tuple[EntityId, ...]
    against: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """An amount in a period, or a capacity; ``value`` as printed, ``against`` the figures that conflict with it."""

    predicate: str
    subject: EntityId
    object: EntityId | None
    via: EntityId | None
    commodity: str | None
    part: str | None
    scope: str | None
    value: Quantity
    start: Moment | None
    end: Moment | None
    mode: Mode
    newest: date
    age_days: int
    stale: bool
    voices: tuple[EntityId, ...]
    against: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was done or is to be done: a signature, a deal's step, an outage, a restart, an incident."""

    kind: str
    who: tuple[EntityId, ...]
    what: EntityId | None
    text: str | None
    when: Moment | None
    mode: Mode
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """Whether it works: ``halted``, ``resumed``, or ``undetermined`` where days of stop and restart overlap."""

    state: str
    what: EntityId | None
    since: Moment | None
    because: tuple[ClaimId, ...]


def parties(world: World, parts: tuple[EntityId, ...]) -> tuple[Party, ...]:
    """Those who are said to take part, who signed, or who stand at the ends of a line of supply."""
    found: dict[tuple[str, str, Mode], Party] = {}

    def add(entity: EntityId, by: str, claim: Claim, because: Sequence[ClaimId]) -> None:
        key = (entity, by, claim.mode)
        known = found[key].because if key in found else ()
        # an event does not age into a doubt; a state said long ago does
        stale = bool(predicate(by).stale) and (world.on - claim.known).days > predicate(by).stale
        stale = stale and (key not in found or found[key].stale)
        found[key] = Party(
            entity=entity,
            by=by,
            role=claim.qualifier("role"),
            mode=claim.mode,
            stale=stale,
            because=tuple(sorted({*known, *because})),
        )

    for claim in _told(world, ("takes_part", "signs"), parts):
        if claim.mode is Mode.STATED and not _begun(claim, world.on):
            continue
        add(world.names.root(claim.subject), claim.predicate, claim, (claim.id,))
        for other in _with(world, claim):
            add(other, claim.predicate, claim, (claim.id,))
    if len(parts) == 2:
        for claim in _told(world, ("supplies",), parts):
            for end in parts:
                add(end, "supplies", claim, (claim.id,))
    stated = {p.entity for p in found.values() if p.mode is Mode.STATED}
    kept = [p for p in found.values() if p.mode is Mode.STATED or p.entity not in stated]
    return tuple(sorted(kept, key=lambda p: (p.entity, p.by, p.mode)))


def stages(world: World, project: str) -> tuple[Stage, ...]:
    """The stated stage first, then what is planned, expected or possible, the newest word first."""
    found = [_stage(world, s.claim, s.because, s.against, s.stale) for s in world.states("stage", subject=project)]
    told = [
        c for c in world.told("stage", subject=project) if _counts(world, c) and c.mode not in (Mode.STATED, Mode.ASKED)
    ]
    told = [c for c in told if c.end is None or c.end.latest is None or c.end.latest > world.on]
    groups: dict[tuple[str, Mode, str], list[Claim]] = {}
    for claim in told:
        groups.setdefault((str(claim.value), claim.mode, str(claim.start)), []).append(claim)
    later = []
    for same in groups.values():
        newest = max(same, key=lambda c: (c.known, c.id))
        old = (world.on - newest.known).days > predicate("stage").stale
        later.append(_stage(world, newest.id, [c.id for c in same], (), old))
    return (*found, *sorted(later, key=lambda s: (-s.newest.toordinal(), s.text, s.because)))


def _stage(world: World, chosen: ClaimId, because: Sequence[ClaimId], against: Sequence[ClaimId], stale: bool) -> Stage:
    claim = world.claim(chosen)
    newest = max(world.claim(i).known for i in because)
    return Stage(
        text=str(claim.value),
        detail=claim.qualifier("detail"),
        mode=claim.mode,
        since=claim.start,
        newest=newest,
        age_days=(world.on - newest).days,
        stale=stale,
        voices=tuple(sorted({voice(world, world.claim(i).origin) for i in because})),
        against=tuple(against),
        because=tuple(because),
    )


def stated_volumes(world: World, parts: tuple[EntityId, ...]) -> tuple[tuple[Volume, ...], tuple[Volume, ...]]:
    """The stated volumes: the newest period of each kind, and the earlier ones."""
    kinds: dict[tuple[str, ...], list[Volume]] = {}
    for state in world.states(*_VOLUMES):
        if state.quantity is not None and _is_of(
            world, state.predicate, (state.subject, state.object), state.qualifiers, parts
        ):
            volume = _volume(world, world.claim(state.claim), state)
            names = (volume.object, volume.via, volume.commodity, volume.part, volume.scope)
            key = (volume.predicate, volume.subject, *(n or "" for n in names))
            kinds.setdefault(key, []).append(volume)
    now, earlier = [], []
    for key in sorted(kinds):
        first, *rest = sorted(kinds[key], key=_newest_first)
        now.append(first)
        earlier += rest
    return tuple(now), tuple(earlier)


def planned_volumes(world: World, parts: tuple[EntityId, ...]) -> tuple[Volume, ...]:
    """What is planned, expected or possible and not yet over: each voice's newest word for each period."""
    latest: dict[tuple[str, ...], Claim] = {}
    for claim in sorted(world.told(*_VOLUMES), key=lambda c: (c.known, c.id)):
        if (
            claim.mode in (Mode.STATED, Mode.ASKED)
            or claim.quantity is None
            or not _counts(world, claim)
            or not _of(world, claim, parts)
        ):
            continue
        if claim.end is not None and claim.end.latest is not None and claim.end.latest <= world.on:
            continue
        slot = (
            claim.predicate,
            claim.subject,
            claim.object or "",
            str(claim.qualifiers),
            str(claim.start),
            str(claim.end),
            claim.mode,
        )
        latest[(*slot, voice(world, claim.origin))] = claim
    merged: dict[tuple[str, ...], list[Claim]] = {}
    for place, claim in latest.items():
        merged.setdefault((*place[:-1], str(claim.value)), []).append(claim)
    return tuple(
        sorted(
            (_volume(world, same[0], None, same) for same in merged.values()),
            key=lambda v: (v.predicate, v.subject, str(v.start), v.because),
        )
    )


def _volume(world: World, claim: Claim, state: State | None, same: Sequence[Claim] = ()) -> Volume:
    root, number = world.names.root, claim.quantity
    assert number is not None
    because = state.because if state else tuple(sorted(c.id for c in same))
    newest = max(world.claim(i).known for i in because)
    age, horizon = (world.on - newest).days, predicate(claim.predicate).stale
    via = claim.qualifier("via")
    return Volume(
        predicate=claim.predicate,
        subject=root(claim.subject),
        object=claim.object and root(claim.object),
        via=root(EntityId(via)) if via else None,
        commodity=claim.qualifier("commodity"),
        part=claim.qualifier("part") or claim.qualifier("of") or claim.qualifier("contract"),
        scope=claim.qualifier("scope"),
        value=number,
        start=claim.start,
        end=claim.end,
        mode=claim.mode,
        newest=newest,
        age_days=age,
        stale=bool(horizon) and age > horizon,
        voices=tuple(sorted({voice(world, world.claim(i).origin) for i in because})),
        against=state.against if state else (),
        because=because,
    )


def _newest_first(volume: Volume) -> tuple[int, int, tuple[ClaimId, ...]]:
    bound = volume.end or volume.start
    when = (bound.latest or bound.earliest if bound else None) or volume.newest
    return -when.toordinal(), -volume.newest.toordinal(), volume.because


def steps(world: World, parts: tuple[EntityId, ...]) -> tuple[Step, ...]:
    """What was done and what is to be done, in the order of days; several reports of one step are one."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in _told(world, _STEPS, parts):
        who = (world.names.root(claim.subject), *_with(world, claim))
        groups.setdefault(
            (claim.predicate, " ".join(sorted(who)), claim.object or "", str(claim.start), claim.mode), []
        ).append(claim)
    made = [
        Step(
            kind=same[0].predicate,
            who=tuple(sorted({world.names.root(same[0].subject), *_with(world, same[0])})),
            what=same[0].object and world.names.root(same[0].object),
            text=next((c.value for c in same if isinstance(c.value, str)), None),
            when=same[0].start,
            mode=same[0].mode,
            because=tuple(sorted(c.id for c in same)),
        )
        for same in groups.values()
    ]
    return tuple(sorted(made, key=lambda s: ((s.when.earliest if s.when else None) or date.max, s.kind, s.because)))


def working(world: World, parts: tuple[EntityId, ...]) -> tuple[Working, ...]:
    """For each thing that stopped: has it been said to run again by the day?"""
    found: list[Working] = []
    stops = [c for c in world.counted("outage") if c.subject == parts[0] and _begun(c, world.on)]
    starts = [c for c in world.counted("resumes") if c.subject == parts[0] and _begun(c, world.on)]
    for what in sorted({c.object for c in stops}, key=lambda w: w or ""):
        stop = max((c for c in stops if c.object == what), key=lambda c: (_day(c).latest or date.max, c.id))
        reports = [c for c in stops if c.object == what and str(_day(c)) == str(_day(stop))]
        ends = [
            c
            for c in starts
            if c.object in (what, None) and holds_on(_day(c).latest or world.on, _day(stop), None) is not Holds.NOT
        ]
        sure = [c for c in ends if (_day(c).earliest or date.min) >= (_day(stop).latest or date.max)]
        state = "resumed" if sure else "undetermined" if ends else "halted"
        shown = sure or ends
        since = _day(min(shown, key=lambda c: (str(c.start), c.id))) if shown else _day(stop)
        found.append(
            Working(state=state, what=what, since=since, because=tuple(sorted({c.id for c in (*reports, *shown)})))
        )
    return tuple(found)


def _day(claim: Claim) -> Moment:
    return claim.start or Moment(None, claim.known)


def _begun(claim: Claim, on: date) -> bool:
    return claim.start is None or claim.start.earliest is None or claim.start.earliest <= on


def _told(world: World, words: tuple[str, ...], parts: tuple[EntityId, ...]) -> list[Claim]:
    return [c for c in world.told(*words) if c.mode is not Mode.ASKED and _counts(world, c) and _of(world, c, parts)]


def _counts(world: World, claim: Claim) -> bool:
    """Affirmed, not set aside, and not taken back by its own voice."""
    taken = any(
        str(r.object) == claim.id and voice(world, r.origin) == voice(world, claim.origin)
        for r in world.told("retracts")
    )
    return claim.polarity is Polarity.AFFIRMED and claim.id not in world.names.aside and not taken


def _of(world: World, claim: Claim, parts: tuple[EntityId, ...]) -> bool:
    root = world.names.root
    ends = (root(claim.subject), claim.object and root(claim.object))
    return _is_of(world, claim.predicate, ends, dict(claim.qualifiers), parts)


def _is_of(
    world: World,
    word: str,
    ends: tuple[EntityId, EntityId | None],
    qualifiers: Mapping[str, str],
    parts: tuple[EntityId, ...],
) -> bool:
    """Whether something is of this project: its thing, what runs through it, or a line between its two ends."""
    if len(parts) == 2:
        return word == "supplies" and ends == parts
    mine = parts[0]
    if word in ("takes_part", "signs", "offers"):
        return mine in (ends[1], world.names.root(EntityId(qualifiers.get("about", ""))))
    if word == "supplies" and mine == world.names.root(EntityId(qualifiers.get("via", ""))):
        return True
    return ends[0] == mine or (word == "supplies" and ends in supply_lines(world, mine))


def supply_lines(world: World, project: str) -> frozenset[tuple[EntityId, EntityId]]:
    """The lines of supply that a project is: from each party that is its supplier to each that is its buyer."""
    told = [
        c for c in world.told("takes_part", object=project) if c.polarity is Polarity.AFFIRMED and c.mode is Mode.STATED
    ]
    ends = {
        role: {world.names.root(c.subject) for c in told if c.qualifier("role") == role}
        for role in ("supplier", "buyer")
    }
    return frozenset((a, b) for a in ends["supplier"] for b in ends["buyer"])


def _with(world: World, claim: Claim) -> list[EntityId]:
    names = (claim.qualifier("with") or "").replace("+", " ").replace(",", " ").split()
    return sorted({world.names.root(EntityId(n)) for n in names})
