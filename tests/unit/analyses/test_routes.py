"""By which routes a state exports, how much of it crosses another state, and what is left beside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knockon import reference
from knockon.analyses.room import room
from knockon.analyses.routes import Routes, routes
from knockon.errors import Refused
from knockon.model.ids import EntityId
from knockon.testing import world
from knockon.world import World

LAND = EntityId("land")
COURSES = """
pipe crosses next (m, 2020-01-01)
north crosses next (m, 2020-01-01)
port located_in land (m, 2020-01-01)
far located_in next (m, 2020-01-01)
east crosses other (m, 2020-01-01)
"""
SPLIT = (
    COURSES
    + """
land exports 46 Mt of oil via pipe in 2024 (ministry, 2025-01-20)
land exports 30 Mt of oil via port in 2024 (ministry, 2025-01-20)
land exports 24 Mt of oil via east in 2024 (ministry, 2025-01-20)
"""
)


def asked(text: str, on: str = "2025-06-01") -> Routes:
    return routes(world(text, on=on), LAND)


def share(found: Routes, route: str) -> Decimal | None:
    return {r.route: r.share for r in found.by_route}[EntityId(route)]


def through(found: Routes, state: str) -> Decimal:
    return {t.state: t.share for t in found.through}[EntityId(state)]


def test_shares_are_of_the_routes_of_one_statement() -> None:
    found = asked(SPLIT)
    assert (share(found, "pipe"), share(found, "port"), through(found, "next")) == (46, 30, 46)
    assert (found.total, found.unit, found.speaker) == (100, "Mt", "ministry")


def test_a_part_is_not_added_and_counts_where_it_crosses() -> None:
    found = asked(
        SPLIT
        + "land exports 10 Mt via=far commodity=oil scope=part_x in 2024 (ministry, 2025-01-20)\nfar is part of port (m, 2020-01-01)"
    )
    assert found.total == 100
    assert share(found, "far") == 10
    assert through(found, "next") == 56
    assert {r.route: r.part_of for r in found.by_route}[EntityId("far")] == "port"


def test_a_part_that_is_not_told_widens_only_the_upper_bound() -> None:
    text = (
        SPLIT + "far is part of port (m, 2020-01-01)\nland exports 9 Mt of oil via far in 2023 (ministry, 2024-01-20)"
    )
    found = next(t for t in asked(text).through if t.state == "next")
    assert (found.share, found.low, found.high) == (46, 46, 76)


def test_periods_and_speakers_are_never_mixed() -> None:
    text = (
        SPLIT
        + "land exports 90 Mt of oil via pipe in 2023 (ministry, 2024-01-20)\nland exports 1 Mt of oil via north in 2024 (agency, 2025-01-20)"
    )
    found = asked(text)
    assert {r.route for r in found.by_route} == {"pipe", "port", "east"}
    assert len(found.excluded) == 2


def test_the_newest_period_that_is_told_whole_is_chosen() -> None:
    text = (
        SPLIT
        + """
    land exports 50 Mt of oil via pipe in 2025-01 (ministry, 2025-02-20)
    land exports 50 Mt of oil via port in 2025-01 (ministry, 2025-02-20)
    """
    )
    assert asked(text).period == "2025-01-01..2025-02-01"
    assert asked(text, on="2025-02-01").period == "2024-01-01..2025-01-01"


def test_a_statement_that_falls_short_of_the_told_total_leaves_routes_out() -> None:
    text = (
        SPLIT
        + """
    land exports 1 Mt of oil via port in 2025 (agency, 2026-01-20)
    land exports 2 Mt of oil via east in 2025 (agency, 2026-01-20)
    land exports 78.7 Mt of oil in 2025 (ministry, 2026-01-20)
    """
    )
    found = asked(text, on="2026-06-01")
    assert found.period == "2024-01-01..2025-01-01"
    assert {why for _, why in found.excluded if "missing" in why} == {"tells 3 of 78.7 Mt: routes are missing"}


def test_one_route_alone_is_refused_with_the_reason() -> None:
    with pytest.raises(Refused) as fault:
        asked("land exports 46 Mt of oil via pipe in 2024 (ministry, 2025-01-20)")
    assert "one route only" in fault.value.hint
    with pytest.raises(Refused):
        asked("else exports 46 Mt of oil via pipe in 2024 (ministry, 2025-01-20)")


def test_about_and_more_than_keep_their_bounds() -> None:
    text = (
        COURSES
        + """
    land exports ~46.0 Mt of oil via pipe in 2024 (ministry, 2025-01-20)
    land exports >4 Mt of oil via east in 2024 (ministry, 2025-01-20)
    """
    )
    found = {r.route: r for r in asked(text).by_route}
    pipe, east = found[EntityId("pipe")], found[EntityId("east")]
    assert (pipe.share, pipe.share_low) == (92, None)
    assert pipe.share_high is not None
    assert pipe.share_high > 92
    assert (east.share, east.share_high) == (8, None)
    assert east.share_low is not None
    assert east.share_low < 8


def test_a_route_of_untold_course_is_named_and_widens_the_bound() -> None:
    text = SPLIT + "land exports 100 Mt of oil via rail in 2024 (ministry, 2025-01-20)"
    found = asked(text)
    assert found.unknown == ("rail",)
    crossing = next(t for t in found.through if t.state == "next")
    assert (crossing.share, crossing.high) == (23, 73)


def test_a_destination_is_no_route() -> None:
    found = asked(SPLIT + "land exports 5 Mt of oil to away in 2024 (ministry, 2025-01-20)")
    assert found.total == 100
    assert [why for _, why in found.excluded] == ["a destination: away"]


def test_another_word_on_the_same_days_is_a_conflict() -> None:
    found = asked(SPLIT + "land exports 40 Mt of oil via pipe in 2024 (agency, 2025-01-20)")
    assert len(found.conflicts) == 1


def test_planned_exports_are_no_exports() -> None:
    text = (
        SPLIT
        + "planned: land exports 50 Mt of oil via pipe in 2025 (ministry, 2025-01-20)\nplanned: land exports 50 Mt of oil via port in 2025 (ministry, 2025-01-20)"
    )
    assert asked(text).period == "2024-01-01..2025-01-01"


def test_the_order_of_claims_changes_nothing() -> None:
    lines = [line for line in SPLIT.splitlines() if line.strip()]
    assert asked("\n".join(lines)) == asked("\n".join(reversed(lines)))


def test_old_figures_are_stale() -> None:
    assert not asked(SPLIT, on="2026-12-01").stale
    assert asked(SPLIT, on="2027-06-01").stale


# ------------------------------------------------------------------ room
def test_room_is_capacity_less_a_whole_year_of_all_shippers() -> None:
    text = SPLIT + "pipe has a capacity of 60 Mt/y (o, 2025-01-20)\npipe carries 50 Mt of oil in 2024 (o, 2025-01-20)"
    found = room(world(text, on="2025-06-01"), EntityId("pipe"), LAND)
    assert (found.low, found.high, found.use) == (10, 10, "all shippers")


def test_one_states_use_gives_only_an_upper_bound() -> None:
    found = room(
        world(SPLIT + "pipe has a capacity of 60 Mt/y (o, 2025-01-20)", on="2025-06-01"), EntityId("pipe"), LAND
    )
    assert (found.low, found.high, found.use) == (None, 14, "this state only")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("pipe carries 50 Mt of oil in 2024 (o, 2025-01-20)", "nobody tells its capacity"),
        (
            "pipe has a capacity of 60 Mt/y (o, 2025-01-20)\npipe carries 5 Mt of oil in 2025-01 (o, 2025-02-20)",
            "part of a year",
        ),
        (
            "pipe capacity 60 Mt/y part=north (o, 2025-01-20)\npipe carries 50 Mt of oil in 2024 (o, 2025-01-20)",
            "for a part only: north",
        ),
        (
            "pipe has a capacity of 60 bcm/y (o, 2025-01-20)\npipe carries 50 Mt of oil in 2024 (o, 2025-01-20)",
            "not comparable",
        ),
    ],
)
def test_room_is_refused_with_its_reason(text: str, why: str) -> None:
    found = room(world(text, on="2025-06-01"), EntityId("pipe"), LAND)
    assert found.low is None
    assert found.refused is not None
    assert why in found.refused


def test_barrels_and_tonnes_compare_through_the_stated_factor() -> None:
    text = "pipe has a capacity of 1000 kb/d (o, 2025-01-20)\npipe carries 36.5 Mt of oil in 2024 (o, 2025-01-20)"
    found = room(world(text, on="2025-06-01"), EntityId("pipe"), LAND)
    assert (found.high, found.unit) == (Decimal(267), "kb/d")
    assert "7.33" in found.note


# ------------------------------------------------------------------ the reference world
def test_how_kazakh_oil_left_in_2024() -> None:
    with reference.ledger() as ledger:
        w = World(ledger, on=date(2025, 11, 11))
        found = routes(w, EntityId("kazakhstan"))
        assert all(w.claim(c).known <= w.known for c in found.because)
    assert (found.period, str(found.said_on), found.total) == ("2024-01-01..2024-11-01", "2024-11-24", Decimal("57.6"))
    assert round(share(found, "cpc") or 0, 1) == Decimal("80.4")
    assert round(through(found, "russia"), 1) == Decimal("95.7")
    crossing = next(t for t in found.through if t.state == "russia")
    assert set(crossing.by) == {"cpc", "atyrau_samara", "makhachkala"}
    assert {r.route: r.part_of for r in found.by_route}[EntityId("makhachkala")] == "aktau"
