"""Is a ledger what it says it is? Re-derives every id, every column and every seal from the claims themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knockon.errors import KnockonError, LedgerDamaged
from knockon.ledger.ledger import Ledger
from knockon.ledger.rows import COLUMNS, from_body, row
from knockon.ledger.sql import query
from knockon.ledger.stakes import has_stakes

__all__ = ["Verified", "verify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was checked and found sound."""

    claims: int
    loads: int
    at: int


def verify(ledger: Ledger) -> Verified:
    """Check every row and every seal; raises ``LedgerDamaged`` naming the first that does not fit.

    >>> with Ledger.memory() as ledger:
    ...     verify(ledger).claims
    0
    """
    count = _check_rows(ledger)
    loads = _check_seals(ledger)
    if count != ledger.at:
        raise LedgerDamaged(ledger.path, f"holds {count} claims, but its position is {ledger.at}: rows are missing")
    _check_stakes(ledger)
    return Verified(claims=count, loads=loads, at=ledger.at)


def _check_rows(ledger: Ledger) -> int:
    names = [name for name, _ in COLUMNS]
    coded = {"subject": "s.id", "object": "o.id", "origin": "w.id"}
    columns = ", ".join(coded.get(name, f"c.{name}") for name in names)
    found = ledger.connection.cursor().execute(
        f"select c.seq, {columns} from claims c left join entities s on s.code = c.subject "  # noqa: S608  our own column names
        "left join entities o on o.code = c.object left join entities w on w.code = c.origin order by c.seq"
    )
    count = 0
    while chunk := found.fetchmany(20_000):
        for seq, *stored in chunk:
            _check_row(ledger, seq, dict(zip(names, stored, strict=True)))
            count += 1
    return count


def _check_row(ledger: Ledger, seq: int, stored: dict[str, Any]) -> None:
    try:
        derived = dict(zip((name for name, _ in COLUMNS), row(from_body(stored["body"])), strict=True))
    except (KnockonError, ValueError) as fault:
        raise LedgerDamaged(ledger.path, f"claim {seq} cannot be read ({fault})") from None
    wrong = [name for name, value in derived.items() if value != stored[name]]
    if wrong:
        raise LedgerDamaged(
            ledger.path, f"claim {seq} ({stored['id']}): {', '.join(wrong)} do not follow from what it says"
        )


def _check_stakes(ledger: Ledger) -> None:
    """The stakes kept as numbers are those that follow from the claims; a ledger of the first layout keeps none."""
    if not has_stakes(ledger.connection):
        return
    derived = query("knockon.ledger", "stakes")
    for one, other in (("from stakes", f"({derived})"), (f"({derived})", "from stakes")):
        found = ledger.connection.execute(
            f"select seq from (({one}) except all ({other})) order by seq limit 1",  # noqa: S608  our own queries
            {"before": 0},
        ).fetchone()
        if found:
            raise LedgerDamaged(
                ledger.path, f"claim {found[0]}: its stake as a number does not follow from what it says"
            )


def _check_seals(ledger: Ledger) -> int:
    loads = ledger.connection.execute("select load, first, last, chain from loads order by load").fetchall()
    previous, expected = "", 1
    for load, first, last, chain in loads:
        if first != expected or last < first:
            raise LedgerDamaged(ledger.path, f"load {load} covers {first}..{last}, expected it to begin at {expected}")
        if ledger.seal(first - 1, last, previous) != chain:
            raise LedgerDamaged(
                ledger.path, f"the seal of load {load} does not fit its claims: a row was changed, moved or lost"
            )
        previous, expected = chain, last + 1
    if expected != ledger.at + 1:
        raise LedgerDamaged(ledger.path, f"claims after {expected - 1} belong to no load")
    return len(loads)
