"""The reader is not fitted to its example: change names, dates, figures, order, spelling, and the claims change likewise."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.reference import sheet
from knockon.sources.dispatch import Names, decode, read

TEXT = (Path(__file__).parents[2] / "examples" / "2025-11-11-moscow.bg.txt").read_text("utf-8")
DAY = date(2025, 11, 11)


def _name(entity: str, predicate: str, value: str = "", obj: str | None = None, lang: str = "bg") -> Claim:
    return Claim(
        subject=EntityId(entity),
        predicate=predicate,
        object=EntityId(obj) if obj else None,
        value=value or None,
        qualifiers=(("lang", lang),) if predicate == "named" else (),
        said_by=(EntityId("test"),),
        said_on=Moment.parse("2025-01-01"),
        source="test",
    )


EXTRA = [
    *(_name(e, "is_a", k) for e, k in (("ivanov", "person"), ("afp", "news_agency"), ("interfax", "news_agency"))),
    _name("ivanov", "named", "Иван-Петър Иванов"),
    _name("afp", "named", "Франс прес"),
    _name("interfax", "named", "Интерфакс"),
]
NAMES = Names.of([*sheet().claims, *EXTRA])


def keys(text: str) -> set[str]:
    """What a reading claims, one line a claim, without passages and free text."""
    reading = read(text, names=NAMES, address="test:report")
    own = f"report:{reading.document.id}"
    out = set()
    for row in reading.claims:
        c = row.claim
        number = str(c.value) if c.quantity is not None else ""
        kept = sorted(f"{k}={v}" for k, v in c.qualifiers if k != "sphere")
        speakers = "<".join("report" if s == own else s for s in c.said_by)
        parts = (c.subject, c.predicate, c.object, number, *kept, f"{c.start} to {c.end}", c.mode, c.polarity, speakers)
        out.add(" | ".join(map(str, parts)))
    return out


BASE = keys(TEXT)


def changed(rows: set[str], swaps: dict[str, str]) -> set[str]:
    """The expected claims: every id or date that is swapped in the text, swapped in the claims."""
    longest = sorted(swaps, key=len, reverse=True)
    row = re.compile("|".join(rf"(?<![a-z\d]){re.escape(old)}(?![a-z\d])" for old in longest))
    return {row.sub(lambda m: swaps[m[0]], r) for r in rows}


def same(found: set[str], wanted: set[str]) -> None:
    assert found == wanted, f"not expected: {sorted(found - wanted)}\nmissed: {sorted(wanted - found)}"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ({"„Лукойл“": "„Газпром нефт“"}, {"lukoil": "gazprom_neft"}),
        ({"„Роснефт“": "„Сургутнефтегаз“"}, {"rosneft": "surgutneftegas"}),
        ({"„Лукойл“": "„Шеврон“", "„Роснефт“": "„Ексън Мобил“"}, {"lukoil": "chevron", "rosneft": "exxonmobil"}),
        ({"„Тенгиз“": "„Кашаган“", "„Карачаганак“": "„Кумкол“"}, {"tengiz": "kashagan", "karachaganak": "kumkol"}),
        ({"Касъм-Жомарт Токаев": "Иван-Петър Иванов", "Токаев": "Иванов"}, {"tokayev": "ivanov"}),
        ({"Ройтерс": "Франс прес"}, {"reuters": "afp"}),
        ({"ТАСС": "Интерфакс"}, {"tass": "interfax"}),
        ({"Москва": "Душанбе"}, {"moscow": "dushanbe"}),
        ({"Китай": "Турция"}, {"china": "turkey"}),
        ({"Вашингтон": "Виена"}, {"washington": "vienna"}),
    ],
)
def test_other_names_give_the_same_claims_about_them(words: dict[str, str], ids: dict[str, str]) -> None:
    text = TEXT
    for old, new in words.items():
        text = text.replace(old, new)
    same(keys(text), changed(BASE, ids))


def test_another_state_gives_the_same_claims_about_it() -> None:
    text = TEXT.replace("казахстанск", "узбекистанск").replace("Казахстан", "Узбекистан")
    same(keys(text), changed(BASE, {"kazakhstan": "uzbekistan"}))


@given(st.integers(min_value=0, max_value=1500))
@settings(max_examples=15)
def test_another_dateline_moves_every_relative_date(days: int) -> None:
    day = DAY + timedelta(days=days)
    monday = day - timedelta(days=day.weekday() + 7)
    month = (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    week = str(Moment(monday, monday + timedelta(days=6)))
    swaps = {
        "2025-11-03..2025-11-09": week,
        "2025-11-11": day.isoformat(),
        "2025-11-13": (day + timedelta(days=2)).isoformat(),
        "2025-10": month,
    }

    same(keys(TEXT.replace("2025-11-11", day.isoformat())), changed(BASE, swaps))


@given(st.permutations(range(10)))
@settings(max_examples=20)
def test_the_order_of_paragraphs_does_not_matter(order: list[int]) -> None:
    body = TEXT.split("2025-11-11", 1)[1]
    parts = [p.strip() for p in body.split("\n") if p.strip()]
    assert len(parts) == len(order)
    # "at that meeting" and its like stay with what they follow: only whole paragraphs move
    same(keys(" date 2025-11-11 " + "\n\n".join(parts[n] for n in order)), BASE)


@pytest.mark.parametrize(("opens", "closes"), [("«", "»"), ('"', '"'), ("“", "”"), ("„", "”"), ("„", '"')])
def test_any_quotation_marks_will_do(opens: str, closes: str) -> None:
    same(keys(TEXT.replace("„", opens).replace("“", closes)), BASE)


@given(st.sets(st.integers(min_value=0, max_value=len(TEXT) - 1), max_size=200))
@settings(max_examples=15)
def test_latin_lookalikes_inside_cyrillic_words_change_nothing(places: set[int]) -> None:
    twins = dict(zip("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX", strict=True))
    text = "".join(
        twins.get(sign, sign)
        if at in places and TEXT[at - 1 : at].isalpha() and TEXT[at + 1 : at + 2].isalpha()
        else sign
        for at, sign in enumerate(TEXT)
    )
    same(keys(text), BASE)


@pytest.mark.parametrize("code", ["cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_any_encoding_gives_the_same_text_and_claims(code: str) -> None:
    text, notes = decode(TEXT.encode(code), "report.txt")
    same(keys(text), BASE)
    assert code == "utf-8-sig" or notes


@given(
    st.decimals(min_value="0.1", max_value="99.9", places=1, allow_nan=False, allow_infinity=False),
    st.sampled_from([("„Лукойл“", "lukoil"), ("„Шеврон“", "chevron"), ("„КазМунайГаз“", "kmg")]),
    st.sampled_from([("процента", "%"), ("%", "%"), ("на сто", "%")]),
    st.sampled_from([("", ""), ("около ", "~"), ("над ", ">"), ("най-малко ", ">="), ("близо ", "<"), ("до ", "<=")]),
)
@settings(max_examples=25)
def test_a_stake_keeps_its_figure_and_its_hedge(
    share: Any, firm: tuple[str, str], unit: tuple[str, str], hedge: tuple[str, str]
) -> None:
    printed = str(share).replace(".", ",")
    text = (
        f" date 2025-11-11 Компанията {firm[0]} притежава {hedge[0]}{printed} {unit[0]} от акциите на „Тенгизшевройл“, "
        "се казва в съобщение на дружеството, което беше публикувано днес на неговата страница."
    )
    found = [
        r.claim for r in read(text, names=NAMES, address="test:report").claims if r.claim.predicate == "holds_shares"
    ]
    assert [(c.subject, c.object, str(c.value)) for c in found] == [(firm[1], "tco", f"{hedge[1]}{share} %")]


@given(st.dates(min_value=date(2025, 12, 1), max_value=date(2027, 12, 31)), st.integers(min_value=100, max_value=199))
@settings(max_examples=25)
def test_a_licence_keeps_its_number_and_its_end(end: date, number: int) -> None:
    months = "януари февруари март април май юни юли август септември октомври ноември декември".split()
    text = (
        f" date 2025-11-14 Службата за контрол на чуждестранните активи издаде общ лиценз № {number}, който разрешава "
        f"трансакции с „Лукойл България“ ЕООД до {end.day} {months[end.month - 1]} {end.year} г."
    )
    found = [r.claim for r in read(text, names=NAMES, address="test:report").claims]
    covers = [c for c in found if c.predicate == "covers"]
    assert [(c.subject, c.object) for c in covers] == [(f"us-gl-{number}", "lukoil_bulgaria")]
    assert str(covers[0].end) == f"{end}..{end + timedelta(days=1)}"


WORDS = (
    TEXT + " общ лиценз № 130 до 29 април 2026 г. от 50% дял; 7 милиона тона годишно, ако не дали (КТК) - INT/2025/1"
).split()


@given(st.lists(st.sampled_from(WORDS), min_size=25, max_size=120))
@settings(max_examples=60)
def test_any_heap_of_words_is_read_without_a_fault(words: list[str]) -> None:
    text = " ".join([*WORDS[:90], *words])
    for row in read(text, names=NAMES, address="test:heap", dateline=DAY).claims:
        quote = row.claim.quote
        assert quote is not None
        assert text[quote.start : quote.end] == quote.text
