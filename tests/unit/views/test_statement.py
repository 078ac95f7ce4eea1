"""One claim in a sentence: its mode, its denial, its days, and whose word it is."""

from __future__ import annotations

import pytest

from knockon.testing import world
from knockon.views.line import tongue
from knockon.views.statement import marks_of, sentence, statement


def _told(line: str, word: str, lang: str = "en", on: str = "2025-06-01") -> str:
    w = world(line, on=on)
    return sentence(tongue(w, lang), w.told(word)[0])


@pytest.mark.parametrize(
    ("line", "word", "told"),
    [
        ("acme holds 60% of bolt since 2020 (registry, said 2021-01-01)", "holds_shares", "On the word of registry: acme holds 60 % of the shares of bolt since some day in 2020."),
        ("acme holds shares of bolt (registry, said 2021-01-01)", "holds_shares", "On the word of registry: acme holds shares of bolt (no number told)."),
        ("planned: ann meets bob on 2025-07-01 (outlet < palace, said 2025-05-01)", "meets", "On the word of palace (through outlet): planned: ann meets bob on 1 July 2025."),
        ("asked: ann meets bob (agency, said 2025-05-01)", "meets", "On the word of agency: asked, not said: whether ann meets bob."),
        ("denied: acme controls bolt (acme, said 2025-05-01)", "controls", "On the word of acme: denied: acme controls bolt."),
        ("land exports 4 Mt of oil via port in 2024 (ministry, said 2025-01-20)", "exports", "On the word of ministry: land exports 4 Mt (≈ 80.3 kb/d at 7.33 barrels a tonne) of oil in 2024, by way of port."),
        ("pipe carries 10 Mt of oil from deep in 2024 (operator, said 2025-01-20)", "ships", "On the word of operator: pipe carries 10 Mt (≈ 201 kb/d at 7.33 barrels a tonne) of oil in 2024, from deep."),
        ("gl-1 covers bolt for wind_down winding down since 2025-01-01 until 2025-11-21T00:01 America/New_York (us-ofac, said 2025-01-01)", "covers",
         "On the word of us-ofac: gl-1 authorises dealings with or for bolt since 1 January 2025, until 21 November 2025, 00:01 New York time (05:01 UTC), for winding down, wind-down only."),
    ],
)  # fmt: skip
def test_a_claim_is_one_plain_sentence(line: str, word: str, told: str) -> None:
    assert _told(line, word) == told


def test_who_speaks_for_himself_is_named_once() -> None:
    told = _told('ann says "all is well" (outlet < ann, said 2025-05-01)', "says")
    assert told == "ann (through outlet) says: “all is well”."


def test_a_long_passage_is_cut_and_says_so() -> None:
    long = " ".join(f"word{i}" for i in range(40))
    told = _told(f'ann says "{long}" (ann, said 2025-05-01)', "says")
    assert "word11 …" in told
    assert "word12" not in told


def test_bulgarian_uses_bulgarian_names_and_quotes_foreign_words() -> None:
    text = 'acme is called "Акме" in bg\nacme is_kind_of_company "maker of widgets" (registry, said 2025-01-01)'
    assert (
        _told(text, "is_kind_of_company", "bg") == "По думите на registry: Акме е описано с думите „maker of widgets“."
    )


def test_marks_name_what_must_not_be_overlooked() -> None:
    w = world(
        "planned: acme holds 60% of bolt (registry, said 2001-01-01)",
        on="2025-06-01",
        suppose="denied: acme controls bolt",
    )
    t = tongue(w, "en")
    assert marks_of(t, w.told("holds_shares")[0]) == ("planned", "stale")
    assert marks_of(t, w.told("controls")[0]) == ("denied", "supposed")


def test_a_statement_has_no_speaker_and_no_full_stop() -> None:
    w = world("acme controls bolt (registry, said 2025-01-01)", on="2025-06-01")
    assert statement(tongue(w, "en"), w.told("controls")[0]) == "acme controls bolt"
