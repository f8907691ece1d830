"""What charts of bars share: a head with a legend and an axis, and rows with a name at their left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.charts.axis import Axis
from handouts.charts.canvas import LINE_HEIGHT, Canvas, Stroke, width_of
from handouts.charts.placing import broken
from handouts.look.values import ChartLook

GAP = 4.0
PADDING = 2.4
"""Points above and below what stands in a row."""
_HAIRLINE = 0.5
_SWATCH = 14.0


@dataclass(frozen=True, slots=True)
class Fill:
    """How bars of one kind are filled, and what they are called in the legend."""

    name: str
    color: str
    hatch: str = ""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """The name of a row in printed lines, and the height that the row takes."""

    lines: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Where bars begin and end between two edges in points; a value beyond the axis ends with it."""

    axis: Axis
    left: float
    right: float

    def x(self, share: float) -> float:
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def named_row(name: str, room: float, size: float, least: float) -> NamedRow:
    """A row with its name broken to `room`, at least as high as what stands beside the name."""
    lines = broken(name, room, lambda part: width_of(part, size))
    return NamedRow(lines, max(least, len(lines) * size * LINE_HEIGHT) + 2 * PADDING)


def widest(texts: Sequence[str], size: float) -> float:
    """The width of the widest of `texts`."""
    return max((width_of(text, size) for text in texts), default=0.0)


def head_height(look: ChartLook) -> float:
    """The height of the legend and of the line with the names of the columns."""
    return 2 * look.size * LINE_HEIGHT + 2 * GAP


def paint_legend(fills: Sequence[Fill], canvas: Canvas, look: ChartLook) -> None:
    """What each filling means, at the top right."""
    middle = look.size * LINE_HEIGHT / 2
    x = canvas.width
    for fill in reversed(fills):
        x -= width_of(fill.name, look.size)
        canvas.text(x, middle, fill.name, look.size, look.axis)
        x -= _SWATCH + 2
        canvas.bar(x, middle - 3, _SWATCH, 6, fill.color, look.axis, fill.hatch)
        x -= 2 * GAP


def paint_axis(scale: Scale, canvas: Canvas, look: ChartLook, bottom: float) -> None:
    """The figures of the axis in the head, and a hairline down from each."""
    head = head_height(look)
    for tick, text in zip(scale.axis.ticks, scale.axis.tick_texts, strict=True):
        x = scale.x(scale.axis.share(tick))
        canvas.text(x, head - GAP - look.size / 2, text, look.size, look.axis, "center")
        canvas.line([(x, head), (x, bottom)], Stroke(look.axis if tick == 0 else look.grid, _HAIRLINE))


def paint_rule(y: float, canvas: Canvas, look: ChartLook) -> None:
    """A hairline over the whole width, between two rows."""
    canvas.line([(0, y), (canvas.width, y)], Stroke(look.grid, _HAIRLINE))
