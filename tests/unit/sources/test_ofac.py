"""OFAC's files: every defect that was seen in the real ones, on small files with invented parties."""

from __future__ import annotations

import pytest
from tests.unit.sources.lists import NULL, paper, said, sdn, values

from knockon.errors import BadFile
from knockon.model.vocabulary import check
from knockon.sources.editions import EditionReading
from knockon.sources.ofac import READER
from knockon.sources.ofac.codes import measure, programme

ACME = (11, "ACME OIL", "", "RUSSIA-EO14024", "")
BOLT = (12, "BOLT, LLC.", "", "SDGT", "")


def read(text: str, name: str = "sdn.csv") -> EditionReading:
    (found,) = READER.read([paper(text, name)])
    return found


def listed(found: EditionReading, party: str) -> set[tuple[str, str, str, str]]:
    return {
        (
            c.qualifier("measure") or "",
            c.qualifier("programme") or "",
            c.qualifier("directive") or "",
            str(c.start) if c.start else "",
        )
        for c in said(found, "lists")
        if c.object == party
    }


def test_s1_no_header_a_null_with_a_blank_and_a_last_byte_make_no_row() -> None:
    found = read(sdn(ACME, BOLT))
    assert (found.rows, found.parties, found.complete, found.problems) == (2, 2, True, ())
    assert NULL.strip() not in {str(c.value) for c in found.claims}
    assert values(found, "is_a", "ofac:11") == {("legal_entity", "")}


def test_every_claim_follows_the_vocabulary_and_points_to_its_row() -> None:
    found = read(sdn(ACME, (12, "BOLT", "vessel", "IRAN", "Linked To: ACME OIL; MMSI 636012345; a.k.a. 'NUT'.")))
    for claim in found.claims:
        check(claim)
        assert claim.source.startswith("us-ofac-sdn@2025-12-01")
        assert claim.said_by == ("us-ofac",)
        assert str(claim.said_on) == "2025-12-01"
    assert {c.source for c in said(found, "lists")} == {f"us-ofac-sdn@2025-12-01#uid={n}" for n in (11, 12)}


def test_an_edition_tells_its_digest_its_rows_and_its_licence() -> None:
    text = sdn(ACME)
    found = read(text)
    (edition,) = said(found, "edition")
    assert (edition.value, edition.qualifier("rows"), edition.qualifier("complete")) == (paper(text).digest, "1", "yes")
    (licence,) = said(found, "published_under")
    assert (licence.subject, licence.value, licence.qualifier("exports")) == ("us-ofac-sdn", "public-domain", "yes")


def test_the_same_edition_from_another_path_has_the_same_claims() -> None:
    (a,) = READER.read([paper(sdn(ACME, BOLT), "sdn.csv", folder="a")])
    (b,) = READER.read([paper(sdn(ACME, BOLT), "download-17.csv", folder="b")], wanted="us-ofac-sdn")
    assert a.claims == b.claims


def test_s2_several_programmes_share_a_cell() -> None:
    found = read(sdn((11, "ACME", "", "SDGT] [RUSSIA-EO14024] [IRAN", "")))
    assert {one[1] for one in listed(found, "ofac:11")} == {"SDGT", "E.O. 14024", "IRAN"}


def test_s3_cut_remarks_are_joined_in_mid_word_before_they_are_parsed() -> None:
    whole = "Gender Male; " * 76 + "Linked To: ACME OIL; a.k.a. 'NUT'."
    text = sdn(ACME, (12, "BOLT", "individual", "SDGT", whole[:1000]))
    rest = f'12,"{whole[1000:]}"\r\n'
    assert len(whole) > 1000
    (joined,) = READER.read([paper(text), paper(rest, "sdn_comments.csv")])
    assert [(c.subject, c.object) for c in said(joined, "linked_to")] == [("ofac:12", "ofac:11")]
    assert ("NUT", "alias") in values(joined, "named", "ofac:12")
    cut = read(text)
    assert said(cut, "linked_to") == []
    assert [(u.party, u.name) for u in cut.unresolved] == [("ofac:12", "A")]


def test_s4_a_name_of_two_parties_is_followed_to_neither() -> None:
    found = read(sdn(ACME, (13, "ACME OIL", "", "SDGT", ""), (14, "NUT", "", "SDGT", "Linked To: ACME OIL.")))
    assert said(found, "linked_to") == []
    assert [(u.party, u.name) for u in found.unresolved] == [("ofac:14", "ACME OIL.")]
    assert "ofac:11, ofac:13" in found.unresolved[0].reason


def test_s5_one_party_on_two_lists_is_one_party_with_two_listings() -> None:
    other = sdn(
        (
            11,
            "ACME OIL",
            "",
            "UKRAINE-EO13662",
            "Executive Order 13662 Directive Determination - Subject to Directive 4",
        )
    )
    both = READER.read([paper(sdn(ACME)), paper(other, "cons_prim.csv")])
    assert [r.list for r in both] == ["us-ofac-nonsdn", "us-ofac-sdn"]
    claims = [c for r in both for c in said(r, "lists")]
    assert {c.object for c in claims} == {"ofac:11"}
    assert {(c.qualifier("list"), c.qualifier("measure")) for c in claims} == {
        ("us-ofac-sdn", "blocking"),
        ("us-ofac-nonsdn", "sectoral"),
    }


def test_s6_linked_to_is_a_tie_and_never_a_stake() -> None:
    found = read(
        sdn(ACME, BOLT, (14, "NUT", "", "SDGT", "Linked To: ACME OIL; Linked To: BOLT, LLC.; Linked To: NOBODY."))
    )
    assert {(c.object, c.qualifier("role")) for c in said(found, "linked_to")} == {
        ("ofac:11", "linked to by OFAC"),
        ("ofac:12", "linked to by OFAC"),
    }
    assert [u.name for u in found.unresolved] == ["NOBODY."]
    assert not {c.predicate for c in found.claims} & {"holds_shares", "holds_interest", "controls"}


def test_s7_aliases_without_their_main_file_show_parties_and_are_not_complete() -> None:
    alt = '11,1,"aka","ACME",-0- \r\n12,2,"fka","NUT",-0- \r\n\x1a'
    add = '13,1,"1 Street","Town","Land",-0- \r\n\x1a'
    (found,) = READER.read([paper(alt, "alt.csv"), paper(add, "add.csv")], wanted="us-ofac-sdn")
    assert (found.complete, found.parties) == (False, 3)
    assert {c.object for c in said(found, "lists")} == {"ofac:11", "ofac:12", "ofac:13"}
    assert {c.qualifier("programme") for c in said(found, "lists")} == {None}
    assert values(found, "named", "ofac:12") == {("NUT", "former")}


def test_aliases_join_their_party_and_strangers_are_told() -> None:
    alt = '11,1,"aka","A.C.M.E.",-0- \r\n99,2,"aka","NUT",-0- \r\n\x1a'
    (found,) = READER.read([paper(sdn(ACME)), paper(alt, "alt.csv")])
    assert values(found, "named", "ofac:11") == {("ACME OIL", ""), ("A.C.M.E.", "alias")}
    assert found.complete
    assert "1 alias rows" in found.notes[0]


def test_numbers_are_told_by_their_check_digits() -> None:
    remarks = (
        "Tax ID No. 7708004767 (Russia); Registration ID 1027700035769 (Russia); Tax ID No. 7708004768 (Russia); "
        "Registration Number 12345 (Cyprus); Legal Entity Number 549300LCJ1UJXHYBWI24; SWIFT/BIC ACMERUMM."
    )
    found = read(
        sdn(
            (11, "ACME", "", "SDGT", remarks),
            (12, "SHIP", "vessel", "SDGT", "Vessel Registration Identification IMO 9253325."),
        )
    )
    assert values(found, "identified_by", "ofac:11") == {
        ("11", "ofac"),
        ("7708004767", "inn"),
        ("1027700035769", "ogrn"),
        ("7708004768", "inn-unchecked"),
        ("12345", "registration"),
        ("549300LCJ1UJXHYBWI24", "lei"),
        ("ACMERUMM", "swift"),
    }
    assert values(found, "identified_by", "ofac:12") == {("12", "ofac"), ("9253325", "imo")}


def test_a_directive_of_a_blocked_party_restricts_beside_what_blocks() -> None:
    remarks = (
        "Executive Order 13662 Directive Determination - Subject to Directive 1; "
        "Listing Date (EO 14024 Directive 3): 24 Feb 2022; Effective Date (EO 14024 Directive 3): 26 Mar 2022."
    )
    found = read(sdn((11, "ACME", "", "UKRAINE-EO13662] [RUSSIA-EO14024", remarks)))
    assert listed(found, "ofac:11") == {
        ("sectoral", "E.O. 13662", "1", ""),
        ("blocking", "E.O. 14024", "", ""),
        ("sectoral", "E.O. 14024", "3", "2022-02-24"),
    }


def test_a_party_of_the_sdn_list_is_always_blocked_by_something() -> None:
    remarks = "Executive Order 13662 Directive Determination - Subject to Directive 1."
    found = read(sdn((11, "ACME", "", "UKRAINE-EO13662", remarks)))
    assert ("blocking", "E.O. 13662", "", "") in listed(found, "ofac:11")


@pytest.mark.parametrize(
    ("code", "name"), [("UKRAINE-EO13662", "E.O. 13662"), ("RUSSIA-EO14024", "E.O. 14024"), ("SDGT", "SDGT")]
)
def test_codes_become_legal_names_where_the_table_has_them(code: str, name: str) -> None:
    assert programme(code) == name


def test_the_second_directive_of_14024_is_about_accounts() -> None:
    assert measure("us-ofac-nonsdn", "RUSSIA-EO14024", "2") == "correspondent_accounts"


def test_the_list_is_known_by_its_programmes_when_the_name_is_silent() -> None:
    (a,) = READER.read([paper(sdn(BOLT), "list.csv")])
    (b,) = READER.read([paper(sdn((21, "COG", "individual", "NS-PLC", "")), "list.csv")])
    assert (a.list, b.list) == ("us-ofac-sdn", "us-ofac-nonsdn")
    with pytest.raises(BadFile, match="of which list"):
        READER.read([paper(sdn(ACME), "list.csv")])


def test_a_cut_file_is_told_and_is_not_complete() -> None:
    found = read(sdn(ACME, BOLT, end=""))
    assert not found.complete
    assert "0x1A" in str(found.problems[0])


def test_a_malformed_row_spoils_itself_and_no_other() -> None:
    rows = sdn(ACME, BOLT, (13, "NUT", "", "SDGT", "")).split("\r\n")
    rows[1] = '12,"BOLT "LLC",-0- '
    found = read("\r\n".join(rows))
    assert {c.object for c in said(found, "lists")} == {"ofac:11", "ofac:13"}
    assert [str(p).partition(":")[0] for p in found.problems] == ["in/sdn.csv row 2"]
    assert not found.complete


def test_a_uid_twice_is_told() -> None:
    found = read(sdn(ACME, (11, "OTHER", "", "SDGT", "")))
    assert "uid 11 is there a second time" in str(found.problems[0])


def test_two_main_files_of_one_day_are_not_mixed() -> None:
    with pytest.raises(BadFile, match="second main file"):
        READER.read([paper(sdn(ACME), "sdn_a.csv"), paper(sdn(BOLT), "sdn_b.csv")])
