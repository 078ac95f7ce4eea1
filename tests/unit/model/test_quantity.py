"""Quantities: exact, with the printed digits; 13 and 13.5 agree, 12.5 and 7.5 do not (R16)."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from knockon.errors import BadQuantity
from knockon.model.quantity import Quantity


def dec(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("text", "low", "high", "flags", "unit"),
    [
        ("13.5 %", "13.5", "13.5", "", "%"),
        ("13.5%", "13.5", "13.5", "", "%"),
        ("0 %", "0", "0", "", "%"),
        (">80 %", "80", None, "low_open", "%"),
        ("> 80 %", "80", None, "low_open", "%"),
        (">=50 %", "50", None, "", "%"),
        ("<30 bnUSD", None, "30", "high_open", "bnUSD"),
        ("<=8 bcm/y", None, "8", "", "bcm/y"),
        ("2..4 bnUSD", "2", "4", "", "bnUSD"),
        ("2.. %", "2", None, "", "%"),
        ("..4 %", None, "4", "", "%"),
        ("~46.3 Mt", "46.3", "46.3", "about", "Mt"),
        ("-3 %", "-3", "-3", "", "%"),
        (" 60 % ", "60", "60", "", "%"),
    ],
)
def test_every_form_is_read_and_printed(text: str, low: str | None, high: str | None, flags: str, unit: str) -> None:
    number = Quantity.parse(text)
    assert (number.low, number.high, number.unit) == (dec(low), dec(high), unit)
    assert {name for name in ("low_open", "high_open", "about") if getattr(number, name)} == set(flags.split())
    assert Quantity.parse(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "%",
        ".. %",
        "nan %",
        "+5 %",
        ".5 %",
        "5. %",
        "1.2.3 %",
        "5..2 %",
        "~2..4 %",
        "<2..4 %",
        ">..4 %",
        "50 % of it all",
        "1234567890123456789 %",
        "1.1234567891 %",
    ],
)
def test_bad_quantities_are_refused(text: str) -> None:
    with pytest.raises(BadQuantity) as told:
        Quantity.parse(text)
    assert "~46.3 Mt" in told.value.hint


def test_a_quantity_without_a_number_is_none() -> None:
    with pytest.raises(BadQuantity, match="has no number"):
        Quantity(low=None, high=None, unit="%")


def test_numbers_are_exact() -> None:
    low = Quantity.parse("49.999999999 %").low
    assert low is not None
    assert low * 1_000_000_000 == Decimal(49999999999)
    assert Quantity.exact("0.1", "%").low == Decimal(1) / 10
    assert Quantity.parse("123456789012345678.123456789 t").low == Decimal("123456789012345678.123456789")


def test_printed_digits_are_kept() -> None:
    assert str(Quantity.parse("13.50 %")) == "13.50 %"
    assert [Quantity.parse(text).places for text in ("13 %", "13.5 %", "13.50 %", "2..4.25 %")] == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("low", "high", "flags", "printed"),
    [
        ("60.00", "60.00", {}, "60"),
        ("100", "100", {}, "100"),
        ("60", "60", {"about": True}, "~60"),
        ("60", None, {"low_open": True}, ">60"),
        ("60", None, {}, ">=60"),
        (None, "60", {"high_open": True}, "<60"),
        (None, "60", {}, "<=60"),
        ("5", "10.5", {}, "5..10.5"),
    ],
)
def test_a_number_that_nobody_printed_is_written_plainly(
    low: str | None, high: str | None, flags: dict[str, bool], printed: str
) -> None:
    assert Quantity(low=dec(low), high=dec(high), unit="%", **flags).number == printed


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("13 %", "12.5", "13.5"),
        ("13.5 %", "13.45", "13.55"),
        ("13.50 %", "13.495", "13.505"),
        ("~46.3 Mt", "46.2", "46.4"),
        (">80 %", "80", None),
        (">=80 %", "79.5", None),
        ("<30 %", None, "30"),
        ("<=30 %", None, "30.5"),
        ("2..4 %", "1.5", "4.5"),
    ],
)
def test_the_spread_of_printed_digits(text: str, low: str | None, high: str | None) -> None:
    assert Quantity.parse(text).spread() == (dec(low), dec(high))


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        ("13 %", "13.5 %", True),
        ("13 %", "13.6 %", False),
        ("13.5 %", "13.50 %", True),
        ("12.5 %", "7.5 %", False),
        ("12 %", "13 %", True),
        ("12 %", "14 %", False),
        ("12.4 %", "12.6 %", False),
        ("~46.3 Mt", "46.4 Mt", True),
        ("~46.3 Mt", "46.6 Mt", False),
        (">80 %", "80 %", True),
        (">80 %", "79 %", False),
        (">80 %", "<30 %", False),
        (">20 %", "<30 %", True),
        ("2..4 %", "4..6 %", True),
        ("2..4 %", "6..8 %", False),
        ("60 %", "60 Mt", False),
        ("1 Mt", "1000 kt", False),
    ],
)
def test_agreement_is_at_the_printed_precision(one: str, two: str, agree: bool) -> None:
    a, b = Quantity.parse(one), Quantity.parse(two)
    assert (a.agrees(b), b.agrees(a)) == (agree, agree)


def test_every_number_agrees_with_itself() -> None:
    for sign, number in product(("", "~", ">", ">=", "<", "<="), ("0", "13", "13.5", "99.999999999")):
        quantity = Quantity.parse(f"{sign}{number} %")
        assert quantity.agrees(quantity)


@pytest.mark.parametrize("text", ["13,5 %", "1e5 %"])
def test_what_looks_like_a_number_is_not_taken_for_a_unit(text: str) -> None:
    with pytest.raises(BadQuantity):
        Quantity.parse(text)


def test_a_band_open_below_is_more_than_its_low_end() -> None:
    band = Quantity.parse(">25..50 %")
    assert (band.low, band.high, band.low_open, str(band)) == (25, 50, True, ">25..50 %")
    assert not band.agrees(Quantity.parse("<24 %"))
    assert band.agrees(Quantity.parse("50 %"))
