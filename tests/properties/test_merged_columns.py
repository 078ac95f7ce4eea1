"""The columns of a large world are the slots of a small one, whatever is merged: in the ledger or by supposition."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import PARTIES, STAKES, days, laid, some_claims
from tests.properties.test_columns import expected, rows_of

from knockon.model.claim import Claim
from knockon.testing import claims
from knockon.world.columns import columns

SAME = st.lists(st.tuples(st.sampled_from(PARTIES), st.sampled_from([*PARTIES, "zz", "a:1"])), min_size=1, max_size=3)
#: names of a slot that are ids of merged entities, of others, and of nobody
SLOTS = st.sampled_from([None, None, "acme", "bolt", "one", "a:1"])


@settings(max_examples=40)
@given(st.data(), some_claims(most=14), SAME, days(), days(date(2022, 1, 1)), some_claims(most=2), st.booleans())
def test_columns_are_the_slots_of_merged_entities(
    data: st.DataObject,
    told: list[Claim],
    pairs: list[tuple[str, str]],
    on: date,
    known: date,
    over: list[Claim],
    suppose: bool,
) -> None:
    some: list[Claim] = []
    for claim in told:
        name = data.draw(SLOTS) if claim.predicate in STAKES and claim.predicate != "controls" else None
        words = claim.to_dict()
        some.append(Claim.from_dict({**words, "qualifiers": {"stake": name}}) if name else claim)
    merged = claims("\n".join(f"{a} is the same as {b}" for a, b in pairs if a != b))
    supposed = tuple(over) if suppose else ()
    for w in (
        laid([*some, *merged], on=on, known=known, supposed=supposed),
        laid(some, on=on, known=known, supposed=(*merged, *supposed)),
    ):
        assert rows_of(w, columns(w, STAKES)) == expected(w)
