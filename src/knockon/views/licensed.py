"""What is licensed until when, by which authority, and what is not? Wind-downs stand apart from leave to go on.

Refuses to say that a licence unblocks anyone, and to leave out what no licence allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knockon.analyses.brief import Brief, Twin
from knockon.analyses.exposure import Exposure
from knockon.analyses.licences import Cover, Coverage, Licence
from knockon.model.ids import ClaimId
from knockon.model.interval import Holds
from knockon.views import dates
from knockon.views.line import Line, Section, Tongue
from knockon.views.statement import marks_of

__all__ = ["coverage_line", "licence_lines", "licences", "not_licensed"]


def licences(tongue: Tongue, brief: Brief) -> Section:
    """Leave to go on, then exclusions, then wind-downs, then what is not licensed, then what has ended."""
    live = [x for x in brief.licences if x.holds is not Holds.NOT]
    lines = [line for x in live for line in _allowed(tongue, x, brief.address("licence", x.licence), wind_down=False)]
    lines += [line for x in live for line in _excluded(tongue, x, brief.address("licence", x.licence))]
    lines += [line for x in live for line in _allowed(tongue, x, brief.address("licence", x.licence), wind_down=True)]
    lines += [line for x in live for line in _maybe_replaced(tongue, x)]
    lines += not_licensed(tongue, brief, brief.exposure)
    lines += [_twin(tongue, one, brief.address("licence", one.known)) for one in brief.twins]
    lines += [_over(tongue, x, brief.address("licence", x.licence)) for x in brief.licences if x.holds is Holds.NOT]
    return Section(
        key="licences",
        title=tongue.say("section.licences"),
        intro=tongue.say("intro.licences"),
        lines=tuple(lines),
        empty=tongue.say("empty.licences"),
    )


def licence_lines(tongue: Tongue, licence: Licence, address: str) -> Iterator[Line]:
    """Everything that one licence allows and leaves out."""
    if licence.holds is Holds.NOT:
        yield _over(tongue, licence, address)
        return
    yield from _allowed(tongue, licence, address, wind_down=False)
    yield from _excluded(tongue, licence, address)
    yield from _allowed(tongue, licence, address, wind_down=True)


def _allowed(tongue: Tongue, licence: Licence, address: str, *, wind_down: bool) -> Iterator[Line]:
    """One line for each activity and term, with all its targets."""
    groups: dict[tuple[str, str, str, str], list[Cover]] = {}
    for cover in licence.activities:
        if cover.wind_down is wind_down and cover.holds is not Holds.NOT:
            key = (cover.activity or "", str(cover.since), str(cover.until), cover.condition or "")
            groups.setdefault(key, []).append(cover)
    for (activity, _, _, condition), covers in groups.items():
        first = covers[0]
        text = tongue.say(
            "licence.wind_down" if wind_down else "licence.allowed",
            licence=tongue.name(licence.licence),
            authority=tongue.name(licence.authority),
            activity=tongue.words.word("activity", activity) if activity else tongue.say("licence.unsaid"),
            targets=tongue.names(c.target for c in covers),
            reaches=next((tongue.words.word("reach_word", c.reaches) for c in covers if c.reaches), ""),
            condition=tongue.say("licence.condition", x=tongue.text(condition)) if condition else "",
            term=dates.term(first.since, first.until, tongue.words),
        )
        marks = ["wind-down only"] * wind_down
        if any(c.holds is Holds.POSSIBLY for c in covers):
            marks.append("undetermined")
        if any(c.against for c in covers):
            marks.append("disputed")
        because = tuple(dict.fromkeys(i for c in covers for i in c.because))
        yield Line(text=text, address=address, because=because, marks=tuple(marks))


def _excluded(tongue: Tongue, licence: Licence, address: str) -> Iterator[Line]:
    groups: dict[str, list[str]] = {}
    because: dict[str, list[ClaimId]] = {}
    for out in licence.exclusions:
        if out.holds is not Holds.NOT:
            groups.setdefault(out.activity or "", []).append(out.target)
            because.setdefault(out.activity or "", []).extend(out.because)
    for activity, targets in groups.items():
        text = tongue.say(
            "licence.excluded",
            licence=tongue.name(licence.licence),
            authority=tongue.name(licence.authority),
            activity=tongue.words.word("activity", activity) if activity else tongue.say("licence.all"),
            targets=tongue.names(targets),
        )
        claims = tuple(dict.fromkeys(because[activity]))
        yield Line(text=text, address=address, because=claims, marks=("not licensed",))


def _maybe_replaced(tongue: Tongue, licence: Licence) -> Iterator[Line]:
    """A later letter that is told to replace a licence, but not by the authority's own word: the two stand side by side."""
    for known in licence.pending:
        claim = tongue.world.claim(known)
        if claim.predicate == "supersedes" and claim.object == licence.licence:
            text = tongue.say(
                "licence.maybe_replaced",
                licence=tongue.name(licence.licence),
                by=tongue.name(claim.subject),
                who=tongue.source(claim),
            )
            yield Line(text=text, address=known, because=(known,), marks=marks_of(tongue, claim), level=1)


def _twin(tongue: Tongue, one: Twin, address: str) -> Line:
    """A licence of the report beside the one of the ledger that it may be."""
    text = tongue.say(
        "licence.twin", told=tongue.name(one.told), known=tongue.name(one.known), authority=tongue.name(one.authority)
    )
    return Line(text=text, address=address, because=one.because)


def _over(tongue: Tongue, licence: Licence, address: str) -> Line:
    """A licence that has ended, and why, or that has not begun."""
    state = licence.state
    if state == "ended":
        why = licence.ended or ""
        word = (
            tongue.say("state.superseded", by=tongue.name(licence.superseded_by))
            if licence.superseded_by and why.startswith("superseded")
            else tongue.words.word("state", why)
        )
        text = tongue.say(
            "licence.over",
            licence=tongue.name(licence.licence),
            authority=tongue.name(licence.authority),
            day=dates.moment(licence.until, tongue.words) if licence.until else "",
            why=word,
        )
    else:
        text = tongue.say(
            "licence.not_yet",
            licence=tongue.name(licence.licence),
            authority=tongue.name(licence.authority),
            since=dates.since(licence.since, tongue.words),
        )
    return Line(text=text, address=address, because=licence.because)


def not_licensed(tongue: Tongue, brief: Brief, exposed: Iterable[Exposure]) -> Iterator[Line]:
    """What no licence allows: one line for each authority, activity and verdict, with all the assets it is about."""
    groups: dict[tuple[int, str, str, str, tuple[str, ...], str], list[Coverage]] = {}
    for one in (c for x in exposed for c in x.not_licensed):
        if one.activity == "wind_down" and one.verdict == "not covered" and not one.lapsed:
            continue  # where nothing may go on, that nothing may be wound down adds no line unless leave to do so has lapsed
        rank = 0 if one.activity == "project_dealings" else 1
        groups.setdefault((rank, one.authority, one.activity, one.verdict, one.licences, str(one.until)), []).append(
            one
        )
    for key in sorted(groups, key=lambda k: tuple(map(str, k))):
        yield coverage_line(tongue, groups[key], brief.address("coverage", key[1], groups[key][0].target, key[2]))


def coverage_line(tongue: Tongue, found: list[Coverage], address: str) -> Line:
    """Whether an activity is allowed on some targets under one authority, in one sentence."""
    first = found[0]
    fields = {
        "targets": tongue.names(c.target for c in found),
        "activity": tongue.words.word("activity", first.activity),
        "authority": tongue.name(first.authority),
        "licences": tongue.names(first.licences),
        "until": dates.until(first.until, tongue.words),
        "n": len(first.searched),
    }
    if first.verdict == "not covered" and first.left_out_by:
        fields["licences"] = tongue.names(first.left_out_by)
    key = {
        "covered": "licence.covered",
        "wind-down only": "licence.only_wind_down",
        "not covered": "licence.none",
        "cannot tell": "licence.cannot_tell",
    }.get(first.verdict, "licence.doubtful")
    marks = {
        "wind-down only": ("not licensed", "wind-down only"),
        "not covered": ("not licensed",),
        "undetermined": ("undetermined",),
    }
    shown = marks.get(first.verdict, ())
    if first.verdict == "not covered" and first.left_out_by:
        key = "licence.left_out"
    elif first.verdict == "not covered" and not any(c.parties for c in found):
        key, shown = "licence.nobody", ()
    because = tuple(dict.fromkeys(i for c in found for i in c.because))
    return Line(text=tongue.say(key, **fields), address=address, because=because, marks=shown)
