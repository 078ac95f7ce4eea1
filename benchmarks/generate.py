"""A made-up ledger's worth of claims about so many stakes: the same seed gives the same bytes, as JSON lines or as Arrow rows.

The web of owners is that of ``shape``; here it is told: mostly as bands with open and closed ends, by registers, some by several
voices that may disagree. Listings by seven authorities, joint arrangements, control, deals, ends, delistings, names beside them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.shape import BANDS, Web, web
from knockon.ledger import Ledger
from knockon.model.ids import canonical, tagged_text_id
from knockon.model.vocabulary import predicate

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ON", "record", "tables", "told", "write"]

ON = date(2026, 1, 1)
_FIRST, _DAYS = date(2008, 1, 1), (date(2025, 12, 1) - date(2008, 1, 1)).days
_VOICES = [f"register_{n:02d}" for n in range(40)]
_PAPERS = [f"paper_{n:02d}" for n in range(60)]
#: authority, measure, and the part of the listed parties that it lists so
_LISTS = (
    ("us-ofac", "blocking", 0.6), ("us-ofac", "sectoral", 0.03), ("eu", "asset_freeze", 0.28), ("eu", "transaction_ban", 0.02),
    ("eu", "sectoral", 0.05), ("uk", "asset_freeze", 0.22), ("ch", "asset_freeze", 0.25), ("ca", "asset_freeze", 0.25),
    ("au", "asset_freeze", 0.12), ("un", "asset_freeze", 0.05),
)  # fmt: skip
_MOST_LISTED = 25_000  # lists are as long as they are, however many stakes a register has
_BATCH = 100_000


class Said(NamedTuple):
    """One claim before it is a row; ``value`` is its canonical JSON, "" for none."""

    subject: str
    predicate: str
    object: str
    value: str
    qualifiers: tuple[tuple[str, str], ...]
    start: str
    said_by: tuple[str, ...]
    said_on: int
    source: str
    mode: str = "stated"


def write(path: Path, stakes: int, *, seed: int = 7) -> int:
    """The claims as JSON lines; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for said in told(stakes, seed=seed):
            file.write(body(said) + "\n")
            count += 1
    return count


def record(path: Path, stakes: int, *, seed: int = 7) -> int:
    """The claims straight into a new ledger, column by column; ids, slots and seals are what ``add`` would make of them."""
    with Ledger.open(path) as ledger:
        # every table is compared with all ids before it, which at ten million wants more than a ledger's own 600 MB
        ledger.connection.execute(f"set memory_limit = '{max(600, stakes // 1000)}MB'")
        ledger.connection.execute("set enable_progress_bar = false")
        return ledger.record(tables(stakes, seed=seed), origin="benchmark").at


def told(stakes: int, *, seed: int = 7) -> Iterator[Said]:
    """Every claim, batch by batch."""
    chance = np.random.default_rng(seed)
    made = web(stakes, chance)
    day = str(_FIRST)
    for who, kind in ((_VOICES, "register"), (_PAPERS, "outlet"), (sorted({a for a, _, _ in _LISTS}), "authority")):
        yield from (_said(v, "is_a", "", f'{{"text":"{kind}"}}', (), "", (v,), 0, day) for v in who)
    for first in range(0, stakes, _BATCH):
        yield from _stakes(made, first, min(stakes, first + _BATCH), chance)
    yield from _names(made, chance)
    yield from _listings(made, chance)
    yield from _ties(made, chance)


def _said(
    subject: str, word: str, object: str, value: str, qualifiers: tuple[tuple[str, str], ...], start: str,
    said_by: tuple[str, ...], said_on: int, page: object, mode: str = "stated",
) -> Said:  # fmt: skip
    source = f"https://example.org/{said_by[0]}/{page}"
    return Said(subject, word, object, value, qualifiers, start, said_by, said_on, source, mode)


# ---------------------------------------------------------------------------------------------------- stakes
def _party(made: Web, code: int) -> str:
    return f"firm_{code:08d}" if code < made.firms else f"person_{code - made.firms:08d}"


@cache
def _values() -> list[list[str]]:
    """By band: how it may be printed, as many times in ten as it is; bands first, then points, then no number."""
    return [[*_forms(low, high), *_points(low, high)] for low, high in BANDS]


def _forms(low: int, high: int) -> list[str]:
    """Two registers' bands: "25 to under 50", "more than 25 up to 50"."""
    last = ',"unit":"%"}'
    if high == 100:
        return [
            f'{{"low":"{low}","printed":">={low}"{last}',
            f'{{"high":"100","low":"{low}","printed":"{low}..100"{last}',
        ]
    if low < 25:
        return [
            f'{{"high":"{high}","high_open":true,"low":"{low}"{last}',
            f'{{"high":"{high}","low":"{low}","printed":"{low}..{high}"{last}',
        ]
    british = f'{{"high":"{high}","low":"{low}","low_open":true{last}'
    if low == 50:
        british = f'{{"high":"{high}","high_open":true,"low":"{low}","low_open":true{last}'
    return [f'{{"high":"{high}","high_open":true,"low":"{low}"{last}', british]


def _points(low: int, high: int) -> list[str]:
    tenths = [f"{n / 10:g}" for n in range(low * 10, high * 10)]
    return [
        f'{{"high":"{p}","low":"{p}","printed":"{p}","unit":"%"}}'
        for p in (str(low), "100" if high == 100 else f"{low + 1}", *tenths)
    ]


def _drawn(band: np.ndarray, chance: np.random.Generator) -> list[str]:
    """Bands two times in three, round numbers, odd ones, "about", and now and then no number at all."""
    values, how, which = _values(), chance.random(len(band)), chance.integers(0, 1 << 30, len(band))
    out: list[str] = []
    for b, h, w in zip(band.tolist(), how.tolist(), which.tolist(), strict=True):
        some = values[b]
        if h < 0.66:
            out.append(some[w % 2])
        elif h < 0.84:
            out.append(some[2 + w % 2])
        elif h < 0.96:
            out.append(some[4 + w % (len(some) - 4)])
        elif h < 0.98:
            number = BANDS[b][0]
            out.append(f'{{"about":true,"high":"{number}","low":"{number}","printed":"~{number}","unit":"%"}}')
        else:
            out.append("")
    return out


def _stakes(made: Web, first: int, last: int, chance: np.random.Generator) -> Iterator[Said]:
    count = last - first
    values, others = _drawn(made.band[first:last], chance), _drawn(chance.integers(0, 5, count), chance)
    days, since = chance.integers(0, _DAYS, (4, count)).tolist(), chance.random(count) < 0.4
    luck, voices = chance.random((7, count)).tolist(), chance.integers(0, 1 << 30, (4, count)).tolist()
    for n in range(count):
        holder, asset = _party(made, int(made.holder[first + n])), _party(made, int(made.asset[first + n]))
        voice, page = _VOICES[voices[0][n] % 40], voices[3][n] % 1_000_000
        start = str(_day(days[1][n] * days[0][n] // _DAYS)) if since[n] else ""
        mode = "planned" if luck[0][n] < 0.004 else "stated"
        named = (("stake", f"block_{first + n}"),) if luck[1][n] < 0.0005 else ()
        yield _said(holder, "holds_shares", asset, values[n], named, start, (voice,), days[0][n], page, mode)
        if named:  # one stake, of which a paper names another holder
            other = _party(made, int(made.holder[(first + n * 7) % last]))
            if other != asset:
                yield _said(
                    other, "holds_shares", asset, values[n], named, "", (_PAPERS[voices[1][n] % 60],), days[2][n], page
                )
        if luck[2][n] < 0.05:
            for i in range(1 if luck[3][n] < 0.8 else 2):
                value = values[n] if luck[4][n] > 0.2 else others[n]
                chain = (_PAPERS[voices[1 + i][n] % 60], _VOICES[voices[2 - i][n] % 40])
                yield _said(holder, "holds_shares", asset, value, named, "", chain, days[2 + i][n], page)
        if luck[5][n] < 0.03:
            yield _said(
                holder, "holds_shares", asset, others[n], (("votes", "yes"),), start, (voice,), days[0][n], page
            )
        if luck[6][n] < 0.002:
            deal, five = ("acquires", "sells")[n % 2], '{"high":"5","low":"5","printed":"5","unit":"%"}'
            yield _said(holder, deal, asset, five, (), str(_day(days[2][n])), (_PAPERS[n % 60],), days[2][n], page)
        elif luck[6][n] < 0.003:
            ended = str(_day(days[2][n]))
            yield _said(holder, "ends", asset, "", (("what", "holds_shares"),), ended, (voice,), days[2][n], page)


# ---------------------------------------------------------------------------------------------------- the rest
def _names(made: Web, chance: np.random.Generator) -> Iterator[Said]:
    for firm in chance.choice(made.firms, made.firms // 4, replace=False).tolist():
        name = _party(made, firm)
        yield _said(
            name, "named", "", f'{{"text":"Company {firm} AG"}}', (("lang", "en"),), "", ("list",), firm % _DAYS, firm
        )
        if firm % 3 == 0:
            yield _said(name, "is_a", "", '{"text":"company"}', (), "", ("list",), firm % _DAYS, firm)


def _listings(made: Web, chance: np.random.Generator) -> Iterator[Said]:
    owners = np.unique(made.holder)
    some = chance.choice(owners, min(len(owners), _MOST_LISTED, max(3, len(made.holder) // 50)), replace=False).tolist()
    for authority, measure, part in _LISTS:
        for party in some:
            if chance.random() >= part:
                continue
            day, about = int(chance.integers(_DAYS // 2, _DAYS)), (("measure", measure),)
            yield _said(
                authority, "designates", _party(made, party), "", about, str(_day(day)), (authority,), day, party
            )
            if chance.random() < 0.05:
                later = min(_DAYS, day + int(chance.integers(30, 900)))
                yield _said(
                    authority, "delists", _party(made, party), "", about, str(_day(later)), (authority,), later, party
                )


def _ties(made: Web, chance: np.random.Generator) -> Iterator[Said]:
    """Control without a stake, some of it rebutted; holders who act together; ties without a percentage."""
    few = max(1, len(made.holder) // 500)
    rows = chance.integers(0, len(made.holder), (2, few))
    for n, (one, other) in enumerate(rows.T.tolist()):
        holder, asset, mate = (
            _party(made, int(made.holder[one])),
            _party(made, int(made.asset[other])),
            _party(made, int(made.holder[other])),
        )
        day = int(chance.integers(0, _DAYS))
        if holder in (asset, mate):
            continue
        yield _said(holder, "controls", asset, "", (), "", (_PAPERS[n % 60],), day, n)
        if n % 20 == 0:
            found = (("test", "control"),)
            yield _said("eu", "rebuts_control", asset, "", found, str(_day(day)), ("eu",), day, n)
        if n % 5 == 0:
            yield _said(
                holder, "acts_jointly", mate, "", (("over", asset),) if n % 10 else (), "", (_PAPERS[n % 60],), day, n
            )
        if n % 4 == 0:
            yield _said(asset, "linked_to", holder, "", (("role", "subsidiary"),), "", (_PAPERS[n % 60],), day, n)


def _day(number: int) -> date:
    return _FIRST + timedelta(days=number)


# ---------------------------------------------------------------------------------------------------- rows
def body(said: Said) -> str:
    """The canonical JSON of a claim; a test compares it with what ``Claim.sealed`` makes of it."""
    end = f',"start":"{said.start}"' if said.start else ""
    middle = f'"object":"{said.object}",' if said.object else ""
    extra = f'"qualifiers":{canonical(dict(said.qualifiers))},' if said.qualifiers else ""
    speakers = '","'.join(said.said_by)
    value = f',"value":{said.value}' if said.value else ""
    return (
        f'{{"mode":"{said.mode}",{middle}"polarity":"affirmed","predicate":"{said.predicate}",{extra}"said_by":["{speakers}"],'
        f'"said_on":"{_day(said.said_on)}","source":"{said.source}"{end},"subject":"{said.subject}"{value}}}'
    )


def tables(stakes: int, *, seed: int = 7) -> Iterator[pa.Table]:
    """As the rows of ``knockon.ledger.rows``, in Arrow tables."""
    rest = told(stakes, seed=seed)
    # each table is compared with all ids before it: few large ones for a large ledger
    while some := list(islice(rest, max(_BATCH, stakes // 20))):
        yield _table(some)


def _table(some: list[Said]) -> pa.Table:
    import pyarrow as pa

    text, days, number = pa.string(), pa.date32(), pa.decimal128(38, 9)
    bodies = [body(s) for s in some]
    first = [(_FIRST + timedelta(days=s.said_on)) for s in some]
    starts = [date.fromisoformat(s.start) if s.start else None for s in some]
    bounds = [_bounds(s.value) for s in some]
    none = pa.nulls(len(some), days)
    columns = {
        "id": pa.array([tagged_text_id("c", "claim", b) for b in bodies], text),
        "predicate": pa.array([s.predicate for s in some], text),
        "kind": pa.array([predicate(s.predicate).kind for s in some], text),
        "subject": pa.array([s.subject for s in some], text),
        "object": pa.array([s.object or None for s in some], text),
        "origin": pa.array([s.said_by[-1] for s in some], text),
        "low": pa.array([b[0] for b in bounds], number),
        "high": pa.array([b[1] for b in bounds], number),
        "plain": pa.array([b[2] for b in bounds], pa.bool_()),
        "mode": pa.array([s.mode for s in some], text),
        "polarity": pa.array(["affirmed"] * len(some), text),
        "said_earliest": pa.array(first, days),
        "said_latest": pa.array(first, days),
        "start_earliest": pa.array(starts, days),
        "start_latest": pa.array(starts, days),
        "end_earliest": none,
        "end_latest": none,
        "slot": pa.array([_slot(s) for s in some], text),
        "qualifiers": pa.array([canonical(dict(s.qualifiers)) if s.qualifiers else None for s in some], text),
        "source": pa.array([s.source for s in some], text),
        "body": pa.array(bodies, text),
    }
    return pa.table(columns)


@cache
def _bounds(value: str) -> tuple[Decimal | None, Decimal | None, bool]:
    found = json.loads(value) if value else {}
    low, high = (Decimal(found[k]) if k in found else None for k in ("low", "high"))
    return low, high, not (found.get("about") or found.get("low_open") or found.get("high_open"))


def _slot(said: Said) -> str:
    """As ``rows.slot_of``."""
    parts, given = [said.predicate], dict(said.qualifiers)
    for name in predicate(said.predicate).slot:
        part = {
            "subject": said.subject,
            "object": said.object or None,
            "stake": given.get("stake", said.subject),
            "value": json.loads(said.value).get("text") if name == "value" and said.value else None,
            "day": said.start or "None",
        }.get(name, given.get(name))
        if name == "votes" and part is None:
            continue
        parts.append("-" if part is None else f"{len(part)}:{part}")
    return base64.b64encode(hashlib.blake2b("\0".join(parts).encode(), digest_size=15).digest()).decode()


if __name__ == "__main__":  # in a process of its own, so that its memory is not counted to what is measured
    import sys

    print(record(Path(sys.argv[1]), int(sys.argv[2])))
