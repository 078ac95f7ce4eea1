"""Why does a line of an answer stand there? Asks its question again, and gives the answer with all that it rests on.

Refuses an id that this world does not see: an answer given with later knowledge is explained in that world, not in this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knockon.analyses.address import Address
from knockon.analyses.corroboration import Statement, corroboration
from knockon.analyses.exposure import exposures
from knockon.analyses.licences import coverage, licences
from knockon.analyses.ownership import Ownership, ownership
from knockon.analyses.projects import projects
from knockon.analyses.regimes import Rule, rules_on
from knockon.analyses.routes import routes
from knockon.analyses.status import status
from knockon.analyses.ties import ties
from knockon.errors import UnknownClaim
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.sources.source import ReadClaim, Reading
from knockon.world import World

__all__ = ["Why", "why"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A line explained: its answer (or the claim itself), the rules it used, the owners it looked at, and every claim behind it."""

    address: str
    claim: Claim | None
    read: ReadClaim | None
    statement: Statement | None
    answers: tuple[Any, ...]
    rules: tuple[Rule, ...]
    owners: tuple[Ownership, ...]
    because: tuple[ClaimId, ...]
    set_aside: tuple[ClaimId, ...] = ()


def why(world: World, wanted: Address | str, *, reading: Reading | None = None) -> Why:
    """Explain a claim by its id (or a unique beginning of it), or a derived line by its address.

    >>> from knockon.testing import world
    >>> w = world("acme holds 60% of bolt since 2020 (registry)")
    >>> why(w, w.states("holds_shares")[0].claim[:8]).claim.object
    'bolt'
    """
    return _claim(world, wanted, reading) if isinstance(wanted, str) else _line(world, wanted)


def _claim(world: World, wanted: str, reading: Reading | None) -> Why:
    claim = world.find(wanted)
    read = next((r for r in reading.claims if r.claim.id == claim.id), None) if reading else None
    found = corroboration(world, [claim.id]) if claim in world.told(claim.predicate) else None
    return Why(
        address=claim.id,
        claim=claim,
        read=read,
        statement=found.statements[0] if found else None,
        answers=(),
        rules=(),
        owners=(),
        because=(claim.id,),
        set_aside=tuple(c.id for c in world.told("sets_aside", "retracts", object=claim.id)),
    )


def _line(world: World, address: Address) -> Why:
    answers = _answers(world, address)
    if not answers:
        raise UnknownClaim(
            str(address), "this world has no such line", "was it answered with another --known, --ledger or --suppose?"
        )
    effects = [a for a in answers if getattr(a, "rule", None)]
    rules = tuple(r for r in rules_on(world.on) if r.id in {e.rule for e in effects})
    looked_at = sorted({e.entity for e in effects} | {d.asset for e in effects for d in e.deciding})
    because = {c for a in answers for c in a.because}
    return Why(
        address=str(address),
        claim=None,
        read=None,
        statement=None,
        answers=tuple(answers),
        rules=rules,
        owners=tuple(ownership(world, e) for e in looked_at),
        because=tuple(sorted(because)),
    )


def _answers(world: World, address: Address) -> list[Any]:
    parts = address.parts
    match address.question:
        case "status":
            return [e for e in status(world, world.entity(parts[1])) if e.authority == parts[0]]
        case "ownership":
            return [ownership(world, world.entity(parts[0]))]
        case "exposure":
            return [x for x in exposures(world) if x.asset == parts[0]]
        case "licence":
            return [x for x in licences(world) if x.licence == parts[0]]
        case "coverage":
            return [coverage(world, world.entity(parts[1]), parts[2], EntityId(parts[0]))]
        case "project":
            return [p for p in projects(world) if p.project == parts[0]]
        case "route":
            return [routes(world, world.entity(parts[0]))]
        case _:
            return [ties(world, world.entity(parts[0]))]
