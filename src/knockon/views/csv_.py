"""An answer as a table that a spreadsheet opens: the same values as its JSON, one row for each part, one header row.

A tuple of answers gives a row each. One answer gives a row for its own fields and a row for each part that it is made of;
``part`` names the field that a part stands in. Refuses to compute, and to let a cell run as a formula.

>>> from knockon.testing import world
>>> from knockon.analyses.status import designated
>>> w = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-06-01")
>>> [row[:4] for row in table(designated(w), w)]
[['entity', 'name', 'how', 'authority'], ['acme', 'acme', 'designated', 'us-ofac']]
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
from knockon.views.json_ import answer_plain, plain
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
    told = answer_plain(answer, world, asker)
    nested = _nested(type(answer)) if is_dataclass(answer) else {}
    if isinstance(told, list):
        found = [("", one if isinstance(one, dict) else {"value": one}) for one in told]
        columns = list(dict.fromkeys(key for _, part in found for key in part))
    else:
        found = [("", {k: v for k, v in told.items() if k not in nested})]
        found += [(name, part) for name in nested for part in told[name]]
        own = [k for k in told if k not in nested]
        columns = list(
            dict.fromkeys([*own, *(c for kinds in nested.values() for kind in kinds for c in _columns(kind))])
        )
    head = [*(("part",) if nested else ()), *columns, *ECHO]
    echo = _echo(world, asker)
    return [head, *([cell({**echo, "part": place, **part}.get(c)) for c in head] for place, part in found)]


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


def _columns(kind: type) -> tuple[str, ...]:
    assert is_dataclass(kind)
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
