"""R17: two reports of one origin are one voice; who speaks for another is that other's voice."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from knockon.analyses.corroboration import corroboration
from knockon.testing import world

OUTLETS = st.sampled_from(["outlet_a", "outlet_b", "outlet_c"])
ORIGINS = st.sampled_from(["ann", "bob", "office", "registry"])
REPORTS = st.lists(st.tuples(st.lists(OUTLETS, max_size=2), ORIGINS, st.integers(1, 28)), min_size=1, max_size=8)
SPEAKING = st.sets(st.sampled_from(["ann speaks for office", "bob speaks for office", "office speaks for palace"]))


def _text(reports: list[tuple[list[str], str, int]], speaking: set[str]) -> str:
    lines = [
        f"acme holds 60% of bolt ({' < '.join([*chain, origin])}, said 2024-01-{day:02})"
        for chain, origin, day in reports
    ]
    return "\n".join([*lines, *sorted(speaking)])


def _voices(text: str) -> tuple[str, ...]:
    w = world(text, on="2024-06-01")
    return corroboration(w, [c.id for c in w.told("holds_shares")]).voices


def _expected(reports: list[tuple[list[str], str, int]], speaking: set[str]) -> set[str]:
    """The same by hand: follow each origin along the pairs until nobody is left to speak for."""
    pairs = dict(line.split(" speaks for ") for line in speaking)
    found = set()
    for _, origin, _ in reports:
        while origin in pairs:
            origin = pairs[origin]
        found.add(origin)
    return found


@settings(max_examples=40)
@given(REPORTS, SPEAKING)
def test_r17_voices_are_the_origins_resolved_to_whom_they_speak_for(
    reports: list[tuple[list[str], str, int]], speaking: set[str]
) -> None:
    assert set(_voices(_text(reports, speaking))) == _expected(reports, speaking)


@settings(max_examples=40)
@given(REPORTS, SPEAKING, OUTLETS)
def test_r17_another_report_of_a_known_origin_adds_no_voice(
    reports: list[tuple[list[str], str, int]], speaking: set[str], outlet: str
) -> None:
    again = [*reports, ([outlet, "another_outlet"], reports[0][1], 28)]
    assert _voices(_text(again, speaking)) == _voices(_text(reports, speaking))


@settings(max_examples=40)
@given(REPORTS, SPEAKING, st.randoms(use_true_random=False))
def test_r3_r17_the_order_of_reports_makes_no_difference(
    reports: list[tuple[list[str], str, int]], speaking: set[str], chance: Random
) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)
    a, b = (world(_text(r, speaking), on="2024-06-01") for r in (reports, shuffled))
    ids = [c.id for c in a.told("holds_shares")]
    assert corroboration(a, ids) == corroboration(b, reversed(ids))


@settings(max_examples=40)
@given(REPORTS, SPEAKING)
def test_r17_fewer_are_never_more(reports: list[tuple[list[str], str, int]], speaking: set[str]) -> None:
    """Learning that one speaks for another can only join voices."""
    assert len(_voices(_text(reports, speaking))) <= len(_voices(_text(reports, set())))
