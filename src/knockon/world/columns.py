"""All stakes of a large world as columns of numbers: asset, holders, exact bounds. The same answer as ``stakes.slots``, in bulk.

Slots that plain numbers settle are read as numbers (``settle``); the rest go through the world's own resolution, claim by claim.
Refuses floats (shares are whole billionths of a percent) and predicates that are not stakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from knockon.ledger.ledger import query
from knockon.ledger.stakes import with_stakes
from knockon.model.ids import EntityId
from knockon.model.vocabulary import predicate
from knockon.world.settle import BILLION, settle
from knockon.world.stakes import STAKES, Slot, is_stake, pending_slots, slot_of_state
from knockon.world.touched import Touched, touched

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["BILLION", "Columns", "codes_of", "columns", "extended", "names_of", "spans", "with_pending"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One row a slot. ``holder[first[i]:first[i + 1]]`` are the holders told for slot ``i``.

    ``claim`` is the position in the ledger of a claim that carries the slot, -1 where only a claim laid over the ledger does.
    ``stated`` says whether a number was said, ``votes`` whether it counts votes, ``pending`` whether it is only planned or possible;
    ``laid`` gives the codes of names that the ledger does not have; ``slots`` are the last rows as the world resolved them, one by one.
    """

    asset: Ints
    low: Ints
    high: Ints
    stated: Flags
    votes: Flags
    pending: Flags
    claim: Ints
    holder: Ints
    first: Ints
    size: int
    laid: dict[str, int]
    slots: tuple[Slot, ...] = ()

    def __len__(self) -> int:
        return len(self.asset)


def columns(world: World, kinds: Sequence[str]) -> Columns:
    """The stakes that ``stakes.slots`` gives for these kinds, in no particular order.

    >>> from knockon.testing import world
    >>> c = columns(world("acme holds 60% of bolt since 2020 (registry)"), ["holds_shares"])
    >>> len(c), int(c.low[0]) // BILLION
    (1, 60)
    """
    if wrong := [k for k in kinds if k not in STAKES]:
        raise ValueError(f"not stakes: {', '.join(wrong)}")
    with_stakes(world.ledger)
    size = _count(world)
    near = touched(world, kinds, size)
    parts = [_read(world, near, kind) for kind in kinds]
    rest, seqs = _open(world, kinds, [seq for part in parts for seq in part.pop("open").tolist()])
    names: list[str] = sorted({name for slot in rest for name in (slot.asset, *slot.holders)})
    codes = _codes(world, names)
    laid = {name: size + n for n, name in enumerate(name for name in names if name not in codes)}
    plain: dict[str, Any] = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    first = np.arange(len(plain["asset"]) + 1, dtype=np.int64)
    settled = Columns(**plain, first=first, size=size + len(laid), laid=laid)
    return _with(settled, rest, codes | laid, [seqs.get(s.because[0], -1) for s in rest])


def _read(world: World, near: Touched, kind: str) -> dict[str, npt.NDArray[Any]]:
    """The settled slots of one kind, and the positions of the claims of the others."""
    bound = {"kind": kind, "stale": predicate(kind).stale, "on": world.on, "known": world.known, "at": world.at}
    rows = world.ledger.connection.execute(query("knockon.world", "columns"), bound).fetchnumpy()
    found = settle(rows, near.rows(rows), near.ranks, near.shared[rows["origin"]])
    one = found.row
    return {
        "asset": rows["object"][one].astype(np.int64),
        "low": found.low,
        "high": found.high,
        "stated": found.stated,
        "votes": rows["votes"][one],
        "pending": np.zeros(len(one), bool),
        "claim": rows["seq"][one],
        "holder": rows["subject"][one].astype(np.int64),
        "open": rows["seq"][found.open],
    }


def extended(world: World, table: Columns, more: Sequence[Slot], others: Iterable[str] = ()) -> Columns:
    """The columns with some slots more, such as pending ones, and codes for ``others`` as well."""
    names: list[str] = sorted({*others, *(name for slot in more for name in (slot.asset, *slot.holders))})
    codes = codes_of(world, table, names)
    fresh = {name: table.size + n for n, name in enumerate(name for name in names if name not in codes)}
    return _with(table, more, codes | fresh, [-1] * len(more), fresh)


def with_pending(world: World, table: Columns, kinds: Sequence[str]) -> Columns:
    """The columns with the stakes that may be there, as ``stakes.pending_slots`` tells them, and codes for every party that is laid.

    >>> from knockon.testing import world
    >>> w = world("planned: acme holds 60% of bolt since 2020 (registry)")
    >>> len(with_pending(w, columns(w, ["holds_shares"]), ["holds_shares"]))
    1
    """

    def stated_of(pairs: set[tuple[EntityId, EntityId]]) -> set[tuple[EntityId, EntityId]]:
        code = codes_of(world, table, {name for pair in pairs for name in pair})
        wanted = {code[a] << 32 | code[b]: (a, b) for a, b in pairs if a in code and b in code}
        near = np.zeros(table.size, bool)
        near[np.array([key & 0xFFFFFFFF for key in wanted], np.int64)] = True
        slot = np.flatnonzero(near[table.asset] & table.stated)
        place, of = spans(table.first[slot], table.first[slot + 1] - table.first[slot])
        keys = table.holder[place] << 32 | table.asset[slot[of]]
        return {wanted[k] for k in np.unique(keys[np.isin(keys, np.array(list(wanted), np.int64))]).tolist()}

    laid = {name for c in (*world.heard, *world.supposed) for name in (c.subject, c.object) if name is not None}
    return extended(world, table, pending_slots(world, kinds, stated_of=stated_of), map(world.names.root, laid))


def _with(
    table: Columns, more: Sequence[Slot], codes: dict[str, int], claims: list[int], fresh: dict[str, int] | None = None
) -> Columns:
    fresh = fresh or {}
    counts = np.array([len(s.holders) for s in more], np.int64)
    return Columns(
        asset=_joined(table.asset, [codes[s.asset] for s in more]),
        low=_joined(table.low, [_exact(s.low) for s in more]),
        high=_joined(table.high, [_exact(s.high) for s in more]),
        stated=np.concatenate([table.stated, np.array([s.told == "stated" for s in more], bool)]),
        votes=np.concatenate([table.votes, np.array([s.votes for s in more], bool)]),
        pending=np.concatenate([table.pending, np.array([s.told == "pending" for s in more], bool)]),
        claim=_joined(table.claim, claims),
        holder=_joined(table.holder, [codes[h] for s in more for h in s.holders]),
        first=np.concatenate([table.first, table.first[-1] + np.cumsum(counts)]),
        size=table.size + len(fresh),
        laid=table.laid | fresh,
        slots=(*table.slots, *more),
    )


def spans(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """The numbers of several ranges one after the other, and beside each the place of its range."""
    ends = np.cumsum(count)
    place = np.repeat(np.arange(len(count)), count)
    steps = np.arange(len(place)) - np.repeat(ends - count, count)
    return np.repeat(first, count) + steps, place


def _joined(plain: Any, rest: list[int]) -> Ints:
    return np.concatenate([np.asarray(plain).astype(np.int64), np.array(rest, np.int64)])


def _exact(share: Decimal) -> int:
    number = share * BILLION
    assert number == int(number), f"{share} has more than nine places"
    return int(number)


# ---------------------------------------------------------------------------------------------------- what numbers do not settle
def _open(world: World, kinds: Sequence[str], seqs: list[int]) -> tuple[list[Slot], dict[str, int]]:
    """The slots that need the world's own resolution, and the positions of their claims."""
    rows = world.ledger.connection.execute(query("knockon.world", "open"), {"seqs": seqs}).fetchall()
    told = [world.ledger.kept(known_id, body) for _, known_id, body in rows]
    told += [c for c in (*world.heard, *world.supposed) if c.predicate in kinds and c.known <= world.known]
    told = list({c.id: c for c in told}.values())
    out: list[Slot] = []
    for kind in kinds:
        found = world.resolve_claims(kind, [c for c in told if c.predicate == kind])
        out += [slot_of_state(state) for state in found if is_stake(state)]
    return out, {known_id: seq for seq, known_id, _ in rows}


# ---------------------------------------------------------------------------------------------------- names and codes
def _count(world: World) -> int:
    found = world.ledger.connection.execute("select coalesce(max(code), 0) + 1 from entities").fetchall()
    return int(found[0][0])


def _codes(world: World, names: Sequence[str]) -> dict[str, int]:
    if not names:
        return {}
    found = world.ledger.connection.execute(
        "select id, code from entities where id in (select unnest($1::varchar[]))", [list(names)]
    ).fetchall()
    return dict(found)


def codes_of(world: World, table: Columns, names: Iterable[str]) -> dict[str, int]:
    """The codes of those names that the ledger or the table has."""
    wanted = sorted(set(names))
    return _codes(world, wanted) | {name: table.laid[name] for name in wanted if name in table.laid}


def names_of(world: World, table: Columns, codes: Iterable[int]) -> dict[int, str]:
    """The names behind codes."""
    wanted = sorted({int(c) for c in codes})
    found = world.ledger.connection.execute(
        "select code, id from entities where code in (select unnest($1::int[]))", [wanted]
    ).fetchall()
    return dict(found) | {code: name for name, code in table.laid.items() if code in set(wanted)}
