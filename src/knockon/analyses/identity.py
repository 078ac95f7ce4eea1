"""Which ids are one party, by which claims; which identifiers contradict each other; and who is possibly the same by name?

Refuses to decide: what is proposed or in conflict waits for a ``same_as``, affirmed or denied.
"""

from __future__ import annotations

from dataclasses import dataclass

from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.identifiers import STRONG, normal, sound
from knockon.model.ids import ClaimId, EntityId
from knockon.world import World
from knockon.world.identity import Conflict, first
from knockon.world.proposals import Proposal, proposals

__all__ = ["Identifier", "Identities", "Identity", "Merger", "identities", "identity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number that some claims give an entity; ``links`` says whether it is strong and rightly written."""

    entity: EntityId
    scheme: str
    value: str
    links: bool
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Ids that are one party by a ``same_as`` (``scheme`` is "same_as") or by an identifier."""

    scheme: str
    value: str
    entities: tuple[EntityId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One party: the id that stands for it first."""

    party: EntityId
    ids: tuple[EntityId, ...]
    identifiers: tuple[Identifier, ...]
    merged: tuple[Merger, ...]
    conflicts: tuple[Conflict, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """All of a world: how many parties have more than one id, and what waits for a person."""

    merged: int
    conflicts: tuple[Conflict, ...]
    proposals: tuple[Proposal, ...]


def identity(world: World, party: str) -> Identity:
    """The ids, identifiers, mergers, conflicts and proposals of one party.

    >>> from knockon.testing import world
    >>> w = world('acme identified_by "17248" scheme=ofac (list)\\nus-ofac designates ofac:17248 on 2020-01-01 (us-ofac)')
    >>> found = identity(w, "ofac:17248")
    >>> found.party, found.ids, [(m.scheme, m.value) for m in found.merged]
    ('acme', ('acme', 'ofac:17248'), [('ofac', '17248')])
    """
    names = world.names
    root = names.root(EntityId(party))
    ids = names.same(root)
    told = tuple(Merger(scheme="same_as", value="", entities=_pair(c), because=(c.id,)) for c in _same_as(world, root))
    linked = tuple(
        Merger(scheme=link.scheme, value=link.value, entities=link.entities, because=link.because)
        for link in names.links
        if not ids.isdisjoint(link.entities)
    )
    return Identity(
        party=root,
        ids=tuple(sorted(ids, key=first)),
        identifiers=_identifiers(world, root),
        merged=(*told, *linked),
        conflicts=tuple(c for c in names.conflicts if not ids.isdisjoint(c.entities)),
        proposals=proposals(world, root),
    )


def identities(world: World) -> Identities:
    """Everything that waits for a person, in the whole world.

    >>> from knockon.testing import world
    >>> identities(world("acme is the same as acme_llp")).merged
    1
    """
    return Identities(merged=len(world.names.groups), conflicts=world.names.conflicts, proposals=proposals(world))


def _stated(claim: Claim, world: World) -> bool:
    return claim.mode is Mode.STATED and claim.polarity is Polarity.AFFIRMED and claim.id not in world.names.aside


def _same_as(world: World, root: EntityId) -> list[Claim]:
    return [c for c in world.told("same_as", subject=root) if c.object is not None and _stated(c, world)]


def _pair(claim: Claim) -> tuple[EntityId, ...]:
    assert claim.object is not None
    return claim.subject, claim.object


def _identifiers(world: World, root: EntityId) -> tuple[Identifier, ...]:
    found: dict[tuple[EntityId, str, str], list[ClaimId]] = {}
    for claim in world.told("identified_by", subject=root):
        if _stated(claim, world) and isinstance(claim.value, str):
            scheme = claim.qualifier("scheme") or ""
            value = normal(scheme, claim.value) if scheme in STRONG else claim.value
            found.setdefault((claim.subject, scheme, value), []).append(claim.id)
    return tuple(
        Identifier(entity=entity, scheme=scheme, value=value, links=sound(scheme, value), because=tuple(sorted(ids)))
        for (entity, scheme, value), ids in sorted(found.items(), key=lambda f: (first(f[0][0]), f[0][1:]))
    )
