"""Which world does a command ask? Options shared by all analyses, and the opening of ledger, report and world."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knockon.errors import BadFile, KnockonError
from knockon.model.interval import parse_day
from knockon.settings import Settings

if TYPE_CHECKING:
    from knockon.analyses.askers import Asker
    from knockon.ledger import Ledger
    from knockon.sources.source import Reading
    from knockon.world import World

__all__ = ["Asked", "day", "opened", "output_options", "read_report", "show", "world_of", "world_options"]


class _Day(click.ParamType[date]):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except KnockonError as fault:
            self.fail(f"{fault.message}; write 2025-11-11", param, ctx)


day = _Day()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the world options said; ``on`` is ``None`` where it was left out."""

    on: date | None
    known: date | None
    at: int | None
    ledger: Path | None
    suppose: tuple[str, ...]
    lang: str
    settings: Settings
    who: Asker | None = None


def world_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --on, --known, --at, --ledger, --suppose, --as and --lang; the command gets one ``Asked``."""

    @click.option("--on", type=day, help="The day asked about (a report: its dateline; else today).")
    @click.option("--known", type=day, help="Only what was public by this day (default: --on).")
    @click.option("--at", type=int, help="Only what was recorded up to this position of the ledger (replay).")
    @click.option("--ledger", metavar="PATH", help="The ledger to read (also KNOCKON_LEDGER).")
    @click.option(
        "--suppose",
        metavar="TEXT",
        multiple=True,
        help="A claim laid over the world, as a line of text; may be repeated.",
    )
    @click.option(
        "--as", "asker", metavar="ASKER", help="us-person, eu-person, uk-person, kz-person …: whose measures bind you."
    )
    @click.option("--lang", type=click.Choice(["en", "bg"]), help="Language of the answer.")
    @click.pass_obj
    @functools.wraps(command)
    def wrapped(
        settings: Settings,
        /,
        on: date | None,
        known: date | None,
        at: int | None,
        ledger: str | None,
        suppose: tuple[str, ...],
        asker: str | None,
        lang: str | None,
        **rest: Any,
    ) -> Any:
        asked = Asked(
            on=on,
            known=known,
            at=at,
            ledger=Path(ledger).expanduser() if ledger else settings.ledger_in_use,
            suppose=suppose,
            lang=lang or settings.lang,
            settings=settings,
            who=_asker(asker) if asker else None,
        )
        return command(asked, **rest)

    return wrapped


def _asker(who: str) -> Asker:
    from knockon.analyses.askers import asker

    return asker(who)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json and --csv; the command gets ``output``: "json", "csv", or "" for the terminal."""
    command = click.option("--csv", "output", flag_value="csv", help="Print the answer as CSV, for a spreadsheet.")(
        command
    )
    return click.option("--json", "output", flag_value="json", default="", help="Print the answer as JSON.")(command)


def show(answer: Any, world: World, asked: Asked, output: str) -> None:
    """Hand an answer to its view, with the echo of the world it holds for (R22): JSON, CSV or the terminal."""
    if isinstance(answer, tuple):
        world.look_up(
            {e for one in answer if (e := getattr(one, "entity", None) or getattr(one, "asset", None))},
            (c for one in answer for c in getattr(one, "because", ())),
        )
    if output == "json":
        from knockon.views.json_ import answer_json

        click.echo(answer_json(answer, world, asker=asked.who))
    elif output == "csv":
        from knockon.views.csv_ import answer_csv

        click.echo(answer_csv(answer, world, asker=asked.who), nl=False)
    else:
        from knockon.views.terminal import print_answer

        print_answer(answer, world, asked.lang, who=asked.who)


@contextmanager
def opened(asked: Asked) -> Iterator[Ledger]:
    """The ledger to read: the named one, or the reference world in memory."""
    if asked.ledger is None:
        from knockon import reference

        with reference.ledger() as ledger:
            yield ledger
    else:
        from knockon.ledger import Ledger

        with Ledger.read(asked.ledger) as ledger:
            yield ledger


def world_of(asked: Asked, ledger: Ledger, *, on: date | None = None, known: date | None = None) -> World:
    """The world asked for; ``on`` and ``known`` stand in where the options left them out."""
    from knockon.world import World

    seen = asked.on or on or _today()
    heard = asked.known or known or seen
    world = World(ledger, on=seen, known=heard, at=asked.at)
    if not asked.suppose:
        return world
    from knockon.analyses.suppositions import supposed

    return world.supposing(supposed(world, asked.suppose))


def read_report(where: str, ledger: Ledger, *, on: date | None = None) -> Reading:
    """Read a report from a file, ``-`` or an address, with the names that the ledger knows.

    A report that prints no day is read as of the page's own day, or else of ``on``.
    """
    from knockon.sources.dispatch import Names, decode, read
    from knockon.world import World

    title, published = "", None
    if where.startswith(("http://", "https://")):
        from knockon.sources.fetch import fetch

        page = fetch(where)
        text, title, published = page.text, page.title, page.published
        address = page.address
    else:
        data, address = _bytes(where)
        text, _ = decode(data, address)
    world = World(ledger, on=on or published or _today())
    names = Names.of(world.told("is_a", "named", "speaks_for", "same_as", "holds_office"))
    reading = read(text, names=names, address=address)
    if reading.document.dateline is None and (day := published or on):
        reading = read(text, names=names, address=address, dateline=day)
    return replace(reading, document=replace(reading.document, title=title)) if title else reading


def _bytes(where: str) -> tuple[bytes, str]:
    if where == "-":
        return sys.stdin.buffer.read(), "stdin"
    path = Path(where)
    try:
        return path.read_bytes(), path.name
    except FileNotFoundError:
        raise BadFile(where, "is not there", "give a file, - for standard input, or an http(s) address") from None
    except OSError as fault:
        raise BadFile(where, f"cannot be read ({fault.strerror})") from None


def _today() -> date:
    """The user's own day: an answer without a date is as of the day on the wall."""
    return datetime.now().astimezone().date()
