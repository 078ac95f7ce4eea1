"""Which licences of an authority bore on a project or a party, version by version, and on which days did none cover an activity?

Refuses to carry an end over a gap: a licence that lapsed and came back has two terms. Who owns what, and who is listed, is as of
the world's day; renewals that nobody told by ``known`` are not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

from knockon.analyses.activities import activity as word_of
from knockon.analyses.grounds import utc
from knockon.analyses.licence import Cover, Exclusion, Licence
from knockon.analyses.licence_check import authorities
from knockon.analyses.licences import weigh
from knockon.analyses.links import blocked_in, links, same_project
from knockon.analyses.term import When
from knockon.analyses.terms import licences, regime
from knockon.errors import Refused, UnknownEntity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.world import World

__all__ = ["Row", "Span", "Timeline", "Version", "timeline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One letter of a licence: from when to when, what it replaced and what replaced it, how it ends, what it covered and left out.

    ``ends`` is how it ends as far as known, past or to come; ``state`` is how it stands on the world's day.
    """

    licence: EntityId
    number: str | None
    title: str | None
    programme: str | None
    since: Moment | None
    until: Moment | None
    until_utc: str | None
    state: str
    ends: str | None
    supersedes: tuple[EntityId, ...]
    superseded_by: EntityId | None
    covers: tuple[Cover, ...]
    leaves_out: tuple[Exclusion, ...]
    pending: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]

    @property
    def parts(self) -> list[Cover | Exclusion]:
        """Everything that it covers, then everything that it leaves out."""
        return [*self.covers, *self.leaves_out]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days, half-open, on which one answer holds; without ``until``, as far as is known."""

    since: date
    until: date | None
    verdict: str
    licences: tuple[EntityId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a timeline in a table; ``kind`` is "covers", "leaves out" or "gap"."""

    authority: EntityId
    kind: str
    licence: EntityId | None = None
    number: str | None = None
    target: EntityId | None = None
    activity: str | None = None
    paragraph: str | None = None
    wind_down: bool = False
    reaches: str | None = None
    condition: str | None = None
    since: str | None = None
    until: str | None = None
    until_utc: str | None = None
    ends: str | None = None
    supersedes: tuple[EntityId, ...] = ()
    superseded_by: EntityId | None = None
    verdict: str | None = None
    because: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """One authority's licences on a target (``None`` where one licence was asked for), in the order in which they began.

    ``spans`` are the answers for the activity from the first known day on, ``gaps`` those on which nothing gave leave to go on
    after something first had.
    """

    authority: EntityId
    target: EntityId | None
    activity: str | None
    versions: tuple[Version, ...]
    spans: tuple[Span, ...]
    gaps: tuple[Span, ...]
    because: tuple[ClaimId, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each thing covered and left out, and each gap, as a row of its own."""
        made = [_row(self.authority, v, part) for v in self.versions for part in v.parts]
        made += [
            Row(
                authority=self.authority,
                kind="gap",
                target=self.target,
                activity=self.activity,
                since=str(gap.since),
                until=str(gap.until) if gap.until else None,
                verdict=gap.verdict,
                because=gap.because,
            )
            for gap in self.gaps
        ]
        return tuple(made)


def timeline(
    world: World,
    *,
    project: str | None = None,
    party: str | None = None,
    licence: str | None = None,
    authority: Sequence[str] = (),
    activity: str = "project_dealings",
) -> tuple[Timeline, ...]:
    """Every version, by authority; those that have none are left out unless they were asked for by name.

    >>> from knockon.testing import world
    >>> w = world('''us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    ... gl-1 covers bolt for retail since 2025-10-22 until 2025-11-01 (us-ofac)
    ... us-ofac issues gl-1a on 2025-11-05 (us-ofac)
    ... gl-1a covers bolt for retail since 2025-11-05 (us-ofac)''', on="2025-11-11")
    >>> (found,) = timeline(w, project="bolt", authority=["us-ofac"], activity="retail")
    >>> [(v.licence, v.ends) for v in found.versions], [(str(g.since), str(g.until)) for g in found.gaps]
    ([('gl-1', 'expired'), ('gl-1a', None)], [('2025-11-01', '2025-11-05')])
    """
    asked = [x for x in (project, party, licence) if x]
    if len(asked) != 1:
        raise Refused("a timeline is of one thing", "give one of --project, --party and --licence")
    word = word_of(activity).word
    named = bool(authority) and "all" not in authority
    wanted = [regime(world, EntityId(a)) for a in authority] if named else list(authorities(world))
    if licence:
        name = _licence(world, licence)
        made = [_of_licence(world, name, a) for a in wanted]
    else:
        target = world.entity(asked[0])
        made = [_of_target(world, target, a, word) for a in wanted]
    return tuple(t for t in made if t.versions or named)


def _licence(world: World, text: str) -> EntityId:
    known = {x.licence for x in licences(world)}
    found = world.entity(text)
    if found not in known:
        raise UnknownEntity(text, sorted(known))
    return found


def _of_licence(world: World, name: EntityId, authority: EntityId) -> Timeline:
    """A licence with all the versions before and after it."""
    every = {x.licence: x for x in licences(world, authority)}
    chain, front = set(), [name] if name in every else []
    while front:
        one = front.pop()
        if one in every and one not in chain:
            chain.add(one)
            front += every[one].supersedes
            front += [x.licence for x in every.values() if one in x.supersedes]
    versions = _versions(every[x] for x in chain)
    return _made(authority, None, None, versions, ())


def _of_target(world: World, target: EntityId, authority: EntityId, activity: str) -> Timeline:
    parties = blocked_in(world, target, authority)
    near = same_project(world, target)
    found = [k for over in (False, True) for k in links(world, target, authority, parties, ended=over)]
    bearing = {k.licence.licence for k in found}
    every = [
        x for x in licences(world, authority) if x.licence in bearing or any(e.target in near for e in x.exclusions)
    ]
    days = _days([*(k.cover for k in found), *(e for x in every for e in x.exclusions)])
    spans: list[Span] = []
    for since, until in pairwise([*days, None]):
        assert since is not None
        answer = weigh(world, target, activity, authority, parties, When(on=since)).coverage
        one = Span(since=since, until=until, verdict=answer.verdict, licences=answer.licences, because=answer.because)
        if spans and (spans[-1].verdict, spans[-1].licences) == (one.verdict, one.licences):
            before = spans.pop()
            one = Span(
                since=before.since,
                until=until,
                verdict=one.verdict,
                licences=one.licences,
                because=tuple(dict.fromkeys((*before.because, *one.because))),
            )
        spans.append(one)
    return _made(authority, target, activity, _versions(every), tuple(spans))


def _days(terms: Iterable[Cover | Exclusion]) -> list[date]:
    """The days on which an answer can change."""
    found = {d for t in terms for m in (t.begins, t.until) if m is not None for d in (m.earliest, m.latest)}
    return sorted(d for d in found if d is not None)


def _versions(found: Iterable[Licence]) -> tuple[Version, ...]:
    order = sorted(found, key=lambda x: (_begun(x), x.licence))
    return tuple(
        Version(
            licence=x.licence,
            number=x.number,
            title=x.title,
            programme=x.programme,
            since=x.since,
            until=x.until,
            until_utc=utc(x.until),
            state=x.state,
            ends=x.ends,
            supersedes=x.supersedes,
            superseded_by=x.superseded_by,
            covers=x.activities,
            leaves_out=x.exclusions,
            pending=x.pending,
            because=x.because,
        )
        for x in order
    )


def _begun(licence: Licence) -> date:
    """The day by which a licence takes its place: its start, or where only that is known, the day by which it was told."""
    begins = [m for m in (licence.since, licence.begins, *(c.begins for c in licence.activities)) if m is not None]
    return (begins[0].earliest or begins[0].latest or date.min) if begins else date.min


def _made(
    authority: EntityId,
    target: EntityId | None,
    activity: str | None,
    versions: tuple[Version, ...],
    spans: tuple[Span, ...],
) -> Timeline:
    begun = next((n for n, s in enumerate(spans) if s.verdict == "covered"), len(spans))
    claims = [c for v in versions for c in v.because] + [c for s in spans for c in s.because]
    return Timeline(
        authority=authority,
        target=target,
        activity=activity,
        versions=versions,
        spans=spans,
        gaps=tuple(s for s in spans[begun:] if s.verdict in ("not covered", "wind-down only")),
        because=tuple(dict.fromkeys(claims)),
    )


def _row(authority: EntityId, version: Version, part: Cover | Exclusion) -> Row:
    covers = isinstance(part, Cover)
    same = {f.name for f in fields(part)} & {
        "target",
        "activity",
        "paragraph",
        "wind_down",
        "reaches",
        "condition",
        "because",
    }
    return Row(
        authority=authority,
        kind="covers" if covers else "leaves out",
        licence=version.licence,
        number=version.number,
        since=str(part.since) if isinstance(part, Cover) and part.since else None,
        until=str(part.until) if part.until else None,
        until_utc=utc(part.until),
        ends=part.ends if isinstance(part, Cover) else None,
        supersedes=version.supersedes,
        superseded_by=version.superseded_by,
        **{name: getattr(part, name) for name in same},
    )
