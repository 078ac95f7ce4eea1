"""What does a file of EU listings show? Parties by act, annex and record, with the measure, the day printed, names and numbers.

A consolidated file shows the whole list of an act; an amending one only what it adds or changes, so it is never complete.
Refuses a measure and a day that it cannot read; a day in the future stays as it is printed.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from knockon.errors import BadClaim, BadFile, KnockonError
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.sources.editions import EditionReading, Licence, Paper, Voice, frame
from knockon.sources.eu_rows import Row, act_of, cells_of, is_celex, parties, rows_of
from knockon.sources.identifiers import checked, is_imo_ship, russian
from knockon.sources.printed import folded, printed_day

__all__ = ["READER", "Eu"]

_AUTHORITY = "eu"
_LICENCE = Licence(
    name="EU-reuse",
    attribution="European Union, Official Journal; transcribed by OpenSanctions (eu_journal_sanctions, MIT)",
)
_FORMS = (("alias", "alias"), ("weakAlias", "weak"), ("previousName", "former"))


class Eu:
    """The reader of both kinds of file of the EU's Official Journal as CSV."""

    name = "eu"
    lists: tuple[str, ...] = ()

    def recognises(self, head: str, name: str) -> bool:
        first = head.partition("\n")[0].strip().split(",")
        return ("celex" in first or "amendedCelex" in first) and "recordId" in first and "measure" in first

    def read(self, papers: Sequence[Paper], *, wanted: str = "", publisher: str = "") -> tuple[EditionReading, ...]:
        made: list[EditionReading] = []
        for paper in papers:
            made += _read(paper, Voice.of(_AUTHORITY, paper.observed, publisher))
        return tuple(made)


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, Any] = tomllib.loads((files("knockon.sources") / "eu.toml").read_text("utf-8"))
    return found


def _read(paper: Paper, voice: Voice) -> Iterator[EditionReading]:
    problems: list[BadClaim] = []
    amending = "amendmentCelex" in paper.text.partition("\n")[0]
    by_act: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(paper, problems):
        by_act[row.act].append(row)
    if not by_act and not amending and not problems:
        by_act[_named(paper)] = []  # a framework act that lists nobody: only the file's name says which
    for act, rows in sorted(by_act.items()):
        found, problems = problems, []  # what could not be read is told with the first act of the file
        yield _edition(paper, voice, act, rows, found, amending=amending)
    if problems:
        yield _edition(paper, voice, _named(paper), [], problems, amending=amending)


def _named(paper: Paper) -> str:
    name = paper.name.partition(".")[0].upper()
    if not is_celex(name):
        raise BadFile(paper.address, "has no sound row, and its name is no CELEX number", "name it as 32014R0269.csv")
    return name


def _edition(
    paper: Paper, voice: Voice, act: str, rows: list[Row], problems: list[BadClaim], *, amending: bool
) -> EditionReading:
    list_id, claims, shown, read = f"eu-{act.lower()}", [], set(), 0
    for row, party in parties(rows):
        try:
            claims += _party(row, party, voice, list_id)
        except BadClaim as fault:
            problems.append(fault.at(row.where))
        else:
            shown.add(party)
            read += 1
    complete = not amending and not problems
    acts = sorted({row.cells["amendmentCelex"].lower() for row in rows}) if amending else []
    by = f"#act={'+'.join(acts)}" if acts else ""
    about = frame(voice, list_id, digest=paper.digest, complete=complete, rows=read, licence=_LICENCE, where=by)
    return EditionReading(
        list=list_id,
        authority=EntityId(_AUTHORITY),
        observed=paper.observed,
        digest=paper.digest,
        complete=complete,
        rows=read,
        parties=len(shown),
        claims=tuple(dict.fromkeys([*about, *claims])),
        titles={f"{list_id}@{voice.said_on}": f"EU {act_of(act)}, observed on {voice.said_on}"},
        problems=tuple(problems),
        licence=_LICENCE,
    )


def _party(row: Row, party: str, voice: Voice, list_id: str) -> list[Claim]:
    cells, say = row.cells, voice.claim
    source = f"{list_id}@{voice.said_on}#{party.removeprefix('eu:')}"
    if amended := cells.get("amendmentCelex", "").lower():
        source += f"&act={amended}"
    kind = _table()["types"].get(cells["schema"])
    if kind is None:
        raise BadClaim(f'"{cells["schema"]}" is not a schema of this format', column="schema")
    made = [
        say(
            _AUTHORITY,
            "lists",
            source,
            object=party,
            start=_start(cells["startDate"]),
            list=list_id,
            measure=_measure(row),
            programme=act_of(row.act),
            annex=cells["annex"],
            list_id=cells["recordId"],
        ),
        say(party, "is_a", source, value=kind),
        say(party, "named", source, value=cells["name"]),
    ]
    told = [(name, form) for column, form in _FORMS for name in cells_of(cells.get(column, ""))]
    told += [(folded(name), "alias") for name in (cells["name"], *(n for n, _ in told)) if folded(name) != name]
    made += [say(party, "named", source, value=name, form=form) for name, form in dict.fromkeys(told)]
    made += [say(party, "identified_by", source, value=number, scheme=scheme) for scheme, number in _numbers(cells)]
    return made


def _start(text: str) -> Moment | None:
    try:
        return printed_day(text) if text else None
    except KnockonError as fault:
        raise BadClaim(fault.message, hint=fault.hint, column="startDate") from None


def _measure(row: Row) -> str:
    annex = row.cells["annex"]
    while annex:
        if f"{row.act}/{annex}" in _table()["annexes"]:
            return _table()["annexes"][f"{row.act}/{annex}"]
        annex = annex.rpartition(".")[0]
    printed = row.cells["measure"]
    if printed not in _table()["measures"]:
        raise BadClaim(f'"{printed}" is not a measure that this reader knows', column="measure")
    return _table()["measures"][printed]


def _numbers(cells: dict[str, str]) -> dict[tuple[str, str], None]:
    person = cells["schema"] == "Person"
    ours = _is_russian(cells)
    found: dict[tuple[str, str], None] = {}
    for column, scheme in _table()["columns"].items():
        for text in cells_of(cells.get(column, "")):
            if scheme in ("inn", "ogrn") or (scheme in ("tax", "registration") and ours):
                found[russian(scheme, text, person=person)] = None
            elif scheme == "imo":
                ship = cells["schema"] == "Vessel" or (cells["schema"] == "Asset" and is_imo_ship(text))
                found[checked("imo" if ship else "imo-company", text)] = None
            else:
                found[checked(scheme, text)] = None
    return found


def _is_russian(cells: dict[str, str]) -> bool:
    """Whether the row itself speaks of Russia; a person told to be Ukrainian only is not taken for a Russian one."""
    home = " ".join(cells.get(c, "") for c in ("nationality", "jurisdiction", "country"))
    if home.strip():
        return "russia" in home.lower()
    return "russia" in cells.get("address", "").lower() or "russia" in cells.get("birthPlace", "").lower()


READER = Eu()
