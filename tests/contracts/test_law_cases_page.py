"""The page of the law suite says what the files of the suite say today."""

from __future__ import annotations

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_cases_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_law", DOCS / "make_law.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.PAGE.read_text("utf-8") == made.page(), "run: python docs/make_law.py"
