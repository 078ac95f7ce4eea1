"""Is a party listed, reached through ownership or control, or neither, by each authority on the day? With rule, chain and turning point.

Refuses to call anything "sanctioned" that is only reached through others, and a verdict without the record of the rule that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from knockon.analyses.counted import counted, look_through
from knockon.analyses.effect import AUTHORITIES, EVERY, LINKED, PART, Counted, Deciding, Effect, place_of
from knockon.analyses.formerly import formerly
from knockon.analyses.listed import delisted, designated, told_only
from knockon.analyses.regimes import Rule, rules_on
from knockon.analyses.ruled import ruled
from knockon.analyses.verdicts import plain_number, verdicts
from knockon.model.ids import EntityId
from knockon.world import World
from knockon.world.control import Rebuttal
from knockon.world.stakes import WHOLE, slots

__all__ = [
    "AUTHORITIES",
    "EVERY",
    "LINKED",
    "PART",
    "Counted",
    "Deciding",
    "Effect",
    "blocked",
    "cascade",
    "designated",
    "status",
]


def cascade(world: World, authority: str = "us-ofac") -> tuple[Effect, ...]:
    """Everyone whom an authority reaches, or may reach, through ownership, and whom it does not although a listed party has a part.

    >>> from knockon.testing import world
    >>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)" + chr(10) + "acme holds 50% of bolt since 2020 (registry)", on="2024-06-01")
    >>> [(e.entity, e.status) for e in cascade(w)]
    [('bolt', 'blocked by ownership')]
    """
    key = ("cascade", authority)
    if key not in world.memo:
        found = [e for rule in rules_on(world.on, authority) for e in _by_rule(world, rule)]
        world.memo[key] = tuple(sorted(found, key=lambda e: (e.entity, e.measure)))
    return cast(tuple[Effect, ...], world.memo[key])


def _by_rule(world: World, rule: Rule, wanted: EntityId | None = None) -> list[Effect]:
    told = ruled(world, rule, wanted)
    return [] if told is None else verdicts(world, told, wanted)


def status(world: World, entity: EntityId, authorities: Iterable[str] | None = None) -> tuple[Effect, ...]:
    """What every authority's measures mean for one party; "nothing found" says for whom it was searched.

    Without ``authorities``, those of ``AUTHORITIES`` are answered for, and any other that lists or reaches the party.

    >>> from knockon.testing import world
    >>> w = world("uk designates acme for asset_freeze on 2024-05-01 (uk)" + chr(10) + "acme holds 51% of bolt since 2020 (registry)", on="2024-06-01")
    >>> [(e.authority, e.status, str(e.low)) for e in status(w, "bolt", ["uk", "eu"])]
    [('uk', 'owned by a sanctioned party', '51'), ('eu', 'nothing found', 'None')]
    """
    root = world.names.root(EntityId(entity))
    asked = EVERY if authorities is None else tuple(dict.fromkeys(authorities))
    found = [e for e in (*designated(world), *delisted(world, root)) if e.entity == root]
    if authorities is not None:
        found = [e for e in found if e.authority in asked]
    for authority in asked:
        for rule in rules_on(world.on, authority):
            found += [_in_full(world, rule, e) for e in _by_rule(world, rule, root)]
    found += [e for e in formerly(world, root, _by_rule) if e.authority in asked]
    for authority in AUTHORITIES if authorities is None else asked:
        if not any(e.authority == authority for e in found):
            found.append(_nothing(world, root, authority))
    return tuple(sorted(found, key=lambda e: (place_of(e.authority), e.rule or "", e.measure, e.status)))


def blocked(world: World, authority: str, *, part: bool = False) -> tuple[Effect, ...]:
    """Everyone whom an authority lists or reaches, or may reach; with ``part``, also those in whom a listed party has a part.

    >>> from knockon.testing import world
    >>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)" + chr(10) + "acme holds 50% of bolt since 2020 (registry)", on="2024-06-01")
    >>> [(e.entity, e.status) for e in blocked(w, "us-ofac")]
    [('acme', 'designated'), ('bolt', 'blocked by ownership')]
    """
    found = cascade(world, authority)
    return (*designated(world, authority), *(e for e in found if part or e.status not in (PART, LINKED)))


def _in_full(world: World, rule: Rule, effect: Effect) -> Effect:
    """A verdict with every told stake and what the rule makes of it, and the look-through share beside it."""
    told = ruled(world, rule, effect.entity)
    assert told is not None
    low, high = look_through(told, effect.entity)
    return replace(effect, counted=counted(world, told, effect.entity), look_through_low=low, look_through_high=high)


def _nothing(world: World, entity: EntityId, authority: str) -> Effect:
    """No hit, which is not a clearance: what was searched, and how much of the owners nobody reported."""
    rules = rules_on(world.on, authority)
    listed = len({e.entity for e in designated(world, authority)})
    told = sum((s.low for s in slots(world, ("holds_shares",), asset=entity) if not s.votes), Decimal(0))
    note = f"searched: {listed} parties listed by {authority} in this ledger"
    note += (
        f"; its owners, of whom {plain_number(told)} % are reported"
        if rules
        else "; no ownership rule of this authority is recorded for this day"
    )
    rebutted = _rebutted(world, entity, rules)
    return Effect(
        entity=entity,
        authority=authority,
        programme=None,
        measure="",
        status="nothing found",
        since=None,
        until=None,
        rule=None,
        low=None,
        high=None,
        because=tuple(c for r in rebutted for c in r.because),
        unreported=max(WHOLE - told, Decimal(0)) if rules else None,
        searched=listed,
        note="; ".join([note, *(f"{r.test} rebutted by {world.claim(r.because[0]).subject}" for r in rebutted)]),
        pending=told_only(world, entity, authority),
    )


def _rebutted(world: World, entity: EntityId, rules: Sequence[Rule]) -> list[Rebuttal]:
    """The findings without which a rule would reach the party."""
    told = [t for rule in rules if (t := ruled(world, rule, entity)) is not None]
    return list(dict.fromkeys(r for t in told for r in t.rebutted if r.asset == entity))
