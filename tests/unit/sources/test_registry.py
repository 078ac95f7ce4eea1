"""Which reader reads a file, on which day it was observed, and what is said of files that are damaged."""

from __future__ import annotations

import gzip
import tomllib
from datetime import date
from pathlib import Path

import pytest
from tests.unit.sources.lists import eu, sdn, write

from knockon.errors import BadFile
from knockon.sources.editions import day_in
from knockon.sources.papers import paper
from knockon.sources.registry import GROUP, OURS, read_editions, reader_of, readers

ACME = (11, "ACME OIL", "", "SDGT", "")
DAY = date(2025, 12, 1)
PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"


def test_our_readers_are_named_in_pyproject_as_any_other_package_names_its_own() -> None:
    named = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["entry-points"][GROUP]
    assert named == OURS
    assert set(OURS) <= set(readers())


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("a.csv", sdn(ACME), "ofac"),
        ("alt.csv", '11,1,"aka","ACME",-0- \r\n\x1a', "ofac"),
        ("add.csv", '11,1,"1 Street","Town","Land",-0- \r\n\x1a', "ofac"),
        ("sdn_comments.csv", '11,"rest"\r\n', "ofac"),
        ("a.csv", eu({"name": "Acme"}), "eu"),
        ("b.csv", eu({"name": "Acme"}, amending="32026R1843"), "eu"),
        ("c.json", '{"id": "a", "schema": "Company", "properties": {}, "datasets": ["x"]}\n', "ftm"),
        ("d.csv", '"id","schema","name","aliases","identifiers","dataset","first_seen","last_seen"\n', "targets"),
    ],
)
def test_a_publisher_is_known_by_content(tmp_path: Path, name: str, text: str, reader: str) -> None:
    found = reader_of(write(tmp_path, name, text))
    assert found is not None
    assert found.name == reader


@pytest.mark.parametrize(
    "text",
    [
        "subject,predicate,object,value,said_by,said_on,source\n",
        '{"subject": "acme", "predicate": "is_a"}\n',
        "1,2\n",
        "a report\n",
        "",
    ],
)
def test_claims_and_reports_are_no_lists(tmp_path: Path, text: str) -> None:
    assert reader_of(write(tmp_path, "x.csv", text)) is None


def test_a_reader_or_a_list_can_be_named_and_a_wrong_name_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", sdn(ACME))
    assert reader_of(path, "us-ofac-nonsdn") is readers()["ofac"]
    with pytest.raises(BadFile, match='no reader is called "nobody"'):
        reader_of(path, "nobody")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("sdn_2021-08-18.csv", date(2021, 8, 18)),
        ("sdn-20210818.csv.gz", date(2021, 8, 18)),
        ("sdn.csv", None),
        ("sdn_2021-13-40.csv", None),
        ("sdn_2021-08-18_2022-01-01.csv", None),
        ("32014R0269.csv", None),
    ],
)
def test_the_day_in_a_name(name: str, day: date | None) -> None:
    assert day_in(name) == day


def test_a_list_without_a_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="on which day it was observed"):
        list(read_editions([write(tmp_path, "sdn.csv", sdn(ACME))]))


def test_a_gzipped_list_is_the_same_edition(tmp_path: Path) -> None:
    plain = write(tmp_path, "sdn.csv", sdn(ACME))
    packed = tmp_path / "list.sdn.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    (a,) = read_editions([plain], observed=DAY)
    (b,) = read_editions([packed], observed=DAY)
    assert a.claims == b.claims


def test_editions_of_a_folder_in_any_order_are_the_same_claims(tmp_path: Path) -> None:
    one = write(tmp_path, "sdn_2021-08-18.csv", sdn(ACME))
    two = write(tmp_path, "sdn_2022-08-18.csv", sdn(ACME, (12, "BOLT", "", "SDGT", "Linked To: ACME OIL.")))
    ways = [[tmp_path], [one, two], [two, one]]
    ids = [{c.id for r in read_editions(paths) for c in r.claims} for paths in ways]
    assert ids[0] == ids[1] == ids[2]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (gzip.compress(sdn(ACME).encode() * 99, mtime=0)[:-20], "not a whole gzip file"),
        (b"\x1f\x8b nothing", "not a whole gzip file"),
        (b"nothing", "not a whole gzip file"),
        (gzip.compress(b"", mtime=0), "is empty"),
    ],
)
def test_a_damaged_gzip_file_is_told(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "sdn_2021-08-18.csv.gz"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=problem):
        paper(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (sdn((11, "CAFÉ", "", "SDGT", "")).encode("cp1252"), r"not UTF-8 \(byte 7, line 1\)"),
        (sdn(ACME).encode("utf-16"), "not UTF-8"),
        (b"\x1a", "is empty"),
        (b"", "is empty"),
    ],
)
def test_a_wrong_encoding_and_an_empty_file_are_told(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "sdn_2021-08-18.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=problem):
        paper(path)


def test_a_folder_without_a_list_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="folder without a list"):
        list(read_editions([tmp_path]))
    with pytest.raises(BadFile, match="is not there"):
        list(read_editions([tmp_path / "sdn.csv"]))
