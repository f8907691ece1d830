"""A file that was sent with tracked changes of our own: what they say is what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handouts.revisions import RevisionMark, SourceParagraph, Story, TrackedDocument

_GONE = frozenset({"deleted", "moved-from"})


def with_own_marks_accepted(document: TrackedDocument, author: str) -> TrackedDocument:
    """The document in which what `author` changed is as it was meant; the marks of others stay as they are.

    A paragraph whose end was deleted stays, with nothing in it.
    """
    if all(mark.author != author for mark in document.marks()):
        return document
    return replace(document, stories=tuple(_accepted(story, author) for story in document.stories))


def _accepted(story: Story, author: str) -> Story:
    paragraphs = tuple(
        replace(_paragraph(one, author), index=index)
        for index, one in enumerate(
            one for one in story.paragraphs if not any(_is_gone(cell.row_marks, author) for cell in one.place)
        )
    )
    return replace(story, paragraphs=paragraphs, marks=tuple(_others(story.marks, author)))


def _paragraph(paragraph: SourceParagraph, author: str) -> SourceParagraph:
    kept = [piece for piece in paragraph.pieces if not _is_gone(piece.marks, author)]
    return replace(
        paragraph,
        pieces=tuple(replace(piece, marks=tuple(_others(piece.marks, author))) for piece in kept),
        marks=tuple(_others(paragraph.marks, author)),
        changes=tuple(_others(paragraph.changes, author)),
    )


def _is_gone(marks: Iterable[RevisionMark], author: str) -> bool:
    return any(mark.author == author and mark.kind in _GONE for mark in marks)


def _others(marks: Iterable[RevisionMark], author: str) -> Iterator[RevisionMark]:
    return (mark for mark in marks if mark.author != author)
