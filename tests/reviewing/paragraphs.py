"""The paragraphs of a returned file after all changes, and what of a text counts where two are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from handouts.dataset.labels import recognise
from handouts.origin import Origin, OriginEntry
from handouts.revisions import StoryViews, TrackedDocument, views_of

_NEW = re.compile("^（新）")


@dataclass(frozen=True, slots=True)
class Returned:
    """A paragraph as it stands after all changes, with what we sent there and whether anything was changed in it."""

    text: str
    entries: tuple[OriginEntry, ...]
    marks: frozenset[str]
    stream: str

    @property
    def is_edited(self) -> bool:
        """Whether anything was changed in it."""
        return bool(self.marks)


def returned_paragraphs(document: TrackedDocument, origin: Origin) -> list[Returned]:
    """The paragraphs after all changes; our entries are known by the order in which we wrote them, not by bookmarks.

    What was deleted leaves one without text, so that it is known which entry went.
    """
    views = views_of(document.body)
    entries = _entries_in_order(views, origin)
    found = []
    stream, cell = "", None
    for group in views.groups:
        sources = [document.body.paragraphs[index] for index in group.sources]
        marks = frozenset(
            mark.id for source in sources for mark in source.all_marks() if mark.kind != "property"
        )
        known = tuple(entries[number] for number in group.before if number in entries)
        if known:
            stream, cell = stream_of(known[0]), sources[0].container
        elif sources[0].container != cell:
            stream = next(_streams_behind(views, group.sources[-1], entries), stream)
        for text in [views.after[number].text for number in group.after] or [""]:
            found.append(Returned(text, known, marks, stream))
    return found


def stream_of(entry: OriginEntry) -> str:
    """What is printed of one list of one year stands in its order; how lists stand beside each other is the page's."""
    prefix = entry.ref.partition(":")[0]
    return f"{prefix} again" if entry.role == "repeated" else prefix


def _streams_behind(views: StoryViews, source: int, entries: Mapping[int, OriginEntry]) -> Iterator[str]:
    """The streams of what stands behind a new paragraph in its cell."""
    cell = views.story.paragraphs[source].container
    for number, paragraph in enumerate(views.before):
        first = paragraph.sources[0]
        if number in entries and first > source and views.story.paragraphs[first].container == cell:
            yield stream_of(entries[number])


def _entries_in_order(views: StoryViews, origin: Origin) -> dict[int, OriginEntry]:
    """The entry of each paragraph before all changes, by the texts in their order."""
    entries = [entry for entry in origin.entries if entry.text]
    texts = [
        (number, paragraph.text) for number, paragraph in enumerate(views.before) if paragraph.text.strip()
    ]
    left, right = [folded(text) for _, text in texts], [folded(entry.text) for entry in entries]
    matcher = SequenceMatcher(None, left, right, False)
    return {
        texts[block.a + step][0]: entries[block.b + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def folded(text: str) -> str:
    """A text without what editors change by themselves: the width of digits in fields, blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def plain_entry(entry: OriginEntry) -> str:
    """What is printed now without its label, which may be more than one can tell from the text alone."""
    return plain(entry.words if entry.words else entry.text)


def plain(text: str) -> str:
    """A text without its label, and without what the program sets before a new initiative."""
    text = _NEW.sub("", text.strip())
    label = recognise(text)
    return (text.removeprefix(label.text) if label else "") or text
