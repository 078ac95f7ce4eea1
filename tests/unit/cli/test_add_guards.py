"""What ``knockon add`` refuses of lists, so that nobody is taken for delisted by a slip; and what is said of a damaged ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from knockon.cli import main


def sdn(path: Path, count: int, *, first: int = 1) -> Path:
    row = '{},"ACME {}",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    path.write_bytes("".join(row.format(n, n) for n in range(first, first + count)).encode() + b"\x1a")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = 0
    try:
        main([str(a) for a in arguments])
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_list_that_lost_most_of_its_rows_is_refused_unless_it_is_said_to_be_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = tmp_path / "l.duckdb"
    assert run(capsys, "add", sdn(tmp_path / "sdn_2024-01-01.csv", 10), "--ledger", ledger, "--bare")[0] == 0
    short = sdn(tmp_path / "sdn_2024-02-01.csv", 4)
    code, told = run(capsys, "add", short, "--ledger", ledger)
    assert (code, "it may be cut" in told) == (3, True)
    assert "0 parties" not in told
    assert run(capsys, "add", short, "--ledger", ledger, "--shrunk")[0] == 0


def test_a_second_edition_of_one_day_and_a_day_to_come_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = tmp_path / "l.duckdb"
    first = sdn(tmp_path / "sdn_2024-01-01.csv", 10)
    assert run(capsys, "add", first, "--ledger", ledger, "--bare")[0] == 0
    assert run(capsys, "add", first, "--ledger", ledger)[0] == 0  # the same edition again adds nothing
    other = sdn(tmp_path / "sdn.csv", 11)
    code, told = run(capsys, "add", other, "--observed", "2024-01-01", "--ledger", ledger)
    assert (code, "another complete edition of that day" in told) == (3, True)
    code, told = run(capsys, "add", other, "--observed", "2999-01-01", "--ledger", ledger)
    assert (code, "in the future" in told) == (3, True)


@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_ledger_is_told_as_damaged(tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: str) -> None:
    ledger = tmp_path / "l.duckdb"
    run(capsys, "add", sdn(tmp_path / "sdn_2024-01-01.csv", 300), "--ledger", ledger)
    data = bytearray(ledger.read_bytes())
    data = data[: len(data) // 2] if harm == "cut" else data[:20_000] + b"XX" + data[20_002:]
    ledger.write_bytes(bytes(data))
    code, told = run(capsys, "verify", "--ledger", ledger)
    assert (code, "error[ledger-damaged]" in told) == (5, True), told


def test_nobody_sells_more_than_is_told_to_be_held(capsys: pytest.CaptureFixture[str]) -> None:
    line = "lukoil sells 60% of turgai to petrokazakhstan on 2025-11-01"
    code, told = run(capsys, "status", "turgai", "--on", "2025-11-11", "--suppose", line)
    assert (code, "50 % at most" in told) == (3, True)


def test_leave_for_a_party_is_no_leave_on_a_project_in_which_it_has_no_part(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--party", "lukoil_bulgaria", "--project", "west_qurna_2", "--activity", "project_dealings")
    code, told = run(capsys, "licence", "check", *asked, "--on", "2026-02-01", "--authority", "us-ofac")
    assert (code, "no part in west_qurna_2" in told) == (7, True)
