"""Which editions of a list does a ledger hold? Asked before another is recorded; refuses to judge which of two is right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knockon.ledger.ledger import Ledger, query

__all__ = ["Held", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One edition as it was recorded; ``rows`` is ``None`` where nobody counted."""

    observed: date
    digest: str
    rows: int | None
    complete: bool


def held(ledger: Ledger, list: str) -> tuple[Held, ...]:  # noqa: A002  the word of the vocabulary
    """The editions of a list, earliest first.

    >>> from knockon.testing import claims
    >>> with Ledger.memory() as ledger:
    ...     done = ledger.add(claims('un edition "a1" list=consolidated complete=yes rows=3 (un, said 2024-01-10)'))
    ...     [(str(e.observed), e.digest, e.rows, e.complete) for e in held(ledger, "consolidated")]
    [('2024-01-10', 'a1', 3, True)]
    """
    found = ledger.connection.execute(query("knockon.ledger", "editions"), {"list": list}).fetchall()
    return tuple(Held(observed=day, digest=digest, rows=rows, complete=whole) for day, digest, rows, whole in found)
