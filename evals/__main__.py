"""``python -m evals``: every quality score beside its floor; fails where one is below it."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import asdict

from evals.bg_reading import HERE, digest, score


def main() -> int:
    """Print the table; the exit status says whether a floor was broken."""
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["bg_reading"]
    found = asdict(score(talk=True))
    broken = [] if floors["gold"] == digest() else ["the gold is not the one that the floors were measured on"]
    for name, value in found.items():
        floor = floors.get(name)
        shown = f"{value:.2f}" if isinstance(value, float) else str(value)
        sys.stdout.write(f"{name:<18} {shown:>6}" + (f"   floor {floor}" if floor is not None else "") + "\n")
        below = floor is not None and (value > floor if name == "asserted_wrongly" else value < floor)
        if below:
            broken.append(f"{name} is {shown}, its floor {floor}")
    for line in broken:
        sys.stdout.write(f"broken: {line}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
