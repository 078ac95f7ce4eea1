"""How is a sentence written so that patterns can be matched over it? As units: words, references, amounts, dates, signs.

Each unit is one code without spaces, and patterns of the tables compile to regular expressions over the codes.
Refuses to know any word of any language.

>>> line = [Unit(start=0, end=5, code="среща"), Unit(start=6, end=7, code="в"), Unit(start=8, end=14, code="@0/place/any/")]
>>> hit = next(find(pattern("среща в {P:place}", {}), line))
>>> hit.group("P").start
8
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knockon.model.ids import EntityId
from knockon.model.quantity import Quantity
from knockon.model.vocabulary import type_is
from knockon.sources.dispatch.dates import When

__all__ = ["Hit", "Pattern", "Ref", "Token", "Unit", "find", "pattern", "ref_unit", "rewrite", "tags_of", "tokens"]

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'](?![A-ZА-Я])[^\W\d_]+|\.[^\W\d_]+(?=\.))*|\d+(?:[.,/:]\d+)*(?:-[^\W\d_]+)?|№|\S")
_WANTED = (
    "person party state authority asset project place group region topic licence company government field news_agency outlet "
    "ministry venture consortium pipeline terminal port refinery plant agreement event press_office station fund unit"
).split()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign, with its place in the clean text."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """What a stretch of text refers to: one entity, or several named together; ``how`` tells what linked it."""

    entities: tuple[EntityId, ...]
    tags: frozenset[str]
    how: str
    names: tuple[str, ...] = ()
    place: EntityId | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One element of a line; at most one of ``ref``, ``amount`` and ``when`` is set."""

    start: int
    end: int
    code: str
    ref: Ref | None = None
    amount: Quantity | None = None
    when: When | None = None


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of the clean text."""
    return [Token(m.start(), m.end(), m[0], m[0].lower()) for m in _TOKEN.finditer(text, start, end)]


@lru_cache(maxsize=256)
def tags_of(kind: str) -> frozenset[str]:
    """The types as which an entity of this type may stand in a pattern."""
    return frozenset({kind, "any", *(w for w in _WANTED if type_is(kind, w))})


def ref_unit(start: int, end: int, ref: Ref) -> Unit:
    """A unit for a reference; its code lists the number of entities and the tags."""
    return Unit(start=start, end=end, code=f"@{len(ref.entities)}/{'/'.join(sorted(ref.tags))}/", ref=ref)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; ``text`` is the row it came from."""

    text: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern lies in a line: units ``first`` up to, not on, ``last``, and the units of each group."""

    line: Sequence[Unit]
    first: int
    last: int
    spans: Mapping[str, tuple[int, int]]

    def group(self, name: str) -> Unit:
        """The first unit of a group."""
        return self.line[self.spans[name][0]]

    def has(self, name: str) -> bool:
        return name in self.spans


_SLOT = re.compile(r"\{(?P<name>[A-Z]\w*)(?P<kind>[:#$*+>])(?P<types>[^}]*)\}(?P<opt>\?)?\Z")
_WORD_END = r"(?=\s)"


@lru_cache(maxsize=4096)
def _compiled(text: str, words: tuple[tuple[str, tuple[str, ...]], ...]) -> Pattern:
    lists = dict(words)
    return Pattern(text, re.compile(r"(?<!\S)" + "".join(_element(e, lists) for e in _split(text))))


def pattern(text: str, words: Mapping[str, Sequence[str]]) -> Pattern:
    """Compile one pattern row; the notation is explained at the top of the language tables."""
    used = set(re.findall(r"\[(\w+)\]", text))
    return _compiled(text, tuple((k, tuple(words[k])) for k in sorted(used)))


def _split(text: str) -> list[str]:
    """Elements at spaces outside of brackets."""
    out, depth, current = [], 0, ""
    for sign in text:
        depth += (sign in "({[") - (sign in ")}]") if not current.endswith("\\") else 0
        if sign == " " and depth == 0:
            out.append(current)
            current = ""
        else:
            current += sign
    return [e for e in [*out, current] if e]


def _element(  # noqa: C901 - one branch a sign of the notation
    element: str, lists: Mapping[str, Sequence[str]]
) -> str:
    if element == "...":
        return r"(?:[^\s,:;.\"()]+ ){0,7}?"
    if element == "..":
        return r"(?:[^\s,:;.\"()@]+ ){0,4}?"
    if element == "SUB":
        return r"(?:, (?:[^\s;:.\"]+ ){1,28}?, )?"
    if element == "LONG":
        return r"(?:[^\s;:.\"]+ ){0,36}?"
    if element == "....":
        return r"(?:\S+ ){0,16}?"
    if m := _SLOT.match(element):
        return _slot(m)
    if element.startswith("NOT="):
        return "(?!(?:" + element[4:] + ") )"
    if m := re.match(r"([A-Z]\w*)=(.+)\Z", element):
        return f"(?P<{m[1]}>{_element(m[2], lists)})"
    if element == "END":
        return r"(?=[,.;:\"()$-]|\Z)"
    if element in ("LPAR", "RPAR"):
        return r"\( " if element == "LPAR" else r"\) "
    if element == "a*":
        return r"(?:[^\W\d_]\S*(?:ия|ият|ата|ото|ите|ски|ска|ско|ни|на|но|ови|еви|ва|во|ки|ен|ов|ив) ){0,4}?"
    if element.startswith("^"):
        return f"(?P<V>{_element(element[1:], lists)})"
    if element.endswith("?") and len(element) > 1:
        return f"(?:{_element(element[:-1], lists)})?"
    if element.startswith("[") and element.endswith("]"):
        return "(?:" + "|".join(_words(w) for w in lists[element[1:-1]]) + ")"
    if element.startswith("(") and element.endswith(")"):
        return (
            "(?:" + "|".join("".join(_element(e, lists) for e in _split(a)) for a in _alternatives(element[1:-1])) + ")"
        )
    return _words(element)


def _alternatives(text: str) -> list[str]:
    out, depth, current = [], 0, ""
    for sign in text:
        depth += (sign in "({[") - (sign in ")}]")
        if sign == "|" and depth == 0:
            out.append(current)
            current = ""
        else:
            current += sign
    return [*out, current]


def _words(words: str) -> str:
    """Words joined with "_" stand one after another; a final "~" means "begins so"."""
    return "".join(_one(w) for w in words.split("_"))


def _one(word: str) -> str:
    if word.endswith("~"):
        return re.escape(word[:-1]) + r"[^\s/@#$]* "
    return "(?:с|със) " if word == "с" else "(?:в|във) " if word == "в" else re.escape(word) + " "


def _slot(m: re.Match[str]) -> str:
    name, kind, types = m["name"], m["kind"], m["types"]
    many = r"(?:\S+ )"
    if kind == ":":
        count, _, wanted = types.rpartition("=")
        body = f"@{count or '[0-9]+'}/(?:[^\\s/]+/)*?(?:{wanted})/\\S* "
    elif kind == "#":
        body = f"#(?:{types or '[^/]+'})/\\S* "
    elif kind == ">":
        body = r"(?:[^\s;]+ ){1,%s}" % (types or "30")
    elif kind == "$":
        body = f"\\$(?:{types or '[^/]+'})/\\S* "
    elif kind == "*":
        body = r"(?:[^\s,:;.\"()$#]+ ){1,%s}?" % (types or "9")
    else:
        body = many + r"{1,%s}?" % (types or "20")
    return f"(?P<{name}>{body})" + (m["opt"] or "")


def find(row: Pattern, line: Sequence[Unit]) -> Iterator[Hit]:
    """Every place of a pattern in a line, left to right, without overlap."""
    text, starts = written(line)
    for m in row.regex.finditer(text):
        if m.end() == m.start():
            continue
        spans = {}
        for name in m.re.groupindex:
            a, b = m.span(name)
            if a >= 0 and b > a:
                spans[name] = (bisect_right(starts, a) - 1, bisect_right(starts, b - 1))
        yield Hit(line, bisect_right(starts, m.start()) - 1, bisect_right(starts, m.end() - 1), spans)


def written(line: Sequence[Unit]) -> tuple[str, list[int]]:
    """The codes of a line in one string, and where each begins."""
    starts, parts, at = [], [], 0
    for unit in line:
        starts.append(at)
        parts.append(unit.code + " ")
        at += len(unit.code) + 1
    return "".join(parts), starts


def rewrite(line: list[Unit], row: str, make: Callable[[Hit], Ref | None]) -> list[Unit]:
    """Replace each place of a pattern by one unit, where ``make`` gives a reference."""
    compiled = pattern(row, {})
    done = 0
    while True:
        for hit in find(compiled, line):
            if hit.first < done:
                continue
            ref = make(hit)
            if ref is not None:
                unit = ref_unit(line[hit.first].start, line[hit.last - 1].end, ref)
                line = [*line[: hit.first], unit, *line[hit.last :]]
                done = hit.first
                break
            done = hit.first + 1
        else:
            return line
