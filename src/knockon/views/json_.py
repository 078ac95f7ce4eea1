"""An answer as JSON: the same bytes for the same world. Exact numbers and days are text, absent things are null.

Refuses floats, clocks and anything whose order is chance.

>>> from decimal import Decimal
>>> plain({"share": Decimal("12.50"), "parts": (1, None)})
{'share': '12.5', 'parts': [1, None]}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from knockon import __version__
from knockon.analyses.askers import Asker
from knockon.analyses.brief import Brief, Said
from knockon.analyses.exposure import Exposure, Holder
from knockon.analyses.licences import Coverage, Licence
from knockon.analyses.status import Effect
from knockon.analyses.warnings import Warned
from knockon.model.claim import Claim
from knockon.model.interval import Holds, Moment
from knockon.model.quantity import Quantity
from knockon.world import World

__all__ = ["answer_json", "answer_plain", "brief_json", "plain", "to_json"]


def plain(found: Any) -> Any:
    """Anything an answer is made of, as dicts, lists, text, whole numbers, booleans and null."""
    if found is None or isinstance(found, bool | int):
        return found
    if isinstance(found, Enum):
        return found.value
    if isinstance(found, str):
        return str(found)
    if isinstance(found, Decimal):
        return format(found.normalize() if found else Decimal(0), "f")
    if isinstance(found, Moment):
        return str(found)
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, Quantity):
        return {"text": str(found), "low": plain(found.low), "high": plain(found.high), "unit": found.unit}
    if isinstance(found, Claim):
        return {"id": found.id, **found.to_dict()}
    if isinstance(found, Mapping):
        return {str(k): plain(v) for k, v in found.items()}
    if is_dataclass(found) and not isinstance(found, type):
        return {f.name: plain(getattr(found, f.name)) for f in fields(found) if not f.name.startswith("_")}
    if isinstance(found, Iterable):
        return [plain(one) for one in (sorted(found) if isinstance(found, set | frozenset) else found)]
    raise TypeError(f"{type(found).__name__} has no JSON form")


def to_json(answer: Any) -> str:
    """An answer as indented JSON."""
    return json.dumps(plain(answer), ensure_ascii=False, indent=2)


def answer_json(answer: Any, world: World, *, asker: Asker | None = None) -> str:
    """A single answer with the echo of the world that it holds for (R22), and who asks where that was said.

    Effects have the keys that they have in a brief; for an asker, each says whether it ``binds`` or is a ``risk``, and warnings of
    secondary sanctions stand apart from them.
    """
    told = {**_echo(world), "asker": plain(asker), "answer": answer_plain(answer, world, asker)}
    if isinstance(answer, tuple) and asker is not None and any(isinstance(one, Effect) for one in answer):
        told["warnings"] = [plain(one) for one in answer if isinstance(one, Warned)]
    return json.dumps(told, ensure_ascii=False, indent=2)


def answer_plain(answer: Any, world: World, asker: Asker | None = None) -> Any:
    """The answer alone, as it stands in its JSON and, part by part, in its CSV."""
    if not (isinstance(answer, tuple) and answer and all(isinstance(one, Effect | Warned) for one in answer)):
        return plain(answer)
    effects = [one for one in answer if isinstance(one, Effect)]
    out = [_effect(e, "designated" if e.rule is None else "reached", world) for e in effects]
    if asker is not None:
        for row, effect in zip(out, effects, strict=True):
            row["binds"] = effect.authority in asker.binds
            row["risk"] = effect.authority in asker.risk
    return out


def _echo(world: World) -> dict[str, Any]:
    return {
        "on": plain(world.on),
        "known": plain(world.known),
        "at": world.at,
        "fingerprint": world.fingerprint,
        "version": __version__,
        "supposed": [plain(c) for c in world.supposed],
    }


def brief_json(brief: Brief, world: World) -> dict[str, Any]:
    """The brief; the keys are documented in docs/reference/json.md and keep their names within a major version."""
    document = brief.reading.document
    return {
        "report": {
            "id": document.id,
            "title": document.title,
            "address": document.address,
            "dateline": plain(document.dateline),
            "dateline_from": document.dateline_from,
            "language": document.language,
            "warnings": list(document.warnings),
        },
        "on": plain(brief.on),
        "known": plain(brief.known),
        "at": brief.at,
        "fingerprint": brief.fingerprint,
        "version": brief.version,
        "supposed": [plain(c) for c in brief.supposed],
        "asker": plain(brief.asker),
        "said": [_said(s) for s in sorted(brief.said, key=lambda s: (s.sentence, s.claim.id))],
        "effects": [_effect(e, "designated", world) for e in brief.designated]
        + [_effect(e, "reached", world) for e in brief.reached],
        "others_designated": brief.others_designated,
        "exposure": [_exposure(x, world) for x in brief.exposure],
        "licences": [_licence(x, world) for x in brief.licences],
        "not_licensed": [_coverage(c) for x in brief.exposure for c in x.not_licensed],
        "projects": [{"name": world.name(p.project), **plain(p)} for p in brief.projects],
        "routes": {
            "answered": [plain(r) for r in brief.routes],
            "refused": [{"state": state, "why": why} for state, why in brief.routes_refused],
        },
        "ties": [plain(t) for t in brief.ties],
        "positions": [plain(p) for p in brief.positions],
        "agenda": _agenda(brief),
        "disputed": [plain(d) for d in brief.disputed],
        "corroboration": plain(brief.corroboration),
        "watch": [plain(w) for w in brief.watch],
        "sentences": [_sentence(brief, i) for i in range(len(brief.sentences))],
        "because": list(brief.because),
    }


def _said(one: Said) -> dict[str, Any]:
    return {
        **plain(one.claim),
        "sentence": one.sentence,
        "sure": _tenths(one.sure),
        "standing": one.standing.word,
        "because": list(one.standing.because),
    }


def _tenths(sure: float) -> str:
    """How sure the reader is, as text: a float's last digits differ between machines."""
    return format(Decimal(str(sure)).quantize(Decimal("0.01")), "f")


def _effect(effect: Effect, how: str, world: World) -> dict[str, Any]:
    return {
        "entity": effect.entity,
        "name": world.name(effect.entity),
        "how": how,
        "authority": effect.authority,
        "programme": effect.programme,
        "measure": effect.measure,
        "status": effect.status,
        "since": plain(effect.since),
        "until": plain(effect.until),
        "rule": effect.rule,
        "low": plain(effect.low),
        "high": plain(effect.high),
        "unreported": plain(effect.unreported),
        "stale": effect.stale,
        "supposed": effect.supposed,
        "deciding": plain(effect.deciding),
        "person": effect.person,
        "counted": plain(effect.counted),
        "look_through_low": plain(effect.look_through_low),
        "look_through_high": plain(effect.look_through_high),
        "certainty": effect.certainty,
        "verified": effect.verified,
        "observed": plain(effect.observed),
        "searched": effect.searched,
        "pending": list(effect.pending),
        "note": effect.note,
        "because": list(effect.because),
    }


def _exposure(found: Exposure, world: World) -> dict[str, Any]:
    return {
        "asset": found.asset,
        "name": world.name(found.asset),
        "holders": [_holder(h) for h in found.holders],
        "low": plain(found.percent_low),
        "high": plain(found.percent_high),
        "volumes": [plain(v) for v in found.volumes],
        "operator": _operator(found, world),
        "operators": [{"entity": who, "because": list(claims)} for who, claims in found.operator],
        "licences": [
            {
                "authority": c.authority,
                "licence": c.licence,
                "activities": list(c.activities),
                "wind_down": c.wind_down,
                "how": c.how,
                "holds": c.holds.value,
                "since": plain(c.since),
                "until": plain(c.until),
                "until_utc": _utc(c.until),
                "because": list(c.because),
            }
            for c in found.licences
        ],
        "not_licensed": [_coverage(c) for c in found.not_licensed],
        "because": list(found.because),
    }


def _operator(found: Exposure, world: World) -> str | None:
    """The operating venture where one is told, else a company, else a group; ``operators`` has them all."""
    order = {"venture": 0, "consortium": 0, "group": 2}
    return min((who for who, _ in found.operator), key=lambda who: (order.get(world.type(who), 1), who), default=None)


def _holder(holder: Holder) -> dict[str, Any]:
    return {
        "entity": holder.entity,
        "status": [{"authority": a, "status": s} for a, s in holder.status],
        "kind": holder.kind,
        "low": plain(holder.low),
        "high": plain(holder.high),
        "via": list(holder.via),
        "stale": holder.stale,
        "because": list(holder.because),
    }


def _coverage(found: Coverage) -> dict[str, Any]:
    return {**plain(found), "until_utc": _utc(found.until)}


def _licence(found: Licence, world: World) -> dict[str, Any]:
    return {
        **plain(found),
        "name": world.name(found.licence),
        "state": found.state,
        "in_force": found.holds is Holds.SURELY,
        "until_utc": _utc(found.until),
    }


def _utc(moment: Moment | None) -> str | None:
    """The same instant in UTC, where a clock time was said."""
    instant = moment.utc() if moment is not None else None
    return instant.strftime("%Y-%m-%dT%H:%MZ") if instant is not None else None


def _agenda(brief: Brief) -> list[dict[str, Any]]:
    found = brief.agenda
    places = (("ahead", found.ahead), ("undated", found.undated), ("asked", found.asked), ("recent", found.recent))
    return [{"place": place, **plain(item)} for place, items in places for item in items]


def _sentence(brief: Brief, index: int) -> dict[str, Any]:
    one = brief.sentences[index]
    return {
        "index": one.sentence.index,
        "start": one.sentence.start,
        "end": one.sentence.end,
        "kind": one.sentence.kind,
        "claims": list(one.claims),
        "sections": list(one.sections),
        "unread": list(one.unread),
    }
