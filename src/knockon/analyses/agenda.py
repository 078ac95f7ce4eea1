"""What is planned, expected, asked or possible around the day, who said so, and what happened just before?

Refuses to turn a plan into an event, a condition into a plan, or a question into an answer: each keeps its mode, and a
question shows the replies to it as they were given. Several reports of one meeting are one item.

>>> from knockon.testing import world
>>> w = world('''
... planned: ann meets bob on 2025-03-04 (palace, said 2025-03-01)
... planned: bob meets ann on 2025-03-04 (outlet < palace, said 2025-03-02)
... ''', on="2025-03-03")
>>> [(i.kind, i.who, str(i.when), i.mode.value, i.voices) for i in agenda(w).ahead]
[('meets', ('ann', 'bob'), '2025-03-04', 'planned', ('palace',))]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knockon.analyses.corroboration import days_meet, voice
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import type_is
from knockon.world import World

__all__ = ["Agenda", "Item", "agenda", "watch"]

#: What people do together or to each other: in any mode, ahead or just past.
_DOINGS = (
    "meets",
    "visits",
    "discusses",
    "informs",
    "wants",
    "signs",
    "offers",
    "acquires",
    "sells",
    "outage",
    "resumes",
)
#: What can be planned to be so from a day on: only plans and expectations with a date ahead.
_PLANS = ("stage", "takes_part", "capacity", "supplies", "processes", "tariff", "develops", "operates")
_RECENT = 30
#: Reports of one event seldom name days further apart than this; the days that differ are shown beside it.
_NEAR = timedelta(days=3)
_DATED = frozenset({"meets", "visits", "signs", "offers", "acquires", "sells", "resumes", *_PLANS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on the agenda. ``who`` are the parties, ``what`` the thing; a meeting has only parties.

    ``said_by`` is the chain of the statement that was chosen (the newest), ``voices`` all independent ones. ``plans`` are
    claims that foresaw a thing that has since been stated; ``replies`` what was said to a question; ``contested`` claims
    that deny it; ``other_days`` claims that name another day for it.
    """

    kind: str
    who: tuple[EntityId, ...]
    what: EntityId | None
    value: Quantity | str | None
    topics: tuple[str, ...]
    place: str | None
    condition: str | None
    when: Moment | None
    until: Moment | None
    mode: Mode
    polarity: Polarity
    said_by: tuple[EntityId, ...]
    said_on: Moment
    voices: tuple[EntityId, ...]
    plans: tuple[ClaimId, ...]
    replies: tuple[ClaimId, ...]
    contested: tuple[ClaimId, ...]
    other_days: tuple[ClaimId, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """``ahead`` touches the day or comes after it, ``undated`` was said of late without a date, ``recent`` is context."""

    on: date
    until: date
    ahead: tuple[Item, ...]
    undated: tuple[Item, ...]
    asked: tuple[Item, ...]
    recent: tuple[Item, ...]
    because: tuple[ClaimId, ...]


def agenda(world: World, horizon_days: int = 180) -> Agenda:
    """What lies ahead within the horizon, what was asked, and what happened in the thirty days before."""
    until = world.on + timedelta(days=horizon_days)
    sorts: dict[str, list[Item]] = {"ahead": [], "undated": [], "asked": [], "recent": []}
    for item in _items(world):
        if home := _home(item, world.on, until):
            sorts[home].append(item)
    parts = {name: tuple(sorted(items, key=_order)) for name, items in sorts.items()}
    return Agenda(
        on=world.on,
        until=until,
        because=tuple(
            sorted(
                {i for items in parts.values() for item in items for i in (*item.because, *item.plans, *item.replies)}
            )
        ),
        **parts,
    )


def watch(world: World, horizon_days: int = 180) -> tuple[Item, ...]:
    """Dates ahead on which something is to happen: meetings, signatures, deals, starts. Questions and denials are none."""
    return tuple(
        item
        for item in agenda(world, horizon_days).ahead
        if item.kind in _DATED and item.mode is not Mode.ASKED and item.polarity is Polarity.AFFIRMED
    )


def _home(item: Item, on: date, until: date) -> str | None:
    """Where an item stands, if it stands in this agenda at all."""
    first, last = _span(item)
    said = item.said_on.latest or date.min
    fresh = said >= on - timedelta(days=_RECENT)
    if item.mode is Mode.ASKED:
        return "asked" if fresh or first >= on else None
    if item.when is None and item.until is None:
        return "undated" if fresh else None
    if last < on:
        return "recent" if last >= on - timedelta(days=_RECENT) and item.kind not in _PLANS else None
    if first > until:
        return None
    if item.mode is Mode.STATED and first < on and item.until is None:
        # told as done, so done by the day on which it was told, however vague its own day is
        return "recent" if min(last, said) >= on - timedelta(days=_RECENT) else None
    if item.kind in _PLANS and first <= on:
        return None  # a plan whose start has passed is a matter for the projects, not a date to come
    return "ahead"


def _span(item: Item) -> tuple[date, date]:
    """The first and last day on which it can happen or go on."""
    first = (item.when.earliest if item.when else None) or date.min
    if item.until is not None:
        last = item.until.shift(-1).latest
    else:
        last = item.when.latest if item.when else None
    return first, last or date.max


def _order(item: Item) -> tuple[date, date, str, tuple[str, ...], str, tuple[str, ...]]:
    first, last = _span(item)
    return first, last, item.kind, item.who, item.what or "", item.because


# ---------------------------------------------------------------------- one item from many reports
def _items(world: World) -> Iterable[Item]:
    taken_back = {str(c.object) for c in world.told("retracts")}
    told = [c for c in world.told(*_DOINGS) if c.id not in world.names.aside and c.id not in taken_back]
    told += [c for c in world.told(*_PLANS) if c.mode in (Mode.PLANNED, Mode.EXPECTED) and c.start is not None]
    says = [c for c in world.told("says") if c.mode is Mode.STATED]
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in told:
        groups.setdefault(_key(world, claim), []).append(claim)
    for key in sorted(groups, key=repr):
        for same in _apart(groups[key]):
            yield from _settled(world, same, says)


def _key(world: World, claim: Claim) -> tuple[object, ...]:
    who = _who(world, claim)
    if claim.predicate == "signs":
        who = ()  # each of those who sign is told apart; the signature is one
    elif claim.predicate == "visits":
        who = (world.names.root(claim.subject),)  # one report names those who came along, another does not
    elif claim.predicate == "meets":
        # and so is each of those who attend the meeting of a group
        who = tuple(e for e in who if type_is(world.type(e), "group")) or who
    return claim.predicate, who, _what(world, claim)


def _who(world: World, claim: Claim) -> tuple[EntityId, ...]:
    """The parties: those who meet have no order; for the rest, the one who acts and those it acts with."""
    root = world.names.root
    many = {root(claim.subject)}
    if claim.predicate == "meets" and claim.object is not None:
        many.add(root(claim.object))
    for name in (claim.qualifier("with") or "").replace("+", " ").replace(",", " ").split():
        many.add(root(EntityId(name)))
    return tuple(sorted(many))


def _what(world: World, claim: Claim) -> EntityId | None:
    return world.names.root(claim.object) if claim.object is not None and claim.predicate != "meets" else None


def _apart(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Split by days and format: claims whose days can be the same, or nearly, are of one event; an undated one joins the newest.

    A claim without a format joins the one event of those days; where there are several, it stands for itself.
    """
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: (c.start is None, _width(c), _later(c), _format(c) is None, c.id)):
        near = [g for g in groups if _near(g[0], claim) and _one_format(g, claim)]
        if near and claim.start is None:
            near = near[:1]
        same = [g for g in near if _format(g[0]) == _format(claim)] or near
        if len(same) == 1:
            same[0].append(claim)
        else:
            groups.append([claim])
    return groups


def _near(a: Claim, b: Claim) -> bool:
    if days_meet(a, b):
        return True
    days = [m for c in (a, b) if (m := c.start) is not None]
    if len(days) < 2 or not all(d.earliest and d.latest for d in days):
        return False
    first, second = sorted((d.earliest or date.min, d.latest or date.max) for d in days)
    return second[0] - first[1] <= _NEAR


def _one_format(group: Sequence[Claim], claim: Claim) -> bool:
    return len({f for c in (*group, claim) if (f := _format(c))}) < 2


def _format(claim: Claim) -> str | None:
    return claim.qualifier("format")


def _width(claim: Claim) -> int:
    if claim.start is None or claim.start.earliest is None or claim.start.latest is None:
        return 1_000_000
    return (claim.start.latest - claim.start.earliest).days


def _later(claim: Claim) -> int:
    return -((claim.start.latest if claim.start else None) or date.max).toordinal()


def _settled(world: World, claims: Sequence[Claim], says: Sequence[Claim]) -> Iterable[Item]:
    """An item for each mode: what was stated swallows its plans, a question stays a question, a denial stands by it."""
    denied = [c for c in claims if c.polarity is Polarity.DENIED]
    by_mode = {m: [c for c in claims if c.mode is m and c.polarity is Polarity.AFFIRMED] for m in Mode}
    stated, foreseen = by_mode[Mode.STATED], [c for m in (Mode.PLANNED, Mode.EXPECTED) for c in by_mode[m]]
    if stated:
        yield _item(world, stated, plans=foreseen, contested=denied)
    elif foreseen:
        yield _item(world, foreseen, contested=denied)
    if by_mode[Mode.POSSIBLE] and not stated:
        yield _item(world, by_mode[Mode.POSSIBLE], contested=denied)
    if asked := by_mode[Mode.ASKED]:
        yield _item(world, asked, replies=_replies(world, asked, says), contested=denied)
    if denied and not any(by_mode.values()):
        yield _item(world, denied)


def _item(
    world: World,
    claims: Sequence[Claim],
    *,
    plans: Sequence[Claim] = (),
    replies: Sequence[Claim] = (),
    contested: Sequence[Claim] = (),
) -> Item:
    # the newest word is the one to show; among equals, the one that comes straight from its origin
    chosen = min(claims, key=lambda c: (-c.known.toordinal(), len(c.said_by), c.id))
    dated = min(
        (c for c in claims if c.start is not None),
        key=lambda c: (_width(c), -c.known.toordinal(), c.id),
        default=chosen,
    )
    otherwise = [c.id for c in (*claims, *plans) if c.start is not None and not days_meet(c, dated)]
    return Item(
        kind=chosen.predicate,
        who=tuple(sorted({e for c in claims for e in _who(world, c)})),
        what=_what(world, chosen),
        value=chosen.value
        if chosen.value is not None
        else next((c.value for c in claims if c.value is not None), None),
        topics=tuple(sorted({t for c in claims if (t := c.qualifier("about"))})),
        place=next((p for c in (chosen, *claims) if (p := c.qualifier("place"))), None),
        condition=next((q for c in (chosen, *claims) if (q := c.qualifier("condition"))), None),
        when=dated.start,
        until=dated.end,
        mode=chosen.mode,
        polarity=chosen.polarity,
        said_by=chosen.said_by,
        said_on=chosen.said_on,
        voices=tuple(sorted({voice(world, c.origin) for c in claims})),
        plans=tuple(sorted(c.id for c in plans)),
        replies=tuple(sorted(c.id for c in replies)),
        contested=tuple(sorted(c.id for c in contested)),
        other_days=tuple(sorted(otherwise)),
        because=(chosen.id, *sorted(c.id for c in claims if c.id != chosen.id)),
    )


def _replies(world: World, asked: Sequence[Claim], says: Sequence[Claim]) -> list[Claim]:
    """What was said in reply: it names the question by its id or its thing, or it is a reply in a report with one question."""
    ids = {c.id for c in asked}
    things = {str(x) for c in asked for x in (c.object, c.qualifier("about")) if x}
    questions = [c for word in _DOINGS for c in world.told(word) if c.mode is Mode.ASKED]
    alone = {(c.source, c.known) for c in asked} - {(c.source, c.known) for c in questions if c.id not in ids}
    return [
        c
        for c in says
        if (to := c.qualifier("reply_to")) is not None
        and (
            to in ids
            or ((c.source, c.known) in {(a.source, a.known) for a in asked} and to in things)
            or (c.source, c.known) in alone
        )
    ]
