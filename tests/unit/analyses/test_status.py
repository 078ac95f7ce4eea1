"""What each authority's measures mean for a party: verdicts, bounds, what would change them, and what is no clearance."""

from __future__ import annotations

import pytest

from knockon.analyses.status import Effect, status
from knockon.testing import world
from knockon.world import World

LISTED = "us-ofac designates acme for blocking under E.O. 1 on 2024-05-01 (us-ofac)\n"
OFAC = "us-ofac"


def seen(text: str, party: str = "bolt", **days: str) -> Effect:
    return one(world(LISTED + text, **{"on": "2024-06-01", **days}), party)


def one(w: World, party: str, measure: str = "blocking") -> Effect:
    found = [e for e in status(w, w.entity(party)) if e.authority == OFAC and e.measure in (measure, "")]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("stake", "word"),
    [
        ("acme holds 50% of bolt since 2020 (registry)", "blocked by ownership"),
        (
            "acme holds 49.999999999% of bolt since 2020 (registry)\nzed holds 50.000000001% of bolt since 2020 (registry)",
            "part-owned by a sanctioned party",
        ),
        ("acme holds 30% of bolt since 2020 (registry)", "undetermined"),
        ("acme holds >50% of bolt since 2020 (registry)", "blocked by ownership"),
        ("acme holds ~50% of bolt since 2020 (registry)", "undetermined"),
        ("acme holds 40..60% of bolt since 2020 (registry)", "undetermined"),
        ("planned: acme holds 60% of bolt since 2020 (registry)", "undetermined"),
        ("bolt is linked to acme as subsidiary (registry)", "undetermined"),
        ("acme is linked to bolt as owner (registry)", "undetermined"),
        ("acme manages 60% of bolt since 2020 (registry)", "nothing found"),
        ("acme controls bolt since 2020 (registry)", "nothing found"),
        ("zed holds 100% of bolt since 2020 (registry)", "nothing found"),
    ],
)
def test_the_verdict_follows_the_stake(stake: str, word: str) -> None:
    assert seen(stake).status == word


def test_a_listed_part_and_unreported_owners_leave_those_below_in_doubt_too() -> None:
    chain = "acme holds 30% of bolt since 2020 (registry)\nbolt holds 60% of cog since 2020 (registry)\nzed holds 40% of cog since 2020 (registry)"
    assert seen(chain, "cog").status == "undetermined"
    assert seen(chain + "\nzed holds 70% of bolt since 2020 (registry)", "cog").status == "nothing found"


def test_one_stake_told_with_two_holders_counts_surely_only_if_both_are_caught() -> None:
    told = "acme holds 60% of bolt as block (registry, 2023-01-01)\nzed holds 60% of bolt as block (paper, 2023-02-01)"
    assert seen(told).status == "undetermined"
    assert seen(told + "\nus-ofac designates zed for blocking on 2024-05-01 (us-ofac)").status == "blocked by ownership"


def test_a_planned_small_stake_is_only_a_link() -> None:
    plan = "planned: acme holds 49.99% of bolt since 2021 (zed)\nplanned: zed holds 50.01% of bolt since 2021 (zed)"
    assert seen(plan).status == "linked to a sanctioned party"


def test_a_verdict_names_the_deal_that_moved_the_stake() -> None:
    w = world(LISTED + "acme holds 50% of bolt since 2020 (registry)\nzed holds 50% of bolt since 2020 (registry)", on="2024-06-01",
              suppose="acme sells 1% of bolt to zed on 2024-05-20")  # fmt: skip
    found = one(w, "bolt")
    assert (found.status, found.low, found.supposed) == ("part-owned by a sanctioned party", 49, True)
    assert any(w.is_supposed(c) for c in found.because)


def test_participating_interests_are_shown_and_not_counted() -> None:
    found = seen("acme holds an interest of 13.5% in bolt since 2020 (registry)")
    assert (found.status, found.low) == ("part-owned by a sanctioned party", found.high)
    assert seen("acme holds an interest of 60% in bolt since 2020 (registry)").status == "undetermined"


def test_a_sale_of_an_interest_moves_the_interest() -> None:
    told = "acme holds an interest of 13.5% in bolt since 2020 (registry)\nzed holds an interest of 10% in bolt since 2020 (registry)"
    w = world(LISTED + told, on="2024-06-01", suppose="acme sells 13.5% of bolt to zed on 2024-05-20")
    assert [(s.subject, str(s.low)) for s in w.states("holds_interest", object="bolt")] == [("zed", "23.5")]
    assert not w.states("holds_shares", object="bolt")
    assert one(w, "bolt").status == "nothing found"


def test_a_delisting_is_told_and_frees_what_was_caught() -> None:
    text = "acme holds 60% of bolt since 2020 (registry)\nus-ofac delists acme for blocking under E.O. 1 on 2024-05-20 (us-ofac)"
    assert seen(text, "acme").status == "delisted"
    assert seen(text).status == "nothing found"
    assert seen(text, on="2024-05-10", known="2024-06-01").status == "blocked by ownership"


def test_a_delisting_ends_a_listing_told_without_its_programme() -> None:
    text = "us-ofac designates acme for blocking on 2024-05-01 (outlet < us-ofac)\nus-ofac delists acme for blocking under E.O. 1 on 2024-05-20 (us-ofac)"
    assert seen(text, "acme").status == "delisted"


def test_what_the_press_tells_of_a_listing_is_neither_a_listing_nor_a_clearance() -> None:
    found = seen("us-ofac designates zed for blocking on 2024-05-02 (outlet)", "zed")
    assert found.status == "nothing found"
    assert len(found.pending) == 1
    assert not seen("us-ofac designates zed for blocking on 2024-07-02 (outlet, 2024-05-02)", "zed").pending


def test_nothing_found_says_what_was_searched() -> None:
    found = seen("zed holds 30% of bolt since 2020 (registry)")
    assert (found.searched, found.unreported) == (1, 70)
    other = next(e for e in status(world(LISTED), "bolt") if e.authority == "uk")
    assert "not applied" in other.note
