"""What does OpenSanctions' ``targets.simple.csv`` show? One row a target: that a dataset lists it, its names and numbers.

Refuses to read its crawl times as days of listing, and numbers without a label as any scheme but "unlabelled".
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from knockon.errors import BadClaim, BadFile
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.sources.editions import EditionReading, Paper, Voice, frame
from knockon.sources.identifiers import checked
from knockon.sources.open_data import LICENCE, authority, dataset_of, list_of, measure, party_id, table, voice

__all__ = ["READER", "Targets"]

_NEEDED = ("id", "schema", "name", "aliases", "identifiers", "dataset")
_IMO = re.compile(r"IMO ?(\d{7})\Z")
_MOST = 10_000_000  # characters in one cell


class Targets:
    """The reader of targets.simple.csv."""

    name = "targets"
    lists: tuple[str, ...] = ()

    def recognises(self, head: str, name: str) -> bool:
        first = head.partition("\n")[0].replace('"', "").strip().split(",")
        return all(column in first for column in (*_NEEDED, "first_seen", "last_seen"))

    def read(self, papers: Sequence[Paper], *, wanted: str = "", publisher: str = "") -> tuple[EditionReading, ...]:
        return tuple(reading for paper in papers for reading in _read(paper, publisher))


def _read(paper: Paper, publisher: str) -> Iterator[EditionReading]:
    problems: list[BadClaim] = []
    claims: dict[str, list[Claim]] = defaultdict(list)
    rows: dict[str, set[str]] = defaultdict(set)
    for where, cells in _rows(paper, problems):
        for title in _values(cells["dataset"]):
            dataset = dataset_of(title)
            try:
                claims[dataset] += _target(cells, dataset, voice(dataset, paper, publisher))
            except BadClaim as fault:
                problems.append(fault.at(where))
            else:
                rows[dataset].add(cells["id"])
    for place, dataset in enumerate(sorted(claims) or ["unread"]):
        speaks, list_id = voice(dataset, paper, publisher), list_of(dataset)
        count = len(rows[dataset])
        about = frame(speaks, list_id, digest=paper.digest, complete=False, rows=count, licence=LICENCE)
        yield EditionReading(
            list=list_id,
            authority=EntityId(authority(dataset)),
            observed=paper.observed,
            digest=paper.digest,
            complete=False,
            rows=count,
            parties=count,
            claims=tuple(dict.fromkeys([*about, *claims[dataset]])),
            titles={f"{list_id}@{paper.observed}": f"OpenSanctions, {dataset}, observed on {paper.observed}"},
            problems=tuple(problems) if place == 0 else (),
            licence=LICENCE,
        )


def _rows(paper: Paper, problems: list[BadClaim]) -> Iterator[tuple[str, dict[str, str]]]:
    csv.field_size_limit(_MOST)
    reader = csv.reader(io.StringIO(paper.text, newline=""), strict=True)
    seen: set[str] = set()
    try:
        header = next(reader)
        for cells in reader:
            where = f"{paper.address} line {reader.line_num}"
            if len(cells) != len(header):
                problems.append(BadClaim(f"has {len(cells)} cells, the header has {len(header)}", where=where))
                continue
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            if missing := [c for c in ("id", "schema", "name", "dataset") if not row[c]]:
                problems.append(BadClaim(f"column {missing[0]} is empty", where=where))
            elif row["id"] in seen:
                problems.append(BadClaim(f'id "{row["id"]}" is there a second time', where=where))
            else:
                seen.add(row["id"])
                yield where, row
    except csv.Error as fault:
        raise BadFile(
            paper.address,
            f"line {reader.line_num} is not CSV ({fault})",
            "it was cut or changed on its way: download it again",
        ) from None


def _target(cells: dict[str, str], dataset: str, speaks: Voice) -> list[Claim]:
    kind = table()["types"].get(cells["schema"])
    if kind is None:
        raise BadClaim(f'"{cells["schema"]}" is not a schema of this format', column="schema")
    party, list_id = party_id(cells["id"]), list_of(dataset)
    source = f"{list_id}@{speaks.said_on}#id={cells['id']}"
    made = [
        speaks.claim(
            authority(dataset),
            "lists",
            source,
            object=party,
            list=list_id,
            measure=measure(dataset),
            programme=programme,
        )
        for programme in _values(cells.get("program_ids", "")) or [""]
    ]
    made += [speaks.claim(party, "is_a", source, value=kind), speaks.claim(party, "named", source, value=cells["name"])]
    made += [speaks.claim(party, "named", source, value=name, form="alias") for name in _values(cells["aliases"])]
    made.append(speaks.claim(party, "identified_by", source, value=cells["id"], scheme="opensanctions"))
    for text in _values(cells["identifiers"]):
        imo = _IMO.match(text)
        scheme, number = (
            ("unlabelled", text) if imo is None else checked("imo" if kind == "vessel" else "imo-company", imo[1])
        )
        made.append(speaks.claim(party, "identified_by", source, value=number, scheme=scheme))
    return made


def _values(cell: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


READER = Targets()
