"""Which licences bear on a target: by its name, by its project, by its owners, or by the blocked parties in it?

Refuses to let leave for one of two blocked parties stand for both, and to stretch "owned" beyond what the licence itself says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knockon.analyses.reaching import held, reaches
from knockon.analyses.status import designated
from knockon.analyses.terms import Cover, Licence, licences
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.model.vocabulary import type_is
from knockon.world import World

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
    among: Sequence[Licence] | None = None,
) -> tuple[Link, ...]:
    """Every cover that bears on a target: on the target itself, on the same project, on its owners, or on the blocked parties in it.

    ``among`` are the licences to look at, where they are not those of the world's own day (see ``as_of``).
    """
    target = world.names.root(target)
    same = same_project(world, target)
    out: list[Link] = []
    for licence in licences(world, authority) if among is None else among:
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
    """Whether a cover that includes owned entities reaches the target, by the ownership rule of the licence's authority.

    Where that rule adds up the stakes of several, all parties that the licence names so count together.
    """
    if cover.reaches is None:
        return Holds.NOT, ()
    mates = [c for c in licence.activities if (c.reaches, c.activity) == (cover.reaches, cover.activity)]
    named = {c.target: c for c in mates if c.holds is cover.holds}
    maybe = {c.target: c for c in mates if c.holds is Holds.POSSIBLY and c.target not in named}
    if target in named:
        return Holds.NOT, ()
    surely, perhaps = ({party: c.because[0] for party, c in some.items()} for some in (named, maybe))
    found, claims = reaches(world, licence.authority, cover.reaches, surely, perhaps, target)
    whole = {c.because[0]: c.because for c in (*named.values(), *maybe.values())}
    return found, tuple(dict.fromkeys(x for claim in claims for x in whole.get(claim, (claim,))))


def above(world: World, target: EntityId) -> dict[EntityId, tuple[ClaimId, ...]]:
    """Everyone told to hold a part of a target, directly or through others, with the shortest chain of claims that says so.

    Where sources name several holders of one stake, each of them counts.
    """
    found: dict[EntityId, tuple[ClaimId, ...]] = {}
    front: list[tuple[EntityId, tuple[ClaimId, ...]]] = [(target, ())]
    while front:
        one, why = front.pop(0)
        owners = [(h, s.needs) for s in held(world).get(one, ()) for h in s.holders]
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
