"""The vocabulary: what a claim may say with a word, and what converts into what, exactly."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from knockon.errors import BadClaim, BadQuantity, Refused, UnknownPredicate
from knockon.model.claim import Claim
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import Predicate, check, convert, dimension, predicate, rank_of, type_is, vocabulary

WORDS = list(vocabulary().values())
QUALIFIERS = {name for word in WORDS for name in word.qualifiers}


def said(
    word: str, object: str | None = "bolt", value: str | None = None, text: str | None = None, **qualifiers: str
) -> Claim:
    return Claim(
        subject="acme",
        predicate=word,
        object=object,
        value=Quantity.parse(value) if value else text,
        qualifiers=tuple(qualifiers.items()),
        said_by=("registry",),
        said_on=Moment.parse("2025"),
        source="test",
    )


@pytest.mark.parametrize(
    "claim",
    [
        said("holds_shares", value="60 %"),
        said("holds_shares"),
        said("holds_shares", value="0 %"),
        said("holds_shares", value="100 %", stake="lot"),
        said("holds_shares", value=">80 %"),
        said("produces", None, "27.8 Mt", commodity="oil"),
        said("capacity", None, "8 bcm/y"),
        said("expires", None),
        said("named", None, text="Acme"),
        said("exports", None, "68 Mt"),
        said("trades_with", value="44 bnUSD"),
    ],
)
def test_sound_claims_pass(claim: Claim) -> None:
    check(claim)


@pytest.mark.parametrize(
    ("claim", "column", "problem"),
    [
        (said("holds_shares", value="101 %"), "value", "outside 0..100"),
        (said("holds_shares", value="100.000000001 %"), "value", "outside 0..100"),
        (said("holds_shares", value="-1 %"), "value", "outside 0..100"),
        (said("holds_shares", value="50..150 %"), "value", "outside 0..100"),
        (said("holds_shares", value="5 Mt"), "value", "takes share"),
        (said("holds_shares", value="5 parsecs"), "value", "unknown unit"),
        (said("holds_shares", text="most"), "value", "takes a number"),
        (said("holds_shares", value="5 %", colour="red"), "qualifiers", 'no qualifier "colour"'),
        (said("holds_shares", None, "5 %"), "object", "needs an object"),
        (said("produces", None, "5 bnUSD"), "value", "found"),
        (said("produces", None, "-5 Mt"), "value", "below zero"),
        (said("named", None, value="5 %"), "value", "takes text"),
        (said("named", None), "value", "needs a value"),
        (said("named", "bolt", text="Acme"), "object", "takes no object"),
        (said("expires", "bolt"), "object", "takes no object"),
        (said("designates", value="5 %"), "value", "takes no value"),
        (said("controls", text="x"), "value", "takes a number"),
    ],
)
def test_unsound_claims_are_refused(claim: Claim, column: str, problem: str) -> None:
    with pytest.raises(BadClaim, match=re.escape(problem)) as told:
        check(claim)
    assert told.value.column == column


def test_an_unknown_word_offers_near_ones() -> None:
    with pytest.raises(UnknownPredicate) as told:
        predicate("hold_shares")
    assert "holds_shares" in told.value.hint


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.name)
def test_every_word_is_whole(word: Predicate) -> None:
    """Its sentence names fields that there are, and only those that it takes; its slot names what claims have."""
    named = re.findall(r"\{(\w*)\}", word.says)
    assert set(named) <= {"subject", "object", "value"}
    assert "subject" in named or "object" in named
    assert not ("value" in named and not word.value), "the sentence names a value that the word does not take"
    assert not ("object" in named and not word.object), "the sentence names an object that the word does not take"
    assert word.says.endswith(".")
    assert word.kind in ("state", "flow", "event", "act", "name", "observation")
    assert set(word.slot) <= {"subject", "object", "value", "day", "period", *QUALIFIERS}
    assert word.competent in ("", "subject", "issuer")
    assert word.stale >= 0


@pytest.mark.parametrize(
    ("number", "unit", "to", "exact"),
    [
        ("1", "Mt/y", "t/y", "1000000"),
        ("0.1", "Mt", "kt", "100"),
        ("1", "kt/d", "Mt/y", "0.365"),
        ("24", "mcm/d", "bcm/y", "8.76"),
        ("1", "bcm", "m3", "1000000000"),
        ("3.3", "bnUSD", "mnUSD", "3300"),
        ("1", "t", "bbl", "7.33"),
        ("73.3", "Mbbl", "Mt", "10"),
        ("12.5", "%", "%", "12.5"),
    ],
)
def test_conversion_is_exact(number: str, unit: str, to: str, exact: str) -> None:
    assert convert(Decimal(number), unit, to) == Decimal(exact)


@pytest.mark.parametrize(
    ("unit", "to"),
    [("%", "t"), ("bcm", "boe"), ("t", "t/y"), ("bbl", "bbl/d"), ("bnUSD", "bnEUR"), ("bcm", "t"), ("t/y", "bcm/y")],
)
def test_what_does_not_convert_is_refused(unit: str, to: str) -> None:
    with pytest.raises(Refused, match="cannot be turned"):
        convert(Decimal(1), unit, to)


def test_an_unknown_unit_has_no_dimension() -> None:
    assert dimension("kb/d") == "oil rate"
    with pytest.raises(BadQuantity):
        convert(Decimal(1), "Mt", "stone")


def test_types_and_ranks() -> None:
    assert type_is("company", "party")
    assert type_is("company", "company")
    assert not type_is("company", "asset")
    assert not type_is("", "party")
    assert [rank_of(kind) for kind in ("register", "company", "statistics", "outlet", "", "unheard")] == [
        0,
        1,
        2,
        3,
        3,
        3,
    ]
