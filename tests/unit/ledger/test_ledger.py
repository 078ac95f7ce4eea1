"""The ledger: it only grows, in the order of hearing, all of a load or none; and it says what is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from knockon.errors import BadClaim, LedgerDamaged, LedgerTooNew
from knockon.ledger import Ledger
from knockon.ledger.ledger import LAYOUT
from knockon.ledger.verify import verify
from knockon.model.claim import Claim
from knockon.testing import claims
from knockon.world import World
from knockon.world.columns import columns

A, B, C = claims(
    "zed holds 60% of bolt since 2020 (registry)\nacme holds 30% of bolt since 2020 (registry)\nbolt develops deep (paper)"
)
BAD = Claim(
    subject="acme",
    predicate="holds_shares",
    object="bolt",
    said_by=A.said_by,
    said_on=A.said_on,
    source="s",
    value="most",
)


def order(ledger: Ledger) -> list[tuple[int, str]]:
    return ledger.connection.execute("select seq, id from claims order by seq").fetchall()


def test_adding_twice_adds_nothing() -> None:
    with Ledger.memory() as ledger:
        first = ledger.add([A, B, A])
        assert (first.heard, first.added, first.at) == (3, 2, 2)
        again = ledger.add([B, A])
        assert (again.heard, again.added, again.at) == (2, 0, 2)
        assert ledger.connection.execute("select count(*) from loads").fetchone() == (1,)


def test_the_order_is_that_of_hearing() -> None:
    with Ledger.memory() as ledger:
        ledger.add([B])
        ledger.add([C, B, A])
        assert order(ledger) == [(1, B.id), (2, C.id), (3, A.id)]
        assert list(ledger.claims()) == [B, C, A]


def test_two_loads_have_two_chained_seals() -> None:
    with Ledger.memory() as one, Ledger.memory() as two:
        one.add([A, B])
        two.add([A])
        two.add([B])
        assert one.last_seal() != two.last_seal()
        assert two.last_seal() == two.seal(1, 2, two.seal(0, 1, ""))


def test_an_empty_load_leaves_no_trace() -> None:
    with Ledger.memory() as ledger:
        assert ledger.add([]).at == 0
        assert ledger.last_seal() == ""


def test_a_rejected_claim_rolls_the_whole_load_back() -> None:
    with Ledger.memory() as ledger:
        ledger.add([A])
        before = ledger.last_seal()
        with pytest.raises(BadClaim, match="acme holds_shares") as told:
            ledger.add([B, C, BAD], titles={B.source: "A register"})
        assert "takes a number" in told.value.problem
        assert (order(ledger), ledger.last_seal()) == ([(1, A.id)], before)
        assert ledger.title(B.source) == B.source
        assert ledger.recall(B.id) is None
        assert ledger.add([B, C]).at == 3


def test_a_source_that_breaks_off_rolls_the_whole_load_back(tmp_path: Path) -> None:
    def broken() -> Iterator[Claim]:
        yield A
        raise KeyboardInterrupt

    with Ledger.open(tmp_path / "l.duckdb") as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.add(broken())
        assert (ledger.at, ledger.add([A]).at) == (0, 1)


def test_what_was_added_is_there_after_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "l.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add([A, B], titles={A.source: "A register"})
    with Ledger.read(path) as ledger:
        assert list(ledger.claims()) == [A, B]
        assert ledger.title(A.source) == "A register"
        with pytest.raises(duckdb.Error, match="read-only"):
            ledger.add([C])
    with Ledger.open(path) as ledger:
        assert ledger.add([C]).at == 3


def test_the_first_title_of_a_source_stays() -> None:
    with Ledger.memory() as ledger:
        ledger.add([A], titles={"s": "First"})
        ledger.add([B], titles={"s": "Second", "t": "Other"})
        assert [ledger.title(source) for source in ("s", "t", "https://example.org")] == [
            "First",
            "Other",
            "https://example.org",
        ]


def test_a_missing_ledger_is_not_made_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "none.duckdb"
    with pytest.raises(LedgerDamaged, match="no ledger here"):
        Ledger.read(path)
    assert not path.exists()


@pytest.mark.parametrize("layout", [str(LAYOUT + 1), "99"])
@pytest.mark.parametrize("door", [Ledger.read, Ledger.open])
def test_a_newer_layout_is_refused_and_not_touched(tmp_path: Path, door: object, layout: str) -> None:
    path = relaid(tmp_path, layout)
    before = path.read_bytes()
    with pytest.raises(LedgerTooNew, match=f"layout {layout}"):
        door(path)  # type: ignore[operator]
    assert path.read_bytes() == before


@pytest.mark.parametrize("layout", ["one", "", "-1"])
def test_a_layout_that_is_no_number_is_damage(tmp_path: Path, layout: str) -> None:
    with pytest.raises(LedgerDamaged, match="layout"):
        Ledger.read(relaid(tmp_path, layout))


def relaid(folder: Path, layout: str) -> Path:
    path = folder / "l.duckdb"
    Ledger.open(path).close()
    with duckdb.connect(str(path)) as raw:
        raw.execute("update meta set value = $1 where key = 'layout'", [layout])
    return path


@pytest.mark.parametrize("door", [Ledger.read, Ledger.open])
def test_another_database_is_not_a_ledger(tmp_path: Path, door: object) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as raw:
        raw.execute("create table mine as select 1 as n")
    with pytest.raises(LedgerDamaged, match="not a knockon ledger"):
        door(path)  # type: ignore[operator]
    with duckdb.connect(str(path)) as raw:
        assert raw.execute("select table_name from information_schema.tables").fetchall() == [("mine",)]


@pytest.mark.parametrize("content", [b"subject,predicate\nacme,holds\n", b"x" * 20_000, b"\0" * 20_000])
@pytest.mark.parametrize("door", [Ledger.read, Ledger.open])
def test_another_file_is_refused_and_stays(tmp_path: Path, door: object, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(LedgerDamaged):
        door(path)  # type: ignore[operator]
    assert path.read_bytes() == content


def first_layout(path: Path) -> list[tuple[object, ...]]:
    """Make a ledger what the first layout was: without its stakes as numbers. Returns those it had."""
    with duckdb.connect(str(path)) as raw:
        kept = raw.execute("from stakes order by seq").fetchall()
        raw.execute("drop table stakes")
        raw.execute("update meta set value = '1' where key = 'layout'")
    return kept


TOLD = """acme holds 60% of bolt since 2020 (registry)
cog holds >25.50% of bolt since 2020 (registry)
planned: eve holds 5% of bolt since 2020 (registry)
acme controls dyne since 2020 (registry)
acme is called "Acme AG" (list)"""


def test_a_ledger_of_the_first_layout_gets_its_stakes_when_it_is_opened_for_adding(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add(claims(TOLD))
    kept = first_layout(path)
    assert len(kept) == 3
    with Ledger.open(path) as ledger:
        assert ledger.connection.execute("from stakes order by seq").fetchall() == kept
        assert ledger.connection.execute("select value from meta where key = 'layout'").fetchall() == [(str(LAYOUT),)]
        ledger.add(claims("dyne holds 5% of bolt since 2020 (registry)"))
        assert verify(ledger).claims == 6
        assert ledger.connection.execute("select count(*) from stakes").fetchall() == [(4,)]


def test_a_ledger_of_the_first_layout_is_read_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add(claims(TOLD))
        expected = columns(World(ledger, on=date(2025, 1, 1)), ["holds_shares"])
    first_layout(path)
    before = path.read_bytes()
    with Ledger.read(path) as ledger:
        found = columns(World(ledger, on=date(2025, 1, 1)), ["holds_shares"])
        assert verify(ledger).claims == 5
    assert [found.low.tolist(), found.high.tolist()] == [expected.low.tolist(), expected.high.tolist()]
    assert found.low.tolist() == [60_000_000_000, 25_500_000_001]
    assert path.read_bytes() == before
