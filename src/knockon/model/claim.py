"""A claim: who said what about whom, when, in which mode, and in which words. The one thing that knockon keeps.

Refuses to hold what a statement did not say: missing is ``None``, never zero, and nothing is filled in later.

>>> c = Claim(subject="lukoil", predicate="holds_shares", object="turgai", value=Quantity.parse("50 %"),
...           said_by=("kazinform",), said_on=Moment.parse("2025-11-15"), source="https://example.org/1")
>>> c.id == Claim.from_dict(c.to_dict()).id
True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from knockon.errors import BadClaim
from knockon.model.ids import ClaimId, EntityId, canonical, check_entity_id, tagged_text_id
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity

__all__ = ["Claim", "Mode", "Polarity", "Quote"]


class Mode(StrEnum):
    """How a thing was said (R14): only ``stated`` makes the world."""

    STATED = "stated"
    PLANNED = "planned"
    EXPECTED = "expected"
    POSSIBLE = "possible"
    ASKED = "asked"


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Quote:
    """The span of the source's text that carries a claim: characters from ``start`` up to, not on, ``end``."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise BadClaim(f"quote {self.start}..{self.end} does not fit its text of {len(self.text)} characters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement. Its fields make its id; who read it, and how surely, is kept beside it (``Reading``)."""

    subject: EntityId
    predicate: str
    object: EntityId | None = None
    value: Quantity | str | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()
    start: Moment | None = None
    end: Moment | None = None
    mode: Mode = Mode.STATED
    polarity: Polarity = Polarity.AFFIRMED
    said_by: tuple[EntityId, ...]
    said_on: Moment
    source: str
    quote: Quote | None = None
    _id: ClaimId | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_entity_id(self.subject, "subject")
        if self.object is not None:
            check_entity_id(self.object, "object")
        for speaker in self.said_by:
            check_entity_id(speaker, "said_by")
        if not self.said_by:
            raise BadClaim(
                "said_by is empty", hint="name the speaker nearest to you; a page is a speaker too", column="said_by"
            )
        if not self.source:
            raise BadClaim(
                "source is empty", hint="give an address, a file name or a list with its row", column="source"
            )
        if self.said_on.latest is None:
            raise BadClaim(
                f"said_on {self.said_on} has no last day",
                hint="a claim is known from its last possible day",
                column="said_on",
            )
        if isinstance(self.value, str) and not self.value:
            raise BadClaim("value is empty text", hint="leave it out: missing is absent")
        if (
            self.start is not None
            and self.end is not None
            and self.start.earliest is not None
            and self.end.latest is not None
            and self.end.latest <= self.start.earliest
            and self.end.clock is None
        ):
            raise BadClaim(
                f"ends ({self.end}) before or on the day it begins ({self.start})",
                hint="an end is the first day on which it no longer holds",
                column="end",
            )
        if self.qualifiers and list(self.qualifiers) != sorted(set(self.qualifiers)):
            object.__setattr__(self, "qualifiers", tuple(sorted(set(self.qualifiers))))
        if len(self.qualifiers) > 1 and len(dict(self.qualifiers)) < len(self.qualifiers):
            twice = next(a for (a, _), (b, _) in pairwise(self.qualifiers) if a == b)
            raise BadClaim(f'qualifier "{twice}" is given twice', hint="make two claims of it", column="qualifiers")

    @property
    def id(self) -> ClaimId:
        """Hash of the fields: the same content has the same id on any machine (R4)."""
        return self._id if self._id is not None else self.sealed()[0]

    def sealed(self) -> tuple[ClaimId, str]:
        """The id, and the canonical JSON that it is the hash of."""
        body = canonical(self.to_dict())
        try:
            made = ClaimId(tagged_text_id("c", "claim", body))
        except UnicodeEncodeError as fault:
            raise BadClaim(f"holds bytes that are not text ({fault.reason})", hint="write it in UTF-8") from None
        if self._id is None:
            object.__setattr__(self, "_id", made)
        return made, body

    @property
    def origin(self) -> EntityId:
        """The last speaker of the chain: whose word it is."""
        return self.said_by[-1]

    @property
    def known(self) -> date:
        """The first day on which the statement is surely public: the last of the days on which it may have been said."""
        assert self.said_on.latest is not None
        return self.said_on.latest

    def qualifier(self, name: str) -> str | None:
        """The value of one qualifier, or ``None``."""
        for key, value in self.qualifiers:
            if key == name:
                return value
        return None

    @property
    def quantity(self) -> Quantity | None:
        """The value when it is a number."""
        return self.value if isinstance(self.value, Quantity) else None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON content, absent fields left out; exact inverse of ``from_dict``."""
        out: dict[str, Any] = {"subject": self.subject, "predicate": self.predicate}
        if self.object is not None:
            out["object"] = self.object
        if isinstance(self.value, str):
            out["value"] = {"text": self.value}
        elif self.value is not None:
            out["value"] = _quantity_dict(self.value)
        if self.qualifiers:
            out["qualifiers"] = dict(self.qualifiers)
        if self.start is not None:
            out["start"] = str(self.start)
        if self.end is not None:
            out["end"] = str(self.end)
        out["mode"] = self.mode._value_  # the plain attribute: this runs a million times in a large load
        out["polarity"] = self.polarity._value_
        out["said_by"] = list(self.said_by)
        out["said_on"] = str(self.said_on)
        out["source"] = self.source
        if self.quote is not None:
            out["quote"] = {"start": self.quote.start, "end": self.quote.end, "text": self.quote.text}
        return out

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Claim:
        """Read the content that ``to_dict`` writes; unknown keys are an error, so that nothing is lost unseen."""
        unknown = set(data) - _FIELDS
        if unknown:
            raise BadClaim(
                f"unknown field(s) {', '.join(sorted(unknown))}", hint=f"the fields are {', '.join(sorted(_FIELDS))}"
            )
        missing = [f for f in ("subject", "predicate", "said_by", "said_on", "source") if not data.get(f)]
        if missing:
            raise BadClaim(f"missing field(s) {', '.join(missing)}")
        wrong = [
            f
            for f in ("subject", "predicate", "object", "said_on", "source")
            if not isinstance(data.get(f), str | None)
        ]
        if wrong:
            raise BadClaim(f"{', '.join(wrong)}: not text", column=wrong[0])
        start, end, quote = data.get("start"), data.get("end"), data.get("quote")
        said_by = data["said_by"]
        if not isinstance(said_by, list) or not all(isinstance(s, str) for s in said_by):
            raise BadClaim("said_by is not a list of ids, nearest first")
        try:
            return Claim(
                subject=data["subject"],
                predicate=data["predicate"],
                object=data.get("object"),
                value=_value(data.get("value")),
                qualifiers=tuple(sorted((str(k), str(v)) for k, v in (data.get("qualifiers") or {}).items())),
                start=Moment.parse(start) if start else None,
                end=Moment.parse(end) if end else None,
                mode=_enum(Mode, data.get("mode", "stated"), "mode"),
                polarity=_enum(Polarity, data.get("polarity", "affirmed"), "polarity"),
                said_by=tuple(said_by),
                said_on=Moment.parse(data["said_on"]),
                source=data["source"],
                quote=Quote(quote["start"], quote["end"], quote["text"]) if quote else None,
            )
        except (TypeError, AttributeError, KeyError) as fault:
            raise BadClaim(f"a field has the wrong kind of content ({fault})") from None


_FIELDS = frozenset(
    "subject predicate object value qualifiers start end mode polarity said_by said_on source quote".split()
)


E = TypeVar("E", bound=StrEnum)


def _enum(kind: type[E], found: str, field: str) -> E:
    try:
        return kind(found)
    except ValueError:
        raise BadClaim(f'{field} "{found}" is not one of {", ".join(kind)}') from None


def _quantity_dict(value: Quantity) -> dict[str, Any]:
    out: dict[str, Any] = {"unit": value.unit}
    if value.low is not None:
        out["low"] = format(value.low, "f")
    if value.high is not None:
        out["high"] = format(value.high, "f")
    for flag in ("low_open", "high_open", "about"):
        if getattr(value, flag):
            out[flag] = True
    if value.printed:
        out["printed"] = value.printed
    return out


def _value(found: Any) -> Quantity | str | None:
    if found is None or found == "":
        return None
    if isinstance(found, str):
        return Quantity.parse(found)
    if "text" in found:
        return str(found["text"])
    return _quantity(
        found["unit"],
        _bound(found.get("low")),
        _bound(found.get("high")),
        bool(found.get("low_open", False)),
        bool(found.get("high_open", False)),
        bool(found.get("about", False)),
        found.get("printed", ""),
    )


_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?\Z")


def _bound(found: Any) -> str | None:
    """An exact number as text; a JSON number with a point would pass through a float."""
    if found is None:
        return None
    text = str(found) if isinstance(found, int) and not isinstance(found, bool) else found
    if not isinstance(text, str) or not _NUMBER.match(text):
        raise BadClaim(
            f"bound {found!r} is not an exact number", hint='write it as text with up to nine places: "low": "12.5"'
        )
    return text


@lru_cache(maxsize=65536)
def _quantity(
    unit: str, low: str | None, high: str | None, low_open: bool, high_open: bool, about: bool, printed: str
) -> Quantity:
    """One object for one number however often it is said: a large ledger says "50 %" very often."""
    made = Quantity(
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        unit=unit,
        low_open=low_open,
        high_open=high_open,
        about=about,
        printed=printed,
    )
    if printed and Quantity.parse(f"{printed} {unit}") != made:
        raise BadClaim(
            f'printed "{printed}" is not the number of its bounds', hint="leave printed out, or make them the same"
        )
    return made
