"""Measure everything in one run and print it as Markdown. ``python -m benchmarks [STAKES] [PART…]``; parts are load, law, worlds, start."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Row, away, machine, out, table

PARTS = ("load", "law", "worlds", "start")


def main(count: int, parts: set[str]) -> None:
    print(machine() + "\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="knockon-bench-") as folder:
        source, ledger = Path(folder) / "claims.jsonl", Path(folder) / "ledger.duckdb"
        if "load" in parts:
            claims = write(source, count)
            rows = [
                away(f"`add` of {claims:,} claims", "load", "knockon", source, Path(folder) / "l.duckdb"),
                away("· DuckDB reads the lines", "load", "duckdb", source, Path(folder) / "d.duckdb"),
                away("· SQLite, executemany", "load", "sqlite", source, Path(folder) / "s.sqlite"),
            ]
            show("Loading", rows)
        if parts & {"law", "worlds"}:
            begun = time.perf_counter()
            claims = int(out("generate", ledger, count))
            print(
                f"{claims:,} claims about {count:,} stakes, made in {time.perf_counter() - begun:.0f} s\n", flush=True
            )
        if "law" in parts:
            show("Law", [
                away("all authorities, with bounds, from the ledger on disk", "law", "verdicts", ledger, target="2 s at 1 M"),
                away("proofs, once the columns are read", "law", "proof", ledger, target="20 ms each"),
                away("· one authority, points: Python with Fractions", "law", "python", ledger),
                away("· one authority, points: networkx", "law", "networkx", ledger),
                away("· one authority, points: igraph", "law", "igraph", ledger),
                away("· one authority, points: DuckDB, level by level", "law", "sql", ledger),
            ])  # fmt: skip
        if "worlds" in parts:
            show("Worlds", [
                away("an as-of world with its stakes", "worlds", "stakes", ledger),
                away("the status of one party, all rules, with proofs", "worlds", "status", ledger),
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
    chosen = {p for p in given if p in PARTS} or set(PARTS)
    main(next((int(p) for p in given if p.isdigit()), 1_000_000), chosen)
