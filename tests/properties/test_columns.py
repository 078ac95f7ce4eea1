"""The columns of a large world are the slots of a small one; the cascade over numbers is the cascade over names."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import PARTIES, STAKES, days, laid, name_claims, some_claims, spoken, stake_claims

from knockon.analyses.cascade import reach
from knockon.analyses.cascade_columns import above, reach_columns
from knockon.analyses.regimes import rules_on
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.testing import claims
from knockon.world import World
from knockon.world.columns import BILLION, Columns, codes_of, columns, names_of
from knockon.world.stakes import Slot, slots

Row = tuple[str, tuple[str, ...], Decimal, Decimal, str, bool]


def rows_of(w: World, table: Columns) -> list[Row]:
    names = names_of(w, table, [*table.asset.tolist(), *table.holder.tolist()])
    out: list[Row] = []
    for n in range(len(table)):
        holders = tuple(names[h] for h in table.holder[table.first[n] : table.first[n + 1]].tolist())
        low, high = Decimal(int(table.low[n])) / BILLION, Decimal(int(table.high[n])) / BILLION
        out.append(
            (
                names[int(table.asset[n])],
                holders,
                low,
                high,
                "stated" if table.stated[n] else "unquantified",
                bool(table.votes[n]),
            )
        )
    return sorted(out)


def expected(w: World) -> list[Row]:
    return sorted((s.asset, s.holders, s.low, s.high, s.told, s.votes) for s in slots(w, STAKES))


@st.composite
def reviews(draw: st.DrawFn, told: list[Claim]) -> list[Claim]:
    """Claims about some of the claims: set aside, or taken back by their own voice."""
    out = []
    for claim in told:
        how = draw(st.sampled_from(["", "", "", "sets_aside", "retracts"]))
        if how:
            said = draw(spoken()) | {"said_by": (claim.origin,)}
            out.append(Claim(subject=claim.origin, predicate=how, object=claim.id, value="wrong", **said))
    return out


@settings(max_examples=60)
@given(st.data(), some_claims(most=20), st.lists(name_claims(), max_size=3), days(), days(date(2022, 1, 1)))
def test_columns_are_the_slots(
    data: st.DataObject, told: list[Claim], names: list[Claim], on: date, known: date
) -> None:
    """Whatever was said, merged, set aside, taken back, supposed or heard."""
    review = data.draw(reviews(told)) if data.draw(st.booleans()) else []
    over = data.draw(some_claims(most=2)) if data.draw(st.booleans()) else []
    w = laid([*told, *names, *review], on=on, known=known, supposed=tuple(over))
    table = columns(w, STAKES)
    assert rows_of(w, table) == expected(w)
    for claim in table.claim.tolist():
        assert claim == -1 or claim <= w.at


@settings(max_examples=60)
@given(st.lists(stake_claims(kinds=("holds_shares",)), min_size=2, max_size=6), days(date(2022, 1, 1)), st.booleans())
def test_columns_are_the_slots_where_many_speak_of_one(told: list[Claim], on: date, speaks: bool) -> None:
    """All claims pressed into one slot: who is fresh, who agrees, who replaces whom."""
    one = [Claim.from_dict({**c.to_dict(), "subject": "acme", "object": "bolt", "qualifiers": {}}) for c in told]
    names = claims("spokesman speaks for us-ofac (list)") if speaks else ()
    w = laid([*one, *names], on=on, known=on)
    assert rows_of(w, columns(w, ["holds_shares"])) == expected(w)


@pytest.mark.parametrize("text", [
    "acme holds 10% of bolt (daily, 2018-01-01)\nacme holds 40% of bolt (wire, 2021-12-01)",
    "acme holds 10% of bolt (daily, 2018-01-01)\nacme holds 40% of bolt (wire, 2018-02-01)",
    "acme holds 10% of bolt (daily, 2021-01-01)\nacme holds 40% of bolt (wire, 2021-12-01)",
    "acme holds 10% of bolt (daily, 2021-01-01)\nacme holds 40% of bolt (wire < daily, 2021-12-01)",
    "acme holds 40% of bolt (daily, 2021-01-01)\nacme holds 40.4% of bolt (wire, 2021-12-01)",
    "acme holds 10% of bolt (daily, 2021-01-01)\nacme holds 40% of bolt (wire, 2021-01-01)\nacme holds 40% of bolt (eve, 2021-01-01)",
    "acme holds 10% of bolt (daily, 2021-01-01)\nacme holds 40% of bolt (wire, 2021-01-01)\nacme holds 70% of bolt (eve, 2018-01-01)",
    "acme holds 10% of bolt (daily, 2021-01-01)\nacme holds 39% of bolt (wire, 2021-01-01)\nacme holds 40% of bolt (eve, 2021-01-01)",
    "acme holds 10% of bolt (daily, 2021-01-01)\nacme holds 40% of bolt (wire, 2021-01-01)\nacme holds 70% of bolt (wire, 2021-02-01)",
    "acme holds ~50% of bolt (daily, 2021-01-01)",
    "acme holds <50% of bolt (daily, 2021-01-01)",
])  # fmt: skip
def test_each_way_to_settle_a_slot_is_the_slot(text: str) -> None:
    """Fresh beside stale, all stale, conflicts, one voice twice, rounding, three of which two agree, three apart."""
    w = laid(claims(text), on=date(2022, 1, 1))
    assert rows_of(w, columns(w, ["holds_shares"])) == expected(w)


ENDS = ("25", "25.0", "50", "75", "49.5", "50.00", "5")


def _told(chance: random.Random, asset: str) -> Claim:
    """A stake as registers and papers tell it: a band with open or closed ends, a number, "about" one, none."""
    low, high = sorted(chance.sample(ENDS, 2), key=Decimal)
    number = Decimal(chance.choice(ENDS))
    value = chance.choice([
        None,
        Quantity.parse(f"{number} %"), Quantity.parse(f"~{number} %"), Quantity.parse(f">{number} %"), Quantity.parse(f"<={number} %"),
        *[Quantity(low=Decimal(low), high=Decimal(high), unit="%", low_open=a, high_open=b) for a in (False, True) for b in (False, True)],
    ])  # fmt: skip
    day = date(chance.choice([2017, 2020, 2021]), 1, chance.choice([1, 2]))
    return Claim(
        subject=EntityId(chance.choice(["acme"] * 9 + ["cog"])),
        predicate="holds_shares",
        object=EntityId(asset),
        value=value,
        qualifiers=tuple(
            pair
            for pair in (("stake", chance.choice(["acme", "block"])), ("votes", chance.choice(["yes", "yes", "no"])))
            if chance.random() < 0.1
        ),
        said_by=(chance.choice(["registry", "daily", "wire", "eve", "spokesman"]),),
        said_on=Moment.day(day),
        source="made up",
    )


def test_columns_are_the_slots_of_thousands_told_by_one_two_or_three() -> None:
    """Bands with open and closed ends, "about", printed places, votes, and stakes with the name of a party."""
    chance = random.Random(11)
    told = [
        _told(chance, f"firm_{n % 40:02d}_{n}") for n in range(2500) for _ in range(chance.choice([1, 2, 2, 3, 3, 3]))
    ]
    w = laid(
        [*told, *claims("spokesman speaks for daily (list)")],
        on=date(2022, 1, 1),
        known=date(2022, 1, 1),
    )
    table = columns(w, ["holds_shares"])
    assert rows_of(w, table) == expected(w)
    assert len(table) > 2500


def _up(by_asset: dict[EntityId, list[Slot]], wanted: EntityId) -> set[EntityId]:
    """A party and everyone who stands above it, by another road than the columns."""
    seen: set[EntityId] = set()
    front = [wanted]
    while front:
        one = front.pop()
        if one not in seen:
            seen.add(one)
            front += [h for s in by_asset.get(one, ()) for h in s.holders]
    return seen


RULE = next(r for r in rules_on(date(2025, 11, 11), "us-ofac") if "blocking" in r.measures)


@settings(max_examples=50)
@given(
    some_claims(most=20),
    days(date(2022, 1, 1)),
    st.sets(st.sampled_from(PARTIES), max_size=2),
    st.sets(st.sampled_from(PARTIES), max_size=2),
)
def test_the_cascade_over_columns_is_the_cascade(
    told: list[Claim], known: date, sure: set[str], maybe: set[str]
) -> None:
    w = laid(told, on=known, known=known)
    held = slots(w, STAKES)
    table = columns(w, STAKES)
    code = codes_of(w, table, PARTIES)
    seeds, perhaps = sure & set(code), (maybe - sure) & set(code)
    by_name = reach(RULE, held, frozenset(map(EntityId, seeds)), frozenset(map(EntityId, perhaps)))
    found = reach_columns(RULE, table, [code[p] for p in seeds], [code[p] for p in perhaps])
    for party, n in code.items():
        assert (party in by_name.surely, party in by_name.possibly) == (found.surely[n], found.possibly[n])
        assert by_name.low.get(EntityId(party), 0) == Decimal(int(found.low[n])) / BILLION
        assert by_name.high.get(EntityId(party), 0) == Decimal(int(found.high[n])) / BILLION
        up = names_of(w, table, above(table, [n]).tolist()).values()
        assert set(up) == _up({a: [s for s in held if s.asset == a] for a in map(EntityId, PARTIES)}, EntityId(party))
