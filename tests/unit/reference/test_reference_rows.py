"""Is every bundled row sound, sourced and typed, and do the lists that claim to be whole add up?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from knockon.model.claim import Claim, Mode
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import check, predicate, type_is
from knockon.sources.csv_ import read_rows

FOLDER = Path(str(files("knockon.reference")))
FILES = sorted(FOLDER.glob("*.csv"))
NAMED = ("names speakers ownership sanctions licences assets volumes incidents gas ties positions agenda").split()
COUNTED = date(2026, 11, 22)
LISTED_BY_US = date(2025, 10, 22)


def _rows(name: str) -> list[Claim]:
    sheet = read_rows(FOLDER / f"{name}.csv")
    assert not sheet.problems, "\n".join(str(p) for p in sheet.problems[:10])
    return sheet.claims


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return [claim for name in NAMED for claim in _rows(name)]


@pytest.fixture(scope="module")
def types(claims: list[Claim]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.predicate == "is_a":
            found[claim.subject].add(str(claim.value))
    return found


def test_the_folder_holds_the_documented_files() -> None:
    assert [f.stem for f in FILES] == sorted(NAMED)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_row_of_a_file_is_read(path: Path) -> None:
    sheet = read_rows(path)
    assert not sheet.problems, "\n".join(str(p) for p in sheet.problems[:10])
    assert len(sheet.claims) >= 25
    for claim in sheet.claims:
        check(claim)
        assert claim.source.strip()
        assert claim.source in sheet.titles


def test_no_claim_is_there_twice(claims: list[Claim]) -> None:
    seen: dict[str, Claim] = {}
    for claim in claims:
        assert claim.id not in seen, f"{claim} repeats {seen[claim.id]}"
        seen[claim.id] = claim


def test_every_entity_has_exactly_one_type(claims: list[Claim], types: dict[str, set[str]]) -> None:
    used = {e for c in claims for e in (c.subject, c.object, *c.said_by) if e}
    assert sorted(used - types.keys()) == []
    assert {e: kinds for e, kinds in types.items() if len(kinds) != 1} == {}


def test_every_entity_has_an_english_name(claims: list[Claim], types: dict[str, set[str]]) -> None:
    named = {c.subject for c in claims if c.predicate == "named" and c.qualifier("lang") == "en"}
    assert sorted(types.keys() - named) == []


def test_subjects_and_objects_are_of_the_types_that_the_vocabulary_allows(
    claims: list[Claim], types: dict[str, set[str]]
) -> None:
    wrong = []
    for claim in claims:
        word = predicate(claim.predicate)
        for entity, allowed in ((claim.subject, word.subject), (claim.object, word.object)):
            if entity is None:
                continue
            (kind,) = types[entity]
            if not any(type_is(kind, wanted) for wanted in allowed):
                wrong.append(f"{claim.predicate}: {entity} is a {kind}, allowed: {' '.join(allowed)}")
    assert wrong == []


def test_nothing_is_said_after_the_day_of_the_count(claims: list[Claim]) -> None:
    for claim in claims:
        assert claim.known <= COUNTED, claim
        assert claim.known == claim.said_on.latest


def test_acts_of_authorities_are_not_known_before_their_day(claims: list[Claim]) -> None:
    """A stated act cannot have been reported before it happened: that would be a back-dated source."""
    for claim in claims:
        act = predicate(claim.predicate).kind == "act" and claim.predicate != "expires"
        if act and claim.mode is Mode.STATED and claim.start and claim.start.earliest:
            assert claim.known >= claim.start.earliest, claim


def test_only_names_and_types_rest_on_our_own_list(claims: list[Claim]) -> None:
    own = {c.predicate for c in claims if c.origin == "knockon"}
    assert own <= {"is_a", "named", "identified_by", "same_as"}


def test_every_other_source_is_a_public_address(claims: list[Claim]) -> None:
    for claim in claims:
        if claim.origin != "knockon":
            assert "http://" in claim.source or "https://" in claim.source, claim.source


def _mod_97(lei: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in lei)) % 97


def test_the_check_digits_of_every_lei(claims: list[Claim]) -> None:
    leis = [str(c.value) for c in claims if c.predicate == "identified_by" and c.qualifier("scheme") == "lei"]
    assert len(leis) >= 4
    for lei in leis:
        assert len(lei) == 20
        assert _mod_97(lei) == 1, lei
    assert _mod_97("253400VC22A0KFSOPB29") != 1


def _list_sum(claims: list[Claim], held: str, told_on: str, address: str) -> Decimal:
    """The stakes that one page lists on one day, each stake once, sums and look-through left out."""
    stakes: dict[str, Decimal] = {}
    for claim in claims:
        if (
            claim.predicate in ("holds_shares", "holds_interest")
            and claim.object == held
            and str(claim.said_on) == told_on
            and address in claim.source
            and not claim.qualifier("sum_of")
            and not claim.qualifier("look_through")
        ):
            assert isinstance(claim.value, Quantity)
            assert claim.value.low is not None
            stakes[claim.qualifier("stake") or claim.subject] = claim.value.low
    return sum(stakes.values(), Decimal(0))


@pytest.mark.parametrize(
    ("held", "told_on", "address", "total"),
    [
        ("cpc", "2025-02-18", "ctrana.one", "100"),
        ("tco", "2023-11-14", "nasdaq.com", "100"),
        ("kpo", "2024", "pgca.kz", "100"),
        ("kmg", "2025-05-29..2025-09-30", "ar2024.kmg.kz", "100"),
        ("ncoc", "2023-04", "caspianbarrel.org", "100.001"),
        ("kpo", "2025-10-21", "worldenergynews.com", "101"),
    ],
)
def test_shareholder_lists_add_up_as_they_were_printed(
    claims: list[Claim], held: str, told_on: str, address: str, total: str
) -> None:
    assert _list_sum(claims, held, told_on, address) == Decimal(total)


def test_disagreeing_statements_are_both_kept(claims: list[Claim]) -> None:
    told = {(c.subject, c.object, str(c.value)) for c in claims if c.predicate in ("holds_shares", "holds_interest")}
    for subject, held, one, other in (
        ("lukoil", "kpo", "13.5 %", "13 %"),
        ("oryx", "cpc", "1.75 %", "1 %"),
        ("lukarco", "cpc", "12.5 %", "7.5 %"),
        ("eni", "kpo", "29.25 %", "30.25 %"),
    ):
        assert (subject, held, one) in told
        assert (subject, held, other) in told


def test_a_licence_is_issued_by_the_authority_that_its_id_names(claims: list[Claim]) -> None:
    issued = {(c.object, c.subject) for c in claims if c.predicate == "issues"}
    assert issued
    for licence, authority in issued:
        assert licence is not None
        assert authority == ("us-ofac" if licence.startswith("us-gl-") else "uk"), licence


def test_the_full_blocking_of_lukoil_is_not_known_before_it_came(claims: list[Claim]) -> None:
    blocking = [
        c
        for c in claims
        if c.predicate == "designates" and c.object == "lukoil" and c.qualifier("measure") == "blocking"
    ]
    assert blocking
    assert all(c.known > LISTED_BY_US for c in blocking)
