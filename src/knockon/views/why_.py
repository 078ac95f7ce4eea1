"""Why does a line stand there? A claim with its speakers, source and rivals; a verdict with its rule, chain, and what would change it.

Refuses to stop at "because": every claim behind a line is told with its source and its age.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from knockon.analyses.address import Address
from knockon.analyses.regimes import Rule
from knockon.analyses.status import Effect
from knockon.analyses.why import Why
from knockon.model.claim import Claim
from knockon.model.ids import ClaimId
from knockon.model.vocabulary import predicate
from knockon.views import dates, effects, quantities
from knockon.views.line import Line, Tongue, tongue
from knockon.views.owners import ownership_lines
from knockon.views.statement import marks_of, statement
from knockon.world import World

__all__ = ["explain"]


def explain(found: Why, world: World, lang: str = "en") -> tuple[Line, ...]:
    """The lines that explain a claim or a derived line."""
    told = tongue(world, lang)
    if found.claim is not None:
        return tuple(_claim(told, found, found.claim))
    return tuple(_derived(told, found))


# ---------------------------------------------------------------------------------------------------- a claim
def _claim(told: Tongue, found: Why, claim: Claim) -> Iterator[Line]:
    words = told.words
    yield Line(
        text=told.say("told.plain", x=statement(told, claim)),
        address=claim.id,
        because=(claim.id,),
        marks=marks_of(told, claim),
    )
    for text in _speakers(told, claim):
        yield Line(text=text, level=1)
    yield Line(
        text=told.say("why.said_on", day=dates.moment(claim.said_on, words), known=dates.day(claim.known, words)),
        level=1,
    )
    yield Line(text=told.say("why.days", term=_term(told, claim)), level=1)
    told_as = told.say(
        "why.mode", mode=words.word("mode", claim.mode.value), polarity=words.word("polarity", claim.polarity.value)
    )
    yield Line(text=told_as, level=1)
    title = told.world.source_title(claim.source)
    key = "why.source" if title != claim.source else "why.source_only"
    yield Line(text=told.say(key, title=title, address=claim.source), level=1)
    if claim.quote is not None:
        text = told.say("why.quote", text=claim.quote.text, start=claim.quote.start, end=claim.quote.end)
        yield Line(text=text, level=1)
    if found.read is not None:
        sure = told.say(
            "why.read",
            percent=round(found.read.sure * 100),
            cues=", ".join(found.read.trace) or told.say("why.no_cues"),
        )
        yield Line(text=sure, level=1)
    yield from _counts(told, claim)
    yield from _company(told, found, claim)


def _speakers(told: Tongue, claim: Claim) -> Iterator[str]:
    """Who retells whom, from the nearest speaker to the origin, and for whom the origin speaks."""
    for near, far in pairwise(claim.said_by):
        yield told.say("why.retells", near=told.name(near), far=told.name(far))
    voice = told.world.names.voice(claim.origin)
    key = "why.origin" if voice == claim.origin else "why.origin_for"
    yield told.say(key, origin=told.name(claim.origin), voice=told.name(voice))


def _term(told: Tongue, claim: Claim) -> str:
    kind = predicate(claim.predicate).kind
    if claim.start is None and claim.end is None:
        return told.say("why.no_days")
    if kind == "flow":
        return dates.period(claim.start, claim.end, told.words)
    if kind == "event" and claim.start is not None and claim.end is None:
        return dates.on(claim.start, told.words)
    start = dates.since(claim.start, told.words) or told.say("law.no_start")
    return f"{start}, {dates.until(claim.end, told.words)}"


def _counts(told: Tongue, claim: Claim) -> Iterator[Line]:
    """Whether this world lets the claim count, and if not, why."""
    world = told.world
    if claim.id in world.names.aside:
        yield Line(text=told.say("why.aside", reason=world.names.aside[claim.id]), level=1)
    elif predicate(claim.predicate).competent and not world.competent(claim):
        yield Line(text=told.say("why.not_competent", origin=told.name(claim.origin)), level=1)


def _company(told: Tongue, found: Why, claim: Claim) -> Iterator[Line]:
    """Who says the same, who says otherwise."""
    if found.statement is None:
        yield Line(text=told.say("why.unseen", day=dates.day(claim.known, told.words)), level=1)
        return
    one = found.statement
    others = [c for c in one.because if c != claim.id]
    text = told.say(
        "why.voices", n=len(one.voices), voices=told.names(one.voices), age=told.stated(one.because, one.stale)
    )
    yield Line(text=text, because=one.because, level=1)
    yield from _each(told, "why.agrees", others)
    yield from _each(told, "why.conflicts", one.against)
    yield from _each(told, "why.set_aside", found.set_aside)


def _each(told: Tongue, key: str, ids: Iterable[ClaimId]) -> Iterator[Line]:
    for known in ids:
        claim = told.world.claim(known)
        text = told.say(
            key, x=statement(told, claim), who=told.source(claim), day=dates.moment(claim.said_on, told.words)
        )
        yield Line(text=text, address=known, because=(known,), marks=marks_of(told, claim), level=1)


# ---------------------------------------------------------------------------------------------------- a derived line
def _derived(told: Tongue, found: Why) -> Iterator[Line]:
    from knockon.views.lines import lines_of

    for answer in found.answers:
        yield from lines_of(answer, told.world, told.lang)
        if isinstance(answer, Effect) and answer.status == effects.PART:
            for stake in answer.deciding:
                yield effects.deciding_line(told, stake)
    for rule in found.rules:
        yield from _rule(told, rule)
    for owners in found.owners:
        yield Line(text=told.say("why.owners", x=told.name(owners.asset)))
        for line in ownership_lines(told, owners, _owners_address(told, owners.asset)):
            yield Line(text=line.text, address=line.address, because=line.because, marks=line.marks, level=1)
    shown = {line_id for owners in found.owners for line_id in owners.because}
    rest = [c for c in found.because if c not in shown]
    if rest:
        yield Line(text=told.say("why.rests", n=len(found.because)))
    for known in rest:
        claim = told.world.claim(known)
        title = told.world.source_title(claim.source)
        text = told.say(
            "why.behind",
            x=statement(told, claim),
            who=told.source(claim),
            day=dates.moment(claim.said_on, told.words),
            title=title,
        )
        yield Line(text=text, address=known, because=(known,), marks=marks_of(told, claim), level=1)


def _owners_address(told: Tongue, asset: str) -> str:
    return str(Address("ownership", (asset,), told.world.on, told.world.known))


def _rule(told: Tongue, rule: Rule) -> Iterator[Line]:
    words = told.words
    yield Line(
        text=told.say(
            "why.rule", title=rule.title, authority=told.name(rule.authority), since=dates.day(rule.valid_from, words)
        )
    )
    sign = told.say("why.more_than" if rule.strict else "why.at_least")
    text = told.say(
        "why.threshold",
        sign=sign,
        threshold=quantities.percent(rule.threshold, words),
        aggregate=words.word("aggregate", rule.aggregate),
        kinds=told.listed(words.word("kind", k) for k in rule.kinds),
        chain=words.word("chain", rule.chain),
    )
    yield Line(text=text, level=1)
    certainty = words.word("certainty", rule.certainty)
    yield Line(
        text=told.say("why.rule_source", certainty=certainty, source=rule.source, day=dates.day(rule.read_on, words)),
        level=1,
    )
    if told.lang == "en":
        yield Line(text=rule.note, level=1)
