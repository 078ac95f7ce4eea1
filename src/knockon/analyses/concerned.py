"""On which stakes of a large world do the verdicts of a rule turn? Those are read as slots; the others never become objects.

Refuses to judge: verdicts and proofs are worked out from these slots as in a small world.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import cast

import numpy as np

from knockon.analyses.cascade_columns import reach_columns
from knockon.analyses.column_web import ColumnWeb, Links
from knockon.analyses.regimes import Rule
from knockon.model.ids import EntityId
from knockon.world import World
from knockon.world.columns import codes_of, columns, names_of, with_pending
from knockon.world.control import Control, Joint
from knockon.world.stakes import Slot, pending_slots, slots

__all__ = ["concerned", "web_of"]


def web_of(world: World, kinds: tuple[str, ...]) -> ColumnWeb:
    """The stakes of a world, and those that may be there, with their indexes; built once.

    >>> from knockon.testing import world
    >>> len(web_of(world("acme holds 50% of bolt since 2020 (registry)"), ("holds_shares",)).table)
    1
    """
    key = ("column web", *kinds)
    if key not in world.memo:
        world.memo[key] = ColumnWeb(with_pending(world, columns(world, kinds), kinds))
    return cast(ColumnWeb, world.memo[key])


def concerned(
    world: World,
    rule: Rule,
    listed: Iterable[EntityId],
    maybe: Iterable[EntityId],
    wanted: Collection[EntityId] | None,
    controls: Sequence[Control] = (),
    joints: Sequence[Joint] = (),
) -> tuple[Slot, ...]:
    """The slots on which the verdicts of a large world turn: of assets in which one who is or may be caught has a part, or that may be caught.

    With ``wanted``, of those parties and of what stands above them; ``cascade`` then works out verdicts and proofs from these alone.
    """
    web = web_of(world, rule.kinds)
    table = web.table
    listed, maybe = list(listed), list(maybe)
    members = {n for c in controls for n in (c.holder, c.asset)} | {
        n for j in joints for n in (j.one, j.other, j.over) if n
    }
    code = codes_of(world, table, {*listed, *maybe, *(wanted or ()), *members})
    told = Links.of((code[c.holder], code[c.asset], -1, c.sure) for c in controls if {c.holder, c.asset} <= code.keys())
    mates = Links.of(
        (code[j.one], code[j.other], code[j.over] if j.over else -1, j.sure)
        for j in joints
        if {j.one, j.other, j.over or j.one} <= code.keys()
    )
    if wanted is None:
        seeds, perhaps = [code[p] for p in listed if p in code], [code[p] for p in maybe if p in code]
        reached = reach_columns(rule, web, seeds, perhaps, unreported=True, controls=told, joints=mates)
        found = reached.hit | reached.possibly
    else:
        found = np.zeros(table.size, bool)
        found[web.above([code[w] for w in wanted if w in code], told.joined(mates))] = True
    assets = {EntityId(name) for name in names_of(world, table, np.flatnonzero(found).tolist()).values()}
    more = pending_slots(world, rule.kinds)
    return (*slots(world, rule.kinds, assets=assets), *(s for s in more if s.asset in assets))
