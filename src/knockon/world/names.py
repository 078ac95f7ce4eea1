"""What are things called, what are they, who speaks for whom, and which are the same? Governed by the ledger's position alone (R2).

Refuses to merge by name: only a ``same_as`` claim or a strong identifier makes two entities one (``identity.py``). Setting that claim
aside parts them again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import EntityId
from knockon.model.interval import Holds, Moment, holds_on
from knockon.model.vocabulary import rank_of
from knockon.world.identity import Conflict, Held, Link, Rows, Union, settle

__all__ = ["Names", "set_aside"]

_FORMS = {None: 0, "": 0, "alias": 1, "abbreviation": 2}


@dataclass(slots=True)
class Names:
    """The name claims of a world, ready for look-up."""

    on: date
    types: dict[EntityId, str] = field(default_factory=dict)
    labels: dict[tuple[EntityId, str], list[tuple[int, str]]] = field(default_factory=dict)
    by_name: dict[str, set[EntityId]] = field(default_factory=dict)
    targets: dict[EntityId, list[tuple[EntityId, Moment, Moment | None]]] = field(default_factory=dict)
    roots: dict[EntityId, EntityId] = field(default_factory=dict)
    groups: dict[EntityId, set[EntityId]] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @staticmethod
    def of(claims: Iterable[Claim], on: date, found: Sequence[Held] = (), rows: Rows | None = None) -> Names:
        """Read name claims; those denied, not stated or set aside make nothing. ``found`` are identifiers that several carry.

        ``rows`` tells in which editions they have rows: two rows of one edition are two parties.
        """
        names = Names(on, aside=set_aside(told := sorted(claims, key=lambda c: c.id)))
        pairs: list[tuple[EntityId, EntityId]] = []
        denied: list[tuple[EntityId, EntityId]] = []
        for claim in told:
            if claim.mode is not Mode.STATED or claim.id in names.aside:
                continue
            if claim.polarity is Polarity.AFFIRMED:
                names._take(claim, pairs)
            elif claim.predicate == "same_as" and claim.object is not None:
                denied.append((claim.subject, claim.object))
        names.links, names.conflicts = settle(pairs, denied, found, rows or {})
        names._join([*pairs, *((link.entities[0], e) for link in names.links for e in link.entities[1:])])
        return names

    def _take(self, claim: Claim, pairs: list[tuple[EntityId, EntityId]]) -> None:
        value = claim.value if isinstance(claim.value, str) else ""
        match claim.predicate:
            case "is_a":
                self.types.setdefault(claim.subject, value)
            case "named":
                form = _FORMS.get(claim.qualifier("form"), 3)
                self.labels.setdefault((claim.subject, claim.qualifier("lang") or ""), []).append((form, value))
                self.by_name.setdefault(value.casefold(), set()).add(claim.subject)
            case "speaks_for" if claim.object is not None:
                # nobody has to say since when a spokesman speaks
                start = claim.start or Moment(None, date.min)
                self.targets.setdefault(claim.subject, []).append((claim.object, start, claim.end))
            case "same_as" if claim.object is not None:
                pairs.append((claim.subject, claim.object))
            case _:
                pass

    def _join(self, pairs: list[tuple[EntityId, EntityId]]) -> None:
        """Each group of the same is known by the first of its ids: a plain one before those of sources."""
        groups = Union(pairs)
        self.roots = {entity: groups.top(entity) for entity in list(groups.above)}
        for entity, root in self.roots.items():
            self.groups.setdefault(root, {root}).add(entity)

    def take(self, claims: Iterable[Claim]) -> None:
        """Add the types and names of some entities, where a large ledger gives them on demand."""
        for claim in claims:
            if (
                claim.predicate in ("is_a", "named")
                and claim.mode is Mode.STATED
                and claim.polarity is Polarity.AFFIRMED
                and claim.id not in self.aside
            ):
                self._take(claim, [])

    def same(self, entity: EntityId) -> set[EntityId]:
        """All ids that stand for one with this."""
        root = self.root(entity)
        return self.groups.get(root, {root})

    def root(self, entity: EntityId) -> EntityId:
        """The one id that stands for all that are claimed to be the same."""
        return self.roots.get(entity, entity)

    def _speaks_for(self, speaker: EntityId, day: date | None) -> list[EntityId]:
        """For whom a speaker speaks on a day: that on which a claim was said, or the world's own."""
        found = self.targets.get(speaker)
        if not found:
            return []
        return sorted({target for target, start, end in found if holds_on(day or self.on, start, end) is not Holds.NOT})

    def voice(self, speaker: EntityId, day: date | None = None) -> EntityId:
        """Whose voice a speaker is on a day (R17): followed from the spokesman to the office, and on to whom that speaks for.

        Speakers who speak for each other are one voice, whichever of them one begins with.
        """
        path = [self.root(speaker)]
        while targets := self._speaks_for(path[-1], day):
            after = self.root(targets[0])
            if after in path:
                return min(path[path.index(after) :])
            path.append(after)
        return path[-1]

    def speaks_for(self, speaker: EntityId, authority: EntityId, day: date | None = None) -> bool:
        """Whether a speaker is the authority or, on a day, directly or through others, speaks for it."""
        seen, front = {speaker}, [speaker]
        while front:
            one = front.pop()
            if self.root(one) == self.root(authority):
                return True
            new = [target for target in self._speaks_for(one, day) if target not in seen]
            seen.update(new)
            front += new
        return False

    def rank(self, speaker: EntityId, day: date | None = None) -> int:
        """The weight of a speaker's word (R16), by its own type or that of the one it speaks for."""
        kinds = [self.types.get(speaker, ""), self.types.get(self.voice(speaker, day), "")]
        return min(rank_of(kind) for kind in kinds)

    def label(self, entity: EntityId, lang: str) -> str:
        """The name in a language, else in English, else in any that somebody used, else the id."""
        for wanted in (lang, "en", ""):
            if found := self.labels.get((entity, wanted)):
                return min(found)[1]
        if self.types.get(entity) == "licence":
            return entity  # "a licence" in another language says less than its id
        others = [found for (one, _), found in sorted(self.labels.items()) if one == entity]
        return min(others[0])[1] if others else entity


def set_aside(claims: Collection[Claim]) -> dict[str, str]:
    """What reviewers set aside, with the reasons they gave."""
    return {
        claim.object: claim.value if isinstance(claim.value, str) else ""
        for claim in claims
        if claim.predicate == "sets_aside"
        and claim.object is not None
        and claim.mode is Mode.STATED
        and claim.polarity is Polarity.AFFIRMED
    }
