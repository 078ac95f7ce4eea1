"""The command line: each command parses, makes one library call and hands the answer to one view.

Commands are imported when they are called, so that ``knockon --help`` loads neither DuckDB nor a chart.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from knockon import __version__
from knockon.errors import KnockonError
from knockon.settings import Settings

__all__ = ["main"]

#: command: (module, function, one line of help)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "brief": ("brief", "brief", "Answer a report: what it says, and what the sanctions in it knock on to."),
    "read": ("read", "read", "Show the claims that a report makes, each with its quote."),
    "add": ("add", "add", "Add claims (CSV, JSONL) or reports to a ledger."),
    "claims": ("claims", "claims", "List and filter the claims of a ledger."),
    "why": (
        "why",
        "why",
        "Explain a line of an answer: a claim's id, or an address such as status/us-ofac/turgai@2025-11-11.",
    ),
    "verify": ("verify", "verify", "Check that a ledger is what it says it is."),
    "diff": ("diff", "diff", "Compare two days, two states of knowledge, or a supposition; explained by claims."),
    "ownership": ("questions", "ownership", "Who holds an asset, directly and looked through."),
    "status": ("law", "status", "Is a party listed, or reached through ownership or control, and by which rule."),
    "blocked": ("law", "blocked", "Everyone whom an authority lists, or reaches through ownership or control."),
    "licences": ("questions", "licences", "What is licensed until when, and whether an activity is covered."),
    "exposure": ("law", "exposure", "Which assets a listed party has a part of, with volumes."),
    "routes": ("questions", "routes", "How a state's exports leave it, route by route."),
    "projects": ("questions", "projects", "Gas and oil projects, their parties and stage."),
    "ties": ("questions", "ties", "A state's trade and ties, by partner."),
    "positions": ("questions", "positions", "Who takes which position on what."),
    "agenda": ("questions", "agenda", "What is planned, expected or asked."),
    "corroboration": ("questions", "corroboration", "On how many independent voices some claims stand."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[name]
        found = getattr(importlib.import_module(f"knockon.cli.{module}"), function)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise _ReaderGone from None  # click itself would turn it into a failure
        return done


class _ReaderGone(Exception):
    """The reader of our output (head, less) has gone: nothing is wrong."""


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="knockon")
@click.option(
    "--ledger",
    metavar="PATH",
    help="The ledger to use (also KNOCKON_LEDGER); without one, the reference world in memory.",
)
@click.option("--lang", type=click.Choice(["en", "bg"]), help="Language of answers (also KNOCKON_LANG).")
@click.pass_context
def knockon(ctx: click.Context, ledger: str | None, lang: str | None) -> None:
    """A sanction lands: what does it knock on to?"""
    ctx.obj = Settings.build(os.environ, Path.cwd(), ledger=ledger, lang=lang)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; one boundary turns our errors into ``error[code]: …`` and an exit status."""
    try:
        knockon.main(args=None if arguments is None else list(arguments), prog_name="knockon", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except KnockonError as fault:
        click.echo(f"error[{fault.code}]: {fault.message}", err=True)
        if fault.hint:
            click.echo(f"hint: {fault.hint}", err=True)
        sys.exit(fault.exit)
    except _ReaderGone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
