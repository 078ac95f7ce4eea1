"""How well does the reader read Bulgarian? Scores it on our own gold and holds the floors.

Run ``python evals/bg_reading.py``. The gold is our own text; floors are pinned with its hash and lowered only on purpose.
Extra claims count against precision, except what a text says of itself (``says`` and kinds of company).
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from knockon.model.claim import Claim
from knockon.reference import sheet
from knockon.sources.dispatch import Names, read

HERE = Path(__file__).parent
GOLD = HERE / "bg_gold.toml"
BESIDE = frozenset({"says", "is_kind_of_company", "expires", "wants"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares of 1: relations found, relations right, and of the found ones number, days, mode and chain."""

    recall: float
    precision: float
    values: float
    days: float
    modes: float
    chains: float
    asserted_wrongly: int
    texts: int
    claims: int


def digest() -> str:
    """The hash of the gold that the floors belong to."""
    return hashlib.sha256(GOLD.read_bytes()).hexdigest()


def _told(row: str) -> tuple[tuple[str, str, str], tuple[str, str, str, str]]:
    head, value, days, mode, polarity, chain = (part.strip() for part in row.split("|"))
    subject, predicate, obj = head.split()
    return (subject, predicate, obj), (value, days, f"{mode} {polarity}", chain)


def _found(claim: Claim, report: str) -> tuple[tuple[str, str, str], tuple[str, str, str, str]]:
    value = str(claim.value) if claim.quantity is not None else "-"
    days = f"{claim.start or ''}..{claim.end or ''}" if claim.start or claim.end else "-"
    chain = " < ".join("report" if s == report else s for s in claim.said_by)
    return (claim.subject, claim.predicate, claim.object or "-"), (value, days, f"{claim.mode} {claim.polarity}", chain)


def score(*, talk: bool = False) -> Score:
    """Read every text of the gold and compare."""
    names = Names.of(sheet().claims)
    hits = wanted = extra = wrongly = 0
    fields = [0, 0, 0, 0]
    texts = tomllib.loads(GOLD.read_text("utf-8"))["texts"]
    for text in texts:
        reading = read(text["text"], names=names, address=f"gold:{text['id']}", dateline=text["dateline"])
        own = f"report:{reading.document.id}"
        found: dict[tuple[str, str, str], list[tuple[str, str, str, str]]] = {}
        for row in reading.claims:
            key, rest = _found(row.claim, own)
            found.setdefault(key, []).append(rest)
        gold = dict(_told(row) for row in text["claims"])
        for key, rest in gold.items():
            wanted += 1
            if key not in found:
                _say(talk, text["id"], "missed", key)
                continue
            hits += 1
            best = max(found[key], key=lambda r: sum(a == b for a, b in zip(r, rest, strict=True)))
            for n, (a, b) in enumerate(zip(best, rest, strict=True)):
                fields[n] += a == b
                if a != b:
                    _say(talk, text["id"], "differs", (*key, a, "not", b))
        for key, rows in found.items():
            if key not in gold and key[1] not in BESIDE:
                extra += 1
                wrongly += any(r[2] == "stated affirmed" for r in rows)
                _say(talk, text["id"], "extra", (*key, *rows[0]))
    return Score(
        recall=hits / wanted,
        precision=hits / (hits + extra),
        values=fields[0] / hits,
        days=fields[1] / hits,
        modes=fields[2] / hits,
        chains=fields[3] / hits,
        asserted_wrongly=wrongly,
        texts=len(texts),
        claims=wanted,
    )


def _say(talk: bool, *words: object) -> None:
    if talk:
        sys.stdout.write(" ".join(map(str, words)) + "\n")


if __name__ == "__main__":
    sys.stdout.write(f"{score(talk=True)}\ngold {digest()}\n")
