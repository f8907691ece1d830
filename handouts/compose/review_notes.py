"""What a reviewed Word file says of a paragraph beside its text."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.revisions import ReviewComment, RevisionMark


@dataclass(frozen=True, slots=True)
class CommentThread:
    """A comment with what it is about and those that answer it."""

    comment: ReviewComment
    about: str
    replies: tuple[ReviewComment, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A mark of tracked changes with what it stands on: words, or the end of a paragraph, a row, a cell."""

    mark: RevisionMark
    on: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """What a reviewed file says of a row: where it stands, what became of it, by whose marks, and its comments.

    Rows of one `group` belong together (a split, a merge); the first has everything that is said of them.
    """

    group: int
    remark: str
    story: str
    place: str
    is_first: bool = True
    marks: tuple[MarkedText, ...] = ()
    threads: tuple[CommentThread, ...] = ()
