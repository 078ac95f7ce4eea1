"""Which words do OpenSanctions' two formats share? Datasets and their authorities, ids, types, licence: ftm.toml, and no guess.

Crawl times (``first_seen``, ``last_seen``, ``last_change``) are never read: they say when a robot looked, not when a party was listed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from knockon.model.ids import EntityId, slug, tagged_id
from knockon.sources.editions import Licence, Paper, Voice
from knockon.sources.identifiers import checked, russian

__all__ = ["LICENCE", "authority", "dataset_of", "list_of", "measure", "number", "party_id", "table", "voice"]

LICENCE = Licence(name="CC-BY-NC-4.0", attribution="OpenSanctions (opensanctions.org)", exports="no")
_RETOLD_BY = "opensanctions"
_LOWER = re.compile(r"[a-z0-9][a-z0-9_.+/\-]{0,99}\Z")


@cache
def table() -> dict[str, dict[str, Any]]:
    """The tables of ftm.toml."""
    return tomllib.loads((files("knockon.sources") / "ftm.toml").read_text("utf-8"))


def party_id(raw: str) -> EntityId:
    """The id of an object; ids with capitals get a hash behind them, since two may differ in capitals alone.

    >>> party_id("ofac-17248")
    'ftm:ofac-17248'
    """
    if _LOWER.match(raw):
        return EntityId(f"ftm:{raw}")
    plain = re.sub(r"[^a-z0-9_.+/-]+", "-", raw.lower()).strip("-")[:80] or "id"
    return EntityId(f"ftm:{plain}.{tagged_id('h', 'ftm-id', raw)[1:9]}")


def dataset_of(title: str) -> str:
    """The dataset that a title or a name stands for."""
    return str(table()["titles"].get(title, slug(title)))


def list_of(dataset: str) -> str:
    """The id of the list that a dataset is here."""
    return f"opensanctions-{dataset}"


def authority(dataset: str) -> str:
    """Whose list a dataset repeats; it speaks for itself where the table does not know."""
    return str(table()["authorities"].get(dataset, dataset))


def voice(dataset: str, paper: Paper, publisher: str) -> Voice:
    """The authority, retold by OpenSanctions, retold by whoever published the file."""
    return Voice.of(authority(dataset), paper.observed, publisher if publisher != _RETOLD_BY else "", _RETOLD_BY)


def measure(dataset: str, provisions: Sequence[str] = ()) -> str:
    """What a listing means, or "" where nothing tells: absent is not blocking."""
    for text in provisions:
        for words, what in table()["provisions"].items():
            if words in text.lower():
                return str(what)
    return str(table()["measures"].get(dataset, ""))


def number(column: str, text: str, kind: str) -> tuple[str, str]:
    """The scheme and number of one value of one property."""
    scheme = str(table()["identifiers"][column])
    if scheme in ("inn", "ogrn"):
        return russian(scheme, text, person=kind == "person")
    if scheme == "imo" and kind != "vessel":
        scheme = "imo-company"
    return checked(scheme, text)
