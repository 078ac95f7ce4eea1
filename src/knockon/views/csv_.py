"""An answer as a table that a spreadsheet opens: the same values as its JSON, one row for each part, one header row.

A tuple of answers gives a row each. One answer gives a row for its own fields and a row for each part that it is made of;
``part`` names the field that a part stands in. Refuses to compute, and to let a cell run as a formula.

>>> from knockon.testing import world
>>> from knockon.analyses.status import designated
>>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
>>> [row[:4] for row in table(designated(w), w)]
[['entity', 'authority', 'programme', 'measure'], ['acme', 'us-ofac', '', 'blocking']]
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from knockon import __version__
from knockon.analyses.askers import Asker
from knockon.views.json_ import plain
from knockon.world import World

__all__ = ["ECHO", "answer_csv", "cell", "table"]

#: the columns at the end of every row: for which world the answer holds (R22)
ECHO = ("world_on", "world_known", "world_at", "world_fingerprint", "version", "world_supposed", "asker")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def answer_csv(answer: Any, world: World, *, asker: Asker | None = None) -> str:
    """The answer as CSV (UTF-8, comma, a header row), ready to be written out."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table(answer, world, asker=asker))
    return out.getvalue()


def table(answer: Any, world: World, *, asker: Asker | None = None) -> list[list[str]]:
    """The header row and the rows. The columns follow from the kind of answer, not from what was found."""
    many = isinstance(answer, tuple | list)
    if many or not is_dataclass(answer) or isinstance(answer, type):
        found = [("", part) for part in (answer if many else (answer,))]
        kinds = tuple(dict.fromkeys(type(part) for _, part in found))
        parts: tuple[str, ...] = ()
    else:
        nested = _nested(type(answer))
        found = [("", answer), *((name, part) for name in nested for part in getattr(answer, name))]
        kinds = (type(answer), *(kind for some in nested.values() for kind in some))
        parts = tuple(nested)
    columns = tuple(
        dict.fromkeys(c for kind in kinds for c in _columns(kind) if kind is not type(answer) or c not in parts)
    )
    head = [*(("part",) if parts else ()), *columns, *ECHO]
    echo = _echo(world, asker)
    rows = [head]
    for place, part in found:
        values = {k: v for k, v in _values(part).items() if k in columns}
        told = {**echo, "part": place, **values}
        rows.append([cell(told.get(column)) for column in head])
    return rows


def cell(value: Any) -> str:
    """One value of the JSON form as text: nothing for null, ids joined by blanks, a quantity as said, anything deeper as compact JSON.

    >>> cell(["c1", "c2"]), cell(None), cell(True), cell([{"low": "13.5"}]), cell("=1+1")
    ('c1 c2', '', 'true', '[{"low":"13.5"}]', "'=1+1")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, dict) and value.keys() == {"text", "low", "high", "unit"}:
        return _safe(value["text"])  # a quantity, as it was said
    if isinstance(value, list) and all(isinstance(one, str) and one and one.split() == [one] for one in value):
        joined = " ".join(value)
        if not joined.startswith(("[", "{")):
            return _safe(joined)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _safe(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers are left alone."""
    if not text.startswith(_FORMULA) or text.lstrip("-").replace(".", "", 1).isdecimal():
        return text
    return f"'{text}"


def _values(part: Any) -> dict[str, Any]:
    found = plain(part)
    return found if isinstance(found, dict) else {"value": found}


def _columns(kind: type) -> tuple[str, ...]:
    if not is_dataclass(kind):
        return ("value",)
    names = tuple(f.name for f in fields(kind) if not f.name.startswith("_"))
    return ("id", *names) if kind.__name__ == "Claim" else names


def _nested(kind: Any) -> dict[str, tuple[type, ...]]:
    """The fields that hold the parts an answer is made of, with the kinds of parts."""
    hints = get_type_hints(kind)
    out: dict[str, tuple[type, ...]] = {}
    for field in fields(kind):
        inner: Sequence[Any] = [a for a in get_args(hints[field.name]) if a is not Ellipsis]
        if inner and getattr(hints[field.name], "__origin__", None) is tuple and all(is_dataclass(a) for a in inner):
            out[field.name] = tuple(inner)
    return out


def _echo(world: World, asker: Asker | None) -> dict[str, Any]:
    return {
        "world_on": plain(world.on),
        "world_known": plain(world.known),
        "world_at": world.at,
        "world_fingerprint": world.fingerprint,
        "version": __version__,
        "world_supposed": [c.id for c in world.supposed],
        "asker": asker.name if asker else None,
    }
