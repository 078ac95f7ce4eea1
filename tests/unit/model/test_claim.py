"""Claims: what is refused, what comes back from JSON, and an id that nothing moves (R4)."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import Any

import pytest

from knockon.errors import BadClaim, BadInput
from knockon.model.claim import Claim, Mode, Polarity, Quote
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity

FIELDS: dict[str, Any] = {
    "subject": "lukoil",
    "predicate": "holds_shares",
    "object": "turgai",
    "value": Quantity.parse("50 %"),
    "said_by": ("kazinform",),
    "said_on": Moment.parse("2025-11-15"),
    "source": "https://example.org/1",
}
FULL = Claim(
    **FIELDS
    | {
        "qualifiers": (("basis", "register"), ("stake", "lot")),
        "start": Moment.parse("2024-05"),
        "end": Moment.parse("2025-11-21T00:01 America/New_York"),
        "mode": Mode.PLANNED,
        "polarity": Polarity.DENIED,
        "said_by": ("kazinform", "ministry"),
        "quote": Quote(3, 9, "Новина"),
    }
)


def made(**changes: Any) -> Claim:
    return Claim(**FIELDS | changes)


def plain(**changes: Any) -> dict[str, Any]:
    return made().to_dict() | changes


def test_the_id_of_one_claim_is_pinned() -> None:
    """The id is kept in ledgers and cited in answers: a change of it is a new version of the format."""
    assert made().id == "csdq36azsaklhhjeoszj2o7vhty"
    assert FULL.id == "c3k4d5flm6t4vmhqcviu6vudsuj"


def test_the_body_is_pinned() -> None:
    assert json.loads(FULL.sealed()[1]) == {
        "subject": "lukoil",
        "predicate": "holds_shares",
        "object": "turgai",
        "value": {"unit": "%", "low": "50", "high": "50", "printed": "50"},
        "qualifiers": {"basis": "register", "stake": "lot"},
        "start": "2024-05",
        "end": "2025-11-21T00:01 America/New_York",
        "mode": "planned",
        "polarity": "denied",
        "said_by": ["kazinform", "ministry"],
        "said_on": "2025-11-15",
        "source": "https://example.org/1",
        "quote": {"start": 3, "end": 9, "text": "Новина"},
    }


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "rosneft"},
        {"predicate": "controls"},
        {"object": None},
        {"value": None},
        {"value": Quantity.parse("50.0 %")},
        {"value": Quantity.parse("~50 %")},
        {"value": "50 %"},
        {"qualifiers": (("stake", "lot"),)},
        {"start": Moment.parse("2024")},
        {"end": Moment.parse("2026")},
        {"mode": Mode.ASKED},
        {"polarity": Polarity.DENIED},
        {"said_by": ("kazinform", "ministry")},
        {"said_on": Moment.parse("2025-11")},
        {"source": "https://example.org/2"},
        {"quote": Quote(0, 1, "x")},
    ],
)
def test_every_field_makes_the_id(change: dict[str, Any]) -> None:
    assert replace(made(), **change).id != made().id


def test_the_order_of_speakers_counts_that_of_qualifiers_does_not() -> None:
    assert made(said_by=("a", "b")).id != made(said_by=("b", "a")).id
    one, two = made(qualifiers=(("stake", "lot"), ("basis", "x"))), made(qualifiers=(("basis", "x"), ("stake", "lot")))
    assert one == two
    assert one.id == two.id
    assert two.qualifiers == (("basis", "x"), ("stake", "lot"))
    assert made(qualifiers=(("basis", "x"), ("basis", "x"))).qualifiers == (("basis", "x"),)


@pytest.mark.parametrize(
    "claim",
    [
        FULL,
        made(),
        made(object=None, value=None),
        made(predicate="says", object=None, value="We will see."),
        *(made(value=Quantity.parse(v)) for v in (">80 %", "<=8 %", "2..4 %", "~46.30 %", "0 %")),
        made(value=Quantity.exact("12.5", "%")),
    ],
)
def test_json_and_back(claim: Claim) -> None:
    again = Claim.from_dict(json.loads(json.dumps(claim.to_dict())))
    assert again == claim
    assert again.id == claim.id


def test_absent_is_absent() -> None:
    assert set(made(object=None, value=None).to_dict()) == set(
        "subject predicate mode polarity said_by said_on source".split()
    )


def test_a_claim_reads_a_printed_number_and_defaults_its_mode() -> None:
    told = {k: v for k, v in plain(value="50 %").items() if k not in ("mode", "polarity")}
    assert Claim.from_dict(told) == made()


def test_the_words_of_a_claim() -> None:
    assert (FULL.origin, FULL.qualifier("stake"), FULL.qualifier("colour")) == ("ministry", "lot", None)
    assert made(said_on=Moment.parse("2025-11")).known == date(2025, 11, 30)
    assert made(value="text").quantity is None
    with pytest.raises(FrozenInstanceError):
        FULL.subject = "x"  # type: ignore[misc, assignment]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"subject": "Lukoil"}, "subject"),
        ({"object": "два"}, "object"),
        ({"said_by": ()}, "said_by is empty"),
        ({"said_by": ("a", "B")}, "said_by"),
        ({"source": ""}, "source is empty"),
        ({"said_on": Moment.parse("2025..")}, "no last day"),
        ({"value": ""}, "empty text"),
        ({"start": Moment.parse("2025"), "end": Moment.parse("2024")}, "before or on the day"),
        ({"start": Moment.parse("2025-11-11"), "end": Moment.parse("2025-11-11")}, "before or on the day"),
    ],
)
def test_unsound_claims_are_refused(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadClaim, match=problem):
        made(**change)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-10", "2025-10"),  # both in October: they may differ
        ("2025-11-21", "2025-11-21T00:01 America/New_York"),
        ("2025-11-21", "2025-11-22"),
        ("..2025-11-21", "2025-01-01"),
    ],
)
def test_an_interval_that_may_not_be_empty_stands(start: str, end: str) -> None:
    assert made(start=Moment.parse(start), end=Moment.parse(end)).end == Moment.parse(end)


@pytest.mark.parametrize(("start", "end", "text"), [(-1, 0, "x"), (0, 2, "x"), (3, 2, "")])
def test_a_quote_fits_its_text(start: int, end: int, text: str) -> None:
    with pytest.raises(BadClaim, match="does not fit"):
        Quote(start, end, text)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"colour": "red"}, "unknown field.s. colour"),
        ({"subject": None}, "missing field.s. subject"),
        ({"said_by": []}, "missing field.s. said_by"),
        ({"said_by": "kazinform"}, "not a list"),
        ({"said_by": [1]}, "not a list"),
        ({"mode": "rumoured"}, "mode"),
        ({"polarity": ["denied"]}, "polarity"),
        ({"subject": 5}, "not text"),
        ({"start": 5}, "wrong kind"),
        ({"value": 5}, "wrong kind"),
        ({"value": {"low": "5"}}, "wrong kind"),
        ({"value": {"unit": "%"}}, "no number"),
        ({"value": {"unit": "%", "low": 12.5}}, "not an exact number"),
        ({"value": {"unit": "%", "low": "1e2"}}, "not an exact number"),
        ({"value": {"unit": "%", "low": "NaN"}}, "not an exact number"),
        ({"value": {"unit": "%", "low": True}}, "not an exact number"),
        ({"value": "half"}, "not a number"),
        ({"qualifiers": ["stake"]}, "wrong kind"),
        ({"quote": {"start": 0, "end": 1}}, "wrong kind"),
        ({"quote": {"start": 0, "end": 9, "text": "x"}}, "does not fit"),
        ({"said_on": "yesterday"}, "is not a day"),
    ],
)
def test_unsound_json_is_refused(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        Claim.from_dict(plain(**change))


def test_a_whole_number_in_json_is_exact() -> None:
    assert Claim.from_dict(plain(value={"unit": "%", "low": 50, "high": 50, "printed": "50"})).id == made().id


def test_a_qualifier_given_twice_and_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(BadClaim, match="given twice"):
        made(qualifiers=(("stake", "1"), ("stake", "2")))
    with pytest.raises(BadClaim, match="not text"):
        _ = made(source="a\udcff").id


def test_a_printed_number_is_that_of_its_bounds() -> None:
    told = made(value=Quantity.parse("13.5 %")).to_dict()
    told["value"]["printed"] = "99"
    with pytest.raises(BadClaim, match="not the number of its bounds"):
        Claim.from_dict(told)
