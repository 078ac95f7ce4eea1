"""Where do the dateline, the paragraphs, the quotations and the sentences of a clean text lie? Refuses to read meaning.

Positions are those of the clean text. A firm's name in quotation marks is not a quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knockon.sources.dispatch.language import Language

__all__ = ["Span", "Speech", "paragraphs", "quotations", "sentences"]

_OPENS_AFTER = re.compile(r"[\s(\[\-:/]")
_END = re.compile(r"[.!?…]+(?:\"|\))*(?=\s|$)")
_INITIAL = re.compile(r"(?:^|[\s\"(])[А-ЯA-Z]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the clean text."""

    start: int
    end: int
    kind: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A quotation: the words between the marks; ``whole`` when it is at least a sentence, not a fragment or a title."""

    start: int
    end: int
    whole: bool


def paragraphs(text: str) -> list[Span]:
    """The blocks between line breaks, trimmed; a line that ends with a colon takes the list items that follow it."""
    blocks = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"\S(?:[^\n\r]*\S)?", text)]
    out: list[Span] = []
    listing = False
    for block in blocks:
        words = text[block.start : block.end]
        item = (
            listing
            and len(words.split()) <= (6 if words[-1] == "." else 12)
            and (words[-1] in ";," or words[-1] not in ".!?:" or text[out[-1].end - 1] in ";,:")
        )
        if item and out:
            out[-1] = Span(start=out[-1].start, end=block.end)
            listing = words[-1] in ";,"
        else:
            out.append(block)
            listing = words.endswith(":")
    return out


def quotations(text: str, within: Span, language: Language) -> list[Speech]:
    """The quotations of a paragraph, outermost first; names and short titles in marks are left out.

    A mark opens after a space or bracket and before a letter; otherwise it closes. What never closes runs to the mark before
    ", said X", else to the end.
    """
    open_at: list[int] = []
    closed: list[int] = []
    found: list[Speech] = []
    for at in range(within.start, within.end):
        if text[at] != '"':
            continue
        before = text[at - 1] if at > within.start else " "
        after = text[at + 1] if at + 1 < within.end else " "
        opens = (_OPENS_AFTER.match(before) or (before == '"' and open_at[-1:] == [at - 1])) and not after.isspace()
        if opens:
            open_at.append(at)
        elif open_at:
            closed.append(at)
            found.extend(_speech(text, open_at.pop() + 1, at, language))
        elif not found and len(text[within.start : at].split()) >= 8 and text[at + 1 : at + 2] in (",", "."):
            found.extend(_speech(text, within.start, at, language))
    if open_at:
        says = "|".join(w.replace("_", " ") for w in language.words["say"])
        told = re.compile(rf"\s*[,-]+\s*(?:{says})\b", re.IGNORECASE)
        ends = [at for at in closed if at > open_at[0] and told.match(text, at + 1, within.end)]
        found.extend(_speech(text, open_at[0] + 1, ends[0] if ends else within.end, language))
    found.sort(key=lambda s: (s.start, -s.end))
    outer: list[Speech] = []
    for speech in found:
        if not outer or speech.start >= outer[-1].end:
            outer.append(speech)
    return outer


def _speech(text: str, start: int, end: int, language: Language) -> list[Speech]:
    inside = text[start:end].strip()
    words = inside.split()
    if not words:
        return []
    whole = bool(re.search(r"[.!?]\s", inside)) or (len(words) >= 5 and bool(language.finite.search(inside.lower())))
    name = not whole and len(words) <= 6 and (words[0][0].isupper() or words[0][0].isdigit())
    return [] if name or (len(words) < 3 and not whole) else [Speech(start=start, end=end, whole=whole)]


def sentences(text: str, within: Span, language: Language) -> list[Span]:
    """The sentences of a paragraph, split inside long quotations too, not after abbreviations or initials."""
    cuts: list[int] = []
    start = within.start
    for mark in _END.finditer(text, within.start, within.end):
        at = mark.end()
        rest = text[at : within.end].lstrip()
        if not rest or not _may_begin(rest):
            continue
        if text[mark.start()] == "." and _abbreviated(text, start, mark.start(), language):
            continue
        cuts.append(at)
        start = at
    spans = []
    start = within.start
    for cut in [*cuts, within.end]:
        while start < cut and text[start].isspace():
            start += 1
        if cut > start:
            spans.append(Span(start=start, end=cut))
        start = cut
    return spans


def _may_begin(rest: str) -> bool:
    first = rest.lstrip('"(-[ ')[:1]
    return first.isupper() or first.isdigit()


def _abbreviated(text: str, start: int, dot: int, language: Language) -> bool:
    """Whether the full stop belongs to an abbreviation; after "г." it may end a sentence as well: then verbs decide."""
    word = re.search(r"[\w.]+$", text[start:dot])
    if word is None:
        return False
    if _INITIAL.search(text[start:dot]):
        return True
    if word[0].lower() not in language.abbreviations:
        return False
    return word[0].lower() not in language.ending_abbreviations or not language.finite.search(text[start:dot].lower())
