"""The cover: how much space stands above a title in the middle of the page."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from handouts.look import Look
from handouts.word.nodes import Inline, Paragraph, Picture, Text
from handouts.word.ooxml import POINTS_PER_MM
from handouts.word.style_sheet import style_look
from handouts.word.styles import BreakFormat, ParagraphFormat, format_of, inline_format


def space_above_title(title: Paragraph, above: Iterable[Paragraph], look: Look) -> float:
    """The space in pt that puts `title` in the middle of a page on which `above` stands over it."""
    used = sum(_height(p, look) for p in above if not format_of(p.key, ParagraphFormat).boxed_at_top_right)
    middle = (look.page.height / 2 - look.page.margin_top) * POINTS_PER_MM
    return max(0.0, middle - used - _height(title, look) / 2)


def _height(paragraph: Paragraph, look: Look) -> float:
    style = style_look(paragraph.key[1], look)
    size = style.size or look.font.size
    line = size * (style.line_height or look.font.line_height)
    room = look.page.text_width * POINTS_PER_MM / size
    lines = (math.ceil(_width(text) / room) for text in _plain(paragraph.content).split("\n"))
    return style.before + line * sum(max(1, count) for count in lines) + style.after


def _plain(content: Iterable[Inline]) -> str:
    return "".join(_plain_inline(inline) for inline in content)


def _plain_inline(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    if isinstance(inline, Picture):
        return ""
    return "\n" if isinstance(inline_format(inline.key), BreakFormat) else _plain(inline.content)


def _width(text: str) -> float:
    """The width in em: the font has only full and half widths."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)
