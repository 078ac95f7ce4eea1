"""``knockon export``: the file is whole or not there, and what it does not hold is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knockon.cli import main
from knockon.ledger import Ledger
from knockon.model.claim import Claim, Quote
from knockon.model.interval import Moment
from knockon.sources.csv_ import read_rows
from knockon.testing import claims


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code: object = 0
    try:
        main(["export", "--on", "2026-01-01", *arguments])
    except SystemExit as done:
        code = done.code
    out, err = capsys.readouterr()
    return int(str(code)), out, err


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with a stake, a quoted listing and a dataset that may leave, in an empty working folder."""
    path = tmp_path / "l.duckdb"
    said = {"said_by": ("us-ofac",), "said_on": Moment.parse("2025-01-02")}
    quoted = Claim(subject="us-ofac", predicate="designates", object="acme", start=Moment.parse("2025-01-01"), source="sdn@1#7", quote=Quote(0, 4, "ACME"), **said)  # type: ignore[arg-type]  # fmt: skip
    terms = Claim(subject="sdn", predicate="published_under", value="public-domain", qualifiers=(("attribution", "OFAC"), ("exports", "yes")), source="t", **said)  # type: ignore[arg-type]  # fmt: skip
    with Ledger.open(path) as opened:
        opened.add([*claims("acme holds 60% of bolt since 2020 (registry)"), quoted, terms])
    monkeypatch.setenv("KNOCKON_LEDGER", str(path))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_jsonl_carries_all_with_the_attribution_beside_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "--out", "x.jsonl", "--manifest", "m.json")
    assert (code, out) == (0, "")
    assert err == ("x.jsonl: 3 claims\nlicence not told: 2 claims\nattribution: sdn (public-domain), 1 claim: OFAC\n")
    assert len(read_rows(here / "x.jsonl").claims) == 3
    assert (here / "x.jsonl.attribution.txt").read_text("utf-8") == "sdn (public-domain), 1 claim: OFAC\n"
    manifest = json.loads((here / "m.json").read_text("utf-8"))
    assert (manifest["claims"], manifest["left_out"], manifest["world"]["on"]) == (3, {}, "2026-01-01")
    assert [d["id"] for d in manifest["datasets"]] == ["sdn"]


def test_csv_that_cannot_carry_a_claim_is_refused_and_leaves_no_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ran(capsys, "--out", "x.csv")
    assert code == 7
    assert "csv cannot carry 1 of 3 claims" in err
    assert list(here.iterdir()) == []
    code, _, err = ran(capsys, "--out", "x.csv", "--leave-out", "--manifest", "m.json")
    assert code == 0
    assert "left out: 1 claims" in err
    assert len(read_rows(here / "x.csv").claims) == 2
    left = json.loads((here / "m.json").read_text("utf-8"))["left_out"]
    assert {why: len(one["claims"]) for why, one in left.items()} == {"quote": 1}


def test_filters_and_standard_output(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["export", "--on", "2026-01-01", "--format", "jsonl", "--predicate", "holds_shares", "--subject", "acme"])
    out, _ = capfdbinary.readouterr()
    assert [json.loads(line)["predicate"] for line in out.splitlines()] == ["holds_shares"]


def test_without_a_format_it_says_which_there_are(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "--out", "x.txt")
    assert code == 2
    assert "parquet" in err


def test_a_folder_that_is_not_there_is_an_error(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "--out", "nowhere/x.jsonl")
    assert code == 3
    assert err.startswith("error[bad-file]: nowhere/x.jsonl: cannot be written")


def test_a_world_leaves_as_entities_with_an_account_of_what_they_do_not_say(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ran(capsys, "--out", "w.ftm.json", "--manifest", "m.json")
    assert code == 0
    made = [json.loads(line) for line in (here / "w.ftm.json").read_text("utf-8").splitlines()]
    manifest = json.loads((here / "m.json").read_text("utf-8"))
    assert sum(manifest["entities"].values()) == len(made) == 4
    assert manifest["not_carried"]["quote"]["count"] == 1
    assert f"not carried: 1 × {manifest['not_carried']['quote']['says']}" in err.splitlines()
    listing = next(e for e in made if e["schema"] == "Sanction")
    assert (listing["datasets"], listing["properties"]["publisher"]) == (["sdn"], ["OFAC"])
    assert (here / "w.ftm.json.attribution.txt").exists()


def test_a_world_without_a_dataset_lacks_what_it_made_and_no_part_of_the_sources_is_a_world(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(capsys, "--out", "w.ftm.json", "--without", "sdn")[0] == 0
    assert "Sanction" not in (here / "w.ftm.json").read_text("utf-8")
    assert ran(capsys, "--out", "w.ftm.json", "--source-prefix", "sdn")[0] == 7
    assert ran(capsys, "--out", "w.ftm.json", "--predicate", "produces")[0] == 7
