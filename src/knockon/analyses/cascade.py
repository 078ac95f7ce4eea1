"""Who is reached through ownership? A least fixpoint over exact stakes, once surely and once possibly (R18, R19).

Refuses products along chains (that is ``ownership``) and greatest fixpoints: a closed loop without an outside hit stays free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def _fixpoint(
    rule: Rule, by_asset: Mapping[EntityId, list[Slot]], seeds: frozenset[EntityId], share: object
) -> frozenset[EntityId]:
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


Proof = frozenset[ClaimId]

#: proofs kept for each party while others are built on them; more than any real chain of owners has
_MOST_KEPT = 24
_MOST_TRIED = 12


def proofs(
    rule: Rule, slots: Sequence[Slot], seeds: Mapping[EntityId, ClaimId], wanted: EntityId
) -> tuple[ClaimId, ...]:
    """A smallest set of claims that suffices to reach ``wanted``: designations and stakes; empty when it is not reached (R9).

    Every party keeps all its proofs of which none contains another, not its shortest alone: two owners that rest on the same
    listing make a shorter proof together than two that rest on different ones. Past two dozen, the shortest are kept.
    """
    by_asset: dict[EntityId, list[Slot]] = {}
    for slot in slots:
        if slot.low > 0:
            by_asset.setdefault(slot.asset, []).append(slot)
    above = _above(by_asset, wanted)
    below: dict[EntityId, set[EntityId]] = {}
    for asset in above:
        for slot in by_asset.get(asset, ()):
            for holder in slot.holders:
                below.setdefault(holder, set()).add(asset)
    found: dict[EntityId, tuple[Proof, ...]] = {party: (frozenset({claim}),) for party, claim in seeds.items()}
    front = set().union(*(below.get(party, set()) for party in seeds))
    while front:
        asset = min(front)
        front.remove(asset)
        known = found.get(asset, ())
        better = known if asset in seeds else _fewest([*known, *_proofs_of(rule, by_asset[asset], found)])
        if better != known:
            found[asset] = better
            front |= below.get(asset, set())
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


def _above(by_asset: Mapping[EntityId, list[Slot]], wanted: EntityId) -> set[EntityId]:
    seen, front = {wanted}, [wanted]
    while front:
        for slot in by_asset.get(front.pop(), ()):
            for holder in slot.holders:
                if holder not in seen:
                    seen.add(holder)
                    front.append(holder)
    return seen


def _proofs_of(rule: Rule, slots: Sequence[Slot], found: Mapping[EntityId, tuple[Proof, ...]]) -> list[Proof]:
    """Every way to meet the threshold with reached slots; of more than a dozen slots, only the largest are tried."""
    usable = sorted(
        (s for s in slots if all(h in found for h in s.holders)), key=lambda s: (-s.low, s.holders, s.because)
    )
    out: list[Proof] = []
    for chosen in _enough(rule, usable):
        whole: tuple[Proof, ...] = (frozenset(),)
        for slot in chosen:
            for proofs in ((frozenset(slot.needs),), *(found[h] for h in slot.holders)):
                whole = _fewest(one | more for one in whole for more in proofs)
        out += whole
    return out


def _enough(rule: Rule, usable: Sequence[Slot]) -> Iterator[Sequence[Slot]]:
    """Sets of slots that meet the threshold, and of which none can be left out."""
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
