"""Who stands on an authority's list on the day, since when and until when? Read off the editions that the world knows.

An edition shows who is on a list on one day. A party that one edition shows, and the next complete one does not, left on a day in
between: there it holds possibly. Refuses to say anything of the days before a list's first edition, to take an absence from an edition
that is not complete, and to suppose an edition (suppose that the authority designates or delists instead).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from knockon.errors import Refused
from knockon.ledger.ledger import query
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment, holds_on
from knockon.world.acts import Taken, taken_off, whole_ends

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["Grain", "Listing", "listed_parties", "listings"]

_DAY = timedelta(days=1)


class Grain(IntEnum):
    """What makes two listings of one party on one list two: nothing, the measure, or the programme and directive as well."""

    LIST = 0
    MEASURE = 1
    PROGRAMME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One stretch on one list. ``because`` are the claims that carry it, the one for the day first; ``ended_by`` what shows its end.

    ``start`` is ``None`` never; ``end`` is ``None`` while no edition, print or act that this world knows ends it.
    """

    authority: EntityId
    party: EntityId
    list: str | None
    measure: str | None
    programme: str | None
    directive: str | None
    list_id: str | None
    start: Moment
    end: Moment | None
    holds: Holds
    because: tuple[ClaimId, ...]
    ended_by: tuple[ClaimId, ...] = ()


def listings(
    world: World,
    *,
    authority: str | None = None,
    party: str | None = None,
    ended: bool = False,
    grain: Grain = Grain.PROGRAMME,
) -> tuple[Listing, ...]:
    """Who surely or possibly stands on a list on the day; with ``ended``, whose listing is over. Those to come are neither.

    A coarser ``grain`` joins the programmes of one measure, or all measures of one list: a party may change its programme on a
    day in doubt and be listed all the while.

    >>> from knockon.testing import world
    >>> w = world('''un edition "a1" list=consolidated complete=yes (un, said 2024-01-10)
    ... un lists acme list=consolidated measure=blocking (un, said 2024-01-10)
    ... un edition "b2" list=consolidated complete=yes (un, said 2024-02-10)''', on="2024-01-20", known="2024-03-01")
    >>> [(x.party, str(x.start), str(x.end), x.holds.value) for x in listings(w)]
    [('acme', '..2024-01-10', '2024-01-11..2024-02-10', 'possibly')]
    """
    wanted = {"authority": authority, "party": party}
    roots = {k: world.names.root(EntityId(v)) if v else None for k, v in wanted.items()}
    found = _known(world, grain, roots["party"])
    if roots["authority"] is not None:
        found = tuple(x for x in found if x.authority == roots["authority"])
    if ended:
        return tuple(x for x in found if _over(x, world.on))
    return tuple(x for x in found if x.holds is not Holds.NOT)


def listed_parties(
    world: World,
    authority: str,
    list: str | None = None,  # noqa: A002  the word of the vocabulary
    *,
    possibly: bool = False,
) -> frozenset[EntityId]:
    """Everyone who surely stands on a list of an authority on the day, whatever the programme; with ``possibly``, all who may.

    >>> from knockon.testing import world
    >>> w = world("un lists acme list=consolidated (un, said 2024-01-10)", on="2024-01-10")
    >>> sorted(listed_parties(w, "un"))
    ['acme']
    """
    return frozenset(
        x.party
        for x in listings(world, authority=authority, grain=Grain.LIST)
        if list in (None, x.list) and (possibly or x.holds is Holds.SURELY)
    )


def _over(listing: Listing, on: date) -> bool:
    return listing.end is not None and listing.end.latest is not None and listing.end.latest <= on


# ---------------------------------------------------------------------------------------------------- from the ledger
def _known(world: World, grain: Grain, party: EntityId | None) -> tuple[Listing, ...]:
    key = ("listings", grain.name, party or "")
    if key not in world.memo:
        acts = taken_off(world)
        found = list(_derived(world, grain, party, acts if grain is Grain.PROGRAMME else None))
        if acts and grain is not Grain.PROGRAMME:
            found = whole_ends(found, _known(world, Grain.PROGRAMME, party), acts, by_measure=grain is Grain.MEASURE)
        world.memo[key] = tuple(found)
    made = world.memo[key]
    assert isinstance(made, tuple)
    return made


def _derived(world: World, grain: Grain, party: EntityId | None, acts: Taken | None) -> Iterator[Listing]:
    if laid := [c for c in (*world.supposed, *world.heard) if c.predicate in ("lists", "edition")]:
        raise Refused(
            f'an edition of a list cannot be supposed, nor heard in a report ("{laid[0].predicate}" of {laid[0].subject})',
            "suppose that the authority designates or delists the party",
        )
    editions = _editions(world)
    bound = _bound(world, editions, grain, party)
    for row in world.ledger.connection.execute(query("knockon.world", "listings"), bound).fetchall():
        made, last = _listing(row, editions, world.on)
        yield acts.applied(made, last) if acts else made


_Editions = dict[tuple[EntityId, str | None, date], tuple[ClaimId, ...]]


def _editions(world: World) -> _Editions:
    """The complete editions that count: by authority, list and day."""
    found: dict[tuple[EntityId, str | None, date], list[ClaimId]] = {}
    for claim in world.counted("edition"):
        _one_day(claim.said_on.earliest, claim.known, claim.subject, claim.id)
        if claim.qualifier("complete") == "yes":
            found.setdefault((claim.subject, claim.qualifier("list"), claim.known), []).append(claim.id)
    return {key: tuple(ids) for key, ids in found.items()}


def _one_day(first: date | None, last: date, authority: str, claim: str) -> None:
    if first != last:
        raise Refused(
            f"an edition of a list of {authority} was observed on no single day ({first}..{last}, claim {claim})",
            "say on which day it was seen, or set the claim aside",
        )


def _bound(world: World, editions: _Editions, grain: Grain, party: EntityId | None) -> dict[str, Any]:
    """Everything the query is told: editions, whose words count, what is set aside, what is the same."""
    ledger, names = world.ledger, world.names
    voices = []
    for subject, origin, subject_code, origin_code, first, last, claim in ledger.connection.execute(
        query("knockon.world", "listed_by"), {"at": world.at, "known": world.known}
    ).fetchall():
        _one_day(first, last, subject, claim)
        if names.speaks_for(EntityId(origin), EntityId(subject), last):
            voices.append((subject_code, origin_code, last))
    members = None if party is None else sorted(names.same(party))
    merged = {e: r for e, r in names.roots.items() if party is None or r == party or e in {s for s, _, _ in editions}}
    codes = world.codes({*merged, *merged.values(), *(members or ()), *(a for a, _, _ in editions)})
    pairs = [(codes[e], codes[r]) for e, r in merged.items() if e in codes and r in codes and e != r]
    dated = [(codes[a], kind, day) for a, kind, day in editions if a in codes]
    return {
        "complete_authority": [a for a, _, _ in dated],
        "complete_list": [kind for _, kind, _ in dated],
        "complete_day": [day for _, _, day in dated],
        "voice_subject": [s for s, _, _ in voices],
        "voice_origin": [o for _, o, _ in voices],
        "voice_day": [d for _, _, d in voices],
        "merged_code": [e for e, _ in pairs],
        "merged_root": [r for _, r in pairs],
        "parties": None if members is None else [codes[m] for m in members if m in codes],
        "aside": _not_standing(world),
        "grain": int(grain),
        "on": world.on,
        "at": world.at,
    }


def _not_standing(world: World) -> list[str]:
    """Claims of this kind that a reviewer set aside, or that their own voice took back."""
    maybe = sorted({*world.names.aside, *(str(c.object) for c in world.told("retracts"))})
    if not maybe:
        return []
    rows = world.ledger.connection.execute(query("knockon.world", "entries"), {"ids": maybe}).fetchall()
    return [i for i, body in rows if not world.stands(world.ledger.kept(i, body))]


# ---------------------------------------------------------------------------------------------------- one listing
def _listing(row: tuple[Any, ...], editions: _Editions, on: date) -> tuple[Listing, date]:
    """The stretch that a row tells of, and the newest day on which an edition shows it."""
    authority, party, kind, measure, programme, directive, list_id, *rest = row
    first, last, first_id, last_id, by_id, then_id, absent_before, absent_after, printed, ends = rest
    start, start_id = _start(first, absent_before, printed)
    end, shown_by = _end(start, last, absent_after, ends)
    ended_by: tuple[ClaimId, ...] = ()
    if end is not None:
        ended_by = editions[authority, kind, absent_after] if shown_by == "edition" else (last_id,)
    bounded = absent_before is not None and start.earliest == _after(absent_before)
    before = editions[authority, kind, absent_before][:1] if bounded else ()
    carried = [by_id or then_id, *([then_id] if by_id and then_id else []), first_id, start_id]
    made = Listing(
        authority=authority,
        party=party,
        list=kind,
        measure=measure,
        programme=programme,
        directive=directive,
        list_id=list_id,
        start=start,
        end=end,
        holds=holds_on(on, start, end),
        because=(*dict.fromkeys(c for c in carried if c), *before),
        ended_by=ended_by,
    )
    return made, last


def _after(day: date | None) -> date | None:
    return day and day + _DAY


def _start(first: date, absent: date | None, printed: list[dict[str, Any]] | None) -> tuple[Moment, ClaimId | None]:
    """The first day: within what the editions leave open, as exactly as the newest of them prints it.

    A print of a day to come, in the edition that shows the party first, is a listing that begins then.
    """
    told = [(Moment.parse(p["starts"]), p["day"], p["id"]) for p in printed or ()]
    later = any(day == first and m.latest is not None and m.latest > first for m, day, _ in told)
    floor = _after(absent)
    for moment, _, claim in told:
        if moment.latest is None or (moment.latest > first and not later):
            continue
        if floor is None or moment.latest >= floor:
            early = moment.earliest if floor is None else max(moment.earliest or floor, floor)
            return (moment if early == moment.earliest else Moment(early, moment.latest)), claim
    return Moment(floor, first), None


def _end(start: Moment, last: date, absent: date | None, ends: str | None) -> tuple[Moment | None, str]:
    """The first day on which it holds no longer, and what shows it: the next complete edition without it, or a printed end."""
    shown = None if absent is None else Moment(last + _DAY, absent)
    if ends is None:
        return shown, "edition"
    own = Moment.parse(ends)
    if start.earliest is not None and own.latest is not None and own.latest <= start.earliest:
        return shown, "edition"  # a print that ends before it begins says nothing
    if absent is None or (own.latest is not None and own.latest <= absent):
        return own, "print"
    if own.earliest is not None and own.earliest > absent:
        return shown, "edition"  # taken off sooner than was printed
    return Moment(max(own.earliest or last + _DAY, last + _DAY), absent), "edition"
