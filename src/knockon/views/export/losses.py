"""What could a format not carry, and from which world is an export? Reasons in words, counts, and the manifest.

Refuses to be silent: each reason that a format counts has its sentence here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knockon import __version__
from knockon.analyses.datasets import Use, datasets
from knockon.analyses.export import Selection
from knockon.analyses.export_world import Portable
from knockon.views.export.claims import Written
from knockon.views.export.ftm_tables import Account, mapping
from knockon.views.json_ import to_json
from knockon.world import World

__all__ = ["CSV_REASONS", "claims_manifest", "echo", "ftm_lines", "ftm_manifest", "notes", "told", "uses_json"]

#: why a claim cannot be a row of a CSV
CSV_REASONS = {
    "quote": "the passage of the document that a claim quotes has no column",
    "value": "the number's bounds are not those that its printed form says",
    "qualifiers": "a qualifier holds a semicolon, or begins or ends with a blank",
    "text": "a text begins or ends with a blank, or holds what a row cannot",
}


def told(left_out: Mapping[str, Sequence[str]]) -> str:
    """The reasons with their counts, in one line.

    >>> told({"quote": ["c1", "c2"]})
    '2 × the passage of the document that a claim quotes has no column'
    """
    return "; ".join(f"{len(ids)} × {CSV_REASONS[why]}" for why, ids in sorted(left_out.items()))


def echo(world: World) -> dict[str, Any]:
    """The world that an export holds for (R22)."""
    return {
        "on": world.on,
        "known": world.known,
        "at": world.at,
        "fingerprint": world.fingerprint,
        "version": __version__,
        "supposed": [c.id for c in world.supposed],
    }


def uses_json(uses: Sequence[Use]) -> list[dict[str, Any]]:
    """The datasets used, with licence, attribution and the number of claims."""
    return [
        {
            "id": u.dataset.id,
            "licence": u.dataset.licence,
            "attribution": u.dataset.attribution,
            "claims": u.claims,
            "because": u.dataset.because,
        }
        for u in uses
    ]


def claims_manifest(world: World, form: str, done: Written, chosen: Selection) -> dict[str, Any]:
    """What an export of claims wrote, left out, and from which datasets."""
    return {
        "format": form,
        "world": echo(world),
        "claims": done.claims,
        "left_out": {why: {"says": CSV_REASONS[why], "claims": ids} for why, ids in sorted(done.left_out.items())},
        "datasets": uses_json(chosen.uses),
        "licence_not_told": chosen.licence_not_told,
    }


def notes(world: World) -> dict[str, str]:
    """What stands in the metadata of a Parquet file: the world, and each dataset's licence and attribution."""
    known = [
        {"id": d.id, "licence": d.licence, "attribution": d.attribution} for d in datasets(world).values() if d.exports
    ]
    return {"world": to_json(echo(world)), "datasets": to_json(known)}


def ftm_lines(account: Account) -> list[str]:
    """What FollowTheMoney could not carry: one line a reason, with how often."""
    order = sorted(account.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return [f"{table.replace('_', ' ')}: {count} × {mapping()[table][why]}" for (table, why), count in order]


def ftm_manifest(found: Portable, account: Account, written: Mapping[str, int]) -> dict[str, Any]:
    """What an export of a world wrote, what it left out, and what its entities do not say."""
    tables = {
        table: {
            why: {"says": mapping()[table][why], "count": count}
            for (kind, why), count in sorted(account.items())
            if kind == table
        }
        for table in ("left_out", "not_carried")
    }
    return {
        "format": "ftm",
        "world": echo(found.world),
        "entities": dict(written),
        **tables,
        "datasets": uses_json(found.uses),
        "licence_not_told": found.licence_not_told,
        "because": [c.id for c in found.claims],
    }
