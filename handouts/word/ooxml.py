"""WordprocessingML elements and units: the only place that knows how lxml spells them."""

from __future__ import annotations

from functools import cache

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_NAMESPACES = {"w": W}
# Else its prefix would depend on which other libraries are loaded, and with it the bytes of a file.
etree.register_namespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
POINTS_PER_MM = 72 / 25.4


@cache
def w(name: str) -> str:
    """The qualified name of the WordprocessingML element or attribute `name`."""
    return f"{{{W}}}{name}"


def element(name: str, /, *children: etree._Element | None, **attributes: str | float) -> etree._Element:
    """A w:`name` with w: `attributes` and `children`; children that are None are left out."""
    made = etree.Element(w(name), {w(key): str(value) for key, value in attributes.items()}, _NAMESPACES)
    made.extend([child for child in children if child is not None])
    return made


def toggle(name: str, value: bool = True) -> etree._Element:
    """An on/off element; Word reads one without a value as on."""
    return element(name) if value else element(name, val="0")


def text_element(text: str, name: str = "t") -> etree._Element:
    """A w:t or w:instrText that keeps every blank of `text`."""
    made = element(name)
    made.text = text
    made.set(XML_SPACE, "preserve")
    return made


def rule(side: str, width: float, color: str, line: str = "single", space: int = 0) -> etree._Element:
    """The border at `side`: `width` in mm, the kind of `line`, `space` in pt between it and the text."""
    return element(side, val=line, sz=_eighths_of_mm(width), space=space, color=hex_color(color))


def twips(points: float) -> int:
    """`points` in twentieths of a point."""
    return round(points * 20)


def twips_of_mm(mm: float) -> int:
    """`mm` in twentieths of a point."""
    return twips(mm * POINTS_PER_MM)


def half_points(points: float) -> int:
    """`points` in half points, the unit of font sizes."""
    return round(points * 2)


def _eighths_of_mm(mm: float) -> int:
    """The unit of borders; Word draws none thinner than two."""
    return max(2, round(mm * POINTS_PER_MM * 8))


def hex_color(color: str) -> str:
    """`color` as Word writes it, #404040 without its mark."""
    return color.removeprefix("#").upper()
