"""A world is a read-only view: what is laid over it is written nowhere, and claims are found by the start of their ids."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knockon.errors import UnknownClaim, UnknownPredicate
from knockon.ledger import Ledger
from knockon.ledger.verify import verify
from knockon.testing import claims, world
from knockon.world import World

TOLD = claims("acme holds 60% of bolt since 2020 (registry)\nbolt develops deep (paper)")
MORE = claims('zed holds 30% of bolt since 2020 (registry)\nzed is called "Zed"\nzed is the same as acme')
ON = date(2025, 1, 1)


def test_nothing_laid_over_a_world_is_written(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add(TOLD)
    before = path.read_bytes()
    with Ledger.read(path) as ledger:
        plain = World(ledger, on=ON)
        for laid in (
            World(ledger, on=ON, supposed=MORE),
            plain.supposing(MORE),
            plain.hearing(MORE, {"line:registry": "R"}),
        ):
            assert len(laid.told("holds_shares")) == 2
            assert {s.subject for s in laid.states("holds_shares")} == {"acme"}  # one and the same, in this world alone
            assert laid.name("zed") == "Zed"
            assert laid.fingerprint != plain.fingerprint
            assert laid.claim(MORE[0].id) == MORE[0]
        assert {s.subject for s in plain.states("holds_shares", "develops")} == {"acme", "bolt"}
        assert [s.value for s in plain.states("holds_shares")] == [TOLD[0].value]
        assert (plain.name("zed"), ledger.at, list(ledger.claims())) == ("zed", 2, list(TOLD))
        with pytest.raises(UnknownClaim):
            plain.claim(MORE[0].id)
        verify(ledger)
    assert path.read_bytes() == before


def test_a_world_with_nothing_supposed_is_the_same_world() -> None:
    with Ledger.memory() as ledger:
        ledger.add(TOLD)
        plain = World(ledger, on=ON)
        for same in (plain.supposing(()), plain.hearing(()), plain.supposing(TOLD), World(ledger, on=ON, heard=TOLD)):
            assert same.fingerprint == plain.fingerprint
            assert same.states("holds_shares", "develops") == plain.states("holds_shares", "develops")


def test_a_supposed_act_needs_no_authority_and_a_heard_one_does() -> None:
    act = claims("us-ofac designates acme on 2024-05-01 (paper)")
    with Ledger.memory() as ledger:
        ledger.add(TOLD)
        assert len(World(ledger, on=ON, supposed=act).states("designates")) == 1
        assert World(ledger, on=ON, heard=act).states("designates") == ()
        assert World(ledger, on=ON, supposed=act).is_supposed(act[0].id)
        assert not World(ledger, on=ON, heard=act).is_supposed(act[0].id)


def test_what_is_laid_over_is_seen_only_once_it_is_public() -> None:
    late = claims("zed holds 30% of bolt since 2020 (registry, 2025-06-01)")
    with Ledger.memory() as ledger:
        ledger.add(TOLD)
        early = World(ledger, on=ON, supposed=late)
        assert (len(early.told("holds_shares")), early.fingerprint) == (1, World(ledger, on=ON).fingerprint)
        assert len(World(ledger, on=ON, known=date(2025, 6, 1), supposed=late).told("holds_shares")) == 2


def test_known_and_at_bound_what_is_seen() -> None:
    with Ledger.memory() as ledger:
        ledger.add(TOLD)
        ledger.add(claims("zed holds 30% of bolt since 2020 (registry, 2025-06-01)"))
        seen = {
            (day, at): len(World(ledger, on=ON, known=day, at=at).told("holds_shares"))
            for day in (date(2025, 5, 31), date(2025, 6, 1))
            for at in (0, 2, 3)
        }
        assert list(seen.values()) == [0, 1, 1, 0, 1, 2]


def test_a_claim_is_found_by_the_start_of_its_id() -> None:
    with Ledger.memory() as ledger:
        ledger.add(TOLD)
        w = World(ledger, on=ON, supposed=MORE)
        for claim in (*TOLD, *MORE):
            for length in range(1, len(claim.id) + 1):
                prefix = claim.id[:length]
                fits = [c for c in (*TOLD, *MORE) if c.id.startswith(prefix)]
                if len(fits) == 1:
                    assert w.find(prefix) == claim
                else:
                    with pytest.raises(UnknownClaim, match="fits more than one"):
                        w.find(prefix)


@pytest.mark.parametrize("prefix", ["c_", "%", "C", "czzzzzzzzzzzzzzzzzzzzzzzzzz9", TOLD[0].id + "a", TOLD[0].id[1:]])
def test_a_prefix_that_fits_nothing(prefix: str) -> None:
    with Ledger.memory() as ledger:
        ledger.add(TOLD)
        with pytest.raises(UnknownClaim, match="no claim or line"):
            World(ledger, on=ON).find(prefix)


def test_a_title_comes_from_the_report_then_the_ledger_then_the_address() -> None:
    with Ledger.memory() as ledger:
        ledger.add(TOLD, titles={"line:registry": "A register"})
        w = World(ledger, on=ON)
        assert [w.source_title(s) for s in ("line:registry", "elsewhere")] == ["A register", "elsewhere"]
        assert w.hearing((), {"line:registry": "A report"}).source_title("line:registry") == "A report"


def test_merged_entities_are_asked_by_any_of_their_ids() -> None:
    w = world("bolt_llp is the same as bolt\nacme holds 60% of bolt_llp since 2020 (registry)")
    for name in ("bolt", "bolt_llp"):
        [state] = w.states("holds_shares", object=name)
        assert (state.object, len(w.told("holds_shares", object=name))) == ("bolt", 1)
        assert w.claim(state.claim).object == "bolt_llp"


def test_an_unknown_word_is_an_error_and_not_an_empty_answer() -> None:
    w = world("acme controls bolt (paper)")
    with pytest.raises(UnknownPredicate):
        w.states("owns")
    with pytest.raises(UnknownPredicate):
        w.told("owns")


def test_a_day_later_is_another_view_of_the_same_claims() -> None:
    w = world("acme holds 60% of bolt since 2024-05-01 (registry, 2024-04-01)", on="2024-04-30")
    later = w.on_day(date(2024, 5, 1))
    assert (len(w.states("holds_shares")), len(later.states("holds_shares"))) == (0, 1)
    assert (w.known, w.fingerprint) == (later.known, later.fingerprint)
