"""R9 under every authority: what a verdict names suffices, without any one of it nothing is caught, and nothing else matters to it."""

from __future__ import annotations

import random

import pytest

from knockon.analyses.effect import CAUGHT, EVERY, Effect
from knockon.analyses.status import cascade
from knockon.ledger import Ledger
from knockon.model.claim import Claim
from knockon.model.interval import parse_day
from knockon.testing import claims
from knockon.world import World

ON = parse_day("2025-11-11")
NAMES = ("p0", "p1", "p2", "p3", "p4")


def some_world(chance: random.Random) -> tuple[Claim, ...]:
    """One or two listed parties under one authority, up to seven stakes, a control, a joint arrangement."""
    authority = chance.choice((*EVERY, "us-ofac", "us-ofac", "uk", "uk"))
    measure = "blocking" if authority == "us-ofac" else "asset_freeze"
    text = [
        f"{authority} designates {p} for {measure} on 2024-05-01 ({authority})"
        for p in ("p0", "p1")[: chance.choice([1, 2])]
    ]
    for _ in range(chance.randrange(1, 8)):
        holder, asset = chance.sample(NAMES, 2)
        votes = " votes=yes" if chance.random() < 0.15 else ""
        share = chance.choice(["50", "25", "26", "51", "60", "10"])
        text.append(f"{holder} holds_shares {asset} {share} %{votes} since 2020 (registry)")
    if chance.random() < 0.3:
        text += [f"{h} holds_shares p2 26 % since 2020 (registry)" for h in ("p0", "p3")]
        text.append("p3 acts_jointly p0 over=p2 since 2020 (registry)")
    if chance.random() < 0.4:
        text.append("{} controls {} since 2020 (registry)".format(*chance.sample(NAMES, 2)))
    if chance.random() < 0.7:
        text.append("{} acts_jointly {} since 2020 (registry)".format(*chance.sample(NAMES, 2)))
    kept = {
        tuple(c.to_dict().get(k) for k in ("subject", "object", "predicate")) + c.qualifiers: c
        for c in claims("\n".join(text))
    }
    return tuple(kept.values())


def verdicts(told: tuple[Claim, ...]) -> dict[tuple[str, str], Effect]:
    with Ledger.memory() as ledger:
        ledger.add(told)
        world = World(ledger, on=ON)
        return {(e.authority, e.entity): e for a in EVERY for e in cascade(world, a)}


def caught(told: tuple[Claim, ...]) -> set[tuple[str, str]]:
    return {key for key, e in verdicts(told).items() if e.status in CAUGHT}


@pytest.mark.parametrize("seed", range(40))
def test_r9_a_verdict_names_a_smallest_set_that_suffices_and_nothing_else_matters(seed: int) -> None:
    told = some_world(random.Random(seed))
    by_id = {c.id: c for c in told}
    for key, effect in verdicts(told).items():
        if effect.status in CAUGHT:
            named = tuple(by_id[c] for c in effect.because)
            assert key in caught(named), "what is named does not suffice"
            for n in range(len(named)):
                assert key not in caught((*named[:n], *named[n + 1 :])), "one of what is named is not needed"
            for other in told:
                if other.id not in effect.because:
                    assert key in caught(tuple(c for c in told if c is not other)), "a claim outside the proof matters"
        else:
            for other in told:
                rest = tuple(c for c in told if c is not other)
                assert key not in caught(rest), "less catches more"


def test_the_webs_catch_by_every_authority_and_by_control_and_jointly() -> None:
    """The test above would see something: its worlds catch parties under each authority, by each word and with each kind of claim."""
    met: set[str] = set()
    for seed in range(40):
        told = some_world(random.Random(seed))
        by_id = {c.id: c for c in told}
        for (authority, _), effect in verdicts(told).items():
            if effect.status in CAUGHT:
                met |= {authority, effect.status, *(by_id[c].predicate for c in effect.because)}
    assert {
        "us-ofac",
        "uk",
        "eu",
        "ch",
        "ca",
        "controlled by a sanctioned party",
        "owned by a sanctioned party",
        "controls",
        "acts_jointly",
    } <= met
