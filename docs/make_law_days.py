"""Writes docs/law/lukoil-and-rosneft.md: what four authorities' rules make of the two companies, of what they own and of what they share,
on six days, each cell with its rule and its proof.

Run it after a change of the reference world or of a rule record: ``python docs/make_law_days.py``. A test compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from knockon import reference
from knockon.analyses.effect import AUTHORITIES, CAUGHT, LINKED, PART, Effect
from knockon.analyses.licences import licences
from knockon.analyses.regimes import rule_of
from knockon.analyses.status import cascade, designated, status
from knockon.ledger import Ledger
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Holds
from knockon.sources.lines import parse_lines
from knockon.views.effects import threshold_of
from knockon.views.line import tongue
from knockon.views.quantities import share
from knockon.views.statement import statement
from knockon.world import World

PAGE = Path(__file__).parent / "law" / "lukoil-and-rosneft.md"
DAYS = tuple(
    map(date.fromisoformat, ("2025-10-01", "2025-10-23", "2025-11-15", "2026-01-15", "2026-04-25", "2026-07-01"))
)
GROUPS = (EntityId("lukoil"), EntityId("rosneft"))

HEAD = """# Lukoil and Rosneft under four laws, on six days

Made by the program from the reference world (`python docs/make_law_days.py`); a test holds that it is current. Each answer
is as of the day, with what was public by that day. It is not legal advice.

A cell says the status word, the counted share where ownership decides, and the rule record. `knockon why
status/AUTHORITY/PARTY@DAY` gives the whole proof of any cell; the claims that the newest of equal verdicts rests on stand below
each table. "Undetermined" names what would settle it. "Nothing found" is no clearance. Where a rule record was not compared with its
legal text, it is marked °.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


def page() -> str:
    """The page as Markdown."""
    with reference.ledger() as ledger:
        worlds = [World(ledger, on=day) for day in DAYS]
        parties = concerned(worlds)
        parts = [HEAD, *rules(worlds), "## The parties\n"]
        parts += [section(worlds, party) for party in parties]
        parts += ["## What a sale of each stake would change\n", *sales(worlds[-1], parties)]
        parts += ["## Which licences end next\n", *ends(ledger)]
    return "\n".join(parts).rstrip() + "\n"


def concerned(worlds: Iterable[World]) -> list[EntityId]:
    """The two companies, and everyone listed, reached or part-owned whose verdict rests on one of them on some day."""
    found: dict[EntityId, None] = dict.fromkeys(GROUPS)
    for world in worlds:
        for authority in AUTHORITIES:
            for effect in (*designated(world, authority), *cascade(world, authority)):
                if any(
                    world.names.root(world.claim(c).subject) in GROUPS or world.claim(c).object in GROUPS
                    for c in effect.because
                ):
                    found.setdefault(effect.entity)
    first = worlds and next(iter(worlds))
    rest = sorted((e for e in found if e not in GROUPS), key=lambda e: first.name(e).casefold() if first else e)
    return [*GROUPS, *rest]


def rules(worlds: list[World]) -> Iterator[str]:
    told = tongue(worlds[-1], "en")
    used = {e.rule for w in worlds for a in AUTHORITIES for e in cascade(w, a) if e.rule}
    yield "## The rules\n\n| rule | what it says | threshold | listed parties added | certainty | source |\n|---|---|---|---|---|---|"
    for name in sorted(used):
        rule = rule_of(name)
        assert rule is not None
        added = "yes" if rule.aggregate == "all" else "no" + (", unsettled" if "aggregate" in rule.unsettled else "")
        mark = "" if rule.verified else " °"
        yield f"| `{rule.id}`{mark} | {rule.title} | {threshold_of(told, rule)} | {added} | {rule.certainty} | <{rule.source}> ({rule.read_on}) |"
    yield ""


def section(worlds: list[World], party: EntityId) -> str:
    """One party: a table of authorities and days, and the claims behind its verdicts."""
    found = {(a, w.on): list(status(w, party, [a])) for w in worlds for a in AUTHORITIES}
    days = " | ".join(str(d) for d in DAYS)
    out = [f"### {worlds[-1].name(party)}\n", f"| | {days} |", "|---|" + "---|" * len(DAYS)]
    for authority in AUTHORITIES:
        cells = " | ".join(cell(worlds[-1], found[(authority, d)]) for d in DAYS)
        out.append(f"| {worlds[-1].name(authority)} | {cells} |")
    proofs: dict[str, None] = {}
    for world in reversed(worlds):
        for authority in AUTHORITIES:
            for effect in found[(authority, world.on)]:
                if effect.status != "nothing found":
                    for claim in effect.because:
                        proofs.setdefault(line(world, world.claim(claim)))
    out += ["", *(f"- {text}" for text in proofs), ""]
    for effect in found[("us-ofac", DAYS[-1])]:
        if effect.status == "undetermined":
            out += [f"- It turns on: {turn(worlds[-1], effect)}.", ""]
    return "\n".join(out)


def cell(world: World, effects: Iterable[Effect]) -> str:
    told = tongue(world, "en")
    parts = []
    for effect in effects:
        if effect.status == "no longer blocked":
            continue
        text = effect.status
        if effect.status == "nothing found":
            parts.append(text)
            continue
        if effect.rule is None:
            text += f" ({told.words.word('measure', effect.measure)})"
        else:
            rule = rule_of(effect.rule)
            text += f", {share(effect.low, effect.high, told.words)} · `{effect.rule}`" + (
                "" if rule and rule.verified else " °"
            )
        parts.append(text)
    return "<br>".join(dict.fromkeys(parts))


def line(world: World, claim: Claim) -> str:
    told = tongue(world, "en")
    return f"{statement(told, claim)} — {told.source(claim)}, {claim.said_on} `{claim.id[:10]}`"


def turn(world: World, effect: Effect) -> str:
    told = tongue(world, "en")
    some = [
        f"the stake of {told.name(d.holder)} in {told.name(d.asset)}, now {share(d.low, d.high, told.words)}"
        + (f", from {d.flips_at} %" if d.flips_at is not None else "")
        for d in effect.deciding
    ]
    if effect.unreported:
        some.append(f"the {effect.unreported} % of its owners that nobody reported")
    return "; ".join(some) or effect.note


def sales(world: World, parties: Iterable[EntityId]) -> Iterator[str]:
    """For each stake of the groups in what they reach: sell it whole to one who is not listed, and see which verdicts move."""
    day = world.on - timedelta(days=1)
    before = {(e.authority, e.entity, e.measure): e for a in AUTHORITIES for e in cascade(world, a)}
    yield "| stake sold whole on the day before | under | from | to |\n|---|---|---|---|"
    for state in sorted(world.states("holds_shares", "holds_interest"), key=lambda s: (s.subject, s.object or "")):
        number = state.quantity
        if state.object is None or number is None or number.low != number.high or not number.low:
            continue
        if state.subject not in {*GROUPS, *parties} or state.object not in set(parties):
            continue
        what = f"{state.subject} sells {number.low}% of {state.object} to buyer_unlisted on {day}"
        after_world = world.supposing(parse_lines(what, said_on=world.known))
        after = {(e.authority, e.entity, e.measure): e for a in AUTHORITIES for e in cascade(after_world, a)}
        for key in sorted(before.keys() | after.keys()):
            old, new = before.get(key), after.get(key)
            a, b = (e.status if e else "nothing found" for e in (old, new))
            if a != b and (
                a in CAUGHT or b in CAUGHT or "undetermined" in (a, b) or PART in (a, b) or LINKED in (a, b)
            ):
                yield (
                    f"| {world.name(state.subject)}: {number.low} % of {world.name(state.object)} | {world.name(key[0])}: "
                    f"{world.name(key[1])} ({tongue(world, 'en').words.word('measure', key[2])}) | {a} | {b} |"
                )
    yield ""


def ends(ledger: Ledger) -> Iterator[str]:
    """After each day, the licences in force that end next."""
    yield "| on | ends next | of | when |\n|---|---|---|---|"
    for day in DAYS:
        world = World(ledger, on=day)
        live = [
            x
            for x in licences(world)
            if x.holds is not Holds.NOT and x.until and x.until.latest and x.until.latest > day
        ]
        for licence in sorted(live, key=lambda x: (str(x.until), x.licence))[:3]:
            yield f"| {day} | {world.name(licence.licence)} | {world.name(licence.authority)} | {licence.until} |"
        if not live:
            yield f"| {day} | none with a told end | | |"
    yield ""


if __name__ == "__main__":
    main()
