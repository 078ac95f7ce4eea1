"""Settings: four layers, each over the one before, and no key that nobody reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from knockon.errors import BadFile
from knockon.settings import Settings


def built(folder: Path, file: str = "", **environ: str) -> Settings:
    if file:
        (folder / "knockon.toml").write_text(file, "utf-8")
    return Settings.build({"HOME": str(folder / "home"), **environ}, folder)


def test_defaults(tmp_path: Path) -> None:
    settings = built(tmp_path)
    own = tmp_path / "home/.local/share/knockon/ledger.duckdb"
    assert (settings.ledger, settings.own_ledger, settings.lang) == (None, own, "en")
    assert settings.cache == tmp_path / "home/.cache/knockon"
    elsewhere = built(tmp_path, XDG_DATA_HOME="/data", XDG_CACHE_HOME="/cache")
    assert (elsewhere.own_ledger, elsewhere.cache) == (Path("/data/knockon/ledger.duckdb"), Path("/cache/knockon"))


@pytest.mark.parametrize(
    ("file", "environ", "flag", "ledger"),
    [
        (False, False, False, None),
        (True, False, False, "/file.duckdb"),
        (False, True, False, "/environ.duckdb"),
        (True, True, False, "/environ.duckdb"),
        (True, False, True, "/flag.duckdb"),
        (False, True, True, "/flag.duckdb"),
        (True, True, True, "/flag.duckdb"),
    ],
)
def test_the_order_of_the_layers(tmp_path: Path, file: bool, environ: bool, flag: bool, ledger: str | None) -> None:
    if file:
        (tmp_path / "knockon.toml").write_text('ledger = "/file.duckdb"\nlang = "bg"\n', "utf-8")
    found = Settings.build(
        {"HOME": "/home", **({"KNOCKON_LEDGER": "/environ.duckdb"} if environ else {})},
        tmp_path,
        ledger="/flag.duckdb" if flag else None,
    )
    assert (found.ledger and str(found.ledger)) == ledger
    assert found.lang == ("bg" if file else "en")  # a layer that does not name a key leaves it


def test_every_key_of_the_environment(tmp_path: Path) -> None:
    found = built(
        tmp_path, KNOCKON_LANG="bg", KNOCKON_CACHE="/c", KNOCKON_OWN_LEDGER="/o", KNOCKON_DATA="/d", LANG="de_DE"
    )
    assert (found.lang, found.cache, found.own_ledger) == ("bg", Path("/c"), Path("/o"))


def test_an_empty_value_is_none(tmp_path: Path) -> None:
    assert built(tmp_path, 'ledger = "/file.duckdb"', KNOCKON_LEDGER="").ledger == Path("/file.duckdb")


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ('colour = "red"', "unknown key.s. colour"),
        ('lang = "en"\n[ledgers]\na = 1', "unknown key.s. ledgers"),
        ("lang = ", "is not TOML"),
        ('lang = "en"\nlang = "bg"', "is not TOML"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, file: str, problem: str) -> None:
    with pytest.raises(BadFile, match=problem) as told:
        built(tmp_path, file)
    assert "knockon.toml" in told.value.message


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "knockon.toml").write_bytes('lang = "бг"'.encode("cp1251"))
    with pytest.raises(BadFile, match="is not TOML"):
        built(tmp_path)


def test_which_ledger_is_read_and_which_written(tmp_path: Path) -> None:
    settings = built(tmp_path)
    own = settings.own_ledger
    assert (settings.ledger_in_use, settings.ledger_to_write) == (None, own)
    own.parent.mkdir(parents=True)
    own.touch()
    assert settings.ledger_in_use == own
    named = built(tmp_path, KNOCKON_LEDGER="/named")
    assert (named.ledger_in_use, named.ledger_to_write) == (Path("/named"), Path("/named"))
