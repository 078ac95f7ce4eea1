"""Where is plain comparison of numbers not enough? Slots that an event, a deal, a merger of names, a review or a laid claim touches.

Refuses to judge them: it only marks what the world must resolve claim by claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from knockon.ledger.ledger import query
from knockon.model.ids import EntityId
from knockon.world import events

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["Touched", "touched"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """By code: touched subjects and objects, and voices that others share; then pairs (subject, object) as one number, and positions."""

    world: World
    subjects: Flags
    objects: Flags
    shared: Flags
    pairs: Ints
    claims: Ints

    def rows(self, rows: dict[str, npt.NDArray[Any]]) -> Flags:
        """Which rows of ``columns.sql`` are touched."""
        out: Flags = self.subjects[rows["subject"]] | self.objects[rows["object"]]
        if len(self.pairs):
            near = np.zeros(len(self.objects), bool)
            near[self.pairs & 0xFFFFFFFF] = True  # few assets are dealt in: only their rows are compared as pairs
            maybe = np.flatnonzero(near[rows["object"]])
            pairs = rows["subject"][maybe].astype(np.int64) << 32 | rows["object"][maybe]
            out[maybe[np.isin(pairs, self.pairs)]] = True
        if len(self.claims):
            out |= np.isin(rows["seq"], self.claims)
        return out

    def ranks(self, origins: Ints) -> Ints:
        """The weight of the word of some origins, none of which is or has a spokesman (R16)."""
        some, place = np.unique(origins, return_inverse=True)
        named = self.world.ledger.connection.execute(
            "select code, id from entities where code in (select unnest($1::int[]))", [some.tolist()]
        ).fetchall()
        rank = {code: self.world.names.rank(EntityId(name)) for code, name in named}
        return np.array([rank[code] for code in some.tolist()], np.int64)[place]


def touched(world: World, kinds: Sequence[str], size: int) -> Touched:
    """What touches the stakes of some kinds in a world."""
    closers = {r["event"]: r for kind in kinds for r in events.closers_of(kind)}
    world.read_ahead(*events.movers(), *closers, "retracts")
    subjects: set[str] = set()
    pairs: set[tuple[str, str]] = {(change.holder, change.asset) for change in world.changes}
    for rule in closers.values():
        for event in world.counted(rule["event"]):
            ours = {
                mine: event.subject if theirs == "subject" else event.object for mine, theirs in rule["match"].items()
            }
            subject, asset = ours["subject"], ours.get("object")
            if subject is not None and asset is not None:
                pairs.add((subject, asset))
            elif subject is not None:
                subjects.add(subject)
    merged = {*world.names.roots.keys(), *world.names.roots.values()}
    spokesmen = {*world.names.targets, *(target for some in world.names.targets.values() for target, _, _ in some)}
    objects = {*merged, *(str(c.object) for c in (*world.heard, *world.supposed) if c.predicate in kinds)}
    wanted = sorted({*subjects, *objects, *spokesmen, *(name for pair in pairs for name in pair)})
    con = world.ledger.connection
    codes: dict[str, int] = (
        dict(
            con.execute("select id, code from entities where id in (select unnest($1::varchar[]))", [wanted]).fetchall()
        )
        if wanted
        else {}
    )
    held = con.execute(
        "select distinct object from stakes where subject in (select unnest($1::int[])) and kind in (select unnest($2::varchar[]))",
        [[codes[m] for m in merged if m in codes], list(kinds)],
    ).fetchall() if merged else []  # fmt: skip
    named = con.execute(query("knockon.world", "named_stakes"), {"at": world.at}).fetchall()
    aside = [*world.names.aside, *(str(c.object) for c in world.told("retracts"))]
    reviewed = (
        con.execute("select seq from claims where id in (select unnest($1::varchar[]))", [aside]).fetchall()
        if aside
        else []
    )
    return Touched(
        world=world,
        subjects=_flags(size, (codes[s] for s in subjects if s in codes)),
        objects=_flags(size, (*(codes[o] for o in objects if o in codes), *(o for (o,) in (*held, *named)))),
        shared=_flags(size, (codes[v] for v in {*merged, *spokesmen} if v in codes)),
        pairs=np.array(sorted(codes[a] << 32 | codes[b] for a, b in pairs if a in codes and b in codes), np.int64),
        claims=np.array(sorted(seq for (seq,) in reviewed), np.int64),
    )


def _flags(size: int, codes: Any) -> Flags:
    out = np.zeros(size, bool)
    out[np.fromiter(codes, np.int64, -1)] = True
    return out
