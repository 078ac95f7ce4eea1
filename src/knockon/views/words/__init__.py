"""In which words is an answer told? Sentences with named fields, one file a language; a linguist can review them.

Refuses a sentence or a field that a file does not have: a test holds the languages to the same keys and fields.

>>> words("en").say("date.on_day", day="22 October 2025")
'on 22 October 2025'
>>> words("bg").word("status", "designated")
'в санкционния списък'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knockon.errors import Refused

__all__ = ["LANGUAGES", "Words", "words"]

LANGUAGES = ("en", "bg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The sentences and labels of one language, by table and key."""

    lang: str
    table: Mapping[str, Any]

    def say(self, key: str, **fields: object) -> str:
        """A sentence with its fields filled in; ``key`` is table and name with a dot between."""
        table, _, name = key.partition(".")
        # an abbreviation's full stop ("2025 г.") also ends the sentence
        return str(self.table[table][name]).format(**fields).replace("г..", "г.")

    def word(self, table: str, name: str) -> str:
        """A label; a word that the table does not have is shown as it is, with spaces."""
        return str(self.table[table].get(name, name.replace("_", " ")))

    def has(self, table: str, name: str) -> bool:
        """Whether a table has a name."""
        return name in self.table[table]


@cache
def words(lang: str) -> Words:
    """The words of a language, or an error that lists those there are."""
    if lang not in LANGUAGES:
        raise Refused(f'answers are not told in "{lang}"', f"choose one of {', '.join(LANGUAGES)}")
    table = tomllib.loads((files("knockon.views") / "words" / f"{lang}.toml").read_text("utf-8"))
    return Words(lang=lang, table=table)
