"""Which activity includes which? Reads activities.toml; refuses words that are not in it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
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
    """One activity, however its word is spaced, or an error that offers near words and lists all.

    >>> activity("Sale of interests").word
    'sale_of_interests'
    """
    found = activities().get(re.sub(r"[\s-]+", "_", word.strip().lower()))
    if found is None:
        raise Refused(
            f'no activity is called "{word}"', f"{_near(word)}the words are {', '.join(sorted(activities()))}"
        )
    return found


def _near(word: str) -> str:
    """The words that are spelled like it, or that have one of its words in them or in what they say."""
    wanted = [w for w in re.findall(r"[a-z]+", word.lower()) if len(w) > 3]
    near = get_close_matches(word.lower().replace(" ", "_"), sorted(activities()), n=2, cutoff=0.6)
    near += [w for w, a in activities().items() if any(x[:5] in f"{w} {a.says.lower()}" for x in wanted)]
    return f"did you mean {' or '.join(dict.fromkeys(near))}? " if near else ""


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
