"""Time and memory of one piece of work, each in a process of its own, so that no one's memory is counted to another."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

__all__ = ["Row", "away", "machine", "out", "report", "table"]

ROOT = Path(__file__).parent.parent


class Row(dict):  # type: ignore[type-arg]
    """What one piece of work took: ``what``, ``seconds``, ``peak`` (MB), ``note``."""


def report(work: Callable[[], object], *, setup: Callable[[], object] | None = None) -> None:
    """In the process of its own: do the work, print what it took as JSON."""
    if setup is not None:
        setup()
    begun = time.perf_counter()
    note = work()
    seconds = time.perf_counter() - begun
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print("\n" + json.dumps({"seconds": seconds, "peak": (own + others) / 1024, "note": str(note or "")}))


def away(what: str, module: str, *args: object, target: str = "") -> Row:
    """Run ``python -m benchmarks.module args`` and read its report."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    ran = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, args)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        return Row(
            what=what,
            seconds=None,
            peak=None,
            note=ran.stderr.strip().splitlines()[-1] if ran.stderr else "failed",
            target=target,
        )
    return Row(what=what, target=target, **json.loads(ran.stdout.strip().splitlines()[-1]))


def out(module: str, *args: object) -> str:
    """What ``python -m benchmarks.module args`` prints, run in a process of its own."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, args)]
    return subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def machine() -> str:
    """On what this was measured."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _cpuinfo() if line.startswith("model name")), platform.processor()
    )
    libraries = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "numpy"))
    load = os.getloadavg()[0]
    return f"{cpu}, {os.cpu_count()} cores, load {load:.1f} at the start; Python {platform.python_version()}, {libraries}; {platform.system()}"


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def table(rows: list[Row]) -> str:
    """Rows as Markdown."""
    lines = ["| | seconds | peak memory | target | |", "|---|---:|---:|---:|---|"]
    for row in rows:
        took = "failed" if row["seconds"] is None else f"{row['seconds']:.2f}"
        peak = "" if row["peak"] is None else f"{row['peak']:.0f} MB"
        lines.append(f"| {row['what']} | {took} | {peak} | {row['target']} | {row['note']} |")
    return "\n".join(lines)
