"""What did the reader take from a text? A table for a person: each claim with speaker, mode, days and quote, then what was left."""

from __future__ import annotations

import shutil
import sys

from knockon.model.claim import Claim
from knockon.sources.source import Reading

__all__ = ["print_reading", "reading_lines"]


def reading_lines(reading: Reading) -> list[tuple[str, str, str]]:
    """One row a claim: the statement, on whose word, and the quote."""
    return [(_statement(r.claim), _word(r.claim), r.claim.quote.text if r.claim.quote else "") for r in reading.claims]


def _statement(claim: Claim) -> str:
    parts = [claim.subject, claim.predicate]
    parts += [claim.object] if claim.object else []
    parts += [str(claim.value)] if claim.value is not None else []
    parts += [f"{k}={v}" for k, v in claim.qualifiers]
    parts += [f"from {claim.start}"] if claim.start else []
    parts += [f"until {claim.end}"] if claim.end else []
    return " ".join(parts)


def _word(claim: Claim) -> str:
    how = claim.mode.value + (", denied" if claim.polarity == "denied" else "")
    return f"{how}; {' < '.join(claim.said_by)}"


def print_reading(reading: Reading) -> None:
    """Print the table; it keeps to the width of the terminal, and is plain text when piped."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = shutil.get_terminal_size((120, 40)).columns if sys.stdout.isatty() else 140
    console = Console(width=width, highlight=False, markup=False)
    document = reading.document
    console.print(
        f"{document.address}: {document.language}, dateline {document.dateline or 'none'}; {len(reading.claims)} claims"
    )
    for warning in document.warnings:
        console.print(f"warning: {warning}")
    table = Table(show_lines=False, pad_edge=False, box=None, padding=(0, 2, 0, 0))
    for head, ratio in (("id", None), ("claim", 5), ("mode; on whose word", 3), ("quote", 5)):
        table.add_column(head, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for read, (statement, word, quote) in zip(reading.claims, reading_lines(reading), strict=True):
        table.add_row(Text(f"[{read.claim.id[:10]}]"), Text(statement), Text(word), Text(_safe(quote)))
    console.print(table)
    for left in reading.unread:
        console.print(Text(f"not read, sentence {left.sentence + 1}: {left.reason}"))


def _safe(text: str) -> str:
    """Control characters of a text from outside do not reach the terminal."""
    return "".join(ch if ch.isprintable() or ch == " " else " " for ch in text)
