"""Which licence is in force on the day, from which instant to which, and why did the others end? (R21)

Refuses to make a licence out of hearsay: only the authority's word, or that of one who speaks for it, counts. Refuses to let
one authority end, replace or revoke the licence of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast
from weakref import WeakKeyDictionary

from knockon.analyses.licence import Cover, Exclusion, Licence, as_of
from knockon.analyses.status import AUTHORITIES
from knockon.analyses.term import Term, When, by_slot, first, newest_word, terms_of
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import World

__all__ = ["Cover", "Exclusion", "Licence", "as_of", "licences", "regime"]

_ENDERS = ("supersedes", "revokes", "expires", "ends")


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
    key = ("regime", authority)
    if key not in world.memo:
        known = sorted({*AUTHORITIES, *(c.subject for c in world.told("designates"))})
        world.memo[key] = (
            authority
            if authority in known
            else next((EntityId(a) for a in known if world.names.speaks_for(authority, EntityId(a))), authority)
        )
    return cast(EntityId, world.memo[key])


# ---------------------------------------------------------------------------------------------------- putting claims together
def _all(world: World) -> tuple[Licence, ...]:
    told = {word: _by(world.counted(word), lambda c: c.subject) for word in ("covers", "excludes")}
    told["issues"] = _by(world.counted("issues"), lambda c: c.object or c.subject)
    enders = _by((c for word in _ENDERS for c in world.counted(word)), lambda c: _ends_of(world, c, told["issues"]))
    pending = _pending(world)
    out: list[Licence] = []
    for name in sorted({name for claims in told.values() for name in claims}):
        mine = {word: told[word].get(name, []) for word in told}
        for authority in _authorities(world, name, mine):
            own = {word: [c for c in claims if _is_of(world, c, authority, mine)] for word, claims in mine.items()}
            ending = [*enders.get(authority, ()), *enders.get(_ANY, ())]
            made = _licence(world, name, authority, own, ending, pending.get(name, ()))
            out.append(as_of(made, When(on=world.on)))
    return tuple(out)


#: what ends licences of any authority: a supposition that names none
_ANY = EntityId("")


def _ends_of(world: World, claim: Claim, issued: Mapping[EntityId, Sequence[Claim]]) -> EntityId:
    """The authority whose licences an end is about: nobody ends those of another."""
    if claim.predicate == "revokes":
        return regime(world, claim.subject)
    if claim.predicate in ("supersedes", "expires") and claim.subject in issued:
        return regime(world, issued[claim.subject][0].subject)
    return _ANY if world.is_supposed(claim.id) else regime(world, claim.origin)


def _authorities(world: World, name: EntityId, mine: Mapping[str, Sequence[Claim]]) -> list[EntityId]:
    """Whose licence it is; one name that two authorities use is two licences."""
    if mine["issues"]:
        return sorted({regime(world, c.subject) for c in mine["issues"]})
    told = min((c.subject for c in world.told("issues", object=name)), default=None)
    return [regime(world, told or (mine["covers"] or mine["excludes"])[0].origin)]


def _is_of(world: World, claim: Claim, authority: EntityId, mine: Mapping[str, Sequence[Claim]]) -> bool:
    """Whether a claim is about the licence of this authority; matters only where two use one name."""
    if len({regime(world, c.subject) for c in mine["issues"]}) < 2:
        return True
    who = claim.subject if claim.predicate == "issues" else claim.origin
    return regime(world, who) == authority or world.is_supposed(claim.id)


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
    authority: EntityId,
    told: Mapping[str, Sequence[Claim]],
    enders: Sequence[Claim],
    pending: Iterable[ClaimId],
) -> Licence:
    """A licence whose days are still to be asked about (``as_of``)."""
    terms = [t for claims in by_slot(told["covers"]) for t in terms_of(world, claims, enders)]
    covers = _one_end(
        tuple(sorted(map(_cover, terms), key=lambda c: (c.target, c.activity or "", str(c.since), str(c.until))))
    )
    issue = terms_of(world, told["issues"], enders)
    whole = issue[-1] if issue else None
    since = (whole.start if whole else None) or min((c.since for c in covers if c.since), key=first, default=None)
    closer = next((t.closer for t in [*terms, *issue] if t.closer is not None), None)
    claims = {c for cover in covers for c in cover.because} | set(whole.because if whole else ())
    excluding = (t for found in by_slot(told["excludes"]) for t in terms_of(world, found, enders))
    return Licence(
        licence=name,
        authority=authority,
        programme=newest_word(told["issues"], "programme"),
        number=newest_word(told["issues"], "number"),
        title=newest_word(told["issues"], "title"),
        since=since,
        begins=whole.begins if whole else None,
        until=whole.end if whole else None,
        holds=Holds.NOT,
        activities=covers,
        exclusions=tuple(_exclusion(t) for t in excluding),
        supersedes=tuple(
            sorted({c.object for c in enders if c.predicate == "supersedes" and c.subject == name and c.object})
        ),
        superseded_by=closer.subject if closer is not None and closer.predicate == "supersedes" else None,
        ends=whole.ends if whole else None,
        ended=None,
        pending=tuple(sorted(set(pending))),
        issued=whole.because[:1] if whole else (),
        because=tuple(sorted(claims | ({closer.id} if closer else set()))),
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


def _cover(term: Term) -> Cover:
    told = term.claims[0]
    return Cover(
        target=EntityId(told.object or ""),
        activity=told.qualifier("activity"),
        wind_down=any(c.qualifier("wind_down") == "yes" for c in term.claims),
        reaches=newest_word(term.claims, "reaches"),
        condition=newest_word(term.claims, "condition"),
        paragraph=newest_word(term.claims, "paragraph"),
        since=term.start,
        begins=term.begins,
        until=term.end,
        holds=Holds.NOT,
        ends=term.ends,
        ended=None,
        because=term.because,
        against=term.against,
    )


def _exclusion(term: Term) -> Exclusion:
    told = term.claims[0]
    return Exclusion(
        target=EntityId(told.object or ""),
        activity=told.qualifier("activity"),
        paragraph=newest_word(term.claims, "paragraph"),
        begins=term.begins,
        until=term.end,
        holds=Holds.NOT,
        because=term.because,
    )
