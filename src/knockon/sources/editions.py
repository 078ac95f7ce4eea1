"""What does one edition of a list give? Its claims, dated by the day on which it was observed, and what was left out of it.

Refuses to date a list by anything but the day it was observed, and to derive a listing's beginning or end: that is the world's
part. The same content observed on the same day has the same claims, whatever its file is called (R4).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from knockon.errors import BadClaim, BadFile
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity

__all__ = [
    "EditionReading",
    "Licence",
    "Paper",
    "Reader",
    "Unresolved",
    "Voice",
    "day_in",
    "digest_of",
    "frame",
    "observed_of",
]

_DAY = re.compile(r"(?<!\d)(\d{4})[-_]?(\d{2})[-_]?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file as it was given: ``address`` for errors, its name and folder, its text, and the SHA-256 of its content."""

    address: str
    name: str
    folder: str
    text: str
    digest: str
    observed: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A tie that an edition prints and that could not be followed: from whom, the name printed, and why."""

    party: EntityId
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Under what a list is published; ``exports`` is "no" where its data may not leave in an export."""

    name: str
    attribution: str
    exports: str = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionReading:
    """All that was read from one edition; ``complete`` is false where a party that is not shown may still be on the list."""

    list: str
    authority: EntityId
    observed: date
    digest: str
    complete: bool
    rows: int
    parties: int
    claims: tuple[Claim, ...]
    titles: dict[str, str] = field(default_factory=dict)
    problems: tuple[BadClaim, ...] = ()
    notes: tuple[str, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    licence: Licence


class Reader(Protocol):
    """One publisher's format. Other packages add readers by the entry point group ``knockon.sources``."""

    name: str
    lists: tuple[str, ...]

    def recognises(self, head: str, name: str) -> bool:
        """Whether a file that begins with ``head`` (some thousand characters) is in this format."""

    def read(self, papers: Sequence[Paper], *, wanted: str, publisher: str) -> tuple[EditionReading, ...]:
        """Every edition in the papers; ``wanted`` names one list where the user said which, ``publisher`` who retold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says it and on which day: what all claims of an edition share."""

    said_by: tuple[EntityId, ...]
    said_on: Moment

    @staticmethod
    def of(authority: str, observed: date, *retold_by: str) -> Voice:
        """The authority as origin, whoever retold it before it."""
        chain = tuple(EntityId(p) for p in retold_by if p and p != authority)
        return Voice(said_by=(*chain, EntityId(authority)), said_on=Moment.day(observed))

    def claim(
        self,
        subject: str,
        predicate: str,
        source: str,
        *,
        object: str | None = None,
        value: Quantity | str | None = None,
        start: Moment | None = None,
        end: Moment | None = None,
        **qualifiers: str,
    ) -> Claim:
        """One claim in this voice; empty qualifiers are left out."""
        return Claim(
            subject=EntityId(subject),
            predicate=predicate,
            object=None if object is None else EntityId(object),
            value=value,
            qualifiers=tuple(sorted((k, v) for k, v in qualifiers.items() if v)),
            start=start,
            end=end,
            said_by=self.said_by,
            said_on=self.said_on,
            source=source,
        )


def day_in(name: str) -> date | None:
    """The day that a file's name carries, if it carries exactly one.

    >>> day_in("sdn_2021-08-18.csv"), day_in("sdn.csv")
    (datetime.date(2021, 8, 18), None)
    """
    found = set()
    for year, month, day in _DAY.findall(name):
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue  # eight digits that are no day
    return found.pop() if len(found) == 1 else None


def observed_of(name: str, address: str, given: date | None) -> date:
    """The day on which a file was observed: given, or in its name."""
    found = given or day_in(name)
    if found is None:
        raise BadFile(
            address,
            "does not say on which day it was observed",
            "add --observed DAY, or put the day into its name (sdn_2021-08-18.csv); a list is never dated by when somebody stored it",
        )
    return found


def digest_of(papers: Sequence[tuple[str, str]]) -> str:
    """The SHA-256 of an edition: of its one file, or of the lines "part digest" where it comes in parts."""
    if len(papers) == 1:
        return papers[0][1]
    lines = "".join(f"{part} {digest}\n" for part, digest in sorted(papers))
    return hashlib.sha256(lines.encode()).hexdigest()


def frame(
    voice: Voice, list_id: str, *, digest: str, complete: bool, rows: int, licence: Licence, where: str = ""
) -> list[Claim]:
    """The claims about the edition itself: that it was observed, and under which licence it is published."""
    source = f"{list_id}@{voice.said_on}{where}"
    return [
        voice.claim(
            voice.said_by[-1],
            "edition",
            source,
            value=digest,
            list=list_id,
            complete="yes" if complete else "no",
            rows=str(rows),
        ),
        voice.claim(
            list_id,
            "published_under",
            source,
            value=licence.name,
            list=list_id,
            attribution=licence.attribution,
            exports=licence.exports,
        ),
    ]
