"""What a Word document with tracked changes holds, as it stands: stories of paragraphs of pieces, each with its marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

MarkKind = Literal["inserted", "deleted", "moved-from", "moved-to", "merged", "property"]
PieceKind = Literal["text", "note", "object"]
AnchorKind = Literal["bookmark-start", "bookmark-end", "comment-start", "comment-end", "comment-reference"]
StoryKind = Literal["body", "header", "footer", "footnote", "endnote", "text-box", "comment"]


@dataclass(frozen=True, slots=True)
class RevisionMark:
    """One mark of tracked changes; `id` is its own in the whole file, since w:id is not (editors write it twice).

    `property` names the element of a change of properties (rPrChange, …), `move` the pair of ranges that a move belongs
    to. Date and author are as written, and may be empty.
    """

    id: str
    kind: MarkKind
    author: str
    date: str
    move: str = ""
    property: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks; a note's reference (`note` is its number) and an object have no text.

    A tab is \\t, a break \\n. `field` is the kind of the field that the text is the result of, e.g. PAGE; empty for
    what somebody wrote.
    """

    text: str
    marks: tuple[RevisionMark, ...] = ()
    kind: PieceKind = "text"
    note: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell: the number of its table in the story, row and cell in it, all from 0, and the marks on row and cell.

    `outer` is the cell in which a table stands that is in another one.
    """

    table: int
    row: int
    cell: int
    row_marks: tuple[RevisionMark, ...] = ()
    cell_marks: tuple[RevisionMark, ...] = ()
    outer: SourceCell | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        """What tells it from all other cells of the story."""
        return self.table, self.row, self.cell


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a bookmark or the range of a comment begins or ends: its name, or the number of the comment, and the offset.

    The offset counts the characters of all pieces, whatever their marks.
    """

    kind: AnchorKind
    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph as it stands in the file; `marks` are those on its mark, `changes` those of properties in it."""

    index: int
    pieces: tuple[Piece, ...] = ()
    marks: tuple[RevisionMark, ...] = ()
    cell: SourceCell | None = None
    style: str = ""
    style_name: str = ""
    anchors: tuple[Anchor, ...] = ()
    changes: tuple[RevisionMark, ...] = ()
    para_id: str = ""

    @property
    def text(self) -> str:
        """All of its text, whatever the marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def place(self) -> tuple[SourceCell, ...]:
        """The cells in which it stands, the outermost first; empty outside of tables."""
        steps = []
        step = self.cell
        while step:
            steps.append(step)
            step = step.outer
        return tuple(reversed(steps))

    @property
    def container(self) -> tuple[int, int, int] | None:
        """What tells the cell in which it stands from all others; None outside of tables."""
        return self.cell.key if self.cell else None

    def all_marks(self) -> Iterator[RevisionMark]:
        """Every mark on its pieces, its mark, its row and cell, and every change of properties; some more than once."""
        for piece in self.pieces:
            yield from piece.marks
        yield from self.marks
        if self.cell:
            yield from self.cell.row_marks
            yield from self.cell.cell_marks
        yield from self.changes


@dataclass(frozen=True, slots=True)
class Story:
    """Text that runs through: the body, a header, a note, a text box.

    `number` tells stories of a kind apart. `marks` stand on the whole of it, as on the reference of a note or the run that
    holds a box; `host` is the story and the paragraph there that hold it.
    """

    kind: StoryKind
    number: str
    paragraphs: tuple[SourceParagraph, ...]
    marks: tuple[RevisionMark, ...] = ()
    host: tuple[str, int] | None = None

    @property
    def name(self) -> str:
        """What it is called, e.g. body, header 1."""
        return f"{self.kind} {self.number}".rstrip()


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A comment; `parent` is the id of the comment that it answers, `resolved` whether it was closed."""

    id: str
    author: str
    initials: str
    date: str
    text: str
    parent: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class TrackedDocument:
    """A Word document: its stories, the body first, and its comments in the order in which they were written down.

    `custom_parts` are the parts of XML that programs keep in it for themselves, by their names.
    """

    file: str
    stories: tuple[Story, ...]
    comments: tuple[ReviewComment, ...] = ()
    custom_parts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def body(self) -> Story:
        """The story of the body."""
        return self.stories[0]

    def marks(self) -> tuple[RevisionMark, ...]:
        """Every mark in it, each once, in order."""
        found: dict[str, RevisionMark] = {}
        for story in self.stories:
            for paragraph in story.paragraphs:
                found.update((mark.id, mark) for mark in paragraph.all_marks())
        return tuple(found.values())
