"""How long does the law of all authorities take on a ledger of a million stakes, and one proof? Beside: networkx, igraph and SQL.

The peers work out one authority's rule (OFAC, all listed together) over the last row of each slot as a point: no bounds, no votes, no
control, no runs by person, no doubtful days. They answer less, and are given their rows for nothing where they say so.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.generate import ON
from benchmarks.measure import report

ROWS = """
    select s.id as holder, o.id as asset, arg_max(coalesce(c.low, 0), c.seq) as share
    from claims c join entities s on s.code = c.subject join entities o on o.code = c.object
    where c.predicate = 'holds_shares' and c.mode = 'stated' and not coalesce(contains(c.qualifiers, '"votes"'), false)
    group by all
"""
LISTED = """
    select distinct o.id from claims c join entities a on a.code = c.subject join entities o on o.code = c.object
    where c.predicate = 'designates' and a.id = 'us-ofac' and contains(c.qualifiers, '"measure":"blocking"')
"""
LEVEL = """
    insert into caught
    select asset from stakes join caught on caught.id = stakes.holder
    where asset not in (from caught) group by asset having sum(share) >= 50
"""
state: dict[str, Any] = {}


def verdicts(path: Path) -> str:
    """From the file on disk to every rule's verdict on everybody."""
    from knockon.analyses.large import verdicts as ask
    from knockon.analyses.regimes import rules_on
    from knockon.ledger import Ledger
    from knockon.world import World

    state["world"] = World(Ledger.read(path), on=ON)
    found = state["found"] = ask(state["world"], rules_on(ON))
    caught = sum(int(v.found.surely.sum()) for v in found)
    perhaps = sum(int((v.found.possibly & ~v.found.surely).sum()) for v in found)
    return f"{len(found)} rules, {len(found[0].table):,} slots; {caught:,} caught surely, {perhaps:,} perhaps, over all rules"


def proof(path: Path) -> str:
    """Mean of five hundred proofs, once the columns are read."""
    from knockon.analyses.large import near
    from knockon.analyses.proofs import proofs
    from knockon.world.columns import names_of

    world, one = state["world"], next(v for v in state["found"] if v.rule.id == "us-ofac-50-blocking")
    codes = [c for c in one.found.surely.nonzero()[0].tolist() if c not in one.sure][:500]
    names = list(names_of(world, one.table, codes).values())
    took, sizes = [], []
    for name in names:
        begun = time.perf_counter()
        told = near(world, one.rule, [name])
        sizes.append(len(proofs(one.rule, told.slots, told.sure, name, controls=told.controls, joints=told.joints)))
        took.append(time.perf_counter() - begun)
    took.sort()
    return f"{len(names)} proofs of {min(sizes)}–{max(sizes)} claims: {sum(took) / len(took) * 1e3:.1f} ms each, {took[int(len(took) * 0.95)] * 1e3:.1f} ms at the 95th of 100"


def rows(path: Path) -> None:
    import duckdb

    with duckdb.connect(str(path), read_only=True, config={"threads": 2}) as con:
        state["rows"] = con.execute(ROWS).fetchall()
        state["listed"] = {i for (i,) in con.execute(LISTED).fetchall()}


def with_networkx(path: Path) -> str:
    import networkx as nx

    rows(path)
    graph = nx.DiGraph()
    graph.add_weighted_edges_from((h, a, Fraction(s)) for h, a, s in state["rows"])
    caught, front = set(state["listed"]), {p for p in state["listed"] if p in graph}
    while front:
        near = {a for p in front for a in graph.successors(p)} - caught
        front = {a for a in near if sum(d["weight"] for h, _, d in graph.in_edges(a, data=True) if h in caught) >= 50}
        caught |= front
    return f"{len(caught):,} reached; rows, graph and cascade"


def with_igraph(path: Path) -> str:
    import igraph

    rows(path)
    graph = igraph.Graph.TupleList(state["rows"], directed=True, weights=True)
    index = {name: n for n, name in enumerate(graph.vs["name"])}
    weight = graph.es["weight"]
    caught = {index[p] for p in state["listed"] if p in index}
    front = set(caught)
    while front:
        near = {a for p in front for a in graph.successors(p)} - caught
        front = {
            a
            for a in near
            if sum(weight[e] for e in graph.incident(a, mode="in") if graph.es[e].source in caught) >= 50
        }
        caught |= front
    return f"{len(caught):,} reached; rows, graph and cascade"


def with_sql(path: Path) -> str:
    import duckdb

    with duckdb.connect(config={"threads": 2}) as con:
        con.execute(f"attach '{path}' as ledger (read_only)")
        con.execute("use ledger")
        con.execute(f"create temp table stakes as {ROWS}")
        con.execute(f"create temp table caught as {LISTED.replace('distinct o.id', 'distinct o.id as id')}")
        before = -1
        while True:
            con.execute(LEVEL)
            (count,) = con.execute("select count(*) from caught").fetchall()[0]
            if count == before:
                return f"{count:,} reached; one statement a level"
            before = count


def in_python(path: Path) -> str:
    rows(path)
    held: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    below: dict[str, set[str]] = defaultdict(set)
    for holder, asset, share in state["rows"]:
        held[asset].append((holder, Fraction(share)))
        below[holder].add(asset)
    caught, front = set(state["listed"]), set(state["listed"])
    while front:
        near = {a for p in front for a in below[p]} - caught
        front = {a for a in near if sum(s for h, s in held[a] if h in caught) >= 50}
        caught |= front
    return f"{len(caught):,} reached"


WORK = {
    "verdicts": verdicts,
    "proof": proof,
    "networkx": with_networkx,
    "igraph": with_igraph,
    "sql": with_sql,
    "python": in_python,
}

if __name__ == "__main__":
    work, ledger = WORK[sys.argv[1]], Path(sys.argv[2])

    def prepare() -> None:
        import knockon.analyses.large
        import knockon.world  # noqa: F401  imports are counted to the start of the program, not to the law

        if sys.argv[1] == "proof":
            verdicts(ledger)

    report(lambda: work(ledger), setup=prepare)
