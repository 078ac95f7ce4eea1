"""Identity of what is said: canonical JSON and tagged hashes. Refuses joins with a separator (they collide).

>>> tagged_id("c", "example", {"b": 1, "a": 2}) == tagged_id("c", "example", {"a": 2, "b": 1})
True
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any, NewType

from knockon.errors import BadClaim

__all__ = ["ClaimId", "EntityId", "canonical", "check_entity_id", "slug", "tagged_id"]

EntityId = NewType("EntityId", str)
ClaimId = NewType("ClaimId", str)

_ENTITY = re.compile(r"[a-z0-9][a-z0-9_.:+/\-]{0,119}\Z")

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def canonical(content: Any) -> str:
    """One spelling for one content: sorted keys, no spaces, no escapes beyond JSON's own."""
    return _encode(content)


def tagged_id(prefix: str, tag: str, content: Any) -> str:
    """``prefix`` and 26 base-32 letters (130 bits) of SHA-256 over the tag, a zero byte and the canonical JSON."""
    digest = hashlib.sha256(f"knockon/{tag}/1\0{canonical(content)}".encode()).digest()
    return prefix + base64.b32encode(digest[:17]).decode().lower()[:26]


def check_entity_id(found: str, field: str) -> EntityId:
    """The id itself, or an error that says what an id looks like."""
    if not _ENTITY.match(found):
        raise BadClaim(
            f'{field} "{found}" is not an entity id',
            hint="ids are lower-case Latin letters, digits and _ . : + / -, such as lukoil or ofac:17248",
        )
    return EntityId(found)


def slug(text: str) -> EntityId:
    """A readable id for a name in plain Latin letters.

    >>> slug("Office of Foreign Assets Control")
    'office_of_foreign_assets_control'
    """
    made = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:100]
    return check_entity_id(made, "name")
