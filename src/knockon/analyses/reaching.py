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

from knockon.analyses.cascade import proofs, reach
from knockon.analyses.regimes import Rule, rules_on
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.world import State, World
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
    controls = _controls(world, authority) if rule and rule.control and told and told.control else ()
    web = _above(world, target, rule.kinds if rule else ("holds_shares",), controls)
    seeds = {party: claim for party, claim in named.items() if party in web and party != target}
    others = {party: claim for party, claim in maybe.items() if party in web and party != target}
    if not seeds and not others:
        return Holds.NOT, ()
    if rule is None:
        return Holds.POSSIBLY, web[min((*seeds, *others))]
    joint = _joint(world, seeds, target) if rule.joint else {}
    seeds |= {party: claim for party, (claim, _) in joint.items()}
    stakes = [s for asset in sorted(web) for s in held(world).get(asset, ()) if s.kind in rule.kinds]
    bases = _bases(rule, [s for s in stakes if s.told == "stated"])
    surely, possibly = _fixpoint(rule, bases, controls, seeds, others)
    if target in surely and told is not None:
        proof = set(_proof(rule, bases, controls, seeds, target, surely))
        return Holds.SURELY, tuple(sorted(proof | {named[mate] for claim, mate in joint.values() if claim in proof}))
    if target in possibly:
        return Holds.POSSIBLY, _between(bases, controls, possibly, target)
    return Holds.NOT, ()


def _fixpoint(
    rule: Rule,
    bases: Sequence[Sequence[Slot]],
    controls: Sequence[State],
    seeds: Mapping[EntityId, ClaimId],
    others: Mapping[EntityId, ClaimId],
) -> tuple[frozenset[EntityId], frozenset[EntityId]]:
    """Whom the seeds surely and possibly own or control: ownership and control in turn, until neither adds anybody."""
    surely, possibly = frozenset(seeds), frozenset(seeds) | frozenset(others)
    while True:
        more, may = surely, possibly
        for stakes in bases:
            found = reach(rule, stakes, surely, possibly)
            more, may = more | found.surely, may | found.possibly
        sure = (s.object for s in controls if s.object and s.subject in more and s.holds is Holds.SURELY)
        more |= frozenset(sure)
        may |= more | frozenset(s.object for s in controls if s.object and s.subject in may)
        if (more, may) == (surely, possibly):
            return surely, possibly
        surely, possibly = more, may


def _bases(rule: Rule, stakes: Sequence[Slot]) -> list[list[Slot]]:
    """Capital, and where the rule also counts votes, votes: never added to each other."""
    votes = [s for s in stakes if s.state is not None and s.state.qualifiers.get("votes") == "yes"]
    capital = [s for s in stakes if s not in votes]
    return [capital, votes] if rule.basis == "either" and votes else [capital]


def _controls(world: World, authority: str) -> tuple[State, ...]:
    """Who is told to control whom, but for what the authority found to be free of it."""
    rebutted = {
        (c.object, c.qualifier("holder"))
        for c in world.counted("rebuts_control")
        if c.subject == authority and (c.start is None or c.start.earliest is None or c.start.earliest <= world.on)
    }
    return tuple(
        s
        for s in world.states("controls")
        if (s.object, s.subject) not in rebutted and (s.object, None) not in rebutted
    )


def _joint(
    world: World, seeds: Mapping[EntityId, ClaimId], target: EntityId
) -> dict[EntityId, tuple[ClaimId, EntityId]]:
    """Those who hold under a joint arrangement with a named party, whose stakes count as that party's: the claim, and with whom."""
    out: dict[EntityId, tuple[ClaimId, EntityId]] = {}
    for state in world.states("acts_jointly"):
        if state.object is None or state.qualifiers.get("over") not in (None, target):
            continue
        for one, other in ((state.subject, state.object), (state.object, state.subject)):
            if one in seeds and other not in seeds and other != target and state.holds is Holds.SURELY:
                out[other] = (state.claim, one)
    return out


def _proof(
    rule: Rule,
    bases: Sequence[Sequence[Slot]],
    controls: Sequence[State],
    seeds: Mapping[EntityId, ClaimId],
    target: EntityId,
    surely: frozenset[EntityId],
) -> tuple[ClaimId, ...]:
    """Claims that suffice, the fewest where ownership alone or one control decides: stakes, controls, and what names the seeds."""
    sure = [s for s in controls if s.object in surely and s.subject in surely and s.holds is Holds.SURELY]
    controlled = {s.object: s for s in sure if s.object is not None}
    starts = {**{p: s.claim for p, s in controlled.items()}, **seeds}
    found = [proof for stakes in bases if (proof := proofs(rule, stakes, starts, target))]
    if not found:
        return _between(bases, controls, surely, target)
    chosen = set(min(found, key=lambda p: (len(p), p)))
    by_claim = {s.claim: s for s in controlled.values()}
    for claim in sorted(chosen & set(by_claim)):
        holder = by_claim[claim].subject
        if holder not in seeds:
            fewer = [s for s in controls if s.claim != claim]
            chosen |= set(_proof(rule, bases, fewer, seeds, holder, surely))
        else:
            chosen.add(seeds[holder])
    return tuple(sorted(chosen))


def _between(
    bases: Sequence[Sequence[Slot]], controls: Sequence[State], caught: frozenset[EntityId], target: EntityId
) -> tuple[ClaimId, ...]:
    """All stakes and controls on which it turns, where no smallest set can be given."""
    stakes = [s for group in bases for s in group if s.asset in caught and any(h in caught for h in s.holders)]
    claims = {c for s in stakes for c in s.needs}
    claims |= {s.claim for s in controls if s.subject in caught and s.object in (*caught, target)}
    return tuple(sorted(claims))


def _above(
    world: World, target: EntityId, kinds: Sequence[str], controls: Sequence[State]
) -> dict[EntityId, tuple[ClaimId, ...]]:
    """The target and everyone above it by stakes of some kinds or by control, each with the claims of one chain."""
    found: dict[EntityId, tuple[ClaimId, ...]] = {target: ()}
    front = [target]
    while front:
        one = front.pop(0)
        owners = [(h, s.needs) for s in held(world).get(one, ()) if s.kind in kinds for h in s.holders]
        owners += [(s.subject, (s.claim,)) for s in controls if s.object == one]
        for owner, claims in sorted(owners):
            if owner not in found:
                found[owner] = (*found[one], *claims)
                front.append(owner)
    return found


_slots: WeakKeyDictionary[World, dict[EntityId, list[Slot]]] = WeakKeyDictionary()


def held(world: World) -> dict[EntityId, list[Slot]]:
    """The stakes of a world by the asset, read once."""
    if world not in _slots:
        by_asset: dict[EntityId, list[Slot]] = {}
        for slot in slots(world, ("holds_shares", "holds_interest")):
            by_asset.setdefault(slot.asset, []).append(slot)
        _slots[world] = by_asset
    return _slots[world]
