"""The text of the queries, one a file, each beside the module that runs it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["query"]


@cache
def query(package: str, name: str) -> str:
    """The text of a .sql file that lies beside the module that runs it."""
    return (files(package) / f"{name}.sql").read_text("utf-8")
