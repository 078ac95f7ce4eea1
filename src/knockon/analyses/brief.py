"""What does a report say, and what do the sanctions in it knock on to? One answer made of all the others, with the days it holds for.

Refuses to mix the report with the ledger unseen: what only the report says is marked so, and what contradicts it is set beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from knockon import __version__
from knockon.analyses.address import Address
from knockon.analyses.agenda import Agenda, Item, agenda
from knockon.analyses.askers import Asker
from knockon.analyses.corroboration import Corroboration, corroboration
from knockon.analyses.disputes import Dispute, Standing, could_be, disputes, standing
from knockon.analyses.exposure import Exposure, exposures
from knockon.analyses.licences import Licence, licences
from knockon.analyses.ownership import Ownership, ownership
from knockon.analyses.positions import Position, positions
from knockon.analyses.projects import Project, projects
from knockon.analyses.reaches import Reached, reaches
from knockon.analyses.regimes import rules_on
from knockon.analyses.routes import Routes, routes
from knockon.analyses.status import AUTHORITIES, Effect, cascade, designated
from knockon.analyses.ties import Ties, ties
from knockon.errors import Refused
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.model.vocabulary import type_is
from knockon.sources.source import ReadClaim, Reading, Sentence
from knockon.world import World

__all__ = ["Brief", "Said", "Sentenced", "Twin", "Watch", "brief", "heard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim of the report, how surely it was read, and how it stands beside the ledger."""

    claim: Claim
    sure: float
    sentence: int
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One day ahead on which something lapses or is to happen; ``what`` are the licence, or the parties."""

    kind: str
    what: tuple[EntityId, ...]
    authority: str | None
    when: Moment
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A licence told without its number, and the one in the ledger that it is possibly the same as; never merged (identity)."""

    told: EntityId
    known: EntityId
    authority: EntityId
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentenced:
    """One sentence of the report, the claims read from it, and the sections of the brief in which each is answered."""

    sentence: Sentence
    claims: tuple[ClaimId, ...]
    sections: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole answer, section by section in reading order; every part names its claims."""

    reading: Reading
    on: date
    known: date
    at: int
    fingerprint: str
    version: str
    supposed: tuple[Claim, ...]
    asker: Asker | None
    said: tuple[Said, ...]
    concerned: tuple[EntityId, ...]
    states: tuple[EntityId, ...]
    designated: tuple[Effect, ...]
    others_designated: int
    reached: tuple[Effect, ...]
    unruled: tuple[str, ...]
    ownership: tuple[Ownership, ...]
    exposure: tuple[Exposure, ...]
    behind: tuple[Reached, ...]
    licences: tuple[Licence, ...]
    twins: tuple[Twin, ...]
    projects: tuple[Project, ...]
    routes: tuple[Routes, ...]
    routes_refused: tuple[tuple[EntityId, str], ...]
    ties: tuple[Ties, ...]
    positions: tuple[Position, ...]
    agenda: Agenda
    disputed: tuple[Dispute, ...]
    corroboration: Corroboration
    watch: tuple[Watch, ...]
    sentences: tuple[Sentenced, ...]
    because: tuple[ClaimId, ...]

    def address(self, question: str, *parts: str) -> str:
        """The address of a line, for ``knockon why``."""
        return str(Address(question, parts, self.on, self.known))


def heard(before: World, reading: Reading) -> World:
    """The world in which the report has been heard, for this answer alone."""
    document = reading.document
    return before.hearing(
        [*(r.claim for r in reading.claims), *reading.new_names],
        {document.id: f"{document.address} ({document.dateline})"},
    )


def brief(before: World, reading: Reading, *, who: Asker | None = None) -> Brief:
    """Answer a report: ``before`` is the world without it; the report is heard in a world of its own, and nothing is written."""
    claims = [r.claim for r in reading.claims]
    world = heard(before, reading)
    mentioned = _mentioned(world, claims, reading)
    parties = _parties(world, mentioned)
    states = tuple(e for e in mentioned if world.type(e) == "state")
    listed = designated(world)
    concerned = [e for e in listed if e.entity in parties]
    reached = _reached(world, parties)
    near = _near(world, mentioned)
    reached = sorted(reached, key=lambda e: near(e.entity))
    exposed = tuple(
        sorted((x for x in exposures(world) if _concerns(x, parties, mentioned)), key=lambda x: near(x.asset))
    )
    conflict = disputes(world, before, claims)
    focus = _focus(world, states, claims)
    routed, refused = _routes(world, focus)
    said = tuple(
        Said(claim=r.claim, sure=r.sure, sentence=r.sentence, standing=standing(before, r.claim, conflict))
        for r in sorted(reading.claims, key=_place_in_text)
    )
    in_force = _licences(world, exposed, reached, parties, mentioned)
    twins = _twins(before, in_force)
    in_force = tuple(x for x in in_force if x.licence not in {t.told for t in twins})
    plan = _about(agenda(world), mentioned)
    found_projects = _projects(world, mentioned, focus)
    found_ties = tuple(ties(world, s) for s in focus)
    stands = tuple(p for p in positions(world) if p.who in mentioned)
    because = _because(concerned, reached, exposed, in_force, routed, said, world.known)
    return Brief(
        reading=reading,
        on=world.on,
        known=world.known,
        at=world.at,
        fingerprint=world.fingerprint,
        version=__version__,
        supposed=world.supposed,
        asker=who,
        said=said,
        concerned=mentioned,
        states=states,
        designated=_asked(concerned, who),
        others_designated=len({e.entity for e in listed} - {e.entity for e in concerned}),
        reached=_asked(reached, who),
        unruled=tuple(a for a in AUTHORITIES if not rules_on(world.on, a)),
        ownership=tuple(ownership(world, a) for a in _ventures(exposed, reached)),
        exposure=exposed,
        behind=tuple(r for r in reaches(world, exposed) if r.share_high is not None),
        licences=in_force,
        twins=twins,
        projects=found_projects,
        routes=routed,
        routes_refused=refused,
        ties=found_ties,
        positions=stands,
        agenda=plan,
        disputed=conflict,
        corroboration=corroboration(world, because),
        watch=_watch(world, in_force, plan),
        sentences=_sentences(reading),
        because=because,
    )


# ---------------------------------------------------------------------------------------------------- what it concerns
def _mentioned(world: World, claims: Iterable[Claim], reading: Reading) -> tuple[EntityId, ...]:
    """Everything that the report names, in the order in which it first does."""
    found: dict[EntityId, None] = {}
    for mention in reading.names:
        if mention.entity is not None:
            found.setdefault(world.names.root(mention.entity))
    for claim in claims:
        for entity in (claim.subject, claim.object):
            if entity is not None:
                found.setdefault(world.names.root(entity))
    return tuple(found)


def _parties(world: World, mentioned: Iterable[EntityId]) -> frozenset[EntityId]:
    """The companies and other parties among what is named; a state or a speaker is not a party to a measure by being named."""
    kinds = ("company", "venture", "consortium", "fund", "refinery")
    return frozenset(e for e in mentioned if world.type(e) in kinds)


def _reached(world: World, parties: frozenset[EntityId]) -> list[Effect]:
    """Who is reached through ownership by the named parties, or is itself named."""
    from knockon.analyses.ownership import held_by

    below = {x.asset for p in parties for x in held_by(world, p)} | parties
    return [e for a in AUTHORITIES for e in cascade(world, a) if e.entity in below or _rests_on(world, e, parties)]


def _rests_on(world: World, effect: Effect, parties: frozenset[EntityId]) -> bool:
    return any(world.names.root(world.claim(c).subject) in parties for c in effect.because)


def _near(world: World, mentioned: tuple[EntityId, ...]) -> Callable[[EntityId], int]:
    """How near a thing is to the report: named in it, lying in (or crossing) a state that it names, or elsewhere."""
    states = {e for e in mentioned if world.type(e) == "state"}
    placed: dict[EntityId, set[EntityId]] = {}
    for state in world.states("located_in", "crosses"):
        if state.object is not None:
            placed.setdefault(state.subject, set()).add(state.object)
    for state in world.states("develops"):
        if state.object is not None:
            placed.setdefault(state.subject, set()).update(placed.get(state.object, ()))

    for state in world.states("holds_shares", "holds_interest"):
        if state.object is not None:
            placed.setdefault(state.subject, set()).update(placed.get(state.object, ()))

    def rank(entity: EntityId) -> int:
        return 0 if entity in mentioned else 1 if placed.get(entity, set()) & states else 2

    return rank


def _concerns(exposure: Exposure, parties: frozenset[EntityId], mentioned: Iterable[EntityId]) -> bool:
    return exposure.asset in set(mentioned) or any(h.entity in parties for h in exposure.holders)


def _ventures(exposed: Iterable[Exposure], reached: Iterable[Effect]) -> list[EntityId]:
    """Assets whose owners are shown: those exposed and those reached."""
    return sorted({x.asset for x in exposed} | {e.entity for e in reached})


def _asked(effects: Iterable[Effect], who: Asker | None) -> tuple[Effect, ...]:
    """What binds the asker first; nothing is left out, because another's measure may still stop a bank or an insurer."""
    if who is None:
        return tuple(effects)
    order = {a: i for i, a in enumerate((*who.binds, *who.risk))}
    return tuple(sorted(effects, key=lambda e: order.get(e.authority, len(order))))


def _focus(world: World, states: tuple[EntityId, ...], claims: Iterable[Claim]) -> list[EntityId]:
    """The states that the report is about: of whose partners, exports, positions or fields it tells; the most told of first."""
    of_object = ("partner_of", "trade_share", "holds_interest", "holds_shares")
    of_subject = ("exports", "exports_share", "position", "trades_with", "is_kind_of_company")
    count = dict.fromkeys(states, 0)
    for claim in claims:
        for entity, words in ((claim.object, of_object), (claim.subject, of_subject)):
            if entity in count and claim.predicate in words:
                count[entity] += 1
    most = max(count.values(), default=0)
    return sorted((s for s in states if count[s] and 2 * count[s] >= most), key=lambda s: (-count[s], s))[:3]


def _projects(world: World, mentioned: tuple[EntityId, ...], focus: Iterable[EntityId]) -> tuple[Project, ...]:
    """Projects of the states that the report is about, and of the assets that it names."""
    about = set(focus)
    assets = {e for e in mentioned if type_is(world.type(e), "asset")}
    found: dict[EntityId, Project] = {}
    for entity in sorted(about | assets):
        for project in projects(world, about=entity):
            found.setdefault(project.project, project)
    return tuple(found.values())


def _routes(world: World, states: Iterable[EntityId]) -> tuple[tuple[Routes, ...], tuple[tuple[EntityId, str], ...]]:
    """How the exports of the states that the report is about leave them; one without comparable figures is refused with the reason."""
    told = {c.subject for c in world.told("exports", "exports_share")}
    found, refused = [], []
    for state in states:
        if state in told:
            try:
                found.append(routes(world, state))
            except Refused as reason:
                refused.append((state, reason.message))
    return tuple(found), tuple(refused)


def _licences(
    world: World,
    exposed: Iterable[Exposure],
    reached: Iterable[Effect],
    parties: frozenset[EntityId],
    mentioned: tuple[EntityId, ...],
) -> tuple[Licence, ...]:
    """Licences that touch the named parties, what they hold, or the exposed assets; those in force first."""
    targets = {x.asset for x in exposed} | parties | set(mentioned)
    targets |= {h.entity for x in exposed for h in x.holders} | {v for x in exposed for h in x.holders for v in h.via}
    targets |= {e.entity for e in reached}
    for state in world.states("linked_to", "part_of"):
        if state.object is not None:
            targets |= (
                {state.object} if state.subject in parties else {state.subject} if state.object in parties else set()
            )
    mine = [x for x in licences(world) if x.licence in targets or any(c.target in targets for c in x.activities)]
    order = {Holds.SURELY: 0, Holds.POSSIBLY: 1, Holds.NOT: 2}

    def named(licence: Licence) -> bool:
        return licence.licence in mentioned or any(c.target in mentioned for c in licence.activities)

    return tuple(sorted(mine, key=lambda x: (order[x.holds], not named(x), x.authority, x.licence)))


def _twins(before: World, found: Iterable[Licence]) -> tuple[Twin, ...]:
    """Licences that only the report tells, beside the one of the ledger with the same authority, targets, leave and end."""
    known = licences(before)
    ids = {x.licence for x in known}
    out = []
    for licence in found:
        if licence.licence in ids or not licence.activities:
            continue
        alike = [
            k for k in known if k.authority == licence.authority and k.holds is not Holds.NOT and _within(licence, k)
        ]
        if len(alike) == 1:
            because = tuple(dict.fromkeys((*licence.because, *alike[0].because)))
            out.append(Twin(told=licence.licence, known=alike[0].licence, authority=licence.authority, because=because))
    return tuple(out)


def _within(told: Licence, known: Licence) -> bool:
    """Whether all that one licence allows is what the other allows, to an end that can be the same."""
    allowed = {(c.target, c.activity) for c in known.activities}
    ends = told.until is not None and known.until is not None and could_be(told.until, known.until)
    return ends and all((c.target, c.activity) in allowed for c in told.activities)


# ---------------------------------------------------------------------------------------------------- what lies ahead
def _about(plan: Agenda, mentioned: tuple[EntityId, ...]) -> Agenda:
    """Of everything that is planned, what concerns somebody or something that the report names."""
    named = set(mentioned)

    def mine(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(i for i in items if named & {*i.who, *([i.what] if i.what else [])})

    return replace(
        plan, ahead=mine(plan.ahead), undated=mine(plan.undated), asked=mine(plan.asked), recent=mine(plan.recent)
    )


def _watch(world: World, in_force: Iterable[Licence], plan: Agenda) -> tuple[Watch, ...]:
    found = [
        Watch(kind="licence ends", what=(x.licence,), authority=x.authority, when=x.until, because=x.because[:2])
        for x in in_force
        if x.holds is not Holds.NOT and x.until is not None and (x.until.latest or date.max) >= world.on
    ]
    for item in plan.ahead:
        if item.when is not None and (item.when.latest or date.max) >= world.on:
            found.append(Watch(kind=item.kind, what=item.who, authority=None, when=item.when, because=item.because))
    return tuple(sorted(found, key=lambda w: (w.when.earliest or date.max, str(w.when), w.kind, w.what)))


# ---------------------------------------------------------------------------------------------------- sentence by sentence
#: which section of the brief answers a claim of each predicate, besides "said", in which every claim stands
SECTIONS: dict[str, tuple[str, ...]] = {
    "designates": ("designated", "reached"),
    "delists": ("designated",),
    "holds_shares": ("exposure", "disputed"),
    "holds_interest": ("exposure", "disputed"),
    "is_kind_of_company": ("disputed",),
    "operates": ("exposure",),
    "develops": ("exposure",),
    "exports": ("routes",),
    "exports_share": ("routes",),
    "ships": ("routes",),
    "capacity": ("routes",),
    "produces": ("exposure",),
    "partner_of": ("ties", "disputed"),
    "tie": ("ties",),
    "trades_with": ("ties",),
    "trade_share": ("ties",),
    "position": ("positions",),
    "issues": ("licences",),
    "covers": ("licences",),
    "excludes": ("licences",),
    "expires": ("licences", "watch"),
    "supersedes": ("licences",),
    "takes_part": ("projects",),
    "stage": ("projects",),
    "supplies": ("projects",),
    "processes": ("projects",),
    "meets": ("agenda", "watch"),
    "visits": ("agenda", "watch"),
    "discusses": ("agenda", "projects"),
    "informs": ("agenda",),
    "wants": ("agenda",),
    "signs": ("agenda",),
    "says": ("agenda",),
}


def _sentences(reading: Reading) -> tuple[Sentenced, ...]:
    by_sentence: dict[int, list[Claim]] = {}
    for read in reading.claims:
        by_sentence.setdefault(read.sentence, []).append(read.claim)
    reasons: dict[int, list[str]] = {}
    for left in reading.unread:
        reasons.setdefault(left.sentence, []).append(left.reason)
    out = []
    for sentence in reading.sentences:
        mine = by_sentence.get(sentence.index, [])
        sections = {"said": None} if mine else {}
        for claim in mine:
            sections |= dict.fromkeys(SECTIONS.get(claim.predicate, ()))
        out.append(
            Sentenced(
                sentence=sentence,
                claims=tuple(c.id for c in mine),
                sections=tuple(sections),
                unread=tuple(reasons.get(sentence.index, ())),
            )
        )
    return tuple(out)


def _place_in_text(read: ReadClaim) -> tuple[int, int, int, str]:
    quote = read.claim.quote
    return (read.sentence, quote.start if quote else 0, quote.end if quote else 0, read.claim.id)


def _because(
    concerned: Iterable[Effect],
    reached: Iterable[Effect],
    exposed: Iterable[Exposure],
    in_force: Iterable[Licence],
    routed: Iterable[Routes],
    said: Iterable[Said],
    known: date,
) -> tuple[ClaimId, ...]:
    # a report that was not public by the known day is shown, and carries nothing
    found: set[ClaimId] = {s.claim.id for s in said if s.claim.known <= known}
    for effect in (*concerned, *reached):
        found |= set(effect.because)
    for exposure in exposed:
        found |= set(exposure.because)
    for route in routed:
        found |= set(route.because)
    for licence in in_force:
        if licence.holds is not Holds.NOT:
            found |= set(licence.because)
    return tuple(sorted(found))
