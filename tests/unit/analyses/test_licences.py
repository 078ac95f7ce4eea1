"""Which licence allows what, for whom, under which authority, and until which instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from knockon import reference
from knockon.analyses.licences import coverage, licences
from knockon.errors import Refused
from knockon.ledger import Ledger
from knockon.model.ids import EntityId
from knockon.model.interval import Holds
from knockon.testing import world
from knockon.world import World

GL = """
us-ofac issues gl-1 on 2025-10-22 (us-ofac)
gl-1 covers bolt for project_dealings since 2025-10-22 (us-ofac)
"""


def verdict(w: World, target: str, activity: str = "project_dealings", authority: str = "us-ofac") -> str:
    return coverage(w, EntityId(target), activity, EntityId(authority)).verdict


# ------------------------------------------------------------------ activities
@pytest.mark.parametrize(
    ("given", "asked", "expected"),
    [
        ("project_dealings", "project_dealings", "covered"),
        ("project_dealings", "petroleum_services", "covered"),
        ("project_dealings", "sale_of_interests", "not covered"),
        ("petroleum_services", "project_dealings", "not covered"),
        ("negotiation", "sale_of_interests", "not covered"),
        ("sale_of_interests", "sale_of_interests", "covered"),
        ("all_transactions", "sale_of_interests", "covered"),
        ("all_transactions", "retail", "covered"),
        ("retail", "project_dealings", "not covered"),
        ("group_dealings", "project_dealings", "covered"),
        ("group_dealings", "sale_of_interests", "not covered"),
        ("maintenance", "wind_down", "not covered"),
    ],
)
def test_a_wider_activity_gives_the_narrower_and_never_a_sale_that_it_does_not_name(
    given: str, asked: str, expected: str
) -> None:
    w = world(
        f"us-ofac issues gl-1 on 2025-10-22 (us-ofac)\ngl-1 covers bolt for {given} since 2025-10-22 (us-ofac)",
        on="2025-11-11",
    )
    assert verdict(w, "bolt", asked) == expected


def test_an_unknown_activity_is_refused_with_the_words_there_are() -> None:
    with pytest.raises(Refused) as fault:
        verdict(world(GL, on="2025-11-11"), "bolt", "project_dealing")
    assert "project_dealings" in fault.value.hint


def test_an_exclusion_wins_inside_its_licence_and_not_inside_another() -> None:
    text = (
        GL
        + "gl-1 excludes sale_of_interests for bolt (us-ofac, 2025-10-22)\ngl-1 covers bolt for all_transactions since 2025-10-22 (us-ofac)"
    )
    assert verdict(world(text, on="2025-11-11"), "bolt", "sale_of_interests") == "not covered"
    assert verdict(world(text, on="2025-11-11"), "bolt", "retail") == "covered"
    text += "\nus-ofac issues gl-2 on 2025-11-01 (us-ofac)\ngl-2 covers bolt for sale_of_interests since 2025-11-01 (us-ofac)"
    found = coverage(world(text, on="2025-11-11"), EntityId("bolt"), "sale_of_interests", EntityId("us-ofac"))
    assert (found.verdict, found.licences) == ("covered", ("gl-2",))


def test_an_excluded_sale_is_not_opened_by_leave_to_wind_down() -> None:
    text = GL + (
        "gl-1 excludes sale_of_interests for bolt (us-ofac, 2025-10-22)\n"
        "us-ofac issues gl-9 on 2025-10-22 (us-ofac)\ngl-9 covers bolt for wind_down winding down since 2025-10-22 (us-ofac)"
    )
    assert verdict(world(text, on="2025-11-11"), "bolt", "sale_of_interests") == "not covered"


def test_a_scope_that_nobody_told_cannot_be_told() -> None:
    w = world(
        "us-ofac issues gl-1 on 2025-10-22 (us-ofac)\ngl-1 covers bolt since 2025-10-22 (us-ofac)", on="2025-11-11"
    )
    assert verdict(w, "bolt") == "cannot tell"


# ------------------------------------------------------------------ days and instants
WIND_DOWN = """
us-ofac issues gl-9 on 2025-10-22 (us-ofac)
gl-9 covers acme for wind_down reaching owned_50 winding down since 2025-10-22 until 2025-11-21T00:01 America/New_York (us-ofac)
"""


def test_the_day_of_a_clock_end_is_already_outside() -> None:
    assert verdict(world(WIND_DOWN, on="2025-11-20"), "acme", "wind_down") == "covered"
    assert verdict(world(WIND_DOWN, on="2025-11-21"), "acme", "wind_down") == "not covered"
    ended = licences(world(WIND_DOWN, on="2025-11-21"))[0]
    assert (ended.state, ended.ended, str(ended.until)) == ("ended", "expired", "2025-11-21T00:01 America/New_York")
    assert coverage(world(WIND_DOWN, on="2025-11-21"), EntityId("acme"), "wind_down", EntityId("us-ofac")).lapsed == (
        "gl-9",
    )


def test_the_instant_is_shown_in_utc_too() -> None:
    found = coverage(world(WIND_DOWN, on="2025-11-11"), EntityId("acme"), "wind_down", EntityId("us-ofac"))
    assert "2025-11-21 05:01 UTC" in found.reason


def test_a_day_in_a_doubtful_end_is_undetermined() -> None:
    text = "uk issues gl-1 on 2025-10-15 (uk)\ngl-1 covers bolt for project_dealings since 2025-10-15 until 2025-11-28..2025-11-29 (uk)"
    assert [verdict(world(text, on=f"2025-11-{d}"), "bolt", authority="uk") for d in (27, 28, 29)] == [
        "covered",
        "undetermined",
        "not covered",
    ]


def test_a_less_exact_later_word_does_not_blur_the_instant() -> None:
    text = (
        WIND_DOWN
        + "gl-9 covers acme for wind_down winding down since 2025-10-22 until 2025-11-21..2025-11-22 (news < us-ofac, 2025-10-29)"
    )
    found = licences(world(text, on="2025-11-11"))[0].activities[0]
    assert str(found.until) == "2025-11-21T00:01 America/New_York"
    assert found.reaches == "owned_50"
    assert verdict(world(text, on="2025-11-21"), "acme", "wind_down") == "not covered"


def test_a_later_word_that_is_silent_on_owned_entities_does_not_take_them_back() -> None:
    text = WIND_DOWN + (
        "gl-9 covers acme for wind_down winding down since 2025-10-22 until 2025-11-21T00:01 America/New_York (news < us-ofac, 2025-10-29)\n"
        "acme holds 60% of bolt since 2020 (registry)"
    )
    found = coverage(world(text, on="2025-11-11"), EntityId("bolt"), "wind_down", EntityId("us-ofac"))
    assert found.verdict == "covered"


def test_a_later_word_that_is_silent_on_the_end_does_not_take_it_back() -> None:
    text = WIND_DOWN + "gl-9 covers acme for wind_down winding down since 2025-10-22 (news < us-ofac, 2025-10-29)"
    assert licences(world(text, on="2025-11-11"))[0].until is not None


def test_a_prolonged_licence_ends_on_its_new_day_for_those_who_know_it() -> None:
    text = """
    uk issues gl-1 on 2025-11-14 (uk)
    gl-1 covers bolt for payments_contracts since 2025-11-14 until 2026-02-14 (uk)
    gl-1 covers bolt for payments_contracts since 2025-11-14 until 2026-08-13 (uk, 2026-02-11)
    """
    assert str(licences(world(text, on="2026-01-01"))[0].until) == "2026-02-14"
    assert str(licences(world(text, on="2026-03-01"))[0].until) == "2026-08-13"


def test_a_renewed_term_after_a_gap_leaves_the_gap() -> None:
    text = """
    uk issues gl-1 on 2025-01-10 (uk)
    gl-1 covers bolt for project_dealings since 2025-01-10 until 2025-06-28 (uk)
    gl-1 covers bolt for project_dealings since 2025-10-15 until 2027-10-14 (uk)
    """
    days = ("2025-02-01", "2025-08-01", "2025-11-11")
    assert [verdict(world(text, on=d), "bolt", authority="uk") for d in days] == ["covered", "not covered", "covered"]


def test_ends_that_clash_leave_the_days_between_open() -> None:
    text = """
    us-ofac issues gl-1 on 2025-11-14 (us-ofac)
    gl-1 covers bolt for retail since 2025-11-14 until 2026-02-28 (a < us-ofac)
    gl-1 covers bolt for retail since 2025-11-14 until 2026-04-29 (b < us-ofac)
    """
    assert [verdict(world(text, on=d), "bolt", "retail") for d in ("2026-01-01", "2026-03-15", "2026-05-01")] == [
        "covered",
        "undetermined",
        "not covered",
    ]
    assert len(licences(world(text, on="2026-01-01"))[0].against) == 1


# ------------------------------------------------------------------ ends of licences
def test_a_superseded_licence_says_by_which() -> None:
    text = GL + "us-ofac issues gl-2 on 2025-11-14 (us-ofac)\ngl-2 supersedes gl-1 on 2025-11-14 (us-ofac)"
    found = {x.licence: x for x in licences(world(text, on="2025-11-15"))}
    assert (found["gl-1"].ended, found["gl-1"].superseded_by) == ("superseded by gl-2", "gl-2")
    assert found["gl-1"].holds is Holds.NOT
    assert verdict(world(text, on="2025-11-13"), "bolt") == "covered"
    assert verdict(world(text, on="2025-11-15"), "bolt") == "not covered"


def test_a_revoked_licence_is_over_and_nobody_is_sanctioned_again() -> None:
    text = GL + "us-ofac revokes gl-1 on 2025-11-01 (us-ofac)"
    assert licences(world(text, on="2025-11-11"))[0].ended == "revoked"


def test_a_replacement_that_is_only_likely_is_pending_and_ends_nothing() -> None:
    w = world(GL + "possible: gl-2 supersedes gl-1 on 2025-11-14 (us-ofac)", on="2025-11-15")
    assert licences(w, "us-ofac")[0].holds is Holds.SURELY
    assert len(licences(w, "us-ofac")[0].pending) == 1


def test_a_licence_that_has_not_begun_is_not_yet() -> None:
    w = world(
        "us-ofac issues gl-1 on 2025-11-30 (us-ofac, 2025-11-01)\ngl-1 covers bolt for retail since 2025-11-30 (us-ofac, 2025-11-01)",
        on="2025-11-11",
    )
    assert licences(w)[0].state == "not yet"
    assert verdict(w, "bolt", "retail") == "not covered"


# ------------------------------------------------------------------ who speaks
def test_press_cannot_make_a_licence() -> None:
    w = world(
        "us-ofac issues gl-1 on 2025-10-22 (us-ofac)\ngl-1 covers bolt for project_dealings since 2025-10-22 (gazette)",
        on="2025-11-11",
    )
    assert verdict(w, "bolt") == "not covered"
    assert len(licences(w)[0].pending) == 1


def test_one_authority_never_opens_the_law_of_another() -> None:
    w = world(GL, on="2025-11-11")
    assert verdict(w, "bolt", authority="uk") == "not covered"
    assert coverage(w, EntityId("bolt"), "retail", EntityId("uk")).searched == ()


def test_an_office_answers_for_the_regime_for_which_it_speaks() -> None:
    text = """
    uk-ofsi speaks for uk (registry, 2020-01-01)
    uk-ofsi issues int-1 on 2025-10-15 (uk-ofsi)
    int-1 covers bolt for project_dealings since 2025-10-15 (uk-ofsi)
    """
    w = world(text, on="2025-11-11")
    assert licences(w)[0].authority == "uk"
    assert verdict(w, "bolt", authority="uk") == verdict(w, "bolt", authority="uk-ofsi") == "covered"
    assert verdict(w, "bolt", authority="us-ofac") == "not covered"


# ------------------------------------------------------------------ whom a licence reaches
LISTED = "us-ofac designates acme for blocking on 2025-10-22 (us-ofac)\n"


def test_a_project_is_named_by_its_field_or_by_its_venture() -> None:
    text = GL + "bolt develops deep (registry, 2020-01-01)"
    assert verdict(world(text, on="2025-11-11"), "deep") == "covered"
    other = GL.replace("covers bolt", "covers deep") + "bolt develops deep (registry, 2020-01-01)"
    assert verdict(world(other, on="2025-11-11"), "bolt") == "covered"


def test_one_partner_that_develops_a_field_is_not_the_project() -> None:
    text = (
        GL.replace("covers bolt", "covers deep")
        + "firm develops deep (registry, 2020-01-01)\nfirm is a company (registry, 2020-01-01)"
    )
    assert verdict(world(text, on="2025-11-11"), "firm") == "not covered"


def test_a_part_goes_with_the_whole_and_not_the_whole_with_a_part() -> None:
    text = GL + "jetty is part of bolt (registry, 2020-01-01)\nbolt is part of all_of_it (registry, 2020-01-01)"
    w = world(text, on="2025-11-11")
    assert verdict(w, "jetty") == "covered"
    assert verdict(w, "all_of_it") == "not covered"


def test_leave_to_wind_down_is_not_leave_to_go_on() -> None:
    w = world(LISTED + WIND_DOWN + "acme holds 13% of bolt since 2020 (registry)", on="2025-11-11")
    found = coverage(w, EntityId("bolt"), "project_dealings", EntityId("us-ofac"))
    assert (found.verdict, found.licences, found.parties) == ("wind-down only", ("gl-9",), ("acme",))
    assert verdict(w, "bolt", "wind_down") == "covered"


@pytest.mark.parametrize(("share", "how"), [("50", "owned"), ("49.99", "so far as the party is in it")])
def test_exactly_half_is_owned_where_the_licence_says_half(share: str, how: str) -> None:
    from knockon.analyses.links import links

    w = world(LISTED + WIND_DOWN + f"acme holds {share}% of bolt since 2020 (registry)", on="2025-11-11")
    assert [k.how for k in links(w, EntityId("bolt"), EntityId("us-ofac"), (EntityId("acme"),))] == [how]


def test_leave_for_one_of_two_blocked_parties_is_not_leave_for_both() -> None:
    text = (
        LISTED
        + WIND_DOWN
        + "acme holds 10% of bolt since 2020 (registry)\nother holds 10% of bolt since 2020 (registry)\n"
    )
    assert verdict(world(text, on="2025-11-11"), "bolt", "wind_down") == "covered"
    text += "us-ofac designates other for blocking on 2025-10-22 (us-ofac)"
    assert verdict(world(text, on="2025-11-11"), "bolt", "wind_down") == "not covered"


def test_a_stake_that_may_reach_half_leaves_an_owned_target_undetermined() -> None:
    text = """
    us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    gl-1 covers acme for all_transactions reaching owned_50 since 2025-10-22 (us-ofac)
    acme holds 40..60% of bolt since 2020 (registry)
    """
    assert verdict(world(text, on="2025-11-11"), "bolt") == "undetermined"


def test_not_covered_names_what_was_searched() -> None:
    found = coverage(world(GL, on="2025-11-11"), EntityId("else"), "retail", EntityId("us-ofac"))
    assert found.searched == ("gl-1",)
    assert "1 licence(s)" in found.reason


# ------------------------------------------------------------------ the reference world, day by day
@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with reference.ledger() as made:
        yield made


DAYS = [
    # on, target, us-ofac: go on, uk: go on
    ("2025-10-21", "karachaganak", "not covered", "covered"),
    ("2025-11-11", "tco", "covered", "covered"),
    ("2025-11-11", "cpc", "covered", "covered"),
    ("2025-11-11", "tengiz", "covered", "covered"),
    ("2025-11-11", "karachaganak", "wind-down only", "covered"),
    ("2025-11-11", "kpo", "wind-down only", "covered"),
    ("2025-11-11", "turgai", "wind-down only", "wind-down only"),
    ("2025-11-11", "kalamkas_khazar_operating", "wind-down only", "wind-down only"),
    ("2025-11-11", "lukoil_international", "wind-down only", "wind-down only"),
    ("2025-11-11", "rosneft_deutschland", "covered", "covered"),
    ("2025-11-14", "karachaganak", "covered", "covered"),
    ("2025-11-15", "karachaganak", "covered", "covered"),
    ("2025-11-15", "turgai", "wind-down only", "wind-down only"),
    ("2025-11-21", "turgai", "not covered", "wind-down only"),
    ("2025-12-01", "karachaganak", "covered", "covered"),
    ("2025-12-01", "turgai", "not covered", "not covered"),
    ("2025-12-01", "lukoil_international", "wind-down only", "covered"),
]


@pytest.mark.parametrize(("on", "target", "us", "uk"), DAYS)
def test_what_goes_on_by_day_and_authority(ledger: Ledger, on: str, target: str, us: str, uk: str) -> None:
    w = World(ledger, on=date.fromisoformat(on))
    assert (verdict(w, target), verdict(w, target, authority="uk")) == (us, uk)


@pytest.mark.parametrize("target", ["tco", "cpc", "karachaganak", "kpo"])
@pytest.mark.parametrize(
    ("on", "expected"), [("2025-11-11", "wind-down only"), ("2025-11-15", "not covered"), ("2025-12-01", "not covered")]
)
def test_no_us_licence_ever_lets_a_stake_be_sold(ledger: Ledger, target: str, on: str, expected: str) -> None:
    assert verdict(World(ledger, on=date.fromisoformat(on)), target, "sale_of_interests") == expected


def test_the_sale_is_only_excluded_once_somebody_said_so(ledger: Ledger) -> None:
    found = {x.licence: x for x in licences(World(ledger, on=date(2025, 11, 14)))}
    assert found["us-gl-124b"].exclusions == ()
    found = {x.licence: x for x in licences(World(ledger, on=date(2025, 11, 15)))}
    assert {e.target for e in found["us-gl-124b"].exclusions} == {"cpc", "tco", "karachaganak"}


def test_nothing_of_later_days_is_known(ledger: Ledger) -> None:
    names = {x.licence for x in licences(World(ledger, on=date(2025, 11, 11)))}
    assert not names & {"us-gl-124b", "us-gl-128a", "us-gl-130", "us-gl-131"}
    assert {x.licence for x in licences(World(ledger, on=date(2025, 10, 21)), "us-ofac")} == {"us-gl-124"}


def test_no_us_licence_of_22_october_outlives_its_instant(ledger: Ledger) -> None:
    found = {x.licence: x for x in licences(World(ledger, on=date(2025, 12, 1)), "us-ofac")}
    for name in ("us-gl-126", "us-gl-127"):
        assert (found[name].state, str(found[name].until)) == ("ended", "2025-11-21T00:01 America/New_York")


def test_gl_131_is_for_talks_and_upkeep_and_not_for_the_sale(ledger: Ledger) -> None:
    w = World(ledger, on=date(2025, 12, 1))
    asked = ("negotiation", "maintenance", "wind_down", "sale_of_interests")
    assert [verdict(w, "lukoil_international", a) for a in asked] == ["covered", "covered", "covered", "not covered"]


def test_every_covered_answer_names_claims_that_were_public(ledger: Ledger) -> None:
    w = World(ledger, on=date(2025, 11, 11))
    for licence in licences(w):
        assert licence.because
        assert all(w.claim(c).known <= w.known for c in licence.because)


# ------------------------------------------------------------------ "owned", as the licence's own authority counts
def _reaching(authority: str, word: str, more: str, on: str = "2025-11-11") -> str:
    text = f"{authority} issues l-1 on 2025-10-22 ({authority})\nl-1 covers acme for all_transactions reaching {word} since 2025-10-22 ({authority})\n"
    return verdict(world(text + more, on=on), "bolt", authority=authority)


@pytest.mark.parametrize(
    ("authority", "word", "share", "expected"),
    [
        ("us-ofac", "owned_50", "50", "covered"),
        ("us-ofac", "owned_50", "49.99", "not covered"),
        ("uk", "owned_or_controlled", "50", "not covered"),
        ("uk", "owned_or_controlled", "50.01", "covered"),
        ("eu", "owned_or_controlled", "50", "covered"),
    ],
)
def test_owned_is_counted_by_the_rule_of_the_licence_s_authority(
    authority: str, word: str, share: str, expected: str
) -> None:
    assert _reaching(authority, word, f"acme holds {share}% of bolt since 2020 (registry)") == expected


def test_an_authority_whose_ownership_rule_nobody_recorded_leaves_it_undetermined() -> None:
    assert _reaching("xx-board", "owned_50", "acme holds 90% of bolt since 2020 (registry)") == "undetermined"
    assert _reaching("xx-board", "owned_50", "other holds 90% of bolt since 2020 (registry)") == "not covered"


def test_a_word_for_owned_that_is_not_known_is_never_surely_reached() -> None:
    assert _reaching("us-ofac", "affiliates", "acme holds 90% of bolt since 2020 (registry)") == "undetermined"


def test_control_reaches_only_where_the_licence_says_controlled_and_the_authority_has_a_control_test() -> None:
    control = "acme controls bolt (registry, 2020-01-01)"
    assert _reaching("uk", "owned_or_controlled", control) == "covered"
    assert _reaching("uk", "owned_50", control) == "not covered"
    assert _reaching("us-ofac", "owned_or_controlled", control) == "not covered"


def test_control_that_the_authority_found_to_be_absent_reaches_nobody() -> None:
    text = "acme controls bolt (registry, 2020-01-01)\nuk rebuts_control bolt holder=acme since 2025-10-01 (uk)"
    assert _reaching("uk", "owned_or_controlled", text) == "not covered"
    assert _reaching("uk", "owned_or_controlled", text.replace("2025-10-01", "2025-12-01")) == "covered"


TWO_NAMED = """
{a} issues l-1 on 2025-10-22 ({a})
l-1 covers acme for all_transactions reaching {word} since 2025-10-22 ({a})
l-1 covers other for all_transactions reaching {word} since 2025-10-22 ({a})
acme holds 30% of bolt since 2020 (registry)
other holds 30% of bolt since 2020 (registry)
"""


def test_stakes_of_two_named_parties_are_added_where_the_authority_adds_them() -> None:
    for authority, word, expected in (
        ("us-ofac", "owned_50", "covered"),
        ("uk", "owned_or_controlled", "not covered"),
    ):
        w = world(TWO_NAMED.format(a=authority, word=word), on="2025-11-11")
        assert verdict(w, "bolt", authority=authority) == expected


def test_two_that_hold_jointly_count_as_one_under_the_uk_rule() -> None:
    text = TWO_NAMED.format(a="uk", word="owned_or_controlled") + "acme acts_jointly other (registry, 2020-01-01)"
    w = world(text, on="2025-11-11")
    found = coverage(w, EntityId("bolt"), "retail", EntityId("uk"))
    assert found.verdict == "covered"
    assert {"acts_jointly", "holds_shares", "covers", "issues"} == {w.claim(c).predicate for c in found.because}


def test_where_two_are_needed_the_answer_names_both_covers() -> None:
    w = world(TWO_NAMED.format(a="us-ofac", word="owned_50"), on="2025-11-11")
    said = [w.claim(c) for c in coverage(w, EntityId("bolt"), "retail", EntityId("us-ofac")).because]
    assert {c.object for c in said if c.predicate == "covers"} == {"acme", "other"}


# ------------------------------------------------------------------ one authority, and the licences of another
@pytest.mark.parametrize(
    "line",
    [
        "uk revokes gl-1 on 2025-11-01 (uk)",
        "uk issues uk-1 on 2025-11-01 (uk)\nuk-1 supersedes gl-1 on 2025-11-01 (uk)",
        "uk issues gl-1 on 2025-11-01 (uk)",
        "gl-1 no longer covers bolt on 2025-11-01 (gazette)",
        "uk no longer covers bolt on 2025-11-01 (uk)",
    ],
)
def test_nobody_ends_the_licence_of_another_authority(line: str) -> None:
    assert verdict(world(GL + line, on="2025-11-11"), "bolt") == "covered"


def test_a_supposed_revocation_by_another_authority_ends_nothing_either() -> None:
    assert verdict(world(GL, on="2025-11-11", suppose="uk revokes gl-1 on 2025-11-01"), "bolt") == "covered"
    assert verdict(world(GL, on="2025-11-11", suppose="us-ofac revokes gl-1 on 2025-11-01"), "bolt") == "not covered"


def test_the_paragraph_is_kept_and_its_claim_named() -> None:
    text = GL + "gl-1 covers bolt activity=project_dealings paragraph=(a)(2) since 2025-10-22 (us-ofac, 2025-10-30)"
    w = world(text, on="2025-11-11")
    cover = licences(w)[0].activities[0]
    assert cover.paragraph == "(a)(2)"
    assert "(a)(2)" in {w.claim(c).qualifier("paragraph") for c in cover.because}
