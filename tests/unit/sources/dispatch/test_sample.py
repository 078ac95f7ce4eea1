"""The example report: what a careful reader gets, and what he does not get."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from knockon.model.claim import Mode, Polarity
from knockon.model.vocabulary import check
from knockon.reference import sheet
from knockon.sources.dispatch import Names, read
from knockon.sources.source import ReadClaim

TEXT = (Path(__file__).parents[4] / "examples" / "2025-11-11-moscow.bg.txt").read_text("utf-8")
NAMES = Names.of(sheet().claims)
READING = read(TEXT, names=NAMES, address="examples/2025-11-11-moscow.bg.txt")


def line(row: ReadClaim) -> str:
    c = row.claim
    number = "" if c.quantity is None else f" {c.value}"
    kept = "".join(f" {k}={v}" for k, v in c.qualifiers)
    when = f" [{c.start or ''}..{c.end or ''}]" if c.start or c.end else ""
    mode = "" if c.mode is Mode.STATED else f" {c.mode}"
    return f"{c.subject} {c.predicate} {c.object or '-'}{number}{kept}{when}{mode} by {'<'.join(c.said_by)}"


LINES = [line(row) for row in READING.claims]


@pytest.mark.parametrize(
    "wanted",
    [
        "putin meets tokayev place=moscow [2025-11-11..2025-11-13] planned by reuters<kremlin",
        "putin discusses gas_projects place=moscow with=tokayev [2025-11-11..2025-11-13] planned by reuters<kremlin",
        "putin discusses us_sanctions_effects place=moscow with=tokayev [2025-11-11..2025-11-13] planned by reuters<kremlin",
        "tokayev visits moscow format=state visit planned by tass<peskov",
        "putin meets tokayev format=talk [2025-11-11..] planned by tass<peskov",
        "putin meets tokayev format=unofficial lunch one-on-one place=kremlin [2025-11-11....] planned by tass<peskov",
        "putin wants talks_washington_2025-11-03..2025-11-09 by reuters<peskov",
        "tokayev meets trump place=washington [2025-11-03..2025-11-09..] by reuters<peskov",
        "central_asia_leaders meets trump place=washington [2025-11-03..2025-11-09..] by reuters<peskov",
        "tokayev informs putin possible by reuters<peskov",
        "putin discusses us_sanctions_effects about=lukoil+rosneft with=tokayev asked by reuters",
        "putin discusses all_spheres_cooperation with=tokayev planned by reuters<peskov",
        "usa-government designates lukoil [2025-10..] by reuters",
        "usa-government designates rosneft [2025-10..] by reuters",
        "lukoil is_kind_of_company - by reuters",
        "rosneft is_kind_of_company - by reuters",
        "mediation_usa_ukraine stage - by reuters",
        "lukoil holds_interest kazakhstan degree=significant by reuters",
        "rosneft holds_interest kazakhstan degree=significant by reuters",
        "kazakhstan exports_share russia >50 % commodity=oil by reuters",
        "kazakhstan is_kind_of_company - by reuters",
        "lukoil holds_interest tengiz by reuters",
        "lukoil holds_interest karachaganak by reuters",
        "western_companies operates tengiz role=developer by reuters",
        "western_companies operates karachaganak role=developer by reuters",
        "kazakhstan tie russia by reuters",
        "russia partner_of kazakhstan sphere=trade by reuters",
        "kazakhstan position territorial_integrity_of_ukraine by reuters",
        "kazakhstan position war_in_ukraine by reuters",
        "russia partner_of central_asia sphere=external by reuters",
        "china tie central_asia by reuters",
        "west tie central_asia by reuters",
        "tokayev visits washington with=central_asia_leaders [2025-11-03..2025-11-09..] by reuters",
        "tokayev meets trump place=washington [2025-11-03..2025-11-09..] by reuters",
        "tokayev says - about=usa+central_asia direct=yes by reuters",
    ],
)
def test_a_careful_reader_gets(wanted: str) -> None:
    assert wanted in LINES


def test_nothing_asked_or_hedged_is_asserted() -> None:
    for row in READING.claims:
        if row.claim.predicate == "discusses" and "sanctions" in str(row.claim.object):
            assert row.claim.mode in (Mode.PLANNED, Mode.ASKED)
        if row.claim.predicate == "informs":
            assert row.claim.mode is Mode.POSSIBLE
    assert not [r for r in READING.claims if r.claim.polarity is Polarity.DENIED]


def test_no_stake_gets_a_number_that_the_text_has_not() -> None:
    stakes = [r.claim for r in READING.claims if r.claim.predicate in ("holds_shares", "holds_interest")]
    assert stakes
    assert all(c.value is None for c in stakes)


def test_a_measure_that_began_last_month_has_no_end() -> None:
    measures = [r.claim for r in READING.claims if r.claim.predicate == "designates"]
    assert {str(c.start) for c in measures} == {"2025-10"}
    assert all(c.end is None for c in measures)


def test_every_claim_quotes_the_original_and_follows_the_vocabulary() -> None:
    for row in READING.claims:
        quote = row.claim.quote
        assert quote is not None
        assert TEXT[quote.start : quote.end] == quote.text
        assert row.trace
        assert 0.5 <= row.sure <= 1
        check(row.claim)


def test_every_sentence_carries_claims_or_says_why_not() -> None:
    told = {r.sentence for r in READING.claims} | {u.sentence for u in READING.unread}
    assert told == {s.index for s in READING.sentences}
    assert READING.sentences[0].text.startswith("Руският президент")


def test_new_entities_come_with_their_names() -> None:
    known = set(NAMES.kinds)
    new = {c.subject for c in READING.new_names}
    for row in READING.claims:
        for entity in (row.claim.subject, row.claim.object, *row.claim.said_by):
            assert entity is None or entity in known or entity in new
    assert {c.predicate for c in READING.new_names} == {"is_a", "named"}


def test_the_dateline_is_read_from_the_text_and_kept_apart() -> None:
    assert READING.document.dateline == date(2025, 11, 11)
    assert READING.document.dateline_from == "printed"
    assert READING.document.language == "bg"


def test_reading_is_the_same_twice_and_quick() -> None:
    began = time.perf_counter()
    again = read(TEXT, names=NAMES, address="examples/2025-11-11-moscow.bg.txt")
    assert [r.claim.id for r in again.claims] == [r.claim.id for r in READING.claims]
    assert time.perf_counter() - began < 2, "half a second on a free machine; four times that on a busy one"
