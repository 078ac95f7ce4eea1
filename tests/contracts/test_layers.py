"""The layers of pyproject.toml hold, and a module that breaks them is caught."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter's verdict on the source tree in ``folder``, by the contracts in its pyproject.toml."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder / 'src')!r}); {LINT}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_layers_hold() -> None:
    verdict = lint(ROOT)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("model", "import knockon.world"),
        ("sources", "import knockon.ledger"),
        ("ledger", "import knockon.sources"),
        ("analyses", "import knockon.views"),
        ("world", "import rich"),
        ("views", "import httpx"),
    ],
)
def test_an_import_against_the_layers_is_caught(copy: Path, module: str, line: str) -> None:
    (copy / "src" / "knockon" / module / "offender.py").write_text(line + "\n", encoding="utf-8")
    verdict = lint(copy)
    assert verdict.returncode != 0
    assert f"knockon.{module}.offender" in verdict.stdout


def test_a_new_module_at_the_top_must_be_given_its_layer(copy: Path) -> None:
    (copy / "src" / "knockon" / "helpers.py").touch()
    verdict = lint(copy)
    assert verdict.returncode != 0
    assert "helpers" in verdict.stdout
