"""What a fixpoint over columns has seen and added up so far: by a plain key where one run covers all, sorted where many runs share it.

Refuses floats: sums are of whole billionths of a percent.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Seen", "Sums"]

Ints = npt.NDArray[np.int64]


class Seen:
    """A growing set of keys below ``count``; ``dense`` keeps a flag for each of them, else those there are, sorted."""

    __slots__ = ("_flags", "_keys")

    def __init__(self, count: int, *, dense: bool) -> None:
        self._flags = np.zeros(count, bool) if dense else None
        self._keys = np.zeros(0, np.int64)

    def new(self, keys: Ints) -> Ints:
        """Add keys; returns those that were not there, each once, in order."""
        some = np.unique(keys)
        if self._flags is not None:
            fresh: Ints = some[~self._flags[some]]
            self._flags[fresh] = True
            return fresh
        some = some[~_among(self._keys, some)]
        self._keys = _merged(self._keys, some)
        return some

    @property
    def keys(self) -> Ints:
        """All keys, sorted."""
        return np.flatnonzero(self._flags) if self._flags is not None else self._keys


class Sums:
    """Whole numbers by key, 0 where nothing was added."""

    __slots__ = ("_keys", "_values", "dense")

    def __init__(self, count: int, *, dense: bool) -> None:
        self.dense = dense
        self._keys = np.zeros(0, np.int64)
        self._values = np.zeros(count if dense else 0, np.int64)

    def add(self, keys: Ints, values: Ints) -> None:
        """Add values, where keys may come more than once."""
        if self.dense:
            np.add.at(self._values, keys, values)
            return
        some, place = np.unique(keys, return_inverse=True)
        fresh = some[~_among(self._keys, some)]
        if len(fresh):
            at = np.searchsorted(self._keys, fresh)
            self._keys = np.insert(self._keys, at, fresh)
            self._values = np.insert(self._values, at, 0)
        np.add.at(self._values, np.searchsorted(self._keys, some)[place], values)

    def get(self, keys: Ints) -> Ints:
        """The sums of some keys."""
        if self.dense:
            return self._values[keys]
        if not len(self._keys):
            return np.zeros(len(keys), np.int64)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        out: Ints = np.where(self._keys[at] == keys, self._values[at], 0)
        return out

    @property
    def keys(self) -> Ints:
        """Every key that something was added to (of a dense one: that is not 0)."""
        return np.flatnonzero(self._values) if self.dense else self._keys


def _among(known: Ints, some: Ints) -> npt.NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(some), bool)
    at = np.minimum(np.searchsorted(known, some), len(known) - 1)
    out: npt.NDArray[np.bool_] = known[at] == some
    return out


def _merged(known: Ints, some: Ints) -> Ints:
    return np.insert(known, np.searchsorted(known, some), some) if len(known) else some
