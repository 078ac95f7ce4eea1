"""The pages that the program makes for lawyers say what the program says today."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).parents[2] / "docs"


def maker(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_on_six_days_is_up_to_date() -> None:
    made = maker("make_law_days")
    assert made.PAGE.read_text("utf-8") == made.page(), "run: python docs/make_law_days.py"


def test_the_page_of_rule_records_is_up_to_date() -> None:
    made = maker("make_regimes")
    assert made.PAGE.read_text("utf-8") == made.page(), "run: python docs/make_regimes.py"
