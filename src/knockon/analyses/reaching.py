"""Is a target among the entities that the parties of a licence own, or control, as the licence's own authority counts?

Refuses a threshold of its own: the rule record of the authority decides. Without a record, or with a word that is not in
licence_reaches.toml, it refuses to say more than "possibly".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast
from weakref import WeakKeyDictionary

from knockon.analyses.cascade import reach
from knockon.analyses.proofs import proofs
from knockon.analyses.regimes import Rule, rules_on
from knockon.analyses.ruled import findings, settled
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.world import World
from knockon.world.control import Control, controls, joints
from knockon.world.stakes import Slot, slots

__all__ = ["ReachWord", "freezing_rule", "held", "reach_words", "reaches"]

#: the measures whose ownership rule says what "owned" means in a licence
_FREEZING = ("blocking", "asset_freeze")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachWord:
    """One way in which a licence includes entities below those that it names; explained at the top of licence_reaches.toml."""

    word: str
    says: str
    control: bool


@cache
def reach_words() -> dict[str, ReachWord]:
    """Every such word.

    >>> reach_words()["owned_or_controlled"].control
    True
    """
    table = tomllib.loads((files("knockon.analyses") / "licence_reaches.toml").read_text("utf-8"))
    return {word: ReachWord(word=word, **row) for word, row in table.items()}


def freezing_rule(world: World, authority: str) -> Rule | None:
    """The rule record by which an authority counts ownership on the world's day, for those whose property it freezes."""
    found = [r for r in rules_on(world.on, authority) if set(r.measures) & set(_FREEZING)]
    return found[0] if found else None


def reaches(
    world: World,
    authority: str,
    word: str,
    named: Mapping[EntityId, ClaimId],
    maybe: Mapping[EntityId, ClaimId],
    target: EntityId,
) -> tuple[Holds, tuple[ClaimId, ...]]:
    """Whether the ``named`` parties (and those that ``maybe`` are named) own or control a target, and the claims that say so.

    >>> from knockon.testing import world
    >>> w = world("acme holds 50% of bolt since 2020 (registry)", on="2025-11-11")
    >>> [reaches(w, a, "owned_50", {EntityId("acme"): ClaimId("c")}, {}, EntityId("bolt"))[0].value for a in ("us-ofac", "uk")]
    ['surely', 'not']
    """
    key = ("reaches", authority, word, target, *sorted(named), "or", *sorted(maybe))
    if key not in world.memo:
        world.memo[key] = _reaches(world, authority, word, named, maybe, target)
    holds, claims = cast(tuple[Holds, tuple[ClaimId, ...]], world.memo[key])
    return holds, claims


def _reaches(
    world: World,
    authority: str,
    word: str,
    named: Mapping[EntityId, ClaimId],
    maybe: Mapping[EntityId, ClaimId],
    target: EntityId,
) -> tuple[Holds, tuple[ClaimId, ...]]:
    rule, told = freezing_rule(world, authority), reach_words().get(word)
    control = rule is not None and rule.control and told is not None and told.control
    stakes, power = _near(world, rule.kinds if rule else ("holds_shares",), controls(world) if control else (), target)
    above = {h for s in stakes for h in s.holders} | {c.holder for c in power}
    together = joints(world) if rule is not None and rule.joint else ()
    if not any(p in above for p in (*named, *maybe)) and not together:
        return Holds.NOT, ()
    if rule is None:
        return Holds.POSSIBLY, tuple(sorted({c for s in stakes for c in s.needs}))
    _, stakes, power = settled(rule, findings(world, rule), stakes, power)
    found = reach(rule, stakes, frozenset(named), frozenset(maybe), controls=power, joints=together)
    if target in found.surely and told is not None and not {"test", "chain"} & set(rule.unsettled):
        return Holds.SURELY, proofs(rule, stakes, named, target, controls=power, joints=together)
    if target in found.possibly:
        some = [c for s in stakes if any(h in found.possibly for h in s.holders) for c in s.needs]
        some += [c for x in power if x.holder in found.possibly for c in x.because]
        return Holds.POSSIBLY, tuple(sorted(set(some)))
    return Holds.NOT, ()


def _near(
    world: World, kinds: Sequence[str], told: Sequence[Control], target: EntityId
) -> tuple[tuple[Slot, ...], tuple[Control, ...]]:
    """The stated stakes and the controls on which it can turn: those in the target, and in whoever stands above it."""
    stakes: list[Slot] = []
    power: list[Control] = []
    seen, front = {target}, [target]
    while front:
        one = front.pop()
        mine = [s for s in held(world).get(one, ()) if s.kind in kinds and s.told == "stated"]
        over = [c for c in told if c.asset == one]
        stakes += mine
        power += over
        new = {*(h for s in mine for h in s.holders), *(c.holder for c in over)} - seen
        seen |= new
        front += sorted(new)
    return tuple(stakes), tuple(power)


_slots: WeakKeyDictionary[World, dict[EntityId, list[Slot]]] = WeakKeyDictionary()


def held(world: World) -> dict[EntityId, list[Slot]]:
    """The stakes of a world by the asset, read once."""
    if world not in _slots:
        by_asset: dict[EntityId, list[Slot]] = {}
        for slot in slots(world, ("holds_shares", "holds_interest")):
            by_asset.setdefault(slot.asset, []).append(slot)
        _slots[world] = by_asset
    return _slots[world]
