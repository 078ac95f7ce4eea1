"""How long does a file of claims take into a new ledger? Beside: DuckDB alone reading the same lines, and SQLite with executemany."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from benchmarks.measure import report


def knockon(table: Path, ledger: Path) -> str:
    from knockon.ledger import Ledger
    from knockon.ledger.bulk import add_parts
    from knockon.sources.csv_ import batches, read_batch

    with Ledger.open(ledger) as opened:
        done = add_parts(opened, batches(table), read_batch)
    return f"{done.load.added:,} claims, ids and seals made; {ledger.stat().st_size / 1e6:.0f} MB"


def duckdb_alone(lines: Path, ledger: Path) -> str:
    import duckdb

    with duckdb.connect(str(ledger), config={"memory_limit": "600MB"}) as con:
        con.execute("set enable_progress_bar = false")
        con.execute("create table rows as select json from read_json_objects($1)", [str(lines)])
        (count,) = con.execute("select count(*) from rows").fetchall()[0]
    return f"{count:,} lines; nothing checked, no ids"


def sqlite_alone(lines: Path, ledger: Path) -> str:
    con = sqlite3.connect(ledger)
    with lines.open(encoding="utf-8") as file, con:
        con.execute("create table rows (line)")
        con.executemany("insert into rows values (?)", ((line,) for line in file))
        (count,) = con.execute("select count(*) from rows").fetchone()
    con.close()
    return f"{count:,} lines; nothing checked, no ids"


if __name__ == "__main__":
    how, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    target.unlink(missing_ok=True)
    report(lambda: {"knockon": knockon, "duckdb": duckdb_alone, "sqlite": sqlite_alone}[how](source, target))
