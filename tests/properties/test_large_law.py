"""What the columns make of a world under every rule is what the small engine makes of it; and what stands near a party suffices for it."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from tests.properties.strategies import laid

from knockon.analyses.cascade import reach
from knockon.analyses.large import claims_at, near, verdicts
from knockon.analyses.proofs import proofs
from knockon.analyses.regimes import rules_on
from knockon.analyses.ruled import Ruled, ruled
from knockon.model.claim import Claim, Mode
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.world import World
from knockon.world.columns import BILLION, names_of

DAY = date(2026, 1, 1)
RULES = rules_on(DAY)
PARTIES = ("acme", "bolt", "cog", "dyne", "eve", "fig")
SHARES = ("50 %", "51 %", "30 %", "25 %", "20 %", "25..50 %", "40..60 %", ">50 %", "100 %", ">=75 %", "10 %")
AUTHORITIES = ("us-ofac", "eu", "uk", "ca", "ch")


def _claim(chance: random.Random, word: str, **fields: object) -> Claim:
    one, other = chance.sample(PARTIES, 2)
    fields = {"subject": one, "object": other, "said_by": (chance.choice(["registry", "daily", "wire"]),), **fields}
    day = Moment.day(date(2024, 1, chance.randrange(1, 28)))
    return Claim(predicate=word, said_on=day, source=f"made up {chance.random()}", **fields)  # type: ignore[arg-type]


def some_world(seed: int) -> World:
    """Six parties: stakes, votes, plans, links, control and its rebuttal, joint arrangements, deals, names, listings, things supposed."""
    chance = random.Random(seed)
    told = [
        _claim(
            chance, "holds_shares", value=Quantity.parse(chance.choice(SHARES)),
            qualifiers=tuple(q for q in (("stake", "block"), ("votes", "yes")) if chance.random() < 0.12),
            mode=Mode.PLANNED if chance.random() < 0.1 else Mode.STATED,
        )
        for _ in range(chance.randrange(4, 14))
    ]  # fmt: skip
    told += [_claim(chance, "controls") for _ in range(chance.randrange(3))]
    for _ in range(chance.randrange(2)):
        told.append(
            _claim(
                chance, "acts_jointly", qualifiers=(("over", chance.choice(PARTIES)),) if chance.random() < 0.4 else ()
            )
        )
        told.append(_claim(chance, "linked_to", qualifiers=(("role", "subsidiary"),)))
    if controlled := [c for c in told if c.predicate == "controls"]:
        who, test = chance.choice(AUTHORITIES), chance.choice(["control", "both"])
        told.append(
            _claim(
                chance,
                "rebuts_control",
                subject=who,
                object=controlled[0].object,
                qualifiers=(("test", test),),
                said_by=(who,),
            )
        )
    if chance.random() < 0.3:
        told.append(
            _claim(
                chance,
                chance.choice(["acquires", "sells"]),
                value=Quantity.parse("20 %"),
                start=Moment.day(date(2025, 1, 1)),
            )
        )
    if chance.random() < 0.2:
        told.append(_claim(chance, "same_as"))
    listed = [
        _claim(chance, "designates", subject=who, said_by=(who,), qualifiers=(("measure", measure),),
               start=Moment.parse(chance.choice(["2024-05-01", "2024-05-01", "2025-12..2026-02"])))
        for who in AUTHORITIES
        for measure in (("blocking", "sectoral") if who == "us-ofac" else ("asset_freeze", "transaction_ban") if who == "eu" else ("asset_freeze",))
        for _ in range(chance.choice([1, 2, 2]))
    ]  # fmt: skip
    if chance.random() < 0.2:  # two listed parties that together have enough, and nothing unreported
        for holder, share in (("acme", "30 %"), ("bolt", "30 %"), ("zinc", "40 %")):
            told.append(_claim(chance, "holds_shares", subject=holder, object="tin", value=Quantity.parse(share)))
        listed += [
            _claim(chance, "designates", subject="ca", object=who, said_by=("ca",), qualifiers=(("measure", "asset_freeze"),))
            for who in ("acme", "bolt")
        ]  # fmt: skip
    if chance.random() < 0.3:
        gone = chance.choice(listed)
        told.append(_claim(chance, "delists", subject=gone.subject, object=gone.object, said_by=gone.said_by, qualifiers=gone.qualifiers,
                           start=Moment.day(date(2025, 5, 1))))  # fmt: skip
    over = (
        [_claim(chance, "designates", subject="uk", qualifiers=(("measure", "asset_freeze"),))]
        if chance.random() < 0.2
        else []
    )
    over += (
        [_claim(chance, "holds_shares", object="newco", value=Quantity.parse("60 %"))] if chance.random() < 0.2 else []
    )
    return laid([*told, *listed], on=DAY, known=DAY, supposed=tuple(over))


@pytest.mark.parametrize("seeds", [range(n, n + 10) for n in range(0, 40, 10)], ids=str)
def test_the_columns_say_what_the_small_engine_says(seeds: range) -> None:
    for seed in seeds:
        w = some_world(seed)
        for one in verdicts(w, RULES):
            small = ruled(w, one.rule)
            names = {code: EntityId(name) for code, name in names_of(w, one.table, range(one.table.size)).items()}
            assert {names[c] for c in one.sure} == (set(small.sure) if small else set())
            assert {names[c] for c in one.maybe} == (set(small.maybe) if small else set())
            if small is None:
                continue
            found = one.found
            assert {names[c] for c in np.flatnonzero(found.surely).tolist()} == small.found.surely
            assert {names[c] for c in np.flatnonzero(found.possibly).tolist()} == small.found.possibly
            for code, name in names.items():
                assert Decimal(int(found.low[code])) / BILLION == small.found.low.get(name, 0)
                assert Decimal(int(found.high[code])) / BILLION == small.found.high.get(name, 0)
            acts = claims_at(w, one.sure.values())
            assert all(w.claim(c).predicate == "designates" for c in acts.values())
            told = claims_at(w, found.claim.tolist())
            assert all(w.claim(c).predicate == "holds_shares" for c in told.values())


@pytest.mark.parametrize("seeds", [range(n, n + 10) for n in range(40, 60, 10)], ids=str)
def test_what_stands_near_a_party_gives_its_verdict_and_a_proof_of_the_same_size(seeds: range) -> None:
    for seed in seeds:
        w = some_world(seed)
        for rule in RULES:
            small = ruled(w, rule)
            for party in sorted({w.names.root(EntityId(p)) for p in (*PARTIES, "newco")}):
                part = near(w, rule, [party])
                if small is None:
                    assert not part.sure
                    continue
                found = reach(
                    rule, part.slots, frozenset(part.sure), part.maybe, controls=part.controls, joints=part.joints, unreported=True
                )  # fmt: skip
                assert (party in found.surely) == (party in small.found.surely)
                assert (party in found.possibly) == (party in small.found.possibly)
                assert found.low.get(party, 0) == small.found.low.get(party, 0)
                assert found.high.get(party, 0) == small.found.high.get(party, 0)
                whole = proofs(rule, small.slots, small.seeds, party, controls=small.controls, joints=small.joints)
                few = proofs(rule, part.slots, part.sure, party, controls=part.controls, joints=part.joints)
                assert len(few) == len(whole)


def test_the_worlds_are_not_all_alike() -> None:
    """They hold parties caught by stakes and by control, control that is rebutted, votes, joint holders, and open verdicts."""
    seen = dict.fromkeys(("caught", "perhaps", "control", "rebutted", "votes", "joint", "pooled"), 0)
    for seed in range(60):
        w = some_world(seed)
        for told in filter(None, (ruled(w, rule) for rule in RULES)):
            for name, there in _seen(told).items():
                seen[name] += there
    assert min(seen.values()) > 0, seen


def _seen(told: Ruled) -> dict[str, bool]:
    caught = told.found.surely - told.sure.keys()
    return {
        "caught": bool(caught),
        "perhaps": bool(told.found.possibly - told.found.surely - told.maybe),
        "control": any(not told.rule.meets(told.found.low.get(c, Decimal(0))) for c in caught),
        "rebutted": bool(told.rebutted),
        "votes": any(s.votes and set(s.holders) & told.found.surely for s in told.slots),
        "joint": bool(told.joints),
        "pooled": bool(told.found.pooled),
    }
