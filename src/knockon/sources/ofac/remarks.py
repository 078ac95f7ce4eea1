"""What do OFAC's remarks say of names, numbers, ties and directives? One cell of free text, its parts set apart by semicolons.

Refuses to read a part that was cut (OFAC stops remarks dead at 1,000 characters); "Linked To" is a tie without a share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knockon.errors import KnockonError
from knockon.model.interval import Moment
from knockon.sources.identifiers import checked, russian
from knockon.sources.ofac.codes import identifier_labels
from knockon.sources.printed import printed_day

__all__ = ["LIMIT", "Remarks", "parse"]

LIMIT = 1000
_PART = re.compile(r";\s*")
_NAME = re.compile(r"(?:alt\. )?(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '(.+)'\.?\Z")
_LINK = re.compile(r"Linked To: (.+)\Z")
_DIRECTIVE = re.compile(
    r"Executive Order (\d{5}) Directive (?:Determination|Information)[^;]*?Subject to Directive (\d\w?)\b"
)
_DATED = re.compile(r"Listing Date \(EO (\d{5}) Directive (\d\w?)\):? *(\d{1,2} \w{3} \d{4})")
_CMIC = re.compile(r"Listing Date \(CMIC\):? *(\d{1,2} \w{3} \d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """``directives`` is (executive order, directive) → the listing day printed for it, where one is."""

    names: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    directives: tuple[tuple[str, str, Moment | None], ...] = ()
    cmic: Moment | None = None
    cut: str = ""


@cache
def _number() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in sorted(identifier_labels(), key=len, reverse=True))
    return re.compile(rf"(?:alt\. )?({labels}) (?!IMO )([^()]+?)(?: \(([^()]+)\))?\Z")


def parse(text: str, *, person: bool, cut: bool = False) -> Remarks:
    """Read one remarks cell; ``cut`` says that its last part is broken off.

    >>> found = parse("Tax ID No. 7708004767 (Russia); Linked To: BOLT, LLC.; a.k.a. 'ACME'.", person=False)
    >>> found.numbers, found.links, found.names
    ((('inn', '7708004767'),), ('BOLT, LLC.',), (('alias', 'ACME'),))
    """
    if not text:
        return Remarks()
    parts = _PART.split(text.strip())
    broken = parts.pop() if cut else ""
    names: list[tuple[str, str]] = []
    numbers: list[tuple[str, str]] = []
    links: list[str] = []
    for part in filter(None, parts):
        if found := _LINK.match(part):
            links.append(found[1].strip())
        elif found := _NAME.match(part):
            names.append(("former" if found[1] == "f.k.a." else "alias", found[2]))
        elif found := _number().match(part.rstrip(".") if not part.endswith("No.") else part):
            numbers.append(_told(found[1], found[2].strip(), found[3] or "", person))
    directives: dict[tuple[str, str], Moment | None] = {(m[1], m[2]): None for m in _DIRECTIVE.finditer(text)}
    for m in _DATED.finditer(text):
        directives[m[1], m[2]] = _day(m[3])
    cmic = _CMIC.search(text)
    return Remarks(
        names=tuple(dict.fromkeys(names)),
        numbers=tuple(dict.fromkeys(numbers)),
        links=tuple(links),
        directives=tuple((order, number, day) for (order, number), day in sorted(directives.items())),
        cmic=_day(cmic[1]) if cmic else None,
        cut=broken,
    )


def _told(label: str, value: str, country: str, person: bool) -> tuple[str, str]:
    scheme = identifier_labels()[label]
    if scheme == "gazette":
        return checked("okpo", value) if country == "Russia" else (scheme, value)
    if scheme in ("tax", "registration"):
        return russian(scheme, value, person=person) if country == "Russia" else (scheme, value)
    return checked(scheme, value)


def _day(text: str) -> Moment | None:
    try:
        return printed_day(text)
    except KnockonError:
        return None  # the remark names a directive; a day that cannot be read is not a reason to lose it
