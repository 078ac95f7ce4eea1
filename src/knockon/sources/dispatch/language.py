"""What does a language's table say? Loads languages/<code>.toml once and compiles it. Holds no rule of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["Country", "Language", "language"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One row of the table of countries: its slug, names, stems of its adjectives, capital (slug and name)."""

    slug: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: str
    capital_slug: str
    region: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The tables of one language, ready to use; ``table`` is the raw content for the module that owns a part of it."""

    code: str
    table: Mapping[str, Any]
    words: Mapping[str, tuple[str, ...]]
    finite: re.Pattern[str]
    abbreviations: frozenset[str]
    ending_abbreviations: frozenset[str]
    countries: tuple[Country, ...]


@lru_cache(maxsize=4)
def language(code: str = "bg") -> Language:
    """The tables of a language.

    >>> language("bg").code
    'bg'
    """
    table = tomllib.loads((files("knockon.sources.dispatch") / "languages" / f"{code}.toml").read_text("utf-8"))
    text = table["text"]
    finite = re.compile(r"\b(?:" + "|".join(text["finite"]) + r")\b")
    return Language(
        code=code,
        table=table,
        words={
            name: tuple(row.split()) if isinstance(row, str) else tuple(row) for name, row in table["words"].items()
        },
        finite=finite,
        abbreviations=frozenset(text["abbreviations"].split()),
        ending_abbreviations=frozenset(text["ending_abbreviations"].split()),
        countries=tuple(_country(row) for row in table["names"]["countries"]),
    )


def _country(row: str) -> Country:
    slug, names, adjectives, capital, *more = (part.strip() for part in row.split("|"))
    name, _, capital_slug = capital.partition("=")
    return Country(
        slug=slug,
        names=tuple(n.strip() for n in names.split(";") if n.strip()),
        adjectives=tuple(adjectives.split()),
        capital=name.strip(),
        capital_slug=capital_slug.strip(),
        region=bool(more and more[0] == "region"),
    )
