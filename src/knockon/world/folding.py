"""When do two names read the same? Letter case, quotation marks, accents, legal forms and the order of words are passed over.

Refuses to decide who is who: equal names are a reason to ask a person, no more. The tables are ``folding.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["folded"]

_WORD = re.compile(r"[^\W_]+|&")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_DROPPED = re.compile(r"(?<=\w)[.'’`ʼ](?=\w)|\.")


@cache
def _tables() -> tuple[re.Pattern[str], dict[str, str], dict[int, str]]:
    table: dict[str, Any] = tomllib.loads((files("knockon.world") / "folding.toml").read_text("utf-8"))
    forms = sorted(table["forms"], key=lambda form: (-len(form), form))
    either = re.compile(rf"(?<!\S)(?:{'|'.join(re.escape(form) for form in forms)})(?!\S)")
    return either, table["same"], str.maketrans(table["alike"])


def folded(name: str) -> str:
    """A name as it is compared; the name itself where nothing but a legal form would be left out of it.

    >>> folded("Limited Liability Company ‘Lukoil-Western Siberia’")
    'lukoil siberia west'
    >>> folded("ПAO «Роснефть»") == folded("Роснефть, ПАО")
    True
    """
    forms, same, alike = _tables()
    words = [_letters(word, alike) for word in _WORD.findall(_DROPPED.sub("", name.casefold()))]
    whole = " ".join(same.get(word, word) for word in words)
    bare = [word for word in forms.sub(" ", whole).split() if word != "&"]
    return " ".join(sorted(bare or whole.split()))


def _letters(word: str, alike: dict[int, str]) -> str:
    if _CYRILLIC.search(word):
        return word.translate(alike).replace("ё", "е")
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
