"""What does one rule record work on in a world: whom it starts from, which stakes and controls count for it, and whom it reaches?

Settles before the fixpoint what the rule leaves out: votes where only capital counts, control where it has no test, and what an
authority has found rebutted. Refuses to reach for a rule that nobody is listed under.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from knockon.analyses.cascade import Reach, Web, reach
from knockon.analyses.effect import Effect
from knockon.analyses.listed import designated
from knockon.analyses.place import within
from knockon.analyses.regimes import Rule
from knockon.model.ids import ClaimId, EntityId
from knockon.world import World
from knockon.world.control import Control, Joint, Rebuttal, controls, joints, rebuttals
from knockon.world.stakes import Slot, pending_slots, slots

__all__ = ["Ruled", "ruled", "settled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """One rule over one world. ``sure`` are the listings that carry proofs; ``rebutted`` the findings that took something out."""

    rule: Rule
    sure: dict[EntityId, Effect]
    maybe: frozenset[EntityId]
    slots: tuple[Slot, ...]
    controls: tuple[Control, ...]
    joints: tuple[Joint, ...]
    rebutted: tuple[Rebuttal, ...]
    web: Web
    found: Reach

    @property
    def seeds(self) -> dict[EntityId, ClaimId]:
        """The claim that lists each of the parties from which the rule starts."""
        return {party: e.because[0] for party, e in self.sure.items()}


def ruled(world: World, rule: Rule, wanted: EntityId | None = None) -> Ruled | None:
    """Whom a rule reaches in a world; ``None`` where nobody is listed under its measures. With ``wanted``, only what bears on that
    party needs to be right: in a large world nothing else is read."""
    key = ("ruled", rule.id, (wanted or "") if world.large else "")
    if key not in world.memo:
        world.memo[key] = _ruled(world, rule, wanted)
    return cast("Ruled | None", world.memo[key])


def findings(world: World, rule: Rule) -> tuple[Rebuttal, ...]:
    """The findings that count under a rule: of its own authority, of one that speaks for it, or of a state of its union."""
    key = ("findings", rule.authority)
    if key not in world.memo:
        authority = EntityId(rule.authority)
        world.memo[key] = tuple(
            r
            for r in rebuttals(world)
            if r.by == authority
            or world.names.speaks_for(r.by, authority)
            or within(world, r.by, authority) is not None
        )
    return cast(tuple[Rebuttal, ...], world.memo[key])


def _ruled(world: World, rule: Rule, wanted: EntityId | None) -> Ruled | None:
    listed = [e for e in designated(world, rule.authority) if e.measure in rule.measures]
    sure: dict[EntityId, Effect] = {}
    for effect in sorted(
        (e for e in listed if e.status != "undetermined"), key=lambda e: (e.since is None, str(e.since), e.because)
    ):
        sure.setdefault(effect.entity, effect)  # the listing that has stood longest carries the proofs
    maybe = frozenset(e.entity for e in listed if e.status == "undetermined" and e.entity not in sure)
    if not sure and not maybe:
        return None
    told = controls(world) if rule.control else ()
    together = joints(world) if rule.joint else ()
    held = _held(world, rule, (sure, maybe), wanted, told, together)
    out, held, told = settled(rule, findings(world, rule), held, told)
    return Ruled(
        rule=rule,
        sure=sure,
        maybe=maybe,
        slots=held,
        controls=told,
        joints=together,
        rebutted=out,
        web=Web(held, told, together),
        found=reach(rule, held, frozenset(sure), maybe, controls=told, joints=together, unreported=True),
    )


def _held(
    world: World,
    rule: Rule,
    listed: tuple[Iterable[EntityId], Iterable[EntityId]],
    wanted: EntityId | None,
    told: Sequence[Control],
    together: Sequence[Joint],
) -> Sequence[Slot]:
    """The stakes on which the rule's verdicts turn."""
    if not world.large:
        return (*slots(world, rule.kinds), *pending_slots(world, rule.kinds))
    from knockon.analyses.concerned import concerned  # NumPy, which a small world does without

    interests = slots(world, ("holds_interest",), asset=wanted) if wanted else ()
    near = {wanted, *(h for s in interests for h in s.holders)} if wanted else None
    return concerned(world, rule, *listed, near, told, together)


def settled(
    rule: Rule, findings: Sequence[Rebuttal], held: Iterable[Slot], told: Iterable[Control]
) -> tuple[tuple[Rebuttal, ...], tuple[Slot, ...], tuple[Control, ...]]:
    """The findings that bite under a rule, and the stakes and controls that they leave."""
    bite = [
        r
        for r in findings
        if r.regime in (None, rule.authority) and set(rule.rebuttable) & ({"control", "ownership"} & _tests(r))
    ]
    kept_slots: list[Slot] = []
    kept_controls: list[Control] = []
    used: dict[tuple[ClaimId, ...], Rebuttal] = {}
    for slot in held:
        if slot.votes and rule.basis == "shares":
            continue
        hit = _hit(bite, "ownership", rule, slot.asset, slot.holders)
        if hit is None:
            kept_slots.append(slot)
        else:
            used[hit.because] = hit
            if not hit.sure:  # a finding that only possibly stands leaves the stake possible
                kept_slots.append(replace(slot, low=Decimal(0), because=(*slot.because, *hit.because)))
    for control in told:
        hit = _hit(bite, "control", rule, control.asset, (control.holder,))
        if hit is None:
            kept_controls.append(control)
        else:
            used[hit.because] = hit
            if not hit.sure:  # a finding that only possibly stands leaves the control possible
                kept_controls.append(replace(control, sure=False, because=(*control.because, *hit.because)))
    return tuple(used[k] for k in sorted(used)), tuple(kept_slots), tuple(kept_controls)


def _tests(finding: Rebuttal) -> set[str]:
    return {"control", "ownership"} if finding.test == "both" else {finding.test}


def _hit(
    findings: Sequence[Rebuttal], test: str, rule: Rule, asset: EntityId, holders: Sequence[EntityId]
) -> Rebuttal | None:
    if test not in rule.rebuttable:
        return None
    return next(
        (r for r in findings if r.asset == asset and test in _tests(r) and (r.holder is None or r.holder in holders)),
        None,
    )
