"""A chart once it is drawn: the same picture for the page and for Word, and its size in print."""

from __future__ import annotations

import base64
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG, whose text stays text, and as PNG; each is empty where it was not asked for.

    Width and height are in mm.
    """

    svg: str
    png: bytes
    width: float
    height: float

    @property
    def url(self) -> str:
        """The SVG as a URL for the page."""
        return svg_url(self.svg)


def svg_url(svg: str) -> str:
    """The picture as a URL that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
