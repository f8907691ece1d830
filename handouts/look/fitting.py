"""How many lines a text takes in a column: the font has only full and half widths, so it can be counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from handouts.characters import is_attached
from handouts.look.values import Look, ParagraphLook

MM_PER_POINT = 25.4 / 72
# What a page break must leave of the paragraph after a heading, as orphans in handout.css.
ORPHANS = 2
_NEAR = 1e-6  # em


def line_count(text: str, column: str, style: str, look: Look) -> int:
    """The lines that `text` takes in the style and the column of these names; near enough, kinsoku aside."""
    paragraph = look.styles[style]
    width = look.columns[column] - 2 * look.line.padding
    return lines_in(text, width, paragraph, paragraph.size or look.font.size)


@lru_cache(maxsize=8192)
def lines_in(text: str, width: float, style: ParagraphLook, size: float) -> int:
    """The lines that `text` takes in a room of so many mm, in characters of so many pt."""
    room = max(1.0, width / MM_PER_POINT / size - style.left - style.hanging - style.right)
    lines, left = 1, room + style.hanging  # the first line hangs out by so much
    for character in text:
        wanted = _character_width(character)
        if wanted > left + _NEAR:
            lines, left = lines + 1, room
        left -= wanted
    return lines


def text_width(text: str) -> float:
    """The width of `text` in em."""
    return sum(map(_character_width, text))


@cache
def _character_width(character: str) -> float:
    if is_attached(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def lead_lines(paragraphs: Iterable[tuple[str, str]], column: str, look: Look) -> int:
    """How many lines at the top of a cell must stay together, so that no heading is left alone.

    The paragraphs are given by style and text: those that stay with the next one count whole, and the first other
    one with as much of it as a page break may leave.
    """
    lines = 0
    for style, text in paragraphs:
        count = line_count(text, column, style, look)
        if not look.styles[style].keep:
            return lines + min(count, ORPHANS)
        lines += count
    return lines


def spread(heights: Sequence[int], lines: Sequence[int]) -> list[int]:
    """How many of the `lines` (each so many lines high) stand beside each of the rows of these `heights`, in order.

    A row takes what it has room for; what is left over stands beside the last one.
    """
    counts = [0] * len(heights)
    at = 0
    for row, height in enumerate(heights):
        room = height
        while at < len(lines) and (lines[at] <= room or row == len(heights) - 1):
            room -= lines[at]
            counts[row] += 1
            at += 1
    return counts


def paragraph_height(text: str, column: str, style: str, look: Look) -> float:
    """The height in mm of a paragraph with the space around it."""
    paragraph = look.styles[style]
    line = (paragraph.size or look.font.size) * (paragraph.line_height or look.font.line_height)
    lines = line_count(text, column, style, look)
    return (lines * line + paragraph.before + paragraph.after) * MM_PER_POINT


def two_panels(heights: Sequence[float], room: float) -> tuple[list[int], list[int]]:
    """The parts of these heights in two panels, about equally long.

    They are read down the left one and then down the right one, where that fits into `room`; else each part stands
    in the panel that is shorter so far.
    """
    parts = range(len(heights))
    # Of two cuts that are as good the later one, so that one part alone stands at the left.
    cut = min(reversed(range(len(heights) + 1)), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    if max(sum(heights[:cut]), sum(heights[cut:])) <= room:
        return list(parts[:cut]), list(parts[cut:])
    panels: tuple[list[int], list[int]] = ([], [])
    for part in parts:
        min(panels, key=lambda panel: sum(heights[each] for each in panel)).append(part)
    return panels
