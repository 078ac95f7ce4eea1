"""Voices, ages and conflicts behind an answer."""

from __future__ import annotations

import pytest

from knockon.analyses.corroboration import corroboration, voice
from knockon.errors import UnknownClaim
from knockon.model.ids import EntityId
from knockon.testing import claims, world
from knockon.world import World


def _all(w: World, *words: str) -> list[str]:
    return [c.id for c in w.told(*words)]


def test_two_reports_of_one_origin_are_one_voice_and_the_chains_stay() -> None:
    w = world(
        """
        acme holds 60% of bolt (gazette < registry, said 2024-01-01)
        acme holds 60% of bolt (herald < wire < registry, said 2024-02-01)
        """,
        on="2024-06-01",
    )
    (statement,) = corroboration(w, _all(w, "holds_shares")).statements
    assert statement.voices == ("registry",)
    assert statement.single_origin
    assert [c.said_by for c in statement.chains] == [("gazette", "registry"), ("herald", "wire", "registry")]


def test_a_spokesman_and_his_office_are_one_voice() -> None:
    w = world(
        """
        acme holds 60% of bolt (gazette < ann, said 2024-01-01)
        acme holds 60% of bolt (herald < office, said 2024-02-01)
        ann speaks for office
        office speaks for bolt
        """,
        on="2024-06-01",
    )
    assert corroboration(w, _all(w, "holds_shares")).voices == ("bolt",)


def test_speakers_who_speak_for_each_other_are_one_voice() -> None:
    w = world("ann speaks for bob\nbob speaks for ann")
    assert voice(w, EntityId("ann")) == voice(w, EntityId("bob"))


def test_what_the_ledger_knows_besides_the_answer_counts_as_support() -> None:
    w = world(
        "acme holds 13% of bolt (gazette, said 2024-01-01)\nacme holds 13.5% of bolt (registry, said 2024-02-01)",
        on="2024-06-01",
    )
    one = [c.id for c in w.told("holds_shares") if c.origin == "gazette"]
    (statement,) = corroboration(w, one).statements
    assert statement.voices == ("gazette", "registry")
    assert not statement.single_origin


def test_values_that_do_not_agree_are_disputed_and_not_added_up() -> None:
    w = world(
        "acme holds 13% of bolt (gazette, said 2024-01-01)\nacme holds 40% of bolt (registry, said 2024-02-01)",
        on="2024-06-01",
    )
    found = corroboration(w, _all(w, "holds_shares"))
    assert len(found.statements) == 2
    assert set(found.disputed) == set(_all(w, "holds_shares"))


def test_a_denial_disputes_and_a_question_or_plan_supports_nothing() -> None:
    w = world(
        """
        ann position treaty "supports" (gazette, said 2024-01-01)
        denied: ann position treaty "supports" (herald, said 2024-01-02)
        planned: ann position treaty "supports" (wire, said 2024-01-03)
        asked: ann position treaty "supports" (courier, said 2024-01-04)
        """,
        on="2024-06-01",
    )
    stated = [c.id for c in w.counted("position")]
    (statement,) = corroboration(w, stated).statements
    assert statement.voices == ("gazette",)
    assert [w.claim(i).origin for i in statement.against] == ["herald"]


def test_age_runs_from_the_newest_voice_and_the_answer_is_as_old_as_its_oldest_statement() -> None:
    w = world(
        """
        acme holds 60% of bolt (registry, said 2005-01-01)
        acme holds 30% of cask (registry, said 2024-05-01)
        acme holds 30% of cask (gazette, said 2024-05-31)
        """,
        on="2024-06-01",
    )
    found = corroboration(w, _all(w, "holds_shares"))
    assert [(s.object, s.age_days, s.stale) for s in found.statements] == [("bolt", 7091, True), ("cask", 1, False)]
    assert str(found.newest) == "2024-05-31"
    assert str(found.weakest) == "2005-01-01"
    assert [w.claim(i).object for i in found.stale] == ["bolt"]


def test_one_event_told_with_a_day_and_with_a_month_is_one_statement() -> None:
    w = world(
        "ann visits borduria on 2024-03-04 (gazette, said 2024-03-05)\nann visits borduria on 2024-03 (herald, said 2024-03-31)",
        on="2024-06-01",
    )
    (statement,) = corroboration(w, _all(w, "visits")).statements
    assert statement.voices == ("gazette", "herald")


def test_one_stake_told_with_two_holders_is_an_alternative_and_no_conflict() -> None:
    w = world(
        "acme holds 5% of bolt as s1 (gazette, said 2024-01-01)\nacme_sub holds 5% of bolt as s1 (registry, said 2024-01-01)",
        on="2024-06-01",
    )
    found = corroboration(w, _all(w, "holds_shares"))
    assert len(found.statements) == 2
    assert found.disputed == ()


def test_a_claim_that_was_not_yet_said_carries_no_answer() -> None:
    w = world("acme holds 60% of bolt (registry, said 2024-07-01)", on="2024-06-01")
    (later,) = claims("acme holds 60% of bolt (registry, said 2024-07-01)")
    with pytest.raises(UnknownClaim, match="does not see"):
        corroboration(w, [later.id])


def test_no_claims_no_voices() -> None:
    found = corroboration(world(""), [])
    assert (found.statements, found.voices, found.newest, found.weakest) == ((), (), None, None)
