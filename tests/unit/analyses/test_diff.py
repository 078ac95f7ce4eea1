"""Two worlds compared: every change names its cause, and ages alone change nothing."""

from __future__ import annotations

import pytest

from knockon.analyses.diff import diff
from knockon.analyses.positions import positions
from knockon.testing import world
from knockon.world import World


def _kinds(a: World, b: World) -> list[tuple[str, str, str]]:
    return [(c.kind, c.predicate, c.cause) for c in diff(a, b).changes]


def test_a_world_does_not_differ_from_itself_nor_from_the_next_day_when_nothing_happened() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-01-01)"
    same = diff(world(text, on="2024-06-01"), world(text, on="2024-06-01"))
    assert (same.only_a, same.only_b, same.changes) == ((), (), ())
    assert diff(world(text, on="2024-06-01"), world(text, on="2024-06-02")).changes == ()


def test_a_new_claim_makes_a_state_appear_and_is_its_reason() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-03-01)"
    found = diff(world(text, on="2024-02-01"), world(text, on="2024-04-01"))
    (change,) = found.changes
    assert (change.kind, change.cause, change.because) == ("appeared", "said", found.only_b)
    assert change.before is None
    assert change.line == "acme holds_shares bolt: appeared (60 %), because of what was said since"
    back = diff(world(text, on="2024-04-01"), world(text, on="2024-02-01"))
    assert [(c.kind, c.cause) for c in back.changes] == [("disappeared", "unsaid")]
    assert back.only_a == found.only_b


def test_a_later_word_of_the_same_voice_changes_the_value() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-01-01)\nacme holds 40% of bolt (registry, said 2024-05-01)"
    (change,) = diff(world(text, on="2024-02-01"), world(text, on="2024-06-01")).changes
    assert change.kind == "changed"
    assert change.before is not None
    assert change.after is not None
    assert (str(change.before.value), str(change.after.value), change.cause) == ("60 %", "40 %", "said")


def test_a_contradiction_of_another_voice_makes_it_disputed() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-01-01)\nacme holds 40% of bolt (gazette, said 2023-05-01)"
    a, b = world(text.splitlines()[0], on="2024-06-01"), world(text, on="2024-06-01")
    (change,) = diff(a, b).changes
    assert change.kind == "changed"
    assert [b.claim(i).origin for i in change.because] == ["gazette"]


def test_days_begin_and_end_a_term_without_a_new_word() -> None:
    text = "atlas covers bolt for maintenance on 2024-03-01 until 2024-05-01 (office, said 2024-01-01)\noffice is an authority"
    day = {d: world(text, on=d, known="2024-06-01") for d in ("2024-02-01", "2024-04-01", "2024-06-01")}
    assert _kinds(day["2024-02-01"], day["2024-04-01"]) == [("appeared", "covers", "begun")]
    assert _kinds(day["2024-04-01"], day["2024-06-01"]) == [("disappeared", "covers", "over")]
    assert _kinds(day["2024-06-01"], day["2024-04-01"]) == [("appeared", "covers", "not over")]
    assert _kinds(day["2024-04-01"], day["2024-02-01"]) == [("disappeared", "covers", "not begun")]


def test_an_event_that_ends_a_state_is_named() -> None:
    text = "office designates acme on 2024-01-01 (office)\noffice delists acme on 2024-05-01 (office)\noffice is an authority"
    a, b = world(text, on="2024-02-01"), world(text, on="2024-06-01")
    ended = next(c for c in diff(a, b).changes if c.predicate == "designates")
    assert (ended.kind, ended.cause) == ("disappeared", "ended")
    assert [b.claim(i).predicate for i in ended.because] == ["delists"]
    # the delisting was known all along: only the days differ
    known = [world(text, on=d, known="2024-06-01") for d in ("2024-02-01", "2024-06-01")]
    ended = next(c for c in diff(*known).changes if c.predicate == "designates")
    assert ended.cause == "ended"
    assert {b.claim(i).predicate for i in ended.because} == {"designates", "delists"}


def test_a_state_that_nobody_repeats_turns_stale_and_says_so() -> None:
    text = "acme holds 60% of bolt (registry, said 2015-01-01)"
    (change,) = diff(world(text, on="2016-01-01"), world(text, on="2024-01-01")).changes
    assert (change.kind, change.cause) == ("changed", "aged")
    assert change.line == "acme holds_shares bolt: now stale, because nobody has said it again"


def test_a_supposition_is_named_as_one() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-01-01)"
    a = world(text, on="2024-06-01")
    b = world(text, on="2024-06-01", suppose="acme sells 60% of bolt to cask on 2024-05-01")
    found = diff(a, b)
    stakes = [(c.kind, c.subject, c.cause) for c in found.changes if c.predicate == "holds_shares"]
    assert sorted(stakes) == [("appeared", "cask", "supposed"), ("disappeared", "acme", "supposed")]
    assert (found.a.supposed, found.b.supposed) == (0, 1)


def test_merging_two_names_is_a_cause_of_its_own() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-01-01)"
    a, b = world(text, on="2024-06-01"), world(text + "\nacme is the same as aaa", on="2024-06-01")
    found = diff(a, b)
    assert {(c.kind, c.subject) for c in found.changes} == {("disappeared", "acme"), ("appeared", "aaa")}
    assert all([b.claim(i).predicate for i in c.because] == ["same_as"] for c in found.changes)


def test_a_retraction_takes_a_state_away_and_is_the_reason() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-01-01)"
    claim = world(text, on="2024-06-01").told("holds_shares")[0].id
    both = f"{text}\nregistry retracts {claim} on 2024-05-01 (registry, said 2024-05-01)"
    a, b = world(both, on="2024-04-01"), world(both, on="2024-06-01")
    gone = next(c for c in diff(a, b).changes if c.predicate == "holds_shares")
    assert (gone.kind, [b.claim(i).predicate for i in gone.because]) == ("disappeared", ["retracts"])


WORLDS = [
    ("acme holds 60% of bolt (registry, said 2024-01-01)", "2024-06-01"),
    (
        "acme holds 60% of bolt (registry, said 2024-01-01)\nacme holds 70% of bolt (gazette, said 2024-01-01)",
        "2024-06-01",
    ),
    (
        "office designates acme on 2024-01-01 (office)\noffice is an authority\nann meets bob on 2024-03-01 (wire)",
        "2024-02-01",
    ),
    (
        "office designates acme on 2024-01-01 (office)\noffice is an authority\nann meets bob on 2024-03-01 (wire)",
        "2024-04-01",
    ),
    ("", "2024-06-01"),
]


@pytest.mark.parametrize("one", WORLDS)
@pytest.mark.parametrize("other", WORLDS)
def test_turned_round_every_change_turns_round_and_each_has_a_reason(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    a, b = world(one[0], on=one[1]), world(other[0], on=other[1])
    there, back = diff(a, b), diff(b, a)
    turned = {"appeared": "disappeared", "disappeared": "appeared", "changed": "changed"}
    assert sorted((turned[c.kind], c.predicate, c.subject) for c in back.changes) == sorted(
        (c.kind, c.predicate, c.subject) for c in there.changes
    )
    assert (there.only_a, there.only_b) == (back.only_b, back.only_a)
    assert all(c.because and "\n" not in c.line for c in (*there.changes, *back.changes))
    assert diff(a, b) == there


def test_answers_are_compared_without_their_ages() -> None:
    text = 'atlantis position treaty "supports" (atlantis, said 2024-01-01)\natlantis position pact "rejects" (atlantis, said 2024-05-01)'
    ask = {"positions": positions}
    assert diff(world(text, on="2024-02-01"), world(text, on="2024-03-01"), ask).answers == ()
    (answer,) = diff(world(text, on="2024-02-01"), world(text, on="2024-06-01"), ask).answers
    assert (answer.answer, answer.only_a, [p.about for p in answer.only_b]) == ("positions", (), ["pact"])
    assert answer.because
