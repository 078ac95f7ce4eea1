"""``knockon diff``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from knockon.cli.worlds import Asked, day, opened, output_options, show, world_of, world_options

__all__ = ["diff"]


@click.command(
    epilog="Python: knockon.analyses.diff.diff(a, b). The first world is that of --on/--known/--at; the second that of --against…."
)
@click.option("--against", type=day, help="The other day (default: the same).")
@click.option(
    "--against-known", type=day, help="What was known in the other world (default: --against, else as in the first)."
)
@click.option("--against-at", type=int, help="The other position of the ledger.")
@output_options
@world_options
def diff(asked: Asked, against: date | None, against_known: date | None, against_at: int | None, output: str) -> None:
    """What differs between two worlds, each difference explained by claims. With --suppose, the second world has the supposition."""
    from knockon.analyses.diff import diff as ask

    with opened(asked) as ledger:
        first = world_of(replace(asked, suppose=()), ledger)
        other = replace(
            asked, on=against or first.on, known=against_known or against or first.known, at=against_at or asked.at
        )
        second = world_of(other, ledger)
        found = ask(first, second)
        show(found, second, asked, output)
