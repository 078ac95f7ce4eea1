"""Which claims does a page rest on, in which order are they numbered, and where on the page is each used?

Refuses to make a link of anything but a plain web address of a claim that the ledger holds: a report's own links stay text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from knockon.analyses.brief import Brief
from knockon.model.claim import Claim
from knockon.views import dates
from knockon.views.line import Section, Tongue
from knockon.views.picture import Picture, page_words
from knockon.views.statement import marks_of, statement

__all__ = ["Citations", "Cite", "Ref", "numbers_of", "web_address"]

_FIRST = 4
_GREEN, _AMBER, _RED = ("confirmed",), ("told only here", "pending"), ("disputed", "denied")


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to one claim: its place on the page, its number, and whose word it is."""

    anchor: str
    number: int
    hint: str
    label: str


@dataclass(frozen=True, slots=True)
class Cite:
    """The claims behind one line: a few to show, and the rest."""

    first: tuple[Ref, ...]
    more: tuple[Ref, ...]


@dataclass(slots=True)
class Citations:
    """Every claim that a page rests on, numbered: the report's own in the order of its text, then the others as they are used."""

    said: Tongue
    brief: Brief
    numbers: dict[str, int] = field(default_factory=dict)
    passages: dict[str, tuple[int, int]] = field(default_factory=dict)
    used: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    _refs: dict[str, Ref] = field(default_factory=dict)
    _long: int = 0
    _claims: dict[str, Claim] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)
    _standings: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(said: Tongue, brief: Brief, parts: Sequence[Section], pictures: Sequence[Picture]) -> Citations:
        """Number what the report, the sections and the charts rest on."""
        made = Citations(said, brief, _claims={c.id: c for c in (*(s.claim for s in brief.said), *brief.supposed)})
        made._standings = {s.claim.id: s.standing.word for s in brief.said}
        numbered = numbers_of(parts)
        text = brief.reading.document.text
        for claim in sorted((s.claim for s in brief.said), key=_place):
            made._number(claim.id)
            quote = claim.quote
            if quote is not None and quote.text.strip() and text[quote.start : quote.end] == quote.text:
                start = quote.start + len(quote.text) - len(quote.text.lstrip())
                made.passages[claim.id] = (start, start + len(quote.text.strip()))
        for part in parts:
            short = f"§\u202f{n}" if (n := numbered[part.key]) else part.title
            for i, line in enumerate(part.lines, 1):
                for known in line.because:
                    made._use(known, f"{part.key}-{i}", short, part.title)
        for picture in pictures:
            for row in picture.rows:
                for known in row.because:
                    made._use(known, f"chart-{picture.key}", page_words(said.lang).say("page.chart"), picture.title)
        for claim in brief.supposed:
            made._number(claim.id)
        return made

    def _number(self, known: str) -> None:
        self.numbers.setdefault(known, len(self.numbers) + 1)

    def _use(self, known: str, anchor: str, short: str, title: str) -> None:
        self._number(known)
        self.used.setdefault(known, {}).setdefault(title, (anchor, short))

    def claim(self, known: str) -> Claim:
        """One claim, looked up once."""
        if known not in self._claims:
            self._claims[known] = self.said.world.claim(known)
        return self._claims[known]

    # ------------------------------------------------------------------ links to claims
    def anchor(self, known: str) -> str:
        """Where the claim stands on the page: its id, as far as it takes to tell it from the others."""
        if not self._long:
            size = 13
            while len({k[:size] for k in self.numbers}) < len(self.numbers):
                size += 1
            self._long = size
        return f"c-{known[: self._long]}"

    def ref(self, known: str) -> Ref:
        """A link to one claim."""
        if known not in self._refs:
            claim = self.claim(known)
            day, origin = str(claim.said_on), self.said.name(claim.origin)
            hint = f"{self.said.source(claim)}, {day}"
            self._refs[known] = Ref(
                anchor=self.anchor(known), number=self.numbers[known], hint=hint, label=f"{origin}, {day}"
            )
        return self._refs[known]

    def cite(self, ids: Iterable[str]) -> Cite:
        """Links to several claims, each once."""
        refs = [self.ref(i) for i in dict.fromkeys(ids)]
        cut = _FIRST if len(refs) > _FIRST + 1 else len(refs)
        return Cite(first=tuple(refs[:cut]), more=tuple(refs[cut:]))

    def chip(self, known: str) -> Ref:
        """Whose word the first claim of a line is, and of which day."""
        return self.ref(known)

    def statement(self, known: str) -> str:
        """The claim as a sentence."""
        text = statement(self.said, self.claim(known))
        return text[:1].upper() + text[1:] + "."

    # ------------------------------------------------------------------ the evidence
    def groups(self) -> list[dict[str, Any]]:
        """The claims by where they come from: the report, the ledger, and what was only supposed."""
        own = {s.claim.id: s for s in self.brief.said}
        supposed = {c.id for c in self.brief.supposed}
        kinds: dict[str, list[str]] = {"said_here": [], "ledger": [], "supposed_claims": []}
        for known in self.numbers:
            kinds["supposed_claims" if known in supposed else "said_here" if known in own else "ledger"].append(known)
        words = page_words(self.said.lang)
        return [
            {"title": words.say(f"page.{kind}"), "claims": [self._entry(k, kind) for k in ids]}
            for kind, ids in kinds.items()
            if ids
        ]

    def _entry(self, known: str, kind: str) -> dict[str, Any]:
        claim = self.claim(known)
        title = self._title(claim.source)
        href = web_address(claim.source) if kind == "ledger" else None
        used = [{"anchor": a, "short": s, "title": t} for t, (a, s) in self.used.get(known, {}).items()]
        return {
            "anchor": self.anchor(known),
            "number": self.numbers[known],
            "sentence": self.statement(known),
            "marks": self._marks(claim),
            "chain": self.said.source(claim),
            "said_on": dates.moment(claim.said_on, self.said.words),
            "title": title,
            "href": href,
            "address": claim.source if claim.source != title else "",
            "short": known[:14],
            "back": f"q{self.anchor(known)[1:]}" if known in self.passages else "",
            "unquoted": kind == "said_here" and known not in self.passages,
            "used": used,
        }

    def _title(self, source: str) -> str:
        if source not in self._titles:
            self._titles[source] = self.said.world.source_title(source)
        return self._titles[source]

    def _marks(self, claim: Claim) -> list[dict[str, str]]:
        found = list(marks_of(self.said, claim))
        standing = self._standings.get(claim.id, "")
        if standing and standing not in found and not (standing == "pending" and found):
            found.append(standing)
        return [{"word": self.said.words.word("mark", m), "tone": _tone(m)} for m in found]


def numbers_of(parts: Sequence[Section]) -> dict[str, int]:
    """The number of each section; the summary has none (0)."""
    kept = [p.key for p in parts if p.key != "short"]
    return {"short": 0, **{key: n for n, key in enumerate(kept, 1)}}


def _tone(mark: str) -> str:
    return "green" if mark in _GREEN else "red" if mark in _RED else "grey" if mark == "told only here" else "amber"


def _place(claim: Claim) -> tuple[int, int, str]:
    quote = claim.quote
    return (quote.start, quote.end, claim.id) if quote else (1 << 60, 0, claim.id)


def web_address(text: str) -> str | None:
    """The address, where a click on it can only open a web page; ``None`` for anything else.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("https://a b/")
    ('https://example.org/a', None, None)
    """
    if not text.isprintable() or any(c.isspace() or c in "\"'<>\\`" for c in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and parts.hostname and not parts.username and not parts.password
    return text if plain else None
