"""One clear error for each kind of bad input: it says where and what to do, and nothing is half-written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "subject,predicate,object,value,qualifiers,start,end,mode,polarity,said_by,said_on,source,title,quote\n"
GOOD = "acme,holds_shares,bolt,60 %,,2020-01-01,,,,registry,2020-02-01,https://example.org/1,A register,\n"


def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "knockon", *arguments], input=stdin, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def failed(code: int, err: str, *words: str) -> None:
    assert code not in (0, 1, 2), err
    assert err.count("error[") == 1, err
    assert "Traceback" not in err
    assert "hint: " in err
    for word in words:
        assert word in err, err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", ["empty.txt", "empty"]),
        ("blank.txt", b"  \n \n", ["blank.txt"]),
        ("binary.txt", bytes(range(256)) * 40, ["binary.txt"]),
        ("huge.txt", "Новина. ".encode() * 400_000, ["huge.txt"]),
        (
            "english.txt",
            b"The president will visit Moscow on Tuesday, the agency said on 2025-11-11, and he will meet the others.",
            ["english.txt"],
        ),
    ],
)
def test_a_report_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, words: list[str]) -> None:
    report = tmp_path / name
    report.write_bytes(content)
    page = tmp_path / "brief.html"
    code, _, err = run("brief", str(report), "--html", str(page))
    failed(code, err, *words)
    assert not page.exists()
    assert list(tmp_path.iterdir()) == [report]


def test_a_missing_report() -> None:
    code, _, err = run("brief", "no-such-report.txt")
    failed(code, err, "no-such-report.txt")


def test_no_dateline_asks_for_the_day(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text(
        "Руският президент Владимир Путин ще се срещне с казахстанския си колега Касъм-Жомарт Токаев в Москва.", "utf-8"
    )
    code, _, err = run("brief", str(report))
    failed(code, err, "--on")
    code, out, err = run("brief", str(report), "--on", "2025-11-11", "--json")
    assert code == 0, err
    assert '"on": "2025-11-11"' in out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings_give_the_same_claims(tmp_path: Path, example: Path, encoding: str) -> None:
    text = example.read_text("utf-8")
    other = tmp_path / "report.txt"
    other.write_bytes(text.encode(encoding))
    plain = run("read", str(example), "--jsonl")[1]
    code, out, err = run("read", str(other), "--jsonl")
    assert code == 0, err
    assert out == plain


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ["empty"]),
        ("subject,verb\nacme,holds\n", ["row 1", "'verb'", "predicate"]),
        (HEAD + GOOD.replace("60 %", "160 %"), ["row 2", "160"]),
        (HEAD + GOOD.replace("60 %", "60 furlongs"), ["row 2", "furlongs"]),
        (HEAD + GOOD.replace("60 %", "many"), ["row 2", "column value", "many"]),
        (HEAD + GOOD.replace("holds_shares", "owns"), ["row 2", "owns"]),
        (HEAD + GOOD.replace("2020-02-01", "1 Feb 2020"), ["row 2", "column said_on", "1 Feb 2020"]),
        (HEAD + GOOD.replace("2020-01-01", "2020-13-01"), ["row 2", "column start", "2020-13-01"]),
        (HEAD + GOOD.replace("acme,", "Acme Ltd,"), ["row 2", "Acme Ltd"]),
        (HEAD + GOOD.replace(",registry,", ",,"), ["row 2", "said_by"]),
        (HEAD + GOOD + GOOD.replace("\n", ",one,cell,more\n"), ["row 3", "cells"]),
    ],
)
def test_a_csv_with_unsound_rows_adds_nothing(tmp_path: Path, content: str, words: list[str]) -> None:
    sheet = tmp_path / "claims.csv"
    sheet.write_text(content, "utf-8")
    ledger = tmp_path / "l.duckdb"
    code, _, err = run("add", str(sheet), "--ledger", str(ledger), "--bare")
    failed(code, err, "claims.csv", *words)
    assert not ledger.exists()


def test_skip_bad_loads_the_sound_rows_and_lists_the_others(tmp_path: Path) -> None:
    sheet = tmp_path / "claims.csv"
    sheet.write_text(HEAD + GOOD + GOOD.replace("60 %", "160 %"), "utf-8")
    ledger = tmp_path / "l.duckdb"
    code, out, err = run("add", str(sheet), "--ledger", str(ledger), "--bare", "--skip-bad")
    assert code == 0, err
    assert "1 claims added" in out
    assert "row 3" in err
    assert "160" in err
    assert run("verify", "--ledger", str(ledger))[0] == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x",
        "http://localhost/x",
        "http://10.0.0.1/x",
        "http://192.168.1.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://no-such-host.invalid/x",
    ],
)
def test_an_address_that_may_not_be_fetched(address: str) -> None:
    code, _, err = run("brief", address)
    failed(code, err, address.split("/")[2].strip("[]").split(":")[0] or "::")


def test_ownership_cycles_are_told_and_end(tmp_path: Path) -> None:
    sheet = tmp_path / "cycle.csv"
    row = "{},holds_shares,{},30 %,,2020-01-01,,,,registry,2020-02-01,https://example.org/1,,\n"
    sheet.write_text(HEAD + row.format("a", "b") + row.format("b", "a") + row.format("b", "b"), "utf-8")
    ledger = tmp_path / "l.duckdb"
    assert run("add", str(sheet), "--ledger", str(ledger), "--bare")[0] == 0
    code, out, err = run("ownership", "a", "--ledger", str(ledger), "--json")
    assert code == 0, err
    assert "cycles" in out


def test_unknown_names_offer_near_ones() -> None:
    code, _, err = run("status", "lukoyl")
    failed(code, err, "lukoil")


def test_a_supposition_that_cannot_be_read() -> None:
    code, _, err = run("status", "lukoil", "--suppose", "lukoil gobbles turgai")
    failed(code, err, "gobbles")


def test_why_of_an_unknown_id() -> None:
    code, _, err = run("why", "czzzzzzzzz")
    failed(code, err, "czzzzzzzzz")
    code, _, err = run("why", "gossip/us-ofac/turgai@2025-11-11")
    failed(code, err, "gossip")
