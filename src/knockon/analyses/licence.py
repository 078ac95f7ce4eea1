"""What is a licence, and how does it stand on another day or at an instant? The values that the licence analyses answer with.

Refuses to know anything of a world: ``terms`` makes licences out of claims.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from knockon.analyses.term import When, last, most
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment

__all__ = ["Cover", "Exclusion", "Licence", "as_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """One thing that a licence allows: an activity with or for a target, for a term. ``activity`` is ``None`` where nobody said
    it, ``paragraph`` where nobody told it. ``since`` is the start as told, ``begins`` the one that counts; ``ends`` is how it
    ends as far as known, ``ended`` the same once it has."""

    target: EntityId
    activity: str | None
    wind_down: bool
    reaches: str | None
    condition: str | None
    paragraph: str | None
    since: Moment | None
    begins: Moment
    until: Moment | None
    holds: Holds
    ends: str | None
    ended: str | None
    because: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One thing that a licence says it does not allow, for as long as it says so."""

    target: EntityId
    activity: str | None
    paragraph: str | None
    begins: Moment
    until: Moment | None
    holds: Holds
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence with all that it allows and leaves out. ``pending`` are claims on it that do not count (planned, or not the
    authority's); ``issued`` is the claim that makes it the authority's."""

    licence: EntityId
    authority: EntityId
    programme: str | None
    number: str | None
    title: str | None
    since: Moment | None
    begins: Moment | None
    until: Moment | None
    holds: Holds
    activities: tuple[Cover, ...]
    exclusions: tuple[Exclusion, ...]
    supersedes: tuple[EntityId, ...]
    superseded_by: EntityId | None
    ends: str | None
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


def as_of(licence: Licence, when: When) -> Licence:
    """The same licence, as known to its world, on another day or at an instant.

    >>> from datetime import date
    >>> from knockon.analyses.terms import licences
    >>> from knockon.testing import world
    >>> w = world('''us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    ... gl-1 covers acme for retail since 2025-10-22 until 2025-11-21 (us-ofac)''', on="2025-11-25")
    >>> [as_of(licences(w)[0], When(on=date(2025, 11, day))).state for day in (20, 21)]
    ['in force', 'ended']
    """
    covers = tuple(_cover_as_of(c, when) for c in licence.activities)
    exclusions = tuple(replace(x, holds=when.holds(x.begins, x.until)) for x in licence.exclusions)
    lives = [c for c in covers if c.holds is not Holds.NOT] or list(covers)
    # a licence lasts as long as the longest of what it allows
    until, ends = licence.until, licence.ends
    if lives:
        longest = max(lives, key=lambda c: (c.until is None, last(c.until) if c.until else (), str(c.until)))
        until, ends = longest.until, longest.ends
        holds = most(c.holds for c in covers)
    else:
        holds = when.holds(licence.begins, until) if licence.begins else Holds.NOT
    over = until is not None and when.reached(until) is Holds.SURELY and holds is Holds.NOT
    return replace(
        licence,
        activities=covers,
        exclusions=exclusions,
        until=until,
        holds=holds,
        ends=ends,
        ended=ends if over else None,
    )


def _cover_as_of(cover: Cover, when: When) -> Cover:
    holds = when.holds(cover.begins, cover.until)
    over = holds is Holds.NOT and cover.until is not None and when.reached(cover.until) is Holds.SURELY
    return replace(cover, holds=holds, ended=cover.ends if over else None)
