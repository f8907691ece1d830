"""Word documents with tracked changes and comments, read whole: what stands in them, and both views of it.

From outside: `read_document` gives a `TrackedDocument`, `views_of` the two views of one of its stories and which
paragraphs of them belong together, `view_with` what some of the changes give, `comment_ranges` what each comment is about, `with_comments` the file with comments put in; the values that these are made of.
"""

from handouts.revisions.comment_writing import NewComment, with_comments
from handouts.revisions.model import (
    Anchor,
    MarkKind,
    Piece,
    ReviewComment,
    RevisionMark,
    SourceCell,
    SourceParagraph,
    Story,
    StoryKind,
    TrackedDocument,
)
from handouts.revisions.pairing import GroupKind, ParagraphGroup, StoryViews, views_of
from handouts.revisions.ranges import CommentRange, comment_ranges
from handouts.revisions.reading import read_document
from handouts.revisions.views import Side, ViewParagraph, stands, view_of, view_with

__all__ = [
    "Anchor",
    "CommentRange",
    "GroupKind",
    "MarkKind",
    "NewComment",
    "ParagraphGroup",
    "Piece",
    "ReviewComment",
    "RevisionMark",
    "Side",
    "SourceCell",
    "SourceParagraph",
    "Story",
    "StoryKind",
    "StoryViews",
    "TrackedDocument",
    "ViewParagraph",
    "comment_ranges",
    "read_document",
    "stands",
    "view_of",
    "view_with",
    "views_of",
    "with_comments",
]
