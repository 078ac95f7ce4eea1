"""JSON: the keys that others rely on, exact numbers as text, and the same bytes for the same world."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knockon.analyses.status import status
from knockon.model.interval import Moment
from knockon.model.quantity import Quantity
from knockon.views.json_ import answer_json, brief_json, plain, to_json

DOCUMENTED = Path(__file__).parents[3] / "docs" / "reference" / "json.md"


def _no_floats(found: Any) -> None:
    assert not isinstance(found, float), found
    for part in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        _no_floats(part)


def test_the_keys_that_others_rely_on_are_there(acme: Any) -> None:
    found = brief_json(acme.brief, acme.world)
    assert {"title", "dateline", "language"} <= set(found["report"])
    assert {
        "on",
        "known",
        "at",
        "fingerprint",
        "version",
        "projects",
        "routes",
        "ties",
        "positions",
        "agenda",
        "disputed",
        "watch",
    } <= set(found)
    assert {"id", "subject", "predicate", "mode", "polarity", "said_by", "said_on", "source"} <= set(found["said"][0])
    assert {"start", "end", "text"} == set(found["said"][0]["quote"])
    for effect in found["effects"]:
        assert {"entity", "authority", "programme", "measure", "status", "since", "until", "rule", "because"} <= set(
            effect
        )
    for exposed in found["exposure"]:
        assert {"asset", "holders", "volumes", "operator", "licences", "because"} <= set(exposed)
        assert all({"entity", "kind", "low", "high", "via"} <= set(h) for h in exposed["holders"])
        wanted = {"authority", "licence", "activities", "wind_down", "since", "until", "because"}
        assert all(wanted <= set(x) for x in exposed["licences"])
    assert all({"licence", "authority", "state"} <= set(x) for x in found["licences"])


def test_the_answer_in_it_is_the_answer(acme: Any) -> None:
    found = brief_json(acme.brief, acme.world)
    bolt = next(e for e in found["effects"] if e["entity"] == "bolt" and e["measure"] == "blocking")
    assert (bolt["status"], bolt["low"], bolt["stale"], bolt["how"]) == ("blocked by ownership", "60", True, "reached")
    deep = next(x for x in found["exposure"] if x["asset"] == "deep")
    assert [(h["entity"], h["low"], h["via"]) for h in deep["holders"] if h["low"]] == [("acme", "5", ["cog"])]
    ending = next(x for x in found["licences"] if x["licence"] == "gl-2")
    assert (ending["until"], ending["until_utc"]) == ("2025-07-01T00:01 America/New_York", "2025-07-01T04:01Z")
    assert any(c["target"] == "bolt" and c["verdict"] == "wind-down only" for c in found["not_licensed"])


def test_the_same_world_gives_the_same_bytes(make: Any) -> None:
    first, second = make(), make()
    a, b = (json.dumps(brief_json(m.brief, m.world), ensure_ascii=False) for m in (first, second))
    assert a == b


def test_no_number_is_a_float(acme: Any) -> None:
    _no_floats(brief_json(acme.brief, acme.world))


def test_every_key_is_documented(acme: Any) -> None:
    page = DOCUMENTED.read_text("utf-8")
    found = brief_json(acme.brief, acme.world)
    keys = {
        *found,
        *found["report"],
        *found["said"][0],
        *found["effects"][0],
        *found["exposure"][0],
        *found["exposure"][0]["holders"][0],
    }
    assert not sorted(k for k in keys if f"`{k}`" not in page)


def test_plain_keeps_what_must_be_exact() -> None:
    @dataclass(frozen=True)
    class Part:
        share: Decimal
        day: date

    found = plain(
        (Part(Decimal("12.50"), date(2025, 1, 2)), Moment.parse("2025-10"), Quantity.parse("~46.3 Mt"), {"b", "a"})
    )
    assert found == [
        {"share": "12.5", "day": "2025-01-02"},
        "2025-10",
        {"text": "~46.3 Mt", "low": "46.3", "high": "46.3", "unit": "Mt"},
        ["a", "b"],
    ]


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError):
        plain(1.5)


def test_a_single_answer_echoes_its_world(acme: Any) -> None:
    found = json.loads(answer_json(status(acme.world, "bolt"), acme.world))
    assert (found["on"], found["known"], found["fingerprint"]) == ("2025-06-10", "2025-06-10", acme.world.fingerprint)
    assert found["answer"][0]["entity"] == "bolt"
    assert json.loads(to_json(acme.brief.designated))[0]["entity"] == "acme"
