"""What does a supposition claim in this world? Lines of text, with names resolved and what an authority usually does filled in.

Refuses an id that nothing is called (``world/suppose.py``), and a listing without its measure by an authority that has no
asset freeze or block of its own in regimes.toml, unless the ledger shows which measure it lists for.

>>> from knockon.testing import world
>>> w = world("eu is an authority (knockon, said 2020-01-01)" + chr(10) + 'lukoil is called "Lukoil" (knockon, said 2020-01-01)')
>>> [dict(c.qualifiers) for c in supposed(w, ["eu designates Lukoil since 2025-03-01"])]
[{'measure': 'asset_freeze'}]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from knockon.analyses.regimes import measures, rules_on
from knockon.errors import BadLine
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.sources.lines import parse_lines
from knockon.world import World
from knockon.world.suppose import resolved, spelled

__all__ = ["default_measure", "supposed"]


def supposed(world: World, lines: Iterable[str]) -> tuple[Claim, ...]:
    """The claims that lines of text make in this world, said on its ``known`` day unless they say when."""
    claims = tuple(
        c
        for text in lines
        for line in text.splitlines()
        for c in parse_lines(spelled(world, line), said_on=world.known)
    )
    found = tuple(_with_measure(world, c) for c in resolved(world, claims))
    for claim in found:
        _not_oversold(world, claim)
    return found


def _not_oversold(world: World, claim: Claim) -> None:
    """A sale of more than the seller is told to hold at most would free a company by a slip of the pen."""
    seller, amount = (
        (claim.subject, claim.quantity) if claim.predicate == "sells" else (claim.qualifier("from"), claim.quantity)
    )
    if claim.predicate not in ("sells", "acquires") or seller is None or claim.object is None or amount is None:
        return
    kinds = ("holds_shares", "holds_interest")
    held = [s for s in world.states(*kinds, object=claim.object) if seller in (s.subject, *s.alternatives)]
    most = max((s.high if s.high is not None else Decimal(100) for s in held if s.quantity), default=None)
    if most is not None and amount.low is not None and amount.low > most:
        raise BadLine(
            f"{seller} sells {amount.low} % of {claim.object}",
            f"it is told to hold {most} % at most on {world.on}",
            "suppose a smaller sale, or a larger stake first",
        )


def _with_measure(world: World, claim: Claim) -> Claim:
    if claim.predicate != "designates" or claim.qualifier("measure"):
        return claim
    found = default_measure(world, claim.subject)
    if found is None:
        raise BadLine(
            f"{claim.subject} designates {claim.object}",
            "nobody told which measure this authority lists for",
            f"say it: {claim.subject} designates {claim.object} for {' | '.join(sorted(measures()))}",
        )
    return replace(claim, qualifiers=(*claim.qualifiers, ("measure", found)))


def default_measure(world: World, authority: EntityId) -> str | None:
    """The measure that a plain listing by an authority means: the block or freeze of its rule record, else what it mostly lists for."""
    full = [n for r in rules_on(world.on, authority) for n in r.measures if _whole(n)]
    if full:
        return full[0]
    told = Counter(m for c in world.told("designates", subject=authority) if (m := c.qualifier("measure")))
    return min(told, key=lambda m: (-told[m], m), default=None)


def _whole(name: str) -> bool:
    known = measures().get(name)
    return known is not None and known.freezes and known.word == "designated"
