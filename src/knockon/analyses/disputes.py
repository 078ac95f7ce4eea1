"""Where do a report and the ledger disagree, and where does the ledger bear the report out? One comparison a kind of claim.

Refuses to settle it: both sides stand with their sources. A report's silence is no disagreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knockon.analyses.ownership import held_by
from knockon.analyses.routes import routes
from knockon.analyses.ties import ties
from knockon.errors import Refused
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import predicate, type_is
from knockon.world import State, World
from knockon.world.stakes import pending_slots

__all__ = ["Dispute", "Standing", "could_be", "disputes", "standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One disagreement: the report's claim, its kind, what the ledger knows instead, and the claims on that side."""

    said: ClaimId
    kind: str
    subject: EntityId
    object: EntityId | None
    known: tuple[EntityId, ...]
    against: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a claim of the report stands beside the ledger: confirmed, disputed, pending, or told only here."""

    said: ClaimId
    word: str
    because: tuple[ClaimId, ...]


def disputes(world: World, before: World, said: Sequence[Claim]) -> tuple[Dispute, ...]:
    """All disagreements of a report's stated claims with the world before it was heard."""
    found: list[Dispute] = []
    for claim in said:
        if claim.mode is Mode.STATED and claim.polarity is Polarity.AFFIRMED:
            found += _stake_in_place(before, claim)
            found += _description(before, claim)
            found += _number(before, claim)
            found += _licence_end(before, claim)
    found += _partners(world, before, [c for c in said if c.predicate == "partner_of"])
    return tuple(sorted(found, key=lambda d: (d.kind, d.subject, d.said)))


def _stake_in_place(before: World, claim: Claim) -> list[Dispute]:
    """A stake "in a country": does the ledger know a field or a venture of that holder there?"""
    if claim.predicate not in ("holds_interest", "holds_shares") or claim.object is None:
        return []
    if not type_is(before.type(claim.object), "state"):
        return []
    place = claim.object
    fields: list[EntityId] = []
    others: list[EntityId] = []
    against: set[ClaimId] = set()
    for chain in held_by(before, claim.subject):
        if place in _places(before, chain.asset):
            (fields if _is_field(before, chain.asset) else others).append(chain.asset)
            against |= set(chain.because)
    for slot in pending_slots(before, ("holds_shares",)):
        if claim.subject in slot.holders:
            for chain in held_by(before, slot.asset):
                if place in _places(before, chain.asset):
                    others.append(chain.asset)
                    against |= {*slot.because, *chain.because}
    if fields or not against:
        return []
    return [
        Dispute(
            said=claim.id,
            kind="no field known",
            subject=claim.subject,
            object=place,
            known=tuple(sorted(set(others))),
            against=tuple(sorted(against)),
        )
    ]


def _places(world: World, asset: EntityId) -> set[str]:
    states = (*world.states("located_in", subject=asset), *world.states("crosses", subject=asset))
    places = {s.object for s in states if s.object}
    for state in world.states("develops", subject=asset):
        if state.object:
            places |= {s.object for s in world.states("located_in", subject=state.object) if s.object}
    return {str(p) for p in places}


def _is_field(world: World, asset: EntityId) -> bool:
    return world.type(asset) == "field" or bool(world.states("develops", subject=asset))


def _description(before: World, claim: Claim) -> list[Dispute]:
    if claim.predicate != "is_kind_of_company":
        return []
    own = before.names.voice(claim.origin)
    told = before.told("is_kind_of_company", subject=claim.subject)
    others = [c for c in told if c.value != claim.value and before.names.voice(c.origin) != own]
    if not others:
        return []
    return [
        Dispute(
            said=claim.id,
            kind="other description",
            subject=claim.subject,
            object=None,
            known=(),
            against=tuple(sorted(c.id for c in others)),
        )
    ]


def _number(before: World, claim: Claim) -> list[Dispute]:
    """The same slot with a number that does not agree at the printed precision."""
    number = claim.quantity
    if number is None:
        return []
    against = [
        c.id
        for state in _same(before, claim)
        for c in map(before.claim, state.because)
        if c.quantity is not None and c.quantity.unit == number.unit and not c.quantity.agrees(number)
    ]
    if not against:
        return []
    return [
        Dispute(
            said=claim.id,
            kind="other number",
            subject=claim.subject,
            object=claim.object,
            known=(),
            against=tuple(sorted(set(against))),
        )
    ]


def _licence_end(before: World, claim: Claim) -> list[Dispute]:
    """An end of a licence on another day than the ledger has it."""
    end = claim.end if claim.predicate == "covers" else claim.start if claim.predicate == "expires" else None
    if end is None:
        return []
    told = [s for s in before.states("covers", subject=claim.subject) if s.end is not None and not could_be(s.end, end)]
    against = tuple(sorted({c for s in told for c in s.because if before.claim(c).end is not None}))
    if not against:
        return []
    return [
        Dispute(said=claim.id, kind="other end", subject=claim.subject, object=claim.object, known=(), against=against)
    ]


def _same(world: World, claim: Claim) -> list[State]:
    found = world.states(claim.predicate, subject=claim.subject, object=claim.object)
    own = dict(claim.qualifiers)
    return [
        s
        for s in found
        if all(s.qualifiers.get(k) in (None, v) for k, v in own.items())
        and _same_period(s.start, claim.start, claim.predicate)
    ]


def _same_period(a: Moment | None, b: Moment | None, word: str) -> bool:
    return predicate(word).kind != "flow" or a == b or a is None or b is None


def _partners(world: World, before: World, said: list[Claim]) -> list[Dispute]:
    found: list[Dispute] = []
    ids = {c.id: c for c in said}
    for state in sorted({c.object for c in said if c.object}):
        for contested in ties(world, state).contested:
            if contested.statement in ids:
                claim = ids[contested.statement]
                found.append(
                    Dispute(
                        said=claim.id,
                        kind="not first by figures",
                        subject=claim.subject,
                        object=claim.object,
                        known=(),
                        against=contested.against,
                    )
                )
    return found


def standing(before: World, claim: Claim, disputed: Iterable[Dispute]) -> Standing:
    """How one claim of the report stands beside what was there before it."""
    if mine := [d for d in disputed if d.said == claim.id]:
        return Standing(said=claim.id, word="disputed", because=tuple(sorted({a for d in mine for a in d.against})))
    if claim.mode is not Mode.STATED or claim.polarity is not Polarity.AFFIRMED:
        return Standing(said=claim.id, word="pending", because=())
    own = before.names.voice(claim.origin)
    agreeing = {c for s in _same_act(before, claim) for c in s.because} | set(_by_routes(before, claim))
    # the same voice saying it again bears nothing out (R17); an act in the ledger is the act, whoever retells it
    act = predicate(claim.predicate).competent != ""
    borne_out = tuple(sorted(c for c in agreeing if act or before.names.voice(before.claim(c).origin) != own))
    return Standing(said=claim.id, word="confirmed" if borne_out else "told only here", because=borne_out)


def _same_act(before: World, claim: Claim) -> list[State]:
    """States that say the same, also by another name of the one who acts (the United States for OFAC)."""
    found = _same(before, claim)
    if predicate(claim.predicate).competent == "subject":
        acts = before.states(claim.predicate, object=claim.object)
        found += [s for s in acts if _one_power(before, s.subject, claim.subject) and could_be(s.start, claim.start)]
    elif claim.predicate in ("holds_interest", "holds_shares") and claim.object is not None:
        found += [
            s
            for chain in held_by(before, claim.subject)
            if chain.asset == claim.object or claim.object in _places(before, chain.asset)
            for s in before.states("holds_interest", "holds_shares", "develops", object=chain.asset)
            if set(s.because) & set(chain.because)
        ]
    elif claim.predicate == "covers":
        found += [s for s in before.states("covers", object=claim.object) if _same_cover(before, s, claim)]
    return [s for s in found if _agrees(s, claim)]


def _same_cover(before: World, state: State, claim: Claim) -> bool:
    """The same leave by the same authority under a licence that the report does not number."""
    issuers = {s.subject for s in before.states("issues", object=state.subject)}
    return (
        state.qualifiers.get("activity") == claim.qualifier("activity")
        and state.end is not None
        and claim.end is not None
        and could_be(state.end, claim.end)
        and any(before.names.speaks_for(claim.origin, issuer) for issuer in issuers)
    )


def _agrees(state: State, claim: Claim) -> bool:
    if claim.quantity is not None and state.quantity is not None:
        return state.quantity.agrees(claim.quantity)
    if isinstance(claim.value, str) and state.value != claim.value:
        return False  # other words are other words; whether they mean the same is for a person
    return predicate(claim.predicate).kind != "event" or could_be(state.start, claim.start)


def _by_routes(before: World, claim: Claim) -> tuple[ClaimId, ...]:
    """The claims behind the worked-out share of a state's exports that crosses another, when it bears a told share out."""
    number = claim.quantity
    if claim.predicate != "exports_share" or number is None or claim.object is None:
        return ()
    try:
        found = routes(before, claim.subject, claim.qualifier("commodity") or "oil")
    except Refused:
        return ()  # no comparable figures: nothing bears it out, and nothing is against it
    for through in found.through:
        if through.state == claim.object:
            share = (
                Quantity(low=through.low, high=through.high, unit="%")
                if through.low is not None or through.high is not None
                else None
            )
            return through.because if share is not None and share.agrees(number) else ()
    return ()


def _one_power(world: World, a: EntityId, b: EntityId) -> bool:
    """Whether one of the two speaks for the other: a government and its agency are one power in a report."""
    return world.names.speaks_for(a, b) or world.names.speaks_for(b, a)


def could_be(a: Moment | None, b: Moment | None) -> bool:
    """Whether two moments can be the same day."""
    if a is None or b is None:
        return True
    return not (
        (a.latest is not None and b.earliest is not None and a.latest < b.earliest)
        or (b.latest is not None and a.earliest is not None and b.latest < a.earliest)
    )
