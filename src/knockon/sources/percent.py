"""Which share is a printed percentage? A number, or a band with its ends as printed. Refuses text that is no share.

Bands of the British register have ends that its law sets: more than 25 up to 50, more than 50 and under 75, 75 and more.
"""

from __future__ import annotations

import re
from decimal import Decimal

from knockon.errors import BadQuantity
from knockon.model.quantity import Quantity

__all__ = ["share"]

_N = r"(\d{1,3}(?:\.\d{1,9})?)"
_ONE = re.compile(rf"(~|>=|<=|>|<|≥|≤)? ?{_N}\Z")
_BAND = re.compile(rf"{_N} ?(?:-|–|\.\.|to) ?{_N}\Z")
_WORDS = (
    (re.compile(r"(?:more than|over|above) "), ">"),
    (re.compile(r"(?:at least|not less than|no less than) "), ">="),
    (re.compile(r"(?:less than|under|below) "), "<"),
    (re.compile(r"(?:up to|at most|not more than|no more than) "), "<="),
    (re.compile(r"(?:about|approximately|circa|ca\.?) "), "~"),
)
_REGISTER = re.compile(r"(?:ownership-of-shares|voting-rights|right-to-share-surplus-assets)-(\d+)-to-(\d+)-percent")
_REGISTER_ENDS = {("25", "50"): (True, False), ("50", "75"): (True, True), ("75", "100"): (False, False)}


def share(text: str) -> Quantity:
    """The share that a text prints.

    >>> share("49,5 %"), share("25-50"), share("more than 25%")
    (Quantity('49.5 %'), Quantity('25..50 %'), Quantity('>25 %'))
    """
    if found := _REGISTER.match(text.strip().lower()):
        low_open, high_open = _REGISTER_ENDS.get((found[1], found[2]), (False, False))
        return Quantity(low=Decimal(found[1]), high=Decimal(found[2]), unit="%", low_open=low_open, high_open=high_open)
    plain = " ".join(re.sub(r"%|percent|per cent", " ", text.lower().replace(",", ".")).split())
    for words, sign in _WORDS:
        plain = words.sub(sign, plain, count=1) if words.match(plain) else plain
    if found := _BAND.match(plain):
        return _bounded(Quantity.parse(f"{found[1]}..{found[2]} %"), text)
    if found := _ONE.match(plain):
        sign = {"≥": ">=", "≤": "<="}.get(found[1] or "", found[1] or "")
        return _bounded(Quantity.parse(f"{sign}{found[2]} %"), text)
    raise BadQuantity(text, "is no share")


def _bounded(found: Quantity, text: str) -> Quantity:
    if any(end is not None and end > 100 for end in (found.low, found.high)):
        raise BadQuantity(text, "is more than the whole")
    return found
