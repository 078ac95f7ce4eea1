"""How is a report's text shown with the passages that carry claims marked in it? Offsets are characters of the original text.

Refuses to let a text act: what comes out are pieces of plain text for a template that escapes, with characters that reorder
or hide what a reader sees (bidirectional controls, zero-width and control characters) spelled out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Piece", "Span", "paragraphs", "pieces", "visible"]

#: joiners that some scripts need inside words, and the soft hyphen: they hide nothing and turn nothing round
_HARMLESS = frozenset("\u200c\u200d\u00ad\n\t")


@dataclass(frozen=True, slots=True)
class Span:
    """A passage from ``start`` up to, not on, ``end``, and what it carries (the id of a claim)."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the same claims on it; ``begins`` and ``ends`` are those whose passage begins or ends with it."""

    text: str
    keys: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def visible(text: str) -> str:
    """The text with every character that reorders or hides others spelled out.

    >>> visible("pay " + chr(0x202E) + "REVERSED" + chr(0))
    'pay ‹U+202E›REVERSED‹U+0000›'
    """
    if text.isprintable():
        return text
    return "".join(_spelled(c) for c in text)


def _spelled(char: str) -> str:
    if char in _HARMLESS or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"):
        return char
    return f"‹U+{ord(char):04X}›"


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a text at every boundary of every span, so that overlapping and nested passages each keep their own marks.

    >>> [(p.text, p.keys) for p in pieces("abcdef", [Span(0, 4, "x"), Span(2, 6, "y")])]
    [('ab', ('x',)), ('cd', ('x', 'y')), ('ef', ('y',))]
    """
    inside = [Span(max(s.start, 0), min(s.end, len(text)), s.key) for s in spans]
    inside = sorted((s for s in inside if s.start < s.end), key=lambda s: (s.start, -s.end, s.key))
    cuts = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    return tuple(
        Piece(
            text=text[a:b],
            keys=_once(s.key for s in inside if s.start <= a and b <= s.end),
            begins=_once(s.key for s in inside if s.start == a),
            ends=_once(s.key for s in inside if s.end == b),
        )
        for a, b in pairwise(cuts)
    )


def paragraphs(text: str, spans: Iterable[Span]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces by paragraph: a line that ends ends a paragraph, and empty lines are dropped; nothing else is left out.

    >>> [[p.text for p in para] for para in paragraphs("one" + chr(10) * 2 + "two", [Span(0, 8, "x")])]
    [['one'], ['two']]
    """
    kept = tuple(spans)
    return tuple(cut for line in _lines(text) for cut in _line(text, line, kept))


def _line(text: str, line: tuple[int, int], spans: Sequence[Span]) -> Iterator[tuple[Piece, ...]]:
    start, end = line
    if not text[start:end].strip():
        return
    mine = [Span(s.start - start, s.end - start, s.key) for s in spans if s.start < end and s.end > start]
    cut = pieces(text[start:end], mine)
    first = {s.key for s in spans if s.start < start < s.end}
    last = {s.key for s in spans if s.start < end < s.end}
    # a passage over several paragraphs begins in the first and ends in the last of them only
    yield tuple(
        Piece(p.text, p.keys, tuple(k for k in p.begins if k not in first), tuple(k for k in p.ends if k not in last))
        for p in cut
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))
        start += len(line)


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
