"""All stakes of a large world as columns of numbers: asset, holders, exact bounds. The same answer as ``stakes.slots``, in bulk.

Slots that plain comparison settles are read by one query; the rest go through the world's own resolution, claim by claim.
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
from knockon.model.vocabulary import predicate
from knockon.world import events
from knockon.world.stakes import Slot, is_stake, slot_of_state

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["BILLION", "Columns", "codes_of", "columns", "extended", "names_of"]

BILLION = 1_000_000_000
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One row a slot. ``holder[first[i]:first[i + 1]]`` are the holders told for slot ``i``.

    ``claim`` is the position in the ledger of a claim that carries the slot, -1 where only a claim laid over the ledger does.
    ``stated`` says whether a number was said; ``laid`` gives the codes of names that the ledger does not have.
    """

    asset: Ints
    low: Ints
    high: Ints
    stated: npt.NDArray[np.bool_]
    votes: npt.NDArray[np.bool_]
    pending: npt.NDArray[np.bool_]
    claim: Ints
    holder: Ints
    first: Ints
    size: int
    laid: dict[str, int]

    def __len__(self) -> int:
        return len(self.asset)


def columns(world: World, kinds: Sequence[str]) -> Columns:
    """The stakes that ``stakes.slots`` gives for these kinds, in no particular order.

    >>> from knockon.testing import world
    >>> c = columns(world("acme holds 60% of bolt since 2020 (registry)"), ["holds_shares"])
    >>> len(c), int(c.low[0]) // BILLION
    (1, 60)
    """
    if wrong := [k for k in kinds if predicate(k).competent or predicate(k).kind != "state"]:
        raise ValueError(f"not stakes: {', '.join(wrong)}")
    touched = _touched(world, kinds)
    found = world.ledger.connection.execute(
        query("knockon.world", "columns"),
        {
            "predicates": list(kinds),
            "stale": [predicate(k).stale for k in kinds],
            "on": world.on,
            "known": world.known,
            "at": world.at,
            **touched,
        },
    ).fetchnumpy()
    plain = ~found["open"] & ~found["aside"] & (found["holds"] > 0)
    low, high = found["low"][plain].astype(np.int64), found["high"][plain].astype(np.int64)
    stated = (low >= 0) | (high >= 0)
    rest, seqs = _open(world, kinds, found["slot"][found["open"]].tolist())
    names: list[str] = sorted({name for slot in rest for name in (slot.asset, *slot.holders)})
    size = _count(world)
    codes = _codes(world, names)
    laid = {name: size + n for n, name in enumerate(name for name in names if name not in codes)}
    codes |= laid
    holders = [[codes[h] for h in slot.holders] for slot in rest]
    counts = np.concatenate([np.ones(len(low), np.int64), np.array([len(h) for h in holders], np.int64)])
    return Columns(
        asset=_joined(found["asset"][plain], [codes[s.asset] for s in rest]),
        low=_joined(np.where((low < 0) | (found["holds"][plain] < 2), 0, low), [_exact(s.low) for s in rest]),
        high=_joined(np.where(high < 0, 100 * BILLION, high), [_exact(s.high) for s in rest]),
        stated=np.concatenate([stated, np.array([s.told == "stated" for s in rest], bool)]),
        claim=_joined(found["seq"][plain], [seqs.get(s.because[0], -1) for s in rest]),
        holder=_joined(found["holder"][plain], [code for some in holders for code in some]),
        first=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
        size=size + len(laid),
        laid=laid,
    )


def extended(world: World, table: Columns, more: Sequence[Slot]) -> Columns:
    """The columns with some slots more, such as pending ones."""
    names: list[str] = sorted({name for slot in more for name in (slot.asset, *slot.holders)})
    codes = codes_of(world, table, names)
    laid = table.laid | {name: table.size + n for n, name in enumerate(name for name in names if name not in codes)}
    codes |= laid
    return Columns(
        asset=_joined(table.asset, [codes[s.asset] for s in more]),
        low=_joined(table.low, [_exact(s.low) for s in more]),
        high=_joined(table.high, [_exact(s.high) for s in more]),
        stated=np.concatenate([table.stated, np.array([s.told == "stated" for s in more], bool)]),
        claim=_joined(table.claim, [-1] * len(more)),
        holder=_joined(table.holder, [codes[h] for s in more for h in s.holders]),
        first=np.concatenate(
            [table.first, table.first[-1] + np.cumsum(np.array([len(s.holders) for s in more], np.int64))]
        ),
        size=table.size + len(laid) - len(table.laid),
        laid=laid,
    )


def _joined(plain: Any, rest: list[int]) -> Ints:
    return np.concatenate([np.asarray(plain).astype(np.int64), np.array(rest, np.int64)])


def _exact(share: Decimal) -> int:
    number = share * BILLION
    assert number == int(number), f"{share} has more than nine places"
    return int(number)


# ---------------------------------------------------------------------------------------------------- what is not plain
def _touched(world: World, kinds: Sequence[str]) -> dict[str, list[Any]]:
    """Where plain comparison is not enough: subjects, pairs of subject and object, objects, claims, and voices that others share."""
    world.read_ahead(*events.movers(), *(r["event"] for kind in kinds for r in events.closers_of(kind)), "retracts")
    subjects: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for rule in {r["event"]: r for kind in kinds for r in events.closers_of(kind)}.values():
        for event in world.counted(rule["event"]):
            ours = {
                mine: event.subject if theirs == "subject" else event.object for mine, theirs in rule["match"].items()
            }
            subject, asset = ours["subject"], ours.get("object")
            if subject is not None and asset is not None:
                pairs.add((subject, asset))
            elif subject is not None:
                subjects.add(subject)
    pairs |= {(change.holder, change.asset) for change in world.changes}
    merged = {*world.names.roots.keys(), *world.names.roots.values()}
    spokesmen = {*world.names.targets, *(target for some in world.names.targets.values() for target, _, _ in some)}
    objects = {*merged, *(str(c.object) for c in (*world.heard, *world.supposed) if c.predicate in kinds)}
    codes = _codes(world, sorted({*subjects, *objects, *spokesmen, *(name for pair in pairs for name in pair)}))
    rows = world.ledger.connection.execute(
        "select distinct object from claims where subject in (select unnest($1::int[])) and predicate in (select unnest($2::varchar[]))",
        [[codes[m] for m in merged if m in codes], list(kinds)],
    ).fetchall()
    return {
        "subjects": [codes[s] for s in sorted(subjects) if s in codes] or [-1],
        "pairs": [codes[a] << 32 | codes[b] for a, b in sorted(pairs) if a in codes and b in codes] or [-1],
        "objects": [*(codes[o] for o in sorted(objects) if o in codes), *(o for (o,) in rows if o is not None)] or [-1],
        "voices": [codes[v] for v in sorted({*merged, *spokesmen}) if v in codes] or [-1],
        "claims": [*world.names.aside, *(str(c.object) for c in world.told("retracts"))] or [""],
    }


def _open(world: World, kinds: Sequence[str], slots: list[str]) -> tuple[list[Slot], dict[str, int]]:
    """The slots that need the world's own resolution, and the positions of their claims."""
    rows = world.ledger.connection.execute(
        query("knockon.world", "open"),
        {"predicates": list(kinds), "slots": slots or [""], "at": world.at, "known": world.known},
    ).fetchall()
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
