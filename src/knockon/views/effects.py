"""What does one authority's measure mean for one party: listed, reached through ownership, or neither? With rule, chain and turning point.

Refuses "sanctioned" for anyone reached only through others, and a verdict without the stakes that it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knockon.analyses.askers import Asker
from knockon.analyses.effect import LINKED, PART, Counted, Deciding, Effect
from knockon.analyses.regimes import Rule, rule_of
from knockon.analyses.warnings import Warned
from knockon.model.ids import ClaimId
from knockon.views import dates, quantities
from knockon.views.line import Line, Tongue
from knockon.views.statement import marks_of, statement

__all__ = [
    "LINKED",
    "PART",
    "chain_lines",
    "counted_lines",
    "deciding_line",
    "effect_line",
    "effect_lines",
    "rule_line",
    "rule_named",
    "threshold_of",
    "warned_line",
]

_STAKES = ("holds_shares", "holds_interest", "manages", "controls", "entitled_to", "linked_to", "acquires", "sells")


def effect_lines(tongue: Tongue, effect: Effect, address: str, who: Asker | None = None) -> Iterator[Line]:
    """One effect with its chain and the stakes on which it turns."""
    yield effect_line(tongue, effect, address, who=who)
    if effect.rule is None:
        if effect.status == "nothing found":  # the findings without which a rule would reach it
            yield from _told(tongue, effect.because)
        return
    yield from counted_lines(tongue, effect, address)
    if _by_interest(tongue, effect):
        yield Line(text=tongue.say("law.interest"), address=address, because=effect.because, level=1)
    yield from chain_lines(tongue, effect.because)
    if effect.status in (PART, LINKED):
        return  # what would change it is far from the threshold; ``knockon why`` tells it
    for stake in effect.deciding:
        yield deciding_line(tongue, stake)
    if effect.unreported:
        rule = rule_named(tongue, effect.rule)
        text = tongue.say(
            "law.unreported",
            x=quantities.percent(effect.unreported, tongue.words),
            threshold=threshold_of(tongue, rule) if rule else "",
        )
        yield Line(text=text, address=address, because=effect.because, level=1)


def _told(tongue: Tongue, because: Iterable[ClaimId]) -> Iterator[Line]:
    for known in because:
        claim = tongue.world.claim(known)
        marks = marks_of(tongue, claim)
        age = tongue.stated([known], "stale" in marks)
        text = tongue.say("law.stake", x=statement(tongue, claim), who=tongue.source(claim), age=age)
        yield Line(text=text, address=known, because=(known,), marks=marks, level=1)


def effect_line(tongue: Tongue, effect: Effect, address: str, who: Asker | None = None) -> Line:
    """One measure of one authority on one party, in one sentence."""
    marks = [m for m, is_so in (("stale", effect.stale), ("supposed", effect.supposed)) if is_so]
    if effect.status == "undetermined":
        marks.append("undetermined")
    if who is not None and effect.status not in ("nothing found", PART, LINKED):
        marks += ["binds you"] * (effect.authority in who.binds) + ["secondary risk"] * (effect.authority in who.risk)
    text = _listed(tongue, effect) if effect.rule is None else _owned(tongue, effect)
    return Line(text=text, address=address, because=effect.because, marks=tuple(marks))


def _listed(tongue: Tongue, effect: Effect) -> str:
    fields = {
        "entity": tongue.name(effect.entity),
        "authority": tongue.name(effect.authority),
        "measure": _measure(tongue, effect),
        "since": dates.since(effect.since, tongue.words) or tongue.say("law.no_start"),
    }
    if effect.observed is not None:
        fields["since"] += ", " + tongue.say("law.observed", day=dates.day(effect.observed, tongue.words))
    if effect.until is not None:
        fields["since"] += ", " + dates.until(effect.until, tongue.words)
    if effect.status == "nothing found":
        return _nothing(tongue, effect)
    if effect.status == "delisted":
        return tongue.say("law.delisted", **fields)
    key = {"designated": "law.designated", "subject to sectoral restrictions": "law.sectoral"}.get(
        effect.status, "law.listed_maybe"
    )
    return tongue.say(key, **fields)


def _nothing(tongue: Tongue, effect: Effect) -> str:
    """No hit, with what was searched: the listed parties, and the owners as far as they are reported."""
    entity = tongue.name(effect.entity)
    rest = tongue.say("law.no_rule")
    who = tongue.sources(effect.pending)
    if effect.unreported is not None:
        rest = tongue.say("law.searched_owners", entity=entity, x=quantities.percent(effect.unreported, tongue.words))
    return tongue.say(
        "law.nothing", entity=entity, authority=tongue.name(effect.authority), n=effect.searched or 0, rest=rest
    ) + (
        " " + tongue.say("law.told_by_others", authority=tongue.name(effect.authority), who=who)
        if effect.pending
        else ""
    )


def _measure(tongue: Tongue, effect: Effect) -> str:
    parts = [tongue.words.word("measure", effect.measure)] if effect.measure else []
    if effect.programme:
        parts.append(effect.programme)
    directive = effect.note.removeprefix("directive ") if effect.note.startswith("directive ") else ""
    if directive:
        parts.append(tongue.say("law.directive", x=directive))
    return ", ".join(parts)


def _owned(tongue: Tongue, effect: Effect) -> str:
    rule = rule_named(tongue, effect.rule)
    fields = {
        "entity": tongue.name(effect.entity),
        "authority": tongue.name(effect.authority),
        "status": tongue.words.word("status", effect.status),
        "share": quantities.share(effect.low, effect.high, tongue.words),
        "threshold": threshold_of(tongue, rule) if rule else "",
        "by": _holders(tongue, effect),
        "since": dates.since(effect.since, tongue.words) or tongue.say("law.no_start"),
        "measure": tongue.words.word("measure", effect.measure),
        # the rule on blocking is the one that everybody means; another one is named
        "on": ""
        if effect.measure in ("blocking", "asset_freeze")
        else tongue.say("law.rule_on", measure=tongue.words.word("measure", effect.measure)),
    }
    if effect.status == PART:
        return tongue.say("law.part", **fields)
    if effect.status == "no longer blocked":
        return tongue.say("law.no_longer", **fields, note=effect.note)
    if rule and effect.status == rule.gives_control:
        return tongue.say("law.controlled", **fields)
    if effect.status == LINKED:
        return tongue.say("law.linked", **fields)
    if effect.status == "undetermined":
        return tongue.say("law.undetermined", **fields)
    return tongue.say("law.owned", **fields)


def _holders(tongue: Tongue, effect: Effect) -> str:
    """Those whose stakes in it are counted, by the claims of the verdict."""
    claims = [tongue.world.claim(i) for i in effect.because]
    root = tongue.world.names.root
    direct = [c for c in claims if c.object is not None and root(c.object) == effect.entity and c.predicate in _STAKES]
    return tongue.names(c.subject for c in direct) or tongue.say("law.listed_party")


def _by_interest(tongue: Tongue, effect: Effect) -> bool:
    """Whether the verdict is about a participating interest, which the rule on shares may not reach."""
    claims = [tongue.world.claim(i) for i in effect.because]
    root = tongue.world.names.root
    mine = [c for c in claims if c.object is not None and root(c.object) == effect.entity and c.predicate in _STAKES]
    return bool(mine) and all(c.predicate == "holds_interest" for c in mine)


def chain_lines(tongue: Tongue, because: Iterable[ClaimId], level: int = 1) -> Iterator[Line]:
    """Each stake of a chain: what is held, on whose word, and how old that word is."""
    for known in because:
        claim = tongue.world.claim(known)
        if claim.predicate in _STAKES or claim.predicate == "develops":
            marks = marks_of(tongue, claim)
            text = tongue.say(
                "law.stake",
                x=statement(tongue, claim),
                who=tongue.source(claim),
                age=tongue.stated([known], "stale" in marks),
            )
            yield Line(text=text, address=known, because=(known,), marks=marks, level=level)


def deciding_line(tongue: Tongue, stake: Deciding, level: int = 1) -> Line:
    """A stake on which a verdict turns, and where."""
    fields = {
        "holder": tongue.name(stake.holder),
        "asset": tongue.name(stake.asset),
        "share": quantities.share(stake.low, stake.high, tongue.words),
        "told": tongue.words.word("told_as", stake.told),
        "flips": "" if stake.flips_at is None else quantities.percent(stake.flips_at, tongue.words),
    }
    key = "law.deciding_never"
    if stake.flips_at is not None:
        key = "law.deciding_down" if stake.low >= stake.flips_at else "law.deciding"
    return Line(
        text=tongue.say(key, **fields),
        address=stake.because[0] if stake.because else "",
        because=stake.because,
        level=level,
    )


def rule_named(tongue: Tongue, wanted: str | None) -> Rule | None:
    """The rule record that an answer used."""
    return rule_of(wanted) if wanted else None


def threshold_of(tongue: Tongue, rule: Rule) -> str:
    """The threshold of a rule in words: "50 % or more", "more than 50 %"."""
    key = "law.more_than" if rule.strict else "law.or_more"
    return tongue.say(key, x=quantities.percent(rule.threshold, tongue.words))


def rule_line(tongue: Tongue, rule: Rule, address: str = "", level: int = 1) -> Line:
    """The rule record that was used, how certain it is, and whether it was read at its source."""
    day = dates.day(rule.read_on, tongue.words)
    text = tongue.say(
        "law.by_rule",
        id=rule.id,
        title=rule.title,
        certainty=tongue.words.word("certainty", rule.certainty),
        verified=tongue.say("law.verified" if rule.verified else "law.unverified", day=day),
    )
    return Line(text=text, address=address, level=level)


def warned_line(tongue: Tongue, warned: Warned) -> Line:
    """A risk of secondary sanctions: the authority's word, and on whose word we have it."""
    text = tongue.say(
        "law.warning",
        authority=tongue.name(warned.authority),
        object=tongue.name(warned.object),
        text=warned.text,
        who=tongue.sources(warned.because),
    )
    return Line(text=text, address=warned.because[0], because=warned.because, marks=("secondary risk",))


def counted_lines(tongue: Tongue, effect: Effect, address: str) -> Iterator[Line]:
    """Where one party was asked about: the rule record, every told stake with what the rule makes of it, and the economic share beside."""
    if (
        effect.note
        and not _by_interest(tongue, effect)
        and not effect.unreported
        and effect.status != "no longer blocked"
    ):
        yield Line(text=tongue.say("why.note", x=effect.note), address=address, because=effect.because, level=1)
    if not effect.counted:
        return
    rule = rule_named(tongue, effect.rule)
    if rule is not None:
        yield rule_line(tongue, rule, address)
    for one in effect.counted:
        yield Line(
            text=_counted(tongue, one), address=one.because[0] if one.because else "", because=one.because, level=1
        )
    if effect.look_through_high:
        share = quantities.share(effect.look_through_low, effect.look_through_high, tongue.words)
        yield Line(text=tongue.say("law.look_through", share=share), address=address, because=effect.because, level=1)


def _counted(tongue: Tongue, one: Counted) -> str:
    fields = {
        "who": tongue.names(one.holders),
        "share": quantities.share(one.low, one.high, tongue.words),
        "why": tongue.words.word("counted_why", one.why),
    }
    if one.counts == "no":
        return tongue.say("law.not_counted", **fields)
    return tongue.say("law.counted", how=tongue.words.word("counted_how", one.counts), **fields)
