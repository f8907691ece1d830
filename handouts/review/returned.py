"""A returned Word file beside what was sent: each change as one thing that can be taken or refused, and the comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handouts.origin import OriginEntry
from handouts.review.shares import TextEdit
from handouts.revisions import (
    ReviewComment,
    RevisionMark,
)

ChangeKind = Literal["text", "inserted", "deleted", "moved", "split", "merged"]


@dataclass(frozen=True, slots=True)
class ReturnedChange:
    """One change of a returned file, with its number in it.

    `entries` are those of the paragraphs that stood there before, whose texts are `before`; of one that the program did
    not write there is none. `edits` are places in these texts, one after the other; `all_edits` those of its neighbours in
    the same paragraph too. `behind` and `ahead` are what stands
    next to a new paragraph in its cell. `marks` made it, none where nobody marked it. `row` is that of the table which
    came or went with it, of a row of initiatives with all of its cells.
    """

    number: int
    kind: ChangeKind
    entries: tuple[OriginEntry, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    edits: tuple[TextEdit, ...] = ()
    all_edits: tuple[TextEdit, ...] = ()
    behind: OriginEntry | None = None
    ahead: OriginEntry | None = None
    marks: tuple[RevisionMark, ...] = ()
    comments: tuple[str, ...] = ()
    row: tuple[int, int] | None = None

    @property
    def authors(self) -> tuple[str, ...]:
        """Who made it."""
        return tuple(dict.fromkeys(mark.author for mark in self.marks if mark.author))

    @property
    def date(self) -> str:
        """When the last of it was made, as written; empty where nobody says."""
        return max((mark.date for mark in self.marks), default="")


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment with the words that it is about, and the entry of the paragraph that it stands in."""

    comment: ReviewComment
    quoted: str
    entry: OriginEntry | None


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """All that was changed in a returned file; `elsewhere` are changes outside of what was sent, `formats` counts others.

    `lost` are the entries of which the file has nothing, though nobody marked them as deleted. `silent` are the ids of
    marks that change no text.
    """

    file: str
    changes: tuple[ReturnedChange, ...]
    comments: tuple[PlacedComment, ...]
    elsewhere: tuple[str, ...]
    formats: Mapping[str, int]
    lost: tuple[OriginEntry, ...]
    silent: frozenset[str] = frozenset()
