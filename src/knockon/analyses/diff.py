"""What is different between two worlds, and which claims, or which days, made it so?

Any two worlds compare: two days, two states of knowledge, two positions of a ledger, with and without something supposed.
Refuses to call older news a change: a state that only got another voice or grew older, and is not stale for it, is the same.

>>> from knockon.testing import world
>>> text = "acme holds 60% of bolt (registry, said 2024-01-01)\\nacme holds 40% of bolt (registry, said 2024-06-01)"
>>> found = diff(world(text, on="2024-03-01"), world(text, on="2024-07-01"))
>>> [(c.kind, c.cause, c.line) for c in found.changes]
[('changed', 'said', 'acme holds_shares bolt: 60 % becomes 40 %, because of what was said since')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from knockon.analyses.changes import Change, pair_of, state_changes
from knockon.analyses.turns import Turn, turns
from knockon.errors import Refused
from knockon.model.ids import ClaimId, EntityId
from knockon.world import World

__all__ = ["AnswerChange", "Change", "Diff", "Side", "Turn", "diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Which world was compared."""

    on: date
    known: date
    at: int
    supposed: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """Parts of an answer that only one of the worlds gives; ages and proofs alone make no difference."""

    answer: str
    only_a: tuple[Any, ...]
    only_b: tuple[Any, ...]
    because: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """From world ``a`` to world ``b``: claims that only one of them sees, and what that and the days changed.

    ``turns`` are verdicts, licences, coverage and parts in assets that are others; ``changes`` the states of claims behind them.
    """

    a: Side
    b: Side
    only_a: tuple[ClaimId, ...]
    only_b: tuple[ClaimId, ...]
    turns: tuple[Turn, ...]
    changes: tuple[Change, ...]
    answers: tuple[AnswerChange, ...]
    because: tuple[ClaimId, ...]


def diff(
    a: World,
    b: World,
    answers: Mapping[str, Callable[[World], Any]] | None = None,
    *,
    parties: Sequence[EntityId] = (),
    authorities: Sequence[str] = (),
) -> Diff:
    """Compare two worlds; ``answers`` names analyses whose answers are compared as well.

    With ``parties`` or ``authorities`` only their answers are compared, and only the states that those rest on, or that are theirs.
    """
    roots = tuple(dict.fromkeys(b.names.root(EntityId(p)) for p in parties))
    if (a.large or b.large) and not roots and not authorities:
        raise Refused(
            f"a ledger of {max(a.at, b.at):,} claims is too large to be compared whole",
            "name parties with --party, or an authority with --authority",
        )
    near = roots if a.large or b.large else None
    pair = pair_of(a, b, near)
    turned = turns(a, b, parties=roots, authorities=authorities)
    changes = tuple(state_changes(pair, near=near))
    if roots or authorities:
        behind = {i for t in turned for i in t.because}
        changes = tuple(c for c in changes if behind & set(c.because) or {c.subject, c.object} & set(roots))
    compared = tuple(
        x for name, ask in sorted((answers or {}).items()) if (x := _answer(name, ask(a), ask(b))) is not None
    )
    return Diff(
        a=_side(a),
        b=_side(b),
        only_a=tuple(c.id for c in pair.gone),
        only_b=tuple(c.id for c in pair.new),
        turns=turned,
        changes=changes,
        answers=compared,
        because=tuple(sorted({i for part in (*turned, *changes, *compared) for i in _behind(part)})),
    )


def _side(world: World) -> Side:
    return Side(
        on=world.on, known=world.known, at=world.at, supposed=len(world.supposed), fingerprint=world.fingerprint
    )


# ---------------------------------------------------------------------- answers
def _answer(name: str, a: Any, b: Any) -> AnswerChange | None:
    """The parts that only one answer has: the items of a tuple, or of the tuples that an answer is made of."""
    parts_a, parts_b = ({repr(_plain(x)): x for x in _parts(answer)} for answer in (a, b))
    only_a = tuple(x for key, x in sorted(parts_a.items()) if key not in parts_b)
    only_b = tuple(x for key, x in sorted(parts_b.items()) if key not in parts_a)
    if not only_a and not only_b:
        return None
    return AnswerChange(
        answer=name,
        only_a=only_a,
        only_b=only_b,
        because=tuple(sorted({i for x in (*only_a, *only_b) for i in _behind(x)})),
    )


def _parts(answer: Any) -> Iterable[Any]:
    if isinstance(answer, tuple):
        return answer
    if not is_dataclass(answer):
        return (answer,)
    found = [
        x for f in fields(answer) if isinstance(many := getattr(answer, f.name), tuple) for x in many if is_dataclass(x)
    ]
    return found or (answer,)


def _plain(part: Any) -> Any:
    """A part without what differs between any two days: ages, and the ids of its proof."""
    if is_dataclass(part) and not isinstance(part, type):
        return [(f.name, _plain(getattr(part, f.name))) for f in fields(part) if f.name not in ("age_days", "because")]
    if isinstance(part, tuple | list):
        return [_plain(x) for x in part]
    if isinstance(part, Mapping):
        return [(str(k), _plain(v)) for k, v in sorted(part.items())]
    return str(part)


def _behind(part: Any) -> tuple[ClaimId, ...]:
    return tuple(getattr(part, "because", ()))
