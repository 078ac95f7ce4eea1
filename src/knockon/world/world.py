"""What holds on a day, with what was public by a day, at a position of the ledger? A read-only view; a what-if is another world.

Refuses to write. Claims that are supposed, or just heard from a report, are laid over the ledger for this world alone (R6, R7).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from knockon.errors import UnknownClaim, UnknownEntity
from knockon.ledger.ledger import Ledger, query
from knockon.ledger.rows import slot_of
from knockon.model.claim import Claim, Mode, Polarity
from knockon.model.ids import ClaimId, EntityId
from knockon.model.interval import Holds, Moment
from knockon.model.vocabulary import Predicate, predicate, type_is, vocabulary
from knockon.world import events
from knockon.world.identity import held, rows_of
from knockon.world.names import Names, set_aside
from knockon.world.resolve import Live, State, Voices, resolve, survivors

__all__ = ["World"]

#: names and identity, without the identifiers: of those only the shared ones matter, and one query finds them
_NAME_WORDS = tuple(name for name, word in vocabulary().items() if word.kind == "name" and name != "identified_by")
_LABELS = ("is_a", "named")
_WHOLE_ID = 27  # letters of a claim's id
_STAKES = ("holds_shares", "holds_interest", "manages", "controls", "entitled_to")
#: a ledger, or a predicate of one, with no more claims than this is read whole
SMALL = 20_000


class World:
    """The ledger seen ``on`` a day, with what was ``known`` by a day, ``at`` a position, with claims laid over it.

    >>> from knockon.testing import world
    >>> w = world("us-ofac designates acme on 2024-05-01 (us-ofac)", on="2024-06-01")
    >>> w.states("designates")[0].object
    'acme'
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        on: date,
        known: date | None = None,
        at: int | None = None,
        supposed: Sequence[Claim] = (),
        heard: Sequence[Claim] = (),
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self.ledger = ledger
        self.on = on
        self.known = known or on
        self.at = ledger.at if at is None else at
        self.supposed = tuple(sorted(supposed, key=lambda c: c.id))
        self.heard = tuple(sorted(heard, key=lambda c: c.id))
        self._supposed_ids = frozenset(c.id for c in self.supposed)
        self._titles = dict(titles or {})
        self._told: dict[str, tuple[Claim, ...]] = {}
        self._states: dict[str, tuple[State, ...]] = {}
        self._counted: dict[str, tuple[Claim, ...]] = {}
        self._looked_up: set[EntityId] = set()
        self._by_id: dict[str, Claim] = {}  # claims laid over; those of the ledger are kept by it
        #: answers that analyses have already worked out for this world, which never changes
        self.memo: dict[tuple[str, ...], object] = {}

    # ------------------------------------------------------------------ identity of the answer
    @cached_property
    def fingerprint(self) -> str:
        """A hash over the ids of all claims that this world sees, whatever the order in which they came (R3, R22)."""
        digest = hashlib.sha256(b"knockon/world/1\0")
        seen = (
            [i for rows in self._whole.values() for i, _ in rows]
            if self._whole is not None
            else [str(r[0]) for r in self._rows("ids", {})]
        )
        seen.sort()
        laid = {c.id for c in (*self.supposed, *self.heard) if self._public(c)}
        if laid:
            seen = sorted(laid.union(seen))
        digest.update("\n".join(seen).encode())
        return digest.hexdigest()[:32]

    def _rows(self, name: str, extra: dict[str, object]) -> list[tuple[object, ...]]:
        bound: dict[str, object] = {"at": self.at, "known": self.known, **extra}
        return self.ledger.connection.execute(query("knockon.world", name), bound).fetchall()

    def _public(self, claim: Claim) -> bool:
        return predicate(claim.predicate).kind == "name" or claim.known <= self.known

    def codes(self, names: Iterable[str]) -> dict[str, int]:
        """The numbers under which the ledger keeps some entities; those that it does not have are left out."""
        rows = self.ledger.connection.execute(query("knockon.world", "codes"), {"names": sorted(set(names))}).fetchall()
        return {str(name): int(code) for name, code in rows}

    # ------------------------------------------------------------------ what was said
    def told(self, *predicates: str, subject: str | None = None, object: str | None = None) -> tuple[Claim, ...]:
        """Every claim that this world sees, in any mode and polarity, in the order of ids."""
        return tuple(
            claim
            for word in predicates
            for claim in (
                self._near(word, subject or object) if self._is_large(word, subject or object) else self._read(word)
            )
            if (subject is None or self.names.root(claim.subject) == self.names.root(EntityId(subject)))
            and (
                object is None
                or (claim.object is not None and self.names.root(claim.object) == self.names.root(EntityId(object)))
            )
        )

    def _read(self, word: str) -> tuple[Claim, ...]:
        if word not in self._told:
            predicate(word)
            self._told[word] = self._load((word,))
        return self._told[word]

    def read_ahead(self, *words: str) -> None:
        """Read some predicates in one go; each question about one of them then finds it read."""
        if self.large and (new := [word for word in words if word not in self._told]):
            told = self._load(new)
            self._told |= {word: tuple(c for c in told if c.predicate == word) for word in new}

    def _load(self, words: Sequence[str]) -> tuple[Claim, ...]:
        if self._whole is not None:
            found = [row for word in words for row in self._whole.get(word, ())]
        else:
            found = [(str(i), str(body)) for _, i, body in self._rows("visible", {"predicates": list(words)})]
        return self._with_laid(words, found)

    def _with_laid(self, words: Sequence[str], found: Iterable[tuple[str, str]]) -> tuple[Claim, ...]:
        """Claims of rows, and those of the same predicates that are laid over the ledger."""
        claims = {i: self.ledger.kept(i, body) for i, body in found}
        for claim in (*self.heard, *self.supposed):
            if claim.predicate in words and self._public(claim):
                claims.setdefault(claim.id, claim)
                self._by_id.setdefault(claim.id, claim)
        return tuple(claims[i] for i in sorted(claims))

    # ------------------------------------------------------------------ large ledgers: what touches an entity, not everything
    @property
    def large(self) -> bool:
        """Whether the ledger is too large to be read whole for one question."""
        return self.at > SMALL

    def _is_large(self, word: str, entity: str | None) -> bool:
        """Whether a question about one entity should not read all claims of a predicate."""
        return entity is not None and self.large and word not in self._told and self._sizes.get(word, 0) > SMALL

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return {
            str(word): int(str(count))
            for word, count in self.ledger.connection.execute(query("knockon.world", "counts")).fetchall()
        }

    def _near(self, word: str, *entities: str | None) -> tuple[Claim, ...]:
        """The claims of a predicate that touch some entities, or any that is the same as one of them."""
        predicate(word)
        wanted = sorted({str(m) for e in entities if e is not None for m in self.names.same(EntityId(e))})
        rows = self._rows("near", {"predicates": [word], "entities": wanted})
        return self._with_laid((word,), ((str(i), str(body)) for i, body in rows))

    def _resolved_near(self, name: str, subject: EntityId | None, object: EntityId | None) -> tuple[State, ...]:
        """As ``_resolved``, of the slots alone in which an entity stands."""
        word = predicate(name)
        root = self.names.root
        told = list(self._near(name, object if object is not None else subject))
        if object is not None:
            mates = [c for c in told if c.object is not None and root(c.object) == object]
        else:
            # what competes with a claim shares its object or its subject, whichever the slot names
            told = [c for c in told if root(c.subject) == subject]
            beside = [c.object if "object" in word.slot and c.object is not None else c.subject for c in told]
            mates = list(self._near(name, *beside)) if told else []
        slots = {slot_of(self._rooted(c)) for c in (mates if object is not None else told)}
        if object is not None and "object" not in word.slot:
            mates = list(self._near(name, *(c.subject for c in mates)))
        counted = (self._rooted(c) for c in mates if self._counts(c))
        return self._settle(
            word,
            tuple(c for c in counted if slot_of(c) in slots),
            near=(subject, None if object is None else frozenset({object})),
        )

    def states_of(self, *predicates: str, objects: Iterable[str]) -> tuple[State, ...]:
        """As ``states``, of some objects at once; for predicates whose slots name the object, as those of stakes do."""
        roots = frozenset(self.names.root(EntityId(o)) for o in objects)
        out: list[State] = []
        for name in predicates:
            if not self._is_large(name, "any"):
                out += [s for s in self._resolved(name) if s.object in roots]
                continue
            told = [
                c
                for c in self._near(name, *sorted(roots))
                if c.object is not None and self.names.root(c.object) in roots
            ]
            out += self._settle(
                predicate(name), tuple(self._rooted(c) for c in told if self._counts(c)), near=(None, roots)
            )
        return tuple(out)

    @cached_property
    def _whole(self) -> dict[str, list[tuple[str, str]]] | None:
        """Ids and bodies by predicate, read in one go; ``None`` where the ledger is too large for that."""
        if self.large:
            return None
        shelf: dict[str, list[tuple[str, str]]] = {}
        for word, known_id, body in self._rows("whole", {}):
            shelf.setdefault(str(word), []).append((str(known_id), str(body)))
        return shelf

    # ------------------------------------------------------------------ what holds
    def states(self, *predicates: str, subject: str | None = None, object: str | None = None) -> tuple[State, ...]:
        """What surely or possibly holds: stated, affirmed, competent, resolved slot by slot (R5, R14–R17)."""
        wanted_s = self.names.root(EntityId(subject)) if subject else None
        wanted_o = self.names.root(EntityId(object)) if object else None
        return tuple(
            state
            for word in predicates
            for state in (
                self._resolved_near(word, wanted_s, wanted_o)
                if self._is_large(word, subject or object)
                else self._resolved(word)
            )
            if (wanted_s is None or state.subject == wanted_s or wanted_s in state.alternatives)
            and (wanted_o is None or state.object == wanted_o)
        )

    def _resolved(self, word: str) -> tuple[State, ...]:
        if word not in self._states:
            self._states[word] = self._settle(predicate(word), self.counted(word))
        return self._states[word]

    def resolve_claims(self, word: str, told: Iterable[Claim]) -> tuple[State, ...]:
        """The states that some claims of a predicate make, which must be all that this world sees of their slots."""
        return self._settle(predicate(word), tuple(self._rooted(c) for c in told if self._counts(c)))

    def _settle(
        self,
        word: Predicate,
        claims: Sequence[Claim],
        *,
        near: tuple[EntityId | None, frozenset[EntityId] | None] | None = None,
    ) -> tuple[State, ...]:
        """Resolve claims slot by slot; with ``near``, they are only those of the slots in which that subject or object stands."""
        enders = [c for rule in events.closers_of(word.name) for c in self.counted(rule["event"])]
        live = events.close(claims, enders)
        slots: dict[str, list[Live]] = {}
        for item in live:
            slots.setdefault(self._slot(item.claim), []).append(item)
        found: list[State] = []
        for slot in sorted(slots):
            kept = {c.id for c in survivors([i.claim for i in slots[slot]], self._voices)}
            items = [i for i in slots[slot] if i.claim.id in kept]
            state = (
                self._flow(items)
                if word.kind in ("flow", "event") and not events.opens(word.name)
                else resolve(items, on=self.on, voices=self._voices)
            )
            if state is not None:
                found.append(state)
        if word.name in _STAKES:
            found = self._moved(word.name, found, near)
        return tuple(sorted(found, key=lambda s: (s.subject, s.object or "", s.claim)))

    def _flow(self, items: list[Live]) -> State | None:
        """An amount in a period, or a thing that happened: it stands once its days have begun."""
        begun = [
            i
            for i in items
            if i.claim.start is None or i.claim.start.earliest is None or i.claim.start.earliest <= self.on
        ]
        if not begun:
            return None
        # resolved as if on its own first day: a period that is over is still what was said of that period
        timeless = [Live(_without_days(i.claim), None) for i in begun]
        state = resolve(timeless, on=max(self.on, *(i.claim.known for i in begun)), voices=self._voices)
        if state is None:
            return None
        chosen = next(i for i in begun if i.claim.id == state.claim)
        return _dated(state, chosen.claim, self.on)

    def _moved(
        self, word: str, found: list[State], near: tuple[EntityId | None, frozenset[EntityId] | None] | None
    ) -> list[State]:
        """Stakes after the deals that this world knows of."""
        newest, all_changes = self._dealt
        changes: dict[tuple[str, str], list[events.Change]] = {}
        for change in all_changes:
            if change.kind == word:
                key = (self.names.root(change.holder), self.names.root(change.asset))
                changes.setdefault(key, []).append(change)
        out: list[State] = []
        for state in found:
            mine = changes.pop((state.subject, state.object or ""), None)
            after = events.moved(state, mine, on=self.on, newest=newest, supposed=self._supposed_ids) if mine else state
            if after is not None:
                out.append(after)
        for (holder, asset), mine in changes.items():
            if near is not None and ((near[0] or holder) != holder or (near[1] is not None and asset not in near[1])):
                continue  # a deal of others: whether their stake was told is not known here
            after = events.moved(None, mine, on=self.on, newest=newest, supposed=self._supposed_ids)
            if after is not None:
                out.append(after)
        return out

    @cached_property
    def _dealt(self) -> tuple[date, list[events.Change]]:
        """The day of the newest word about any deal, and what deals change."""
        deals = [c for name in events.movers() for c in self.counted(name)]
        return max((c.known for c in deals), default=self.known), events.changes_for(deals, self.kind_dealt)

    @property
    def changes(self) -> tuple[events.Change, ...]:
        """Every stake that a deal known to this world made larger or smaller."""
        return tuple(self._dealt[1])

    def kind_dealt(self, deal: Claim) -> str | None:
        """The kind of stake that is told of the asset: participating interests where there are no shares."""
        told = {
            word
            for word, assets in self._assets_dealt.items()
            if deal.object and self.names.root(deal.object) in assets
        }
        return "holds_interest" if told == {"holds_interest"} else None

    @cached_property
    def _assets_dealt(self) -> dict[str, frozenset[EntityId]]:
        """Of which assets shares, and of which interests are told; in a large ledger, of those that deals are about."""
        return {word: self._objects_told(word) for word in ("holds_shares", "holds_interest")}

    def _objects_told(self, word: str) -> frozenset[EntityId]:
        root = self.names.root
        if not self._is_large(word, "any"):
            return frozenset(root(c.object) for c in self._read(word) if c.object is not None)
        dealt = {m for name in events.movers() for c in self._read(name) if c.object for m in self.names.same(c.object)}
        rows = self._rows("assets", {"predicate": word, "entities": sorted(dealt)})
        told = {c.object for c in (*self.heard, *self.supposed) if c.predicate == word and c.object and self._public(c)}
        return frozenset(root(e) for e in (*(EntityId(str(i)) for (i,) in rows), *told))

    def counted(self, word: str) -> tuple[Claim, ...]:
        """The claims of a predicate that make the world: stated, affirmed, not set aside or taken back, and competent."""
        if word not in self._counted:
            self._counted[word] = tuple(self._rooted(c) for c in self._read(word) if self._counts(c))
        return self._counted[word]

    def _counts(self, claim: Claim) -> bool:
        stated = claim.mode is Mode.STATED and claim.polarity is Polarity.AFFIRMED
        return stated and self.stands(claim) and self.competent(claim)

    def pending(self, *predicates: str, subject: str | None = None, object: str | None = None) -> tuple[Claim, ...]:
        """Claims that stand beside what holds: planned, expected, possible, asked or denied, and not taken back (R14)."""
        if self.large and subject is None and object is None:
            rows = self._rows("pending", {"predicates": list(predicates)})
            told = self._with_laid(predicates, ((str(i), str(body)) for i, body in rows))
        else:
            told = self.told(*predicates, subject=subject, object=object)
        return tuple(
            c for c in told if (c.mode is not Mode.STATED or c.polarity is not Polarity.AFFIRMED) and self.stands(c)
        )

    def stands(self, claim: Claim) -> bool:
        """Whether nobody set a claim aside and its own voice did not take it back (R13)."""
        if claim.id in self.names.aside:
            return False
        return (claim.id, self.names.voice(claim.origin, claim.known)) not in self._taken_back

    @cached_property
    def _taken_back(self) -> frozenset[tuple[str | None, EntityId]]:
        """What was taken back, and by whose voice; a denied, planned or set-aside retraction takes nothing back."""
        return frozenset(
            (c.object, self.names.voice(c.origin, c.known))
            for c in self._read("retracts")
            if c.mode is Mode.STATED and c.polarity is Polarity.AFFIRMED and c.id not in self.names.aside
        )

    def competent(self, claim: Claim) -> bool:
        """Whether its origin can make it so (R16): an act counts only from the authority, or one that speaks for it."""
        how = predicate(claim.predicate).competent
        if not how or claim.id in self._supposed_ids:
            return True
        if how == "subject":
            return self.names.speaks_for(claim.origin, claim.subject, claim.known)
        issuers = {c.subject for c in self._read("issues") if c.object == claim.subject}
        if issuers:
            return any(self.names.speaks_for(claim.origin, issuer, claim.known) for issuer in issuers)
        return type_is(self.names.types.get(claim.origin, ""), "authority")

    def _rooted(self, claim: Claim) -> Claim:
        """The claim with merged entities under their one id; its own id stays."""
        if not self.names.roots:
            return claim
        subject, obj = self.names.root(claim.subject), claim.object and self.names.root(claim.object)
        if subject == claim.subject and obj == claim.object:
            return claim
        return _copy(claim, subject=subject, object=obj)

    def _slot(self, claim: Claim) -> str:
        return slot_of(claim)

    # ------------------------------------------------------------------ names
    @cached_property
    def names(self) -> Names:
        """Names, types, who speaks for whom, and what is the same."""
        found = held(self, set_aside(self._read("sets_aside")))
        rows = rows_of(self, (one.entity for one in found))
        if self._whole is not None:
            return Names.of(self._load(_NAME_WORDS), self.on, found, rows)
        laid = sorted({c.origin for c in (*self.heard, *self.supposed)})
        labels = [(str(i), str(body)) for i, body in self._rows("speakers", {})]
        labels += [
            (str(i), str(body)) for i, body in self._rows("near", {"predicates": list(_LABELS), "entities": laid})
        ]
        few = self._load([word for word in _NAME_WORDS if word not in _LABELS])
        return Names.of((*few, *self._with_laid(_LABELS, labels)), self.on, found, rows)

    def _named(self, entity: EntityId) -> EntityId:
        """The entity, once its types and names are at hand; a large ledger gives them on demand."""
        if self.large and entity not in self._looked_up:
            self._looked_up.add(entity)
            known = self.names
            if entity not in known.types and not any(e == entity for e, _ in known.labels):
                known.take(c for word in _LABELS for c in self._near(word, entity) if c.subject == entity)
        return entity

    def look_up(self, entities: Iterable[str], claims: Iterable[str] = ()) -> None:
        """Have the names of many entities, and many claims, at hand: in a large ledger each alone would be a question of its own."""
        if not self.large:
            return
        if new := {EntityId(e) for e in entities} - self._looked_up:
            self._looked_up |= new
            members = sorted({m for e in new for m in self.names.same(e)})
            rows = self._rows("near", {"predicates": list(_LABELS), "entities": members})
            self.names.take(self.ledger.kept(str(i), str(body)) for i, body in rows)
        if wanted := [c for c in dict.fromkeys(claims) if c not in self._by_id and self.ledger.recall(c) is None]:
            for known_id, body in self.ledger.connection.execute(
                query("knockon.world", "these"), {"ids": wanted}
            ).fetchall():
                self.ledger.kept(str(known_id), str(body))

    @cached_property
    def _voices(self) -> Voices:
        return Voices(voice=self.names.voice, rank=self.names.rank)

    def name(self, entity: str, lang: str = "en") -> str:
        """What an entity is called in a language; its id where nobody names it."""
        return self.names.label(self._named(EntityId(entity)), lang)

    def type(self, entity: str) -> str:
        """What an entity is, "" where nobody says."""
        return self.names.types.get(self._named(EntityId(entity)), "")

    def is_used(self, wanted: str) -> bool:
        """Whether any claim, recorded or laid over, uses this id."""
        if any(wanted in (c.subject, c.object) for c in (*self.heard, *self.supposed)):
            return True
        return self.ledger.connection.execute("select 1 from entities where id = $1", [wanted]).fetchone() is not None

    def entity(self, text: str) -> EntityId:
        """The entity with this id or name; an error that offers near ones when there is none, or more than one."""
        wanted = text.strip()
        if self.large:
            return self._entity_in_large(wanted)
        if self.is_used(wanted):
            return self.names.root(EntityId(wanted))
        known = set(self.names.types) | {e for e, _ in self.names.labels}
        found = {self.names.root(e) for e in self.names.by_name.get(wanted.casefold(), set())}
        if len(found) == 1:
            return found.pop()
        raise UnknownEntity(wanted, [*known, *self.names.by_name], several=sorted(found))

    def _entity_in_large(self, wanted: str) -> EntityId:
        if self.ledger.connection.execute("select 1 from entities where id = $1", [wanted]).fetchall():
            return self.names.root(EntityId(wanted))
        found = {
            EntityId(str(row[0]))
            for row in self.ledger.connection.execute(
                query("knockon.world", "called"), {"at": self.at, "text": wanted}
            ).fetchall()
        }
        found |= self.names.by_name.get(wanted.casefold(), set())
        roots = sorted({self.names.root(e) for e in found})
        if len(roots) == 1:
            return roots[0]
        raise UnknownEntity(wanted, self.names.by_name, several=roots)

    # ------------------------------------------------------------------ single claims
    def claim(self, wanted: str) -> Claim:
        """One claim by its id, whether or not this world counts it."""
        return self._by_id.get(wanted) or self.ledger.recall(wanted) or self.find(wanted)

    def find(self, prefix: str) -> Claim:
        """The one claim whose id begins so; an error when there is none or more than one."""
        exact = "select id, body from claims where id = $1"
        rows = self.ledger.connection.execute(exact, [prefix]).fetchall() if len(prefix) == _WHOLE_ID else []
        rows = (
            rows
            or self.ledger.connection.execute(
                "select id, body from claims where starts_with(id, $1) order by id limit 3", [prefix]
            ).fetchall()
        )
        found = {i: self.ledger.kept(i, body) for i, body in rows}
        found |= {c.id: c for c in (*self.heard, *self.supposed) if c.id.startswith(prefix)}
        if not found:
            raise UnknownClaim(prefix)
        if len(found) > 1:
            raise UnknownClaim(prefix, f"fits more than one: {', '.join(sorted(found))}", "give more letters")
        return next(iter(found.values()))

    def is_supposed(self, claim: str) -> bool:
        """Whether a claim is only supposed in this world."""
        return claim in self._supposed_ids

    def source_title(self, source: str) -> str:
        """What a source is called, or its address."""
        return self._titles.get(source) or self.ledger.title(source)

    def on_day(self, on: date) -> World:
        """The same world, seen on another day."""
        return World(
            self.ledger,
            on=on,
            known=self.known,
            at=self.at,
            supposed=self.supposed,
            heard=self.heard,
            titles=self._titles,
        )

    def supposing(self, claims: Iterable[Claim]) -> World:
        """The same world with claims laid over it."""
        return World(
            self.ledger,
            on=self.on,
            known=self.known,
            at=self.at,
            supposed=(*self.supposed, *claims),
            heard=self.heard,
            titles=self._titles,
        )

    def hearing(self, claims: Iterable[Claim], titles: Mapping[str, str] | None = None) -> World:
        """The same world with what a report says laid over it; heard claims count as their speakers do, supposed ones always."""
        return World(
            self.ledger,
            on=self.on,
            known=self.known,
            at=self.at,
            supposed=self.supposed,
            heard=(*self.heard, *claims),
            titles={**self._titles, **(titles or {})},
        )


def _copy(claim: Claim, *, subject: EntityId, object: EntityId | None) -> Claim:
    from dataclasses import replace

    made = replace(claim, subject=subject, object=object)
    _keep_id(made, claim.id)
    return made


def _without_days(claim: Claim) -> Claim:
    from dataclasses import replace

    made = replace(claim, start=Moment(None, claim.known), end=None)
    _keep_id(made, claim.id)
    return made


def _keep_id(claim: Claim, known: ClaimId) -> None:
    object.__setattr__(claim, "_id", known)


def _dated(state: State, chosen: Claim, on: date) -> State:
    from dataclasses import replace

    return replace(
        state,
        start=chosen.start,
        end=chosen.end,
        holds=Holds.SURELY,
        age_days=(on - state.newest).days,
        stale=bool(predicate(state.predicate).stale) and (on - state.newest).days > predicate(state.predicate).stale,
    )
