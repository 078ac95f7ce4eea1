"""Writes docs/law/cases.md: the published law suite for reading, one section a case. Run it after a change of tests/golden/law:
``python docs/make_law.py``. A test compares. It asks no engine: all that the page says stands in the files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent / "src"), str(DOCS.parent)]  # the suite's reader stands beside the suite

from tests.golden.law_cases import Case, Expected, load, measure_of, paths  # noqa: E402

PAGE = DOCS / "law" / "cases.md"
NAMES = {
    "us-ofac": "United States (OFAC)",
    "eu": "European Union",
    "uk": "United Kingdom",
    "ch": "Switzerland",
    "ca": "Canada",
    "un": "United Nations",
    "au": "Australia",
}
HEAD = """# {cases} cases on sanctions, ownership and control

For checking, case by case. The expected values were written by hand from the law before any program ran; the one word changed
afterwards is named in [tests/golden/law](../../tests/golden/law/README.md). That folder holds the files and says how to run them
with another program; this page is made from them by `docs/make_law.py`. **It is not legal advice.**

X, Y, W … are listed where the case says so; Z is clean and holds what is left. Percentages after a verdict are the counted
total: the whole stakes held by listed or caught parties, never a product along a chain. For whom nothing is expected, nothing
must be found. Marks: **V** read at its source · **M** not compared with the legal text · **own** arithmetic from the rule
records, no text decides it. Status words: [status words](../reference/statuses.md).

{cases} cases, {rows} expected verdicts, {unsettled} cases that touch law which is not settled or not verified.
"""


def _link(case: Case) -> str:
    anchor = re.sub(r"[^\w\- ]", "", _heading(case).lower()).replace(" ", "-")
    return f"[{_number(case)}](#{anchor})"


def _heading(case: Case) -> str:
    return f"{_number(case)} · {case.data['title']}"


def _number(case: Case) -> str:
    return case.id.partition("-")[0].lstrip("0")


def _index(title: str, head: str, groups: Mapping[str, list[Case]]) -> Iterator[str]:
    yield from (f"## {title}", "", f"| {head} | cases |", "|---|---|")
    for name, members in groups.items():
        yield f"| {name} | {' · '.join(_link(case) for case in members)} |"
    yield ""


def _days(row: Mapping[str, Any]) -> str:
    since, until = row.get("from"), row.get("until")
    return (f" from {since}" if since else "") + (f" until {until}" if until else "")


def _stake(row: Mapping[str, Any]) -> str:
    what = "votes" if row.get("votes") else "shares"
    plan = "plans to hold" if row.get("mode") == "planned" else "holds"
    words = f"{_name(row['holder'])} {plan} {_share(row)} of the {what} of {_name(row['asset'])}{_days(row)}"
    words += f" (block “{row['label']}”)" if "label" in row else ""
    return words + (f", says {row['said_by']}" if "said_by" in row else "")


def _share(row: Mapping[str, Any]) -> str:
    return f"{row['share']} %" if "share" in row else "an untold part"


def _name(party: str) -> str:
    return f"**{party.upper()}**" if len(party) <= 2 else f"**{party}**"


FACTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "stake": _stake,
    "interest": lambda r: (
        f"{_name(r['holder'])} has a participating interest of {r['share']} % in {_name(r['asset'])}{_days(r)}"
    ),
    "control": lambda r: f"{_name(r['holder'])} controls {_name(r['asset'])} ({r['by']}){_days(r)}",
    "joint": lambda r: (
        f"{_name(r['one'])} and {_name(r['other'])} hold under a joint arrangement over {_name(r['over'])}{_days(r)}"
    ),
    "rebutted": lambda r: (
        f"{NAMES[r['authority']]} finds that {_name(r['holder'])} does not "
        f"{'own' if r['test'] == 'ownership' else 'control'} {_name(r['asset'])}"
        + (f" ({r['how']})" if "how" in r else "")
        + _days(r)
    ),
    "deal": lambda r: (
        f"{_name(r['seller'])} sells {r['share']} % of {_name(r['asset'])} to {_name(r['buyer'])} on {r['on']}"
    ),
    "linked": lambda r: (
        f"{_name(r['party'])} is linked to {_name(r['to'])}"
        + (f" as {r['role']}" if "role" in r else "")
        + ", no share told"
    ),
    "office": lambda r: f"{_name(r['person'])} is {r['title']} of {_name(r['party'])}",
    "kind": lambda r: f"{_name(r['party'])} is a {r['type']}",
    "located": lambda r: f"{_name(r['party'])} is established in {r['state'].title()}",
    "member": lambda r: f"{r['state'].title()} is a member of the {r['union'].upper()}",
}


def _listings(rows: Iterable[Mapping[str, Any]], verb: str) -> Iterator[str]:
    """One line for one party that several authorities list alike."""
    by_what: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        plain = "measure" not in row and measure_of(row) in ("blocking", "asset_freeze")
        what = "" if plain else f" ({measure_of(row).replace('_', ' ')})"
        what += f" under {row['programme']}" if "programme" in row else ""
        by_what.setdefault((row["party"], what, _days(row)), []).append(NAMES[row["authority"]])
    for (party, what, days), who in by_what.items():
        yield f"{_name(party)} is {verb} by {', '.join(who)}{what}{days}"


def _facts(case: Case) -> Iterator[str]:
    yield from _listings(case.rows("listed"), "listed")
    for table, words in FACTS.items():
        yield from map(words, case.rows(table))
    yield from _listings(case.rows("delisted"), "taken off the list")


def _verdict(one: Expected) -> str:
    words = one.status
    if one.low is not None:
        words += f", {one.low} %" if one.low == one.high else f", {_between(one.low, one.high)} %"
    words += (
        f"; turns on {', '.join(f'{h.upper()} in {a.upper()} at {at} %' for h, a, at in one.deciding)}"
        if one.deciding
        else ""
    )
    return words + (f" · `{one.rule}`" if one.rule else "")


def _between(low: str, high: str | None) -> str:
    first = f"more than {low[1:]}" if low.startswith(">") else low
    return first if high is None else f"{first} to {'under ' + high[1:] if high.startswith('<') else high}"


def _verdicts(case: Case) -> Iterator[str]:
    """A row for each authority, with the days on which it answers alike."""
    yield from ("| authority | day | expected |", "|---|---|---|")
    for authority in case.authorities:
        alike: dict[str, list[date]] = {}
        for day in case.days:
            parts = [f"{_name(p)} {_verdict(e)}" for p in case.parties for e in case.stated(authority, p, day)] or [
                "nothing, for anyone who is not listed"
            ]
            alike.setdefault("<br>".join(parts), []).append(day)
        for words, days in alike.items():
            yield f"| {NAMES[authority]} | {'<br>'.join(map(str, days))} | {words} |"


def _section(case: Case) -> Iterator[str]:
    yield from (f"### {_heading(case)}", "")
    yield from (f"* {fact}" for fact in _facts(case))
    yield from ("", "**Law.** " + " · ".join(_paragraph(row) for row in case.rows("paragraph")), "")
    yield from ("**Reasoning.** " + _flat(case.data["why"]), "")
    if "uncertain" in case.data:
        yield from ("**Not settled.** " + _flat(case.data["uncertain"]), "")
    yield from _verdicts(case)
    for row in case.rows("conflict"):
        yield from ("", f"To be reported: the stakes told in {_name(row['asset'])} add to {row['total']} %.")
    yield ""


def _paragraph(row: Mapping[str, Any]) -> str:
    name = f"[{row['name']}]({row['url']})" if "url" in row else row["name"]
    return f"{name} (**{row['mark']}**)"


def _flat(text: str) -> str:
    return " ".join(text.split())


def page() -> str:
    """docs/law/cases.md."""
    cases = [load(path) for path in paths()]
    topics: dict[str, list[Case]] = {}
    for case in cases:
        for topic in case.data["topics"]:
            topics.setdefault(topic, []).append(case)
    by_authority = {name: [c for c in cases if key in c.authorities] for key, name in NAMES.items()}
    doubtful = [c for c in cases if "uncertain" in c.data]
    rows = sum(len(c.rows("expect")) for c in cases)
    lines = [HEAD.format(cases=len(cases), rows=rows, unsettled=len(doubtful))]
    lines += _index("By topic", "topic", dict(sorted(topics.items(), key=lambda t: t[0].lower())))
    lines += _index("By authority", "authority", by_authority)
    lines += ["## Where the law is not settled", "", "| case | what |", "|---|---|"]
    lines += [f"| {_link(c)} {c.data['title']} | {_flat(c.data['uncertain'])} |" for c in doubtful]
    lines += ["", "## The cases", ""]
    for case in cases:
        lines += _section(case)
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
