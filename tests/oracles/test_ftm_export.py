"""What is exported as FollowTheMoney is read by the followthemoney package itself, and nothing of it is dropped there."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.strategies import act_claims, laid, name_claims, stake_claims

from knockon import reference
from knockon.analyses.export_world import portable
from knockon.errors import ExportForbidden
from knockon.model.ids import check_entity_id
from knockon.model.vocabulary import _types, vocabulary
from knockon.testing import world
from knockon.views.export.ftm import entities, write_ftm
from knockon.views.export.ftm_ids import ftm_id, own_id
from knockon.views.export.ftm_tables import Account, links, mapping, traits
from knockon.world import World

ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed: make oracle")
model, registry = ftm.model, pytest.importorskip("followthemoney.types").registry

IDS = st.from_regex(r"[a-z0-9][a-z0-9_.:+/\-]{0,30}", fullmatch=True)


def exported(of: World, **options: Any) -> tuple[list[dict[str, Any]], Account]:
    account = Account()
    return list(entities(portable(of, links=links(), traits=traits(), **options), account)), account


def check(entity: dict[str, Any]) -> None:
    """The package takes every value as it stands, finds none wrong and misses none."""
    schema = model.get(entity["schema"])
    assert schema is not None
    assert not schema.abstract
    schema.validate(entity)
    read = model.get_proxy(entity, cleaned=False)
    assert read.id == entity["id"]
    assert {name: sorted(read.get(name)) for name in entity["properties"]} == {
        name: sorted(values) for name, values in entity["properties"].items()
    }
    assert [name for name in schema.required if not read.get(name)] == []


def check_ends(made: list[dict[str, Any]]) -> None:
    """Every reference leads to an entity of the file whose schema the property takes."""
    by_id = {e["id"]: e for e in made}
    assert len(by_id) == len(made)
    for entity in made:
        for name, values in entity["properties"].items():
            prop = model[entity["schema"]].get(name)
            if prop is not None and prop.range is not None:
                for value in values:
                    assert model[by_id[value]["schema"]].is_a(prop.range), (entity, value)


@pytest.mark.parametrize("on", ["2015-01-01", "2025-11-11", "2026-11-25"])
def test_the_reference_world_is_read_whole(on: str, tmp_path: Path) -> None:
    day = date.fromisoformat(on)
    found = portable(World(reference.ledger(), on=day), links=links(), traits=traits())
    account, written = write_ftm(tmp_path / "w.ftm.json", found)
    made = [json.loads(line) for line in (tmp_path / "w.ftm.json").read_text("utf-8").splitlines()]
    assert Counter(e["schema"] for e in made) == written
    for entity in made:
        check(entity)
    check_ends(made)
    lost = {why for table, why in account if table == "left_out"}
    links_written = sum(written.get(name, 0) for name in mapping()["links"])
    if "range" not in lost:
        assert links_written == len(found.links)
    assert written.get("Sanction", 0) == len(found.listings)


@given(st.lists(st.one_of(stake_claims(), act_claims(), name_claims()), min_size=1, max_size=10))
def test_made_up_worlds_are_read_whole(told: list[Any]) -> None:
    made, account = exported(laid(told, on=date(2023, 1, 1)))
    for entity in made:
        check(entity)
    check_ends(made)
    assert all(count > 0 for count in account.values())


@given(IDS, IDS)
def test_ids_are_safe_reversible_and_never_meet(one: str, other: str) -> None:

    assert registry.entity.validate(ftm_id(one))
    assert own_id(ftm_id(one)) == check_entity_id(one, "id")
    assert (ftm_id(one) == ftm_id(other)) == (one == other)


def test_the_tables_are_those_of_the_package() -> None:
    tables = mapping()
    for schema, counts_as in tables["is"].items():
        assert all(model[schema].is_a(name) for name in counts_as)
    asked = {end for link in tables["links"].values() for end in (link["from_is"], link["to_is"])} | {"Organization"}
    for schema, counts_as in tables["is"].items():
        assert {name for name in asked if model[schema].is_a(name)} == set(counts_as) & asked | ({schema} & asked)
    for name, link in tables["links"].items():
        assert model[name].get(link["from"]).range.name == link["from_is"]  # type: ignore[union-attr]
        assert model[name].get(link["to"]).range.name in (link["to_is"], "Position")  # type: ignore[union-attr]
    for kind, held in tables["identifiers"].items():
        assert [p for p in held.values() if p not in model[kind].properties] == []
    used = {row["schema"] for row in tables["types"].values()} | {row.get("widen") for row in tables["types"].values()}
    assert used - {None} == set(tables["is"])


def test_every_type_and_every_ftm_word_of_the_vocabulary_has_its_place() -> None:
    placed = set(mapping()["types"]) | set(mapping()["no_schema"]["types"])
    assert set(_types()) - placed == set()
    known = {
        *mapping()["links"],
        "Sanction",
        "Company:sector",
        "Asset:country",
        "Thing:schema",
        "Thing:name",
        "Thing:identifiers",
        "",
    }
    assert {row.ftm for row in vocabulary().values()} <= known


TEXT = """
acme is a company (list)
acme is called "Acme AG" in de (list)
acme identified_by "5493001KJTIIGC8Y1R12" scheme=lei (list)
acme identified_by "17248" scheme=ofac (list)
bolt is a field (list)
us-ofac is an authority (list)
us-ofac is called "OFAC" in en (list)
acme holds >50% of bolt since 2020-03 (registry)
us-ofac designates acme for blocking under E.O. 14024 on 2024-05-01 (us-ofac)
acme_2 is the same as acme (list)
"""


def test_an_ownership_a_listing_and_a_merged_party_say_what_the_claims_say() -> None:
    made, _ = exported(world(TEXT, on="2024-06-01"))
    by = {schema: [e for e in made if e["schema"] == schema] for schema in {e["schema"] for e in made}}
    (acme,) = (e for e in by["Company"] if e["id"] == "knockon-acme")
    assert acme["referents"] == ["knockon-acmeU2"]
    assert acme["properties"]["name"] == ["Acme AG"]
    assert acme["properties"]["leiCode"] == ["5493001KJTIIGC8Y1R12"]
    assert sorted(e["properties"]["number"][0] for e in by["Identification"]) == ["17248", "5493001KJTIIGC8Y1R12"]
    (stake,) = by["Ownership"]
    assert stake["properties"]["percentage"] == [">50"]
    assert (stake["properties"]["owner"], stake["properties"]["asset"]) == (["knockon-acme"], ["knockon-bolt"])
    assert stake["properties"]["startDate"] == ["2020-03"]
    assert stake["properties"]["summary"][0].startswith("registry, ")
    (listing,) = by["Sanction"]
    got = {key: listing["properties"][key] for key in ("authority", "program", "listingDate", "status", "provisions")}
    assert got == {
        "authority": ["OFAC"],
        "program": ["E.O. 14024"],
        "listingDate": ["2024-05-01"],
        "status": ["designated"],
        "provisions": ["blocking"],
    }


def test_a_world_is_exported_as_of_its_day_and_not_its_claims() -> None:
    before, _ = exported(world(TEXT, on="2024-04-30", known="2024-06-01"))
    assert [e for e in before if e["schema"] == "Sanction"] == []
    sold, _ = exported(world(TEXT + "acme no longer holds_shares bolt on 2024-05-20 (registry)", on="2024-06-01"))
    assert [e for e in sold if e["schema"] == "Ownership"] == []


@pytest.mark.parametrize(
    ("line", "table", "reason"),
    [
        ("acme holds 10% of cog since 2020-11-03..2020-11-09 (registry)", "not_carried", "date_bounds"),
        ("acme holds 10% of cog since 2020-11-03T00:01 Europe/Sofia (registry)", "not_carried", "clock"),
        ("acme holds 10% of cog since 2020 (daily < registry)", "not_carried", "chain"),
        ("acme produces 5 Mt in 2020 (registry)", "left_out", "predicate"),
        ("planned: acme holds 10% of cog since 2020 (registry)", "left_out", "mode"),
        ("denied: acme holds 10% of cog since 2020 (registry)", "left_out", "mode"),
        ("gl-1 is a licence (list)", "left_out", "type"),
        ("ivan is a person (list)\nacme holds 10% of ivan since 2020 (registry)", "left_out", "range"),
        ("bolt identified_by \"P0646\" scheme=gem (list)", "left_out", "identifier"),
        ("acme holds 10% of cog as one since 2020 (registry)", "not_carried", "qualifiers"),
        ("acme holds 10% of cog since 2020 (registry)", "not_carried", "no_name"),
        ("acme holds 10% of cog since 2020 (registry)\nacme holds 30% of cog since 2020 (daily)", "not_carried", "conflict"),
    ],
)  # fmt: skip
def test_what_the_format_cannot_carry_is_counted(line: str, table: str, reason: str) -> None:
    base = "acme is a company (list)\nbolt is a field (list)\n"
    before = exported(world(base, on="2024-06-01"))[1]
    after = exported(world(base + line, on="2024-06-01"))[1]
    assert after[table, reason] > before[table, reason]


def test_a_supposition_is_told() -> None:
    made, account = exported(world(TEXT, on="2024-06-01", suppose="acme holds 5% of cog since 2024-01-01"))
    assert account["not_carried", "supposed"] == 1
    told = [e["properties"]["summary"] for e in made if e["schema"] == "Ownership"]
    assert [said for (said,) in told if said.endswith("(supposed)")] != []


def test_a_subject_or_a_predicate_narrows_the_world() -> None:
    of = world(TEXT + "cog holds 5% of dyne since 2020 (registry)", on="2024-06-01")
    made, _ = exported(of, subject="acme")
    assert {e["id"] for e in made if e["schema"] in ("Company", "Asset", "LegalEntity")} == {
        "knockon-acme",
        "knockon-bolt",
    }
    made, _ = exported(of, predicates=("holds_shares",))
    assert "Sanction" not in {e["schema"] for e in made}
    assert sum(e["schema"] == "Ownership" for e in made) == 2


def test_a_listing_that_rests_on_a_dataset_that_may_not_leave_is_refused() -> None:
    from dataclasses import replace

    of = world('sdn published_under "CC-BY-NC-4.0" exports=no (sdn)', on="2024-06-01")
    (claim,) = world("acme holds 10% of cog since 2020 (registry)").told("holds_shares")
    of.ledger.add([replace(claim, source="sdn@1#1")])
    with pytest.raises(ExportForbidden):
        exported(World(of.ledger, on=date(2024, 6, 1)))
