"""What does knockon know before you add anything? Real, sourced claims as CSV that a person can review, one file a topic.

Refuses a row that is not sound: the package must not ship one.

>>> len(sheet().claims) > 500
True
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from knockon.errors import Rejected
from knockon.ledger.ledger import Ledger
from knockon.sources.csv_ import Sheet, parse_csv

__all__ = ["fill", "ledger", "sheet"]


@cache
def sheet() -> Sheet:
    """All reference claims, in the order of the files' names."""
    whole = Sheet()
    for entry in sorted(files("knockon.reference").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".csv"):
            part = parse_csv(entry.read_text("utf-8"), f"reference/{entry.name}")
            whole.claims += part.claims
            whole.titles |= part.titles
            whole.problems += part.problems
    if whole.problems:
        raise Rejected(whole.problems, len(whole.claims))
    return whole


def fill(target: Ledger) -> None:
    """Record the reference claims in a ledger; those that it has add nothing."""
    found = sheet()
    target.add(found.claims, titles=found.titles, origin="reference")


def ledger() -> Ledger:
    """A ledger in memory that holds the reference world."""
    made = Ledger.memory()
    fill(made)
    return made
