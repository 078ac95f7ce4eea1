"""Which licence is in force on the day, from which instant to which, and why did the others end? (R21)

Refuses to make a licence out of hearsay: only the authority's word, or that of one who speaks for it, counts. Refuses to
turn an instant into a day's end, and to take an end back because a later speaker did not repeat it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from knockon.analyses.status import AUTHORITIES
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment, holds_on
from knockon.world import World, events
from knockon.world.resolve import Live, Voices, survivors

__all__ = ["Cover", "Exclusion", "Licence", "licences", "regime"]

_ENDERS = ("supersedes", "revokes", "expires", "ends")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """One thing that a licence allows: an activity with or for a target, for a term. ``activity`` is ``None`` where nobody said it."""

    target: EntityId
    activity: str | None
    wind_down: bool
    reaches: str | None
    condition: str | None
    since: Moment | None
    until: Moment | None
    holds: Holds
    ended: str | None
    because: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One thing that a licence says it does not allow."""

    target: EntityId
    activity: str | None
    holds: Holds
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence with all that it allows and leaves out. ``pending`` are claims on it that do not count (planned, or not the
    authority's); ``issued`` is the claim that makes it the authority's."""

    licence: EntityId
    authority: EntityId
    programme: str | None
    title: str | None
    since: Moment | None
    until: Moment | None
    holds: Holds
    activities: tuple[Cover, ...]
    exclusions: tuple[Exclusion, ...]
    superseded_by: EntityId | None
    ended: str | None
    pending: tuple[ClaimId, ...]
    issued: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...]

    @property
    def state(self) -> str:
        """In one word: in force, in doubt, ended, or not yet."""
        if self.holds is Holds.SURELY:
            return "in force"
        if self.holds is Holds.POSSIBLY:
            return "in doubt"
        return "ended" if self.ended else "not yet"


_kept: WeakKeyDictionary[World, tuple[Licence, ...]] = WeakKeyDictionary()


def licences(world: World, authority: str | None = None) -> tuple[Licence, ...]:
    """Every licence that an authority's own word makes, in force or not, in the order of their ids.

    >>> from knockon.testing import world
    >>> w = world('''us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    ... gl-1 covers acme for wind_down winding down since 2025-10-22 until 2025-11-21T00:01 America/New_York (us-ofac)''', on="2025-11-21")
    >>> [(x.licence, x.state, x.ended, str(x.until)) for x in licences(w)]
    [('gl-1', 'ended', 'expired', '2025-11-21T00:01 America/New_York')]
    """
    if world not in _kept:
        _kept[world] = _all(world)
    if authority is None:
        return _kept[world]
    wanted = regime(world, EntityId(authority))
    return tuple(x for x in _kept[world] if x.authority == wanted)


def regime(world: World, authority: EntityId) -> EntityId:
    """The authority under whose law an office acts: itself where it lists parties, else the one for which it speaks."""
    known = sorted({*AUTHORITIES, *(c.subject for c in world.told("designates"))})
    if authority in known:
        return authority
    return next((EntityId(a) for a in known if world.names.speaks_for(authority, EntityId(a))), authority)


# ---------------------------------------------------------------------------------------------------- putting claims together
def _all(world: World) -> tuple[Licence, ...]:
    enders = [c for word in _ENDERS for c in world.counted(word)]
    said = {word: _by(world.counted(word), lambda c: c.subject) for word in ("covers", "excludes")}
    issued = _by(world.counted("issues"), lambda c: c.object or c.subject)
    named = sorted({*issued, *said["covers"], *said["excludes"]})
    pending = _pending(world)
    return tuple(
        _licence(
            world,
            name,
            issued.get(name, []),
            said["covers"].get(name, []),
            said["excludes"].get(name, []),
            enders,
            pending,
        )
        for name in named
    )


def _by(claims: Iterable[Claim], key: Callable[[Claim], EntityId]) -> dict[EntityId, list[Claim]]:
    out: dict[EntityId, list[Claim]] = {}
    for claim in claims:
        out.setdefault(key(claim), []).append(claim)
    return out


def _pending(world: World) -> dict[EntityId, list[ClaimId]]:
    """What is told of a licence and does not count, by the licence."""
    out: dict[EntityId, list[ClaimId]] = {}
    for word in ("issues", "covers", "excludes", "supersedes", "revokes", "expires"):
        counted = {c.id for c in world.counted(word)}
        for claim in world.told(word):
            if claim.id in counted:
                continue
            for name in {
                claim.object if word in ("issues", "revokes") else claim.subject,
                claim.object if word == "supersedes" else None,
            }:
                if name is not None:
                    out.setdefault(world.names.root(name), []).append(claim.id)
    return out


def _licence(
    world: World,
    name: EntityId,
    issues: Sequence[Claim],
    covering: Sequence[Claim],
    excluding: Sequence[Claim],
    enders: Sequence[Claim],
    pending: dict[EntityId, list[ClaimId]],
) -> Licence:
    terms = [t for claims in _by_slot(covering) for t in _terms(world, claims, enders)]
    covers = tuple(
        sorted(
            (_cover(world, t) for t in terms), key=lambda c: (c.target, c.activity or "", str(c.since), str(c.until))
        )
    )
    covers = _one_end(covers)
    issue = _terms(world, issues, enders)
    whole = issue[-1] if issue else None
    lives = [c for c in covers if c.holds is not Holds.NOT] or list(covers)
    # a licence lasts as long as the longest of what it allows, and begins with the first of it
    until = (
        None
        if any(c.until is None for c in lives)
        else max((c.until for c in lives if c.until), key=_last, default=None)
    )
    since = (whole.start if whole else None) or min((c.since for c in covers if c.since), key=_first, default=None)
    if not covers and whole:
        until = whole.end
    holds = _most([c.holds for c in covers]) if covers else (whole.holds if whole else Holds.NOT)
    closer = next((t.closer for t in [*terms, *issue] if t.closer is not None), None)
    issuer = min((c.subject for c in issues), default=None) or min(
        (c.subject for c in world.told("issues", object=name)), default=None
    )
    speaker = issuer or (covering[0].origin if covering else excluding[0].origin if excluding else name)
    claims = (
        {c for cover in covers for c in cover.because}
        | set(whole.because if whole else ())
        | ({closer.id} if closer else set())
    )
    return Licence(
        licence=name,
        authority=regime(world, EntityId(speaker)),
        programme=_said(issues, "programme"),
        title=_said(issues, "title"),
        since=since,
        until=until,
        holds=holds,
        activities=covers,
        exclusions=tuple(_exclusion(world, t) for claims in _by_slot(excluding) for t in _terms(world, claims, enders)),
        superseded_by=closer.subject if closer is not None and closer.predicate == "supersedes" else None,
        ended=_ended(world, closer, until) if holds is Holds.NOT else None,
        pending=tuple(sorted(set(pending.get(name, ())))),
        issued=whole.because[:1] if whole else (),
        because=tuple(sorted(claims)),
        against=tuple(sorted({c for cover in covers for c in cover.against})),
    )


def _one_end(covers: tuple[Cover, ...]) -> tuple[Cover, ...]:
    """A licence ends once: where one of its covers is told to the instant, vaguer ends that can be the same are that instant."""
    exact = {c.until: c.because[:1] for c in covers if c.until is not None and c.until.clock is not None}
    if len(exact) != 1:
        return covers
    ((instant, because),) = exact.items()

    def same(end: Moment | None) -> bool:
        return end is not None and end.clock is None and _spans(end, instant)

    return tuple(replace(c, until=instant, because=(*c.because, *because)) if same(c.until) else c for c in covers)


def _spans(vague: Moment, exact: Moment) -> bool:
    day = exact.earliest
    assert day is not None
    return (vague.earliest is None or vague.earliest <= day) and (vague.latest is None or day <= vague.latest)


def _by_slot(claims: Sequence[Claim]) -> list[list[Claim]]:
    slots: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        slots.setdefault((claim.object or "", claim.qualifier("activity") or ""), []).append(claim)
    return [slots[key] for key in sorted(slots)]


def _said(claims: Sequence[Claim], key: str) -> str | None:
    """What the newest statement that gives it says."""
    found = [c for c in claims if c.qualifier(key)]
    return max(found, key=lambda c: (c.known, c.id)).qualifier(key) if found else None


def _most(found: Sequence[Holds]) -> Holds:
    return next((how for how in (Holds.SURELY, Holds.POSSIBLY) if how in found), Holds.NOT)


def _first(moment: Moment) -> tuple[date, date]:
    return moment.earliest or date.min, moment.latest or date.max


def _last(moment: Moment) -> tuple[date, date]:
    return moment.latest or date.max, moment.earliest or date.min


# ---------------------------------------------------------------------------------------------------- one term
@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """Claims of one slot whose days overlap, made into one term."""

    claims: tuple[Claim, ...]
    start: Moment | None
    end: Moment | None
    holds: Holds
    closer: Claim | None
    because: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...]


def _terms(world: World, claims: Sequence[Claim], enders: Sequence[Claim]) -> list[_Term]:
    """The terms of one slot: a later word replaces an earlier one of the same days (R15), an amendment for other days adds a term."""
    if not claims:
        return []
    newest = survivors(claims, Voices(voice=world.names.voice, rank=world.names.rank))
    groups: list[list[Claim]] = []
    for claim in sorted(newest, key=lambda c: (_span(c), c.id)):
        touching = [g for g in groups if any(_overlap(claim, other) for other in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([c for g in touching for c in g] + [claim])
    return [_term(world, group, [c for c in claims if c not in newest], enders) for group in groups]


def _span(claim: Claim) -> tuple[date, date]:
    return (
        (claim.start.earliest if claim.start else None) or date.min,
        (claim.end.latest if claim.end else None) or date.max,
    )


def _overlap(a: Claim, b: Claim) -> bool:
    (a_first, a_last), (b_first, b_last) = _span(a), _span(b)
    return a_first < b_last and b_first < a_last


def _term(world: World, group: list[Claim], older: Sequence[Claim], enders: Sequence[Claim]) -> _Term:
    start, _ = _merge([c.start for c in group])
    end, clash = _merge([c.end for c in group])
    helping = list(group)
    # what an earlier word of the same voice says more exactly still stands where the later one does not contradict it
    for claim in sorted(
        (c for c in older if any(_overlap(c, g) for g in group)), key=lambda c: (c.known, c.id), reverse=True
    ):
        both, bad = _merge([end, claim.end])
        begun, bad_start = _merge([start, claim.start])
        if not bad and not bad_start and not clash:
            start, end = begun, both
            helping.append(claim)
    closed = [live for live in events.close(helping, enders) if live.closed_by]
    told_end = end
    closer, end = _closing(world, closed, end)
    told = start or Moment(None, min(c.known for c in helping))
    if told.latest is None:
        told = Moment(told.earliest, max(min(c.known for c in helping), told.earliest or date.min))
    return _Term(
        claims=tuple(helping),
        start=start,
        end=end,
        holds=holds_on(world.on, told, end),
        closer=closer,
        because=(*_fewest(helping, start, told_end, world), *((closer.id,) if closer else ())),
        against=tuple(sorted(c.id for c in group if clash and c.end is not None and c.end != group[0].end)),
    )


def _merge(moments: Iterable[Moment | None]) -> tuple[Moment | None, bool]:
    """The days that all of them leave open; where they leave none, all the days between, and that they clash."""
    said = [m for m in moments if m is not None]
    if not said:
        return None, False
    first, last = max(m.earliest or date.min for m in said), min(m.latest or date.max for m in said)
    if first > last:
        return Moment(min(m.earliest or date.min for m in said), max(m.latest or date.max for m in said)), True
    instants = [m for m in said if m.clock]
    if instants:
        return min(instants, key=lambda m: str(m.utc())), False
    return Moment(None if first == date.min else first, None if last == date.max else last), False


def _closing(world: World, closed: Sequence[Live], end: Moment | None) -> tuple[Claim | None, Moment | None]:
    """The event that ends a term, unless the term is over before it."""
    if not closed:
        return None, end
    first = min(closed, key=lambda live: (_last(live.end) if live.end else (date.max, date.min), live.closed_by))
    if first.end is None or (end is not None and _last(end) <= _last(first.end)):
        return None, end
    return world.claim(first.closed_by[0]), first.end


def _fewest(claims: Sequence[Claim], start: Moment | None, end: Moment | None, world: World) -> tuple[ClaimId, ...]:
    """A smallest choice of claims that between them say the start, the end, the reach and the kind (R9)."""
    starts, ends = {str(c.start) for c in claims if c.start}, {str(c.end) for c in claims if c.end}
    # a range that no one claim says is what several leave open together
    wanted = {("start", s) for s in ({str(start)} & starts or starts)} | {
        ("end", e) for e in ({str(end)} & ends or ends)
    }
    wanted |= {(k, v) for c in claims for k, v in c.qualifiers if k in ("reaches", "wind_down", "condition")}

    def gives(claim: Claim) -> set[tuple[str, str]]:
        return ({("start", str(claim.start)), ("end", str(claim.end))} | set(claim.qualifiers)) & wanted

    def order(claim: Claim) -> tuple[int, int, int, str]:
        return (-len(gives(claim) - covered), world.names.rank(claim.origin), -claim.known.toordinal(), claim.id)

    covered: set[tuple[str, str]] = set()
    chosen = [min(claims, key=order)]
    covered |= gives(chosen[0])
    while rest := [c for c in claims if gives(c) - covered]:
        chosen.append(min(rest, key=order))
        covered |= gives(chosen[-1])
    return tuple(c.id for c in chosen)


def _cover(world: World, term: _Term) -> Cover:
    first = term.claims[0]
    return Cover(
        target=EntityId(first.object or ""),
        activity=first.qualifier("activity"),
        wind_down=any(c.qualifier("wind_down") == "yes" for c in term.claims),
        reaches=_said(term.claims, "reaches"),
        condition=_said(term.claims, "condition"),
        since=term.start,
        until=term.end,
        holds=term.holds,
        ended=_ended(world, term.closer, term.end) if term.holds is Holds.NOT else None,
        because=term.because,
        against=term.against,
    )


def _exclusion(world: World, term: _Term) -> Exclusion:
    first = term.claims[0]
    return Exclusion(
        target=EntityId(first.object or ""),
        activity=first.qualifier("activity"),
        holds=term.holds,
        because=term.because,
    )


def _ended(world: World, closer: Claim | None, until: Moment | None) -> str | None:
    """Why it no longer holds, ``None`` where it has not begun yet."""
    if until is None or until.latest is None or world.on < until.latest:
        return None
    if closer is None or closer.predicate == "expires":
        return "expired"
    return {"supersedes": f"superseded by {closer.subject}", "revokes": "revoked"}.get(closer.predicate, "ended")
