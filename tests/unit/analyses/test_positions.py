"""Positions: taken, denied, planned, and since when."""

from __future__ import annotations

from knockon.analyses.positions import positions
from knockon.model.claim import Mode, Polarity
from knockon.model.interval import Holds
from knockon.testing import world


def test_first_and_newest_word_of_a_voice_that_says_it_again() -> None:
    w = world(
        """
        atlantis position un_charter "supports" on 2022-11-11 (gazette < atlantis, said 2022-11-11)
        atlantis position un_charter "supports" on 2025-08-10 (herald < ann, said 2025-08-10)
        ann speaks for atlantis
        """,
        on="2025-11-11",
    )
    (p,) = positions(w)
    assert (str(p.first), str(p.newest), p.age_days) == ("2022-11-11", "2025-08-10", 93)
    assert p.voices == ("atlantis",)
    assert p.own_word
    assert len(p.because) == 2


def test_what_others_say_of_a_party_is_not_its_own_word() -> None:
    (p,) = positions(
        world('atlantis position un_charter "supports" (gazette < wire, said 2025-01-01)', on="2025-02-01")
    )
    assert not p.own_word
    assert p.voices == ("wire",)


def test_denied_positions_stand_apart_and_do_not_hold() -> None:
    w = world(
        """
        atlantis position treaty "supports" (atlantis, said 2025-01-01)
        denied: atlantis position annexation "recognises" (atlantis, said 2025-01-01)
        """,
        on="2025-02-01",
    )
    taken, denied = positions(w)
    assert (taken.about, taken.polarity, taken.holds) == ("treaty", Polarity.AFFIRMED, Holds.SURELY)
    assert (denied.about, denied.polarity, denied.holds) == ("annexation", Polarity.DENIED, None)


def test_a_denial_of_a_stated_position_is_against_it() -> None:
    w = world(
        'atlantis position treaty "supports" (gazette, said 2025-01-01)\ndenied: atlantis position treaty "supports" (atlantis, said 2025-01-02)',
        on="2025-02-01",
    )
    taken, denied = positions(w)
    assert [w.claim(i).polarity for i in taken.against] == [Polarity.DENIED]
    assert denied.polarity is Polarity.DENIED
    assert denied.own_word


def test_a_planned_position_is_named_beside_a_stated_one_and_alone_makes_none_that_holds() -> None:
    text = 'planned: atlantis position accords "joins" (gazette, said 2025-01-01)'
    (alone,) = positions(world(text, on="2025-02-01"))
    assert (alone.mode, alone.holds) == (Mode.PLANNED, None)
    (p,) = positions(world(text + '\natlantis position accords "has joined" (wire, said 2025-01-10)', on="2025-02-01"))
    assert (p.stance, p.mode, len(p.pending)) == ("has joined", Mode.STATED, 1)


def test_two_stances_on_one_thing_show_each_other() -> None:
    w = world(
        'atlantis position treaty "supports" (gazette, said 2025-01-01)\natlantis position treaty "rejects" (herald, said 2025-01-05)',
        on="2025-02-01",
    )
    (p,) = positions(w)
    assert {p.stance, str(w.claim(p.against[0]).value)} == {"supports", "rejects"}


def test_an_old_word_is_stale_and_a_later_day_hears_nothing_new() -> None:
    text = 'atlantis position treaty "supports" (gazette, said 2018-01-01)'
    assert positions(world(text, on="2025-02-01"))[0].stale
    assert positions(world(text, on="2017-12-31")) == ()


def test_who_narrows_and_a_position_with_an_end_ends() -> None:
    text = """
    atlantis position treaty "supports" until 2025-01-15 (atlantis, said 2025-01-01)
    borduria position treaty "rejects" (borduria, said 2025-01-01)
    """
    assert [p.who for p in positions(world(text, on="2025-01-10"), "atlantis")] == ["atlantis"]
    assert [p.who for p in positions(world(text, on="2025-02-01"))] == ["borduria"]
