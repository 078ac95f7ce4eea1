"""How does a file of a million claims get into a ledger? In parts, read and hashed by several processes, as one atomic load.

Refuses to keep anything of a load with unsound rows unless it is told to pass over them. What it makes is the same, to the
byte, as what ``Ledger.add`` makes of the same claims in the same order.
"""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from knockon.errors import BadClaim, Rejected
from knockon.ledger.ledger import Ledger, Load
from knockon.ledger.rows import row, table
from knockon.model.claim import Claim

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Bulk", "add_parts"]

P = TypeVar("P")
_FEW = 3  # parts that are not worth another process
_MOST_PROBLEMS = 1_000


class _Sheet(Protocol):
    """What reading one part gives: sound claims, titles of sources, and what is unsound."""

    claims: list[Claim]
    titles: dict[str, str]
    problems: list[BadClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What a load of many parts did; of unsound rows the first thousand are kept, and all are counted."""

    load: Load
    problems: tuple[BadClaim, ...]
    unsound: int


def add_parts(
    ledger: Ledger,
    parts: Iterable[P],
    read: Callable[[P], _Sheet],
    *,
    origin: str = "",
    skip_bad: bool = False,
    workers: int | None = None,
) -> Bulk:
    """Read the parts (``read`` must be a function of a module) and record their claims in order, as one load."""
    titles: dict[str, str] = {}
    problems: list[BadClaim] = []
    counts = {"sound": 0, "unsound": 0}

    def tables() -> Iterator[pa.Table]:
        for part in _all_read(parts, read, workers or min(os.cpu_count() or 1, 4)):
            for source, title in part.titles.items():
                titles.setdefault(source, title)
            counts["sound"] += part.sound
            counts["unsound"] += len(part.problems)
            problems.extend(BadClaim(p, where=w, hint=h) for p, w, h in part.problems[: _MOST_PROBLEMS - len(problems)])
            if part.table is not None and (skip_bad or not problems):
                yield part.table
        if problems and not skip_bad:
            raise Rejected(problems, counts["sound"], counts["unsound"])

    load = ledger.record(tables(), titles=titles, origin=origin)
    return Bulk(load=load, problems=tuple(problems), unsound=counts["unsound"])


@dataclass(slots=True)
class _Part:
    table: Any
    titles: dict[str, str]
    problems: list[tuple[str, str, str]]
    sound: int


def _read(read: Callable[[P], _Sheet], part: P) -> _Part:
    sheet = read(part)
    made = table([row(claim) for claim in sheet.claims]) if sheet.claims else None
    return _Part(made, sheet.titles, [(p.problem, p.where, p.hint) for p in sheet.problems], len(sheet.claims))


def _read_away(read: Callable[[P], _Sheet], part: P) -> _Part:
    """In another process: the table travels as the bytes of an Arrow stream."""
    import pyarrow as pa

    done = _read(read, part)
    if done.table is not None:
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, done.table.schema) as writer:
            writer.write_table(done.table)
        done.table = sink.getvalue()
    return done


def _all_read(parts: Iterable[P], read: Callable[[P], _Sheet], workers: int) -> Iterator[_Part]:
    rest = iter(parts)
    first = list(islice(rest, _FEW + 1))
    if workers < 2 or len(first) <= _FEW:
        yield from (_read(read, part) for part in chain(first, rest))
        return
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor

    import pyarrow as pa

    # a fresh process, not a fork: the ledger's own threads must not be copied half way through their work
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[Future[_Part]] = deque()
        for part in chain(first, rest):
            waiting.append(pool.submit(_read_away, read, part))
            if len(waiting) > workers + 1:  # no more than a few parts are ever in memory
                yield _opened(waiting.popleft().result(), pa)
        while waiting:
            yield _opened(waiting.popleft().result(), pa)


def _opened(done: _Part, pa: Any) -> _Part:
    if done.table is not None:
        done.table = pa.ipc.open_stream(done.table).read_all()
    return done
