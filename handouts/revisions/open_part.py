"""A part while it is being read: which elements, stories and marks are open at this place of it."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.findings import DataFaults, Place
from handouts.revisions.marks import BookmarkNames, MarkCounter
from handouts.revisions.model import RevisionMark, Story
from handouts.revisions.opening import TOO_DEEP
from handouts.revisions.paragraphs import OpenParagraph, OpenStory, OpenTable

MOST_LEVELS = 100  # of tables, boxes and marks in each other; Word itself stops far before


class OpenPart:
    """What is open, and the stories that have ended.

    `name` is a short name of the part, `number` tells it from others of its kind. `path` are the local names of the open
    elements, `under` the marks under which text stands here, `text` what the open element of text has so far.
    """

    def __init__(self, name: str, number: str, style_names: Mapping[str, str], file: str) -> None:
        self.name, self.number, self.style_names, self._file = name, number, style_names, file
        self.found: list[tuple[Story, Mapping[str, str]] | None] = []  # nothing where one has not ended yet
        self.path: list[str] = []
        self.skipped = 0  # elements open inside one that is not read
        self.text: list[str] | None = None
        self.under: tuple[RevisionMark, ...] = ()
        self.counter = MarkCounter(name)
        self.bookmarks = BookmarkNames()
        self.boxes = 0
        self.alternatives: list[bool] = []  # whether one of them was read
        self._stories: list[OpenStory] = []
        self._marks: list[RevisionMark] = []
        self._mark_ends: list[int] = []  # depths of the elements that end them

    @property
    def story(self) -> OpenStory | None:
        """The innermost open story."""
        return self._stories[-1] if self._stories else None

    @property
    def paragraph(self) -> OpenParagraph | None:
        """The innermost open paragraph of that story."""
        return self._stories[-1].open[-1] if self._stories and self._stories[-1].open else None

    @property
    def table(self) -> OpenTable | None:
        """The innermost open table of that story."""
        return self._stories[-1].tables[-1] if self._stories and self._stories[-1].tables else None

    def begin_story(self, story: OpenStory) -> None:
        """A story begins, in which the marks that are open count for the whole of it only."""
        story.at, story.outer, story.marks = len(self.found), len(self._marks), self.under
        self.found.append(None)
        self._stories.append(story)
        self.check_depth(len(self._stories))
        self._marks_changed()

    def end_story(self) -> None:
        """The innermost open story ends."""
        story = self._stories.pop()
        while story.open:  # in a part that is not as it should be
            story.end_paragraph(self.style_names)
        self.found[story.at] = (story.closed(), story.said)
        self._marks_changed()

    def add_text(self, text: str) -> None:
        """Text of the open paragraph."""
        if text and self._stories and (paragraph := self.paragraph):
            paragraph.add_text(text, self.under, self._stories[-1].fields.kind)

    def taken_text(self) -> str:
        """What the element of text had that ends here."""
        text, self.text = "".join(self.text or ()), None
        return text

    def open_mark(self, mark: RevisionMark, depth: int) -> None:
        """What is in the element at this depth stands under the mark from here on."""
        self._marks.append(mark)
        self._mark_ends.append(depth)
        self.check_depth(len(self._marks))
        self._marks_changed()

    def close_marks(self) -> None:
        """The marks end whose element has ended."""
        while self._mark_ends and self._mark_ends[-1] == len(self.path):
            self._mark_ends.pop()
            self._marks.pop()
            self._marks_changed()

    def check_depth(self, depth: int) -> None:
        """Raises DataFaults where so many things are open in each other that no person can have made them."""
        if depth > MOST_LEVELS:
            raise DataFaults([TOO_DEEP.at(Place(self._file), most=MOST_LEVELS)])

    def _marks_changed(self) -> None:
        self.under = tuple(self._marks[self._stories[-1].outer if self._stories else 0 :])
