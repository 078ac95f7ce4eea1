"""From when to when does what a licence says hold? Claims of one slot become terms; terms are asked on a day or at an instant.

Refuses to turn an instant into a day's end, and to take an end back because a later speaker did not repeat it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId
from knockon.model.interval import Holds, Moment
from knockon.world import World, events
from knockon.world.resolve import Live, Voices, survivors

__all__ = ["Term", "When", "by_slot", "first", "last", "most", "newest_word", "terms_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The day asked about, or one instant of it. A moment without a clock time is its day in the zone of the asker's clock.

    >>> end = Moment.parse("2025-11-21T00:01 America/New_York")
    >>> [When.at(Moment.parse(f"2025-11-21T00:0{n} America/New_York")).holds(Moment.parse("2025"), end).value for n in "01"]
    ['possibly', 'not']
    >>> When(on=date(2025, 11, 21)).holds(Moment.parse("2025-10-22"), end).value
    'not'
    """

    on: date
    instant: datetime | None = None

    @staticmethod
    def at(moment: Moment) -> When:
        """The instant that a moment with a clock time names; its day, where it names no clock time."""
        assert moment.earliest is not None
        return When(on=moment.earliest, instant=moment.utc())

    @property
    def text(self) -> str:
        """The instant in UTC, or the day."""
        return f"{self.instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if self.instant else self.on.isoformat()

    def reached(self, moment: Moment) -> Holds:
        """Whether a moment is surely, possibly or not behind us."""
        clock = moment.utc() if self.instant is not None else None
        if clock is not None and self.instant is not None:
            return Holds.SURELY if self.instant >= clock else Holds.NOT
        if moment.earliest is not None and self.on < moment.earliest:
            return Holds.NOT
        return Holds.SURELY if moment.latest is not None and self.on >= moment.latest else Holds.POSSIBLY

    def holds(self, begins: Moment, until: Moment | None) -> Holds:
        """Half-open, as ``holds_on`` has it: from the start, up to and not at the end."""
        begun = self.reached(begins)
        ended = self.reached(until) if until is not None else Holds.NOT
        if begun is Holds.NOT or ended is Holds.SURELY:
            return Holds.NOT
        return Holds.SURELY if begun is Holds.SURELY and ended is Holds.NOT else Holds.POSSIBLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Claims of one slot whose days overlap, made into one term. ``start`` is what was said; ``begins`` is that, or the
    day by which it was told; ``ends`` is how it ends as far as known, past or to come."""

    claims: tuple[Claim, ...]
    start: Moment | None
    begins: Moment
    end: Moment | None
    ends: str | None
    closer: Claim | None
    because: tuple[ClaimId, ...]
    against: tuple[ClaimId, ...]


def terms_of(world: World, claims: Sequence[Claim], enders: Sequence[Claim]) -> list[Term]:
    """The terms of one slot: a later word replaces an earlier one of the same days (R15), an amendment for other days adds a term."""
    if not claims:
        return []
    newest = survivors(claims, Voices(voice=world.names.voice, rank=world.names.rank))
    groups: list[list[Claim]] = []
    for claim in sorted(newest, key=lambda c: (_span(c), c.id)):
        touching = [g for g in groups if any(_overlap(claim, other) for other in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([c for g in touching for c in g] + [claim])
    return [_term(world, group, [c for c in claims if c not in newest], enders) for group in groups]


def by_slot(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that are about the same target and activity, together."""
    slots: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        slots.setdefault((claim.object or "", claim.qualifier("activity") or ""), []).append(claim)
    return [slots[key] for key in sorted(slots)]


def newest_word(claims: Sequence[Claim], key: str) -> str | None:
    """What the newest statement that gives a qualifier says."""
    found = [c for c in claims if c.qualifier(key)]
    return max(found, key=lambda c: (c.known, c.id)).qualifier(key) if found else None


def most(found: Iterable[Holds]) -> Holds:
    """The surest of several answers."""
    said = set(found)
    return next((how for how in (Holds.SURELY, Holds.POSSIBLY) if how in said), Holds.NOT)


def first(moment: Moment) -> tuple[date, date]:
    """The order of beginnings."""
    return moment.earliest or date.min, moment.latest or date.max


def last(moment: Moment) -> tuple[date, date]:
    """The order of ends."""
    return moment.latest or date.max, moment.earliest or date.min


def _span(claim: Claim) -> tuple[date, date]:
    return (
        (claim.start.earliest if claim.start else None) or date.min,
        (claim.end.latest if claim.end else None) or date.max,
    )


def _overlap(a: Claim, b: Claim) -> bool:
    (a_first, a_last), (b_first, b_last) = _span(a), _span(b)
    return a_first < b_last and b_first < a_last


def _term(world: World, group: list[Claim], older: Sequence[Claim], enders: Sequence[Claim]) -> Term:
    start, _ = _merge([c.start for c in group])
    end, clash = _merge([c.end for c in group])
    helping = list(group)
    # what an earlier word of the same voice says more exactly still stands where the later one does not contradict it
    for claim in sorted(
        (c for c in older if any(_overlap(c, g) for g in group)), key=lambda c: (c.known, c.id), reverse=True
    ):
        both, bad = _merge([end, claim.end])
        begun, bad_start = _merge([start, claim.start])
        if not bad and not bad_start and not clash:
            start, end = begun, both
            helping.append(claim)
    closed = [live for live in events.close(helping, enders) if live.closed_by]
    told_end = end
    closer, end = _closing(world, closed, end)
    begins = start or Moment(None, min(c.known for c in helping))
    if begins.latest is None:
        begins = Moment(begins.earliest, max(min(c.known for c in helping), begins.earliest or date.min))
    return Term(
        claims=tuple(helping),
        start=start,
        begins=begins,
        end=end,
        ends=_how(closer, end),
        closer=closer,
        because=(*_fewest(helping, start, told_end, world), *((closer.id,) if closer else ())),
        against=tuple(sorted(c.id for c in group if clash and c.end is not None and c.end != group[0].end)),
    )


def _merge(moments: Iterable[Moment | None]) -> tuple[Moment | None, bool]:
    """The days that all of them leave open; where they leave none, all the days between, and that they clash."""
    said = [m for m in moments if m is not None]
    if not said:
        return None, False
    early, late = max(m.earliest or date.min for m in said), min(m.latest or date.max for m in said)
    if early > late:
        return Moment(min(m.earliest or date.min for m in said), max(m.latest or date.max for m in said)), True
    instants = [m for m in said if m.clock]
    if instants:
        return min(instants, key=lambda m: str(m.utc())), False
    return Moment(None if early == date.min else early, None if late == date.max else late), False


def _closing(world: World, closed: Sequence[Live], end: Moment | None) -> tuple[Claim | None, Moment | None]:
    """The event that ends a term, unless the term is over before it."""
    if not closed:
        return None, end
    sooner = min(closed, key=lambda live: (last(live.end) if live.end else (date.max, date.min), live.closed_by))
    if sooner.end is None or (end is not None and last(end) <= last(sooner.end)):
        return None, end
    return world.claim(sooner.closed_by[0]), sooner.end


def _how(closer: Claim | None, end: Moment | None) -> str | None:
    if end is None:
        return None
    if closer is None or closer.predicate == "expires":
        return "expired"
    return {"supersedes": f"superseded by {closer.subject}", "revokes": "revoked"}.get(closer.predicate, "ended")


def _fewest(claims: Sequence[Claim], start: Moment | None, end: Moment | None, world: World) -> tuple[ClaimId, ...]:
    """A smallest choice of claims that between them say the start, the end, the reach, the kind and the paragraph (R9)."""
    starts, ends = {str(c.start) for c in claims if c.start}, {str(c.end) for c in claims if c.end}
    # a range that no one claim says is what several leave open together
    wanted = {("start", s) for s in ({str(start)} & starts or starts)} | {
        ("end", e) for e in ({str(end)} & ends or ends)
    }
    wanted |= {(k, v) for c in claims for k, v in c.qualifiers if k in ("reaches", "wind_down", "condition")}
    if paragraph := newest_word(claims, "paragraph"):
        wanted.add(("paragraph", paragraph))

    def gives(claim: Claim) -> set[tuple[str, str]]:
        return ({("start", str(claim.start)), ("end", str(claim.end))} | set(claim.qualifiers)) & wanted

    def order(claim: Claim) -> tuple[int, int, int, str]:
        return (-len(gives(claim) - covered), world.names.rank(claim.origin), -claim.known.toordinal(), claim.id)

    covered: set[tuple[str, str]] = set()
    chosen = [min(claims, key=order)]
    covered |= gives(chosen[0])
    while rest := [c for c in claims if gives(c) - covered]:
        chosen.append(min(rest, key=order))
        covered |= gives(chosen[-1])
    return tuple(c.id for c in chosen)
