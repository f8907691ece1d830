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
from handouts.findings import HandoutError
from handouts.look.fonts import FontFile
from handouts.look.pictures import Drawing
from handouts.look.values import Look

FORMATS = ("svg", "png")


def draw(chart: Chart, look: Look, fonts: Sequence[FontFile], formats: Collection[str] = FORMATS) -> Drawing:
    """The chart in `formats`, the same bytes again; raises HandoutError where a font is damaged."""
    with warnings.catch_warnings():
        # Of a character that no font has our own check says where it was entered.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        use_fonts(fonts)
        try:
            return _drawn(paint(chart, look, fonts), look, formats)
        except RuntimeError:  # what FreeType has to say of a damaged font
            files = "、".join(f"{font.path.parent.name}/{font.path.name}" for font in fonts)
            raise HandoutError(
                f"グラフの文字を描けません。フォントのどれかが壊れています（{files}）。fonts フォルダーに入れたものを出してください。"
            ) from None


def _drawn(canvas: Canvas, look: Look, formats: Collection[str]) -> Drawing:
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
