"""Which measures and licences run from when to when, around the day that is asked about?

Refuses to give an end to what has none told, and to show leave to wind down as leave to go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from knockon.analyses.brief import Brief
from knockon.analyses.licences import Licence
from knockon.analyses.status import Effect
from knockon.model.ids import ClaimId
from knockon.model.interval import Moment
from knockon.views import dates
from knockon.views.drawing import Term, timeline
from knockon.views.line import Tongue
from knockon.views.picture import Picture, Row, Swatch, page_words

__all__ = ["terms"]

_MOST = 26
_BACK, _AHEAD = timedelta(days=120), timedelta(days=210)
_FARTHEST = timedelta(days=400)
_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One term with the words around it."""

    term: Term
    cells: tuple[str, ...]
    because: tuple[ClaimId, ...]
    live: bool


def terms(tongue: Tongue, brief: Brief) -> Picture:
    """The timeline: measures of the parties named, and the licences that touch them, by authority."""
    page = page_words(tongue.lang)
    title = page.say("chart.timeline")
    entries = [*_measures(tongue, brief), *_licences(tongue, brief)]
    if not entries:
        return Picture(key="timeline", section="licences", title=title, left_out=page.say("chart.timeline_none"))
    groups = list(dict.fromkeys(e.term.group for e in entries))
    entries.sort(key=lambda e: groups.index(e.term.group))
    first, last = _window(brief.on, [e.term for e in entries])
    near = [e for e in entries if e.term.until is None or e.term.until[1] > first]
    near = [e for e in near if e.term.since[0] < last]
    shown = _fewest(near)
    intro = page.say("chart.timeline_note")
    if len(shown) < len(entries):
        intro += " " + page.say("chart.not_shown", n=len(entries) - len(shown))
    day = dates.day(brief.on, tongue.words)
    paints = {e.term.paint for e in shown}
    columns = ("authority", "what", "kind", "since", "until", "state")
    return Picture(
        key="timeline",
        section="licences",
        title=title,
        intro=intro,
        desc=" ".join(f"{e.term.group}: {e.term.title}, {e.term.aside}." for e in shown),
        columns=tuple(page.say(f"chart.{c}") for c in columns),
        rows=tuple(Row(cells=e.cells, because=e.because) for e in entries),
        legend=tuple(
            Swatch(paint=p, word=page.say(f"chart.{p}"))
            for p in ("measure", "sectoral", "licence", "winding", "over")
            if p in paints
        ),
        spec=lambda width: timeline(
            [e.term for e in shown],
            width,
            on=brief.on,
            first=first,
            last=last,
            on_words=page.say("chart.on_day", day=day),
        ),
    )


def _fewest(entries: list[_Entry]) -> list[_Entry]:
    """What is in force on the day stays; of the rest the latest, as far as there is room."""
    dead = sorted((e for e in entries if not e.live), key=lambda e: e.term.until or (date.max, date.max), reverse=True)
    kept = (
        {id(e) for e in (*(e for e in entries if e.live), *dead)[:_MOST]}
        if len(entries) > _MOST
        else {id(e) for e in entries}
    )
    return [e for e in entries if id(e) in kept]


# ---------------------------------------------------------------------------------------------------- measures
def _measures(tongue: Tongue, brief: Brief) -> Iterable[_Entry]:
    """One entry for parties that one authority put under one measure from one day."""
    groups: dict[tuple[str, ...], list[Effect]] = {}
    for effect in brief.designated:
        key = (
            effect.authority,
            effect.measure,
            effect.programme or "",
            _directive(tongue, effect),
            str(effect.since),
            str(effect.until),
        )
        groups.setdefault(key, []).append(effect)
    for same in groups.values():
        one = same[0]
        measure = tongue.words.word("measure", one.measure)
        detail = ", ".join(p for p in (one.programme, _directive(tongue, one)) if p)
        names = [tongue.name(e) for e in dict.fromkeys(e.entity for e in same)]
        yield _Entry(
            term=Term(
                group=tongue.name(one.authority),
                title=f"{_short(names)}: {measure}",
                aside=", ".join(p for p in (_span(tongue, one.since, one.until), detail) if p),
                since=_begin(one.since, brief.on),
                until=_close(one.until),
                paint="sectoral" if one.measure in ("sectoral", "transaction_ban") else "measure",
            ),
            cells=(
                tongue.name(one.authority),
                ", ".join(names),
                ", ".join(p for p in (measure, detail) if p),
                *_days(tongue, one.since, one.until),
                tongue.words.word("status", one.status),
            ),
            because=tuple(dict.fromkeys(c for e in same for c in e.because)),
            live=True,
        )


def _directive(tongue: Tongue, effect: Effect) -> str:
    told = tongue.world.claim(effect.because[0]).qualifier("directive") if effect.because else None
    return tongue.say("law.directive", x=told) if told else ""


# ---------------------------------------------------------------------------------------------------- licences
def _licences(tongue: Tongue, brief: Brief) -> Iterable[_Entry]:
    page = page_words(tongue.lang)
    for one in sorted(brief.licences, key=lambda x: (x.authority, str(x.since), x.licence)):
        winding = bool(one.activities) and all(c.wind_down for c in one.activities)
        targets = list(dict.fromkeys(tongue.name(c.target) for c in one.activities))
        allowed = list(dict.fromkeys(tongue.words.word("activity", c.activity) for c in one.activities if c.activity))
        live = one.state in ("in force", "in doubt")
        kind = page.say("chart.winding") if winding else page.say("chart.licence")
        name = tongue.name(one.licence)
        yield _Entry(
            term=Term(
                group=tongue.name(one.authority),
                title=f"{name}: {_short(targets)}" if targets else name,
                aside=", ".join(
                    p
                    for p in (
                        _span(tongue, one.since, one.until),
                        _ended(tongue, one),
                        kind if winding else ", ".join(allowed),
                    )
                    if p
                ),
                since=_begin(one.since, brief.on),
                until=_close(one.until),
                paint="over" if not live else "winding" if winding else "licence",
            ),
            cells=(
                tongue.name(one.authority),
                f"{name}: {', '.join(targets)}" if targets else name,
                f"{kind}: {', '.join(allowed)}" if allowed else kind,
                *_days(tongue, one.since, one.until),
                tongue.words.word("state", one.state),
            ),
            because=one.because,
            live=live,
        )


def _ended(tongue: Tongue, one: Licence) -> str:
    return "" if one.state in ("in force", "in doubt") else str(tongue.words.word("state", one.state))


def _short(names: list[str]) -> str:
    return ", ".join(names[:_NAMES]) + (f" +{len(names) - _NAMES}" if len(names) > _NAMES else "")


# ---------------------------------------------------------------------------------------------------- days
def _span(tongue: Tongue, since: Moment | None, until: Moment | None) -> str:
    """The term in digits, short enough to stand beside a bar; the table has it in words."""
    page = page_words(tongue.lang)
    begin = _digits(tongue, since) if since else page.say("chart.no_start")
    return f"{begin} – {_digits(tongue, until) if until else page.say('chart.no_end')}"


def _digits(tongue: Tongue, found: Moment) -> str:
    page = page_words(tongue.lang)
    if found.earliest is None:
        return page.say("chart.by", day=found.latest)
    if found.latest is None:
        return page.say("chart.from", day=found.earliest)
    if found.earliest.replace(day=1) == found.latest.replace(day=1) and found.earliest.day > 1 and not found.sure_day:
        return f"{found.earliest}/{found.latest.day:02}"
    return str(found).partition("T")[0]


def _days(tongue: Tongue, since: Moment | None, until: Moment | None) -> tuple[str, str]:
    page = page_words(tongue.lang)
    return (
        dates.moment(since, tongue.words) if since else page.say("chart.no_start"),
        dates.moment(until, tongue.words) if until else page.say("chart.no_end"),
    )


def _begin(since: Moment | None, on: date) -> tuple[date, date]:
    """First and last day on which it can have begun: what holds on the day began by then."""
    if since is None:
        return date.min, on
    return since.earliest or date.min, since.latest or max(since.earliest or on, on)


def _close(until: Moment | None) -> tuple[date, date] | None:
    if until is None:
        return None
    return until.earliest or until.latest or date.max, until.latest or date.max


def _window(on: date, found: list[Term]) -> tuple[date, date]:
    """The days to show: around the day, widened to terms that begin or end not too far from it."""
    starts = [t.since[0] for t in found if on - 4 * _BACK <= t.since[0] <= on]
    ends = [t.until[1] for t in found if t.until is not None and on <= t.until[1] <= on + _FARTHEST]
    first, last = min([on - _BACK, *starts]), max([on + _AHEAD, *ends])
    pad = timedelta(days=max((last - first).days // 40, 3))
    return first - pad, last + pad
