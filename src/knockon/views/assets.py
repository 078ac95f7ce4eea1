"""Which assets are exposed, by which share and volume, operated by whom, and with which leave?

Refuses to add what the analysis did not add, and to show a share of a volume without the volume.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knockon.analyses.brief import Brief
from knockon.analyses.exposure import CoverLine, Exposure, Holder
from knockon.analyses.licences import Coverage
from knockon.analyses.reaches import Reached
from knockon.analyses.volumes import Volume
from knockon.model.vocabulary import type_is
from knockon.views import dates, quantities
from knockon.views.line import Line, Section, Tongue

__all__ = ["exposure", "exposure_lines", "tops", "volume_line"]


def exposure(tongue: Tongue, brief: Brief) -> Section:
    """Every exposed asset: holders, volumes, operators, licences."""
    lines: list[Line] = []
    named = {e: i for i, e in enumerate(brief.concerned)}
    for found in sorted(
        brief.exposure, key=lambda x: named.get(x.asset, len(named))
    ):  # what the report names comes first
        address = brief.address("exposure", found.asset)
        lines += exposure_lines(tongue, found, address)
        lines += [_behind(tongue, one, address) for one in brief.behind if one.asset == found.asset]
    return Section(
        key="exposure",
        title=tongue.say("section.exposure"),
        intro=tongue.say("intro.exposure"),
        lines=tuple(lines),
        empty=tongue.say("empty.exposure"),
    )


def exposure_lines(tongue: Tongue, found: Exposure, address: str) -> Iterator[Line]:
    """One asset and what is told of it."""
    shown = _numbered(tops(found.holders))
    text = tongue.say(
        "asset.held", asset=tongue.name(found.asset), holders="; ".join(_holder(tongue, h, found) for h in shown)
    )
    if len(shown) > 1:
        together = quantities.share(found.percent_low, found.percent_high, tongue.words)
        text = tongue.say("asset.together", held=text, share=together)
    stale = ("stale",) if any(h.stale for h in shown) else ()
    yield Line(text=tongue.say("told.plain", x=text), address=address, because=found.because, marks=stale)
    for volume in found.volumes:
        yield volume_line(tongue, volume)
    for operator, claims in found.operator:
        yield Line(
            text=tongue.say("asset.operator", who=tongue.name(operator)), address=claims[0], because=claims, level=1
        )
    if not found.operator and not type_is(tongue.world.type(found.asset), "party"):
        yield Line(text=tongue.say("asset.no_operator"), address=address, level=1)
    yield from _leave(tongue, found, address)


def _behind(tongue: Tongue, one: Reached, address: str) -> Line:
    """How much of what a pipeline carried comes from fields in which a listed party has a part."""
    words = tongue.words
    text = tongue.say(
        "asset.behind",
        share=quantities.share(one.share_low, one.share_high, words),
        commodity=words.word("commodity", one.commodity) if one.commodity else "",
        period=dates.period(one.start, one.end, words),
        fields=tongue.names(f.field for f in one.fields),
        own=quantities.share(one.own_share_low, one.own_share_high, words),
        amount=quantities.between(one.own_low, one.own_high, one.unit, words, rounded=True),
    )
    return Line(text=text, address=address, because=one.because, marks=("stale",) if one.stale else (), level=1)


def _leave(tongue: Tongue, found: Exposure, address: str) -> Iterator[Line]:
    """One line an authority: whether the asset may go on, and by which licences what is allowed."""
    missing: dict[str, Coverage] = {c.authority: c for c in found.not_licensed if c.activity == "project_dealings"}
    covers: dict[str, list[CoverLine]] = {a: [] for a in missing}
    for cover in found.licences:
        covers.setdefault(cover.authority, []).append(cover)
    for authority in sorted(covers):
        stop = missing.get(authority)
        going = [c for c in covers[authority] if not c.wind_down]
        # where it may go on, leave to end it adds nothing
        shown = going if stop is None and going else covers[authority]
        parts = [_cover(tongue, c) for c in sorted(shown, key=lambda c: (c.wind_down, c.licence))]
        because = tuple(dict.fromkeys(i for c in shown for i in c.because))
        goes_on = "asset.goes_on" if stop is None and going else "asset.not_on"
        verdict = (
            tongue.words.word("verdict", "undetermined")
            if stop is not None and stop.verdict == "undetermined"
            else tongue.say(goes_on)
        )
        text = tongue.say(
            "asset.leave" if parts else "asset.no_leave",
            authority=tongue.name(authority),
            verdict=verdict,
            parts="; ".join(parts),
        )
        marks = (
            ("not licensed",)
            if goes_on == "asset.not_on" and stop is not None and stop.verdict != "undetermined"
            else ()
        )
        where = address if stop is None else _coverage_address(address, stop)
        yield Line(text=text, address=where, because=because or (stop.because if stop else ()), marks=marks, level=1)


def _coverage_address(address: str, missing: Coverage) -> str:
    """The address of the question whether the asset may go on."""
    days = address.partition("@")[2]
    return f"coverage/{missing.authority}/{missing.target}/{missing.activity}@{days}"


def _numbered(holders: Sequence[Holder]) -> tuple[Holder, ...]:
    """A stake told without a number beside the same party's with a number is taken for the same stake."""
    known = {h.entity for h in holders if h.high is not None}
    return tuple(h for h in holders if h.high is not None or h.entity not in known)


def tops(holders: Sequence[Holder]) -> tuple[Holder, ...]:
    """The holders whose chain is not a part of a longer chain that is shown as well."""
    paths = {(h.entity, *h.via) for h in holders}

    def inside(holder: Holder) -> bool:
        mine = (holder.entity, *holder.via)
        return any(p != mine and p[-len(mine) :] == mine for p in paths)

    return tuple(h for h in holders if not inside(h))


def _holder(tongue: Tongue, holder: Holder, found: Exposure) -> str:
    unsaid = any(h.entity == holder.entity and h.high is None for h in found.holders)
    statuses: dict[str, list[str]] = {}
    for authority, word in holder.status:
        statuses.setdefault(word, []).append(authority)
    told = "; ".join(f"{tongue.words.word('status', word)}: {tongue.names(who)}" for word, who in statuses.items())
    return tongue.say(
        "asset.holder",
        entity=tongue.name(holder.entity),
        status=told,
        share=quantities.share(holder.low, holder.high, tongue.words),
        kind=tongue.words.word("kind", holder.kind),
        via=tongue.say("asset.via", x=" → ".join(tongue.name(v) for v in holder.via)) if holder.via else "",
        unnumbered=tongue.say("asset.unnumbered") if holder.high is not None and unsaid else "",
    )


def volume_line(tongue: Tongue, volume: Volume) -> Line:
    """One figure of an asset, with the part of it that falls to the listed parties' stakes."""
    words, commodity = tongue.words, volume.commodity
    period = dates.period(volume.start, volume.end, words)
    year = volume.start is not None and volume.end is not None and volume.kind != "capacity" and _is_year(volume)
    text = tongue.say(
        "asset.volume",
        kind=words.word("flow", volume.kind),
        by=tongue.say("asset.by", x=tongue.name(volume.by)) if volume.by else "",
        commodity=words.word("commodity", commodity) if commodity else "",
        scope=f", {tongue.thing(volume.scope)}" if volume.scope else "",
        period=f", {period}" if period else "",
        amount=quantities.amount(volume.said, words, commodity=commodity, year=year),
        part=_part(tongue, volume),
        age=tongue.stated(volume.because, volume.stale),
    )
    marks = [m for m, is_so in (("stale", volume.stale), ("disputed", bool(volume.against))) if is_so]
    return Line(
        text=text, address=volume.because[0], because=(*volume.because, *volume.against), marks=tuple(marks), level=1
    )


def _is_year(volume: Volume) -> bool:
    first = volume.start.earliest if volume.start else None
    last = volume.end.latest if volume.end else None
    return first is not None and last is not None and (last - first).days in (365, 366)


def _part(tongue: Tongue, volume: Volume) -> str:
    if volume.share_low is None and volume.share_high is None:
        return ""
    amount = quantities.between(volume.share_low, volume.share_high, volume.unit, tongue.words, rounded=True)
    share = quantities.share(volume.percent_low, volume.percent_high, tongue.words)
    return tongue.say("asset.part", amount=amount, share=share)


def _cover(tongue: Tongue, cover: CoverLine) -> str:
    """What one licence allows here, by which tie, and until when."""
    return tongue.say(
        "asset.by_licence",
        licence=tongue.name(cover.licence),
        activities=tongue.say("asset.wind_down")
        if set(cover.activities) == {"wind_down"}
        else _activities(tongue, cover),
        how=tongue.words.word("how", cover.how),
        until=dates.until(cover.until, tongue.words),
    )


def _activities(tongue: Tongue, cover: CoverLine) -> str:
    return tongue.listed(
        tongue.words.word("activity", a) if a else tongue.say("licence.unsaid") for a in cover.activities
    )
