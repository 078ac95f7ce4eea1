"""``knockon read REPORT``."""

from __future__ import annotations

import json

import click

from knockon.cli.worlds import Asked, opened, read_report, world_options

__all__ = ["read"]


@click.command(epilog="Python: knockon.sources.dispatch.read(text, names=…). Nothing is kept; knockon add keeps it.")
@click.argument("report")
@click.option("--jsonl", is_flag=True, help="One claim a line, as JSON.")
@world_options
def read(asked: Asked, report: str, jsonl: bool) -> None:
    """Show the claims that a report makes: on whose word, in which mode, with the exact quote, and what was not read."""
    with opened(asked) as ledger:
        reading = read_report(report, ledger, on=asked.on)
    if jsonl:
        for found in reading.claims:
            line = {"id": found.claim.id, **found.claim.to_dict(), "sure": found.sure, "sentence": found.sentence}
            click.echo(json.dumps(line, ensure_ascii=False))
        return
    from knockon.views.reading import print_reading

    print_reading(reading)
