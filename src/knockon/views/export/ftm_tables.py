"""Which words of FollowTheMoney stand for which of ours? The tables of ``ftm.toml``, dates, and the account of what is lost.

Refuses a loss without a sentence that explains it.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import Any

from knockon.analyses.export_world import Portable
from knockon.model.interval import Moment
from knockon.model.vocabulary import vocabulary

__all__ = ["Account", "ftm_date", "links", "mapping", "overall", "traits"]


@lru_cache(maxsize=1)
def mapping() -> dict[str, Any]:
    """The tables of ``ftm.toml``."""
    return tomllib.loads((files("knockon.views.export") / "ftm.toml").read_text("utf-8"))


def links() -> tuple[str, ...]:
    """The predicates that become links: states whose FollowTheMoney schema is a link.

    >>> "holds_shares" in links(), "acquires" in links()
    (True, False)
    """
    return tuple(w for w, row in vocabulary().items() if row.kind == "state" and row.ftm in mapping()["links"])


def traits() -> tuple[str, ...]:
    """The predicates that become a property of an entity."""
    return tuple(w for w, row in vocabulary().items() if row.kind == "state" and row.ftm == "Company:sector")


class Account(Counter[tuple[str, str]]):
    """How often each loss occurred: the keys are a table of ``ftm.toml`` and a reason of it."""

    def lost(self, table: str, reason: str, count: int = 1) -> None:
        """Count a loss; the reason must have its sentence."""
        assert reason in mapping()[table]
        if count:
            self[table, reason] += count


def overall(found: Portable, account: Account) -> None:
    """What a world tells that makes no entity at all."""
    mapped = {*links(), *traits(), "designates", "is_a", "named", "identified_by", "same_as"}
    turned = {"acquires", "sells", "delists", "lists", "edition", "ends", "sets_aside", "retracts", "speaks_for"}
    account.lost("left_out", "predicate", sum(n for word, n in found.told.items() if word not in mapped | turned))
    account.lost("left_out", "mode", found.pending)
    account.lost("not_carried", "chain", sum(len(c.said_by) > 1 for c in found.claims))
    account.lost("not_carried", "quote", sum(c.quote is not None for c in found.claims))
    account.lost("not_carried", "licence", sum(u.claims for u in found.uses))


def ftm_date(moment: Moment) -> tuple[str, str]:
    """The day, month or year that all days of a moment share, and which loss that is.

    >>> ftm_date(Moment.parse("2025-11-03..2025-11-09")), ftm_date(Moment.parse("2025-10")), ftm_date(Moment.parse("..2025-02-18"))
    (('2025-11', 'date_bounds'), ('2025-10', ''), ('', 'date_bounds'))
    """
    if moment.clock:
        return moment.clock[:10], "clock"
    first, last = moment.earliest, moment.latest
    if first is None or last is None:
        return "", "date_bounds"
    text = str(moment)
    if ".." not in text:
        return text, ""
    if first.year != last.year:
        return "", "date_bounds"
    return (f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"), "date_bounds"
