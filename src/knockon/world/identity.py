"""Which entities are one party because a strong identifier says so, and which identifiers contradict each other?

Refuses to link by a name, by an identifier with wrong check digits, by one that two rows of one edition share, and against a denied
``same_as``. Setting the ``identified_by`` claim aside parts what it linked. Governed by the ledger's position alone (R2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from knockon.ledger.ledger import query
from knockon.model.claim import Mode, Polarity
from knockon.model.identifiers import STRONG, normal, own, sound
from knockon.model.ids import ClaimId, EntityId

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["Conflict", "Held", "Link", "Union", "first", "held", "rows_of", "settle"]

Pair = tuple[EntityId, EntityId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One entity carries an identifier; ``claim`` is ``None`` where its own id is made of it."""

    entity: EntityId
    scheme: str
    value: str
    claim: ClaimId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Entities that one identifier makes one party, and the claims that say who carries it."""

    scheme: str
    value: str
    entities: tuple[EntityId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Entities that share an identifier and are not merged: ``why`` is "denied", "one edition" (two rows of it) or "one source"."""

    why: str
    scheme: str
    value: str
    entities: tuple[EntityId, ...]
    because: tuple[ClaimId, ...]


def first(entity: str) -> tuple[bool, str]:
    """The order in which one of the same gives all its name: plain ids before those of sources, then by letters.

    >>> min(["eu:1", "ofac:17248", "rosneft", "lukoil"], key=first)
    'lukoil'
    """
    return ":" in entity, entity


class Union:
    """Groups of the same; each is known by the first of its ids (union-find)."""

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self.above: dict[EntityId, EntityId] = {}
        for a, b in pairs:
            self.join(a, b)

    def top(self, entity: EntityId) -> EntityId:
        """The id that stands for all of a group."""
        while (up := self.above.get(entity, entity)) != entity:
            self.above[entity] = self.above.get(up, up)
            entity = up
        return entity

    def join(self, a: EntityId, b: EntityId) -> None:
        """Make two groups one."""
        one, other = sorted((self.top(a), self.top(b)), key=first)
        if one != other:
            self.above[other] = one


Rows = Mapping[EntityId, Collection[tuple[str, str | None, object]]]


def settle(
    same: Sequence[Pair], denied: Iterable[Pair], found: Iterable[Held], rows: Rows
) -> tuple[tuple[Link, ...], tuple[Conflict, ...]]:
    """What the identifiers link beside the told ``same_as``, and what they would link but for a contradiction."""
    explicit = Union(same)
    parted = {frozenset((explicit.top(a), explicit.top(b))) for a, b in denied}
    groups: dict[tuple[str, str], list[Held]] = {}
    for one in found:
        if sound(one.scheme, one.value):
            groups.setdefault((one.scheme, one.value), []).append(one)
    links: list[Link] = []
    conflicts: list[Conflict] = []
    for (scheme, value), members in sorted(groups.items()):
        entities = tuple(sorted({m.entity for m in members}, key=first))
        if len(entities) < 2:
            continue
        because = tuple(sorted({m.claim for m in members if m.claim}))
        why = _apart(entities, explicit, parted, rows)
        if why:
            conflicts.append(Conflict(why=why, scheme=scheme, value=value, entities=entities, because=because))
        else:
            links.append(Link(scheme=scheme, value=value, entities=entities, because=because))
    return _consistent(same, explicit, links, conflicts, parted, rows)


def _apart(entities: Sequence[EntityId], explicit: Union, parted: set[frozenset[EntityId]], rows: Rows) -> str:
    """Why some entities cannot be one, "" where nothing speaks against it."""
    for a, b in combinations(entities, 2):
        one, other = explicit.top(a), explicit.top(b)
        if one == other:
            continue
        if frozenset((one, other)) in parted:
            return "denied"
        mine, theirs = set(rows.get(a, ())), set(rows.get(b, ()))
        if mine & theirs:
            return "one edition"
        if not mine and not theirs and ":" in a and a.partition(":")[0] == b.partition(":")[0]:
            return "one source"
    return ""


def _consistent(
    same: Sequence[Pair],
    explicit: Union,
    links: Sequence[Link],
    conflicts: list[Conflict],
    parted: set[frozenset[EntityId]],
    rows: Rows,
) -> tuple[tuple[Link, ...], tuple[Conflict, ...]]:
    """Drop the links of a group that, one after another, would join what cannot be one."""
    joined = Union([*same, *((link.entities[0], e) for link in links for e in link.entities[1:])])
    of: dict[EntityId, set[EntityId]] = {}
    for link in links:
        of.setdefault(joined.top(link.entities[0]), set()).update(link.entities)
    for entity in explicit.above:
        if (top := joined.top(entity)) in of:
            of[top] |= {entity, explicit.top(entity)}
    wrong = {top: why for top, some in of.items() if len(some) > 2 and (why := _chained(some, explicit, parted, rows))}
    kept: list[Link] = []
    for link in links:
        why = wrong.get(joined.top(link.entities[0]), "")
        if why:
            conflicts.append(
                Conflict(why=why, scheme=link.scheme, value=link.value, entities=link.entities, because=link.because)
            )
        else:
            kept.append(link)
    return tuple(kept), tuple(sorted(conflicts, key=lambda c: (c.scheme, c.value)))


def _chained(entities: Iterable[EntityId], explicit: Union, parted: set[frozenset[EntityId]], rows: Rows) -> str:
    """Only a denial or two rows of one edition part a chain; two ids of one source may be an old and a new one."""
    why = _apart(sorted(entities, key=first), explicit, parted, rows)
    return "" if why == "one source" else why


# ---------------------------------------------------------------------------------------------------- from the ledger
def held(world: World, aside: Collection[str]) -> tuple[Held, ...]:
    """The strong identifiers that two entities or more carry, in the ledger or in claims laid over it."""
    laid = [c for c in (*world.heard, *world.supposed) if c.id not in aside]
    over: list[tuple[str, str, str, str | None]] = []
    for claim in laid:
        for name in (claim.subject, claim.object):
            if name and (mine := own(name)):
                over.append((name, *mine, None))
        scheme = claim.qualifier("scheme") or ""
        counts = claim.mode is Mode.STATED and claim.polarity is Polarity.AFFIRMED
        if claim.predicate == "identified_by" and scheme in STRONG and isinstance(claim.value, str) and counts:
            over.append((claim.subject, scheme, normal(scheme, claim.value), claim.id))
    found = world.ledger.connection.execute(
        query("knockon.world", "shared"),
        {
            "at": world.at,
            "schemes": [f'{{"scheme":"{scheme}"}}' for scheme in STRONG],
            "aside": list(aside),
            "laid_entity": [row[0] for row in over],
            "laid_scheme": [row[1] for row in over],
            "laid_value": [row[2] for row in over],
            "laid_claim": [row[3] for row in over],
        },
    ).fetchall()
    return tuple(Held(entity=EntityId(e), scheme=s, value=v, claim=c and ClaimId(c)) for s, v, e, c in found)


def rows_of(world: World, entities: Iterable[EntityId]) -> dict[EntityId, set[tuple[str, str | None, object]]]:
    """In which editions of which lists each of some entities has a row."""
    wanted = sorted(set(entities))
    found: dict[EntityId, set[tuple[str, str | None, object]]] = {}
    if wanted:
        for entity, authority, kind, day in world.ledger.connection.execute(
            query("knockon.world", "rows_of"), {"at": world.at, "entities": wanted}
        ).fetchall():
            found.setdefault(EntityId(entity), set()).add((authority, kind, day))
    return found
