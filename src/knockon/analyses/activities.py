"""Which activity includes which? Reads activities.toml; refuses words that are not in it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knockon.errors import Refused

__all__ = ["Activity", "activities", "activity", "ends", "includes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One word for what may be allowed; the fields are explained at the top of activities.toml."""

    word: str
    says: str
    includes: tuple[str, ...]
    named: bool
    ends: bool


@cache
def activities() -> dict[str, Activity]:
    """Every activity by its word."""
    table = tomllib.loads((files("knockon.analyses") / "activities.toml").read_text("utf-8"))
    return {
        word: Activity(
            word=word,
            says=row["says"],
            includes=tuple(row["includes"]),
            named=row.get("named", False),
            ends=row.get("ends", False),
        )
        for word, row in table.items()
    }


def activity(word: str) -> Activity:
    """One activity, or an error that lists the words there are."""
    found = activities().get(word)
    if found is None:
        raise Refused(f'no activity is called "{word}"', f"the words are {', '.join(sorted(activities()))}")
    return found


@cache
def includes(wider: str, narrower: str) -> bool:
    """Whether leave for one activity is leave for another; a word that is not in the table is leave for itself alone.

    >>> includes("project_dealings", "petroleum_services"), includes("petroleum_services", "project_dealings")
    (True, False)
    >>> includes("project_dealings", "sale_of_interests"), includes("all_transactions", "sale_of_interests")
    (False, True)
    """
    if wider == narrower:
        return True
    found = activities().get(wider)
    if found is None:
        return False
    return "*" in found.includes or any(includes(word, narrower) for word in found.includes)


def ends(word: str) -> bool:
    """Whether leave for this is leave to end things, and no more.

    >>> ends("wind_down"), ends("retail")
    (True, False)
    """
    found = activities().get(word)
    return found is not None and found.ends
