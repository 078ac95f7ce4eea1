"""Is an activity with a party, or on a project, allowed by an authority's licence on the day? And which licence, until when? (R21)

Refuses to unblock anybody: it speaks of dealings only. Refuses to let one authority's licence open another's law, to take leave
to wind down for leave to go on, to sell where only the project is named, and to guess a scope that nobody told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knockon.analyses.activities import activity as word_of
from knockon.analyses.activities import ends, includes
from knockon.analyses.licence import Cover, Exclusion, Licence, as_of
from knockon.analyses.links import BLOCKING, NEARNESS, Link, blocked_in, links, same_project
from knockon.analyses.term import When
from knockon.analyses.terms import licences, regime
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import World

__all__ = [
    "BLOCKING",
    "Cover",
    "Coverage",
    "Exclusion",
    "Licence",
    "Link",
    "Weighed",
    "bears",
    "blocked_in",
    "coverage",
    "licences",
    "links",
    "only_ends",
    "regime",
    "weigh",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The answer for one activity with or on one target, under one authority. ``searched`` are the licences that were looked at,
    ``left_out_by`` those that say that they do not allow it. Without ``parties`` nothing there is known to need a licence.

    ``verdict`` is one of "covered", "wind-down only", "not covered", "cannot tell", "undetermined".
    """

    target: EntityId
    activity: str
    authority: EntityId
    verdict: str
    licences: tuple[EntityId, ...]
    until: Moment | None
    parties: tuple[EntityId, ...]
    reason: str
    because: tuple[ClaimId, ...]
    searched: tuple[EntityId, ...]
    left_out_by: tuple[EntityId, ...]
    lapsed: tuple[EntityId, ...]
    pending: tuple[ClaimId, ...]


def coverage(
    world: World, target: EntityId, activity: str, authority: EntityId, parties: Sequence[EntityId] = ()
) -> Coverage:
    """Whether one authority's licences allow an activity on a target on the world's day.

    ``parties`` are the blocked parties that are in the target; without them, those that the authority lists and that hold a part.

    >>> from knockon.testing import world
    >>> w = world('''us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    ... gl-1 covers bolt for project_dealings since 2025-10-22 (us-ofac)''', on="2025-11-11")
    >>> coverage(w, "bolt", "project_dealings", "us-ofac").verdict, coverage(w, "bolt", "sale_of_interests", "us-ofac").verdict
    ('covered', 'not covered')
    >>> coverage(w, "bolt", "project_dealings", "uk").verdict
    'not covered'
    """
    return weigh(world, target, activity, authority, parties).coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An answer with what it was weighed from: the links used and found, what is left out, and those that have ended or not begun."""

    coverage: Coverage
    used: tuple[Link, ...]
    found: tuple[Link, ...]
    left_out: tuple[tuple[Licence, Exclusion], ...]
    over: tuple[Link, ...]


def weigh(
    world: World,
    target: EntityId,
    activity: str,
    authority: EntityId,
    parties: Sequence[EntityId] = (),
    when: When | None = None,
) -> Weighed:
    """As ``coverage``, on the world's day or ``when`` else, with everything that was weighed."""
    activity = word_of(activity).word
    target = world.names.root(EntityId(target))
    authority = regime(world, EntityId(authority))
    blocked = tuple(sorted(world.names.root(p) for p in parties)) or blocked_in(world, target, authority)
    every = [x if when is None else as_of(x, when) for x in licences(world, authority)]
    live = tuple(x for x in every if x.holds is not Holds.NOT)
    left_out = _left_out(world, live, target, activity)
    out = {how: {x.licence for x, e in left_out if e.holds is how} for how in (Holds.SURELY, Holds.POSSIBLY)}
    found = [
        replace(link, holds=Holds.POSSIBLY)
        if link.licence.licence in out[Holds.POSSIBLY] or _outlived(world, link.licence, every)
        else link
        for link in links(world, target, authority, blocked, among=every)
        if link.holds is not Holds.NOT
    ]
    allowed = [x for x in found if _gives(x.cover, activity) and x.licence.licence not in out[Holds.SURELY]]
    ending = [link for link in found if only_ends(link.cover, activity)]
    unsaid = [link for link in found if link.cover.activity is None]
    sure_out = [(x, e) for x, e in left_out if e.holds is Holds.SURELY]
    verdict, used = _verdict(allowed, ending, unsaid, sure_out)
    excluded = [c for x, e in sure_out for c in (*x.issued, *e.because)] if verdict == "not covered" else []
    doubted = [c for x, e in left_out if e.holds is Holds.POSSIBLY and verdict == "undetermined" for c in e.because]
    over = [k for k in links(world, target, authority, blocked, ended=True, among=every) if bears(k.cover, activity)]
    because = (*(c for link in used for c in link.because), *excluded, *doubted)
    answer = Coverage(
        target=target,
        activity=activity,
        authority=authority,
        verdict=verdict,
        licences=tuple(dict.fromkeys(link.licence.licence for link in used)),
        until=_until(used),
        parties=blocked,
        reason=_reason(world, verdict, used, found, sure_out, live, activity, blocked),
        because=tuple(dict.fromkeys(because)),
        searched=tuple(x.licence for x in live),
        left_out_by=tuple(dict.fromkeys(x.licence for x, _ in sure_out)) if verdict == "not covered" else (),
        lapsed=tuple(sorted({k.licence.licence for k in over if k.cover.ended})),
        pending=tuple(sorted({c for k in found for c in k.licence.pending if bears(k.cover, activity)})),
    )
    return Weighed(coverage=answer, used=tuple(used), found=tuple(found), left_out=tuple(left_out), over=tuple(over))


def _outlived(world: World, licence: Licence, every: Sequence[Licence]) -> bool:
    """Whether a letter without an end, which another may have replaced, has seen that other end: that it still stands is in doubt."""
    if licence.until is not None:
        return False
    over = {x.licence for x in every if x.holds is Holds.NOT and x.ended}
    said = [world.claim(c) for c in licence.pending]
    return any(c.predicate == "supersedes" and c.object == licence.licence and c.subject in over for c in said)


# ---------------------------------------------------------------------------------------------------- what it gives
def _gives(cover: Cover, activity: str) -> bool:
    """Leave for the activity itself; a wind-down gives nothing but winding down."""
    if cover.activity is None:
        return False
    if cover.wind_down:
        return activity == "wind_down" and cover.activity == "wind_down"
    return includes(cover.activity, activity)


def only_ends(cover: Cover, activity: str) -> bool:
    """Leave to end such dealings: a wind-down of everything, or of dealings of this kind."""
    if cover.activity is None or activity == "wind_down":
        return False
    if ends(cover.activity):
        return True
    return cover.wind_down and includes(cover.activity, activity)


def bears(cover: Cover, activity: str) -> bool:
    """Whether a cover has something to say on an activity: leave for it, leave to end it, or no scope told."""
    return _gives(cover, activity) or only_ends(cover, activity) or cover.activity is None


def _left_out(
    world: World, live: Sequence[Licence], target: EntityId, activity: str
) -> list[tuple[Licence, Exclusion]]:
    """What licences say they do not allow of this on this target. An exclusion wins inside its own licence."""
    same = same_project(world, target)
    return [
        (licence, out)
        for licence in live
        for out in licence.exclusions
        if out.holds is not Holds.NOT
        and (out.target in same or out.target == activity)
        and (out.activity is None or includes(out.activity, activity))
    ]


def _verdict(
    allowed: list[Link], ending: list[Link], unsaid: list[Link], left_out: Sequence[tuple[Licence, Exclusion]]
) -> tuple[str, list[Link]]:
    if best := _best(allowed, Holds.SURELY):
        return "covered", best
    if best := _best(allowed, Holds.POSSIBLY):
        return "undetermined", best
    if unsaid:
        return "cannot tell", unsaid[:1]
    if left_out:
        return "not covered", []
    if best := _best(ending, Holds.SURELY):
        return "wind-down only", best
    if best := _best(ending, Holds.POSSIBLY):
        return "undetermined", best
    return "not covered", []


def _best(found: list[Link], holds: Holds) -> list[Link]:
    """The nearest of those that hold so; where each covers one party of several, all of that licence."""
    mine = [k for k in found if k.holds is holds]
    if not mine:
        return []
    first = min(
        mine,
        key=lambda k: (
            NEARNESS.index(k.how),
            k.cover.wind_down,
            -_length(k.cover),
            -_begun(k.cover),
            k.licence.licence,
        ),
    )
    if first.how != NEARNESS[-1]:
        return [first]
    return [
        k
        for k in mine
        if k.licence is first.licence and k.how == first.how and k.cover.activity == first.cover.activity
    ]


def _length(cover: Cover) -> int:
    return cover.until.earliest.toordinal() if cover.until and cover.until.earliest else 10**9


def _begun(cover: Cover) -> int:
    return cover.since.latest.toordinal() if cover.since and cover.since.latest else 0


def _until(used: Sequence[Link]) -> Moment | None:
    ends = [k.cover.until for k in used if k.cover.until is not None]
    return min(ends, key=lambda m: (m.latest is None, m.latest, str(m)), default=None)


def _reason(
    world: World,
    verdict: str,
    used: list[Link],
    found: list[Link],
    left_out: Sequence[tuple[Licence, Exclusion]],
    live: Sequence[Licence],
    activity: str,
    parties: Sequence[EntityId],
) -> str:
    who = ", ".join(dict.fromkeys(world.name(k.licence.licence) for k in used))
    end = _until(used)
    instant = end.utc() if end else None
    term = f" until {end}" + (f" ({instant:%Y-%m-%d %H:%M} UTC)" if instant else "") if end else ", no end stated"
    if verdict == "covered":
        how = used[0].how
        return f"{who} covers it ({how}){term}"
    if verdict == "wind-down only":
        return f"{who} lets dealings be wound down{term}; that is no leave to go on"
    if verdict == "cannot tell":
        return f"{who} names it, but nobody told for which activity"
    if verdict == "undetermined":
        return f"whether {who} covers it on this day is in doubt{term}"
    parts = [f"{world.name(x)} says that it does not allow it" for x in dict.fromkeys(x.licence for x, _ in left_out)]
    parts += [f"{name} covers {', '.join(words)} only" for name, words in _narrower(world, found, activity).items()]
    parts.append(f"{len(live)} licence(s) of this authority in force were searched; none names it for this")
    if not parties:
        parts.append("no party that this authority blocks is known to have a part in it")
    return "; ".join(parts)


def _narrower(world: World, found: Sequence[Link], activity: str) -> dict[str, list[str]]:
    """What else licences allow on the target, each by its widest words."""
    out: dict[str, list[str]] = {}
    words = {
        (world.name(k.licence.licence), k.cover.activity) for k in found if k.cover.activity and not k.cover.wind_down
    }
    for name, word in sorted(words):
        wider = any(n == name and w != word and includes(w, word) for n, w in words)
        if not wider and not includes(word, activity):
            out.setdefault(name, []).append(word.replace("_", " "))
    return out
