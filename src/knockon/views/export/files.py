"""Where does an export go, and what goes beside it? A file appears whole or not at all; attributions travel with it.

Refuses to leave half a file: it is written under another name beside its place and moved there when it is whole.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import IO, Any, cast

from knockon.analyses.datasets import Use
from knockon.errors import BadFile
from knockon.views.json_ import plain

__all__ = ["SUFFIXES", "attribution_lines", "format_of", "manifest_json", "target", "write_text"]

#: what the end of a file's name says about its format
SUFFIXES = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".ftm.json": "ftm",
    ".ftm.jsonl": "ftm",
}


def format_of(out: str) -> str | None:
    """The format that a file's name asks for; the longest ending decides.

    >>> format_of("world.ftm.json"), format_of("claims.csv"), format_of("-")
    ('ftm', 'csv', None)
    """
    fitting = [end for end in SUFFIXES if out.lower().endswith(end)]
    return SUFFIXES[max(fitting, key=len)] if fitting else None


@contextmanager
def target(out: str) -> Iterator[Path]:
    """A path to write to; it becomes ``out`` (or goes to standard output for ``-``) once nothing failed."""
    if out == "-":
        with TemporaryDirectory(prefix="knockon-export-") as folder:
            path = Path(folder) / "out"
            yield path
            with path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return
    place = Path(out).expanduser()
    try:
        with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
            path = Path(file.name)
        path.chmod(0o644)
    except OSError as fault:
        raise BadFile(out, f"cannot be written ({fault.strerror})", "name a file in a folder that is there") from None
    try:
        yield path
        path.replace(place)
    except OSError as fault:
        raise BadFile(out, f"cannot be written ({fault.strerror})") from None
    finally:
        path.unlink(missing_ok=True)


def write_text(out: str, text: str) -> None:
    """Write a small file whole."""
    with target(out) as path:
        path.write_text(text, "utf-8")


def open_text(path: Path) -> IO[str]:
    """A text file with line ends as they are written."""
    return cast("IO[str]", path.open("w", encoding="utf-8", newline=""))


def attribution_lines(uses: Iterable[Use]) -> list[str]:
    """One line a dataset: its id, its licence, and the words that must go with it.

    >>> from knockon.analyses.datasets import Dataset
    >>> d = Dataset(id="eu-fsf", licence="EU-reuse", attribution="(c) European Union", exports=True, because=())
    >>> attribution_lines([Use(dataset=d, claims=2)])
    ['eu-fsf (EU-reuse), 2 claims: (c) European Union']
    """
    return [
        f"{u.dataset.id} ({u.dataset.licence}), {u.claims} claim{'s' if u.claims != 1 else ''}"
        + (f": {u.dataset.attribution}" if u.dataset.attribution else "")
        for u in uses
    ]


def manifest_json(manifest: Mapping[str, Any]) -> str:
    """What was written, from which world, and what could not be carried, as indented JSON."""
    return json.dumps(plain(manifest), ensure_ascii=False, indent=2) + "\n"
