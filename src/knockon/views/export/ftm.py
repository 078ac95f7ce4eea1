"""A world as FollowTheMoney entities: parties and assets, ownerships, listings and offices, as of the world's day.

Refuses to be silent about what the format cannot say: each loss is counted under its reason in ``ftm.toml``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knockon.analyses.datasets import dataset_of
from knockon.analyses.effect import Effect
from knockon.analyses.export_world import Portable
from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.model.interval import Holds, Moment
from knockon.model.vocabulary import predicate
from knockon.views.export.files import open_text
from knockon.views.export.ftm_ids import ftm_id, link_id
from knockon.views.export.ftm_tables import Account, ftm_date, mapping, overall
from knockon.world.resolve import State

__all__ = ["entities", "write_ftm"]

Entity = dict[str, Any]


def write_ftm(path: Path, found: Portable) -> tuple[Account, dict[str, int]]:
    """Write one entity a line; returns the losses, and how many of each schema were written."""
    account, written = Account(), Counter[str]()
    with open_text(path) as file:
        for entity in entities(found, account):
            file.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")
            written[entity["schema"]] += 1
    return account, dict(sorted(written.items()))


def entities(found: Portable, account: Account) -> Iterator[Entity]:
    """The entities, those with names first, in the order of ids; losses go into ``account``."""
    overall(found, account)
    writer = _Writer(found, account)
    made = [e for state in found.links if (e := writer.link(state))]
    made += [e for effect in found.listings if (e := writer.listing(effect))]
    things = list(writer.things())
    yield from sorted(things, key=lambda e: e["id"])
    yield from sorted([*writer.posts.values(), *made, *writer.identifications], key=lambda e: e["id"])


class _Writer:
    """Turns the parts of one world into entities; keeps what each entity must be able to stand as."""

    def __init__(self, found: Portable, account: Account) -> None:
        self.found = found
        self.account = account
        self.world = found.world
        self.posts: dict[str, Entity] = {}
        self.identifications: list[Entity] = []
        self.schemata: dict[EntityId, str] = {}
        self._needs: dict[EntityId, set[str]] = {}
        self._known = {u.dataset.id: u.dataset for u in found.uses}
        for state in found.links:
            link = mapping()["links"][predicate(state.predicate).ftm]
            self._need(state.subject, link["from_is"])
            if state.object and link["to"] != "post":
                self._need(state.object, link["to_is"])
        for effect in found.listings:
            self._need(effect.entity, "Thing")
        for entity in found.types:
            self._need(entity, "Thing")
        for entity, needs in self._needs.items():
            if schema := self._schema(entity, needs):
                self.schemata[entity] = schema

    def _need(self, entity: EntityId, schema: str) -> None:
        self._needs.setdefault(entity, set()).add(schema)

    def _schema(self, entity: EntityId, needs: set[str]) -> str | None:
        """The schema of a type, or its wider one where the entity stands as more than that."""
        row = mapping()["types"].get(self.found.types.get(entity, ""))
        if row is None:
            self.account.lost("left_out", "type")
            return None
        fits = needs <= set(mapping()["is"][row["schema"]])
        return str(row["schema"] if fits else row.get("widen", row["schema"]))

    def _can_be(self, entity: EntityId, schema: str) -> bool:
        return entity in self.schemata and schema in mapping()["is"][self.schemata[entity]]

    # ------------------------------------------------------------------ entities
    def things(self) -> Iterator[Entity]:
        """Parties and assets with their names, identifiers and the ids merged into them."""
        names, ids, traits = (
            _by_subject(self.found.names),
            _by_subject(self.found.identifiers),
            _by_subject(self.found.traits),
        )
        for entity, schema in self.schemata.items():
            told = [*names.get(entity, ()), *ids.get(entity, ())]
            properties = self._names(entity, names.get(entity, []))
            for claim in ids.get(entity, []):
                self._identifier(entity, schema, claim, properties)
            for state in traits.get(entity, []):
                if schema == "Company":
                    properties.setdefault("sector", []).append(str(state.value))
                    told += [self.world.claim(state.claim)]
            properties |= self._sources(told, summary=False)
            referents = [ftm_id(e) for e in self.found.members.get(entity, ())]
            yield self._entity(ftm_id(entity), schema, properties, told) | (
                {"referents": referents} if referents else {}
            )

    def _names(self, entity: EntityId, claims: list[Claim]) -> dict[str, list[str]]:
        properties: dict[str, list[str]] = {}
        for claim in claims:
            form = "alias" if claim.qualifier("namesake") else claim.qualifier("form") or ""
            properties.setdefault(mapping()["names"].get(form, "alias"), []).append(str(claim.value))
        self.account.lost("not_carried", "name_language", sum(c.qualifier("lang") is not None for c in claims))
        if "name" not in properties:
            self.account.lost("not_carried", "no_name", not properties)
            properties["name"] = [self.world.name(entity)]
        return {key: list(dict.fromkeys(values)) for key, values in properties.items()}

    def _identifier(self, entity: EntityId, schema: str, claim: Claim, properties: dict[str, list[str]]) -> None:
        scheme, number = claim.qualifier("scheme") or "", str(claim.value)
        tables = [
            table for kind, table in mapping()["identifiers"].items() if kind in (schema, *mapping()["is"][schema])
        ]
        held = [table[scheme] for table in tables if scheme in table]
        if held:
            properties.setdefault(held[0], []).append(number)
        if self._can_be(entity, "LegalEntity"):
            own = {"holder": [ftm_id(entity)], "number": [number], "type": [scheme] if scheme else []}
            key = link_id("identification", entity, scheme, number)
            self.identifications.append(self._entity(key, "Identification", own | self._sources([claim]), [claim]))
        elif not held:
            self.account.lost("left_out", "identifier")

    # ------------------------------------------------------------------ links
    def link(self, state: State) -> Entity | None:
        """An ownership, a representation, an unknown link or an office held."""
        word = predicate(state.predicate)
        schema = word.ftm
        ends = mapping()["links"][schema]
        target = state.object
        assert target is not None
        if not self._can_be(state.subject, ends["from_is"]) or (
            schema != "Occupancy" and not self._can_be(target, ends["to_is"])
        ):
            self.account.lost("left_out", "range")
            return None
        claims = [self.world.claim(i) for i in dict.fromkeys((*state.because, *state.moved_by))]
        to = self._post(state, target, claims) if schema == "Occupancy" else ftm_id(target)
        properties: dict[str, list[str]] = {ends["from"]: [ftm_id(state.subject)], ends["to"]: [to]}
        if schema == "Ownership":
            properties |= self._stake(state)
        for key, value in sorted(state.qualifiers.items()):
            if key in mapping()["qualifiers"]:
                properties[mapping()["qualifiers"][key]] = [value]
            elif key != "votes":
                self.account.lost("not_carried", "qualifiers")
        self._doubts(state)
        properties |= self._days(state.start, state.end)
        if state.holds is not Holds.SURELY:
            properties["status"] = ["undetermined"]
        properties |= self._sources(claims) | {"recordId": [state.claim]}
        slot = [
            state.value if name == "value" else state.qualifiers.get(name)
            for name in word.slot
            if name not in ("subject", "object")
        ]
        return self._entity(link_id(word.name, state.subject, target, *slot), schema, properties, claims)

    def _stake(self, state: State) -> dict[str, list[str]]:
        self.account.lost("not_carried", "kind_of_stake")
        out = {"ownershipType": [mapping()["ownership_type"][state.predicate]]}
        if state.quantity is not None:
            out["percentage"] = [state.quantity.number]
        if votes := state.qualifiers.get("votes"):
            out["sharesType"] = ["votes" if votes == "yes" else f"votes: {votes}"]
        return out

    def _doubts(self, state: State) -> None:
        number = state.quantity
        spread = number is not None and (state.low, state.high) != (number.low, number.high)
        self.account.lost("not_carried", "conflict", bool(state.against) or spread)
        self.account.lost("not_carried", "alternatives", bool(state.alternatives))
        self.account.lost("not_carried", "stale", state.stale)
        self.account.lost("not_carried", "undetermined", state.holds is not Holds.SURELY)
        self.account.lost("not_carried", "supposed", any(self.world.is_supposed(i) for i in state.because))

    def _post(self, state: State, body: EntityId, claims: list[Claim]) -> str:
        key = link_id("post", body, state.value)
        properties = {"name": [str(state.value)]}
        if self._can_be(body, "Organization"):
            properties["organization"] = [ftm_id(body)]
        self.posts.setdefault(key, self._entity(key, "Position", properties, claims))
        return key

    def listing(self, effect: Effect) -> Entity | None:
        """A party's listing by an authority, with its programme, measure and days."""
        if effect.entity not in self.schemata:
            self.account.lost("left_out", "range")
            return None
        claims = [self.world.claim(i) for i in effect.because]
        self.account.lost("not_carried", "undetermined", effect.status == "undetermined")
        self.account.lost("not_carried", "stale", effect.stale)
        self.account.lost("not_carried", "supposed", effect.supposed)
        days = self._days(effect.since, effect.until)
        own: dict[str, list[str]] = {
            "entity": [ftm_id(effect.entity)],
            "authority": [self.world.name(effect.authority)],
            "program": [effect.programme] if effect.programme else [],
            "provisions": [text for text in (effect.measure, effect.note) if text],
            "listingDate": days.get("startDate", []),
            "status": [effect.status],
            "recordId": [effect.because[0]],
        }
        key = link_id("listing", effect.authority, effect.entity, effect.measure, effect.programme, effect.note)
        return self._entity(key, "Sanction", own | days | self._sources(claims), claims)

    # ------------------------------------------------------------------ parts
    def _days(self, start: Moment | None, end: Moment | None) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for name, moment in (("startDate", start), ("endDate", end)):
            if moment is None:
                continue
            text, loss = ftm_date(moment)
            if loss:
                self.account.lost("not_carried", loss)
            if text:
                out[name] = [text]
        return out

    def _sources(self, claims: list[Claim], *, summary: bool = True) -> dict[str, list[str]]:
        """Addresses, publishers, and who said it when."""
        urls = [c.source for c in claims if c.source.startswith(("http://", "https://")) and " " not in c.source]
        named = [self._known[name] for c in claims if (name := dataset_of(c.source, self._known))]
        out = {
            "sourceUrl": list(dict.fromkeys(urls)),
            "publisher": list(dict.fromkeys(d.attribution or d.id for d in named)),
        }
        if summary:
            said = [self._said(c) for c in claims]
            out["summary"] = list(dict.fromkeys(said))
        return out

    def _said(self, claim: Claim) -> str:
        chain = " < ".join(self.world.name(speaker) for speaker in claim.said_by)
        return f"{chain}, {claim.said_on}" + (" (supposed)" if self.world.is_supposed(claim.id) else "")

    def _entity(self, key: str, schema: str, properties: dict[str, list[str]], claims: list[Claim]) -> Entity:
        named = sorted({name for c in claims if (name := dataset_of(c.source, self._known))})
        kept = {name: list(dict.fromkeys(values)) for name, values in sorted(properties.items()) if values}
        return {"id": key, "schema": schema, "properties": kept, "datasets": named or ["knockon"]}


def _by_subject(items: Any) -> dict[EntityId, list[Any]]:
    out: dict[EntityId, list[Any]] = {}
    for item in items:
        out.setdefault(item.subject, []).append(item)
    return out
