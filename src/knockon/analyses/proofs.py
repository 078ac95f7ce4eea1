"""Which claims suffice for a verdict? A smallest set of designations, stakes, controls and arrangements that reaches a party (R9).

Every party keeps all its proofs of which none contains another, not its shortest alone: two owners that rest on the same
listing make a shorter proof together than two that rest on different ones. Past two dozen, the shortest are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from knockon.analyses.cascade import Web, groups, partner
from knockon.analyses.regimes import Rule
from knockon.model.ids import ClaimId, EntityId
from knockon.world.control import Control, Joint
from knockon.world.stakes import Slot

__all__ = ["proofs"]

Proof = frozenset[ClaimId]

#: proofs kept for each party while others are built on them; more than any real chain of owners has
_MOST_KEPT = 24
_MOST_TRIED = 12


def proofs(
    rule: Rule,
    slots: Sequence[Slot],
    seeds: Mapping[EntityId, ClaimId],
    wanted: EntityId,
    *,
    controls: Sequence[Control] = (),
    joints: Sequence[Joint] = (),
) -> tuple[ClaimId, ...]:
    """A smallest set of claims that suffices to reach ``wanted``; empty when it is not reached.

    Where the rule does not add up listed parties, the shortest of the proofs from each of them alone.
    """
    sure = [s for s in slots if s.low > 0]
    web = Web(_near(sure, controls, wanted), [c for c in controls if c.sure], [j for j in joints if j.sure])
    if rule.aggregate == "all":
        return _smallest(rule, web, seeds, wanted)
    found = [p for one, claim in sorted(seeds.items()) if (p := _smallest(rule, web, {one: claim}, wanted))]
    return min(found, key=lambda p: (len(p), p), default=())


def _near(slots: Sequence[Slot], controls: Sequence[Control], wanted: EntityId) -> list[Slot]:
    """The stakes in the wanted party and in whoever stands above it."""
    by_asset: dict[EntityId, list[Slot]] = {}
    for slot in slots:
        by_asset.setdefault(slot.asset, []).append(slot)
    above: dict[EntityId, list[EntityId]] = {}
    for control in controls:
        above.setdefault(control.asset, []).append(control.holder)
    seen, front = {wanted}, [wanted]
    out: list[Slot] = []
    while front:
        one = front.pop()
        out += by_asset.get(one, [])
        holders = [h for s in by_asset.get(one, ()) for h in s.holders] + above.get(one, [])
        for holder in holders:
            if holder not in seen:
                seen.add(holder)
                front.append(holder)
    return out


def _smallest(rule: Rule, web: Web, seeds: Mapping[EntityId, ClaimId], wanted: EntityId) -> tuple[ClaimId, ...]:
    found: dict[EntityId, tuple[Proof, ...]] = {party: (frozenset({claim}),) for party, claim in seeds.items()}
    front = set().union(*(web.touched(party) for party in seeds))
    while front:
        asset = min(front)
        front.remove(asset)
        known = found.get(asset, ())
        better = known if asset in seeds else _fewest([*known, *_proofs_of(rule, web, asset, found)])
        if better != known:
            found[asset] = better
            front |= web.touched(asset)
    return tuple(sorted(found[wanted][0])) if wanted in found else ()


def _size(proof: Proof) -> tuple[int, tuple[ClaimId, ...]]:
    return len(proof), tuple(sorted(proof))


def _fewest(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """The proofs that contain no other, shortest first."""
    kept: list[Proof] = []
    for proof in sorted(set(proofs), key=_size):
        if len(kept) < _MOST_KEPT and not any(less <= proof for less in kept):
            kept.append(proof)
    return tuple(kept)


def _proofs_of(rule: Rule, web: Web, asset: EntityId, found: Mapping[EntityId, tuple[Proof, ...]]) -> list[Proof]:
    """Every way to catch an asset: a control by one who is caught, or reached stakes that meet the threshold."""
    out = [
        proof | frozenset(control.because)
        for control in web.controls.get(asset, ())
        for proof in found.get(control.holder, ())
    ]
    for mine in groups(web, asset):
        ways = {id(s): _ways(web, s, found) for s in mine}
        usable = sorted((s for s in mine if ways[id(s)]), key=lambda s: (-s.low, s.holders, s.because))
        for chosen in _enough(rule, usable):
            whole: tuple[Proof, ...] = (frozenset(),)
            for slot in chosen:
                whole = _fewest(one | more for one in whole for more in ways[id(slot)])
            out += whole
    return out


def _ways(web: Web, slot: Slot, found: Mapping[EntityId, tuple[Proof, ...]]) -> tuple[Proof, ...]:
    """The proofs that a stake counts: its claims, and of each holder that it is caught, or acts jointly with one who is."""
    whole: tuple[Proof, ...] = (frozenset(slot.needs),)
    for holder in slot.holders:
        mine = list(found.get(holder, ()))
        for joint in web.joint.get(holder, ()):
            if joint.over in (None, slot.asset):
                mine += [p | frozenset(joint.because) for p in found.get(partner(joint, holder), ())]
        if not mine:
            return ()
        whole = _fewest(one | more for one in whole for more in mine)
    return whole


def _enough(rule: Rule, usable: Sequence[Slot]) -> Iterator[Sequence[Slot]]:
    """Sets of slots that meet the threshold, and of which none can be left out; of more than a dozen, only the largest are tried."""
    for count in range(1, len(usable) + 1):
        if len(usable) > _MOST_TRIED and rule.meets(_sum(usable[:count])):
            usable = usable[: max(count, _MOST_TRIED)]
            if count > _MOST_TRIED:
                yield usable
                return
            break
    for count in range(1, min(len(usable), _MOST_TRIED) + 1):
        for chosen in combinations(usable, count):
            total = _sum(chosen)
            if rule.meets(total) and not rule.meets(total - chosen[-1].low):
                yield chosen


def _sum(slots: Sequence[Slot]) -> Decimal:
    return sum((s.low for s in slots), Decimal(0))
