"""The cover: how much space stands above a title in the middle of the page."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.look.values import Look
from handouts.word.heights import height_of
from handouts.word.nodes import ParagraphNode
from handouts.word.ooxml import POINTS_PER_MM
from handouts.word.styles import ParagraphFormat, format_of


def space_above_title(title: ParagraphNode, above: Iterable[ParagraphNode], look: Look) -> float:
    """The space in pt that puts `title` in the middle of a page on which `above` stands over it."""
    room = look.page.text_width
    flowing = (p for p in above if not format_of(p.key, ParagraphFormat).boxed_at_top_right)
    used = sum(height_of(paragraph, room, look) for paragraph in flowing)
    middle = (look.page.height / 2 - look.page.margin_top) * POINTS_PER_MM
    return max(0.0, middle - used - height_of(title, room, look) / 2)
