"""The command line's edge: versions, unknown words, and one boundary that turns each error into its exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from knockon import __version__, errors
from knockon.cli import COMMANDS, knockon, main
from knockon.ledger import Ledger
from knockon.testing import claims


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code: object = 0
    try:
        main(arguments)
    except SystemExit as done:
        code = done.code
    out, err = capsys.readouterr()
    return int(str(code)), out, err


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small ledger, which every command reads; the working folder is empty."""
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as opened:
        opened.add(claims("acme holds 60% of bolt since 2020 (registry)"))
    monkeypatch.setenv("KNOCKON_LEDGER", str(path))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return path


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "--version") == (0, f"knockon, version {__version__}\n", "")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys, "-h")
    assert code == 0
    assert [
        line.split()[0]
        for line in out.partition("Commands:")[2].splitlines()
        if line.startswith("  ") and line[2] != " "
    ] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_under_its_name(name: str) -> None:
    command = knockon.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.name == name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["owns"], "owns"),
        (["claims", "--colour"], "--colour"),
        (["claims", "--on", "yesterday"], "yesterday"),
        (["claims", "--on", "2025-02-30"], "2025-02-30"),
        (["claims", "--lang", "de"], "de"),
        (["add"], "FILE"),
    ],
)
def test_a_slip_of_the_hand_is_a_usage_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code, out, err = ran(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Usage: knockon" in err


@pytest.mark.parametrize(
    ("arguments", "code", "kind"),
    [
        (["claims", "--suppose", "acme owns bolt"], 3, "bad-line"),
        (["claims", "--suppose", "acme holds 60% of bolt since 2025-13"], 3, "bad-day"),
        (["add", "none.csv"], 3, "bad-file"),
        (["claims", "--predicate", "owns"], 4, "unknown-predicate"),
        (["claims", "nobody"], 4, "unknown-entity"),
        (["why", "czzzzzz"], 4, "unknown-claim"),
        (["claims", "--ledger", "none.duckdb"], 5, "ledger-damaged"),
        (["verify", "--ledger", "none.duckdb"], 5, "ledger-damaged"),
        (["read", "http://127.0.0.1/x"], 6, "unreachable"),
    ],
)
def test_the_boundary(
    ledger: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, kind: str
) -> None:
    before = ledger.read_bytes()
    found, out, err = ran(capsys, *arguments)
    first, *rest = [line for line in err.splitlines() if not line.startswith("supposed:")]
    assert (found, out) == (code, "")
    assert first.startswith(f"error[{kind}]: ")
    assert any(line.startswith("hint: ") for line in rest)
    assert "Traceback" not in err
    assert ledger.read_bytes() == before
    assert list(Path.cwd().iterdir()) == []


def test_nothing_to_verify_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = ran(capsys, "verify")
    assert code == 7
    assert err.startswith("error[refused]: there is no ledger to verify\nhint: ")


def test_an_unknown_key_of_the_file_is_an_error_of_every_command(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("knockon.toml").write_text('colour = "red"', "utf-8")
    code, _, err = ran(capsys, "claims")
    assert code == 3
    assert "colour" in err


def test_every_error_has_its_code_and_status() -> None:
    kinds = [getattr(errors, name) for name in errors.__all__]
    assert len({kind.code for kind in kinds}) == len(kinds)
    roots = {
        errors.KnockonError: 1,
        errors.BadInput: 3,
        errors.NotFound: 4,
        errors.LedgerError: 5,
        errors.Unreachable: 6,
        errors.Refused: 7,
    }
    for kind in kinds:
        assert kind.exit == next(code for root, code in reversed(roots.items()) if issubclass(kind, root))


def test_claims_are_listed_as_they_stand(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [claim] = claims("acme holds 60% of bolt since 2020 (registry)")
    code, out, err = ran(capsys, "claims", "acme")
    assert (code, out, err) == (
        0,
        f"[{claim.id[:10]}] acme holds_shares bolt 60 % from 2020 — registry, 2020-12-31\n",
        "",
    )


def test_a_reader_that_has_gone_gets_no_traceback(ledger: Path) -> None:
    """As with ``knockon claims --jsonl --limit 0 | head -1``: far more than a pipe holds, and nobody reads on."""
    with Ledger.open(ledger) as opened:
        opened.add(claims("\n".join(f"a{n} holds 5% of bolt since 2020 (registry)" for n in range(1000))))
    command = [sys.executable, "-m", "knockon", "claims", "--jsonl", "--limit", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b'{"id": "c')
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
