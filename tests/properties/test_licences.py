"""R21 and what goes with it: a licence authorises named activities under one authority for a time, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knockon.analyses.activities import activities
from knockon.analyses.effect import Effect
from knockon.analyses.licence_check import check
from knockon.analyses.licences import coverage, licences
from knockon.analyses.status import status
from knockon.analyses.term import When
from knockon.analyses.timeline import timeline
from knockon.ledger import Ledger
from knockon.model.ids import EntityId
from knockon.model.interval import Moment
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


def supposing(lines: list[str], *more: str, on: date = ON) -> World:
    """The world of some lines with others supposed, all of them known."""
    base = seen(lines)
    return World(base.ledger, on=on, known=date(2026, 6, 1), supposed=claims("\n".join(more)))


@settings(max_examples=25)
@given(licence_lines("us-ofac"), licence_lines("uk"))
def test_r21_no_licence_of_one_authority_changes_an_answer_of_another(us: list[str], uk: list[str]) -> None:
    base = BASE.splitlines()
    assert verdicts(seen(base + us), "us-ofac") == verdicts(seen(base + us + uk), "us-ofac")


@settings(max_examples=25)
@given(licence_lines("us-ofac"))
def test_r21_a_licence_never_unblocks(us: list[str]) -> None:
    base = BASE.splitlines()

    def effects(w: World) -> list[Effect]:
        return [e for t in ("acme", "bolt", "cog", "deep") for e in status(w, EntityId(t))]

    assert effects(seen(base)) == effects(seen(base + us))


@settings(max_examples=25)
@given(licence_lines("us-ofac"), licence_lines("uk"), days)
def test_r21_no_authority_ends_or_replaces_the_licence_of_another(us: list[str], uk: list[str], day: str) -> None:
    base = BASE.splitlines() + us
    names = [f"us-ofac-gl-{n}" for n in range(3)]
    foreign = [f"uk revokes {name} on {day} (uk)" for name in names]
    foreign += [f"uk-gl-0 supersedes {name} on {day} (uk)" for name in names]
    foreign += [f"uk issues {name} on {day} (uk)" for name in names]
    late = date(2026, 6, 1)
    before = World(seen(base).ledger, on=ON, known=late)
    after = World(seen(base + uk + foreign).ledger, on=ON, known=late)
    assert verdicts(before, "us-ofac") == verdicts(after, "us-ofac")


@settings(max_examples=20)
@given(licence_lines("us-ofac"), licence_lines("uk"), days)
def test_r21_a_revocation_takes_leave_from_its_day_on_and_none_before(us: list[str], uk: list[str], day: str) -> None:
    base, cut = BASE.splitlines() + us + uk, date.fromisoformat(day)
    every = {f"us-ofac-gl-{n}" for n in range(3)}
    lines = [f"us-ofac revokes {name} on {day}" for name in sorted(every)]
    for on in (cut - timedelta(days=1), cut):
        plain, supposed = supposing(base, on=on), supposing(base, *lines, on=on)
        assert verdicts(plain, "uk") == verdicts(supposed, "uk")
        if on < cut:
            assert verdicts(plain, "us-ofac") == verdicts(supposed, "us-ofac")
        else:
            begun = {x.licence for x in licences(plain, "us-ofac") if x.since is None or x.since.earliest <= cut}  # type: ignore[operator]
            for target in TARGETS:
                for word in WORDS:
                    found = coverage(supposed, EntityId(target), word, EntityId("us-ofac"))
                    assert not set(found.licences) & begun
                    assert found.verdict == "not covered" or set(found.licences) <= every - begun


@settings(max_examples=20)
@given(licence_lines("us-ofac"), st.sampled_from(WORDS), targets)
def test_r21_a_letter_that_replaces_another_leaves_what_it_names_itself(us: list[str], word: str, target: str) -> None:
    base = BASE.splitlines() + [line for line in us if "gl-0" in line]
    new = [
        f"us-ofac issues us-ofac-gl-0a on {ON}",
        f"us-ofac-gl-0a covers {target} for {word} since {ON}",
        f"us-ofac-gl-0a supersedes us-ofac-gl-0 on {ON}",
    ]
    alone = supposing(BASE.splitlines(), *new[:2])
    late = any(f"us-ofac issues us-ofac-gl-0 on {d}" in line for line in us for d in _after(ON))
    if not late:
        assert verdicts(supposing(base, *new), "us-ofac") == verdicts(alone, "us-ofac")
    eve = ON - timedelta(days=1)
    assert verdicts(supposing(base, on=eve), "us-ofac") == verdicts(supposing(base, *new, on=eve), "us-ofac")


def _after(day: date) -> list[str]:
    return [(day + timedelta(days=n)).isoformat() for n in range(1, 60)]


@settings(max_examples=25)
@given(st.sampled_from(WORDS), targets, st.integers(1, 30), st.integers(0, 23), st.integers(0, 59))
def test_r21_an_instant_is_covered_up_to_and_not_at_the_end(
    word: str, target: str, length: int, hour: int, minute: int
) -> None:
    last = ON + timedelta(days=length)
    end = f"{last}T{hour:02}:{minute:02} America/New_York"
    lines = [
        f"us-ofac issues gl-1 on {ON} (us-ofac)",
        f"gl-1 covers {target} for {word} since {ON} until {end} (us-ofac)",
    ]
    w = seen(lines, on=last)
    instant = Moment.parse(end).utc()
    assert instant is not None
    for shift, expected in ((-1, "covered"), (0, "not covered"), (1, "not covered")):
        moment = instant + timedelta(minutes=shift)
        when = When.at(Moment.parse(f"{moment:%Y-%m-%dT%H:%M} UTC"))
        (found,) = check(w, word, projects=[target], authority=["us-ofac"], when=when)
        assert found.verdict == expected


@settings(max_examples=15)
@given(licence_lines("us-ofac"), targets, st.sampled_from(WORDS))
def test_r21_a_timeline_says_of_each_day_what_the_day_says(us: list[str], target: str, word: str) -> None:
    w = World(seen(BASE.splitlines() + us).ledger, on=ON, known=date(2026, 6, 1))
    for line in timeline(w, project=target, activity=word, authority=["us-ofac"]):
        for span in line.spans:
            if span.since < date(2025, 10, 22):
                continue  # whom the authority blocks is as of the world's own day, and nobody was listed before this one
            found = coverage(w.on_day(span.since), EntityId(target), word, EntityId("us-ofac"))
            assert (found.verdict, found.licences) == (span.verdict, span.licences)


@settings(max_examples=25)
@given(licence_lines("us-ofac"), st.lists(targets, min_size=1, max_size=3, unique=True), st.sampled_from(WORDS))
def test_r21_several_are_covered_together_only_if_each_is(us: list[str], some: list[str], word: str) -> None:
    w = seen(BASE.splitlines() + us)
    (found,) = check(w, word, projects=some, authority=["us-ofac"])
    each = [coverage(w, EntityId(t), word, EntityId("us-ofac")).verdict for t in some]
    assert (found.verdict == "covered") == all(v == "covered" for v in each)
    assert (found.verdict == "not covered") == ("not covered" in each)


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
