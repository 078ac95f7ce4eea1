"""What of a world can be told as entities and dated links between them? States, listings, names and identifiers, with their claims.

Refuses to choose a format's words (the view does), and to let claims leave that their licence keeps in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from knockon.analyses.datasets import Use, check_exports, dataset_of, datasets, used
from knockon.analyses.effect import Effect
from knockon.analyses.listed import designated
from knockon.errors import Refused
from knockon.ledger.ledger import query
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.vocabulary import predicate
from knockon.world import World
from knockon.world.resolve import State

__all__ = ["Portable", "portable"]

_LABELS = ("named", "identified_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portable:
    """A world's links, described parties, listings, names and identifiers, ready to be written by any format of entities.

    ``members`` are the other ids of a merged entity; ``told`` counts the claims of each predicate, ``pending`` those beside
    the world; ``claims`` are all that the export rests on.
    """

    world: World
    links: tuple[State, ...]
    traits: tuple[State, ...]
    listings: tuple[Effect, ...]
    names: tuple[Claim, ...]
    identifiers: tuple[Claim, ...]
    types: dict[EntityId, str]
    members: dict[EntityId, tuple[EntityId, ...]]
    told: dict[str, int]
    pending: int
    claims: tuple[Claim, ...]
    uses: tuple[Use, ...]

    @property
    def licence_not_told(self) -> int:
        """How many of the claims belong to no dataset whose licence is claimed."""
        return len(self.claims) - sum(use.claims for use in self.uses)


def portable(
    world: World,
    *,
    links: tuple[str, ...],
    traits: tuple[str, ...] = (),
    predicates: tuple[str, ...] = (),
    subject: str | None = None,
) -> Portable:
    """The parts of a world: its ``links`` (predicates with an object), ``traits`` (without) and listings.

    ``predicates`` and ``subject`` narrow it to some predicates, and to what touches one entity.

    >>> from knockon.testing import world
    >>> w = world("acme holds 60% of bolt since 2020 (registry)")
    >>> [(s.subject, s.object) for s in portable(w, links=("holds_shares",)).links]
    [('acme', 'bolt')]
    """
    for word in predicates:
        if predicate(word).name not in (*links, *traits, "designates"):
            raise Refused(
                f'"{word}" makes no part of a world of entities',
                f"those are: {', '.join((*links, *traits))}, designates",
            )
    root = world.entity(subject) if subject else None
    chosen = [
        s
        for word in _of(links, predicates)
        for s in world.states(word)
        if s.object and _touches(root, s.subject, s.object)
    ]
    described = [s for word in _of(traits, predicates) for s in world.states(word) if _touches(root, s.subject)]
    listed = (
        [e for e in designated(world) if _touches(root, e.entity, e.authority)]
        if _of(("designates",), predicates)
        else []
    )
    ends = {e for s in chosen for e in (s.subject, s.object) if e} | {s.subject for s in described}
    ends |= {e.entity for e in listed}
    narrow = bool(root or predicates)
    labels = [_rooted(world, c) for c in world.told(*_LABELS) if _counts(world, c)]
    labels = [c for c in labels if c.subject in ends or not narrow]
    kinds = {
        world.names.root(e): kind
        for e, kind in sorted(world.names.types.items(), reverse=True)
        if not narrow or world.names.root(e) in ends
    }
    typed = [_rooted(world, c) for c in world.told("is_a") if _counts(world, c)]
    ids = {i for s in (*chosen, *described) for i in (*s.because, *s.closed_by, *s.moved_by)} | {
        i for e in listed for i in e.because
    }
    world.look_up(sorted(ends), sorted(ids))
    claims = {c.id: c for c in (*labels, *(c for c in typed if c.subject in kinds), *map(world.claim, sorted(ids)))}
    known = datasets(world)
    counts = Counter(name for c in claims.values() if (name := dataset_of(c.source, known)))
    uses = used(counts, known)
    check_exports(uses)
    return Portable(
        world=world,
        links=tuple(chosen),
        traits=tuple(described),
        listings=tuple(listed),
        names=tuple(c for c in labels if c.predicate == "named"),
        identifiers=tuple(c for c in labels if c.predicate == "identified_by"),
        types=kinds | {e: world.type(e) for e in sorted(ends - set(kinds))},
        members={e: tuple(sorted(world.names.same(e) - {e})) for e in sorted(ends | set(kinds)) if len(world.names.same(e)) > 1},
        told=_told(world),
        pending=len(world.pending(*links, "designates")),
        claims=tuple(claims[i] for i in sorted(claims)),
        uses=uses,
    )  # fmt: skip


def _of(words: Iterable[str], predicates: tuple[str, ...]) -> list[str]:
    return [word for word in words if not predicates or word in predicates]


def _touches(root: EntityId | None, *ends: str | None) -> bool:
    return root is None or root in ends


def _counts(world: World, claim: Claim) -> bool:
    return claim.mode is Mode.STATED and claim.polarity is Polarity.AFFIRMED and world.stands(claim)


def _rooted(world: World, claim: Claim) -> Claim:
    root = world.names.root(claim.subject)
    if root == claim.subject:
        return claim
    made = replace(claim, subject=root)
    object.__setattr__(made, "_id", ClaimId(claim.id))
    return made


def _told(world: World) -> dict[str, int]:
    bound = {"at": world.at, "known": world.known}
    rows = world.ledger.connection.execute(query("knockon.analyses", "export_predicates"), bound).fetchall()
    return {str(word): int(count) for word, count in rows}
