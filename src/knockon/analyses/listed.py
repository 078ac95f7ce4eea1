"""Whom has an authority itself listed on the day, by its acts or by the editions of its lists, and whom has it taken off?

Refuses to make a listing of what others tell, and to call a party cleared that only one of several listings has left.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knockon.analyses.effect import Effect, place_of
from knockon.analyses.regimes import measure as measure_of
from knockon.ledger.ledger import query
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.world import State, World
from knockon.world.listings import Grain, Listing, listings

__all__ = ["delisted", "designated", "told_only"]


def designated(world: World, authority: str | None = None) -> tuple[Effect, ...]:
    """Everyone whom an authority has listed itself, on the day.

    >>> from knockon.testing import world
    >>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
    >>> designated(w)[0].status
    'designated'
    """
    key: tuple[str, ...] = ("designated",) if authority is None else ("designated", authority)
    if authority is not None:
        if key not in world.memo:
            world.memo[key] = tuple(e for e in designated(world) if e.authority == authority)
    elif key not in world.memo:
        found = [_listed(world, s) for s in world.states("designates")]
        found = [e for e in found if e.status != "undetermined" or not _begins_later(world, e)]
        if _has_editions(world):
            found += _from_editions(world)
        world.memo[key] = tuple(
            sorted(
                _merged(found), key=lambda e: (place_of(e.authority), e.entity, e.measure, e.programme or "", e.note)
            )
        )
    made = world.memo[key]
    assert isinstance(made, tuple)
    return made


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
        status=measure_of(measure).word if state.holds is Holds.SURELY else "undetermined",
        since=state.start,
        until=state.end,
        rule=None,
        low=None,
        high=None,
        because=_listing_claims(world, state),
        supposed=world.is_supposed(state.claim),
        note=detail,
    )


def _begins_later(world: World, effect: Effect) -> bool:
    """Whether a doubt about the start ("by 16 October", "start not told") is settled by a word that agrees and says the day, which is to come."""
    last = (effect.since.latest if effect.since else None) or world.claim(effect.because[0]).known
    for claim in world.counted("designates"):
        same = (claim.subject, claim.object) == (effect.authority, effect.entity)
        day = claim.start.earliest if claim.start else None
        if same and day is not None and world.on < day <= last and _alike(claim, effect):
            return True
    return False


def _alike(claim: Claim, effect: Effect) -> bool:
    directive = claim.qualifier("directive")
    return (
        (claim.qualifier("measure") or "blocking") == effect.measure
        and (effect.programme is None or claim.qualifier("programme") in (None, effect.programme))
        and (not effect.note or directive is None or effect.note == f"directive {directive}")
    )


def _from_editions(world: World) -> list[Effect]:
    """One listing a programme; a party that changed its programme on a day in doubt is listed all the while, under neither surely."""
    fine: dict[tuple[str, str, str], list[Listing]] = {}
    for one in listings(world, grain=Grain.PROGRAMME):
        fine.setdefault((one.authority, one.party, one.measure or ""), []).append(one)
    newest: dict[tuple[str, str], date] = {}
    for claim in world.told("edition"):
        key = (claim.subject, claim.qualifier("list") or "")
        newest[key] = max(claim.known, newest.get(key, date.min))
    out: list[Effect] = []
    for whole in listings(world, grain=Grain.MEASURE):
        parts = fine.get((whole.authority, whole.party, whole.measure or ""), [])
        sure = [p for p in parts if p.holds is Holds.SURELY]
        day = newest.get((whole.authority, whole.list or ""))
        if whole.holds is Holds.SURELY and not sure:
            out.append(_shown(whole, day))
        out += [_shown(p, day) for p in (parts if sure or whole.holds is not Holds.SURELY else ())]
    return out


def _has_editions(world: World) -> bool:
    """Whether any edition of a list was recorded; a report may not bring one, and most ledgers have none."""
    return world.ledger.connection.execute(query("knockon.analyses", "editions")).fetchone() is not None


def _shown(listing: Listing, newest: date | None) -> Effect:
    """A listing read off editions, with the day of the newest one. One whose row tells no measure is a listing, and seeds no rule: nobody is blocked by guess."""
    measure = listing.measure or ""
    word = measure_of(measure).word if measure else "designated"
    return Effect(
        entity=listing.party,
        authority=listing.authority,
        programme=listing.programme,
        measure=measure,
        status=word if listing.holds is Holds.SURELY else "undetermined",
        since=listing.start,
        until=listing.end,
        rule=None,
        low=None,
        high=None,
        because=(*listing.because, *listing.ended_by),
        note=f"directive {listing.directive}" if listing.directive else "" if measure else "the list tells no measure",
        observed=newest,
    )


def _listing_claims(world: World, state: State) -> tuple[ClaimId, ...]:
    """The chosen claim, the one that tells the start where the chosen does not, and what will end it."""
    dated = (
        ()
        if world.claim(state.claim).start
        else tuple(c for c in state.because if world.claim(c).start == state.start)[:1]
    )
    return (state.claim, *(c for c in dated if c != state.claim), *state.closed_by)


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


def delisted(world: World, entity: EntityId) -> list[Effect]:
    """Listings that an authority has ended, where no other listing by the same measure still holds."""
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
            _off(
                entity,
                claim.subject,
                claim.qualifier("programme"),
                measure,
                claim.start,
                (claim.id, *earlier[:1]),
                supposed=world.is_supposed(claim.id),
            )
        )
    told = {(e.authority, e.measure) for e in out}
    for gone in listings(world, party=entity, ended=True, grain=Grain.MEASURE) if _has_editions(world) else ():
        key = (str(gone.authority), gone.measure or "")
        if key not in listed | told:
            told.add(key)
            because = (*gone.ended_by, *gone.because)
            out.append(_off(entity, gone.authority, gone.programme, gone.measure or "", gone.end, because))
    return out


def _off(
    entity: EntityId,
    authority: EntityId,
    programme: str | None,
    measure: str,
    since: Moment | None,
    because: tuple[ClaimId, ...],
    *,
    supposed: bool = False,
) -> Effect:
    return Effect(
        entity=entity,
        authority=authority,
        programme=programme,
        measure=measure,
        status="delisted",
        since=since,
        until=None,
        rule=None,
        low=None,
        high=None,
        because=because,
        supposed=supposed,
        note="what was frozen before stays frozen until released",
    )
