"""Which licence does a sentence speak of? A numbered one, or "the licence", "the exception" of an issuer that the text names.

Refuses to guess between two numbered licences of one issuer; an unnumbered licence gets an id of issuer and day.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from knockon.model.ids import EntityId
from knockon.model.interval import Moment
from knockon.sources.dispatch.line import Unit, ref_unit
from knockon.sources.dispatch.scene import Scene
from knockon.sources.source import ReadClaim

__all__ = ["Licences", "marked", "settled"]


@dataclass(slots=True)
class Licences:
    """What a text has said of licences so far: the numbered ones by issuer, the last one spoken of, the issuers."""

    numbered: dict[str, set[EntityId]] = field(default_factory=dict)
    current: EntityId | None = None
    issuers: dict[EntityId, EntityId] = field(default_factory=dict)

    @staticmethod
    def of(scene: Scene, lines: Sequence[Sequence[Unit]]) -> Licences:
        """Look through a text for numbered licences and for who issues them."""
        out = Licences()
        for line in lines:
            for unit in line:
                if unit.ref is not None and "licence" in unit.ref.tags:
                    for entity in unit.ref.entities:
                        out.numbered.setdefault(entity.split("-")[0], set()).add(entity)
        return out


def marked(scene: Scene, line: list[Unit], licences: Licences) -> list[Unit]:
    """The line with its words for a licence turned into references to that licence."""
    rows = scene.language.table["licences"]
    words, verbs = set(rows["words"].split()), tuple(rows["verbs"].split())
    at_verb = next((n for n, u in enumerate(line) if u.ref is None and u.code.startswith(verbs)), None)
    if at_verb is not None and line[at_verb].code.startswith(rows["prolong"]):
        words |= set(rows["deadline"].split())
    issuer = _issuer(scene, line, at_verb)
    out: list[Unit] = []
    for n, unit in enumerate(line):
        if unit.ref is not None and "licence" in unit.ref.tags and len(unit.ref.entities) == 1:
            licences.current = unit.ref.entities[0]
            if issuer is not None:
                licences.issuers.setdefault(licences.current, issuer)
        elif unit.ref is None and unit.code in words and not _except(scene, line, n) and not _other(scene, line, n):
            entity = _named(scene, line, licences, issuer)
            if entity is not None:
                licences.current = entity
                said = scene.text[unit.start : unit.end]
                ref = scene.mint(entity, "licence", said)
                unit = ref_unit(unit.start, unit.end, ref)
        out.append(unit)
    return out


def settled(
    made: Sequence[ReadClaim], licences: Licences, cited: Collection[EntityId], scene: Scene
) -> list[ReadClaim]:
    """Claims of one licence told in several sentences, brought together: its end, its issuer's word, its members.

    The end told once holds for all it covers. Where the text cites the issuer, the licence's terms are the issuer's word.
    A group ("certain companies") gives way to the members that the text lists.
    """
    made = _issued(made, scene, cited)
    ends = _ends(made)
    firms: dict[EntityId, int] = {}
    for row in made:
        if row.claim.predicate == "covers" and row.claim.object and scene.kind(row.claim.object) == "company":
            firms[row.claim.subject] = firms.get(row.claim.subject, 0) + 1
    out = []
    for row in made:
        claim, trace = row.claim, row.trace
        if (
            claim.predicate == "covers"
            and claim.object in scene.minted
            and scene.kind(claim.object) == "group"
            and firms.get(claim.subject, 0) > 1
        ):
            continue
        if claim.predicate == "covers" and claim.end is None and ends.get(claim.subject) is not None:
            claim, trace = replace(claim, end=ends[claim.subject]), (*trace, "end: from another sentence")
        issuer = licences.issuers.get(claim.subject if claim.predicate != "issues" else claim.object or claim.subject)
        speaks = _cited(scene, issuer, cited)
        if (
            claim.predicate in ("covers", "excludes", "expires", "issues")
            and speaks
            and not _competent(scene, claim.origin, issuer)
        ):
            claim, trace = (
                replace(claim, said_by=(*claim.said_by, speaks)),
                (*trace, "origin: the issuer, which the text cites"),
            )
        out.append(replace(row, claim=claim, trace=trace))
    return out


def _ends(made: Sequence[ReadClaim]) -> dict[EntityId, Moment]:
    """The narrowest end told of each licence."""
    out: dict[EntityId, Moment] = {}
    for row in made:
        told, known = row.claim.start, out.get(row.claim.subject)
        if row.claim.predicate == "expires" and told is not None and (known is None or _width(told) < _width(known)):
            out[row.claim.subject] = told
    return out


def _width(moment: Moment) -> int:
    if moment.clock:
        return -1
    return (moment.latest - moment.earliest).days if moment.latest and moment.earliest else 9999


def _issued(made: Sequence[ReadClaim], scene: Scene, cited: Collection[EntityId]) -> list[ReadClaim]:
    """ "The United States issued": the office of that state that the text names or cites did."""
    rows = [r for r in made if r.claim.predicate == "issues"]
    out = []
    for row in made:
        claim = row.claim
        if claim.predicate == "issues" and scene.kind(claim.subject) == "state":
            office = next(
                (r.claim.subject for r in rows if r.claim.object == claim.object and r.claim.subject != claim.subject),
                None,
            )
            office = office or _cited(scene, claim.subject, cited)
            if office is not None:
                row = replace(
                    row,
                    claim=replace(claim, subject=office),
                    trace=(*row.trace, "issuer: the office that the text names"),
                )
        out.append(row)
    return out


def _competent(scene: Scene, speaker: EntityId, issuer: EntityId | None) -> bool:
    return issuer is not None and (
        speaker == issuer or scene.names.state_of(speaker) == (scene.names.state_of(issuer) or issuer)
    )


def _cited(scene: Scene, issuer: EntityId | None, cited: Collection[EntityId]) -> EntityId | None:
    """The authority of the issuer's state whose word the text gives."""
    return next(
        (c for c in sorted(cited) if scene.kind(c) in ("authority", "ministry") and _competent(scene, c, issuer)), None
    )


def _except(scene: Scene, line: Sequence[Unit], at: int) -> bool:
    """ "with the exception of" is no licence."""
    before, after = scene.language.table["link"]["except"]
    return at > 0 and line[at - 1].code in before.split() and at + 1 < len(line) and line[at + 1].code == after


def _other(scene: Scene, line: Sequence[Unit], at: int) -> bool:
    """ "another licence" is none that was spoken of."""
    return at > 0 and line[at - 1].code.startswith(tuple(scene.language.table["licences"]["other"].split()))


def _issuer(scene: Scene, line: Sequence[Unit], at_verb: int | None) -> EntityId | None:
    """The authority or state that stands before the verb of issuing, or after "issued by"."""
    if at_verb is None:
        return None
    rows = scene.language.table["link"]
    after = line[at_verb + 1 : at_verb + 6]
    if line[at_verb].code.startswith(tuple(rows["passive"].split())) and any(u.code == rows["by"] for u in after):
        found = next(
            (
                u.ref
                for u in after
                if u.ref is not None
                and {"authority", "state"} & u.ref.tags
                and u.ref.entities
                and "adj" not in u.ref.tags
            ),
            None,
        )
        if found is not None:
            return found.entities[0]
    before = [
        u.ref
        for u in line[:at_verb]
        if u.ref is not None and {"authority", "state"} & u.ref.tags and u.ref.entities and "adj" not in u.ref.tags
    ]
    return before[0].entities[0] if before else None


def _named(scene: Scene, line: Sequence[Unit], licences: Licences, issuer: EntityId | None) -> EntityId | None:
    if issuer is None:
        return licences.current or _sole(licences)
    state = scene.names.state_of(issuer) or issuer
    short = scene.language.table["names"]["short"].get(state, state)
    known = licences.numbered.get(short, set())
    if len(known) == 1:
        entity = next(iter(known))
    elif known:
        return None
    else:
        day = scene.anchor.isoformat() if scene.anchor else "undated"
        entity = EntityId(f"{short}-licence-{day}")
    licences.issuers.setdefault(entity, issuer)
    return entity


def _sole(licences: Licences) -> EntityId | None:
    every = {e for group in licences.numbered.values() for e in group}
    return next(iter(every)) if len(every) == 1 else None
