"""Ids: one content has one spelling and one hash, and no join of parts makes two contents one."""

from __future__ import annotations

import base64
import hashlib

import pytest

from knockon.errors import BadClaim
from knockon.model.ids import canonical, check_entity_id, slug, tagged_id, tagged_text_id


def test_one_content_has_one_spelling() -> None:
    assert canonical({"b": [1, "Новина"], "a": {"d": None, "c": "é"}}) == '{"a":{"c":"é","d":null},"b":[1,"Новина"]}'


@pytest.mark.parametrize("text", ["", "{}", "Новина", "x" * 10_000])
def test_the_hash_is_base_32_of_sha_256(text: str) -> None:
    """Against the standard library's own spelling of base 32."""
    digest = hashlib.sha256(b"knockon/example/1\0" + text.encode()).digest()
    assert tagged_text_id("c", "example", text) == "c" + base64.b32encode(digest).decode().lower()[:26]


def test_no_join_makes_two_contents_one() -> None:
    contents = [
        ["ab", "c"],
        ["a", "bc"],
        ["abc"],
        "abc",
        ["a,b"],
        ["a", "b"],
        ['a","b'],
        {"a": "b"},
        '{"a":"b"}',
        1,
        "1",
        None,
    ]
    assert len({tagged_id("c", "claim", content) for content in contents}) == len(contents)


def test_the_tag_keeps_kinds_apart() -> None:
    assert tagged_id("c", "claim", {})[1:] != tagged_id("c", "document", {})[1:]
    assert tagged_text_id("c", "a", "b") != tagged_text_id("c", "a\0b", "")


@pytest.mark.parametrize("good", ["lukoil", "ofac:17248", "us-gl-124a", "a", "1", "a/b+c.d_e", "a" * 120])
def test_entity_ids(good: str) -> None:
    assert check_entity_id(good, "subject") == good


@pytest.mark.parametrize("bad", ["", "Lukoil", "лукойл", "a b", "_a", "-a", ".a", "a\n", "a,b", "a<b", "a" * 121])
def test_what_is_no_entity_id(bad: str) -> None:
    with pytest.raises(BadClaim, match="is not an entity id") as told:
        check_entity_id(bad, "object")
    assert told.value.column == "object"


@pytest.mark.parametrize(("name", "made"), [("Shell plc.", "shell_plc"), ("  A & B  ", "a_b"), ("X" * 200, "x" * 100)])
def test_slugs(name: str, made: str) -> None:
    assert slug(name) == made


def test_a_name_without_latin_letters_makes_no_slug() -> None:
    with pytest.raises(BadClaim):
        slug("Лукойл")
