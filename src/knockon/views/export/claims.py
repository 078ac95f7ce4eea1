"""Claims as CSV and JSONL in the project's own format, and as Parquet columns: what is read back has the same ids.

Refuses to write a CSV row that would be read back as another claim: it is left out, and counted with its reason.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from knockon.model.claim import Claim, Mode, Polarity
from knockon.sources.csv_ import COLUMNS, Batch, read_batch
from knockon.views.export.files import open_text

__all__ = ["Written", "csv_cells", "csv_loss", "write_csv", "write_jsonl"]


@dataclass(slots=True)
class Written:
    """What a format took: how many claims, and the ids of those it could not carry, by the reason."""

    claims: int = 0
    left_out: dict[str, list[str]] = field(default_factory=dict)


def write_jsonl(path: Path, claims: Iterable[tuple[Claim, str]]) -> Written:
    """One claim a line with its id first, so that plain ``sort`` keeps the order; nothing is lost."""
    done = Written()
    with open_text(path) as file:
        for claim, title in claims:
            row = {"id": claim.id, **claim.to_dict()} | ({"title": title} if title else {})
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            done.claims += 1
    return done


def write_csv(path: Path, claims: Iterable[tuple[Claim, str]]) -> Written:
    """One claim a row, each row read back before it counts."""
    done = Written()
    with open_text(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for claim, title in claims:
            if loss := csv_loss(claim):
                done.left_out.setdefault(loss, []).append(claim.id)
            else:
                writer.writerow(csv_cells(claim, title))
                done.claims += 1
    return done


def csv_cells(claim: Claim, title: str = "") -> list[str]:
    """The cells of a claim in the order of ``COLUMNS``.

    >>> from knockon.testing import claims
    >>> csv_cells(claims("acme holds 60% of bolt since 2020 (registry)")[0])[:6]
    ['acme', 'holds_shares', 'bolt', '60 %', '', '2020']
    """
    return [
        claim.subject,
        claim.predicate,
        claim.object or "",
        "" if claim.value is None else str(claim.value),
        "; ".join(f"{key}={value}" for key, value in claim.qualifiers),
        str(claim.start or ""),
        str(claim.end or ""),
        "" if claim.mode is Mode.STATED else claim.mode.value,
        "" if claim.polarity is Polarity.AFFIRMED else claim.polarity.value,
        " < ".join(claim.said_by),
        str(claim.said_on),
        claim.source,
        " ".join(title.split()),
        "",
    ]


def csv_loss(claim: Claim) -> str:
    """Why a CSV row would not be this claim when it is read back; "" where it would be.

    The row goes through the reader itself, so that what the reader cannot take is found whatever it is.
    """
    if claim.quote is not None:
        return "quote"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(csv_cells(claim))
    text.seek(0)
    try:
        rows = list(csv.reader(text, strict=True))
    except csv.Error:
        return "text"
    if len(rows) != 1:
        return "text"
    sheet = read_batch(Batch("row", tuple(COLUMNS), ((1, rows[0]),)))
    if sheet.problems:
        column = sheet.problems[0].where.rpartition("column ")[2]
        return column if column in ("value", "qualifiers") else "text"
    read = sheet.claims[0]
    if read.id == claim.id:
        return ""
    if read.value != claim.value:
        return "text" if isinstance(claim.value, str) else "value"
    return "qualifiers" if read.qualifiers != claim.qualifiers else "text"
