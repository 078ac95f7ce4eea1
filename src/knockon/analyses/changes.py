"""Which states differ between two worlds, and which claims, or which days, made it so?

Refuses to call older news a change: a state that only got another voice or grew older, and is not stale for it, is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knockon.model.claim import Claim
from knockon.model.ids import ClaimId, EntityId
from knockon.model.vocabulary import predicate, vocabulary
from knockon.world import State, World
from knockon.world.events import close, closers_of

__all__ = ["Change", "Pair", "pair_of", "state_changes"]

_STATES = tuple(name for name, word in vocabulary().items() if word.kind != "name")
_NAMES = tuple(name for name, word in vocabulary().items() if word.kind == "name")
#: what verdicts, licences and exposure rest on
LAW = (
    "designates", "delists", "holds_shares", "holds_interest", "manages", "controls", "entitled_to", "acts_jointly",
    "rebuts_control", "linked_to", "acquires", "sells", "ends", "issues", "covers", "excludes", "supersedes", "revokes",
    "expires", "develops", "part_of",
)  # fmt: skip
_CAUSES = {
    "said": "because of what was said since",
    "unsaid": "because what was said is not seen there",
    "replaced": "because of what was said since in place of what was said before",
    "supposed": "because it is supposed",
    "ended": "because something ended it",
    "begun": "because its days have begun",
    "over": "because its days are over",
    "not begun": "because its days have not begun",
    "not over": "because its days are not over",
    "aged": "because nobody has said it again",
    "days": "because other days are asked about",
    "indirect": "because of claims about others that it rests on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One state that appeared, changed or disappeared; ``cause`` is one word, ``because`` the claims behind it."""

    kind: str
    predicate: str
    subject: EntityId
    object: EntityId | None
    before: State | None
    after: State | None
    cause: str
    because: tuple[ClaimId, ...]

    @property
    def line(self) -> str:
        """The change in one line, with ids for names."""
        shown = self.after or self.before
        told = (
            [f"{k}={v}" for k, v in sorted(shown.qualifiers.items()) if k in predicate(self.predicate).slot]
            if shown
            else []
        )
        thing = " ".join(p for p in (self.subject, self.predicate, self.object, *told) if p)
        before, after = _shown(self.before), _shown(self.after)
        if self.before and self.after:
            what = (
                f"{before or 'no value told'} becomes {after or 'no value told'}"
                if before != after
                else _aspect(self.before, self.after)
            )
        else:
            what = self.kind + (f" ({before or after})" if before or after else "")
        return f"{thing}: {what}, {_CAUSES[self.cause]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Both worlds, the claims that only one of them sees, and every claim that either sees."""

    a: World
    b: World
    gone: Sequence[Claim]
    new: Sequence[Claim]
    seen: Mapping[ClaimId, Claim]


def pair_of(a: World, b: World, near: Iterable[EntityId] | None = None) -> Pair:
    """Both worlds with the claims that tell them apart; in a ledger too large to be read whole, those ``near`` some parties."""
    seen_a, seen_b = (_seen(world, near) for world in (a, b))
    gone = [c for i, c in sorted(seen_a.items()) if i not in seen_b]
    new = [c for i, c in sorted(seen_b.items()) if i not in seen_a]
    return Pair(a=a, b=b, gone=gone, new=new, seen=seen_a | seen_b)


def _seen(world: World, near: Iterable[EntityId] | None) -> dict[ClaimId, Claim]:
    if near is None:
        return {c.id: c for c in world.told(*vocabulary())}
    return {c.id: c for e in near for c in (*world.told(*LAW, subject=e), *world.told(*LAW, object=e))}


# ---------------------------------------------------------------------- states
def state_changes(pair: Pair, words: Sequence[str] = (), near: Iterable[EntityId] | None = None) -> Iterable[Change]:
    """Every state of some predicates (all, but names) that only one world has, or that they have differently."""
    for word in words or _STATES:
        before, after = ({_slot(s): s for s in _held(w, word, near)} for w in (pair.a, pair.b))
        for slot in sorted(before.keys() | after.keys()):
            old, now = before.get(slot), after.get(slot)
            if old and now and _content(old) == _content(now):
                continue
            cause, because = _cause(pair, old, now)
            shown = now or old
            assert shown is not None
            yield Change(
                kind="changed" if old and now else "appeared" if now else "disappeared",
                predicate=word,
                subject=shown.subject,
                object=shown.object,
                before=old,
                after=now,
                cause=cause,
                because=because,
            )


def _held(world: World, word: str, near: Iterable[EntityId] | None) -> Iterable[State]:
    if near is None:
        return world.states(word)
    return (s for e in near for s in (*world.states(word, subject=e), *world.states(word, object=e)))


def _slot(state: State) -> tuple[str, ...]:
    """What the state is about, in the words of its slot."""
    parts: list[str] = []
    for name in predicate(state.predicate).slot:
        match name:
            case "subject":
                parts.append(state.subject)
            case "object":
                parts.append(state.object or "")
            case "stake":
                parts.append(state.qualifiers.get("stake") or state.subject)
            case "value":
                parts.append(str(state.value))
            case "day":
                parts.append(str(state.start))
            case "period":
                parts.append(f"{state.start}/{state.end}")
            case _:
                parts.append(state.qualifiers.get(name, ""))
    return tuple(parts)


def _content(state: State) -> tuple[object, ...]:
    """What makes two states the same; not who else says so, and not their age."""
    ends = (str(state.start), str(state.end))
    return (
        state.subject,
        str(state.value),
        state.low,
        state.high,
        state.holds,
        ends,
        state.stale,
        state.alternatives,
        bool(state.against),
    )


def _shown(state: State | None) -> str:
    if state is None:
        return ""
    return "" if state.value is None else str(state.value)


def _aspect(before: State, after: State) -> str:
    """What changed where the value shown did not."""
    for name, old, now in (
        ("held by", before.subject, after.subject),
        ("between", f"{before.low} and {before.high}", f"{after.low} and {after.high}"),
        ("holds", before.holds, after.holds),
        ("from", before.start, after.start),
        ("until", before.end, after.end),
    ):
        if str(old) != str(now):
            return (
                f"{name} {'no day told' if old is None else old} becomes {name} {'no day told' if now is None else now}"
            )
    if before.stale != after.stale:
        return "now stale" if after.stale else "no longer stale"
    return "now disputed" if after.against else "no longer disputed"


# ---------------------------------------------------------------------- causes
def _cause(pair: Pair, old: State | None, now: State | None) -> tuple[str, tuple[ClaimId, ...]]:
    """Claims first; where no claim differs, the days; where neither does, the claims on others that it rests on."""
    a, b = pair.a, pair.b
    came = [c for c in pair.new if _bears_on(pair, b, c, old, now)]
    went = [c for c in pair.gone if _bears_on(pair, a, c, old, now)]
    if came or went:
        ids = tuple(sorted({c.id for c in (*came, *went)}))
        if any(b.is_supposed(c.id) or a.is_supposed(c.id) for c in (*came, *went)):
            return "supposed", ids
        if not came:
            return "unsaid", ids
        ending = not now and any(c.predicate != (old or c).predicate for c in came)
        return ("ended" if ending else "replaced" if went else "said"), ids
    carried = tuple(sorted({i for s in (old, now) if s for i in s.because}))
    if a.on == b.on:
        return "indirect", carried
    later = b.on > a.on
    if old and now:
        return ("aged" if now.stale and not old.stale else "days"), carried
    if now:
        return ("begun" if later else "not over"), carried
    assert old is not None
    enders = _enders(b, a, old)
    if later and enders:
        return "ended", tuple(sorted({*carried, *enders}))
    return ("over" if later else "not begun"), carried


def _bears_on(pair: Pair, world: World, claim: Claim, old: State | None, now: State | None) -> bool:
    """Whether a claim that only ``world`` sees can have made this difference."""
    for state, home in ((old, pair.a), (now, pair.b)):
        if state is None:
            continue
        if claim.id in (*state.because, *state.against, *state.closed_by):
            return True
        if claim.predicate == state.predicate:
            found = _same_slot(world, claim, state)
        elif claim.predicate in _NAMES:
            found = _on_names(pair, claim, state)
        else:
            found = _on_state(world, claim, state, home)
        if found:
            return True
    return False


def _same_slot(world: World, claim: Claim, state: State) -> bool:
    root = world.names.root
    about = {
        "subject": (root(claim.subject), state.subject),
        "object": (claim.object and root(claim.object), state.object),
        "stake": (claim.qualifier("stake") or root(claim.subject), state.qualifiers.get("stake") or state.subject),
        "value": (str(claim.value), str(state.value)),
        "day": (str(claim.start), str(state.start)),
        "period": (f"{claim.start}/{claim.end}", f"{state.start}/{state.end}"),
    }
    words = predicate(claim.predicate).slot
    return all(x == y for x, y in (about.get(w, (claim.qualifier(w), state.qualifiers.get(w))) for w in words))


def _on_state(world: World, claim: Claim, state: State, home: World) -> bool:
    """Whether an event ends the state, moves the stake, takes a claim of it back, or issued the licence."""
    root = world.names.root
    obj = claim.object and root(claim.object)
    if claim.predicate in ("acquires", "sells"):
        kind = claim.qualifier("of") or world.kind_dealt(claim) or "holds_shares"
        return obj == state.object and kind == state.predicate
    if claim.predicate == "retracts":
        return str(obj) in state.because
    if claim.predicate == "issues" and obj == state.subject:
        return True
    return claim.id in _enders(world, home, state, claim.predicate)


def _on_names(pair: Pair, claim: Claim, state: State) -> bool:
    """Whether a name claim touches those whom the state is about or whose word it rests on."""
    if claim.predicate in ("named", "identified_by"):
        return False
    origins = {pair.seen[i].origin for i in state.because if i in pair.seen}
    near = {state.subject, state.object, *origins, *state.because}
    return claim.subject in near or (claim.object is not None and claim.object in near)


def _enders(world: World, home: World, state: State, only: str | None = None) -> set[ClaimId]:
    """The events of one world that end a state of another, or of the same."""
    words = {r["event"] for r in closers_of(state.predicate) if only in (None, r["event"])}
    events = [c for word in sorted(words) for c in world.counted(word)]
    if not events:
        return set()
    mine = [c for c in home.counted(state.predicate) if c.id in state.because]
    return {i for item in close(mine, events) for i in item.closed_by}
