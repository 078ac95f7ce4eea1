"""Is a party listed, reached through ownership, or neither, by each authority on the day? With the rule, the chain and what would change it.

Refuses to call anything "sanctioned" that is only reached through others, and to answer for an authority whose ownership
rule is not in regimes.toml: for those only listings are told, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from knockon.analyses.cascade import Reach, proofs, reach
from knockon.analyses.regimes import Rule, rules_on
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import State, World
from knockon.world.stakes import WHOLE, Slot, pending_slots, slots

__all__ = ["AUTHORITIES", "Deciding", "Effect", "cascade", "designated", "status"]

#: regimes by the authority that lists
AUTHORITIES = ("us-ofac", "uk", "eu")

PART = "part-owned by a sanctioned party"
LINKED = "linked to a sanctioned party"

_LISTED = {
    "blocking": "designated",
    "asset_freeze": "designated",
    "sectoral": "subject to sectoral restrictions",
    "transaction_ban": "subject to sectoral restrictions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """A stake on which a verdict turns: its bounds today, what is told of it, and the share at which the verdict flips."""

    holder: EntityId
    asset: EntityId
    low: Decimal
    high: Decimal
    told: str
    flips_at: Decimal | None
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One authority's measure on one party. ``low``/``high`` is the counted share in percent where ownership decides.

    Where nothing was found, ``searched`` is how many parties of the authority were looked at, ``unreported`` the percent of
    the owners that nobody told.
    """

    entity: EntityId
    authority: str
    programme: str | None
    measure: str
    status: str
    since: Moment | None
    until: Moment | None
    rule: str | None
    low: Decimal | None
    high: Decimal | None
    because: tuple[ClaimId, ...]
    deciding: tuple[Deciding, ...] = ()
    unreported: Decimal | None = None
    searched: int | None = None
    pending: tuple[ClaimId, ...] = ()
    stale: bool = False
    supposed: bool = False
    note: str = ""


def designated(world: World, authority: str | None = None) -> tuple[Effect, ...]:
    """Everyone whom an authority has listed itself, on the day.

    >>> from knockon.testing import world
    >>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
    >>> designated(w)[0].status
    'designated'
    """
    found = [_listed(world, s) for s in world.states("designates") if authority in (None, s.subject)]
    return tuple(
        sorted(_merged(found), key=lambda e: (_place(e.authority), e.entity, e.measure, e.programme or "", e.note))
    )


def _place(authority: str) -> tuple[int, str]:
    """The order in which authorities are told: those with a place of their own, then the others by name."""
    return (AUTHORITIES.index(authority) if authority in AUTHORITIES else len(AUTHORITIES), authority)


def _merged(effects: list[Effect]) -> list[Effect]:
    """One listing told with and without its programme or directive is one listing; the fuller words are kept."""
    groups: dict[tuple[str, str, str], list[Effect]] = {}
    for effect in effects:
        groups.setdefault((effect.entity, effect.authority, effect.measure), []).append(effect)
    out: list[Effect] = []
    for group in groups.values():
        group.sort(key=lambda e: (e.status == "undetermined", e.programme is None, not e.note, str(e.since), e.because))
        kept: list[Effect] = []
        for effect in group:
            home = next((i for i, k in enumerate(kept) if _same_listing(k, effect)), None)
            if home is None:
                kept.append(effect)
            else:
                kept[home] = replace(
                    kept[home], since=kept[home].since or effect.since, because=(*kept[home].because, *effect.because)
                )
        out += kept
    return out


def _same_listing(full: Effect, other: Effect) -> bool:
    return other.programme in (None, full.programme) and other.note in ("", full.note) and other.until == full.until


def _listed(world: World, state: State) -> Effect:
    measure = state.qualifiers.get("measure", "blocking")
    assert state.object is not None
    detail = f"directive {state.qualifiers['directive']}" if "directive" in state.qualifiers else ""
    return Effect(
        entity=state.object,
        authority=state.subject,
        programme=state.qualifiers.get("programme"),
        measure=measure,
        status=_LISTED.get(measure, "designated") if state.holds is Holds.SURELY else "undetermined",
        since=state.start,
        until=state.end,
        rule=None,
        low=None,
        high=None,
        because=_listing_claims(world, state),
        supposed=world.is_supposed(state.claim),
        note=detail,
    )


def _listing_claims(world: World, state: State) -> tuple[ClaimId, ...]:
    """The chosen claim, the one that tells the start where the chosen does not, and what will end it."""
    dated = (
        ()
        if world.claim(state.claim).start
        else tuple(c for c in state.because if world.claim(c).start == state.start)[:1]
    )
    return (state.claim, *(c for c in dated if c != state.claim), *state.closed_by)


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


def status(world: World, entity: EntityId) -> tuple[Effect, ...]:
    """What every authority's measures mean for one party; "nothing found" says for whom it was searched."""
    root = world.names.root(entity)
    found = [e for e in designated(world) if e.entity == root] + _delisted(world, root)
    found += [e for a in AUTHORITIES for e in _caught(world, a, root) if e.entity == root]
    for authority in AUTHORITIES:
        if not any(e.authority == authority for e in found):
            found.append(_nothing(world, root, authority))
    return tuple(sorted(found, key=lambda e: (_place(e.authority), e.rule or "", e.measure)))


def told_only(world: World, entity: EntityId, authority: str) -> tuple[ClaimId, ...]:
    """Listings by the authority that others tell of, without its own word: they make none (R16), and are no clearance either."""
    counted = {c.id for c in world.counted("designates")}
    told = world.told("designates", subject=authority, object=entity)
    return tuple(
        c.id
        for c in told
        if c.id not in counted
        and c.mode is Mode.STATED
        and c.polarity is Polarity.AFFIRMED
        and (c.start is None or _begun(c, world))
    )


def _begun(claim: Claim, world: World) -> bool:
    assert claim.start is not None
    return claim.start.earliest is None or claim.start.earliest <= world.on


def _delisted(world: World, entity: EntityId) -> list[Effect]:
    """Parties that an authority has taken off its list, and that no other listing of the same measure still holds."""
    listed = {(e.authority, e.measure) for e in designated(world) if e.entity == entity}
    out: list[Effect] = []
    for claim in world.counted("delists"):
        measure = claim.qualifier("measure") or "blocking"
        if (
            claim.object != entity
            or (claim.subject, measure) in listed
            or not (claim.start is None or _begun(claim, world))
        ):
            continue
        earlier = tuple(c.id for c in world.counted("designates") if (c.subject, c.object) == (claim.subject, entity))
        out.append(
            Effect(
                entity=entity,
                authority=claim.subject,
                programme=claim.qualifier("programme"),
                measure=measure,
                status="delisted",
                since=claim.start,
                until=None,
                rule=None,
                low=None,
                high=None,
                because=(claim.id, *earlier[:1]),
                supposed=world.is_supposed(claim.id),
                note="what was frozen before stays frozen until released",
            )
        )
    return out


def _caught(world: World, authority: str, entity: EntityId) -> tuple[Effect, ...]:
    """The verdicts by ownership on one party; in a large world, no others are worked out for it."""
    if not world.large:
        return cascade(world, authority)
    return tuple(e for rule in rules_on(world.on, authority) for e in _by_rule(world, rule, entity))


def _nothing(world: World, entity: EntityId, authority: str) -> Effect:
    """No hit, which is not a clearance: what was searched, and how much of the owners nobody reported."""
    ruled = rules_on(world.on, authority)
    listed = len({e.entity for e in designated(world, authority)})
    told = sum((s.low for s in slots(world, ("holds_shares",), asset=entity)), Decimal(0))
    note = f"searched: {listed} parties listed by {authority} in this ledger"
    note += (
        f"; its owners, of whom {_plain(told)} % are reported"
        if ruled
        else "; the ownership rule of this authority is not applied by this version"
    )
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
        because=(),
        unreported=max(WHOLE - told, Decimal(0)) if ruled else None,
        searched=listed,
        note=note,
        pending=told_only(world, entity, authority),
    )


# ---------------------------------------------------------------------------------------------------- one rule
def _by_rule(world: World, rule: Rule, wanted: EntityId | None = None) -> list[Effect]:
    seeds = [e for e in designated(world, rule.authority) if e.measure in rule.measures]
    sure: dict[EntityId, Effect] = {}
    for effect in sorted(
        (e for e in seeds if e.status != "undetermined"), key=lambda e: (e.since is None, str(e.since), e.because)
    ):
        sure.setdefault(effect.entity, effect)  # the listing that has stood longest carries the proofs
    maybe = frozenset(e.entity for e in seeds if e.status == "undetermined")
    if not sure and not maybe:
        return []
    if world.large:
        from knockon.analyses.cascade_columns import concerned  # NumPy, which a small world does without

        interests = slots(world, ("holds_interest",), asset=wanted) if wanted else ()
        held = concerned(
            world, rule, sure, maybe, {wanted, *(h for s in interests for h in s.holders)} if wanted else None
        )
    else:
        held = (*slots(world, rule.kinds), *pending_slots(world, rule.kinds))
    by_asset: dict[EntityId, list[Slot]] = {}
    for slot in held:
        by_asset.setdefault(slot.asset, []).append(slot)
    found = _reached(rule, held, by_asset, frozenset(sure), maybe)
    out = [
        _verdict(world, rule, asset, by_asset, found, sure)
        for asset in sorted(by_asset)
        if wanted in (None, asset) and asset not in sure and (found.high[asset] > 0 or asset in found.possibly)
    ]
    out += _by_interest(world, rule, found, sure, wanted)
    return [e for e in out if rule.part or e.status not in (PART, LINKED)]


def _reached(
    rule: Rule,
    held: Sequence[Slot],
    by_asset: dict[EntityId, list[Slot]],
    sure: frozenset[EntityId],
    maybe: frozenset[EntityId],
) -> Reach:
    """As ``reach``; one in whom a caught party has a part, and whose unreported owners could make up the rest, may be caught too,
    and so may those below it (R10, R19)."""
    while True:
        found = reach(rule, held, sure, maybe)
        doubtful = {
            asset
            for asset, mine in by_asset.items()
            if asset not in found.possibly
            and found.high[asset] > 0
            and rule.meets(found.low[asset] + _unreported(mine))
        }
        if not doubtful:
            return found
        maybe |= doubtful


def _unreported(mine: Sequence[Slot]) -> Decimal:
    """What nobody told of an asset's owners; what a pending claim gives to others is told, only not carried out as far as told."""
    return max(WHOLE - sum((s.high if s.told == "pending" else s.low for s in mine), Decimal(0)), Decimal(0))


def _verdict(
    world: World,
    rule: Rule,
    asset: EntityId,
    by_asset: dict[EntityId, list[Slot]],
    found: Reach,
    sure: dict[EntityId, Effect],
) -> Effect:
    mine = by_asset[asset]
    low, high = found.low[asset], found.high[asset]
    rest = _unreported(mine)
    seeds = {party: e.because[0] for party, e in sure.items()}
    deciding = _deciding(rule, asset, by_asset, found)
    note = ""
    if asset in found.surely:
        word, because = rule.gives, proofs(rule, list(_all(by_asset)), seeds, asset)
        rest_matters = None
    elif asset in found.possibly:
        word, because = "undetermined", _evidence(mine, found, seeds, by_asset)
        rest_matters = None if rule.meets(high) else rest
        if rest_matters:
            note = f"{_plain(rest)} % of its owners are unreported: with them it could reach {_plain(rule.threshold)} %"
    else:
        word, because = (
            PART if low > 0 or any(s.told == "stated" for s in mine if _hit(s, found)) else LINKED,
            _evidence(mine, found, seeds, by_asset),
        )
        rest_matters = None
    used = [s.state for s in mine if s.state is not None and set(s.because) & set(because)]
    return Effect(
        entity=asset,
        authority=rule.authority,
        programme=", ".join(sorted({e.programme for e in sure.values() if e.programme and e.because[0] in because}))
        or None,
        measure=rule.measures[0],
        status=word,
        since=_since(world, because, sure) if word == rule.gives else None,
        until=None,
        rule=rule.id,
        low=low,
        high=high,
        because=because,
        deciding=deciding,
        unreported=rest_matters,
        stale=any(s.stale for s in used) or any(_stale(world, c) for c in because),
        supposed=any(world.is_supposed(c) for c in because),
        note=note,
    )


def _hit(slot: Slot, found: Reach) -> bool:
    return any(h in found.possibly for h in slot.holders)


def _all(by_asset: dict[EntityId, list[Slot]]) -> list[Slot]:
    return [s for held in by_asset.values() for s in held]


def _stale(world: World, claim: ClaimId) -> bool:
    from knockon.model.vocabulary import predicate

    said = world.claim(claim)
    horizon = predicate(said.predicate).stale
    return bool(horizon) and (world.on - said.known).days > horizon


def _evidence(
    mine: list[Slot], found: Reach, seeds: dict[EntityId, ClaimId], by_asset: dict[EntityId, list[Slot]]
) -> tuple[ClaimId, ...]:
    """For a verdict short of "caught": the counted stakes, and why each holder counts (its listing, or its own owners')."""
    claims: set[ClaimId] = set()
    for slot in mine:
        for holder in slot.holders:
            if holder in found.possibly:
                claims |= {*slot.needs, *_why_caught(holder, seeds, by_asset, found, frozenset())}
    return tuple(sorted(claims))


def _why_caught(
    party: EntityId,
    seeds: dict[EntityId, ClaimId],
    by_asset: dict[EntityId, list[Slot]],
    found: Reach,
    seen: frozenset[EntityId],
) -> set[ClaimId]:
    if party in seeds:
        return {seeds[party]}
    if party in seen:
        return set()
    out: set[ClaimId] = set()
    for slot in by_asset.get(party, ()):
        for holder in slot.holders:
            if holder in found.possibly:
                out |= {*slot.needs, *_why_caught(holder, seeds, by_asset, found, seen | {party})}
    return out


def _deciding(
    rule: Rule, asset: EntityId, by_asset: dict[EntityId, list[Slot]], found: Reach, depth: int = 0
) -> tuple[Deciding, ...]:
    """The stakes that would change the verdict; an undetermined holder's own owners stand for it."""
    out: list[Deciding] = []
    mine = by_asset.get(asset, [])
    for slot in sorted(mine, key=lambda s: (-s.high, s.holders)):
        caught = [h for h in slot.holders if h in found.possibly]
        if not caught or depth > 6:
            continue
        doubtful = [h for h in caught if h not in found.surely]
        if doubtful and slot.low == slot.high:
            out += _deciding(rule, doubtful[0], by_asset, found, depth + 1)
            continue
        others = found.low[asset] - (slot.low if all(h in found.surely for h in slot.holders) else Decimal(0))
        flips = rule.threshold - others
        out.append(
            Deciding(
                holder=slot.holders[0],
                asset=asset,
                low=slot.low,
                high=slot.high,
                told=slot.told,
                flips_at=flips if 0 <= flips <= 100 else None,
                because=slot.because,
            )
        )
    unique: dict[tuple[EntityId, EntityId], Deciding] = {}
    for one in out:
        unique.setdefault((one.holder, one.asset), one)
    return tuple(unique.values())


def _since(world: World, because: tuple[ClaimId, ...], sure: dict[EntityId, Effect]) -> Moment | None:
    """From when all that the verdict needs was there: the latest of the starts, as a range where one is not said."""
    listed = {e.because[0]: e.since for e in sure.values()}
    firsts, lasts = [], []
    for claim in map(world.claim, because):
        start = listed.get(claim.id) or claim.start
        if start is not None and start.earliest is not None:
            firsts.append(start.earliest)
        lasts.append((start.latest if start else None) or claim.known)
    return Moment(max(firsts) if firsts else None, max(lasts)) if lasts else None


def _by_interest(
    world: World, rule: Rule, found: Reach, sure: dict[EntityId, Effect], wanted: EntityId | None = None
) -> list[Effect]:
    """Participating interests of caught parties: shown, not counted; whether the rule reaches a contract interest is not settled."""
    by_asset: dict[EntityId, list[Slot]] = {}
    for slot in slots(world, ("holds_interest",), asset=wanted):
        if slot.told == "stated":
            by_asset.setdefault(slot.asset, []).append(slot)
    out: list[Effect] = []
    for asset, mine in sorted(by_asset.items()):
        low = sum((s.low for s in mine if all(h in found.surely for h in s.holders)), Decimal(0))
        high = sum((s.high for s in mine if any(h in found.possibly for h in s.holders)), Decimal(0))
        if high <= 0 or asset in sure:
            continue
        hits = [s for s in mine if any(h in found.possibly for h in s.holders)]
        seeds = {party: e.because[0] for party, e in sure.items()}
        because = sorted({c for s in hits for c in s.needs} | {seeds[h] for s in hits for h in s.holders if h in seeds})
        unsettled = rule.meets(high)
        out.append(
            Effect(
                entity=asset,
                authority=rule.authority,
                programme=None,
                measure=rule.measures[0],
                status="undetermined" if unsettled else PART,
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
            )
        )
    return out


def _plain(number: Decimal) -> str:
    return format(number.normalize() if number else Decimal(0), "f")
