"""The published law suite as values: reads a case of ``law/``, refuses one that is not sound, and says what is expected of whom.

The format is told in law/README.md. The page docs/law/cases.md and the runner both stand on this; only ``claims`` needs knockon's
model. Works out no verdict: what is expected stands in the files, written by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.golden.law_share import BadShare, share

from knockon.analyses.regimes import rule_of
from knockon.errors import KnockonError
from knockon.model.interval import Holds, Moment, holds_on

__all__ = ["CAUGHT", "LAW", "START", "STATUSES", "BadCase", "Case", "Expected", "load", "paths", "read"]

LAW = Path(__file__).parent / "law"
#: the day from which a fact holds that is told without one, and from which a listing holds
START, LISTED = "2022-01-01", "2022-04-01"
NOTHING = "nothing found"
STATUSES = (
    "designated",
    "subject to sectoral restrictions",
    "blocked by ownership",
    "subject to sectoral restrictions by ownership",
    "owned by a sanctioned party",
    "controlled by a sanctioned party",
    "part-owned by a sanctioned party",
    "linked to a sanctioned party",
    "undetermined",
    "delisted",
    "no longer blocked",
    NOTHING,
)
#: the verdicts that say that a party is reached through others
CAUGHT = (*STATUSES[2:6],)
FREEZES = ("blocking", "asset_freeze")

#: each table: the keys that a row must have, and those that it may have
ROWS: Mapping[str, tuple[str, str]] = {
    "paragraph": ("name mark", "url"),
    "listed": ("authority party", "measure programme from until"),
    "delisted": ("authority party from", "measure programme"),
    "stake": ("holder asset", "share votes label mode said_by from until"),
    "interest": ("holder asset", "share from until"),
    "control": ("holder asset by", "from until"),
    "joint": ("one other over", "from until"),
    "rebutted": ("authority holder asset test from", "how"),
    "deal": ("seller buyer asset share on", ""),
    "linked": ("party to", "role"),
    "office": ("person party title", ""),
    "kind": ("party type", ""),
    "located": ("party state", ""),
    "member": ("state union", ""),
    "conflict": ("asset total", ""),
    "expect": ("authority party status", "on low high rule measure deciding note"),
}
MUST = ("id", "title", "topics", "authorities", "on", "paragraph", "why", "expect")
MAY = ("uncertain", *(name for name in ROWS if name not in MUST))
PARTIES = ("party", "holder", "asset", "one", "other", "over", "seller", "buyer", "to")
DAYS = ("from", "until", "on")


class BadCase(ValueError):
    """A case that is not sound; every fault is named, with its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One expected verdict; ``low`` and ``high`` are counted percent as text, ``None`` where the case does not say."""

    status: str
    rule: str | None = None
    low: str | None = None
    high: str | None = None
    measure: str | None = None
    deciding: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: ``data`` is the file's content, checked."""

    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def authorities(self) -> tuple[str, ...]:
        return tuple(self.data["authorities"])

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(map(date.fromisoformat, self.data["on"]))

    def rows(self, table: str) -> tuple[Mapping[str, Any], ...]:
        return tuple(self.data.get(table, ()))

    @property
    def parties(self) -> tuple[str, ...]:
        """Everyone whom the facts mention, in alphabetical order."""
        facts = (row for table in ROWS if table not in ("expect", "paragraph") for row in self.rows(table))
        return tuple(sorted({row[key] for row in facts for key in PARTIES if key in row}))

    def stated(self, authority: str, party: str, day: date) -> tuple[Expected, ...]:
        """The rows of ``expect`` that speak of this."""
        return tuple(
            _expected(row)
            for row in self.rows("expect")
            if (row["authority"], row["party"]) == (authority, party)
            and row.get("on", day.isoformat()) == day.isoformat()
        )

    def expected(self, authority: str, party: str, day: date) -> tuple[Expected, ...]:
        """All that is expected: the stated verdicts, the word of each listing surely in force, and "nothing found" where neither is."""
        stated = self.stated(authority, party, day)
        words = {Expected(status=word) for word in self._listings(authority, party, day)}
        return (*stated, *sorted(words, key=lambda e: e.status)) or (Expected(status=NOTHING),)

    def _listings(self, authority: str, party: str, day: date) -> Iterator[str]:
        for row in self.rows("listed"):
            if (row["authority"], row["party"]) != (authority, party):
                continue
            start, end = Moment.parse(row.get("from", LISTED)), row.get("until")
            holds = holds_on(day, start, Moment.parse(end) if end else None)
            if holds is Holds.SURELY and not self._delisted(row, day):
                yield "designated" if measure_of(row) in FREEZES else "subject to sectoral restrictions"

    def _delisted(self, listing: Mapping[str, Any], day: date) -> bool:
        return any(
            (row["authority"], row["party"], measure_of(row))
            == (listing["authority"], listing["party"], measure_of(listing))
            and row.get("programme") in (None, listing.get("programme"))
            and holds_on(day, Moment.parse(row["from"]), None) is Holds.SURELY
            for row in self.rows("delisted")
        )


def measure_of(row: Mapping[str, Any]) -> str:
    """A listing's measure; without one it is the authority's full one."""
    return str(row.get("measure", "blocking" if row["authority"] == "us-ofac" else "asset_freeze"))


def _expected(row: Mapping[str, Any]) -> Expected:
    return Expected(
        status=row["status"],
        rule=row.get("rule"),
        low=row.get("low"),
        high=row.get("high"),
        measure=row.get("measure"),
        deciding=tuple((d["holder"], d["asset"], d["flips_at"]) for d in row.get("deciding", ())),
    )


def paths() -> tuple[Path, ...]:
    """The files of the suite, in order."""
    return tuple(sorted(LAW.glob("*.toml")))


def load(path: Path) -> Case:
    """One file of the suite; its name is its id."""
    case = read(path.read_text("utf-8"))
    if case.id != path.stem:
        raise BadCase(f"{path.name}: id is {case.id}")
    return case


def read(text: str) -> Case:
    """A case from its text; a case that is not sound is refused with all its faults."""
    data = tomllib.loads(text)
    faults = list(_faults(data))
    if faults:
        raise BadCase(f"{data.get('id', '?')}: " + "; ".join(faults))
    return Case(data=data)


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"unknown key {key}" for key in data if key not in (*MUST, *MAY))
    missing = [key for key in MUST if key not in data]
    if missing:
        yield f"missing {', '.join(missing)}"
        return
    for day in data["on"]:
        yield from _day_faults(day, "on", whole=True)
    for table in (name for name in ROWS if name in data):
        for row in data[table]:
            yield from _row_faults(table, row)
    mentioned = Case(data=data).parties if not any(True for _ in _bare(data)) else None
    for row in data["expect"]:
        if mentioned is not None and row.get("party") not in mentioned:
            yield f"expect: {row.get('party')} is not in the case"
        if row.get("authority") not in data["authorities"]:
            yield f"expect: {row.get('authority')} is not asked in the case"
        if row.get("on", data["on"][0]) not in data["on"]:
            yield f"expect: {row['on']} is not a day of the case"


def _bare(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (table for table in ROWS if table in data and not all(isinstance(row, dict) for row in data[table]))


def _row_faults(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    must, may = (text.split() for text in ROWS[table])
    yield from (f"{table}: unknown key {key}" for key in row if key not in (*must, *may))
    yield from (f"{table}: missing {key}" for key in must if key not in row)
    for key in (key for key in DAYS if key in row):
        yield from _day_faults(row[key], f"{table}.{key}", whole=table == "expect")
    for key in (key for key in ("share", "low", "high") if key in row):
        try:
            share(row[key])
        except BadShare as fault:
            yield f"{table}.{key}: {fault}"
    if table == "expect":
        if row.get("status") not in STATUSES:
            yield f"expect: {row.get('status')!r} is no status word"
        if "rule" in row and rule_of(row["rule"]) is None:
            yield f"expect: no rule record {row['rule']}"
        for deciding in row.get("deciding", ()):
            if set(deciding) != {"holder", "asset", "flips_at"}:
                yield "expect: deciding needs holder, asset and flips_at, and nothing else"
    if table == "paragraph" and row.get("mark") not in ("V", "M", "own"):
        yield "paragraph: mark is V, M or own"


def _day_faults(found: str, where: str, *, whole: bool) -> Iterator[str]:
    try:
        moment = Moment.parse(found)
    except KnockonError as fault:
        yield f"{where}: {fault}"
        return
    if whole and moment.sure_day is None:
        yield f"{where}: {found} is not one day"
