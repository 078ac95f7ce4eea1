"""To whom do descriptions, offices and pronouns refer? Rewrites a line until each reference is one unit.

Rules work over lines like every other pattern: apposition ("the Russian president Vladimir Putin"), description ("the oil
company Lukoil"), office ("the president of Kazakhstan"), institution, list, pair ("the two firms"), pronoun.
Refuses where two candidates remain: the words stay words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knockon.model.ids import EntityId
from knockon.sources.dispatch.line import Hit, Ref, Unit, find, pattern, ref_unit, tags_of, written
from knockon.sources.dispatch.romanise import slug_of
from knockon.sources.dispatch.scene import Scene

__all__ = ["Told", "link", "our"]

_FIRMS = "company|venture|consortium|refinery|plant|field|pipeline|terminal|port|station|project|news_agency|outlet|fund"
_PEOPLE = frozenset({"person", "group"})


class Told:
    """A description found beside a name: which firms, which words."""

    __slots__ = ("entities", "start", "end", "words")

    def __init__(self, entities: tuple[EntityId, ...], start: int, end: int, words: str) -> None:
        self.entities, self.start, self.end, self.words = entities, start, end, words


def link(scene: Scene, line: list[Unit], told: list[Told]) -> list[Unit]:
    """The line with its references linked; descriptions met on the way are added to ``told``."""
    line = _rewrite(line, "{H:any|unknown} LPAR {X*4} RPAR", lambda h: h.group("H").ref)
    line = _rewrite(line, "{H:any} LPAR {X:any} RPAR", lambda h: h.group("H").ref)
    line = _daughters(scene, line)
    line = _lists(line)
    line = _institutions(scene, line)
    line = _descriptions(scene, line, told)
    line = _appositions(scene, line)
    line = _groups(scene, line)
    line = _lists(line)
    line = _descriptions(scene, line, told)
    line = _offices(scene, line)
    line = _lists(line)
    line = _pairs(scene, line, told)
    line = _single(scene, line)
    line = _groups(scene, line)
    for unit in line:
        scene.remember(unit)
    return line


def _rewrite(line: list[Unit], row: str, make: Callable[[Hit], Ref | None], keep_tail: int = 0) -> list[Unit]:
    """Replace each place of a pattern by one unit, where ``make`` gives a reference."""
    compiled = pattern(row, {})
    done = 0
    while True:
        for hit in find(compiled, line):
            if hit.first < done:
                continue
            ref = make(hit)
            last = hit.last - keep_tail
            if ref is not None and last > hit.first:
                unit = ref_unit(line[hit.first].start, line[last - 1].end, ref)
                line = [*line[: hit.first], unit, *line[last:]]
                done = hit.first
                break
            done = hit.first + 1
        else:
            return line


def _class(ref: Ref) -> str:
    """References of one class can stand in one list."""
    for name in ("person", "group", "state", "company", "venture", "field", "asset", "place", "licence", "news_agency", "topic"):
        if name in ref.tags:
            return {"group": "person", "venture": "company", "asset": "field"}.get(name, name)
    return "unknown" if "unknown" in ref.tags else "other"


def _daughters(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "the subsidiaries of X" before a list that names them: one group, not a list with X in it."""

    def made(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        of = hit.group("A").ref if hit.has("A") else None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId("_".join((f"{ref.entities[0]}_companies", *(of.entities if of else ())))), "group", said)

    return _rewrite(line, "{A:adj} дъщерни (дружества|компании) на {H:1=company}", made)


def _lists(line: list[Unit]) -> list[Unit]:
    """ "A, B and C" becomes one unit with several entities."""

    def join(hit: Hit) -> Ref | None:
        refs = [u.ref for u in hit.line[hit.first : hit.last] if u.ref is not None]
        if any("adj" in r.tags or "institution" in r.tags or not r.entities for r in refs):
            return None
        classes = {_class(r) for r in refs}
        named = classes - {"unknown"}
        if len(named) > 1 or "other" in named:
            return None
        if "unknown" in classes and not named:
            return None
        entities = tuple(dict.fromkeys(e for r in refs for e in r.entities))
        if len(entities) < 2:
            return None
        first = next(r for r in refs if "unknown" not in r.tags)
        tags = frozenset.intersection(*(r.tags for r in refs if "unknown" not in r.tags)) or first.tags
        if any("group" in r.tags for r in refs):
            tags |= {"group"}
        return Ref(entities=entities, tags=tags | {"many"}, how=first.how, place=first.place)

    for row in ("{H:any} , {H2:any} , {H3:any} и {H4:any}", "{H:any} , {H2:any} и {H3:any}", "{H:any} , {H2:any} и {H3:any}", "{H:any} и {H2:any}", "{H:any} , както и {H2:any}"):
        line = _rewrite(line, row, join)
    return line


def _kind_stems(scene: Scene) -> dict[str, str]:
    kinds: dict[str, str] = scene.language.table["names"]["kinds"]
    return kinds


def _descriptions(scene: Scene, line: list[Unit], told: list[Told]) -> list[Unit]:
    """ "the Russian oil company Lukoil": the description joins the name; an unknown name takes its type from it."""
    kinds = _kind_stems(scene)
    stems = "|".join(f"{k[:-1] if k[-1] in 'аяе' else k}~" for k in kinds)

    def join(hit: Hit) -> Ref | None:
        name, word = hit.group("H"), hit.group("K").code
        ref = name.ref
        if ref is None or "adj" in ref.tags:
            return None
        words = " ".join(u.code for u in hit.line[hit.first : hit.spans["H"][0]] if u.ref is None)
        if "unknown" in ref.tags:
            kind = next(v for k, v in kinds.items() if word.startswith(k[:-1] if k[-1] in "аяе" else k))
            ref = _typed(scene, ref, kind)
        if "company" in ref.tags and words and not word.startswith(("банк", "агенци")):
            told.append(Told(ref.entities, hit.line[hit.first].start, name.end, words))
        return ref

    def plant(hit: Hit) -> Ref | None:
        """ "the Kuibyshev oil refinery": a capitalised adjective and what it is of."""
        ref = hit.group("H").ref
        if ref is None or not re.search(r"ск(?:и|ия|ият|ата|а|ото|о)\Z", ref.names[0]):
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        words = [u.code for u in hit.line[hit.first + 1 : hit.last]]
        kind = "refinery" if any(w.startswith(("нефтопреработ", "рафинер", "петролн")) for w in words) else "plant"
        kind = "field" if words[-1].startswith("находищ") else kind
        entity = slug_of(f"{re.sub('(?:ски|ския|ският|ската|ска|ското|ско)$', 'ски', ref.names[0])} {kind}")
        return scene.mint(entity, kind, said) if entity else None

    row = "{A:adj}? a* K=(%s) (на_суровини|на_бензиностанции|бензиностанции|за_суровини|с_името|-)? {H:%s|unknown}"
    line = _rewrite(line, row % (stems, _FIRMS), join)
    line = _rewrite(line, "{H:unknown} a* K=(завод~|рафинери~|комбинат~|находище~)", plant)
    line = _rewrite(line, "a* K=(%s) на {A:state} {H:%s|unknown}" % (stems, _FIRMS), join)
    line = _rewrite(line, "{A:adj} {H:company|venture|pipeline|refinery|field|consortium}", lambda h: h.group("H").ref)
    return _rewrite(line, "(двете|двата|четирите|трите|двама~) {A:adj}? a* {A2:adj}? a* K=(%s) .. - {H:%s}" % (stems, _FIRMS), join)


def _typed(scene: Scene, ref: Ref, kind: str) -> Ref:
    name = ref.names[0] if ref.names else ref.entities[0]
    return scene.mint(ref.entities[0], kind, name)


def _role_rows(scene: Scene) -> tuple[str, dict[str, str]]:
    roles: dict[str, str] = scene.language.table["names"]["roles"]
    return "|".join("_".join(f"{w}~" for w in _role_words(k)) for k in sorted(roles, key=len, reverse=True)), roles


def _role_words(phrase: str) -> list[str]:
    """The stems of a role; adjectives lose their ending so that every form begins with them."""
    return [re.sub(r"(?:ен|ов)\Z", lambda m: m[0][-1] if m[0] == "ен" else m[0], w) if w.endswith("ен") else w for w in phrase.split()]


def _role(roles: dict[str, str], said: str) -> str:
    best = ""
    for phrase in roles:
        stems = _role_words(phrase)
        parts = said.split()
        if len(parts) >= len(stems) and all(p.startswith(s) for p, s in zip(parts, stems, strict=False)) and len(phrase) > len(best):
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
        "{A:adj} (му|ѝ|й|им|си)? a* R=(%s) {P:person|unknown}",
        "R=(%s) (на|за|в|във)? {O:state|authority|company|region|institution|unknown} {P:person|unknown}",
        "a* R=(%s) {P:person|unknown}",
    ):
        line = _rewrite(line, row % rows, join)
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

    line = _rewrite(line, f"{{A:adj}} a* R=({rows})", resolve)
    line = _rewrite(line, f"R=({rows}) на {{O:state|government|person|authority}}", resolve)
    return _rewrite(line, f"R=({rows}) на {{A:adj}} президент~", lambda h: None)


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

    return _rewrite(line, f"({words}) R=({rows})", resolve)


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

    line = _rewrite(line, "{S:adj} a* {I:institution}", made)
    line = _rewrite(line, "{I:institution} (на|във|в) {S:state|union|place|capital}", made)
    line = _rewrite(line, "{H:authority} (към|на|-) {X:authority|ministry}", lambda h: h.group("H").ref)
    line = _rewrite(line, "{H:authority} към {I:institution}", lambda h: h.group("H").ref)
    line = _rewrite(line, "{I:institution}", made)
    return _rewrite(line, "администраци~ на {P:person}", lambda h: _administration(scene, h))


def _only_state(line: Sequence[Unit]) -> EntityId | None:
    found = {u.ref.entities[0] for u in line if u.ref is not None and "state" in u.ref.tags and u.ref.entities}
    return next(iter(found)) if len(found) == 1 else None


def institution(scene: Scene, word: str, of: EntityId, said: str) -> Ref:
    """A body of a state: one of the known ids, else ``<state>_<body>``."""
    rows = scene.language.table["names"]
    short = rows["short"].get(of, of)
    for name in [word, *rows["institution_ids"].get(word, "").split()]:
        for entity in (f"{short}-{name}", f"{of}-{name}", f"{of}_{name}", f"{short}_{name}", name if "-" in name and of in ("uk",) else ""):
            if entity and scene.names.kinds.get(EntityId(entity)):
                return Ref(entities=(EntityId(entity),), tags=tags_of(scene.names.kinds[EntityId(entity)]), how="institution")
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
        return scene.mint(EntityId(f"{person}_administration"), "government", scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end])
    return institution(scene, "government", state, f"{person} administration")


def _groups(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "other Central Asian leaders", "Western companies": groups with a plain id, never a list of members."""
    rows = scene.language.table["names"]

    def leaders(hit: Hit) -> Ref | None:
        ref = hit.group("A").ref
        if ref is None or not ref.entities:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_leaders"), "group", said)

    def firms(hit: Hit) -> Ref | None:
        ref = hit.group("A").ref
        if ref is None or not ref.entities:
            return None
        word = rows["english_adjectives"].get(ref.entities[0], ref.entities[0])
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{word}_companies"), "group", said)

    plural = "|".join(rows["leaders"]["plural"].split())
    line = _rewrite(line, f"(други|другите)? (двама|трима|четирима|петима)? {{A:adj}} ({plural})", leaders)
    line = _rewrite(line, f"(други|другите)? (двама|трима|четирима|петима)? ({plural}) от {{A:state|region}}", leaders)
    line = _rewrite(line, "{A:adj} (компании|фирми|корпорации)", firms)

    def daughters(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        of = hit.group("A").ref.entities[0] if hit.has("A") and hit.group("A").ref else None
        of = of or (hit.group("C").ref.entities[0] if hit.has("C") and hit.group("C").ref else None)
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_companies" + (f"_{of}" if of else "")), "group", said)

    def stations(hit: Hit) -> Ref | None:
        ref, where = hit.group("H").ref, hit.group("C").ref
        if ref is None or where is None or len(ref.entities) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_retail_outside_{where.entities[0]}"), "group", said)

    def foreign(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_foreign_assets"), "group", said)

    def blocked(hit: Hit) -> Ref | None:
        ref = hit.group("H").ref
        if ref is None or len(ref.entities) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{ref.entities[0]}_blocked_companies"), "group", said)

    line = _rewrite(line, "бензиностанции на {H:company} .... извън {C:state}", stations)
    def own(hit: Hit) -> Ref | None:
        firms = [u.ref.entities[0] for u in hit.line[: hit.first] if u.ref is not None and "company" in u.ref.tags and len(u.ref.entities) == 1]
        if len(set(firms)) != 1:
            return None
        said = scene.text[hit.line[hit.first].start : hit.line[hit.last - 1].end]
        return scene.mint(EntityId(f"{firms[0]}_foreign_assets"), "group", said)

    line = _rewrite(line, "(чуждестранните|глобалните|международните) си активи", own)
    line = _rewrite(line, "(чуждестранни~|глобални~|международни~) .. активи~ на {H:company}", foreign)
    line = _rewrite(line, "(блокиран~|санкциониран~) (филиал~|подразделени~|дружеств~|компании) на {H:company}", blocked)
    row = "(двете|две|четирите|определени|някои|своите|българските)? {A:adj}? a* (дружества|дружествата|компании|лица|филиали|подразделения) на .. {H:1=company} (в {C:state})?"
    return _rewrite(line, row, daughters)


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
    return _rewrite(line, f"N=({counts}) a* {{A:adj}}? a* K=({stems})", resolve)


def _last_group(scene: Scene, before: int, wanted: str, count: int) -> Ref | None:
    """The last list of that class and size before a place; else the only one after it."""
    fitting = [(at, r) for at, r in scene.groups if len(r.entities) == count and wanted in r.tags and r.how != "pair"]
    earlier = [r for at, r in fitting if at < before]
    if earlier:
        return earlier[-1]
    later = {frozenset(r.entities): r for _, r in fitting}
    return next(iter(later.values())) if len(later) == 1 else None


def _single(scene: Scene, line: list[Unit]) -> list[Unit]:
    """ "the refinery", "the region", "they": the last one of that class, where the text holds only one such."""
    rows = scene.language.table["pairs"]
    for words, tags in rows["singles"].items():

        def resolve(hit: Hit, wanted: frozenset[str] = frozenset(tags.split())) -> Ref | None:
            before = hit.line[hit.first].start
            here = [(u.start, u.ref) for u in hit.line if u.ref is not None and len(u.ref.entities) == 1 and "adj" not in u.ref.tags]
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

        line = _rewrite(line, f"{{A:adj}}? ({'|'.join(words.split())})", resolve)

    def they(hit: Hit) -> Ref | None:
        ref = _last_group(scene, hit.line[hit.first].start, "person", 2)
        return Ref(entities=ref.entities, tags=ref.tags, how="pair") if ref else None

    return _rewrite(line, "те", they) if any(u.code == "те" for u in line) else line


def slugged(text: str) -> EntityId | None:
    """The id of a phrase in Latin letters."""
    return slug_of(" ".join(re.findall(r"[^\W_]+", text)[:6]))


def shown(line: Sequence[Unit]) -> str:
    """The codes of a line, for a trace."""
    return written(line)[0]
