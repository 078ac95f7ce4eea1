"""Which fields, pipelines, ventures and projects does a sanction touch: through whom, by which share and volume, and with which leave?

Refuses to mix law and arithmetic: who is blocked comes from ``status``, the shares here are products along chains and make no
status (R20). Refuses a number for a stake that nobody quantified, and to pass over what no licence allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knockon.analyses.licences import Coverage, bears, coverage, licences, regime
from knockon.analyses.links import BLOCKING, Link, blocked_in, links
from knockon.analyses.ownership import ECONOMIC, LookThrough, held_by, stakes_in
from knockon.analyses.status import AUTHORITIES, cascade, designated
from knockon.analyses.volumes import Volume, volumes
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.model.vocabulary import type_is
from knockon.world import World

__all__ = ["ASKED", "CoverLine", "Exposure", "Holder", "exposures", "hits"]

#: what is asked of every exposed asset: does it go on, may dealings be ended, may the stake be sold
ASKED = ("project_dealings", "wind_down", "sale_of_interests")
_DOUBT = "undetermined"
#: a part-owned venture is not caught, and a restriction on some dealings freezes nothing
_NOT_CAUGHT = ("part-owned", "subject to sectoral", "nothing found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A listed or reached party in an asset: ``status`` by authority, and its share along one chain (``None`` = nobody said a number)."""

    entity: EntityId
    status: tuple[tuple[EntityId, str], ...]
    kind: str
    low: Decimal | None
    high: Decimal | None
    via: tuple[EntityId, ...]
    stale: bool
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLine:
    """A licence in force that bears on the asset, with what it allows there; ``how`` says by which tie."""

    authority: EntityId
    licence: EntityId
    activities: tuple[str, ...]
    wind_down: bool
    how: str
    holds: Holds
    since: Moment | None
    until: Moment | None
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One asset that a sanction touches. ``percent_*`` is the economic share of all listed parties together, counted once."""

    asset: EntityId
    holders: tuple[Holder, ...]
    percent_low: Decimal | None
    percent_high: Decimal | None
    volumes: tuple[Volume, ...]
    operator: tuple[tuple[EntityId, tuple[ClaimId, ...]], ...]
    licences: tuple[CoverLine, ...]
    not_licensed: tuple[Coverage, ...]
    because: tuple[ClaimId, ...]


Hits = Mapping[EntityId, Mapping[EntityId, tuple[str, tuple[ClaimId, ...]]]]


def hits(world: World, authority: EntityId | None = None) -> Hits:
    """Who is listed, or caught through ownership, or may be: by party and authority, with the status word and its claims."""
    wanted = None if authority is None else regime(world, EntityId(authority))
    found: dict[EntityId, dict[EntityId, tuple[str, tuple[ClaimId, ...]]]] = {}
    effects = list(designated(world, wanted))
    for one in AUTHORITIES if wanted is None else (wanted,):
        effects += cascade(world, one)
    for effect in effects:
        if effect.measure not in BLOCKING or effect.status.startswith(_NOT_CAUGHT):
            continue
        found.setdefault(effect.entity, {}).setdefault(EntityId(effect.authority), (effect.status, effect.because))
    return found


def exposures(world: World, authority: EntityId | None = None) -> tuple[Exposure, ...]:
    """Every asset in which a listed party, or one caught through ownership, holds a part.

    >>> from knockon.testing import world
    >>> w = world('''us-ofac designates acme for blocking on 2024-05-01 (us-ofac)
    ... acme holds 5% of bolt since 2020 (registry)
    ... bolt develops deep (registry, 2020-01-01)
    ... deep produces 20 Mt of oil in 2024 (ministry, 2025-01-20)''', on="2025-06-01")
    >>> [(x.asset, str(x.percent_high), [str(v.share_high) for v in x.volumes]) for x in exposures(w)]
    [('bolt', '5', []), ('deep', '5', ['1'])]
    >>> [(c.activity, c.verdict) for c in exposures(w)[0].not_licensed][0]
    ('project_dealings', 'not covered')
    """
    caught = hits(world, authority)
    listed = {p for p, told in caught.items() if any(word == "designated" for word, _ in told.values())}
    chains: dict[EntityId, list[LookThrough]] = {}
    for party in sorted(caught):
        mine = held_by(world, party)
        for chain in (*mine, *_alternative(world, party, mine)):
            # a chain that runs up through a party that is caught itself only says who owns that party
            if is_asset(world, chain.asset) and not any(v in listed for v in chain.via):
                chains.setdefault(chain.asset, []).append(chain)
    return tuple(_exposure(world, asset, chains[asset], caught) for asset in sorted(chains))


def is_asset(world: World, entity: EntityId) -> bool:
    """Fields, pipelines, plants, ventures, projects; and companies formed to develop one. A state or a place is none."""
    kind = world.type(entity)
    if not kind or type_is(kind, "asset") or type_is(kind, "project"):
        return True
    return type_is(kind, "party") and not type_is(kind, "state") and bool(world.states("develops", subject=entity))


def _alternative(world: World, party: EntityId, mine: Sequence[LookThrough]) -> list[LookThrough]:
    """Stakes told with several holders, one of them the party's: at most that stake, and perhaps nothing."""
    reached = {party: Decimal(100)} | {c.asset: c.high if c.high is not None else Decimal(100) for c in mine}
    why = {c.asset: c.because for c in mine}
    have = {c.asset for c in mine}
    out: list[LookThrough] = []
    for state in world.states(*ECONOMIC):
        for other in state.alternatives:
            if other in reached and state.object is not None and state.object not in have and not state.sum_of:
                stake = next((s for s in stakes_in(world, state.object) if s.because == state.because), None)
                high = None if stake is None or stake.high is None else stake.high * reached[other] / 100
                told = (c for c in (*state.because, *state.against) if world.claim(c).subject == other)
                out.append(
                    LookThrough(
                        holder=party,
                        asset=state.object,
                        kind=state.predicate,
                        low=None if high is None else Decimal(0),
                        high=high,
                        via=() if other == party else (other,),
                        stale=state.stale,
                        because=(*why.get(other, ()), next(told, state.claim)),
                    )
                )
    return out


def _exposure(world: World, asset: EntityId, chains: Sequence[LookThrough], caught: Hits) -> Exposure:
    holders = tuple(
        sorted(
            (_holder(c, caught) for c in chains), key=lambda h: (-(h.high or Decimal(0)), len(h.via), h.entity, h.via)
        )
    )
    low, high = _together(holders)
    figures = volumes(world, asset, low, high)
    run = world.states("operates", object=asset)
    # who develops a field need not run it: told as its operator only where nobody else is
    named = [s for s in run if s.qualifiers.get("role") != "developer"] or run
    operators = tuple((s.subject, s.because[:1]) for s in named)
    regimes = sorted({a for h in holders for a, _ in h.status})
    lines = _lines(world, asset, regimes)
    asked = [coverage(world, asset, word, a) for a in regimes for word in ASKED]
    missing = tuple(c for c in asked if c.verdict != "covered")
    claims = {c for h in holders for c in h.because} | {c for v in figures for c in v.because}
    claims |= {c for line in lines for c in line.because} | {c for each in missing for c in each.because}
    claims |= {c for _, cs in operators for c in cs}
    return Exposure(
        asset=asset,
        holders=holders,
        percent_low=low,
        percent_high=high,
        volumes=figures,
        operator=operators,
        licences=lines,
        not_licensed=missing,
        because=tuple(sorted(claims)),
    )


def _holder(chain: LookThrough, caught: Hits) -> Holder:
    statuses = caught[chain.holder]
    listed = (c for _, claims in statuses.values() for c in claims)
    return Holder(
        entity=chain.holder,
        status=tuple((a, statuses[a][0]) for a in sorted(statuses)),
        kind=chain.kind,
        low=chain.low,
        high=chain.high,
        via=chain.via,
        stale=chain.stale,
        because=tuple(dict.fromkeys((*chain.because, *listed))),
    )


def _together(holders: Sequence[Holder]) -> tuple[Decimal | None, Decimal | None]:
    """The share of all of them, each chain once: up to the first listed party, and a chain inside a longer one is the same stake.

    A party whose status is open counts only in the upper bound. A stake without a number beside one of the same party
    with a number is taken for the same stake; alone, it leaves the upper bound open (R12).
    """
    listed = {h.entity for h in holders if any(word == "designated" for _, word in h.status)}
    kept = [h for h in holders if not listed.intersection(h.via)]
    paths = {(h.entity, *h.via) for h in kept}
    tops = [
        h
        for h in kept
        if not any(len(p) > len(h.via) + 1 and p[-len(h.via) - 1 :] == (h.entity, *h.via) for p in paths)
    ]
    numbered = {h.entity for h in tops if h.high is not None}
    if not numbered:
        return None, None
    sure = [h.low for h in tops if h.low is not None and any(word != _DOUBT for _, word in h.status)]
    unknown = any(h.high is None and h.entity not in numbered for h in tops)
    high = None if unknown else sum((h.high for h in tops if h.high is not None), Decimal(0))
    return _whole(sum(sure, Decimal(0))), None if high is None else _whole(high)


def _whole(percent: Decimal) -> Decimal:
    return Decimal(format(min(percent, Decimal(100)).normalize(), "f"))


def _lines(world: World, asset: EntityId, regimes: Sequence[EntityId]) -> tuple[CoverLine, ...]:
    """The licences in force that bear on the asset: those that name it, under any authority, and those for the blocked parties in it."""
    groups: dict[tuple[object, ...], list[Link]] = {}
    for authority in sorted({x.authority for x in licences(world)} | set(regimes)):
        for link in links(world, asset, authority, blocked_in(world, asset, authority)):
            by_party = link.how not in ("named", "same project")
            if by_party and not any(bears(link.cover, word) for word in ASKED):
                continue
            key = (
                authority,
                link.licence.licence,
                link.cover.wind_down,
                link.how,
                str(link.cover.since),
                str(link.cover.until),
            )
            groups.setdefault(key, []).append(link)
    out = [
        CoverLine(
            authority=found[0].licence.authority,
            licence=found[0].licence.licence,
            activities=tuple(sorted({k.cover.activity or "" for k in found})),
            wind_down=found[0].cover.wind_down,
            how=found[0].how,
            holds=Holds.SURELY if all(k.holds is Holds.SURELY for k in found) else Holds.POSSIBLY,
            since=found[0].cover.since,
            until=found[0].cover.until,
            because=tuple(dict.fromkeys(c for k in found for c in k.because)),
        )
        for _, found in sorted(groups.items(), key=lambda g: tuple(map(str, g[0])))
    ]
    return tuple(sorted(out, key=lambda line: (line.authority, line.wind_down, line.licence)))
