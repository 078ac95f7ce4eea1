"""Which assets a sanction touches, by which share and volume; and what a pipeline carries from exposed fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from knockon import reference
from knockon.analyses.exposure import Exposure, exposures, hits
from knockon.analyses.reaches import reaches
from knockon.analyses.volumes import volumes
from knockon.ledger import Ledger
from knockon.model.ids import EntityId
from knockon.testing import world
from knockon.world import World

LISTED = "us-ofac designates acme for blocking on 2024-05-01 (us-ofac)\n"


def only(text: str, asset: str, on: str = "2025-06-01") -> Exposure:
    return {x.asset: x for x in exposures(world(text, on=on))}[EntityId(asset)]


def test_a_small_stake_exposes_and_does_not_block() -> None:
    found = only(LISTED + "acme holds 5% of bolt since 2020 (registry)", "bolt")
    assert (found.percent_low, found.percent_high) == (5, 5)
    assert [(h.entity, h.status) for h in found.holders] == [("acme", (("us-ofac", "designated"),))]


def test_the_share_of_a_field_is_the_share_of_its_venture() -> None:
    text = (
        LISTED
        + "acme holds 50% of mid since 2020 (r)\nmid holds 10% of bolt since 2020 (r)\nbolt develops deep (r, 2020-01-01)"
    )
    found = only(text, "deep")
    assert (found.percent_low, found.percent_high) == (5, 5)
    assert {h.via for h in found.holders if h.entity == "acme"} == {("mid", "bolt")}


def test_a_chain_inside_a_longer_one_counts_once() -> None:
    found = only(LISTED + "acme holds 100% of mid since 2020 (r)\nmid holds 12.5% of bolt since 2020 (r)", "bolt")
    assert {h.entity for h in found.holders} == {"acme", "mid"}
    assert found.percent_high == Decimal("12.5")


def test_what_a_listed_party_holds_is_all_its_own_whoever_holds_part_of_it() -> None:
    text = (
        LISTED
        + "us-ofac designates top for blocking on 2024-05-01 (us-ofac)\ntop holds 10% of acme since 2020 (r)\nacme holds 54% of bolt since 2020 (r)"
    )
    assert only(text, "bolt").percent_high == 54


def test_two_listed_parties_are_added_and_never_above_the_whole() -> None:
    text = (
        LISTED
        + "us-ofac designates zeta for blocking on 2024-05-01 (us-ofac)\nacme holds 12.5% of bolt since 2020 (r)\nzeta holds 7.5% of bolt since 2020 (r)"
    )
    assert only(text, "bolt").percent_high == 20


def test_a_party_whose_status_is_open_counts_in_the_upper_bound_only() -> None:
    text = (
        LISTED
        + "acme holds 12.5% of bolt since 2020 (r)\nvent is linked to acme as joint_venture (r, 2024-01-01)\nvent holds 7.5% of bolt since 2020 (r)"
    )
    found = only(text, "bolt")
    assert (found.percent_low, found.percent_high) == (Decimal("12.5"), 20)


def test_a_stake_without_a_number_has_none_and_makes_no_amount() -> None:
    text = LISTED + "acme holds an interest in deep (r, 2024-01-01)\ndeep produces 20 Mt of oil in 2024 (m, 2025-01-20)"
    found = only(text, "deep")
    assert (found.percent_low, found.percent_high) == (None, None)
    assert [(v.share_low, v.share_high) for v in found.volumes] == [(None, None)]


def test_a_stake_told_once_with_and_once_without_its_number_is_one() -> None:
    text = (
        LISTED
        + "acme holds 10% of bolt since 2020 (r)\nbolt develops deep (r, 2020-01-01)\nacme holds an interest in deep (news, 2024-01-01)"
    )
    assert only(text, "deep").percent_high == 10


def test_a_state_is_no_asset() -> None:
    w = world(
        LISTED + "land is a state (r, 2020-01-01)\nacme holds an interest in land (news, 2024-01-01)", on="2025-06-01"
    )
    assert exposures(w) == ()


def test_a_restriction_that_blocks_nothing_exposes_nothing() -> None:
    w = world(
        "us-ofac designates acme for sectoral on 2014-09-12 (us-ofac)\nacme holds 5% of bolt since 2020 (r)",
        on="2025-06-01",
    )
    assert hits(w) == {}
    assert exposures(w) == ()


def test_exposure_can_be_asked_of_one_authority() -> None:
    text = (
        LISTED
        + "uk designates zeta for asset_freeze on 2024-05-01 (uk)\nacme holds 5% of bolt since 2020 (r)\nzeta holds 5% of cog since 2020 (r)"
    )
    w = world(text, on="2025-06-01")
    assert [x.asset for x in exposures(w)] == ["bolt", "cog"]
    assert [x.asset for x in exposures(w, EntityId("uk"))] == ["cog"]


def test_what_is_not_licensed_is_said_for_each_authority_that_blocks() -> None:
    text = LISTED + (
        "uk designates acme for asset_freeze on 2024-05-01 (uk)\nacme holds 5% of bolt since 2020 (r)\n"
        "uk issues int-1 on 2024-05-01 (uk)\nint-1 covers bolt for project_dealings since 2024-05-01 (uk)"
    )
    found = only(text, "bolt")
    assert [(line.authority, line.licence) for line in found.licences] == [("uk", "int-1")]
    missing = {(c.authority, c.activity) for c in found.not_licensed}
    assert ("us-ofac", "project_dealings") in missing
    assert ("uk", "project_dealings") not in missing
    assert ("uk", "sale_of_interests") in missing


def test_leave_to_deal_in_a_partys_debt_says_nothing_of_its_fields() -> None:
    text = LISTED + (
        "acme holds 5% of bolt since 2020 (r)\nus-ofac issues gl-7 on 2024-05-01 (us-ofac)\n"
        "gl-7 covers acme for debt_equity winding down since 2024-05-01 (us-ofac)"
    )
    assert only(text, "bolt").licences == ()


# ------------------------------------------------------------------ volumes
def test_the_newest_whole_year_and_the_newest_other_figure_are_shown() -> None:
    text = """
    deep produces 20 Mt of oil in 2022 (m, 2023-01-20)
    deep produces 22 Mt of oil in 2023 (m, 2024-01-20)
    deep produces 30 kt/d of oil in 2025-03 (m, 2025-04-02)
    """
    found = volumes(world(text, on="2025-06-01"), EntityId("deep"))
    assert [str(v.said) for v in found] == ["30 kt/d", "22 Mt"]


def test_amounts_keep_the_bounds_of_share_and_volume() -> None:
    w = world("deep produces 35..35.5 kt/d of oil in 2025-03 (m, 2025-04-02)", on="2025-06-01")
    found = volumes(w, EntityId("deep"), Decimal(10), Decimal(20))[0]
    assert (found.share_low, found.share_high, found.unit) == (Decimal("3.5"), Decimal("7.1"), "kt/d")
    most = volumes(
        world("deep produces <=8 bcm/y of gas in 2024 (m, 2025-01-20)", on="2025-06-01"),
        EntityId("deep"),
        Decimal(10),
        Decimal(10),
    )[0]
    assert (most.share_low, most.share_high) == (None, Decimal("0.8"))


# ------------------------------------------------------------------ what a pipeline carries from exposed fields
def test_periods_are_not_mixed() -> None:
    text = (
        LISTED
        + """
    acme holds 10% of deep since 2020 (r)
    pipe carries 40 Mt of oil in 2023 (o, 2024-01-20)
    pipe carries 10 Mt of oil from deep in 2024 (o, 2025-01-20)
    """
    )
    assert reaches(world(text, on="2025-06-01")) == ()


def test_fields_without_a_listed_party_are_not_behind() -> None:
    text = (
        LISTED
        + """
    acme holds 10% of deep since 2020 (r)
    pipe carries 40 Mt of oil in 2024 (o, 2025-01-20)
    pipe carries 10 Mt of oil from deep in 2024 (o, 2025-01-20)
    pipe carries 20 Mt of oil from clean in 2024 (o, 2025-01-20)
    """
    )
    found = reaches(world(text, on="2025-06-01"))[0]
    assert ([f.field for f in found.fields], found.share_low, found.own_share_low) == (["deep"], 25, Decimal("2.5"))


# ------------------------------------------------------------------ the reference world
@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with reference.ledger() as made:
        yield made


@pytest.fixture(scope="module")
def november(ledger: Ledger) -> dict[str, Exposure]:
    return {x.asset: x for x in exposures(_on(ledger, "2025-11-11"))}


def _on(ledger: Ledger, day: str) -> World:
    return World(ledger, on=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("asset", "low", "high"),
    [
        ("tco", "5", "5"),
        ("tengiz", "5", "5"),
        ("kpo", "13.5", "13.5"),
        ("karachaganak", "13.5", "13.5"),
        ("cpc", "12.5", "20"),
        ("turgai", "50", "50"),
    ],
)
def test_shares_on_the_day_of_the_report(november: dict[str, Exposure], asset: str, low: str, high: str) -> None:
    assert (november[asset].percent_low, november[asset].percent_high) == (Decimal(low), Decimal(high))


def test_no_one_at_turgai_is_newer_than_the_stake_that_was_told(november: dict[str, Exposure]) -> None:
    assert all(h.stale for h in november["turgai"].holders)


def test_the_uk_licence_stands_beside_the_missing_us_one(november: dict[str, Exposure]) -> None:
    found = november["karachaganak"]
    going_on = {line.authority for line in found.licences if "project_dealings" in line.activities}
    assert going_on == {"uk"}
    missing = {(c.authority, c.activity): c.verdict for c in found.not_licensed}
    assert missing[EntityId("us-ofac"), "project_dealings"] == "wind-down only"
    wind_down = next(line for line in found.licences if line.wind_down and line.authority == "us-ofac")
    assert (wind_down.licence, str(wind_down.until)) == ("us-gl-126", "2025-11-21T00:01 America/New_York")


def test_four_days_later_karachaganak_goes_on_and_is_still_exposed(ledger: Ledger) -> None:
    found = {x.asset: x for x in exposures(_on(ledger, "2025-11-15"))}["karachaganak"]
    assert found.percent_high == Decimal("13.5")
    assert {(c.authority, c.activity) for c in found.not_licensed if c.activity == "project_dealings"} == set()
    assert ("us-ofac", "sale_of_interests") in {(c.authority, c.activity) for c in found.not_licensed}


def test_before_the_us_measure_only_the_uk_exposes(ledger: Ledger) -> None:
    for found in exposures(_on(ledger, "2025-10-21")):
        assert {a for h in found.holders for a, _ in h.status} == {"uk"}


def test_what_cpc_carried_in_2024_from_fields_with_a_part_of_a_listed_party(ledger: Ledger) -> None:
    found = {r.asset: r for r in reaches(_on(ledger, "2025-11-11"))}[EntityId("cpc")]
    assert found.behind_low == Decimal("36.64")
    assert round(found.share_low or 0, 1) == Decimal("58.1")
    assert round(found.own_share_low or 0, 1) == Decimal("4.2")
    assert {f.field for f in found.fields} == {"tengiz", "karachaganak"}


def test_every_exposure_rests_on_claims_that_were_public(ledger: Ledger, november: dict[str, Exposure]) -> None:
    w = _on(ledger, "2025-11-11")
    for found in november.values():
        assert found.because
        assert all(w.claim(c).known <= w.known for c in found.because)
