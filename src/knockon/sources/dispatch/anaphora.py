"""To whom do descriptions, offices and pronouns refer? Rewrites a line until each reference is one unit.

Rules work over lines like every other pattern: apposition ("the Russian president Vladimir Putin"), description ("the oil
company Lukoil"), office ("the president of Kazakhstan"), institution, list, pair ("the two firms"), pronoun.
Refuses where two candidates remain: the words stay words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knockon.model.ids import EntityId
from knockon.sources.dispatch.groups import Told, daughters, descriptions, groups, lists
from knockon.sources.dispatch.line import Hit, Ref, Unit, rewrite, tags_of
from knockon.sources.dispatch.scene import Scene

__all__ = ["institution", "link", "our"]


def link(scene: Scene, line: list[Unit], told: list[Told]) -> list[Unit]:
    """The line with its references linked; descriptions met on the way are added to ``told``."""
    line = rewrite(line, "{H:any|unknown} LPAR {X*4} RPAR", lambda h: h.group("H").ref)
    line = rewrite(line, "{H:any} LPAR {X:any} RPAR", lambda h: h.group("H").ref)
    line = rewrite(line, "LPAR {H:unit|field|refinery|terminal|pipeline|station} RPAR", lambda h: h.group("H").ref)
    line = daughters(scene, line)
    line = lists(scene, line)
    line = _institutions(scene, line)
    line = descriptions(scene, line, told)
    line = _appositions(scene, line)
    line = groups(scene, line)
    line = lists(scene, line)
    line = descriptions(scene, line, told)
    line = _offices(scene, line)
    line = lists(scene, line)
    line = _pairs(scene, line, told)
    line = _single(scene, line)
    line = _appositions(scene, line)
    line = groups(scene, line)
    for unit in line:
        scene.remember(unit)
    return line


def _role_rows(scene: Scene) -> tuple[str, dict[str, str]]:
    roles: dict[str, str] = scene.language.table["names"]["roles"]
    return "|".join("_".join(f"{w}~" for w in _role_words(k)) for k in sorted(roles, key=len, reverse=True)), roles


def _role_words(phrase: str) -> list[str]:
    """The stems of a role; adjectives lose their ending so that every form begins with them."""
    return [
        re.sub(r"(?:ен|ов)\Z", lambda m: m[0][-1] if m[0] == "ен" else m[0], w) if w.endswith("ен") else w
        for w in phrase.split()
    ]


def _role(roles: dict[str, str], said: str) -> str:
    best = ""
    for phrase in roles:
        stems = _role_words(phrase)
        parts = said.split()
        if (
            len(parts) >= len(stems)
            and all(p.startswith(s) for p, s in zip(parts, stems, strict=False))
            and len(phrase) > len(best)
        ):
            best = phrase
    return roles.get(best, "")


def _office(scene: Scene, hit: Hit) -> tuple[str, EntityId | None]:
    roles = _role_rows(scene)[1]
    a, b = hit.spans["R"]
    role = _role(roles, " ".join(u.code for u in hit.line[a:b]))
    for slot in ("A", "O", "A2"):
        if hit.has(slot):
            ref = hit.group(slot).ref
            if ref is not None and ref.entities:
                return role, ref.entities[0]
    return role, None


def _appositions(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "the Kazakh president Kassym-Jomart Tokayev": the office joins the name and is remembered."""
    rows = _role_rows(scene)[0]

    def join(hit: Hit) -> Ref | None:
        ref = hit.group("P").ref
        if ref is None or len(ref.entities) != 1:
            return None
        if "unknown" in ref.tags:
            if "quoted" in ref.tags or not re.match(r"[А-Я]", ref.names[0]):
                return None
            ref = scene.mint(ref.entities[0], "person", ref.names[0])
            scene.surnames.setdefault(ref.names[0].split()[-1].lower(), frozenset(ref.entities))
        if "person" not in ref.tags:
            return None
        role, of = _office(scene, hit)
        if of is not None:
            scene.offices.append((ref.entities[0], "president" if role == "counterpart" else role, of))
        return ref

    for row in (
        scene.language.table["link"]["office_name_adjective"],
        scene.language.table["link"]["office_name_of"],
        "a* R=(%s) {P:person|unknown}",
    ):
        line = rewrite(line, row % rows, join)
    return line


def _offices(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "the Kazakh president" alone: the one person who is told to hold the office."""
    rows = _role_rows(scene)[0]

    def resolve(hit: Hit) -> Ref | None:
        role, of = _office(scene, hit)
        if not role or of is None or role == "counterpart":
            return None
        who = holder(scene, role, of)
        if who is not None:
            return Ref(entities=(who,), tags=tags_of("person"), how="role")
        if role in ("governor", "analyst", "manager", "leader", "director"):
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        entity = EntityId(f"{of}_{role.replace(' ', '_')}")
        ref = scene.mint(entity, "person", said)
        return Ref(entities=ref.entities, tags=ref.tags, how="role")

    line = rewrite(line, f"{{A:adj}} a* R=({rows})", resolve)
    return rewrite(line, scene.language.table["link"]["office_of"].replace("%s", rows), resolve)


def holder(scene: Scene, role: str, of: EntityId) -> EntityId | None:
    """The person who holds an office, by the text first, else by the names; ``None`` where none or several do."""
    here = {p for p, r, o in scene.offices if o == of and r == role}
    if len(here) == 1:
        return next(iter(here))
    known = set(scene.names.holders(role, of))
    if role == "spokesperson":
        known |= {p for p, fors in scene.names.speaks_for.items() if of in fors and scene.kind(p) == "person"}
        known = {p for p in known if not any(q == p and o == "president" for q, _, o in scene.names.offices)}
        known = {p for p in known if scene.names.holders("president", scene.names.state_of(p) or of) != [p]}
    return next(iter(known)) if len(known) == 1 else None


def our(scene: Scene, line: list[Unit], speaker: EntityId | None) -> list[Unit]:
    """ "our president" in a quotation: the president of the state for which the speaker speaks."""
    state = scene.names.state_of(speaker) if speaker else None
    if state is None:
        return line
    rows, words = _role_rows(scene)[0], "|".join(scene.language.table["words"]["ours"].split())

    def resolve(hit: Hit) -> Ref | None:
        role, _ = _office(scene, hit)
        who = holder(scene, role, state) if role else None
        return Ref(entities=(who,), tags=tags_of("person"), how="role") if who else None

    return rewrite(line, f"({words}) R=({rows})", resolve)


def _institutions(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "the finance ministry of the US": a known body of that state, else one with a plain id."""

    def made(hit: Hit) -> Ref | None:
        inst = hit.group("I").ref
        state = hit.group("S").ref if hit.has("S") else None
        if inst is None:
            return None
        of = state.entities[0] if state is not None and state.entities else None
        if of is not None and "place" in (state.tags if state else ()):
            of = scene.names.capitals.get(of)
        if of is None:
            of = _only_state(hit.line)
        if of is None or scene.kind(of) not in ("state", "union", "region"):
            return None
        return institution(scene, inst.detail, of, scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end])

    line = rewrite(line, "{S:adj} a* {I:institution}", made)
    line = rewrite(line, scene.language.table["link"]["institution_of"], made)
    line = rewrite(line, scene.language.table["link"]["office_at"], lambda h: h.group("H").ref)
    line = rewrite(line, scene.language.table["link"]["office_at_institution"], lambda h: h.group("H").ref)
    line = rewrite(line, "{I:institution}", made)
    return rewrite(line, scene.language.table["link"]["administration"], lambda h: _administration(scene, h))


def _only_state(line: Sequence[Unit]) -> EntityId | None:
    found = {u.ref.entities[0] for u in line if u.ref is not None and "state" in u.ref.tags and u.ref.entities}
    return next(iter(found)) if len(found) == 1 else None


def institution(scene: Scene, word: str, of: EntityId, said: str) -> Ref:
    """A body of a state: one of the known ids, else ``<state>_<body>``."""
    rows = scene.language.table["names"]
    short = rows["short"].get(of, of)
    for name in [word, *rows["institution_ids"].get(word, "").split()]:
        for entity in (f"{short}-{name}", f"{of}-{name}", f"{of}_{name}", f"{short}_{name}"):
            if entity and scene.names.kinds.get(EntityId(entity)):
                return Ref(
                    entities=(EntityId(entity),), tags=tags_of(scene.names.kinds[EntityId(entity)]), how="institution"
                )
    direct = rows["direct_ids"].get(f"{of} {word}", "")
    if direct in scene.names.kinds:
        entity = EntityId(direct)
        return Ref(entities=(entity,), tags=tags_of(scene.names.kinds[entity]), how="institution")
    if word == "state":
        return Ref(entities=(of,), tags=tags_of("state"), how="institution")
    kind = "government" if word in ("government", "authorities", "parliament") else "ministry"
    return scene.mint(EntityId(f"{of}_{word}"), kind, said)


def _administration(scene: Scene, hit: Hit) -> Ref | None:
    ref = hit.group("P").ref
    if ref is None or len(ref.entities) != 1:
        return None
    person = ref.entities[0]
    state = next((o for p, r, o in scene.offices if p == person), None) or scene.names.state_of(person)
    if state is None:
        return scene.mint(
            EntityId(f"{person}_administration"),
            "government",
            scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end],
        )
    return institution(scene, "government", state, f"{person} administration")


def _pairs(scene: Scene, line: list[Unit], told: list[Told]) -> list[Unit]:
    """ "the two Russian companies", "the two leaders": the last two of that class that were named together."""
    rows = scene.language.table["pairs"]

    def resolve(hit: Hit) -> Ref | None:
        word = next(u.code for u in hit.line[hit.spans["K"][0] :])
        wanted = next((c for stems, c in rows["classes"].items() if word.startswith(tuple(stems.split()))), "")
        count = rows["counts"].get(hit.line[hit.spans["N"][0]].code, 0)
        ref = _last_group(scene, hit.line[hit.first].start, wanted, count)
        if ref is None:
            return None
        words = " ".join(u.code for u in hit.line[hit.first + 1 : hit.last] if u.ref is None)
        told.append(Told(ref.entities, hit.line[hit.first].start, hit.line[hit.last - 1].end, words))
        return Ref(entities=ref.entities, tags=ref.tags, how="pair")

    counts, stems = "|".join(rows["counts"]), "|".join(f"{s}~" for k in rows["classes"] for s in k.split())
    return rewrite(line, f"N=({counts}) a* {{A:adj}}? a* K=({stems})", resolve)


def _last_group(scene: Scene, before: int, wanted: str, count: int) -> Ref | None:
    """The last list of that class and size before a place; else the only one after it."""
    fitting = [(at, r) for at, r in scene.groups if len(r.entities) == count and wanted in r.tags and r.how != "pair"]
    earlier = [r for at, r in fitting if at < before]
    if earlier:
        return earlier[-1]
    later = {frozenset(r.entities): r for _, r in fitting}
    if later:
        return next(iter(later.values())) if len(later) == 1 else None
    named = [r for at, r in scene.singles if at < before and wanted in r.tags and r.how != "anaphor"]
    entities = tuple(dict.fromkeys(e for r in named for e in r.entities))
    return Ref(entities=entities, tags=named[0].tags | {"many"}, how="pair") if len(entities) == count else None


def _definite(scene: Scene, resolve: Callable[[Hit], Ref | None]) -> Callable[[Hit], Ref | None]:
    """Only where the adjective carries the article."""
    endings = tuple(scene.language.table["pairs"]["definite"]["endings"].split())

    def checked(hit: Hit) -> Ref | None:
        unit = hit.group("A")
        return resolve(hit) if scene.text[unit.start : unit.end].lower().endswith(endings) else None

    return checked


def _single(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "the refinery", "the region", "they": the last one of that class, where the text holds only one such."""
    rows = scene.language.table["pairs"]
    for words, tags in rows["singles"].items():

        def resolve(hit: Hit, wanted: frozenset[str] = frozenset(tags.split())) -> Ref | None:
            before = hit.line[hit.first].start
            here = [
                (u.start, u.ref)
                for u in hit.line
                if u.ref is not None and len(u.ref.entities) == 1 and "adj" not in u.ref.tags
            ]
            known = [(at, r) for at, r in [*scene.singles, *here] if wanted <= r.tags]
            found = {r.entities: r for _, r in known}
            earlier = [r for at, r in known if before - 600 < at < before]
            if len(found) == 1 or (wanted & {"refinery", "pipeline", "consortium"} and earlier):
                ref = earlier[-1] if earlier else next(iter(found.values()))
                return Ref(entities=ref.entities, tags=ref.tags, how="anaphor")
            near = {r.entities for r in earlier[-2:]}
            if len(near) == 1 and earlier:
                return Ref(entities=earlier[-1].entities, tags=earlier[-1].tags, how="anaphor")
            return None

        line = rewrite(line, f"{{A:adj}}? ({'|'.join(words.split())})", resolve)
        if "company" in tags.split():
            line = rewrite(
                line, f"{{A:adj}} ({'|'.join(rows['definite']['words'].split())})", _definite(scene, resolve)
            )

    def they(hit: Hit) -> Ref | None:
        ref = _last_group(scene, hit.line[hit.first].start, "person", 2)
        return Ref(entities=ref.entities, tags=ref.tags, how="pair") if ref else None

    return rewrite(line, scene.language.table["link"]["they"], they)
