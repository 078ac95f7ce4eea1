"""Which relation frames does a language have? Compiles the [[frames]] rows of its table once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knockon.sources.dispatch.language import Language
from knockon.sources.dispatch.line import Pattern, pattern

__all__ = ["Emit", "Frame", "frames"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emit:
    """One claim that a frame makes; the notation of its parts is explained in the table."""

    predicate: str
    subject: str
    object: str
    value: str
    qualifiers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Patterns of one relation and the claims that they make."""

    name: str
    patterns: tuple[Pattern, ...]
    emits: tuple[Emit, ...]
    when: str
    sure: float
    unless: str
    own_mode: bool
    stated_only: bool
    affirmed_only: bool
    mode: str
    polarity: str


@lru_cache(maxsize=4)
def frames(language: Language) -> tuple[Frame, ...]:
    """All frames of a language, in the order of its table."""
    return tuple(
        Frame(
            name=row["name"],
            patterns=tuple(pattern(p, language.words) for p in row["patterns"]),
            emits=tuple(
                Emit(
                    predicate=e["p"],
                    subject=e["s"],
                    object=e.get("o", ""),
                    value=e.get("v", ""),
                    qualifiers=e.get("q", {}),
                )
                for e in row["emit"]
            ),
            when=row.get("when", "start"),
            sure=float(row.get("sure", 0.9)),
            unless=row.get("unless", ""),
            own_mode=bool(row.get("own_mode", False)),
            stated_only=bool(row.get("stated_only", False)),
            affirmed_only=bool(row.get("affirmed_only", False)),
            mode=row.get("mode", ""),
            polarity=row.get("polarity", ""),
        )
        for row in language.table["frames"]
    )
