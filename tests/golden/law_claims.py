"""A case of the law suite as claims, so that knockon can be asked. One claim for one row; what a row leaves out is filled by the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tests.golden.law_cases import LISTED, START, Case, measure_of
from tests.golden.law_share import share

from knockon.ledger import Ledger
from knockon.model.claim import Claim, Mode
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import check
from knockon.world import World

__all__ = ["claims", "seen"]

#: all days of a case are asked with all that the case tells: the suite is about the law, not about who knew when
KNOWN = date(2026, 1, 1)
REGISTERS = ("registry", "registry_a", "registry_b")


def claims(case: Case, *, also_told_by: str = "") -> tuple[Claim, ...]:
    """The facts of a case. With ``also_told_by`` every fact is told a second time: acts by a paper that names the authority,
    stakes and all else by a register of that name."""
    told = tuple(_facts(case))
    again = tuple(_retold(claim, also_told_by) for claim in told) if also_told_by else ()
    names = {*REGISTERS, *(f"{also_told_by}_{r}" for r in REGISTERS if also_told_by)}
    kinds = tuple(_claim(case, name, "is_a", value="register") for name in sorted(names))
    return (*told, *again, *kinds)


def seen(told: tuple[Claim, ...], day: date, *, twice: bool = False) -> World:
    """A world that holds these claims, on a day; ``twice`` tells all of them again in a second load."""
    ledger = Ledger.memory()
    for _ in range(2 if twice else 1):
        ledger.add(told, origin="law suite")
    return World(ledger, on=day, known=KNOWN)


def _facts(case: Case) -> Iterator[Claim]:
    for row in case.rows("listed"):
        extra = {"measure": measure_of(row), "programme": row.get("programme")}
        yield _claim(
            case,
            row["authority"],
            "designates",
            row["party"],
            said_by=row["authority"],
            default=LISTED,
            dates=row,
            **extra,
        )
    for row in case.rows("delisted"):
        extra = {"measure": measure_of(row), "programme": row.get("programme")}
        yield _claim(case, row["authority"], "delists", row["party"], said_by=row["authority"], dates=row, **extra)
    for table, word in (("stake", "holds_shares"), ("interest", "holds_interest")):
        for row in case.rows(table):
            value = share(row["share"]) if "share" in row else None
            extra = {"stake": row.get("label"), "votes": "yes" if row.get("votes") else None}
            yield _claim(
                case,
                row["holder"],
                word,
                row["asset"],
                value=value,
                dates=row,
                said_by=row.get("said_by", "registry"),
                mode=row.get("mode", "stated"),
                **extra,
            )
    for row in case.rows("control"):
        yield _claim(case, row["holder"], "controls", row["asset"], dates=row, by=row["by"])
    for row in case.rows("joint"):
        yield _claim(case, row["one"], "acts_jointly", row["other"], dates=row, over=row["over"])
    for row in case.rows("rebutted"):
        extra = {"holder": row["holder"], "test": row["test"], "how": row.get("how"), "for": row["authority"]}
        yield _claim(
            case, row["authority"], "rebuts_control", row["asset"], said_by=row["authority"], dates=row, **extra
        )
    for row in case.rows("deal"):
        yield _claim(
            case,
            row["seller"],
            "sells",
            row["asset"],
            value=share(row["share"]),
            dates={"from": row["on"]},
            to=row["buyer"],
        )
    for row in case.rows("linked"):
        yield _claim(case, row["party"], "linked_to", row["to"], role=row.get("role"))
    for row in case.rows("office"):
        yield _claim(case, row["person"], "holds_office", row["party"], value=row["title"])
    for row in case.rows("kind"):
        yield _claim(case, row["party"], "is_a", value=row["type"])
    for row in case.rows("located"):
        yield _claim(case, row["party"], "located_in", row["state"])
    for row in case.rows("member"):
        yield _claim(case, row["state"], "part_of", row["union"])


def _claim(
    case: Case,
    subject: str,
    word: str,
    object: str | None = None,
    *,
    value: Quantity | str | None = None,
    dates: Mapping[str, Any] | None = None,
    default: str = START,
    said_by: str = "registry",
    mode: str = "stated",
    **qualifiers: str | None,
) -> Claim:
    """A claim that was said on the first day on which it surely holds; a plan is told on the first day of all."""
    dates = dates or {}
    start = Moment.parse(dates.get("from", default))
    made = Claim(
        subject=EntityId(subject),
        predicate=word,
        object=EntityId(object) if object else None,
        value=value,
        qualifiers=tuple(sorted((k, v) for k, v in qualifiers.items() if v is not None)),
        start=None if word == "is_a" else start,
        end=Moment.parse(dates["until"]) if "until" in dates else None,
        mode=Mode(mode),
        said_by=(EntityId(said_by),),
        said_on=Moment.parse(START) if mode != "stated" else Moment.day(start.latest or KNOWN),
        source=f"law suite: {case.id}",
    )
    check(made)
    return made


def _retold(claim: Claim, teller: str) -> Claim:
    data = claim.to_dict()
    acts = claim.origin not in REGISTERS
    data["said_by"] = [f"{teller}_paper", *data["said_by"]] if acts else [f"{teller}_{claim.origin}"]
    return Claim.from_dict(data)
