"""A load is all or nothing: killed at any moment, on a full disk, beside another process, the ledger opens and verifies."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from knockon.errors import LedgerDamaged, LedgerFull, LedgerInUse, LedgerTooNew, Rejected
from knockon.ledger import Ledger
from knockon.ledger.bulk import add_parts
from knockon.ledger.verify import verify
from knockon.sources.csv_ import batches, read_batch
from knockon.testing import claims

ROUNDS = 10
FIRST = "us-ofac designates acme for blocking on 2024-05-01 (us-ofac)\nacme holds 60% of bolt since 2020 (registry)"
ROWS = 20_000

LOAD = """
import sys
from collections.abc import Iterator
from pathlib import Path
from knockon.ledger import Ledger
from knockon.ledger.bulk import add_parts
from knockon.sources.csv_ import batches, read_batch
if __name__ == "__main__":
    print("begun", flush=True)
    with Ledger.open(Path(sys.argv[1])) as ledger:
        add_parts(ledger, batches(Path(sys.argv[2])), read_batch, workers=1)
        print("done", flush=True)
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A CSV whose load takes a second or so."""
    path = tmp_path / "stakes.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("subject,predicate,object,value,said_by,said_on,source\n")
        file.writelines(f"a{n},holds_shares,b{n},{n % 100} %,registry,2024-01-01,register:{n}\n" for n in range(ROWS))
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.duckdb"
    with Ledger.open(path) as made:
        made.add(claims(FIRST))
    return path


def start(program: str, *args: object) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    )


def holds_all_or_none(path: Path, before: int) -> bool:
    """Whether a ledger, opened after the kill, is sound; returns whether it holds the load."""
    with Ledger.open(path) as opened:
        found = verify(opened)
        assert found.at in (before, before + ROWS), f"half a load: {found.at}"
        assert [c.id for c in claims(FIRST)] == [c.id for _, c in zip(range(2), opened.claims(), strict=False)]
        return found.at > before


@pytest.mark.slow
def test_a_load_killed_at_any_moment_is_there_whole_or_not_at_all(ledger: Path, table: Path, tmp_path: Path) -> None:
    chance = random.Random(11)
    reference = tmp_path / "whole.duckdb"
    shutil.copy(ledger, reference)
    begun = time.monotonic()
    done = start(LOAD, reference, table)
    out, err = done.communicate(timeout=120)
    assert out.endswith("done\n"), err
    whole = time.monotonic() - begun
    seen = set()
    for turn in range(ROUNDS):
        copy = tmp_path / f"turn{turn}.duckdb"
        shutil.copy(ledger, copy)
        process = start(LOAD, copy, table)
        assert process.stdout is not None
        process.stdout.readline()
        # spread over the whole load, and dense at its end, where it is written down
        moment = whole * (turn / ROUNDS if turn % 2 else 0.7 + 0.4 * chance.random())
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        process.communicate()
        seen.add(holds_all_or_none(copy, 2))
        copy.unlink()
    with Ledger.open(ledger) as again:  # what was cut short can be loaded again
        add_parts(again, batches(table), read_batch, workers=1)
        assert again.at == 2 + ROWS
    assert False in seen, "no load was cut short: the test tries nothing"


def test_a_load_that_fails_half_way_leaves_nothing(ledger: Path) -> None:
    def some() -> object:
        yield from claims("acme holds 10% of cog since 2020 (registry)")
        raise RuntimeError("the reader broke")

    with Ledger.open(ledger) as opened:
        seal = opened.last_seal()
        with pytest.raises(RuntimeError, match="the reader broke"):
            opened.add(some())  # type: ignore[arg-type]
        assert (opened.at, opened.last_seal()) == (2, seal)
        assert verify(opened).at == 2
        assert opened.add(claims("acme holds 10% of cog since 2020 (registry)")).added == 1


def test_a_load_that_fails_after_its_first_part_leaves_nothing(ledger: Path) -> None:
    from knockon.ledger.rows import row

    def parts() -> Iterator[list[tuple[object, ...]]]:
        yield [row(c) for c in claims("acme holds 10% of cog since 2020 (registry)")]
        raise RuntimeError("the second part broke")

    with Ledger.open(ledger) as opened:
        before = (opened.at, opened.last_seal())
        with pytest.raises(RuntimeError, match="the second part broke"):
            opened.record(parts())
        assert (opened.at, opened.last_seal()) == before
    assert holds_all_or_none(ledger, 2) is False


def test_unsound_rows_keep_the_whole_file_out_unless_asked(ledger: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "subject,predicate,object,value,said_by,said_on,source\n"
        "acme,holds_shares,cog,10 %,registry,2024-01-01,x\nacme,holds_shares,cog,110 %,registry,2024-01-01,x\n",
        encoding="utf-8",
    )
    with Ledger.open(ledger) as opened:
        with pytest.raises(Rejected, match=r"bad.csv, row 3.*outside 0..100"):
            add_parts(opened, batches(bad), read_batch)
        assert opened.at == 2
        done = add_parts(opened, batches(bad), read_batch, skip_bad=True)
        assert (done.load.added, done.unsound, len(done.problems)) == (1, 1, 1)
        verify(opened)


def test_parts_read_by_other_processes_make_the_same_ledger(tmp_path: Path, table: Path) -> None:
    seals = []
    for workers in (1, 2):
        with Ledger.open(tmp_path / f"by{workers}.duckdb") as opened:
            add_parts(opened, ((b) for b in _small(table)), read_batch, workers=workers)
            seals.append((opened.at, opened.last_seal()))
            verify(opened)
    with Ledger.memory() as opened:
        from knockon.sources.csv_ import read_rows

        opened.add(read_rows(table).claims)
        seals.append((opened.at, opened.last_seal()))
    assert len(set(seals)) == 1


def _small(path: Path) -> object:
    """The batches of a file, cut smaller, so that there are enough for several processes."""
    from knockon.sources.csv_ import Batch

    for batch in batches(path):
        for n in range(0, len(batch.rows), 4_000):
            yield Batch(batch.where, batch.header, batch.rows[n : n + 4_000])


HOLD = """
import sys, time
from collections.abc import Iterator
from pathlib import Path
from knockon.ledger import Ledger
with Ledger.open(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_told_that_the_ledger_is_in_use(ledger: Path) -> None:
    process = start(HOLD, ledger)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        for use in (Ledger.open, Ledger.read):
            with pytest.raises(LedgerInUse, match="in use by another process") as told:
                use(ledger)
            assert "wait" in told.value.hint
    finally:
        process.kill()
        process.communicate()
    with Ledger.open(ledger) as opened:
        assert verify(opened).at == 2


def test_a_ledger_of_a_newer_version_is_left_alone(ledger: Path) -> None:
    with duckdb.connect(str(ledger)) as con:
        con.execute("update meta set value = '99' where key = 'layout'")
    before = ledger.read_bytes()
    for use in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerTooNew, match="99") as told:
            use(ledger)
        assert "upgrade" in told.value.hint
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a ledger at all\n" * 500, b"\x00" * 8192, os.urandom(9000), b"PK\x03\x04"])
def test_a_file_that_is_no_ledger_is_told_so_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "garbage.duckdb"
    path.write_bytes(content)
    for use in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerDamaged):
            use(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_told_so_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create table theirs (a integer)")
    for use in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerDamaged, match="not a knockon ledger"):
            use(path)
    with duckdb.connect(str(path)) as con:
        assert con.execute("select table_name from information_schema.tables").fetchall() == [("theirs",)]


def test_a_ledger_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerDamaged, match="no ledger here") as told:
        Ledger.read(tmp_path / "none.duckdb")
    assert "knockon add" in told.value.hint
    assert list(tmp_path.iterdir()) == []


CORRUPT = [
    ("update claims set body = replace(body, '60', '61') where seq = 2", "do not follow|cannot be read"),
    ("update claims set low = 61 where seq = 2", "low do not follow"),
    ("update claims set slot = 'x' where seq = 1", "slot do not follow"),
    ("update claims set seq = 3 - seq", "seal of load 1"),
    ("delete from claims where seq = 1", "rows are missing|seal of load 1"),
    ("delete from claims where seq = 2", "rows are missing|seal of load 1|belong to no load"),
    ("delete from loads", "belong to no load"),
    (
        "insert into claims select 3, * exclude (seq) from claims where seq = 1",
        "belong to no load|rows are missing|twice",
    ),
]


@pytest.mark.parametrize(("change", "told"), CORRUPT)
def test_verify_finds_a_row_that_was_changed_moved_or_lost(ledger: Path, change: str, told: str) -> None:
    with Ledger.open(ledger) as opened:
        verify(opened)
    with duckdb.connect(str(ledger)) as con:
        con.execute(change)
    with Ledger.open(ledger) as opened, pytest.raises(LedgerDamaged, match=told):
        verify(opened)


LIMITED = """
import resource, signal, sys
from collections.abc import Iterator
from pathlib import Path
from knockon.errors import LedgerFull
from knockon.ledger import Ledger
from knockon.sources.csv_ import read_rows
claims = read_rows(Path(sys.argv[2])).claims
size = Path(sys.argv[1]).stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, resource.RLIM_INFINITY))
try:
    with Ledger.open(Path(sys.argv[1])) as ledger:
        ledger.add(claims)
except LedgerFull as full:
    print("full:", full.message, "|", full.hint)
"""


def test_a_full_disk_is_told_and_nothing_is_half_written(ledger: Path, table: Path) -> None:
    process = start(LIMITED, ledger, table)
    out, err = process.communicate(timeout=120)
    assert out.startswith("full:"), (out, err[-2000:])
    assert "nothing of this load was kept" in out
    assert "free some space" in out
    assert holds_all_or_none(ledger, 2) is False


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_fills_up_is_told_and_nothing_is_half_written(ledger: Path, table: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=False, capture_output=True
    ).returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        path = disk / "ledger.duckdb"
        shutil.copy(ledger, path)
        from knockon.sources.csv_ import read_rows

        told = read_rows(table).claims
        with pytest.raises(LedgerFull, match="nothing of this load was kept"), Ledger.open(path) as opened:
            opened.add(told)
        shutil.copy(path, tmp_path / "after.duckdb")
        if (wal := disk / "ledger.duckdb.wal").exists():
            shutil.copy(wal, tmp_path / "after.duckdb.wal")
        assert holds_all_or_none(tmp_path / "after.duckdb", 2) is False
    finally:
        subprocess.run(["/bin/umount", disk], check=True)
