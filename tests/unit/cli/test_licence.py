"""``knockon licence``: the same answer as text, JSON and CSV, and clear errors."""

from __future__ import annotations

import csv
import io
import json

import pytest

from knockon.cli import main

ASK = ("licence", "check", "--project", "karachaganak", "--on", "2025-11-15")


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code: object = 0
    try:
        main(arguments)
    except SystemExit as done:
        code = done.code
    out, err = capsys.readouterr()
    return int(str(code)), out, err


def test_json_and_csv_hold_the_same_grounds(capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = ran(capsys, *ASK, "--authority", "us-ofac", "--json")
    _, table, _ = ran(capsys, *ASK, "--authority", "us-ofac", "--csv")
    (answer,) = json.loads(told)["answer"]
    rows = list(csv.DictReader(io.StringIO(table)))
    assert answer["verdict"] == "covered"
    assert [(g["role"], g["licence"]) for g in answer["grounds"]] == [(r["role"], r["licence"]) for r in rows]
    assert {r["verdict"] for r in rows} == {"covered"}


def test_text_says_the_paragraph_or_that_nobody_told_it(capsys: pytest.CaptureFixture[str]) -> None:
    for lang, word in (("en", "paragraph"), ("bg", "параграф")):
        code, out, _ = ran(capsys, *ASK, "--lang", lang)
        assert code == 0
        assert word in out


def test_every_authority_has_a_row_even_where_no_licence_bears(capsys: pytest.CaptureFixture[str]) -> None:
    _, table, _ = ran(capsys, *ASK, "--csv")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {r["authority"] for r in rows} >= {"us-ofac", "uk", "eu"}
    assert {r["role"] for r in rows if r["authority"] == "eu"} == {"none"}


def test_the_minute_before_the_end_is_covered(capsys: pytest.CaptureFixture[str]) -> None:
    ask = ("licence", "check", "--party", "lukoil", "--activity", "wind_down", "--authority", "us-ofac", "--json")
    found = {}
    for clock in ("00:00", "00:01"):
        _, told, _ = ran(capsys, *ask, "--at-time", f"2025-11-21T{clock} America/New_York")
        (answer,) = json.loads(told)["answer"]
        found[clock] = (
            answer["when"],
            "us-gl-126" in {g["licence"] for g in answer["grounds"] if g["role"] != "ended"},
        )
    assert found == {"00:00": ("2025-11-21T05:00Z", True), "00:01": ("2025-11-21T05:01Z", False)}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("licence", "check", "--on", "2025-11-15"), "refused"),
        ((*ASK, "--activity", "dancing"), "refused"),
        ((*ASK, "--authority", "xx"), "refused"),
        (("licence", "check", "--party", "no_such_party", "--on", "2025-11-15"), "unknown-entity"),
        ((*ASK, "--at-time", "2025-11-21T00:00 America/New_York"), "refused"),
        (("licence", "check", "--project", "cpc", "--at-time", "2025-11-21"), "bad-day"),
        (("licence", "timeline"), "refused"),
        (("licence", "timeline", "--licence", "lukoil"), "unknown-entity"),
    ],
)
def test_errors_are_clear(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str) -> None:
    status, out, err = ran(capsys, *arguments)
    assert status > 0
    assert out == ""
    assert f"error[{code}]" in err
    assert "hint: " in err


def test_a_timeline_and_a_list_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for more in ((), ("--json",), ("--csv",), ("--lang", "bg")):
        code, out, _ = ran(capsys, "licence", "timeline", "--licence", "us-gl-124b", "--on", "2026-07-01", *more)
        assert code == 0
        assert "124A" in out or "us-gl-124a" in out
    _, some, _ = ran(capsys, "licence", "list", "--on", "2025-11-15", "--authority", "us-ofac", "--json")
    _, every, _ = ran(capsys, "licence", "list", "--on", "2025-11-15", "--authority", "us-ofac", "--all", "--json")
    assert {x["authority"] for x in json.loads(some)["answer"]} == {"us-ofac"}
    assert len(json.loads(every)["answer"]) > len(json.loads(some)["answer"])
