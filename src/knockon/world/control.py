"""Who controls whom without a stake, who holds jointly with whom, and which control has an authority found rebutted?

Refuses to make control out of a stake, a seat or a name: only a told ``controls`` is control. What holds only possibly on the day
is kept as possible; a control that is planned, expected or told as possible may be there, and counts surely for nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from knockon.model.claim import Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.world.world import World

__all__ = ["Control", "Joint", "Rebuttal", "controls", "joints", "rebuttals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """``holder`` controls ``asset``; ``by`` is what was told of how."""

    holder: EntityId
    asset: EntityId
    sure: bool
    by: str
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """``one`` and ``other`` hold under a joint arrangement, ``over`` one asset or (``None``) over all."""

    one: EntityId
    other: EntityId
    over: EntityId | None
    sure: bool
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuttal:
    """An authority's finding that ``holder`` (``None``: nobody) does not control, or own, ``asset``; ``test`` is what it rebuts.

    ``by`` is whose finding it is, ``regime`` the authority for whose law it was found; ``None`` where the finding does not say.
    """

    by: EntityId
    holder: EntityId | None
    asset: EntityId
    test: str
    regime: EntityId | None
    sure: bool
    because: tuple[ClaimId, ...]


def controls(world: World, assets: Collection[EntityId] | None = None) -> tuple[Control, ...]:
    """Every told control, of all assets or of some.

    >>> from knockon.testing import world
    >>> [(c.holder, c.asset, c.sure) for c in controls(world("acme controls bolt since 2020 (registry)"))]
    [('acme', 'bolt', True)]
    """
    root = world.names.root
    stated = (
        world.states("controls")
        if assets is None
        else tuple(s for a in sorted(assets) for s in world.states("controls", object=a))
    )
    found = {
        (s.subject, s.object): Control(
            holder=s.subject,
            asset=s.object,
            sure=s.holds is Holds.SURELY,
            by=s.qualifiers.get("by", ""),
            because=s.needs,
        )
        for s in stated
        if s.object is not None
    }
    for claim in world.pending("controls"):
        if claim.object is None or claim.polarity is Polarity.DENIED or claim.mode is Mode.ASKED:
            continue
        key = (root(claim.subject), root(claim.object))
        begun = claim.start is None or claim.start.earliest is None or claim.start.earliest <= world.on
        if begun and (assets is None or key[1] in assets):
            by = claim.qualifier("by") or ""
            found.setdefault(key, Control(holder=key[0], asset=key[1], sure=False, by=by, because=(claim.id,)))
    return tuple(found[key] for key in sorted(found))


def joints(world: World) -> tuple[Joint, ...]:
    """Every told joint arrangement.

    >>> from knockon.testing import world
    >>> [(j.one, j.other, j.over) for j in joints(world('acme acts_jointly cog over=bolt since 2020 (registry)'))]
    [('acme', 'cog', 'bolt')]
    """
    root = world.names.root

    def over(told: str | None) -> EntityId | None:
        return root(EntityId(told)) if told else None

    found = [
        Joint(
            one=s.subject,
            other=s.object,
            over=over(s.qualifiers.get("over")),
            sure=s.holds is Holds.SURELY,
            because=s.needs,
        )
        for s in world.states("acts_jointly")
        if s.object is not None
    ]
    told = {(j.one, j.other, j.over) for j in found}
    for claim in world.pending("acts_jointly"):
        if claim.object is None or claim.polarity is Polarity.DENIED or claim.mode is Mode.ASKED:
            continue
        key = (root(claim.subject), root(claim.object), over(claim.qualifier("over")))
        if key not in told and (
            claim.start is None or claim.start.earliest is None or claim.start.earliest <= world.on
        ):
            told.add(key)
            found.append(Joint(one=key[0], other=key[1], over=key[2], sure=False, because=(claim.id,)))
    return tuple(found)


def rebuttals(world: World) -> tuple[Rebuttal, ...]:
    """Every finding that a control or an ownership is rebutted."""
    root = world.names.root
    return tuple(
        Rebuttal(
            by=s.subject,
            holder=root(EntityId(s.qualifiers["holder"])) if "holder" in s.qualifiers else None,
            asset=s.object,
            test=s.qualifiers.get("test", "control"),
            regime=root(EntityId(s.qualifiers["for"])) if "for" in s.qualifiers else None,
            sure=s.holds is Holds.SURELY,
            because=s.needs,
        )
        for s in world.states("rebuts_control")
        if s.object is not None
    )
