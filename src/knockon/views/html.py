"""How is a brief read in a browser, mailed and printed? One file that asks nothing of anybody, with the report's text marked up.

Refuses to let a report act: its text is escaped, its links stay text, what would reorder or hide words is spelled out, and a
policy in the page forbids every request and every script but the page's own, which only highlights.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from knockon.analyses.brief import Brief
from knockon.views import charts, dates
from knockon.views.charts import Chart
from knockon.views.citations import Citations, numbers_of
from knockon.views.drawing import warm_up
from knockon.views.line import Line, Section, Tongue, tongue
from knockon.views.markup import Span, paragraphs, visible
from knockon.views.picture import Row, page_words
from knockon.world import World

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["page", "render"]

_RED = ("disputed", "denied", "not licensed", "binds you")
_AMBER = (
    "stale",
    "pending",
    "planned",
    "expected",
    "possible",
    "asked",
    "supposed",
    "wind-down only",
    "secondary risk",
    "undetermined",
    "unsure",
)
_GREEN = ("confirmed",)
_HATCHES = ("winding",)
#: a report of up to so many characters stands before the answer, a longer one after it
_LONG = 6_000


def page(brief: Brief, world: World, lang: str = "en") -> str:
    """The whole brief as one HTML page; ``world`` is the one in which the report has been heard."""
    from knockon.views.lines import in_short, sections

    told = tongue(world, lang)
    short = Section(
        key="short", title=told.say("section.short"), intro="", lines=in_short(brief, world, lang), empty=""
    )
    return render(brief, world, (short, *sections(brief, world, lang)), lang)


def render(brief: Brief, world: World, parts: Sequence[Section], lang: str = "en") -> str:
    """The page from sections that are already in words."""
    from markupsafe import Markup

    said = tongue(world, lang)
    words = page_words(lang)
    document = brief.reading.document
    style, script = _text("page.css"), _text("page.js")
    found = charts.pictures(said, brief)
    cited = Citations.of(said, brief, parts, found)
    groups = cited.groups()
    # vl-convert takes half a second to start and lets go of the interpreter: it starts while Altair is imported and the
    # template compiled. The ledger is asked before, for its short questions are slow beside an engine that starts.
    with ThreadPoolExecutor(max_workers=1) as artist:
        started = artist.submit(warm_up)
        specs = charts.specified(found)
        template = _template()
        started.result()
    drawn = charts.drawn(specs)
    shown = [_section(s, numbers_of(parts)[s.key], said, cited, drawn) for s in parts]
    keys = {s.key for s in parts}
    shown += [_stray(c) for c in drawn if c.picture.section not in keys]
    return template.render(
        lang=lang,
        say=words.say,
        cite=cited.cite,
        policy=_policy(script),
        style=Markup(style),  # noqa: S704  ours, and the same for every report
        script=Markup(script),  # noqa: S704
        hatches=_HATCHES,
        version=brief.version,
        title=document.title or words.say("page.untitled"),
        deck=words.say("page.deck", day=dates.day(brief.on, said.words)),
        echo=_echo(brief, said),
        supposed=[{"text": cited.statement(c.id), "because": (c.id,)} for c in brief.supposed],
        warnings=document.warnings,
        sections=shown,
        has_short=any(s.key == "short" for s in parts),
        report=_report(brief, said, cited),
        evidence=cited.numbers,
        groups=groups,
    )


# ---------------------------------------------------------------------------------------------------- the parts
def _echo(brief: Brief, said: Tongue) -> list[tuple[str, str, str]]:
    """What makes the answer repeatable (R22), each with what it means."""
    words, document = page_words(said.lang), brief.reading.document
    found = [
        ("dateline", dates.day(document.dateline, said.words) if document.dateline else "", ""),
        ("on", dates.day(brief.on, said.words), words.say("page.on_hint")),
        ("known", dates.day(brief.known, said.words), words.say("page.known_hint")),
        ("at", str(brief.at), words.say("page.at_hint")),
        ("fingerprint", brief.fingerprint, words.say("page.fingerprint_hint")),
        ("version", brief.version, ""),
        ("asker", brief.asker.name if brief.asker else "", ""),
        ("source", document.address, ""),
    ]
    return [(words.say(f"page.{key}"), value, hint) for key, value, hint in found if value]


def _section(found: Section, number: int, said: Tongue, cited: Citations, drawn: Sequence[Chart]) -> dict[str, Any]:
    lines = [_line(line, f"{found.key}-{i}", found.key, said, cited) for i, line in enumerate(found.lines, 1)]
    return {
        "key": found.key,
        "kind": "short" if found.key == "short" else "plain",
        "number": number,
        "title": found.title,
        "intro": found.intro,
        "lines": lines,
        "count": sum(1 for line in found.lines if line.level == 0) if found.key != "short" else 0,
        "empty": found.empty,
        "charts": [_chart(c) for c in drawn if c.picture.section == found.key],
    }


def _stray(chart: Chart) -> dict[str, Any]:
    """A chart whose section is not told stands in one of its own."""
    return {
        "key": f"chart-of-{chart.picture.key}",
        "kind": "plain",
        "number": 0,
        "title": chart.picture.title,
        "intro": "",
        "lines": [],
        "count": 0,
        "empty": "",
        "charts": [_chart(chart)],
    }


def _line(line: Line, known: str, key: str, said: Tongue, cited: Citations) -> dict[str, Any]:
    because = line.because or ((line.address,) if line.address in cited.numbers else ())
    return {
        "id": known,
        "text": line.text,
        "level": min(line.level, 3),
        "marks": [{"word": said.words.word("mark", m), "tone": _tone(m)} for m in line.marks],
        "chip": cited.chip(because[0]) if because and key not in ("said", "short") else None,
        "refs": cited.cite(because),
        "why": line.address[:14] if line.address in cited.numbers else line.address,
    }


def _tone(mark: str) -> str:
    return "red" if mark in _RED else "amber" if mark in _AMBER else "green" if mark in _GREEN else "grey"


def _chart(chart: Chart) -> dict[str, Any]:
    from markupsafe import Markup

    found = chart.picture
    return {
        "key": found.key,
        "title": found.title,
        "intro": found.intro,
        "left_out": found.left_out,
        # both were made by svg.inline, which lets nothing alive through
        "wide": Markup(chart.wide),  # noqa: S704
        "narrow": Markup(chart.narrow),  # noqa: S704
        "legend": found.legend,
        "columns": found.columns,
        "rows": tuple(Row(cells=r.cells, because=tuple(dict.fromkeys(r.because))) for r in found.rows),
    }


def _report(brief: Brief, said: Tongue, cited: Citations) -> dict[str, Any]:
    """The whole text, paragraph by paragraph, each passage tied to the claims that it carries."""
    text = brief.reading.document.text
    spans = [Span(s, e, k) for k, (s, e) in cited.passages.items()]
    size = {s.key: s.end - s.start for s in spans}
    marked = sum(1 for s in brief.sentences if s.claims)
    words = page_words(said.lang)
    intro = words.say("page.report_note", marked=marked, all=len(brief.sentences))
    return {
        "language": brief.reading.document.language or "und",
        "intro": intro,
        "early": len(text) <= _LONG,
        "paragraphs": [
            [
                {
                    "text": piece.text,
                    "claims": " ".join(cited.anchor(k)[2:] for k in piece.keys),
                    "href": cited.anchor(min(piece.keys, key=lambda k: (size[k], cited.numbers[k])))
                    if piece.keys
                    else "",
                    "begins": [cited.anchor(k)[2:] for k in piece.begins],
                    "ends": sorted((cited.ref(k) for k in piece.ends), key=lambda r: r.number),
                }
                for piece in paragraph
            ]
            for paragraph in paragraphs(text, spans)
        ],
    }


# ---------------------------------------------------------------------------------------------------- the file
@cache
def _text(name: str) -> str:
    return (files("knockon.views") / "templates" / name).read_text("utf-8")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _shown(value: object) -> object:
    """Every text that the template prints: markup of ours as it is, the rest without characters that hide or reorder."""
    return visible(value) if type(value) is str else value


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    env = Environment(autoescape=True, finalize=_shown, undefined=StrictUndefined, trim_blocks=False)
    return env.from_string(_text("page.html.jinja"))
