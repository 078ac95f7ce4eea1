"""The terminal: unbroken when piped, readable at 80 columns, and nothing of a report steers the screen."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from knockon.analyses.address import Address
from knockon.analyses.status import status
from knockon.analyses.why import why
from knockon.testing import world
from knockon.views.line import Line
from knockon.views.lines import sections
from knockon.views.terminal import clean, print_answer, print_brief, print_lines, print_why, shown_address


def _piped() -> tuple[Console, StringIO]:
    out = StringIO()
    return Console(file=out, width=80, highlight=False, markup=False, emoji=False), out


def _screen(width: int) -> tuple[Console, StringIO]:
    out = StringIO()
    return Console(
        file=out, width=width, force_terminal=True, color_system=None, highlight=False, markup=False, emoji=False
    ), out


def test_piped_every_line_is_whole_and_without_colour_codes(acme: Any) -> None:
    console, out = _piped()
    print_brief(acme.brief, acme.world, "en", console)
    printed = out.getvalue()
    assert "\x1b" not in printed
    lines = printed.splitlines()
    for section in sections(acme.brief, acme.world):
        for line in section.lines:
            assert any(clean(line.text) in shown and f"[{shown_address(line.address)}]" in shown for shown in lines), (
                line.text
            )


@pytest.mark.parametrize("width", [80, 120])
def test_on_a_screen_nothing_is_wider_than_the_screen(acme: Any, width: int) -> None:
    console, out = _screen(width)
    print_brief(acme.brief, acme.world, "bg", console)
    printed = out.getvalue()
    assert max(len(line.rstrip()) for line in printed.splitlines()) <= width
    assert "Накратко" in printed


def test_the_essentials_come_first(acme: Any) -> None:
    console, out = _piped()
    print_brief(acme.brief, acme.world, "en", console)
    printed = out.getvalue()
    assert printed.index("In short") < printed.index("Designated: Acme Oil") < printed.index("What the report says")
    assert printed.index("Answered as of 10 June 2025, with what was public by 10 June 2025") < printed.index(
        "In short"
    )
    assert acme.brief.fingerprint in printed


def test_square_brackets_of_a_report_are_not_markup() -> None:
    console, out = _piped()
    print_lines([Line(text="[bold]x[/bold] [/] :smile:", address="c" * 27)], console)
    assert out.getvalue() == "[bold]x[/bold] [/] :smile: [cccccccccc]\n"


def test_control_characters_are_left_out() -> None:
    assert clean("a\x1b[2Jb\x07c\u202ed\ne") == "a[2Jbcd e"


def test_a_derived_line_shows_its_whole_address() -> None:
    assert shown_address("status/us-ofac/turgai@2025-11-11") == "status/us-ofac/turgai@2025-11-11"


def test_a_single_answer_and_a_why_echo_their_world(acme: Any) -> None:
    console, out = _piped()
    print_answer(acme.brief.designated, acme.world, "en", console)
    print_why(why(acme.world, Address.parse("status/us-ofac/bolt@2025-06-10")), acme.world, "en", console)
    printed = out.getvalue()
    assert printed.count(acme.world.fingerprint) == 2
    assert "Rule: OFAC 50 Percent Rule" in printed


def test_what_was_supposed_is_told_with_the_answer() -> None:
    w = world(
        "acme holds 50% of bolt since 2020 (registry)",
        on="2024-06-01",
        suppose="us-ofac designates acme for blocking on 2024-05-01",
    )
    console, out = _piped()
    print_answer(status(w, "bolt"), w, "en", console)
    assert "Supposed: us-ofac designates acme on 1 May 2024, blocking" in out.getvalue()
