"""Check digits decide under which scheme a number is kept."""

from __future__ import annotations

import pytest

from knockon.sources.identifiers import checked, is_imo_company, is_imo_ship, is_inn, is_lei, is_ogrn, is_okpo, russian

CHECKS = {
    is_inn: ("7708004767", "7706107510", "781012626436"),
    is_ogrn: ("1027700035769", "1027700043502"),
    is_okpo: ("00044434",),
    is_lei: ("549300LCJ1UJXHYBWI24", "253400JT3MQWNDKMJE44"),
    is_imo_ship: ("9253325", "9310525"),
    is_imo_company: ("5147094", "6495856"),
}


@pytest.mark.parametrize(("check", "number"), [(c, n) for c, numbers in CHECKS.items() for n in numbers])
def test_a_number_passes_and_with_another_last_digit_it_does_not(check, number: str) -> None:  # type: ignore[no-untyped-def]
    assert check(number)
    assert not check(number[:-1] + str((int(number[-1]) + 1) % 10))
    assert not check(number + "0")
    assert not check("")


def test_a_number_that_fails_is_kept_as_it_was_printed() -> None:
    assert checked("lei", "549300LCJ1UJXHYBWI25") == ("lei-unchecked", "549300LCJ1UJXHYBWI25")
    assert checked("imo", "IMO 9253325") == ("imo", "9253325")


@pytest.mark.parametrize(
    ("label", "number", "person", "scheme"),
    [
        ("tax", "7708004767", False, "inn"),
        ("tax", "7708004767", True, "inn-unchecked"),  # ten digits are a company's
        ("tax", "781012626436", True, "inn"),
        ("tax", "1027700035769", False, "ogrn"),
        ("tax", "52600437680", False, "inn-unchecked"),  # one digit too many
        ("tax", "AB-1", False, "tax"),
        ("registration", "1027700035769", False, "ogrn"),
        ("registration", "1027700035768", False, "ogrn-unchecked"),
        ("registration", "K-17", False, "registration"),
        ("ogrn", "770901001", False, "kpp"),
    ],
)
def test_a_russian_number_is_what_its_digits_say(label: str, number: str, person: bool, scheme: str) -> None:
    assert russian(label, number, person=person)[0] == scheme
