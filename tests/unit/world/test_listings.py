"""Listings are read off editions: present, absent, back again; printed days; whose word; what was known when."""

from __future__ import annotations

import pytest

from knockon.errors import Refused
from knockon.ledger import Ledger
from knockon.model.interval import Holds, parse_day
from knockon.testing import claims, world
from knockon.world import World
from knockon.world.listings import Grain, Listing, listed_parties, listings

Row = tuple[str, str | None, str, str | None]


def edition(day: str, *entries: str, kind: str = "sdn", who: str = "us-ofac", complete: bool = True) -> str:
    """One edition as lines: ``party``, ``party/programme`` and, after a blank, the printed days."""
    whole = "yes" if complete else "no"
    lines = [
        f'{who} edition "{day}-{kind}-{whole}" list={kind} complete={whole} rows={len(entries)} ({who}, said {day})'
    ]
    for entry in entries:
        name, _, days = entry.partition(" ")
        party, _, programme = name.partition("/")
        under = f" programme={programme}" if programme else ""
        lines.append(
            f"{who} lists {party} list={kind} measure=blocking{under} {days} ({who}, said {day})".replace("  ", " ")
        )
    return "\n".join(lines)


def rows(w: World, **asked: object) -> list[Row]:
    return sorted(
        (x.party, x.programme, str(x.start), x.end and str(x.end))
        for x in (*listings(w, **asked), *listings(w, ended=True, **asked))  # type: ignore[arg-type]
    )


A, B, C, D = "2021-08-18", "2022-02-23", "2023-02-22", "2024-02-20"
HISTORY = [
    edition(A, "acme", "bolt"),
    edition(B, "acme", "cog"),
    edition(C, "bolt", "cog"),
    edition(D, "acme", "bolt", "cog"),
]


def test_the_days_between_two_editions_are_in_doubt() -> None:
    w = world("\n".join(HISTORY), on=D)
    assert rows(w) == [
        ("acme", None, "..2021-08-18", "2022-02-24..2023-02-22"),
        ("acme", None, "2023-02-23..2024-02-20", None),
        ("bolt", None, "..2021-08-18", "2021-08-19..2022-02-23"),
        ("bolt", None, "2022-02-24..2023-02-22", None),
        ("cog", None, "2021-08-19..2022-02-23", None),
    ]


@pytest.mark.parametrize(
    ("on", "bolt"),
    [
        ("2021-08-17", Holds.POSSIBLY),  # before the first edition the ledger knows nothing
        (A, Holds.SURELY),
        ("2021-08-19", Holds.POSSIBLY),
        ("2022-02-22", Holds.POSSIBLY),
        (B, Holds.NOT),
        ("2022-02-24", Holds.POSSIBLY),
        ("2023-02-21", Holds.POSSIBLY),
        (C, Holds.SURELY),
        ("2030-01-01", Holds.SURELY),
    ],
)
def test_on_each_day(on: str, bolt: Holds) -> None:
    w = world("\n".join(HISTORY), on=on, known="2030-01-01")
    found = listings(w, party="bolt")
    assert [x.holds for x in found] == ([] if bolt is Holds.NOT else [bolt])
    assert ("bolt" in listed_parties(w, "us-ofac")) == (bolt is Holds.SURELY)
    assert ("bolt" in listed_parties(w, "us-ofac", possibly=True)) == (bolt is not Holds.NOT)


@pytest.mark.parametrize(("on", "names"), [(A, "acme bolt"), (B, "acme cog"), (C, "bolt cog"), (D, "acme bolt cog")])
def test_on_the_day_of_an_edition_its_parties_are_listed(on: str, names: str) -> None:
    assert listed_parties(world("\n".join(HISTORY), on=on, known=D), "us-ofac", "sdn") == set(names.split())


def test_who_is_over_is_told_with_the_days_between_which_it_happened() -> None:
    w = world("\n".join(HISTORY), on=B)
    (gone,) = listings(w, party="bolt", ended=True)
    assert (str(gone.end), gone.holds) == ("2021-08-19..2022-02-23", Holds.NOT)
    assert [w.claim(c).predicate for c in gone.because] == ["lists"]
    (shown,) = gone.ended_by
    assert (w.claim(shown).predicate, str(w.claim(shown).said_on)) == ("edition", B)
    assert listings(w, party="acme", ended=True) == ()


def test_a_listing_names_the_claims_that_carry_it() -> None:
    w = world("\n".join(HISTORY), on="2022-06-01", known=D)
    (cog,) = listings(w, party="cog")
    told = [(w.claim(c).predicate, str(w.claim(c).said_on)) for c in cog.because]
    assert told == [("lists", B), ("lists", C), ("edition", A)]
    assert cog.holds is Holds.SURELY


def test_a_removal_heard_of_later_is_not_back_dated() -> None:
    early = world("\n".join(HISTORY), on="2021-12-01", known="2022-02-22")
    late = world("\n".join(HISTORY), on="2021-12-01", known=B)
    assert [(x.holds, x.end) for x in listings(early, party="bolt")] == [(Holds.SURELY, None)]
    assert [x.holds for x in listings(late, party="bolt")] == [Holds.POSSIBLY]


def test_what_was_recorded_later_is_not_seen() -> None:
    ledger = Ledger.memory()
    ledger.add(claims("\n".join(HISTORY[:1])))
    before = ledger.at
    ledger.add(claims("\n".join(HISTORY[1:])))
    day = parse_day(D)
    assert rows(World(ledger, on=day, at=before)) == rows(world(HISTORY[0], on=D))
    assert rows(World(ledger, on=day)) == rows(world("\n".join(HISTORY), on=D))


def test_an_edition_that_is_not_complete_shows_presence_alone() -> None:
    text = [edition(A, "acme", "bolt"), edition(B, "cog", complete=False), edition(C, "acme", "bolt")]
    w = world("\n".join(text), on=C)
    assert rows(w) == [
        ("acme", None, "..2021-08-18", None),
        ("bolt", None, "..2021-08-18", None),
        ("cog", None, "2021-08-19..2022-02-23", "2022-02-24..2023-02-22"),
    ]


def test_an_amendment_after_the_last_complete_edition_extends() -> None:
    w = world("\n".join([edition(A, "acme"), edition(B, "acme", "bolt", complete=False)]), on="2022-06-01")
    assert rows(w) == [("acme", None, "..2021-08-18", None), ("bolt", None, "2021-08-19..2022-02-23", None)]


def test_of_two_editions_of_one_day_either_shows() -> None:
    text = [edition(A, "acme"), edition(B, "bolt"), edition(B, "acme", complete=False), edition(C, "acme", "bolt")]
    w = world("\n".join(text), on=C)
    assert rows(w) == [("acme", None, "..2021-08-18", None), ("bolt", None, "2021-08-19..2022-02-23", None)]


def test_each_list_has_editions_of_its_own() -> None:
    text = [edition(A, "acme"), edition(B, "bolt", kind="nonsdn"), edition(C, "acme", who="un")]
    w = world("\n".join(text), on=C)
    assert {(x.authority, x.list, x.party, str(x.start), x.end) for x in listings(w)} == {
        ("us-ofac", "sdn", "acme", "..2021-08-18", None),
        ("us-ofac", "nonsdn", "bolt", "..2022-02-23", None),
        ("un", "sdn", "acme", "..2023-02-22", None),
    }
    assert listed_parties(w, "us-ofac", "nonsdn") == {"bolt"}
    assert [x.authority for x in listings(w, authority="un")] == ["un"]


# ---------------------------------------------------------------------------------------------------- programmes
PROGRAMMES = [edition(A, "acme/one", "acme/two"), edition(B, "acme/two", "acme/three")]


def test_a_programme_ends_and_begins_while_the_party_stays() -> None:
    w = world("\n".join(PROGRAMMES), on="2022-01-01", known=B)
    assert [(x.programme, x.holds.value) for x in listings(w)] == [
        ("one", "possibly"), ("three", "possibly"), ("two", "surely"),
    ]  # fmt: skip
    only = world("\n".join([edition(A, "acme/one"), edition(B, "acme/two")]), on="2022-01-01", known=B)
    assert {x.holds for x in listings(only)} == {Holds.POSSIBLY}
    assert listed_parties(only, "us-ofac") == {"acme"}
    for grain in (Grain.LIST, Grain.MEASURE):
        (whole,) = listings(only, grain=grain)
        assert (str(whole.start), whole.end, whole.holds, whole.programme) == ("..2021-08-18", None, Holds.SURELY, None)


# ---------------------------------------------------------------------------------------------------- printed days
@pytest.mark.parametrize(
    ("entries", "start"),
    [
        (["acme since 2014-07-16"], "2014-07-16"),  # no earlier edition: the print tells more
        (["", "acme since 2021-12-01"], "2021-12-01"),  # within the days that the editions leave
        (["", "acme since 2022-02"], "2022-02"),
        (["", "acme since 2021"], "2021-08-19..2021-12-31"),  # an edition of August did not show it
        (["", "acme since 2014-07-16"], "2021-08-19..2022-02-23"),  # nor ever before
        (["", "acme since 2022-06-01"], "2022-06-01"),  # begins on a day to come
        (["", "acme", "acme since 2021-12-01"], "2021-12-01"),  # printed later
        (["", "acme since 2021-12-01", "acme since 2021-12-05"], "2021-12-05"),  # corrected
        (["", "acme", "acme since 2022-12-01"], "2021-08-19..2022-02-23"),  # it was there before that day
        (["", "acme since 2022-06-01", "acme since 2022-07-01"], "2022-07-01"),  # put off
    ],
)
def test_a_printed_start_wins_where_it_can_be_true(entries: list[str], start: str) -> None:
    text = [edition(day, *([e] if e else [])) for day, e in zip((A, B, C), entries, strict=False)]
    (found,) = listings(world("\n".join(text), on="2025-01-01"))
    assert str(found.start) == start
    if "since" in entries[-1] and str(found.start) in entries[-1]:
        assert any(str(world("\n".join(text)).claim(c).start) == start for c in found.because)


def test_a_listing_that_begins_later_is_neither_there_nor_over() -> None:
    text = "\n".join([edition(A), edition(B, "acme since 2022-06-01")])
    for on, there in ((B, 0), ("2022-05-31", 0), ("2022-06-01", 1)):
        w = world(text, on=on, known=C)
        assert (len(listings(w)), len(listings(w, ended=True))) == (there, 0)


@pytest.mark.parametrize(
    ("entries", "end"),
    [
        (["acme until 2022-12-31"], "2022-12-31"),
        (["acme until 2022-12-31", "acme"], None),  # the newest edition prints none
        (["acme until 2022-12-31", "acme until 2023-12-31"], "2023-12-31"),  # prolonged
        (["acme until 2021-12-31", ""], "2021-12-31"),
        (["acme until 2024-12-31", ""], "2021-08-19..2022-02-23"),  # taken off sooner
        (["acme until 2022", ""], "2022-01-01..2022-02-23"),
    ],
)
def test_a_printed_end(entries: list[str], end: str | None) -> None:
    text = [edition(day, *([e] if e else [])) for day, e in zip((A, B), entries, strict=False)]
    w = world("\n".join(text), on="2021-09-01", known="2025-01-01")
    (found,) = listings(w)
    assert (found.end and str(found.end)) == end
    assert bool(found.ended_by) == (end is not None)


# ---------------------------------------------------------------------------------------------------- whose word
def test_press_cannot_list() -> None:
    told = edition(A, "acme").replace("(us-ofac,", "(daily,")
    assert rows(world(told, on=A)) == []
    assert rows(world(f"{told}\ndaily speaks for us-ofac", on=A)) == [("acme", None, "..2021-08-18", None)]


def test_an_edition_told_by_another_shows_no_absence() -> None:
    told = [edition(A, "acme"), edition(B).replace("(us-ofac,", "(daily,")]
    assert rows(world("\n".join(told), on=B)) == [("acme", None, "..2021-08-18", None)]


@pytest.mark.parametrize("lead", ["planned", "denied", "possible"])
def test_only_what_is_stated_lists(lead: str) -> None:
    assert rows(world(f"{lead}: us-ofac lists acme list=sdn (us-ofac, said {A})", on=A)) == []


@pytest.mark.parametrize("how", ["sets_aside", "retracts"])
def test_an_entry_set_aside_or_taken_back_is_not_there(how: str) -> None:
    told = claims(edition(A, "acme", "bolt"))
    wrong = next(c for c in told if c.object == "acme")
    w = world(edition(A, "acme", "bolt") + f'\nus-ofac {how} {wrong.id} "a slip" (us-ofac, said {A})', on=A)
    assert listed_parties(w, "us-ofac") == {"bolt"}


def test_an_edition_set_aside_shows_no_absence() -> None:
    text = "\n".join([edition(A, "acme"), edition(B, "bolt")])
    wrong = next(c for c in claims(text) if c.predicate == "edition" and str(c.said_on) == B)
    w = world(f'{text}\nreviewer sets_aside {wrong.id} "cut short" (reviewer, said {B})', on=B)
    assert rows(w, party="acme") == [("acme", None, "..2021-08-18", None)]


# ---------------------------------------------------------------------------------------------------- the same party
def test_merged_parties_are_one() -> None:
    text = "\n".join([edition(A, "ofac:1"), edition(B, "acme"), "acme is the same as ofac:1"])
    assert rows(world(text, on=B)) == [("acme", None, "..2021-08-18", None)]
    for party in ("acme", "ofac:1"):
        assert [x.party for x in listings(world(text, on=B), party=party)] == ["acme"]


def test_merged_authorities_are_one() -> None:
    text = "\n".join([edition(A, "acme"), edition(B, who="ofac"), "ofac is the same as us-ofac"])
    (found,) = listings(world(text, on="2021-10-01", known=B), authority="us-ofac")
    assert (found.authority, str(found.end)) == ("ofac", "2021-08-19..2022-02-23")


# ---------------------------------------------------------------------------------------------------- acts and what-ifs
def _ends(found: tuple[Listing, ...]) -> list[str | None]:
    return [x.end and str(x.end) for x in found]


def test_an_act_ends_a_listing_on_its_day() -> None:
    text = "\n".join([edition(A, "acme"), edition(B)])
    w = world(f"{text}\nus-ofac delists acme on 2021-12-01 (us-ofac)", on="2021-11-01", known=B)
    assert _ends(listings(w)) == ["2021-12-01"]
    assert [w.claim(c).predicate for c in listings(w)[0].ended_by] == ["delists"]
    assert listed_parties(w, "us-ofac") == {"acme"}
    assert listed_parties(w.on_day(parse_day("2021-12-01")), "us-ofac", possibly=True) == set()


def test_an_edition_after_the_act_that_still_shows_it_prevails() -> None:
    w = world(f"{edition(A, 'acme')}\n{edition(B, 'acme')}\nus-ofac delists acme on 2021-12-01 (us-ofac)", on=B)
    assert _ends(listings(w)) == [None]


def test_the_press_delists_nobody() -> None:
    w = world(f"{edition(A, 'acme')}\nus-ofac delists acme on 2021-12-01 (daily)", on=B)
    assert _ends(listings(w)) == [None]


def test_a_supposed_act_moves_it_whatever_editions_came_later() -> None:
    text = "\n".join([edition(A, "acme"), edition(B, "acme")])
    w = world(text, on=A, known=B, suppose="us-ofac delists acme on 2021-12-01")
    assert _ends(listings(w)) == ["2021-12-01"]
    assert _ends(listings(world(text, on=A, known=B))) == [None]


def test_an_act_for_one_programme_leaves_the_party_listed() -> None:
    text = edition(A, "acme/one", "acme/two") + "\nus-ofac delists acme under one on 2021-12-01 (us-ofac)"
    w = world(text, on="2022-01-01")
    assert [x.programme for x in listings(w)] == ["two"]
    assert listed_parties(w, "us-ofac") == {"acme"}
    both = world(text + "\nus-ofac delists acme under two on 2021-12-05 (us-ofac)", on="2022-01-01")
    assert listed_parties(both, "us-ofac", possibly=True) == set()
    assert _ends(listings(both, ended=True, grain=Grain.MEASURE)) == ["2021-12-05"]


def test_an_edition_cannot_be_supposed() -> None:
    with pytest.raises(Refused, match="cannot be supposed"):
        listings(world(edition(A, "acme"), on=B, suppose="us-ofac lists bolt list=sdn"))


def test_an_edition_of_no_single_day_is_refused() -> None:
    for wrong in ("lists acme list=sdn", 'edition "x" list=sdn complete=yes'):
        with pytest.raises(Refused, match=r"no single day \(2021-08-01\.\.2021-08-31"):
            listings(world(f"us-ofac {wrong} (us-ofac, said 2021-08)", on=B))


def test_an_empty_ledger_lists_nobody() -> None:
    w = world("acme holds 60% of bolt (registry)")
    assert (listings(w), listings(w, ended=True), listed_parties(w, "us-ofac")) == ((), (), frozenset())
