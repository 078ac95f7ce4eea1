"""``knockon brief REPORT``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from knockon.cli.worlds import Asked, opened, read_report, world_of, world_options
from knockon.errors import BadFile, Refused

__all__ = ["brief"]


@click.command(
    epilog="Python: knockon.analyses.brief.brief(world, reading). REPORT is a file, - (standard input) or an http(s) address."
)
@click.argument("report")
@click.option("--html", metavar="FILE", help="Write one self-contained page (- for standard output).")
@click.option("--md", "markdown", is_flag=True, help="Print Markdown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--map", "as_map", is_flag=True, help="Print the map: every sentence, its claims, and where each is answered."
)
@click.option("--full", is_flag=True, help="With --map: whole sentences instead of their first words.")
@world_options
def brief(
    asked: Asked,
    report: str,
    html: str | None,
    markdown: bool,
    as_json: bool,
    as_map: bool,
    full: bool,
) -> None:
    """Answer a report: what it says and on whose word, what its sanctions knock on to, where it is contradicted, what to watch."""
    from knockon.analyses.brief import brief as answer
    from knockon.analyses.brief import heard
    from knockon.cli.recent import keep

    with opened(asked) as ledger:
        reading = read_report(report, ledger, on=asked.on)
        on = asked.on or reading.document.dateline
        if on is None:
            raise Refused(f"{report} has no dateline", "give the day it was written with --on 2025-11-11")
        before = world_of(asked, ledger, on=on, known=asked.known or on)
        found = answer(before, reading, who=asked.who)
        world = heard(before, reading)
        keep(asked.settings, reading, on)
        if as_json:
            import json

            from knockon.views.json_ import brief_json

            click.echo(json.dumps(brief_json(found, world), ensure_ascii=False, indent=2))
        elif markdown:
            from knockon.views.markdown import brief_md

            click.echo(brief_md(found, world, asked.lang), nl=False)
        elif as_map:
            from knockon.views.report_map import report_md

            click.echo(report_md(found, world, full=full, lang=asked.lang), nl=False)
        elif html != "-":
            from knockon.views.terminal import print_brief

            print_brief(found, world, asked.lang)
        if html:
            from knockon.views.html import page

            _write(html, page(found, world, asked.lang))


def _write(where: str, text: str) -> None:
    """Write the whole page or nothing: a half-written page must not be mailed around."""
    if where == "-":
        sys.stdout.write(text)
        return
    target = Path(where)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(text, "utf-8")
        part.replace(target)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise BadFile(where, f"cannot be written ({fault.strerror})", "name another file, or free some space") from None
    click.echo(f"wrote {where}", err=True)
