"""How is one claim told in a sentence? With its mode, its denial, its days and whose word it is.

Refuses to soften: a question stays a question, a plan a plan, and what was not told as a number has none.

>>> from knockon.testing import world
>>> from knockon.views.line import tongue
>>> w = world("planned: ann meets bob on 2025-03-04 (outlet < palace, said 2025-03-01)", on="2025-03-03")
>>> sentence(tongue(w, "en"), w.told("meets")[0])
'On the word of palace (through outlet): planned: ann meets bob on 4 March 2025.'
"""

from __future__ import annotations

from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import predicate
from knockon.views import dates, quantities
from knockon.views.line import Tongue, shortened

__all__ = ["marks_of", "sentence", "statement"]

#: qualifiers whose values are words of a table
_LABELS = {"measure": "measure", "activity": "activity", "commodity": "commodity"}
#: qualifiers whose values name things
_THINGS = (
    "place",
    "with",
    "about",
    "over",
    "holder",
    "via",
    "of",
    "from",
    "to",
    "for",
    "reply_to",
    "by",
    "what",
    "role",
    "format",
    "sphere",
    "kind",
)
#: an entity as a qualifier's value, where the predicate's sentence would read it twice
_SILENT = {"sets_threshold": ("chain",)}


def sentence(tongue: Tongue, claim: Claim) -> str:
    """The claim as a full sentence, with whose word it is."""
    if claim.predicate == "says" and claim.origin == claim.subject:  # who speaks for himself is named once
        return tongue.say("told.plain", x=_inside(tongue, claim, _plain(tongue, claim, tongue.source(claim))))
    return tongue.say("told.word_of", who=tongue.source(claim), x=statement(tongue, claim))


def statement(tongue: Tongue, claim: Claim) -> str:
    """What the claim says, inside its mode and denial, without a full stop."""
    return _inside(tongue, claim, _plain(tongue, claim, tongue.name(claim.subject)))


def _inside(tongue: Tongue, claim: Claim, text: str) -> str:
    if claim.polarity is Polarity.DENIED:
        text = tongue.say("told.denied", x=text)
    return tongue.say(f"told.{claim.mode.value}", x=text)


def marks_of(tongue: Tongue, claim: Claim) -> tuple[str, ...]:
    """What a reader must not overlook: mode, denial, age, and that it is only supposed."""
    horizon = predicate(claim.predicate).stale
    found = []
    if claim.mode is not Mode.STATED:
        found.append(claim.mode.value)
    if claim.polarity is Polarity.DENIED:
        found.append("denied")
    if horizon and (tongue.world.on - claim.known).days > horizon:
        found.append("stale")
    if tongue.world.is_supposed(claim.id):
        found.append("supposed")
    return tuple(found)


def _plain(tongue: Tongue, claim: Claim, subject: str) -> str:
    form = claim.predicate
    if claim.value is None and tongue.words.has("claim", f"{form}_unsaid"):
        form = f"{form}_unsaid"
    if claim.object is None and tongue.words.has("claim", f"{claim.predicate}_alone"):
        form = f"{claim.predicate}_alone"
    value = _value(tongue, claim)
    object_ = tongue.name(claim.object) if claim.object else ""
    if claim.predicate in ("sets_aside", "retracts") and claim.object:
        object_ = claim.object[:10]
    told = tongue.say(
        f"claim.{form}",
        subject=subject,
        object=object_,
        value=value,
        note=f" ({value})" if value and value != object_ else "",
        degree=_degree(tongue, claim),
        of_commodity=_commodity(tongue, claim),
        rest=_rest(tongue, claim, form),
        when=_when(tongue, claim),
    )
    # a foreign word is quoted, and so may be its place in the sentence: once is enough
    return told.strip().replace("„„", "„").replace("““", "“").replace("””", "”")


def _value(tongue: Tongue, claim: Claim) -> str:
    if isinstance(claim.value, Quantity):
        year = _is_year(claim)
        return quantities.amount(claim.value, tongue.words, commodity=claim.qualifier("commodity") or "", year=year)
    if claim.value is None:
        return ""
    # names and identifiers, and words in a speaker's mouth, are given as they are
    return shortened(claim.value) if claim.predicate in ("named", "identified_by", "says") else tongue.text(claim.value)


def _is_year(claim: Claim) -> bool:
    first = claim.start.earliest if claim.start else None
    last = claim.end.latest if claim.end else None
    return first is not None and last is not None and (last - first).days in (365, 366)


def _degree(tongue: Tongue, claim: Claim) -> str:
    told = claim.qualifier("degree")
    return tongue.say("claim.degree", x=tongue.text(told)) if told else tongue.say("number.none")


def _rest(tongue: Tongue, claim: Claim, form: str) -> str:
    """The qualifiers in the order of the table, those that say nothing to a reader left out."""
    told = dict(claim.qualifiers)
    out = []
    placed = "{of_commodity}" in tongue.words.table["claim"][form]
    for name, shape in tongue.words.table["qualifier"].items():
        if name in told and name not in _SILENT.get(claim.predicate, ()) and not (placed and name == "commodity"):
            out.append(str(shape).format(x=_qualifier(tongue, name, told[name])))
    return "".join(out)


def _commodity(tongue: Tongue, claim: Claim) -> str:
    told = claim.qualifier("commodity")
    return (
        str(tongue.words.table["qualifier"]["commodity"]).format(x=tongue.words.word("commodity", told)) if told else ""
    )


def _qualifier(tongue: Tongue, name: str, found: str) -> str:
    if name in _LABELS:
        return tongue.words.word(_LABELS[name], found)
    if name in _THINGS:
        return tongue.listed(tongue.thing(part) for part in found.replace("+", ",").split(",") if part)
    return tongue.text(found)


def _when(tongue: Tongue, claim: Claim) -> str:
    words = tongue.words
    kind = predicate(claim.predicate).kind
    if claim.start is None and claim.end is None:
        return ""
    if kind == "flow":
        told = dates.period(claim.start, claim.end, words)
        return f" {words.say('date.in_period', period=told)}" if claim.start and claim.end else f" {told}"
    if (
        kind in ("event", "act")
        and claim.start is not None
        and claim.end is None
        and claim.predicate not in ("covers", "excludes")
    ):
        return f" {dates.on(claim.start, words)}"
    if kind == "event" and claim.start is not None:
        return f" {words.say('date.on_day', day=dates.period(claim.start, claim.end, words))}"
    parts = [dates.since(claim.start, words)]
    if claim.end is not None:
        parts.append(dates.until(claim.end, words))
    return " " + ", ".join(p for p in parts if p)
