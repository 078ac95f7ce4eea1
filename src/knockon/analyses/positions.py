"""Who takes which position on what, since when it has been said, and by whom? Positions that are denied stand apart.

Refuses to infer a position from a deed or from another position: only ``position`` claims count. What was planned,
possible or asked is named beside a position and makes none (R14).

>>> from knockon.testing import world
>>> w = world('atlantis position un_charter "supports" (outlet < atlantis, said 2024-03-01)', on="2024-06-01")
>>> [(p.who, p.stance, p.about, p.own_word) for p in positions(w)]
[('atlantis', 'supports', 'un_charter', True)]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knockon.analyses.corroboration import says_otherwise, voice
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.model.vocabulary import predicate
from knockon.world import World

__all__ = ["Position", "positions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One stance of one party on one thing.

    ``polarity`` denied: it was said that the party does *not* take it. ``mode`` other than stated: it is only planned,
    possible or asked. ``holds`` is ``None`` for both. ``own_word`` is true when the party, or one that speaks for it, says
    so. ``against`` are claims that give it another stance or deny this one, ``pending`` what is planned or asked beside it.
    """

    who: EntityId
    stance: str
    about: EntityId | None
    topics: tuple[str, ...]
    mode: Mode
    polarity: Polarity
    holds: Holds | None
    since: Moment | None
    first: date
    newest: date
    age_days: int
    stale: bool
    voices: tuple[EntityId, ...]
    own_word: bool
    against: tuple[ClaimId, ...]
    pending: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


def positions(world: World, who: str | None = None) -> tuple[Position, ...]:
    """Every position that holds on the day, and every one that was denied; of one party when ``who`` is given."""
    told = world.told("position", subject=who)
    found = [
        _taken(world, told, state.claim, state.because, state.against, state.holds)
        for state in world.states("position", subject=who)
    ]
    denied = [c for c in told if c.polarity is Polarity.DENIED and c.mode is Mode.STATED and not _over(world, c)]
    settled = {(p.who, p.about or "") for p in found}
    only_pending = [
        c
        for c in told
        if c.mode is not Mode.STATED and c.polarity is Polarity.AFFIRMED and _key(world, c)[:2] not in settled
    ]
    for same in (*_groups(world, denied), *_groups(world, only_pending)):
        newest = max(same, key=lambda c: (c.known, c.id))
        found += [_taken(world, told, newest.id, [c.id for c in same], (), None)]
    return tuple(
        sorted(
            found,
            key=lambda p: (p.mode is not Mode.STATED, p.polarity is Polarity.DENIED, p.who, p.about or "", p.stance),
        )
    )


def _taken(
    world: World,
    told: Sequence[Claim],
    chosen: ClaimId,
    agreeing: Sequence[ClaimId],
    against: Iterable[ClaimId],
    holds: Holds | None,
) -> Position:
    claim = world.claim(chosen)
    beside = [
        c
        for c in told
        if _key(world, c)[:2] == _key(world, claim)[:2] and c.mode is not Mode.STATED and c.id not in agreeing
    ]
    # a voice that says it again replaces its earlier word (R15); the first time it was said still carries a date
    earlier = [
        c
        for c in world.counted("position")
        if holds is not None and _key(world, c) == _key(world, claim) and not _over(world, c)
    ]
    carried = sorted(
        {c.id: c for c in (*earlier, *(world.claim(i) for i in agreeing))}.values(), key=lambda c: (c.known, c.id)
    )
    others = {c.id for c in told if c.mode is Mode.STATED and says_otherwise(world, claim, c)}
    newest = carried[-1].known
    age, horizon = (world.on - newest).days, predicate("position").stale
    voices = {voice(world, c.origin) for c in carried}
    return Position(
        who=world.names.root(claim.subject),
        stance=_stance(claim),
        about=claim.object and world.names.root(claim.object),
        topics=tuple(sorted({t for c in carried if (t := c.qualifier("about"))})),
        mode=claim.mode,
        polarity=claim.polarity,
        holds=holds,
        since=claim.start,
        first=carried[0].known,
        newest=newest,
        age_days=age,
        stale=bool(horizon) and age > horizon,
        voices=tuple(sorted(voices)),
        own_word=any(world.names.speaks_for(c.origin, claim.subject) for c in carried),
        against=tuple(sorted({*against, *others} - {c.id for c in carried})),
        pending=tuple(sorted(c.id for c in beside)),
        because=(chosen, *sorted(c.id for c in carried if c.id != chosen)),
    )


def _groups(world: World, claims: Iterable[Claim]) -> list[list[Claim]]:
    groups: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.id not in world.names.aside:
            groups.setdefault((*_key(world, claim), claim.mode), []).append(claim)
    return [groups[key] for key in sorted(groups)]


def _key(world: World, claim: Claim) -> tuple[str, str, str]:
    return world.names.root(claim.subject), world.names.root(claim.object) if claim.object else "", _stance(claim)


def _stance(claim: Claim) -> str:
    return claim.value if isinstance(claim.value, str) else ""


def _over(world: World, claim: Claim) -> bool:
    """Whether the statement itself says that it ended, or was to begin later than the day asked about."""
    ended = claim.end is not None and claim.end.latest is not None and claim.end.latest <= world.on
    ahead = claim.start is not None and claim.start.earliest is not None and claim.start.earliest > world.on
    return ended or ahead
