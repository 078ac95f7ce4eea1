"""Which claim is a line of plain text, such as ``acme holds 60% of bolt since 2020 (registry)``?

The grammar is one page: docs/reference/lines.md. It serves ``--suppose`` and the worlds of tests. Refuses a line it does
not understand; never guesses a verb.

>>> c = parse_line("acme holds 60% of bolt since 2020 (registry)")
>>> c.predicate, str(c.value), str(c.start), c.said_by
('holds_shares', '60 %', '2020', ('registry',))
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from knockon.errors import BadClaim, BadLine, KnockonError
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import check, vocabulary

__all__ = ["parse_line", "parse_lines"]

_E = r"[a-z0-9][a-z0-9_.:+/\-]*"
_Q = r"(?:[~<>]=?)?\d[\d.]*(?:\.\.\d[\d.]*)?"
_BAND = r"(?:(?:more than|at least|over) )?\d[\d.]*\s?%(?: (?:up )?to \d[\d.]*\s?%)?|(?:less than|at most|up to|under) \d[\d.]*\s?%"
_PERCENT = rf"(?P<percent>{_Q}\s?%|{_BAND})"
_AMOUNT = rf"(?P<amount>{_Q}\s?[A-Za-z%][A-Za-z/%]*\d?)"
_S, _O = rf"(?P<s>{_E})", rf"(?P<o>{_E})"

# (form, predicate, qualifiers from named groups)
_FORMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (rf"{_S} holds {_PERCENT} of {_O}(?: as (?P<stake>{_E}))?", "holds_shares", ("stake",)),
    (
        rf"{_S} holds {_PERCENT} of the (?P<votes>votes) of {_O}(?: as (?P<stake>{_E}))?",
        "holds_shares",
        ("votes", "stake"),
    ),
    (rf"{_S} holds shares of {_O}", "holds_shares", ()),
    (rf"{_S} holds an interest of {_PERCENT} in {_O}(?: as (?P<stake>{_E}))?", "holds_interest", ("stake",)),
    (rf"{_S} holds an interest in {_O}", "holds_interest", ()),
    (rf"{_S} manages {_PERCENT} of {_O}(?: for (?P<for>{_E}))?", "manages", ("for",)),
    (rf"{_S} controls {_O}(?: by (?P<by>{_E}))?", "controls", ("by",)),
    (rf"{_S} and {_O} act jointly(?: over (?P<over>{_E}))?", "acts_jointly", ("over",)),
    (
        rf"{_S} rebuts (?P<test>control|ownership) of (?P<holder>{_E}) over {_O}(?: by (?P<how>{_E}))?",
        "rebuts_control",
        ("test", "holder", "how"),
    ),
    (rf"{_S} is entitled to {_PERCENT} of {_O}", "entitled_to", ()),
    (rf"{_S} is linked to {_O}(?: as (?P<role>{_E}))?", "linked_to", ("role",)),
    (rf"{_S} buys {_PERCENT} of {_O}(?: from (?P<from>{_E}))?", "acquires", ("from",)),
    (rf"{_S} sells {_PERCENT} of {_O}(?: to (?P<to>{_E}))?", "sells", ("to",)),
    (rf"{_S} no longer (?P<what>{_E}) {_O}", "ends", ("what",)),
    (
        rf"{_S} designates {_O}(?: for (?P<measure>{_E}))?(?: under (?P<programme>[^,()]+?))?",
        "designates",
        ("measure", "programme"),
    ),
    (
        rf"{_S} delists {_O}(?: for (?P<measure>{_E}))?(?: under (?P<programme>[^,()]+?))?",
        "delists",
        ("measure", "programme"),
    ),
    (rf"{_S} issues {_O}", "issues", ()),
    (
        rf"{_S} covers {_O}(?: for (?P<activity>{_E}))?(?: reaching (?P<reaches>{_E}))?(?P<wind_down> winding down)?",
        "covers",
        ("activity", "reaches", "wind_down"),
    ),
    (rf"{_S} excludes (?P<activity>{_E}) for {_O}", "excludes", ("activity",)),
    (rf"{_S} supersedes {_O}", "supersedes", ()),
    (rf"{_S} revokes {_O}", "revokes", ()),
    (rf"{_S} expires", "expires", ()),
    (rf"{_S} develops {_O}", "develops", ()),
    (rf"{_S} operates {_O}", "operates", ()),
    (rf"{_S} is part of {_O}", "part_of", ()),
    (rf"{_S} crosses {_O}", "crosses", ()),
    (rf"{_S} has a capacity of {_AMOUNT}", "capacity", ()),
    (rf"{_S} produces {_AMOUNT}(?: of (?P<commodity>{_E}))?", "produces", ("commodity",)),
    (rf"{_S} carries {_AMOUNT}(?: of (?P<commodity>{_E}))?(?: from (?P<of>{_E}))?", "ships", ("commodity", "of")),
    (
        rf"{_S} exports {_AMOUNT}(?: of (?P<commodity>{_E}))?(?: via (?P<via>{_E}))?(?: to {_O})?",
        "exports",
        ("commodity", "via"),
    ),
    (rf"{_S} is out", "outage", ()),
    (rf"{_S} resumes", "resumes", ()),
    (rf"{_S} speaks for {_O}", "speaks_for", ()),
    (rf"{_S} is the same as {_O}", "same_as", ()),
    (rf"{_S} is an? (?P<text>{_E})", "is_a", ()),
    (rf'{_S} is called "(?P<text>[^"]+)"(?: in (?P<lang>[a-z]{{2}}))?', "named", ("lang",)),
)
#: groups that only say that something is so
_FLAGS = ("wind_down", "votes")
_COMPILED = tuple((re.compile(form + r"\Z"), word, keys) for form, word, keys in _FORMS)
_GENERIC = re.compile(
    rf'{_S} (?P<p>[a-z_]+)(?: {_O})?(?: "(?P<text>[^"]*)"| {_AMOUNT})?(?P<pairs>(?: [a-z_]+=[^\s"]+)*)\Z'
)
_DATE = r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T\d{2}:\d{2} [A-Za-z_/+\-0-9]+)?)?(?:\.\.(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?)?"
_TAIL = re.compile(
    rf"(?P<body>.*?)(?: (?:since|on|from) (?P<start>{_DATE}))?(?: until (?P<end>{_DATE}))?(?: in (?P<period>\d{{4}}(?:-\d{{2}})?|\d{{4}}-\d{{2}}-\d{{2}}\.\.\d{{4}}-\d{{2}}-\d{{2}}))?\Z"
)
_SOURCE = re.compile(r"\s*\((?P<chain>[^()]*)\)\s*\Z")
_LEADS = {"planned": Mode.PLANNED, "expected": Mode.EXPECTED, "possible": Mode.POSSIBLE, "asked": Mode.ASKED}


def parse_lines(text: str, *, said_on: date | None = None) -> tuple[Claim, ...]:
    """One claim a line; empty lines and those that begin with # are passed over."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(parse_line(line, said_on=said_on) for line in lines if line and not line.startswith("#"))


def parse_line(line: str, *, said_on: date | None = None) -> Claim:
    """Read one line. ``said_on`` is used when the line does not say when it was said.

    Without it, a line counts as said on the first day it speaks of, or on 2000-01-01 when it names none.
    """
    body, mode, polarity = _lead(line)
    body, chain, said = _source(body)
    tail = _TAIL.match(body)
    assert tail is not None
    start, end = _period(line, tail)
    try:
        claim = Claim(
            **_words(line, tail["body"].strip()),
            start=start,
            end=end,
            mode=mode,
            polarity=polarity,
            said_by=chain or (EntityId("supposed"),),
            said_on=said or (Moment.day(said_on) if said_on else _first_day(start, end)),
            source=f"line:{' < '.join(chain or ('supposed',))}",
        )
        check(claim)
    except BadClaim as fault:
        raise BadLine(line, fault.problem, fault.hint) from None
    return claim


def _lead(line: str) -> tuple[str, Mode, Polarity]:
    word, sep, rest = line.partition(":")
    if sep and word.strip() in _LEADS:
        return rest.strip(), _LEADS[word.strip()], Polarity.AFFIRMED
    if sep and word.strip() == "denied":
        return rest.strip(), Mode.STATED, Polarity.DENIED
    return line.strip(), Mode.STATED, Polarity.AFFIRMED


def _source(body: str) -> tuple[str, tuple[EntityId, ...], Moment | None]:
    found = _SOURCE.search(body)
    if not found:
        return body, (), None
    chain, _, said = found["chain"].partition(",")
    speakers = tuple(EntityId(s.strip()) for s in chain.split("<") if s.strip())
    day = said.strip().removeprefix("said ").strip()
    return body[: found.start()], speakers, Moment.parse(day) if day else None


def _period(line: str, tail: re.Match[str]) -> tuple[Moment | None, Moment | None]:
    if tail["period"]:
        whole = Moment.parse(tail["period"])
        if whole.earliest is None or whole.latest is None:
            raise BadLine(line, "a period needs its first and its last day")
        return Moment.day(whole.earliest), Moment.day(whole.latest).shift(1)
    start = Moment.parse(tail["start"]) if tail["start"] else None
    end = Moment.parse(tail["end"]) if tail["end"] else None
    return start, end


def _words(line: str, body: str) -> dict[str, Any]:
    for form, word, keys in _COMPILED:
        if found := form.match(body):
            return _fields(found, word, [(k, "yes" if k in _FLAGS else found[k].strip()) for k in keys if found[k]])
    found = _GENERIC.match(body)
    if found and found["p"] in vocabulary():
        pairs = [(p.partition("=")[0], p.partition("=")[2]) for p in found["pairs"].split()]
        return _fields(found, found["p"], pairs)
    raise BadLine(line, "no form of the grammar fits")


def _fields(found: re.Match[str], word: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    groups = found.groupdict()
    value: Quantity | str | None = None
    try:
        if groups.get("percent"):
            value = Quantity.parse(_percent(groups["percent"]))
        elif groups.get("amount"):
            value = Quantity.parse(re.sub(r"(?<=[\d.])\s?(?=[A-Za-z%])", " ", groups["amount"], count=1))
        elif groups.get("text"):
            value = groups["text"]
    except KnockonError as fault:
        raise BadClaim(fault.message, hint=fault.hint) from None
    return {
        "subject": groups["s"],
        "predicate": word,
        "object": groups.get("o"),
        "value": value,
        "qualifiers": tuple(sorted(pairs)),
    }


def _percent(text: str) -> str:
    """A band in words as the quantity it is: more than 25% up to 50% is >25..50 %."""
    plain = re.sub(r"\s?%", "", text)
    if between := re.fullmatch(r"(more than|over|at least)? ?([\d.]+) (?:up )?to ([\d.]+)", plain):
        return f"{'>' if between[1] in ('more than', 'over') else ''}{between[2]}..{between[3]} %"
    for words, sign in _SIGNS:
        if plain.startswith(words):
            return f"{sign}{plain.removeprefix(words).strip()} %"
    return f"{plain} %"


_SIGNS = (
    ("more than", ">"),
    ("over", ">"),
    ("at least", ">="),
    ("less than", "<"),
    ("under", "<"),
    ("at most", "<="),
    ("up to", "<="),
)


def _first_day(start: Moment | None, end: Moment | None) -> Moment:
    for moment in (start, end):
        if moment is not None:
            day = moment.latest if moment is start and moment.latest else moment.earliest
            if day is not None:
                return Moment.day(day)
    return Moment.day(date(2000, 1, 1))
