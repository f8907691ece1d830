"""What stood before all changes, what stands after them, and after some of them: as rejecting and accepting would give it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from handouts.revisions.model import MarkKind, Piece, RevisionMark, SourceCell, SourceParagraph, Story

Side = Literal["before", "after"]
_Absent = Callable[[RevisionMark], bool]
_NEW: frozenset[MarkKind] = frozenset({"inserted", "moved-to"})
_OLD: frozenset[MarkKind] = frozenset({"deleted", "moved-from"})
# What a mark takes out of each view.
_SIDES: dict[Side, _Absent] = {
    "before": lambda mark: mark.kind in _NEW,
    "after": lambda mark: mark.kind in _OLD,
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
    return _stands(marks, _SIDES[side])


def pieces_of(paragraph: SourceParagraph, side: Side) -> tuple[Piece, ...]:
    """The pieces of a paragraph that are there in the view."""
    return _pieces(paragraph, _SIDES[side])


def view_of(story: Story, side: Side) -> tuple[ViewParagraph, ...]:
    """The paragraphs of a story in the view; none where the whole story is not there.

    A paragraph whose mark is not there joins the next one of its cell. Where a table or the end comes first, one with
    text stays, and nothing is left of an empty one, unless its cell would end without a paragraph then (as in Word).
    """
    return _view(story, _SIDES[side])


def view_with(story: Story, accepted: Collection[str]) -> tuple[ViewParagraph, ...]:
    """The paragraphs of a story after the marks with these ids were accepted and all others rejected; as view_of else."""
    taken = frozenset(accepted)
    return _view(story, lambda mark: mark.kind in (_OLD if mark.id in taken else _NEW))


def _view(story: Story, absent: _Absent) -> tuple[ViewParagraph, ...]:
    return tuple(_joined(story, absent)) if _stands(story.marks, absent) else ()


def _stands(marks: Sequence[RevisionMark], absent: _Absent) -> bool:
    return not marks or not any(map(absent, marks))


def _pieces(paragraph: SourceParagraph, absent: _Absent) -> tuple[Piece, ...]:
    return tuple(piece for piece in paragraph.pieces if _stands(piece.marks, absent))


def _joined(story: Story, absent: _Absent) -> Iterator[ViewParagraph]:
    cells = _CellsThere(absent)
    there = [paragraph for paragraph in story.paragraphs if cells.has(paragraph.cell)]
    last_of = {paragraph.container: number for number, paragraph in enumerate(there)}
    before: object = ""  # where the paragraph before stands; nowhere at first
    waiting: list[SourceParagraph] = []
    for number, paragraph in enumerate(there):
        waiting.append(paragraph)
        ends = _stands(paragraph.marks, absent)
        next_one = there[number + 1] if number + 1 < len(there) else None
        if not ends and next_one is not None and next_one.container == paragraph.container:
            continue
        joined = _one(waiting, absent)
        waiting = []
        is_needed = last_of[paragraph.container] == number and before != paragraph.container
        if ends or joined.pieces or is_needed:
            before = paragraph.container
            yield joined


def _one(sources: Sequence[SourceParagraph], absent: _Absent) -> ViewParagraph:
    return ViewParagraph(
        tuple(piece for source in sources for piece in _pieces(source, absent)),
        tuple(source.index for source in sources),
    )


class _CellsThere:
    """Which cells are there in a view, with all cells that they are in; each is looked at once."""

    def __init__(self, absent: _Absent) -> None:
        self._absent = absent
        self._known: dict[tuple[int, int, int], bool] = {}

    def has(self, cell: SourceCell | None) -> bool:
        """Whether it is there; so is what stands in no cell."""
        if cell is None:
            return True
        if cell.key not in self._known:
            own = _stands(cell.row_marks + cell.cell_marks, self._absent)
            self._known[cell.key] = own and self.has(cell.outer)
        return self._known[cell.key]
