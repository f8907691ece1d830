"""What each comment is about: the words between the ends of its range, as they were and as they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice

from handouts.revisions.model import RevisionMark, SourceParagraph, Story, TrackedDocument
from handouts.revisions.views import Side, stands


@dataclass(frozen=True, slots=True)
class CommentRange:
    """Where a comment stands: its story, the first and the last source paragraph, and the words in both views."""

    story: str
    first: int
    last: int
    before: str
    after: str


def comment_ranges(document: TrackedDocument) -> Mapping[str, CommentRange]:
    """The range of each comment by its id; a comment that is anchored nowhere has none.

    Of a range that is longer than any remark needs, the words at its beginning are given.
    """
    found: dict[str, CommentRange] = {}
    for story in document.stories:
        words = _Words(story)
        for comment, start, end in _ends(story):
            if comment not in found:
                sides = (words.between(start, end, side) for side in ("before", "after"))
                found[comment] = CommentRange(story.name, start[0], end[0], *sides)
    return found


_MOST_PIECES = 200  # so that comments over each other cannot fill the memory
_At = tuple[int, int]  # a paragraph, and an offset in it


def _ends(story: Story) -> Iterator[tuple[str, _At, _At]]:
    """Each comment with both ends of its range; where one end is missing, its reference or the other end stands for it."""
    starts: dict[str, _At] = {}
    ends: dict[str, _At] = {}
    for paragraph in story.paragraphs:
        for anchor in paragraph.anchors:
            if anchor.kind.startswith("comment"):
                kept = starts if anchor.kind == "comment-start" else ends
                kept.setdefault(anchor.name, (paragraph.index, anchor.offset))
    for comment in dict.fromkeys((*starts, *ends)):
        end = ends.get(comment, starts.get(comment, (0, 0)))
        yield comment, min(starts.get(comment, end), end), end


class _Words:
    """The words of a story between two places, found without going through its paragraphs from their beginnings."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._offsets: dict[int, list[int]] = {}

    def between(self, start: _At, end: _At, side: Side) -> str:
        """The words in a view."""
        pieces = islice(self._pieces(start, end), _MOST_PIECES)
        return "".join(text for text, marks in pieces if stands(marks, side)).strip("\n")

    def _pieces(self, start: _At, end: _At) -> Iterator[tuple[str, tuple[RevisionMark, ...]]]:
        for paragraph in self._story.paragraphs[start[0] : end[0] + 1]:
            first = start[1] if paragraph.index == start[0] else 0
            last = end[1] if paragraph.index == end[0] else None
            offsets = self._offsets_of(paragraph)
            for number in range(max(0, bisect_right(offsets, first) - 1), len(offsets)):
                at, piece = offsets[number], paragraph.pieces[number]
                if last is not None and at >= last:
                    break
                yield piece.text[max(0, first - at) : None if last is None else last - at], piece.marks
            yield "\n", ()

    def _offsets_of(self, paragraph: SourceParagraph) -> list[int]:
        if paragraph.index not in self._offsets:
            lengths = (len(piece.text) for piece in paragraph.pieces)
            self._offsets[paragraph.index] = list(accumulate(lengths, initial=0))[:-1]
        return self._offsets[paragraph.index]
