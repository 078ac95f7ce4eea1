"""Made-up claims, worlds and webs of stakes for the property tests. Small pools on purpose: things must collide."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from knockon.analyses.ownership import ownership
from knockon.analyses.status import cascade, designated
from knockon.ledger import Ledger
from knockon.model.claim import Claim, Mode, Polarity, Quote
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import vocabulary
from knockon.world import World

PARTIES = ("acme", "bolt", "cog", "dyne", "eve")
SPEAKERS = ("registry", "daily", "wire", "spokesman", "acme", "us-ofac", "uk")
AUTHORITIES = ("us-ofac", "uk")
STAKES = ("holds_shares", "holds_interest", "manages", "controls", "entitled_to")
#: the predicates of which the worlds below speak
SPOKEN = (*STAKES, "designates", "covers", "issues", "develops", "produces", "capacity", "outage")
FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)

#: who the speakers are; laid under every made-up world, since rank and competence hang on it
WHO = (
    ("registry", "register"),
    ("daily", "outlet"),
    ("wire", "news_agency"),
    ("us-ofac", "authority"),
    ("uk", "authority"),
    ("acme", "company"),
)


def days(first: date = FIRST, last: date = LAST) -> st.SearchStrategy[date]:
    return st.dates(first, last)


@st.composite
def moments(draw: st.DrawFn, *, closed: bool = False) -> Moment:
    """A day, a month, a year, a range, a range open at one side, or an instant."""
    day = draw(days())
    forms = [
        str(day),
        f"{day:%Y-%m}",
        f"{day:%Y}",
        f"{day}..{day + timedelta(days=draw(st.integers(0, 90)))}",
        f"..{day}",
    ]
    if not closed:
        forms += [f"{day}..", f"{day}T00:01 America/New_York"]
    return Moment.parse(draw(st.sampled_from(forms)))


@st.composite
def percentages(draw: st.DrawFn) -> Quantity:
    """As printed: whole, with places, from..to, more than, about; the thresholds are drawn often."""
    number = draw(
        st.one_of(st.sampled_from(["50", "25", "49.99", "50.01", "100", "0"]), st.integers(0, 1000).map(_tenths))
    )
    form = draw(st.sampled_from(["{n} %", "{n} %", "{n} %", ">{n} %", ">={n} %", "<{n} %", "~{n} %", "{n}..{m} %"]))
    return Quantity.parse(form.format(n=number, m=min(Decimal(100), Decimal(number) + draw(st.integers(0, 30)))))


def _tenths(number: int) -> str:
    return str(Decimal(number) / 10)


@st.composite
def spoken(draw: st.DrawFn, *, first: date = FIRST, last: date = LAST) -> dict[str, Any]:
    """Who said it, when, and where it stands."""
    chain = tuple(draw(st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=3, unique=True)))
    day = draw(days(first, last))
    return {"said_by": chain, "said_on": Moment.day(day), "source": f"paper:{chain[0]}:{day}"}


@st.composite
def stake_claims(draw: st.DrawFn, *, first: date = FIRST, last: date = LAST, kinds: tuple[str, ...] = STAKES) -> Claim:
    holder, asset = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=2, unique=True))
    kind = draw(st.sampled_from(kinds))
    start = draw(st.none() | days(FIRST, date(2021, 1, 1)).map(Moment.day))
    end = draw(st.sampled_from([None, None, None, Moment.parse("2025"), Moment.parse("2024-06-01")]))
    slotted = kind in ("holds_shares", "holds_interest", "manages", "entitled_to")
    return Claim(
        subject=holder,
        predicate=kind,
        object=asset,
        value=draw(st.none() | percentages()),
        qualifiers=(("stake", "one"),) if slotted and draw(st.integers(0, 4)) == 0 else (),
        start=start,
        end=end,
        mode=draw(st.sampled_from([Mode.STATED] * 6 + list(Mode))),
        polarity=draw(st.sampled_from([Polarity.AFFIRMED] * 5 + [Polarity.DENIED])),
        **draw(spoken(first=first, last=last)),
    )


@st.composite
def act_claims(draw: st.DrawFn, *, first: date = FIRST, last: date = LAST) -> Claim:
    """Designations and their ends, licences, deals, outages."""
    said = draw(spoken(first=first, last=last))
    word = draw(
        st.sampled_from(
            ["designates"] * 3 + ["delists", "issues", "covers", "supersedes", "acquires", "sells", "ends", "outage"]
        )
    )
    authority = draw(st.sampled_from(AUTHORITIES))
    party, other = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=2, unique=True))
    old, new = draw(st.permutations(["gl-1", "gl-2"]))
    fields: dict[str, Any] = {
        "designates": {"subject": authority, "object": party, "qualifiers": (("measure", "blocking"),)},
        "delists": {"subject": authority, "object": party, "qualifiers": (("measure", "blocking"),)},
        "issues": {"subject": authority, "object": new},
        "covers": {"subject": new, "object": party, "qualifiers": (("activity", "project_dealings"),)},
        "supersedes": {"subject": new, "object": old},
        "acquires": {"subject": party, "object": other, "value": draw(percentages())},
        "sells": {"subject": party, "object": other, "value": draw(percentages())},
        "ends": {"subject": party, "object": other, "qualifiers": (("what", "holds_shares"),)},
        "outage": {"subject": party},
    }[word]
    if word in ("designates", "delists") and draw(st.booleans()):
        said["said_by"] = (authority,)
    return Claim(predicate=word, start=draw(moments()), **fields, **said)


@st.composite
def name_claims(draw: st.DrawFn) -> Claim:
    word = draw(st.sampled_from(["is_a", "named", "speaks_for", "same_as"]))
    party, other = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=2, unique=True))
    fields: dict[str, Any] = {
        "is_a": {"subject": party, "value": draw(st.sampled_from(["company", "venture", "field"]))},
        "named": {
            "subject": party,
            "value": draw(st.sampled_from(["Acme", "Bolt AG", "Ког"])),
            "qualifiers": (("lang", "en"),),
        },
        "speaks_for": {"subject": "spokesman", "object": draw(st.sampled_from(["acme", "us-ofac"]))},
        "same_as": {"subject": party, "object": other},
    }[word]
    return Claim(predicate=word, **fields, **draw(spoken()))


def claims(*, first: date = FIRST, last: date = LAST) -> st.SearchStrategy[Claim]:
    """Claims about the world (no names), said between two days."""
    return st.one_of(
        stake_claims(first=first, last=last), stake_claims(first=first, last=last), act_claims(first=first, last=last)
    )


def some_claims(*, first: date = FIRST, last: date = LAST, most: int = 12) -> st.SearchStrategy[list[Claim]]:
    return st.lists(claims(first=first, last=last), min_size=1, max_size=most)


@st.composite
def any_claims(draw: st.DrawFn) -> Claim:
    """A claim of any shape that the model takes, whatever the vocabulary thinks of it."""
    text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
    quote = draw(st.none() | st.tuples(st.integers(0, 9), text))
    start, end = draw(
        st.sampled_from([(None, None), ("2020", None), (None, "2021-05"), ("2020-01-01..2020-02-01", "2022")])
    )
    return Claim(
        subject=draw(st.sampled_from(PARTIES)),
        predicate=draw(st.sampled_from(sorted(vocabulary()))),
        object=draw(st.none() | st.sampled_from(PARTIES)),
        value=draw(st.none() | text | percentages()),
        qualifiers=tuple(draw(st.dictionaries(st.sampled_from(["stake", "activity", "of"]), text, max_size=3)).items()),
        start=Moment.parse(start) if start else None,
        end=Moment.parse(end) if end else None,
        mode=draw(st.sampled_from(Mode)),
        polarity=draw(st.sampled_from(Polarity)),
        said_by=tuple(draw(st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=3))),
        said_on=draw(moments(closed=True)),
        source=draw(text),
        quote=Quote(quote[0], quote[0] + len(quote[1]), quote[1]) if quote else None,
    )


@st.composite
def webs(draw: st.DrawFn, *, parties: int = 7, most: int = 14) -> list[tuple[str, str, Decimal]]:
    """Holder, asset, percent: at most one stake a pair, cycles allowed, no asset held beyond the whole."""
    names = [f"p{i}" for i in range(parties)]
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), unique=True, max_size=most))
    left = dict.fromkeys(names, Decimal(100))
    out: list[tuple[str, str, Decimal]] = []
    for holder, asset in pairs:
        share = min(
            Decimal(draw(st.sampled_from(["50", "25", "49.99", "51", "10", "33.333333333", "100", "0.01"]))),
            left[asset],
        )
        if holder != asset and share > 0:
            left[asset] -= share
            out.append((holder, asset, share))
    return out


def laid(
    told: list[Claim] | tuple[Claim, ...], *, on: date, known: date | None = None, supposed: tuple[Claim, ...] = ()
) -> World:
    """A world in memory over ``told`` and the types of the speakers."""
    ledger = Ledger.memory()
    ledger.add([*who(), *told])
    return World(ledger, on=on, known=known, supposed=supposed)


def who() -> list[Claim]:
    return [
        Claim(
            subject=name, predicate="is_a", value=kind, said_by=("list",), said_on=Moment.parse("2000"), source="list"
        )
        for name, kind in WHO
    ]


def answers(world: World) -> tuple[object, ...]:
    """What this world answers, over everything that the made-up claims speak of."""
    return (
        world.states(*SPOKEN),
        designated(world),
        cascade(world),
        tuple(ownership(world, party) for party in PARTIES if world.names.root(party) == party),
    )
