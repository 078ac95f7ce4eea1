"""Who owns the assets that a sanction touches, down to the fields? One bar an asset and kind of stake, as the analysis found them.

Refuses to add kinds of stakes to each other, to scale stakes that exceed the whole, and to draw a stake that nobody quantified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from knockon.analyses.brief import Brief
from knockon.analyses.ownership import LookThrough, Ownership, Stake
from knockon.model.ids import EntityId
from knockon.views.drawing import Bar, Part, bars
from knockon.views.line import Tongue
from knockon.views.picture import Picture, Row, Swatch, page_words
from knockon.views.quantities import share

__all__ = ["owners"]

#: kinds of stakes that are parts of a whole, each drawn on its own
_KINDS = ("holds_shares", "holds_interest", "entitled_to")
_MOST = 12
_PARTY = ("party-1", "party-2", "party-3")

Caught = Mapping[EntityId, tuple[tuple[str, str], ...]]


def owners(tongue: Tongue, brief: Brief) -> Picture:
    """The chart of owners, sanctioned holders first."""
    page = page_words(tongue.lang)
    title = page.say("chart.ownership")
    caught, fields = _caught(brief), _fields(brief.ownership)
    ranked = sorted(brief.ownership, key=lambda o: _rank(brief, o, caught, fields.get(o.asset, [])))
    drawn = [(o, kind) for o in ranked for kind in _KINDS if _numbered(o, kind, caught)]
    if not drawn:
        return Picture(key="ownership", section="exposure", title=title, left_out=page.say("chart.ownership_none"))
    shown = [_bar(tongue, o, kind, caught, fields) for o, kind in drawn[:_MOST]]
    rows = [r for o in ranked for r in _rows(tongue, o, caught)]
    columns = ("asset", "holder", "kind", "share", "via", "status", "last_said")
    notes = [page.say("chart.ownership_note")]
    if len(drawn) > _MOST:
        notes.append(page.say("chart.not_shown", n=len(drawn) - _MOST))
    paints = {p.paint for b in shown for p in b.parts} | {p.maybe for b in shown for p in b.parts if p.high > p.low}
    legend = [
        ("listed", "listed"),
        ("listed-maybe", "listed_maybe"),
        ("party-2", "party"),
        ("rest", "party_maybe"),
        ("track", "rest"),
    ]
    return Picture(
        key="ownership",
        section="exposure",
        title=title,
        intro=" ".join(notes),
        desc=page.say("chart.ownership_desc", n=len(shown), rows=" ".join(f"{b.title}: {b.below}." for b in shown)),
        columns=tuple(page.say(f"chart.{c}") for c in columns),
        rows=tuple(rows),
        legend=tuple(
            Swatch(paint=p, word=page.say(f"chart.{w}")) for p, w in legend if p in paints or p in ("party-2", "track")
        ),
        spec=lambda width: bars(shown, width),
    )


def _caught(brief: Brief) -> Caught:
    """Who is listed or reached, by authority, in the words that the status gave."""
    found: dict[EntityId, dict[str, str]] = {}
    for effect in brief.designated:
        if effect.measure != "sectoral":
            found.setdefault(effect.entity, {}).setdefault(effect.authority, effect.status)
    for exposure in brief.exposure:
        for holder in exposure.holders:
            for authority, word in holder.status:
                found.setdefault(holder.entity, {}).setdefault(authority, word)
    return {e: tuple(sorted(mine.items())) for e, mine in found.items()}


def _fields(owned: Iterable[Ownership]) -> dict[EntityId, list[EntityId]]:
    """The fields that each venture develops."""
    found: dict[EntityId, list[EntityId]] = {}
    for one in owned:
        for chain in one.look_through:
            if chain.kind == "develops" and not chain.via:
                found.setdefault(chain.holder, []).append(one.asset)
    return found


def _is_caught(stake: Stake, caught: Caught) -> EntityId | None:
    return next((h for h in (stake.holder, *stake.alternatives) if h in caught), None)


def _numbered(one: Ownership, kind: str, caught: Caught) -> bool:
    """Whether a bar can be drawn that shows a caught holder with a number."""
    mine = [s for s in one.stakes if s.kind == kind and s.high is not None]
    return any(_is_caught(s, caught) for s in mine)


def _rank(brief: Brief, one: Ownership, caught: Caught, fields: Iterable[EntityId]) -> tuple[int, Decimal, str]:
    """What the report names first (a venture counts where its field is named), then the largest caught stake."""
    named = min(
        (brief.concerned.index(e) for e in (one.asset, *fields) if e in brief.concerned), default=len(brief.concerned)
    )
    top = max((s.high or Decimal(0) for s in one.stakes if _is_caught(s, caught)), default=Decimal(0))
    return (named, -top, one.asset)


def _bar(tongue: Tongue, one: Ownership, kind: str, caught: Caught, fields: Mapping[EntityId, list[EntityId]]) -> Bar:
    page = page_words(tongue.lang)
    mine = [s for s in one.stakes if s.kind == kind]
    mine.sort(key=lambda s: (_is_caught(s, caught) is None, -(s.high or Decimal(0)), s.holder))
    parts: list[Part] = []
    others = 0
    for stake in mine:
        if stake.low is None or stake.high is None:
            continue
        hit = _is_caught(stake, caught)
        paint = "listed" if hit else _PARTY[others % len(_PARTY)]
        others += 0 if hit else 1
        name = f"{tongue.name(hit or stake.holder)} {share(stake.low, stake.high, tongue.words)}"
        parts.append(
            Part(
                name=name,
                low=float(stake.low),
                high=float(stake.high),
                paint=paint,
                maybe="listed-maybe" if hit else "rest",
            )
        )
    aside = tongue.words.word("kind", kind)
    if one.asset in fields:
        aside += " · " + page.say("chart.develops", fields=tongue.names(fields[one.asset]))
    below = [_told(tongue, s, caught) for s in mine if _is_caught(s, caught) or s.high is None]
    rest = one.unreported.get(kind)
    if rest:
        below.append(page.say("chart.unreported", share=share(rest, rest, tongue.words)))
    below += [page.say("chart.above", share=share(c.low, c.low, tongue.words)) for c in one.conflicts if c.kind == kind]
    return Bar(title=tongue.name(one.asset), aside=aside, below="; ".join(below), parts=tuple(parts))


def _told(tongue: Tongue, stake: Stake, caught: Caught) -> str:
    page = page_words(tongue.lang)
    hit = _is_caught(stake, caught)
    name = tongue.name(hit or stake.holder)
    if stake.low is None:
        text = page.say("chart.no_number", name=name)
    else:
        text = f"{name} {share(stake.low, stake.high, tongue.words)}"
    if hit:
        text += f": {_status(tongue, caught, hit)}"
    return text + (f" ({tongue.stated(stake.because, stake.stale)})" if stake.stale else "")


def _status(tongue: Tongue, caught: Caught, entity: EntityId) -> str:
    """The status words, each with the authorities for which it holds."""
    by_word: dict[str, list[str]] = {}
    for authority, word in sorted(caught.get(entity, ()), key=lambda found: (found[1] != "designated", found)):
        by_word.setdefault(word, []).append(tongue.name(authority))
    return "; ".join(f"{tongue.words.word('status', w)} ({', '.join(a)})" for w, a in by_word.items())


def _rows(tongue: Tongue, one: Ownership, caught: Caught) -> Iterable[Row]:
    """Every direct stake, and the chains of caught holders down to the asset."""
    page = page_words(tongue.lang)
    asset = tongue.name(one.asset)
    for stake in one.stakes:
        hit = _is_caught(stake, caught)
        names = [e for e in (stake.holder, *stake.alternatives) if e != (hit or stake.holder)]
        holder = tongue.name(hit or stake.holder)
        if names:
            holder = page.say("chart.told_as", name=holder, others=tongue.names(names))
        yield Row(
            cells=(
                asset,
                holder,
                tongue.words.word("kind", stake.kind),
                share(stake.low, stake.high, tongue.words),
                page.say("chart.direct"),
                _status(tongue, caught, hit) if hit else "",
                stake.newest.isoformat() + (f", {tongue.words.word('mark', 'stale')}" if stake.stale else ""),
            ),
            because=(*stake.because, *stake.against),
        )
    for chain in one.look_through:
        if chain.via and chain.holder in caught and chain.kind != "develops":
            yield _chain_row(tongue, asset, chain, caught)


def _chain_row(tongue: Tongue, asset: str, chain: LookThrough, caught: Caught) -> Row:
    newest = max((tongue.world.claim(c).known for c in chain.because), default=None)
    return Row(
        cells=(
            asset,
            tongue.name(chain.holder),
            tongue.words.word("kind", chain.kind),
            share(chain.low, chain.high, tongue.words),
            " → ".join(tongue.name(e) for e in chain.via),
            _status(tongue, caught, chain.holder),
            (newest.isoformat() if newest else "") + (f", {tongue.words.word('mark', 'stale')}" if chain.stale else ""),
        ),
        because=chain.because,
    )
