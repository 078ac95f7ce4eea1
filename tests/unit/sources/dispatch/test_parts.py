"""The parts of the reader: bytes, dates, amounts, sentences, names, mode, speakers, licences; each on sentences of our own."""

from __future__ import annotations

import importlib
import sys
from datetime import date

import pytest

from knockon.errors import BadFile
from knockon.model.claim import Claim
from knockon.reference import sheet
from knockon.sources.dispatch import Names, decode, read
from knockon.sources.dispatch.amounts import amounts
from knockon.sources.dispatch.clean import LIMIT, normalise
from knockon.sources.dispatch.dates import dates
from knockon.sources.dispatch.language import language
from knockon.sources.dispatch.names import stem
from knockon.sources.dispatch.segment import Span, paragraphs, quotations, sentences
from knockon.sources.source import Reading

BG = language("bg")
NAMES = Names.of(sheet().claims)
DAY = date(2025, 11, 11)


def reading(text: str, day: date | None = DAY) -> Reading:
    return read(text, names=NAMES, address="test", dateline=day)


def claims(text: str, predicate: str = "", day: date | None = DAY) -> list[Claim]:
    return [r.claim for r in reading(text, day).claims if predicate in ("", r.claim.predicate)]


# ---- bytes


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        ("\ufeff".encode(), "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "zero bytes"),
        (b"\x01\x02\x03\x04" * 400, "control signs"),
        (b"\xff\x80\x81" * 300, "neither UTF-8"),
        ("а".encode() * LIMIT, "more than"),
    ],
)
def test_bytes_that_are_no_dispatch_are_refused(data: bytes, found: str) -> None:
    with pytest.raises(BadFile, match=found):
        decode(data, "bad.txt")


def test_lookalikes_are_noted_and_folded_with_the_same_length() -> None:
    text, notes = decode("Лyкойл и Рocнефт".encode(), "a.txt")
    assert "Лyкойл" in text
    assert "look-alikes" in notes[0]
    assert normalise(text).text == "Лукойл и Роснефт"
    assert normalise("LNG и OFAC").text == "LNG и OFAC"


def test_decomposed_letters_and_soft_hyphens_keep_their_offsets() -> None:
    text = "Нов\u00adи\u0306 ден"
    clean = normalise(text)
    assert clean.text == "Новй ден"
    assert clean.span(5, 8) == (len(text) - 3, len(text))


@pytest.mark.parametrize(
    ("text", "language_found"),
    [
        (
            "Президент России Владимир Путин и президент Казахстана обсудят газовые проекты на встрече в Москве.",
            "Russian",
        ),
        ("Президент України заявив, що Росія має припинити війну, і що санкції діють проти її компаній.", "Ukrainian"),
        (
            "The presidents of Russia and Kazakhstan will discuss gas projects at a two-day meeting in Moscow.",
            "English",
        ),
        ("Die Präsidenten Russlands und Kasachstans werden in Moskau über Gasprojekte sprechen.", '"de"'),
    ],
)
def test_another_language_is_refused_by_name(text: str, language_found: str) -> None:
    with pytest.raises(BadFile, match=language_found):
        reading(text)


def test_a_bulgarian_text_loads_no_language_model() -> None:
    sys.modules.pop("py3langid", None)
    importlib.import_module("knockon.sources.dispatch")
    reading("Днес Русия и Казахстан се договориха за газа, съобщи Ройтерс, която се позовава на Кремъл.")
    assert "py3langid" not in sys.modules


# ---- dates


@pytest.mark.parametrize(
    ("words", "moment", "role"),
    [
        ("днес", "2025-11-11", "on"),
        ("тази вечер", "2025-11-11", "on"),
        ("снощи", "2025-11-10", "on"),
        ("утре", "2025-11-12", "on"),
        ("миналата седмица", "2025-11-03..2025-11-09", "on"),
        ("следващата седмица", "2025-11-17..2025-11-23", "on"),
        ("миналия месец", "2025-10", "on"),
        ("през октомври", "2025-10", "on"),
        ("през декември 2024 г.", "2024-12", "on"),
        ("от 2022 г.", "2022", "since"),
        ("до 29 април 2026 г.", "2026-04-29", "until"),
        ("до 29 април", "2026-04-29", "until"),
        ("до 24 март догодина", "2026-03-24", "until"),
        ("на 22 октомври", "2025-10-22", "on"),
        ("в края на септември", "2025-09-21..2025-09-30", "on"),
        ("11.11.2025", "2025-11-11", "on"),
        ("от 3 до 9 ноември 2025 г.", "2025-11-03..2025-11-09", "since"),
        ("до 00:01 ч. източно време на 29 април 2026 г.", "2026-04-29T00:01 America/New_York", "until"),
        (
            "до 12:01 ч. източно време (07:01 часа българско време) на 29 април 2026 г.",
            "2026-04-29T00:01 America/New_York",
            "until",
        ),
        ("до 12:01 ч. източно време на 29 април 2026 г.", "2026-04-29", "until"),
        ("в понеделник", "2025-11-10", "on"),
    ],
)
def test_dates_are_ranges_seen_from_the_dateline(words: str, moment: str, role: str) -> None:
    text = normalise(f"Това стана {words}, съобщи агенцията").text
    found = dates(text, 0, len(text), DAY, BG)
    assert [(str(w.moment), w.role) for w in found] == [(moment, role)]


def test_a_weekday_that_is_to_come_lies_ahead() -> None:
    text = "Срещата ще се проведе в понеделник"
    assert [str(w.moment) for w in dates(text, 0, len(text), DAY, BG)] == ["2025-11-17"]


def test_without_a_dateline_relative_dates_stay_unresolved() -> None:
    told = reading("Путин се срещна с Токаев вчера в Москва, съобщи Ройтерс, като се позова на Кремъл.", None)
    assert told.document.dateline is None
    assert "no dateline" in told.document.warnings[0]
    meets = [r for r in told.claims if r.claim.predicate == "meets"]
    assert [r.claim.start for r in meets] == [None]
    assert "date without an anchor" in meets[0].trace


@pytest.mark.parametrize(
    "line",
    [
        " date 2025-11-11 ",
        "2025-11-11 ",
        "11.11.2025 г. ",
        "11.11.2025, 14:30 ч. ",
        "София, 11 ноември 2025 г. (БТА) - ",
        "Москва, 11 ноември 2025 (БТА) – ",
    ],
)
def test_datelines_are_cut_off_and_read(line: str) -> None:
    told = reading(line + "Русия се договори с Казахстан за газа, което беше съобщено от Кремъл.", None)
    assert told.document.dateline == DAY
    assert told.sentences[0].text.startswith("Русия")


def test_a_dateline_without_a_year_takes_it_from_the_given_day_only() -> None:
    text = "София, 11 ноември (БТА) – „Лукойл“ притежава 50 процента от акциите на „Тургай Петролеум“."
    assert reading(text, None).document.dateline is None
    told = reading(text, date(2025, 12, 1))
    assert told.document.dateline == DAY
    assert [r.claim.said_by for r in told.claims if r.claim.predicate == "holds_shares"] == [("bta",)]


# ---- amounts


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("29,9 процента", "29.9 %"),
        ("50%", "50 %"),
        ("повече от 40 на сто", ">40 %"),
        ("близо 30 милиарда долара", "<30 bnUSD"),
        ("около 1,4 милиона барела руски петрол дневно", "~1.4 Mb/d"),
        ("800-900 хил. барела", "800..900 kbbl"),
        ("7 милиона тона петрол годишно", "7 Mt/y"),
        ("до 8 млрд. куб. м газ годишно", "<=8 bcm/y"),
        ("по-голямата част от", ">50 %"),
        ("поне 50%", ">=50 %"),
    ],
)
def test_amounts_keep_hedge_and_unit(words: str, number: str) -> None:
    assert [str(a.quantity) for a in amounts(words, 0, len(words), BG)] == [number]


def test_a_number_without_a_unit_is_no_amount() -> None:
    assert amounts("430 бензиностанции и 117 кораба", 0, 31, BG) == []


# ---- sentences and quotations


def test_sentences_are_split_inside_long_quotations_but_not_after_abbreviations() -> None:
    text = 'Той каза: "Това е така. Ще видим." На 14 ноември 2025 г. OFAC издаде лиценз, т.нар. общ лиценз, за 40 млн. долара.'
    found = [text[s.start : s.end] for s in sentences(text, Span(start=0, end=len(text)), BG)]
    assert [f[:12] for f in found] == ['Той каза: "Т', 'Ще видим."', "На 14 ноемвр"]


def test_a_firm_in_quotation_marks_is_no_quotation() -> None:
    text = 'Компанията "Лукойл" каза: "Ние ще продължим да работим там." и "началото на нова епоха за тях"'
    inside = [text[q.start : q.end] for q in quotations(text, Span(start=0, end=len(text)), BG)]
    assert inside == ["Ние ще продължим да работим там.", "началото на нова епоха за тях"]


def test_a_quotation_that_never_closes_runs_to_the_end_of_its_paragraph() -> None:
    text = 'Песков каза: "Това не е така и ще продължим да го твърдим'
    assert [q.end for q in quotations(text, Span(start=0, end=len(text)), BG)] == [len(text)]


def test_a_list_belongs_to_the_line_with_the_colon() -> None:
    text = "Важи за:\n\nпърво дружество;\n\nвторо дружество;\n\nИ това е краят на новината за днес."
    assert len(paragraphs(text)) == 2


# ---- names


@pytest.mark.parametrize(
    ("one", "other"), [("тръбопроводният", "тръбопроводен"), ("активите", "активи"), ("службата", "служба")]
)
def test_inflected_forms_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("Каспийският тръбопроводен консорциум", "cpc"),
        ("Каспийския тръбопроводен консорциум (КТК)", "cpc"),
        ("Службата за контрол върху чуждестранните активи", "us-ofac"),
        ("американското Министерство на финансите", "us-treasury"),
        ("Министерството на финансите на САЩ", "us-treasury"),
        ("казахстанското енергийно министерство", "kazakhstan_energy_ministry"),
        ("говорителят на Кремъл", "peskov"),
    ],
)
def test_names_are_linked_through_inflection_and_office(words: str, entity: str) -> None:
    text = f"Това става ясно днес. {words} заяви, че „Лукойл“ притежава 50 процента от акциите на „Тургай Петролеум“."
    assert {c.origin for c in claims(text, "holds_shares")} == {entity}


def test_the_place_of_a_firm_is_not_part_of_its_name() -> None:
    text = "Общ лиценз № 130 на САЩ разрешава трансакции с „Лукойл“ в България и е в сила от днес."
    assert "lukoil_bulgaria" not in {c.object for c in claims(text, "covers")}


def test_an_unknown_person_with_an_office_gets_an_id_and_a_name() -> None:
    told = reading(
        "Унгарският външен министър Петер Сиярто се срещна с Доналд Тръмп. „Ще продължим да купуваме газ“, каза Сиярто."
    )
    assert ("peter_siyarto", "trump") in {
        (r.claim.subject, r.claim.object) for r in told.claims if r.claim.predicate == "meets"
    }
    assert "peter_siyarto" in {r.claim.origin for r in told.claims if r.claim.predicate == "says"}
    assert {str(c.value) for c in told.new_names if c.subject == "peter_siyarto"} == {"person", "Петер Сиярто"}


# ---- mode


@pytest.mark.parametrize(
    ("verb", "mode", "polarity"),
    [
        ("ще придобие", "planned", "affirmed"),
        ("придоби", "stated", "affirmed"),
        ("не придоби", "stated", "denied"),
        ("може да придобие", "possible", "affirmed"),
        ("се очаква да придобие", "expected", "affirmed"),
        ("планира да придобие", "planned", "affirmed"),
        ("няма да придобие", "planned", "denied"),
        ("беше призована да придобие", "possible", "affirmed"),
    ],
)
def test_mode_is_read_before_the_verb(verb: str, mode: str, polarity: str) -> None:
    found = claims(f"Според Ройтерс компанията „Шеврон“ {verb} 10 процента от акциите на „Тенгизшевройл“.", "acquires")
    assert [(c.mode, c.polarity) for c in found] == [(mode, polarity)]


@pytest.mark.parametrize(
    "text",
    [
        "Запитан дали „Шеврон“ ще придобие 10 процента от акциите на „Тенгизшевройл“, Песков отказа да коментира.",
        "Ако „Шеврон“ придобие 10 процента от акциите на „Тенгизшевройл“, това ще бъде интересно, каза Песков.",
        "Не е ясно дали „Шеврон“ придоби 10 процента от акциите на „Тенгизшевройл“, каза Песков.",
        "Песков отрече, че „Шеврон“ е придобила дял или че „Шеврон“ придоби 10 процента от акциите на „Тенгизшевройл“.",
    ],
)
def test_what_is_asked_conditional_or_denied_is_never_stated(text: str) -> None:
    assert not [c for c in claims(text, "acquires") if c.mode == "stated" and c.polarity == "affirmed"]


# ---- speakers

STAKE = "„Лукойл“ притежава 50 процента от акциите на „Тургай Петролеум“"


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (f"{STAKE}, предаде Ройтерс, позовавайки се на Кремъл.", ("reuters", "kremlin")),
        (f"{STAKE}, заяви Песков, цитиран от ТАСС.", ("tass", "peskov")),
        (f"{STAKE}, каза говорителят на Кремъл Дмитрий Песков, цитиран от ТАСС.", ("tass", "peskov")),
        (f"Песков заяви, че {STAKE}. Това беше на среща, предаде ТАСС.", ("tass", "peskov")),
        (f"Това е известно отдавна на всички. {STAKE}. Срещата ще бъде утре, предаде Ройтерс.", ("reuters",)),
        (f"Според Кремъл {STAKE}. Срещата ще бъде утре, предаде Ройтерс.", ("reuters", "kremlin")),
        (f"{STAKE}. Това съобщи Министерството на финансите на САЩ.", ("report", "us-treasury")),
        (f"{STAKE}. Повече подробности не се съобщават за сделката.", ("report",)),
    ],
)
def test_chains_of_speakers(text: str, chain: tuple[str, ...]) -> None:
    found = claims(text, "holds_shares")
    assert [tuple("report" if s.startswith("report:") else s for s in c.said_by) for c in found] == [chain]


# ---- measures and licences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("САЩ наложиха санкции на „Лукойл“ и „Роснефт“ на 22 октомври.", ("usa", "2025-10-22")),
        (
            "Президентът Доналд Тръмп наложи санкции на „Лукойл“ и „Роснефт“ миналия месец.",
            ("usa-government", "2025-10"),
        ),
        (
            "Великобритания наложи санкции срещу двата руски производители - „Лукойл“ и „Роснефт“ през октомври.",
            ("uk", "2025-10"),
        ),
        (
            "„Лукойл“ и „Роснефт“, които бяха санкционирани от ЕС миналата седмица, работят.",
            ("eu", "2025-11-03..2025-11-09"),
        ),
    ],
)
def test_measures_are_designations_with_their_day(text: str, wanted: tuple[str, str]) -> None:
    found = claims(text, "designates")
    assert {(c.subject, str(c.start)) for c in found} == {wanted}
    assert {c.object for c in found} == {"lukoil", "rosneft"}


LICENCE = (
    "Службата за контрол на чуждестранните активи (OFAC) към Министерството на финансите на САЩ издаде общ лиценз № 130 – "
    "„Разрешаване на трансакции, свързани с определени дружества на „Лукойл“ в България“, се казва в съобщението на OFAC.\n\n"
    "Засегнатите дружества са „Лукойл Нефтохим Бургас“ АД, „Лукойл България“ ЕООД, „Лукойл Авиейшън България“ ЕООД и "
    "„Лукойл-България Бункер“ ЕООД.\n\nОтсрочката е до 29 април 2026 г.\n\n"
    "Лицензът не позволява сделки със санкционирани дружества на „Лукойл“."
)


def test_a_licence_with_its_parties_its_end_and_what_it_leaves_out() -> None:
    found = claims(LICENCE, day=date(2025, 11, 14))
    covers = {str(c.object): c for c in found if c.predicate == "covers"}
    assert set(covers) == {"lukoil_neftochim", "lukoil_bulgaria", "lukoil_aviation_bg", "lukoil_bunker_bg"}
    assert {c.subject for c in covers.values()} == {"us-gl-130"}
    assert {str(c.end) for c in covers.values()} == {"2026-04-29..2026-04-30"}
    assert {c.qualifier("activity") for c in covers.values()} == {"all_transactions"}
    assert {c.origin for c in covers.values()} == {"us-ofac"}
    assert [(c.subject, c.object) for c in found if c.predicate == "issues"] == [("us-ofac", "us-gl-130")]
    assert [str(c.start) for c in found if c.predicate == "expires"] == ["2026-04-29..2026-04-30"]
    assert [c.object for c in found if c.predicate == "excludes"] == ["lukoil_blocked_companies"]


def test_a_licence_that_is_only_called_for_is_not_issued() -> None:
    text = "Вучич призова американското правителство да издаде лиценз на компанията „НИС“, предаде Ройтерс."
    assert not [c for c in claims(text) if c.predicate in ("issues", "covers") and c.mode == "stated"]


def test_stakes_told_respectively_go_to_their_holders() -> None:
    text = "Най-голям акционер в КТК е Русия, с 24% в консорциума, а „Лукойл“ и „Роснефт“ държат дялове съответно от 15% и 7,5%."
    assert {(c.subject, c.object, str(c.value)) for c in claims(text, "holds_shares")} == {
        ("russia", "cpc", "24 %"),
        ("lukoil", "cpc", "15 %"),
        ("rosneft", "cpc", "7.5 %"),
    }


def test_two_candidates_for_a_pair_are_not_guessed() -> None:
    text = "Двете компании държат дялове съответно от 15% и 7,5% в КТК, съобщи Ройтерс, без да каже кои са те."
    assert claims(text, "holds_shares") == []
