"""What ``knockon identity`` tells: ids, identifiers with their sources, mergers by their claims, conflicts and proposals."""

from __future__ import annotations

import json

import pytest

from knockon.analyses.identity import identities, identity
from knockon.cli import main
from knockon.testing import world
from knockon.views.lines import lines_of

TEXT = """
acme is called "Acme" (registry)
acme identified_by "7708004767" scheme=inn (registry)
acme identified_by "00044434" scheme=okpo (registry)
eu:1 identified_by "7708.004767" scheme=inn (eu)
eu:2 is called "ACME LLC" (eu)
acme_llp is the same as acme (registry)
gem:1 identified_by "7706107510" scheme=inn (gem)
gem:2 identified_by "7706107510" scheme=inn (gem)
"""


def test_one_party() -> None:
    w = world(TEXT)
    found = identity(w, "eu:1")
    assert (found.party, found.ids) == ("acme", ("acme", "acme_llp", "eu:1"))
    assert [(i.entity, i.scheme, i.value, i.links) for i in found.identifiers] == [
        ("acme", "inn", "7708004767", True),
        ("acme", "okpo", "00044434", False),
        ("eu:1", "inn", "7708004767", True),
    ]
    assert [(m.scheme, m.entities) for m in found.merged] == [
        ("same_as", ("acme_llp", "acme")),
        ("inn", ("acme", "eu:1")),
    ]
    assert {w.claim(c).subject for m in found.merged for c in m.because} == {"acme_llp", "acme", "eu:1"}
    assert found.conflicts == ()
    assert identity(w, "gem:1").conflicts[0].entities == ("gem:1", "gem:2")


def test_the_lines_say_possibly_and_name_their_claims() -> None:
    w = world(TEXT.replace("eu:1", "xx:1"))
    lines = lines_of(identity(w, "acme"), w)
    assert [line.text for line in lines] == [
        "Acme: acme, acme_llp, xx:1.",
        "acme has the inn 7708004767 (registry).",
        "acme has the okpo 00044434 (registry); it links nothing.",
        "xx:1 has the inn 7708004767 (eu).",
        "acme_llp and acme are the same (registry).",
        "acme and xx:1 are the same by the inn 7708004767.",
        "acme is possibly the same as eu:2: both are called “acme”.",
    ]
    assert all(line.address == line.because[0] or line.address in line.because for line in lines[1:])


def test_all_of_a_world() -> None:
    found = identities(world(TEXT))
    assert (found.merged, [c.why for c in found.conflicts]) == (1, ["one source"])
    lines = [line.text for line in lines_of(found, world(TEXT))]
    assert lines[0] == "Parties with more than one id: 1. Conflicts: 1. Possibly the same: 0."
    assert "are not merged: one source gives two of them ids of their own." in lines[1]


@pytest.mark.parametrize("lang", ["en", "bg"])
def test_the_command(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    main(["identity", "lukoil_west_siberia", "--lang", lang, "--on", "2026-07-01"])
    out = capsys.readouterr().out
    assert "lukoil_west_siberia" in out
    assert "53650" in out
    main(["identity", "lukoil", "--json"])
    told = json.loads(capsys.readouterr().out)["answer"]
    assert told["party"] == "lukoil"
    assert {i["scheme"] for i in told["identifiers"]} >= {"inn", "ogrn", "lei", "ofac"}
    main(["identity", "--csv"])
    assert capsys.readouterr().out.startswith("part,")
