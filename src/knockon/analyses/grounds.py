"""Which paragraphs of which licences bear on a question, and how: what gives leave, what only winds down, leaves out, or has ended?

Refuses to guess a paragraph that nobody told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knockon.analyses.activities import includes
from knockon.analyses.licence import Exclusion, Licence
from knockon.analyses.licences import Coverage, Weighed, only_ends
from knockon.analyses.links import Link, same_project
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import World

__all__ = ["Ground", "grounds_of", "utc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One paragraph of one licence that bears on the question, and how: ``role`` is "gives leave", "also gives leave", "winds down",
    "cannot tell", "in doubt", "other activity", "leaves out", "ended", "not yet" or "none" (no licence bears on it)."""

    authority: EntityId
    target: EntityId
    asked: str
    verdict: str
    role: str
    licence: EntityId | None = None
    number: str | None = None
    title: str | None = None
    paragraph: str | None = None
    names: EntityId | None = None
    how: str | None = None
    activity: str | None = None
    wind_down: bool = False
    reaches: str | None = None
    condition: str | None = None
    since: Moment | None = None
    until: Moment | None = None
    until_utc: str | None = None
    ends: str | None = None
    supersedes: tuple[EntityId, ...] = ()
    superseded_by: EntityId | None = None
    because: tuple[ClaimId, ...] = ()


_USED = {
    "covered": "gives leave",
    "wind-down only": "winds down",
    "cannot tell": "cannot tell",
    "undetermined": "in doubt",
}


def grounds_of(world: World, weighed: Weighed) -> Iterator[Ground]:
    """What was used, what else gives leave, what is left out, what is named for something else, what has ended."""
    answer = weighed.coverage
    used = {(id(k.licence), id(k.cover)) for k in weighed.used}
    for link in weighed.used:
        yield _ground(answer, link, _USED[answer.verdict])
    for link in weighed.found:
        if (id(link.licence), id(link.cover)) in used or link.cover.activity is None:
            continue
        if only_ends(link.cover, answer.activity):
            yield _ground(answer, link, "winds down")
        elif link.cover.wind_down or not includes(link.cover.activity, answer.activity):
            yield _ground(answer, link, "other activity")
        elif link.licence.licence not in answer.left_out_by:
            yield _ground(answer, link, "also gives leave" if link.holds is Holds.SURELY else "in doubt")
    mine = dict.fromkeys(k.licence.licence for k in weighed.found)
    same = same_project(world, answer.target)
    outs = [(x, e) for x in _live(weighed) for e in x.exclusions if e.holds is not Holds.NOT]
    for licence, out in outs:
        if out.target in same or (licence.licence in mine and out.target in (answer.activity, *answer.parties)):
            yield _excluded(answer, licence, out)
    for link in weighed.over:
        yield _ground(answer, link, "ended" if link.cover.ended else "not yet")


def _live(weighed: Weighed) -> Iterable[Licence]:
    """The licences that were found to bear on the target, or to leave it out."""
    found = {k.licence.licence: k.licence for k in weighed.found}
    found |= {x.licence: x for x, _ in weighed.left_out}
    return [found[name] for name in sorted(found)]


def _ground(answer: Coverage, link: Link, role: str) -> Ground:
    cover = link.cover
    return replace(
        _blank(answer, link.licence, role),
        paragraph=cover.paragraph,
        names=cover.target,
        how=link.how,
        activity=cover.activity,
        wind_down=cover.wind_down,
        reaches=cover.reaches,
        condition=cover.condition,
        since=cover.since,
        until=cover.until,
        until_utc=utc(cover.until),
        ends=cover.ends,
        because=link.because,
    )


def _excluded(answer: Coverage, licence: Licence, out: Exclusion) -> Ground:
    return replace(
        _blank(answer, licence, "leaves out"),
        paragraph=out.paragraph,
        names=out.target,
        activity=out.activity,
        until=out.until,
        until_utc=utc(out.until),
        because=(*licence.issued, *out.because),
    )


def _blank(answer: Coverage, licence: Licence, role: str) -> Ground:
    return Ground(
        authority=answer.authority,
        target=answer.target,
        asked=answer.activity,
        verdict=answer.verdict,
        role=role,
        licence=licence.licence,
        number=licence.number,
        title=licence.title,
        supersedes=licence.supersedes,
        superseded_by=licence.superseded_by,
    )


def utc(moment: Moment | None) -> str | None:
    """The same instant in UTC, where a clock time was said."""
    instant = moment.utc() if moment is not None else None
    return instant.strftime("%Y-%m-%dT%H:%MZ") if instant is not None else None
