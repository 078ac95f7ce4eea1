"""Which claims leave in an export, from which datasets, and may they? One selection serves every format of claims.

Refuses to export what is only supposed as if somebody had said it, and claims that their licence keeps in (``datasets``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knockon.analyses.datasets import Use, check_exports, check_known, datasets, used
from knockon.errors import Refused
from knockon.ledger import Ledger
from knockon.ledger.ledger import query
from knockon.ledger.rows import from_body
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.vocabulary import predicate
from knockon.world import World

__all__ = ["Selection", "select", "without"]

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Selection:
    """The claims of an export: how many, of which datasets, and themselves with the titles of their sources, one by one."""

    world: World
    count: int
    uses: tuple[Use, ...]
    bound: dict[str, object]

    @property
    def licence_not_told(self) -> int:
        """How many of the claims belong to no dataset whose licence is claimed."""
        return self.count - sum(use.claims for use in self.uses)

    def __iter__(self) -> Iterator[tuple[Claim, str]]:
        cursor = self.world.ledger.connection.cursor()
        found = cursor.execute(query("knockon.analyses", "export_claims"), self.bound)
        while chunk := found.fetchmany(_CHUNK):
            for known, body, title in chunk:
                yield from_body(body, known), title or ""


def select(
    world: World,
    *,
    predicates: tuple[str, ...] = (),
    subject: str | None = None,
    source_prefix: str = "",
    without: tuple[str, ...] = (),
) -> Selection:
    """The claims that a world sees, filtered, once it is sure that they may leave.

    >>> from knockon.testing import world
    >>> w = world("acme holds 60% of bolt since 2020 (registry)")
    >>> [(c.subject, title) for c, title in select(w, predicates=("holds_shares",))]
    [('acme', '')]
    """
    if world.supposed:
        raise Refused(
            f"{len(world.supposed)} claim(s) are only supposed: nobody said them, and a file of claims cannot mark that",
            "leave --suppose out, or export the world with --format ftm, which marks what rests on it",
        )
    for word in predicates:
        predicate(word)
    known = datasets(world)
    check_known(without, known)
    root = world.entity(subject) if subject else None
    bound: dict[str, object] = {
        "at": world.at,
        "known": world.known,
        "predicates": list(predicates),
        "entities": sorted(world.names.same(EntityId(root))) if root else [],
        "prefix": source_prefix,
        "without": list(without),
    }
    cursor = world.ledger.connection.cursor()
    rows = cursor.execute(query("knockon.analyses", "export_datasets"), bound).fetchall()
    counts = {str(name): int(count) for name, count in rows}
    uses = used(counts, known)
    check_exports(uses)
    return Selection(world, sum(counts.values()), uses, bound)


def without(world: World, names: tuple[str, ...]) -> World:
    """The same world as if some datasets had never been heard: what they made is gone, and what they hid comes forth."""
    check_known(names, datasets(world))
    if not names:
        return world
    bare = World(world.ledger, on=world.on, known=world.known, at=world.at)
    bound: dict[str, object] = {
        "at": bare.at, "known": bare.known, "predicates": [], "entities": [], "prefix": "", "without": list(names)
    }  # fmt: skip
    rest = Selection(bare, 0, (), bound)
    ledger = Ledger.memory()
    ledger.add((claim for claim, _ in rest), origin="export")
    return World(ledger, on=world.on, known=world.known, supposed=world.supposed, heard=world.heard)
