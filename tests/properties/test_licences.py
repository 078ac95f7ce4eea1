"""R21 and what goes with it: a licence authorises named activities under one authority for a time, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knockon.analyses.activities import activities
from knockon.analyses.licences import coverage, licences
from knockon.analyses.status import status
from knockon.ledger import Ledger
from knockon.model.ids import EntityId
from knockon.testing import claims
from knockon.world import World

WORDS = sorted(activities())
TARGETS = ("acme", "bolt", "cog", "deep")
ON = date(2025, 11, 11)
BASE = """us-ofac designates acme for blocking on 2025-10-22 (us-ofac)
uk designates acme for asset_freeze on 2025-10-15 (uk)
acme holds 50% of bolt since 2020 (registry)
acme holds 10% of cog since 2020 (registry)
bolt develops deep (registry, 2020-01-01)"""

days = st.integers(-40, 40).map(lambda n: (ON + timedelta(days=n)).isoformat())
targets = st.sampled_from(TARGETS)


@st.composite
def licence_lines(draw: st.DrawFn, authority: str) -> list[str]:
    """Some licences of one authority, with covers, exclusions and ends."""
    lines: list[str] = []
    for number in range(draw(st.integers(0, 3))):
        name = f"{authority}-gl-{number}"
        issued = draw(days)
        lines.append(f"{authority} issues {name} on {issued} ({authority})")
        for _ in range(draw(st.integers(0, 3))):
            word, target, length = draw(st.sampled_from(WORDS)), draw(targets), draw(st.integers(1, 60))
            end = (date.fromisoformat(issued) + timedelta(days=length)).isoformat()
            tail = draw(st.sampled_from(["", " reaching owned_50", " winding down"]))
            until = draw(st.sampled_from(["", f" until {end}"]))
            lines.append(f"{name} covers {target} for {word}{tail} since {issued}{until} ({authority})")
        if draw(st.booleans()):
            lines.append(f"{name} excludes {draw(st.sampled_from(WORDS))} for {draw(targets)} ({authority}, {issued})")
    return lines


def seen(lines: list[str], on: date = ON) -> World:
    ledger = Ledger.memory()
    ledger.add(claims("\n".join(lines)))
    return World(ledger, on=on)


def verdicts(w: World, authority: str) -> dict[tuple[str, str], str]:
    return {(t, a): coverage(w, EntityId(t), a, EntityId(authority)).verdict for t in TARGETS for a in WORDS}


@settings(max_examples=25)
@given(licence_lines("us-ofac"), licence_lines("uk"))
def test_r21_no_licence_of_one_authority_changes_an_answer_of_another(us: list[str], uk: list[str]) -> None:
    base = BASE.splitlines()
    assert verdicts(seen(base + us), "us-ofac") == verdicts(seen(base + us + uk), "us-ofac")


@settings(max_examples=25)
@given(licence_lines("us-ofac"))
def test_r21_a_licence_never_unblocks(us: list[str]) -> None:
    base = BASE.splitlines()

    def words(w: World) -> list[tuple[str, str, str]]:
        return [(e.entity, e.authority, e.status) for t in ("acme", "bolt", "cog") for e in status(w, EntityId(t))]

    assert words(seen(base)) == words(seen(base + us))


@settings(max_examples=25)
@given(licence_lines("us-ofac"))
def test_r21_leave_to_wind_down_is_never_leave_to_go_on(us: list[str]) -> None:
    lines = [
        line if " covers " not in line or "winding down" in line else line.replace(" since ", " winding down since ")
        for line in us
    ]
    lines = [line.replace(" reaching owned_50 winding down", " winding down") for line in lines]
    found = verdicts(seen(BASE.splitlines() + lines), "us-ofac")
    assert all(v != "covered" for (_, activity), v in found.items() if activity != "wind_down")


@settings(max_examples=25)
@given(licence_lines("us-ofac"))
def test_r21_what_a_licence_leaves_out_it_never_covers(us: list[str]) -> None:
    w = seen(BASE.splitlines() + us)
    out = {(x.licence, e.target, e.activity) for x in licences(w) for e in x.exclusions}
    for target in TARGETS:
        for word in WORDS:
            found = coverage(w, EntityId(target), word, EntityId("us-ofac"))
            if found.verdict == "covered":
                assert not {(name, target, word) for name in found.licences} & out


@settings(max_examples=25)
@given(licence_lines("us-ofac"), st.randoms())
def test_r1_r3_order_and_repetition_change_no_answer(us: list[str], random: object) -> None:
    lines = BASE.splitlines() + us
    mixed = lines + lines[:3]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    a, b = seen(lines), seen(mixed)
    assert licences(a) == licences(b)
    assert [coverage(a, EntityId("deep"), x, EntityId("us-ofac")) for x in WORDS] == [
        coverage(b, EntityId("deep"), x, EntityId("us-ofac")) for x in WORDS
    ]


@settings(max_examples=25)
@given(licence_lines("us-ofac"))
def test_r2_what_is_heard_later_changes_no_earlier_answer(us: list[str]) -> None:
    lines = BASE.splitlines() + us
    late = [
        "us-ofac revokes us-ofac-gl-0 on 2025-10-30 (us-ofac, 2025-12-24)",
        "us-ofac-gl-0 covers deep for all_transactions since 2025-10-01 (us-ofac, 2025-12-24)",
    ]
    early = World(seen(lines).ledger, on=ON, known=ON)
    assert verdicts(early, "us-ofac") == verdicts(seen(lines + late), "us-ofac")


@settings(max_examples=25)
@given(licence_lines("us-ofac"))
def test_r9_the_claims_named_suffice_for_covered_and_wind_down_only(us: list[str]) -> None:
    lines = BASE.splitlines() + us
    w = seen(lines)
    every = {c.id: line for line in lines for c in claims(line)}
    for target in TARGETS:
        for word in ("project_dealings", "wind_down"):
            found = coverage(w, EntityId(target), word, EntityId("us-ofac"))
            if found.verdict in ("covered", "wind-down only"):
                alone = seen(sorted({every[c] for c in found.because}))
                again = coverage(alone, EntityId(target), word, EntityId("us-ofac"))
                assert (again.verdict, again.until) == (found.verdict, found.until)
