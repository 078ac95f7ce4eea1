"""What is the address of a line of an answer? A claim's id, or a question with its days, so that ``why`` can ask it again.

An address is ``question/part/part@on`` or ``…@on,known``. Refuses an address whose question is not known.

>>> a = Address("status", ("us-ofac", "turgai"), date(2025, 11, 11), date(2025, 11, 11))
>>> str(a)
'status/us-ofac/turgai@2025-11-11'
>>> Address.parse(str(a)) == a
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knockon.errors import UnknownClaim
from knockon.model.interval import parse_day

__all__ = ["QUESTIONS", "Address"]

#: the questions that a line can be asked again by, with the number of parts that follow
QUESTIONS: dict[str, int] = {
    "status": 2,
    "ownership": 1,
    "exposure": 1,
    "licence": 1,
    "coverage": 3,
    "project": 1,
    "route": 2,
    "tie": 2,
}


@dataclass(frozen=True, slots=True)
class Address:
    """One question about a world on its days."""

    question: str
    parts: tuple[str, ...]
    on: date
    known: date

    def __str__(self) -> str:
        days = str(self.on) if self.on == self.known else f"{self.on},{self.known}"
        return f"{'/'.join((self.question, *self.parts))}@{days}"

    @staticmethod
    def parse(text: str, *, on: date | None = None, known: date | None = None) -> Address:
        """Read an address; days that it leaves out are those given."""
        body, _, days = text.partition("@")
        question, *parts = body.split("/")
        if question not in QUESTIONS or len(parts) != QUESTIONS[question] or not all(parts):
            forms = ", ".join(f"{q}{'/…' * n}" for q, n in QUESTIONS.items())
            raise UnknownClaim(
                text, "is neither the id of a claim nor the address of a line", f"addresses are {forms}, then @DAY"
            )
        first, _, second = days.partition(",")
        day = parse_day(first) if first else on
        if day is None:
            raise UnknownClaim(text, "names no day", "add @2025-11-11, or give --on")
        return Address(question, tuple(parts), day, parse_day(second) if second else (known or day))
