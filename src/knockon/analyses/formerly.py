"""Which parties did a rule reach until a sale, a delisting or another end, and what stays frozen of that time?

Refuses to call them cleared: where the rule says that what was blocked stays blocked until licensed, the answer says so. Looks only
at the days on which something ended above the party that is asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from knockon.analyses.effect import CAUGHT, Effect
from knockon.analyses.regimes import Rule, rules_on
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.world import World

__all__ = ["formerly"]

_ENDS = ("sells", "acquires", "ends", "delists", "rebuts_control")
_STAKES = ("holds_shares", "controls")


def formerly(world: World, party: EntityId, caught: Callable[[World, Rule, EntityId], list[Effect]]) -> list[Effect]:
    """The rules that reached a party on an earlier day and reach it no longer, each with the day and the claim that ended it.

    ``caught`` gives the effects of one rule on the party in any world.
    """
    days = _days(world, party)
    out: list[Effect] = []
    for rule in rules_on(world.on) if days else ():
        if not rule.frozen or any(e.status in CAUGHT for e in caught(world, rule, party)):
            continue
        for day, claim in reversed(days):
            if (found := _before(world, rule, party, day, caught)) is not None:
                out.append(_no_longer(world, rule, found, claim))
                break
    return out


def _before(
    world: World, rule: Rule, party: EntityId, day: Moment, caught: Callable[[World, Rule, EntityId], list[Effect]]
) -> Effect | None:
    """What the rule made of the party before an end: on the day before it surely was, else before it may have been."""
    for edge in dict.fromkeys(d for d in (day.latest, day.earliest) if d is not None):
        before = world.on_day(edge - timedelta(days=1))
        if rule in rules_on(before.on):
            for effect in caught(before, rule, party):
                if effect.status in CAUGHT:
                    return effect
    return None


def _no_longer(world: World, rule: Rule, found: Effect, claim: Claim) -> Effect:
    ended = claim.end if claim.predicate in _STAKES else claim.start
    return Effect(
        entity=found.entity,
        authority=rule.authority,
        programme=found.programme,
        measure=found.measure,
        status="no longer blocked",
        since=ended or claim.said_on,
        until=None,
        rule=rule.id,
        low=None,
        high=None,
        because=tuple(dict.fromkeys((claim.id, *found.because))),
        supposed=any(world.is_supposed(c) for c in (claim.id, *found.because)),
        note=rule.frozen,
        certainty=rule.certainty,
        verified=rule.verified,
    )


def _days(world: World, party: EntityId) -> list[tuple[Moment, Claim]]:
    """The days up to the world's own on which something surely ended at the party or above it, earliest first."""
    root = world.names.root
    near = _above(world, party)
    found: dict[tuple[date, str], tuple[Moment, Claim]] = {}
    for word in (*_ENDS, *_STAKES):
        for claim in world.counted(word) if not world.large else _of(world, word, near):
            moment = claim.end if word in _STAKES else claim.start
            if moment is None or moment.latest is None or claim.object is None or root(claim.object) not in near:
                continue
            if moment.latest <= world.on:
                found.setdefault((moment.latest, str(moment)), (moment, claim))
    return [found[key] for key in sorted(found)]


def _of(world: World, word: str, near: set[EntityId]) -> list[Claim]:
    return [
        c
        for one in sorted(near)
        for c in world.told(word, object=one)
        if c.mode == "stated" and c.polarity == "affirmed"
    ]


def _above(world: World, party: EntityId) -> set[EntityId]:
    """The party and everyone ever told to hold or control a part of it, at any distance."""
    root = world.names.root
    seen = {root(party)}
    front = [root(party)]
    while front:
        one = front.pop()
        owners = {root(c.subject) for word in (*_STAKES, "acquires") for c in world.told(word, object=one)}
        front += sorted(owners - seen)
        seen |= owners
    return seen
