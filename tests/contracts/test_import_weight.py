"""Asking for help, or for the model alone, loads nothing heavy: a dependency is imported where it is used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = (
    "altair",
    "babel",
    "duckdb",
    "httpx",
    "jinja2",
    "lxml",
    "numpy",
    "pandas",
    "py3langid",
    "pyarrow",
    "rich",
    "scipy",
    "trafilatura",
    "vl_convert",
)

RUN_MAIN = """
import sys
from knockon.cli import main
sys.argv = ["knockon", *{argv!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def loaded_by(code: str) -> set[str]:
    """The top-level packages in memory once ``code`` has run in a process of its own."""
    tell = "\nimport json, sys\nsys.stderr.write(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    ran = subprocess.run([sys.executable, "-c", code + tell], capture_output=True, text=True, check=True)
    return set(json.loads(ran.stderr.splitlines()[-1]))


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["brief", "--help"]], ids=" ".join)
def test_asking_for_help_loads_nothing_heavy(argv: list[str]) -> None:
    assert loaded_by(RUN_MAIN.format(argv=argv)).isdisjoint(HEAVY)


@pytest.mark.parametrize("module", ["knockon", "knockon.errors", "knockon.model"])
def test_the_model_needs_the_standard_library_alone(module: str) -> None:
    third_party = loaded_by(f"import {module}") - loaded_by("pass") - sys.stdlib_module_names - {"knockon"}
    assert not third_party


def test_this_test_would_see_a_heavy_import() -> None:
    assert "numpy" in loaded_by("import numpy")
