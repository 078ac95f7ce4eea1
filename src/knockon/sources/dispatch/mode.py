"""Is a clause stated, planned, expected, possible, asked or denied? Read from cues before its verb, nearest first.

A clause under "it is rumoured that", "it is not true that" takes its mode or polarity from there.
Refuses to take what is asked or conditional for a statement, whatever stands nearer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from knockon.model.claim import Mode, Polarity
from knockon.sources.dispatch.language import Language
from knockon.sources.dispatch.line import Unit

__all__ = ["mode_of"]

_SIGNS = frozenset(',;:"().-')


@lru_cache(maxsize=4)
def _cues(language: Language) -> tuple[tuple[re.Pattern[str], Mode | None, Polarity | None], ...]:
    rows = []
    for row in language.table["mode"]["cues"]:
        words = "|".join(re.escape(w) for w in sorted(row["words"], key=len, reverse=True))
        mode = Mode(row["mode"]) if "mode" in row else None
        polarity = Polarity(row["polarity"]) if "polarity" in row else None
        rows.append((re.compile(rf"(?<!\S)(?:{words})(?!\S)"), mode, polarity))
    return tuple(rows)


def mode_of(
    line: Sequence[Unit], first: int, last: int, language: Language, *, verb: bool, asked: tuple[int, int] | None
) -> tuple[Mode, Polarity, str]:
    """Mode, polarity and the cue for the verb at units ``first`` up to ``last``; without a verb both sides are searched."""
    frames = language.table["mode"]["frames"]
    if asked is not None and asked[0] <= first < asked[1]:
        return Mode.ASKED, Polarity.AFFIRMED, "asked whether"
    border = max((n + 1 for n in range(first) if line[n].code in ':;"'), default=0)
    if asked is not None and asked[1] <= first:
        border = max(border, asked[1])
    opening = [u.code for u in line[border:first]]
    if frames["whether"] in opening or _question(line, first, last, *frames["particle"].split()):
        return Mode.ASKED, Polarity.AFFIRMED, frames["whether"]
    if any(w in opening for w in frames["if"].split()):
        return Mode.POSSIBLE, Polarity.AFFIRMED, "if"
    denied, hedge = _over(line, opening, last, language)
    if hedge:
        return Mode.POSSIBLE, Polarity.AFFIRMED, hedge
    start = first
    while start > 0 and line[start - 1].code not in _SIGNS and first - start < 10:
        start -= 1
    end = last
    if not verb:
        while end < len(line) and line[end].code not in _SIGNS and end - last < 8:
            end += 1
    text = " ".join(u.code for u in line[start:end])
    best: tuple[int, int, Mode | None, Polarity | None, str] | None = None
    for regex, mode, polarity in _cues(language):
        for m in regex.finditer(text):
            if best is None or (m.end(), m.end() - m.start()) > (best[0], best[1]):
                best = (m.end(), m.end() - m.start(), mode, polarity, m[0])
    if (
        best is None
        and not denied
        and frames["to"] in [u.code for u in line[max(start, first - 3) : last]]
        and not set(opening) & set(frames["although"].split())
    ):
        return Mode.POSSIBLE, Polarity.AFFIRMED, frames["to"]
    if best is None:
        return Mode.STATED, Polarity.DENIED if denied else Polarity.AFFIRMED, denied
    mode = best[2] or (Mode.PLANNED if best[4] in frames["will_not"] else Mode.STATED)
    rest = [u.code for u in line[last:]]
    if mode in (Mode.PLANNED, Mode.EXPECTED) and any(w in frames["if"].split() for w in rest):
        mode = Mode.POSSIBLE
    before = text[: best[0] - best[1]].split()[-2:]
    negated = best[3] is None and any(w in before for w in frames["not"].split())
    return mode, best[3] or (Polarity.DENIED if denied or negated else Polarity.AFFIRMED), best[4]


def _over(line: Sequence[Unit], opening: Sequence[str], last: int, language: Language) -> tuple[str, str]:
    """The phrase that denies a clause from above or from behind it, and the one that hedges it; "" where there is none."""
    frames, over = language.table["mode"]["frames"], _matrix(language)
    under, near = " ".join(opening[-18:]), list(opening[-14:])
    untrue = over["untrue"].search(under)
    if untrue is None and frames["that"] in opening:
        untrue = over["untrue_after"].search(" ".join(u.code for u in line[last : last + 18]))
    if untrue is not None:
        return untrue[0], ""
    denial = next((n for n, w in enumerate(near) if w in frames["denies"].split()), None)
    if denial is not None:
        negated = denial > 0 and near[denial - 1] in frames["not"].split()
        return ("", f"{near[denial - 1]} {near[denial]}") if negated else (near[denial], "")
    hedge = over["hedged"].search(under)
    return "", hedge[0] if hedge else ""


@lru_cache(maxsize=4)
def _matrix(language: Language) -> dict[str, re.Pattern[str]]:
    """Phrases that stand over a clause of content: hedged, or said to be untrue, before it or after it."""
    rows = language.table["mode"]["matrix"]
    return {k: re.compile(rf"(?<!\S)(?:{'|'.join(v)})(?!\S)") for k, v in rows.items()}


def _question(line: Sequence[Unit], first: int, last: int, particle: str, *after: str) -> bool:
    """Whether the verb's sentence ends with a question mark, or its clause holds the particle of a question (not after the words of ``after``)."""
    ends = next((u.code for u in line[last:] if u.code in ".?!;"), "")
    if ends == "?":
        return True
    around = range(max(0, first - 3), min(len(line), last + 3))
    return any(line[n].code == particle and line[max(0, n - 1)].code not in after for n in around)
