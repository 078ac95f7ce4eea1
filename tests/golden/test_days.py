"""The answers that careful analysts would give on five days, with what was public by each: one TOML file a day.

Every expectation was worked out from the public sources by hand, not copied from the program. `known` is `on`.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from knockon import reference
from knockon.analyses.licences import coverage, licences
from knockon.analyses.status import status
from knockon.ledger import Ledger
from knockon.model.interval import Holds
from knockon.world import World

DAYS = sorted((Path(__file__).parent / "days").glob("*.toml"))


@cache
def _ledger() -> Ledger:
    return reference.ledger()


def _case(path: Path) -> tuple[World, dict[str, Any]]:
    day = date.fromisoformat(path.stem)
    return World(_ledger(), on=day, known=day), tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("path", DAYS, ids=lambda p: p.stem)
def test_status_of_each_party(path: Path) -> None:
    world, case = _case(path)
    for row in case["status"]:
        found = {
            (e.authority, e.measure or "-", e.status, *([f"{e.low:f}..{e.high:f}"] if e.low is not None else []))
            for e in status(world, world.entity(row["party"]))
        }
        wanted = {tuple(line.split(" | ")) for line in row["is"]}
        assert found == wanted, row["party"]


@pytest.mark.parametrize("path", DAYS, ids=lambda p: p.stem)
def test_which_dealings_are_licensed(path: Path) -> None:
    world, case = _case(path)
    for line in case["coverage"]:
        authority, target, activity, verdict, *named = line.split(" | ")
        found = coverage(world, world.entity(target), activity, authority)
        assert (found.verdict, " ".join(found.licences)) == (verdict, named[0] if named else ""), line


@pytest.mark.parametrize("path", DAYS, ids=lambda p: p.stem)
def test_nothing_of_a_later_day_appears(path: Path) -> None:
    world, case = _case(path)
    told = {x.licence for x in licences(world)}
    assert not told & set(case["not_yet"])
    in_force = {x.licence for x in licences(world) if x.holds is not Holds.NOT}
    assert not in_force & set(case.get("over", []))


@pytest.mark.parametrize("path", DAYS, ids=lambda p: p.stem)
def test_every_claim_behind_a_verdict_was_public(path: Path) -> None:
    world, case = _case(path)
    for row in case["status"]:
        for effect in status(world, world.entity(row["party"])):
            assert effect.because or effect.status == "nothing found"
            assert all(world.claim(c).known <= world.known for c in effect.because), row["party"]


@pytest.mark.parametrize("path", DAYS, ids=lambda p: p.stem)
def test_stale_stakes_are_marked(path: Path) -> None:
    world, case = _case(path)
    for party, stale in case["stale"].items():
        owned = [e for e in status(world, world.entity(party)) if e.rule]
        assert owned, party
        assert all(e.stale is stale for e in owned), party
