"""How is a state tied to others: trade by partner, duties, what is said of partners, and does the one fit the other?

A statement such as "their main trade partner" stands beside the figures; where those put another first it is contested.
Refuses to settle such a dispute, and to rank what ``trade`` refuses to rank.

>>> from knockon.testing import world
>>> w = world('''
... atlantis trades_with borduria 20 bnUSD in 2023 (statistics_office, said 2024-02-01)
... atlantis trades_with syldavia 30 bnUSD in 2023 (statistics_office, said 2024-02-01)
... borduria partner_of atlantis "main" sphere=trade (outlet, said 2024-03-01)
... ''', on="2024-06-01")
>>> found = ties(w, "atlantis")
>>> [(row.partner, row.place) for row in found.trade], [c.first for c in found.contested]
([('syldavia', 1), ('borduria', 2)], [('syldavia',)])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knockon.analyses.corroboration import voice
from knockon.analyses.trade import Figure, Place, Ranking, Trade, comparable, figures, joined, period_of, rankings, rows
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import predicate
from knockon.world import State, World

__all__ = ["Contested", "Figure", "Place", "Ranking", "Said", "Ties", "Trade", "ties"]

#: Words of a ``partner_of`` statement that claim the first place.
_FIRST = frozenset(
    {"main", "largest", "biggest", "first", "foremost", "leading", "top", "principal", "chief", "primary"}
)
#: Words that take it back: "one of the three largest", "second largest", "largest as a bloc".
_NOT_FIRST = frozenset({"one", "among", "second", "third", "fourth", "bloc"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement on a tie, a partner or a duty, as it stands on the day."""

    predicate: str
    subject: EntityId
    object: EntityId | None
    value: Quantity | str | None
    sphere: str | None
    holds: Holds
    since: Moment | None
    newest: date
    age_days: int
    stale: bool
    voices: tuple[EntityId, ...]
    against: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A statement that names the first partner, where figures, or others' statements, name another."""

    statement: ClaimId
    says: EntityId
    first: tuple[EntityId, ...]
    by: tuple[Ranking, ...]
    for_it: tuple[Ranking, ...]
    reason: str
    against: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """The ties of one state; ``start``/``end`` name the period in which its trade is compared."""

    state: EntityId
    start: Moment | None
    end: Moment | None
    trade: tuple[Trade, ...]
    rankings: tuple[Ranking, ...]
    said: tuple[Said, ...]
    contested: tuple[Contested, ...]
    pending: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


def ties(world: World, state: str) -> Ties:
    """Trade, duties and statements on the partners of one state, with the statements that figures contradict."""
    home = world.names.root(EntityId(state))
    told = figures(world, home)
    period = comparable(f for f in told if f.measure == "trades_with")
    ranked = rankings(world, told, period)
    trade = rows(told, period, ranked)
    said = _said(world, home)
    contested = tuple(_contested(world, home, ranked))
    start, end = next(((f.start, f.end) for f in told if period_of(f) == period), (None, None))
    return Ties(
        state=home,
        start=start,
        end=end,
        trade=trade,
        rankings=ranked,
        said=said,
        contested=contested,
        pending=_pending(world, home),
        because=joined(*(r.because for r in trade), *(s.because for s in said), *(c.because for c in contested)),
    )


def _said(world: World, home: EntityId) -> tuple[Said, ...]:
    """Statements on the state and on the regions that it is part of."""
    about = {home, *(s.object for s in world.states("part_of", subject=home) if s.object is not None)}
    found: list[Said] = []
    for state in world.states("tie", "partner_of", "tariff"):
        if not about & {state.subject, state.object}:
            continue
        claims = [world.claim(i) for i in state.because]
        for subject in sorted({world.names.root(c.subject) for c in claims}):
            mine = [c for c in claims if world.names.root(c.subject) == subject]
            found.append(_said_one(world, state, subject, mine, [c.id for c in claims if c not in mine]))
    return tuple(sorted(found, key=lambda s: (s.predicate, s.subject, s.object or "", str(s.value), s.because)))


def _said_one(
    world: World, state: State, subject: EntityId, claims: Sequence[Claim], others: Sequence[ClaimId]
) -> Said:
    newest = max(c.known for c in claims)
    age, horizon = (world.on - newest).days, predicate(state.predicate).stale
    return Said(
        predicate=state.predicate,
        subject=subject,
        object=state.object,
        value=state.value,
        sphere=state.qualifiers.get("sphere"),
        holds=state.holds,
        since=state.start,
        newest=newest,
        age_days=age,
        stale=bool(horizon) and age > horizon,
        voices=tuple(sorted({voice(world, c.origin) for c in claims})),
        against=tuple(sorted({*state.against, *others})),
        because=tuple(sorted(c.id for c in claims)),
    )


def _contested(world: World, home: EntityId, ranked: Sequence[Ranking]) -> Iterable[Contested]:
    current = _current(ranked)
    firsts = [
        c
        for s in world.states("partner_of", object=home)
        for i in (*s.because, *s.against)
        if _names_first(c := world.claim(i))
    ]
    for claim in sorted(firsts, key=lambda c: c.id):
        says = world.names.root(claim.subject)
        # an order that leaves the partner out is no verdict on it
        judging = [r for r in current if r.first is not None and any(p.partner == says for p in r.order)]
        by = tuple(r for r in judging if r.first != says)
        others = [c for c in firsts if world.names.root(c.subject) != says]
        if by or others:
            first = {r.first for r in by if r.first is not None} | {world.names.root(c.subject) for c in others}
            leaders = {says, *(r.first for r in by if r.first is not None)}
            own = world.names.voice(claim.origin)
            figures = [c for r in by for c in r.because if world.names.root(_partner(world.claim(c), home)) in leaders]
            told = [c for c in (*figures, *(c.id for c in others)) if world.names.voice(world.claim(c).origin) != own]
            against = joined(told)
            yield Contested(
                statement=claim.id,
                says=says,
                first=tuple(sorted(first)),
                by=by,
                for_it=tuple(r for r in judging if r.first == says),
                reason=_reason(world, by, others),
                against=against,
                because=joined([claim.id], against),
            )


def _partner(claim: Claim, home: EntityId) -> EntityId:
    """The other side of a figure of trade."""
    return claim.object if claim.subject == home and claim.object is not None else claim.subject


def _current(ranked: Sequence[Ranking]) -> list[Ranking]:
    """Each origin's newest word on whole trade, by amount and by share, that is not stale, and the orders across origins."""
    newest: dict[tuple[str, str], Ranking] = {
        (r.origin or "", r.measure): r
        for r in sorted(ranked, key=lambda r: str(r.end))
        if r.flow is None and not r.stale
    }
    return list(newest.values())


def _names_first(claim: Claim) -> bool:
    words = (claim.value if isinstance(claim.value, str) else "").lower().replace("-", " ").split()
    trade = claim.qualifier("sphere") == "trade" or any(w.startswith("trad") for w in words)
    return trade and bool(_FIRST & set(words)) and not _NOT_FIRST & set(words)


def _reason(world: World, by: Sequence[Ranking], others: Sequence[Claim]) -> str:
    parts = [
        f"{'every figure told' if r.mixed else 'figures of ' + world.name(r.origin or '')} for {_when(r)} "
        f"put{'s' if r.mixed else ''} {world.name(r.first or '')} first"
        for r in by
    ]
    parts += [f"{world.name(c.origin)} names {world.name(c.subject)}" for c in others]
    return "; ".join(dict.fromkeys(parts))


def _when(ranking: Ranking) -> str:
    start, end = ranking.start, ranking.end and ranking.end.shift(-1)
    if start and end and start.earliest and end.latest:
        return str(Moment(start.earliest, end.latest))
    return str(start)


def _pending(world: World, home: EntityId) -> tuple[ClaimId, ...]:
    """Ties that are planned, possible or asked, or that somebody denies."""
    told = world.told("trades_with", "trade_share", "tie", "partner_of", "tariff")
    mine = [c for c in told if home in (world.names.root(c.subject), c.object and world.names.root(c.object))]
    return tuple(sorted(c.id for c in mine if c.mode is not Mode.STATED or c.polarity is Polarity.DENIED))
