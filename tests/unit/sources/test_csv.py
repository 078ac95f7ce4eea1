"""Which claims a CSV or JSONL file holds, and what is said of a file or a row that is not sound."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.properties.strategies import claims

from knockon.errors import BadFile
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.vocabulary import check, vocabulary
from knockon.sources.csv_ import COLUMNS, batches, parse_csv, parse_jsonl, read_batch, read_rows

HEAD = "subject,predicate,object,value,said_by,said_on,source\n"
SOUND = "acme,holds_shares,bolt,60 %,daily < registry,2024-01-01,page\n"


def problems(row: str, head: str = HEAD) -> list[str]:
    return [p.message for p in parse_csv(head + row, "x.csv").problems]


def test_every_column_of_a_row_is_read() -> None:
    text = ",".join(COLUMNS) + "\n"
    text += "acme,holds_shares,bolt,60 %,stake=one; basis=votes,2020,2025-05,planned,denied,daily < registry,2024-01,page,Daily en 2024,\n"
    sheet = parse_csv(text, "x.csv")
    (claim,) = sheet.claims
    assert (claim.subject, claim.predicate, claim.object, str(claim.value)) == ("acme", "holds_shares", "bolt", "60 %")
    assert claim.qualifiers == (("basis", "votes"), ("stake", "one"))
    assert (str(claim.start), str(claim.end), claim.mode, claim.polarity) == (
        "2020",
        "2025-05",
        Mode.PLANNED,
        Polarity.DENIED,
    )
    assert (claim.said_by, str(claim.said_on), claim.source) == (("daily", "registry"), "2024-01", "page")
    assert sheet.titles == {"page": "Daily en 2024"}


def test_columns_may_come_in_any_order_and_blanks_round_a_cell_do_not_count() -> None:
    text = "said_on,source,said_by,predicate,subject,object,value\n 2024-01-01 , page ,daily <registry, holds_shares,acme, bolt ,60 %\n"
    assert parse_csv(text, "x.csv").claims[0].id == parse_csv(HEAD + SOUND, "y.csv").claims[0].id


def test_a_cell_may_hold_commas_quotes_and_lines() -> None:
    text = HEAD + 'acme,named,,"Acme, ""the"" firm\nof two lines",list,2024-01-01,page\n' + SOUND
    sheet = parse_csv(text, "x.csv")
    assert [str(c.value) for c in sheet.claims] == ['Acme, "the" firm\nof two lines', "60 %"]
    assert sheet.problems == []


def test_text_that_looks_like_a_number_stays_text_where_the_predicate_takes_text() -> None:
    assert parse_csv(HEAD + "acme,named,,60 %,list,2024-01-01,page\n", "x.csv").claims[0].value == "60 %"


UNSOUND = [
    ("acme,holds_shares,bolt,sixty,registry,2024-01-01,page\n", "row 2, column value"),
    ("acme,holds_shares,bolt,110 %,registry,2024-01-01,page\n", "outside 0..100"),
    ("acme,holds_shares,bolt,5 furlong,registry,2024-01-01,page\n", 'unknown unit "furlong"'),
    ("acme,holds_shares,bolt,5 Mt,registry,2024-01-01,page\n", "takes share"),
    ("acme,hold_shares,bolt,5 %,registry,2024-01-01,page\n", 'no predicate is called "hold_shares"'),
    ("acme,holds_shares,bolt,5 %,registry,2024-13-01,page\n", "row 2, column said_on"),
    ("acme,holds_shares,bolt,5 %,registry,someday,page\n", "row 2, column said_on"),
    ("acme,holds_shares,bolt,5 %,,2024-01-01,page\n", "missing field(s) said_by"),
    ("Acme AG,holds_shares,bolt,5 %,registry,2024-01-01,page\n", "is not an entity id"),
    ("acme,holds_shares,bolt,5 %,registry,2024-01-01\n", "has 6 cells, the header has 7"),
    ("acme,holds_shares,bolt,5 %,registry,2024-01-01,page,more\n", "has 8 cells, the header has 7"),
    ("acme,holds_shares,,5 %,registry,2024-01-01,page\n", "needs an object"),
    ("acme,operates,bolt,5 %,registry,2024-01-01,page\n", "takes no value"),
]


@pytest.mark.parametrize(("row", "told"), UNSOUND)
def test_an_unsound_row_is_told_with_its_place_and_the_sound_ones_are_kept(row: str, told: str) -> None:
    sheet = parse_csv(HEAD + row + SOUND, "x.csv")
    (problem,) = sheet.problems
    assert problem.message.startswith("x.csv, row 2")
    assert told in problem.message
    assert len(sheet.claims) == 1


def test_the_row_told_is_the_line_of_the_file_even_below_a_cell_of_two_lines() -> None:
    text = HEAD + 'acme,named,,"two\nlines",list,2024-01-01,page\nacme,named,,,list,2024-01-01,page\n'
    assert [p.message.split(":")[0].split(", column")[0] for p in parse_csv(text, "x.csv").problems] == ["x.csv, row 4"]


def test_qualifiers_that_are_not_pairs_or_come_twice_are_told() -> None:
    head = "subject,predicate,object,qualifiers,said_by,said_on,source\n"
    for cell, told in (
        ("stake", "is not key=value"),
        ("stake=a; stake=b", "given twice"),
        ("colour=red", "no qualifier"),
    ):
        (problem,) = problems(f"acme,holds_shares,bolt,{cell},registry,2024-01-01,page\n", head)
        assert told in problem


@pytest.mark.parametrize(("text", "told"), [
    ("", "is empty"),
    ("\n\n", "is empty"),
    (",,,\n", "is empty"),
    ("name;share\nacme;5\n", "unknown column 'name;share'"),
    ("subject,predicate,object\n", "missing column 'said_by', 'said_on', 'source'"),
    (HEAD.replace("object", "subject"), "column given twice 'subject'"),
    (HEAD + 'acme,"holds"x,bolt\n', "is not CSV"),
    (HEAD + 'acme,named,,"never closed,list,2024-01-01,page\n', "is not CSV"),
])  # fmt: skip
def test_a_file_with_other_columns_is_refused_whole(text: str, told: str) -> None:
    with pytest.raises(BadFile, match=r"x\.csv") as fault:
        parse_csv(text, "x.csv")
    assert told in fault.value.message


@pytest.mark.parametrize(("content", "byte"), [
    ((HEAD + SOUND).encode() + b"\xff", len((HEAD + SOUND).encode())),
    ((HEAD + SOUND).encode("utf-16"), 0),
    (HEAD.encode() + "acme,named,,Лукойл,list,2024-01-01,page\n".encode("cp1251"), len(HEAD) + len("acme,named,,")),
    (b"a" * (1 << 20) + b"\xd0", (1 << 20)),
    (b"a" * ((1 << 20) - 1) + b"\xd0" + b"xx", (1 << 20) - 1),
])  # fmt: skip
def test_a_file_that_is_not_utf8_is_told_with_the_byte(tmp_path: Path, content: bytes, byte: int) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=rf"is not UTF-8 \(byte {byte}\)"):
        read_rows(path)


def test_a_mark_of_byte_order_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + SOUND).replace("\n", "\r\n").encode())
    assert read_rows(path).claims == parse_csv(HEAD + SOUND, "x").claims


def test_a_file_read_in_batches_is_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = "".join(f"a{n},holds_shares,bolt,{n % 120} %,registry,2024-01-01,page{n}\n" for n in range(45_000))
    path.write_text(HEAD + rows, encoding="utf-8")
    parts = [read_batch(batch) for batch in batches(path)]
    whole = read_rows(path)
    assert len(parts) == 3
    assert [c.id for part in parts for c in part.claims] == [c.id for c in whole.claims]
    assert [p.message for part in parts for p in part.problems] == [p.message for p in whole.problems]
    assert len(whole.claims) + len(whole.problems) == 45_000


@settings(max_examples=60)
@given(claims())
def test_a_claim_written_as_jsonl_or_csv_is_read_back(claim: Claim) -> None:
    check(claim)
    (read,) = parse_jsonl(json.dumps(claim.to_dict() | {"title": "A page", "id": claim.id}) + "\n", "x.jsonl").claims
    assert read.id == claim.id
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, [
        claim.subject, claim.predicate, claim.object or "", "" if claim.value is None else str(claim.value),
        "; ".join(f"{k}={v}" for k, v in claim.qualifiers), claim.start or "", claim.end or "", claim.mode, claim.polarity,
        " < ".join(claim.said_by), claim.said_on, claim.source, "", "",
    ]])  # fmt: skip
    assert [c.id for c in parse_csv(out.getvalue(), "x.csv").claims] == [claim.id]


JSON = [
    ("{", "is not JSON"),
    ("[1]", "is not a JSON object"),
    ('{"subject": "acme"}', "missing field(s)"),
    ("[" * 100_000, "is not"),
]


@pytest.mark.parametrize(("line", "told"), JSON)
def test_a_line_that_is_no_claim_is_told(line: str, told: str) -> None:
    (problem,) = parse_jsonl(line + "\n", "x.jsonl").problems
    assert problem.message.startswith("x.jsonl, row 1")
    assert told in problem.message


def with_value(**bounds: object) -> str:
    claim = {
        "subject": "acme", "predicate": "holds_shares", "object": "bolt", "said_by": ["registry"], "said_on": "2024-01-01",
        "source": "page", "value": {"unit": "%", **bounds},
    }  # fmt: skip
    return json.dumps(claim)


@pytest.mark.parametrize("bad", [0.1, 12.5, "abc", "NaN", "Infinity", "1e400", [1], True, "0.1234567891"])
def test_a_bound_that_is_not_exact_is_told(bad: object) -> None:
    """A JSON number with a point would pass through a float; an infinite one would pass every threshold."""
    sheet = parse_jsonl(with_value(low=bad, high="50") + "\n", "x.jsonl")
    assert sheet.claims == []
    assert "is not an exact number" in sheet.problems[0].message


def test_a_bound_may_be_a_whole_json_number() -> None:
    (claim,) = parse_jsonl(with_value(low=50, high=50) + "\n", "x.jsonl").claims
    assert claim.quantity is not None
    assert str(claim.quantity.low) == "50"


def test_unknown_fields_are_refused_so_that_nothing_is_lost_unseen() -> None:
    line = json.dumps(json.loads(with_value(low="50", high="50")) | {"sure": 0.9})
    assert "unknown field(s) sure" in parse_jsonl(line, "x.jsonl").problems[0].message


def test_an_empty_jsonl_is_refused() -> None:
    with pytest.raises(BadFile, match="is empty"):
        parse_jsonl("\n  \n", "x.jsonl")


def test_every_predicate_is_known_to_the_format() -> None:
    text = HEAD + "".join(f"acme,{word},,,list,2024-01-01,page\n" for word in vocabulary())
    assert not [p for p in parse_csv(text, "x.csv").problems if "no predicate" in p.message]
