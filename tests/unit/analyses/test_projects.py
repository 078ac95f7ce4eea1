"""Projects: what they are, how far, with whom, how much, and what is only planned."""

from __future__ import annotations

import pytest

from knockon.analyses.projects import Project, projects
from knockon.model.claim import Mode
from knockon.testing import world

GAS_LINE = """
gas_line is a project
maker takes_part gas_line role=supplier (wire < maker, said 2025-02-04)
buyer takes_part gas_line role=buyer (wire < maker, said 2025-02-04)
gas_line stage "in operation" on 2023-10-07 (wire, said 2025-02-04)
maker supplies buyer 1.3 bcm commodity=gas via=atlantis in 2023 (ministry, said 2024-07-16)
maker supplies buyer 5.6 bcm commodity=gas via=atlantis in 2024 (ministry, said 2025-11-07)
planned: maker supplies buyer 6 bcm commodity=gas via=atlantis in 2025 (ministry, said 2025-11-07)
planned: maker supplies buyer 11 bcm commodity=gas via=atlantis in 2026 (ministry, said 2025-08-14)
"""


def _one(text: str, on: str, about: str | None = None) -> Project:
    (found,) = projects(world(text, on=on), about)
    return found


def test_stated_volumes_stand_apart_from_planned_ones_and_the_newest_period_comes_first() -> None:
    p = _one(GAS_LINE, "2025-11-11")
    assert p.stage is not None
    assert (p.project, p.commodity, p.stage.text, p.stage.mode) == ("gas_line", "gas", "in operation", Mode.STATED)
    assert [str(v.value) for v in p.volumes] == ["5.6 bcm"]
    assert [str(v.value) for v in p.earlier] == ["1.3 bcm"]
    assert [(str(v.value), str(v.start)) for v in p.planned] == [("6 bcm", "2025-01-01"), ("11 bcm", "2026-01-01")]
    assert len(p.pending) == 2
    assert set(p.pending) <= set(p.because)


def test_a_plan_whose_period_is_over_is_no_volume() -> None:
    assert [str(v.value) for v in _one(GAS_LINE, "2026-06-01").planned] == ["11 bcm"]


def test_a_voice_that_revises_its_plan_is_heard_once_and_another_voice_stands_beside_it() -> None:
    text = """
    planned: gas_line capacity 8 bcm/y commodity=gas (owner, said 2025-01-01)
    planned: gas_line capacity 10 bcm/y commodity=gas (owner, said 2025-05-01)
    planned: gas_line capacity 9 bcm/y commodity=gas (ministry, said 2025-03-01)
    gas_line stage "designed" (owner, said 2025-01-01)
    """
    assert sorted(str(v.value) for v in _one(text, "2025-11-11").planned) == ["10 bcm/y", "9 bcm/y"]


def test_a_supply_without_a_named_project_is_a_line_of_its_own() -> None:
    p = _one("maker supplies buyer 5.6 bcm in 2024 (ministry, said 2025-01-07)", "2025-11-11")
    assert (p.project, p.kind, p.parts, p.commodity) == ("supply:maker/buyer", "supply", ("maker", "buyer"), "gas")
    assert [x.entity for x in p.parties] == ["buyer", "maker"]


def test_a_plan_alone_gives_a_stage_that_says_it_is_planned() -> None:
    p = _one('planned: pipe stage "to be built" on 2030 (wire, said 2025-01-01)', "2025-11-11")
    assert p.stage is not None
    assert (p.stage.text, p.stage.mode, p.volumes) == ("to be built", Mode.PLANNED, ())


def test_a_stated_stage_comes_before_a_newer_plan_which_stays_ahead() -> None:
    p = _one(
        'pipe stage "designed" (owner, said 2025-01-01)\nplanned: pipe stage "built" on 2027 (owner, said 2025-06-01)',
        "2025-11-11",
    )
    assert p.stage is not None
    assert p.stage.text == "designed"
    assert [s.text for s in p.ahead] == ["built"]


PLANT = """
plant is a plant
plant located_in borduria (atlas, said 2020-01-01)
field located_in atlantis (atlas, said 2020-01-01)
plant processes field <=8 bcm/y commodity=gas (wire, said 2025-10-01)
plant outage field "intake stopped" on 2025-10-19 (ministry, said 2025-10-19)
plant resumes field on 2025-10-22 (ministry, said 2025-10-22)
"""


@pytest.mark.parametrize(
    ("on", "state"),
    [("2025-10-18", None), ("2025-10-19", "halted"), ("2025-10-21", "halted"), ("2025-10-22", "resumed")],
)
def test_a_plant_that_takes_a_fields_gas_belongs_and_says_whether_it_runs(on: str, state: str | None) -> None:
    p = _one(PLANT, on)
    assert [w.state for w in p.working] == ([state] if state else [])


def test_days_of_stop_and_restart_that_overlap_leave_it_undetermined() -> None:
    text = """
    plant processes field 8 bcm/y (wire, said 2025-10-01)
    plant outage field on 2025-10-10..2025-10-20 (wire, said 2025-10-20)
    plant resumes field on 2025-10-15 (wire, said 2025-10-20)
    """
    assert [w.state for w in _one(text, "2025-11-11").working] == ["undetermined"]


def test_an_expected_restart_restarts_nothing() -> None:
    text = PLANT.replace(
        "plant resumes field on 2025-10-22 (ministry, said 2025-10-22)",
        "expected: plant resumes field on 2025-10-22 (wire, said 2025-10-20)",
    )
    p = _one(text, "2025-11-11")
    assert [w.state for w in p.working] == ["halted"]
    assert [(s.kind, s.mode) for s in p.steps] == [("outage", Mode.STATED), ("resumes", Mode.EXPECTED)]


def test_about_finds_a_project_by_party_place_field_and_itself() -> None:
    w = world(PLANT + GAS_LINE, on="2025-11-11")
    for about in ("plant", "field", "atlantis", "borduria"):
        assert "plant" in {p.project for p in projects(w, about)}, about
    for about in ("gas_line", "maker", "buyer", "atlantis"):
        assert "gas_line" in {p.project for p in projects(w, about)}, about
    assert projects(w, "nowhere") == ()


def test_gas_comes_before_oil_and_what_is_neither_comes_last() -> None:
    text = """
    a_mine stage "dug" (wire, said 2025-01-01)
    b_oil stage "drilled" (wire, said 2025-01-01)
    b_oil capacity 5 Mt/y (wire, said 2025-01-01)
    c_gas stage "piped" (wire, said 2025-01-01)
    c_gas capacity 5 bcm/y (wire, said 2025-01-01)
    """
    assert [(p.project, p.commodity) for p in projects(world(text, on="2025-11-11"))] == [
        ("c_gas", "gas"),
        ("b_oil", "oil"),
        ("a_mine", ""),
    ]


def test_who_signs_is_a_party_and_the_signature_a_step() -> None:
    text = """
    pipe is a project
    maker signs pipe "memorandum" with=atlantis on 2025-10-08 (gazette < maker, said 2025-10-08)
    maker signs pipe "memorandum on a pipe" with=atlantis on 2025-10-08 (herald < maker, said 2025-10-09)
    """
    p = _one(text, "2025-11-11")
    assert [(x.entity, x.by) for x in p.parties] == [("atlantis", "signs"), ("maker", "signs")]
    assert [(s.kind, s.who, len(s.because)) for s in p.steps] == [("signs", ("atlantis", "maker"), 2)]
    assert p.stage is None  # a signature says no stage


def test_denials_and_conflicting_figures_are_disputed() -> None:
    text = """
    pipe stage "built" (owner, said 2025-01-01)
    denied: pipe stage "built" (ministry, said 2025-02-01)
    pipe capacity 10 bcm/y (owner, said 2025-01-01)
    pipe capacity 30 bcm/y (ministry, said 2025-01-01)
    """
    w = world(text, on="2025-11-11")
    (p,) = projects(w)
    assert {w.claim(i).predicate for i in p.disputed} == {"stage", "capacity"}


def test_old_news_is_stale_and_a_project_that_nobody_spoke_of_yet_is_absent() -> None:
    text = 'pipe is a project\npipe stage "proposed" (wire, said 2015-01-01)'
    assert _one(text, "2025-11-11").stale
    assert projects(world(text, on="2014-01-01")) == ()
