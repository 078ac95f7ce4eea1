"""An answer given once can be given again, to the byte, whatever the ledger has learned since (R22)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from knockon.ledger import Ledger

LATER = """subject,predicate,object,value,said_by,said_on,source
turgai,produces,,9 Mt/y,kazinform,2025-11-01,later.csv
lukoil,holds_interest,tengiz,45 %,kazinform,2025-11-02,later.csv
us-ofac,delists,lukoil,,us-ofac,2025-11-03,later.csv
"""


def run(*arguments: str, seed: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "knockon", *arguments],
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("form", ["--json", "--md"])
def test_the_answer_is_the_same_to_the_byte_after_the_ledger_has_learned_more(
    form: str, example: Path, tmp_path: Path
) -> None:
    ledger, later = tmp_path / "ledger.duckdb", tmp_path / "later.csv"
    empty = tmp_path / "none.csv"
    empty.write_text(LATER.splitlines()[0] + "\nacme,is_a,,company,acme,2020-01-01,none.csv\n", "utf-8")
    later.write_text(LATER, "utf-8")
    run("--ledger", str(ledger), "add", str(empty), seed="1")
    with Ledger.open(ledger) as opened:
        at = opened.at
    ask = ("--ledger", str(ledger), "brief", str(example), form, "--at", str(at))
    before = run(*ask, seed="1")
    run("--ledger", str(ledger), "add", str(later), seed="1")
    assert run(*ask, seed="2") == before
    assert run(*ask[:-2], seed="2") != before
