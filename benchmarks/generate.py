"""A made-up ledger's worth of claims, as CSV: the same seed gives the same bytes.

The shape follows what registers and lists hold: most stakes are told once, one slot in twenty by several voices (of which
one in five disagree), owners stand above what they own in trees that are deep in places, a few stakes close a loop, some
deals and ends, one party in a hundred listed, a name and a type for many.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from knockon.sources.csv_ import COLUMNS

__all__ = ["write"]

_FIRST, _DAYS = date(2005, 1, 1), 7_500
_VOICES = [f"register_{n:02d}" for n in range(40)]
_PAPERS = [f"paper_{n:02d}" for n in range(60)]
_SHARES = ["100", "50", "51", "25", "49", "33.3", "10", "5", "74.9", "0.5"]


def write(path: Path, count: int, *, seed: int = 7) -> Path:
    """Write ``count`` rows."""
    chance = random.Random(seed)
    companies = max(8, count * 3 // 5)  # more than are reached: no slot is told twice by accident
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, restval="")
        out.writeheader()
        made = 0
        for rows in _worlds(chance, companies):
            for row in rows[: count - made]:
                out.writerow(row)
            made += len(rows[: count - made])
            if made == count:
                return path
    raise AssertionError("the generator ran dry")


def _worlds(chance: random.Random, companies: int):  # type: ignore[no-untyped-def]  # rows, batch by batch, without end
    yield [_row(chance, v, "is_a", "", "register", (v,)) for v in _VOICES]
    yield [_row(chance, p, "is_a", "", "outlet", (p,)) for p in _PAPERS]
    yield [_row(chance, "us-ofac", "is_a", "", "authority", ("us-ofac",))]
    number = 1
    while True:
        number += 1
        company = f"company_{number % companies:07d}"
        rows = _stakes(chance, number % companies, company)
        if chance.random() < 0.45:
            rows.append(_row(chance, company, "named", "", f"Company {number} AG", ("list",), qualifiers="lang=en"))
        if chance.random() < 0.12:
            rows.append(_row(chance, company, "is_a", "", "company", ("list",)))
        if chance.random() < 0.03:
            rows.append(
                _row(
                    chance,
                    company,
                    "produces",
                    "",
                    f"{chance.randrange(1, 900) / 10} Mt",
                    ("list",),
                    qualifiers="commodity=oil",
                )
            )
        if chance.random() < 0.01:
            rows += _listing(chance, company)
        yield rows


def _stakes(chance: random.Random, number: int, company: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    left, seen = 100.0, {number}
    for _ in range(chance.choice([1, 1, 1, 2, 2, 3])):
        # dividing keeps the trees of owners deep but finite; one in two hundred points anywhere, and may close a loop
        above = number // chance.choice([2, 3, 7]) if chance.random() > 0.005 else chance.randrange(1, number + 2)
        share = chance.choice(_SHARES)
        if float(share) > left or above in seen:
            continue
        seen.add(above)
        left -= float(share)
        owner = f"company_{above:07d}"
        kind = "holds_shares" if chance.random() > 0.03 else "holds_interest"
        since = str(_day(chance)) if chance.random() < 0.4 else ""
        rows.append(_row(chance, owner, kind, company, f"{share} %", (chance.choice(_VOICES),), start=since))
        if chance.random() < 0.05:
            for _ in range(chance.choice([1, 1, 2])):
                told = share if chance.random() > 0.2 else chance.choice(_SHARES)
                rows.append(
                    _row(chance, owner, kind, company, f"{told} %", (chance.choice(_PAPERS), chance.choice(_VOICES)))
                )
        if chance.random() < 0.004:
            deal = chance.choice(["acquires", "sells"])
            rows.append(_row(chance, owner, deal, company, "5 %", (chance.choice(_PAPERS),), start=str(_day(chance))))
        if chance.random() < 0.002:
            rows.append(
                _row(chance, owner, "ends", company, "", (chance.choice(_VOICES),), qualifiers=f"what={kind}", start=str(_day(chance)))
            )  # fmt: skip
    return rows


def _listing(chance: random.Random, company: str) -> list[dict[str, str]]:
    day = _day(chance)
    rows = [
        _row(
            chance,
            "us-ofac",
            "designates",
            company,
            "",
            ("us-ofac",),
            qualifiers="measure=blocking",
            start=str(day),
            said=day,
        )
    ]
    if chance.random() < 0.1:
        later = day + timedelta(days=chance.randrange(30, 900))
        rows.append(
            _row(
                chance,
                "us-ofac",
                "delists",
                company,
                "",
                ("us-ofac",),
                qualifiers="measure=blocking",
                start=str(later),
                said=later,
            )
        )
    return rows


def _day(chance: random.Random) -> date:
    return _FIRST + timedelta(days=chance.randrange(_DAYS))


def _row(
    chance: random.Random, subject: str, predicate: str, object: str, value: str, said_by: tuple[str, ...], *,
    qualifiers: str = "", start: str = "", said: date | None = None,
) -> dict[str, str]:  # fmt: skip
    day = said or _day(chance)
    page = f"https://example.org/{said_by[0]}/{day}/{chance.randrange(100_000)}"
    return {
        "subject": subject, "predicate": predicate, "object": object, "value": value, "qualifiers": qualifiers, "start": start,
        "said_by": " < ".join(said_by), "said_on": str(day), "source": page,
    }  # fmt: skip
