"""Which licences bear on a target: by its name, by its project, by its owners, or by the blocked parties in it?

Refuses to let leave for one of two blocked parties stand for both, and to stretch "owned" beyond what the licence itself says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from knockon.analyses.status import designated
from knockon.analyses.terms import Cover, Licence, licences
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.model.vocabulary import type_is
from knockon.world import World
from knockon.world.stakes import Slot, slots

__all__ = ["BLOCKING", "NEARNESS", "Link", "above", "blocked_in", "links", "same_project"]

#: measures under which dealings need leave; a sectoral directive restricts some dealings and blocks none
BLOCKING = ("blocking", "asset_freeze", "transaction_ban")


#: the ties by which a licence bears on a target, the nearest first
NEARNESS = ("named", "same project", "owned", "so far as the party is in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A licence's cover that bears on a target, and how: "named", "same project", "owned", or "so far as the party is in it"."""

    licence: Licence
    cover: Cover
    how: str
    holds: Holds
    because: tuple[ClaimId, ...]


def links(
    world: World,
    target: EntityId,
    authority: EntityId | None = None,
    parties: Sequence[EntityId] = (),
    *,
    ended: bool = False,
) -> tuple[Link, ...]:
    """Every cover that bears on a target: on the target itself, on the same project, on its owners, or on the blocked parties in it."""
    same = same_project(world, world.names.root(target))
    out: list[Link] = []
    for licence in licences(world, authority):
        for cover in licence.activities:
            if (cover.holds is Holds.NOT) is not ended:
                continue
            if cover.target in same:
                how = "named" if cover.target == target else "same project"
                out.append(_link(licence, cover, how, Holds.SURELY, same[cover.target]))
                continue
            owned, claims = _owned(world, licence, cover, target)
            if owned is not Holds.NOT:
                out.append(_link(licence, cover, "owned", owned, claims))
            elif parties and _all_in(world, licence, cover, parties):
                out.append(
                    _link(
                        licence,
                        cover,
                        "so far as the party is in it",
                        Holds.SURELY,
                        _why_in(world, target, licence.authority, parties),
                    )
                )
    return tuple(
        sorted(out, key=lambda k: (k.licence.licence, k.cover.target, k.cover.activity or "", str(k.cover.until)))
    )


def _link(licence: Licence, cover: Cover, how: str, holds: Holds, claims: tuple[ClaimId, ...]) -> Link:
    both = cover.holds if cover.holds is not Holds.SURELY else holds
    return Link(licence=licence, cover=cover, how=how, holds=both, because=(*licence.issued, *cover.because, *claims))


def same_project(world: World, target: EntityId) -> dict[EntityId, tuple[ClaimId, ...]]:
    """The ids under which a licence may name the target: itself, what it is a part of, its field, or the venture of its field."""
    found: dict[EntityId, tuple[ClaimId, ...]] = {target: ()}
    for state in world.states("develops"):
        if state.object is None or not _is_venture(world, state.subject):
            continue
        if state.object == target:
            found.setdefault(state.subject, state.because[:1])
        elif state.subject == target:
            found.setdefault(state.object, state.because[:1])
    front = [target]
    while front:
        one = front.pop()
        for state in world.states("part_of", subject=one):
            if state.object is not None and state.object not in found:
                found[state.object] = (*found[one], *state.because[:1])
                front.append(state.object)
    return found


def _is_venture(world: World, party: EntityId) -> bool:
    """A company formed for a field stands for it in a licence's words; a group of firms, or one partner, does not."""
    kind = world.type(party)
    return not kind or type_is(kind, "asset")


def _owned(world: World, licence: Licence, cover: Cover, target: EntityId) -> tuple[Holds, tuple[ClaimId, ...]]:
    """Whether a cover that includes owned entities reaches the target: level by level, from all parties it names together."""
    if cover.reaches is None:
        return Holds.NOT, ()
    strict = cover.reaches == "owned_or_controlled"
    seeds = {c.target for c in licence.activities if c.reaches == cover.reaches and c.activity == cover.activity}
    if strict:  # one named person at a time
        seeds = {cover.target}
    if target in seeds:
        return Holds.NOT, ()
    sure, claims = _reached(world, seeds, target, strict=strict, surely=True)
    if sure:
        return Holds.SURELY, claims
    maybe, claims = _reached(world, seeds, target, strict=strict, surely=False)
    return (Holds.POSSIBLY, claims) if maybe else (Holds.NOT, ())


def _reached(
    world: World, seeds: set[EntityId], target: EntityId, *, strict: bool, surely: bool
) -> tuple[bool, tuple[ClaimId, ...]]:
    held = _held(world)
    why: dict[EntityId, tuple[ClaimId, ...]] = dict.fromkeys(seeds, ())
    open_ = sorted({*above(world, target), target})
    changed = True
    while changed and target not in why:
        changed = False
        for asset in open_:
            counted = [
                s
                for s in held.get(asset, ())
                if s.kind == "holds_shares"
                and s.told == "stated"
                and (all if surely else any)(h in why for h in s.holders)
            ]
            share = sum(s.low if surely else s.high for s in counted)
            if asset not in why and counted and (share > 50 if strict else share >= 50):
                owners = (c for s in counted for h in s.holders if h in why for c in why[h])
                why[asset] = tuple(dict.fromkeys([*owners, *(c for s in counted for c in s.needs)]))
                changed = True
    return target in why, why.get(target, ())


_slots: WeakKeyDictionary[World, dict[EntityId, list[Slot]]] = WeakKeyDictionary()


def _held(world: World) -> dict[EntityId, list[Slot]]:
    """The stakes of a world by the asset, read once."""
    if world not in _slots:
        by_asset: dict[EntityId, list[Slot]] = {}
        for slot in slots(world, ("holds_shares", "holds_interest")):
            by_asset.setdefault(slot.asset, []).append(slot)
        _slots[world] = by_asset
    return _slots[world]


def above(world: World, target: EntityId) -> dict[EntityId, tuple[ClaimId, ...]]:
    """Everyone told to hold a part of a target, directly or through others, with the shortest chain of claims that says so.

    Where sources name several holders of one stake, each of them counts.
    """
    found: dict[EntityId, tuple[ClaimId, ...]] = {}
    front: list[tuple[EntityId, tuple[ClaimId, ...]]] = [(target, ())]
    while front:
        one, why = front.pop(0)
        owners = [(h, s.needs) for s in _held(world).get(one, ()) for h in s.holders]
        owners += [
            (s.subject, (s.claim,)) for s in world.states("develops", object=one) if _is_venture(world, s.subject)
        ]
        for owner, claims in sorted(owners):
            if owner not in found and owner != target:
                found[owner] = (*why, *claims)
                front.append((owner, found[owner]))
    return found


def _all_in(world: World, licence: Licence, cover: Cover, parties: Sequence[EntityId]) -> bool:
    """Whether a licence's covers of one kind name every blocked party in the target; leave for one of two is not enough."""
    if cover.target not in parties:
        return False
    named = {c.target for c in licence.activities if c.activity == cover.activity and c.holds is cover.holds}
    return all(p in named for p in parties)


def _why_in(world: World, target: EntityId, authority: EntityId, parties: Sequence[EntityId]) -> tuple[ClaimId, ...]:
    """That the authority lists the parties, and that they are in the target."""
    chains = above(world, target)
    listed = {e.entity: e.because[:1] for e in designated(world, authority) if e.measure in BLOCKING}
    return tuple(dict.fromkeys(c for p in parties for c in (*listed.get(p, ()), *chains.get(p, ()))))


def blocked_in(world: World, target: EntityId, authority: EntityId) -> tuple[EntityId, ...]:
    """The parties that an authority itself lists and that hold a part of a target, directly or through others; or the target itself."""
    listed = {e.entity for e in designated(world, authority) if e.measure in BLOCKING}
    if not listed:
        return ()
    if target in listed:
        return (target,)
    return tuple(sorted(listed.intersection(above(world, target))))
