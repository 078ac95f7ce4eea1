"""Which authorities have warned whoever asks that dealings with a party may be punished from outside their reach?

Risk of secondary sanctions, with the authority's own word for it. Refuses to call it an obligation, and to infer it from a listing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knockon.analyses.askers import Asker
from knockon.analyses.effect import CAUGHT, Effect
from knockon.model.ids import ClaimId, EntityId
from knockon.world import World

__all__ = ["Warned", "warnings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """An authority's warning: to whom it speaks, of what, and about which of the parties asked for."""

    authority: EntityId
    object: EntityId
    risk: str
    text: str
    about: tuple[EntityId, ...]
    because: tuple[ClaimId, ...]


def warnings(world: World, effects: Iterable[Effect], who: Asker) -> tuple[Warned, ...]:
    """The warnings of authorities that do not bind an asker but may punish it, where they list or reach one of the parties.

    >>> from knockon.analyses.askers import asker
    >>> from knockon.analyses.status import status
    >>> from knockon.testing import world
    >>> w = world('''us-ofac designates acme for blocking on 2024-05-01 (us-ofac)
    ... us-ofac warns foreign_banks "may be cut off" risk=secondary_sanctions on 2024-05-02 (us-ofac)''', on="2024-06-01")
    >>> [(x.authority, x.object, x.text) for x in warnings(w, status(w, "acme"), asker("kz-person"))]
    [('us-ofac', 'foreign_banks', 'may be cut off')]
    >>> warnings(w, status(w, "acme"), asker("us-person"))
    ()
    """
    hit: dict[str, dict[EntityId, None]] = {}
    for effect in effects:
        if effect.authority in who.risk and effect.status in ("designated", *CAUGHT):
            hit.setdefault(effect.authority, {})[effect.entity] = None
    return tuple(
        Warned(
            authority=state.subject,
            object=state.object,
            risk=state.qualifiers.get("risk", ""),
            text=str(state.value),
            about=tuple(hit[state.subject]),
            because=state.because,
        )
        for state in world.states("warns")
        if state.subject in hit and state.object is not None
    )
