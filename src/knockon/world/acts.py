"""Which listings that editions show has an act of the authority ended? An edition seen after the act that still shows them prevails.

Refuses acts of others: only a ``delists`` that counts for the world takes a party off a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment, holds_on

if TYPE_CHECKING:
    from knockon.world.listings import Listing
    from knockon.world.world import World

__all__ = ["Taken", "taken_off", "whole_ends"]


@dataclass(frozen=True, slots=True)
class Taken:
    """The acts that take parties off lists, by authority and party; ``supposed`` are the ids that win against any edition."""

    acts: dict[tuple[EntityId, EntityId | None], list[Claim]]
    supposed: frozenset[str]
    on: date

    def __bool__(self) -> bool:
        return bool(self.acts)

    def applied(self, listing: Listing, last: date) -> Listing:
        """The listing with the first end that an act gives it; ``last`` is the newest day on which an edition shows it."""
        for act in self.acts.get((listing.authority, listing.party), ()):
            day = act.start or Moment(None, act.known)
            if not _about(act, listing) or day.latest is None:
                continue
            if act.id not in self.supposed and day.latest < last:
                continue  # an edition of a later day shows the party again, or still
            if listing.start.earliest is not None and day.latest <= listing.start.earliest:
                continue
            if listing.end is None or listing.end.latest is None or day.latest <= listing.end.latest:
                return self.ended(listing, day, (act.id,))
        return listing

    def ended(self, listing: Listing, end: Moment, by: tuple[ClaimId, ...]) -> Listing:
        """The listing with another end."""
        return replace(listing, end=end, ended_by=by, holds=holds_on(self.on, listing.start, end))


def _about(act: Claim, listing: Listing) -> bool:
    """What the act or the list leaves out matches anything, as in events.toml."""
    pairs: Sequence[tuple[str | None, str | None]] = (
        (act.qualifier("measure"), listing.measure),
        (act.qualifier("programme"), listing.programme),
        (act.qualifier("directive"), listing.directive),
        (act.qualifier("list_id"), listing.list_id),
    )
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def taken_off(world: World) -> Taken:
    """The acts that this world counts."""
    acts: dict[tuple[EntityId, EntityId | None], list[Claim]] = {}
    for claim in sorted(world.counted("delists"), key=lambda c: (str(c.start or c.said_on), c.id)):
        acts.setdefault((claim.subject, claim.object), []).append(claim)
    return Taken(acts, frozenset(c.id for c in world.supposed), world.on)


def whole_ends(whole: Sequence[Listing], parts: Sequence[Listing], acts: Taken, *, by_measure: bool) -> list[Listing]:
    """Listings that join several programmes end when an act has ended the last of their parts."""
    of: dict[tuple[EntityId, EntityId, str | None], list[Listing]] = {}
    for part in parts:
        if (part.authority, part.party) in acts.acts:
            of.setdefault((part.authority, part.party, part.list), []).append(part)
    out: list[Listing] = []
    for one in whole:
        mine = [
            p
            for p in of.get((one.authority, one.party, one.list), ())
            if (not by_measure or p.measure == one.measure) and _overlap(p, one)
        ]
        ends = [(p.end, p.ended_by) for p in mine if p.end is not None and p.end.latest is not None]
        if ends and len(ends) == len(mine):
            end, by = max(ends, key=lambda e: e[0].latest or date.max)
            if one.end is None or (one.end.latest or date.max) > (end.latest or date.max):
                one = acts.ended(one, end, by)
        out.append(one)
    return out


def _overlap(one: Listing, other: Listing) -> bool:
    def first(x: Listing) -> date:
        return x.start.earliest or date.min

    def last(x: Listing) -> date:
        return (x.end.latest if x.end else None) or date.max

    return first(one) < last(other) and first(other) < last(one)
