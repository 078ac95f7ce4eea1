"""What do a printed day and a printed name say? Days in the shapes that lists use; names with Latin letters in Cyrillic words.

Refuses a day it cannot read; partial days stay partial. A name is never changed: what is folded is an alias beside it.
"""

from __future__ import annotations

import re
from datetime import date

from knockon.errors import BadDay
from knockon.model.interval import Moment

__all__ = ["folded", "printed_day"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
_WORDED = re.compile(r"(?:(\d{1,2}) )?([A-Za-z]{3,9})\.? (\d{4})\Z")
_FULL = "january february march april may june july august september october november december".split()

_LATIN = "ABCEHIKMOPTXYaceiopxy"
_CYRILLIC = "АВСЕНІКМОРТХУасеіорху"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_WORD = re.compile(r"[^\W\d_]+")
_IS_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_IS_LATIN = re.compile(r"[A-Za-z]")


def printed_day(text: str) -> Moment:
    """The day that a list prints: ISO (also partial), dotted, or with the month's name.

    >>> str(printed_day("17.3.2014")), str(printed_day("26 Feb. 2011")), str(printed_day("2011-02"))
    ('2014-03-17', '2011-02-26', '2011-02')
    """
    text = " ".join(text.split())
    try:
        if m := _DOTTED.match(text):
            return Moment.day(date(int(m[3]), int(m[2]), int(m[1])))
        if m := _WORDED.match(text):
            month = _month(m[2], text)
            if m[1] is None:
                return Moment.parse(f"{m[3]}-{month:02}")
            return Moment.day(date(int(m[3]), month, int(m[1])))
    except ValueError:
        raise BadDay(text, "is not a day of the calendar") from None
    return Moment.parse(text)


def _month(word: str, text: str) -> int:
    low = word.lower()
    if low == "sept":
        low = "sep"
    if low in _MONTHS:
        return _MONTHS.index(low) + 1
    if low in _FULL:
        return _FULL.index(low) + 1
    raise BadDay(text, f'has no month that is called "{word}"')


def folded(name: str) -> str:
    """The name with Latin letters that look Cyrillic turned into Cyrillic ones, in words that are mostly Cyrillic.

    >>> folded("OОО Заря") == "ООО Заря", folded("Acme ОАО") == "Acme ОАО"
    (True, True)
    """
    if not (_IS_CYRILLIC.search(name) and _IS_LATIN.search(name)):
        return name
    return _WORD.sub(_fold_word, name)


def _fold_word(found: re.Match[str]) -> str:
    word = found[0]
    if not (_IS_CYRILLIC.search(word) and _IS_LATIN.search(word)):
        return word
    made = word.translate(_TO_CYRILLIC)
    return word if _IS_LATIN.search(made) else made
