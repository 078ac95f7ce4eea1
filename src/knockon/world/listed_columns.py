"""Whom have authorities listed by their acts, in a large world? Codes by authority and measure; the same as ``states("designates")``.

Refuses to read what editions of lists show: that is for ``listings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knockon.ledger.ledger import query
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.world.columns import Columns, codes_of

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["ListedColumns", "listed_columns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedColumns:
    """By authority and measure: the codes of those surely listed, and of those who may be; each with the position of the act.

    Acts laid over the ledger have positions below zero; ``laid`` names them.
    """

    sure: dict[tuple[EntityId, str], dict[int, int]]
    maybe: dict[tuple[EntityId, str], dict[int, int]]
    laid: dict[int, ClaimId]

    def under(self, authority: str, measures: tuple[str, ...]) -> tuple[dict[int, int], dict[int, int]]:
        """Whom an authority lists under any of some measures: surely, and possibly only."""
        keys = [(EntityId(authority), m) for m in measures]
        sure = {party: act for key in keys for party, act in self.sure.get(key, {}).items()}
        maybe = {party: act for key in keys for party, act in self.maybe.get(key, {}).items() if party not in sure}
        return sure, maybe


def listed_columns(world: World, table: Columns) -> ListedColumns:
    """Everyone whom an act lists on the day; ``table`` gives the codes of parties that the ledger does not have.

    >>> from knockon.testing import world
    >>> from knockon.world.columns import columns
    >>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
    >>> [list(d) == list(codes_of(w, columns(w, ["holds_shares"]), ["acme"]).values()) for d in listed_columns(w, columns(w, ["holds_shares"])).under("us-ofac", ("blocking",))]
    [True, False]
    """
    merged = {*world.names.roots, *world.names.roots.values()}
    spokesmen = {*world.names.targets, *(t for some in world.names.targets.values() for t, _, _ in some)}
    laid = {str(c.object) for c in (*world.heard, *world.supposed) if c.predicate in ("designates", "delists", "ends")}
    laid |= {str(c.subject) for c in (*world.heard, *world.supposed) if c.predicate == "ends"}
    codes = codes_of(world, table, {*merged, *spokesmen, *laid})
    aside = [*world.names.aside, *(str(c.object) for c in world.told("retracts"))]
    rows = world.ledger.connection.execute(
        query("knockon.world", "listed"),
        {
            "on": world.on,
            "known": world.known,
            "at": world.at,
            "codes": list(codes.values()) or [-1],
            "claims": aside or [""],
        },
    ).fetchall()
    authorities = {a for _, a, *_ in rows}
    names: dict[int, EntityId] = dict(
        world.ledger.connection.execute(
            "select code, id from entities where code in (select unnest($1::int[]))", [sorted(authorities)]
        ).fetchall()
    )
    found = ListedColumns(sure={}, maybe={}, laid={})
    doubtful: list[int] = []
    for seq, authority, party, measure, holds, claims, is_open in rows:
        if is_open:
            doubtful += claims
        elif holds:
            side = found.sure if holds == 2 else found.maybe
            side.setdefault((names[authority], measure), {}).setdefault(party, seq)
    _resolve(world, table, doubtful, found)
    return found


def _resolve(world: World, table: Columns, seqs: list[int], found: ListedColumns) -> None:
    """What the columns leave open, claim by claim."""
    rows = world.ledger.connection.execute(query("knockon.world", "open"), {"seqs": seqs}).fetchall()
    told = {known_id: world.ledger.kept(known_id, body) for _, known_id, body in rows}
    told |= {c.id: c for c in (*world.heard, *world.supposed) if c.predicate == "designates" and c.known <= world.known}
    position = {known_id: seq for seq, known_id, _ in rows}
    states = world.resolve_claims("designates", told.values())
    codes = codes_of(world, table, {s.object for s in states if s.object is not None})
    for state in states:
        if state.object in codes:
            side = found.sure if state.holds is Holds.SURELY else found.maybe
            key = (state.subject, state.qualifiers.get("measure", "blocking"))
            at = position.get(state.claim, -1 - len(found.laid))
            if at < 0:
                found.laid[at] = state.claim
            side.setdefault(key, {}).setdefault(codes[state.object], at)
