"""Which numbers with units does a text give, and with which hedge? Refuses numbers without a unit.

>>> from knockon.sources.dispatch.language import language
>>> [str(a.quantity) for a in amounts("над 800-900 хил. барела дневно и 29,9 процента", 0, 46, language("bg"))]
['800..900 kb/d', '29.9 %']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knockon.model.quantity import Quantity
from knockon.model.vocabulary import dimension
from knockon.sources.dispatch.language import Language

__all__ = ["Amount", "amounts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with its unit, in the text from ``start`` to ``end``."""

    start: int
    end: int
    quantity: Quantity
    dimension: str


# (base unit, scale, period) -> unit and the factor on the printed number
_UNITS: dict[tuple[str, str, str], tuple[str, str]] = {
    ("%", "", ""): ("%", "1"),
    ("t", "", ""): ("t", "1"),
    ("t", "k", ""): ("kt", "1"),
    ("t", "M", ""): ("Mt", "1"),
    ("t", "", "y"): ("t/y", "1"),
    ("t", "k", "y"): ("t/y", "1000"),
    ("t", "M", "y"): ("Mt/y", "1"),
    ("t", "k", "d"): ("kt/d", "1"),
    ("t", "M", "m"): ("Mt/month", "1"),
    ("bbl", "", ""): ("bbl", "1"),
    ("bbl", "k", ""): ("kbbl", "1"),
    ("bbl", "M", ""): ("Mbbl", "1"),
    ("bbl", "G", ""): ("Mbbl", "1000"),
    ("bbl", "", "d"): ("bbl/d", "1"),
    ("bbl", "k", "d"): ("kb/d", "1"),
    ("bbl", "M", "d"): ("Mb/d", "1"),
    ("m3", "", ""): ("m3", "1"),
    ("m3", "M", ""): ("mcm", "1"),
    ("m3", "G", ""): ("bcm", "1"),
    ("m3", "M", "d"): ("mcm/d", "1"),
    ("m3", "G", "y"): ("bcm/y", "1"),
    ("m3", "M", "y"): ("bcm/y", "0.001"),
    ("USD", "", ""): ("USD", "1"),
    ("USD", "k", ""): ("USD", "1000"),
    ("USD", "M", ""): ("mnUSD", "1"),
    ("USD", "G", ""): ("bnUSD", "1"),
    ("EUR", "", ""): ("EUR", "1"),
    ("EUR", "M", ""): ("EUR", "1000000"),
    ("EUR", "G", ""): ("bnEUR", "1"),
    ("km", "", ""): ("km", "1"),
}


@dataclass(frozen=True, slots=True)
class _Table:
    number: re.Pattern[str]
    share: re.Pattern[str]
    units: tuple[tuple[re.Pattern[str], str], ...]
    shares: tuple[tuple[re.Pattern[str], str], ...]
    signs: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=4)
def _table(language: Language) -> _Table:
    rows = language.table["amounts"]
    units = "|".join(rows["units"])
    scale = f"(?P<k>{rows['thousand']})|(?P<M>{rows['million']})|(?P<G>{rows['billion']})"
    hedge = "|".join(rows[k] for k in ("at_least", "above", "at_most", "below", "about"))
    number = re.compile(
        rf"(?:\b(?P<hedge>{hedge})\s+)?(?<![\w.,-])(?P<n>\d{{1,3}}(?: \d{{3}})+|\d+(?:[.,]\d+)?)(?:\s*-\s*(?P<n2>\d+(?:[.,]\d+)?))?"
        rf"\s*(?:{scale})?\s*(?:тона\s+)?(?:(?:суров\s+)?(?:петрол|нефт|газ)\s+)?(?P<unit>{units})(?!\w)"
        rf"(?=(?:[^,.;:\"()]{{0,24}}?\b(?:(?P<d>{rows['per_day']})|(?P<y>{rows['per_year']})|(?P<m>{rows['per_month']}))\b)?)",
        re.IGNORECASE,
    )
    shares = tuple((re.compile(rf"\b{p}(?!\w)", re.IGNORECASE), v) for p, v in rows["shares"].items())
    return _Table(
        number=number,
        share=re.compile("|".join(f"(?:{p.pattern})" for p, _ in shares), re.IGNORECASE),
        units=tuple((re.compile(rf"(?:{p})\Z", re.IGNORECASE), u) for p, u in rows["units"].items()),
        shares=shares,
        signs=tuple(
            (re.compile(rf"(?:{rows[k]})\Z", re.IGNORECASE), s)
            for k, s in (("at_least", ">="), ("above", ">"), ("at_most", "<="), ("below", "<"), ("about", "~"))
        ),
    )


def amounts(text: str, start: int, end: int, language: Language) -> list[Amount]:
    """The amounts of a stretch of text, left to right."""
    table = _table(language)
    found: list[Amount] = []
    for pattern, value in table.shares:
        for m in pattern.finditer(text, start, end):
            if all(m.end() <= a.start or m.start() >= a.end for a in found):
                found.append(Amount(start=m.start(), end=m.end(), quantity=Quantity.parse(value), dimension="share"))
    for m in table.number.finditer(text, start, end):
        made = _amount(m, table)
        if made is not None and all(made.end <= a.start or made.start >= a.end for a in found):
            found.append(made)
    return sorted(found, key=lambda a: a.start)


def _amount(m: re.Match[str], table: _Table) -> Amount | None:
    base = next(u for p, u in table.units if p.match(m["unit"]))
    scale = next((s for s in ("k", "M", "G") if m[s]), "")
    period = next((p for p in ("d", "y", "m") if m[p]), "")
    row = _UNITS.get((base, scale, period))
    ends = m.end()
    if row is None:
        row, ends = _UNITS.get((base, scale, "")), m.end("unit")
    if row is None:
        return None
    unit, factor = row
    low = _number(m["n"], factor)
    if base == "%" and Decimal(low) > 100:
        return None
    sign = next((s for p, s in table.signs if m["hedge"] and p.match(m["hedge"])), "")
    if m["n2"]:
        high = _number(m["n2"], factor)
        text = f"{low}..{high} {unit}" if Decimal(high) >= Decimal(low) else f"{low} {unit}"
    else:
        text = f"{sign}{low} {unit}"
    return Amount(start=m.start(), end=ends, quantity=Quantity.parse(text), dimension=dimension(unit).split()[0])


def _number(printed: str, factor: str) -> str:
    number = printed.replace(" ", "").replace(",", ".")
    return number if factor == "1" else format((Decimal(number) * Decimal(factor)).normalize(), "f")
