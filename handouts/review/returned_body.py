"""The body of a returned Word file beside what was sent: what was changed, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count

from handouts.dataset.typed_text import bare
from handouts.origin import Origin, OriginEntry
from handouts.review.joined_changes import joined_moves, joined_rows
from handouts.review.marked import MarkedEdit, marked_edits
from handouts.review.matching import ReturnedParagraph, match_entries
from handouts.review.placed_comments import placed_comments
from handouts.review.returned import ReturnedChange, ReturnedFile
from handouts.review.shares import edits_between
from handouts.revisions import (
    ParagraphGroup,
    RevisionMark,
    SourceParagraph,
    StoryViews,
    TrackedDocument,
    stands,
    views_of,
)


def read_changes(document: TrackedDocument, origin: Origin) -> ReturnedFile:
    """What was changed in `document` after it was sent with this `origin`."""
    return _Reader(document, origin).read()


class _Reader:
    """Goes through the body of one document, group by group."""

    def __init__(self, document: TrackedDocument, origin: Origin) -> None:
        self._document, self._origin = document, origin
        self._views: StoryViews = views_of(document.body)
        self._paragraphs = document.body.paragraphs
        self._numbers = count(1)
        self._silent: set[str] = set()

    def read(self) -> ReturnedFile:
        changes = tuple(
            joined_moves(
                list(joined_rows([change for group in self._views.groups for change in self._of(group)]))
            )
        )
        numbered = tuple(replace(change, number=next(self._numbers)) for change in changes)
        matched = {entry.bookmark for entry in self._entries.values()}
        return ReturnedFile(
            self._document.file,
            numbered,
            tuple(placed_comments(self._document, self._entry_of_source)),
            tuple(self._elsewhere()),
            self._formats(),
            tuple(entry for entry in self._origin.entries if entry.text and entry.bookmark not in matched),
            frozenset(self._silent),
        )

    @cached_property
    def _entries(self) -> Mapping[int, OriginEntry]:
        """The entry of each paragraph of the view before."""
        returned = [
            ReturnedParagraph(paragraph.text, tuple(self._bookmarks(paragraph.sources)))
            for paragraph in self._views.before
        ]
        return match_entries(returned, self._origin.entries)

    def _bookmarks(self, sources: Sequence[int]) -> Iterator[str]:
        for source in sources:
            yield from (
                anchor.name for anchor in self._paragraphs[source].anchors if anchor.kind == "bookmark-start"
            )

    @cached_property
    def _entry_of_source(self) -> Mapping[int, OriginEntry]:
        """The entry of each paragraph of the file in which something of it stood, or its end."""
        return {
            source: self._entries[number]
            for number, paragraph in enumerate(self._views.before)
            if number in self._entries
            for source in paragraph.sources
            if source == paragraph.sources[-1] or self._had_text(source)
        }

    def _had_text(self, source: int) -> bool:
        return any(piece.text and stands(piece.marks, "before") for piece in self._paragraphs[source].pieces)

    def _of(self, group: ParagraphGroup) -> Iterator[ReturnedChange]:
        before = tuple(self._views.before[number].text for number in group.before)
        after = tuple(self._views.after[number].text for number in group.after)
        sources = [self._paragraphs[source] for source in group.sources]
        entries = tuple(self._entries[number] for number in group.before if number in self._entries)
        made = ReturnedChange(0, "text", entries, before, after, comments=tuple(_commented(sources)))
        if [text.strip() for text in before if text.strip()] == [
            text.strip() for text in after if text.strip()
        ]:
            self._silent |= {mark.id for mark in _marks(sources)}
        match group.kind:
            case "kept":
                if before[0].strip() and not after[0].strip():
                    yield replace(made, kind="deleted", marks=_marks(sources), row=_row(sources))
                elif not entries and after[0].strip():
                    # What nobody sent and nobody marked was put in while changes were not tracked.
                    yield self._inserted(replace(made, before=()), sources, group)
                else:
                    yield from self._texts(made, sources, group)
            case "inserted" | "moved-to":
                if "".join(after).strip():
                    yield self._inserted(made, sources, group)
            case "deleted" | "moved-from":
                if "".join(before).strip():
                    yield replace(made, kind="deleted", marks=_marks(sources), row=_row(sources))
            case "split" | "merged" | "regrouped":
                yield from self._regrouped(made, sources)

    def _texts(
        self, made: ReturnedChange, sources: Sequence[SourceParagraph], group: ParagraphGroup
    ) -> Iterator[ReturnedChange]:
        """Each edit of a paragraph; where it does not say what was sent, what differs from that, marked or not."""
        entry = self._entries.get(group.before[0])
        before, after = made.before[0], made.after[0]
        if entry and before != entry.text and _is_same(before, entry.text):
            made = replace(made, entries=(replace(entry, text=before),))
            edits = list(marked_edits(sources))
        elif entry and before != entry.text:
            # Nobody marked that the words differ; fields, which the program wrote, are computed anew by every editor.
            is_of_program = entry.role in ("generated", "computed") and not entry.refs and not _marks(sources)
            unmarked = () if is_of_program else edits_between(entry.text, after)
            edits = [MarkedEdit(edit, _marks(sources)) for edit in unmarked]
            made = replace(made, before=(entry.text,))
        else:
            edits = list(marked_edits(sources))
        together = tuple(edit.edit for edit in edits)
        for edit in edits:
            if edit.edit.text != made.before[0][edit.edit.start : edit.edit.end]:
                yield replace(made, edits=(edit.edit,), all_edits=together, marks=edit.marks)

    def _inserted(
        self, made: ReturnedChange, sources: Sequence[SourceParagraph], group: ParagraphGroup
    ) -> ReturnedChange:
        row = _row(sources)
        behind, ahead = self._rows_beside(sources[0]) if row else self._neighbours(group.sources)
        return replace(made, kind="inserted", marks=_marks(sources), behind=behind, ahead=ahead, row=row)

    def _regrouped(
        self, made: ReturnedChange, sources: Sequence[SourceParagraph]
    ) -> Iterator[ReturnedChange]:
        """A paragraph split or several joined; an empty one that came or went with it says nothing."""
        filled_before = tuple(text for text in made.before if text)
        filled_after = tuple(text for text in made.after if text)
        edits = edits_between("\n".join(filled_before), "\n".join(filled_after))
        made = replace(made, before=filled_before, after=filled_after, edits=edits, marks=_marks(sources))
        if len(filled_before) == len(filled_after) == 1:
            yield from (replace(made, edits=(edit,)) for edit in edits)
        elif edits:
            yield replace(made, kind="split" if len(filled_after) > len(filled_before) else "merged")

    def _neighbours(self, new: Sequence[int]) -> tuple[OriginEntry | None, OriginEntry | None]:
        """What stood next to new paragraphs in their cell before."""
        cell = _cell(self._paragraphs[new[0]])
        before = (source for source in range(new[0] - 1, -1, -1))
        after = (source for source in range(new[-1] + 1, len(self._paragraphs)))
        return self._next_entry(before, cell), self._next_entry(after, cell)

    def _rows_beside(self, new: SourceParagraph) -> tuple[OriginEntry | None, OriginEntry | None]:
        """The first cells of the rows above and below a new one in its table that were there before."""
        table, row = new.place[-1].table, new.place[-1].row
        above: OriginEntry | None = None
        for source, entry in self._entry_of_source.items():
            steps = [
                step for step in self._paragraphs[source].place[-1:] if step.table == table and step.cell == 0
            ]
            if steps and steps[0].row < row:
                above = entry
            elif steps and steps[0].row > row:
                return above, entry
        return above, None

    def _next_entry(self, sources: Iterator[int], cell: Sequence[object]) -> OriginEntry | None:
        """The entry of the first of these that stands in the cell itself; None where the cell ends before."""
        for source in sources:
            there = _cell(self._paragraphs[source])
            if there[: len(cell)] != cell:
                return None
            if there == cell and source in self._entry_of_source:
                return self._entry_of_source[source]
        return None

    def _elsewhere(self) -> Iterator[str]:
        """What was changed in headers, footers, notes and boxes, none of which was sent with an origin."""
        for story in self._document.stories[1:]:
            for paragraph in story.paragraphs:
                texts = [piece.text for piece in paragraph.pieces if piece.marks or story.marks]
                if any(mark.kind != "property" for mark in (*paragraph.all_marks(), *story.marks)):
                    yield f"{story.name}: {''.join(texts)}"

    def _formats(self) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for mark in self._document.marks():
            if mark.kind == "property":
                counts[mark.property] = counts.get(mark.property, 0) + 1
        return counts


def _is_same(one: str, other: str) -> bool:
    """Whether two texts differ in width and blanks alone, which editors change by themselves."""
    return bare(one) == bare(other)


def _marks(sources: Sequence[SourceParagraph]) -> tuple[RevisionMark, ...]:
    """The marks that change what stands there, each once."""
    found = {mark.id: mark for source in sources for mark in source.all_marks() if mark.kind != "property"}
    return tuple(found.values())


def _cell(paragraph: SourceParagraph) -> tuple[object, ...]:
    """The way to the cell that a paragraph stands in, through those around it; nothing outside of tables."""
    return tuple((step.table, step.row, step.cell) for step in paragraph.place)


def _row(sources: Sequence[SourceParagraph]) -> tuple[int, int] | None:
    """The row of the table, where a whole row came or went with all of these paragraphs."""
    if not all(any(step.row_marks for step in source.place) for source in sources):
        return None
    last = sources[-1].place[-1]
    return last.table, last.row


def _commented(sources: Sequence[SourceParagraph]) -> Iterator[str]:
    for source in sources:
        yield from (anchor.name for anchor in source.anchors if anchor.kind == "comment-start")
