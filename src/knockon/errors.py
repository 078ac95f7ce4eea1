"""Every error knockon raises on purpose, as one tree.

::

    KnockonError                exit  1
    ├── BadInput                exit  3   something given to us cannot be read
    │   ├── BadClaim                      one claim (row, line) is not sound
    │   ├── BadFile                       a file is not what it should be
    │   ├── BadDay                        a day, a range or an instant cannot be read
    │   ├── BadQuantity                   a number with its unit cannot be read
    │   ├── BadLine                       a line of claim text cannot be read
    │   └── Rejected                      several unsound rows, reported together
    ├── NotFound                exit  4   a name, an id or a document is not there
    │   ├── UnknownEntity
    │   ├── UnknownSupposed               a supposition names what nothing is called
    │   ├── UnknownClaim
    │   └── UnknownPredicate
    ├── LedgerError             exit  5   the ledger cannot be used as asked
    │   ├── LedgerInUse
    │   ├── LedgerTooNew
    │   ├── LedgerDamaged
    │   └── LedgerFull
    ├── Unreachable             exit  6   an address cannot be fetched, or may not be
    └── Refused                 exit  7   the question has no honest answer here
        └── ExportForbidden               a licence keeps claims out of an export

A subclass takes *things*, not sentences, and builds ``message`` (what was found, where) and ``hint`` (what to do).

>>> raise_me = UnknownPredicate("hold_shares", ("holds_shares", "holds_interest"))
>>> raise_me.message
'no predicate is called "hold_shares"'
>>> raise_me.hint
'did you mean holds_shares or holds_interest?'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

__all__ = [
    "BadClaim",
    "BadDay",
    "BadFile",
    "BadInput",
    "BadLine",
    "BadQuantity",
    "ExportForbidden",
    "KnockonError",
    "LedgerDamaged",
    "LedgerError",
    "LedgerFull",
    "LedgerInUse",
    "LedgerTooNew",
    "NotFound",
    "Refused",
    "Rejected",
    "UnknownClaim",
    "UnknownEntity",
    "UnknownPredicate",
    "UnknownSupposed",
    "Unreachable",
]


class KnockonError(Exception):
    """Base of all errors; ``code`` is stable and documented, ``exit`` is the command line's exit status."""

    code = "error"
    exit = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class BadInput(KnockonError):
    code = "bad-input"
    exit = 3


class BadClaim(BadInput):
    """One claim is not sound; ``where`` names the file, row and column when they are known."""

    code = "bad-claim"

    def __init__(self, problem: str, *, where: str = "", hint: str = "", column: str = "") -> None:
        super().__init__(f"{where}: {problem}" if where else problem, hint)
        self.problem = problem
        self.where = where
        self.column = column

    def at(self, where: str) -> BadClaim:
        """The same problem, told with its place; the column is added where it is known."""
        place = f"{where}, column {self.column}" if self.column and where else where
        return BadClaim(self.problem, where=place, hint=self.hint)


class BadFile(BadInput):
    code = "bad-file"

    def __init__(self, path: object, problem: str, hint: str = "") -> None:
        super().__init__(f"{path}: {problem}", hint)
        self.path = path


class BadDay(BadInput):
    code = "bad-day"

    def __init__(self, found: str, problem: str = "is not a day, a month, a year, a range or an instant") -> None:
        super().__init__(
            f'"{found}" {problem}',
            "write 2025-10-22, 2025-10, 2025, 2025-11-03..2025-11-09, ..2025-02-18 or 2025-11-21T00:01 America/New_York",
        )
        self.found = found


class BadQuantity(BadInput):
    code = "bad-quantity"

    def __init__(self, found: str, problem: str = "is not a number with a unit", hint: str = "") -> None:
        super().__init__(
            f'"{found}" {problem}', hint or "write 13.5 %, >80 %, <=8 bcm/y, 2..4 bnUSD, >25..50 % or ~46.3 Mt"
        )
        self.found = found


class BadLine(BadInput):
    code = "bad-line"

    def __init__(self, line: str, problem: str, hint: str = "") -> None:
        super().__init__(f'cannot read "{line}": {problem}', hint or "the grammar is one page: docs/reference/lines.md")
        self.line = line


class Rejected(BadInput):
    """Several unsound rows of one load, reported together; nothing of the load was kept."""

    code = "rejected"

    def __init__(self, problems: Sequence[BadClaim], sound: int, count: int | None = None) -> None:
        """``count`` is how many there were, where only the first are kept."""
        count = len(problems) if count is None else count
        shown = [p.message + (f" ({p.hint})" if p.hint else "") for p in problems[:20]]
        more = count - len(shown)
        body = "\n  ".join(shown) + (f"\n  … and {more} more" if more > 0 else "")
        super().__init__(
            f"{count} unsound row(s), {sound} sound; nothing was added:\n  {body}",
            "mend them, or add --skip-bad to load the sound rows and list the others",
        )
        self.problems = tuple(problems)
        self.sound = sound


class NotFound(KnockonError):
    code = "not-found"
    exit = 4


def _near(wanted: str, known: Iterable[str]) -> str:
    near = get_close_matches(wanted, sorted(set(known)), n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else ""


class UnknownEntity(NotFound):
    code = "unknown-entity"

    def __init__(self, wanted: str, known: Iterable[str] = (), several: Sequence[str] = ()) -> None:
        if several:
            super().__init__(
                f'"{wanted}" is the name of more than one: {", ".join(several)}', "give the id of the one you mean"
            )
            return
        super().__init__(
            f'nothing is called "{wanted}" in this world', _near(wanted, known) or "see: knockon claims --names"
        )


class UnknownSupposed(NotFound):
    code = "unknown-supposed"

    def __init__(self, wanted: str, known: Iterable[str] = ()) -> None:
        near = _near(wanted, known)
        new = f'if it is new, say what it is: --suppose "{wanted} is a company"'
        super().__init__(f'supposed: nothing in this ledger is called "{wanted}"', f"{near} {new}".strip())


class UnknownClaim(NotFound):
    code = "unknown-claim"

    def __init__(self, wanted: str, problem: str = "no claim or line has this id", hint: str = "") -> None:
        super().__init__(
            f'"{wanted}": {problem}', hint or "ids stand in brackets in every answer; a unique prefix is enough"
        )


class UnknownPredicate(NotFound):
    code = "unknown-predicate"

    def __init__(self, wanted: str, known: Iterable[str] = ()) -> None:
        super().__init__(
            f'no predicate is called "{wanted}"', _near(wanted, known) or "see docs/reference/vocabulary.md"
        )


class LedgerError(KnockonError):
    code = "ledger"
    exit = 5


class LedgerInUse(LedgerError):
    code = "ledger-in-use"

    def __init__(self, path: object, detail: str = "") -> None:
        super().__init__(
            f"{path} is in use by another process{f' ({detail})' if detail else ''}",
            "wait for it to end; a ledger has one user at a time",
        )


class LedgerTooNew(LedgerError):
    code = "ledger-too-new"

    def __init__(self, path: object, found: str, ours: str) -> None:
        super().__init__(
            f"{path} has layout {found}; this knockon reads up to {ours}", "upgrade knockon; the ledger was not touched"
        )


class LedgerDamaged(LedgerError):
    code = "ledger-damaged"

    def __init__(self, path: object, problem: str, hint: str = "") -> None:
        super().__init__(f"{path}: {problem}", hint or "restore it from a copy, or load its sources into a new ledger")


class LedgerFull(LedgerError):
    code = "ledger-full"

    def __init__(self, path: object, detail: str) -> None:
        super().__init__(
            f"{path}: could not write ({detail}); nothing of this load was kept", "free some space and load again"
        )


class Unreachable(KnockonError):
    code = "unreachable"
    exit = 6

    def __init__(self, address: str, problem: str, hint: str = "") -> None:
        super().__init__(f"{address}: {problem}", hint or "save the page's text to a file and give that")


class Refused(KnockonError):
    """The question cannot be answered from what is claimed; says what is missing."""

    code = "refused"
    exit = 7


class ExportForbidden(Refused):
    """Claims of a dataset would leave with an export, and its licence does not let them."""

    code = "export-forbidden"

    def __init__(self, held: Sequence[tuple[str, str, int]]) -> None:
        """``held``: each dataset with its licence and how many of its claims the export would hold."""
        told = "; ".join(f"{dataset} ({licence}): {count} claim(s)" for dataset, licence, count in held)
        flags = " ".join(f"--without {dataset}" for dataset, _, _ in held)
        super().__init__(
            f"the licence of a dataset does not let its claims be exported: {told}", f"leave them out: {flags}"
        )
        self.held = tuple(held)
