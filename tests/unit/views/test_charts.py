"""Charts: what they show is what their tables say, at both widths, and nothing alive is in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import etree

from knockon.model.interval import Moment
from knockon.views import charts
from knockon.views.charts import Chart
from knockon.views.drawing import NARROW, WIDE, Bar, Part, Term, bars, timeline
from knockon.views.line import tongue
from knockon.views.svg import PALETTE, inline

ROUTES = """
land is a state (knockon, said 2020-01-01)
next is a state (knockon, said 2020-01-01)
land exports 46 Mt of oil via pipe in 2024 (ministry, said 2025-01-20)
land exports ~4 Mt of oil via port in 2024 (ministry, said 2025-01-20)
pipe crosses next (ministry, said 2025-01-20)
port located_in land (ministry, said 2025-01-20)
"""


def drawn(made: Any, lang: str = "en") -> dict[str, Chart]:
    return {
        c.picture.key: c for c in charts.drawn(charts.specified(charts.pictures(tongue(made.world, lang), made.brief)))
    }


def painted(spec: dict[str, Any], paint: str) -> list[dict[str, Any]]:
    return [r for r in spec["datasets"]["rects"] if r["paint"] == PALETTE[paint]]


def words(svg: str) -> str:
    return " ".join(etree.fromstring(svg).itertext())


# ---------------------------------------------------------------------------------------------------- owners
def test_owners_show_the_designated_holder_and_the_field_below(acme: Any) -> None:
    chart = drawn(acme)["ownership"]
    assert "Acme Oil 60 %" in words(chart.wide)
    assert "develops deep" in words(chart.wide)
    assert "designated (OFAC)" in words(chart.wide)
    assert "40 % of the owners unreported" in words(chart.wide)


def test_every_bar_of_owners_is_in_the_table_with_its_claims(acme: Any) -> None:
    picture = drawn(acme)["ownership"].picture
    rows = {(r.cells[0], r.cells[1], r.cells[3], r.cells[4]) for r in picture.rows}
    assert ("bolt", "Acme Oil", "60 %", "directly") in rows
    assert ("deep", "Acme Oil", "5–8 %", "cog") in rows or ("deep", "Acme Oil", "5 %", "cog") in rows
    assert all(r.because for r in picture.rows)
    assert all(len(r.cells) == len(picture.columns) for r in picture.rows)


def test_a_bar_is_as_long_as_its_share() -> None:
    row = Bar(
        title="x", aside="", below="", parts=(Part(name="", low=25, high=40, paint="listed", maybe="listed-maybe"),)
    )
    spec = bars([row], WIDE)
    (sure,), (maybe,) = painted(spec, "listed"), painted(spec, "listed-maybe")
    assert (sure["x"], sure["x2"]) == (0, WIDE * 0.25)
    assert (maybe["x"], maybe["x2"]) == (WIDE * 0.25, WIDE * 0.40)


def test_stakes_above_the_whole_are_not_scaled_down() -> None:
    over = tuple(Part(name="", low=70, high=70, paint=p, maybe="rest") for p in ("listed", "party-1"))
    spec = bars([Bar(title="x", aside="", below="", parts=over)], WIDE)
    (track,), (listed,) = painted(spec, "track"), painted(spec, "listed")
    assert listed["x2"] / track["x2"] == pytest.approx(0.7, abs=0.001)
    assert painted(spec, "party-1")[0]["x2"] <= WIDE


def test_light_letters_stand_on_the_full_colour_only() -> None:
    part = Part(name="Some long name 9–90 %", low=9, high=90, paint="listed", maybe="listed-maybe")
    texts = bars([Bar(title="x", aside="", below="", parts=(part,))], WIDE)["datasets"]
    assert not [t for t in texts["plain"] if t["paint"] == PALETTE["on-fill"]]


# ---------------------------------------------------------------------------------------------------- time
def test_a_wind_down_is_told_apart_from_leave_to_go_on(acme: Any) -> None:
    chart = drawn(acme)["timeline"]
    kinds = {r.cells[1].partition(":")[0]: r.cells[2] for r in chart.picture.rows}
    assert kinds["gl-2"].startswith("wind-down only")
    assert kinds["gl-1"].startswith("licence")
    assert "k-winding" in chart.wide
    assert "k-licence" in chart.wide


def test_the_table_tells_the_instant_and_its_zone(acme: Any) -> None:
    (row,) = [r for r in drawn(acme)["timeline"].picture.rows if r.cells[1].startswith("gl-2")]
    assert "1 July 2025, 00:01 New York time" in row.cells[4]


def test_a_measure_without_an_end_leaves_the_frame_with_an_arrow(acme: Any) -> None:
    chart = drawn(acme)["timeline"]
    assert "no end told" in words(chart.wide)
    assert "▶" in words(chart.wide)


FRAME = {"on": date(2025, 6, 1), "first": date(2025, 1, 1), "last": date(2025, 12, 31), "on_words": "now"}


def test_a_doubtful_start_is_thin_and_the_rest_is_full() -> None:
    row = Term(
        group="g",
        title="t",
        aside="",
        since=(date(2025, 3, 1), date(2025, 4, 1)),
        until=(date(2025, 6, 1),) * 2,
        paint="licence",
    )
    thin, full = painted(timeline([row], WIDE, **FRAME), "licence")
    assert thin["y2"] - thin["y"] < full["y2"] - full["y"]
    assert thin["x2"] == full["x"]


def test_a_term_that_ended_before_the_frame_paints_nothing() -> None:
    row = Term(
        group="g", title="t", aside="", since=(date(2020, 1, 1),) * 2, until=(date(2021, 1, 1),) * 2, paint="licence"
    )
    assert painted(timeline([row], WIDE, **FRAME), "licence") == []


def test_the_rule_stands_at_the_day_asked_about() -> None:
    row = Term(group="g", title="t", aside="", since=(FRAME["on"],) * 2, until=None, paint="measure")  # type: ignore[arg-type]
    spec = timeline([row], WIDE, **FRAME)
    (rule,), (bar,) = painted(spec, "day"), painted(spec, "measure")
    assert (rule["x"] + rule["x2"]) / 2 == pytest.approx(bar["x"], abs=0.1)


# ---------------------------------------------------------------------------------------------------- routes
def test_routes_are_coloured_by_the_state_they_cross(make: Callable[..., Any]) -> None:
    from tests.unit.views.conftest import LEDGER

    report = (
        ("Land exports 1 Mt of oil to Next.", ("land exports 1 Mt of oil to next in 2023 (agency, said 2025-06-10)",)),
    )
    found = make(report, ledger=LEDGER + ROUTES)
    chart = drawn(found)["routes-land"]
    assert [(r.cells[0], r.cells[3]) for r in chart.picture.rows] == [
        ("pipe", "crosses next"),
        ("port", "crosses no other state"),
    ]
    assert chart.picture.rows[0].cells[1].startswith("9")
    assert "crosses next" in words(chart.wide)
    assert "k-through" in chart.wide
    assert "k-clear" in chart.wide


# ---------------------------------------------------------------------------------------------------- all of them
def test_without_data_a_chart_is_left_out_and_says_so(silent: Any) -> None:
    found = drawn(silent)
    assert {k: bool(c.picture.left_out) for k, c in found.items()} == {
        "ownership": True,
        "timeline": True,
        "routes": True,
    }
    assert all(c.wide == c.narrow == "" for c in found.values())


@pytest.mark.parametrize("lang", ["en", "bg"])
def test_every_chart_has_a_name_a_description_and_a_table(acme: Any, lang: str) -> None:
    for chart in drawn(acme, lang).values():
        if not chart.picture.left_out:
            for svg in (chart.wide, chart.narrow):
                root = etree.fromstring(svg)
                assert root.get("role") == "img"
                named = {str(e.get("id")): e.text for e in root if e.get("id")}
                assert all(named[i] for i in str(root.get("aria-labelledby")).split())
            assert chart.picture.rows


def test_no_words_run_out_of_a_narrow_picture(acme: Any) -> None:
    for picture in charts.pictures(tongue(acme.world, "en"), acme.brief):
        if picture.spec is not None:
            for texts in picture.spec(NARROW)["datasets"].values():
                for text in [t for t in texts if "text" in t]:
                    assert 0 <= text["x"] <= NARROW
                    assert len(text["text"]) * 5 <= NARROW


def test_names_of_a_report_do_not_come_alive_in_a_drawing(acme: Any) -> None:
    row = Bar(title="<script>alert(1)</script>", aside="&lt; javascript:x", below="{{ 7*7 }}", parts=())
    from knockon.views.drawing import draw

    svg = inline(draw(bars([row], WIDE)), key="k", title="<b>", desc="")
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert "{{ 7*7 }}" in svg


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<a href="https://evil.example"><text>x</text></a>',
        '<image href="https://evil.example/x.png"/>',
        '<use href="#x"/>',
        '<style>@import "https://evil.example"</style>',
        '<rect fill="url(https://evil.example#x)"/>',
        '<rect style="fill:red" onclick="alert(1)"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_only_shapes_and_words_pass_into_a_page(evil: str) -> None:
    svg = inline(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{evil}</svg>', key="k", title="t", desc="")
    assert not re.search(r"evil|script|foreign|onclick|style|href|animate|url\(", svg)


def test_an_entity_bomb_is_not_opened() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "ha">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&a;</text></svg>'
    assert "ha<" not in inline(bomb, key="k", title="t", desc="")


def test_the_colours_of_the_palette_are_all_different() -> None:
    assert len(set(PALETTE.values())) == len(PALETTE)


def test_a_start_that_nobody_told_reaches_to_the_day(acme: Any) -> None:
    brief = acme.brief
    (effect,) = brief.designated
    bare = replace(brief, designated=(replace(effect, since=None, until=Moment.parse("2025-08")),))
    picture = charts.pictures(tongue(acme.world, "en"), bare)[1]
    assert picture.rows[0].cells[3] == "start not told"
    assert "August 2025" in picture.rows[0].cells[4]
