"""How wide columns and how high rows of a workbook are, in the font that we write them in."""

from __future__ import annotations

from collections.abc import Iterable

PIXELS_OF_CHARACTER, PIXELS_OF_CELL = 7, 5  # of a half-width character, and beside the text of a cell
_HIGHEST_ROW = 409.0  # pt


def pixels_wide(widths: Iterable[float]) -> float:
    """The width of columns that take so many half-width characters."""
    return sum(width * PIXELS_OF_CHARACTER + PIXELS_OF_CELL for width in widths)


def row_height(lines: int, line_height: float, padding: float) -> float:
    """The height in pt of a row of so many lines, at most what Excel takes."""
    return min(lines * line_height + padding, _HIGHEST_ROW)
