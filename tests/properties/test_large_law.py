"""What the columns make of a world under every rule is what the small engine makes of it; and what stands near a party suffices for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import PARTIES, days, laid, name_claims, some_claims, spoken

from knockon.analyses.cascade import reach
from knockon.analyses.large import claims_at, near, verdicts
from knockon.analyses.proofs import proofs
from knockon.analyses.regimes import rules_on
from knockon.analyses.ruled import ruled
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.world import World
from knockon.world.columns import BILLION, names_of

RULES = rules_on(date(2026, 1, 1))
MEASURES = ("blocking", "asset_freeze", "sectoral", "transaction_ban")


@st.composite
def ties(draw: st.DrawFn) -> Claim:
    """Control, joint arrangements, findings that rebut control, listings by several authorities, planned and linked stakes."""
    one, other = draw(st.permutations(PARTIES).map(lambda p: p[:2]))
    word = draw(st.sampled_from(["controls", "acts_jointly", "rebuts_control", "designates", "designates", "linked_to"]))
    said = draw(spoken(first=date(2018, 1, 1), last=date(2020, 1, 1)))
    authority = draw(st.sampled_from(["us-ofac", "eu", "uk", "ca", "ch"]))
    if word in ("rebuts_control", "designates"):
        said["said_by"] = (authority,)
    qualifiers = {
        "acts_jointly": (("over", other),) if draw(st.booleans()) else (),
        "rebuts_control": (("test", draw(st.sampled_from(["control", "both"]))),),
        "designates": (("measure", draw(st.sampled_from(MEASURES))),),
        "linked_to": (("role", "subsidiary"),),
    }.get(word, ())
    subject = authority if word in ("rebuts_control", "designates") else one
    return Claim(subject=EntityId(subject), predicate=word, object=EntityId(other), qualifiers=qualifiers, **said)


WORLDS = st.tuples(
    some_claims(most=14), st.lists(ties(), min_size=1, max_size=8), st.lists(name_claims(), max_size=2), some_claims(most=2),
    days(date(2021, 1, 1), date(2023, 1, 1)),
)  # fmt: skip


def made(parts: tuple[list[Claim], list[Claim], list[Claim], list[Claim], date]) -> World:
    told, tied, names, over, day = parts
    return laid([*told, *tied, *names], on=day, known=day, supposed=tuple(over))


@settings(max_examples=40)
@given(WORLDS)
def test_the_columns_say_what_the_small_engine_says(parts: tuple[list[Claim], list[Claim], list[Claim], list[Claim], date]) -> None:
    w = made(parts)
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


@settings(max_examples=30)
@given(WORLDS)
def test_what_stands_near_a_party_gives_its_verdict_and_a_proof_of_the_same_size(
    parts: tuple[list[Claim], list[Claim], list[Claim], list[Claim], date]
) -> None:
    w = made(parts)
    for rule in RULES:
        small = ruled(w, rule)
        for party in {w.names.root(EntityId(p)) for p in PARTIES}:
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
