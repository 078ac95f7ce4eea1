"""What does one rule work on in a large world, whoever is listed: when does a share suffice, and what does a caught party bring with it?

Refuses to run anything; the fixpoints are those of ``cascade_columns``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knockon.analyses.column_web import ColumnWeb, Edges, Links
from knockon.analyses.regimes import Rule
from knockon.world.columns import BILLION

__all__ = ["Ways"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ways:
    """What a rule works on, whoever is listed."""

    rule: Rule
    web: ColumnWeb
    controls: Links
    joints: Links
    unreported: bool

    def meets(self, shares: Ints) -> Flags:
        threshold = int(self.rule.threshold * BILLION)
        return shares > threshold if self.rule.strict else shares >= threshold

    def beside(self, *, sure: bool) -> tuple[Edges, Edges]:
        """From one who is caught: to what it controls, and to the places in which its partners stand."""
        control = self.controls.sure if sure else np.ones(len(self.controls.one), bool)
        joint = self.joints.sure if sure else np.ones(len(self.joints.one), bool)
        one = np.concatenate([self.joints.one[joint], self.joints.other[joint]])
        other = np.concatenate([self.joints.other[joint], self.joints.one[joint]])
        over = np.tile(self.joints.over[joint], 2)
        places, at = self.web.places(other)
        mine = (over[at] < 0) | (over[at] == self.web.table.asset[self.web.slot[places]])
        return Edges(self.controls.one[control], self.controls.other[control]), Edges(one[at][mine], places[mine])
