"""Which ownership rule of which authority was in force on a day? Reads regimes.toml; refuses to guess a rule that is not there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

__all__ = ["Rule", "rules_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule record; the fields are explained at the top of regimes.toml."""

    id: str
    authority: str
    measures: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    threshold: Decimal
    strict: bool
    aggregate: str
    kinds: tuple[str, ...]
    chain: str
    gives: str
    part: bool
    certainty: str
    title: str
    source: str
    read_on: date
    note: str

    def meets(self, share: Decimal) -> bool:
        """Whether an exact share reaches the threshold."""
        return share > self.threshold if self.strict else share >= self.threshold


@cache
def _rules() -> tuple[Rule, ...]:
    table = tomllib.loads((files("knockon.analyses") / "regimes.toml").read_text("utf-8"))
    return tuple(
        Rule(
            id=row["id"],
            authority=row["authority"],
            measures=tuple(row["measures"]),
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            threshold=Decimal(row["threshold"]),
            strict=row["strict"],
            aggregate=row["aggregate"],
            kinds=tuple(row["kinds"]),
            chain=row["chain"],
            gives=row["gives"],
            part=row["part"],
            certainty=row["certainty"],
            title=row["title"],
            source=row["source"],
            read_on=row["read_on"],
            note=row["note"],
        )
        for row in table["rule"]
    )


def rules_on(day: date, authority: str | None = None) -> tuple[Rule, ...]:
    """The rule records in force on a day.

    >>> [r.id for r in rules_on(date(2025, 11, 11), "us-ofac")]
    ['us-ofac-50-blocking', 'us-ofac-50-sectoral']
    """
    return tuple(
        r
        for r in _rules()
        if r.valid_from <= day and (r.valid_to is None or day < r.valid_to) and authority in (None, r.authority)
    )
