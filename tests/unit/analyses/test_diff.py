"""Two worlds compared: every change names its cause, and ages alone change nothing."""

from __future__ import annotations

from datetime import date

import pytest

from knockon.analyses.diff import diff
from knockon.analyses.positions import positions
from knockon.errors import Refused
from knockon.ledger import Ledger
from knockon.model.ids import EntityId
from knockon.model.interval import parse_day
from knockon.sources.lines import parse_lines
from knockon.testing import claims, world
from knockon.world import World
from knockon.world.world import SMALL


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


# ---------------------------------------------------------------------- answers that turned
LAW = """
us-ofac designates acme for blocking on 2024-03-01 (us-ofac, said 2024-03-01)
us-ofac delists acme for blocking on 2024-09-01 (us-ofac, said 2024-09-01)
acme holds 60% of bolt since 2020 (registry, said 2021-01-01)
ann holds 40% of bolt since 2020 (registry, said 2021-01-01)
acme sells 20% of bolt to cog on 2024-06-01 (registry, said 2024-06-01)
eu designates eve for asset_freeze on 2022-03-01 (eu, said 2022-03-01)
eve holds 50% of zed since 2020 (registry, said 2024-01-01)
bob holds 50% of zed since 2020 (registry, said 2024-01-01)
"""


def _two(text: str, first: str, last: str, known: str | None = None) -> tuple[World, World]:
    """Two worlds over one ledger; each knows what was public by its day, or both by one day."""
    ledger = Ledger.memory()
    ledger.add(claims(text), origin="text")
    days = [parse_day(day) for day in (first, last)]
    a, b = (World(ledger, on=day, known=parse_day(known) if known else day) for day in days)
    return a, b


def _turned(a: World, b: World, *, thing: str, **scope: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    found = diff(
        a, b, parties=[EntityId(p) for p in scope.get("parties", ())], authorities=scope.get("authorities", ())
    )
    return [(str(t.on), t.before, t.after, t.cause) for t in found.turns if t.thing == thing and t.question == "status"]


def test_a_range_over_several_changes_tells_each_on_its_day_with_its_claim() -> None:
    a, b = _two(LAW, "2024-01-15", "2024-12-01")
    assert _turned(a, b, thing="acme") == [
        ("2024-03-01", "nothing found", "designated", "said"),
        ("2024-09-01", "designated", "delisted", "ended"),
    ]
    assert _turned(a, b, thing="bolt") == [
        ("2024-03-01", "nothing found", "blocked by ownership", "said"),
        ("2024-06-01", "blocked by ownership", "part-owned by a sanctioned party", "said"),
        ("2024-09-01", "part-owned by a sanctioned party", "no longer blocked", "ended"),
    ]
    found = [t for t in diff(a, b).turns if t.thing == "bolt"]
    acts = [
        {b.claim(i).predicate for i in t.because} & {"designates", "sells", "delists"}
        for t in found
        if t.question == "status"
    ]
    assert acts == [{"designates"}, {"sells"}, {"delists"}]
    assert [t.on for t in diff(a, b).turns] == sorted(t.on for t in diff(a, b).turns if t.on)


def test_where_all_was_known_the_days_themselves_turn_it() -> None:
    a, b = _two(LAW, "2024-02-29", "2024-03-02", known="2025-01-01")
    assert _turned(a, b, thing="acme") == [("2024-03-01", "nothing found", "designated", "begun")]
    assert _turned(b, a, thing="acme") == [("None", "designated", "nothing found", "not begun")]


def test_a_rule_record_that_changed_is_the_cause_where_no_claim_is() -> None:
    a, b = _two(LAW, "2024-06-15", "2024-07-20")
    (turn,) = [t for t in diff(a, b).turns if t.thing == "zed" and t.question == "status"]
    assert (str(turn.on), turn.before, turn.after) == (
        "2024-07-03",
        "part-owned by a sanctioned party",
        "owned by a sanctioned party",
    )
    assert (turn.cause, turn.rule_before, turn.rule) == ("rule", "eu-freeze-over-50", "eu-freeze-50")
    assert {b.claim(i).predicate for i in turn.because} == {"designates", "holds_shares"}


def test_a_licence_and_what_it_covers_turn_with_it() -> None:
    text = """
    us-ofac designates acme for blocking on 2024-03-01 (us-ofac)
    acme holds 5% of bolt since 2020 (registry, said 2024-01-01)
    bolt develops deep (registry, said 2024-01-01)
    us-ofac issues gl-1 on 2024-03-01 (us-ofac)
    gl-1 covers bolt for project_dealings since 2024-03-01 (us-ofac)
    us-ofac revokes gl-1 on 2024-05-01 (us-ofac)
    """
    found = diff(*_two(text, "2024-04-01", "2024-06-01")).turns
    told = {(t.question, t.thing, t.detail): (t.before, t.after, t.cause, str(t.on)) for t in found}
    assert told["licence", "gl-1", ""] == ("in force", "ended", "ended", "2024-05-01")
    assert told["coverage", "bolt", "project_dealings"] == ("covered", "not covered", "ended", "2024-05-01")
    assert not [t for t in found if t.question in ("status", "exposure")]
    begun = diff(*_two(text, "2024-01-15", "2024-04-01")).turns
    assert ("exposure", "deep", "nothing found", "5 %") in {(t.question, t.thing, t.before, t.after) for t in begun}


def test_only_the_parties_and_authorities_asked_for_are_compared() -> None:
    a, b = _two(LAW, "2024-01-15", "2024-08-01")
    assert {t.thing for t in diff(a, b, parties=[EntityId("bolt")]).turns} == {"bolt"}
    assert {t.thing for t in diff(a, b, authorities=["eu"]).turns} == {"zed"}
    whole, part = diff(a, b), diff(a, b, parties=[EntityId("zed")])
    assert set(part.turns) <= set(whole.turns)
    assert {c.subject for c in part.changes} <= {"bob", "eve", "zed", "eu"}


def test_a_supposition_is_told_apart_from_the_days() -> None:
    a, plain = _two(LAW, "2024-01-15", "2024-04-01")
    b = plain.supposing(parse_lines("acme sells 20% of bolt to cog on 2024-03-15", said_on=plain.known))
    assert _turned(a, b, thing="bolt") == [
        ("2024-03-01", "nothing found", "blocked by ownership", "said"),
        ("None", "blocked by ownership", "part-owned by a sanctioned party", "supposed"),
    ]


def test_the_other_side_of_a_supposed_deal_in_an_interest_is_supposed_too() -> None:
    text = LAW + "acme holds an interest of 10% in deep (registry, said 2024-01-01)"
    a = world(text, on="2024-04-01")
    b = a.supposing(parse_lines("cog buys 10% of deep from acme on 2024-03-15", said_on=a.known))
    found = diff(a, b)
    assert {(c.subject, c.cause) for c in found.changes} == {("acme", "supposed"), ("cog", "supposed")}
    assert found.turns
    assert {t.cause for t in found.turns} == {"supposed"}


def test_a_large_ledger_is_not_compared_whole() -> None:
    ledger = Ledger.memory()
    some = "\n".join(f"p{i} holds 1% of q{i} (registry, said 2023-01-01)" for i in range(SMALL))
    ledger.add(claims(some + LAW), origin="text")
    a, b = (World(ledger, on=date(2024, month, 15)) for month in (1, 4))
    with pytest.raises(Refused, match="too large"):
        diff(a, b)
    found = diff(a, b, parties=[EntityId("bolt")])
    assert [(t.before, t.after, t.cause) for t in found.turns] == [("nothing found", "blocked by ownership", "said")]
    assert [t.on for t in found.turns] == [None]  # the days between are not looked at, so none is claimed
    small = diff(world(LAW, on="2024-01-15"), world(LAW, on="2024-04-15"), parties=[EntityId("bolt")])
    assert [t.because for t in found.turns] == [t.because for t in small.turns if t.question == "status"]
