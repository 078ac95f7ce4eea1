"""What does a printed code mean: a programme, a measure, a type, a label of a number? Reads ofac.toml, and nothing but it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["identifier_labels", "is_sectoral", "kind_of", "list_by_codes", "measure", "programme", "programmes_of"]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("knockon.sources.ofac") / "ofac.toml").read_text("utf-8"))


def programmes_of(cell: str) -> tuple[str, ...]:
    """The codes of one cell; OFAC joins several with "] [".

    >>> programmes_of("UKRAINE-EO13662] [RUSSIA-EO14024")
    ('UKRAINE-EO13662', 'RUSSIA-EO14024')
    """
    return tuple(dict.fromkeys(code.strip(" []") for code in cell.split("] [") if code.strip(" []")))


def programme(code: str) -> str:
    """The legal name of a programme, or the code as it is printed.

    >>> programme("RUSSIA-EO14024"), programme("SDGT")
    ('E.O. 14024', 'SDGT')
    """
    return str(_table()["programmes"].get(code, code))


def is_sectoral(name: str) -> bool:
    """Whether directives under this legal name restrict and do not block."""
    return name in _table()["sectoral"]["names"]


def measure(list_id: str, code: str, directive: str = "") -> str:
    """What standing on this list under this programme, or being subject to this directive, means.

    >>> measure("us-ofac-sdn", "SDGT"), measure("us-ofac-nonsdn", "RUSSIA-EO14024", "2")
    ('blocking', 'correspondent_accounts')
    """
    if directive:
        return str(_table()["directives"].get(f"{programme(code)}/{directive}", "sectoral"))
    of_list = _table()["measures"][list_id]
    return str(of_list.get(code, of_list["*"]))


def kind_of(printed: str) -> str:
    """The type of a party: what OFAC leaves out is an entity of any legal form."""
    return str(_table()["types"].get(printed, "legal_entity"))


@cache
def identifier_labels() -> dict[str, str]:
    """Label in the remarks → scheme."""
    return dict(_table()["identifiers"])


def list_by_codes(cells: set[tuple[str, ...]]) -> str:
    """The list that a file's programmes can only belong to, or "" where they do not tell."""
    marks = set(_table()["marks"]["us-ofac-nonsdn"])
    non_sdn = set(_table()["measures"]["us-ofac-nonsdn"]) - {"*"}
    if any(cell and set(cell) <= marks for cell in cells):
        return "us-ofac-nonsdn"
    if any(cell and not set(cell) & non_sdn for cell in cells):
        return "us-ofac-sdn"
    return ""
