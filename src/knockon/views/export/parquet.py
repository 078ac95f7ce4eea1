"""Claims as typed Parquet columns, with the claim's own JSON beside them. Attributions and the world asked stand in the metadata.

Refuses to hold more than some thousands of claims in memory at a time, and to turn an exact number into a float.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from knockon.analyses.datasets import Dataset, dataset_of
from knockon.model.claim import Claim
from knockon.model.interval import Moment
from knockon.views.export.claims import Written

__all__ = ["write_parquet"]

_GROUP = 50_000  # claims a row group


def write_parquet(
    path: Path, claims: Iterable[tuple[Claim, str]], datasets: Mapping[str, Dataset], notes: Mapping[str, str]
) -> Written:
    """Write the claims; ``notes`` become the metadata of the schema, each key after ``knockon.``."""
    import pyarrow.parquet as pq

    schema = _schema().with_metadata({f"knockon.{key}": value for key, value in notes.items()})
    done = Written()
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(claims):
            writer.write_table(_table(group, datasets, schema))
            done.claims += len(group)
    return done


def _groups(claims: Iterable[tuple[Claim, str]]) -> Iterator[list[tuple[Claim, str]]]:
    iterator = iter(claims)
    while group := list(islice(iterator, _GROUP)):
        yield group


def _schema() -> Any:
    import pyarrow as pa

    text, day, number, flag = pa.string(), pa.date32(), pa.decimal128(38, 9), pa.bool_()
    fields = [(name, text) for name in ("id", "subject", "predicate", "object", "text")]
    fields += [("low", number), ("high", number), ("low_open", flag), ("high_open", flag), ("about", flag)]
    fields += [("unit", text), ("printed", text), ("qualifiers", pa.map_(text, text))]
    for moment in ("start", "end", "said_on"):
        fields += [(moment, text), (f"{moment}_earliest", day), (f"{moment}_latest", day)]
    fields += [("mode", text), ("polarity", text), ("said_by", pa.list_(text)), ("source", text), ("title", text)]
    fields += [("quote_start", pa.int64()), ("quote_end", pa.int64()), ("quote", text)]
    fields += [("dataset", text), ("licence", text), ("attribution", text), ("body", text)]
    return pa.schema(fields)


def _table(group: list[tuple[Claim, str]], datasets: Mapping[str, Dataset], schema: Any) -> Any:
    import pyarrow as pa

    rows = [_row(claim, title, datasets) for claim, title in group]
    return pa.table([pa.array([row[f.name] for row in rows], f.type) for f in schema], schema=schema)


def _row(claim: Claim, title: str, datasets: Mapping[str, Dataset]) -> dict[str, Any]:
    number, quote = claim.quantity, claim.quote
    dataset = datasets.get(dataset_of(claim.source, datasets) or "")
    row: dict[str, Any] = {
        "id": claim.id,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "text": claim.value if isinstance(claim.value, str) else None,
        "low": number.low if number else None,
        "high": number.high if number else None,
        "low_open": number.low_open if number else None,
        "high_open": number.high_open if number else None,
        "about": number.about if number else None,
        "unit": number.unit if number else None,
        "printed": number.printed if number else None,
        "qualifiers": list(claim.qualifiers),
        "mode": claim.mode.value,
        "polarity": claim.polarity.value,
        "said_by": list(claim.said_by),
        "source": claim.source,
        "title": title or None,
        "quote_start": quote.start if quote else None,
        "quote_end": quote.end if quote else None,
        "quote": quote.text if quote else None,
        "dataset": dataset.id if dataset else None,
        "licence": dataset.licence if dataset else None,
        "attribution": dataset.attribution if dataset else None,
        "body": json.dumps(claim.to_dict(), ensure_ascii=False),
    }
    return row | _days("start", claim.start) | _days("end", claim.end) | _days("said_on", claim.said_on)


def _days(name: str, moment: Moment | None) -> dict[str, Any]:
    if moment is None:
        return {name: None, f"{name}_earliest": None, f"{name}_latest": None}
    return {name: str(moment), f"{name}_earliest": moment.earliest, f"{name}_latest": moment.latest}
