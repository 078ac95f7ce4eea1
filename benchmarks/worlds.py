"""How long does a world of a million claims take: its stakes, its cascade, one party's status? Beside: the same by plain roads.

The baselines answer less: they take each slot's last row, and know nothing of doubtful days, conflicts, deals or names.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.measure import report

ON = date(2024, 1, 1)
LAST_ROWS = """
    select s.id as holder, o.id as asset, arg_max(c.low, c.seq) as share
    from claims c join entities s on s.code = c.subject join entities o on o.code = c.object
    where c.predicate = 'holds_shares' and c.said_latest <= date '2024-01-01' and c.mode = 'stated' and c.low is not null
    group by all
"""
LISTED = """
    select distinct o.id from claims c join entities o on o.code = c.object
    where c.predicate = 'designates' and c.said_latest <= date '2024-01-01'
"""
# DuckDB's recursion keeps what it found; sums over found owners are not monotone SQL, so each level is a statement
LEVEL = """
    insert into caught
    select asset from stakes join caught on caught.id = stakes.holder
    where asset not in (from caught) group by asset having sum(share) >= 50
"""

state: dict[str, Any] = {}


def open_world(path: Path) -> None:
    import knockon.analyses.status  # imports are counted to the start of the program, not to the world
    import knockon.world.columns  # noqa: F401
    from knockon.ledger import Ledger
    from knockon.world import World

    state["world"] = World(Ledger.read(path), on=ON)


def stakes() -> str:
    from knockon.world.columns import columns

    state["table"] = table = columns(state["world"], ["holds_shares"])
    return f"{len(table)} stakes resolved, as columns"


def seeds() -> None:
    from knockon.analyses.status import designated
    from knockon.world.columns import codes_of

    stakes()
    listed = [e.entity for e in designated(state["world"], "us-ofac")]
    state["seeds"] = list(codes_of(state["world"], state["table"], listed).values())


def cascade() -> str:
    from knockon.analyses.cascade_columns import reach_columns
    from knockon.analyses.regimes import rules_on

    found = reach_columns(rules_on(ON, "us-ofac")[0], state["table"], state["seeds"])
    return f"{int(found.surely.sum())} reached surely, {int(found.possibly.sum())} possibly, from {len(state['seeds'])} listed"


def one_status() -> str:
    from knockon.analyses.status import status

    party = state["world"].entity("company_0234567")
    return ", ".join(sorted({e.status for e in status(state["world"], party)}))


def fingerprint() -> str:
    return str(state["world"].fingerprint)


def plain_stakes() -> str:
    rows = state["world"].ledger.connection.execute(LAST_ROWS).fetchall()
    state["rows"] = rows
    return f"{len(rows)} last rows, as Python objects"


def plain_rows() -> None:
    plain_stakes()
    state["listed"] = {i for (i,) in state["world"].ledger.connection.execute(LISTED).fetchall()}


def fraction_cascade() -> str:
    held: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    below: dict[str, set[str]] = defaultdict(set)
    for holder, asset, share in state["rows"]:
        held[asset].append((holder, Fraction(share)))
        below[holder].add(asset)
    caught, front = set(state["listed"]), set(state["listed"])
    while front:
        touched = {a for p in front for a in below[p]} - caught
        front = {a for a in touched if sum(s for h, s in held[a] if h in caught) >= 50}
        caught |= front
    return f"{len(caught)} reached"


def sql_tables() -> None:
    import duckdb

    plain_rows()
    state["sql"] = con = duckdb.connect(config={"threads": 2})
    con.execute(
        "create table stakes (holder varchar, asset varchar, share decimal(38, 9)); create table caught (id varchar)"
    )
    holders, assets, shares = map(list, zip(*state["rows"], strict=True))
    con.execute("insert into stakes select unnest($1), unnest($2), unnest($3)", [holders, assets, shares])
    con.execute("insert into caught select unnest($1)", [sorted(state["listed"])])


def sql_cascade() -> str:
    con, before = state["sql"], -1
    while True:
        con.execute(LEVEL)
        (count,) = con.execute("select count(*) from caught").fetchall()[0]
        if count == before:
            return f"{count} reached"
        before = count


WORK = {
    "stakes": (stakes, None),
    "cascade": (cascade, seeds),
    "status": (one_status, None),
    "fingerprint": (fingerprint, None),
    "plain-stakes": (plain_stakes, None),
    "fraction-cascade": (fraction_cascade, plain_rows),
    "sql-cascade": (sql_cascade, sql_tables),
}

if __name__ == "__main__":
    work, before = WORK[sys.argv[1]]

    def prepare() -> None:
        open_world(Path(sys.argv[2]))
        if before is not None:
            before()

    report(work, setup=prepare)
