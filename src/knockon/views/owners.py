"""Who holds what, of which kind, directly and looked through? Beside what is unreported, conflicting, or only planned.

Refuses to add kinds of stakes to each other, and to call an economic share a status.
"""

from __future__ import annotations

from collections.abc import Iterator

from knockon.analyses.ownership import LookThrough, Ownership, Stake
from knockon.model.interval import Holds
from knockon.views import dates, quantities
from knockon.views.line import Line, Tongue
from knockon.views.statement import marks_of, sentence

__all__ = ["look_through_line", "ownership_lines", "stake_line"]


def ownership_lines(tongue: Tongue, found: Ownership, address: str) -> Iterator[Line]:
    """Direct stakes by kind with the rest that nobody reported, then chains of two steps or more, then what does not fit."""
    asset = tongue.name(found.asset)
    if not found.stakes and not found.look_through:
        yield Line(text=tongue.say("owner.nobody", asset=asset), address=address)
    for stake in found.stakes:
        yield stake_line(tongue, stake)
    for kind, rest in found.unreported.items():
        if rest > 0:
            text = tongue.say(
                "owner.unreported",
                asset=asset,
                kind=tongue.words.word("kind", kind),
                rest=quantities.percent(rest, tongue.words),
            )
            yield Line(text=text, address=address, because=found.because)
    for chain in found.look_through:
        if chain.via:
            yield look_through_line(tongue, chain, address)
    for conflict in found.conflicts:
        text = tongue.say(
            "owner.conflict",
            asset=asset,
            kind=tongue.words.word("kind", conflict.kind),
            total=quantities.share(conflict.low, conflict.high, tongue.words),
        )
        yield Line(text=text, address=address, because=conflict.because, marks=("disputed",))
    for cycle in found.cycles:
        yield Line(text=tongue.say("owner.cycle", x=" ← ".join(tongue.name(e) for e in cycle)), address=address)
    for known in (*found.sums, *found.pending):
        claim = tongue.world.claim(known)
        key = "owner.sum" if known in found.sums else "owner.pending"
        marks = marks_of(tongue, claim)
        yield Line(text=tongue.say(key, x=sentence(tongue, claim)), address=known, because=(known,), marks=marks)


def stake_line(tongue: Tongue, stake: Stake, level: int = 0) -> Line:
    """One direct stake, whose word it is, and how old."""
    claim = tongue.world.claim(stake.because[0])
    text = tongue.say(
        "owner.stake",
        holder=tongue.names([stake.holder]),
        asset=tongue.name(stake.asset),
        share=quantities.share(stake.low, stake.high, tongue.words),
        kind=tongue.words.word("kind", stake.kind),
        alternatives=tongue.say("owner.alternatives", x=tongue.names(stake.alternatives)) if stake.alternatives else "",
        since=f" {dates.since(stake.since, tongue.words)}" if stake.since else "",
        who=tongue.source(claim),
        age=tongue.stated(stake.because, stake.stale),
    )
    marks = (
        ["stale"] * stake.stale
        + ["disputed"] * bool(stake.against)
        + ["undetermined"] * (stake.holds is Holds.POSSIBLY)
    )
    marks += ["supposed"] * tongue.world.is_supposed(stake.because[0])
    return Line(
        text=text, address=stake.because[0], because=(*stake.because, *stake.against), marks=tuple(marks), level=level
    )


def look_through_line(tongue: Tongue, chain: LookThrough, address: str) -> Line:
    """A share along a chain of stakes: an economic figure."""
    via = " → ".join(tongue.name(v) for v in chain.via)
    fields = {
        "holder": tongue.name(chain.holder),
        "asset": tongue.name(chain.asset),
        "kind": tongue.words.word("kind", chain.kind),
    }
    if chain.low is None and chain.high is None:
        text = tongue.say("owner.unsaid", via=tongue.say("owner.unsaid_via", x=via) if via else "", **fields)
    else:
        share = quantities.share(chain.low, chain.high, tongue.words)
        text = tongue.say("owner.chain" if via else "owner.direct", share=share, via=via, **fields)
    return Line(text=text, address=address, because=chain.because, marks=("stale",) * chain.stale)
