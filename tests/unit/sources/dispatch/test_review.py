"""Faults found in a review by a reader of Bulgarian: what was denied, asked or hedged, who said it, which day, how much."""

from __future__ import annotations

from datetime import date

import pytest

from knockon.model.claim import Claim
from knockon.reference import sheet
from knockon.sources.dispatch import Names, read

NAMES = Names.of(sheet().claims)
WEDNESDAY = date(2025, 11, 12)
MARKET = '"Лукойл" притежава 5 процента от "Тенгиз"'


def claims(text: str, predicate: str = "") -> list[Claim]:
    rows = read(text, names=NAMES, address="test", dateline=WEDNESDAY).claims
    return [r.claim for r in rows if predicate in ("", r.claim.predicate)]


def told(text: str, predicate: str) -> list[tuple[str, str | None, str, str]]:
    return [(c.subject, c.object, c.mode.value, c.polarity.value) for c in claims(text, predicate)]


# ---- denied, asked, hedged


@pytest.mark.parametrize(
    ("frame", "mode", "polarity"),
    [
        ("Твърди се, че {}.", "possible", "affirmed"),
        ("Не е ясно, че {}.", "possible", "affirmed"),
        ("Слуховете, че {}, се множат.", "possible", "affirmed"),
        ("Слуховете, че {}, са неоснователни.", "stated", "denied"),
        ("Неверни са твърденията, че {}.", "stated", "denied"),
        ("Не е вярно, че {}, заяви Песков.", "stated", "denied"),
        ("Песков опроверга твърденията на Киев, че {}.", "stated", "denied"),
        ("Песков не отрече, че {}.", "possible", "affirmed"),
        ("Никой не е казвал, че {}, заяви Песков.", "possible", "affirmed"),
        ("Едва ли {}.", "possible", "affirmed"),
        ("{}?", "asked", "affirmed"),
        ("Пита се дали {}.", "asked", "affirmed"),
        ("Песков потвърди, че {}.", "stated", "affirmed"),
    ],
)
def test_a_clause_takes_its_mode_from_what_stands_over_it(frame: str, mode: str, polarity: str) -> None:
    assert told(frame.format(MARKET), "holds_interest") == [("lukoil", "tengiz", mode, polarity)]


@pytest.mark.parametrize(
    ("verb", "mode", "polarity"),
    [
        ("не планира да придобие", "planned", "denied"),
        ("не изключва да придобие", "possible", "affirmed"),
        ("щяла да придобие", "possible", "affirmed"),
        ("уж придоби", "possible", "affirmed"),
        ("има право да придобие", "possible", "affirmed"),
        ("се отказа да придобие", "stated", "denied"),
        ("няма да придобие", "planned", "denied"),
    ],
)
def test_a_verb_before_the_verb_decides(verb: str, mode: str, polarity: str) -> None:
    assert told(f'"Лукойл" {verb} 10 процента от "Тенгиз".', "acquires") == [("lukoil", "tengiz", mode, polarity)]


@pytest.mark.parametrize(
    "text",
    [
        'Американските санкции срещу "Лукойл" бяха отложени.',
        'Американските санкции срещу "Лукойл" не са влезли в сила.',
        'Американските санкции срещу "Лукойл" ще бъдат въведени догодина.',
    ],
)
def test_measures_that_were_not_taken_designate_nobody(text: str) -> None:
    assert not [c for c in claims(text, "designates") if c.mode.value == "stated" and c.polarity.value == "affirmed"]


def test_an_attack_that_was_prevented_is_no_incident() -> None:
    assert claims("Атаката срещу терминала на КТК беше осуетена.", "incident") == []


def test_a_refused_licence_neither_covers_nor_excludes() -> None:
    made = claims('OFAC отказа да издаде лиценз № 130 на "Лукойл".')
    assert [(c.predicate, c.polarity.value) for c in made] == [("issues", "denied")]


def test_a_licence_not_issued_is_not_the_one_before_it() -> None:
    made = claims('Лиценз № 128 важи до 29 април 2026 г. OFAC не е издала лиценз за "Лукойл България".', "covers")
    assert made == []


def test_having_none_is_a_denial() -> None:
    assert told('"Лукойл" няма дял в "Кашаган".', "holds_interest") == [("lukoil", "kashagan", "stated", "denied")]


def test_what_used_to_be_is_not_told_of_today() -> None:
    assert claims("Казахстан изнасяше 95 процента от петрола си през Русия.") == []


# ---- who does it, who says it


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ('Зеленски поиска САЩ да наложат санкции на "Лукойл".', "usa"),
        ('Унгария очаква САЩ да наложат санкции на "Лукойл".', "usa"),
        ('Великобритания вместо САЩ наложи санкции на "Лукойл".', "uk"),
    ],
)
def test_the_subject_is_the_one_of_the_clause(text: str, subject: str) -> None:
    assert [c.subject for c in claims(text, "designates")] == [subject]


def test_each_authority_of_a_list_designates() -> None:
    made = claims('"Роснефт" беше санкционирана от САЩ и Великобритания.', "designates")
    assert [c.subject for c in made] == ["usa", "uk"]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (f"Песков заяви, че според Токаев {MARKET}.", ("peskov", "tokayev")),
        (f"Песков съобщи, че Токаев е казал, че {MARKET}.", ("peskov", "tokayev")),
        (
            "„Токаев каза на Путин, че „Лукойл“ притежава 5 процента от „Тенгиз“, заяви Песков, цитиран от ТАСС.",
            ("tass", "peskov", "tokayev"),
        ),
        (f"Според Ройтерс {MARKET}.", ("reuters",)),
        (f"Песков разговаря с журналисти. Според него {MARKET}.", ()),
        (f"Песков каза, че среща няма. Според него {MARKET}.", ("peskov",)),
    ],
)
def test_chains_of_speakers(text: str, chain: tuple[str, ...]) -> None:
    (made,) = claims(text, "holds_interest")
    assert tuple(s for s in made.said_by if not s.startswith("report:")) == chain


def test_who_denies_is_the_speaker_of_the_denial() -> None:
    (made,) = claims("Песков отрече Путин да е разговарял с Токаев.", "meets")
    assert (made.subject, made.polarity.value, made.said_by[-1]) == ("putin", "denied", "peskov")


def test_an_agency_told_by_one_speaker_does_not_carry_the_others() -> None:
    text = (
        "Унгария няма да подкрепи забраната, заяви Петер Сиярто пред ТАСС.\n\n"
        'САЩ наложиха санкции на "Лукойл", каза Жечо Станков.'
    )
    (made,) = claims(text, "designates")
    assert "tass" not in made.said_by


# ---- which day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("преди три дни", "2025-11-09"),
        ("преди две седмици", "2025-10-27..2025-11-02"),
        ("преди един месец", "2025-10"),
        ("преди две години", "2023"),
        ("миналия петък", "2025-11-07"),
        ("миналия понеделник", "2025-11-03..2025-11-10"),
        ("миналата година", "2024"),
        ("през лятото на 2024 г.", "2024-06-01..2024-08-31"),
        ("след два дни преговори", "None"),
        ("преди повече от две години", "None"),
    ],
)
def test_days_seen_from_the_dateline(words: str, day: str) -> None:
    (made,) = claims(f"Токаев посети Анкара {words}", "visits")
    assert str(made.start) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ройтерс съобщи на 4 ноември, че вчера Токаев се е срещнал с Путин.", "None"),
        ("Токаев се е срещнал с Путин, каза Песков вчера.", "None"),
        ("Токаев се е срещнал с Путин в неделя, каза Песков в понеделник.", "2025-11-09"),
        ("Песков каза вчера, че Токаев ще се срещне с Путин следващата седмица.", "2025-11-17..2025-11-23"),
    ],
)
def test_the_day_of_the_saying_is_not_the_day_of_the_event(text: str, day: str) -> None:
    (made,) = claims(text, "meets")
    assert str(made.start) == day


def test_a_year_with_its_abbreviation_ends_a_sentence_after_a_verb() -> None:
    made = claims("Токаев посети Киев през 2019 г. Токаев посети Рим.", "visits")
    assert [(c.object, str(c.start)) for c in made] == [("kyiv", "2019"), ("rome", "None")]


def test_the_day_of_an_opening_clause_stays_there() -> None:
    made = claims(
        'След като САЩ наложиха санкции на "Лукойл" през октомври, компанията обяви форсмажор в "Западна Курна-2".'
    )
    assert {c.predicate: str(c.start) for c in made} == {"designates": "2025-10", "incident": "None"}


def test_the_day_of_one_act_is_not_that_of_the_next() -> None:
    made = claims(
        'Великобритания наложи санкции на "Лукойл" на 15 октомври и издаде лиценз INT/2025/7895596.', "issues"
    )
    assert [str(c.start) for c in made] == ["None"]


def test_a_licence_number_is_no_day() -> None:
    made = claims("САЩ удължиха лиценз № 128 до 29 април 2026 г.", "expires")
    assert [(c.subject, str(c.start)) for c in made] == [("us-gl-128", "2026-04-29..2026-04-30")]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("първото тримесечие на 2025 г.", "2025-01-01", "2025-04-01"),
        ("януари-октомври 2025 г.", "2025-01-01", "2025-11-01"),
        ("първите девет месеца на 2025 г.", "2025-01-01", "2025-10-01"),
    ],
)
def test_volumes_are_those_of_their_period(period: str, start: str, end: str) -> None:
    (made,) = claims(f"Казахстан изнесе 17 млн. тона петрол за Германия през {period}", "exports")
    assert (str(made.start), str(made.end)) == (start, end)


# ---- how much


def test_a_change_is_not_the_amount() -> None:
    assert claims("Стокообменът между Китай и Казахстан спадна с 2 млрд. долара.") == []
    (made,) = claims("Стокообменът между Русия и Казахстан достигна 27 млрд. долара през 2024 г.")
    assert str(made.value) == "27 bnUSD"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            '"Лукойл", която беше санкционирана от САЩ, притежава 12,5 процента от КТК и 5 процента от "Тенгизшевройл".',
            [("lukoil", "cpc", "12.5 %"), ("lukoil", "tco", "5 %")],
        ),
        ('Делът на "Лукойл" в "Тенгизшевройл" е 5 процента.', [("lukoil", "tco", "5 %")]),
        ('"Лукойл" е собственик на 5 процента от "Тенгизшевройл".', [("lukoil", "tco", "5 %")]),
        ('Дял от 12,5 на сто в КТК принадлежи на "Лукойл".', [("lukoil", "cpc", "12.5 %")]),
        ('Руската държава контролира малко над половината от акциите на "Роснефт".', [("russia", "rosneft", ">50 %")]),
    ],
)
def test_stakes_in_other_words(text: str, found: list[tuple[str, str, str]]) -> None:
    assert sorted((c.subject, c.object, str(c.value)) for c in claims(text, "holds_shares")) == sorted(found)


def test_a_condition_after_the_verb_counts() -> None:
    text = 'САЩ ще наложат санкции на "Лукойл", ако войната продължи.'
    assert told(text, "designates") == [("usa", "lukoil", "possible", "affirmed")]


def test_a_second_verb_is_no_topic() -> None:
    made = claims("Путин и Токаев обсъдиха износа на газ и не засегнаха санкциите.", "discusses")
    assert [c.object for c in made] == ["gas_exports"]
