"""How do events and acts change states? Applies the rules of events.toml; knows no predicate by itself.

Refuses to back-date: an event counts only in worlds that know it, from the day on which it happened.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment, holds_on
from knockon.model.quantity import Quantity
from knockon.world.resolve import Live, State

__all__ = ["Change", "changes_for", "close", "closers_of", "moved", "movers", "opens"]


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((files("knockon.world") / "events.toml").read_text("utf-8"))


def closers_of(state: str) -> tuple[dict[str, Any], ...]:
    """The rules by which events end states of one predicate."""
    return tuple(r for r in _rules()["closes"] if state in r["states"] or "*" in r["states"])


def opens(word: str) -> bool:
    """Whether an event opens a state that another event ends, as an outage does."""
    return any(word in r["states"] for r in _rules()["closes"])


def movers() -> tuple[str, ...]:
    """The events that raise or lower stakes."""
    return tuple(r["event"] for r in _rules()["changes"])


_Closer = tuple[dict[str, Any], Claim]


def close(claims: Sequence[Claim], events: Sequence[Claim]) -> list[Live]:
    """Each claim with the end that a known event gives it, if any."""
    out: list[Live] = []
    # an authority may have thousands of listings and as many delistings: they meet by subject and object, not one by one
    both: dict[tuple[str, str], list[_Closer]] = {}
    subjects: dict[str, list[_Closer]] = {}
    one: dict[tuple[str, str], list[_Closer]] = {}
    for event in events:
        for rule in (r for r in _rules()["closes"] if r["event"] == event.predicate):
            subject, object = (_field(event, rule["match"].get(ours, "")) for ours in ("subject", "object"))
            if subject and object:
                both.setdefault((subject, object), []).append((rule, event))
                subjects.setdefault(subject, []).append((rule, event))
            else:
                one.setdefault(("subject", subject) if subject else ("object", object or ""), []).append((rule, event))
    for claim in claims:
        near = both.get((claim.subject, claim.object), []) if claim.object else subjects.get(claim.subject, [])
        near = [*near, *one.get(("subject", claim.subject), ()), *one.get(("object", claim.object or ""), ())]
        ends = [(_day_of(event), event.id) for rule, event in near if _closes(rule, event, claim)]
        if ends:
            first = min(ends, key=lambda e: (e[0].latest or date.max, e[1]))
            own = claim.end
            earlier = (
                own is not None
                and own.latest is not None
                and first[0].latest is not None
                and own.latest <= first[0].latest
            )
            out.append(Live(claim, own if earlier else first[0], () if earlier else (first[1],)))
        else:
            out.append(Live(claim, claim.end))
    return out


def _closes(rule: dict[str, Any], event: Claim, claim: Claim) -> bool:
    if claim.predicate not in rule["states"] and "*" not in rule["states"]:
        return False
    if "named_by" in rule and event.qualifier(rule["named_by"]) not in (None, claim.predicate):
        return False
    for ours, theirs in rule["match"].items():
        wanted, found = _field(event, theirs), _field(claim, ours)
        if wanted is not None and found is not None and wanted != found:
            return False
    ended = _day_of(event).latest
    began = claim.start.earliest if claim.start else claim.said_on.earliest
    return began is None or ended is None or began <= ended


def _field(claim: Claim, name: str) -> str | None:
    if name == "subject":
        return claim.subject
    if name == "object":
        return claim.object
    if name == "stake":
        return claim.qualifier("stake")
    return claim.qualifier(name)


def _day_of(event: Claim) -> Moment:
    """When an event happened; without a date, some day up to the one on which it was told."""
    return event.start or Moment(None, event.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stake that grew or shrank: who, of what, by how much, from when."""

    holder: EntityId
    asset: EntityId
    kind: str
    amount: Quantity
    sign: int
    day: Moment
    event: ClaimId


def changes_for(events: Sequence[Claim], kind_of: Callable[[Claim], str | None]) -> list[Change]:
    """Both sides of every acquisition and sale that names a percentage; a deal told twice counts once.

    ``kind_of`` tells which kind of stake a deal is about when it does not say so itself: the one that is there to sell.
    """
    out: dict[tuple[str, str, str, int], list[Change]] = {}
    for event in sorted(events, key=lambda e: (_width(_day_of(e)), e.id)):  # the most exact telling of a deal first
        rule = next((r for r in _rules()["changes"] if r["event"] == event.predicate), None)
        if rule is None or event.object is None or event.quantity is None:
            continue
        kind = event.qualifier("of") or kind_of(event) or rule["default"]
        sides = [(event.subject, rule["sign"])]
        if other := event.qualifier(rule["other"]):
            sides.append((EntityId(other), -rule["sign"]))
        for holder, sign in sides:
            deals = out.setdefault((holder, event.object, kind, sign), [])
            deal = Change(
                holder=holder,
                asset=event.object,
                kind=kind,
                amount=event.quantity,
                sign=sign,
                day=_day_of(event),
                event=event.id,
            )
            at = next((i for i, known in enumerate(deals) if _one_deal(known, deal)), None)
            if at is None:
                deals.append(deal)
            elif not deals[at].amount.agrees(deal.amount):
                deals[at] = replace(deals[at], amount=_span(deals[at].amount, deal.amount))
    return [change for deals in out.values() for change in deals]


def _width(day: Moment) -> int:
    if day.earliest is None or day.latest is None:
        return date.max.toordinal()
    return (day.latest - day.earliest).days


def _one_deal(known: Change, told: Change) -> bool:
    """One deal told twice: of the same day, or of the same size on days that can be the same."""
    if known.day == told.day:
        return True
    first, last = known.day.earliest or date.min, known.day.latest or date.max
    return (
        first <= (told.day.latest or date.max)
        and (told.day.earliest or date.min) <= last
        and known.amount.agrees(told.amount)
    )


def _span(one: Quantity, other: Quantity) -> Quantity:
    """The bounds over two sizes that were told of one deal; neither is preferred."""
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    return one if low is None and high is None else Quantity(low=low, high=high, unit=one.unit)


def moved(
    level: State | None,
    changes: Sequence[Change],
    *,
    on: date,
    newest: date,
    supposed: Collection[ClaimId] = (),
) -> State | None:
    """A stake after the deals that came after its last statement; ``None`` when nothing can be said.

    A deal within the days on which the level may have been told leaves both readings open: the bounds span them. A supposed
    deal moves the stake whatever was said after its day: who said it did not suppose it.
    """
    low = level.low if level else Decimal(0)
    high = level.high if level else Decimal(0)
    applied: list[Change] = []
    sure_of_one = False
    last = _as_of(level)
    for change in sorted(changes, key=lambda c: (str(c.day), c.event)):
        told = None if change.event in supposed else last
        happened = holds_on(on, change.day, None)
        if happened is Holds.NOT or (
            told is not None and change.day.latest is not None and change.day.latest <= told[0]
        ):
            continue
        if level is None and not applied and change.sign < 0:
            continue  # a sale by a holder whose stake nobody told leaves no number (R24)
        sure = happened is Holds.SURELY and (
            told is None or (change.day.earliest is not None and change.day.earliest > told[1])
        )
        down, up = change.amount.low, change.amount.high
        if low is None or high is None or down is None or up is None:
            return level
        steps: tuple[Decimal, ...] = (change.sign * down, change.sign * up)
        if not sure:
            steps = (*steps, Decimal(0))
        low, high = low + min(steps), high + max(steps)
        applied.append(change)
        sure_of_one = sure_of_one or happened is Holds.SURELY
    if not applied:
        return level
    because = [change.event for change in applied]
    assert low is not None and high is not None
    # a deal beyond the whole, or below nothing, is told by the stakes beside it (R10); this one stays within them
    low, high = min(max(low, Decimal(0)), Decimal(100)), min(high, Decimal(100))
    if high <= 0:
        return None
    number = Quantity(low=low, high=high, unit="%")
    if level is not None:
        return replace(
            level,
            value=number,
            low=low,
            high=high,
            because=(*level.because, *because),
            moved_by=tuple(because),
            newest=max(level.newest, newest),
        )
    first = applied[0]
    return State(
        subject=first.holder,
        predicate=first.kind,
        object=first.asset,
        qualifiers={},
        value=number,
        low=low,
        high=high,
        holds=Holds.SURELY if sure_of_one else Holds.POSSIBLY,
        start=first.day,
        end=None,
        claim=because[0],
        because=tuple(because),
        moved_by=tuple(because[1:]),
        newest=newest,
        age_days=(on - newest).days,
        stale=False,
        origins=1,
    )


def _as_of(level: State | None) -> tuple[date, date] | None:
    """The days by which the level was surely and possibly still being told.

    A stake told in the present tense holds on the day it was said; one told "as of 31 December" vouches only for that day.
    """
    if level is None:
        return None
    if level.start is not None and level.start.earliest is None and level.start.latest is not None:
        return (level.start.latest, level.newest)
    return (level.newest, level.newest)
