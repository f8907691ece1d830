"""The drawing surface: text, lines and bars at places in points, as SVG and as PNG.

Everything is placed by us in points from the top left; of matplotlib only the figure and its artists are used,
which takes less than half of the time that its axes take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO, StringIO
from itertools import count
from typing import Literal

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D
from PIL import Image

from handouts.charts.placing import Point
from handouts.look.fonts import FontFile

POINTS_PER_MM = 72 / 25.4
LINE_HEIGHT = 1.25
# From the middle of a line of text down to its baseline, in em: half of the height of a kanji above it.
_TO_BASELINE = 0.37
_BOLD = 700
_REGULAR = 400
_COLORS = 64
# The reduced palette has a white that is not quite white, which would show on paper.
_WHITISH = 252

TextAlign = Literal["left", "center", "right"]

# Whatever settings the user has for other work with matplotlib, ours look the same.
matplotlib.rcdefaults()
matplotlib.rcParams.update(
    {"svg.fonttype": "none", "svg.hashsalt": "handouts", "hatch.linewidth": 0.6, "path.simplify": False}
)


def use_fonts(fonts: Sequence[FontFile]) -> None:
    """Sets everything that follows in `fonts`, in their order, and in none of the machine's own."""
    entries = [
        FontEntry(
            fname=str(font.path.resolve()),
            name=font.family,
            weight=_BOLD if font.weight == "bold" else _REGULAR,
            size="scalable",
        )
        for font in fonts
    ]
    if fontManager.ttflist == entries:
        return
    for font in fonts:
        fontManager.addfont(font.path)  # it also forgets what was found before
    fontManager.ttflist = entries
    width_of.cache_clear()
    matplotlib.rcParams["font.family"] = list(dict.fromkeys(font.family for font in fonts))


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: dashes in points, a marker at each point, hollow or filled."""

    color: str
    width: float
    dashes: tuple[float, ...] = ()
    marker: str = ""
    marker_size: float = 0
    hollow: bool = False


class Canvas:
    """A figure of a size in mm, on which things are put in points from its top left, each over those before."""

    def __init__(self, width_in_mm: float, height_in_mm: float) -> None:
        self.width_in_mm = width_in_mm
        self.height_in_mm = height_in_mm
        self.width = width_in_mm * POINTS_PER_MM
        self.height = height_in_mm * POINTS_PER_MM
        self.figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72, facecolor="white")
        upside_down = Affine2D().scale(1 / 72, -1 / 72).translate(0, self.height / 72)
        self._points = upside_down + self.figure.dpi_scale_trans
        self._layers = count(1)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        color: str,
        align: TextAlign = "left",
        bold: bool = False,
    ) -> None:
        """One line of text whose middle is at the height `y`."""
        self.figure.text(
            x,
            y + _TO_BASELINE * size,
            text,
            transform=self._points,
            fontsize=size,
            fontweight=_BOLD if bold else _REGULAR,
            color=color,
            ha=align,
            va="baseline",
            parse_math=False,
            zorder=next(self._layers),
        )

    def lines_of_text(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float,
        color: str,
        align: TextAlign = "left",
        bold: bool = False,
    ) -> None:
        """Lines below one another, the middle of them all at the height `y`."""
        pitch = size * LINE_HEIGHT
        top = y - pitch * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.text(x, top + number * pitch, line, size, color, align, bold)

    def line(self, points: Sequence[Point], stroke: Stroke) -> None:
        """A line through `points`, broken where one of them is missing (nan)."""
        xs, ys = zip(*points, strict=True)
        self.figure.add_artist(
            Line2D(
                xs,
                ys,
                transform=self._points,
                color=stroke.color,
                linewidth=stroke.width,
                linestyle=(0, stroke.dashes) if stroke.dashes else "-",
                solid_capstyle="round",
                dash_capstyle="butt",
                marker=stroke.marker or "None",
                markersize=stroke.marker_size,
                markerfacecolor="white" if stroke.hollow else stroke.color,
                markeredgewidth=max(0.8, stroke.width / 2),
                zorder=next(self._layers),
            )
        )

    def bar(
        self, left: float, top: float, width: float, height: float, fill: str, edge: str = "", hatch: str = ""
    ) -> None:
        """A rectangle, with an edge and a hatching in the colour `edge`."""
        self.figure.add_artist(
            Rectangle(
                (left, top),
                width,
                height,
                transform=self._points,
                facecolor=fill,
                edgecolor=edge or "none",
                linewidth=0.6 if edge else 0,
                hatch=hatch or None,
                zorder=next(self._layers),
            )
        )

    def svg(self) -> str:
        """The figure as SVG; its text is text in the family of the fonts in use."""
        buffer = StringIO()
        self.figure.dpi = 72
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        FigureCanvasSVG(self.figure).print_svg(buffer, metadata=nothing)  # type: ignore[no-untyped-call]
        return buffer.getvalue()

    def png(self, dpi: float) -> bytes:
        """The figure as PNG with `dpi` dots to the inch; a palette makes it a quarter as large as full colour."""
        buffer = BytesIO()
        self.figure.dpi = dpi
        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        size = canvas.get_width_height()
        pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1).convert("RGB")
        reduced = image.quantize(_COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        reduced.putpalette([255 if part >= _WHITISH else part for part in reduced.getpalette() or ()])
        reduced.save(buffer, "png", dpi=(dpi, dpi))
        return buffer.getvalue()


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text in points."""
    font = FontProperties(size=size, weight=_BOLD if bold else _REGULAR)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0])
