"""A part of a document read from beginning to end in one pass, without a tree: linear in time, bounded by what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import IO, Any
from xml.etree.ElementTree import XMLParser

from handouts.characters import composed
from handouts.findings import DataFaults, Place
from handouts.packages.relations import CHUNK
from handouts.revisions.marks import BookmarkNames, MarkCounter
from handouts.revisions.model import AnchorKind, RevisionMark, Story
from handouts.revisions.opening import TOO_DEEP
from handouts.revisions.paragraphs import OpenStory
from handouts.revisions.vocabulary import (
    CELL_MARKS,
    CODES,
    CONTROLS,
    MARKS,
    MOVE_RANGES,
    NOTES,
    OBJECTS,
    PROPERTIES,
    SIGNS,
    SKIPPED,
    STORIES,
    TEXTS,
    W14,
    Attributes,
    LocalNames,
)

MOST_LEVELS = 100  # of tables, boxes and marks in each other; Word itself stops far before
_ANCHORS: Mapping[str, AnchorKind] = {
    "bookmarkStart": "bookmark-start",
    "bookmarkEnd": "bookmark-end",
    "commentRangeStart": "comment-start",
    "commentRangeEnd": "comment-end",
    "commentReference": "comment-reference",
}
_CODE = re.compile("[0-9A-Fa-f]{1,6}")


def read_stories(
    content: IO[bytes], part: str, number: str, style_names: Mapping[str, str], file: str
) -> list[tuple[Story, Mapping[str, str]]]:
    """The stories of a part, each before those that it holds, with what the element of each says of itself.

    `part` is a short name of the part, `number` tells the header from others. Raises ParseError, DataFaults.
    """
    target = _PartReader(part, number, style_names, file)
    parser: Any = XMLParser(target=target)
    while chunk := content.read(CHUNK):
        parser.feed(chunk)
    parser.close()
    return [found for found in target.found if found]


class _PartReader:
    """Takes in the elements of a part as they come."""

    def __init__(self, part: str, number: str, style_names: Mapping[str, str], file: str) -> None:
        self.found: list[tuple[Story, Mapping[str, str]] | None] = []  # nothing where one has not ended yet
        self._part, self._number, self._style_names, self._file = part, number, style_names, file
        self._names = LocalNames()
        self._path: list[str] = []
        self._skipped = 0  # elements open inside one that is not read
        self._text: list[str] | None = None  # of the open element of text
        self._open: list[OpenStory] = []
        self._marks: list[RevisionMark] = []
        self._mark_ends: list[int] = []  # depths at which elements that mark their content stand
        self._under: tuple[RevisionMark, ...] = ()
        self._alternatives: list[bool] = []  # whether one of the alternatives was read
        self._counter = MarkCounter(part)
        self._bookmarks = BookmarkNames()
        self._boxes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._skipped:
            self._skipped += 1
            return
        local = self._names[tag]
        if handler := _BEGINNINGS.get(local):
            handler(self, local, attributes)
        if not self._skipped:
            self._path.append(local)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        local = self._path.pop()
        if handler := _ENDS.get(local):
            handler(self, local)
        while self._mark_ends and self._mark_ends[-1] == len(self._path):
            self._mark_ends.pop()
            self._marks.pop()
            self._marks_changed()

    def data(self, text: str) -> None:
        """Characters."""
        if self._text is not None and not self._skipped:
            self._text.append(text)

    def close(self) -> None:
        """Nothing is left to do at the end of the part."""

    # What begins

    def _skip(self, local: str, attributes: dict[str, str]) -> None:
        self._skipped = 1

    def _begin_story(self, local: str, attributes: dict[str, str]) -> None:
        said = Attributes(attributes)
        if said.get("type", "normal") != "normal":  # a line between text and notes
            self._skipped = 1
            return
        kind = STORIES[local]
        number, host = said.get("id", self._number), None
        if kind == "text-box":
            self._boxes += 1
            number = f"{self._part}-{self._boxes}"
            host = self._host()
        story = OpenStory(kind, number, len(self.found), len(self._marks), self._under, host, said)
        self.found.append(None)
        self._open.append(story)
        self._check_depth(len(self._open))
        self._marks_changed()

    def _host(self) -> tuple[str, int] | None:
        if not self._open:
            return None
        outer = self._open[-1]
        return f"{outer.kind} {outer.number}".rstrip(), len(outer.paragraphs)

    def _begin_paragraph(self, local: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].begin_paragraph(self._under, attributes.get(f"{W14}paraId", ""))

    def _set_style(self, local: str, attributes: dict[str, str]) -> None:
        if self._is_in_paragraph():
            self._open[-1].open[-1].style = Attributes(attributes).get("val", "")

    def _begin_table(self, local: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].begin_table(self._counter.open_ranges())
            self._check_depth(len(self._open[-1].tables))

    def _begin_row(self, local: str, attributes: dict[str, str]) -> None:
        if self._open and self._open[-1].tables:
            self._open[-1].tables[-1].begin_row()

    def _begin_cell(self, local: str, attributes: dict[str, str]) -> None:
        if self._open and self._open[-1].tables:
            self._open[-1].tables[-1].begin_cell()

    def _begin_text(self, local: str, attributes: dict[str, str]) -> None:
        self._text = []

    def _begin_or_end_field(self, local: str, attributes: dict[str, str]) -> None:
        if self._open:
            kind = Attributes(attributes).get("fldCharType", "")
            if kind == "begin":
                self._open[-1].fields.begin()
            elif kind == "end":
                self._open[-1].fields.end()

    def _begin_simple_field(self, local: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].fields.begin(Attributes(attributes).get("instr", ""))

    def _add_sign(self, local: str, attributes: dict[str, str]) -> None:
        if self._path[-1:] == ["r"]:  # a tab is also a stop of the paragraph
            self._add(SIGNS[local])

    def _add_symbol(self, local: str, attributes: dict[str, str]) -> None:
        code = Attributes(attributes).get("char", "")
        if _CODE.fullmatch(code) and int(code, 16) <= 0x10FFFF:
            self._add(chr(int(code, 16)))

    def _add_note(self, local: str, attributes: dict[str, str]) -> None:
        if self._is_in_paragraph():
            note = f"{NOTES[local]} {Attributes(attributes).get('id', '')}"
            self._open[-1].open[-1].add_other("note", self._under, note)

    def _add_object(self, local: str, attributes: dict[str, str]) -> None:
        if self._is_in_paragraph():
            self._open[-1].open[-1].add_other("object", self._under)

    def _add_anchor(self, local: str, attributes: dict[str, str]) -> None:
        said = Attributes(attributes)
        if local == "bookmarkStart":
            name = self._bookmarks.begins(said)
        else:
            name = self._bookmarks.ends(said) if local == "bookmarkEnd" else said.get("id", "")
        if self._open and name:
            self._open[-1].add_anchor(_ANCHORS[local], name)

    def _begin_mark(self, local: str, attributes: dict[str, str]) -> None:
        mark = self._counter.mark(MARKS[local], Attributes(attributes))
        parent = self._path[-1] if self._path else ""
        if not self._open:
            return
        story = self._open[-1]
        if parent == "rPr" and self._path[-2:-1] == ["pPr"]:
            if story.open:
                story.open[-1].marks.append(mark)
        elif parent == "trPr":
            if story.tables:
                story.tables[-1].row_marks.append(mark)
        elif "ctrlPr" in self._path[-2:]:
            self._mark_math(mark)
        elif parent in ("numPr", "rPr"):
            story.add_change(RevisionMark(mark.id, "property", mark.author, mark.date, "", parent))
        else:
            self._open_mark(mark, len(self._path))

    def _open_mark(self, mark: RevisionMark, depth: int) -> None:
        """What is in the element at this depth stands under the mark from here on."""
        self._marks.append(mark)
        self._mark_ends.append(depth)
        self._check_depth(len(self._marks))
        self._marks_changed()

    def _mark_math(self, mark: RevisionMark) -> None:
        """The sign that makes an expression: with that of a fraction came or went all that is in the fraction."""
        sign = len(self._path) - 1 - self._path[::-1].index("ctrlPr")
        if self._path[sign - 2 : sign] == ["f", "fPr"]:
            self._open_mark(mark, sign - 2)
        else:
            change = RevisionMark(mark.id, "property", mark.author, mark.date, "", "ctrlPr")
            self._open[-1].add_change(change)

    def _add_cell_mark(self, local: str, attributes: dict[str, str]) -> None:
        if self._open and self._open[-1].tables:
            mark = self._counter.mark(CELL_MARKS[local], Attributes(attributes))
            self._open[-1].tables[-1].cell_marks.append(mark)

    def _add_change(self, local: str, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].add_change(self._counter.mark("property", Attributes(attributes), local))
        if local in PROPERTIES:
            self._skipped = 1

    def _move_range(self, local: str, attributes: dict[str, str]) -> None:
        if local.endswith("Start"):
            self._counter.range_begins(MOVE_RANGES[local.removesuffix("Start")], Attributes(attributes))
        else:
            self._counter.range_ends(MOVE_RANGES[local.removesuffix("End")], Attributes(attributes))

    def _begin_alternatives(self, local: str, attributes: dict[str, str]) -> None:
        self._alternatives.append(False)

    def _begin_alternative(self, local: str, attributes: dict[str, str]) -> None:
        """Of what is there in several forms for several programs, the first is read."""
        if self._alternatives and self._alternatives[-1]:
            self._skipped = 1
        elif self._alternatives:
            self._alternatives[-1] = True

    # What ends

    def _end_story(self, local: str) -> None:
        story = self._open.pop()
        while story.open:  # in a part that is not as it should be
            story.end_paragraph(self._style_names)
        self.found[story.at] = (story.closed(), story.said)
        self._marks_changed()

    def _end_paragraph(self, local: str) -> None:
        if self._is_in_paragraph():
            self._open[-1].end_paragraph(self._style_names)

    def _end_table(self, local: str) -> None:
        if self._open and self._open[-1].tables:
            self._open[-1].end_table(self._counter)

    def _end_text(self, local: str) -> None:
        text, self._text = "".join(self._text or ()), None
        self._add(composed(text))

    def _end_code(self, local: str) -> None:
        text, self._text = "".join(self._text or ()), None
        if self._open:
            self._open[-1].fields.add_code(text)

    def _end_simple_field(self, local: str) -> None:
        if self._open:
            self._open[-1].fields.end()

    def _end_alternatives(self, local: str) -> None:
        self._alternatives.pop()

    # What both need

    def _is_in_paragraph(self) -> bool:
        return bool(self._open and self._open[-1].open)

    def _add(self, text: str) -> None:
        if text and self._is_in_paragraph():
            self._open[-1].open[-1].add_text(text, self._under, self._open[-1].fields.kind)

    def _marks_changed(self) -> None:
        self._under = tuple(self._marks[self._open[-1].outer if self._open else 0 :])

    def _check_depth(self, depth: int) -> None:
        if depth > MOST_LEVELS:
            raise DataFaults([TOO_DEEP.at(Place(self._file), most=MOST_LEVELS)])


_Beginning = Callable[[_PartReader, str, dict[str, str]], None]
_BEGINNINGS: Mapping[str, _Beginning] = {
    **dict.fromkeys(SKIPPED, _PartReader._skip),
    **dict.fromkeys(STORIES, _PartReader._begin_story),
    "p": _PartReader._begin_paragraph,
    "pStyle": _PartReader._set_style,
    "tbl": _PartReader._begin_table,
    "tr": _PartReader._begin_row,
    "tc": _PartReader._begin_cell,
    **dict.fromkeys((*TEXTS, *CODES), _PartReader._begin_text),
    "fldChar": _PartReader._begin_or_end_field,
    "fldSimple": _PartReader._begin_simple_field,
    **dict.fromkeys(SIGNS, _PartReader._add_sign),
    **dict.fromkeys(("sym", "symEx"), _PartReader._add_symbol),
    **dict.fromkeys(NOTES, _PartReader._add_note),
    **dict.fromkeys(OBJECTS, _PartReader._add_object),
    **dict.fromkeys(_ANCHORS, _PartReader._add_anchor),
    **dict.fromkeys(MARKS, _PartReader._begin_mark),
    **dict.fromkeys(CELL_MARKS, _PartReader._add_cell_mark),
    **dict.fromkeys(PROPERTIES, _PartReader._add_change),
    **dict.fromkeys(CONTROLS, _PartReader._add_change),
    **{f"{name}{end}": _PartReader._move_range for name in MOVE_RANGES for end in ("Start", "End")},
    "AlternateContent": _PartReader._begin_alternatives,
    "Choice": _PartReader._begin_alternative,
    "Fallback": _PartReader._begin_alternative,
}
_ENDS: Mapping[str, Callable[[_PartReader, str], None]] = {
    **dict.fromkeys(STORIES, _PartReader._end_story),
    "p": _PartReader._end_paragraph,
    "tbl": _PartReader._end_table,
    **dict.fromkeys(TEXTS, _PartReader._end_text),
    **dict.fromkeys(CODES, _PartReader._end_code),
    "fldSimple": _PartReader._end_simple_field,
    "AlternateContent": _PartReader._end_alternatives,
}
