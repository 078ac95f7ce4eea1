"""Why a line stands: speakers, days, source and quote of a claim; rule, chain and turning point of a verdict."""

from __future__ import annotations

from typing import Any

from knockon.analyses.address import Address
from knockon.analyses.why import why
from knockon.testing import world
from knockon.views.why_ import explain

CLAIMS = """
acme holds 60% of bolt (outlet < spokesman < palace, said 2024-02-01)
spokesman speaks for palace
acme holds 60% of bolt (registry, said 2024-01-01)
acme holds 40% of bolt (agency, said 2024-03-01)
"""


def _texts(made: Any, address: str, lang: str = "en") -> list[str]:
    asked: Address | str = Address.parse(address) if "/" in address else address
    return [line.text for line in explain(why(made.world, asked, reading=made.brief.reading), made.world, lang)]


def test_a_claim_tells_who_retells_whom_and_who_agrees_or_not() -> None:
    w = world(CLAIMS, on="2024-06-01")
    claim = next(c for c in w.told("holds_shares") if len(c.said_by) == 3)
    told = [line.text for line in explain(why(w, claim.id), w)]
    assert told[0] == "acme holds 60 % of the shares of bolt."
    assert told[1:4] == ["outlet retells spokesman.", "spokesman retells palace.", "The word is that of palace."]
    assert any(t.startswith("Agrees: acme holds 60 %") and "registry" in t for t in told)
    assert any(t.startswith("Says otherwise: acme holds 40 %") and "agency" in t for t in told)


def test_a_claim_of_the_report_shows_its_quote_and_its_place(acme: Any) -> None:
    said = acme.brief.said[0]
    assert said.claim.quote is not None
    told = _texts(acme, said.claim.id)
    assert any(
        said.claim.quote.text in t and f"characters {said.claim.quote.start} to {said.claim.quote.end}" in t
        for t in told
    )
    assert any("90 % certainty, by the cues: made by hand" in t for t in told)


def test_a_verdict_shows_rule_chain_age_and_where_it_flips(acme: Any) -> None:
    told = _texts(acme, "status/us-ofac/bolt@2025-06-10")
    whole = "\n".join(told)
    assert told[0].startswith("bolt: blocked by ownership")
    assert "It counts shares: at least 50 %, of all listed parties together, level by level without dilution." in told
    assert "Certainty: codified. Source: https://ofac.treasury.gov/faqs/401" in whole
    assert "last stated 1 May 2010, stale" in whole
    assert "below 50 % the verdict would be another" in whole
    assert "40 % unreported" in whole
    assert "OFAC designates Acme Oil on 1 March 2025, blocking, E.O. 1" in whole


def test_part_owned_says_what_would_change_it(acme: Any) -> None:
    assert any("Acme Oil in cog, now 5–8 %" in t and "50 %" in t for t in _texts(acme, "status/us-ofac/cog@2025-06-10"))


def test_press_cannot_legislate_and_why_says_so() -> None:
    w = world("us-ofac designates acme for blocking on 2024-05-01 (newspaper, said 2024-05-02)", on="2024-06-01")
    told = [line.text for line in explain(why(w, w.told("designates")[0].id), w)]
    assert "It changes nothing in law here: newspaper cannot make it so." in told


def test_nothing_found_names_what_was_searched(acme: Any) -> None:
    assert any("nothing found at United Kingdom" in t for t in _texts(acme, "status/uk/acme@2025-06-10"))
    assert any("searched" in t for t in _texts(acme, "status/uk/acme@2025-06-10"))


def test_it_is_told_in_bulgarian_too(acme: Any) -> None:
    told = _texts(acme, "status/us-ofac/bolt@2025-06-10", "bg")
    assert told[0].startswith("bolt: блокиране по собственост (правило на OFAC: 50 % и повече)")
    assert any("под 50 % изводът би бил друг" in t for t in told)
