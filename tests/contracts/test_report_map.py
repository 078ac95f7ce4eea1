"""docs/report.md is what the program makes of the example report today; `make report` writes it anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_map_of_the_example_is_up_to_date(example: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "knockon", "brief", str(example), "--map", "--full"],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert (ROOT / "docs" / "report.md").read_text("utf-8") == made.stdout.decode(), "run: make report"


def test_every_sentence_of_the_report_stands_in_the_map(example: Path) -> None:
    mapped = (ROOT / "docs" / "report.md").read_text("utf-8")
    words = [w for w in example.read_text("utf-8").replace("„", " ").replace("“", " ").split() if len(w) > 6]
    missing = [w for w in words if w.strip(".,:") not in mapped]
    assert not missing
