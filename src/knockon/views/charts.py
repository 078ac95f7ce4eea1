"""Which pictures belong to a brief, and what do they look like at both widths? Each comes with its table and its words.

Refuses to draw without data (it says so instead), to fetch anything, and to pass on anything alive in a drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knockon.analyses.brief import Brief
from knockon.views.chart_owners import owners
from knockon.views.chart_routes import ways
from knockon.views.chart_time import terms
from knockon.views.drawing import NARROW, WIDE, draw
from knockon.views.line import Tongue
from knockon.views.picture import Picture
from knockon.views.svg import inline

__all__ = ["Chart", "drawn", "pictures", "specified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawn picture: sanitised SVG for a wide and for a narrow page, both empty where it is left out."""

    picture: Picture
    wide: str = ""
    narrow: str = ""


def pictures(tongue: Tongue, brief: Brief) -> tuple[Picture, ...]:
    """What there is to draw, in the order of the sections: owners, time, routes."""
    return (owners(tongue, brief), terms(tongue, brief), *ways(tongue, brief))


def specified(found: Iterable[Picture]) -> tuple[tuple[Picture, tuple[dict[str, Any], ...]], ...]:
    """Each picture with what is to be drawn of it at the wide and at the narrow width; nothing where it is left out."""
    return tuple((p, tuple(p.spec(width) for width in (WIDE, NARROW)) if p.spec else ()) for p in found)


def drawn(found: Iterable[tuple[Picture, tuple[dict[str, Any], ...]]]) -> tuple[Chart, ...]:
    """The pictures at both widths, ready for the page."""
    return tuple(_drawn(picture, specs) for picture, specs in found)


def _drawn(picture: Picture, specs: tuple[dict[str, Any], ...]) -> Chart:
    if not specs:
        return Chart(picture=picture)
    wide, narrow = (
        inline(draw(spec), key=f"{picture.key}-{spec['width']}", title=picture.title, desc=picture.desc)
        for spec in specs
    )
    return Chart(picture=picture, wide=wide, narrow=narrow)
