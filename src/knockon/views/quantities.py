"""How is a number told? In the unit that was said, with the converted one beside it and the factor that made it.

Refuses to hide a bound or a missing number, and to convert what is not crude between tonnes and barrels.

>>> from knockon.views.words import words
>>> amount(Quantity.parse("63 Mt/y"), words("en"), commodity="oil")
'63 Mt a year (≈ 1,270 kb/d at 7.33 barrels a tonne)'
>>> share(Decimal("12.5"), Decimal("20.0"), words("en"))
'12.5–20 %'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from knockon.model.quantity import Quantity
from knockon.model.vocabulary import convert, crude_note, dimension
from knockon.views.words import Words

__all__ = ["amount", "between", "number", "percent", "share"]

#: the unit that stands beside one that was said
_BESIDE = {
    "Mt/y": "kb/d",
    "Mt/month": "kb/d",
    "t/y": "bbl/d",
    "kt/d": "kb/d",
    "kb/d": "Mt/y",
    "Mb/d": "Mt/y",
    "bbl/d": "kt/d",
    "Mt": "Mbbl",
    "kt": "kbbl",
    "t": "bbl",
    "Mbbl": "Mt",
    "kbbl": "kt",
    "bbl": "t",
    "m3/h": "bcm/y",
    "mcm/d": "bcm/y",
    "mcm": "bcm",
}
_PLACES = Decimal("0.0001")


def amount(said: Quantity, words: Words, *, commodity: str = "", year: bool = False) -> str:
    """The number as it was said, and beside it the converted one; ``year`` is true for an amount of one whole year."""
    shown = _bounded(said, said.unit, words, lambda end: _printed(said, end, words))
    return shown + _converted(said, words, commodity, year)


def number(found: Decimal, words: Words) -> str:
    """A plain number in the language's way, at most four places; 49.99999 is not shown as 50."""
    cut = found if -int(found.as_tuple().exponent) <= 4 else found.quantize(_PLACES)
    if cut != found and cut == cut.to_integral_value():
        cut = found
    return _grouped(format(cut.normalize() if cut else Decimal(0), "f"), words)


def percent(found: Decimal, words: Words) -> str:
    """One percentage."""
    return f"{number(found, words)} %"


def share(low: Decimal | None, high: Decimal | None, words: Words) -> str:
    """The bounds of a stake; a missing number is said to be missing."""
    if low is None and high is None:
        return words.say("number.none")
    if high is None:
        assert low is not None
        return words.say("number.at_least", x=percent(low, words))
    if low is None:
        assert high is not None
        return words.say("number.at_most", x=percent(high, words))
    if low == high:
        return percent(low, words)
    return f"{number(low, words)}–{percent(high, words)}"


def between(low: Decimal | None, high: Decimal | None, unit: str, words: Words, *, rounded: bool = False) -> str:
    """The bounds of an amount in one unit; ``rounded`` to three digits where a product made it."""
    if low is None and high is None:
        return words.say("number.none")
    return _bounded(
        Quantity(low=low, high=high, unit=unit), unit, words, lambda end: (_three if rounded else number)(end, words)
    )


def _bounded(said: Quantity, unit: str, words: Words, write: Callable[[Decimal], str]) -> str:
    low, high, label = said.low, said.high, words.word("units", unit)
    if low is None:
        assert high is not None
        return words.say("number.less_than" if said.high_open else "number.at_most", x=f"{write(high)} {label}")
    if high is None:
        return words.say("number.more_than" if said.low_open else "number.at_least", x=f"{write(low)} {label}")
    if low == high:
        text = f"{write(low)} {label}"
        return words.say("number.about", x=text) if said.about else text
    return f"{write(low)}–{write(high)} {label}"


def _printed(said: Quantity, end: Decimal, words: Words) -> str:
    """The digits as they were printed: 90.0 stays 90.0."""
    for digits in re.findall(r"\d+(?:\.\d+)?", said.printed):
        if Decimal(digits) == end:
            return _grouped(str(digits), words)
    return number(end, words)


def _converted(said: Quantity, words: Words, commodity: str, year: bool) -> str:
    source, target = said.unit, _BESIDE.get(said.unit)
    if year and said.unit in ("Mt", "Mbbl"):  # an amount of one year is a rate
        source, target = ("Mt/y", "kb/d") if said.unit == "Mt" else ("Mbbl", "Mt")
    if target is None:
        return ""
    crude = dimension(source) != dimension(target)
    if crude and commodity and not re.search(r"oil|crude|condensate|нефт|петрол", commodity):
        return ""
    ends = [None if end is None else convert(end, source, target) for end in (said.low, said.high)]
    text = _rounded(ends[0], ends[1], target, words)
    note = words.say("number.crude", factor=_factor(words)) if crude else ""
    return words.say("number.beside", x=text, note=note)


def _rounded(low: Decimal | None, high: Decimal | None, unit: str, words: Words) -> str:
    """Three digits are enough for a figure that a rounded factor made."""
    shown = [_three(end, words) for end in (low, high) if end is not None]
    return f"{'–'.join(dict.fromkeys(shown))} {words.word('units', unit)}"


def _three(found: Decimal, words: Words) -> str:
    if found == 0:
        return "0"
    places = max(2 - found.adjusted(), 0)
    step = Decimal(1).scaleb(-places) if places else Decimal(1).scaleb(found.adjusted() - 2)
    cut = found.quantize(step) if places else (found / step).quantize(Decimal(1)) * step
    return _grouped(format(cut.normalize(), "f"), words)


def _grouped(digits: str, words: Words) -> str:
    """Digits in the language's way, thousands set apart."""
    whole, _, rest = digits.partition(".")
    shown = f"{int(whole):,}".replace(",", words.say("number.group")) if len(whole) > 3 else whole
    return f"{shown}{words.say('number.point')}{rest}" if rest else shown


def _factor(words: Words) -> str:
    found = re.search(r"\d+(?:\.\d+)?", crude_note())
    assert found is not None
    return found[0].replace(".", words.say("number.point"))
