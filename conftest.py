"""README, docs and docstrings run as tests: Python examples as they stand, and every ``$ knockon …`` of a console block.

A console example runs in a folder of its document's own, with the repository's ``examples/`` beside it and a home that
starts empty, so that the steps of one document build on each other and on nothing else. What follows the command is what
it must print, where ``...`` stands for anything; a command shown without output must succeed.
"""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sybil import Example, Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.parsers.rest import SkipParser as DocstringSkipParser

ROOT = Path(__file__).parent
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def _steps(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    steps: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], ""))
        elif steps:
            command, shown = steps[-1]
            if command.endswith("\\"):
                steps[-1] = (command[:-1] + line.strip(), shown)
            else:
                steps[-1] = (command, f"{shown}{line}\n")
    return steps


def _run_console(example: Example) -> str | None:
    folder = Path(example.namespace["folder"].name)
    env = {
        "HOME": str(folder / "home"),
        "LANG": "C.UTF-8",
        "COLUMNS": "120",
        "NO_COLOR": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
    }
    for command, shown in _steps(example.parsed):
        if "knockon" not in command.split("|")[0].split() + command.split("|")[-1].split():
            continue  # make, git and pip are tried by CI itself
        ran = subprocess.run(
            ["/bin/bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False
        )
        printed = ran.stdout + ran.stderr
        if shown.strip():
            if not doctest.OutputChecker().check_output(shown, printed, FLAGS):
                return f"$ {command}\nexpected:\n{shown}\nprinted:\n{printed}"
        elif ran.returncode != 0:
            return f"$ {command}\nexit {ran.returncode}, printed:\n{printed}"
    return None


def _open_folder(namespace: dict[str, Any]) -> None:
    namespace["folder"] = TemporaryDirectory(prefix="knockon-docs-")
    folder = Path(namespace["folder"].name)
    (folder / "home").mkdir()
    (folder / "examples").symlink_to(ROOT / "examples")


def _close_folder(namespace: dict[str, Any]) -> None:
    namespace["folder"].cleanup()


_documents = Sybil(
    name="documents",
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        CodeBlockParser(language="console", evaluator=_run_console),
        SkipParser(),
    ],
    patterns=["*.md"],
    setup=_open_folder,
    teardown=_close_folder,
)

_docstrings = Sybil(
    name="docstrings",
    parsers=[DocTestParser(optionflags=FLAGS), DocstringSkipParser()],
    path="src",
    patterns=["*.py"],
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (_documents + _docstrings).pytest()
