"""On how many independent voices does an answer stand, and how old are they? Two reports of one origin are one voice (R17).

Refuses to count reports: a chain counts for its last speaker, and a spokesman for the one it speaks for. Agreement is
judged at printed precision (R16); a question, a plan or a denial never supports a statement.

>>> from knockon.testing import world
>>> w = world('''
... acme holds 60% of bolt (outlet < registry, said 2024-01-01)
... acme holds 60% of bolt (other_outlet < registry, said 2024-02-01)
... ''', on="2024-06-01")
>>> found = corroboration(w, w.states("holds_shares")[0].because)
>>> found.voices, [s.single_origin for s in found.statements]
(('registry',), [True])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knockon.errors import UnknownClaim
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.vocabulary import predicate
from knockon.world import World

__all__ = [
    "Chain",
    "Corroboration",
    "Statement",
    "corroboration",
    "days_meet",
    "says_otherwise",
    "says_the_same",
    "voice",
]

_STAKES = frozenset({"holds_shares", "holds_interest", "manages", "controls", "entitled_to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """How one claim came to us: its speakers, nearest first, and the voice that the last of them is."""

    claim: ClaimId
    said_by: tuple[EntityId, ...]
    voice: EntityId
    said_on: Moment
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said, by everyone who says it in this world; ``because`` holds their claims, ``against`` the others."""

    claim: ClaimId
    subject: EntityId
    predicate: str
    object: EntityId | None
    mode: Mode
    polarity: Polarity
    voices: tuple[EntityId, ...]
    chains: tuple[Chain, ...]
    oldest: date
    newest: date
    age_days: int
    stale: bool
    single_origin: bool
    against: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """What carries an answer. ``weakest`` is the age of its oldest support: the answer is no fresher than that."""

    statements: tuple[Statement, ...]
    voices: tuple[EntityId, ...]
    newest: date | None
    weakest: date | None
    single_origin: tuple[ClaimId, ...]
    stale: tuple[ClaimId, ...]
    disputed: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


def corroboration(world: World, claims: Iterable[str]) -> Corroboration:
    """Group the claims behind an answer into statements, and weigh each by everything that this world has heard of it."""
    shelf = _Shelf(world)
    seen = {c.id: c for c in (shelf.visible(wanted) for wanted in sorted(set(claims)))}
    groups: dict[tuple[str | None, ...], list[list[Claim]]] = {}
    # the most exact first, so that 13 joins 13.5 and not the other way round
    for claim in sorted(
        seen.values(), key=lambda c: (-(c.quantity.places if c.quantity else 0), c.value is None, c.id)
    ):
        near = groups.setdefault(_about(world, claim), [])
        home = next((g for g in near if says_the_same(world, g[0], claim)), None)
        if home is None:
            near.append([claim])
        else:
            home.append(claim)
    seeds = [g[0] for near in groups.values() for g in near]
    found = sorted(
        (_statement(world, seed, shelf.about(seed)) for seed in seeds),
        key=lambda s: (s.predicate, s.subject, s.object or "", -s.newest.toordinal(), s.claim),
    )
    return Corroboration(
        statements=tuple(found),
        voices=tuple(sorted({v for s in found for v in s.voices})),
        newest=max((s.newest for s in found), default=None),
        weakest=min((s.newest for s in found), default=None),
        single_origin=tuple(s.claim for s in found if s.single_origin),
        stale=tuple(s.claim for s in found if s.stale),
        disputed=tuple(s.claim for s in found if s.against),
        because=tuple(sorted(seen)),
    )


class _Shelf:
    """What a world has heard of each thing, looked up once for each predicate that an answer rests on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._ids: dict[str, dict[str, Claim]] = {}
        self._things: dict[tuple[str | None, ...], list[Claim]] = {}

    def visible(self, wanted: str) -> Claim:
        """A claim that this world sees; an error for one that it does not (R2)."""
        claim = self.world.claim(wanted)
        self._read(claim.predicate)
        if claim.id not in self._ids[claim.predicate]:
            raise UnknownClaim(
                wanted, "this world does not see the claim", f"it was said by {claim.known}; ask with a later known day"
            )
        return claim

    def about(self, claim: Claim) -> list[Claim]:
        """Every claim on the same thing, whatever it says of it."""
        self._read(claim.predicate)
        return self._things[_about(self.world, claim)]

    def _read(self, word: str) -> None:
        if word not in self._ids:
            told = self.world.told(word)
            self._ids[word] = {c.id: c for c in told}
            for claim in told:
                self._things.setdefault(_about(self.world, claim), []).append(claim)


def _statement(world: World, seed: Claim, told: Sequence[Claim]) -> Statement:
    agreeing = sorted((c for c in told if says_the_same(world, seed, c)), key=lambda c: (c.known, c.id))
    voices = tuple(sorted({voice(world, c.origin) for c in agreeing}))
    newest, horizon = agreeing[-1].known, predicate(seed.predicate).stale
    age = (world.on - newest).days
    return Statement(
        claim=seed.id,
        subject=world.names.root(seed.subject),
        predicate=seed.predicate,
        object=seed.object and world.names.root(seed.object),
        mode=seed.mode,
        polarity=seed.polarity,
        voices=voices,
        chains=tuple(
            Chain(claim=c.id, said_by=c.said_by, voice=voice(world, c.origin), said_on=c.said_on, source=c.source)
            for c in agreeing
        ),
        oldest=agreeing[0].known,
        newest=newest,
        age_days=age,
        stale=bool(horizon) and age > horizon,
        single_origin=len(voices) == 1,
        against=tuple(c.id for c in told if says_otherwise(world, seed, c)),
        because=(seed.id, *sorted(c.id for c in agreeing if c.id != seed.id)),
    )


def voice(world: World, speaker: EntityId) -> EntityId:
    """Whose voice a speaker is: followed from a spokesman to the office, and from the office to whom it speaks for.

    >>> from knockon.testing import world
    >>> voice(world("ann speaks for press_office\\npress_office speaks for palace"), "ann")
    'palace'
    """
    path = [world.names.root(speaker)]
    while (after := world.names.root(world.names.voice(path[-1]))) not in path:
        path.append(after)
    # speakers who speak for each other are one voice, whichever of them we began with
    return path[-1] if after == path[-1] else min(path[path.index(after) :])


def says_the_same(world: World, a: Claim, b: Claim) -> bool:
    """Whether two claims say one thing: same slot, days, mode and polarity, and values that agree."""
    return (
        a.mode is b.mode
        and a.polarity is b.polarity
        and _about(world, a) == _about(world, b)
        and _ends(world, a) == _ends(world, b)
        and days_meet(a, b)
        and _values_agree(a, b)
    )


def says_otherwise(world: World, a: Claim, b: Claim) -> bool:
    """Whether two claims cannot both be so: one denies the other, or they give one slot different contents."""
    if a.mode is not b.mode or _about(world, a) != _about(world, b) or not days_meet(a, b):
        return False
    same_ends = _ends(world, a) == _ends(world, b)
    if a.polarity is not b.polarity:
        return same_ends and _values_agree(a, b)
    if a.polarity is Polarity.DENIED or a.mode is Mode.ASKED:
        return False  # two denials, or two questions, exclude nothing
    if not same_ends and a.predicate in _STAKES:
        return not _values_agree(a, b)  # one stake told with two holders is an alternative, not a conflict
    return not (same_ends and _values_agree(a, b))


def _about(world: World, claim: Claim) -> tuple[str | None, ...]:
    """The slot, with merged entities as one and without the day, which two reports may give more or less exactly."""
    root = world.names.root
    parts: list[str | None] = [claim.predicate]
    for name in predicate(claim.predicate).slot:
        match name:
            case "subject":
                parts.append(root(claim.subject))
            case "object":
                parts.append(claim.object and root(claim.object))
            case "stake":
                parts.append(claim.qualifier("stake") or root(claim.subject))
            case "value":
                parts.append(str(claim.value))
            case "period":
                parts.append(f"{claim.start}/{claim.end}")
            case "day":
                continue
            case _:
                parts.append(claim.qualifier(name))
    return tuple(parts)


def _ends(world: World, claim: Claim) -> tuple[str, str | None]:
    return world.names.root(claim.subject), claim.object and world.names.root(claim.object)


def days_meet(a: Claim, b: Claim) -> bool:
    """Whether the days of two claims can be the same; what was not said does not part them."""
    return _first(a) <= _last(b) and _first(b) <= _last(a)


def _first(claim: Claim) -> date:
    return (claim.start.earliest if claim.start else None) or date.min


def _last(claim: Claim) -> date:
    """The last day on which it may hold; an event without an end lasts no longer than its day."""
    if claim.end is not None:
        return claim.end.shift(-1).latest or date.max
    if predicate(claim.predicate).kind == "event" and claim.start is not None:
        return claim.start.latest or date.max
    return date.max


def _values_agree(a: Claim, b: Claim) -> bool:
    if a.quantity and b.quantity:
        return a.quantity.agrees(b.quantity)
    return a.value is None or b.value is None or a.value == b.value
