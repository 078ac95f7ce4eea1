"""``knockon why ID``."""

from __future__ import annotations

import click

from knockon.cli.worlds import Asked, opened, output_options, read_report, world_of, world_options
from knockon.errors import UnknownClaim

__all__ = ["why"]


@click.command(epilog="Python: knockon.analyses.why.why(world, address). Reports that were answered here lately are heard again.")
@click.argument("wanted", metavar="ID")
@click.option("--report", metavar="REPORT", help="Also hear this report (file, - or address).")
@output_options
@world_options
def why(asked: Asked, wanted: str, report: str | None, as_json: bool) -> None:
    """Explain one line: who said it, where and when, the rule, the chain, each stake's source, and what would change it."""
    from knockon.analyses.address import Address
    from knockon.analyses.brief import heard
    from knockon.analyses.why import why as ask
    from knockon.cli.recent import readings

    text = wanted.strip().strip("[]")
    with opened(asked) as ledger:
        if "/" in text:
            address = Address.parse(text, on=asked.on, known=asked.known)
            world = world_of(asked, ledger, on=address.on, known=address.known)
        else:
            address, world = text, world_of(asked, ledger)
        if report:
            reading = read_report(report, ledger, on=asked.on)
            day = reading.document.dateline
            world = heard(world_of(asked, ledger, on=asked.on or day, known=asked.known or day), reading)
            found = ask(world, address, reading=reading)
        else:
            found, world = _from_ledger_or_recent(asked, ledger, world, address, readings(asked.settings, ledger))
        if as_json:
            from knockon.views.json_ import answer_json

            click.echo(answer_json(found, world))
            return
        from knockon.views.terminal import print_why

        print_why(found, world, asked.lang)


def _from_ledger_or_recent(asked, ledger, world, address, recent):  # type: ignore[no-untyped-def]
    from knockon.analyses.brief import heard
    from knockon.analyses.why import why as ask

    if not isinstance(address, str):
        # a derived line was answered in the world in which that day's report had been heard
        for reading, on in recent:
            if on == address.on:
                return ask(heard(world, reading), address, reading=reading), heard(world, reading)
        return ask(world, address), world
    try:
        return ask(world, address), world
    except UnknownClaim as missing:
        for reading, on in recent:
            with_it = heard(world_of(asked, ledger, on=asked.on or on, known=asked.known or asked.on or on), reading)
            if any(r.claim.id.startswith(address) for r in reading.claims):
                return ask(with_it, address, reading=reading), with_it
        raise UnknownClaim(address, missing.message.partition(": ")[2] or "no claim has this id", "give its report with --report FILE") from None
