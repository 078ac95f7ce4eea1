"""Which identifiers are strong enough to say that two entries are one party, and is one written rightly?

Refuses a number whose check digits are wrong, and every scheme that no register hands out one by one. Names are no identifiers.

>>> normal("inn", " 7708.004767 "), sound("inn", "7708004767"), sound("inn", "7708004768")
('7708004767', True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["STRONG", "normal", "own", "sound"]


def normal(scheme: str, value: str) -> str:
    """One spelling of an identifier: no blanks and dots, upper case; a ship's number without the letters before it.

    >>> normal("imo", "IMO 5147094"), normal("lei", "549300lcj1ujxhybwi24")
    ('5147094', '549300LCJ1UJXHYBWI24')
    """
    plain = re.sub(r"[\s.]", "", value).upper()
    return plain.removeprefix("IMO") if scheme == "imo" else plain


def sound(scheme: str, value: str) -> bool:
    """Whether a normal value of a strong scheme has the right length and check digits; any other scheme is never sound.

    >>> sound("lei", "549300LCJ1UJXHYBWI24"), sound("inn-unchecked", "7708004767")
    (True, False)
    """
    check = STRONG.get(scheme)
    filler = (
        scheme != "ofac" and len(set(value)) < 2
    )  # ten noughts stand where a number was missing, and pass the check
    return check is not None and not filler and value.isascii() and check(value)


def own(entity: str) -> tuple[str, str] | None:
    """The identifier that an id is made of, where it is a strong one.

    >>> own("ofac:17248"), own("lukoil")
    (('ofac', '17248'), None)
    """
    scheme, colon, rest = entity.partition(":")
    if not colon or scheme not in STRONG:
        return None
    value = normal(scheme, rest)
    return (scheme, value) if sound(scheme, value) else None


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=False))


_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, *_INN_10)
_INN_12 = (3, *_INN_11)


def _inn(value: str) -> bool:
    """The Russian taxpayer's number: 10 digits of a company, 12 of a person (Federal Tax Service order MMV-7-6/435)."""
    if not value.isdigit():
        return False
    if len(value) == 10:
        return _weighed(value, _INN_10) % 11 % 10 == int(value[9])
    eleventh, twelfth = _weighed(value, _INN_11) % 11 % 10, _weighed(value, _INN_12) % 11 % 10
    return len(value) == 12 and value[10:] == f"{eleventh}{twelfth}"


def _ogrn(value: str) -> bool:
    """The number in the Russian state register: 13 digits of a company, 15 of a sole trader."""
    if not value.isdigit() or len(value) not in (13, 15):
        return False
    return int(value[:-1]) % (len(value) - 2) % 10 == int(value[-1])


def _lei(value: str) -> bool:
    """The legal entity identifier (ISO 17442): 20 letters and digits, check digits by ISO 7064 MOD 97-10."""
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", value):
        return False
    return int("".join(str(int(letter, 36)) for letter in value)) % 97 == 1


def _imo(value: str) -> bool:
    """The number of a ship, or of a shipping company: seven digits, of which the last checks the others (IMO A.1117(30), A.1160(32))."""
    if len(value) != 7 or not value.isdigit():
        return False
    ship, company = _weighed(value, (7, 6, 5, 4, 3, 2)) % 10, (11 - _weighed(value, (8, 6, 4, 2, 9, 7)) % 11) % 10
    return int(value[6]) in (ship, company)


def _ofac(value: str) -> bool:
    """The uid that OFAC gives a party on all its lists; it has no check digit."""
    return re.fullmatch(r"[1-9][0-9]{0,6}", value) is not None


#: scheme: whether a normal value can be one. Schemes that are not here, such as "inn-unchecked", never link.
STRONG: dict[str, Callable[[str], bool]] = {"imo": _imo, "inn": _inn, "lei": _lei, "ofac": _ofac, "ogrn": _ogrn}
