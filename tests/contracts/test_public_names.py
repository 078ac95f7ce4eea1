"""The public names are pinned in public_names.txt, and change only on purpose: run ``make names`` and say so in the changelog."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from knockon import errors

PINNED = Path(__file__).with_name("public_names.txt")

# What others may import. A module inside one of these packages is ours to move.
PUBLIC = (
    "knockon",
    "knockon.analyses",
    "knockon.errors",
    "knockon.ledger",
    "knockon.model",
    "knockon.reference",
    "knockon.sources",
    "knockon.testing",
    "knockon.views",
    "knockon.world",
)


def exported(module: str) -> list[str]:
    try:
        return list(importlib.import_module(module).__all__)
    except AttributeError:
        return []


def every_public_name() -> list[str]:
    return sorted(f"{module}.{name}" for module in PUBLIC for name in exported(module))


def every_error() -> list[type[errors.KnockonError]]:
    found, waiting = [], [errors.KnockonError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting.extend(kind.__subclasses__())
    return found


def test_the_public_names_are_the_pinned_ones() -> None:
    assert every_public_name() == PINNED.read_text(encoding="utf-8").split()


@pytest.mark.parametrize("module", PUBLIC)
def test_exported_names_are_sorted_and_exist(module: str) -> None:
    names = exported(module)
    assert names == sorted(names)
    assert [name for name in names if not hasattr(importlib.import_module(module), name)] == []


def test_every_error_is_drawn_in_the_tree() -> None:
    drawn = (errors.__doc__ or "").split()
    assert [kind.__name__ for kind in every_error() if kind.__name__ not in drawn] == []


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in every_error()]
    assert sorted(codes) == sorted(set(codes))


def test_an_error_leaves_with_the_status_of_its_branch() -> None:
    for branch in errors.KnockonError.__subclasses__():
        for kind in every_error():
            if issubclass(kind, branch):
                assert kind.exit == branch.exit, kind
    statuses = [branch.exit for branch in errors.KnockonError.__subclasses__()]
    assert len(statuses) == len(set(statuses))


if __name__ == "__main__":
    PINNED.write_text("".join(f"{name}\n" for name in every_public_name()), encoding="utf-8")
