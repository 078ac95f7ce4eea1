"""Measure everything in one run and print it as Markdown. ``python -m benchmarks [CLAIMS] [only PART…]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Row, away, machine, table


def main(count: int, parts: set[str]) -> None:
    print(machine() + "\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="knockon-bench-") as folder:
        source, ledger = Path(folder) / "claims.csv", Path(folder) / "ledger.duckdb"
        if parts & {"load", "worlds"}:
            write(source, count)
            rows = [
                away(f"`add` of {count:,} claims", "load", "knockon", source, ledger, target="60 s, 2 GB"),
                away("· DuckDB reads the CSV", "load", "duckdb", source, Path(folder) / "d.duckdb"),
                away("· SQLite, executemany", "load", "sqlite", source, Path(folder) / "s.sqlite"),
            ]
            show("Loading", rows)
        if "worlds" in parts:
            show("Worlds", [
                away("an as-of world with its stakes", "worlds", "stakes", ledger, target="1 s, 2 GB"),
                away("· last rows of the slots, in SQL", "worlds", "plain-stakes", ledger),
                away("the cascade over them, exact", "worlds", "cascade", ledger),
                away("· in Python, with Fractions", "worlds", "fraction-cascade", ledger),
                away("· in SQL, level by level", "worlds", "sql-cascade", ledger),
                away("the status of one party, with proofs", "worlds", "status", ledger),
                away("the world's fingerprint", "worlds", "fingerprint", ledger),
            ])  # fmt: skip
    if "start" in parts:
        show("Starting", [
            away("`knockon --help`", "start", "help", target="0.2 s"),
            away("· `python -c pass`", "start", "pass"),
            away("the reference world, parsed and loaded", "start", "reference", target="0.3 s"),
            away("`knockon brief` of the example, cold", "start", "brief", target="3 s"),
        ])  # fmt: skip


def show(title: str, rows: list[Row]) -> None:
    print(f"## {title}\n\n{table(rows)}\n", flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    chosen = {p for p in given if p in ("load", "worlds", "start")} or {"load", "worlds", "start"}
    main(next((int(p) for p in given if p.isdigit()), 1_000_000), chosen)
