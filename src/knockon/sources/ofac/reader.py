"""What does an edition of OFAC's SDN or Non-SDN list show? Parties, what they are listed for, their names, numbers and ties.

Refuses to turn "Linked To" into a stake, to follow a tie to a name that the edition does not hold or holds twice, and to read
a listing's day where none is printed. Addresses, birth dates and nationalities are not read: no claim carries them yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from knockon.errors import BadClaim
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.sources.editions import EditionReading, Licence, Paper, Unresolved, Voice, digest_of, frame
from knockon.sources.ofac.codes import is_sectoral, kind_of, measure, programme, programmes_of
from knockon.sources.ofac.kits import LISTS, kits
from knockon.sources.ofac.remarks import LIMIT, Remarks, parse
from knockon.sources.ofac.rows import Part, kind_of_part

__all__ = ["Ofac"]

_AUTHORITY = "us-ofac"
_LICENCE = Licence(name="public-domain", attribution="US Department of the Treasury, Office of Foreign Assets Control")
_TITLES = {"us-ofac-sdn": "OFAC SDN list", "us-ofac-nonsdn": "OFAC Non-SDN consolidated list"}
_FORMS = {"aka": "alias", "fka": "former", "nka": "alias"}
_LINKED = "linked to by OFAC"


class Ofac:
    """The reader of SDN.CSV, ALT.CSV, ADD.CSV, SDN_COMMENTS.CSV and the CONS_ files of the Non-SDN list."""

    name = "ofac"
    lists = LISTS

    def recognises(self, head: str, name: str) -> bool:
        kind = kind_of_part(head)
        return kind in ("main", "alt", "add") or (kind == "comments" and "comment" in name.lower())

    def read(self, papers: Sequence[Paper], *, wanted: str = "", publisher: str = "") -> tuple[EditionReading, ...]:
        found = kits(papers, wanted if wanted in LISTS else "")
        return tuple(_read(list_id, day, kit, publisher) for (list_id, day, _), kit in sorted(found.items(), key=_key))


def _key(item: tuple[tuple[str, date, str], object]) -> tuple[str, date, str]:
    return item[0]


@dataclass(slots=True)
class _Desk:
    """What is collected while one edition is read."""

    list_id: str
    voice: Voice
    names: dict[str, list[str]] = field(default_factory=dict)
    problems: list[BadClaim] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)

    def source(self, uid: str) -> str:
        return f"{self.list_id}@{self.voice.said_on}#uid={uid}"


def _read(list_id: str, day: date, kit: dict[str, Part], publisher: str) -> EditionReading:
    desk = _Desk(list_id, Voice.of(_AUTHORITY, day, publisher))
    for one in kit.values():
        desk.problems += one.problems
        if not one.ended and one.kind != "comments":
            desk.problems.append(
                BadClaim(
                    "does not end with the byte 0x1A that ends OFAC's files: the rest may be missing",
                    where=one.paper.address,
                )
            )
    main = _by_uid(kit["main"], desk) if "main" in kit else {}
    comments = {cells[0]: cells[1] for _, cells in kit["comments"].rows} if "comments" in kit else {}
    claims: list[Claim] = []
    for uid, cells in main.items():
        desk.names.setdefault(cells[1], []).append(uid)
    for uid, cells in main.items():
        claims += _party(desk, uid, cells, comments.get(uid, ""))
    shown = set(main)
    if "main" not in kit:
        shown = {cells[0] for one in kit.values() for _, cells in one.rows}
        claims += _without_parent(desk, shown)
    claims += _aliases(desk, kit.get("alt"), shown)
    complete = "main" in kit and not desk.problems
    digest = digest_of([(kind, one.paper.digest) for kind, one in kit.items()])
    rows = len(main) if main else len(shown)
    about = frame(desk.voice, list_id, digest=digest, complete=complete, rows=rows, licence=_LICENCE)
    return EditionReading(
        list=list_id,
        authority=EntityId(_AUTHORITY),
        observed=day,
        digest=digest,
        complete=complete,
        rows=rows,
        parties=len(shown),
        claims=tuple(dict.fromkeys([*about, *claims])),
        titles={f"{list_id}@{day}": f"{_TITLES[list_id]}, observed on {day}"},
        problems=tuple(desk.problems),
        notes=tuple(desk.notes),
        unresolved=tuple(desk.unresolved),
        licence=_LICENCE,
    )


def _by_uid(main: Part, desk: _Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, cells in main.rows:
        where = f"{main.paper.address} row {number}"
        if cells[0] in found:
            desk.problems.append(BadClaim(f"uid {cells[0]} is there a second time", where=where))
        elif not cells[1]:
            desk.problems.append(BadClaim("column 2 (name) is empty", where=where))
        else:
            found[cells[0]] = cells
    return found


def _party(desk: _Desk, uid: str, cells: list[str], rest: str) -> Iterator[Claim]:
    party, source, say = f"ofac:{uid}", desk.source(uid), desk.voice.claim
    kind = kind_of(cells[2])
    text = cells[11] + rest  # what was cut goes on in mid-word
    remarks = parse(text, person=kind == "person", cut=len(cells[11]) >= LIMIT and not rest)
    yield from _listings(desk, uid, programmes_of(cells[3]), remarks)
    yield say(party, "is_a", source, value=kind)
    yield say(party, "named", source, value=cells[1])
    yield say(party, "identified_by", source, value=uid, scheme="ofac")
    for form, name in remarks.names:
        yield say(party, "named", source, value=name, form=form)
    for scheme, number in remarks.numbers:
        yield say(party, "identified_by", source, value=number, scheme=scheme)
    for name in remarks.links:
        yield from _link(desk, party, source, name)
    if remarks.cut:
        reason = f"the remarks are cut at {LIMIT} characters and the rest is not among the files"
        if remarks.cut.startswith("Linked To: "):
            desk.unresolved.append(
                Unresolved(party=EntityId(party), name=remarks.cut.removeprefix("Linked To: "), reason=reason)
            )
        else:
            desk.notes.append(f'{party}: {reason}; "{remarks.cut[:60]}" was not read')


def _listings(desk: _Desk, uid: str, codes: tuple[str, ...], remarks: Remarks) -> Iterator[Claim]:
    """One claim a programme and directive; a party of the SDN list is blocked under at least one programme."""
    printed: dict[str, list[tuple[str, Moment | None]]] = {}
    for order, number, day in remarks.directives:
        printed.setdefault(f"E.O. {order}", []).append((number, day))
    made: list[tuple[str, str, str, Moment | None]] = []
    for code in codes or ("",):
        name = programme(code)
        directives = printed.get(name, [])
        if not directives or (desk.list_id == "us-ofac-sdn" and not is_sectoral(name)):
            made.append((code, measure(desk.list_id, code), "", remarks.cmic if "CMIC" in code else None))
        made += [(code, measure(desk.list_id, code, number), number, day) for number, day in directives]
    if desk.list_id == "us-ofac-sdn" and not any(one[1] == "blocking" for one in made):
        made += [(code, "blocking", "", None) for code in codes]
    for code, what, directive, day in made:
        yield desk.voice.claim(
            _AUTHORITY,
            "lists",
            desk.source(uid),
            object=f"ofac:{uid}",
            start=day,
            list=desk.list_id,
            measure=what,
            programme=programme(code),
            directive=directive,
            list_id=uid,
        )


def _link(desk: _Desk, party: str, source: str, name: str) -> Iterator[Claim]:
    uids = desk.names.get(name) or desk.names.get(name.removesuffix("."), [])
    if len(uids) == 1 and f"ofac:{uids[0]}" != party:
        yield desk.voice.claim(party, "linked_to", source, object=f"ofac:{uids[0]}", role=_LINKED)
        return
    if not uids:
        reason = "no party of this edition has this main name"
    elif len(uids) == 1:
        reason = "the name is the party's own"
    else:
        reason = f"the name of more than one: {', '.join(f'ofac:{u}' for u in uids)}"
    desk.unresolved.append(Unresolved(party=EntityId(party), name=name, reason=reason))


def _without_parent(desk: _Desk, shown: set[str]) -> Iterator[Claim]:
    """The main file is missing: that a party stands on the list is all that its aliases and addresses tell."""
    desk.notes.append(
        f"the main file is not among the files: {len(shown)} parties without type, main name and programme"
    )
    for uid in sorted(shown, key=int):
        yield desk.voice.claim(
            _AUTHORITY,
            "lists",
            desk.source(uid),
            object=f"ofac:{uid}",
            list=desk.list_id,
            measure=measure(desk.list_id, ""),
            list_id=uid,
        )
        yield desk.voice.claim(f"ofac:{uid}", "identified_by", desk.source(uid), value=uid, scheme="ofac")


def _aliases(desk: _Desk, alt: Part | None, shown: set[str]) -> Iterator[Claim]:
    strangers = 0
    for number, cells in alt.rows if alt else ():
        if cells[0] not in shown:
            strangers += 1
        elif cells[2] not in _FORMS or not cells[3]:
            assert alt is not None
            desk.problems.append(
                BadClaim(
                    f'"{cells[2]}" is not aka, fka or nka, or the name is empty',
                    where=f"{alt.paper.address} row {number}",
                )
            )
        else:
            form = _FORMS[cells[2]]
            yield desk.voice.claim(f"ofac:{cells[0]}", "named", desk.source(cells[0]), value=cells[3], form=form)
    if strangers:
        desk.notes.append(f"{strangers} alias rows belong to no party of the main file and were left out")
