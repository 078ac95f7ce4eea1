"""How is a state tied to others, who takes which position, and what is planned or asked?

Refuses to turn a plan into an event and a word on a partner into a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from knockon.analyses.agenda import Agenda, Item
from knockon.analyses.brief import Brief
from knockon.analyses.positions import Position
from knockon.analyses.ties import Contested, Said, Ties
from knockon.analyses.trade import Figure, Ranking, Trade
from knockon.model.claim import Claim, Mode, Polarity
from knockon.views import dates, quantities
from knockon.views.line import Line, Section, Tongue
from knockon.views.statement import marks_of, sentence, statement

__all__ = ["agenda", "agenda_lines", "position_line", "positions", "tie_lines", "ties"]


def ties(tongue: Tongue, brief: Brief) -> Section:
    """Trade by partner, who stands first by whose figures, what is said of partners, and what is contested."""
    lines: list[Line] = []
    for found in brief.ties:
        shown = {(line.text, line.address) for line in lines}
        made = tie_lines(tongue, found, partial(brief.address, "tie", found.state))
        lines += [line for line in made if (line.text, line.address) not in shown]
    return Section(
        key="ties",
        title=tongue.say("section.ties"),
        intro=tongue.say("intro.ties"),
        lines=tuple(lines),
        empty=tongue.say("empty.ties"),
    )


def tie_lines(tongue: Tongue, found: Ties, address: Callable[[str], str]) -> Iterator[Line]:
    """The ties of one state; ``address`` makes the address of the line on a partner."""
    home = tongue.name(found.state)
    if not found.trade and not found.said:
        yield Line(text=tongue.say("tie.nothing", state=home))
    groups: dict[tuple[str, tuple[str, ...]], list[Contested]] = {}
    for contested in found.contested:
        groups.setdefault((contested.says, tuple(contested.first)), []).append(contested)
    for same in groups.values():
        yield _contested(tongue, found, same)
    for row in found.trade:
        yield _trade(tongue, found, row, address(row.partner))
    for ranking in found.rankings:
        if not ranking.stale and ranking.first is not None:
            yield _ranking(tongue, ranking, found)
    for said in found.said:
        yield _said(tongue, said)


def _trade(tongue: Tongue, found: Ties, row: Trade, address: str) -> Line:
    figures = row.figures or row.elsewhen[-1:]
    told = "; ".join(_figure(tongue, f) for f in (*figures, *row.shares))
    place = tongue.say("tie.place_mixed" if row.place_mixed else "tie.place", n=row.place) if row.place else ""
    text = tongue.say(
        "tie.trade", state=tongue.name(found.state), partner=tongue.name(row.partner), told=told, place=place
    )
    stale = all(f.stale for f in (*figures, *row.shares))
    return Line(text=text, address=address, because=row.because, marks=("stale",) if stale else ())


def _figure(tongue: Tongue, figure: Figure) -> str:
    period = dates.period(figure.start, figure.end, tongue.words)
    return tongue.say(
        "tie.figure",
        amount=quantities.amount(figure.value, tongue.words),
        flow=tongue.words.word("trade_flow", figure.flow)
        if figure.flow
        else tongue.words.word("trade_flow", figure.measure),
        period=f", {period}" if period else "",
        origin=tongue.name(figure.origin),
        age=tongue.stated(figure.because, figure.stale),
    )


def _ranking(tongue: Tongue, ranking: Ranking, found: Ties) -> Line:
    """Who is first by one origin's figures, or by every figure told."""
    order = [p for p in ranking.order if p.place]
    text = tongue.say(
        "tie.ranking_mixed" if ranking.mixed else "tie.ranking",
        state=tongue.name(found.state),
        origin=tongue.name(ranking.origin) if ranking.origin else "",
        period=dates.period(ranking.start, ranking.end, tongue.words),
        measure=tongue.words.word("trade_flow", ranking.flow or ranking.measure),
        order=", ".join(f"{p.place}. {tongue.name(p.partner)}" for p in order),
    )
    return Line(text=text, address=ranking.because[0], because=ranking.because)


def _contested(tongue: Tongue, found: Ties, same: list[Contested]) -> Line:
    """One statement, by all who make it, and those whose figures or words put another first."""
    one = same[0]
    claim = tongue.world.claim(one.statement)
    text = tongue.say(
        "tie.contested",
        said=statement(tongue, claim),
        who=tongue.sources(c.statement for c in same),
        first=tongue.names(one.first),
        sources=tongue.sources(one.against),
        state=tongue.name(found.state),
    )
    because = tuple(dict.fromkeys(i for c in same for i in c.because))
    return Line(text=text, address=one.statement, because=because, marks=("disputed",))


def _said(tongue: Tongue, said: Said) -> Line:
    chosen = tongue.world.claim(said.because[0])
    text = tongue.say(
        "tie.said",
        x=statement(tongue, chosen),
        who=tongue.names(said.voices),
        age=tongue.stated(said.because, said.stale),
    )
    marks = [m for m, is_so in (("stale", said.stale), ("disputed", bool(said.against))) if is_so]
    return Line(text=text, address=said.because[0], because=(*said.because, *said.against), marks=tuple(marks))


# ---------------------------------------------------------------------------------------------------- positions
def positions(tongue: Tongue, brief: Brief) -> Section:
    """Positions of those whom the report names."""
    return Section(
        key="positions",
        title=tongue.say("section.positions"),
        intro=tongue.say("intro.positions"),
        lines=tuple(position_line(tongue, p) for p in brief.positions),
        empty=tongue.say("empty.positions"),
    )


def position_line(tongue: Tongue, found: Position) -> Line:
    """Who takes which position on what, first and last said when, and by whom."""
    words = tongue.words
    first = dates.day(found.first, words)
    text = tongue.say(
        "position.denied" if found.polarity is Polarity.DENIED else "position.taken",
        x=statement_of(tongue, found),
        topics=tongue.say("position.topics", x=tongue.listed(tongue.thing(t) for t in found.topics))
        if found.topics
        else "",
        first=first,
        age=tongue.stated(found.because, found.stale),
        who=tongue.names(found.voices),
        own=tongue.say("position.own" if found.own_word else "position.others"),
    )
    marks = (
        ["denied"] * (found.polarity is Polarity.DENIED) + ["stale"] * found.stale + ["disputed"] * bool(found.against)
    )
    return Line(text=text, address=found.because[0], because=(*found.because, *found.against), marks=tuple(marks))


def statement_of(tongue: Tongue, found: Position) -> str:
    """The stance in words, without its denial, which the line tells itself."""
    about = tongue.name(found.about) if found.about else ""
    return tongue.say(
        "claim.position",
        subject=tongue.name(found.who),
        value=tongue.text(found.stance),
        object=about,
        rest="",
        when="",
    ).strip()


# ---------------------------------------------------------------------------------------------------- agenda
def agenda(tongue: Tongue, brief: Brief) -> Section:
    """What lies ahead, what was said without a date, what was asked, and what has just been."""
    found = brief.agenda
    return Section(
        key="agenda",
        title=tongue.say("section.agenda"),
        intro=tongue.say("intro.agenda", day=dates.day(found.on, tongue.words)),
        lines=tuple(agenda_lines(tongue, found)),
        empty=tongue.say(
            "empty.agenda", day=dates.day(found.on, tongue.words), until=dates.day(found.until, tongue.words)
        ),
    )


def agenda_lines(tongue: Tongue, found: Agenda) -> Iterator[Line]:
    """Every item in its place: ahead, undated, asked, recent."""
    for place, items in (
        ("ahead", found.ahead),
        ("undated", found.undated),
        ("asked", found.asked),
        ("recent", found.recent),
    ):
        for item in items:
            yield from _item(tongue, place, item)


def _item(tongue: Tongue, place: str, item: Item) -> Iterator[Line]:
    claim = tongue.world.claim(item.because[0])
    text = tongue.say(
        f"agenda.{place}",
        x=statement(tongue, claim),
        topics=tongue.say("agenda.topics", x=tongue.listed(tongue.thing(t) for t in item.topics))
        if _more_topics(item, claim)
        else "",
        who=tongue.names(item.voices),
    )
    marks = [item.mode.value] if item.mode is not Mode.STATED else []
    marks += ["denied"] * (item.polarity is Polarity.DENIED) + ["disputed"] * bool(item.contested)
    yield Line(
        text=text, address=item.because[0], because=(*item.because, *item.plans, *item.contested), marks=tuple(marks)
    )
    for known in item.replies:
        reply = tongue.world.claim(known)
        yield Line(
            text=tongue.say("agenda.reply", x=sentence(tongue, reply)),
            address=known,
            because=(known,),
            marks=marks_of(tongue, reply),
            level=1,
        )
    for known in item.contested:
        other = tongue.world.claim(known)
        yield Line(
            text=tongue.say("agenda.contested", x=sentence(tongue, other)),
            address=known,
            because=(known,),
            marks=marks_of(tongue, other),
            level=1,
        )


def _more_topics(item: Item, claim: Claim) -> bool:
    """Whether other reports of the same thing name topics that the chosen statement does not."""
    return bool(set(item.topics) - {claim.qualifier("about")})
