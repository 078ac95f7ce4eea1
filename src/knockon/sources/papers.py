"""What is in a file of a list? Its text, unpacked, and the hash of its content. Refuses what is cut, empty or not UTF-8."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from knockon.errors import BadFile
from knockon.sources.editions import Paper, observed_of

__all__ = ["head_of", "paper", "unfolded"]

_HEAD = 8000
_MOST = 2_000_000_000  # bytes after unpacking: a list is never that large, a bomb is
_ENDINGS = (".csv", ".csv.gz", ".json", ".json.gz", ".jsonl", ".jsonl.gz")


def unfolded(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file, and for a folder the lists in it and below it, in the order of their names."""
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.name.lower().endswith(_ENDINGS) and p.is_file())
            if not found:
                raise BadFile(path, "is a folder without a list", f"lists end in {', '.join(_ENDINGS)}")
            yield from found
        else:
            yield path


def head_of(path: Path) -> str:
    """The first characters of a file, unpacked; what is not UTF-8 is told when the file is read."""
    return _bytes(path, _HEAD).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def paper(path: Path, observed: date | None = None) -> Paper:
    """One file, whole."""
    content = _bytes(path, _MOST)
    if not content.strip(b"\x00\x1a \r\n\t"):
        raise BadFile(path, "is empty", "download it again")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadFile(path, f"is not UTF-8 (byte {fault.start}, line {line})", "save it as UTF-8") from None
    return Paper(
        address=str(path),
        name=path.name,
        folder=str(path.parent),
        text=text.removeprefix("\ufeff"),
        digest=hashlib.sha256(content).hexdigest(),
        observed=observed_of(path.name, str(path), observed),
    )


def _bytes(path: Path, most: int) -> bytes:
    try:
        if not path.name.lower().endswith(".gz"):
            with path.open("rb") as plain:
                return _bounded(path, plain.read(most + 1), most)
        with gzip.open(path, "rb") as packed:
            return _bounded(path, packed.read(most + 1), most)
    except FileNotFoundError:
        raise BadFile(path, "is not there", "give a file or a folder of lists") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise BadFile(path, f"is not a whole gzip file ({fault})", "it was cut on its way: download it again") from None
    except OSError as fault:
        raise BadFile(path, f"cannot be read ({fault.strerror})") from None


def _bounded(path: Path, content: bytes, most: int) -> bytes:
    if len(content) > most == _MOST:
        raise BadFile(path, f"is larger than {_MOST} bytes unpacked")
    return content[:most]
