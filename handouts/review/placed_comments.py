"""The comments of a returned file, each with the words and the paragraph that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.origin import OriginEntry
from handouts.review.returned import PlacedComment
from handouts.revisions import TrackedDocument


def placed_comments(document: TrackedDocument, entries: Mapping[int, OriginEntry]) -> Iterator[PlacedComment]:
    """The comments in their order, an answer like any other; one without a place in the body has no entry.

    `entries` are those of its paragraphs, by their indexes.
    """
    quoted: dict[str, list[str]] = {}
    home: dict[str, OriginEntry] = {}
    going: dict[str, int] = {}
    for paragraph in document.body.paragraphs:
        text = paragraph.text
        starts = dict.fromkeys(going, 0)
        for anchor in paragraph.anchors:
            if anchor.kind == "comment-start":
                starts[anchor.name] = going[anchor.name] = anchor.offset
            elif anchor.kind == "comment-end" and anchor.name in starts:
                quoted.setdefault(anchor.name, []).append(text[starts.pop(anchor.name) : anchor.offset])
                going.pop(anchor.name, None)
            if anchor.kind in ("comment-start", "comment-reference") and paragraph.index in entries:
                home.setdefault(anchor.name, entries[paragraph.index])
        for name, start in starts.items():
            quoted.setdefault(name, []).append(text[start:])
    for comment in document.comments:
        root = comment.parent or comment.id
        yield PlacedComment(comment, "".join(quoted.get(root, ())), home.get(root))
