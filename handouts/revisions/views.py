"""What stood before all changes and what stands after them: the views that rejecting all and accepting all would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from handouts.revisions.model import MarkKind, Piece, RevisionMark, SourceCell, SourceParagraph, Story

Side = Literal["before", "after"]
_ABSENT: dict[Side, frozenset[MarkKind]] = {
    "before": frozenset({"inserted", "moved-to"}),
    "after": frozenset({"deleted", "moved-from"}),
}


@dataclass(frozen=True, slots=True)
class ViewParagraph:
    """A paragraph of a view: the pieces that stand in it, and the source paragraphs that they come from.

    The last source is the one with whose mark it ends.
    """

    pieces: tuple[Piece, ...]
    sources: tuple[int, ...]

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(piece.text for piece in self.pieces)


def stands(marks: Sequence[RevisionMark], side: Side) -> bool:
    """Whether what bears these marks is there in the view; what is inserted and deleted is in neither."""
    return not marks or all(mark.kind not in _ABSENT[side] for mark in marks)


def pieces_of(paragraph: SourceParagraph, side: Side) -> tuple[Piece, ...]:
    """The pieces of a paragraph that are there in the view."""
    return tuple(piece for piece in paragraph.pieces if stands(piece.marks, side))


def view_of(story: Story, side: Side) -> tuple[ViewParagraph, ...]:
    """The paragraphs of a story in the view; none where the whole story is not there.

    A paragraph whose mark is not there joins the next one of its cell. Where a table or the end comes first, one with
    text stays, and nothing is left of an empty one, unless its cell would end without a paragraph then (as in Word).
    """
    return tuple(_joined(story, side)) if stands(story.marks, side) else ()


def _joined(story: Story, side: Side) -> Iterator[ViewParagraph]:
    cells = _CellsThere(side)
    there = [paragraph for paragraph in story.paragraphs if cells.has(paragraph.cell)]
    last_of = {paragraph.container: number for number, paragraph in enumerate(there)}
    before: object = ""  # where the paragraph before stands; nowhere at first
    waiting: list[SourceParagraph] = []
    for number, paragraph in enumerate(there):
        waiting.append(paragraph)
        ends = stands(paragraph.marks, side)
        next_one = there[number + 1] if number + 1 < len(there) else None
        if not ends and next_one is not None and next_one.container == paragraph.container:
            continue
        joined = _one(waiting, side)
        waiting = []
        is_needed = last_of[paragraph.container] == number and before != paragraph.container
        if ends or joined.pieces or is_needed:
            before = paragraph.container
            yield joined


def _one(sources: Sequence[SourceParagraph], side: Side) -> ViewParagraph:
    return ViewParagraph(
        tuple(piece for source in sources for piece in pieces_of(source, side)),
        tuple(source.index for source in sources),
    )


class _CellsThere:
    """Which cells are there in a view, with all cells that they are in; each is looked at once."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._known: dict[tuple[int, int, int], bool] = {}

    def has(self, cell: SourceCell | None) -> bool:
        """Whether it is there; so is what stands in no cell."""
        if cell is None:
            return True
        if cell.key not in self._known:
            own = stands(cell.row_marks, self._side) and stands(cell.cell_marks, self._side)
            self._known[cell.key] = own and self.has(cell.outer)
        return self._known[cell.key]
