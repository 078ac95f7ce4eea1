"""The versions of a licence in order, and the days that none of them covered."""

from __future__ import annotations

import pytest

from knockon import reference
from knockon.analyses.timeline import Timeline, timeline
from knockon.errors import Refused, UnknownEntity
from knockon.model.interval import parse_day
from knockon.testing import world
from knockon.world import World

CHAIN = """
us-ofac issues gl-1 on 2025-01-10 (us-ofac)
gl-1 covers bolt for retail since 2025-01-10 until 2025-03-01 (us-ofac)
us-ofac issues gl-1a on 2025-04-01 (us-ofac)
gl-1a covers bolt for retail since 2025-04-01 (us-ofac)
gl-1a excludes sale_of_interests for bolt (us-ofac, 2025-04-01)
us-ofac issues gl-1b on 2025-06-01 (us-ofac)
gl-1b supersedes gl-1a on 2025-06-01 (us-ofac)
gl-1b covers bolt for retail since 2025-06-01 (us-ofac)
us-ofac revokes gl-1b on 2025-08-01 (us-ofac)
us-ofac issues gl-7 on 2025-02-01 (us-ofac)
gl-7 covers cog for retail since 2025-02-01 (us-ofac)
"""


def one(w: World, activity: str = "retail", **target: str) -> Timeline:
    (found,) = timeline(w, authority=["us-ofac"], activity=activity, **target)
    return found


def test_versions_stand_in_order_with_how_each_ended() -> None:
    found = one(world(CHAIN, on="2025-11-11"), project="bolt")
    assert [(v.licence, str(v.since), str(v.until), v.ends, v.supersedes) for v in found.versions] == [
        ("gl-1", "2025-01-10", "2025-03-01", "expired", ()),
        ("gl-1a", "2025-04-01", "2025-06-01", "superseded by gl-1b", ()),
        ("gl-1b", "2025-06-01", "2025-08-01", "revoked", ("gl-1a",)),
    ]
    assert [[(e.target, e.activity) for e in v.leaves_out] for v in found.versions] == [
        [],
        [("bolt", "sale_of_interests")],
        [],
    ]


def test_gaps_are_the_days_on_which_nothing_covered_it() -> None:
    found = one(world(CHAIN, on="2025-11-11"), project="bolt")
    assert [(str(g.since), g.until and str(g.until)) for g in found.gaps] == [
        ("2025-03-01", "2025-04-01"),
        ("2025-08-01", None),
    ]
    assert one(world(CHAIN, on="2025-11-11"), "sale_of_interests", project="bolt").gaps == ()


def test_a_doubtful_end_is_neither_covered_nor_a_gap() -> None:
    text = "us-ofac issues gl-1 on 2025-01-10 (us-ofac)\ngl-1 covers bolt for retail since 2025-01-10 until 2025-03-01..2025-03-03 (us-ofac)"
    found = one(world(text, on="2025-11-11"), project="bolt")
    assert [(str(s.since), s.verdict) for s in found.spans] == [
        ("2025-01-10", "covered"),
        ("2025-03-01", "undetermined"),
        ("2025-03-03", "not covered"),
    ]


def test_of_one_licence_the_letters_before_and_after_it() -> None:
    found = one(world(CHAIN, on="2025-11-11"), licence="gl-1a")
    assert [v.licence for v in found.versions] == ["gl-1a", "gl-1b"]
    assert found.spans == ()


def test_what_was_not_known_yet_is_not_there() -> None:
    w = World(world(CHAIN).ledger, on=parse_day("2025-11-11"), known=parse_day("2025-05-01"))
    assert [(v.licence, v.ends) for v in one(w, project="bolt").versions] == [("gl-1", "expired"), ("gl-1a", None)]


def test_every_span_is_what_its_own_day_answers() -> None:
    from knockon.analyses.licences import coverage
    from knockon.model.ids import EntityId

    w = world(CHAIN, on="2025-11-11")
    for span in one(w, project="bolt").spans:
        answer = coverage(w.on_day(span.since), EntityId("bolt"), "retail", EntityId("us-ofac"))
        assert (answer.verdict, answer.licences) == (span.verdict, span.licences)


def test_bad_questions_are_refused() -> None:
    w = world(CHAIN, on="2025-11-11")
    for target in ({}, {"project": "bolt", "party": "cog"}):
        with pytest.raises(Refused):
            timeline(w, **target)
    with pytest.raises(UnknownEntity):
        timeline(w, licence="bolt")


def test_the_rows_name_every_cover_exclusion_and_gap() -> None:
    rows = one(world(CHAIN, on="2025-11-11"), project="bolt").rows
    assert [(r.kind, r.licence) for r in rows] == [
        ("covers", "gl-1"),
        ("covers", "gl-1a"),
        ("leaves out", "gl-1a"),
        ("covers", "gl-1b"),
        ("gap", None),
        ("gap", None),
    ]


def test_karachaganak_came_with_the_second_letter() -> None:
    with reference.ledger() as ledger:
        found = one(World(ledger, on=parse_day("2026-07-01")), "project_dealings", project="karachaganak")
    assert [v.licence for v in found.versions if v.licence.startswith("us-gl-124")] == ["us-gl-124a", "us-gl-124b"]
    assert [(str(s.since), s.licences) for s in found.spans if s.verdict == "covered"] == [
        ("2025-11-14", ("us-gl-124b",))
    ]
