"""Who is reached through ownership? A least fixpoint over exact stakes, once surely and once possibly (R18, R19).

Refuses products along chains (that is ``ownership``) and greatest fixpoints: a closed loop without an outside hit stays free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from knockon.analyses.regimes import Rule
from knockon.model.ids import ClaimId, EntityId
from knockon.world.stakes import WHOLE, Slot

__all__ = ["Reach", "proofs", "reach"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom a rule reaches: ``surely``, ``possibly`` (a superset), and each asset's counted share, low and high."""

    surely: frozenset[EntityId]
    possibly: frozenset[EntityId]
    low: Mapping[EntityId, Decimal]
    high: Mapping[EntityId, Decimal]


def reach(rule: Rule, slots: Sequence[Slot], seeds: frozenset[EntityId], maybe: frozenset[EntityId]) -> Reach:
    """Run the rule twice, from the surely listed and from the possibly listed parties.

    A slot counts surely when every holder told for it is reached; possibly when one of them may be.
    """
    by_asset: dict[EntityId, list[Slot]] = {}
    for slot in slots:
        by_asset.setdefault(slot.asset, []).append(slot)
    surely = _fixpoint(rule, by_asset, seeds, _low)
    possibly = _fixpoint(rule, by_asset, seeds | maybe | surely, _high)
    return Reach(
        surely=surely,
        possibly=possibly,
        low={asset: _low(held, surely) for asset, held in by_asset.items()},
        high={asset: _high(held, possibly) for asset, held in by_asset.items()},
    )


def _low(slots: Sequence[Slot], caught: frozenset[EntityId] | set[EntityId]) -> Decimal:
    return sum((s.low for s in slots if all(h in caught for h in s.holders)), Decimal(0))


def _high(slots: Sequence[Slot], caught: frozenset[EntityId] | set[EntityId]) -> Decimal:
    """The most that caught holders can have: never more than what the others surely leave."""
    hit = sum((s.high for s in slots if any(h in caught for h in s.holders)), Decimal(0))
    if not hit:
        return Decimal(0)
    left = WHOLE - sum((s.low for s in slots if not any(h in caught for h in s.holders)), Decimal(0))
    sure = sum((s.low for s in slots if any(h in caught for h in s.holders)), Decimal(0))
    return max(min(hit, left), sure)


def _fixpoint(rule: Rule, by_asset: Mapping[EntityId, list[Slot]], seeds: frozenset[EntityId], share: object) -> frozenset[EntityId]:
    held_in: dict[EntityId, set[EntityId]] = {}
    for asset, held in by_asset.items():
        for slot in held:
            for holder in slot.holders:
                held_in.setdefault(holder, set()).add(asset)
    caught: set[EntityId] = set(seeds)
    front = sorted(seeds)
    while front:
        touched = sorted({asset for holder in front for asset in held_in.get(holder, ())} - caught)
        front = [asset for asset in touched if rule.meets(share(by_asset[asset], caught))]  # type: ignore[operator]
        caught.update(front)
    return frozenset(caught)


def proofs(
    rule: Rule, slots: Sequence[Slot], seeds: Mapping[EntityId, ClaimId], wanted: EntityId
) -> tuple[ClaimId, ...]:
    """A smallest set of claims that suffices to reach ``wanted``: designations and stakes; empty when it is not reached (R9)."""
    by_asset: dict[EntityId, list[Slot]] = {}
    for slot in slots:
        if slot.low > 0:
            by_asset.setdefault(slot.asset, []).append(slot)
    best: dict[EntityId, frozenset[ClaimId]] = {party: frozenset({claim}) for party, claim in seeds.items()}
    above = _above(by_asset, wanted)
    changed = True
    while changed:
        changed = False
        for asset in sorted(above):
            found = _cheapest(rule, by_asset.get(asset, ()), best)
            if found is not None and (asset not in best or _size(found) < _size(best[asset])):
                best[asset] = found
                changed = True
    return tuple(sorted(best.get(wanted, ())))


def _size(proof: frozenset[ClaimId]) -> tuple[int, tuple[ClaimId, ...]]:
    return len(proof), tuple(sorted(proof))


def _above(by_asset: Mapping[EntityId, list[Slot]], wanted: EntityId) -> set[EntityId]:
    seen, front = {wanted}, [wanted]
    while front:
        for slot in by_asset.get(front.pop(), ()):
            for holder in slot.holders:
                if holder not in seen:
                    seen.add(holder)
                    front.append(holder)
    return seen


_MOST_TRIED = 12


def _cheapest(
    rule: Rule, slots: Sequence[Slot], best: Mapping[EntityId, frozenset[ClaimId]]
) -> frozenset[ClaimId] | None:
    """The fewest claims among sets of reached slots that meet the threshold; past a dozen slots, the largest first."""
    usable = [(s.low, _slot_proof(s, best)) for s in slots if all(h in best for h in s.holders)]
    usable.sort(key=lambda u: (-u[0], _size(u[1])))
    if not rule.meets(sum((low for low, _ in usable), Decimal(0))):
        return None
    if len(usable) > _MOST_TRIED:
        return _largest_first(rule, usable)
    found: frozenset[ClaimId] | None = None
    for count in range(1, len(usable) + 1):
        for chosen in combinations(usable, count):
            if rule.meets(sum((low for low, _ in chosen), Decimal(0))):
                proof = frozenset().union(*(p for _, p in chosen))
                if found is None or _size(proof) < _size(found):
                    found = proof
    return found


def _largest_first(rule: Rule, usable: Sequence[tuple[Decimal, frozenset[ClaimId]]]) -> frozenset[ClaimId]:
    total, proof = Decimal(0), frozenset[ClaimId]()
    for low, claims in usable:
        total, proof = total + low, proof | claims
        if rule.meets(total):
            break
    return proof


def _slot_proof(slot: Slot, best: Mapping[EntityId, frozenset[ClaimId]]) -> frozenset[ClaimId]:
    return frozenset().union(slot.because[:1], *(best[h] for h in slot.holders))
