"""Is a printed number what its label says? Check digits of INN, OGRN, OKPO, LEI and IMO decide; a number that fails them is kept
under ``<scheme>-unchecked``, never under the strong scheme, and never mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

__all__ = ["checked", "is_imo_company", "is_imo_ship", "is_inn", "is_lei", "is_ogrn", "is_okpo", "russian"]


def _weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=False))


def is_inn(text: str) -> bool:
    """A Russian tax number: ten digits of a company, twelve of a person.

    >>> is_inn("7708004767"), is_inn("7708004768")
    (True, False)
    """
    if re.fullmatch(r"\d{10}", text, re.ASCII):
        return _weighed(text, (2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(text[9])
    if re.fullmatch(r"\d{12}", text, re.ASCII):
        first = _weighed(text, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(text[10])
        return first and _weighed(text, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(text[11])
    return False


def is_ogrn(text: str) -> bool:
    """A Russian registration number: thirteen digits, or fifteen for a sole trader.

    >>> is_ogrn("1027700035769"), is_ogrn("1027700035768")
    (True, False)
    """
    if re.fullmatch(r"\d{13}", text, re.ASCII):
        return int(text[:12]) % 11 % 10 == int(text[12])
    if re.fullmatch(r"\d{15}", text, re.ASCII):
        return int(text[:14]) % 13 % 10 == int(text[14])
    return False


def is_okpo(text: str) -> bool:
    """A code of the Russian statistical register: eight digits, or ten for a sole trader."""
    if not re.fullmatch(r"\d{8}|\d{10}", text, re.ASCII):
        return False
    body, last = text[:-1], int(text[-1])
    rest = _weighed(body, [1 + i % 10 for i in range(len(body))]) % 11
    if rest == 10:
        rest = _weighed(body, [1 + (i + 2) % 10 for i in range(len(body))]) % 11 % 10
    return rest == last


def is_lei(text: str) -> bool:
    """A legal entity identifier (ISO 17442: the number of its letters leaves 1 when divided by 97).

    >>> is_lei("549300LCJ1UJXHYBWI24"), is_lei("549300LCJ1UJXHYBWI25")
    (True, False)
    """
    if not re.fullmatch(r"[A-Z0-9]{18}\d{2}", text, re.ASCII):
        return False
    return int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1


def is_imo_ship(text: str) -> bool:
    """The IMO number of a ship. Companies have numbers of the same length, with another check digit.

    >>> is_imo_ship("9253325"), is_imo_ship("5147094")
    (True, False)
    """
    return bool(re.fullmatch(r"\d{7}", text, re.ASCII)) and _weighed(text[:6], (7, 6, 5, 4, 3, 2)) % 10 == int(text[6])


def is_imo_company(text: str) -> bool:
    """The IMO number of a company.

    >>> is_imo_company("5147094")
    True
    """
    if not re.fullmatch(r"\d{7}", text, re.ASCII):
        return False
    return (11 - _weighed(text[:6], (8, 6, 4, 2, 9, 7)) % 11) % 10 == int(text[6])


_CHECKS: dict[str, Callable[[str], bool]] = {
    "inn": is_inn,
    "ogrn": is_ogrn,
    "okpo": is_okpo,
    "lei": is_lei,
    "imo": is_imo_ship,
    "imo-company": is_imo_company,
}


def checked(scheme: str, text: str) -> tuple[str, str]:
    """The scheme that a number may be kept under, and the number without spaces where the scheme has check digits.

    >>> checked("inn", "7708004767"), checked("inn", "52600437680"), checked("passport", "63 4604880")
    (('inn', '7708004767'), ('inn-unchecked', '52600437680'), ('passport', '63 4604880'))
    """
    check = _CHECKS.get(scheme)
    if check is None:
        return scheme, text
    bare = re.sub(r"[\s\-]", "", text).upper().removeprefix("IMO") if scheme != "lei" else text.strip().upper()
    return (scheme, bare) if check(bare) else (f"{scheme}-unchecked", text)


def russian(label: str, text: str, *, person: bool) -> tuple[str, str]:
    """What a number from Russia is when its column may lie: by its length and check digits, not by its label.

    ``label`` is "tax", "registration" or the exact scheme that the source names.

    >>> russian("ogrn", "770901001", person=False), russian("tax", "7708004767", person=False)
    (('kpp', '770901001'), ('inn', '7708004767'))
    """
    bare = re.sub(r"[\s\-]", "", text)
    if is_inn(bare) and len(bare) == (12 if person else 10):
        return "inn", bare
    if is_ogrn(bare):
        return "ogrn", bare
    if label == "ogrn" and re.fullmatch(r"\d{9}", bare, re.ASCII):
        return "kpp", bare
    named = {"tax": "inn", "registration": "ogrn"}.get(label, label)
    looks = r"\d{9,13}" if named == "inn" else r"\d{12,16}"
    if label in ("tax", "registration") and not re.fullmatch(looks, bare, re.ASCII):
        return label, text
    return f"{named}-unchecked", text
