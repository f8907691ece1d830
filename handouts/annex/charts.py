"""Native charts of the annex, which read in black and white as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from handouts.compose.annex.cells import AnnexChart, CellRange, ChartSeries
from handouts.xlsx.sizes import PIXELS_OF_CELL, PIXELS_OF_CHARACTER

_DARK, _GRID = "#1F3864", "#D9D9D9"
# From the newest line to the oldest: told apart by dash and mark as well.
_LINES: Sequence[Mapping[str, Any]] = (
    {
        "line": {"color": _DARK, "width": 2.25},
        "marker": {"type": "circle", "size": 6, "fill": {"color": _DARK}, "border": {"color": _DARK}},
    },
    {
        "line": {"color": "#7F7F7F", "width": 1.5, "dash_type": "dash"},
        "marker": {"type": "square", "size": 5, "fill": {"color": "#FFFFFF"}, "border": {"color": "#7F7F7F"}},
    },
    {
        "line": {"color": "#A6A6A6", "width": 1.5, "dash_type": "round_dot"},
        "marker": {
            "type": "triangle",
            "size": 5,
            "fill": {"color": "#FFFFFF"},
            "border": {"color": "#A6A6A6"},
        },
    },
)
_BARS: Sequence[Mapping[str, Any]] = (
    {"fill": {"color": _GRID}, "border": {"color": "#404040"}},
    {"fill": {"color": _DARK}, "border": {"color": _DARK}},
)
_PIXELS_OF_ROW = 20
_FONT_SIZE, _TITLE_SIZE = 9, 10


def draw_chart(workbook: Workbook, chart: AnnexChart, widths: Sequence[float], font: str) -> Chart:
    """The chart, as wide as its columns of the sheet."""
    is_bars = chart.kind == "bars"
    native = workbook.add_chart({"type": "bar" if is_bars else "line"})
    assert native is not None
    for number, series in enumerate(chart.series):
        look = _BARS[number] if is_bars else _LINES[min(len(chart.series) - 1 - number, len(_LINES) - 1)]
        native.add_series({**_data(series), **look})
    letters = {"name": font, "size": _FONT_SIZE}
    native.set_title({"name": chart.title, "name_font": {"name": font, "size": _TITLE_SIZE, "bold": True}})
    native.set_legend({"position": "bottom", "font": letters})
    # Where the first bar is at the top, the other axis stands at the far end, which is the foot.
    # The months stand at the foot too, where lines go below zero.
    place = {"reverse": True, "crossing": "max"} if is_bars else {"label_position": "low"}
    categories = {"num_font": letters, **place}
    values = {
        "num_font": letters,
        "num_format": chart.form,
        "major_gridlines": {"visible": True, "line": {"color": _GRID}},
    }
    # The axis of lying bars that runs from left to right is that of the values.
    native.set_x_axis(values if is_bars else categories)
    native.set_y_axis(categories if is_bars else values)
    native.show_blanks_as("gap")
    native.set_size({"width": _width(chart, widths), "height": chart.rows * _PIXELS_OF_ROW})
    return native


def _data(series: ChartSeries) -> Mapping[str, Any]:
    """The cells of a series, and what stands in them for programs that do not look there."""
    return {
        "name": series.name,
        "categories": _formula(series.categories),
        "values": _formula(series.values),
        "categories_data": list(series.words),
        "values_data": [None if figure is None else float(figure) for figure in series.figures],
    }


def _formula(ranges: Sequence[CellRange]) -> str:
    names = ",".join(each.name for each in ranges)
    return f"={names}" if len(ranges) == 1 else f"=({names})"


def _width(chart: AnnexChart, widths: Sequence[float]) -> int:
    columns = widths if chart.size == "full" else widths[: len(widths) // 2]
    return sum(int(width * PIXELS_OF_CHARACTER + 0.5) + PIXELS_OF_CELL for width in columns) - PIXELS_OF_CELL
