"""The overview of the KPIs: how far each has come, in % of its target.

A KPI that shall not go beyond its target is not mixed with the others, since there the shorter bar is the better one:
it stands in a group of its own, whose heading says so, with the room that it may fill shaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from handouts.charts.axis import Axis
from handouts.charts.bars import (
    GAP,
    PADDING,
    Fill,
    NamedRow,
    Scale,
    head_height,
    named_row,
    paint_legend,
    paint_rule,
    widest,
)
from handouts.charts.canvas import LINE_HEIGHT, POINTS_PER_MM, Canvas, Stroke
from handouts.compose.charts import AchievementChart, AchievementRow, Direction
from handouts.look.values import ChartLook

_WHOLE = Decimal(100)
_LEAST_HIGH = Decimal(125)
# A bar beyond this ends in a cut, so that one KPI far above its target does not make all others look small.
_FARTHEST = Decimal(200)
_NAME_SHARE = 0.36
_BAR = 6.5
# The width in em of a rate behind its bar: it must not lie over the line of 100%.
_RATE_ROOM = 4
_READING = "棒：目標を100%としたときの実績"
_TARGET, _ACTUAL, _MARK = "目標", "実績", "状況"
_Member: TypeAlias = tuple[AchievementRow, NamedRow]
_FILLS: Mapping[bool | None, Callable[[ChartLook], Fill]] = {
    True: lambda look: Fill("達成", look.met),
    False: lambda look: Fill("未達成", look.missed, "////"),
    None: lambda look: Fill("まだ決まらない", look.pending, "...."),
}


@dataclass(frozen=True, slots=True)
class _Columns:
    """The right edges of target and actual, the middle of the mark, and the scale of the bars."""

    target: float
    actual: float
    mark: float
    scale: Scale

    def x(self, rate: Decimal) -> float:
        """Where a bar of this rate ends."""
        return self.scale.x(self.scale.axis.share(rate))


def paint_achievement(chart: AchievementChart, look: ChartLook) -> Canvas:
    """The canvas with the bars of `chart`."""
    width = look.full_width * POINTS_PER_MM
    rows = [named_row(row.name, width * _NAME_SHARE, look.size, _BAR) for row in chart.rows]
    members = list(zip(chart.rows, rows, strict=True))
    groups = [
        (direction, [pair for pair in members if pair[0].direction is direction]) for direction in Direction
    ]
    groups = [(direction, found) for direction, found in groups if found]
    height = head_height(look) + sum(_group_height(found, look) for _, found in groups) + 1
    canvas = Canvas(look.full_width, height / POINTS_PER_MM)
    columns = _columns(chart, canvas, look)
    _paint_head(columns, canvas, look)
    paint_legend(list(_legend(chart.rows, look)), canvas, look)
    y = head_height(look)
    for direction, found in groups:
        _paint_group(direction, found, y, columns, canvas, look)
        y += _group_height(found, look)
    paint_rule(y, canvas, look)
    return canvas


def _columns(chart: AchievementChart, canvas: Canvas, look: ChartLook) -> _Columns:
    targets = widest([_TARGET, *(row.target_text for row in chart.rows)], look.size)
    actuals = widest([_ACTUAL, *(row.actual_text for row in chart.rows)], look.size)
    target = canvas.width * _NAME_SHARE + 2 * GAP + targets
    actual = target + 3 * GAP + actuals
    mark = actual + 2 * GAP + widest([_MARK], look.size) / 2
    right = canvas.width - 2 * GAP - widest([row.rate_text for row in chart.rows], look.size)
    return _Columns(target, actual, mark, Scale(_axis(chart), mark + 6 * GAP, right))


def _axis(chart: AchievementChart) -> Axis:
    rates = [row.rate for row in chart.rows if row.rate is not None]
    high = min(max([_LEAST_HIGH, *rates]), _FARTHEST)
    step = 25 if high <= _LEAST_HIGH else 50
    ticks = tuple(Decimal(tick) for tick in range(0, int(high) + 1, step))
    return Axis(Decimal(0), high, ticks, tuple(f"{tick}%" for tick in ticks))


def _paint_head(columns: _Columns, canvas: Canvas, look: ChartLook) -> None:
    canvas.text(0, look.size * LINE_HEIGHT / 2, _READING, look.size, look.axis)
    y = head_height(look) - GAP - look.size / 2
    canvas.text(columns.target, y, _TARGET, look.size, look.axis, "right")
    canvas.text(columns.actual, y, _ACTUAL, look.size, look.axis, "right")
    canvas.text(columns.mark, y, _MARK, look.size, look.axis, "center")
    for tick, text in zip(columns.scale.axis.ticks, columns.scale.axis.tick_texts, strict=True):
        canvas.text(columns.x(tick), y, text, look.size, look.axis, "center", bold=tick == _WHOLE)


def _group_height(members: Sequence[_Member], look: ChartLook) -> float:
    return _heading_height(look) + sum(named.height for _, named in members)


def _heading_height(look: ChartLook) -> float:
    return look.size * LINE_HEIGHT + 2 * PADDING


def _paint_group(
    direction: Direction,
    members: Sequence[_Member],
    y: float,
    columns: _Columns,
    canvas: Canvas,
    look: ChartLook,
) -> None:
    """The heading and the rows of one direction, from the height `y` down."""
    top = y + _heading_height(look)
    bottom = y + _group_height(members, look)
    canvas.bar(0, y, canvas.width, top - y, look.heading)
    canvas.text(GAP, (y + top) / 2, direction.value, look.size, look.axis, bold=True)
    if direction is Direction.AT_MOST:
        whole, none = columns.x(_WHOLE), columns.x(Decimal(0))
        canvas.bar(none, top, whole - none, bottom - top, look.allowed)
    if direction is not Direction.NO_NUMBER:
        for tick in columns.scale.axis.ticks:
            is_edge = tick in (0, _WHOLE)
            stroke = Stroke(look.axis if is_edge else look.grid, 1.2 if tick == _WHOLE else 0.5)
            canvas.line([(columns.x(tick), top), (columns.x(tick), bottom)], stroke)
    y = top
    for row, named in members:
        paint_rule(y, canvas, look)
        _paint_row(row, named, y + named.height / 2, columns, canvas, look)
        y += named.height


def _paint_row(
    row: AchievementRow, named: NamedRow, middle: float, columns: _Columns, canvas: Canvas, look: ChartLook
) -> None:
    canvas.lines_of_text(GAP, middle, named.lines, look.size, look.axis)
    canvas.text(columns.target, middle, row.target_text, look.size, look.axis, "right")
    canvas.text(columns.actual, middle, row.actual_text, look.size, look.axis, "right")
    canvas.text(columns.mark, middle, row.mark, look.size, look.axis, "center")
    if row.rate is None:
        return
    fill = _fill(row, look)
    left, end = columns.x(Decimal(0)), columns.x(row.rate)
    if end > left:
        canvas.bar(left, middle - _BAR / 2, end - left, _BAR, fill.color, look.axis, fill.hatch)
    if row.rate > _FARTHEST:
        for at in (end - 10, end - 7):
            canvas.line([(at - 2, middle + _BAR), (at + 2, middle - _BAR)], Stroke("#FFFFFF", 1.5))
    whole = columns.x(_WHOLE)
    x = max(end, whole) if end + GAP + 1 > whole - _RATE_ROOM * look.size else end
    canvas.text(x + GAP, middle, row.rate_text, look.size, look.axis)


def _legend(rows: Sequence[AchievementRow], look: ChartLook) -> Iterator[Fill]:
    """The fillings that are there, in a fixed order."""
    present = {row.is_met for row in rows if row.rate is not None}
    for is_met in (True, False, None):
        if is_met in present:
            yield _FILLS[is_met](look)


def _fill(row: AchievementRow, look: ChartLook) -> Fill:
    return _FILLS[row.is_met](look)
