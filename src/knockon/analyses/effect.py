"""What does one authority's measure mean for one party? The values that ``status`` answers with. Refuses to work anything out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Moment

__all__ = [
    "AUTHORITIES",
    "CAUGHT",
    "EVERY",
    "LINKED",
    "PART",
    "UNDETERMINED",
    "Counted",
    "Deciding",
    "Effect",
    "place_of",
]

#: the authorities whose answer is always given, in this order
AUTHORITIES = ("us-ofac", "uk", "eu", "ch")
#: every authority that has a rule record
EVERY = (*AUTHORITIES, "un", "ca", "au")

PART = "part-owned by a sanctioned party"
LINKED = "linked to a sanctioned party"
UNDETERMINED = "undetermined"
#: the words for a party that a rule surely reaches
CAUGHT = (
    "blocked by ownership",
    "owned by a sanctioned party",
    "controlled by a sanctioned party",
    "subject to sectoral restrictions by ownership",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One told stake in a party, and whether the rule counts it: ``counts`` is "surely", "possibly" or "no", ``why`` says why."""

    holders: tuple[EntityId, ...]
    kind: str
    votes: bool
    low: Decimal
    high: Decimal
    told: str
    counts: str
    why: str
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """A stake on which a verdict turns: its bounds today, what is told of it, and the share at which the verdict flips."""

    holder: EntityId
    asset: EntityId
    low: Decimal
    high: Decimal
    told: str
    flips_at: Decimal | None
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One authority's measure on one party. ``low``/``high`` is the counted share in percent where ownership decides.

    ``person`` is the listed party that catches it where the rule does not add listed parties up. ``counted`` are the told stakes
    with what the rule makes of each, ``look_through_low``/``_high`` the product along chains, an economic figure that decides
    nothing (R20); both are worked out where one party is asked about. ``certainty`` and ``verified`` are those of the rule record.
    ``observed`` is the day of the newest edition of the list that shows the party, where editions and not acts are the word.
    Where nothing was found, ``searched`` is how many parties of the authority were looked at, ``unreported`` the percent of
    the owners that nobody told.
    """

    entity: EntityId
    authority: str
    programme: str | None
    measure: str
    status: str
    since: Moment | None
    until: Moment | None
    rule: str | None
    low: Decimal | None
    high: Decimal | None
    because: tuple[ClaimId, ...]
    deciding: tuple[Deciding, ...] = ()
    unreported: Decimal | None = None
    searched: int | None = None
    pending: tuple[ClaimId, ...] = ()
    stale: bool = False
    supposed: bool = False
    note: str = ""
    person: EntityId | None = None
    counted: tuple[Counted, ...] = ()
    look_through_low: Decimal | None = None
    look_through_high: Decimal | None = None
    certainty: str | None = None
    verified: bool | None = None
    observed: date | None = None


def place_of(authority: str) -> tuple[int, str]:
    """The order in which authorities are told: those with a place of their own, then the others by name.

    >>> sorted(["zz", "eu", "us-ofac"], key=place_of)
    ['us-ofac', 'eu', 'zz']
    """
    return (EVERY.index(authority) if authority in EVERY else len(EVERY), authority)
