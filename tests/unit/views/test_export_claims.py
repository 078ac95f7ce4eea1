"""Claims leave as CSV, JSONL and Parquet and come back as the same claims, or it is said which do not."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.strategies import any_claims

from knockon.analyses.export import select, without
from knockon.errors import BadClaim, ExportForbidden, Refused, UnknownEntity, UnknownPredicate
from knockon.ledger import Ledger
from knockon.model.claim import Claim, Polarity, Quote
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import check
from knockon.sources.csv_ import read_rows
from knockon.testing import claims
from knockon.views.export.claims import csv_loss, write_csv, write_jsonl
from knockon.views.export.losses import CSV_REASONS
from knockon.views.export.parquet import write_parquet
from knockon.world import World

NAMED = "list@2025#7"


def sound(claim: Claim) -> bool:
    try:
        check(claim)
    except (BadClaim, UnknownPredicate):
        return False
    return True


def world_with(*told: Claim, on: date = date(2027, 1, 1)) -> World:
    ledger = Ledger.memory()
    ledger.add(told)
    return World(ledger, on=on)


def licensed(exports: str, *, said: str = "2025-01-01", by: str = "xyz") -> Claim:
    return Claim(
        subject="list",
        predicate="published_under",
        value="CC-BY-4.0",
        qualifiers=(("attribution", "From: the list"), ("exports", exports)) if exports else (),
        said_by=(by,),
        said_on=Moment.parse(said),
        source="terms",
    )


def stake(source: str = NAMED, **more: object) -> Claim:
    fields: dict[str, object] = {
        "subject": "acme",
        "predicate": "holds_shares",
        "object": "bolt",
        "value": Quantity.parse("60 %"),
        "said_by": ("registry",),
        "said_on": Moment.parse("2025-02-01"),
    } | more
    return Claim(source=source, **fields)  # type: ignore[arg-type]


@given(st.lists(any_claims().filter(sound), min_size=1, max_size=6))
def test_what_is_exported_and_read_into_an_empty_ledger_has_the_same_ids(told: list[Claim]) -> None:
    ids = {c.id for c in told}
    chosen = select(world_with(*told))
    with TemporaryDirectory() as name:
        folder = Path(name)
        assert write_jsonl(folder / "x.jsonl", chosen).claims == len(ids)
        assert {c.id for c in read_rows(folder / "x.jsonl").claims} == ids
        done = write_csv(folder / "x.csv", chosen)
        sheet = read_rows(folder / "x.csv")
    back = {c.id for c in sheet.claims}
    left = {i for group in done.left_out.values() for i in group}
    assert not sheet.problems
    assert back | left == ids
    assert not back & left
    assert all(c.id in back for c in told if c.quote is None and not c.qualifiers and _plain(c))


def _plain(claim: Claim) -> bool:
    texts = [claim.source, claim.value if isinstance(claim.value, str) else ""]
    return all(text.isascii() and text.isprintable() and text == text.strip() for text in texts)


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (stake(), ""),
        (stake(quote=Quote(0, 4, "acme")), "quote"),
        (stake(qualifiers=(("stake", "a; b"),)), "qualifiers"),
        (stake(value=Quantity(low=Decimal(1), high=Decimal(2), unit="%", low_open=True)), "value"),
        (stake(predicate="is_a", object=None, value=" company"), "text"),
    ],
)
def test_a_row_that_would_be_read_as_another_claim_is_found_with_its_reason(claim: Claim, why: str) -> None:
    assert csv_loss(claim) == why
    assert not why or why in CSV_REASONS


def test_jsonl_is_in_the_order_of_plain_sort(tmp_path: Path) -> None:
    told = claims(
        "acme holds 60% of bolt since 2020 (registry)\nbolt holds 5% of cog (daily)\ncog controls dyne (wire)"
    )
    write_jsonl(tmp_path / "x.jsonl", select(world_with(*told)))
    text = (tmp_path / "x.jsonl").read_text("utf-8")
    ran = subprocess.run(
        ["/usr/bin/sort", str(tmp_path / "x.jsonl")], capture_output=True, text=True, check=True, env={"LC_ALL": "C"}
    )
    assert ran.stdout == text


def test_parquet_holds_typed_columns_and_the_claim_itself(tmp_path: Path) -> None:
    claim = stake(value=Quantity.parse(">12.5 %"), start=Moment.parse("2020-03"))
    world = world_with(claim, licensed("yes"))
    from knockon.analyses.datasets import datasets

    write_parquet(tmp_path / "x.parquet", select(world, predicates=("holds_shares",)), datasets(world), {"a": "b"})
    table = pq.read_table(tmp_path / "x.parquet")
    assert table.schema.metadata[b"knockon.a"] == b"b"
    (row,) = table.to_pylist()
    assert (row["low"], row["high"], row["low_open"], row["unit"]) == (Decimal("12.5"), None, True, "%")
    assert (row["start_earliest"], row["start_latest"]) == (date(2020, 3, 1), date(2020, 3, 31))
    assert (row["dataset"], row["licence"], row["attribution"]) == ("list", "CC-BY-4.0", "From: the list")
    assert row["said_by"] == ["registry"]
    import json

    assert Claim.from_dict(json.loads(row["body"])).id == claim.id == row["id"]


@pytest.mark.parametrize("exports", ["no", "", "perhaps"])
def test_a_dataset_that_may_not_leave_is_refused_with_what_to_do(exports: str) -> None:
    world = world_with(stake(), licensed(exports), stake(source="https://example.org/a", subject="cog"))
    with pytest.raises(ExportForbidden) as told:
        select(world)
    assert told.value.message.endswith("list (CC-BY-4.0): 1 claim(s)")
    assert told.value.hint == "leave them out: --without list"
    assert "list" not in {c.source.partition("@")[0] for c, _ in select(world, without=("list",))}
    assert select(world, without=("list",)).count == 2
    assert select(world, source_prefix="https://").count == 1  # nothing of the list is in this export


def test_of_two_voices_the_one_that_forbids_counts_and_a_later_word_replaces_an_earlier() -> None:
    with pytest.raises(ExportForbidden):
        select(world_with(stake(), licensed("yes"), licensed("no", by="court")))
    changed = world_with(stake(), licensed("no"), licensed("yes", said="2025-06-01"))
    assert [(u.dataset.id, u.claims) for u in select(changed).uses] == [("list", 1)]


def test_a_licence_that_is_denied_or_set_aside_opens_nothing_and_one_not_told_is_counted() -> None:
    told = licensed("yes")
    aside = Claim(
        subject="desk",
        predicate="sets_aside",
        object=told.id,
        value="old terms",
        said_by=("desk",),
        said_on=told.said_on,
        source="desk",
    )  # type: ignore[arg-type]
    denied = replace(told, polarity=Polarity.DENIED)
    assert [u.claims for u in select(world_with(stake(), told)).uses] == [1]
    for world in (world_with(stake(), told, aside), world_with(stake(), denied)):
        chosen = select(world, predicates=("holds_shares",))
        assert (chosen.uses, chosen.licence_not_told) == ((), 1)


def test_a_slip_in_without_is_an_error() -> None:
    with pytest.raises(UnknownEntity, match="lst"):
        select(world_with(stake(), licensed("no")), without=("lst",))


def test_what_is_supposed_never_leaves_as_a_claim() -> None:
    world = world_with(stake()).supposing(claims("acme holds 1% of cog (registry)"))
    with pytest.raises(Refused, match="only supposed"):
        select(world)


def test_a_world_without_a_dataset_is_as_if_it_had_never_been_heard() -> None:
    other = stake(source="https://example.org/a", value=Quantity.parse("20 %"), said_on=Moment.parse("2024-01-01"))
    world = world_with(stake(), other, licensed("no"))
    assert [str(s.value) for s in world.states("holds_shares")] == ["60 %"]
    assert [str(s.value) for s in without(world, ("list",)).states("holds_shares")] == ["20 %"]


def test_a_later_claim_or_one_recorded_later_is_not_exported() -> None:
    ledger = Ledger.memory()
    ledger.add([stake(source="a")])
    ledger.add([stake(source="b")])
    assert [c.source for c, _ in select(World(ledger, on=date(2026, 1, 1), at=1))] == ["a"]
    assert select(World(ledger, on=date(2025, 1, 1))).count == 0
