"""How long does the program take to start, and to answer the example? Beside: Python doing nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from benchmarks.measure import ROOT, report

EXAMPLE = ROOT / "examples" / "2025-11-11-moscow.bg.txt"


def run(*command: str) -> str:
    """The command in a home of its own; its own exit status decides."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "NO_COLOR": "1"}
        ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(ran.stderr.strip() or f"exit {ran.returncode}")
    return f"{len(ran.stdout)} characters printed"


def reference() -> str:
    from knockon import reference as shipped

    made = shipped.ledger()
    return f"{made.at} claims"


def imports() -> None:
    import knockon.ledger
    import knockon.reference
    import knockon.sources.csv_  # noqa: F401


COMMANDS = {
    "pass": [sys.executable, "-c", "pass"],
    "help": [sys.executable, "-m", "knockon", "--help"],
    "brief": [sys.executable, "-m", "knockon", "brief", str(EXAMPLE)],
}

if __name__ == "__main__":
    how = sys.argv[1]
    if how == "reference":
        report(reference, setup=imports)
    else:
        # the second of two runs counts: the first finds cold files
        report(lambda: run(*COMMANDS[how]), setup=(lambda: run(*COMMANDS[how])))
