"""Which known names stand in a text? Aliases with Bulgarian inflection, adjectives of states, surnames; longest match wins.

It is handed the names (claims ``named``, ``is_a``, ``speaks_for``, ``holds_office``) and never looks into a world.
Refuses to guess: a word that two entities share links to neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knockon.model.claim import Claim
from knockon.model.ids import EntityId
from knockon.sources.dispatch.language import Language, language
from knockon.sources.dispatch.line import Ref, Token, tags_of, tokens

__all__ = ["Match", "Names", "stem"]

_ENDINGS = sorted(
    "овете ите ият ията ието иите ият ът ят та то те ия ие ии ове а я о е и у".split(), key=len, reverse=True
)
_QUOTES = re.compile(r"[\"'„“”«»]")


def stem(word: str) -> str:
    """A rough key that the inflected forms of a Bulgarian word share; never shown, never stored.

    >>> stem("тръбопроводният") == stem("тръбопроводен")
    True
    """
    word = word.lower()
    if word.isascii():
        return word
    for _ in range(2):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)]
                break
    return word[:-2] + word[-1] if len(word) > 4 and word.endswith("ен") else word


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` up to, not on, ``last`` that name something."""

    first: int
    last: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class _Alias:
    words: tuple[str, ...]
    keys: tuple[str, ...]
    entity: EntityId
    common: bool
    institution: str = ""
    linked: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names ready for matching; made once from claims, then only read."""

    kinds: Mapping[EntityId, str]
    speaks_for: Mapping[EntityId, frozenset[EntityId]]
    offices: Sequence[tuple[EntityId, EntityId, str]]
    called: Mapping[EntityId, str]
    index: Mapping[str, Sequence[_Alias]]
    surnames: Mapping[str, frozenset[EntityId]]
    adjectives: Sequence[tuple[str, EntityId]]
    capitals: Mapping[EntityId, EntityId]
    minted: Mapping[EntityId, tuple[str, str]]
    topics: Mapping[tuple[str, ...], EntityId]
    language: Language
    prepositions: frozenset[str] = field(default_factory=frozenset)

    @staticmethod
    def of(claims: Iterable[Claim], code: str = "bg") -> Names:
        """Build the names from name claims; other claims are passed over."""
        tables = language(code)
        kinds: dict[EntityId, str] = {}
        speaks: dict[EntityId, set[EntityId]] = defaultdict(set)
        offices: list[tuple[EntityId, EntityId, str]] = []
        called: list[tuple[EntityId, str, str]] = []
        for claim in claims:
            lang, form = claim.qualifier("lang") or "", claim.qualifier("form") or ""
            if claim.predicate == "is_a":
                kinds[claim.subject] = str(claim.value)
            elif claim.predicate == "named" and lang in (code, "en", "") and form not in ("demonym", "surname"):
                called.append((claim.subject, str(claim.value), lang))
            elif claim.predicate == "speaks_for" and claim.object:
                speaks[claim.subject].add(claim.object)
            elif claim.predicate == "holds_office" and claim.object:
                offices.append((claim.subject, claim.object, str(claim.value).lower()))
        return _Maker(tables, kinds, called).made(speaks, offices)

    def match(self, found: Sequence[Token], extra: Mapping[str, frozenset[EntityId]]) -> list[Match]:
        """The known names among the tokens, longest first, without overlap; ``extra`` are surnames met in the text."""
        out: list[Match] = []
        at = 0
        while at < len(found):
            hit = self._longest(found, at) or self._adjective(found, at) or self._surname(found, at, extra)
            if hit is None:
                at += 1
            else:
                out.append(hit)
                at = hit.last
        return out

    def _longest(self, found: Sequence[Token], at: int) -> Match | None:
        best: Match | None = None
        rivals: set[EntityId] = set()
        for alias in self.index.get(stem(found[at].lower), ()):
            last = self._fits(alias, found, at)
            if last == 0:
                continue
            if best is None or last > best.last:
                rivals = set()
            if best is None or last >= best.last:
                if alias.institution and rivals and best is not None and last == best.last:
                    continue
                rivals = {r for r in rivals if not r.startswith("institution:")} | {alias.entity}
                best = Match(at, last, self._ref(alias, found, at))
        if best is not None and len(rivals) > 1:
            return Match(best.first, best.last, Ref(entities=(), tags=frozenset({"ambiguous"}), how="ambiguous"))
        return best

    def _fits(self, alias: _Alias, found: Sequence[Token], at: int) -> int:
        """The index after the last token of the alias when it stands at ``at``, else 0."""
        pos = at
        for nth, key in enumerate(alias.keys):
            if nth:
                pos += 1
                joined = False
                while pos < len(found) and (found[pos].lower in self.prepositions or found[pos].text == "-"):
                    joined = joined or found[pos].text != "-"
                    pos += 1
                if joined != alias.linked[nth]:
                    return 0
            if pos >= len(found) or stem(found[pos].lower) != key:
                return 0
            if not self._same_form(alias, nth, found[pos]):
                return 0
        return pos + 1

    def _same_form(self, alias: _Alias, nth: int, token: Token) -> bool:
        """Case and ending: single names take only an article, and begin with a capital where the alias does."""
        word = alias.words[nth]
        if nth == 0 and not alias.common and word[0].isupper() and not token.text[0].isupper():
            return False
        if word.isupper() and len(word) > 1 and not token.text.isupper():
            return False
        if len(alias.keys) > 1 or alias.common:
            return True
        lower, said = word.lower(), token.lower
        article = self.language.table["names"]["article"].split()
        return said == lower or (said.startswith(lower) and said[len(lower) :].lstrip("-") in article)

    def _ref(self, alias: _Alias, found: Sequence[Token], at: int) -> Ref:
        if alias.institution:
            return Ref(entities=(), tags=frozenset({"institution"}), how="institution", detail=alias.institution)
        return self.ref(alias.entity, "alias", locative=self._locative(found, at))

    def ref(self, entity: EntityId, how: str, *, locative: bool = False) -> Ref:
        """A reference to an entity; a capital or a seat of power is a place after "in", else also its state."""
        kind = self.kinds.get(entity, "")
        tags = tags_of(kind) if kind else frozenset({"any", "untyped"})
        state = self.capitals.get(entity)
        if state is not None:
            if locative:
                return Ref(entities=(entity,), tags=tags_of("place"), how=how, place=entity)
            return Ref(entities=(state,), tags=tags_of("state") | {"capital", "authority"}, how="metonym", place=entity)
        if kind in ("government", "state", "press_office", "region", "union") and locative:
            return Ref(entities=(entity,), tags=tags | {"place"}, how=how, place=entity)
        return Ref(entities=(entity,), tags=tags, how=how)

    def _locative(self, found: Sequence[Token], at: int) -> bool:
        before = found[at - 1].lower if at else ""
        if before == '"' and at > 1:
            before = found[at - 2].lower
        return before in self.language.table["names"]["locative"].split()

    def _adjective(self, found: Sequence[Token], at: int) -> Match | None:
        token = found[at]
        for part, entity in self.adjectives:
            if token.lower.startswith(part) and token.lower[len(part) :] in self._adjective_endings:
                if token.text[0].isupper() and at and found[at - 1].text not in '".:-(':
                    return None
                return Match(at, at + 1, Ref(entities=(entity,), tags=frozenset({"adj"}), how="adjective"))
        return None

    @property
    def _adjective_endings(self) -> frozenset[str]:
        return frozenset(self.language.table["names"]["adjective"].split())

    def _surname(self, found: Sequence[Token], at: int, extra: Mapping[str, frozenset[EntityId]]) -> Match | None:
        token = found[at]
        if not token.text[:1].isupper():
            return None
        if at and found[at - 1].end + 1 == token.start and self._first_name(found[at - 1]):
            return None
        near = extra.get(token.lower, frozenset())
        who = near if len(near) == 1 else near | self.surnames.get(token.lower, frozenset())
        if len(who) != 1:
            return None
        return Match(at, at + 1, self.ref(next(iter(who)), "surname"))

    def _first_name(self, token: Token) -> bool:
        """Whether a capitalised word may be the first name of a surname after it: no word that opens a sentence."""
        if not token.text[:1].isupper():
            return False
        rows = self.language.table
        return token.lower not in self.prepositions and token.lower not in {
            *rows["dates"]["days"],
            *rows["names"]["opening"].split(),
        }

    def holders(self, office: str, of: EntityId) -> list[EntityId]:
        """The persons told to hold an office of a state or body."""
        return sorted({p for p, o, v in self.offices if o == of and (v == office or v.startswith(office))})

    def state_of(self, speaker: EntityId) -> EntityId | None:
        """The nearest state for which someone speaks, following ``speaks_for`` and offices."""
        seen, front = {speaker}, [speaker]
        while front:
            states = sorted(e for e in front if self.kinds.get(e) == "state")
            if states:
                return states[0]
            following = {o for e in front for o in self.speaks_for.get(e, ())}
            following |= {o for p, o, _ in self.offices if p in front}
            front = sorted(following - seen)
            seen |= following
        return None


class _Maker:
    """Gathers aliases while ``Names`` is built; dropped afterwards."""

    def __init__(self, tables: Language, kinds: dict[EntityId, str], called: list[tuple[EntityId, str, str]]) -> None:
        self.tables = tables
        self.kinds = kinds
        self.rows = tables.table["names"]
        self.prepositions = frozenset(self.rows["prepositions"].split())
        self.index: dict[str, list[_Alias]] = defaultdict(list)
        self.surnames: dict[str, set[EntityId]] = defaultdict(set)
        self.by_name: dict[str, EntityId] = {}
        self.called: dict[EntityId, str] = {}
        self.minted: dict[EntityId, tuple[str, str]] = {}
        self.topics: dict[tuple[str, ...], EntityId] = {}
        for entity, name, lang in called:
            if lang in (tables.code, "") or entity not in self.called:
                self.called[entity] = name
            for form in _forms(name):
                if kinds.get(entity) == "topic":
                    self.topics[tuple(stem(w) for w in form.lower().split() if w not in self.prepositions)] = entity
                elif form[0].isupper() or " " in form or kinds.get(entity) not in ("state", "region", "union"):
                    self.add(form, entity)

    def add(self, name: str, entity: EntityId, *, common: bool = False, institution: str = "") -> None:
        forms = set(self.rows["company_forms"].split())
        words = [t.text for t in tokens(name, 0, len(name)) if t.text not in forms and (t.text[0].isalnum())]
        plain = [n for n, w in enumerate(words) if n in (0, len(words) - 1) or w.lower() not in self.prepositions]
        linked = tuple(n > 0 and n - 1 not in plain for n in plain)
        words = [words[n] for n in plain]
        if not words or (len(words) == 1 and len(words[0]) < 2) or not re.search(r"[A-Za-zА-Яа-я]", name):
            return
        alias = _Alias(tuple(words), tuple(stem(w) for w in words), entity, common, institution, linked)
        if alias not in self.index[alias.keys[0]]:
            self.index[alias.keys[0]].append(alias)
        self.by_name.setdefault(" ".join(words).lower(), entity)
        if self.kinds.get(entity) == "person" and len(words) > 1 and re.match(r"[А-Я]", words[-1]):
            self.surnames[words[-1].lower()].add(entity)

    def made(self, speaks: Mapping[EntityId, set[EntityId]], offices: list[tuple[EntityId, EntityId, str]]) -> Names:
        adjectives: list[tuple[str, EntityId]] = []
        capitals: dict[EntityId, EntityId] = {}
        for row in self.tables.countries:
            entity = next((self.by_name[n.lower()] for n in row.names if n.lower() in self.by_name), None)
            if entity is None:
                entity = EntityId(row.slug)
                if entity not in self.kinds:
                    self.kinds[entity] = "region" if row.region else "state"
                    self.minted[entity] = (self.kinds[entity], row.names[0])
            for name in row.names:
                self.add(name, entity, common=name[0].islower())
            for word in () if row.region else self.rows["state_words"].split():
                self.add(f"{word} {row.names[0]}", entity)
            adjectives.extend((a, entity) for a in row.adjectives)
            if row.capital:
                capital = self.by_name.get(row.capital.lower(), EntityId(row.capital_slug))
                if capital not in self.kinds:
                    self.kinds[capital] = "place"
                    self.minted[capital] = ("place", row.capital)
                self.add(row.capital, capital)
                capitals[capital] = entity
        for phrase, word in self.rows["institutions"].items():
            self.add(phrase, EntityId(f"institution:{word}"), common=True, institution=word)
        for entity, name in self.called.items():
            self.called.setdefault(entity, name)
        return Names(
            kinds=self.kinds,
            speaks_for={k: frozenset(v) for k, v in speaks.items()},
            offices=offices,
            called=self.called,
            index=self.index,
            surnames={k: frozenset(v) for k, v in self.surnames.items()},
            adjectives=sorted(adjectives, key=lambda a: -len(a[0])),
            capitals=capitals,
            minted=self.minted,
            topics=self.topics,
            language=self.tables,
            prepositions=self.prepositions,
        )


def _forms(name: str) -> list[str]:
    """A printed name and what stands in brackets beside it, quotation marks taken off."""
    flat = _QUOTES.sub("", name).strip()
    inside = [i.strip() for i in re.findall(r"\(([^)]{2,60})\)", flat)]
    return [f for f in [re.sub(r"\s*\([^)]*\)", "", flat).strip(), *inside] if f]
