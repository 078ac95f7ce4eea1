"""What does one rule record make of each party: caught, perhaps caught, or only in part, with its proof and the stake it turns on?

Refuses a verdict where the law itself is unsettled: what turns on that is undetermined, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from knockon.analyses.cascade import Run, groups, partner, unreported_rest
from knockon.analyses.effect import LINKED, PART, UNDETERMINED, Deciding, Effect
from knockon.analyses.place import lies
from knockon.analyses.proofs import proofs
from knockon.analyses.regimes import Rule
from knockon.analyses.ruled import Ruled
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.vocabulary import predicate
from knockon.world import World
from knockon.world.stakes import Slot, slots

__all__ = ["plain_number", "verdicts"]


def verdicts(world: World, told: Ruled, wanted: EntityId | None = None) -> list[Effect]:
    """The effects of one rule on all parties that it touches, or on one."""
    web, found, rule = told.web, told.found, told.rule
    assets = sorted({*web.by_asset, *web.controls}) if wanted is None else [wanted]
    out = [
        effect
        for asset in assets
        if asset not in told.sure
        and (found.high.get(asset) or asset in found.possibly - told.maybe or _tied(told, asset))
        for effect in _verdict(world, told, asset)
    ]
    out += _by_interest(world, told, wanted)
    if rule.part:
        out += _by_tie(world, told, wanted, {e.entity for e in out})
    return [e for e in out if rule.part or e.status not in (PART, LINKED)]


def _tied(told: Ruled, asset: EntityId) -> bool:
    """Whether a stake of a party that may be caught is told of an asset, however small."""
    run = told.found.run_of(asset)
    return any(told.web.counts(s, run.possibly, sure=False) for s in told.web.by_asset.get(asset, ()))


def _perhaps(told: Ruled, asset: EntityId, run: Run, high: Decimal) -> bool:
    """Whether a party that is itself perhaps listed may be caught through others as well."""
    return told.rule.meets(high) or told.web.controlled(asset, run.possibly, sure=False)


def _verdict(world: World, told: Ruled, asset: EntityId) -> list[Effect]:
    rule, found = told.rule, told.found
    run = found.run_of(asset)
    mine = told.web.by_asset.get(asset, [])
    low, high = run.low.get(asset, Decimal(0)), run.high.get(asset, Decimal(0))
    notes: list[str] = []
    rest: Decimal | None = None
    if asset in found.surely:
        word = rule.gives if rule.meets(low) else rule.gives_control
        because = proofs(rule, told.slots, told.seeds, asset, controls=told.controls, joints=told.joints)
        settled, because = _unless_unsettled(world, told, asset, word, because, notes)
        if settled is None:
            return []
        word = settled
    elif asset in found.possibly and not (asset in told.maybe and not _perhaps(told, asset, run, high)):
        word, because = UNDETERMINED, _evidence(told, asset, run)
        if asset in found.pooled:
            notes.append(
                "only the stakes of several listed parties together reach the threshold; whether they are added is not settled"
            )
        elif not rule.meets(high) and not told.web.controlled(asset, run.possibly, sure=False):
            rest = max((unreported_rest(g) for g in groups(told.web, asset)), default=Decimal(0))
            notes.append(
                f"{plain_number(rest)} % of its owners are unreported: with them it could reach {plain_number(rule.threshold)} %"
            )
    else:
        stated = any(s.told == "stated" for s in mine if told.web.counts(s, run.possibly, sure=False))
        word, because = PART if low > 0 or stated else LINKED, _evidence(told, asset, run)
    rebutted = [r for r in told.rebutted if r.asset == asset]
    if rebutted and word not in (rule.gives, rule.gives_control):
        notes.append("; ".join(f"{r.test} rebutted by {world.claim(r.because[0]).subject}" for r in rebutted))
        because = tuple(dict.fromkeys((*because, *(c for r in rebutted for c in r.because))))
    sure = word in (rule.gives, rule.gives_control)
    used = [s.state for s in mine if s.state is not None and set(s.because) & set(because)]
    return [
        Effect(
            entity=asset,
            authority=rule.authority,
            programme=_programme(told, because),
            measure=rule.measures[0],
            status=word,
            since=_since(world, because, told.sure) if sure else None,
            until=None,
            rule=rule.id,
            low=low,
            high=high,
            because=because,
            deciding=_deciding(told, asset, run),
            unreported=rest,
            stale=any(s.stale for s in used) or any(_stale(world, c) for c in because),
            supposed=any(world.is_supposed(c) for c in because),
            note="; ".join(notes),
            person=run.person,
            certainty=rule.certainty,
            verified=rule.verified,
        )
    ]


def _unless_unsettled(
    world: World, told: Ruled, asset: EntityId, word: str, because: tuple[ClaimId, ...], notes: list[str]
) -> tuple[str | None, tuple[ClaimId, ...]]:
    """The word, unless the law leaves its test open, or where the party lies decides and is not told; ``None`` where it lies inside."""
    rule = told.rule
    if rule.outside:
        where, claims = lies(world, asset, rule.outside)
        if where == "inside":
            return None, because
        because = tuple(dict.fromkeys((*because, *claims)))
        if where == "unknown":
            notes.append(
                f"the rule reaches what is established outside {rule.outside}; where this is established is not told"
            )
            word = UNDETERMINED
    if "test" in rule.unsettled:
        notes.append(f"the test itself is not settled: {rule.title}")
        word = UNDETERMINED
    return word, because


def _programme(told: Ruled, because: tuple[ClaimId, ...]) -> str | None:
    return (
        ", ".join(sorted({e.programme for e in told.sure.values() if e.programme and e.because[0] in because})) or None
    )


def _stale(world: World, claim: ClaimId) -> bool:
    said = world.claim(claim)
    horizon = predicate(said.predicate).stale
    return bool(horizon) and (world.on - said.known).days > horizon


def _since(world: World, because: tuple[ClaimId, ...], sure: dict[EntityId, Effect]) -> Moment | None:
    """From when all that the verdict needs was there: the latest of the starts, as a range where one is not said."""
    listed = {e.because[0]: e.since for e in sure.values()}
    firsts, lasts = [], []
    for claim in map(world.claim, because):
        if claim.predicate in ("located_in", "part_of"):
            continue
        start = listed.get(claim.id) or claim.start
        if start is not None and start.earliest is not None:
            firsts.append(start.earliest)
        lasts.append((start.latest if start else None) or claim.known)
    return Moment(max(firsts) if firsts else None, max(lasts)) if lasts else None


# ---------------------------------------------------------------------------------------------------- evidence
def _evidence(told: Ruled, asset: EntityId, run: Run) -> tuple[ClaimId, ...]:
    """For a verdict short of "caught": the counted stakes and controls, and why each holder counts (its listing, or its own owners')."""
    claims: set[ClaimId] = set()
    _gather(told, asset, run, claims, set())
    return tuple(sorted(claims))


def _gather(told: Ruled, asset: EntityId, run: Run, claims: set[ClaimId], seen: set[EntityId]) -> None:
    seen.add(asset)
    holders: list[EntityId] = []
    for slot in told.web.by_asset.get(asset, ()):
        if not told.web.counts(slot, run.possibly, sure=False):
            continue
        claims.update(slot.needs)
        holders += [h for h in slot.holders if h in run.possibly]
        for holder in slot.holders:
            for joint in told.web.joint.get(holder, ()):
                if (
                    joint.over in (None, asset)
                    and partner(joint, holder) in run.possibly
                    and holder not in run.possibly
                ):
                    claims.update(joint.because)
                    holders.append(partner(joint, holder))
    for control in told.web.controls.get(asset, ()):
        if control.holder in run.possibly:
            claims.update(control.because)
            holders.append(control.holder)
    seeds = told.seeds
    for holder in holders:
        if holder in seeds and run.person in (None, holder):
            claims.add(seeds[holder])
        elif holder not in seen:
            _gather(told, holder, run, claims, seen)


def _deciding(told: Ruled, asset: EntityId, run: Run, depth: int = 0) -> tuple[Deciding, ...]:
    """The stakes that would change the verdict; an undetermined holder's own owners stand for it."""
    out: list[Deciding] = []
    for mine in groups(told.web, asset):
        low = sum((s.low for s in mine if told.web.counts(s, run.surely, sure=True)), Decimal(0))
        for slot in sorted(mine, key=lambda s: (-s.high, s.holders)):
            if depth > 6 or not told.web.counts(slot, run.possibly, sure=False):
                continue
            doubtful = [h for h in slot.holders if h in run.possibly and h not in run.surely]
            if doubtful and slot.low == slot.high and doubtful[0] in told.web.by_asset:
                out += _deciding(told, doubtful[0], run, depth + 1)
                continue
            others = low - (slot.low if told.web.counts(slot, run.surely, sure=True) else Decimal(0))
            out.append(_one_deciding(told, slot, told.rule.threshold - others))
    unique: dict[tuple[EntityId, EntityId], Deciding] = {}
    for one in out:
        unique.setdefault((one.holder, one.asset), one)
    return tuple(unique.values())


def _one_deciding(told: Ruled, slot: Slot, flips: Decimal) -> Deciding:
    return Deciding(
        holder=slot.holders[0],
        asset=slot.asset,
        low=slot.low,
        high=slot.high,
        told=slot.told,
        flips_at=flips if 0 <= flips <= 100 else None,
        because=slot.because,
    )


# ---------------------------------------------------------------------------------------------------- ties without a percentage
def _by_tie(world: World, told: Ruled, wanted: EntityId | None, known: set[EntityId]) -> list[Effect]:
    """Parties of which only a tie to one who is listed or caught is told, such as OFAC's "Linked To": a word, and no verdict."""
    if wanted is None:
        ties = world.states("linked_to")
    else:
        ties = (*world.states("linked_to", subject=wanted), *world.states("linked_to", object=wanted))
    rule, seeds = told.rule, told.seeds
    found: dict[EntityId, Effect] = {}
    for state in ties:
        # "bolt is linked to acme": acme stands above bolt; "acme is linked to bolt as owner" turns it round
        party, other = state.subject, state.object
        if state.qualifiers.get("role") in ("owner", "parent"):
            party, other = other or party, party
        if other in seeds and party not in known and party not in told.found.possibly and wanted in (None, party):
            because = (seeds[other], state.claim)
            found.setdefault(party, _tie(world, rule, party, because, stale=state.stale))
    return [found[party] for party in sorted(found)]


def _tie(world: World, rule: Rule, party: EntityId, because: tuple[ClaimId, ...], *, stale: bool) -> Effect:
    return Effect(
        entity=party,
        authority=rule.authority,
        programme=None,
        measure=rule.measures[0],
        status=LINKED,
        since=None,
        until=None,
        rule=rule.id,
        low=Decimal(0),
        high=Decimal(100),
        because=because,
        stale=stale,
        supposed=any(world.is_supposed(c) for c in because),
        note="a tie without a percentage; no ownership is told",
        certainty=rule.certainty,
        verified=rule.verified,
    )


# ---------------------------------------------------------------------------------------------------- interests in contracts
def _by_interest(world: World, told: Ruled, wanted: EntityId | None) -> list[Effect]:
    """Participating interests of caught parties: shown, not counted; whether the rule reaches a contract interest is not settled."""
    rule, found = told.rule, told.found
    by_asset: dict[EntityId, list[Slot]] = {}
    for slot in slots(world, ("holds_interest",), asset=wanted):
        if slot.told == "stated":
            by_asset.setdefault(slot.asset, []).append(slot)
    out: list[Effect] = []
    for asset, mine in sorted(by_asset.items()):
        hits = [s for s in mine if any(h in found.possibly for h in s.holders)]
        runs = [r for r in found.runs if rule.aggregate == "all" or r.person]
        low = max((_sum(s.low for s in mine if r.surely.issuperset(s.holders)) for r in runs), default=Decimal(0))
        high = max((_sum(s.high for s in mine if r.possibly & set(s.holders)) for r in runs), default=Decimal(0))
        high = min(high, Decimal(100))
        if high <= 0 or asset in told.sure:
            continue
        seeds = told.seeds
        because = sorted({c for s in hits for c in s.needs} | {seeds[h] for s in hits for h in s.holders if h in seeds})
        unsettled = rule.meets(high)
        out.append(
            Effect(
                entity=asset,
                authority=rule.authority,
                programme=None,
                measure=rule.measures[0],
                status=UNDETERMINED if unsettled else PART,
                since=None,
                until=None,
                rule=rule.id,
                low=low,
                high=high,
                because=tuple(because),
                stale=any(s.state.stale for s in hits if s.state),
                note="a participating interest in a contract, not shares: the rule counts shares"
                + (
                    "; whether it reaches such an interest is not settled"
                    if unsettled
                    else ", and it is below the threshold either way"
                ),
                certainty=rule.certainty,
                verified=rule.verified,
            )
        )
    return out


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def plain_number(number: Decimal) -> str:
    """A number without exponent or trailing zeros."""
    return format(number.normalize() if number else Decimal(0), "f")
