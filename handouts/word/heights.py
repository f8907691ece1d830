"""About how high a block stands: Word itself knows only when it lays out the pages."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.look.fitting import lines_in
from handouts.look.values import Look
from handouts.word.nodes import Block, Inline, Picture, Row, Table, Text
from handouts.word.ooxml import POINTS_PER_MM
from handouts.word.style_sheet import style_look
from handouts.word.styles import BreakFormat, inline_format


def height_of(block: Block, width: float, look: Look) -> float:
    """The height in pt of a paragraph or table in a column that has `width` mm for it."""
    if isinstance(block, Table):
        return sum(_row_height(row, width, look) for row in block.rows)
    style = style_look(block.key[1], look)
    size = style.size or look.font.size
    lines = sum(lines_in(text, width, style, size) for text in _plain(block.content).split("\n"))
    return style.before + lines * size * (style.line_height or look.font.line_height) + style.after


def _row_height(row: Row, width: float, look: Look) -> float:
    """That of the highest cell, as if all columns were of the same width."""
    room = width / max(1, sum(cell.span for cell in row.cells))
    padding = 2 * look.line.padding
    heights = [
        sum(height_of(block, room * cell.span - padding, look) for block in cell.blocks) for cell in row.cells
    ]
    return max(heights, default=0.0) + padding * POINTS_PER_MM


def _plain(content: Iterable[Inline]) -> str:
    return "".join(_plain_inline(inline) for inline in content)


def _plain_inline(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    if isinstance(inline, Picture):
        return ""
    return "\n" if isinstance(inline_format(inline.key), BreakFormat) else _plain(inline.content)
