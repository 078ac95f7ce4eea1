"""What is one line of an answer? A plain sentence, the address that ``knockon why`` answers, and the claims it rests on.

Refuses to compute: a line repeats what an analysis found, in the words of one language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId
from knockon.views import dates
from knockon.views.words import Words, words
from knockon.world import World

__all__ = ["Line", "Section", "Tongue", "shortened", "tongue"]

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LETTER = re.compile(r"[^\W\d_]")
#: so many words of a text stand in a line; ``knockon why`` gives the whole passage
_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence. ``address`` is a claim's id, an address such as status/us-ofac/turgai@2025-11-11, or empty."""

    text: str
    address: str = ""
    because: tuple[ClaimId, ...] = ()
    marks: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines that answer one question; ``empty`` says what was searched when there are none."""

    key: str
    title: str
    intro: str
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A world and the words in which it is told."""

    world: World
    words: Words

    @property
    def lang(self) -> str:
        """The language's two letters."""
        return self.words.lang

    def say(self, key: str, **fields: object) -> str:
        """A sentence with its fields filled in."""
        return self.words.say(key, **fields)

    def name(self, entity: str) -> str:
        """What an entity is called in this language; an id without a name is shown with spaces."""
        named = self.world.name(entity, self.lang)
        if named != entity:
            return named
        return self.say("join.report") if entity.startswith("report:") else entity.replace("_", " ")

    def names(self, entities: Iterable[str]) -> str:
        """Several names, the last two joined by "and"."""
        return self.listed([self.name(e) for e in entities])

    def listed(self, parts: Iterable[str]) -> str:
        """Several words, the last two joined by "and", each once."""
        found = list(dict.fromkeys(parts))
        if len(found) < 2:
            return "".join(found)
        return self.say("join.and", first=", ".join(found[:-1]), last=found[-1])

    def thing(self, text: str) -> str:
        """What a qualifier names: an entity by its name, plain words as they are."""
        named = self.world.name(text, self.lang)
        return named if named != text else self.text(text.replace("_", " "))

    def text(self, found: str) -> str:
        """Free words of a claim: translated where the table has them, else marked as a foreign quote outside English."""
        known = self.words.table["values"].get(found.lower())
        if known is not None:
            return str(known)
        foreign = bool(_CYRILLIC.search(found)) is (self.lang == "en")
        return self.say("join.quoted", text=shortened(found)) if foreign and _LETTER.search(found) else shortened(found)

    def stated(self, because: Iterable[ClaimId], stale: bool = False) -> str:
        """When the newest of some claims was said, such as "last stated 2005, stale"."""
        claims = [self.world.claim(i) for i in because]
        if not claims:
            return ""
        newest = max(claims, key=lambda c: (c.known, c.id))
        day = dates.moment(newest.said_on, self.words)
        return self.say("age.stale" if stale else "age.fresh", day=day)

    def source(self, claim: Claim) -> str:
        """Whose word a claim is and through whom it came: origin first."""
        origin, *others = [self.name(s) for s in reversed(claim.said_by)]
        if not others:
            return origin
        return self.say("join.through", origin=origin, others=", ".join(others))

    def sources(self, because: Iterable[ClaimId]) -> str:
        """Whose word several claims are, each origin once."""
        return self.listed(self.name(self.world.claim(i).origin) for i in because)


def shortened(text: str) -> str:
    """The first words of a long text.

    >>> shortened("one two three")
    'one two three'
    """
    found = text.split()
    return text if len(found) <= _WORDS else " ".join(found[:_WORDS]) + " …"


def tongue(world: World, lang: str) -> Tongue:
    """A world and the words of one language."""
    return Tongue(world=world, words=words(lang))
