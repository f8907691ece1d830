"""Budget and execution of each initiative: two bars below one another, and the rate of execution at the right."""

from __future__ import annotations

from handouts.charts.axis import axis_for
from handouts.charts.bars import (
    GAP,
    Fill,
    NamedRow,
    Scale,
    head_height,
    named_row,
    paint_axis,
    paint_legend,
    paint_rule,
    widest,
)
from handouts.charts.canvas import LINE_HEIGHT, POINTS_PER_MM, Canvas
from handouts.compose.charts import ExecutionBars, ExecutionChart
from handouts.look.values import ChartLook

_NAME_SHARE = 0.38
_BAR = 6.0
_RATE = "執行率"
_UNIT = "（千円）"


def paint_execution(chart: ExecutionChart, look: ChartLook) -> Canvas:
    """The canvas with the bars of `chart`."""
    width = look.full_width * POINTS_PER_MM
    pitch = look.size * LINE_HEIGHT
    rows = [named_row(row.name, width * _NAME_SHARE, look.size, 2 * pitch) for row in chart.rows]
    height = head_height(look) + sum(row.height for row in rows) + 1
    canvas = Canvas(look.full_width, height / POINTS_PER_MM)
    scale = _scale(chart, canvas, look)
    fills = _fills(look)
    paint_legend(fills, canvas, look)
    paint_axis(scale, canvas, look, height - 1)
    head = head_height(look) - GAP - look.size / 2
    canvas.text(scale.left - GAP, head, _UNIT, look.size, look.axis, "right")
    canvas.text(canvas.width, head, _RATE, look.size, look.axis, "right")
    y = head_height(look)
    for row, named in zip(chart.rows, rows, strict=True):
        paint_rule(y, canvas, look)
        _paint_row(row, named, y, scale, canvas, look)
        y += named.height
    paint_rule(y, canvas, look)
    return canvas


def _scale(chart: ExecutionChart, canvas: Canvas, look: ChartLook) -> Scale:
    axis = axis_for([amount for row in chart.rows for amount in (row.budgeted, row.executed)], from_zero=True)
    texts = [text for row in chart.rows for text in (row.budgeted_text, row.executed_text)]
    rates = widest([_RATE, *(row.rate_text for row in chart.rows)], look.size)
    right = canvas.width - rates - widest(texts, look.size) - 4 * GAP
    return Scale(axis, canvas.width * _NAME_SHARE + widest([_UNIT], look.size), right)


def _fills(look: ChartLook) -> tuple[Fill, Fill]:
    return Fill("予算額", look.budgeted), Fill("執行額", look.executed, "////")


def _paint_row(
    row: ExecutionBars, named: NamedRow, top: float, scale: Scale, canvas: Canvas, look: ChartLook
) -> None:
    middle = top + named.height / 2
    canvas.lines_of_text(GAP, middle, named.lines, look.size, look.axis)
    canvas.text(canvas.width, middle, row.rate_text, look.size, look.axis, "right")
    pitch = look.size * LINE_HEIGHT
    amounts = ((row.budgeted, row.budgeted_text), (row.executed, row.executed_text))
    for number, ((amount, text), fill) in enumerate(zip(amounts, _fills(look), strict=True)):
        y = middle + (number - 0.5) * pitch
        end = scale.x(scale.axis.share(amount))
        if end > scale.left:
            canvas.bar(scale.left, y - _BAR / 2, end - scale.left, _BAR, fill.color, look.axis, fill.hatch)
        canvas.text(end + GAP, y, text, look.size, look.axis)
