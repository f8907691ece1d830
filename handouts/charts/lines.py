"""Months as lines: each year named at the end of its line, the newest year bold, the target dashed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handouts.charts.axis import Axis, axis_for
from handouts.charts.canvas import LINE_HEIGHT, Canvas, Stroke, width_of
from handouts.charts.placing import Point, Rectangle, Segment, broken, distance, place_beside, spread
from handouts.compose.charts import ChartLine, LineChart
from handouts.dataset.figures import is_percent_unit
from handouts.look.values import ChartLook

_GAP = 3.0
_LEADER_GAP = 9.0
# Farther from its line than this, a label is tied to it by a thin line.
_NEAR = 6.0
_LABEL_SHARE = 0.4
_THIN = 0.4


@dataclass(frozen=True, slots=True)
class _Label:
    """A text at the end of a line, in as many printed lines as its room demands."""

    lines: tuple[str, ...]
    color: str
    is_bold: bool
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the figures stand: the box of the plot, its axis, and how many months it has."""

    box: Rectangle
    axis: Axis
    months: int

    def x(self, month: int) -> float:
        slot = (self.box.right - self.box.left) / self.months
        return self.box.left + (month + 0.5) * slot

    def y(self, value: Decimal) -> float:
        return self.box.bottom - self.axis.share(value) * (self.box.bottom - self.box.top)

    def point(self, month: int, value: Decimal | None) -> Point:
        """The place of a figure; nowhere (nan) for a month without one."""
        return self.x(month), math.nan if value is None else self.y(value)


def paint_lines(chart: LineChart, look: ChartLook) -> Canvas:
    """The canvas with the lines of `chart`."""
    canvas = _canvas(chart, look)
    right = [
        (line, _label(line.end_text, canvas, look, _color(line, chart, look), line.is_newest))
        for line in chart.lines
        if line.values[-1] is not None
    ]
    target = _target_label(chart, canvas, look)
    margin = max([label.width for _, label in right] + [target.width if target else 0.0])
    plot = _plot(chart, canvas, look, margin)
    _paint_grid(chart, plot, canvas, look)
    if chart.target is not None:
        y = plot.y(chart.target)
        canvas.line([(plot.box.left, y), (plot.box.right, y)], Stroke(look.target, 0.9, (4, 2.2)))
    for line in chart.lines:
        _paint_line(line, plot, canvas, _stroke(line, chart, look))
    ends = [(plot.point(plot.months - 1, line.values[-1]), label) for line, label in right]
    if chart.target is not None and target:
        ends.append(((plot.box.right, plot.y(chart.target)), target))
    _paint_right_labels(ends, plot, canvas, look)
    _paint_inner_labels(chart, plot, canvas, look)
    return canvas


def _canvas(chart: LineChart, look: ChartLook) -> Canvas:
    if chart.size == "item":
        return Canvas(look.item_width, look.item_height)
    return Canvas(look.full_width if chart.size == "full" else look.width, look.height)


def _plot(chart: LineChart, canvas: Canvas, look: ChartLook, margin: float) -> _Plot:
    values = [value for line in chart.lines for value in line.values if value is not None]
    axis = axis_for([*values, *([] if chart.target is None else [chart.target])], is_percent_unit(chart.unit))
    left = max(width_of(text, look.size) for text in axis.tick_texts) + _GAP
    right = margin + _LEADER_GAP + _GAP if margin else _GAP
    has_head = chart.unit or (chart.target is None and chart.target_text)
    top = look.size * LINE_HEIGHT + _GAP if has_head else look.size / 2 + 1
    bottom = look.size * LINE_HEIGHT + _GAP
    box = Rectangle(left + _GAP, top + _GAP, canvas.width - right, canvas.height - bottom)
    return _Plot(box, axis, len(chart.months))


def _paint_grid(chart: LineChart, plot: _Plot, canvas: Canvas, look: ChartLook) -> None:
    box, size = plot.box, look.size
    for tick, text in zip(plot.axis.ticks, plot.axis.tick_texts, strict=True):
        y = plot.y(tick)
        is_zero = tick == 0
        canvas.line([(box.left, y), (box.right, y)], Stroke(look.axis if is_zero else look.grid, 0.5))
        canvas.text(box.left - _GAP, y, text, size, look.axis, "right")
    canvas.line([(box.left, box.bottom), (box.right, box.bottom)], Stroke(look.axis, 0.6))
    head = size * LINE_HEIGHT / 2
    if chart.unit:
        canvas.text(0, head, f"（{chart.unit}）", size, look.axis)
    if chart.target is None and chart.target_text:
        canvas.text(canvas.width, head, f"目標 {chart.target_text}", size, look.target, "right")
    for month, text in enumerate(_month_texts(chart.months, plot, size)):
        canvas.text(plot.x(month), box.bottom + _GAP + head, text, size, look.axis, "center")


def _month_texts(months: Sequence[str], plot: _Plot, size: float) -> Sequence[str]:
    """The months as printed; where they are too tight, 月 stands behind the first one only."""
    slot = (plot.box.right - plot.box.left) / plot.months
    if max(width_of(month, size) for month in months) + 1 <= slot:
        return months
    return [month if not number else month.removesuffix("月") for number, month in enumerate(months)]


def _color(line: ChartLine, chart: LineChart, look: ChartLook) -> str:
    return _stroke(line, chart, look).color


def _stroke(line: ChartLine, chart: LineChart, look: ChartLook) -> Stroke:
    """Years differ in width, dashes and markers too, so that they can be told apart without colour."""
    if line.is_newest:
        return Stroke(look.newest, look.newest_line, (), "o", 3.6)
    older = [each for each in chart.lines if not each.is_newest][::-1].index(line)
    if older == 0:
        return Stroke(look.previous, look.line, (), "s", 3.2, hollow=True)
    styles = (((1.2, 1.2), "^"), ((5, 1.5, 1, 1.5), "D"), ((3, 1.5), "v"))
    dashes, marker = styles[(older - 1) % len(styles)]
    return Stroke(look.older, look.line, dashes, marker, 3.2, hollow=True)


def _paint_line(line: ChartLine, plot: _Plot, canvas: Canvas, stroke: Stroke) -> None:
    """The line; over months without a figure only a hairline goes on, so that they are seen as a gap."""
    points = [plot.point(month, value) for month, value in enumerate(line.values)]
    known = [month for month, value in enumerate(line.values) if value is not None]
    for before, after in pairwise(known):
        if after > before + 1:
            canvas.line([points[before], points[after]], Stroke(stroke.color, _THIN))
    canvas.line(points, stroke)


def _label(text: str, canvas: Canvas, look: ChartLook, color: str, is_bold: bool) -> _Label:
    def measure(part: str) -> float:
        return width_of(part, look.size, is_bold)

    lines = broken(text, canvas.width * _LABEL_SHARE, measure)
    height = len(lines) * look.size * LINE_HEIGHT
    return _Label(lines, color, is_bold, max(map(measure, lines)), height)


def _target_label(chart: LineChart, canvas: Canvas, look: ChartLook) -> _Label | None:
    if chart.target is None:
        return None
    return _label(f"目標 {chart.target_text}", canvas, look, look.target, is_bold=False)


def _paint_right_labels(
    ends: Sequence[tuple[Point, _Label]], plot: _Plot, canvas: Canvas, look: ChartLook
) -> None:
    """The labels of what reaches the last month, below one another at the right."""
    heights = [label.height for _, label in ends]
    middles = spread([y for (_, y), _ in ends], heights, 0, canvas.height)
    for (end, label), middle in zip(ends, middles, strict=True):
        x = plot.box.right + _LEADER_GAP
        if abs(middle - end[1]) > 1:
            canvas.line([end, (x - 1, middle)], Stroke(label.color, _THIN))
        canvas.lines_of_text(x, middle, label.lines, look.size, label.color, bold=label.is_bold)


def _paint_inner_labels(chart: LineChart, plot: _Plot, canvas: Canvas, look: ChartLook) -> None:
    """The labels of lines that end before the last month, each where it covers nothing."""
    segments = list(_segments(chart, plot))
    taken: list[Rectangle] = []
    for line in chart.lines:
        month, value = max((m, v) for m, v in enumerate(line.values) if v is not None)
        if month == plot.months - 1:
            continue
        label = _label(line.end_text, canvas, look, _color(line, chart, look), line.is_newest)
        point = plot.point(month, value)
        room = Rectangle(plot.box.left, 0, plot.box.right, plot.box.bottom)
        place = place_beside(point, (label.width, label.height), room, taken, segments)
        if distance(place, point) > _NEAR:
            canvas.line([point, _nearest(place, point)], Stroke(label.color, _THIN))
        middle = (place.top + place.bottom) / 2
        canvas.lines_of_text(place.left, middle, label.lines, look.size, label.color, bold=label.is_bold)
        taken.append(place)


def _nearest(box: Rectangle, point: Point) -> Point:
    return max(box.left, min(point[0], box.right)), max(box.top, min(point[1], box.bottom))


def _segments(chart: LineChart, plot: _Plot) -> Iterator[Segment]:
    """Everything that is drawn in the plot and should stay visible."""
    for line in chart.lines:
        known = [plot.point(month, value) for month, value in enumerate(line.values) if value is not None]
        yield from pairwise(known)
    if chart.target is not None:
        y = plot.y(chart.target)
        yield (plot.box.left, y), (plot.box.right, y)
