"""Which reader reads these files? By their content; readers of other packages come by the entry point group ``knockon.sources``.

Entry points are read when a file is to be recognised, never at import. Refuses a file that several readers claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from knockon.errors import BadFile
from knockon.sources.editions import EditionReading, Paper, Reader
from knockon.sources.papers import head_of, paper, unfolded

__all__ = ["GROUP", "OURS", "read_editions", "reader_of", "readers"]

GROUP = "knockon.sources"

#: Our own readers, as pyproject.toml names them: also there when the package runs from its folder without being installed.
OURS = {
    "eu": "knockon.sources.eu:READER",
    "ftm": "knockon.sources.ftm:READER",
    "ofac": "knockon.sources.ofac:READER",
    "targets": "knockon.sources.targets:READER",
}


@cache
def readers() -> dict[str, Reader]:
    """Every reader by its name.

    >>> "ofac" in readers()
    True
    """
    from importlib.metadata import EntryPoint

    found = {name: EntryPoint(name, value, GROUP) for name, value in OURS.items()}
    found |= {point.name: point for point in entry_points(group=GROUP)}
    return {name: point.load() for name, point in sorted(found.items())}


def reader_of(path: Path, source: str = "") -> Reader | None:
    """The reader that recognises a file, or that ``source`` names (a reader or one of its lists)."""
    known = readers()
    if source:
        named = [r for name, r in known.items() if source == name or source in r.lists]
        if not named:
            lists = sorted({one for r in known.values() for one in r.lists})
            raise BadFile(
                path, f'no reader is called "{source}"', f"readers: {', '.join(known)}; lists: {', '.join(lists)}"
            )
        return named[0]
    head = head_of(path)
    fitting = [r for r in known.values() if r.recognises(head, path.name)]
    if len(fitting) > 1:
        raise BadFile(
            path, f"is recognised by {', '.join(r.name for r in fitting)}", "say which one with --source NAME"
        )
    return fitting[0] if fitting else None


def read_editions(
    paths: Sequence[Path], *, source: str = "", observed: date | None = None, publisher: str = ""
) -> Iterator[EditionReading]:
    """Every edition in these files and folders, one reader after the other."""
    groups: dict[str, tuple[Reader, list[Path]]] = {}
    for path in unfolded(paths):
        reader = reader_of(path, source)
        if reader is None:
            raise BadFile(
                path, "is not a list that a reader knows", f"readers: {', '.join(readers())}; name one with --source"
            )
        groups.setdefault(reader.name, (reader, []))[1].append(path)
    for reader, files in groups.values():
        wanted = source if source in reader.lists else ""
        for batch in _batches(files):
            papers: list[Paper] = [paper(path, observed) for path in batch]
            yield from reader.read(papers, wanted=wanted, publisher=publisher)


def _batches(files: Sequence[Path]) -> list[list[Path]]:
    """The files of one folder together, those that carry their own day apart: one edition is in memory at a time."""
    from knockon.sources.editions import day_in

    found: dict[tuple[str, date | None], list[Path]] = {}
    for path in files:
        found.setdefault((str(path.parent), day_in(path.name)), []).append(path)
    return list(found.values())
