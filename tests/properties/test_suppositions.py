"""A supposition over the reference world moves the answers that rest on it, no others, and writes nothing (R6, R7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from knockon import reference
from knockon.analyses.standing import standing
from knockon.analyses.suppositions import supposed
from knockon.analyses.turns import Turn, turns
from knockon.ledger import Ledger
from knockon.world import World

DAY = date(2026, 3, 2)
LINES = {
    "deal": "kazmunaygas buys 13.5% of karachaganak from lukoil on 2026-01-10",
    "licence": "us-ofac revokes gl-124b on 2026-02-01",
    "listing": "eu designates lukoil since 2026-03-01",
    "control": "lukoil controls litasco by board since 2026-01-01",
    "joint": "kmg and lukoil act jointly over kpo since 2026-01-01",
    "rebuttal": "germany rebuts control of rosneft over rosneft_deutschland on 2026-01-01",
    "votes": "lukoil holds 60% of the votes of turgai since 2026-01-01",
    "band": "lukoil holds more than 50% up to 75% of litasco since 2026-01-01",
    "new": "acme is a company\nacme buys 10% of turgai from lukoil on 2026-01-10",
    "delisting": "us-ofac delists lukoil for blocking on 2026-02-01",
}


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with reference.ledger() as made:
        yield made


@pytest.fixture(scope="module")
def plain(ledger: Ledger) -> World:
    return World(ledger, on=DAY)


def _turned(plain: World, line: str) -> tuple[World, tuple[Turn, ...]]:
    other = plain.supposing(supposed(plain, [line]))
    return other, turns(plain, other)


@pytest.mark.parametrize("name", LINES)
def test_every_answer_that_turns_names_the_supposition_and_turns_back_without_it(plain: World, name: str) -> None:
    at = plain.ledger.at
    other, found = _turned(plain, LINES[name])
    laid = {c.id for c in other.supposed}
    assert [t.line for t in found if not laid & set(t.because)] == []
    assert {t.cause for t in found} <= {"supposed"}
    back = turns(other, plain)
    assert {(t.question, t.thing, t.authority, t.detail) for t in back} == {
        (t.question, t.thing, t.authority, t.detail) for t in found
    }
    assert plain.ledger.at == at
    assert plain.ledger.connection.execute(
        "select count(*) from claims where id in (select unnest($1::varchar[]))", [sorted(laid)]
    ).fetchall() == [(0,)]


@pytest.mark.parametrize("name", LINES)
def test_an_answer_whose_proof_does_not_name_what_was_supposed_is_the_same(plain: World, name: str) -> None:
    other = plain.supposing(supposed(plain, [LINES[name]]))
    laid = {c.id for c in other.supposed}
    touched = {e for c in other.supposed for e in (c.subject, c.object, *dict(c.qualifiers).values())}
    before, after = standing(plain, (), ()), standing(other, (), ())
    for key in before.keys() & after.keys():
        near = {e for c in before[key].because for e in (plain.claim(c).subject, plain.claim(c).object)}
        if not laid & set(after[key].because) and not touched & {*near, key.thing, key.detail, key.authority}:
            assert before[key] == after[key], key


def test_with_nothing_supposed_it_is_the_same_world(plain: World) -> None:
    same = plain.supposing(supposed(plain, []))
    assert same.fingerprint == plain.fingerprint
    assert standing(same, (), ()) == standing(plain, (), ())
    assert turns(plain, same) == ()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("deal", ("exposure", "karachaganak", "us-ofac", "lukoil", "13.5 %", "nothing found")),
        ("deal", ("exposure", "kpo", "uk", "lukoil", "13.5 %", "nothing found")),
        ("deal", ("status", "kpo", "us-ofac", "blocking", "part-owned by a sanctioned party", "nothing found")),
        ("licence", ("licence", "us-gl-124b", "us-ofac", "", "in force", "ended")),
        ("licence", ("coverage", "karachaganak", "us-ofac", "project_dealings", "covered", "not covered")),
        ("listing", ("status", "lukoil", "eu", "asset_freeze", "nothing found", "designated")),
        ("listing", ("status", "turgai", "eu", "asset_freeze", "nothing found", "owned by a sanctioned party")),
        ("delisting", ("status", "lukoil", "us-ofac", "blocking", "designated", "delisted")),
        ("delisting", ("status", "turgai", "us-ofac", "blocking", "blocked by ownership", "no longer blocked")),
        (
            "votes",
            (
                "status",
                "turgai",
                "uk",
                "asset_freeze",
                "part-owned by a sanctioned party",
                "owned by a sanctioned party",
            ),
        ),
    ],
)
def test_the_answers_that_should_move_do(plain: World, name: str, wanted: tuple[str, ...]) -> None:
    _, found = _turned(plain, LINES[name])
    assert wanted in {(t.question, t.thing, t.authority, t.detail, t.before, t.after) for t in found}


@pytest.mark.parametrize(
    ("name", "authorities"), [("licence", {"us-ofac"}), ("listing", {"eu"}), ("delisting", {"us-ofac"})]
)
def test_an_act_of_one_authority_moves_no_other_authority(plain: World, name: str, authorities: set[str]) -> None:
    _, found = _turned(plain, LINES[name])
    assert {t.authority for t in found} == authorities
