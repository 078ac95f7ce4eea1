"""A large ledger is asked for what touches an entity, a small one is read whole: the answers are the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import PARTIES, SPOKEN, answers, days, laid, name_claims, some_claims

from knockon.analyses.ownership import ownership
from knockon.analyses.status import cascade, status
from knockon.errors import UnknownEntity
from knockon.model.claim import Claim
from knockon.world import World
from knockon.world import world as module

T = TypeVar("T")
FEW = settings(max_examples=5)


def as_large(ask: Callable[[], T]) -> T:
    """What is answered when no ledger counts as small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL", 0)
        return ask()


def again(w: World) -> World:
    return World(w.ledger, on=w.on, known=w.known, at=w.at, supposed=w.supposed, heard=w.heard)


@FEW
@given(some_claims(most=16), st.lists(name_claims(), max_size=4), some_claims(most=2), days(), days(date(2022, 1, 1)))
def test_one_entity_at_a_time_is_the_same(
    told: list[Claim], names: list[Claim], over: list[Claim], on: date, known: date
) -> None:
    small = laid([*told, *names], on=on, known=known).hearing(over[:1]).supposing(over[1:])

    def ask(w: World) -> tuple[object, ...]:
        return (
            w.fingerprint,
            {(word, p): again(w).states(word, object=p) for word in SPOKEN for p in PARTIES},
            {(word, p): again(w).states(word, subject=p) for word in SPOKEN for p in (*PARTIES, "us-ofac", "gl-1")},
            [again(w).told(word, object=p) for word in ("holds_shares", "designates", "retracts") for p in PARTIES],
            [again(w).told(word, subject=p) for word in ("holds_shares", "acquires", "named") for p in PARTIES],
            [(w.name(p), w.type(p)) for p in PARTIES],
            [ownership(again(w), p) for p in PARTIES],
        )

    for large, expected in zip(as_large(lambda: ask(again(small))), ask(small), strict=True):
        assert large == expected


@FEW
@given(some_claims(most=16), st.lists(name_claims(), max_size=3), days(date(2022, 1, 1)))
def test_verdicts_are_the_same(told: list[Claim], names: list[Claim], known: date) -> None:
    small = laid([*told, *names], on=known, known=known)

    def ask(w: World) -> object:
        return answers(w), [status(again(w), w.names.root(p)) for p in PARTIES], cascade(again(w))

    expected = ask(small)
    assert as_large(lambda: ask(again(small))) == expected


def test_names_are_found_and_refused_alike() -> None:
    from knockon.testing import world

    w = world(
        'acme is called "Acme AG" (list)\nbolt is called "Twin" (list)\ncog is called "Twin" (list)\nacme holds 5% of dyne (registry)'
    )

    def ask() -> object:
        large = again(w)
        return large.entity("acme ag"), large.entity("dyne")

    assert as_large(ask) == ("acme", "dyne")
    for wanted in ("Twin", "nobody"):
        with pytest.raises(UnknownEntity):
            as_large(lambda wanted=wanted: again(w).entity(wanted))
