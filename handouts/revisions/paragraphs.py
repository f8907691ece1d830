"""Paragraphs, tables and stories while they are being read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from handouts.revisions.fields import OpenFields
from handouts.revisions.marks import MarkCounter, OpenRanges
from handouts.revisions.model import (
    Anchor,
    AnchorKind,
    Piece,
    PieceKind,
    RevisionMark,
    SourceCell,
    SourceParagraph,
    Story,
    StoryKind,
)

Marks = tuple[RevisionMark, ...]


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph whose end has not come yet."""

    cell: SourceCell | None
    marks: list[RevisionMark]
    changes: list[RevisionMark]
    anchors: list[Anchor]
    para_id: str
    style: str = ""
    length: int = 0
    _pieces: list[Piece] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _under: Marks = ()
    _field: str = ""

    def add_text(self, text: str, marks: Marks, field_kind: str) -> None:
        """Text under these marks, the result of such a field; what follows under the same ones is one piece with it."""
        if field_kind != self._field or (marks is not self._under and marks != self._under):
            self._end_piece()
            self._under, self._field = marks, field_kind
        self._texts.append(text)
        self.length += len(text)

    def add_other(self, kind: PieceKind, marks: Marks, note: str = "") -> None:
        """What has no text: the reference of a note, an object."""
        self._end_piece()
        self._pieces.append(Piece("", marks, kind, note))

    def add_anchor(self, kind: AnchorKind, name: str) -> None:
        """Where something begins or ends."""
        self.anchors.append(Anchor(kind, name, self.length))

    def closed(self, index: int, style_names: Mapping[str, str]) -> SourceParagraph:
        """The paragraph as a value."""
        self._end_piece()
        return SourceParagraph(
            index,
            tuple(self._pieces),
            tuple(self.marks),
            self.cell,
            self.style,
            style_names.get(self.style, self.style),
            tuple(self.anchors),
            tuple(self.changes),
            self.para_id,
        )

    def _end_piece(self) -> None:
        if self._texts:
            self._pieces.append(Piece("".join(self._texts), self._under, field=self._field))
            self._texts = []


@dataclass(slots=True)
class OpenTable:
    """A table whose end has not come yet, at its present row and cell."""

    number: int
    outer: SourceCell | None
    ranges: OpenRanges
    row: int = -1
    cell: int = -1
    row_marks: list[RevisionMark] = field(default_factory=list)
    cell_marks: list[RevisionMark] = field(default_factory=list)
    _place: SourceCell | None = None

    def begin_row(self) -> None:
        """The next row."""
        self.row, self.cell, self.row_marks, self._place = self.row + 1, -1, [], None

    def begin_cell(self) -> None:
        """The next cell of the row."""
        self.cell, self.cell_marks, self._place = self.cell + 1, [], None

    def place(self) -> SourceCell:
        """The present cell, whose marks have all been met when its content comes."""
        if self._place is None:
            marks = tuple(self.row_marks), tuple(self.cell_marks)
            self._place = SourceCell(self.number, self.row, self.cell, *marks, self.outer)
        return self._place


@dataclass(slots=True)
class OpenStory:
    """A story whose end has not come yet, with what its element says: the `at`-th of its part.

    `outer` is how many of the marks that are open belong to what holds it.
    """

    kind: StoryKind
    number: str
    said: Mapping[str, str]
    host: tuple[str, int] | None = None
    at: int = 0
    outer: int = 0
    marks: Marks = ()
    tables: list[OpenTable] = field(default_factory=list)
    table_count: int = 0
    open: list[OpenParagraph] = field(default_factory=list)
    paragraphs: list[SourceParagraph] = field(default_factory=list)
    fields: OpenFields = field(default_factory=OpenFields)
    moved: dict[int, RevisionMark] = field(default_factory=dict)
    waiting_anchors: list[Anchor] = field(default_factory=list)
    waiting_changes: list[RevisionMark] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it will be called."""
        return f"{self.kind} {self.number}".rstrip()

    def begin_paragraph(self, marks: Marks, para_id: str) -> None:
        """A paragraph under these marks begins; what stood before it outside of any paragraph belongs to it."""
        self.open.append(
            OpenParagraph(self._place(), list(marks), self.waiting_changes, self.waiting_anchors, para_id)
        )
        self.waiting_changes, self.waiting_anchors = [], []

    def end_paragraph(self, style_names: Mapping[str, str]) -> None:
        """The innermost open paragraph ends."""
        self.paragraphs.append(self.open.pop().closed(len(self.paragraphs), style_names))

    def begin_table(self, ranges: OpenRanges) -> None:
        """A table begins, in these ranges of moves."""
        self.tables.append(OpenTable(self.table_count, self._place(), ranges))
        self.table_count += 1

    def end_table(self, counter: MarkCounter) -> None:
        """The innermost open table ends; it has moved where a range of a move has it all, though no row says so."""
        table = self.tables.pop()
        if mark := counter.whole_move(table.ranges):
            self.moved[table.number] = mark

    def add_anchor(self, kind: AnchorKind, name: str) -> None:
        """In the open paragraph, else at the beginning of the next one."""
        if self.open:
            self.open[-1].add_anchor(kind, name)
        else:
            self.waiting_anchors.append(Anchor(kind, name, 0))

    def add_change(self, change: RevisionMark) -> None:
        """A change of properties of the open paragraph, else of what the next one stands in."""
        (self.open[-1].changes if self.open else self.waiting_changes).append(change)

    def closed(self) -> Story:
        """The story as a value; what stood behind its last paragraph belongs to that."""
        if self.paragraphs and (self.waiting_anchors or self.waiting_changes):
            self.paragraphs[-1] = _with_rest(self.paragraphs[-1], self.waiting_anchors, self.waiting_changes)
        paragraphs = _with_moved_tables(self.paragraphs, self.moved) if self.moved else self.paragraphs
        return Story(self.kind, self.number, tuple(paragraphs), self.marks, self.host)

    def _place(self) -> SourceCell | None:
        return self.tables[-1].place() if self.tables else None


def _with_moved_tables(
    paragraphs: Sequence[SourceParagraph], moved: Mapping[int, RevisionMark]
) -> list[SourceParagraph]:
    """The paragraphs, with the mark of its move on every row of a table that has moved."""
    known: dict[tuple[int, int, int], SourceCell] = {}

    def moved_cell(cell: SourceCell) -> SourceCell:
        if cell.key not in known:
            outer = cell.outer and moved_cell(cell.outer)
            marks = (moved[cell.table],) if cell.table in moved else ()
            known[cell.key] = replace(cell, row_marks=cell.row_marks + marks, outer=outer)
        return known[cell.key]

    return [replace(one, cell=moved_cell(one.cell)) if one.cell else one for one in paragraphs]


def _with_rest(last: SourceParagraph, anchors: list[Anchor], changes: list[RevisionMark]) -> SourceParagraph:
    moved = tuple(Anchor(anchor.kind, anchor.name, len(last.text)) for anchor in anchors)
    return replace(last, anchors=last.anchors + moved, changes=last.changes + tuple(changes))
