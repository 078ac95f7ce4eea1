"""Which licences followed each other, what did each cover, and when did none? One line a version, its scope under it.

Refuses to hide a gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from knockon.analyses.address import Address
from knockon.analyses.licence import Cover, Exclusion
from knockon.analyses.timeline import Span, Timeline, Version
from knockon.model.ids import ClaimId
from knockon.model.interval import Moment
from knockon.views import dates
from knockon.views.line import Line, Tongue

__all__ = ["timeline_lines"]


def timeline_lines(tongue: Tongue, found: Timeline) -> Iterator[Line]:
    """One authority's versions, then the days on which nothing covered the activity."""
    authority = tongue.name(found.authority)
    if not found.versions:
        yield Line(text=tongue.say("timeline.none", authority=authority))
        return
    target = tongue.name(found.target) if found.target else ""
    key = "timeline.of_target" if found.target else "timeline.of_licence"
    yield Line(text=tongue.say(key, authority=authority, target=target, n=len(found.versions)))
    for version in found.versions:
        yield _version(tongue, version)
        yield from _scope(tongue, version)
    for gap in found.gaps:
        yield _gap(tongue, found, gap)


def _version(tongue: Tongue, version: Version) -> Line:
    how = version.ends or ""
    if how.startswith("superseded") and version.superseded_by:
        how = tongue.say("state.superseded", by=tongue.name(version.superseded_by))
    text = tongue.say(
        "timeline.version",
        licence=tongue.name(version.licence),
        term=dates.term(version.since, version.until, tongue.words),
        state=tongue.words.word("state", version.state),
        how=tongue.say("timeline.how", x=tongue.words.word("state", how)) if how else "",
        supersedes=tongue.say("leave.supersedes", x=tongue.names(version.supersedes)) if version.supersedes else "",
    )
    address = Address("licence", (version.licence,), tongue.world.on, tongue.world.known)
    return Line(text=text, address=str(address), because=version.because, level=1)


def _scope(tongue: Tongue, version: Version) -> Iterator[Line]:
    """What it covers and leaves out: one line for each activity, paragraph and term."""
    groups: dict[tuple[object, ...], list[Cover | Exclusion]] = {}
    for part in version.parts:
        groups.setdefault((isinstance(part, Cover), *_words(tongue, version, part)), []).append(part)
    for (covers, activity, paragraph, reaches, condition, term), parts in groups.items():
        because: tuple[ClaimId, ...] = tuple(dict.fromkeys(c for p in parts for c in p.because))
        wind_down = any(isinstance(p, Cover) and p.wind_down for p in parts)
        text = tongue.say(
            "timeline.covers" if covers else "timeline.leaves_out",
            activity=activity,
            paragraph=paragraph,
            targets=tongue.names(p.target for p in parts),
            reaches=reaches,
            condition=condition,
            term=term,
        )
        marks = ("wind-down only",) if wind_down else () if covers else ("not licensed",)
        yield Line(text=text, because=because, level=2, marks=marks)


def _words(tongue: Tongue, version: Version, part: Cover | Exclusion) -> tuple[str, ...]:
    covers = isinstance(part, Cover)
    reaches = part.reaches if isinstance(part, Cover) else None
    condition = part.condition if isinstance(part, Cover) else None
    unsaid = tongue.say("licence.unsaid" if covers else "licence.all")
    since: Moment | None = part.since if isinstance(part, Cover) else None
    own = isinstance(part, Cover) and (since, part.until) != (version.since, version.until)
    return (
        tongue.words.word("activity", part.activity) if part.activity else unsaid,
        tongue.say("leave.paragraph", x=part.paragraph) if part.paragraph else tongue.say("leave.no_paragraph"),
        tongue.words.word("reach_word", reaches) if reaches else "",
        tongue.say("licence.condition", x=tongue.text(condition)) if condition else "",
        tongue.say("timeline.term", x=dates.term(since, part.until, tongue.words)) if own else "",
    )


def _gap(tongue: Tongue, found: Timeline, gap: Span) -> Line:
    text = tongue.say(
        "timeline.gap" if gap.until else "timeline.lapsed",
        activity=tongue.words.word("activity", found.activity or ""),
        term=dates.term(Moment.day(gap.since), Moment.day(gap.until) if gap.until else None, tongue.words),
        since=dates.since(Moment.day(gap.since), tongue.words),
        known=dates.day(tongue.world.known, tongue.words),
        authority=tongue.name(found.authority),
    )
    marks = ("not licensed", *(("wind-down only",) if gap.verdict == "wind-down only" else ()))
    return Line(text=text, because=gap.because, marks=marks, level=1)
