"""Several claims about one slot: which holds, between which bounds, and who says otherwise? Rules R5, R13, R15, R16.

Refuses to average: one value is chosen by rank, number of independent origins and age; the spread stays visible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment, holds_on
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import predicate

__all__ = ["State", "Voices", "resolve", "survivors"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a world holds of one slot on its day.

    ``value`` is the chosen statement, ``low``/``high`` span every conflicting one that is not stale beside a fresh one.
    ``because`` are the claims that carry the choice (the chosen first), ``against`` those that conflict with it.
    """

    subject: EntityId
    predicate: str
    object: EntityId | None
    qualifiers: Mapping[str, str]
    value: Quantity | str | None
    low: Decimal | None
    high: Decimal | None
    holds: Holds
    start: Moment | None
    end: Moment | None
    claim: ClaimId
    because: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...] = ()
    closed_by: tuple[ClaimId, ...] = ()
    alternatives: tuple[EntityId, ...] = ()
    newest: date
    age_days: int
    stale: bool
    origins: int
    sum_of: str | None = None
    moved_by: tuple[ClaimId, ...] = ()

    @property
    def needs(self) -> tuple[ClaimId, ...]:
        """What the value rests on: the chosen claim, and the deals that have moved it since."""
        return (self.claim, *(c for c in self.moved_by if c != self.claim))

    @property
    def quantity(self) -> Quantity | None:
        """The chosen value when it is a number."""
        return self.value if isinstance(self.value, Quantity) else None


@dataclass(frozen=True, slots=True)
class Voices:
    """Who counts as whom on the day of a word: ``voice`` gives the party for which an origin spoke, ``rank`` its weight."""

    voice: Callable[[EntityId, date], EntityId]
    rank: Callable[[EntityId, date], int]


@dataclass(slots=True)
class Live:
    """A claim on its way through resolution, with the end that an event gave it."""

    claim: Claim
    end: Moment | None
    closed_by: tuple[ClaimId, ...] = field(default=())

    def holds(self, on: date) -> Holds:
        start = self.claim.start
        said = self.claim.said_on
        if start is None:  # a present-tense statement vouches for the day on which it was said at the latest
            start = Moment(None, said.latest)
        elif start.latest is None and start.earliest is not None and start.earliest <= self.claim.known:
            start = Moment(start.earliest, said.latest)
        return holds_on(on, start, self.end)


def survivors(claims: Iterable[Claim], voices: Voices) -> list[Claim]:
    """Drop what the same voice replaced by a later word for the same slot and an overlapping period (R15)."""
    by_voice: dict[EntityId, list[Claim]] = {}
    for claim in claims:
        by_voice.setdefault(voices.voice(claim.origin, claim.known), []).append(claim)
    kept: list[Claim] = []
    for said in by_voice.values():
        kept += [c for c in said if not any(_replaces(later, c) for later in said)]
    return sorted(kept, key=lambda c: c.id)


def _replaces(later: Claim, earlier: Claim) -> bool:
    """A surely later statement; a month that may come after a day does not replace it, nor does a vaguer repetition."""
    first = later.said_on.earliest or later.known
    return first > earlier.known and _overlap(later, earlier) and not _repeats_vaguely(later, earlier)


def _repeats_vaguely(later: Claim, earlier: Claim) -> bool:
    """Says the same with less: "until November" after "until 21 November, 00:01 in New York" takes nothing back."""
    if (
        later.subject != earlier.subject
        or not _values_agree(later, earlier)
        or (later.value is None) != (earlier.value is None)
    ):
        return False
    pairs = ((later.start, earlier.start), (later.end, earlier.end))
    return all(_within(a, b) for a, b in pairs) and any(a != b for a, b in pairs)


def _within(vague: Moment | None, exact: Moment | None) -> bool:
    if vague is None or vague == exact:
        return True
    if exact is None or vague.clock is not None:
        return False
    after = vague.earliest is None or (exact.earliest is not None and vague.earliest <= exact.earliest)
    return after and (vague.latest is None or (exact.latest is not None and exact.latest <= vague.latest))


def _overlap(a: Claim, b: Claim) -> bool:
    def first(c: Claim) -> date:
        return (c.start.earliest if c.start else None) or date.min

    def last(c: Claim) -> date:
        return (c.end.latest if c.end else None) or date.max

    return first(a) < last(b) and first(b) < last(a)


def resolve(live: Sequence[Live], *, on: date, voices: Voices) -> State | None:
    """The state of one slot on a day, or ``None`` when nothing of it can hold then."""
    held = [(item, item.holds(on)) for item in _exact_ends(live, voices)]
    held = [(item, how) for item, how in held if how is not Holds.NOT]
    if not held:
        return None
    word = predicate(held[0][0].claim.predicate)
    fresh = [pair for pair in held if not _stale(pair[0].claim, on, word.stale)] or held
    best = _choose([item for item, _ in fresh], voices)
    agreeing = [item for item, _ in held if _agree(item.claim, best.claim)]
    against = [item for item, _ in held if not _agree(item.claim, best.claim)]
    low, high = _spread([item.claim for item, _ in fresh])
    newest = max(item.claim.known for item in agreeing)
    # an end that any agreeing voice knows of is an end; a start may come from any of them
    ends = [item.end for item in agreeing if item.end is not None]
    starts = [item.claim.start for item in agreeing if item.claim.start is not None]
    how = Holds.SURELY if any(h is Holds.SURELY for item, h in held if item in agreeing) else Holds.POSSIBLY
    return State(
        subject=best.claim.subject,
        predicate=word.name,
        object=best.claim.object,
        qualifiers=dict(best.claim.qualifiers),
        value=best.claim.value,
        low=low,
        high=high,
        holds=how,
        start=best.claim.start or min(starts, key=str, default=None),
        end=best.end or min(ends, key=str, default=None),
        claim=best.claim.id,
        because=(best.claim.id, *sorted(i.claim.id for i in agreeing if i.claim.id != best.claim.id)),
        against=tuple(sorted(i.claim.id for i in against)),
        closed_by=tuple(sorted({c for item in agreeing for c in item.closed_by})),
        alternatives=tuple(sorted({i.claim.subject for i, _ in fresh if i.claim.subject != best.claim.subject})),
        newest=newest,
        age_days=(on - newest).days,
        stale=bool(word.stale) and on - newest > timedelta(days=word.stale),
        origins=len({voices.voice(i.claim.origin, i.claim.known) for i in agreeing}),
        sum_of=best.claim.qualifier("sum_of"),
    )


def _exact_ends(live: Sequence[Live], voices: Voices) -> Sequence[Live]:
    """A voice that repeats itself with a vaguer end ("until November") keeps the exact one that it gave before (R15)."""
    if len(live) < 2:
        return live
    out: list[Live] = []
    for item in live:
        ends = [
            other.end
            for other in live
            if other is not item
            and other.end is not None
            and item.end is not None
            and item.end != other.end
            and _within(item.end, other.end)
            and _repeats_vaguely(item.claim, other.claim)
            and voices.voice(item.claim.origin, item.claim.known) == voices.voice(other.claim.origin, other.claim.known)
        ]
        out.append(Live(item.claim, min(ends, key=str), item.closed_by) if ends else item)
    return out


def _stale(claim: Claim, on: date, horizon: int) -> bool:
    return bool(horizon) and on - claim.known > timedelta(days=horizon)


def _agree(a: Claim, b: Claim) -> bool:
    if a.subject != b.subject and a.predicate in _ALTERNATING:
        return _values_agree(a, b)
    return a.subject == b.subject and a.object == b.object and _values_agree(a, b)


#: one stake told with several holders is one stake; one office or place told with several holders is a conflict
_ALTERNATING = frozenset({"holds_shares", "holds_interest", "manages", "entitled_to"})


def _values_agree(a: Claim, b: Claim) -> bool:
    if a.quantity and b.quantity:
        return a.quantity.agrees(b.quantity)
    return a.value is None or b.value is None or a.value == b.value


def _choose(live: Sequence[Live], voices: Voices) -> Live:
    """Act or register first, then more independent origins, then the latest, then the most exact (R16)."""

    def support(item: Live) -> int:
        return len({voices.voice(o.claim.origin, o.claim.known) for o in live if _agree(o.claim, item.claim)})

    def key(item: Live) -> tuple[int, int, int, int, int, str]:
        claim = item.claim
        said = claim.value is None
        places = claim.quantity.places if claim.quantity else 0
        return (
            int(said),
            voices.rank(claim.origin, claim.known),
            -support(item),
            -claim.known.toordinal(),
            -places,
            claim.id,
        )

    keys = {item.claim.id: key(item) for item in live}
    first = min(live, key=lambda i: keys[i.claim.id])
    same = [
        item
        for item in live
        if _agree(item.claim, first.claim)
        and item.claim.subject == first.claim.subject
        and keys[item.claim.id][1] == keys[first.claim.id][1]
    ]
    # 13 and 13.5 agree: show the more exact of the two
    return min(same, key=lambda i: (-(i.claim.quantity.places if i.claim.quantity else 0), keys[i.claim.id]))


def _spread(claims: Sequence[Claim]) -> tuple[Decimal | None, Decimal | None]:
    """The bounds over all numbers told; claims that only differ by printed precision do not widen them."""
    numbers = [c.quantity for c in claims if c.quantity is not None]
    exact: list[Quantity] = []
    for number in sorted(numbers, key=lambda n: -n.places):
        if not any(number.agrees(other) and number.places < other.places for other in exact):
            exact.append(number)
    lows = [n.low for n in exact]
    highs = [n.high for n in exact]
    low = None if not lows or any(x is None for x in lows) else min(x for x in lows if x is not None)
    high = None if not highs or any(x is None for x in highs) else max(x for x in highs if x is not None)
    return low, high
