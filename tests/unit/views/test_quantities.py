"""Numbers: the unit that was said first, the converted one beside it, bounds and gaps in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knockon.model.quantity import Quantity
from knockon.views import quantities
from knockon.views.words import words

EN, BG = words("en"), words("bg")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (">80 %", "more than 80 %"),
        (">=50 %", "at least 50 %"),
        ("<30 bnUSD", "less than 30 billion US dollars"),
        ("<=8 bcm/y", "at most 8 bcm a year"),
        ("2..4 bnUSD", "2–4 billion US dollars"),
        ("~30 %", "about 30 %"),
        ("90.0 bcm", "90.0 bcm"),
        ("200000 km", "200,000 km"),
    ],
)
def test_a_number_keeps_its_bounds_and_its_printed_digits(said: str, told: str) -> None:
    assert quantities.amount(Quantity.parse(said), EN) == told


def test_tonnes_and_barrels_stand_beside_each_other_with_the_factor() -> None:
    assert (
        quantities.amount(Quantity.parse("263 kb/d"), EN, commodity="oil")
        == "263 kb/d (≈ 13.1 Mt a year at 7.33 barrels a tonne)"
    )
    assert quantities.amount(Quantity.parse("63 Mt"), EN, commodity="oil", year=True).startswith(
        "63 Mt (≈ 1,270 kb/d at"
    )
    assert quantities.amount(Quantity.parse("7.5 Mt"), EN, commodity="oil").startswith(
        "7.5 Mt (≈ 55 million barrels at"
    )


def test_what_is_not_crude_is_not_turned_into_barrels() -> None:
    assert quantities.amount(Quantity.parse("5 Mt"), EN, commodity="coal") == "5 Mt"


def test_a_conversion_within_gas_needs_no_crude_factor() -> None:
    assert (
        quantities.amount(Quantity.parse("<=200000 m3/h"), EN, commodity="gas")
        == "at most 200,000 m³ an hour (≈ 1.75 bcm a year)"
    )


def test_a_missing_number_is_said_to_be_missing_and_zero_is_not_missing() -> None:
    assert quantities.share(None, None, EN) == "no number told"
    assert quantities.share(Decimal(0), Decimal(0), EN) == "0 %"
    assert quantities.share(Decimal("12.5"), None, EN) == "at least 12.5 %"


def test_nothing_short_of_half_is_shown_as_half() -> None:
    assert quantities.percent(Decimal("49.996"), EN) == "49.996 %"
    assert quantities.percent(Decimal("49.9999"), EN) == "49.9999 %"


def test_bulgarian_has_a_decimal_comma() -> None:
    assert quantities.share(Decimal("12.5"), Decimal("20.0"), BG) == "12,5–20 %"
    assert quantities.amount(Quantity.parse("13.50 %"), BG) == "13,50 %"
