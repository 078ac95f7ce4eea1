"""Which assets are exposed, by which share and volume, operated by whom, and with which leave?

Refuses to add what the analysis did not add, and to show a share of a volume without the volume.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knockon.analyses.brief import Brief
from knockon.analyses.exposure import CoverLine, Exposure, Holder
from knockon.analyses.licences import Coverage
from knockon.analyses.volumes import Volume
from knockon.views import dates, quantities
from knockon.views.line import Line, Section, Tongue

__all__ = ["exposure", "exposure_lines", "tops", "volume_line"]


def exposure(tongue: Tongue, brief: Brief) -> Section:
    """Every exposed asset: holders, volumes, operators, licences."""
    lines: list[Line] = []
    for found in brief.exposure:
        lines += exposure_lines(tongue, found, brief.address("exposure", found.asset))
    return Section(
        key="exposure",
        title=tongue.say("section.exposure"),
        intro=tongue.say("intro.exposure"),
        lines=tuple(lines),
        empty=tongue.say("empty.exposure"),
    )


def exposure_lines(tongue: Tongue, found: Exposure, address: str) -> Iterator[Line]:
    """One asset and what is told of it."""
    shown = tops(found.holders)
    text = tongue.say("asset.held", asset=tongue.name(found.asset), holders="; ".join(_holder(tongue, h) for h in shown))
    if len({(h.entity, h.via) for h in shown}) > 1:
        together = quantities.share(found.percent_low, found.percent_high, tongue.words)
        text = tongue.say("asset.together", held=text, share=together)
    stale = ("stale",) if any(h.stale for h in shown) else ()
    yield Line(text=text + ".", address=address, because=found.because, marks=stale)
    for volume in found.volumes:
        yield volume_line(tongue, volume)
    for operator, claims in found.operator:
        yield Line(text=tongue.say("asset.operator", who=tongue.name(operator)), address=claims[0], because=claims, level=1)
    if not found.operator:
        yield Line(text=tongue.say("asset.no_operator"), address=address, level=1)
    for cover in found.licences:
        yield _cover(tongue, cover, address)
    for missing in found.not_licensed:
        if missing.activity == "project_dealings":
            yield _missing(tongue, missing, address)


def tops(holders: Sequence[Holder]) -> tuple[Holder, ...]:
    """The holders whose chain is not a part of a longer chain that is shown as well."""
    paths = {(h.entity, *h.via) for h in holders}

    def inside(holder: Holder) -> bool:
        mine = (holder.entity, *holder.via)
        return any(p != mine and p[-len(mine) :] == mine for p in paths)

    return tuple(h for h in holders if not inside(h))


def _holder(tongue: Tongue, holder: Holder) -> str:
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
        scope=f", {tongue.text(volume.scope)}" if volume.scope else "",
        period=f", {period}" if period else "",
        amount=quantities.amount(volume.said, words, commodity=commodity, year=year),
        part=_part(tongue, volume),
        age=tongue.stated(volume.because, volume.stale),
    )
    marks = [m for m, is_so in (("stale", volume.stale), ("disputed", bool(volume.against))) if is_so]
    return Line(text=text, address=volume.because[0], because=(*volume.because, *volume.against), marks=tuple(marks), level=1)


def _is_year(volume: Volume) -> bool:
    first = volume.start.earliest if volume.start else None
    last = volume.end.latest if volume.end else None
    return first is not None and last is not None and (last - first).days in (365, 366)


def _part(tongue: Tongue, volume: Volume) -> str:
    if volume.share_low is None and volume.share_high is None:
        return ""
    amount = quantities.between(volume.share_low, volume.share_high, volume.unit, tongue.words)
    share = quantities.share(volume.percent_low, volume.percent_high, tongue.words)
    return tongue.say("asset.part", amount=amount, share=share)


def _cover(tongue: Tongue, cover: CoverLine, address: str) -> Line:
    """A licence that bears on the asset."""
    text = tongue.say(
        "asset.wind_down" if cover.wind_down else "asset.covered",
        licence=tongue.name(cover.licence),
        authority=tongue.name(cover.authority),
        activities=tongue.listed(tongue.words.word("activity", a) if a else tongue.say("licence.unsaid") for a in cover.activities),
        how=tongue.words.word("how", cover.how),
        term=dates.term(cover.since, cover.until, tongue.words),
    )
    marks = ("wind-down only",) * cover.wind_down
    return Line(text=text, address=address, because=cover.because, marks=marks, level=1)


def _missing(tongue: Tongue, missing: Coverage, address: str) -> Line:
    """What no licence lets go on."""
    text = tongue.say(
        "asset.not_covered",
        authority=tongue.name(missing.authority),
        activity=tongue.words.word("activity", missing.activity),
        verdict=tongue.words.word("verdict", missing.verdict),
    )
    where = address.replace("exposure/", f"coverage/{missing.authority}/", 1).replace("@", f"/{missing.activity}@", 1)
    return Line(text=text, address=where, because=missing.because, marks=("not licensed",), level=1)
