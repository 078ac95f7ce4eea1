"""The languages say the same, and have a word for everything an answer can be made of."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from knockon.analyses.activities import activities
from knockon.analyses.exposure import ASKED
from knockon.errors import Refused
from knockon.model.claim import Mode, Polarity
from knockon.model.vocabulary import vocabulary
from knockon.views.words import LANGUAGES, words

#: tables that only one language needs in full: what they lack is shown as it stands
_FREE = {"values", "predicate"}


def _fields(found: Any) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(found) if name} if isinstance(found, str) else set()


def test_languages_have_the_same_keys_and_the_same_fields() -> None:
    first, *others = [words(lang).table for lang in LANGUAGES]
    for other in others:
        assert set(first) == set(other)
        for table in set(first) - _FREE:
            assert set(first[table]) == set(other[table]), table
            for key in first[table]:
                assert _fields(first[table][key]) == _fields(other[table][key]), f"{table}.{key}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_predicate_has_a_sentence(lang: str) -> None:
    told = words(lang).table["claim"]
    for name, word in vocabulary().items():
        assert name in told, name
        assert "{subject}" in told[name], name
        if word.value and not word.optional_value:
            assert "{value}" in told[name], name
        if word.value == "%" and word.optional_value:
            # a stake without a number must not leave a hole in the sentence
            assert f"{name}_unsaid" in told or "{value}" not in told[name], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_qualifier_that_a_predicate_declares_is_told_or_left_out_on_purpose(lang: str) -> None:
    known = set(words(lang).table["qualifier"])
    declared = {q for word in vocabulary().values() for q in word.qualifiers}
    assert declared <= known, sorted(declared - known)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_activity_mode_and_rule_word_has_a_label(lang: str) -> None:
    told = words(lang)
    units = tomllib.loads((files("knockon.model") / "units.toml").read_text("utf-8"))["units"]
    rules = tomllib.loads((files("knockon.analyses") / "regimes.toml").read_text("utf-8"))["rule"]
    for unit in units:
        assert told.has("units", unit), unit
    for activity in (*activities(), *ASKED):
        assert told.has("activity", activity), activity
    for mode in Mode:
        assert told.has("mode", mode.value)
        assert told.has("told", mode.value)
    for polarity in Polarity:
        assert told.has("polarity", polarity.value)
    for rule in rules:
        assert told.has("status", rule["gives"])
        assert told.has("certainty", rule["certainty"])
        assert told.has("aggregate", rule["aggregate"])
        assert told.has("chain", rule["chain"])
        assert all(told.has("measure", m) for m in rule["measures"])
        assert all(told.has("kind", k) for k in rule["kinds"])


def test_no_sentence_says_what_the_rules_forbid() -> None:
    """A licence never unblocks, and sanctions are not lifted by one."""
    flat = " ".join(
        str(v) for table in words("en").table.values() for v in (table.values() if isinstance(table, dict) else ())
    ).lower()
    for phrase in (
        "unblocked",
        "sanctions lifted",
        "lifts sanctions",
        "exempt from sanctions",
        "cleared",
        "on the sdn list",
    ):
        assert phrase not in flat, phrase


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as caught:
        words("xx")
    assert "en, bg" in caught.value.hint
