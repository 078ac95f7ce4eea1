"""What has been recorded, in which order? An embedded DuckDB file that only grows; one process writes at a time.

A load is atomic: killed at any moment, the ledger holds all of it or none. Refuses to change or delete a row.

>>> from knockon.testing import claims
>>> with Ledger.memory() as ledger:
...     ledger.add(claims("acme holds 60% of bolt since 2020 (registry)")).added
...     ledger.add(claims("acme holds 60% of bolt since 2020 (registry)")).added
1
0
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from knockon.errors import BadClaim, LedgerDamaged, LedgerFull, LedgerInUse, LedgerTooNew
from knockon.ledger.rows import COLUMNS, from_body, row
from knockon.ledger.sql import query
from knockon.ledger.stakes import add_stakes, has_stakes, stakes_table
from knockon.model.claim import Claim
from knockon.model.vocabulary import check

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["LAYOUT", "Ledger", "Load", "query"]

LAYOUT = 2
_BATCH = 50_000
_MEMORY = "600MB"  # what the database keeps of the file in memory; past it, it works on disk
_SHARED = 20_000  # claims added while the ledger is no larger than this need not be read back from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one ``add`` did: claims heard, claims that were new, and the ledger's position after it."""

    heard: int
    added: int
    at: int


class Ledger:
    """An open ledger. Use ``Ledger.open``, ``Ledger.read`` or ``Ledger.memory``, and close it (or use ``with``)."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self.connection = connection
        self.path = path
        self._kept: dict[str, Claim] = {}

    @staticmethod
    def memory() -> Ledger:
        """A ledger that lives as long as the process."""
        connection = duckdb.connect(":memory:", config={"threads": 2})
        connection.execute(query("knockon.ledger", "schema"))
        connection.execute("insert into meta values ('layout', $1)", [str(LAYOUT)])
        return Ledger(connection, None)

    @staticmethod
    def open(path: Path) -> Ledger:
        """Open for adding; the file is made when it is not there."""
        fresh = not path.exists()
        if fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path, read_only=False)
        with _Told(path):
            if fresh or not _tables(connection):
                connection.execute("begin")
                connection.execute(query("knockon.ledger", "schema"))
                connection.execute("insert into meta values ('layout', $1)", [str(LAYOUT)])
                connection.execute("commit")
        return _brought_up(_checked(Ledger(connection, path)))

    @staticmethod
    def read(path: Path) -> Ledger:
        """Open for reading only; nothing can be written through it."""
        if not path.exists():
            raise LedgerDamaged(path, "there is no ledger here", "make one with: knockon add FILE --ledger PATH")
        return _checked(Ledger(_connect(path, read_only=True), path))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    @property
    def at(self) -> int:
        """The position: how many claims have been recorded."""
        found = self.connection.execute("select coalesce(max(seq), 0) from claims").fetchone()
        assert found is not None
        return int(found[0])

    def add(
        self,
        claims: Iterable[Claim],
        *,
        titles: Mapping[str, str] | None = None,
        documents: Sequence[tuple[str, str, str, str, date | None, str]] = (),
        readings: Sequence[tuple[str, str, str, float, str]] = (),
        origin: str = "",
    ) -> Load:
        """Record claims in one atomic load; those that are there already add nothing (R1)."""
        fresh: dict[str, Claim] = {}
        before = self.at

        def rows() -> Iterator[list[tuple[Any, ...]]]:
            heard = 0
            for batch in _batches(claims):
                made = [row(_sound(claim)) for claim in batch]
                if before + heard < _SHARED:
                    fresh.update((claim.id, claim) for claim in batch)
                heard += len(batch)
                yield made

        done = self.record(rows(), titles=titles, documents=documents, readings=readings, origin=origin)
        self._kept.update(fresh)
        return done

    def record(
        self,
        chunks: Iterable[Sequence[tuple[Any, ...]] | pa.Table],
        *,
        titles: Mapping[str, str] | None = None,
        documents: Sequence[tuple[str, str, str, str, date | None, str]] = (),
        readings: Sequence[tuple[str, str, str, float, str]] = (),
        origin: str = "",
    ) -> Load:
        """As ``add``, of rows or Arrow tables that ``rows.py`` made, in this process or in others; see ``bulk.py``."""
        con, heard, before = self.connection, 0, self.at
        after = before
        try:
            with _Told(self.path):
                con.execute("begin")
                for chunk in chunks:
                    if len(chunk):
                        heard += len(chunk)
                        after += self._append(chunk, after)
                self._add_papers(titles or {}, documents, readings)
                if after > before:
                    self._add_load(before, after, origin)
                con.execute("commit")
        except BaseException:
            _rollback(con)
            raise
        return Load(heard=heard, added=after - before, at=after)

    def _append(self, rows: Sequence[tuple[Any, ...]] | pa.Table, after: int) -> int:
        """Add one chunk behind position ``after``; returns how many were new. Rows go in as columns, many of them through Arrow."""
        con = self.connection
        names = ", ".join(name for name, _ in COLUMNS)
        if isinstance(rows, Sequence) and len(rows) < 8_000:  # a few do without importing Arrow
            slots = ", ".join(f"unnest(${i + 1}::{kind}[]) as {name}" for i, (name, kind) in enumerate(COLUMNS))
            columns = [list(column) for column in zip(*rows, strict=True)]
            con.execute(
                f"create or replace temp table incoming as select row_number() over () as n, {names} from (select {slots})",  # noqa: S608  our own column names
                columns,
            )
        else:
            from knockon.ledger.rows import table

            con.register("incoming_arrow", table(rows) if isinstance(rows, Sequence) else rows)
            con.execute(
                f"create or replace temp table incoming as select row_number() over () as n, {names} from incoming_arrow"  # noqa: S608
            )
            con.unregister("incoming_arrow")
        con.execute(query("knockon.ledger", "add_entities"))
        added = con.execute(query("knockon.ledger", "add_claims"), {"before": after}).fetchone()
        con.execute("drop table incoming")
        assert added is not None
        add_stakes(con, after)
        return int(added[0])

    def _add_papers(
        self,
        titles: Mapping[str, str],
        documents: Sequence[tuple[str, str, str, str, date | None, str]],
        readings: Sequence[tuple[str, str, str, float, str]],
    ) -> None:
        con = self.connection
        if titles:
            con.execute(
                "insert into sources select s, t from (select unnest($1::varchar[]) s, unnest($2::varchar[]) t) anti join sources on s = source",
                [list(titles), list(titles.values())],
            )
        for document in documents:
            con.execute(
                "insert into documents select $1, $2, $3, $4, $5, $6 where not exists (from documents where id = $1)",
                document,
            )
        for reading in readings:
            con.execute("insert into readings values ($1, $2, $3, $4, $5)", reading)

    def _add_load(self, before: int, after: int, origin: str) -> None:
        """Seal the load: a hash over the last seal and the new ids, in order, so that a lost or moved row shows."""
        seal = self.seal(before, after, self.last_seal())
        con = self.connection
        number = con.execute("select coalesce(max(load), 0) + 1 from loads").fetchone()
        assert number is not None
        con.execute(
            "insert into loads values ($1, $2, $3, $4, $5, $6)",
            [number[0], datetime.now(UTC), origin, before + 1, after, seal],
        )

    def last_seal(self) -> str:
        """The seal of the newest load, "" in an empty ledger."""
        found = self.connection.execute("select chain from loads order by load desc limit 1").fetchone()
        return str(found[0]) if found else ""

    def seal(self, before: int, after: int, previous: str) -> str:
        """The hash that seals the rows after ``before`` up to ``after``."""
        digest = hashlib.sha256(f"knockon/load/1\0{previous}\0".encode())
        found = self.connection.execute(
            "select id from claims where seq > $1 and seq <= $2 order by seq", [before, after]
        )
        while chunk := found.fetchmany(100_000):
            digest.update("\n".join(r[0] for r in chunk).encode() + b"\n")
        return digest.hexdigest()

    def kept(self, known_id: str, body: str) -> Claim:
        """The claim of a row; read once and shared by all worlds over this ledger, since a claim never changes."""
        claim = self._kept.get(known_id)
        if claim is None:
            claim = self._kept[known_id] = from_body(body, known_id)
        return claim

    def recall(self, known_id: str) -> Claim | None:
        """A claim that was read or added before through this ledger, without asking the file."""
        return self._kept.get(known_id)

    def claims(self) -> Iterator[Claim]:
        """Every claim in the order in which it was recorded."""
        found = self.connection.cursor().execute("select body, id from claims order by seq")
        while chunk := found.fetchmany(10_000):
            for body, known in chunk:
                yield from_body(body, known)

    def title(self, source: str) -> str:
        """The title kept for a source, or the source itself."""
        found = self.connection.execute("select title from sources where source = $1 limit 1", [source]).fetchone()
        return str(found[0]) if found else source


def _sound(claim: Claim) -> Claim:
    try:
        check(claim)
    except BadClaim as fault:
        raise fault.at(f"{claim.subject} {claim.predicate} ({claim.source})") from None
    return claim


def _batches(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    iterator = iter(claims)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    with _Told(path):
        return duckdb.connect(str(path), read_only=read_only, config={"memory_limit": _MEMORY})


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute("select table_name from information_schema.tables").fetchall()
    return {name for (name,) in found}


def _checked(ledger: Ledger) -> Ledger:
    """The ledger, or an error when its layout is not one that this version reads."""
    try:
        with _Told(ledger.path):
            tables = _tables(ledger.connection)
            layouts = "select value from meta where key = 'layout'"
            found = ledger.connection.execute(layouts).fetchone() if "meta" in tables else None
        if "meta" not in tables:
            raise LedgerDamaged(ledger.path, "is a DuckDB file, but not a knockon ledger", "name another file")
        layout = found[0] if found else "?"
        if not str(layout).isdigit():
            raise LedgerDamaged(ledger.path, f'has no readable layout ("{layout}")')
        if int(layout) > LAYOUT:
            raise LedgerTooNew(ledger.path, str(layout), str(LAYOUT))
    except BaseException:
        ledger.close()
        raise
    return ledger


def _brought_up(ledger: Ledger) -> Ledger:
    """A ledger of the first layout, once it is open for adding, gets its stakes as numbers; its claims stay as they are."""
    con = ledger.connection
    if has_stakes(con):
        return ledger
    try:
        with _Told(ledger.path):
            con.execute("begin")
            con.execute(stakes_table())
            add_stakes(con, 0)
            con.execute("update meta set value = $1 where key = 'layout'", [str(LAYOUT)])
            con.execute("commit")
    except BaseException:
        ledger.close()
        raise
    return ledger


def _rollback(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.execute("rollback")
    except duckdb.Error:
        return  # there was no open transaction: the fault came before it began, or ended it


class _Told:
    """Turns DuckDB's faults at one file into ours; anything else passes untouched."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(fault, duckdb.Error):
            if isinstance(fault, OSError) and self.path is not None:
                raise LedgerFull(self.path, str(fault)) from None
            return
        said = str(fault).splitlines()[0]
        low = str(fault).lower()
        if "lock" in low and ("conflicting" in low or "could not set" in low):
            raise LedgerInUse(self.path, "") from None
        if "no space" in low or "disk full" in low or "could not write" in low or "out of disk" in low:
            raise LedgerFull(self.path, said) from None
        if "newer version" in low or "storage version" in low or "version number" in low:
            raise LedgerTooNew(self.path, said, f"layout {LAYOUT} (DuckDB {duckdb.__version__})") from None
        broken = duckdb.IOException | duckdb.SerializationException | duckdb.FatalException | duckdb.InternalException
        if isinstance(fault, broken) or "corrupt" in low or "checksum" in low:
            raise LedgerDamaged(self.path, said) from None
