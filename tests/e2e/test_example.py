"""The first report, answered by the command: what a careful reader gets from it, and the answer that rests on it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KEYS = (
    "report on known at fingerprint version said effects exposure licences projects routes ties positions agenda disputed watch"
).split()


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "knockon", *arguments], capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def text(example: Path) -> str:
    return example.read_text("utf-8")


@pytest.fixture(scope="module")
def brief(example: Path) -> dict[str, Any]:
    return dict(json.loads(run("brief", str(example), "--json")))


def said(brief: dict[str, Any], **wanted: Any) -> list[dict[str, Any]]:
    return [c for c in brief["said"] if all(c.get(k) == v for k, v in wanted.items())]


def one(brief: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    found = said(brief, **wanted)
    assert found, wanted
    return found[0]


def test_the_keys_that_others_rely_on(brief: dict[str, Any]) -> None:
    assert [k for k in KEYS if k not in brief] == []
    assert brief["on"] == brief["known"] == brief["report"]["dateline"] == "2025-11-11"
    assert brief["report"]["language"] == "bg"
    for effect in brief["effects"]:
        assert {"entity", "authority", "programme", "measure", "status", "since", "until", "rule", "because"} <= set(
            effect
        )
    for asset in brief["exposure"]:
        assert {"asset", "holders", "volumes", "operator", "licences", "because"} <= set(asset)
        for holder in asset["holders"]:
            assert {"entity", "kind", "low", "high", "via"} <= set(holder)
        for licence in asset["licences"]:
            assert {"authority", "licence", "activities", "wind_down", "since", "until", "because"} <= set(licence)


def test_every_claim_quotes_its_passage(brief: dict[str, Any], text: str) -> None:
    assert len(brief["said"]) >= 30
    for claim in brief["said"]:
        quote = claim["quote"]
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_the_planned_two_day_meeting_and_its_topics(brief: dict[str, Any]) -> None:
    meeting = one(brief, subject="putin", predicate="meets", object="tokayev", start="2025-11-11", end="2025-11-13")
    assert meeting["mode"] == "planned"
    assert meeting["said_by"][-2:] == ["reuters", "kremlin"]
    for topic in ("gas_projects", "us_sanctions_effects"):
        assert one(brief, predicate="discusses", object=topic, mode="planned")["start"] == "2025-11-11"


def test_the_talk_that_evening_and_the_lunch(brief: dict[str, Any]) -> None:
    mine = [c for c in said(brief, predicate="meets", mode="planned") if c["said_by"] == ["tass", "peskov"]]
    assert any(c["start"] == "2025-11-11" for c in mine)
    assert any("lunch" in c["qualifiers"].get("format", "") and c["qualifiers"].get("place") == "kremlin" for c in mine)


def test_the_talks_in_washington_last_week(brief: dict[str, Any]) -> None:
    talks = [c for c in said(brief, subject="tokayev", predicate="meets", object="trump") if c["start"]]
    assert {c["start"] for c in talks} == {"2025-11-03..2025-11-09"}
    wish = one(brief, subject="putin", predicate="wants")
    assert wish["said_by"][-1] == "peskov"


def test_the_conditional_is_possible_and_the_question_is_asked(brief: dict[str, Any]) -> None:
    assert one(brief, subject="tokayev", predicate="informs", object="putin")["mode"] == "possible"
    asked = list(said(brief, predicate="discusses", mode="asked"))
    assert asked
    assert asked[0]["object"] == "us_sanctions_effects"
    # the hedged answer is kept as his words, and makes no assertion about the sanctions
    answers = [c for c in brief["said"] if c["said_by"][-1] == "peskov" and c["sentence"] in range(4, 8)]
    assert answers
    assert not any("sanction" in str(c.get("object")) for c in answers)


def test_both_firms_sanctioned_within_october(brief: dict[str, Any]) -> None:
    for firm in ("lukoil", "rosneft"):
        claim = one(brief, predicate="designates", object=firm)
        assert (claim["start"], claim.get("end"), claim["mode"]) == ("2025-10", None, "stated")


def test_stakes_fields_and_exports(brief: dict[str, Any]) -> None:
    for firm in ("lukoil", "rosneft"):
        stake = one(brief, subject=firm, predicate="holds_interest", object="kazakhstan")
        assert "value" not in stake or stake["value"] is None
        assert stake["qualifiers"]["degree"] == "significant"
    for field in ("tengiz", "karachaganak"):
        assert one(brief, subject="lukoil", predicate="holds_interest", object=field)
        assert one(brief, predicate="operates", object=field)
    share = one(brief, subject="kazakhstan", predicate="exports_share", object="russia")
    assert (share["value"]["low"], share["value"]["low_open"]) == ("50", True)


def test_ties_positions_and_the_quote(brief: dict[str, Any]) -> None:
    assert one(brief, subject="russia", predicate="partner_of", object="kazakhstan")["value"] == {"text": "main"}
    assert one(brief, subject="kazakhstan", predicate="position", object="territorial_integrity_of_ukraine")
    assert one(brief, subject="china", object="central_asia")
    assert one(brief, subject="west", object="central_asia")
    words = one(brief, subject="tokayev", predicate="says")
    assert "нова епоха" in words["value"]["text"]


def test_what_the_report_and_the_ledger_disagree_on(brief: dict[str, Any]) -> None:
    points = {(d["kind"], d["subject"]) for d in brief["disputed"]}
    assert {("no field known", "rosneft"), ("not first by figures", "russia")} <= points
    assert {("other description", "lukoil"), ("other description", "rosneft")} <= points
    assert all(d["against"] for d in brief["disputed"])


def test_karachaganak_may_not_go_on_under_us_licences_that_day(brief: dict[str, Any]) -> None:
    field = next(x for x in brief["exposure"] if x["asset"] == "karachaganak")
    us = [x for x in field["licences"] if x["authority"] == "us-ofac"]
    assert us
    assert all(x["wind_down"] for x in us)
    assert {x["until"] for x in us} == {"2025-11-21T00:01 America/New_York"}
    assert any(x["licence"] == "uk-int-2025-5635700" and not x["wind_down"] for x in field["licences"])
    assert any(h["entity"] == "lukoil" and h["low"] == "13.5" and h["via"] == ["kpo"] for h in field["holders"])


def test_a_second_run_is_the_same_to_the_byte(example: Path, brief: dict[str, Any]) -> None:
    assert json.loads(run("brief", str(example), "--json")) == brief
    assert run("brief", str(example)) == run("brief", str(example))


def test_nothing_that_became_public_later_appears(brief: dict[str, Any]) -> None:
    whole = json.dumps(brief)
    for later in ("us-gl-124b", "us-gl-130", "us-gl-131", "us-gl-128a"):
        assert later not in whole


def test_every_line_answers_why(example: Path, tmp_path: Path) -> None:
    """A sample of each kind of line; the addresses are those that the brief prints."""
    import re

    shown = run("brief", str(example))
    ids = re.findall(r"\[([a-z0-9_/.\-]+(?:@[\d,\-]+)?)\]", shown)
    assert len(ids) > 100
    kinds: dict[str, str] = {}
    for found in ids:
        kinds.setdefault(found.split("/")[0] if "/" in found else "claim", found)
    assert {"claim", "status", "exposure", "licence", "coverage", "route", "tie", "project"} <= set(kinds)
    for found in kinds.values():
        assert run("why", found).strip()


def test_markdown_and_map(example: Path) -> None:
    assert run("brief", str(example), "--md").startswith("# ")
    mapped = run("brief", str(example), "--map")
    assert mapped.count("Lukoil") > 0


@pytest.mark.parametrize("who", ["us-person", "eu-person", "uk-person", "kz-person"])
def test_who_asks_matters(example: Path, who: str) -> None:
    answer = json.loads(run("brief", str(example), "--as", who, "--json"))
    assert answer["asker"]["name"] == who


def test_a_supposition_changes_the_answer_and_is_told(example: Path, brief: dict[str, Any]) -> None:
    answer = json.loads(
        run("brief", str(example), "--suppose", "lukoil sells 10% of turgai to petrokazakhstan on 2025-11-01", "--json")
    )
    turgai = [e for e in answer["effects"] if e["entity"] == "turgai" and e["measure"] == "blocking"]
    assert turgai[0]["status"] == "part-owned by a sanctioned party"
    assert answer["fingerprint"] != brief["fingerprint"]
    assert answer["supposed"]


def test_bulgarian(example: Path) -> None:
    shown = run("brief", str(example), "--lang", "bg")
    assert "Карачаганак" in shown
    assert "Designated" not in shown
