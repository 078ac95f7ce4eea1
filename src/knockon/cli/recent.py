"""Which reports were answered here lately? Kept in the user's cache so that ``knockon why`` knows the ids of their claims."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from knockon.settings import Settings

__all__ = ["keep", "readings"]

_KEPT = 20


def keep(settings: Settings, reading: Any, on: date) -> None:
    """Remember the text, address and day of a report; a cache that cannot be written is no fault of the answer."""
    folder = settings.cache / "reports"
    document = reading.document
    try:
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "address": document.address,
            "dateline": document.dateline and document.dateline.isoformat(),
            "printed": document.dateline_from == "printed",
            "on": on.isoformat(),
            "text": document.text,
        }
        (folder / f"{document.id}.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        old = sorted(folder.glob("d*.json"), key=lambda p: (p.stat().st_mtime, p.name))[:-_KEPT]
        for path in old:
            path.unlink(missing_ok=True)
    except OSError:
        return


def readings(settings: Settings, ledger: Any) -> Iterator[tuple[Any, date]]:
    """The kept reports, read again with the ledger's names, newest first, each with the day it was asked about."""
    from knockon.sources.dispatch import Names, read
    from knockon.world import World

    folder = settings.cache / "reports"
    paths = (
        sorted(folder.glob("d*.json"), key=lambda p: (p.stat().st_mtime, p.name), reverse=True)
        if folder.is_dir()
        else []
    )
    for path in paths:
        kept = json.loads(path.read_text("utf-8"))
        dateline = date.fromisoformat(kept["dateline"]) if kept["dateline"] else None
        world = World(ledger, on=date.fromisoformat(kept["on"]))
        names = Names.of(world.told("is_a", "named", "speaks_for", "same_as", "holds_office"))
        given = None if kept["printed"] else dateline
        yield read(kept["text"], names=names, address=kept["address"], dateline=given), date.fromisoformat(kept["on"])
