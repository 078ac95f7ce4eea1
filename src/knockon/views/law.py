"""Who among those named is designated, and who is reached through ownership? Two sections of a brief.

Refuses to list as designated anyone whom the authority itself has not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knockon.analyses.brief import Brief
from knockon.analyses.ownership import Stake
from knockon.analyses.status import AUTHORITIES, Effect
from knockon.views import dates
from knockon.views.effects import effect_line, effect_lines
from knockon.views.line import Line, Section, Tongue
from knockon.views.statement import marks_of, statement

__all__ = ["designated", "in_order", "reached"]

_ORDER = (
    "blocked by ownership",
    "owned by a sanctioned party",
    "controlled by a sanctioned party",
    "subject to sectoral restrictions by ownership",
    "undetermined",
    "part-owned by a sanctioned party",
    "linked to a sanctioned party",
)


def designated(tongue: Tongue, brief: Brief) -> Section:
    """Parties that the report names and that an authority itself has listed, and the authorities that have not."""
    lines = [
        effect_line(tongue, e, brief.address("status", e.authority, e.entity), who=brief.asker)
        for e in in_order(brief, brief.designated)
    ]
    listed = {(e.authority, e.entity) for e in brief.designated}
    for entity in dict.fromkeys(e.entity for e in brief.designated):
        for authority in AUTHORITIES:
            if (authority, entity) not in listed:
                text = tongue.say("law.absent", entity=tongue.name(entity), authority=tongue.name(authority))
                lines.append(Line(text=text, address=brief.address("status", authority, entity)))
    day = dates.day(brief.on, tongue.words)
    return Section(
        key="designated",
        title=tongue.say("section.designated"),
        intro=f"{tongue.say('intro.designated', day=day)} {tongue.say('law.others', n=brief.others_designated)}",
        lines=tuple(lines),
        empty=tongue.say("empty.designated", n=len(brief.concerned), others=brief.others_designated, day=day),
    )


def reached(tongue: Tongue, brief: Brief) -> Section:
    """Everyone reached, perhaps reached, or part-owned: the verdict, the chain with each stake, and what would change it."""
    ranked = sorted(
        in_order(brief, brief.reached), key=lambda e: _ORDER.index(e.status) if e.status in _ORDER else len(_ORDER)
    )
    groups: dict[tuple[str, str], list[Effect]] = {}
    for effect in ranked:
        groups.setdefault((effect.authority, effect.entity), []).append(effect)
    owners: dict[str, tuple[Stake, ...]] = {o.asset: o.stakes for o in brief.ownership}
    lines: list[Line] = []
    for (authority, entity), (first, *others) in groups.items():
        address = brief.address("status", authority, entity)
        lines += effect_lines(tongue, first, address, who=brief.asker)
        lines += _otherwise(tongue, first, owners.get(entity, ()))
        lines += [_also(tongue, other, address) for other in others]
    return Section(
        key="reached",
        title=tongue.say("section.reached"),
        intro=tongue.say(
            "intro.reached",
            day=dates.day(brief.on, tongue.words),
            ruled=tongue.names(a for a in AUTHORITIES if a not in brief.unruled),
        ),
        lines=tuple(lines),
        empty=tongue.say("empty.reached"),
    )


def in_order(brief: Brief, effects: Iterable[Effect]) -> list[Effect]:
    """For an asker, what binds comes first (the brief has sorted it so); else authorities in their usual order."""
    if brief.asker is not None:
        return list(effects)
    place = {a: i for i, a in enumerate(AUTHORITIES)}
    return sorted(effects, key=lambda e: place.get(e.authority, len(place)))


def _otherwise(tongue: Tongue, effect: Effect, stakes: Iterable[Stake]) -> Iterator[Line]:
    """What others tell of the stakes that a verdict counts: the other end of its bounds."""
    for stake in stakes:
        if set(stake.because) & set(effect.because):
            for known in stake.against:
                claim = tongue.world.claim(known)
                marks = marks_of(tongue, claim)
                fields = {
                    "x": statement(tongue, claim),
                    "who": tongue.source(claim),
                    "age": tongue.stated([known], "stale" in marks),
                }
                yield Line(
                    text=tongue.say("law.otherwise", **fields),
                    address=known,
                    because=(known,),
                    marks=(*marks, "disputed"),
                    level=1,
                )


def _also(tongue: Tongue, effect: Effect, address: str) -> Line:
    """What another rule of the same authority makes of the same stakes."""
    text = tongue.say(
        "law.also" if effect.since is not None else "law.also_doubtful",
        measure=tongue.words.word("measure", effect.measure),
        status=tongue.words.word("status", effect.status),
        since=dates.since(effect.since, tongue.words),
    )
    return Line(text=text, address=address, because=effect.because, level=1)
