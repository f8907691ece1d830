"""Which paragraphs of a plan are headings, and at which level each paragraph stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.dataset.plan import Kind, Paragraph

DEEPEST_HEADING = 4
TITLE_LENGTH = 40  # an unnumbered line is a heading only where it is as short as a title


def settle_headings(read: Sequence[Paragraph], bodies: frozenset[int]) -> tuple[Paragraph, ...]:
    """The paragraphs with their final kinds and levels.

    As read, a labelled paragraph is an item (with ○ a heading) at the level of the style, and all others,
    ◆ too, are at level 0. `bodies` are the lines that are said to be text.
    """
    settling = _Settling(read, bodies)
    for index in range(len(read)):
        settling.settle(index)
    return tuple(settling.settled)


def is_unnumbered_heading(before: Paragraph, text: str, after: Paragraph) -> bool:
    """Whether an unlabelled line between `before` and `after` is a heading: short, no sentence, a list beneath."""
    is_between = before.kind is Kind.HEADING and _has_level(before) and _has_level(after)
    is_title = len(text) <= TITLE_LENGTH and not _is_sentence(text)
    return is_between and is_title and before.level < after.level <= DEEPEST_HEADING


class _Settling:
    def __init__(self, read: Sequence[Paragraph], bodies: frozenset[int]) -> None:
        self.read = read
        self.bodies = bodies
        self.settled: list[Paragraph] = []
        self._open: list[Paragraph] = []  # the headings under which the next paragraph stands
        self._pushed: list[int] = []  # the levels of the style that an unnumbered heading pushes one down
        self._levels_below = _levels_of_next_labels(read)

    def settle(self, index: int) -> None:
        paragraph = self._settled(index)
        if paragraph.kind in (Kind.HEADING, Kind.ITEM):
            self._close(paragraph.level)
        if paragraph.kind is Kind.HEADING:
            self._open.append(paragraph)
        self.settled.append(paragraph)

    def _settled(self, index: int) -> Paragraph:
        paragraph = self.read[index]
        if _has_level(paragraph):
            return self._labelled(index)
        if paragraph.kind is Kind.HEADING:
            return replace(paragraph, level=self._level_of_marked())
        if level := self._level_of_unnumbered(index):
            return replace(paragraph, kind=Kind.HEADING, level=level)
        return replace(paragraph, level=self._open[-1].level if self._open else 0)

    def _labelled(self, index: int) -> Paragraph:
        paragraph = self.read[index]
        self._pushed = [level for level in self._pushed if level <= paragraph.level]
        level = paragraph.level + len(self._pushed)
        kind = Kind.HEADING if self._heads(index, level) else Kind.ITEM
        return replace(paragraph, kind=kind, level=level)

    def _heads(self, index: int, level: int) -> bool:
        """Whether a labelled paragraph is a heading; at levels 3 and 4 what stands beneath it decides."""
        paragraph = self.read[index]
        if paragraph.kind is Kind.HEADING or level == 1:
            return True
        if level > DEEPEST_HEADING or _is_sentence(paragraph.text):
            return False
        return level == 2 or self._levels_below[index] > paragraph.level or self._is_followed_by_text(index)

    def _is_followed_by_text(self, index: int) -> bool:
        below = (self.read[later] for later in range(index + 1, len(self.read)))
        after = next((paragraph for paragraph in below if paragraph.kind is not Kind.CAPTION), None)
        return after is not None and (after.kind in (Kind.BODY, Kind.BULLET) or _is_marked(after))

    def _level_of_marked(self) -> int:
        """◆ stands one below the heading above it, and beside another ◆."""
        above = next((heading for heading in reversed(self._open) if not _is_marked(heading)), None)
        return above.level + 1 if above else 1

    def _level_of_unnumbered(self, index: int) -> int:
        """The level of an unlabelled line that is a heading, pushing what follows down; otherwise 0."""
        paragraph = self.read[index]
        is_free = paragraph.kind is Kind.BODY and paragraph.line not in self.bodies
        if not is_free or not self.settled or index + 1 == len(self.read):
            return 0
        after = self.read[index + 1]
        level = after.level + sum(level <= after.level for level in self._pushed)
        if not is_unnumbered_heading(self.settled[-1], paragraph.text, replace(after, level=level)):
            return 0
        self._pushed.append(after.level)
        return level

    def _close(self, level: int) -> None:
        while self._open and self._open[-1].level >= level:
            self._open.pop()


def _levels_of_next_labels(read: Sequence[Paragraph]) -> list[int]:
    levels = [0] * (len(read) + 1)
    for index in range(len(read) - 1, 0, -1):
        levels[index - 1] = read[index].level if _has_level(read[index]) else levels[index]
    return levels


def _has_level(paragraph: Paragraph) -> bool:
    """Whether a paragraph bears a label of the numbering style."""
    return paragraph.kind in (Kind.HEADING, Kind.ITEM) and paragraph.number is not None


def _is_marked(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading with a mark that has no level of its own, such as ◆."""
    return paragraph.kind is Kind.HEADING and paragraph.number is None and paragraph.label != ""


def _is_sentence(text: str) -> bool:
    return text.rstrip("）)」』】").endswith(("。", "．", "｡"))
