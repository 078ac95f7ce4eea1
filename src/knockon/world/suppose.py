"""Which entities does a supposition mean? Names and short forms become the ids of the world; a deal finds where its stake is told.

Refuses an id that nothing in the ledger is called, unless the suppositions themselves say what it is: a slip of the pen
would otherwise move nothing and look like an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knockon.errors import UnknownEntity, UnknownSupposed
from knockon.model.claim import Claim
from knockon.model.ids import EntityId

if TYPE_CHECKING:
    from knockon.world.world import World

__all__ = ["resolved", "spelled"]

#: qualifiers that name an entity, by predicate
_NAMING: Mapping[str, tuple[str, ...]] = {
    "acquires": ("from",),
    "sells": ("to",),
    "manages": ("for",),
    "acts_jointly": ("over",),
    "rebuts_control": ("holder",),
    "exports": ("via",),
    "ships": ("of",),
}
#: predicates whose subject, or object, is new by being said so
_DECLARES = {"is_a": "subject", "named": "subject", "issues": "object"}
#: predicates whose object is a claim
_ON_CLAIMS = ("retracts", "sets_aside")
_STAKES = ("holds_shares", "holds_interest")
#: as many words as a name that is written with blanks may have
_LONGEST = 6
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_.:+/\-]*\Z")
_KEPT = re.compile(r'"[^"]*"|\([^()]*\)\s*\Z|(?<= under )[^,()"]+?(?= (?:since|on|from|until|in) |\Z)')


def spelled(world: World, line: str) -> str:
    """The line with names as people write them ("GL 124B", "Газпром") turned into ids; quotes, speakers and programmes stay.

    >>> from knockon.testing import world
    >>> w = world('gl-1 is called "GL 1"' + chr(10) + 'acme is called "Акме"')
    >>> spelled(w, "us-ofac revokes GL 1 on 2026-02-01"), spelled(w, 'Акме position bolt "GL 1"')
    ('us-ofac revokes gl-1 on 2026-02-01', 'acme position bolt "GL 1"')
    """
    out, at = "", 0
    for kept in _KEPT.finditer(line):
        out += _spelled(world, line[at : kept.start()]) + kept[0]
        at = kept.end()
    return out + _spelled(world, line[at:])


def _spelled(world: World, text: str) -> str:
    words = re.split(r"(\s+)", text)  # words at even places, blanks at odd ones
    out: list[str] = []
    at = 0
    while at < len(words):
        found = None
        for many in range(_LONGEST, 0, -1):
            end = at + 2 * many - 1
            if at % 2 or end > len(words) or (many == 1 and _PLAIN.match(words[at])):
                continue
            found = _called(world, "".join(words[at:end]))
            if found is not None:
                break
        out.append(words[at] if found is None else found)
        at = at + 1 if found is None else end
    return "".join(out)


def _called(world: World, text: str) -> EntityId | None:
    """The one entity with this name, ``None`` where there is none; an error where there are several."""
    if not text.strip():
        return None
    found = {world.names.root(e) for e in world.names.by_name.get(text.casefold(), set())}
    if len(found) > 1:
        raise UnknownEntity(text, several=sorted(found))
    return next(iter(found), None)


def resolved(world: World, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with ids of the world for names and short forms; an error for what nothing is called.

    >>> from knockon.testing import claims, world
    >>> w = world('kmg is called "KazMunayGas"' + chr(10) + "kmg holds 10% of tco (registry)")
    >>> [(c.subject, c.object) for c in resolved(w, claims("kazmunaygas buys 5% of tco"))]
    [('kmg', 'tco')]
    """
    new = {
        entity
        for c in claims
        if c.predicate in _DECLARES
        for entity in ((c.subject if _DECLARES[c.predicate] == "subject" else c.object),)
        if entity is not None
    }
    found = tuple(_with_ids(world, claim, new) for claim in claims)
    return tuple(_where_told(world, claim) for claim in found)


def _with_ids(world: World, claim: Claim, new: Iterable[EntityId]) -> Claim:
    def meant(entity: EntityId) -> EntityId:
        return entity if entity in new else _meant(world, entity)

    naming = _NAMING.get(claim.predicate, ())
    subject = meant(claim.subject)
    obj = claim.object
    if obj is not None and claim.predicate not in _ON_CLAIMS:
        obj = meant(obj)
    qualifiers = tuple((k, str(meant(EntityId(v))) if k in naming else v) for k, v in claim.qualifiers)
    if (subject, obj, qualifiers) == (claim.subject, claim.object, claim.qualifiers):
        return claim
    return replace(claim, subject=subject, object=obj, qualifiers=qualifiers)


def _meant(world: World, wanted: EntityId) -> EntityId:
    """The entity with this id; else the one with this name, whichever of blank, hyphen and underscore is written."""
    if world.is_used(wanted):
        return wanted
    forms = {wanted, *(re.sub(r"[-_\s]+", sep, wanted) for sep in " -_")}
    found: set[EntityId] = set()
    for form in sorted(forms):
        if world.is_used(form):
            found.add(world.names.root(EntityId(form)))
        elif (one := _entity(world, form)) is not None:
            found.add(one)
    if len(found) == 1:
        return found.pop()
    if found:
        raise UnknownEntity(wanted, several=sorted(found))
    raise UnknownSupposed(wanted, _used(world))


def _used(world: World) -> list[str]:
    """Ids to offer: all that a small ledger uses, the typed ones of a large one."""
    if world.large:
        return [str(e) for e in world.names.types]
    return [str(i) for (i,) in world.ledger.connection.execute("select id from entities order by id").fetchall()]


def _entity(world: World, text: str) -> EntityId | None:
    if not world.large:
        return _called(world, text)
    try:
        return world.entity(text)
    except UnknownEntity:
        return None  # the caller tells it, with the other forms


def _where_told(world: World, claim: Claim) -> Claim:
    """A deal in a field is one in the venture that develops it, where stakes are told of the venture and not of the field."""
    if claim.predicate not in ("acquires", "sells", "holds_interest") or claim.object is None:
        return claim
    if world.told(*_STAKES, object=claim.object):
        return claim
    holding = [
        s.subject for s in world.states("develops", object=claim.object) if world.told(*_STAKES, object=s.subject)
    ]
    return replace(claim, object=holding[0]) if len(set(holding)) == 1 else claim
