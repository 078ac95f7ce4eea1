"""What a supposition means: names and short forms, new things, a deal in a field, and what nothing is called."""

from __future__ import annotations

import pytest

from knockon.analyses.suppositions import supposed
from knockon.errors import BadLine, UnknownEntity, UnknownSupposed
from knockon.testing import world

TEXT = """
kmg is called "KazMunayGas" in en
kmg is called "КазМунайГаз" in ru
us-gl-124b is a licence
us-gl-124b is called "GL 124B" in en
one is called "Twin" in en
other is called "Twin" in en
lukoil holds an interest of 13.5% in kpo (registry)
kmg holds an interest of 10% in kpo (registry)
kpo develops deep (registry)
turgai develops kumkol (registry)
lukoil holds 50% of turgai (registry)
lukoil holds an interest of 50% in kumkol (registry)
"""
W = world(TEXT, on="2026-02-01")


@pytest.mark.parametrize(
    ("line", "subject", "object"),
    [
        ("kazmunaygas buys 5% of turgai", "kmg", "turgai"),
        ("КазМунайГаз buys 5% of turgai", "kmg", "turgai"),
        ("us-ofac is an authority\nus-ofac revokes gl-124b on 2026-02-01", "us-ofac", "us-gl-124b"),
        ("us-ofac is an authority\nus-ofac revokes GL 124B on 2026-02-01", "us-ofac", "us-gl-124b"),
        ("us-ofac is an authority\nus-ofac revokes gl_124b on 2026-02-01", "us-ofac", "us-gl-124b"),
        ("us-ofac is an authority\nus-ofac issues gl-new on 2026-02-01", "us-ofac", "gl-new"),
        ("kmg buys 13.5% of deep from lukoil on 2026-01-10", "kmg", "kpo"),
        ("kmg buys 13.5% of kumkol from lukoil on 2026-01-10", "kmg", "kumkol"),  # a stake is told of the field itself
    ],
)
def test_names_become_the_ids_of_the_world(line: str, subject: str, object: str) -> None:
    claim = supposed(W, [line])[-1]
    assert (claim.subject, claim.object) == (subject, object)


def test_names_in_qualifiers_are_resolved_too() -> None:
    claim = supposed(W, ["lukoil sells 5% of turgai to kazmunaygas"])[0]
    assert claim.qualifier("to") == "kmg"


def test_what_is_quoted_or_spoken_stays() -> None:
    claim = supposed(W, ['kmg position lukoil "GL 124B" about=oil (twin, said 2026-01-01)'])[0]
    assert (claim.value, claim.said_by) == ("GL 124B", ("twin",))


@pytest.mark.parametrize(
    "line", ["kmgg buys 5% of turgai", "kmg buys 5% of turgay", "kmg buys 5% of turgai from lukoill"]
)
def test_what_nothing_is_called_is_an_error_that_offers_near_ones(line: str) -> None:
    with pytest.raises(UnknownSupposed) as fault:
        supposed(W, [line])
    assert "did you mean" in fault.value.hint
    assert "is a company" in fault.value.hint


def test_what_is_new_may_be_said_to_be_so_in_any_order() -> None:
    lines = ["acme buys 5% of turgai", "acme is a company"]
    assert {c.subject for c in supposed(W, lines)} == {"acme"}
    assert {c.subject for c in supposed(W, lines[::-1])} == {"acme"}


def test_a_name_of_two_is_an_error() -> None:
    with pytest.raises(UnknownEntity, match="more than one"):
        supposed(W, ["twin buys 5% of turgai"])


@pytest.mark.parametrize(
    ("authority", "measure"),
    [("eu", "asset_freeze"), ("uk", "asset_freeze"), ("us-ofac", "blocking"), ("ch", "asset_freeze")],
)
def test_a_listing_means_the_full_measure_of_its_authority(authority: str, measure: str) -> None:
    line = f"{authority} is an authority\n{authority} designates lukoil since 2026-01-01"
    claim = supposed(W, [line])[-1]
    assert claim.qualifier("measure") == measure
    named = supposed(W, [f"{line} for sectoral".replace(" since 2026-01-01 for", " for")])[-1]
    assert named.qualifier("measure") == "sectoral"


def test_an_authority_without_a_rule_and_without_listings_must_say_its_measure() -> None:
    with pytest.raises(BadLine, match="which measure"):
        supposed(W, ["office is an authority\noffice designates lukoil"])
    told = world(TEXT + "office designates kmg for transport (office)", on="2026-02-01")
    assert supposed(told, ["office designates lukoil"])[0].qualifier("measure") == "transport"
