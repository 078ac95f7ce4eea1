"""The published law suite, asked of knockon: every case as given and in five variants, and the suite's own soundness.

The expected values stand in ``law/``; they were written by hand, and nothing here corrects them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.golden.law_cases import CAUGHT, STATUSES, BadCase, Case, Expected, load, paths, read
from tests.golden.law_claims import claims, seen
from tests.golden.law_share import share, widened

from knockon.analyses.ownership import Conflict, ownership
from knockon.analyses.status import Effect, status
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.world import World

PATHS = paths()
#: an open end may be told as the next number that an exact bound can have
STEP = Decimal("1e-6")
#: where knockon answers otherwise than the case: the case stands until the law, not the program, says that it is wrong
OPEN: dict[str, str] = {}
every_case = pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
answered = pytest.mark.parametrize(
    "path",
    [pytest.param(p, marks=pytest.mark.xfail(reason=OPEN[p.stem])) if p.stem in OPEN else p for p in PATHS],
    ids=[p.stem for p in PATHS],
)


@cache
def case_of(path: Path) -> Case:
    return load(path)


def questions(case: Case) -> Iterator[tuple[date, str, str]]:
    for day in case.days:
        for authority in case.authorities:
            for party in case.parties:
                yield day, authority, party


def answers(case: Case, world: World, authority: str, party: str) -> tuple[Effect, ...]:
    return tuple(e for e in status(world, EntityId(party), authorities=[authority]) if e.authority == authority)


def faults(case: Case, told: tuple[Claim, ...], *, twice: bool = False) -> list[str]:
    """Where knockon answers otherwise than the case expects."""
    out: list[str] = []
    worlds = {day: seen(told, day, twice=twice) for day in case.days}
    for day, authority, party in questions(case):
        wanted = case.expected(authority, party, day)
        found = answers(case, worlds[day], authority, party)
        if {(e.status, e.rule) for e in wanted} != {(e.status, e.rule) for e in found}:
            out.append(f"{day} {authority} {party}: expected {_words(wanted)}, found {_words(found)}")
            continue
        out += [
            f"{day} {authority} {party}: expected {one}, found {_figures(found)}"
            for one in wanted
            if not any(_fits(one, effect) for effect in found)
        ]
    return out


def _words(many: tuple[Expected, ...] | tuple[Effect, ...]) -> str:
    return " + ".join(sorted(f"{e.status} ({e.rule or '-'})" for e in many))


def _figures(found: tuple[Effect, ...]) -> str:
    return " + ".join(
        f"{e.status} {e.low}..{e.high} {[(d.holder, d.asset, str(d.flips_at)) for d in e.deciding]}" for e in found
    )


def _fits(wanted: Expected, found: Effect) -> bool:
    if (wanted.status, wanted.rule) != (found.status, found.rule) or wanted.measure not in (None, found.measure):
        return False
    if not _bound(wanted.low, found.low) or not _bound(wanted.high, found.high):
        return False
    turns = {(d.holder, d.asset, d.flips_at) for d in found.deciding}
    return all((EntityId(h), EntityId(a), Decimal(at)) in turns for h, a, at in wanted.deciding)


def _bound(wanted: str | None, found: Decimal | None) -> bool:
    if wanted is None:
        return True
    number = share(wanted)
    if found is None:
        return False
    if number.low_open and number.low is not None:
        return number.low < found <= number.low + STEP or found == number.low
    if number.high_open and number.high is not None:
        return number.high - STEP <= found <= number.high
    return found == number.low


# ---------------------------------------------------------------------------------------------------- the cases
@answered
def test_as_given(path: Path) -> None:
    case = case_of(path)
    assert faults(case, claims(case)) == []


@answered
def test_rows_in_another_order(path: Path) -> None:
    case = case_of(path)
    told = list(claims(case))
    random.Random(path.stem).shuffle(told)
    assert faults(case, tuple(told)) == faults(case, tuple(reversed(told))) == []


@answered
def test_every_row_told_twice(path: Path) -> None:
    case = case_of(path)
    assert faults(case, claims(case), twice=True) == []


@answered
def test_told_by_a_second_source_that_agrees(path: Path) -> None:
    case = case_of(path)
    assert faults(case, claims(case, also_told_by="second")) == []


@every_case
def test_with_one_stake_as_a_range_only_doubt_grows(path: Path) -> None:
    """Nobody becomes caught who was not; who was caught is caught still or undetermined. Judged against the case's own words."""
    case = case_of(path)
    exact = [i for i, row in enumerate(case.rows("stake")) if row.get("share", "~").replace(".", "", 1).isdigit()]
    if not exact:
        pytest.skip("no exact stake to widen")
    for number in exact[:3]:
        ranged = _ranged(case, number)
        worlds = {day: seen(claims(ranged), day) for day in case.days}
        for day, authority, party in questions(case):
            before, after = case.expected(authority, party, day), answers(case, worlds[day], authority, party)
            where = f"{day} {authority} {party}, stake {number}: {_words(before)} became {_words(after)}"
            assert _caught(after) <= _caught(before), where
            open_still = {e.rule for e in after if e.status == "undetermined"}
            assert _caught(before) <= _caught(after) | open_still, where


def _caught(many: tuple[Expected, ...] | tuple[Effect, ...]) -> set[str | None]:
    """The rules by which a party is caught, by ownership or by control: one may stand in for the other."""
    return {e.rule for e in many if e.status in CAUGHT}


def _ranged(case: Case, number: int) -> Case:
    rows = [dict(row) for row in case.rows("stake")]
    rows[number]["share"] = widened(rows[number]["share"], Decimal(5))
    return replace(case, data={**case.data, "stake": rows})


@pytest.mark.parametrize("path", [p for p in PATHS if case_of(p).rows("conflict")], ids=lambda p: p.stem)
def test_more_than_the_whole_is_reported(path: Path) -> None:
    case = case_of(path)
    for row in case.rows("conflict"):
        for day in case.days:
            found: tuple[Conflict, ...] = ownership(seen(claims(case), day), EntityId(row["asset"])).conflicts
            assert [c.low for c in found] == [Decimal(row["total"])]


# ---------------------------------------------------------------------------------------------------- the suite itself
def test_the_suite_is_as_large_as_it_says() -> None:
    assert len(PATHS) >= 75
    assert {p.stem.partition("-")[0] for p in PATHS} >= {f"{n:03}" for n in range(1, 15)} | {"015a", "015b", "010v"}


def test_every_status_word_and_every_rule_record_is_tried() -> None:
    from knockon.analyses.regimes import rules_on

    rows = [row for path in PATHS for row in case_of(path).rows("expect")]
    listings = {e.status for p in PATHS for d, a, x in questions(case_of(p)) for e in case_of(p).expected(a, x, d)}
    assert listings == set(STATUSES)
    records = {r.id for day in (date(2024, 7, 2), date(2024, 7, 3)) for r in rules_on(day)}
    assert {row["rule"] for row in rows if "rule" in row} == records


SOUND = """
id = "t"
title = "t"
topics = ["t"]
authorities = ["eu"]
on = ["2024-09-02"]
paragraph = [{ name = "t", mark = "own" }]
why = "t"
listed = [{ authority = "eu", party = "x" }]
stake = [{ holder = "x", asset = "a", share = "60" }]
expect = [{ authority = "eu", party = "a", status = "owned by a sanctioned party", rule = "eu-freeze-50" }]
"""


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('title = "t"', 'title = "t"\ntilte = "t"', "unknown key tilte"),
        ('why = "t"', "", "missing why"),
        ('share = "60"', 'share = "60", sahre = "6"', "stake: unknown key sahre"),
        ('asset = "a", share', "share", "stake: missing asset"),
        ('share = "60"', 'share = "60%"', "no share"),
        ('share = "60"', 'share = "50..40"', "not a range"),
        ('share = "60"', 'share = "160"', "more than the whole"),
        ("owned by", "owned by by", "no status word"),
        ('"eu-freeze-50"', '"eu-freeze-60"', "no rule record eu-freeze-60"),
        ('party = "a", status', 'party = "q", status', "q is not in the case"),
        ('expect = [{ authority = "eu"', 'expect = [{ authority = "uk"', "uk is not asked"),
        ('expect = [{ authority = "eu"', 'expect = [{ on = "2024-09-03", authority = "eu"', "not a day of the case"),
        ('on = ["2024-09-02"]', 'on = ["2024-09"]', "not one day"),
        ('mark = "own"', 'mark = "?"', "mark is V, M or own"),
    ],
)
def test_an_unsound_case_is_refused(good: str, bad: str, says: str) -> None:
    assert read(SOUND).id == "t"
    assert good in SOUND
    with pytest.raises(BadCase, match=says):
        read(SOUND.replace(good, bad))


def test_what_is_not_expected_must_not_be_found() -> None:
    case = read(SOUND.replace('share = "60"', 'share = "60"').split("expect =")[0] + "expect = []")
    assert faults(case, claims(case)) != []


def test_a_wrong_figure_is_a_fault() -> None:
    case = read(SOUND.replace('rule = "eu-freeze-50"', 'rule = "eu-freeze-50", low = "61"'))
    assert faults(case, claims(case)) != []
