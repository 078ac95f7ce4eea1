"""Which text is in these bytes, and how does it read with one spelling for each sign? Keeps every offset to the original.

Refuses what is empty, binary, larger than 2 MB or not Bulgarian, and says which.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from knockon.errors import BadFile

__all__ = ["LIMIT", "Clean", "check_language", "decode", "normalise"]

LIMIT = 2_000_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKALIKE = str.maketrans("ABEKMHOPCTXYaeopcyx", "АВЕКМНОРСТХУаеорсух")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN_FOLDS = re.compile(r"[ABEKMHOPCTXYaeopcyx]")
_SIGNS = {
    **dict.fromkeys("„“”«»‟❝❞〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛`´", "'"),
    **dict.fromkeys("–—‒―−‐‑", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\t", " "),
    "№": "№",
    "…": "…",
}
_DROP_CAP = re.compile(r"\A\s*(?:date \d{4}-\d{2}-\d{2}\s+)?[БГДЕЖЗЙКЛМНПРТФХЦЧШЩЮЯ]( )(?=[а-я]{2})")
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\ufeff")


@dataclass(frozen=True, slots=True)
class Clean:
    """Normalised text; ``origin[i]`` is where sign ``i`` begins in the original, with one more entry for the end."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for a span of the clean text."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


def decode(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """The text in a file's bytes, and notes on what was odd.

    >>> decode("Ройтерс съобщава за срещата".encode("cp1251"), "a.txt")
    ('Ройтерс съобщава за срещата', ('read as Windows-1251 (cp1251), since it is not UTF-8',))
    """
    if len(data) > LIMIT:
        raise BadFile(
            where, f"has {len(data):,} bytes, more than {LIMIT:,}", "give one dispatch, not an archive of them"
        )
    if not data.strip():
        raise BadFile(where, "is empty", "give a file with the text of a dispatch")
    text, notes = _decoded(data, where)
    if not text.strip(" \r\n\t\ufeff"):
        raise BadFile(where, "is empty", "give a file with the text of a dispatch")
    odd = sum(1 for c in text if unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\r\n\t\f")
    if odd > max(2, len(text) // 200):
        raise BadFile(where, "is not text (it holds control signs)", "save the page as plain text and give that")
    mixed = sorted(set(_mixed_words(text)))
    if mixed:
        shown = ", ".join(mixed[:5]) + (" …" if len(mixed) > 5 else "")
        notes.append(f"Latin look-alikes inside Cyrillic words, read as Cyrillic: {shown}")
    return text, tuple(notes)


def _decoded(data: bytes, where: str) -> tuple[str, list[str]]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), ([f"read as {name.upper()} by its byte order mark"] if "16" in name else [])
            except UnicodeDecodeError:
                raise BadFile(where, "begins as Unicode but cannot be read as such", "save it again as UTF-8") from None
    if b"\0" in data[:4000]:
        even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
        order = "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else ""
        high = data[1:4000:2] if order == "utf-16-le" else data[0:4000:2]
        if order and high.count(4) + high.count(0) > 0.9 * len(high):
            return data.decode(order, "replace"), [f"read as {order.upper()}, without a byte order mark"]
        raise BadFile(where, "is not text (it holds zero bytes)", "save the page as plain text and give that")
    high = data[:4000]
    if sum(1 for b in high if b in (0x04, 0x00)) > 0.3 * len(high):
        return data.decode("utf-16-le", "replace"), ["read as UTF-16-LE, without a byte order mark"]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    text = data.decode("cp1251", "replace")
    letters = sum(1 for c in text if "а" <= c.lower() <= "я")
    if letters < 0.4 * len(text):
        raise BadFile(
            where, "is neither UTF-8 nor UTF-16 nor Cyrillic Windows-1251 text", "save the page as UTF-8 text"
        )
    return text, ["read as Windows-1251 (cp1251), since it is not UTF-8"]


def _mixed_words(text: str) -> Iterable[str]:
    return (w for w in _WORD.findall(text) if _is_mixed(w))


def _is_mixed(word: str) -> bool:
    """Cyrillic letters with Latin ones among them that all have a Cyrillic double."""
    cyrillic = len(_CYRILLIC.findall(word))
    latin = [c for c in word if c.isascii()]
    return cyrillic > 0 and bool(latin) and all(_LATIN_FOLDS.match(c) for c in latin)


def normalise(text: str) -> Clean:
    """One sign for each quote, dash and space; Latin look-alikes folded inside Cyrillic words; composed letters.

    >>> normalise("„Лyкойл“ – 50 %").text
    '"Лукойл" - 50 %'
    """
    signs: list[str] = []
    origin: list[int] = []
    for at, sign in enumerate(text):
        if sign in _DROPPED:
            continue
        if unicodedata.combining(sign) and signs:
            joined = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(joined) == 1:
                signs[-1] = joined
            continue  # stress marks over vowels have no composed form in Cyrillic: left out
        made = _SIGNS.get(sign) or unicodedata.normalize("NFC", sign)
        signs.append(made if len(made) == 1 else sign)
        origin.append(at)
    origin.append(len(text))
    flat = _WORD.sub(lambda m: m[0].translate(_LOOKALIKE) if _is_mixed(m[0]) else m[0], "".join(signs))
    cap = _DROP_CAP.search(flat)
    if cap is not None:
        flat = flat[: cap.start(1)] + flat[cap.end(1) :]
        del origin[cap.start(1) : cap.end(1)]
    return Clean(flat, tuple(origin))


_MARKS = {
    "ru": re.compile(r"[ыэё]"),
    "uk": re.compile(r"[іїєґ]"),
    "kk": re.compile(r"[әғқңөұүһ]"),
    "sr": re.compile(r"[ђћџљњј]"),
}
_COMMON = re.compile(r"\b(?:на|се|от|че|за|да|са|със|във|като|ще|които|който|която)\b", re.IGNORECASE)
_NAMES = {
    "ru": "Russian",
    "uk": "Ukrainian",
    "kk": "Kazakh",
    "sr": "Serbian or Macedonian",
    "en": "English",
    "bg": "Bulgarian",
}


def check_language(text: str, where: str) -> None:
    """Raise ``BadFile`` naming the language found where a text is not Bulgarian; sure texts load no language model."""
    letters = [c for c in text.lower() if c.isalpha()]
    words = max(1, len(text.split()))
    cyrillic = sum(1 for c in letters if "\u0400" <= c <= "\u04ff")
    foreign = {lang: len(mark.findall(text.lower())) for lang, mark in _MARKS.items()}
    odd = sum(foreign.values())
    if (
        letters
        and cyrillic > 0.5 * len(letters)
        and odd <= 0.002 * len(letters)
        and len(_COMMON.findall(text)) >= 0.05 * words
    ):
        return
    found = (
        max(foreign, key=lambda k: foreign[k]) if cyrillic > 0.5 * len(letters) and odd > 0.01 * len(letters) else ""
    )
    if not found:
        import py3langid  # loads for two seconds: only where letters and words did not tell

        found = str(py3langid.classify(text[:4000])[0])
        if found == "bg" or (found in ("mk", "sr", "ru", "uk") and odd == 0 and cyrillic > 0.8 * max(1, len(letters))):
            return
    name = _NAMES.get(found, f'the language "{found}"')
    raise BadFile(
        where, f"is not Bulgarian: {name} was found", "give a Bulgarian dispatch; other languages are not read yet"
    )
