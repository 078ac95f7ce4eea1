"""What words may a claim use, and with which types, values and units? Reads predicates.toml, types.toml, units.toml.

Refuses unknown predicates, wrong units, percentages outside 0..100 and qualifiers that a predicate does not declare.

>>> vocabulary()["holds_shares"].kind
'state'
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from knockon.errors import BadClaim, BadQuantity, Refused, UnknownPredicate
from knockon.model.claim import Claim
from knockon.model.quantity import Quantity

__all__ = ["Predicate", "check", "convert", "crude_note", "predicate", "rank_of", "type_is", "vocabulary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """One word of the vocabulary; the fields are explained at the top of predicates.toml."""

    name: str
    kind: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    value: str
    optional_value: bool
    slot: tuple[str, ...]
    qualifiers: tuple[str, ...]
    competent: str
    stale: int
    inverse: str
    ftm: str
    says: str


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("knockon.model") / name).read_text("utf-8"))


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Predicate]:
    """Every predicate by its name."""
    return {
        name: Predicate(
            name=name,
            kind=row["kind"],
            subject=tuple(row["subject"].split()),
            object=tuple(row["object"].split()),
            value=row["value"].removesuffix("?"),
            optional_value=row["value"].endswith("?"),
            slot=tuple(row["slot"]),
            qualifiers=tuple(row["qualifiers"]),
            competent=row.get("competent", ""),
            stale=row["stale"],
            inverse=row["inverse"],
            ftm=row["ftm"],
            says=row["says"],
        )
        for name, row in _table("predicates.toml").items()
    }


def predicate(name: str) -> Predicate:
    """One predicate, or an error that offers near ones."""
    found = vocabulary().get(name)
    if found is None:
        raise UnknownPredicate(name, vocabulary())
    return found


@lru_cache(maxsize=1)
def _units() -> dict[str, Any]:
    return _table("units.toml")


@lru_cache(maxsize=1)
def _types() -> dict[str, Any]:
    return dict(_table("types.toml")["types"])


def type_is(kind: str, wanted: str) -> bool:
    """Whether an entity of type ``kind`` may stand where the vocabulary says ``wanted``."""
    return wanted == kind or wanted in _types().get(kind, {"is": ()})["is"]


def rank_of(kind: str) -> int:
    """Whose word weighs more (R16): 0 act or register, 1 operator or company, 2 statistics, 3 press and unknown."""
    return int(_types().get(kind, {"rank": 3})["rank"])


def check(claim: Claim) -> None:
    """Raise ``BadClaim`` where a claim does not follow the vocabulary; returns nothing otherwise."""
    word = predicate(claim.predicate)
    if claim.object is None and "" not in word.object and word.object and not _object_optional(word):
        raise BadClaim(f'"{word.name}" needs an object', column="object")
    if claim.object is not None and not word.object:
        raise BadClaim(f'"{word.name}" takes no object, found "{claim.object}"', column="object")
    for key, _ in claim.qualifiers:
        if key not in word.qualifiers:
            allowed = ", ".join(word.qualifiers) or "none"
            raise BadClaim(f'"{word.name}" has no qualifier "{key}"', hint=f"it takes: {allowed}", column="qualifiers")
    _check_value(word, claim.value)


def _object_optional(word: Predicate) -> bool:
    return word.kind in ("flow", "event")


def _check_value(word: Predicate, value: Quantity | str | None) -> None:
    if value is None:
        if word.value and not word.optional_value:
            raise BadClaim(f'"{word.name}" needs a value ({word.value})', column="value")
        return
    if not word.value:
        raise BadClaim(f'"{word.name}" takes no value, found "{value}"', column="value")
    if word.value == "text":
        if not isinstance(value, str):
            raise BadClaim(f'"{word.name}" takes text, found the number "{value}"', column="value")
        return
    if isinstance(value, str):
        raise BadClaim(f'"{word.name}" takes a number ({word.value}), found the text "{value[:60]}"', column="value")
    unit = _units()["units"].get(value.unit)
    if unit is None:
        raise BadClaim(
            f'unknown unit "{value.unit}"', hint=f"known units: {', '.join(_units()['units'])}", column="value"
        )
    if unit["dimension"] not in _units()["kinds"][word.value]:
        wanted = ", ".join(_units()["kinds"][word.value])
        raise BadClaim(f'"{word.name}" takes {wanted}, found "{value}" ({unit["dimension"]})', column="value")
    if unit["dimension"] == "share":
        for end in (value.low, value.high):
            if end is not None and not 0 <= end <= 100:
                raise BadClaim(f'a share of "{value}" is outside 0..100 %', column="value")
    elif value.low is not None and value.low < 0:
        raise BadClaim(f'"{value}" is below zero', column="value")


def dimension(unit: str) -> str:
    """What a unit measures, such as "mass rate"."""
    row = _units()["units"].get(unit)
    if row is None:
        raise BadQuantity(unit, "is not a known unit")
    return str(row["dimension"])


def crude_note() -> str:
    """The sentence that goes beside every figure converted between tonnes and barrels."""
    return f"at {_units()['crude']['barrels_per_tonne']} barrels a tonne"


def convert(number: Decimal, unit: str, to: str) -> Decimal:
    """An exact conversion within a dimension, or through the crude factor between tonnes and barrels (state it).

    >>> convert(Decimal(1), "Mt/y", "t/y")
    Decimal('1000000')
    """
    units, crude = _units()["units"], _units()["crude"]
    a, b = dimension(unit), dimension(to)
    base = number * Decimal(units[unit]["factor"])
    barrels, year = Decimal(crude["barrels_per_tonne"]), Decimal(crude["days_per_year"])
    bridge = {
        ("mass", "oil volume"): barrels,
        ("oil volume", "mass"): 1 / barrels,
        ("mass rate", "oil rate"): barrels / year,
        ("oil rate", "mass rate"): year / barrels,
    }
    if a != b:
        if (a, b) not in bridge:
            raise Refused(
                f"{unit} ({a}) cannot be turned into {to} ({b})",
                "only the same dimension converts, and crude between tonnes and barrels",
            )
        base *= bridge[(a, b)]
    return base / Decimal(units[to]["factor"])
