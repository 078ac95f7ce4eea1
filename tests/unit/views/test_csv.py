"""CSV: the same values as the JSON, columns that do not hang on what was found, and no cell that runs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knockon.analyses.agenda import agenda
from knockon.analyses.askers import asker
from knockon.analyses.diff import diff
from knockon.analyses.exposure import exposures
from knockon.analyses.licences import licences
from knockon.analyses.ownership import ownership
from knockon.analyses.positions import positions
from knockon.analyses.projects import projects
from knockon.analyses.status import designated, status
from knockon.model.ids import EntityId
from knockon.testing import world
from knockon.views.csv_ import ECHO, answer_csv, cell
from knockon.views.json_ import answer_json
from knockon.world import World

TEXT = """
us-ofac designates acme for blocking under E.O. 1 on 2025-03-01 (us-ofac)
acme holds 60% of bolt since 2010 (registry, said 2010-05-01)
acme holds 5% of cog since 2024 (registry, said 2024-06-01)
cog develops deep (registry, said 2024-06-01)
deep produces 20 Mt of oil in 2024 (ministry, said 2025-01-20)
us-ofac issues gl-1 on 2025-03-01 (us-ofac)
gl-1 covers cog for project_dealings since 2025-03-01 (us-ofac)
office position acme "=1+1, and a comma" about=oil (office, said 2025-02-01)
"""
ANSWERS: dict[str, Callable[[World], Any]] = {
    "status": lambda w: status(w, EntityId("bolt")),
    "designated": designated,
    "ownership": lambda w: ownership(w, EntityId("bolt")),
    "licences": licences,
    "exposure": exposures,
    "positions": positions,
    "agenda": agenda,
    "projects": projects,
    "diff": lambda w: diff(world(TEXT, on="2025-01-01"), w),
    "nothing": lambda w: (),
}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


@pytest.mark.parametrize("name", ANSWERS)
def test_the_csv_carries_the_values_of_the_json(name: str) -> None:
    w = world(TEXT, on="2025-06-01")
    answer = ANSWERS[name](w)
    rows = _rows(answer_csv(answer, w, asker=asker("eu-person")))
    told = json.loads(answer_json(answer, w, asker=asker("eu-person")))
    found = told["answer"]
    if isinstance(found, list):
        parts = [("", one) for one in found]
    else:
        named = {row["part"] for row in rows} - {""}
        parts = [("", {k: v for k, v in found.items() if k not in named})]
        parts += [(k, one) for k in found if k in named for one in found[k]]
    assert len(rows) == len(parts)
    for row, (place, part) in zip(rows, parts, strict=True):
        assert row.get("part", "") == place
        assert {k: row[k] for k in part if k in row} == {k: cell(v) for k, v in part.items() if k in row}
        # a field that is no column holds parts, and has none
        assert all(part[k] == [] for k in part if k not in row)
        assert [row[c] for c in ("world_on", "world_fingerprint", "asker")] == [
            w.on.isoformat(),
            w.fingerprint,
            "eu-person",
        ]


def test_the_columns_do_not_hang_on_what_was_found() -> None:
    full, bare = world(TEXT, on="2025-06-01"), world("eve holds 5% of zed (registry, said 2024-01-01)", on="2025-06-01")
    heads = [answer_csv(ownership(w, EntityId("bolt")), w).splitlines()[0] for w in (full, bare)]
    assert heads[0] == heads[1]
    assert answer_csv((), full) == ",".join(ECHO) + "\n"


@given(st.text())
def test_no_cell_runs_as_a_formula_and_every_text_can_be_had_back(text: str) -> None:
    shown = cell(text)
    assert shown in (text, f"'{text}")
    assert not shown.startswith(("=", "+", "@", "\t", "\r"))
    assert not shown.startswith("-") or shown[1:].replace(".", "", 1).isdecimal()
    # an apostrophe in front was put there if, and only if, it is there
    assert (shown.removeprefix("'")) == text


def test_a_cell_is_nothing_a_word_a_list_of_ids_or_json() -> None:
    assert [cell(v) for v in (None, False, 7, "-3.5", ["a", "b"], [], ["a b"])] == [
        "",
        "false",
        "7",
        "-3.5",
        "a b",
        "",
        '["a b"]',
    ]
    assert cell({"text": ">=50 %", "low": "50", "high": None, "unit": "%"}) == ">=50 %"
    assert json.loads(cell([{"low": "1"}])) == [{"low": "1"}]
