"""Is a party established inside a state or a union, outside it, or is that not told? For rules that reach only what lies outside.

Refuses to take a name, a legal form or an owner's home for a place.
"""

from __future__ import annotations

from knockon.model.ids import ClaimId, EntityId
from knockon.world import World

__all__ = ["lies", "within"]


def lies(world: World, party: EntityId, area: str) -> tuple[str, tuple[ClaimId, ...]]:
    """ "inside", "outside" or "unknown", with the claims that say so.

    >>> from knockon.testing import world
    >>> w = world('''bolt located_in germany since 2020 (registry)
    ... germany is part of eu (list)
    ... cog located_in uae since 2020 (registry)''')
    >>> [lies(w, p, "eu")[0] for p in ("bolt", "cog", "dyne")]
    ['inside', 'outside', 'unknown']
    """
    placed = world.states("located_in", subject=party)
    if not placed:
        return "unknown", ()
    for state in placed:
        assert state.object is not None
        chain = within(world, state.object, EntityId(area))
        if chain is not None:
            return "inside", (state.claim, *chain)
    return "outside", tuple(s.claim for s in placed)


def within(world: World, place: EntityId, area: EntityId) -> tuple[ClaimId, ...] | None:
    """The claims by which a place, or a state, lies in an area, ``None`` where it does not."""
    wanted = world.names.root(area)
    found: dict[EntityId, tuple[ClaimId, ...]] = {place: ()}
    front = [place]
    while front:
        one = front.pop(0)
        if one == wanted:
            return found[one]
        for state in world.states("part_of", "located_in", subject=one):
            if state.object is not None and state.object not in found:
                found[state.object] = (*found[one], state.claim)
                front.append(state.object)
    return None
