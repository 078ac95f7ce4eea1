"""How does a claim become a row? The columns are for finding; ``body`` is the claim itself, and the id is derived from it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, canonical
from knockon.model.interval import Moment
from knockon.model.vocabulary import Predicate, predicate

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["COLUMNS", "from_body", "row", "slot_of", "table"]

#: Name and DuckDB type of each column, in the order in which ``row`` gives them.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "varchar"),
    ("predicate", "varchar"),
    ("kind", "varchar"),
    ("subject", "varchar"),
    ("object", "varchar"),
    ("origin", "varchar"),
    ("low", "decimal(38, 9)"),
    ("high", "decimal(38, 9)"),
    ("plain", "boolean"),
    ("mode", "varchar"),
    ("polarity", "varchar"),
    ("said_earliest", "date"),
    ("said_latest", "date"),
    ("start_earliest", "date"),
    ("start_latest", "date"),
    ("end_earliest", "date"),
    ("end_latest", "date"),
    ("slot", "varchar"),
    ("qualifiers", "varchar"),
    ("source", "varchar"),
    ("body", "varchar"),
)


def slot_of(claim: Claim, word: Predicate | None = None) -> str:
    """What the claim competes with: a short hash of the fields that the vocabulary names as the slot."""
    word = word or predicate(claim.predicate)
    parts = [claim.predicate]
    for name in word.slot:
        part = claim.subject if name == "subject" else claim.object if name == "object" else _part(claim, name)
        if name == "votes" and part is None:
            continue  # votes are a slot of their own; a stake of capital keeps the slot it had before votes were told apart
        # each part carries its length, so that no two lists of parts make one text
        parts.append("-" if part is None else f"{len(part)}:{part}")
    return base64.b64encode(hashlib.blake2b("\0".join(parts).encode(), digest_size=15).digest()).decode()


def _part(claim: Claim, name: str) -> str | None:
    match name:
        case "stake":
            return claim.qualifier("stake") or claim.subject
        case "value":
            return claim.value if isinstance(claim.value, str) else str(claim.value)
        case "day":
            return str(claim.start)
        case "period":
            return f"{claim.start}/{claim.end}"
        case _:
            return claim.qualifier(name)


def row(claim: Claim) -> tuple[Any, ...]:
    """One row, in the order of ``COLUMNS``."""
    word = predicate(claim.predicate)
    number = claim.quantity
    start, end, said = claim.start or _NEVER, claim.end or _NEVER, claim.said_on
    made, body = claim.sealed()
    return (
        made,
        claim.predicate,
        word.kind,
        claim.subject,
        claim.object,
        claim.said_by[-1],
        number.low if number else None,
        number.high if number else None,
        number is None or not (number.about or number.low_open or number.high_open),
        claim.mode._value_,
        claim.polarity._value_,
        said.earliest,
        said.latest,
        start.earliest,
        start.latest,
        end.earliest,
        end.latest,
        slot_of(claim, word),
        canonical(dict(claim.qualifiers)) if claim.qualifiers else None,
        claim.source,
        body,
    )


def table(rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Many rows as Arrow columns, which DuckDB takes without looking at each value."""
    import pyarrow as pa

    kinds = {"varchar": pa.string(), "date": pa.date32(), "boolean": pa.bool_(), "decimal(38, 9)": pa.decimal128(38, 9)}
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, kinds[kind]) for column, (_, kind) in zip(columns, COLUMNS, strict=True)]
    return pa.table(arrays, names=[name for name, _ in COLUMNS])


class _Never:
    earliest = latest = None


_NEVER: Moment | _Never = _Never()


def from_body(body: str, known_id: str | None = None) -> Claim:
    """The claim of a row; its id is taken from the row (``verify`` re-derives it)."""
    claim = Claim.from_dict(json.loads(body))
    if known_id is not None:
        object.__setattr__(claim, "_id", ClaimId(known_id))
    return claim
