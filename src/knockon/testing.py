"""Worlds written as text, for tests and for documentation.

>>> from datetime import date
>>> w = world("acme holds 60% of bolt since 2020 (registry)", on="2021-01-01")
>>> [(s.subject, str(s.value)) for s in w.states("holds_shares", object="bolt")]
[('acme', '60 %')]
"""

from __future__ import annotations

from datetime import date

from knockon.ledger import Ledger
from knockon.model.claim import Claim
from knockon.model.interval import parse_day
from knockon.sources.lines import parse_lines
from knockon.world import World

__all__ = ["claims", "world"]


def claims(text: str) -> tuple[Claim, ...]:
    """One claim a line; the grammar is docs/reference/lines.md."""
    return parse_lines(text)


def world(text: str, *, on: str | date = "2025-01-01", known: str | date | None = None, suppose: str = "") -> World:
    """A world in memory that holds the claims of ``text``, seen ``on`` a day with what was ``known`` by a day."""
    day = parse_day(on) if isinstance(on, str) else on
    heard = day if known is None else parse_day(known) if isinstance(known, str) else known
    ledger = Ledger.memory()
    ledger.add(claims(text), origin="text")
    return World(ledger, on=day, known=heard, supposed=parse_lines(suppose, said_on=heard))
