"""Which gas and oil projects are there, who takes part, how far are they, what do they carry, and what is only planned?

A project is what is called one, what has a stage or parties, a plant that takes in what a field gives, or a line of supply
from one party to another. Gas comes first. Refuses to call a plan an output, to guess a stage from a signature, and to
say that a plant works because nobody spoke of it.

>>> from knockon.testing import world
>>> w = world('''
... plant_a processes field_b 8 bcm/y commodity=gas (outlet, said 2025-03-01)
... plant_a outage field_b on 2025-04-01 (ministry, said 2025-04-01)
... planned: plant_a capacity 12 bcm/y (ministry, said 2025-03-05)
... ''', on="2025-04-02")
>>> p = projects(w)[0]
>>> p.project, p.commodity, [str(v.value) for v in p.volumes], [str(v.value) for v in p.planned], p.working[0].state
('plant_a', 'gas', ['8 bcm/y'], ['12 bcm/y'], 'halted')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knockon.analyses.project_parts import (
    Party,
    Stage,
    Step,
    Volume,
    Working,
    parties,
    planned_volumes,
    stages,
    stated_volumes,
    steps,
    supply_lines,
    working,
)
from knockon.model.claim import Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.vocabulary import dimension, type_is
from knockon.world import World

__all__ = ["Party", "Project", "Stage", "Step", "Volume", "Working", "projects"]

_GAS_FIRST = {"gas": 0, "gas and oil": 1, "oil": 2}
_WORDS = {"gas": "gas", "lng": "gas", "oil": "oil", "crude": "oil", "condensate": "oil"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project as the world holds it on the day.

    ``parts`` name it: the entity itself, or the two ends of a line of supply. ``stage`` is the stated stage, else the
    newest that was planned or expected, with its mode; ``ahead`` are the further stages told. ``volumes`` are the newest
    stated of each kind, ``earlier`` those of older periods, ``planned`` the rest. ``disputed`` are claims that conflict
    with one shown, or deny it.
    """

    project: EntityId
    kind: str
    commodity: str
    parts: tuple[EntityId, ...]
    parties: tuple[Party, ...]
    stage: Stage | None
    ahead: tuple[Stage, ...]
    working: tuple[Working, ...]
    volumes: tuple[Volume, ...]
    earlier: tuple[Volume, ...]
    planned: tuple[Volume, ...]
    steps: tuple[Step, ...]
    places: tuple[EntityId, ...]
    newest: date
    age_days: int
    stale: bool
    pending: tuple[ClaimId, ...]
    disputed: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


def projects(world: World, about: str | None = None) -> tuple[Project, ...]:
    """Every project, or those that an entity takes part in, houses, feeds or is; gas first, then oil."""
    wanted = world.names.root(EntityId(about)) if about is not None else None
    places = _places(world)
    lines = _supply_lines(world)
    made = [_project(world, e, (e,), places) for e in _named(world)]
    made += [_project(world, EntityId(f"supply:{a}/{b}"), (a, b), places) for a, b in lines]
    kept = [p for p in made if p is not None and (wanted is None or wanted in _touched(p, places))]
    return tuple(sorted(kept, key=lambda p: (_GAS_FIRST.get(p.commodity, 3), p.kind, p.project)))


def _named(world: World) -> list[EntityId]:
    root = world.names.root
    found = {e for e, kind in world.names.types.items() if kind == "project"}
    found |= {root(c.subject) for c in world.told("stage")}
    found |= {root(c.object) for c in world.told("takes_part") if c.object is not None}
    # a plant's own throughput makes no project; what it takes in from a field ties two assets together
    found |= {root(c.subject) for c in world.told("processes") if c.object is not None}
    found |= {
        root(c.object)
        for c in world.told("signs", "offers")
        if c.object is not None and type_is(world.type(c.object), "project")
    }
    return sorted({root(e) for e in found})


def _supply_lines(world: World) -> list[tuple[EntityId, EntityId]]:
    """From whom to whom something is supplied, where no project with a name is that line."""
    root, named = world.names.root, _named(world)
    known = {line for project in named for line in supply_lines(world, project)}
    lines = {
        (root(c.subject), root(c.object))
        for c in world.told("supplies")
        if c.object is not None
        and root(c.subject) not in named
        and root(EntityId(c.qualifier("via") or "")) not in named
    }
    return sorted(lines - known)


def _project(
    world: World, project: EntityId, parts: tuple[EntityId, ...], places: dict[EntityId, set[EntityId]]
) -> Project | None:
    """One project with everything told of it; ``None`` when nothing that this world sees is told."""
    volumes, earlier = stated_volumes(world, parts)
    planned = planned_volumes(world, parts)
    told = stages(world, project) if len(parts) == 1 else ()
    sure = [s for s in told if s.mode is Mode.STATED]
    stage = sure[0] if sure else (told[0] if told else None)
    who = parties(world, parts)
    did = steps(world, parts)
    runs = working(world, parts)
    because = {i for many in (volumes, earlier, planned, told, who, did, runs) for i in _behind(many)}
    if not because:
        return None
    disputed = (
        {i for v in (*volumes, *earlier) for i in v.against}
        | {i for s in sure for i in s.against}
        | _denied(world, parts)
    )
    fresh = [world.claim(i).known for i in because]
    ages = [*(v.stale for v in volumes), *(p.stale for p in who), *([stage.stale] if stage else [])]
    return Project(
        project=project,
        kind="supply" if len(parts) == 2 else world.type(project) or "project",
        commodity=_commodity(world, parts, (*volumes, *earlier, *planned)),
        parts=parts,
        parties=who,
        stage=stage,
        ahead=tuple(s for s in told if s is not stage),
        working=runs,
        volumes=volumes,
        earlier=earlier,
        planned=planned,
        steps=did,
        places=tuple(sorted({p for part in parts[:1] for p in places.get(part, ())})),
        newest=max(fresh),
        age_days=(world.on - max(fresh)).days,
        stale=bool(ages) and all(ages),
        pending=tuple(sorted(_pending(world, because))),
        disputed=tuple(sorted(disputed)),
        because=tuple(sorted(because)),
    )


def _behind(parts: Iterable[Volume | Stage | Party | Step | Working]) -> Iterable[ClaimId]:
    return (i for part in parts for i in part.because)


def _pending(world: World, because: Iterable[ClaimId]) -> set[ClaimId]:
    return {i for i in because if world.claim(i).mode is not Mode.STATED}


def _denied(world: World, parts: tuple[EntityId, ...]) -> set[ClaimId]:
    words = ("stage", "takes_part", "capacity", "processes", "supplies", "outage", "resumes", "signs")
    root = world.names.root
    return {
        c.id
        for c in world.told(*words)
        if c.polarity is Polarity.DENIED
        and (root(c.subject) == parts[0] or (c.object is not None and root(c.object) == parts[-1]))
        and (len(parts) == 1 or (root(c.subject), c.object and root(c.object)) == parts)
    }


def _commodity(world: World, parts: tuple[EntityId, ...], volumes: Iterable[Volume]) -> str:
    """What it is about: said with a volume, else shown by a volume's unit, else in the project's English name."""
    said, shown = set[str](), set[str]()
    for volume in volumes:
        said |= _commodities(volume.commodity or "")
        shown.add("gas" if dimension(volume.value.unit).startswith("gas") else "oil")
    named = {w for part in parts for w in _commodities(world.name(part).replace("-", " "))}
    return " and ".join(sorted(said or shown or named))


def _commodities(text: str) -> set[str]:
    return {_WORDS[w] for w in text.lower().split() if w in _WORDS}


def _places(world: World) -> dict[EntityId, set[EntityId]]:
    """Where things lie or run, regions and states alike, with what they are a part of."""
    found: dict[EntityId, set[EntityId]] = {}
    for state in world.states("located_in", "crosses"):
        if state.object is not None:
            found.setdefault(state.subject, set()).add(state.object)
    return found


def _touched(project: Project, places: dict[EntityId, set[EntityId]]) -> set[EntityId]:
    """Everything that the project is, involves, runs through or lies in."""
    near = {*project.parts, *(p.entity for p in project.parties)}
    for volume in (*project.volumes, *project.earlier, *project.planned):
        near |= {e for e in (volume.subject, volume.object, volume.via) if e is not None}
    near |= {e for w in project.working for e in (w.what,) if e is not None}
    near |= {e for s in project.steps for e in (*s.who, s.what) if e is not None}
    return near | {place for e in near for place in places.get(e, ())} | {project.project}
