"""The report's text, cut at the boundaries of what was read from it, with nothing lost and nothing hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knockon.views.markup import Span, paragraphs, pieces, visible

TEXTS = st.text(alphabet="ab \n\r\u202e", max_size=40)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6).map(
    lambda pairs: [Span(min(p), max(p), f"k{i}") for i, p in enumerate(pairs)]
)


@given(TEXTS, SPANS)
def test_the_pieces_put_together_are_the_text(text: str, spans: list[Span]) -> None:
    assert "".join(p.text for p in pieces(text, spans)) == text


@given(TEXTS, SPANS)
def test_each_passage_is_its_own_pieces_and_no_others(text: str, spans: list[Span]) -> None:
    cut = pieces(text, spans)
    for span in spans:
        carried = "".join(p.text for p in cut if span.key in p.keys)
        assert carried == text[span.start : span.end]


@given(TEXTS, SPANS)
def test_each_passage_begins_once_and_ends_once(text: str, spans: list[Span]) -> None:
    cut = pieces(text, spans)
    for span in spans:
        real = text[span.start : span.end] != ""
        assert sum(span.key in p.begins for p in cut) == sum(span.key in p.ends for p in cut) == int(real)


@given(TEXTS, SPANS)
def test_paragraphs_leave_out_nothing_but_white_space(text: str, spans: list[Span]) -> None:
    shown = "\n".join("".join(p.text for p in para) for para in paragraphs(text, spans))
    assert shown.split() == text.split()


def test_nested_and_overlapping_passages_each_keep_their_marks() -> None:
    cut = pieces("0123456789", [Span(0, 8, "outer"), Span(2, 4, "inner"), Span(6, 10, "across")])
    assert [(p.text, p.keys) for p in cut] == [
        ("01", ("outer",)),
        ("23", ("outer", "inner")),
        ("45", ("outer",)),
        ("67", ("outer", "across")),
        ("89", ("across",)),
    ]


def test_two_claims_on_one_passage_are_both_on_it() -> None:
    assert pieces("abc", [Span(0, 3, "x"), Span(0, 3, "y")])[0].keys == ("x", "y")


def test_a_passage_over_two_paragraphs_begins_in_the_first_and_ends_in_the_second() -> None:
    first, second = paragraphs("one\n\ntwo", [Span(1, 7, "x")])
    assert [p.begins for p in first] == [(), ("x",)]
    assert [p.ends for p in first] == [(), ()]
    assert [(p.text, p.begins, p.ends) for p in second] == [("tw", (), ("x",)), ("o", (), ())]


@pytest.mark.parametrize(
    ("char", "spelled"),
    [("\u202e", "‹U+202E›"), ("\u2066", "‹U+2066›"), ("\u200b", "‹U+200B›"), ("\x00", "‹U+0000›"), ("\x1b", "‹U+001B›"), ("\ufeff", "‹U+FEFF›")],
)  # fmt: skip
def test_what_turns_words_round_or_hides_them_is_spelled_out(char: str, spelled: str) -> None:
    assert visible(f"a{char}b") == f"a{spelled}b"


@pytest.mark.parametrize(
    "plain", ["Тенгиз", "قازاقستان", "नदी", "a\u00a0b", "می\u200cخواهم", "👩\u200d🚀", "tab\tand\nline"]
)
def test_what_writing_needs_is_left_as_it_is(plain: str) -> None:
    assert visible(plain) == plain
