"""One chart to one drawing."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence

from handouts.charts.achievement import paint_achievement
from handouts.charts.canvas import Canvas, use_fonts
from handouts.charts.execution import paint_execution
from handouts.charts.lines import paint_lines
from handouts.compose.charts import AchievementChart, Chart, LineChart
from handouts.dataset.remembered import remembered
from handouts.look.fonts import FontFile
from handouts.look.pictures import Drawing
from handouts.look.values import Look

FORMATS = ("svg", "png")


def draw(chart: Chart, look: Look, fonts: Sequence[FontFile], formats: Collection[str] = FORMATS) -> Drawing:
    """The chart in `formats`; the same chart gives the same bytes."""
    with warnings.catch_warnings():
        # Of a character that no font has our own check says where it was entered.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        use_fonts(fonts)
        canvas = paint(chart, look, fonts)
        return Drawing(
            svg=canvas.svg() if "svg" in formats else "",
            png=canvas.png(look.chart.dpi) if "png" in formats else b"",
            width=canvas.width_in_mm,
            height=canvas.height_in_mm,
        )


@remembered(64)
def paint(chart: Chart, look: Look, fonts: Sequence[FontFile]) -> Canvas:
    """The canvas with the chart on it: the page and Word show the same one."""
    use_fonts(fonts)
    if isinstance(chart, LineChart):
        return paint_lines(chart, look.chart)
    if isinstance(chart, AchievementChart):
        return paint_achievement(chart, look.chart)
    return paint_execution(chart, look.chart)
