"""``knockon verify``."""

from __future__ import annotations

from pathlib import Path

import click

from knockon.errors import Refused
from knockon.settings import Settings

__all__ = ["verify"]


@click.command(epilog="Python: knockon.ledger.verify.verify(ledger).")
@click.option("--ledger", metavar="PATH", help="The ledger to check.")
@click.pass_obj
def verify(settings: Settings, ledger: str | None) -> None:
    """Check every id, every column and every load's seal of a ledger."""
    from knockon.ledger import Ledger
    from knockon.ledger.verify import verify as check

    path = Path(ledger).expanduser() if ledger else settings.ledger_in_use
    if path is None:
        raise Refused("there is no ledger to verify", "name one with --ledger, or make one with knockon add")
    with Ledger.read(path) as opened:
        found = check(opened)
    click.echo(f"{path}: sound; {found.claims} claims in {found.loads} loads, at {found.at}")
