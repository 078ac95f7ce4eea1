"""What do all rules make of a world of a million stakes, and what does one party need for its proof? Columns are read once for all.

``verdicts`` answers for everybody, in codes and whole numbers; ``near`` gives the few stakes, controls and listings above one party, from
which ``cascade`` and ``proofs`` work as in a small world. Refuses to make sentences: words, notes and places are for ``verdicts.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar, cast

import numpy as np

from knockon.analyses.cascade_columns import ReachColumns, reach_columns
from knockon.analyses.column_web import ColumnWeb, Links
from knockon.analyses.concerned import web_of
from knockon.analyses.regimes import Rule
from knockon.analyses.ruled import findings, settled
from knockon.ledger.ledger import query
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds
from knockon.world import World
from knockon.world.columns import BILLION, Columns, codes_of, names_of
from knockon.world.control import Control, Joint, Rebuttal, controls, joints
from knockon.world.listed_columns import ListedColumns, listed_columns
from knockon.world.listings import Grain, listings
from knockon.world.stakes import Slot

__all__ = ["Near", "Verdicts", "claims_at", "near", "verdicts"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """One rule on everybody. ``sure`` and ``maybe`` are the listed parties by code, with the ledger's position of the act.

    ``found`` says by code whom the rule reaches and what it counted; ``table`` is what the codes mean (``names_of``).
    """

    rule: Rule
    table: Columns
    sure: dict[int, int]
    maybe: dict[int, int]
    found: ReachColumns


def verdicts(world: World, rules: Iterable[Rule]) -> tuple[Verdicts, ...]:
    """Every rule on everybody; the ledger is read once for all of them.

    >>> from datetime import date
    >>> from knockon.analyses.regimes import rules_on
    >>> from knockon.testing import world
    >>> w = world('''us-ofac designates acme for blocking on 2024-05-01 (us-ofac)
    ... acme holds 50% of bolt since 2020 (registry)''', on="2024-06-01")
    >>> one = verdicts(w, rules_on(date(2024, 6, 1), "us-ofac"))[0]
    >>> names_of(w, one.table, np.flatnonzero(one.found.surely)) | names_of(w, one.table, one.sure)
    {1: 'acme', 2: 'bolt'}
    """
    out: list[Verdicts] = []
    for rule in rules:
        web = web_of(world, rule.kinds)
        sure, maybe = _listed(world, web.table).under(rule.authority, rule.measures)
        links, partners = _ties(world, rule, web.table).links()
        web = _without_rebutted(world, rule, web)
        found = reach_columns(rule, web, sure, maybe, unreported=True, controls=links, joints=partners)
        out.append(Verdicts(rule=rule, table=web.table, sure=sure, maybe=maybe, found=found))
    return tuple(out)


def claims_at(world: World, positions: Iterable[int]) -> dict[int, ClaimId]:
    """The claims at some positions of the ledger, so that a verdict names one (R8)."""
    wanted = sorted({int(p) for p in positions if p >= 0})
    rows = (
        world.ledger.connection.execute(query("knockon.world", "positions"), {"seqs": wanted}).fetchall()
        if wanted
        else []
    )
    return {seq: ClaimId(known_id) for seq, known_id in rows}


def _kept(world: World, key: tuple[str, ...], make: Callable[[], T]) -> T:
    """Worked out once for a world, which never changes."""
    if key not in world.memo:
        world.memo[key] = make()
    return cast(T, world.memo[key])


def _listed(world: World, table: Columns) -> ListedColumns:
    return _kept(world, ("listed columns",), lambda: _with_editions(world, table, listed_columns(world, table)))


def _with_editions(world: World, table: Columns, found: ListedColumns) -> ListedColumns:
    """Whom editions of lists show, beside whom acts list; a listing whose row tells no measure seeds no rule."""
    if world.ledger.connection.execute(query("knockon.analyses", "editions")).fetchone() is None:
        return found
    shown = [x for x in listings(world, grain=Grain.MEASURE) if x.measure]
    code = codes_of(world, table, {x.party for x in shown})
    for one in shown:
        if one.party in code:
            side = found.sure if one.holds is Holds.SURELY else found.maybe
            parties = side.setdefault((one.authority, one.measure or ""), {})
            if code[one.party] not in parties:
                at = -1 - len(found.laid)
                found.laid[at] = one.because[0]
                parties[code[one.party]] = at
    return found


def _codes(world: World, table: Columns, names: Iterable[EntityId]) -> dict[str, int]:
    """As ``codes_of``; a name is looked up once."""
    known: dict[str, int] = _kept(world, ("codes looked up",), dict)
    wanted = set(names)
    if new := wanted - known.keys():
        known |= dict.fromkeys(new, -1) | codes_of(world, table, new)
        world.memo["codes looked up",] = known
    return {name: known[name] for name in wanted if known[name] >= 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ties:
    """What a rule counts beside stakes: told, in codes, and as links from each one to those whom it may catch."""

    controls: tuple[Control, ...]
    joints: tuple[Joint, ...]
    code: dict[str, int]
    findings: tuple[Rebuttal, ...]

    def links(self) -> tuple[Links, Links]:
        """Controls and joint arrangements as ``reach_columns`` takes them."""
        code = self.code
        return (
            Links.of(
                (code[c.holder], code[c.asset], -1, c.sure)
                for c in self.controls
                if c.holder in code and c.asset in code
            ),
            Links.of(
                (code[j.one], code[j.other], code[j.over] if j.over else -1, j.sure)
                for j in self.joints
                if j.one in code and j.other in code and (j.over is None or j.over in code)
            ),
        )

    def up(self) -> Links:
        """From each party to those by whom it may be caught without a stake."""
        told, partners = self.links()
        return told.joined(partners)


def _ties(world: World, rule: Rule, table: Columns) -> _Ties:
    def make() -> _Ties:
        found = findings(world, rule)
        told = _kept(world, ("controls",), lambda: controls(world)) if rule.control else ()
        kept = settled(rule, found, (), told)[2]
        mates = _kept(world, ("joints",), lambda: joints(world)) if rule.joint else ()
        names = {n for c in kept for n in (c.holder, c.asset)} | {
            n for j in mates for n in (j.one, j.other, j.over) if n
        }
        return _Ties(controls=kept, joints=mates, code=_codes(world, table, names), findings=found)

    return _kept(world, ("ties", rule.id), make)


def _without_rebutted(world: World, rule: Rule, web: ColumnWeb) -> ColumnWeb:
    """Without the stakes of which an authority found the ownership rebutted, where the rule lets that be."""
    if "ownership" not in rule.rebuttable or not (found := _ties(world, rule, web.table).findings):
        return web
    table = web.table
    assets = list(codes_of(world, table, {r.asset for r in found}).values())
    rows = web.slots_of(np.array(assets, np.int64))
    ids = claims_at(world, table.claim[rows])
    names = names_of(world, table, {int(c) for row in rows.tolist() for c in (table.asset[row], *_holders(table, row))})
    told = {row: _slot(table, row, rule.kinds[0], names, ids) for row in rows.tolist()}
    left = {row: settled(rule, found, (slot,), ())[1] for row, slot in told.items()}
    low = table.low.copy()
    low[[row for row, slots in left.items() if slots and slots[0].low == 0]] = 0
    kept = np.ones(len(table), bool)
    kept[[row for row, slots in left.items() if not slots]] = False
    holders = np.diff(table.first)
    return ColumnWeb(
        replace(
            table,
            **{n: getattr(table, n)[kept] for n in ("asset", "high", "stated", "votes", "pending", "claim")},
            low=low[kept],
            holder=table.holder[np.repeat(kept, holders)],
            first=np.concatenate([[0], np.cumsum(holders[kept])]),
            slots=(),
        )
    )


# ---------------------------------------------------------------------------------------------------- one party
@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What stands above some parties: everything from which ``cascade.reach`` and ``proofs`` tell their verdict under one rule.

    ``sure`` gives the claim that lists each party there, ``maybe`` the parties that may be listed.
    """

    slots: tuple[Slot, ...]
    controls: tuple[Control, ...]
    joints: tuple[Joint, ...]
    sure: dict[EntityId, ClaimId]
    maybe: frozenset[EntityId]


def near(world: World, rule: Rule, wanted: Collection[EntityId]) -> Near:
    """What stands above some parties at any distance, by stakes, controls and joint arrangements that the rule counts.

    >>> from datetime import date
    >>> from knockon.analyses.proofs import proofs
    >>> from knockon.analyses.regimes import rules_on
    >>> from knockon.testing import world
    >>> w = world('''us-ofac designates acme for blocking on 2024-05-01 (us-ofac)
    ... acme holds 50% of bolt since 2020 (registry)
    ... acme holds 50% of cog since 2020 (registry)''', on="2024-06-01")
    >>> rule = rules_on(date(2024, 6, 1), "us-ofac")[0]
    >>> found = near(w, rule, ["bolt"])
    >>> [s.asset for s in found.slots], len(proofs(rule, found.slots, found.sure, "bolt"))
    (['bolt'], 2)
    """
    web = web_of(world, rule.kinds)
    table = web.table
    ties = _ties(world, rule, table)
    code = ties.code
    up = _kept(world, ("links up", rule.id), ties.up)
    above = web.above(_codes(world, table, wanted).values(), up)
    inside = set(above.tolist())
    listed = _listed(world, table)
    sure, maybe = _kept(world, ("listed under", rule.id), lambda: listed.under(rule.authority, rule.measures))
    rows = np.sort(web.slots_of(above)).tolist()
    mine = sorted(inside & sure.keys())
    ids = claims_at(world, [*table.claim[rows].tolist(), *(sure[p] for p in mine)]) | listed.laid
    names = names_of(world, table, inside)
    return Near(
        slots=settled(rule, ties.findings, (_slot(table, row, rule.kinds[0], names, ids) for row in rows), ())[1],
        controls=tuple(c for c in ties.controls if code.get(c.asset) in inside),
        joints=tuple(j for j in ties.joints if code.get(j.one) in inside or code.get(j.other) in inside),
        sure={EntityId(names[p]): ids[sure[p]] for p in mine},
        maybe=frozenset(EntityId(names[p]) for p in inside & maybe.keys()),
    )


def _holders(table: Columns, row: int) -> list[int]:
    return cast(list[int], table.holder[table.first[row] : table.first[row + 1]].tolist())


def _slot(table: Columns, row: int, kind: str, names: dict[int, str], ids: dict[int, ClaimId]) -> Slot:
    """A row as a slot; one that numbers settled carries the claim that was chosen for it."""
    if (resolved := row - (len(table) - len(table.slots))) >= 0:
        return table.slots[resolved]
    claim = ids[int(table.claim[row])]
    return Slot(
        asset=EntityId(names[int(table.asset[row])]),
        holders=tuple(EntityId(names[h]) for h in _holders(table, row)),
        kind=kind,
        low=Decimal(int(table.low[row])) / BILLION,
        high=Decimal(int(table.high[row])) / BILLION,
        told="stated" if table.stated[row] else "unquantified",
        because=(claim,),
        needs=(claim,),
        state=None,
        votes=bool(table.votes[row]),
    )
