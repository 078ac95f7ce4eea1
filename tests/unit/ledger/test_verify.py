"""Verify: whatever is changed, lost or moved behind the ledger's back is found."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from knockon.errors import LedgerDamaged
from knockon.ledger import Ledger
from knockon.ledger.verify import verify
from knockon.testing import claims

FIRST = claims("zed holds 60% of bolt since 2020 (registry)\nacme holds 30% of bolt since 2020 (registry)")
LATER = claims("bolt develops deep since 2021 until 2030 (paper)\nus-ofac designates zed on 2024-05-01 (us-ofac)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "l.duckdb"
    with Ledger.open(made) as ledger:
        ledger.add(FIRST)
        ledger.add(LATER)
    return made


def verified(path: Path, tamper: str = "") -> tuple[int, int, int]:
    if tamper:
        with duckdb.connect(str(path)) as raw:
            for statement in filter(str.strip, tamper.split(";")):
                raw.execute(statement)
    with Ledger.read(path) as ledger:
        found = verify(ledger)
    return found.claims, found.loads, found.at


def test_a_sound_ledger(path: Path) -> None:
    assert verified(path) == (4, 2, 4)


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        ("update claims set body = replace(body, '\"60\"', '\"40\"') where seq = 1", "claim 1 .*id, low, high"),
        ("update claims set body = replace(body, '\"registry\"', '\"paper\"') where seq = 1", "claim 1 .*id, origin"),
        ("update claims set body = '{' where seq = 2", "claim 2 cannot be read"),
        ("update claims set body = '{}' where seq = 2", "claim 2 cannot be read"),
        ("update claims set body = body || ' ' where seq = 2", "claim 2 .*body"),
        ("update claims set id = 'c' || repeat('a', 26) where seq = 3", "claim 3 .*: id do"),
        ("update claims set low = 59 where seq = 1", "claim 1 .*: low do"),
        ("update claims set plain = not plain where seq = 1", ": plain do"),
        ("update claims set kind = 'flow' where seq = 1", ": kind do"),
        ("update claims set slot = 'x' where seq = 4", ": slot do"),
        ("update claims set end_latest = null where seq = 3", ": end_latest do"),
        ("update claims set said_latest = said_latest - 1 where seq = 4", ": said_latest do"),
        ("update claims set mode = 'planned' where seq = 4", ": mode do"),
        ("update claims set subject = object where seq = 1", ": subject do"),
        ("update entities set id = 'nobody' where id = 'zed'", "claim 1 .*: subject do"),
        ("delete from entities where id = 'bolt'", "claim 1 .*: object do"),
        ("delete from claims where seq = 2", "position is 4: rows are missing|seal of load 1"),
        ("delete from claims where seq = 4", "seal of load 2"),
        ("insert into claims select * replace (5 as seq) from claims where seq = 1", "after 4 belong to no load"),
        ("insert into claims select * from claims where seq = 1", "seal of load 1"),
        ("update claims set seq = 9 where seq = 1; update claims set seq = 1 where seq = 2; update claims set seq = 2 where seq = 9", "seal of load 1"),
        ("update claims set seq = 9 where seq = 2; update claims set seq = 2 where seq = 3; update claims set seq = 3 where seq = 9", "seal of load 1"),
        ("update stakes set high = high + 1 where seq = 1", "claim 1: its stake as a number"),
        ("update stakes set slot = slot + 1 where seq = 1", "claim 1: its stake as a number"),
        ("delete from stakes where seq = 1", "claim 1: its stake as a number"),
        ("insert into stakes from stakes where seq = 1", "claim 1: its stake as a number"),
        ("delete from loads where load = 1", "load 2 covers 3..4, expected it to begin at 1"),
        ("delete from loads where load = 2", "after 2 belong to no load"),
        ("update loads set chain = 'x' where load = 1", "seal of load 1"),
        ("update loads set last = 3 where load = 1; update loads set first = 4 where load = 2", "seal of load 1"),
        ("update loads set load = 3 - load", "expected it to begin at 1"),
    ],
)  # fmt: skip
def test_tampering_is_found(path: Path, tamper: str, told: str) -> None:
    with pytest.raises(LedgerDamaged, match=told):
        verified(path, tamper)


def test_a_swap_across_loads_with_every_column_sound_is_found(path: Path) -> None:
    """Each row by itself is as it should be; only the seals know the order."""
    with pytest.raises(LedgerDamaged, match="changed, moved or lost"):
        verified(path, "update claims set seq = 5 - seq")
