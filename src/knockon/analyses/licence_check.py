"""May this be done with these parties, or on this project, on this day? By which licence, which paragraph, and what would be needed?

Refuses a question without a target. Refuses to read leave for one party as leave for another, and to guess a paragraph that
nobody told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knockon.analyses.activities import activity as word_of
from knockon.analyses.askers import Asker
from knockon.analyses.effect import AUTHORITIES, CAUGHT, EVERY, UNDETERMINED
from knockon.analyses.grounds import Ground, grounds_of, utc
from knockon.analyses.licences import Coverage, Weighed, only_ends, weigh
from knockon.analyses.links import above
from knockon.analyses.status import status
from knockon.analyses.term import When
from knockon.analyses.terms import licences, regime
from knockon.errors import Refused
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import World

__all__ = ["VERDICTS", "Check", "Ground", "Need", "authorities", "check", "utc"]

#: the worst first: of several targets, all must be covered
VERDICTS = ("not covered", "cannot tell", "undetermined", "wind-down only", "covered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is missing for the activity to be covered. ``kind`` is "activity" (no licence names it), "licence" (none names the
    target or its parties), "exclusion", "renewal", "later", "scope", "end", "stake", "go on", or "nothing known to need leave"."""

    kind: str
    target: EntityId
    licence: EntityId | None = None
    day: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One authority's answer for all targets together; ``parts`` are the answers for each. ``bound`` is "binds", "risk" or
    "neither" for the one who asks, ``None`` where nobody said who asks. ``when`` is the day, or the instant in UTC."""

    authority: EntityId
    bound: str | None
    activity: str
    projects: tuple[EntityId, ...]
    parties: tuple[EntityId, ...]
    when: str
    verdict: str
    until: Moment | None
    until_utc: str | None
    grounds: tuple[Ground, ...]
    needs: tuple[Need, ...]
    parts: tuple[Coverage, ...]
    because: tuple[ClaimId, ...]

    @property
    def rows(self) -> tuple[Ground, ...]:
        """The grounds, and a row for each target on which no licence bears at all."""
        grounded = {g.target for g in self.grounds}
        return (
            *self.grounds,
            *(
                Ground(authority=self.authority, target=p.target, asked=self.activity, verdict=p.verdict, role="none")
                for p in self.parts
                if p.target not in grounded
            ),
        )


def check(
    world: World,
    activity: str,
    *,
    projects: Sequence[str] = (),
    parties: Sequence[str] = (),
    authority: Sequence[str] = (),
    who: Asker | None = None,
    when: When | None = None,
) -> tuple[Check, ...]:
    """Whether an activity is covered, by each authority: on every project named, or with every party; with both, on the projects so
    far as those parties are in them.

    >>> from knockon.testing import world
    >>> w = world('''us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    ... gl-1 covers bolt activity=project_dealings paragraph=(a)(1) since 2025-10-22 (us-ofac)''', on="2025-11-11")
    >>> [(c.verdict, c.grounds[0].paragraph) for c in check(w, "petroleum_services", projects=["bolt"], authority=["us-ofac"])]
    [('covered', '(a)(1)')]
    >>> [(c.verdict, [n.kind for n in c.needs]) for c in check(w, "sale_of_interests", projects=["bolt"], authority=["us-ofac"])]
    [('not covered', ['activity'])]
    """
    word = word_of(activity).word
    if not projects and not parties:
        raise Refused("no party and no project was named", "name what the activity is with or on: --party or --project")
    on_projects, with_parties = (tuple(dict.fromkeys(map(world.entity, some))) for some in (projects, parties))
    _parts_known(world, on_projects, with_parties)
    moment = when or When(on=world.on)
    found = [
        _answer(world, word, one, on_projects, with_parties, moment, who)
        for one in _in_order(_wanted(world, authority), who)
    ]
    return tuple(found)


def _parts_known(world: World, projects: Sequence[EntityId], parties: Sequence[EntityId]) -> None:
    """Leave for a party is no leave on a project in which nobody tells it a part."""
    for project in projects:
        inside = {project, *above(world, project), *(s.subject for s in world.states("controls", object=project))}
        if strangers := [p for p in parties if p not in inside]:
            raise Refused(
                f"{', '.join(strangers)}: no part in {project} is told here",
                "ask for the party and for the project apart, or add a claim that tells the part",
            )


def authorities(world: World) -> tuple[EntityId, ...]:
    """Those for which it is always answered, then every other one that lists parties or has issued a licence."""
    issued = {x.authority for x in licences(world)} | {c.subject for c in world.counted("designates")}
    return (*map(EntityId, AUTHORITIES), *sorted(a for a in issued if a not in AUTHORITIES))


def _wanted(world: World, asked: Sequence[str]) -> tuple[EntityId, ...]:
    known = authorities(world)
    if not asked or "all" in asked:
        return known
    found = [regime(world, EntityId(a)) for a in asked]
    if unknown := [a for a in found if a not in known and a not in EVERY]:
        raise Refused(
            f"no licence and no listing of {', '.join(unknown)} is known here",
            f"the authorities are {', '.join(dict.fromkeys((*known, *EVERY)))}, or all",
        )
    return tuple(dict.fromkeys(found))


def _in_order(found: Sequence[EntityId], who: Asker | None) -> list[EntityId]:
    """Those that bind the asker first, then those that are a risk."""
    return sorted(found, key=lambda a: ("binds", "risk", "neither", None).index(_bound(a, who)))


def _bound(authority: EntityId, who: Asker | None) -> str | None:
    if who is None:
        return None
    return "binds" if authority in who.binds else "risk" if authority in who.risk else "neither"


def _answer(
    world: World,
    word: str,
    authority: EntityId,
    projects: tuple[EntityId, ...],
    parties: tuple[EntityId, ...],
    when: When,
    who: Asker | None,
) -> Check:
    weighed = [
        weigh(world, target, word, authority, parties if projects else (), when) for target in projects or parties
    ]
    parts = tuple(w.coverage for w in weighed)
    untils = [p.until for p in parts if p.until is not None]
    until = min(untils, key=lambda m: (m.latest is None, m.latest, str(m.utc() or ""), str(m)), default=None)
    return Check(
        authority=authority,
        bound=_bound(authority, who),
        activity=word,
        projects=projects,
        parties=parties,
        when=when.text,
        verdict=min((p.verdict for p in parts), key=VERDICTS.index),
        until=until,
        until_utc=utc(until),
        grounds=tuple(g for w in weighed for g in grounds_of(world, w)),
        needs=tuple(dict.fromkeys(n for w in weighed for n in _needs(world, w))),
        parts=parts,
        because=tuple(dict.fromkeys(c for p in parts for c in p.because)),
    )


# ---------------------------------------------------------------------------------------------------- what would be needed
def _needs(world: World, weighed: Weighed) -> Iterator[Need]:
    answer = weighed.coverage
    target = answer.target
    if answer.verdict == "cannot tell":
        yield from (Need(kind="scope", target=target, licence=k.licence.licence) for k in weighed.used)
    elif answer.verdict == "undetermined":
        for link in weighed.used:
            kind = "end" if link.cover.holds is Holds.POSSIBLY else "stake"
            yield Need(kind=kind, target=target, licence=link.licence.licence, day=link.cover.until)
    elif answer.verdict == "wind-down only":
        yield Need(kind="go on", target=target)
    elif answer.verdict == "not covered":
        yield from _missing(world, weighed)


def _missing(world: World, weighed: Weighed) -> Iterator[Need]:
    answer = weighed.coverage
    target = answer.target
    yield from (Need(kind="exclusion", target=target, licence=x) for x in answer.left_out_by)
    gave = [k for k in weighed.over if not only_ends(k.cover, answer.activity)]
    newest = [k for k in gave if k.cover.ended and not k.licence.superseded_by]
    for link in newest:
        yield Need(kind="renewal", target=target, licence=link.licence.licence, day=link.cover.until)
    for link in gave:
        if not link.cover.ended:
            yield Need(kind="later", target=target, licence=link.licence.licence, day=link.cover.since)
    if weighed.found or answer.left_out_by:
        yield Need(kind="activity", target=target)
    elif _caught(world, answer):
        yield Need(kind="licence", target=target)
    else:
        yield Need(kind="nothing known to need leave", target=target)


def _caught(world: World, answer: Coverage) -> bool:
    """Whether the authority lists or reaches, or may reach, the target or one of the parties that are in it or were named."""
    words = (*CAUGHT, "designated", "subject to sectoral restrictions", UNDETERMINED)
    return any(
        e.status in words for p in (answer.target, *answer.parties) for e in status(world, p, (answer.authority,))
    )
