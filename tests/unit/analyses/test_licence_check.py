"""The question that people ask of licences: may this be done with these, on this day, by which paragraph, and if not, what is missing?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knockon import reference
from knockon.analyses.askers import asker
from knockon.analyses.licence_check import Check, check
from knockon.analyses.term import When
from knockon.errors import Refused, UnknownEntity
from knockon.ledger import Ledger
from knockon.model.interval import Moment, parse_day
from knockon.testing import world
from knockon.world import World

GL = """
us-ofac issues gl-1 on 2025-10-22 (us-ofac)
gl-1 covers bolt activity=project_dealings paragraph=(a)(1) reaches=owned_50 condition=no_new_work since 2025-10-22 (us-ofac)
gl-1 excludes bolt activity=sale_of_interests paragraph=(b)(2) (us-ofac, 2025-10-22)
us-ofac designates acme for blocking on 2025-10-22 (us-ofac)
acme holds 10% of bolt since 2020 (registry)
"""
END = "2025-11-21T00:01 America/New_York"


def us(w: World, activity: str = "project_dealings", *, when: When | None = None, **targets: list[str]) -> Check:
    (found,) = check(w, activity, authority=["us-ofac"], when=when, **targets)
    return found


def test_the_answer_has_licence_paragraph_scope_and_condition() -> None:
    found = us(world(GL, on="2025-11-11"), projects=["bolt"])
    ground = found.grounds[0]
    assert found.verdict == "covered"
    assert (ground.role, ground.licence, ground.paragraph) == ("gives leave", "gl-1", "(a)(1)")
    assert (ground.reaches, ground.condition) == ("owned_50", "no_new_work")
    assert [(g.role, g.paragraph) for g in found.grounds[1:]] == [("leaves out", "(b)(2)")]


def test_a_paragraph_that_nobody_told_stays_untold() -> None:
    text = "us-ofac issues gl-1 on 2025-10-22 (us-ofac)\ngl-1 covers bolt for retail since 2025-10-22 (us-ofac)"
    assert us(world(text, on="2025-11-11"), "retail", projects=["bolt"]).grounds[0].paragraph is None


def test_what_a_licence_leaves_out_needs_another_and_the_paragraph_says_so() -> None:
    found = us(world(GL, on="2025-11-11"), "sale_of_interests", projects=["bolt"])
    assert found.verdict == "not covered"
    assert [n.kind for n in found.needs] == ["exclusion", "activity"]
    assert [(g.role, g.paragraph) for g in found.grounds] == [("other activity", "(a)(1)"), ("leaves out", "(b)(2)")]


def test_of_several_parties_all_must_be_covered() -> None:
    text = """
    us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    gl-1 covers acme for retail since 2025-10-22 (us-ofac)
    gl-1 covers cog for retail winding down since 2025-10-22 (us-ofac)
    other is a company (registry, 2020-01-01)
    """
    w = world(text, on="2025-11-11")
    assert us(w, "retail", parties=["acme"]).verdict == "covered"
    assert us(w, "retail", parties=["acme", "cog"]).verdict == "wind-down only"
    found = us(w, "retail", parties=["acme", "cog", "other"])
    assert found.verdict == "not covered"
    assert [p.verdict for p in found.parts] == ["covered", "wind-down only", "not covered"]


def test_parties_on_a_project_must_all_be_named_where_the_project_is_not() -> None:
    text = """
    us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    gl-1 covers acme for retail since 2025-10-22 (us-ofac)
    acme holds 10% of bolt since 2020 (registry)
    cog holds 10% of bolt since 2020 (registry)
    """
    w = world(text, on="2025-11-11")
    assert us(w, "retail", projects=["bolt"], parties=["acme"]).verdict == "covered"
    assert us(w, "retail", projects=["bolt"], parties=["acme", "cog"]).verdict == "not covered"


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("us-ofac designates acme for blocking on 2025-10-22 (us-ofac)", "licence"),
        ("nothing is a company (registry, 2020-01-01)", "nothing known to need leave"),
    ],
)
def test_where_no_licence_bears_it_says_whether_one_is_known_to_be_needed(more: str, kind: str) -> None:
    found = us(world(f"acme is a company (registry, 2020-01-01)\n{more}", on="2025-11-11"), parties=["acme"])
    assert (found.verdict, [n.kind for n in found.needs]) == ("not covered", [kind])
    assert [r.role for r in found.rows] == ["none"]


def test_a_named_party_that_an_authority_does_not_block_needs_no_licence_of_it() -> None:
    w = world(GL, on="2025-11-11")
    found = {c.authority: [n.kind for n in c.needs] for c in check(w, "retail", projects=["bolt"], parties=["acme"])}
    assert found["uk"] == ["nothing known to need leave"]
    assert found["us-ofac"] == ["activity"]


def test_a_wind_down_that_lapsed_is_no_leave_to_renew_for_going_on() -> None:
    text = "us-ofac issues gl-9 on 2025-10-22 (us-ofac)\ngl-9 covers bolt for wind_down winding down since 2025-10-22 until 2025-11-01 (us-ofac)"
    w = world(text, on="2025-11-11")
    assert "renewal" not in {n.kind for n in us(w, projects=["bolt"]).needs}
    assert "renewal" in {n.kind for n in us(w, "wind_down", projects=["bolt"]).needs}


def test_a_lapsed_licence_needs_a_renewal_and_one_to_come_is_told() -> None:
    text = """
    us-ofac issues gl-1 on 2025-10-22 (us-ofac)
    gl-1 covers bolt for retail since 2025-10-22 until 2025-11-01 (us-ofac)
    us-ofac issues gl-2 on 2025-12-01 (us-ofac, 2025-11-02)
    gl-2 covers bolt for retail since 2025-12-01 (us-ofac, 2025-11-02)
    """
    found = us(world(text, on="2025-11-11"), "retail", projects=["bolt"])
    assert [(n.kind, n.licence) for n in found.needs if n.licence] == [("renewal", "gl-1"), ("later", "gl-2")]
    assert {(g.role, g.licence, g.ends) for g in found.grounds} == {
        ("ended", "gl-1", "expired"),
        ("not yet", "gl-2", None),
    }
    assert found.parts[0].lapsed == ("gl-1",)


def test_an_instant_is_answered_to_the_minute() -> None:
    text = f"us-ofac issues gl-9 on 2025-10-22 (us-ofac)\ngl-9 covers acme for retail since 2025-10-22 until {END} (us-ofac)"
    w = world(text, on="2025-11-21")

    def at(instant: str) -> str:
        return us(w, "retail", parties=["acme"], when=When.at(Moment.parse(instant))).verdict

    assert us(w, "retail", parties=["acme"]).verdict == "not covered"
    assert at("2025-11-21T00:00 America/New_York") == "covered"
    assert at("2025-11-21T00:01 America/New_York") == "not covered"
    assert at("2025-11-21T05:00 UTC") == "covered"
    assert at("2025-11-21T14:00 Asia/Tokyo") == "covered"
    assert at("2025-11-21T14:01 Asia/Tokyo") == "not covered"


def test_an_instant_outside_both_days_in_doubt_changes_nothing() -> None:
    text = "uk issues gl-1 on 2025-10-15 (uk)\ngl-1 covers bolt for retail since 2025-10-15 until 2025-11-28..2025-11-29 (uk)"
    when = When.at(Moment.parse("2025-11-28T12:00 Europe/London"))
    (found,) = check(world(text, on="2025-11-28"), "retail", projects=["bolt"], authority=["uk"], when=when)
    assert (found.verdict, [n.kind for n in found.needs]) == ("undetermined", ["end"])


def test_who_asks_says_what_binds_and_what_is_a_risk_and_changes_no_verdict() -> None:
    w = world(GL, on="2025-11-11")
    plain = {c.authority: c.verdict for c in check(w, "retail", projects=["bolt"])}
    for name in ("us-person", "kz-person", "eu-person"):
        found = check(w, "retail", projects=["bolt"], who=asker(name))
        assert {c.authority: c.verdict for c in found} == plain
        assert {c.authority for c in found if c.bound == "binds"} == set(asker(name).binds) & set(plain)
        assert {c.authority for c in found if c.bound == "risk"} == set(asker(name).risk) & set(plain)
    assert check(w, "retail", projects=["bolt"], who=asker("eu-person"))[0].authority == "eu"


def test_bad_questions_are_refused_with_what_to_do() -> None:
    w = world(GL, on="2025-11-11")
    with pytest.raises(Refused, match="no party and no project"):
        check(w, "retail")
    with pytest.raises(Refused) as fault:
        check(w, "sale", projects=["bolt"])
    assert "did you mean" in fault.value.hint
    assert "sale_of_interests" in fault.value.hint.partition("?")[0]
    with pytest.raises(UnknownEntity):
        check(w, "retail", parties=["nobody"])
    with pytest.raises(Refused, match="xx-board"):
        check(w, "retail", projects=["bolt"], authority=["xx-board"])


# ------------------------------------------------------------------ the reference world, and what is supposed
@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with reference.ledger() as made:
        yield made


def seen(ledger: Ledger, on: str, *suppose: str) -> World:
    from knockon.sources.lines import parse_lines

    day = parse_day(on)
    supposed = [c for line in suppose for c in parse_lines(line, said_on=day)]
    return World(ledger, on=day, supposed=supposed)


def every_answer(w: World) -> dict[tuple[str, str, str], str]:
    targets = ("karachaganak", "tco", "cpc", "turgai", "lukoil_international", "rosneft_deutschland")
    words = ("project_dealings", "sale_of_interests", "wind_down", "negotiation")
    return {(t, a, c.authority): c.verdict for t in targets for a in words for c in check(w, a, projects=[t])}


def test_a_supposed_revocation_moves_what_the_licence_covered_from_its_day_on_and_nothing_else(ledger: Ledger) -> None:
    line = "us-ofac revokes us-gl-124b on 2026-02-01"
    for day, moves in (("2026-01-31", False), ("2026-02-01", True)):
        before, after = every_answer(seen(ledger, day)), every_answer(seen(ledger, day, line))
        moved = {key for key in before if before[key] != after[key]}
        assert all(a == "us-ofac" and t in ("karachaganak", "tco", "cpc") for t, _, a in moved)
        assert (("karachaganak", "project_dealings", "us-ofac") in moved) is moves
        assert bool(moved) is moves


def test_a_supposed_revocation_by_another_authority_moves_nothing(ledger: Ledger) -> None:
    line = "uk revokes us-gl-124b on 2026-02-01"
    assert every_answer(seen(ledger, "2026-02-02")) == every_answer(seen(ledger, "2026-02-02", line))


def test_a_supposed_narrower_letter_keeps_only_what_it_names(ledger: Ledger) -> None:
    lines = (
        "us-ofac issues us-gl-124c on 2026-02-01",
        "us-gl-124c covers cpc for project_dealings since 2026-02-01",
        "us-gl-124c supersedes us-gl-124b on 2026-02-01",
    )
    found = every_answer(seen(ledger, "2026-02-02", *lines))
    assert found["cpc", "project_dealings", "us-ofac"] == "covered"
    assert found["karachaganak", "project_dealings", "us-ofac"] == "not covered"


def test_a_question_of_the_reference_world_is_answered_in_half_a_second(ledger: Ledger) -> None:
    from time import process_time

    taken = []
    for _ in range(3):
        w = seen(ledger, "2025-11-15")
        begun = process_time()
        check(w, "project_dealings", projects=["karachaganak"])
        taken.append(process_time() - begun)
    assert min(taken) < 0.5
