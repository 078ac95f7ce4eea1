"""What a rule of events.toml matches and what it leaves alone, and deals before, within and after the day of a level."""

from __future__ import annotations

import pytest

from knockon.model.interval import Holds
from knockon.testing import claims, world

LEVEL = "acme holds 60% of bolt since 2020 (registry, 2024-01-01)\n"
SOLD = "acme sells 10% of bolt to cog on 2024-06-01 (acme)\n"


def count(text: str, word: str, on: str, known: str | None = None) -> int:
    return len(world(text, on=on, known=known).states(word))


def stakes(text: str, on: str = "2024-07-01", known: str | None = None) -> dict[str, str]:
    found = world(text, on=on, known=known).states("holds_shares", "holds_interest", object="bolt")
    return {s.subject: f"{s.low}..{s.high}" if s.low != s.high else str(s.low) for s in found}


@pytest.mark.parametrize(
    ("listed", "delisted", "left"),
    [
        ("", "", 0),
        (" for blocking under E.O. 1", "", 0),
        ("", " for blocking under E.O. 1", 0),
        (" for blocking", " for sectoral", 1),
        (" for blocking under E.O. 1", " for blocking under E.O. 1", 0),
        (" for blocking under E.O. 1", " for blocking under E.O. 2", 1),
        (" for blocking under E.O. 1", " for blocking", 0),
    ],
)
def test_a_delisting_ends_the_listing_whose_words_it_shares(listed: str, delisted: str, left: int) -> None:
    text = f"us-ofac designates acme{listed} on 2024-05-01 (us-ofac)\nus-ofac delists acme{delisted} on 2025-02-01 (us-ofac)"
    assert [count(text, "designates", day) for day in ("2025-01-31", "2025-02-01", "2026-01-01")] == [1, left, left]


def test_an_event_counts_only_where_it_is_known_and_is_named_as_what_closed() -> None:
    text = "us-ofac designates acme on 2024-05-01 (us-ofac)\nus-ofac delists acme on 2025-02-01 (us-ofac, 2025-02-10)"
    assert [count(text, "designates", "2025-02-05", day) for day in ("2025-02-09", "2025-02-10")] == [1, 0]
    [state] = world(text, on="2025-01-31", known="2025-03-01").states("designates")
    assert (str(state.end), state.closed_by) == ("2025-02-01", (claims(text)[1].id,))


@pytest.mark.parametrize(
    "ender",
    [
        "gl-2 supersedes gl-1 on 2025-02-01 (us-ofac)",
        "us-ofac revokes gl-1 on 2025-02-01 (us-ofac)",
        "gl-1 expires on 2025-02-01 (us-ofac)",
    ],
)
def test_a_licence_ends_with_what_it_covers_and_excludes(ender: str) -> None:
    text = (
        "us-ofac issues gl-1 on 2024-05-01 (us-ofac)\nus-ofac issues gl-2 on 2025-01-01 (us-ofac)\n"
        "gl-1 covers acme for retail on 2024-05-01 (us-ofac)\ngl-1 excludes retail for bolt on 2024-05-01 (us-ofac)\n"
        "gl-2 covers acme for retail on 2025-01-01 (us-ofac)\n" + ender
    )
    for word in ("issues", "covers", "excludes"):
        before, after = (
            {s.object if word == "issues" else s.subject for s in world(text, on=day).states(word)}
            for day in ("2025-01-31", "2025-02-01")
        )
        assert before - after == {"gl-1"}
        assert ("gl-2" in after) == (word != "excludes")


def test_a_supersession_that_only_the_press_tells_ends_nothing() -> None:
    text = "us-ofac issues gl-1 on 2024-05-01 (us-ofac)\nus-ofac issues gl-2 on 2025-01-01 (us-ofac)\n"
    assert count(text + "gl-2 supersedes gl-1 on 2025-01-01 (paper)", "issues", "2025-06-01") == 2
    assert count(text + "gl-2 supersedes gl-1 on 2025-01-01 (us-ofac)", "issues", "2025-06-01") == 1


@pytest.mark.parametrize(
    ("end", "left"),
    [
        ("acme no longer holds_shares bolt on 2024-06-01 (acme)", []),
        ("acme no longer holds_interest bolt on 2024-06-01 (acme)", ["", "lot"]),
        ("acme no longer holds_shares cog on 2024-06-01 (acme)", ["", "lot"]),
        ("planned: acme no longer holds_shares bolt on 2024-06-01 (acme)", ["", "lot"]),
        ("acme ends bolt what=holds_shares stake=other on 2024-06-01 (acme)", ["lot"]),
        ("acme ends bolt on 2024-06-01 (acme)", []),
    ],
)
def test_the_end_of_a_stake(end: str, left: list[str]) -> None:
    """An end without the label of a stake ends all of them; a stake without a label fits any."""
    text = f"{LEVEL}acme holds 5% of bolt as lot since 2020 (registry, 2024-01-01)\n{end}"
    found = [s.qualifiers.get("stake", "") for s in world(text, on="2024-07-01").states("holds_shares")]
    assert sorted(found) == left
    assert count(text, "holds_shares", "2024-05-31") == 2


@pytest.mark.parametrize(
    ("deal", "told"),
    [
        (SOLD, {"acme": "50", "cog": "10"}),
        ("cog buys 10% of bolt from acme on 2024-06-01 (cog)", {"acme": "50", "cog": "10"}),
        ("acme sells 80% of bolt on 2024-06-01 (acme)", {}),
        ("acme sells 10..20% of bolt on 2024-06-01 (acme)", {"acme": "40..50"}),
        ("acme sells bolt on 2024-06-01 (acme)", {"acme": "60"}),
        ("planned: acme sells 10% of bolt on 2024-06-01 (acme)", {"acme": "60"}),
        ("denied: acme sells 10% of bolt on 2024-06-01 (acme)", {"acme": "60"}),
        (SOLD + "acme sells 10% of bolt to cog on 2024-06-15 (acme)", {"acme": "40", "cog": "20"}),
    ],
)
def test_a_deal_moves_both_sides(deal: str, told: dict[str, str]) -> None:
    assert stakes(LEVEL + deal) == told


@pytest.mark.parametrize(
    ("day", "acme"),
    [
        ("2023-06-01", "60"),  # before the level was told: it is in it
        ("2024-01-01", "60"),
        ("2024-01-02", "50"),
        ("2024-01", "50..60"),  # some day of the month in which the level was told
        ("2024-02", "50"),
        ("2024-07", "50..60"),  # the month has begun, the deal perhaps not
        ("2024-08-01", "60"),  # announced for later
        ("2024-08", "60"),
    ],
)
def test_a_deal_counts_after_the_day_of_the_level(day: str, acme: str) -> None:
    assert stakes(f"{LEVEL}acme sells 10% of bolt on {day} (acme, 2024-06-20)", "2024-07-10")["acme"] == acme


@pytest.mark.parametrize(
    ("day", "acme"),
    [("2023-12-31", "60"), ("2024-02-01", "50..60"), ("2024-03-01", "50..60"), ("2024-03-02", "50")],
)
def test_a_level_as_of_a_day_vouches_for_that_day_alone(day: str, acme: str) -> None:
    level = "acme holds 60% of bolt since ..2023-12-31 (registry, 2024-03-01)\n"
    assert stakes(f"{level}acme sells 10% of bolt on {day} (acme, 2024-04-01)")["acme"] == acme


def test_a_deal_counts_only_where_it_is_known() -> None:
    told = LEVEL + "acme sells 10% of bolt on 2024-06-01 (acme, 2024-06-20)"
    assert [stakes(told, known=day)["acme"] for day in ("2024-06-19", "2024-06-20")] == ["60", "50"]


def test_a_buyer_without_a_stake_begins_one_and_a_seller_without_one_does_not() -> None:
    [state] = world(SOLD, on="2024-07-01").states("holds_shares")
    [deal] = claims(SOLD)
    assert (state.subject, str(state.value), str(state.start)) == ("cog", "10 %", "2024-06-01")
    assert state.because == (deal.id,)


def test_a_moved_stake_rests_on_its_level_and_the_deal() -> None:
    level, deal = claims(LEVEL + SOLD)
    [state] = world(LEVEL + SOLD, on="2024-07-01").states("holds_shares", subject="acme")
    assert state.because == state.needs == (level.id, deal.id)
    assert state.newest == deal.known


@pytest.mark.parametrize(
    ("level", "of", "word"),
    [
        ("acme holds an interest of 60% in bolt since 2020 (r, 2024-01-01)", "", "holds_interest"),
        (LEVEL, "", "holds_shares"),
        (LEVEL + "acme holds an interest of 60% in bolt since 2020 (r, 2024-01-01)", "", "holds_shares"),
        (
            LEVEL + "acme holds an interest of 60% in bolt since 2020 (r, 2024-01-01)",
            " of=holds_interest",
            "holds_interest",
        ),
    ],
)
def test_a_deal_is_about_the_kind_of_stake_that_is_there(level: str, of: str, word: str) -> None:
    w = world(f"{level}\nacme sells bolt 10 %{of} on 2024-06-01 (acme)", on="2024-07-01")
    assert {s.predicate for s in w.states("holds_shares", "holds_interest") if s.low == 50} == {word}


def test_a_buyer_sells_on_what_it_bought() -> None:
    on_again = "cog sells 4% of bolt to zed on 2024-06-15 (cog)\n"
    assert stakes(LEVEL + SOLD + on_again) == {"acme": "50", "cog": "6", "zed": "4"}
    assert stakes(LEVEL + SOLD + "cog sells 10% of bolt to zed on 2024-06-15 (cog)") == {"acme": "50", "zed": "10"}


def test_a_stake_begins_with_the_first_deal_that_counts_whatever_the_order_of_the_claims() -> None:
    told = [
        "cog buys 10% of bolt on 2024-06-04 (cog, 2024-05-01)",
        "cog buys 5% of bolt on 2024-09-01 (cog, 2024-05-01)",
    ]
    for text in ("\n".join(told), "\n".join(reversed(told))):
        [state] = world(text, on="2024-07-01").states("holds_shares", object="bolt")
        assert (str(state.start), state.holds, state.low) == ("2024-06-04", Holds.SURELY, 10)


@pytest.mark.parametrize(
    ("again", "left"),
    [
        ("acme sells 10% of bolt to cog on 2024-06 (paper, 2024-07-01)", {"acme": "50", "cog": "10"}),
        ("acme sells 20% of bolt to cog on 2024-06-01 (paper, 2024-07-01)", {"acme": "40..50", "cog": "10..20"}),
        ("acme sells 5% of bolt to cog on 2024-06-20 (paper, 2024-07-01)", {"acme": "45", "cog": "15"}),
    ],
)
def test_one_deal_told_twice_moves_a_stake_once(again: str, left: dict[str, str]) -> None:
    assert stakes(LEVEL + SOLD + again, on="2024-08-01") == left


def test_a_supposed_deal_moves_what_was_said_after_its_day_and_a_told_one_does_not() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-06-01)"
    deal = "acme sells 20% of bolt to cog on 2024-03-01"
    told = world(f"{text}\n{deal} (registry, said 2024-03-01)", on="2024-07-01")
    laid = world(text, on="2024-07-01", suppose=deal)
    assert [str(s.value) for s in told.states("holds_shares", subject="acme")] == ["60 %"]
    assert [str(s.value) for s in laid.states("holds_shares", subject="acme")] == ["40 %"]
