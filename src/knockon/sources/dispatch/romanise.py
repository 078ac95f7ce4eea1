"""How is a Bulgarian name written in Latin letters? The transliteration law of 2009. Refuses letters that Bulgarian has not.

>>> romanise("Касъм-Жомарт Токаев"), romanise("София")
('Kasam-Zhomart Tokaev', 'Sofia')
"""

from __future__ import annotations

import re

from knockon.model.ids import EntityId, slug

__all__ = ["romanise", "slug_of"]

_LETTERS = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya".split(),
        strict=True,
    )
)


def romanise(text: str) -> str:
    """The text in Latin letters; a final "ия" becomes "ia", every other sign stays as it is."""
    text = re.sub(r"ия\b", "иa", re.sub(r"Ия\b", "Иa", text))
    out = []
    for sign in text:
        latin = _LETTERS.get(sign.lower(), sign)
        out.append(latin.capitalize() if sign.isupper() and sign.lower() in _LETTERS else latin)
    return "".join(out)


def slug_of(text: str) -> EntityId | None:
    """A readable id for a Bulgarian name, or ``None`` when no letter can stand in an id.

    >>> slug_of("Рейчъл Рийвс")
    'reychal_riyvs'
    """
    latin = romanise(text)
    return slug(latin) if re.search(r"[A-Za-z0-9]", latin) else None
