"""Where is each sentence of a report answered? Sentence → claims → sections → lines of the brief; or that it carries none, and why.

Refuses to copy a report: only the first words of a sentence are shown, unless the caller has the right to show it whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knockon.analyses.brief import Brief, Said, Sentenced
from knockon.model.ids import ClaimId
from knockon.views.line import Line, Section, Tongue, tongue
from knockon.views.lines import sections
from knockon.views.markdown import escaped
from knockon.views.statement import sentence
from knockon.views.terminal import shown_address
from knockon.world import World

__all__ = ["answering", "report_md"]

_FEW = 6
_LINES = 3
#: sections whose lines answer only the claims that they rest on
_OWN = ("watch", "agenda", "disputed", "positions", "ties")


def report_md(brief: Brief, world: World, *, full: bool = False, lang: str = "en") -> str:
    """The map as a Markdown page; ``full`` shows whole sentences."""
    told = tongue(world, lang)
    shown = sections(brief, world, lang)
    silent = sum(1 for s in brief.sentences if not s.claims)
    intro = told.say("map.intro", sentences=len(brief.sentences), claims=len(brief.said), silent=silent)
    out = [f"# {told.say('map.title')}", "", intro, ""]
    said = {s.claim.id: s for s in brief.said}
    for number, one in enumerate(brief.sentences, 1):
        out += _sentence(told, number, one, said, shown, full=full)
    return "\n".join(out)


def _sentence(
    told: Tongue, number: int, one: Sentenced, said: Mapping[ClaimId, Said], shown: Sequence[Section], *, full: bool
) -> Iterator[str]:
    yield f"## {told.say('map.sentence', n=number)}"
    yield ""
    yield f"> {escaped(one.sentence.text if full else _few(one.sentence.text))}"
    yield ""
    why = escaped("; ".join(one.unread)) or told.say("map.why_unknown")
    if not one.claims:
        yield told.say("map.none", why=why)
        yield ""
        return
    yield f"| {told.say('map.claim')} | {told.say('map.where')} | {told.say('map.lines')} |"
    yield "|---|---|---|"
    for known in one.claims:
        yield from _claim(told, said[known], one, shown)
    yield ""
    if one.unread:
        yield told.say("map.left", why=why)
        yield ""


def _few(text: str) -> str:
    found = text.split()
    return text if len(found) <= _FEW else " ".join(found[:_FEW]) + " …"


def _claim(told: Tongue, one: Said, of: Sentenced, shown: Sequence[Section]) -> Iterator[str]:
    """A row for each section that answers the claim; one row where it stands among what was said alone."""
    cell = f"{escaped(sentence(told, one.claim))} `{shown_address(one.claim.id)}`"
    rows = [
        (s, found) for s in shown if s.key in of.sections and s.key != "said" and (found := answering(told, one, s))
    ]
    if not rows:
        yield f"| {cell} | {told.say('map.said_only')} | {escaped(told.words.word('mark', one.standing.word))} |"
        return
    for number, (section, found) in enumerate(rows):
        lines = "<br>".join(f"{escaped(line.text)} `{shown_address(line.address)}`" for line in found)
        yield f"| {cell if number == 0 else ''} | {escaped(section.title)} | {lines} |"


def answering(told: Tongue, one: Said, section: Section) -> list[Line]:
    """The lines of a section that rest on a claim, on what bears it out, or else that speak of its parties."""
    mine = {one.claim.id, *one.standing.because}
    found = [line for line in section.lines if mine & {line.address, *line.because}]
    if not found and section.key not in _OWN:
        for party in (one.claim.object, one.claim.subject):
            name = told.name(party) if party is not None else ""
            found = found or [
                line for line in section.lines if line.level == 0 and line.address and name and name in line.text
            ]
    return found[:_LINES]
