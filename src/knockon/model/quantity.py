"""A number as it was said: exact bounds, open or closed, with the unit and the digits that were printed. Refuses floats.

>>> Quantity.parse(">80 %")
Quantity('>80 %')
>>> Quantity.parse("13 %").agrees(Quantity.parse("13.5 %"))
True
>>> Quantity.parse("12.5 %").agrees(Quantity.parse("7.5 %"))
False
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from knockon.errors import BadQuantity

__all__ = ["Quantity"]

_NUMBER = r"-?\d{1,18}(?:\.\d{1,9})?"
_FORM = re.compile(
    rf"(?P<sign>~|>=|<=|>|<)?\s*(?P<low>{_NUMBER})?(?P<dots>\.\.)?(?P<high>{_NUMBER})?\s*(?P<unit>(?![eE][+-]?\d)[^\d\s.,~<>=][^\s]*(?: [^\s]+)?)\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Quantity:
    """``low`` and ``high`` are exact; ``None`` means unbounded on that side. ``about`` keeps a printed "about"."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    low_open: bool = False
    high_open: bool = False
    about: bool = False
    printed: str = ""
    _places: int | None = field(default=None, init=False, repr=False, compare=False)
    _spread: tuple[Decimal | None, Decimal | None] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise BadQuantity(self.printed, "has no number: leave the value out instead")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise BadQuantity(self.printed or f"{self.low}..{self.high}", "has its low end above its high end")

    @staticmethod
    def parse(text: str) -> Quantity:
        """Read "13.5 %", ">80 %", "<=8 bcm/y", "2..4 bnUSD", ">25..50 %" or "~46.3 Mt"."""
        return _parse(text.strip())

    @staticmethod
    def exact(number: str | int | Decimal, unit: str) -> Quantity:
        """A single number."""
        return Quantity(low=Decimal(number), high=Decimal(number), unit=unit, printed=str(number))

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    @property
    def number(self) -> str:
        """The number without its unit, as it was printed."""
        if self.printed:
            return self.printed
        if self.low == self.high and self.low is not None:
            return ("~" if self.about else "") + _plain(self.low)
        if self.low is None:
            return f"{'<' if self.high_open else '<='}{_plain(self.high)}"
        if self.high is None:
            return f"{'>' if self.low_open else '>='}{_plain(self.low)}"
        return f"{'>' if self.low_open else ''}{_plain(self.low)}..{_plain(self.high)}"

    def __repr__(self) -> str:
        return f"Quantity({str(self)!r})"

    @property
    def places(self) -> int:
        """Digits printed after the point: the precision that the statement claims."""
        if self._places is None:
            digits = re.findall(r"\d+\.(\d+)", self.printed or str(self))
            object.__setattr__(self, "_places", max((len(d) for d in digits), default=0))
        return self._places or 0

    def spread(self) -> tuple[Decimal | None, Decimal | None]:
        """The numbers that the printed digits can stand for: half a unit of the last place, a whole one after "about"."""
        if self._spread is None:
            unit = Decimal(1).scaleb(-self.places)
            slack = unit if self.about else unit / 2
            low = None if self.low is None else self.low - (0 if self.low_open else slack)
            high = None if self.high is None else self.high + (0 if self.high_open else slack)
            object.__setattr__(self, "_spread", (low, high))
        return self._spread or (None, None)

    def agrees(self, other: Quantity) -> bool:
        """Whether both can be true at the precision they were printed with (R16); units must be the same."""
        if self.unit != other.unit:
            return False
        (a, b), (c, d) = self.spread(), other.spread()
        return (b is None or c is None or c <= b) and (a is None or d is None or a <= d)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


@lru_cache(maxsize=65536)
def _parse(text: str) -> Quantity:
    m = _FORM.match(text)
    if not m or not (m["low"] or m["high"]):
        raise BadQuantity(text)
    sign, unit = m["sign"] or "", m["unit"]
    low = Decimal(m["low"]) if m["low"] else None
    high = Decimal(m["high"]) if m["high"] else None
    printed = text[: m.start("unit")].strip()
    if m["dots"]:
        if sign not in ("", ">") or (sign and low is None):
            raise BadQuantity(text, "has a sign before a range")
        return Quantity(low=low, high=high, unit=unit, low_open=sign == ">", printed=printed)
    if high is not None and low is not None:
        raise BadQuantity(text)
    number = low if low is not None else high
    if sign in (">", ">="):
        return Quantity(low=number, high=None, unit=unit, low_open=sign == ">", printed=printed)
    if sign in ("<", "<="):
        return Quantity(low=None, high=number, unit=unit, high_open=sign == "<", printed=printed)
    return Quantity(low=number, high=number, unit=unit, about=sign == "~", printed=printed)
