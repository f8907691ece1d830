"""How high the rows of the input workbook are, and how wide a column is whose texts no row would hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from handouts.look.fitting import text_width
from handouts.xlsx.sizes import row_height

# Of at most 409 pt as Excel has it, also in a font that stands in for ours and is higher.
MOST_LINES = 30
_LINE_HEIGHT, _PADDING = 12.0, 3.0  # points
_WIDEST, _STEP = 255.0, 5.0


def fit_row(sheet: Any, at: int, texts: Sequence[tuple[str, float]]) -> None:
    """Gives a row the height of its highest text."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(at, row_height(lines, _LINE_HEIGHT, _PADDING))


def lines_of(text: str, width: float) -> int:
    """How many lines of a cell a text takes in a column of this width."""
    return sum(max(1, math.ceil(text_width(line) / room_of(width))) for line in text.split("\n"))


def room_of(width: float) -> float:
    """How many full characters a line of a column has room for, without the space at the edges of its cells."""
    return max(1.0, width - 1) / 2


def wide_enough(width: float, texts: Iterable[str]) -> float:
    """The width of a column, more than `width` where a row would be too high for one of the texts."""
    # Most texts are short; the others are counted.
    long = [
        text
        for text in texts
        if len(text) > room_of(width) * MOST_LINES / 2 or text.count("\n") > MOST_LINES / 2
    ]
    while width < _WIDEST and any(lines_of(text, width) > MOST_LINES for text in long):
        width += _STEP
    return width
