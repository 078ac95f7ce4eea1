"""What lies ahead, what was asked, and what has just been: modes are kept, reports of one event are one item."""

from __future__ import annotations

from knockon.analyses.agenda import agenda, watch
from knockon.model.claim import Mode, Polarity
from knockon.testing import world


def test_reports_of_one_meeting_are_one_item_whoever_is_named_first() -> None:
    w = world(
        """
        planned: ann meets bob on 2025-03-04 (gazette < palace, said 2025-03-01)
        planned: bob meets ann on 2025-03 (wire < palace, said 2025-03-02)
        """,
        on="2025-03-03",
    )
    (item,) = agenda(w).ahead
    assert (item.who, str(item.when), item.voices) == (("ann", "bob"), "2025-03-04", ("palace",))
    assert len(item.because) == 2


def test_two_talks_of_one_day_stay_apart_by_their_format() -> None:
    w = world(
        """
        planned: ann meets bob "first talk" format=talks on 2025-03-04 (palace, said 2025-03-04)
        planned: ann meets bob "private lunch" format=private on 2025-03-04 (palace, said 2025-03-04)
        """,
        on="2025-03-04",
    )
    assert sorted(str(i.value) for i in agenda(w).ahead) == ["first talk", "private lunch"]


def test_a_meeting_told_without_a_format_joins_the_only_one_of_its_days_and_else_stands_for_itself() -> None:
    talk = "planned: ann meets bob format=talk on 2025-03-04 (palace, said 2025-03-04)"
    plain = "planned: ann meets bob on 2025-03-04 (wire, said 2025-03-04)"
    lunch = "planned: ann meets bob format=lunch on 2025-03-04 (palace, said 2025-03-04)"
    assert len(agenda(world(f"{talk}\n{plain}", on="2025-03-04")).ahead) == 1
    assert len(agenda(world(f"{talk}\n{plain}\n{lunch}", on="2025-03-04")).ahead) == 3


def test_who_came_along_on_a_visit_does_not_make_it_another_visit() -> None:
    w = world(
        "ann visits borduria with=bob on 2025-03-01 (gazette, said 2025-03-02)\nann visits borduria on 2025-03-01 (wire, said 2025-03-01)",
        on="2025-03-03",
    )
    assert [i.who for i in agenda(w).recent] == [("ann", "bob")]


def test_what_was_planned_and_then_stated_is_stated_and_keeps_its_plans() -> None:
    text = "planned: ann visits borduria on 2025-03-04 (palace, said 2025-03-01)"
    plan = world(text, on="2025-03-05")
    (missed,) = agenda(plan).recent
    assert missed.mode is Mode.PLANNED  # the day has passed and nobody said that it took place
    (done,) = agenda(
        world(text + "\nann visits borduria on 2025-03-04 (wire, said 2025-03-04)", on="2025-03-05")
    ).recent
    assert done.mode is Mode.STATED
    assert len(done.plans) == 1


def test_another_day_told_for_the_same_visit_is_shown_and_is_no_denial() -> None:
    w = world(
        """
        planned: ann visits borduria on 2025-03-04 (palace, said 2025-03-01)
        planned: ann visits borduria on 2025-03-05 (ann, said 2025-02-10)
        """,
        on="2025-03-03",
    )
    (item,) = agenda(w).ahead
    assert str(item.when) == "2025-03-04"
    assert [str(w.claim(i).start) for i in item.other_days] == ["2025-03-05"]
    assert item.contested == ()


def test_visits_of_different_months_are_different_items() -> None:
    w = world(
        "planned: ann visits borduria on 2025-03-04 (palace, said 2025-03-01)\nplanned: ann visits borduria on 2025-06-04 (palace, said 2025-03-01)",
        on="2025-03-03",
    )
    assert [str(i.when) for i in agenda(w).ahead] == ["2025-03-04", "2025-06-04"]
    assert [str(i.when) for i in agenda(w, horizon_days=30).ahead] == ["2025-03-04"]


def test_a_question_stays_a_question_and_shows_the_reply_to_it() -> None:
    w = world(
        """
        asked: ann discusses tariffs with=bob on 2025-03-04 (wire < cat, said 2025-03-04)
        cat says trade "all areas will be discussed" reply_to=tariffs on 2025-03-04 (wire < cat, said 2025-03-04)
        cat says trade "nothing to do with it" on 2025-03-04 (wire < cat, said 2025-03-04)
        """,
        on="2025-03-04",
    )
    question = w.told("discusses")[0]
    found = agenda(w)
    (item,) = found.asked
    assert item.mode is Mode.ASKED
    assert item.because == (question.id,)
    assert [str(w.claim(i).value) for i in item.replies] == ["all areas will be discussed"]
    assert found.ahead == ()
    assert watch(w) == ()


def test_each_of_two_questions_in_one_report_gets_the_reply_that_names_it() -> None:
    w = world(
        """
        asked: ann discusses tariffs on 2025-03-04 (wire < cat, said 2025-03-04)
        asked: ann discusses fish on 2025-03-04 (wire < cat, said 2025-03-04)
        cat says trade "yes" reply_to=tariffs on 2025-03-04 (wire < cat, said 2025-03-04)
        cat says trade "we shall see" reply_to=something on 2025-03-04 (wire < cat, said 2025-03-04)
        """,
        on="2025-03-04",
    )
    assert {i.what: [str(w.claim(r).value) for r in i.replies] for i in agenda(w).asked} == {
        "tariffs": ["yes"],
        "fish": [],
    }


def test_a_condition_and_a_wish_without_a_day_are_undated_while_they_are_fresh() -> None:
    text = """
    possible: ann informs borduria about=talks condition=if_needed (wire < cat, said 2025-03-04)
    bob wants talks "to learn of" (wire < cat, said 2025-03-04)
    """
    found = agenda(world(text, on="2025-03-05"))
    assert [(i.kind, i.mode, i.condition) for i in found.undated] == [
        ("informs", Mode.POSSIBLE, "if_needed"),
        ("wants", Mode.STATED, None),
    ]
    assert agenda(world(text, on="2025-06-05")).undated == ()


def test_a_denied_plan_is_contested_and_a_denial_alone_is_an_item_that_nobody_watches() -> None:
    denial = "denied: ann visits borduria on 2025-03-04 (palace, said 2025-03-02)"
    both = world("planned: ann visits borduria on 2025-03-04 (wire, said 2025-03-01)\n" + denial, on="2025-03-03")
    (item,) = agenda(both).ahead
    assert [both.claim(i).polarity for i in item.contested] == [Polarity.DENIED]
    alone = world(denial, on="2025-03-03")
    assert [i.polarity for i in agenda(alone).ahead] == [Polarity.DENIED]
    assert watch(alone) == ()


def test_those_who_sign_and_those_who_attend_are_told_together() -> None:
    w = world(
        """
        summit_five is a group
        planned: ann signs treaty on 2025-03-04 (palace, said 2025-03-01)
        planned: bob signs treaty on 2025-03-04 (palace, said 2025-03-01)
        ann meets summit_five on 2025-02-20 (wire, said 2025-02-20)
        cat meets summit_five on 2025-02-20 (wire, said 2025-02-20)
        """,
        on="2025-03-03",
    )
    found = agenda(w)
    assert [i.who for i in found.ahead] == [("ann", "bob")]
    assert [i.who for i in found.recent] == [("ann", "cat", "summit_five")]


def test_watch_gives_dates_ahead_starts_of_plans_included_and_nothing_of_the_past() -> None:
    w = world(
        """
        planned: plant stage "built" on 2025-06-01 (owner, said 2025-01-01)
        planned: plant stage "designed" on 2024-06-01 (owner, said 2024-01-01)
        expected: plant resumes field on 2025-04-01 (wire, said 2025-03-01)
        ann meets bob on 2025-02-20 (wire, said 2025-02-20)
        planned: ann discusses trade on 2025-03-04 (wire, said 2025-03-01)
        """,
        on="2025-03-03",
    )
    assert [(i.kind, str(i.when)) for i in watch(w)] == [("resumes", "2025-04-01"), ("stage", "2025-06-01")]


def test_what_is_said_later_is_not_on_the_agenda_of_the_day() -> None:
    text = "ann signs treaty on 2025-03-04 (wire, said 2025-03-04)"
    assert agenda(world(text, on="2025-03-03")).because == ()


def test_a_plan_that_was_taken_back_or_set_aside_is_off_the_agenda() -> None:
    plain = world("planned: ann visits borduria on 2025-03-04 (palace, said 2025-03-01)", on="2025-03-03")
    claim = plain.told("visits")[0].id
    text = "planned: ann visits borduria on 2025-03-04 (palace, said 2025-03-01)"
    back = world(f"{text}\npalace retracts {claim} on 2025-03-02 (palace, said 2025-03-02)", on="2025-03-03")
    aside = world(f'{text}\nreviewer sets_aside {claim} "misread" (reviewer, said 2025-03-02)', on="2025-03-03")
    assert (agenda(plain).ahead != (), agenda(back).ahead, agenda(aside).ahead) == (True, (), ())


def test_a_deed_told_with_a_vague_day_is_past_once_it_is_told_and_a_visit_under_way_is_not() -> None:
    deed = "ann sells 10 % of bolt on 2025 (wire, said 2025-02-20)"
    assert [i.kind for i in agenda(world(deed, on="2025-03-01")).recent] == ["sells"]
    assert agenda(world(deed, on="2025-06-01")).because == ()
    visit = "ann visits borduria on 2025-03-01 until 2025-03-05 (wire, said 2025-03-01)"
    assert [i.kind for i in agenda(world(visit, on="2025-03-03")).ahead] == ["visits"]
    assert [i.kind for i in agenda(world(visit, on="2025-03-05")).recent] == ["visits"]
