"""What is a chart before it is drawn? Its words, its rows as a table, and what to draw at a width; or why it is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knockon.model.ids import ClaimId
from knockon.views.words import Words, words

__all__ = ["Picture", "Row", "Swatch", "page_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table beside a chart, and the claims that its numbers rest on."""

    cells: tuple[str, ...]
    because: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """One colour of a chart, by its name in the palette, and what it stands for."""

    paint: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart to draw. ``section`` is the key of the section that it belongs to; ``left_out`` says why there is none."""

    key: str
    section: str
    title: str
    intro: str = ""
    desc: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    legend: tuple[Swatch, ...] = ()
    left_out: str = ""
    spec: Callable[[int], dict[str, Any]] | None = None


@cache
def page_words(lang: str) -> Words:
    """What the page itself says, in the language of the answer.

    >>> page_words("en").say("page.contents")
    'Contents'
    """
    import tomllib

    known = words(lang)
    text = (files("knockon.views") / "templates" / f"page.{known.lang}.toml").read_text("utf-8")
    return Words(lang=known.lang, table=tomllib.loads(text))
