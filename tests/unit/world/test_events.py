"""Events and acts turned into states: what ends, what grows and shrinks, and from which day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knockon.model.interval import Holds
from knockon.testing import world

LISTED = "us-ofac is an authority (list)\nus-ofac designates acme for blocking on 2024-01-01 (us-ofac)\n"


def listed(text: str, on: str) -> list[Holds]:
    return [s.holds for s in world(LISTED + text, on=on).states("designates")]


@pytest.mark.parametrize(("on", "holds"), [
    ("2023-12-31", []), ("2024-01-01", [Holds.SURELY]), ("2024-05-31", [Holds.SURELY]), ("2024-06-01", []), ("2025-01-01", []),
])  # fmt: skip
def test_a_listing_holds_from_its_day_to_its_delisting(on: str, holds: list[Holds]) -> None:
    assert listed("us-ofac delists acme for blocking on 2024-06-01 (us-ofac)", on) == holds


def test_a_delisting_seen_between_two_editions_has_an_uncertain_day() -> None:
    text = "us-ofac delists acme on 2024-06-01..2024-06-10 (us-ofac, 2024-06-10)"
    days = ("2024-05-31", "2024-06-05", "2024-06-10")
    holds = [[s.holds for s in world(LISTED + text, on=on, known="2024-07-01").states("designates")] for on in days]
    assert holds == [[Holds.SURELY], [Holds.POSSIBLY], []]


def test_listing_again_begins_again() -> None:
    again = "us-ofac delists acme for blocking on 2024-06-01 (us-ofac)\nus-ofac designates acme for blocking on 2024-09-01 (us-ofac)"
    assert listed(again, "2024-08-01") == []
    assert listed(again, "2024-10-01") == [Holds.SURELY]


@pytest.mark.parametrize("other", [
    "us-ofac delists bolt for blocking on 2024-06-01 (us-ofac)",
    "uk delists acme for blocking on 2024-06-01 (uk)",
    "us-ofac delists acme for sectoral on 2024-06-01 (us-ofac)",
    "planned: us-ofac delists acme for blocking on 2024-06-01 (us-ofac)",
    "denied: us-ofac delists acme for blocking on 2024-06-01 (us-ofac)",
])  # fmt: skip
def test_another_delisting_ends_nothing(other: str) -> None:
    assert listed("uk is an authority (list)\n" + other, "2024-07-01") == [Holds.SURELY]


LICENCE = "us-ofac is an authority (list)\nus-ofac issues gl-1 on 2024-01-01 (us-ofac)\ngl-1 covers acme for retail since 2024-01-01 (us-ofac)\n"


@pytest.mark.parametrize("end", [
    "us-ofac issues gl-2 on 2024-06-01 (us-ofac)\ngl-2 supersedes gl-1 on 2024-06-01 (us-ofac)",
    "us-ofac revokes gl-1 on 2024-06-01 (us-ofac)",
    "gl-1 expires on 2024-06-01 (us-ofac)",
])  # fmt: skip
def test_a_licence_ends_when_it_is_replaced_revoked_or_run_out(end: str) -> None:
    for on, there in (("2024-05-31", True), ("2024-06-01", False)):
        w = world(LICENCE + end, on=on)
        assert bool(w.states("covers", subject="gl-1")) is there
        assert bool(w.states("issues", object="gl-1")) is there


def test_an_end_that_became_known_later_is_a_later_claim() -> None:
    end = "gl-1 expires on 2024-06-01 (us-ofac, 2024-07-01)"
    assert world(LICENCE + end, on="2024-06-15", known="2024-06-15").states("covers")
    assert not world(LICENCE + end, on="2024-06-15", known="2024-07-01").states("covers")


def stake(text: str, who: str, on: str = "2024-12-01") -> tuple[Decimal | None, Decimal | None] | None:
    found = world(text, on=on).states("holds_shares", subject=who)
    return (found[0].low, found[0].high) if found else None


DEAL = "acme holds 60% of bolt since 2020 (registry, 2023-01-01)\nacme sells 20% of bolt to eve on 2024-06-01 (registry, 2024-06-02)"


def test_a_sale_moves_a_part_from_one_to_another_on_its_day() -> None:
    assert stake(DEAL, "acme", "2024-05-31") == (Decimal(60), Decimal(60))
    assert stake(DEAL, "acme") == (Decimal(40), Decimal(40))
    assert stake(DEAL, "eve") == (Decimal(20), Decimal(20))


def test_a_deal_told_twice_or_from_both_sides_counts_once() -> None:
    twice = (
        DEAL
        + "\nacme sells 20% of bolt to eve on 2024-06-01 (daily, 2024-06-03)\neve buys 20% of bolt from acme on 2024-06-01 (eve, 2024-06-02)"
    )
    assert stake(twice, "acme") == (Decimal(40), Decimal(40))
    assert stake(twice, "eve") == (Decimal(20), Decimal(20))


def test_a_level_told_after_the_deal_has_it_in_it() -> None:
    assert stake(DEAL + "\nacme holds 40% of bolt (registry, 2024-09-01)", "acme") == (Decimal(40), Decimal(40))


def test_a_deal_on_an_uncertain_day_leaves_both_readings_open() -> None:
    text = "acme holds 60% of bolt since 2020 (registry, 2023-01-01)\nacme sells 20% of bolt on 2024 (registry, 2024-12-31)"
    w = world(text, on="2024-06-01", known="2025-01-01")
    assert [(s.low, s.high) for s in w.states("holds_shares", subject="acme")] == [(Decimal(40), Decimal(60))]


def test_selling_all_leaves_no_stake() -> None:
    assert stake(DEAL.replace("20%", "60%"), "acme") is None


@pytest.mark.parametrize(
    ("deal", "bounds"), [("buys 70%", (Decimal(100), Decimal(100))), ("buys 5%", (Decimal(65), Decimal(65)))]
)
def test_a_deal_never_leads_beyond_the_whole(deal: str, bounds: tuple[Decimal, Decimal]) -> None:
    assert (
        stake(f"acme holds 60% of bolt (registry, 2023-01-01)\nacme {deal} of bolt on 2024-06-01 (registry)", "acme")
        == bounds
    )


def test_outage_and_resumption() -> None:
    text = "pipe is out on 2024-03-01 (daily)\npipe resumes on 2024-03-10 (daily)"
    days = ("2024-02-28", "2024-03-01", "2024-03-09", "2024-03-10")
    assert [len(world(text, on=on).states("outage")) for on in days] == [0, 1, 1, 0]
