"""What must an analyst see at once? Six to ten lines: designated, reached, licensed, not licensed, contradicted, next to lapse.

Refuses to say more than the sections below it: every line stands on what they show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knockon.analyses.brief import Brief
from knockon.analyses.exposure import Exposure
from knockon.analyses.licences import Cover, Licence
from knockon.analyses.status import Effect
from knockon.model.ids import ClaimId
from knockon.model.interval import Holds
from knockon.views import dates, quantities
from knockon.views.effects import LINKED, PART, rule_named, threshold_of
from knockon.views.law import in_order
from knockon.views.line import Line, Tongue, tongue
from knockon.views.statement import marks_of
from knockon.world import World

__all__ = ["in_short"]

#: how many names a line holds; the sections below have them all
_NAMES = 6


def in_short(brief: Brief, world: World, lang: str = "en") -> tuple[Line, ...]:
    """The essentials of a brief."""
    told = tongue(world, lang)
    return tuple(
        line
        for part in (_designated, _reached, _allowed, _missing, _routes, _disputed, _next)
        for line in part(told, brief)
    )


def _names(told: Tongue, entities: Iterable[str]) -> str:
    """The first names, and how many more."""
    found = list(dict.fromkeys(entities))
    if len(found) <= _NAMES:
        return told.names(found)
    return told.say("short.more", names=", ".join(told.name(e) for e in found[:_NAMES]), n=len(found) - _NAMES)


def _because(parts: Iterable[Effect]) -> tuple[ClaimId, ...]:
    return tuple(dict.fromkeys(i for e in parts for i in e.because))


def _designated(told: Tongue, brief: Brief) -> Iterator[Line]:
    """Three lines at most: frozen, restricted, in doubt; authorities with the same parties stand together."""
    if not brief.designated:
        yield Line(text=told.say("short.nobody"))
    for key, chosen in (
        ("short.designated", [e for e in brief.designated if e.status == "designated"]),
        ("short.restricted", [e for e in brief.designated if e.status not in ("designated", "undetermined")]),
        ("short.doubtful", [e for e in brief.designated if e.status == "undetermined"]),
    ):
        measures: dict[tuple[str, str, str], dict[str, None]] = {}
        for e in in_order(brief, chosen):
            since = "" if key == "short.restricted" else dates.since(e.since, told.words) or told.say("law.no_start")
            measures.setdefault((e.authority, e.measure, since), {})[e.entity] = None
        groups: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        for measure, entities in measures.items():
            groups.setdefault(tuple(entities), []).append(measure)
        parts = [
            told.say("short.measured", names=_names(told, who), measures=told.listed(_measure(told, m) for m in found))
            for who, found in groups.items()
        ]
        if parts:
            address = brief.address("status", chosen[0].authority, chosen[0].entity)
            yield Line(text=told.say(key, parts="; ".join(parts)), address=address, because=_because(chosen))


def _measure(told: Tongue, measure: tuple[str, str, str]) -> str:
    authority, kind, since = measure
    key = "short.measure" if since else "short.measure_plain"
    return told.say(key, authority=told.name(authority), measure=told.words.word("measure", kind), since=since)


def _reached(told: Tongue, brief: Brief) -> Iterator[Line]:
    groups: dict[tuple[str, str], list[Effect]] = {}
    caught = {(e.authority, e.entity) for e in brief.reached if e.status == "blocked by ownership"}
    touched = {e.entity for e in brief.reached if e.status not in (PART, LINKED)}
    for effect in in_order(brief, brief.reached):
        lesser = effect.measure == "sectoral" and (effect.authority, effect.entity) in caught
        if (
            effect.status not in (PART, LINKED) and not lesser
        ):  # a restriction of who is blocked anyway is left to its section
            groups.setdefault((effect.authority, effect.status), []).append(effect)
    for (authority, status), effects in groups.items():
        rule = rule_named(told, effects[0].rule)
        threshold = threshold_of(told, rule) if rule else ""
        stale = [f"{told.name(e.entity)} ({_oldest(told, e)})" for e in effects if e.stale]
        text = told.say(
            "short.reached",
            status=told.words.word("status", status),
            authority=told.name(authority),
            threshold=threshold,
            names=_names(told, (e.entity for e in effects)),
        )
        if stale:
            text = told.say("short.stale", x=text.removesuffix("."), names=told.listed(stale))
        marks = ("undetermined",) if status == "undetermined" else ()
        text = text[0].upper() + text[1:]
        yield Line(
            text=text,
            address=brief.address("status", authority, effects[0].entity),
            because=_because(effects),
            marks=marks,
        )
    part = [e for e in brief.reached if e.status == PART and e.entity not in touched]
    shown = {e.entity: quantities.share(e.low, e.high, told.words) for e in part}
    if shown:
        names = [f"{told.name(e)} ({share})" for e, share in list(shown.items())[:_NAMES]]
        listed = (
            told.listed(names)
            if len(shown) <= _NAMES
            else told.say("short.more", names=", ".join(names), n=len(shown) - _NAMES)
        )
        yield Line(
            text=told.say("short.part", names=listed),
            address=brief.address("status", part[0].authority, part[0].entity),
            because=_because(part),
        )


def _oldest(told: Tongue, effect: Effect) -> str:
    """When the oldest of what a verdict rests on was said."""
    claims = [told.world.claim(i) for i in effect.because]
    aged = [c for c in claims if "stale" in marks_of(told, c)] or claims
    return dates.moment(min(aged, key=lambda c: (c.known, c.id)).said_on, told.words)


def _allowed(told: Tongue, brief: Brief) -> Iterator[Line]:
    """Under which licence what goes on; a licence for one narrow activity is left to its section."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    because: list[ClaimId] = []
    for licence, allowed in _for_named(brief):
        key = (licence.licence, licence.authority, dates.until(allowed.until, told.words))
        if allowed.target not in groups.setdefault(key, []):
            groups[key].append(allowed.target)
            because += allowed.because
    for exposed in _by_mention(brief):
        missing = {c.authority for c in exposed.not_licensed if c.activity == "project_dealings"}
        for cover in exposed.licences:
            if (
                not cover.wind_down
                and cover.authority not in missing
                and "project_dealings" in {*cover.activities, *_wider(cover.activities)}
            ):
                key = (cover.licence, cover.authority, dates.until(cover.until, told.words))
                groups.setdefault(key, []).append(exposed.asset)
                because += cover.because
    parts = [
        told.say(
            "short.by",
            names=_names(told, found),
            licence=told.name(letter),
            authority=told.name(authority),
            until=until,
        )
        for (letter, authority, until), found in groups.items()
        if not any(
            (authority, until) == (other[1], other[2]) and set(found) < set(more) for other, more in groups.items()
        )  # a narrower licence of the same term is left to its section
    ]
    if parts:
        address = brief.address("licence", next(iter(groups))[0])
        yield Line(
            text=told.say("short.allowed", parts="; ".join(parts)),
            address=address,
            because=tuple(dict.fromkeys(because)),
        )


def _for_named(brief: Brief) -> Iterator[tuple[Licence, Cover]]:
    """What licences in force allow with the parties that the report names, where these are not among the exposed assets."""
    shown = {x.asset for x in brief.exposure}
    for licence in brief.licences:
        for cover in licence.activities:
            wide = {cover.activity, *_wider((cover.activity,))} if cover.activity else set()
            if (
                cover.target in brief.concerned
                and cover.target not in shown
                and not cover.wind_down
                and cover.holds is not Holds.NOT
                and wide & {"project_dealings", "payments_contracts"}
            ):
                yield licence, cover


def _by_mention(brief: Brief) -> list[Exposure]:
    """Exposed assets, those that the report names first."""
    named = {e: i for i, e in enumerate(brief.concerned)}
    return sorted(brief.exposure, key=lambda x: named.get(x.asset, len(named)))


def _wider(activities: Iterable[str]) -> set[str]:
    """Activities that let a project go on without naming it."""
    return {"project_dealings"} if {"all_transactions", "group_dealings"} & set(activities) else set()


def _missing(told: Tongue, brief: Brief) -> Iterator[Line]:
    groups: dict[str, list[tuple[str, tuple[ClaimId, ...]]]] = {}
    endings: dict[str, set[str]] = {}
    for one in (c for x in _by_mention(brief) for c in x.not_licensed if c.activity == "project_dealings"):
        groups.setdefault(one.authority, []).append((one.target, one.because))
        if one.verdict == "wind-down only":
            endings.setdefault(one.authority, set()).add(dates.until(one.until, told.words))
    for authority, found in groups.items():
        ending = (
            told.say("short.wind_down", until=told.listed(sorted(endings[authority]))) if authority in endings else ""
        )
        text = told.say(
            "short.missing", authority=told.name(authority), names=_names(told, (t for t, _ in found)), ending=ending
        )
        because = tuple(dict.fromkeys(i for _, claims in found for i in claims))
        address = brief.address("coverage", authority, found[0][0], "project_dealings")
        yield Line(text=text, address=address, because=because, marks=("not licensed",))


def _disputed(told: Tongue, brief: Brief) -> Iterator[Line]:
    if not brief.disputed:
        return
    kinds: dict[str, list[str]] = {}
    for one in brief.disputed:
        kinds.setdefault(one.kind, []).append(one.subject)
    parts = [
        told.say("short.dispute", kind=told.words.word("dispute_kind", kind), names=_names(told, who))
        for kind, who in kinds.items()
    ]
    because = tuple(dict.fromkeys(i for d in brief.disputed for i in (d.said, *d.against)))
    text = told.say("short.disputed", n=len(brief.disputed), parts="; ".join(parts))
    yield Line(text=text, address=brief.disputed[0].said, because=because, marks=("disputed",))


def _routes(told: Tongue, brief: Brief) -> Iterator[Line]:
    """The largest share of a state's exports that crosses another."""
    for found in brief.routes:
        if found.through:
            most = max(found.through, key=lambda t: (t.share, t.state))
            yield Line(
                text=told.say(
                    "short.routes",
                    share=quantities.percent(round(most.share, 1), told.words),
                    commodity=told.words.word("commodity", found.commodity),
                    state=told.name(found.state),
                    through=told.name(most.state),
                    period=dates.period(found.start, found.end, told.words),
                ),
                address=brief.address("route", found.state, found.commodity),
                because=most.because,
                marks=("stale",) if found.stale else (),
            )


def _next(told: Tongue, brief: Brief) -> Iterator[Line]:
    """The nearest day on which licences lapse, with all that lapse then."""
    ends = [w for w in brief.watch if w.kind == "licence ends"]
    if not ends:
        return
    first = [w for w in ends if str(w.when) == str(ends[0].when)]
    text = told.say(
        "short.lapses",
        names=_names(told, (x for w in first for x in w.what)),
        day=dates.moment(first[0].when, told.words),
    )
    because = tuple(dict.fromkeys(i for w in first for i in w.because))
    yield Line(text=text, address=brief.address("licence", first[0].what[0]), because=because)
