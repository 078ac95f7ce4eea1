"""The real lists: the counts that SOURCES.md gives, beside the hash of each file that they were counted in."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from tests.unit.sources.lists import said

from knockon.sources.editions import EditionReading
from knockon.sources.registry import read_editions

pytestmark = pytest.mark.data

# day: (start of the SHA-256, rows, "Linked To", of these to a name that is not there or is cut, to a name of two)
SDN = {
    "2021-08-18": ("7044c060649fca4b", 9_083, 3_415, 8, 2),
    "2022-02-23": ("bf74bbdd88567aa2", 9_108, 3_558, 8, 2),
    "2023-02-22": ("1332c52e725ad6a8", 11_595, 4_857, 6, 2),
    "2024-02-20": ("5684b938e51c8ea7", 13_931, 6_053, 8, 2),
    "2024-05-02": ("36a3ef82bf77e253", 14_973, 6_383, 8, 2),
}
DELTAS = [(413, 388, 110), (2_620, 133, 636), (2_625, 289, 108), (1_140, 98, 37)]
FILES = {
    "sanctions/ofac/watchman_2025-12/alt.csv": "f8c1cab56b08fb83",
    "sanctions/ofac/watchman_2025-12/add.csv": "d5906f90b2d02778",
    "sanctions/ofac/watchman_2025-12_nonsdn/cons_prim.csv": "7027f6656b7815e3",
}


def pinned(path: Path, start: str) -> Path:
    assert path.exists(), f"{path} is missing"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.startswith(start), f"{path} is another file than the one these counts are of ({found})"
    return path


@cache
def edition(folder: Path, day: str) -> EditionReading:
    path = pinned(folder / f"sanctions/ofac/sdn_history/sdn_{day}.csv", SDN[day][0])
    (found,) = read_editions([path])
    return found


@pytest.mark.parametrize("day", SDN)
def test_every_row_of_an_sdn_edition_is_a_party_that_is_blocked(real_data: Path, day: str) -> None:
    start, rows, links, absent, twice = SDN[day]
    found = edition(real_data, day)
    assert (found.list, str(found.observed), found.complete, found.problems) == ("us-ofac-sdn", day, True, ())
    assert (found.rows, found.parties) == (rows, rows)
    assert found.digest.startswith(start)
    assert len({c.object for c in said(found, "lists") if c.qualifier("measure") == "blocking"}) == rows
    reasons = Counter("twice" if "more than one" in u.reason else "absent" for u in found.unresolved)
    assert (reasons["absent"], reasons["twice"]) == (absent, twice)
    assert len(said(found, "linked_to")) + len(found.unresolved) == links


def test_the_deltas_between_editions_are_those_of_the_files(real_data: Path) -> None:
    def rows(day: str) -> dict[str, tuple[str, ...]]:
        """What the claims of a party say, the day aside; a change that no claim carries cannot be seen here."""
        out: dict[str, list[str]] = {}
        for c in edition(real_data, day).claims:
            if c.predicate not in ("edition", "published_under"):
                party = c.object if c.predicate == "lists" else c.subject
                body = {k: v for k, v in c.to_dict().items() if k not in ("said_on", "source")}
                out.setdefault(str(party), []).append(str(body))
        return {party: tuple(sorted(bodies)) for party, bodies in out.items()}

    found = []
    for before, after in pairwise(map(rows, SDN)):
        changed = sum(before[party] != after[party] for party in before.keys() & after.keys())
        found.append((len(after.keys() - before.keys()), len(before.keys() - after.keys()), changed))
    assert [f[:2] for f in found] == [d[:2] for d in DELTAS]
    # birth dates, addresses and the like are not claims: no more can change than in the files
    assert all(0 < f[2] <= d[2] for f, d in zip(found, DELTAS, strict=True)), found


def test_one_party_stands_on_two_lists(real_data: Path) -> None:
    for name, start in FILES.items():
        pinned(real_data / name, start)
    day = date(2025, 12, 19)
    (sdn,) = read_editions([real_data / "sanctions/ofac/watchman_2025-12"], observed=day)
    (other,) = read_editions([real_data / "sanctions/ofac/watchman_2025-12_nonsdn"], observed=day)
    assert (sdn.list, sdn.complete, sdn.parties) == ("us-ofac-sdn", False, 18_494)
    assert (other.list, other.complete, other.rows) == ("us-ofac-nonsdn", True, 442)
    alt = {c.subject for c in said(sdn, "named")}
    both = alt & {c.object for c in said(other, "lists")}
    assert (len(alt), len(both)) == (8_653, 81)
    assert {"ofac:17248", "ofac:17022"} <= both


def test_comments_that_begin_in_mid_word_are_joined(real_data: Path) -> None:
    folder = real_data / "sanctions/ofac/watchman_2021-07"
    pinned(folder / "sdn.csv", "2a08fac873a3be0b")
    (found,) = read_editions([folder], observed=date(2021, 7, 1))
    assert (found.rows, found.complete, found.notes) == (8_976, True, ())
    assert "ofac:12300" not in {u.party for u in found.unresolved}
    assert len([c for c in said(found, "linked_to") if c.subject == "ofac:12300"]) > 20


def test_the_eu_files_give_every_row_its_measure(real_data: Path) -> None:
    folder = real_data / "sanctions/eu/journal_sanctions"
    pinned(folder / "consolidated/32014R0269.csv", EU_269)
    day = date(2026, 8, 22)
    whole = list(read_editions([folder / "consolidated"], observed=day))
    changes = list(read_editions([folder / "amendments"], observed=day))
    assert not [p for r in (*whole, *changes) for p in r.problems]
    assert (len(whole), sum(r.rows for r in whole), sum(r.complete for r in whole)) == (45, 8_017, 45)
    assert (sum(r.rows for r in changes), sum(r.complete for r in changes)) == (417, 0)
    assert {r.list: r.rows for r in whole}["eu-32014r0269"] == 2_802
    assert {r.list: r.rows for r in whole}["eu-32014r0833"] == 1_746
    assert sum(r.rows == 0 for r in whole) == 8
    measures = Counter(c.qualifier("measure") for r in (*whole, *changes) for c in said(r, "lists"))
    # one row of 881/2002 is there twice, and is one listing; 14 financial ones are annex XIX, a transaction ban
    assert measures == {
        "asset_freeze": 6_453 - 1,
        "export_control": 1_003,
        "transport": 733,
        "financial": 202 - 14,
        "transaction_ban": 14,
        "services": 32,
        "investment": 11,
    }
    future = [c for r in changes for c in said(r, "lists") if c.start and str(c.start) == "2027-01-25"]
    assert [c.qualifier("annex") for c in future] == ["XLVII.D"]


EU_269 = "61f0b36114d5caee"


def test_the_identity_trap_stays_open(real_data: Path) -> None:
    """Record 819 carries a company number of the IMO and no Russian number: nothing strong makes it ofac:53650."""
    path = real_data / "sanctions/eu/journal_sanctions/consolidated/32014R0269.csv"
    (found,) = read_editions([pinned(path, EU_269)], observed=date(2026, 8, 22))
    numbers = {
        (c.qualifier("scheme"), c.value)
        for c in said(found, "identified_by")
        if c.subject == "eu:32014r0269/i.entities/819"
    }
    assert ("imo-company", "5147094") in numbers
    assert not {scheme for scheme, _ in numbers} & {"inn", "ogrn", "lei", "imo"}


def test_targets_and_objects_of_opensanctions(real_data: Path) -> None:
    folder = real_data / "sanctions/ftm"
    (targets,) = read_editions(
        [pinned(folder / "com480_targets.simple.csv", "3fdf94b59ebfdae5")], observed=date(2026, 3, 13)
    )
    assert (targets.rows, targets.complete) == (5_600, False)
    assert {c.start for c in said(targets, "lists")} == {None}
    zala = list(
        read_editions([pinned(folder / "yente_zala_entities.ftm.json", "3f718f1328ae368d")], observed=date(2026, 4, 29))
    )
    assert sum(len(said(r, "lists")) for r in zala) == 41
    assert sum(len(said(r, "holds_shares")) for r in zala) == 14
    assert not [p for r in zala for p in r.problems]
