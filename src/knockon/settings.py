"""Where are the ledger and the cache, and which language is wanted? Built once at the edge; nothing else reads the environment.

Order: defaults, then ``knockon.toml`` in the working folder, then ``KNOCKON_*``, then flags. Refuses unknown keys in the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from knockon.errors import BadFile

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``ledger`` is ``None`` unless one was named; then commands use the user's own ledger if there is one, else the reference world."""

    ledger: Path | None = None
    own_ledger: Path
    cache: Path
    lang: str = "en"

    @staticmethod
    def build(
        environ: Mapping[str, str], folder: Path, *, ledger: str | None = None, lang: str | None = None
    ) -> Settings:
        """Read the four layers, the later ones over the earlier.

        >>> Settings.build({"KNOCKON_LEDGER": "/x/l.duckdb"}, Path("/nowhere")).ledger.name
        'l.duckdb'
        """
        home = Path(environ.get("HOME") or Path.home())
        data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        cache = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
        built = Settings(own_ledger=data / "knockon" / "ledger.duckdb", cache=cache / "knockon")
        built = _over(built, _file(folder / "knockon.toml"))
        built = _over(
            built, {f.name: environ[key] for f in fields(built) if (key := f"KNOCKON_{f.name.upper()}") in environ}
        )
        return _over(built, {k: v for k, v in (("ledger", ledger), ("lang", lang)) if v is not None})

    @property
    def ledger_in_use(self) -> Path | None:
        """The ledger that commands read: the named one, else the user's own if it is there, else none."""
        if self.ledger is not None:
            return self.ledger
        return self.own_ledger if self.own_ledger.exists() else None

    @property
    def ledger_to_write(self) -> Path:
        """The ledger that ``knockon add`` writes."""
        return self.ledger or self.own_ledger


def _file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadFile(path, f"is not TOML ({fault})") from None
    known = {f.name for f in fields(Settings)}
    if unknown := sorted(set(found) - known):
        raise BadFile(path, f"unknown key(s) {', '.join(unknown)}", f"the keys are {', '.join(sorted(known))}")
    return {key: str(value) for key, value in found.items()}


def _over(settings: Settings, found: Mapping[str, str]) -> Settings:
    changes: dict[str, str | Path] = {k: v if k == "lang" else Path(v).expanduser() for k, v in found.items() if v}
    return replace(settings, **changes)  # type: ignore[arg-type]
