"""What does a source give? A document, the claims read from it, and what was left unread. Refuses to judge or merge claims.

A reader is handed the names it may use and never looks into a world. Offsets are characters of the decoded original text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knockon.model.claim import Claim
from knockon.model.ids import EntityId, tagged_id

__all__ = [
    "Document",
    "Edition",
    "Mention",
    "ReadClaim",
    "Reading",
    "Sentence",
    "Source",
    "Unread",
    "document_id",
    "source_of",
]


def document_id(text: str) -> str:
    """The id of a text: the same characters have the same id anywhere.

    >>> document_id("Новина")[0], len(document_id("Новина"))
    ('d', 27)
    """
    return tagged_id("d", "document", text)


def source_of(address: str, document: str) -> str:
    """What the claims of a text name as their source: its public address, else the text itself, whatever its file is called.

    >>> source_of("https://example.org/1", "dabc"), source_of("news.txt", "dabc")
    ('https://example.org/1', 'dabc')
    """
    return address if address.startswith(("http://", "https://")) else document


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as it was found; ``dateline_from`` is "printed", "given" or "" (none)."""

    id: str
    text: str
    address: str
    title: str
    language: str
    dateline: date | None
    dateline_from: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; ``kind`` is "heading", "plain", "quoted" or "item"."""

    index: int
    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadClaim:
    """A claim, how sure the reader is of having read it rightly (0 to 1), and the cue rows that made it."""

    claim: Claim
    sure: float
    trace: tuple[str, ...]
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A passage from which nothing was taken, and why."""

    sentence: int
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name or a reference in the text; ``how`` says what linked it: alias, adjective, surname, role, form, anaphor."""

    start: int
    end: int
    text: str
    entity: EntityId | None
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one reader took from one document; ``new_names`` holds the names of entities it had to mint."""

    document: Document
    sentences: tuple[Sentence, ...]
    claims: tuple[ReadClaim, ...]
    unread: tuple[Unread, ...]
    names: tuple[Mention, ...]
    new_names: tuple[Claim, ...]
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A list as it was observed on one day: where, when, and the hash of its bytes."""

    list: str
    observed: date
    address: str
    digest: str
    claims: tuple[Claim, ...] = ()


class Source(Protocol):
    """Anything that yields claims; other packages add sources of their own."""

    address: str

    def claims(self) -> Iterable[Claim]: ...
