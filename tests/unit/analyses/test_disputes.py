"""Where a report and the ledger disagree, and where the ledger bears it out."""

from __future__ import annotations

from knockon.analyses.disputes import disputes, standing
from knockon.model.claim import Claim
from knockon.sources.lines import parse_lines
from knockon.testing import world
from knockon.world import World

KNOWN = """
kaz is a state
deep is a field
pipe is a pipeline
us-ofac designates acme for blocking on 2024-05-01 (us-ofac, 2024-05-02)
usa-government speaks for us-ofac
venture holds 7.5% of pipe (registry, 2024-01-01)
venture is linked to acme as joint_venture (registry, 2024-01-01)
pipe crosses kaz (registry, 2024-01-01)
us-ofac issues gl-1 on 2024-05-01 (us-ofac)
gl-1 covers bolt for all_transactions until 2024-09-01 (us-ofac, 2024-05-01)
"""


def heard(text: str) -> tuple[World, World, tuple[Claim, ...]]:
    before = world(KNOWN, on="2024-06-01")
    said = parse_lines(text)
    return before.hearing(said), before, said


def kinds(text: str) -> list[str]:
    after, before, said = heard(text)
    return [d.kind for d in disputes(after, before, said)]


def word(text: str) -> str:
    after, before, said = heard(text)
    return standing(before, said[0], disputes(after, before, said)).word


def test_a_stake_in_a_country_where_only_a_pipeline_is_known() -> None:
    assert kinds("acme holds an interest in kaz (paper, 2024-06-01)") == ["no field known"]


def test_no_dispute_where_a_field_is_known() -> None:
    _after, _before, said = heard("acme holds an interest in kaz (paper, 2024-06-01)")
    more = world(
        KNOWN
        + "acme holds 5% of oilco (registry, 2024-01-01)\noilco develops deep (registry, 2024-01-01)\ndeep located_in kaz",
        on="2024-06-01",
    )
    assert not disputes(more.hearing(said), more, said)


def test_another_end_of_a_licence() -> None:
    assert kinds("gl-1 covers bolt for all_transactions until 2024-08-01 (paper, 2024-06-01)") == ["other end"]
    assert kinds("gl-1 expires on 2024-08-01 (paper, 2024-06-01)") == ["other end"]
    assert not kinds("gl-1 covers bolt for all_transactions until 2024-09 (paper, 2024-06-01)")


def test_what_is_asked_or_planned_disputes_nothing() -> None:
    assert not kinds("asked: gl-1 expires on 2024-08-01 (paper, 2024-06-01)")


def test_an_act_of_the_government_is_borne_out_by_that_of_its_agency() -> None:
    assert word("usa-government designates acme on 2024-05 (paper, 2024-06-01)") == "confirmed"
    assert word("usa-government designates acme on 2024-01 (paper, 2024-06-01)") == "told only here"
    assert word("usa-government designates zed on 2024-05 (paper, 2024-06-01)") == "told only here"


def test_the_same_voice_bears_nothing_out() -> None:
    assert word("venture holds 7.5% of pipe (blog < registry, 2024-06-01)") == "told only here"
    assert word("venture holds 7.5% of pipe (paper, 2024-06-01)") == "confirmed"
