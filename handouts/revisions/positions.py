"""Where in the bytes of a body its paragraphs, marks and comments stand, so that something can be put in beside them.

The part goes through the same reader as always, which so gives each mark the identity that it has elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.parsers import expat

from handouts.revisions.open_part import OpenPart
from handouts.revisions.stories import PartElements
from handouts.revisions.vocabulary import Attributes, LocalNames

_COMMENT_ENDS = ("commentRangeStart", "commentRangeEnd", "commentReference")


class ByteSpan(NamedTuple):
    """Bytes [start, end) of a part."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """A paragraph of the body: its element, and its content behind the properties.

    `tag` is the name of its element as it is written. Where there is no content, since the element has no end of its own,
    both ends of it are that of the element.
    """

    element: ByteSpan
    content: ByteSpan
    tag: str
    is_closed_at_once: bool


@dataclass(slots=True)
class BodyPlaces:
    """The places of a body: paragraphs in order, and what stands in them by its identity.

    `marks` have for each mark the paragraph and the outermost element in it that holds the mark; for one on a paragraph or
    a row, all of the content. `comments` have where what begins, ends or refers to a comment has ended, by kind and number.
    """

    paragraphs: list[ParagraphPlace] = field(default_factory=list)
    marks: dict[str, tuple[int, ByteSpan | None]] = field(default_factory=dict)
    comments: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph of the body that is open, as deep as it stands; `child` is where the element directly in it began."""

    depth: int
    start: int
    marks: list[str]
    content: int = 0
    child: int = 0
    child_marks: list[str] = field(default_factory=list)
    child_anchors: list[tuple[str, str]] = field(default_factory=list)


def body_places(content: bytes, part: str) -> BodyPlaces:
    """The places of a body; `part` is the short name of its part. Raises ExpatError, DataFaults."""
    return _Reader(content, part).read()


class _Reader:
    def __init__(self, content: bytes, part: str) -> None:
        self._content = content
        self._part = OpenPart(part, "", {}, part)
        self._elements = PartElements(self._part)
        self._names = LocalNames()
        self._found = BodyPlaces()
        self._waiting: list[str] = []  # marks on what has no paragraph yet
        self._open: _Paragraph | None = None
        self._depth = 0
        self._ended: list[Callable[[int], None]] = []  # what is to be known where the last event ends
        self._is_bare = False  # nothing has come since the last element began

    def read(self) -> BodyPlaces:
        parser: Any = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = False
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.CommentHandler = parser.ProcessingInstructionHandler = lambda *_: self._at()
        parser.Parse(self._content, True)
        self._reach(len(self._content))
        last = len(self._found.paragraphs) - 1
        self._found.marks.update((name, (last, None)) for name in self._waiting if last >= 0)
        return self._found

    def _at(self) -> int:
        """Where the parser is; everything that ended before it has."""
        at: int = self._parser.CurrentByteIndex
        self._reach(at)
        self._is_bare = False
        return at

    def _reach(self, at: int) -> None:
        for ended in self._ended:
            ended(at)
        self._ended.clear()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self._at()
        self._is_bare = True
        self._depth += 1
        before, is_read = self._part.counter.count, not self._part.skipped
        name = f"{{{tag}" if "}" in tag else tag
        self._elements.start(
            name, {f"{{{key}" if "}" in key else key: value for key, value in attributes.items()}
        )
        local = self._names[name]
        if self._open is None and local == "p" and is_read and self._is_in_body():
            self._open = _Paragraph(self._depth, at, self._waiting)
            self._waiting = []
            self._ended.append(self._content_begins)
        elif self._open and self._depth == self._open.depth + 1:
            self._open.child = at
        self._take(before)
        if local in _COMMENT_ENDS and is_read and self._is_in_body():
            self._anchor(local, Attributes(attributes).get("id", ""))

    def _is_in_body(self) -> bool:
        return self._part.story is not None and self._part.story.kind == "body"

    def _content_begins(self, at: int) -> None:
        if self._open:
            self._open.content = at

    def _take(self, before: int) -> None:
        """The marks that have been given out since."""
        names = [self._part.counter.name(number + 1) for number in range(before, self._part.counter.count)]
        (self._open.child_marks if self._open else self._waiting).extend(names)

    def _anchor(self, kind: str, name: str) -> None:
        """Its place is behind what stands directly in the paragraph, or behind itself where it is in none."""
        if self._open:
            self._open.child_anchors.append((kind, name))
        else:

            def ended(at: int) -> None:
                self._found.comments.setdefault((kind, name), at)

            self._ended.append(ended)

    def _data(self, text: str) -> None:
        self._at()
        self._elements.data(text)

    def _end(self, tag: str) -> None:
        is_bare = self._is_bare
        at = self._at()
        before = self._part.counter.count
        self._elements.end(f"{{{tag}" if "}" in tag else tag)
        self._take(before)
        if self._open and self._depth == self._open.depth:
            is_closed_at_once = is_bare and self._content[at - 2 : at] == b"/>"
            self._end_paragraph(self._open, at, is_closed_at_once)
            self._open = None
        elif self._open and self._depth == self._open.depth + 1:
            self._end_child(self._open, tag.rpartition("}")[2])
        self._depth -= 1

    def _end_child(self, paragraph: _Paragraph, local: str) -> None:
        marks, anchors, start = paragraph.child_marks, paragraph.child_anchors, paragraph.child
        paragraph.child_marks, paragraph.child_anchors = [], []

        def ended(at: int) -> None:
            if local == "pPr":
                paragraph.content = at
                paragraph.marks.extend(marks)
                return
            index = len(self._found.paragraphs)
            self._found.marks.update((name, (index, ByteSpan(start, at))) for name in marks)
            for anchor in anchors:
                self._found.comments.setdefault(anchor, at)

        self._ended.append(ended)

    def _end_paragraph(self, paragraph: _Paragraph, at: int, is_closed_at_once: bool) -> None:
        index = len(self._found.paragraphs)
        self._found.marks.update((name, (index, None)) for name in (*paragraph.marks, *paragraph.child_marks))
        tag = self._tag(paragraph.start)
        content = ByteSpan(at, at) if is_closed_at_once else ByteSpan(paragraph.content, at)
        self._found.paragraphs.append(
            ParagraphPlace(ByteSpan(paragraph.start, at), content, tag, is_closed_at_once)
        )

    def _tag(self, start: int) -> str:
        """The name of the element that begins here, as it is written."""
        end = start + 1
        while self._content[end : end + 1] not in (b" ", b"\t", b"\r", b"\n", b"/", b">"):
            end += 1
        return self._content[start + 1 : end].decode()
