"""Markdown: the same lines, and nothing of a report's text comes alive."""

from __future__ import annotations

from typing import Any

import pytest

from knockon.views.lines import sections
from knockon.views.markdown import brief_md, escaped


def test_the_page_has_every_section_and_every_line(acme: Any) -> None:
    page = brief_md(acme.brief, acme.world)
    for section in sections(acme.brief, acme.world):
        assert f"## {section.title}" in page
        for line in section.lines:
            assert escaped(line.text) in page


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("[x](http://evil.example)", "\\[x\\](http&#58;//evil.example)"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![i](data:text/html,x)", "!\\[i\\](data&#58;text/html,x)"),
        ("see www.evil.example", "see www&#46;evil.example"),
        ("write to a@b.example", "write to a&#64;b.example"),
        ("`code` *bold* _it_ ~gone~ a|b", "\\`code\\` \\*bold\\* \\_it\\_ \\~gone\\~ a\\|b"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "\\1. no list"),
        ("- no list", "\\- no list"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
    ],
)
def test_markup_of_a_report_is_shown_and_not_obeyed(found: str, shown: str) -> None:
    assert escaped(found) == shown


def test_a_hostile_report_stays_text(acme: Any) -> None:
    page = brief_md(acme.brief, acme.world)
    assert "<b>" not in page
    assert "\x1b" not in page
    assert "](http:" not in page
    assert "Acme &lt;b&gt;and&lt;/b&gt;" in page
