"""Who is one party with whom, on which identifiers and whose word; what contradicts, and who is possibly the same?

Refuses to say "the same" of what is only proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knockon.analyses.identity import Identifier, Identities, Identity, Merger
from knockon.model.ids import ClaimId
from knockon.views.line import Line, Tongue
from knockon.world.identity import Conflict
from knockon.world.proposals import Proposal

__all__ = ["identities_lines", "identity_lines"]


def identity_lines(told: Tongue, found: Identity) -> Iterator[Line]:
    """One party: its ids, then identifiers, mergers, conflicts and proposals, each with its claim."""
    yield Line(text=told.say("identity.party", name=told.name(found.party), ids=", ".join(found.ids)))
    for one in found.identifiers:
        yield _identifier(told, one)
    for merger in found.merged:
        yield _merger(told, merger)
    yield from _waiting(told, found.conflicts, found.proposals, level=1)
    if not found.identifiers and not found.merged:
        yield Line(text=told.say("identity.nothing"), level=1)


def identities_lines(told: Tongue, found: Identities) -> Iterator[Line]:
    """The whole world: how much is merged, and what waits for a person."""
    text = told.say("identity.all", merged=found.merged, conflicts=len(found.conflicts), proposals=len(found.proposals))
    yield Line(text=text)
    yield from _waiting(told, found.conflicts, found.proposals, level=1)


def _identifier(told: Tongue, one: Identifier) -> Line:
    text = told.say(
        "identity.links" if one.links else "identity.weak",
        entity=one.entity,
        scheme=one.scheme,
        value=one.value,
        who=told.sources(one.because),
    )
    return Line(text=text, address=one.because[0], because=one.because, level=1)


def _merger(told: Tongue, one: Merger) -> Line:
    ids = told.listed(one.entities)
    if one.scheme == "same_as":
        text = told.say("identity.same_as", ids=ids, who=told.sources(one.because))
    else:
        text = told.say("identity.linked", ids=ids, scheme=one.scheme, value=one.value)
    return Line(text=text, address=_first(one.because), because=one.because, level=1)


def _waiting(told: Tongue, conflicts: Iterable[Conflict], proposals: Iterable[Proposal], level: int) -> Iterator[Line]:
    for one in conflicts:
        text = told.say(
            "identity.conflict",
            ids=told.listed(one.entities),
            scheme=one.scheme,
            value=one.value,
            why=told.words.word("identity_why", one.why.replace(" ", "_")),
        )
        yield Line(text=text, address=_first(one.because), because=one.because, marks=("disputed",), level=level)
    for two in proposals:
        text = told.say("identity.possibly", party=two.party, other=two.other, name=two.name)
        yield Line(text=text, address=two.because[1], because=two.because, level=level)


def _first(because: tuple[ClaimId, ...]) -> str:
    return because[0] if because else ""
