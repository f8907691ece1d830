"""The edits that the marks of a Word file make in a paragraph, each with who made it and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from handouts.review.shares import TextEdit
from handouts.revisions import Piece, RevisionMark, SourceParagraph, stands


@dataclass(frozen=True, slots=True)
class MarkedEdit:
    """An edit of a text with the marks that make it; none where nobody marked it."""

    edit: TextEdit
    marks: tuple[RevisionMark, ...] = ()


@dataclass(slots=True)
class _Open:
    """An edit that may go on: where it began, what it puts in, its marks."""

    start: int
    text: str = ""
    marks: dict[str, RevisionMark] = field(default_factory=dict)


def marked_edits(paragraphs: Iterable[SourceParagraph]) -> tuple[MarkedEdit, ...]:
    """The edits of the text that the paragraphs had together before, in its order.

    What is deleted and put in at one place is one edit; text that stays is between any two.
    """
    return tuple(_edits([piece for paragraph in paragraphs for piece in paragraph.pieces]))


def _edits(pieces: Sequence[Piece]) -> Iterator[MarkedEdit]:
    at = 0
    going: _Open | None = None
    for piece in pieces:
        was, is_there = stands(piece.marks, "before"), stands(piece.marks, "after")
        if was and is_there:
            if piece.text and going:
                yield _closed(going, at)
                going = None
        else:
            going = going or _Open(at)
            going.text += piece.text if is_there else ""
            going.marks.update((mark.id, mark) for mark in piece.marks)
        at += len(piece.text) if was else 0
    if going:
        yield _closed(going, at)


def _closed(going: _Open, at: int) -> MarkedEdit:
    return MarkedEdit(TextEdit(going.start, at, going.text), tuple(going.marks.values()))
