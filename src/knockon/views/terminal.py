"""An answer in the terminal: essentials first, then sections; one sentence a line with its id in brackets.

Refuses colour codes and forced line breaks when piped, so that every line can be found again with plain tools, and
control characters of a report's text, which could repaint the reader's screen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from knockon.analyses.askers import Asker
from knockon.analyses.brief import Brief
from knockon.analyses.why import Why
from knockon.views import dates
from knockon.views.line import Line, Section, tongue
from knockon.views.lines import in_short, lines_of, sections
from knockon.views.statement import statement
from knockon.views.why_ import explain
from knockon.views.words import Words, words
from knockon.world import World

__all__ = ["print_answer", "print_brief", "print_lines", "print_sections", "print_why", "shown_address"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLOURS = {
    "disputed": "yellow",
    "stale": "yellow",
    "undetermined": "yellow",
    "denied": "yellow",
    "not licensed": "red",
    "wind-down only": "red",
    "binds you": "bold red",
    "supposed": "magenta",
    "confirmed": "green",
}
_BULLETS = ("", "– ", "· ")


def print_brief(brief: Brief, world: World, lang: str = "en", console: Console | None = None) -> None:
    """The whole brief: head, in short, sections, and how to ask further."""
    out, told = console or _console(), words(lang)
    _write(out, Text(clean(brief.reading.document.title), style="bold"))
    for text in head(brief, world, lang):
        _write(out, Text(text))
    out.print()
    _write(out, Text(told.say("section.short"), style="bold underline"))
    print_lines(in_short(brief, world, lang), out, lang)
    print_sections(sections(brief, world, lang), out, lang)
    _write(
        out, Text(told.say("top.echo", at=brief.at, fingerprint=brief.fingerprint, version=brief.version), style="dim")
    )
    _write(out, Text(told.say("top.why"), style="dim"))


def head(brief: Brief, world: World, lang: str) -> list[str]:
    """For which days the brief holds, who asks, what is supposed, and what the reader warned of."""
    told = words(lang)
    found = [told.say("top.answered", on=dates.day(brief.on, told), known=dates.day(brief.known, told))]
    if brief.asker is not None:
        binds, risk = (
            ", ".join(world.name(a, lang) for a in group) or told.say("top.nobody")
            for group in (brief.asker.binds, brief.asker.risk)
        )
        found.append(told.say("top.asker", name=brief.asker.name, binds=binds, risk=risk))
    found += [told.say("top.supposed", x=statement(tongue(world, lang), claim)) for claim in brief.supposed]
    found += [f"{told.say('top.notes')}: {clean(w)}" for w in brief.reading.document.warnings]
    return found


def print_sections(found: Iterable[Section], console: Console, lang: str = "en") -> None:
    """Sections with their titles and what to know before reading; an empty one says what was searched."""
    for section in found:
        console.print()
        _write(console, Text(section.title, style="bold underline"))
        if section.lines:
            _write(console, Text(clean(section.intro), style="dim"))
            print_lines(section.lines, console, lang)
        else:
            _write(console, Text(clean(section.empty)))
    console.print()


def print_lines(found: Iterable[Line], console: Console, lang: str = "en") -> None:
    """One sentence a line, indented by level, with marks and the id."""
    told = words(lang)
    for line in found:
        text = Text(_BULLETS[min(line.level, len(_BULLETS) - 1)] + clean(line.text))
        for mark in line.marks:
            text.append(f" · {told.word('mark', mark)}", style=_COLOURS.get(mark, "cyan"))
        if line.address:
            text.append(f" [{shown_address(line.address)}]", style="dim")
        _write(console, text, indent=2 * line.level)


def print_answer(
    answer: Any, world: World, lang: str = "en", console: Console | None = None, who: Asker | None = None
) -> None:
    """A single answer, with the world that it holds for."""
    out, told = console or _console(), words(lang)
    print_lines(lines_of(answer, world, lang, who), out, lang)
    _suppositions(out, world, lang)
    _write(
        out,
        Text(told.say("top.answered", on=dates.day(world.on, told), known=dates.day(world.known, told)), style="dim"),
    )
    _write(out, Text(_echo(told, world), style="dim"))


def print_why(found: Why, world: World, lang: str = "en", console: Console | None = None) -> None:
    """Why a line stands."""
    out, told = console or _console(), words(lang)
    print_lines(explain(found, world, lang), out, lang)
    _suppositions(out, world, lang)
    _write(out, Text(_echo(told, world), style="dim"))


def _suppositions(out: Console, world: World, lang: str) -> None:
    """A what-if never passes for what was said: what was supposed is told again."""
    for claim in world.supposed:
        text = words(lang).say("top.supposed", x=statement(tongue(world, lang), claim))
        _write(out, Text(clean(text), style="magenta"))


def shown_address(address: str) -> str:
    """Ten characters of a claim's id, which find it; the whole address of a derived line."""
    return address if "/" in address else address[:10]


def clean(text: str) -> str:
    """Text without characters that steer a terminal or turn the direction of writing."""
    return _CONTROL.sub("", text).replace("\n", " ").replace("\t", " ")


def _echo(told: Words, world: World) -> str:
    from knockon import __version__

    return told.say("top.echo", at=world.at, fingerprint=world.fingerprint, version=__version__)


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def _write(console: Console, text: Text, indent: int = 0) -> None:
    """Wrapped with a hanging indent on a terminal, unbroken when piped."""
    if console.is_terminal:
        text.no_wrap = False
        hanging = indent + 2
        body = (
            Padding(_hung(text, console.width - hanging), (0, 0, 0, indent))
            if indent or len(text) > console.width
            else text
        )
        console.print(body)
    else:
        console.print(Text(" " * indent) + text, soft_wrap=True)


def _hung(text: Text, width: int) -> Text:
    """The text broken at words, with what follows the first line set in."""
    from io import StringIO

    lines = text.wrap(Console(file=StringIO(), width=max(width, 20)), max(width, 20))
    out = Text()
    for number, line in enumerate(lines):
        out.append_text(Text("\n  ") + line if number else line)
    return out
