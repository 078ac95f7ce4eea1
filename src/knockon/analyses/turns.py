"""Which answers turned between two worlds, on which day, and because of which claims or which rule record?

Verdicts, licences in force, what they cover, and parts of caught parties in assets. Where only days (and with them what was known)
lie between the worlds, the days on which something begins, ends or was said are halved until each turn has its day. Refuses
to look for an answer that turned and turned back between two days at which it looked; it looks at the days of acts and sales
where they are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from knockon.analyses.changes import LAW, Change, Pair, pair_of, state_changes
from knockon.analyses.effect import EVERY
from knockon.analyses.regimes import rules_on
from knockon.analyses.standing import NOTHING, Key, Standing, standing, verdict
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment
from knockon.model.vocabulary import predicate
from knockon.world import World

__all__ = ["Turn", "turns"]

#: at most so many days are looked at; what is left then has no day of its own
_WORLDS = 60
#: acts and events after which an answer may be what it was before; delistings are looked at first
_PASSING = ("delists", "designates", "revokes", "expires", "sells", "ends")
_STOPS = 30
_ORDER = ("status", "licence", "coverage", "exposure")
#: the nearest causes first
_RANK = ("supposed", "ended", "replaced", "said", "begun", "over", "unsaid", "not begun", "not over", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One answer that is another in the second world.

    ``detail`` is the measure (status), the activity (coverage) or the holder (exposure). ``on`` is the first day on which the new
    answer is given, where it could be found. ``cause`` is a word of docs/reference/diff.md, ``because`` the claims behind it;
    for the cause "rule" they are the claims to which the other rule record now applies.
    """

    question: str
    thing: EntityId
    authority: str
    detail: str
    before: str
    after: str
    rule_before: str | None
    rule: str | None
    since: Moment | None
    on: date | None
    cause: str
    because: tuple[ClaimId, ...]

    @property
    def line(self) -> str:
        """The turn in one line, with ids for names."""
        what = " ".join(p for p in (self.thing, self.authority, self.detail) if p)
        day = f" on {self.on}" if self.on else ""
        return f"{what}: {self.before} → {self.after}{day} ({self.cause})"


def turns(a: World, b: World, *, parties: Sequence[EntityId] = (), authorities: Sequence[str] = ()) -> tuple[Turn, ...]:
    """What turned between two worlds, in the order of the days.

    >>> from knockon.testing import world
    >>> a = world("us-ofac designates acme for blocking on 2024-05-01 (us-ofac)", on="2024-04-01", known="2024-06-01")
    >>> [t.line for t in turns(a, a.on_day(date(2024, 6, 1)))]
    ['acme us-ofac blocking: nothing found → designated on 2024-05-01 (begun)']
    """
    scope = _Scope(parties=tuple(parties), authorities=tuple(authorities))
    found: list[Turn] = []
    if not b.large and a.ledger is b.ledger and a.at == b.at and a.on < b.on and _moves(a, b):
        plain = b if b.supposed == a.supposed else _with(b, b.on, b.known, a)
        days = (a.on, *_days(a, plain, LAW), b.on)
        between = _Days(a=a, b=plain, days=days, scope=scope)
        stops = [0, *(days.index(d) for d in _stops(a, plain)), len(days) - 1]
        found += [t for low, high in pairwise(stops) for t in between.halve(low, high)]
        a = plain
    found += _step(a, b, scope, None)
    return tuple(
        sorted(
            found, key=lambda t: (t.on or b.on, t.on is None, _ORDER.index(t.question), t.thing, t.authority, t.detail)
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    parties: tuple[EntityId, ...]
    authorities: tuple[str, ...]

    def of(self, world: World) -> dict[Key, Standing]:
        return standing(world, self.parties, self.authorities)


def _moves(a: World, b: World) -> bool:
    """Whether the worlds between can be made: what is known stands still, or goes with the day."""
    return a.heard == b.heard and (a.known == b.known or (a.known == a.on and b.known == b.on))


def _with(world: World, on: date, known: date, like: World) -> World:
    """The world on another day, with what ``like`` supposes."""
    return World(world.ledger, on=on, known=known, at=world.at, supposed=like.supposed, heard=world.heard)


@dataclass(slots=True, kw_only=True)
class _Days:
    a: World
    b: World
    days: tuple[date, ...]
    scope: _Scope
    made: dict[int, World] = field(default_factory=dict)

    def world(self, place: int) -> World:
        if place in (0, len(self.days) - 1):
            return self.b if place else self.a
        if place not in self.made:
            on = self.days[place]
            self.made[place] = _with(self.b, on, self.b.known if self.a.known == self.b.known else on, self.a)
        return self.made[place]

    def halve(self, low: int, high: int) -> list[Turn]:
        """The turns between two days, each in the step in which it comes."""
        before, after = self.world(low), self.world(high)
        if _words(self.scope.of(before)) == _words(self.scope.of(after)):
            return []
        if high - low == 1:
            return _step(before, after, self.scope, after.on)
        if len(self.made) >= _WORLDS:
            return _step(before, after, self.scope, None)
        middle = (low + high) // 2
        return [*self.halve(low, middle), *self.halve(middle, high)]


def _words(found: dict[Key, Standing]) -> dict[Key, str]:
    return {key: one.word for key, one in found.items()}


def _stops(a: World, b: World) -> list[date]:
    """Days that are looked at in any case, so that what came and went between the two is not missed; acts and sales, while few."""
    for words in (_PASSING, _PASSING[:1]):
        if len(found := _days(a, b, words, rules=False)) <= _STOPS:
            return found
    return []


def _days(a: World, b: World, words: Sequence[str], *, rules: bool = True) -> list[date]:
    """The days between two worlds that can be read whole on which a claim of some predicates, or a rule record, can make an answer turn."""
    found: set[date | None] = set()
    for word in words:
        horizon = predicate(word).stale
        for claim in b.told(word):
            for moment in (claim.start, claim.end, claim.said_on):
                found |= {moment.earliest, moment.latest} if moment else set()
            found |= {claim.known, claim.known + timedelta(days=horizon + 1)} if horizon else {claim.known}
    for rule in (*rules_on(a.on), *rules_on(b.on)) if rules else ():
        found |= {rule.valid_from, rule.valid_to}
    return sorted(day for day in found if day is not None and a.on < day < b.on)


# ---------------------------------------------------------------------------------------------------- one step
def _step(a: World, b: World, scope: _Scope, on: date | None) -> list[Turn]:
    before, after = scope.of(a), scope.of(b)
    keys = [k for k in sorted(before.keys() | after.keys()) if _word(before, k) != _word(after, k)]
    if not keys:
        return []
    near = _near(a, b, before, after, keys) if a.large or b.large else None
    pair = pair_of(a, b, near)
    changed = tuple(state_changes(pair, LAW, near))
    found = [_turn(pair, key, before.get(key), after.get(key), changed, on) for key in keys]
    return [t for t in found if t.before != t.after]


def _word(found: dict[Key, Standing], key: Key) -> str:
    return found[key].word if key in found else ""


def _near(
    a: World, b: World, before: dict[Key, Standing], after: dict[Key, Standing], keys: Iterable[Key]
) -> list[EntityId]:
    """The parties in the proofs: in a large ledger, only their claims are read."""
    out: set[EntityId] = set()
    for key in keys:
        out.add(key.thing)
        for world, found in ((a, before), (b, after)):
            claims = [world.claim(c) for c in (found[key].because if key in found else ())]
            out |= {e for c in claims for e in (c.subject, c.object) if e is not None and e not in EVERY}
    return sorted(out)


def _turn(
    pair: Pair, key: Key, old: Standing | None, now: Standing | None, changed: Sequence[Change], on: date | None
) -> Turn:
    if key.question == "status":
        old, now = old or verdict(pair.a, key), now or verdict(pair.b, key)
    cause, because = _cause(pair, key, old, now, changed)
    return Turn(
        question=key.question,
        thing=key.thing,
        authority=key.authority,
        detail=key.detail,
        before=old.word if old else NOTHING,
        after=now.word if now else NOTHING,
        rule_before=old.rule if old else None,
        rule=now.rule if now else None,
        since=now.since if now else None,
        on=on,
        cause=cause,
        because=because,
    )


def _cause(
    pair: Pair, key: Key, old: Standing | None, now: Standing | None, changed: Sequence[Change]
) -> tuple[str, tuple[ClaimId, ...]]:
    """The changed states that a proof rests on; else the rule record that changed; else what both rest on."""
    proofs = [set(s.because) if s else set() for s in (old, now)]
    touching = [c for c in changed if c.cause in _RANK and _touches(c, *proofs)]
    if touching:
        word = min((c.cause for c in touching), key=_RANK.index)
        own = [c.id for c in (*pair.new, *pair.gone) if c.id in proofs[0] | proofs[1]]
        return word, tuple(dict.fromkeys((*(i for c in touching for i in c.because), *own)))
    proof = tuple(dict.fromkeys((*(now.because if now else ()), *(old.because if old else ()))))
    came = tuple(c.id for c in pair.new if c.id in proofs[1])
    if came:
        return ("supposed" if any(pair.b.is_supposed(c) for c in came) else "said"), came
    if went := tuple(c.id for c in pair.gone if c.id in proofs[0]):
        return "unsaid", went
    rules = [{r.id for r in rules_on(w.on, key.authority) if key.detail in r.measures} for w in (pair.a, pair.b)]
    if key.question == "status" and rules[0] != rules[1]:
        return "rule", proof
    return "indirect", proof


def _touches(change: Change, before: set[ClaimId], after: set[ClaimId]) -> bool:
    """Whether the proof before rests on what the state was, or the proof after on what it is."""
    was = {*change.before.because, *change.before.closed_by} if change.before else set()
    now = {*change.after.because, *change.after.closed_by, *change.after.moved_by} if change.after else set()
    return bool(was & before or now & after or (was and now and (was | now) & (before | after)))
