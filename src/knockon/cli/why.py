"""``knockon why ID``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from knockon.analyses.address import Address
from knockon.cli.worlds import Asked, opened, output_options, read_report, show, world_of, world_options
from knockon.errors import UnknownClaim

if TYPE_CHECKING:
    from knockon.analyses.why import Why
    from knockon.ledger import Ledger
    from knockon.sources.source import Reading
    from knockon.world import World

__all__ = ["why"]


@click.command(
    epilog="Python: knockon.analyses.why.why(world, address). Reports that were answered here lately are heard again."
)
@click.argument("wanted", metavar="ID")
@click.option("--report", metavar="REPORT", help="Also hear this report (file, - or address).")
@output_options
@world_options
def why(asked: Asked, wanted: str, report: str | None, output: str) -> None:
    """Explain one line: who said it, where and when, the rule, the chain, each stake's source, and what would change it."""
    text = wanted.strip().strip("[]")
    address = Address.parse(text, on=asked.on, known=asked.known) if "/" in text else text
    with opened(asked) as ledger:
        if report:
            reading = read_report(report, ledger, on=asked.on)
            found, world = _heard(asked, ledger, address, reading, asked.on or reading.document.dateline)
        else:
            found, world = _known_or_recent(asked, ledger, address)
        if output:
            show(found, world, asked, output)
            return
        from knockon.views.terminal import print_why

        print_why(found, world, asked.lang)


def _world(asked: Asked, ledger: Ledger, address: Address | str, on: date | None = None) -> World:
    if isinstance(address, str):
        return world_of(asked, ledger, on=on, known=on)
    return world_of(asked, ledger, on=address.on, known=address.known)


def _heard(
    asked: Asked, ledger: Ledger, address: Address | str, reading: Reading, on: date | None
) -> tuple[Why, World]:
    from knockon.analyses.brief import heard
    from knockon.analyses.why import why as ask

    world = heard(_world(asked, ledger, address, on), reading)
    return ask(world, address, reading=reading), world


def _known_or_recent(asked: Asked, ledger: Ledger, address: Address | str) -> tuple[Why, World]:
    """A claim of the ledger, else of a report answered here lately; a derived line with that day's report heard again."""
    from knockon.analyses.why import why as ask
    from knockon.cli.recent import readings

    world = _world(asked, ledger, address)
    if isinstance(address, Address):
        same_day = (r for r, on in readings(asked.settings, ledger) if on == address.on)
        reading = next(same_day, None)
        return _heard(asked, ledger, address, reading, address.on) if reading else (ask(world, address), world)
    try:
        return ask(world, address), world
    except UnknownClaim as missing:
        for reading, on in readings(asked.settings, ledger):
            if any(r.claim.id.startswith(address) for r in reading.claims):
                return _heard(asked, ledger, address, reading, asked.on or on)
        raise UnknownClaim(address, missing.message.partition(": ")[2], "give its report with --report FILE") from None
