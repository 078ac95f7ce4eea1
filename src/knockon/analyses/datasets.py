"""Under which licence is each dataset published, and may its claims leave in an export? Read from ``published_under`` claims.

A claim is of a dataset when its source begins with the dataset's id and "@". Refuses to take a licence for granted: a dataset
that nobody says may be exported may not, and of two that disagree the one that forbids counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from knockon.errors import ExportForbidden, UnknownEntity
from knockon.model.claim import Claim, Mode, Polarity
from knockon.world import World

__all__ = ["Dataset", "Use", "check_exports", "check_known", "dataset_of", "datasets", "used"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A published list or collection: its licence, the words that must go with it, and whether it may be passed on."""

    id: str
    licence: str
    attribution: str
    exports: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How many claims of a dataset an export holds."""

    dataset: Dataset
    claims: int


def datasets(world: World) -> dict[str, Dataset]:
    """Every dataset whose licence somebody told, by its id.

    >>> from knockon.testing import world
    >>> w = world('xyz published_under "CC-BY-NC-4.0" exports=no (xyz, said 2025-01-01)')
    >>> datasets(w)["xyz"].exports
    False
    """
    told: dict[str, list[Claim]] = {}
    for claim in world.told("published_under"):
        if claim.mode is Mode.STATED and claim.polarity is Polarity.AFFIRMED and world.stands(claim):
            told.setdefault(claim.subject, []).append(claim)
    return {name: _dataset(name, claims) for name, claims in sorted(told.items())}


def _dataset(name: str, claims: list[Claim]) -> Dataset:
    """A later word of the same origin replaces its earlier one (R15); what is left is read strictly."""
    kept = [c for c in claims if not any(o.origin == c.origin and o.known > c.known for o in claims)]
    licences = sorted({str(c.value) for c in kept})
    notes = sorted({note for c in kept if (note := c.qualifier("attribution"))})
    return Dataset(
        id=name,
        licence=" / ".join(licences),
        attribution=" / ".join(notes),
        exports=all(c.qualifier("exports") == "yes" for c in kept),
        because=tuple(sorted(c.id for c in kept)),
    )


def dataset_of(source: str, known: Collection[str]) -> str | None:
    """The dataset that a source belongs to, of those known.

    >>> dataset_of("us-ofac-sdn@2025-10-22#row7", {"us-ofac-sdn"}), dataset_of("https://a.org/@b", {"us-ofac-sdn"})
    ('us-ofac-sdn', None)
    """
    name, at, _ = source.partition("@")
    return name if at and name in known else None


def used(counts: Mapping[str, int], known: Mapping[str, Dataset]) -> tuple[Use, ...]:
    """The datasets that an export uses, and of how many claims."""
    return tuple(Use(dataset=known[name], claims=n) for name, n in sorted(counts.items()) if name in known and n)


def check_exports(uses: Collection[Use]) -> None:
    """Raise ``ExportForbidden`` where an export holds claims that their licence keeps in."""
    held = [(u.dataset.id, u.dataset.licence, u.claims) for u in uses if not u.dataset.exports]
    if held:
        raise ExportForbidden(held)


def check_known(names: Collection[str], known: Collection[str]) -> None:
    """Raise ``UnknownEntity`` where a dataset to leave out is none: a slip would let its claims out."""
    for name in names:
        if name not in known:
            raise UnknownEntity(name, known)
