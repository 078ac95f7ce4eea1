"""Who is possibly the same as whom, by name alone? Told for a person to decide with a ``same_as``, affirmed or denied.

Refuses to merge, to propose what is merged or denied already, and to propose two rows of one edition: a list knows its own parties.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from knockon.ledger.ledger import query
from knockon.model.claim import Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.vocabulary import type_is
from knockon.world.folding import folded
from knockon.world.identity import first, rows_of

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["Proposal", "proposals"]

#: a name that more parties than this bear says nothing about any of them
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``party`` is possibly the same as ``other``: both bear ``name`` (folded); ``because`` are the claims that call them so."""

    party: EntityId
    other: EntityId
    name: str
    because: tuple[ClaimId, ClaimId]


def proposals(world: World, party: str | None = None) -> tuple[Proposal, ...]:
    """Parties of different sources that bear one name and that no identifier links; of all, or those of one.

    >>> from knockon.testing import world
    >>> w = world('acme is called "Acme Oil, OAO" (list)\\neu:1 is called "PJSC ACME OIL" (eu)')
    >>> [(p.party, p.other, p.name) for p in proposals(w)]
    [('acme', 'eu:1', 'acme oil')]
    >>> w.entity("eu:1")
    'eu:1'
    """
    found = _all(world)
    if party is None:
        return found
    root = world.names.root(EntityId(party))
    return tuple(p for p in found if root in (p.party, p.other))


def _all(world: World) -> tuple[Proposal, ...]:
    key = ("proposals",)
    if key not in world.memo:
        world.memo[key] = tuple(_made(world))
    made = world.memo[key]
    assert isinstance(made, tuple)
    return made


def _made(world: World) -> list[Proposal]:
    root = world.names.root
    bearers: dict[str, dict[EntityId, ClaimId]] = {}
    for entity, name, claim in _called(world):
        bearers.setdefault(name, {}).setdefault(root(entity), claim)
    denied = {
        frozenset((root(c.subject), root(c.object)))
        for c in world.told("same_as")
        if c.polarity is Polarity.DENIED and c.object is not None
    }
    pairs = {
        (one, other): (name, (some[one], some[other]))
        for name, some in sorted(bearers.items())
        if 1 < len(some) <= _MOST
        for one, other in combinations(sorted(some, key=first), 2)
        if frozenset((one, other)) not in denied and not _sources(world, one) & _sources(world, other)
    }
    rows = rows_of(world, {m for pair in pairs for e in pair for m in world.names.same(e)})
    out = []
    for (one, other), (name, because) in sorted(pairs.items(), key=lambda p: (first(p[0][0]), first(p[0][1]))):
        mine, theirs = (set().union(*(rows.get(m, set()) for m in world.names.same(e))) for e in (one, other))
        if not mine & theirs and all(_is_party(world, e) for e in (one, other)):
            out.append(Proposal(party=one, other=other, name=name, because=because))
    return out


def _called(world: World) -> list[tuple[EntityId, str, ClaimId]]:
    """Every name of every entity as it is compared, those of claims laid over the ledger as well."""
    rows = world.ledger.connection.execute(
        query("knockon.world", "called_all"), {"at": world.at, "aside": list(world.names.aside)}
    ).fetchall()
    laid = [
        (c.subject, c.value, c.id)
        for c in (*world.heard, *world.supposed)
        if c.predicate == "named" and isinstance(c.value, str) and c.polarity is Polarity.AFFIRMED
    ]
    return [(EntityId(e), name, ClaimId(i)) for e, text, i in (*rows, *laid) if (name := folded(text))]


def _sources(world: World, entity: EntityId) -> set[str]:
    """Which naming schemes the ids of one party belong to, with the list within it: "" for plain ids, "eu:269-2014" and so on."""
    return {member.rpartition(":")[0] for member in world.names.same(entity)}


def _is_party(world: World, entity: EntityId) -> bool:
    kinds = {world.type(member) for member in world.names.same(entity)} - {""}
    return not kinds or any(type_is(kind, "party") for kind in kinds)
