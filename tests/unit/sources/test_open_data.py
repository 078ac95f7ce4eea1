"""OpenSanctions' two formats: FollowTheMoney objects and targets.simple.csv, on small files with invented parties."""

from __future__ import annotations

import json

import pytest
from tests.unit.sources.lists import paper, said, values

from knockon.errors import BadFile, BadQuantity
from knockon.model.vocabulary import check
from knockon.sources.editions import EditionReading
from knockon.sources.ftm import READER as FTM
from knockon.sources.open_data import party_id
from knockon.sources.percent import share
from knockon.sources.targets import READER as TARGETS

CRAWL = {"first_seen": "2020-01-01T00:00:00", "last_seen": "2025-01-01T00:00:00"}


def thing(schema: str, key: str, dataset: str = "us_ofac_sdn", **properties: list[str] | str) -> dict[str, object]:
    listed = {k: v if isinstance(v, list) else [v] for k, v in properties.items()}
    return {"id": key, "schema": schema, "caption": key, "datasets": [dataset], "properties": listed, **CRAWL}


def ftm(*things: dict[str, object]) -> tuple[EditionReading, ...]:
    return FTM.read([paper("".join(json.dumps(t) + "\n" for t in things), "entities.ftm.json")])


def one(*things: dict[str, object]) -> EditionReading:
    (found,) = ftm(*things)
    for claim in found.claims:
        check(claim)
    return found


def test_a_sanction_is_a_listing_by_the_authority_retold_by_opensanctions() -> None:
    (claim,) = said(one(thing("Sanction", "s1", entity="acme", programId="US-RUS", listingDate="2022-02")), "lists")
    assert (claim.subject, claim.object, claim.said_by) == ("us-ofac", "ftm:acme", ("opensanctions", "us-ofac"))
    assert (claim.qualifier("measure"), claim.qualifier("programme"), str(claim.start)) == (
        "blocking",
        "US-RUS",
        "2022-02",
    )
    assert claim.source == "opensanctions-us_ofac_sdn@2025-12-01#id=s1"


def test_crawl_times_are_no_listing_dates() -> None:
    (claim,) = said(one(thing("Sanction", "s1", entity="acme")), "lists")
    assert (claim.start, str(claim.said_on)) == (None, "2025-12-01")


def test_a_listing_of_which_nothing_tells_what_it_means_has_no_measure() -> None:
    (claim,) = said(one(thing("Sanction", "s1", "xx_list", entity="acme")), "lists")
    assert (claim.subject, claim.qualifier("measure")) == ("xx_list", None)


def test_the_licence_forbids_exports_and_is_found_by_the_source_of_each_claim() -> None:
    found = one(thing("Company", "acme", name="Acme"))
    (licence,) = said(found, "published_under")
    assert (licence.value, licence.qualifier("exports")) == ("CC-BY-NC-4.0", "no")
    assert {c.source.partition("@")[0] for c in found.claims} == {licence.subject}


def test_an_excerpt_is_never_a_whole_list() -> None:
    assert not one(thing("Sanction", "s1", entity="acme")).complete


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("50", "50 %"),
        ("49,5 %", "49.5 %"),
        ("25-50", "25..50 %"),
        ("25 to 50%", "25..50 %"),
        ("more than 25%", ">25 %"),
        ("at least 75 percent", ">=75 %"),
        ("≥50", ">=50 %"),
        ("about 30", "~30 %"),
    ],
)
def test_percentages_are_read_with_their_bands(printed: str, read: str) -> None:
    assert str(share(printed)) == read


def test_bands_of_the_register_have_the_ends_of_its_law() -> None:
    found = share("ownership-of-shares-25-to-50-percent")
    assert (found.low_open, found.high_open) == (True, False)
    top = share("ownership-of-shares-75-to-100-percent")
    assert (top.low_open, top.high_open) == (False, False)


@pytest.mark.parametrize("printed", ["some", "120", "40-130", ""])
def test_what_is_no_share_is_refused(printed: str) -> None:
    with pytest.raises(BadQuantity):
        share(printed)


def test_an_ownership_is_a_stake_with_its_days() -> None:
    found = one(
        thing("Ownership", "o1", owner="acme", asset="bolt", percentage="51", startDate="2015-11-25", endDate="2020")
    )
    (claim,) = said(found, "holds_shares")
    assert (claim.subject, claim.object, str(claim.value)) == ("ftm:acme", "ftm:bolt", "51 %")
    assert (str(claim.start), str(claim.end)) == ("2015-11-25", "2020")


def test_an_ownership_without_a_percentage_has_none_and_an_open_role_is_a_tie() -> None:
    found = one(
        thing("Ownership", "o1", owner="acme", asset="bolt"),
        thing("Ownership", "o2", owner="acme", asset="cog", role="Owned or Controlled By"),
    )
    assert [(c.object, c.value) for c in said(found, "holds_shares")] == [("ftm:bolt", None)]
    assert [c.object for c in said(found, "linked_to")] == ["ftm:cog"]


def test_two_percentages_are_two_claims_and_a_bad_one_is_told() -> None:
    found = one(thing("Ownership", "o1", owner="acme", asset="bolt", percentage=["49", "50"]))
    assert {str(c.value) for c in said(found, "holds_shares")} == {"49 %", "50 %"}
    (bad,) = ftm(thing("Ownership", "o1", owner="acme", asset="bolt", percentage="lots"))
    assert said(bad, "holds_shares") == []
    assert "row 1" in str(bad.problems[0])


def test_an_office_is_held_in_a_company() -> None:
    (claim,) = said(
        one(thing("Directorship", "d1", director="doe", organization="acme", role="Chairman")), "holds_office"
    )
    assert (claim.subject, claim.object, claim.value) == ("ftm:doe", "ftm:acme", "Chairman")


def test_names_numbers_and_the_uid_of_ofac_are_kept() -> None:
    acme = thing(
        "Company",
        "ofac-17",
        name=["ofac-17", "Acme"],
        alias="AO",
        weakAlias="A",
        previousName="Old",
        innCode=["7708004767", "1"],
    )
    found = one(acme)
    assert values(found, "named", "ftm:ofac-17") == {
        ("ofac-17", ""),
        ("Acme", "alias"),
        ("AO", "alias"),
        ("A", "weak"),
        ("Old", "former"),
    }
    assert values(found, "identified_by", "ftm:ofac-17") == {
        ("ofac-17", "opensanctions"),
        ("17", "ofac"),
        ("7708004767", "inn"),
        ("1", "inn-unchecked"),
    }


def test_ids_that_differ_in_capitals_alone_stay_apart() -> None:
    assert party_id("NK-abC") != party_id("NK-aBC")
    assert party_id("NK-abC") == party_id("NK-abC")


def test_a_file_cut_in_a_line_tells_the_line() -> None:
    text = (
        json.dumps(thing("Company", "acme", name="Acme"))
        + "\n"
        + json.dumps(thing("Company", "bolt", name="Bolt"))[:40]
    )
    (found,) = FTM.read([paper(text, "entities.ftm.json")])
    assert found.rows == 1
    assert "row 2: is not a whole JSON object" in str(found.problems[0])


HEAD = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,first_seen,last_seen,last_change\n"
TAIL = ",Some List,2020-01-01T00:00:00,2025-01-01T00:00:00,2025-01-01T00:00:00\n"


def targets(*rows: str) -> EditionReading:
    (found,) = TARGETS.read([paper(HEAD + "".join(row + TAIL for row in rows), "targets.simple.csv")])
    return found


def test_s20_line_feeds_in_quoted_cells_are_no_rows_and_crawl_times_no_days() -> None:
    found = targets(
        'NK-1,Company,Acme,AO;A,,,,IMO5147094;77,"one\ntwo",,,P1;P2', 'NK-2,Vessel,Nut,,,,,IMO9253325,"""""",,,'
    )
    assert (found.list, found.rows, found.complete) == ("opensanctions-some_list", 2, False)
    assert {c.start for c in found.claims} == {None}
    acme = party_id("NK-1")
    assert {c.qualifier("programme") for c in said(found, "lists") if c.object == acme} == {"P1", "P2"}
    assert values(found, "identified_by", acme) == {
        ("NK-1", "opensanctions"),
        ("5147094", "imo-company"),
        ("77", "unlabelled"),
    }
    assert values(found, "identified_by", party_id("NK-2")) == {("NK-2", "opensanctions"), ("9253325", "imo")}
    for claim in found.claims:
        check(claim)


def test_a_short_row_an_empty_name_and_an_id_twice_are_told() -> None:
    found = targets(
        "NK-1,Company,Acme,,,,,,,,,", "NK-2,Company,,,,,,,,,,", "NK-1,Company,Bolt,,,,,,,,,", "NK-3,Company"
    )
    assert found.rows == 1
    assert len(found.problems) == 3


def test_targets_cut_in_a_quoted_cell_are_refused() -> None:
    text = HEAD + 'NK-1,Company,Acme,,,,,,"one\ntwo'
    with pytest.raises(BadFile, match="is not CSV"):
        TARGETS.read([paper(text, "targets.simple.csv")])
