"""The shape of real ownership, drawn as columns of numbers: who owns which firm, in which band. The same seed gives the same web.

After SOURCES.md, "Shape of real ownership": bands A to E, owners that are entities by band, one to three owners a firm, a heavy
tail of children a parent (one for over half of them, 130 at most), loops in tenths of a percent, chains one to four deep. What
it leaves open is set here and said so: four owners in nine are entities, and the owners of one firm never surely exceed the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["BANDS", "Web", "web"]

Ints = npt.NDArray[np.int64]

#: from, to, in percent
BANDS = ((5, 10), (10, 25), (25, 50), (50, 75), (75, 100))
#: of all owners, and of owners that are entities
_ENTITY_BANDS = np.array([0.033, 0.063, 0.147, 0.108, 0.650])
_ENTITIES = 4 / 9
_MOST_CHILDREN = 130
#: where a firm stands in its chain of owners: at the top, and one to four links down
_DEPTHS = np.array([0.12, 0.42, 0.27, 0.13, 0.06])
#: the bands of one, two and three owners that fit into one firm
_ALONE = {(0,): 0.005, (1,): 0.005, (2,): 0.02, (3,): 0.07, (4,): 0.90}
_TWO = {(4, 0): 0.20, (4, 1): 0.28, (4, 2): 0.12, (3, 2): 0.22, (3, 1): 0.04, (3, 0): 0.02, (2, 2): 0.12}
_THREE = {
    (4, 0, 0): 0.10, (4, 1, 0): 0.40, (3, 2, 0): 0.12, (3, 2, 1): 0.18, (2, 2, 1): 0.10, (2, 2, 2): 0.10,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """One row a stake: ``holder`` in firms from 0 on, persons from ``firms`` on; ``band`` counts from 0 (A)."""

    holder: Ints
    asset: Ints
    band: Ints
    firms: int
    persons: int


def web(stakes: int, chance: np.random.Generator) -> Web:
    """So many stakes; every pair of holder and asset is there once."""
    firms = int(stakes / 1.69) + 8
    owners = chance.choice(np.array([1, 2, 3]), firms, p=[0.5, 0.3, 0.2])
    asset = np.repeat(np.arange(firms), owners)
    band = np.concatenate(list(_bands(owners, chance)))
    # rows were made by number of owners: set them beside their firms
    asset = np.concatenate([np.repeat(np.flatnonzero(owners == n), n) for n in (1, 2, 3)])
    depth = chance.choice(len(_DEPTHS), firms, p=_DEPTHS)
    shares = np.bincount(band, minlength=5) / len(band)
    entity = chance.random(len(band)) < np.minimum(_ENTITIES * _ENTITY_BANDS / shares, 1)[band]
    entity &= depth[asset] > 0
    holder = np.zeros(len(asset), np.int64)
    for level in range(1, len(_DEPTHS)):
        mine = entity & (depth[asset] == level)
        above = np.flatnonzero((depth == level - 1) if level > 1 else (depth == 0))
        holder[mine] = _parents(above, int(mine.sum()), chance)
    alone = int((~entity).sum())
    people = _parents(np.arange(int(alone * 0.8) + 1), alone, chance, tail=3.2)
    holder[~entity] = firms + people
    loops = chance.choice(
        np.flatnonzero(entity), max(1, len(asset) // 500), replace=False
    )  # the child holds a little of its parent
    holder = np.concatenate([holder, asset[loops]])
    asset, band = np.concatenate([asset, holder[loops]]), np.concatenate([band, chance.integers(0, 2, len(loops))])
    _, once = np.unique(holder * (firms + alone + 2) + asset, return_index=True)
    once = once[holder[once] != asset[once]]
    kept = chance.permutation(once)[:stakes]
    return Web(holder=holder[kept], asset=asset[kept], band=band[kept], firms=firms, persons=int(people.max()) + 1)


def _bands(owners: Ints, chance: np.random.Generator):  # type: ignore[no-untyped-def]  # one array for each number of owners
    for count, table in ((1, _ALONE), (2, _TWO), (3, _THREE)):
        weights = np.array(list(table.values()))
        drawn = chance.choice(len(table), int((owners == count).sum()), p=weights / weights.sum())
        yield np.array(list(table), np.int64)[drawn].ravel()


def _parents(above: Ints, wanted: int, chance: np.random.Generator, tail: float = 2.2) -> Ints:
    """Owners drawn so that most have one child and a few very many."""
    some = chance.permutation(above)
    children = np.minimum(chance.zipf(tail, len(some)), _MOST_CHILDREN)
    rounds = wanted // max(1, int(children.sum())) + 1
    return chance.permutation(np.tile(np.repeat(some, children)[:wanted], rounds)[:wanted])
