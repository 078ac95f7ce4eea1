"""Does a ledger have its stakes as whole numbers? A ledger of the first layout gets them when it is opened for adding.

One that is only read gets them for as long as it is open. Refuses to keep anything there that does not follow from the claims.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import duckdb

from knockon.ledger.sql import query

if TYPE_CHECKING:
    from knockon.ledger.ledger import Ledger

__all__ = ["add_stakes", "has_stakes", "stakes_table", "with_stakes"]


@cache
def stakes_table() -> str:
    """The statement that makes the table."""
    schema = query("knockon.ledger", "schema")
    return schema[schema.index("create table if not exists stakes") :]


def has_stakes(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the table is there, of its own or for as long as the ledger is open."""
    found = connection.execute("select 1 from information_schema.tables where table_name = 'stakes'").fetchone()
    return found is not None


def add_stakes(connection: duckdb.DuckDBPyConnection, before: int) -> None:
    """Keep the stakes of the claims after a position."""
    connection.execute("insert into stakes " + query("knockon.ledger", "stakes"), {"before": before})


def with_stakes(ledger: Ledger) -> None:
    """Make the stakes of a ledger that has none, for as long as it is open; nothing is written to its file."""
    con = ledger.connection
    if not has_stakes(con):
        con.execute(stakes_table().replace("create table", "create temp table", 1))
        add_stakes(con, 0)
