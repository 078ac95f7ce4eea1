"""``knockon diff``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import click

from knockon.cli.worlds import Asked, day, opened, output_options, show, world_of, world_options
from knockon.errors import Refused

__all__ = ["diff"]


class _Range(NamedTuple):
    """The two sides, as far as they were said."""

    first: date | None
    last: date | None
    known_first: date | None
    known_last: date | None
    at_first: int | None
    at_last: int | None


@click.command(epilog="Python: knockon.analyses.diff.diff(a, b, parties=…, authorities=…).")
@click.option("--from", "first", type=day, help="The first day (also --on).")
@click.option("--to", "--against", "last", type=day, help="The other day (default: the same).")
@click.option("--known-from", "known_first", type=day, help="What was public in the first world (default: --from).")
@click.option(
    "--known-to",
    "--against-known",
    "known_last",
    type=day,
    help="What was public in the other world (default: --to, else the first).",
)
@click.option("--at-from", "at_first", type=int, help="The first position of the ledger (also --at).")
@click.option("--at-to", "--against-at", "at_last", type=int, help="The other position of the ledger.")
@click.option("--party", "parties", multiple=True, metavar="PARTY", help="Only answers on this party; may be repeated.")
@click.option(
    "--authority", "authorities", multiple=True, metavar="NAME", help="Only this authority's; may be repeated."
)
@output_options
@world_options
def diff(
    asked: Asked, parties: tuple[str, ...], authorities: tuple[str, ...], output: str, **sides: date | int | None
) -> None:
    """Which answers turned between two worlds, and because of which claims or rules; then the states behind them.

    Two days (--from, --to), two states of knowledge, two positions of the ledger; with --suppose, the second world has the supposition.
    """
    from knockon.analyses.diff import diff as ask
    from knockon.analyses.effect import EVERY

    if unknown := [a for a in authorities if a not in EVERY]:
        raise Refused(f"no rule of {', '.join(unknown)} is recorded", f"the authorities are {', '.join(EVERY)}")
    said = _Range(**sides)  # type: ignore[arg-type]  # click gives each option its type
    with opened(asked) as ledger:
        start = replace(
            asked,
            on=said.first or asked.on,
            known=said.known_first or asked.known,
            at=asked.at if said.at_first is None else said.at_first,
            suppose=(),
        )
        a = world_of(start, ledger)
        end = replace(
            asked,
            on=said.last or a.on,
            known=said.known_last or asked.known or said.last or a.known,
            at=start.at if said.at_last is None else said.at_last,
        )
        b = world_of(end, ledger)
        found = ask(a, b, parties=[b.entity(p) for p in parties], authorities=authorities)
        show(found, b, asked, output)
