"""Trade by partner, rankings that never mix statistics unseen, and statements that figures contradict."""

from __future__ import annotations

from knockon.analyses.ties import ties
from knockon.testing import world

TYPES = """
borduria is a state
syldavia is a state
league is a union
"""
FIGURES = """
atlantis trades_with syldavia 43.8 bnUSD in 2024 (syldavian_customs, said 2025-01-20)
atlantis trades_with syldavia 30.1 bnUSD in 2024 (bank, said 2025-08-01)
atlantis trades_with borduria 28 bnUSD in 2024 (gazette < atlantis, said 2025-09-01)
atlantis trades_with borduria 26 bnUSD in 2022 (office, said 2023-03-01)
atlantis trades_with syldavia <24 bnUSD in 2022 (office, said 2023-03-01)
"""


def test_every_figure_of_the_period_stands_with_whose_it_is() -> None:
    found = ties(world(TYPES + FIGURES, on="2025-11-11"), "atlantis")
    assert (str(found.start), str(found.end)) == ("2024-01-01", "2025-01-01")
    rows = {r.partner: r for r in found.trade}
    assert [(str(f.value), f.origin) for f in rows["syldavia"].figures] == [
        ("30.1 bnUSD", "bank"),
        ("43.8 bnUSD", "syldavian_customs"),
    ]
    assert [(str(f.value), f.origin) for f in rows["borduria"].elsewhen] == [("26 bnUSD", "office")]


def test_across_origins_partners_have_a_place_only_where_every_figure_says_so() -> None:
    found = ties(world(TYPES + FIGURES, on="2025-11-11"), "atlantis")
    (mixed,) = [r for r in found.rankings if r.mixed]
    assert mixed.origin is None
    assert [(p.partner, p.place) for p in mixed.order] == [("syldavia", 1), ("borduria", 2)]
    assert [(r.partner, r.place, r.place_mixed) for r in found.trade] == [("syldavia", 1, True), ("borduria", 2, True)]

    low = "atlantis trades_with syldavia 27 bnUSD in 2024 (ministry, said 2025-09-02)"
    found = ties(world(TYPES + FIGURES + low, on="2025-11-11"), "atlantis")
    (mixed,) = [r for r in found.rankings if r.mixed]
    assert [p.place for p in mixed.order] == [None, None]
    assert [r.place for r in found.trade] == [None, None]


def test_one_origin_ranks_by_itself_and_the_newest_period_of_it_counts() -> None:
    text = (
        FIGURES
        + "atlantis trades_with borduria 20 bnUSD in 2023 (office, said 2024-02-01)\natlantis trades_with syldavia 25 bnUSD in 2023 (office, said 2024-02-01)"
    )
    found = ties(
        world(
            TYPES + text + '\nborduria partner_of atlantis "main" sphere=trade (wire, said 2025-11-11)', on="2025-11-11"
        ),
        "atlantis",
    )
    office = {str(r.start): r.first for r in found.rankings if r.origin == "office"}
    assert office == {"2022-01-01": "borduria", "2023-01-01": "syldavia"}
    (contested,) = found.contested
    assert contested.for_it == ()
    assert {r.origin for r in contested.by} == {"office", None}


def test_a_main_partner_is_contested_by_figures_with_the_claims_on_both_sides() -> None:
    w = world(
        TYPES + FIGURES + 'borduria partner_of atlantis "main" sphere=trade (gazette < wire, said 2025-11-11)',
        on="2025-11-11",
    )
    (contested,) = ties(w, "atlantis").contested
    assert contested.says == "borduria"
    assert contested.first == ("syldavia",)
    assert w.claim(contested.statement).predicate == "partner_of"
    assert {w.claim(i).origin for i in contested.against} == {"syldavian_customs", "bank", "atlantis"}
    assert "every figure told for 2024 puts syldavia first" in contested.reason


def test_a_statement_that_figures_bear_out_is_not_contested() -> None:
    w = world(
        TYPES + FIGURES + 'syldavia partner_of atlantis "largest" sphere=trade (wire, said 2025-11-11)', on="2025-11-11"
    )
    assert ties(w, "atlantis").contested == ()


def test_one_of_the_largest_or_a_partner_in_other_things_is_not_judged_by_trade() -> None:
    text = """
    borduria partner_of atlantis "one of the three largest" sphere=trade (wire, said 2025-11-11)
    borduria partner_of atlantis "main" sphere=security (wire, said 2025-11-11)
    """
    found = ties(world(TYPES + FIGURES + text, on="2025-11-11"), "atlantis")
    assert found.contested == ()
    assert len([s for s in found.said if s.predicate == "partner_of"]) == 2


def test_others_who_name_another_first_partner_contest_it_too() -> None:
    text = """
    borduria partner_of atlantis "main" sphere=trade (wire, said 2025-11-11)
    syldavia partner_of atlantis "main" sphere=trade (herald, said 2025-11-10)
    """
    found = ties(world(text, on="2025-11-11"), "atlantis")
    assert {c.says: c.first for c in found.contested} == {"borduria": ("syldavia",), "syldavia": ("borduria",)}


def test_a_bloc_is_shown_and_never_ranked_among_states() -> None:
    text = FIGURES + "atlantis trades_with league 50 bnUSD in 2024 (atlantis, said 2025-09-01)"
    found = ties(world(TYPES + text, on="2025-11-11"), "atlantis")
    assert {r.partner: r.place for r in found.trade} == {"syldavia": 1, "borduria": 2, "league": None}


def test_money_of_two_kinds_is_not_ranked_and_units_of_one_kind_are() -> None:
    euro = "atlantis trades_with borduria 50 bnEUR in 2024 (office, said 2025-01-01)\natlantis trades_with syldavia 30 bnUSD in 2024 (office, said 2025-01-01)"
    assert ties(world(euro, on="2025-11-11"), "atlantis").rankings == ()
    small = "atlantis trades_with borduria 900 mnUSD in 2024 (office, said 2025-01-01)\natlantis trades_with syldavia 30 bnUSD in 2024 (office, said 2025-01-01)"
    (ranking,) = ties(world(small, on="2025-11-11"), "atlantis").rankings
    assert ranking.first == "syldavia"


def test_a_figure_told_from_the_other_side_turns_round() -> None:
    w = world(
        "borduria trades_with atlantis 3 bnUSD flow=exports in 2024 (bordurian_customs, said 2025-02-01)",
        on="2025-11-11",
    )
    (row,) = ties(w, "atlantis").trade
    assert [(f.flow, f.partner) for f in row.figures] == [("imports", "borduria")]


def test_regions_duties_pending_and_stale() -> None:
    w = world(
        """
        atlantis part_of middle_sea (atlas, said 2020-01-01)
        borduria tie middle_sea "long its main outside partner" (wire, said 2025-11-11)
        syldavia tariff atlantis 25 % on 2025-08-07 (gazette, said 2025-09-08)
        syldavia tie atlantis "close" (gazette, said 2020-01-01)
        planned: atlantis tie league "to join" (gazette, said 2025-10-01)
        """,
        on="2025-11-11",
    )
    found = ties(w, "atlantis")
    assert [(s.predicate, s.subject, str(s.value), s.stale) for s in found.said] == [
        ("tariff", "syldavia", "25 %", False),
        ("tie", "borduria", "long its main outside partner", False),
        ("tie", "syldavia", "close", True),
    ]
    assert len(found.pending) == 1
    assert set(found.pending).isdisjoint(found.because)


def test_nothing_told_is_absent_and_later_figures_are_unheard() -> None:
    found = ties(world(FIGURES, on="2022-12-31"), "atlantis")
    assert (found.trade, found.rankings, found.contested, found.start) == ((), (), (), None)
