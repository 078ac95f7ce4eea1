"""How are editions of lists recorded, and what is told of each? The part of ``knockon add`` that reads publishers' files.

All files of one call are one load: with an unsound row nothing is added, unless ``--skip-bad`` says so; an edition of which a
row was left out is no longer complete, so that nobody is taken for delisted because of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knockon.errors import BadClaim, BadFile, Rejected

if TYPE_CHECKING:
    from knockon.ledger import Ledger, Load
    from knockon.model.claim import Claim
    from knockon.sources.editions import EditionReading

__all__ = ["add_lists", "is_list", "tell_edition"]

_SHOWN = 10
_PACKED = (".gz", ".json")


def is_list(name: str, source: str) -> bool:
    """Whether a name given to ``knockon add`` is a list, and not a file of claims or a report."""
    path = Path(name)
    if name == "-" or name.startswith(("http://", "https://")):
        return False
    if path.is_dir() or (source and path.exists()):
        return True
    low = name.lower()
    if low.endswith(_PACKED):
        return True
    if not low.endswith((".csv", ".jsonl")) or not path.is_file():
        return False
    from knockon.sources.registry import reader_of

    return reader_of(path) is not None


def add_lists(
    target: Ledger,
    paths: Sequence[Path],
    *,
    source: str,
    observed: date | None,
    publisher: str,
    skip_bad: bool,
    shrunk: bool,
) -> tuple[Load, list[tuple[EditionReading, int]]]:
    """Record every edition in the files, as one load; the readings come back with the number of their claims instead of these."""
    from knockon.ledger.rows import row, table
    from knockon.sources.registry import read_editions

    done: list[tuple[EditionReading, int]] = []
    titles: dict[str, str] = {}

    def tables() -> Iterator[Any]:
        for reading in read_editions(paths, source=source, observed=observed, publisher=publisher):
            if reading.problems and not skip_bad:
                raise Rejected(reading.problems, reading.rows)
            _fits(target, reading, shrunk=shrunk)
            for claim in reading.claims:
                _sound(claim)
            titles.update(reading.titles)
            yield table([row(claim) for claim in reading.claims])
            done.append((replace(reading, claims=()), len(reading.claims)))

    load = target.record(tables(), titles=titles, origin=" ".join(str(path) for path in paths))
    return load, done


def _fits(target: Ledger, reading: EditionReading, *, shrunk: bool) -> None:
    """An edition that contradicts one of its own day, lies ahead, or lost most of its rows would delist parties by a slip."""
    from knockon.ledger.editions import held

    name = f"{reading.list}, observed {reading.observed}"
    if reading.observed > datetime.now().astimezone().date():
        raise BadFile(name, "lies in the future", "give the day on which it was observed with --observed")
    if not reading.complete:
        return
    digest = next(c.value for c in reading.claims if c.predicate == "edition")
    known = [e for e in held(target, reading.list) if e.complete]
    if any(e.observed == reading.observed and e.digest != digest for e in known):
        raise BadFile(
            name,
            "another complete edition of that day is recorded",
            "give each its own day with --observed, or drop one",
        )
    before = [e for e in known if e.observed < reading.observed and e.rows]
    if before and not shrunk and reading.rows * 2 < (before[-1].rows or 0):
        raise BadFile(
            name,
            f"has {reading.rows} rows, the edition of {before[-1].observed} had {before[-1].rows}: it may be cut",
            "if it is whole, add it with --shrunk: who is not shown then counts as delisted",
        )


def _sound(claim: Claim) -> None:
    from knockon.model.vocabulary import check

    try:
        check(claim)
    except BadClaim as fault:
        raise fault.at(claim.source) from None


def tell_edition(reading: EditionReading, count: int) -> None:
    """Print what one edition gave, what was left out of it, and which ties could not be followed."""
    whole = "complete" if reading.complete else "not complete: who is not shown may still be listed"
    click.echo(
        f"{reading.list}, observed {reading.observed}: {reading.rows} rows, {reading.parties} parties, {count} claims; {whole}"
    )
    _tell([f"skipped: {p.message}" for p in reading.problems], "skipped")
    _tell([f"not followed: {u.party} is linked to {u.name}: {u.reason}" for u in reading.unresolved], "not followed")
    _tell([f"note: {note}" for note in reading.notes], "notes")


def _tell(lines: list[str], what: str) -> None:
    for line in lines[:_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > _SHOWN:
        click.echo(f"  {what}: {len(lines) - _SHOWN} more")
