"""How does everything stand that the law touches, in few words: verdicts, licences, what they cover, and parts in assets?

The same words as ``status``, ``licences``, ``coverage`` and ``exposure``, laid out so that two worlds can be held side by side.
Refuses to work out anything of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from knockon.analyses.effect import EVERY, Effect
from knockon.analyses.exposure import ASKED, Exposure, exposures
from knockon.analyses.licences import licences
from knockon.analyses.status import blocked, status
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.world import World

__all__ = ["NOTHING", "Key", "Standing", "standing", "verdict"]

NOTHING = "nothing found"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Key:
    """What an answer is about: ``question`` is status, licence, coverage or exposure; ``detail`` the measure, activity or holder."""

    question: str
    thing: EntityId
    authority: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The answer in one word of its analysis, the rule record behind it, and the claims it rests on."""

    word: str
    rule: str | None
    since: Moment | None
    because: tuple[ClaimId, ...]


def standing(world: World, parties: Sequence[EntityId], authorities: Sequence[str]) -> dict[Key, Standing]:
    """Every answer of a world that is not "nothing found"; of some parties and authorities, or of all where none is named.

    >>> from knockon.testing import world
    >>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
    >>> [(k.thing, k.detail, s.word) for k, s in standing(w, (), ()).items()]
    [('acme', 'blocking', 'designated')]
    """
    memo = ("standing", *parties, "|", *authorities)
    if memo not in world.memo:
        world.memo[memo] = _standing(world, frozenset(parties), tuple(authorities) or EVERY)
    return cast(dict[Key, Standing], world.memo[memo])


def _standing(world: World, parties: frozenset[EntityId], authorities: Sequence[str]) -> dict[Key, Standing]:
    out: dict[Key, Standing] = {}
    if world.large and parties:
        for party in sorted(parties):
            out |= _by_measure(e for e in status(world, party, authorities) if e.measure)
        return out
    for authority in authorities:
        out |= _by_measure(e for e in blocked(world, authority, part=True) if not parties or e.entity in parties)
    if world.large:
        return out
    for one in licences(world):
        about = {one.licence, *(c.target for c in one.activities)}
        if one.authority in authorities and (not parties or parties & about):
            key = Key(question="licence", thing=one.licence, authority=one.authority, detail="")
            proof = (*one.issued, *one.because)
            out[key] = Standing(word=one.state, rule=None, since=one.since, because=tuple(dict.fromkeys(proof)))
    for exposed in exposures(world):
        if not parties or parties & {exposed.asset, *(h.entity for h in exposed.holders)}:
            out |= _exposed(exposed, authorities)
    return out


def _by_measure(effects: object) -> dict[Key, Standing]:
    """One standing for each measure; a measure told twice (two programmes, two persons) has both words."""
    groups: dict[Key, list[Effect]] = {}
    for effect in cast("list[Effect]", effects):
        key = Key(question="status", thing=effect.entity, authority=effect.authority, detail=effect.measure)
        groups.setdefault(key, []).append(effect)
    return {key: _joined(group) for key, group in groups.items()}


def _joined(group: list[Effect]) -> Standing:
    words = sorted({e.status for e in group})
    proof = [c for e in group for c in (*e.because, *(c for d in e.deciding for c in d.because))]
    return Standing(
        word=" and ".join(words),
        rule=next((e.rule for e in group if e.rule), None),
        since=next((e.since for e in group if e.since), None),
        because=tuple(dict.fromkeys(proof)),
    )


def _exposed(found: Exposure, authorities: Sequence[str]) -> dict[Key, Standing]:
    out: dict[Key, Standing] = {}
    asked: dict[EntityId, list[ClaimId]] = {}
    for holder in found.holders:
        for authority, _ in holder.status:
            if authority in authorities:
                asked.setdefault(authority, []).extend(holder.because)
                key = Key(question="exposure", thing=found.asset, authority=authority, detail=holder.entity)
                out[key] = Standing(word=_share(holder.low, holder.high), rule=None, since=None, because=holder.because)
    refused = {(c.authority, c.activity): c for c in found.not_licensed}
    for authority, because in asked.items():
        for activity in ASKED:
            gap = refused.get((authority, activity))
            lines = [c for x in found.licences if x.authority == authority for c in x.because]
            proof = (*gap.because, *gap.pending) if gap else tuple(lines)
            key = Key(question="coverage", thing=found.asset, authority=authority, detail=activity)
            out[key] = Standing(
                word=gap.verdict if gap else "covered",
                rule=None,
                since=None,
                because=tuple(dict.fromkeys((*proof, *because))),
            )
    return out


def _share(low: Decimal | None, high: Decimal | None) -> str:
    if high is None:
        return "a part"
    least, most = (format(x.normalize() if x else Decimal(0), "f") for x in (low or Decimal(0), high))
    return f"{most} %" if least == most else f"{least}..{most} %"


def verdict(world: World, key: Key) -> Standing:
    """One verdict in full: where a listing or a reach has ended, "delisted" or "no longer blocked", else "nothing found"."""
    found = _by_measure(e for e in status(world, key.thing, [key.authority]) if e.measure == key.detail)
    return found.get(key) or Standing(word=NOTHING, rule=None, since=None, because=())
