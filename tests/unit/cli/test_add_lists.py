"""``knockon add`` over lists: told edition by edition, atomic, and idempotent."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.sources.lists import eu, sdn, write

from knockon.cli import main
from knockon.ledger import Ledger

ACME = (11, "ACME OIL", "", "SDGT", "")
BOLT = (12, "BOLT", "", "SDGT", "Linked To: ACME OIL; Linked To: NUT.")


def add(*arguments: str | Path) -> int:
    try:
        main(["add", *map(str, arguments)])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.duckdb"


def test_an_edition_is_told_and_a_second_time_adds_nothing(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "sdn_2025-12-01.csv", sdn(ACME, BOLT))
    assert add(path, "--ledger", ledger, "--bare") == 0
    said = capsys.readouterr().out
    assert "us-ofac-sdn, observed 2025-12-01: 2 rows, 2 parties, 11 claims; complete" in said
    assert "not followed: ofac:12 is linked to NUT.: no party of this edition has this main name" in said
    assert add(path, "--ledger", ledger) == 0
    assert "0 claims added, 11 known already; the ledger is at 11" in capsys.readouterr().out


def test_a_bad_row_keeps_every_list_of_the_call_out(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write(tmp_path, "sdn_2025-12-01.csv", sdn(ACME))
    rows = sdn(*[(n, f"PARTY {n}", "", "SDGT", "") for n in range(1, 2001)]).split("\r\n")
    rows[1233] = '1234,"PARTY "1234",-0- '
    bad = write(tmp_path, "sdn_2025-12-02.csv", "\r\n".join(rows))
    assert add(good, "--ledger", ledger, "--bare") == 0
    assert add(good, bad, "--ledger", ledger) == 3
    said = capsys.readouterr().err
    assert "sdn_2025-12-02.csv row 1234" in said
    assert "nothing was added" in said
    with Ledger.read(ledger) as kept:
        assert {str(c.said_on) for c in kept.claims()} == {"2025-12-01"}


def test_a_bad_list_leaves_no_new_ledger(tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = write(tmp_path, "sdn_2025-12-02.csv", sdn(ACME, end=""))
    assert add(bad, "--ledger", ledger) == 3
    assert not ledger.exists()
    assert "a new ledger" not in capsys.readouterr().out


def test_with_skip_bad_the_sound_rows_go_in_and_the_edition_is_not_complete(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = sdn(ACME, BOLT).replace('12,"BOLT",-0- ', '12,"BOLT"')
    assert add(write(tmp_path, "sdn_2025-12-02.csv", text), "--ledger", ledger, "--bare", "--skip-bad") == 0
    said = capsys.readouterr().out
    assert "1 rows, 1 parties" in said
    assert "not complete" in said
    assert "row 2: has 11 cells" in said
    with Ledger.read(ledger) as kept:
        (edition,) = [c for c in kept.claims() if c.predicate == "edition"]
        assert edition.qualifier("complete") == "no"


def test_a_list_without_a_day_is_refused_and_with_one_it_is_read(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "32014R0269.csv", eu({"recordId": "1", "name": "Acme"}))
    assert add(path, "--ledger", ledger, "--bare") == 3
    assert "--observed DAY" in capsys.readouterr().err
    assert add(path, "--observed", "2026-08-22", "--publisher", "desk", "--ledger", ledger, "--bare") == 0
    with Ledger.read(ledger) as kept:
        assert {c.said_by for c in kept.claims()} == {("desk", "eu")}


def test_claims_beside_lists_are_still_claims(tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = write(
        tmp_path, "own.csv", "subject,predicate,value,said_by,said_on,source\nacme,is_a,company,desk,2025,desk\n"
    )
    assert add(own, write(tmp_path, "sdn_2025-12-01.csv", sdn(ACME)), "--ledger", ledger, "--bare") == 0
    said = capsys.readouterr().out
    assert "1 edition(s): 6 claims added" in said
    assert "own.csv: 1 claims added" in said


def test_a_packed_file_that_no_reader_knows_is_refused(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(write(tmp_path, "x_2025-12-01.json", "[1, 2]"), "--ledger", ledger, "--bare") == 3
    assert "is not a list that a reader knows" in capsys.readouterr().err
