"""Who asks, whose measures bind them, and who may punish them from outside? Reads askers.toml; refuses askers that are not in it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knockon.errors import Refused

__all__ = ["Asker", "asker", "askers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks: the authorities that bind them, and those whose secondary measures they risk."""

    name: str
    binds: tuple[str, ...]
    risk: tuple[str, ...]


@cache
def askers() -> dict[str, Asker]:
    """Every kind of asker by its name."""
    table = tomllib.loads((files("knockon.analyses") / "askers.toml").read_text("utf-8"))
    return {n: Asker(name=n, binds=tuple(r["binds"]), risk=tuple(r["risk"])) for n, r in table.items()}


def asker(name: str) -> Asker:
    """One kind of asker, such as us-person; an error lists them."""
    if name not in askers():
        raise Refused(f'nobody asks as "{name}"', f"choose one of {', '.join(askers())}")
    return askers()[name]
