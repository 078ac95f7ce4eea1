"""What do FollowTheMoney objects (``entities.ftm.json``, one JSON object a line) say of listings, stakes, offices and names?

Refuses to turn a role that leaves ownership open into a stake, crawl times into days, and an excerpt into a whole list: an
edition read from such a file is never complete.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from knockon.errors import BadClaim, BadFile, KnockonError
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.sources.editions import EditionReading, Paper, Voice, frame
from knockon.sources.open_data import LICENCE, authority, list_of, measure, number, party_id, table, voice
from knockon.sources.percent import share

__all__ = ["READER", "Ftm"]

_HINTS = {"datasets": "whose word it is, and under which licence, is told by the dataset: write it into each object"}
_OFAC = re.compile(r"ofac-(\d+)\Z")


class Ftm:
    """The reader of FollowTheMoney objects."""

    name = "ftm"
    lists: tuple[str, ...] = ()

    def recognises(self, head: str, name: str) -> bool:
        first = head.lstrip()[:8000]
        return first.startswith("{") and all(f'"{key}"' in first for key in ("id", "schema", "properties"))

    def read(self, papers: Sequence[Paper], *, wanted: str = "", publisher: str = "") -> tuple[EditionReading, ...]:
        return tuple(reading for paper in papers for reading in _read(paper, publisher))


@dataclass(slots=True)
class _Thing:
    """One object, with its properties as lists of text."""

    where: str
    id: str
    schema: str
    caption: str
    datasets: tuple[str, ...]
    referents: tuple[str, ...]
    properties: dict[str, list[str]]

    def all(self, name: str) -> list[str]:
        return self.properties.get(name, [])


@dataclass(slots=True)
class _Desk:
    """What one dataset of a file gives."""

    voice: Voice
    list_id: str
    rows: int = 0
    claims: list[Claim] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)


def _read(paper: Paper, publisher: str) -> Iterator[EditionReading]:
    problems: list[BadClaim] = []
    unread: Counter[str] = Counter()
    desks: dict[str, _Desk] = {}
    for thing in _things(paper, problems):
        for dataset in thing.datasets if thing.schema == "Sanction" else thing.datasets[:1]:
            if dataset not in desks:
                desks[dataset] = _Desk(voice(dataset, paper, publisher), list_of(dataset))
            desk = desks[dataset]
            try:
                made = list(_claims(thing, dataset, desk))
            except KnockonError as fault:
                problems.append(BadClaim(fault.message, where=thing.where, hint=fault.hint))
                continue
            desk.rows += 1
            desk.claims += made
            if not made:
                unread[thing.schema] += 1
    if not desks and not problems:
        raise BadFile(paper.address, "holds no object")
    notes = tuple(f"{count} {schema} objects hold nothing that is read" for schema, count in sorted(unread.items()))
    if not desks:  # nothing could be read: the problems still have to be told
        desks["unread"] = _Desk(voice("unread", paper, publisher), list_of("unread"))
    for place, (dataset, desk) in enumerate(sorted(desks.items())):
        first = place == 0  # what concerns the whole file is told once
        yield _edition(paper, dataset, desk, tuple(problems) if first else (), notes if first else ())


def _edition(
    paper: Paper, dataset: str, desk: _Desk, problems: tuple[BadClaim, ...], notes: tuple[str, ...]
) -> EditionReading:
    about = frame(desk.voice, desk.list_id, digest=paper.digest, complete=False, rows=desk.rows, licence=LICENCE)
    return EditionReading(
        list=desk.list_id,
        authority=EntityId(authority(dataset)),
        observed=paper.observed,
        digest=paper.digest,
        complete=False,
        rows=desk.rows,
        parties=len(desk.parties),
        claims=tuple(dict.fromkeys([*about, *desk.claims])),
        titles={f"{desk.list_id}@{paper.observed}": f"OpenSanctions, {dataset}, observed on {paper.observed}"},
        problems=problems,
        notes=notes,
        licence=LICENCE,
    )


def _things(paper: Paper, problems: list[BadClaim]) -> Iterator[_Thing]:
    for line_number, line in enumerate(paper.text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{paper.address} row {line_number}"
        try:
            yield _thing(json.loads(line), where)
        except RecursionError:
            raise BadClaim("is nested too deeply to be an entity") from None
        except json.JSONDecodeError as fault:
            problems.append(BadClaim(f"is not a whole JSON object ({fault.msg}, column {fault.colno})", where=where))
        except BadClaim as fault:
            problems.append(fault.at(where))


def _thing(found: Any, where: str) -> _Thing:
    if not isinstance(found, dict):
        raise BadClaim("is not a JSON object")
    for key, kind in (("id", str), ("schema", str), ("properties", dict), ("datasets", list)):
        if not isinstance(found.get(key), kind) or (not found[key] and key != "properties"):
            raise BadClaim(f'"{key}" is missing, or not of its kind', hint=_HINTS.get(key, ""))
    if wrong := [name for name, values in found["properties"].items() if not isinstance(values, list)]:
        raise BadClaim(f'property "{wrong[0]}" is not a list of values')
    return _Thing(
        where,
        found["id"],
        found["schema"],
        str(found.get("caption") or ""),
        tuple(sorted(re.sub(r"[^a-z0-9_]+", "_", str(d).lower()) for d in found["datasets"])),
        tuple(sorted(str(r) for r in found.get("referents") or ())),
        {
            k: sorted({v.strip() for v in vs if isinstance(v, str) and v.strip()})
            for k, vs in found["properties"].items()
        },
    )


def _claims(thing: _Thing, dataset: str, desk: _Desk) -> Iterator[Claim]:
    source = f"{desk.list_id}@{desk.voice.said_on}#id={thing.id}"
    match thing.schema:
        case "Sanction":
            yield from _listing(thing, dataset, desk, source)
        case "Ownership":
            yield from _stake(thing, desk, source)
        case "Directorship":
            yield from _office(thing, desk, source)
        case schema if schema in table()["types"]:
            yield from _party(thing, desk, source)


def _listing(thing: _Thing, dataset: str, desk: _Desk, source: str) -> Iterator[Claim]:
    start = _moment(thing.all("listingDate") or thing.all("startDate"))
    for entity in thing.all("entity"):
        desk.parties.add(entity)
        yield desk.voice.claim(
            authority(dataset),
            "lists",
            source,
            object=party_id(entity),
            start=start,
            end=_moment(thing.all("endDate")),
            list=desk.list_id,
            measure=measure(dataset, thing.all("provisions")),
            programme=" / ".join(thing.all("programId") or thing.all("program"))[:200],
            list_id=" / ".join(thing.all("authorityId"))[:100],
        )


def _stake(thing: _Thing, desk: _Desk, source: str) -> Iterator[Claim]:
    role = " / ".join(thing.all("role"))
    start, end = _moment(thing.all("startDate")), _moment(thing.all("endDate"))
    shares = [share(text) for text in thing.all("percentage")]
    open_role = not shares and any(word in role.lower() for word in table()["no_stake"]["words"])
    for owner in thing.all("owner"):
        for asset in thing.all("asset"):
            a, b = party_id(owner), party_id(asset)
            if open_role:
                yield desk.voice.claim(a, "linked_to", source, object=b, start=start, end=end, role=role)
            for one in () if open_role else shares or (None,):
                yield desk.voice.claim(a, "holds_shares", source, object=b, value=one, start=start, end=end)


def _office(thing: _Thing, desk: _Desk, source: str) -> Iterator[Claim]:
    start, end = _moment(thing.all("startDate")), _moment(thing.all("endDate"))
    for director in thing.all("director"):
        for company in thing.all("organization"):
            for role in thing.all("role") or ["director"]:
                yield desk.voice.claim(
                    party_id(director),
                    "holds_office",
                    source,
                    object=party_id(company),
                    value=role,
                    start=start,
                    end=end,
                )


def _party(thing: _Thing, desk: _Desk, source: str) -> Iterator[Claim]:
    party, kind, say = party_id(thing.id), str(table()["types"][thing.schema]), desk.voice.claim
    desk.parties.add(thing.id)
    yield say(party, "is_a", source, value=kind)
    names = thing.all("name")
    main = thing.caption if thing.caption in names else next(iter(names), thing.caption)
    if main:
        yield say(party, "named", source, value=main)
    forms = [(n, "alias") for n in (*names, *thing.all("alias")) if n != main]
    forms += [(n, "weak") for n in thing.all("weakAlias")] + [(n, "former") for n in thing.all("previousName")]
    for name, form in dict.fromkeys(forms):
        yield say(party, "named", source, value=name, form=form)
    yield say(party, "identified_by", source, value=thing.id, scheme="opensanctions")
    for column in table()["identifiers"]:
        for text in thing.all(column):
            scheme, value = number(column, text, kind)
            yield say(party, "identified_by", source, value=value, scheme=scheme)
    for uid in sorted({m[1] for r in (*thing.referents, thing.id) if (m := _OFAC.match(r))}):
        yield say(party, "identified_by", source, value=uid, scheme="ofac")


def _moment(days: Sequence[str]) -> Moment | None:
    """The days that an object prints: several are a range, since nothing tells which one is meant."""
    found = [Moment.parse(day[:10]) for day in days]
    if not found:
        return None
    return Moment(min(m.earliest for m in found if m.earliest), max(m.latest for m in found if m.latest))


READER = Ftm()
