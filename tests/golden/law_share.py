"""How much is "25", ">25..50", "50..<75", ">=75", "<50" or "~50"? The shares of the law suite as exact bounds with their ends."""

from __future__ import annotations

import re
from decimal import Decimal

from knockon.model.quantity import Quantity

__all__ = ["BadShare", "share", "widened"]

_NUMBER = r"\d{1,3}(?:\.\d{1,9})?"
_RANGE = re.compile(rf"(?P<above>>?)(?P<low>{_NUMBER})\.\.(?P<below><?)(?P<high>{_NUMBER})\Z")
_ONE = re.compile(rf"(?P<sign>>=|<=|>|<|~)?(?P<number>{_NUMBER})\Z")


class BadShare(ValueError):
    """A share that fits no form."""


def share(text: str) -> Quantity:
    """A share in percent.

    >>> share(">25..50").low_open, share(">25..50").high_open
    (True, False)
    """
    if found := _RANGE.match(text):
        low, high = Decimal(found["low"]), Decimal(found["high"])
        if low >= high or high > 100:
            raise BadShare(f"{text!r} is not a range of percent")
        return Quantity(low=low, high=high, unit="%", low_open=bool(found["above"]), high_open=bool(found["below"]))
    if found := _ONE.match(text):
        if Decimal(found["number"]) > 100:
            raise BadShare(f"{text!r} is more than the whole")
        return Quantity.parse(f"{text} %")
    raise BadShare(f"{text!r} is no share")


def widened(text: str, by: Decimal) -> str:
    """A range that includes an exact share.

    >>> widened("50", Decimal(5)), widened("98", Decimal(5))
    ('45..55', '93..100')
    """
    exact = Decimal(text)
    return f"{max(exact - by, Decimal(0)):f}..{min(exact + by, Decimal(100)):f}"
