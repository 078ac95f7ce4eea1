"""How long does a world over a million stakes take: its stakes as columns, one party's status, its fingerprint?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from benchmarks.generate import ON
from benchmarks.measure import report

state: dict[str, Any] = {}


def open_world(path: Path) -> None:
    import knockon.analyses.large
    import knockon.analyses.status
    import knockon.world.columns  # noqa: F401  imports are counted to the start of the program, not to the world
    from knockon.ledger import Ledger
    from knockon.world import World

    state["world"] = World(Ledger.read(path), on=ON)


def stakes() -> str:
    from knockon.world.columns import columns

    return f"{len(columns(state['world'], ['holds_shares'])):,} stakes resolved, as columns"


def one_status() -> str:
    from knockon.analyses.status import status

    party = state["world"].entity("firm_00001234")
    return ", ".join(sorted({f"{e.authority}: {e.status}" for e in status(state["world"], party)}))


def fingerprint() -> str:
    return str(state["world"].fingerprint)


WORK = {"stakes": stakes, "status": one_status, "fingerprint": fingerprint}

if __name__ == "__main__":
    report(WORK[sys.argv[1]], setup=lambda: open_world(Path(sys.argv[2])))
