"""Which ownership and control rule of which authority was in force on a day? Reads regimes.toml and measures.toml; refuses to guess a rule that is not there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

__all__ = ["Measure", "Rule", "measure", "measures", "rule_of", "rules_on"]


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
    basis: str
    aggregate: str
    unsettled: tuple[str, ...]
    joint: bool
    control: bool
    control_test: str
    rebuttable: tuple[str, ...]
    kinds: tuple[str, ...]
    chain: str
    outside: str
    gives: str
    gives_control: str
    part: bool
    frozen: str
    certainty: str
    title: str
    source: str
    read_on: date
    verified: bool
    note: str

    def meets(self, share: Decimal) -> bool:
        """Whether an exact share reaches the threshold."""
        return share > self.threshold if self.strict else share >= self.threshold

    @property
    def words(self) -> str:
        """The threshold in words, such as "50 % or more"."""
        number = format(self.threshold.normalize(), "f")
        return f"more than {number} %" if self.strict else f"{number} % or more"


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
            basis=row["basis"],
            aggregate=row["aggregate"],
            unsettled=tuple(row.get("unsettled", ())),
            joint=row.get("joint", False),
            control=row.get("control", False),
            control_test=row.get("control_test", ""),
            rebuttable=tuple(row.get("rebuttable", ())),
            kinds=tuple(row["kinds"]),
            chain=row["chain"],
            outside=row.get("outside", ""),
            gives=row["gives"],
            gives_control=row.get("gives_control", ""),
            part=row["part"],
            frozen=row.get("frozen", ""),
            certainty=row["certainty"],
            title=row["title"],
            source=row["source"],
            read_on=row["read_on"],
            verified=row["verified"],
            note=row["note"],
        )
        for row in table["rule"]
    )


def rules_on(day: date, authority: str | None = None) -> tuple[Rule, ...]:
    """The rule records in force on a day.

    >>> [r.id for r in rules_on(date(2025, 11, 11), "us-ofac")]
    ['us-ofac-50-blocking', 'us-ofac-50-sectoral']
    >>> [(r.id, r.words) for d in (date(2024, 7, 2), date(2024, 7, 3)) for r in rules_on(d, "eu") if "asset_freeze" in r.measures]
    [('eu-freeze-over-50', 'more than 50 %'), ('eu-freeze-50', '50 % or more')]
    """
    return tuple(
        r
        for r in _rules()
        if r.valid_from <= day and (r.valid_to is None or day < r.valid_to) and authority in (None, r.authority)
    )


def rule_of(wanted: str) -> Rule | None:
    """The rule record with this id, ``None`` where there is none."""
    return next((r for r in _rules() if r.id == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a measure does to the party listed for it; the fields are explained at the top of measures.toml."""

    word: str
    freezes: bool
    says: str


@cache
def measures() -> dict[str, Measure]:
    """Every measure by its name."""
    table = tomllib.loads((files("knockon.analyses") / "measures.toml").read_text("utf-8"))
    return {name: Measure(**row) for name, row in table.items()}


def measure(name: str) -> Measure:
    """One measure; one that the table does not know counts as a full listing, which never understates.

    >>> measure("sectoral").word, measure("something_new").word
    ('subject to sectoral restrictions', 'designated')
    """
    return measures().get(name, measures()["blocking"])
