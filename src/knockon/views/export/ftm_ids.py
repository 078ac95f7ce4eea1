"""How is an entity id written where FollowTheMoney allows letters, digits, dots and dashes alone? Reversibly; two ids never become one.

>>> ftm_id("ofac:17248"), ftm_id("us-ofac")
('knockon-ofacC17248', 'knockon-us-ofac')
>>> own_id(ftm_id("kaz_munay/gas."))
'kaz_munay/gas.'
"""

from __future__ import annotations

from knockon.model.ids import EntityId, tagged_id

__all__ = ["ftm_id", "link_id", "own_id"]

#: our ids are lower case, so a capital letter can stand for each sign that is not allowed
_SIGNS = {"_": "U", ":": "C", "/": "S", "+": "P"}
_BACK = {capital: sign for sign, capital in _SIGNS.items()}
_PREFIX = "knockon-"


def ftm_id(entity: str) -> str:
    """The id in the form that FollowTheMoney takes; a last dot or dash, which it does not, is followed by E."""
    made = "".join(_SIGNS.get(sign, sign) for sign in entity)
    return _PREFIX + made + ("E" if made[-1] in ".-" else "")


def own_id(found: str) -> EntityId:
    """The inverse of ``ftm_id``."""
    body = found.removeprefix(_PREFIX).removesuffix("E")
    return EntityId("".join(_BACK.get(sign, sign) for sign in body))


def link_id(*parts: object) -> str:
    """An id for what is no entity of ours (a link, a listing, an office): the same for the same parts, on any day."""
    return _PREFIX + tagged_id("l", "ftm", [str(p) if p is not None else None for p in parts])
