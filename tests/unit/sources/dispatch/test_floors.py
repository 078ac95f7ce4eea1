"""The reader stays above its floors on the gold that they were measured on."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

EVALS = Path(__file__).parents[4] / "evals"
FLOORS = tomllib.loads((EVALS / "floors.toml").read_text("utf-8"))["bg_reading"]


@pytest.fixture(scope="module")
def evaluation() -> Any:
    spec = importlib.util.spec_from_file_location("bg_reading", EVALS / "bg_reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bg_reading"] = module
    spec.loader.exec_module(module)
    return module


def test_the_floors_belong_to_this_gold(evaluation: Any) -> None:
    assert evaluation.digest() == FLOORS["gold"], "the gold changed: measure again and pin the floors anew"


def test_no_measure_falls_below_its_floor(evaluation: Any) -> None:
    found = evaluation.score()
    for name in ("recall", "precision", "values", "days", "modes", "chains"):
        assert getattr(found, name) >= FLOORS[name], name
    assert found.asserted_wrongly <= FLOORS["asserted_wrongly"]
