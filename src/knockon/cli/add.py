"""``knockon add FILE…``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from knockon.cli.lists import add_lists, is_list, tell_edition
from knockon.cli.worlds import read_report
from knockon.errors import BadClaim, BadFile, BadInput, Rejected
from knockon.model.interval import parse_day
from knockon.settings import Settings

if TYPE_CHECKING:
    from knockon.ledger import Ledger, Load
    from knockon.model.claim import Claim
    from knockon.sources.source import Reading

__all__ = ["add"]

_HUGE = 10_000_000  # bytes; some eighty thousand claims


@click.command(
    epilog="Python: Ledger.open(path).add(claims). The columns of a CSV are in docs/reference/claims.md. A load is atomic: all of it, or none."
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--ledger", metavar="PATH", help="The ledger to add to; made when it is not there.")
@click.option("--skip-bad", is_flag=True, help="Load the sound rows and list the others.")
@click.option("--bare", is_flag=True, help="Begin a new ledger empty, without the reference world.")
@click.option(
    "--source", metavar="NAME", default="", help="Read the files as lists of this reader (ofac, eu …) or list."
)
@click.option(
    "--observed", metavar="DAY", help="The day on which a list was observed, where its file name does not say."
)
@click.option(
    "--publisher", metavar="ID", default="", help="Who retold the list, where it is not from the authority itself."
)
@click.option("--shrunk", is_flag=True, help="Take a list that lost more than half of its rows for whole.")
@click.pass_obj
def add(
    settings: Settings,
    files: tuple[str, ...],
    ledger: str | None,
    skip_bad: bool,
    bare: bool,
    source: str,
    observed: str | None,
    publisher: str,
    shrunk: bool,
) -> None:
    """Add claims (.csv, .jsonl), lists (files or folders) or reports (.txt, .html, an address, -), in one atomic load a file.

    All lists of one call are one load. What a list is, is told by its content.
    """
    from knockon.ledger import Ledger
    from knockon.ledger.bulk import add_parts
    from knockon.sources.csv_ import batches, read_batch

    day = parse_day(observed) if observed else None
    lists = [name for name in files if is_list(name, source)]
    files = tuple(name for name in files if name not in lists)
    path = Path(ledger).expanduser() if ledger else settings.ledger_to_write
    fresh = not path.exists()
    # everything is read before anything is added, so that a bad file leaves no trace, not even of a new ledger;
    # a file too large to hold in memory is read as it is added, and taken back whole if it is bad
    sheets = [(name, *_read(name, skip_bad)) for name in files if _is_claims(name) and not _is_huge(name)]
    try:
        with Ledger.open(path) as target:
            if fresh and not bare:
                from knockon import reference

                reference.fill(target)
            reports = [(name, read_report(name, target)) for name in files if not _is_claims(name)]
            begun = target.at
            if lists:
                load, editions = add_lists(
                    target,
                    [Path(name) for name in lists],
                    source=source,
                    observed=day,
                    publisher=publisher,
                    skip_bad=skip_bad,
                    shrunk=shrunk,
                )
            if fresh:
                click.echo(f"{path}: a new ledger" + ("" if bare else f", with the reference world ({begun} claims)"))
            if lists:
                for edition, count in editions:
                    tell_edition(edition, count)
                _tell(f"{len(editions)} edition(s)", load)
            for name, claims, titles, problems in sheets:
                _tell(name, target.add(claims, titles=titles, origin=name))
                _tell_skipped(problems, len(problems))
            for name in (n for n in files if _is_claims(n) and _is_huge(n)):
                done = add_parts(target, batches(Path(name)), read_batch, origin=name, skip_bad=skip_bad)
                _tell(name, done.load)
                _tell_skipped(done.problems, done.unsound)
            for name, reading in reports:
                _tell(name, _add_report(target, name, reading))
    except BadInput:
        if fresh:
            path.unlink(missing_ok=True)
        raise


def _is_claims(name: str) -> bool:
    return Path(name).suffix in (".csv", ".jsonl", ".ndjson") and not name.startswith(("http://", "https://"))


def _is_huge(name: str) -> bool:
    path = Path(name)
    return path.exists() and path.stat().st_size > _HUGE


def _tell_skipped(problems: Sequence[BadClaim], count: int) -> None:
    for problem in problems:
        click.echo(f"skipped: {problem.message}" + (f" ({problem.hint})" if problem.hint else ""), err=True)
    if count > len(problems):
        click.echo(f"skipped: {count - len(problems)} more", err=True)


def _read(name: str, skip_bad: bool) -> tuple[list[Claim], dict[str, str], list[BadClaim]]:
    from knockon.sources.csv_ import read_rows

    try:
        sheet = read_rows(Path(name))
    except FileNotFoundError:
        raise BadFile(name, "is not there", "give a .csv or .jsonl file of claims, or a report") from None
    except OSError as fault:
        raise BadFile(name, f"cannot be read ({fault.strerror})") from None
    if sheet.problems and not skip_bad:
        raise Rejected(sheet.problems, len(sheet.claims))
    return list(sheet.claims), sheet.titles, sheet.problems


def _add_report(target: Ledger, name: str, reading: Reading) -> Load:
    document = reading.document
    return target.add(
        [*reading.new_names, *(r.claim for r in reading.claims)],
        titles={document.id: f"{document.address} ({document.dateline})"},
        documents=[
            (document.id, document.address, document.title, document.language, document.dateline, document.text)
        ],
        readings=[(r.claim.id, document.id, reading.reader, r.sure, "; ".join(r.trace)) for r in reading.claims],
        origin=name,
    )


def _tell(name: str, done: Load) -> None:
    known = done.heard - done.added
    click.echo(
        f"{name}: {done.added} claims added{f', {known} known already' if known else ''}; the ledger is at {done.at}"
    )
