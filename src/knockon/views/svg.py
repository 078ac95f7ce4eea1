"""How does a drawing go into a page safely? Only shapes, text and references to its own parts pass; colours become classes.

Refuses scripts, styles, links, images, event attributes and any reference out of the drawing: what is not on the list is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

__all__ = ["PALETTE", "inline"]

#: a drawing is made in these colours; each becomes the class of its name, which the page colours for light, dark and print
PALETTE: Mapping[str, str] = {
    "ink": "#1a1c1f",
    "soft": "#5c6067",
    "line": "#d5d6d8",
    "track": "#ecedee",
    "day": "#16181b",
    "listed": "#b3261e",
    "listed-maybe": "#d98a84",
    "on-fill": "#fffffe",
    "party-1": "#8595a8",
    "party-2": "#a3b0bf",
    "party-3": "#bcc6d1",
    "on-party": "#14171a",
    "rest": "#e2e2e0",
    "measure": "#b3261d",
    "sectoral": "#c77f78",
    "licence": "#2f7d4f",
    "winding": "#b7791f",
    "over": "#b9bcc1",
    "doubt": "#8b8f96",
    "through": "#c0562a",
    "through-maybe": "#e2ab8f",
    "clear": "#3d6f9e",
    "clear-maybe": "#a2bfd9",
}
_CLASS = {colour: name for name, colour in PALETTE.items()}

_NS = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset("svg g path rect line circle text tspan".split())
_ATTRIBUTES = frozenset(
    "viewBox d x y x1 x2 y1 y2 cx cy r dx dy width height transform fill stroke stroke-width stroke-dasharray stroke-linecap "
    "opacity fill-opacity stroke-opacity font-size font-weight font-style text-anchor".split()
)


def inline(svg: str, *, key: str, title: str, desc: str) -> str:
    """A drawing for the page: sanitised, scaled to its box, with its name and what it shows for those who do not see it.

    >>> print(inline('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"><script>x()</script>'
    ...              '<rect width="9" fill="#b3261e" href="https://example.org"/></svg>', key="k", title="A & B", desc=""))
    <svg viewBox="0 0 9 9" role="img" aria-labelledby="k-t"><title id="k-t">A &amp; B</title><rect width="9" fill="#b3261e" class="k-listed"/></svg>
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    found = etree.fromstring(svg.encode(), parser)
    out = _copy(found)
    assert out is not None, "what is drawn begins with <svg>"
    size = found.get("viewBox") or f"0 0 {found.get('width', '1')} {found.get('height', '1')}"
    for name in {"width", "height"} & set(out.attrib):
        del out.attrib[name]
    out.set("viewBox", size)
    out.set("role", "img")
    names = [f"{key}-t", *([f"{key}-d"] if desc else [])]
    out.set("aria-labelledby", " ".join(names))
    if desc:
        _first(out, "desc", f"{key}-d", desc)
    _first(out, "title", f"{key}-t", title)
    return str(etree.tostring(out, encoding="unicode"))


def _first(out: etree._Element, tag: str, known: str, text: str) -> None:
    element = etree.Element(tag)
    element.set("id", known)
    element.text = text
    out.insert(0, element)


def _copy(found: etree._Element) -> etree._Element | None:
    tag = str(found.tag).removeprefix(_NS)  # a comment's tag is a function: its name is on no list
    if tag not in _ELEMENTS:
        return None
    out = etree.Element(tag)
    for name, value in found.attrib.items():
        if str(name) in _ATTRIBUTES and not _leads_out(str(value)):
            out.set(str(name), str(value))
    classes = [_CLASS[c] for a in ("fill", "stroke") if (c := str(found.get(a, "")).lower()) in _CLASS]
    if classes:
        painted = "s" if found.get("stroke", "").lower() in _CLASS and tag not in ("text", "tspan") else "k"
        out.set("class", f"{painted}-{classes[0]}")
    if tag in ("text", "tspan"):
        out.text = found.text
    for child in found:
        kept = _copy(child)
        if kept is not None and not (kept.tag == "g" and len(kept) == 0):
            out.append(kept)
    return out


def _leads_out(value: str) -> bool:
    low = value.lower()
    return "url(" in low or "javascript:" in low or "expression(" in low or "//" in low
