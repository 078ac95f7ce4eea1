"""The grammar of claims as lines of text: every form, every tail, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knockon.errors import BadDay, BadLine
from knockon.model.claim import Mode, Polarity
from knockon.sources.lines import parse_line, parse_lines

FORMS = [
    ("acme holds 60% of bolt", ("acme", "holds_shares", "bolt", "60 %", {})),
    ("acme holds 60 % of bolt as one", ("acme", "holds_shares", "bolt", "60 %", {"stake": "one"})),
    ("acme holds >=50% of bolt", ("acme", "holds_shares", "bolt", ">=50 %", {})),
    ("acme holds 40..60% of bolt", ("acme", "holds_shares", "bolt", "40..60 %", {})),
    ("acme holds ~33.3% of bolt", ("acme", "holds_shares", "bolt", "~33.3 %", {})),
    ("acme holds shares of bolt", ("acme", "holds_shares", "bolt", None, {})),
    ("acme holds an interest of 13.5% in deep", ("acme", "holds_interest", "deep", "13.5 %", {})),
    ("acme holds an interest in deep", ("acme", "holds_interest", "deep", None, {})),
    ("acme manages 24% of pipe for eve", ("acme", "manages", "pipe", "24 %", {"for": "eve"})),
    ("acme holds more than 25% up to 50% of bolt", ("acme", "holds_shares", "bolt", ">25..50 %", {})),
    ("acme holds >25..50% of bolt", ("acme", "holds_shares", "bolt", ">25..50 %", {})),
    ("acme holds 25% to 50 % of bolt", ("acme", "holds_shares", "bolt", "25..50 %", {})),
    ("acme holds at least 75% of bolt", ("acme", "holds_shares", "bolt", ">=75 %", {})),
    ("acme holds less than 50% of bolt", ("acme", "holds_shares", "bolt", "<50 %", {})),
    ("acme holds up to 5% of bolt", ("acme", "holds_shares", "bolt", "<=5 %", {})),
    ("acme holds 30% of the votes of bolt", ("acme", "holds_shares", "bolt", "30 %", {"votes": "yes"})),
    ("acme buys more than 5% of bolt", ("acme", "acquires", "bolt", ">5 %", {})),
    ("acme controls bolt", ("acme", "controls", "bolt", None, {})),
    ("acme controls bolt by board", ("acme", "controls", "bolt", None, {"by": "board"})),
    ("acme and eve act jointly over bolt", ("acme", "acts_jointly", "eve", None, {"over": "bolt"})),
    ("acme and eve act jointly", ("acme", "acts_jointly", "eve", None, {})),
    (
        "germany rebuts control of acme over bolt by trusteeship",
        ("germany", "rebuts_control", "bolt", None, {"holder": "acme", "how": "trusteeship", "test": "control"}),
    ),
    ("acme is entitled to 20% of deep", ("acme", "entitled_to", "deep", "20 %", {})),
    ("acme is linked to bolt as joint_venture", ("acme", "linked_to", "bolt", None, {"role": "joint_venture"})),
    ("acme buys 10% of bolt from eve", ("acme", "acquires", "bolt", "10 %", {"from": "eve"})),
    ("acme sells 10% of bolt to eve", ("acme", "sells", "bolt", "10 %", {"to": "eve"})),
    ("acme no longer holds_shares bolt", ("acme", "ends", "bolt", None, {"what": "holds_shares"})),
    ("us-ofac designates acme", ("us-ofac", "designates", "acme", None, {})),
    (
        "us-ofac designates acme for blocking under E.O. 14024",
        ("us-ofac", "designates", "acme", None, {"measure": "blocking", "programme": "E.O. 14024"}),
    ),
    ("us-ofac delists acme for blocking", ("us-ofac", "delists", "acme", None, {"measure": "blocking"})),
    ("us-ofac issues gl-1", ("us-ofac", "issues", "gl-1", None, {})),
    (
        "gl-1 covers acme for wind_down winding down",
        ("gl-1", "covers", "acme", None, {"activity": "wind_down", "wind_down": "yes"}),
    ),
    (
        "gl-1 covers acme for retail reaching owned_50",
        ("gl-1", "covers", "acme", None, {"activity": "retail", "reaches": "owned_50"}),
    ),
    ("gl-1 excludes sale_of_interests for acme", ("gl-1", "excludes", "acme", None, {"activity": "sale_of_interests"})),
    ("gl-2 supersedes gl-1", ("gl-2", "supersedes", "gl-1", None, {})),
    ("us-ofac revokes gl-1", ("us-ofac", "revokes", "gl-1", None, {})),
    ("gl-1 expires", ("gl-1", "expires", None, None, {})),
    ("acme develops deep", ("acme", "develops", "deep", None, {})),
    ("acme operates deep", ("acme", "operates", "deep", None, {})),
    ("deep has a capacity of 67 Mt/y", ("deep", "capacity", None, "67 Mt/y", {})),
    ("deep produces 5.5 Mt of oil", ("deep", "produces", None, "5.5 Mt", {"commodity": "oil"})),
    ("pipe carries 50 Mt of oil from deep", ("pipe", "ships", None, "50 Mt", {"commodity": "oil", "of": "deep"})),
    (
        "land exports 60 Mt of oil via pipe to sea",
        ("land", "exports", "sea", "60 Mt", {"commodity": "oil", "via": "pipe"}),
    ),
    ("pipe is out", ("pipe", "outage", None, None, {})),
    ("pipe resumes", ("pipe", "resumes", None, None, {})),
    ("peskov speaks for kremlin", ("peskov", "speaks_for", "kremlin", None, {})),
    ("acme is the same as acme_ag", ("acme", "same_as", "acme_ag", None, {})),
    ("acme is a company", ("acme", "is_a", None, "company", {})),
    ("acme is an authority", ("acme", "is_a", None, "authority", {})),
    ('acme is called "Acme AG" in en', ("acme", "named", None, "Acme AG", {"lang": "en"})),
    ('acme tie bolt "ally" sphere=trade', ("acme", "tie", "bolt", "ally", {"sphere": "trade"})),
    ("east trade_share west 20 % flow=trade", ("east", "trade_share", "west", "20 %", {"flow": "trade"})),
]


@pytest.mark.parametrize(("line", "told"), FORMS)
def test_every_form_says_what_it_says(line: str, told: tuple[object, ...]) -> None:
    claim = parse_line(line)
    value = None if claim.value is None else str(claim.value)
    assert (claim.subject, claim.predicate, claim.object, value, dict(claim.qualifiers)) == told
    assert (claim.mode, claim.polarity, claim.said_by) == (Mode.STATED, Polarity.AFFIRMED, ("supposed",))


@pytest.mark.parametrize(("tail", "start", "end"), [
    ("", None, None),
    (" since 2020", "2020", None),
    (" on 2020-05-01", "2020-05-01", None),
    (" from 2020-05", "2020-05", None),
    (" until 2021-05-01", None, "2021-05-01"),
    (" since ..2020-05-01", "..2020-05-01", None),
    (" since 2020-05-01.. until 2021", "2020-05-01..", "2021"),
    (" since 2020 until 2021-11-21T00:01 America/New_York", "2020", "2021-11-21T00:01 America/New_York"),
    (" in 2024", "2024-01-01", "2025-01-01"),
    (" in 2024-02", "2024-02-01", "2024-03-01"),
    (" in 2024-01-01..2024-06-30", "2024-01-01", "2024-07-01"),
])  # fmt: skip
def test_every_tail_gives_its_days(tail: str, start: str | None, end: str | None) -> None:
    claim = parse_line(f"acme controls bolt{tail} (registry)")
    assert (claim.start and str(claim.start), claim.end and str(claim.end)) == (start, end)


@pytest.mark.parametrize(("source", "chain", "said"), [
    ("(registry)", ("registry",), "2020-12-31"),
    ("(daily < wire < acme)", ("daily", "wire", "acme"), "2020-12-31"),
    ("(registry, 2024-05-01)", ("registry",), "2024-05-01"),
    ("(registry, said 2024-05)", ("registry",), "2024-05"),
    ("", ("supposed",), "2020-12-31"),
])  # fmt: skip
def test_who_said_it_and_when(source: str, chain: tuple[str, ...], said: str) -> None:
    claim = parse_line(f"acme controls bolt since 2020 {source}")
    assert (claim.said_by, str(claim.said_on)) == (chain, said)


def test_the_day_of_a_supposition_is_the_day_of_the_world() -> None:
    assert str(parse_line("acme controls bolt", said_on=date(2025, 11, 11)).said_on) == "2025-11-11"
    assert str(parse_line("acme controls bolt").said_on) == "2000-01-01"


@pytest.mark.parametrize(("lead", "mode", "polarity"), [
    ("planned", Mode.PLANNED, Polarity.AFFIRMED),
    ("expected", Mode.EXPECTED, Polarity.AFFIRMED),
    ("possible", Mode.POSSIBLE, Polarity.AFFIRMED),
    ("asked", Mode.ASKED, Polarity.AFFIRMED),
    ("denied", Mode.STATED, Polarity.DENIED),
])  # fmt: skip
def test_the_lead_gives_mode_and_polarity(lead: str, mode: Mode, polarity: Polarity) -> None:
    claim = parse_line(f"{lead}: acme controls bolt (registry)")
    assert (claim.mode, claim.polarity) == (mode, polarity)


REFUSED = [
    "acme loves bolt",
    "acme holds of bolt",
    "acme holds 110% of bolt",
    "acme holds 60..40% of bolt",
    "acme holds more than 60% up to 40% of bolt",
    "acme holds much of bolt",
    "germany rebuts ownership of acme",
    "Acme holds 60% of bolt",
    "acme holds 60% of",
    "",
    "acme controls bolt since 2021 until 2020",
    "acme tie bolt",
    "acme has a capacity of 5 %",
    "guessed: acme controls bolt",
]


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_not_understood_is_refused_and_never_guessed(line: str) -> None:
    with pytest.raises(BadLine) as fault:
        parse_line(line)
    assert line in fault.value.message
    assert fault.value.hint


def test_a_day_that_is_none_is_told() -> None:
    with pytest.raises((BadLine, BadDay), match="2020-13"):
        parse_line("acme controls bolt since 2020-13-01 (registry)")


def test_empty_lines_and_comments_are_passed_over() -> None:
    assert len(parse_lines("\n# a comment\nacme controls bolt\n\n  acme controls cog  \n")) == 2


@given(st.text(max_size=60))
def test_any_text_is_a_claim_or_a_clear_refusal(text: str) -> None:
    line = " ".join(text.split())
    with suppress(BadLine, BadDay):
        assert parse_line(line).id
