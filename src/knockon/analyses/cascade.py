"""Who is reached through ownership or control? A least fixpoint over exact stakes, once surely and once possibly (R18, R19).

One run with all listed parties where the rule adds their stakes up, one run for each of them where it does not. Refuses products
along chains (that is ``ownership``) and greatest fixpoints: a closed loop without an outside hit stays free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knockon.analyses.regimes import Rule
from knockon.model.ids import EntityId
from knockon.world.control import Control, Joint
from knockon.world.stakes import WHOLE, Slot

__all__ = ["Reach", "Run", "Web", "reach"]

Parties = frozenset[EntityId]
_NOBODY: Parties = frozenset()


class Web:
    """What a rule works on: stakes and controls by the asset, joint arrangements by their members."""

    __slots__ = ("below", "by_asset", "controls", "joint")

    def __init__(self, slots: Iterable[Slot], controls: Iterable[Control] = (), joints: Iterable[Joint] = ()) -> None:
        self.by_asset: dict[EntityId, list[Slot]] = {}
        self.controls: dict[EntityId, list[Control]] = {}
        self.joint: dict[EntityId, list[Joint]] = {}
        self.below: dict[EntityId, set[EntityId]] = {}
        for slot in slots:
            self.by_asset.setdefault(slot.asset, []).append(slot)
            for holder in slot.holders:
                self.below.setdefault(holder, set()).add(slot.asset)
        for control in controls:
            self.controls.setdefault(control.asset, []).append(control)
            self.below.setdefault(control.holder, set()).add(control.asset)
        for joint in joints:
            for member in (joint.one, joint.other):
                self.joint.setdefault(member, []).append(joint)

    def touched(self, holder: EntityId) -> set[EntityId]:
        """The assets whose verdict may change when a party is caught: its own, and those that its partners hold."""
        found = set(self.below.get(holder, ()))
        for joint in self.joint.get(holder, ()):
            found |= self.below.get(partner(joint, holder), set())
        return found

    def counts(self, slot: Slot, caught: Parties | set[EntityId], *, sure: bool) -> bool:
        """Whether a stake counts: surely when every holder told for it is caught, possibly when one may be."""
        return (all if sure else any)(self._stands(h, slot.asset, caught, sure=sure) for h in slot.holders)

    def _stands(self, holder: EntityId, asset: EntityId, caught: Parties | set[EntityId], *, sure: bool) -> bool:
        return holder in caught or any(
            partner(j, holder) in caught and j.over in (None, asset) and (j.sure or not sure)
            for j in self.joint.get(holder, ())
        )

    def controlled(self, asset: EntityId, caught: Parties | set[EntityId], *, sure: bool) -> bool:
        """Whether one who is caught controls an asset."""
        return any(c.holder in caught and (c.sure or not sure) for c in self.controls.get(asset, ()))


def partner(joint: Joint, member: EntityId) -> EntityId:
    """The other member of a joint arrangement."""
    return joint.other if member == joint.one else joint.one


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One fixpoint. ``person`` is whose it is, ``None`` where all listed parties count together; shares are of assets with a hit."""

    person: EntityId | None
    surely: Parties
    possibly: Parties
    low: Mapping[EntityId, Decimal]
    high: Mapping[EntityId, Decimal]


_NO_RUN = Run(person=None, surely=_NOBODY, possibly=_NOBODY, low={}, high={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom a rule reaches: ``surely``, ``possibly`` (a superset), and each asset's counted share, low and high, the largest of its runs.

    ``pooled`` are those whom the rule reaches only if stakes of several listed parties are added, where that is unsettled.
    """

    surely: Parties
    possibly: Parties
    low: Mapping[EntityId, Decimal]
    high: Mapping[EntityId, Decimal]
    runs: tuple[Run, ...] = ()
    pooled: Parties = _NOBODY

    def run_of(self, asset: EntityId) -> Run:
        """The run that decides on an asset: one that surely catches it, else one that may, else the one that counts most."""
        per_person = any(r.person for r in self.runs)
        return min(
            (r for r in self.runs if not per_person or (r.person is None) == (asset in self.pooled)),
            key=lambda r: (
                asset not in r.surely,
                asset not in r.possibly,
                -r.high.get(asset, Decimal(0)),
                -r.low.get(asset, Decimal(0)),
                r.person or "",
            ),
            default=_NO_RUN,
        )


def reach(
    rule: Rule,
    slots: Sequence[Slot],
    seeds: Parties,
    maybe: Parties,
    *,
    controls: Sequence[Control] = (),
    joints: Sequence[Joint] = (),
    unreported: bool = False,
) -> Reach:
    """Run the rule twice, from the surely listed and from the possibly listed parties.

    With ``unreported``, whatever nobody told of an asset's owners may be held by a caught party that has a part in it (R10).
    """
    web = Web(slots, controls, joints)
    if rule.aggregate == "all":
        one = _run(rule, web, None, seeds, maybe, unreported)
        return Reach(surely=one.surely, possibly=one.possibly, low=one.low, high=one.high, runs=(one,))
    acting = [p for p in sorted(seeds | maybe) if p in web.below or p in web.joint]
    runs = [_run(rule, web, p, frozenset({p}) & seeds, frozenset({p}) - seeds, unreported) for p in acting]
    low, high = _largest(r.low for r in runs), _largest(r.high for r in runs)
    surely = seeds.union(*(r.surely for r in runs))
    possibly = (seeds | maybe).union(*(r.possibly for r in runs))
    pooled = _NOBODY
    if "aggregate" in rule.unsettled:
        together = _run(rule, web, None, seeds, maybe, unreported)
        pooled = together.possibly - possibly
        possibly |= pooled
        runs += [together] if pooled else []
    return Reach(
        surely=surely,
        possibly=possibly,
        low=low,
        high=high,
        runs=tuple(runs),
        pooled=pooled,
    )


def _largest(shares: Iterable[Mapping[EntityId, Decimal]]) -> dict[EntityId, Decimal]:
    out: dict[EntityId, Decimal] = {}
    for some in shares:
        for asset, share in some.items():
            out[asset] = max(out.get(asset, Decimal(0)), share)
    return out


def _run(rule: Rule, web: Web, person: EntityId | None, seeds: Parties, maybe: Parties, unreported: bool) -> Run:
    def sure(asset: EntityId, caught: set[EntityId]) -> bool:
        return rule.meets(share_low(web, asset, caught)) or web.controlled(asset, caught, sure=True)

    surely = _fixpoint(web, seeds, sure)

    def perhaps(asset: EntityId, caught: set[EntityId]) -> bool:
        if rule.meets(share_high(web, asset, caught)) or web.controlled(asset, caught, sure=False):
            return True
        return unreported and any(rule.meets(low + rest) for low, rest in _open(web, asset, caught, surely))

    possibly = _fixpoint(web, seeds | maybe | surely, perhaps)
    hit = sorted({a for p in possibly for a in web.touched(p)})
    return Run(
        person=person,
        surely=surely,
        possibly=possibly,
        low={asset: share_low(web, asset, surely) for asset in hit},
        high={asset: share_high(web, asset, possibly) for asset in hit},
    )


def _fixpoint(web: Web, seeds: Parties, catches: Callable[[EntityId, set[EntityId]], bool]) -> Parties:
    caught: set[EntityId] = set(seeds)
    front = sorted(seeds)
    while front:
        near = sorted({asset for holder in front for asset in web.touched(holder)} - caught)
        front = [asset for asset in near if catches(asset, caught)]
        caught.update(front)
    return frozenset(caught)


def groups(web: Web, asset: EntityId) -> Iterator[list[Slot]]:
    """The stakes of an asset that may be added to each other: those of capital, and, apart, those of votes."""
    held = web.by_asset.get(asset, [])
    capital = [s for s in held if not s.votes]
    if capital:
        yield capital
    if len(capital) < len(held):
        yield [s for s in held if s.votes]


def share_low(web: Web, asset: EntityId, caught: Parties | set[EntityId]) -> Decimal:
    """What caught holders surely have, of capital or of votes, whichever is more."""
    return max((_low(web, mine, caught) for mine in groups(web, asset)), default=Decimal(0))


def share_high(web: Web, asset: EntityId, caught: Parties | set[EntityId]) -> Decimal:
    """The most that caught holders can have, of capital or of votes, whichever is more."""
    return max((_high(web, mine, caught) for mine in groups(web, asset)), default=Decimal(0))


def _low(web: Web, slots: Sequence[Slot], caught: Parties | set[EntityId]) -> Decimal:
    return sum((s.low for s in slots if web.counts(s, caught, sure=True)), Decimal(0))


def _high(web: Web, slots: Sequence[Slot], caught: Parties | set[EntityId]) -> Decimal:
    """Never more than what the others surely leave."""
    hits = [s for s in slots if web.counts(s, caught, sure=False)]
    if not hits or not (most := sum((s.high for s in hits), Decimal(0))):
        return Decimal(0)
    sure = sum((s.low for s in hits), Decimal(0))
    left = WHOLE - (sum((s.low for s in slots), Decimal(0)) - sure)
    return max(min(most, left), sure)


def _open(
    web: Web, asset: EntityId, caught: Parties | set[EntityId], surely: Parties
) -> Iterator[tuple[Decimal, Decimal]]:
    """Where a caught party has a part: what surely counts, and the rest of which nobody told."""
    for mine in groups(web, asset):
        if _high(web, mine, caught) > 0:
            yield _low(web, mine, surely), unreported_rest(mine)


def unreported_rest(slots: Sequence[Slot]) -> Decimal:
    """What nobody told of an asset's owners; what a pending claim gives to others is told, only not carried out as far as told."""
    return max(WHOLE - sum((s.high if s.told == "pending" else s.low for s in slots), Decimal(0)), Decimal(0))
