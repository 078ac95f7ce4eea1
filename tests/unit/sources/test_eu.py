"""The EU's journal as CSV: both kinds of file, and every defect that was seen in the real ones."""

from __future__ import annotations

import pytest
from tests.unit.sources.lists import eu, paper, said, values

from knockon.errors import BadFile
from knockon.model.vocabulary import check
from knockon.sources.editions import EditionReading
from knockon.sources.eu import READER
from knockon.sources.eu_rows import act_of
from knockon.sources.printed import folded, printed_day

FIRST = {"recordId": "1", "name": "Acme Oil", "annex": "I.ENTITIES", "startDate": "17.3.2014"}


def read(text: str, name: str = "32014R0269.csv") -> EditionReading:
    (found,) = READER.read([paper(text, name)])
    return found


def test_a_row_is_a_party_with_its_act_annex_and_record() -> None:
    found = read(eu(FIRST))
    (claim,) = said(found, "lists")
    assert (claim.subject, claim.object, str(claim.start)) == ("eu", "eu:32014r0269/i.entities/1", "2014-03-17")
    assert dict(claim.qualifiers) == {
        "list": "eu-32014r0269",
        "measure": "asset_freeze",
        "programme": "269/2014",
        "annex": "I.ENTITIES",
        "list_id": "1",
    }
    assert claim.source == "eu-32014r0269@2025-12-01#32014r0269/i.entities/1"
    for one in found.claims:
        check(one)


def test_a_consolidated_file_is_the_whole_list_and_an_amending_one_is_not() -> None:
    assert read(eu(FIRST)).complete
    amending = read(eu(FIRST, amending="32026R1843"), "32026R1843.csv")
    assert (amending.list, amending.complete) == ("eu-32014r0269", False)
    assert said(amending, "lists")[0].object == "eu:32014r0269/i.entities/1"
    assert said(amending, "lists")[0].source.endswith("&act=32026r1843")


def test_s12_a_consolidated_file_without_a_row_is_an_edition_of_nobody() -> None:
    found = read(eu(), "32010D0573.csv")
    assert (found.list, found.rows, found.complete) == ("eu-32010d0573", 0, True)
    with pytest.raises(BadFile, match="no CELEX"):
        read(eu(), "list.csv")


def test_an_amending_act_may_amend_two_acts() -> None:
    one = eu(FIRST, amending="32026R1843")
    two = eu(FIRST | {"recordId": "2"}, celex="32014R0833", amending="32026R1843").splitlines()[1]
    both = READER.read([paper(one + two + "\n", "32026R1843.csv")])
    assert [(r.list, r.rows) for r in both] == [("eu-32014r0269", 1), ("eu-32014r0833", 1)]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("17.3.2014", "2014-03-17"),
        ("17.03.2014", "2014-03-17"),
        ("14 July 2026", "2026-07-14"),
        ("26 Feb. 2011", "2011-02-26"),
        ("9 May 2022", "2022-05-09"),
        ("2026-08-07", "2026-08-07"),
        ("2011-02", "2011-02"),
        ("2011", "2011"),
        ("25.1.2027", "2027-01-25"),
    ],
)
def test_s9_and_s10_days_are_read_as_printed(printed: str, day: str) -> None:
    assert str(printed_day(printed)) == day
    assert str(said(read(eu(FIRST | {"startDate": printed})), "lists")[0].start) == day


def test_s9_a_row_without_a_day_has_no_start_and_a_day_that_is_none_is_told() -> None:
    assert said(read(eu(FIRST | {"startDate": ""})), "lists")[0].start is None
    found = read(eu(FIRST, FIRST | {"recordId": "2", "startDate": "31.2.2014"}))
    assert len(said(found, "lists")) == 1
    assert "row 3, column startDate" in str(found.problems[0])
    assert not found.complete


def test_s11_records_restart_in_every_annex() -> None:
    found = read(eu(FIRST, FIRST | {"annex": "I.PERSONS", "schema": "Person", "name": "Doe"}))
    assert {c.object for c in said(found, "lists")} == {"eu:32014r0269/i.entities/1", "eu:32014r0269/i.persons/1"}


def test_s11_without_a_record_the_name_tells_and_the_order_does_not_matter() -> None:
    a, b = FIRST | {"recordId": ""}, FIRST | {"recordId": "", "name": "Bolt"}
    first, second = read(eu(a, b)), read(eu(b, a))
    assert len({c.object for c in said(first, "lists")}) == 2
    assert {c.object for c in said(first, "lists")} == {c.object for c in said(second, "lists")}
    (alone,) = said(read(eu(a)), "lists")
    assert alone.object in {c.object for c in said(first, "lists")}


def test_s11_one_party_with_two_measures_under_one_record_is_one_party() -> None:
    found = read(eu(FIRST, FIRST | {"measure": "Financial restrictions"}))
    assert found.parties == 1
    assert {c.qualifier("measure") for c in said(found, "lists")} == {"asset_freeze", "financial"}


def test_s11_one_record_of_two_names_is_two_parties() -> None:
    found = read(eu(FIRST, FIRST | {"name": "Bolt"}))
    assert found.parties == 2


def test_two_namesakes_without_a_record_are_told_apart_by_what_else_is_printed() -> None:
    base = FIRST | {"recordId": "", "schema": "Person", "name": "Doe"}
    assert read(eu(base | {"birthDate": "1.1.1950"}, base | {"birthDate": "2.2.1960"})).parties == 2


def test_s13_latin_letters_in_cyrillic_words_get_a_folded_alias() -> None:
    mixed = "О" + "O" + "О Заря"  # the middle letter is Latin
    assert folded(mixed) == "ООО Заря"
    assert folded("Acme Заря") == "Acme Заря"
    found = read(eu(FIRST | {"alias": mixed}))
    assert values(found, "named", "eu:32014r0269/i.entities/1") == {
        ("Acme Oil", ""),
        (mixed, "alias"),
        ("ООО Заря", "alias"),
    }


def test_s14_numbers_are_told_by_their_digits_and_not_by_their_column() -> None:
    found = read(
        eu(
            FIRST
            | {
                "jurisdiction": "Russian Federation",
                "taxNumber": "7708004767; 52600437680",
                "registrationNumber": "1027700035769",
                "ogrnCode": "770901001",
            }
        )
    )
    assert values(found, "identified_by", "eu:32014r0269/i.entities/1") == {
        ("7708004767", "inn"),
        ("52600437680", "inn-unchecked"),
        ("1027700035769", "ogrn"),
        ("770901001", "kpp"),
    }


def test_s14_a_number_from_elsewhere_is_not_taken_for_a_russian_one() -> None:
    found = read(eu(FIRST | {"jurisdiction": "Ukraine", "taxNumber": "7708004767"}))
    assert values(found, "identified_by", "eu:32014r0269/i.entities/1") == {("7708004767", "tax")}


def test_s15_a_company_number_of_the_imo_is_not_a_ship() -> None:
    ship = FIRST | {"recordId": "2", "schema": "Vessel", "name": "Nut", "imoNumber": "9253325"}
    found = read(eu(FIRST | {"schema": "Company", "imoNumber": "5147094"}, ship))
    assert values(found, "identified_by", "eu:32014r0269/i.entities/1") == {("5147094", "imo-company")}
    assert values(found, "identified_by", "eu:32014r0269/i.entities/2") == {("9253325", "imo")}


def test_names_keep_their_forms_and_quoted_semicolons() -> None:
    found = read(eu(FIRST | {"alias": '"Acme; Oil"; AO', "weakAlias": "A", "previousName": "Old Acme"}))
    assert values(found, "named", "eu:32014r0269/i.entities/1") == {
        ("Acme Oil", ""),
        ("Acme; Oil", "alias"),
        ("AO", "alias"),
        ("A", "weak"),
        ("Old Acme", "former"),
    }


def test_annex_nineteen_of_833_is_a_transaction_ban() -> None:
    row = FIRST | {"annex": "XIX.A", "measure": "Financial restrictions"}
    assert said(read(eu(row, celex="32014R0833")), "lists")[0].qualifier("measure") == "transaction_ban"
    assert said(read(eu(row | {"annex": "XIV"}, celex="32014R0833")), "lists")[0].qualifier("measure") == "financial"


def test_a_malformed_row_spoils_itself_and_no_other() -> None:
    lines = eu(FIRST, FIRST | {"recordId": "2"}, FIRST | {"recordId": "3"}).splitlines()
    lines[2] = '32014R0269,2,EU-X,"broken'
    found = read("\n".join(lines) + "\n")
    assert {c.qualifier("list_id") for c in said(found, "lists")} == {"1", "3"}
    assert "row 3" in str(found.problems[0])
    assert not found.complete


def test_an_unknown_measure_is_told() -> None:
    found = read(eu(FIRST | {"measure": "Frown"}))
    assert (found.rows, len(found.problems)) == (0, 1)
    assert "column measure" in str(found.problems[0])


@pytest.mark.parametrize(
    ("celex", "act"), [("32014R0269", "269/2014"), ("32024R1485", "2024/1485"), ("32011D0173", "2011/173/CFSP")]
)
def test_acts_are_written_as_lawyers_do(celex: str, act: str) -> None:
    assert act_of(celex) == act
