"""A brief as Markdown, the same sections and lines. Refuses to let anything of a report's text come alive: no link, tag or markup.

>>> escaped("[x](javascript:1) <b> www.example.org")
'\\\\[x\\\\](javascript&#58;1) &lt;b&gt; www&#46;example.org'
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knockon.analyses.brief import Brief
from knockon.views.line import Line, Section
from knockon.views.lines import in_short, sections
from knockon.views.terminal import clean, head, shown_address
from knockon.views.words import words
from knockon.world import World

__all__ = ["brief_md", "escaped", "lines_md", "section_md"]

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"([\\`*_\[\]|~])")
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.\-]*):(?=\S)")
_START = re.compile(r"^(\s*)([#+\-=]|\d+[.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Text that any Markdown reader shows as it stands; addresses in it do not become links."""
    plain = clean(text)
    for sign, entity in _ENTITIES.items():
        plain = plain.replace(sign, entity)
    plain = _MARKUP.sub(r"\\\1", plain)
    plain = _SCHEME.sub(r"\1&#58;", plain)
    plain = re.sub(r"(?i)\bwww\.", lambda m: m[0][:-1] + "&#46;", plain).replace("@", "&#64;")
    return _START.sub(r"\1\\\2", plain)


def brief_md(brief: Brief, world: World, lang: str = "en") -> str:
    """The whole brief as Markdown."""
    told = words(lang)
    out = [f"# {escaped(brief.reading.document.title)}", ""]
    out += [f"{escaped(text)}  " for text in head(brief, world, lang)]
    out += ["", f"## {told.say('section.short')}", "", *lines_md(in_short(brief, world, lang), lang), ""]
    for section in sections(brief, world, lang):
        out += section_md(section, lang)
    out += [
        "---",
        "",
        escaped(told.say("top.echo", at=brief.at, fingerprint=brief.fingerprint, version=brief.version)),
        "",
        told.say("top.why"),
    ]
    return "\n".join(out) + "\n"


def section_md(section: Section, lang: str = "en") -> list[str]:
    """One section: title, what to know, lines, or what was searched."""
    body = (
        [f"*{escaped(section.intro)}*", "", *lines_md(section.lines, lang)]
        if section.lines
        else [escaped(section.empty)]
    )
    return [f"## {escaped(section.title)}", "", *body, ""]


def lines_md(lines: Iterable[Line], lang: str = "en") -> list[str]:
    """List items, nested by level, with marks in italics and the id as code."""
    told = words(lang)
    out = []
    for line in lines:
        marks = "".join(f" · *{escaped(told.word('mark', m))}*" for m in line.marks)
        address = f" `{shown_address(line.address)}`" if line.address else ""
        out.append(f"{'  ' * line.level}- {escaped(line.text)}{marks}{address}")
    return out
