"""The sections of a brief: what stands in them, in the right words, in both languages, and each line can be asked why."""

from __future__ import annotations

from typing import Any

import pytest

from knockon.analyses.address import Address
from knockon.analyses.diff import diff
from knockon.analyses.exposure import exposures
from knockon.analyses.licences import licences
from knockon.analyses.ownership import held_by, ownership
from knockon.analyses.status import status
from knockon.analyses.why import why
from knockon.testing import world
from knockon.views.lines import Line, Section, in_short, lines_of, sections

ORDER = (
    "said", "designated", "reached", "exposure", "licences", "projects", "routes", "ties", "positions", "agenda", "disputed", "corroboration", "watch",
)  # fmt: skip


def _sections(made: Any, lang: str = "en") -> dict[str, Section]:
    return {s.key: s for s in sections(made.brief, made.world, lang)}


def _texts(section: Section) -> list[str]:
    return [line.text for line in section.lines]


def _line(section: Section, part: str) -> Line:
    found = [line for line in section.lines if part in line.text]
    assert found, f"no line with {part!r} in {_texts(section)}"
    return found[0]


def test_sections_stand_in_the_order_of_the_brief(acme: Any) -> None:
    assert tuple(s.key for s in sections(acme.brief, acme.world)) == ORDER


def test_what_was_said_keeps_its_word_its_mode_and_its_standing(acme: Any) -> None:
    said = _sections(acme)["said"]
    assert (
        _line(said, "interest in deep").text
        == "On the word of agency (through outlet): Acme Oil holds an interest in deep (no number told)."
    )
    assert "asked" in _line(said, "asked, not said: whether ann meets bob").marks
    assert "disputed" in _line(said, "8 % of the shares of cog").marks
    assert "sentences: 4, without a statement: 1" in said.intro


def test_listed_and_reached_are_different_words(acme: Any) -> None:
    found = _sections(acme)
    assert "Acme Oil: designated by OFAC (blocking, E.O. 1), since 1 March 2025." in _texts(found["designated"])
    assert "Acme Oil: nothing found at United Kingdom; this ledger tells of no listing by it on this day." in _texts(
        found["designated"]
    )
    owned = _line(found["reached"], "bolt")
    assert owned.text.startswith(
        "bolt: blocked by ownership (OFAC rule: 50 % or more), 60 % counted through Acme Oil; since"
    )
    assert "stale" in owned.marks
    part = _line(found["reached"], "cog: part-owned by a sanctioned party")
    assert "(5–8 %, through Acme Oil)" in part.text
    assert "designated" not in part.text


def test_the_chain_shows_each_stake_with_its_source_and_age(acme: Any) -> None:
    stake = _line(_sections(acme)["reached"], "Acme Oil holds 60 % of the shares of bolt")
    assert (
        stake.text
        == "Acme Oil holds 60 % of the shares of bolt since some day in 2010 — registry, last stated 1 May 2010, stale."
    )
    assert "stale" in stake.marks
    assert "below 50 % the verdict would be another" in _line(_sections(acme)["reached"], "It turns on the stake").text


def test_exposure_shows_share_volume_and_leave(acme: Any) -> None:
    lines = _sections(acme)["exposure"]
    assert "working interest" in _line(lines, "output (oil, 2024): 20 Mt").text
    assert (
        _line(lines, "OFAC: authorised to go on").text
        == "OFAC: authorised to go on — dealings with the project by gl-1 (as the same project), no end stated."
    )


def test_leave_to_go_on_wind_down_and_no_leave_stand_apart(acme: Any) -> None:
    lines = _sections(acme)["licences"]
    assert (
        _line(
            lines, "gl-1 (OFAC) authorises dealings with the project for cog; since 1 March 2025, no end stated"
        ).marks
        == ()
    )
    ending = _line(lines, "gl-2 (OFAC), wind-down only")
    assert "until 1 July 2025, 00:01 New York time (04:01 UTC)" in ending.text
    assert ending.marks == ("wind-down only",)
    assert _line(lines, "gl-1 (OFAC) does not authorise: sale or transfer of stakes for cog.").marks == (
        "not licensed",
    )
    assert (
        "not licensed"
        in _line(lines, "bolt: dealings with the project not authorised by OFAC; gl-2 allows winding down only").marks
    )


def test_a_licence_unblocks_nobody(acme: Any) -> None:
    """GL-1 lets cog go on: its status stays what it was."""
    assert any("cog: part-owned" in text for text in _texts(_sections(acme)["reached"]))
    assert "unblocks nobody" in _sections(acme)["licences"].intro


def test_the_report_and_the_ledger_stand_side_by_side(acme: Any) -> None:
    lines = _sections(acme)["disputed"]
    assert "another number" in _line(lines, "The report gives another number").text
    against = _line(lines, "Against it: Acme Oil holds 5 % of the shares of cog")
    assert against.level == 1
    assert "registry" in against.text


def test_what_lapses_and_what_is_planned_is_watched(acme: Any) -> None:
    lines = _texts(_sections(acme)["watch"])
    assert "1 July 2025, 00:01 New York time (04:01 UTC): gl-2 (OFAC) lapses." in lines
    assert any(text.startswith("20 June 2025: planned: ann meets bob") for text in lines)


def test_in_short_has_the_essentials_in_at_most_ten_lines(acme: Any) -> None:
    short = in_short(acme.brief, acme.world)
    texts = [line.text for line in short]
    assert 6 <= len(short) <= 10
    assert "Designated: Acme Oil by OFAC (blocking) since 1 March 2025." in texts
    assert any(
        t.startswith("Blocked by ownership (OFAC rule: 50 % or more): bolt")
        and "stale, last stated: bolt (1 May 2010)" in t
        for t in texts
    )
    assert any(t.startswith("Authorised to go on:") and "gl-1" in t for t in texts)
    assert any(t.startswith("Not authorised to go on by OFAC: bolt") for t in texts)
    assert any(t.startswith("The report is contradicted (1)") for t in texts)
    assert any("gl-2" in t and t.startswith("Next to lapse") for t in texts)


def test_what_binds_the_asker_is_marked(bound: Any) -> None:
    assert "binds you" in _line(_sections(bound)["designated"], "designated by OFAC").marks
    assert "binds you" not in _line(_sections(bound)["reached"], "cog: part-owned").marks


@pytest.mark.parametrize("lang", ["en", "bg"])
def test_every_line_answers_why(acme: Any, lang: str) -> None:
    every = [
        *in_short(acme.brief, acme.world, lang),
        *(line for s in sections(acme.brief, acme.world, lang) for line in s.lines),
    ]
    assert len(every) > 30
    for line in every:
        assert line.address, line.text
        asked: Address | str = Address.parse(line.address) if "/" in line.address else line.address
        assert why(acme.world, asked, reading=acme.brief.reading)


def test_both_languages_tell_the_same_lines(acme: Any) -> None:
    english, bulgarian = sections(acme.brief, acme.world, "en"), sections(acme.brief, acme.world, "bg")
    for en, bg in zip(english, bulgarian, strict=True):
        assert [(x.address, x.because, x.marks, x.level) for x in en.lines] == [
            (x.address, x.because, x.marks, x.level) for x in bg.lines
        ]
        assert en.title != bg.title
        assert all("{" not in x.text for x in bg.lines)
    assert any("Акме Ойл" in x.text for x in bulgarian[0].lines)
    assert "Акме Ойл: в санкционния списък на OFAC (блокиране, E.O. 1), от 1 март 2025 г." in [
        x.text for x in bulgarian[1].lines
    ]


@pytest.mark.parametrize("lang", ["en", "bg"])
def test_an_empty_section_says_what_was_searched(silent: Any, lang: str) -> None:
    for section in sections(silent.brief, silent.world, lang):
        assert section.empty
        assert not section.lines, section.key
    assert len(in_short(silent.brief, silent.world, lang)) == 1


def test_single_answers_have_lines_too() -> None:
    w = world(
        "us-ofac designates acme for blocking on 2024-05-01 (us-ofac)\nacme holds 50% of bolt since 2020 (registry)\nbolt holds 50% of cog since 2020 (registry)",
        on="2024-06-01",
    )
    assert lines_of(status(w, "bolt"), w)[0].text.startswith(
        "bolt: blocked by ownership (us-ofac rule: 50 % or more), 50 % counted through acme"
    )
    assert lines_of(ownership(w, "cog"), w)[-1].text == "Looked through: acme has 25 % of cog (shares), through bolt."
    assert any("unreported" in x.text for x in lines_of(ownership(w, "cog"), w))
    assert lines_of(held_by(w, "acme"), w)[0].text == "acme has 50 % of bolt (shares)."
    assert lines_of(licences(w), w)[0].text == "Nothing is told of this in this world."
    assert lines_of(exposures(w), w)
    assert lines_of(w.told("holds_shares"), w)


def test_an_answer_of_an_unknown_kind_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="no lines are made for int"):
        lines_of(3, world("acme controls bolt (registry, said 2024-01-01)"))


def test_a_supposed_listing_is_marked_as_supposed() -> None:
    w = world(
        "acme holds 50% of bolt since 2020 (registry)",
        on="2024-06-01",
        suppose="us-ofac designates acme for blocking on 2024-05-01",
    )
    assert "supposed" in lines_of(status(w, "bolt"), w)[0].marks


def test_a_difference_is_told_with_what_changed_and_why() -> None:
    text = "acme holds 60% of bolt (registry, said 2024-01-01)\nacme holds 40% of bolt (registry, said 2024-06-01)"
    found = diff(world(text, on="2024-03-01"), world(text, on="2024-07-01"))
    told = [x.text for x in lines_of(found, world(text, on="2024-07-01"))]
    assert "acme — holds shares — bolt: 60 % becomes 40 %, because of what was said since." in told


def test_a_difference_without_another_value_says_which_other_thing_changed() -> None:
    text = "acme holds 60% of bolt (registry, said 2020-01-01)"
    before, after = world(text, on="2020-06-01"), world(text, on="2024-07-01")
    told = [x.text for x in lines_of(diff(before, after), after)]
    assert "acme — holds shares — bolt: now stale, because nobody has said it again." in told


def test_nothing_found_names_how_much_was_searched() -> None:
    w = world(
        "us-ofac designates acme for blocking on 2024-05-01 (us-ofac)\nzeta holds 30% of bolt since 2020 (registry)",
        on="2024-06-01",
    )
    told = lines_of(status(w, "bolt"), w)[0].text
    assert told == (
        "bolt: nothing found at us-ofac; searched: parties that it lists in this ledger (1), and the owners of bolt, of whom 70 % are unreported."
    )
