"""Names: whose voice a speaker is on a day, who counts as one, and what things are called."""

from __future__ import annotations

from datetime import date

import pytest

from knockon.errors import UnknownEntity
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.testing import claims, world
from knockon.world.names import Names

DAY = date(2025, 1, 1)


def names(text: str) -> Names:
    return Names.of(claims(text), DAY)


def voices(text: str, *who: str, day: date | None = None) -> list[str]:
    found = names(text)
    return [found.voice(EntityId(w), day) for w in who]


def test_a_chain_of_spokesmen_is_one_voice() -> None:
    text = "aide speaks for office\noffice speaks for president\n"
    assert voices(text, "aide", "office", "president", "other") == ["president", "president", "president", "other"]


@pytest.mark.parametrize(
    "text",
    [
        "b speaks for a\na speaks for b",
        "a speaks for b\nb speaks for c\nc speaks for a",
        "a speaks for a",
    ],
)
def test_a_circle_of_spokesmen_ends_and_is_one_voice(text: str) -> None:
    members = {c.subject for c in claims(text)}
    assert set(voices(text, *members)) == {"a"}


def test_a_tail_into_a_circle() -> None:
    text = "x speaks for b\nb speaks for c\nc speaks for b"
    assert voices(text, "x", "b", "c") == ["b", "b", "b"]
    assert names(text).speaks_for(EntityId("x"), EntityId("c"))
    assert not names(text).speaks_for(EntityId("c"), EntityId("x"))


def test_a_spokesman_speaks_from_a_day_to_a_day() -> None:
    text = "aide speaks for office since 2020-01-01 until 2024-01-01"
    found = [
        voices(text, "aide", day=date(*day))[0] for day in ((2019, 12, 31), (2020, 1, 1), (2023, 12, 31), (2024, 1, 1))
    ]
    assert found == ["aide", "office", "office", "aide"]
    assert voices(text, "aide") == ["aide"]


def test_who_speaks_for_whom() -> None:
    found = names("aide speaks for office\naide speaks for party\noffice speaks for state\nbureau is the same as state")
    aide = EntityId("aide")
    assert {who for who in ("aide", "office", "party", "state", "bureau", "other") if found.speaks_for(aide, EntityId(who))} == {
        "aide", "office", "party", "state", "bureau",
    }  # fmt: skip
    assert not found.speaks_for(EntityId("state"), aide)


@pytest.mark.parametrize("lead", ["planned", "denied", "possible"])
def test_what_is_not_stated_names_nothing(lead: str) -> None:
    found = names(f"{lead}: aide speaks for office\n{lead}: a is the same as b\n{lead}: a is a company")
    assert (found.voice(EntityId("aide")), found.root(EntityId("b")), found.types) == ("aide", "b", {})


def test_the_rank_of_a_spokesman_is_that_of_his_house() -> None:
    found = names("aide is a person\naide speaks for house\nhouse is a ministry\nmaker is a company")
    assert [found.rank(EntityId(who)) for who in ("aide", "house", "maker", "nobody")] == [0, 0, 1, 3]


@pytest.mark.parametrize("pairs", ["a=b b=c", "c=b b=a", "b=c a=c", "a=b c=d b=d", "d=c b=a c=b"])
def test_the_same_are_known_by_the_first_of_their_ids(pairs: str) -> None:
    found = names("\n".join("{} is the same as {}".format(*pair.split("=")) for pair in pairs.split()))
    members = set(pairs.replace("=", " ").split())
    assert {found.root(EntityId(m)) for m in members} == {"a"}
    assert found.same(EntityId("b")) == members
    assert found.same(EntityId("z")) == {"z"}


@pytest.mark.parametrize(
    ("named", "lang", "label"),
    [
        ("bg:Болт en:Bolt :BOLT", "bg", "Болт"),
        ("bg:Болт en:Bolt :BOLT", "ru", "Bolt"),
        ("bg:Болт :BOLT", "en", "BOLT"),
        ("bg:Болт", "en", "Болт"),
        ("ru:Б bg:А", "en", "А"),
        ("", "en", "bolt"),
        ("en:Z-Bolt en/alias:Bolt", "en", "Z-Bolt"),
        ("en/abbreviation:B en/alias:Bolt", "en", "Bolt"),
        ("en/abbreviation:B en/misspelt:A", "en", "B"),
    ],
)
def test_what_a_thing_is_called(named: str, lang: str, label: str) -> None:
    def claim(lang: str, form: str, text: str) -> Claim:
        told = tuple((k, v) for k, v in (("form", form), ("lang", lang)) if v)
        day = Moment.day(DAY)
        return Claim(
            subject="bolt", predicate="named", value=text, qualifiers=told, said_by=("list",), said_on=day, source="s"
        )

    parts = [(*part.split(":")[0].partition("/")[::2], part.split(":")[1]) for part in named.split()]
    for order in (parts, parts[::-1]):
        assert Names.of([claim(*part) for part in order], DAY).label(EntityId("bolt"), lang) == label


def test_an_entity_is_found_by_its_id_or_its_name() -> None:
    w = world(
        'bolt is called "Bolt AG"\nbolt_llp is the same as bolt\nx1 is called "Twin"\nx2 is called "Twin"\nacme controls cog (paper)'
    )
    assert [w.entity(text) for text in ("bolt", "bolt_llp", "bolt ag", " Bolt AG ", "cog")] == [
        "bolt",
        "bolt",
        "bolt",
        "bolt",
        "cog",
    ]
    with pytest.raises(UnknownEntity, match="more than one: x1, x2"):
        w.entity("twin")
    with pytest.raises(UnknownEntity) as told:
        w.entity("bold ag")
    assert "bolt ag" in told.value.hint


def test_two_of_one_name_that_are_the_same_are_no_riddle() -> None:
    assert world('x1 is called "Twin"\nx2 is called "Twin"\nx2 is the same as x1').entity("Twin") == "x1"
