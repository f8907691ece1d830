"""A reviewed Word file as a comparison: what stood before all changes beside what stands after them, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from handouts.comparison import Span
from handouts.compose.changes import ADDED, CHANGED, DROPPED, ParagraphChange, joined
from handouts.compose.review_notes import CommentThread, MarkedText, ReviewNote
from handouts.revisions import (
    ParagraphGroup,
    Piece,
    ReviewComment,
    RevisionMark,
    Side,
    SourceParagraph,
    Story,
    StoryViews,
    TrackedDocument,
    ViewParagraph,
    comment_ranges,
    stands,
    view_of,
    views_of,
)

SPLIT, MERGED, MOVED_FROM, MOVED_TO, FORMATTED = "分割", "結合", "移動（元）", "移動（先）", "書式"
_STORIES = {
    "body": "本文",
    "header": "ヘッダー",
    "footer": "フッター",
    "footnote": "脚注",
    "endnote": "文末脚注",
    "text-box": "テキストボックス",
}
_PAGES = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"}
)  # fields that are other ones in every program
_MOST_ANSWERS = 100  # one below another; Word has one level
_REMARKS = {
    "split": SPLIT,
    "merged": MERGED,
    "regrouped": CHANGED,
    "inserted": ADDED,
    "deleted": DROPPED,
    "moved-from": MOVED_FROM,
    "moved-to": MOVED_TO,
    "gone": "",
}


def compare_reviewed(document: TrackedDocument) -> tuple[ParagraphChange, ...]:
    """All paragraphs of a document, before and after, the body first; indexes count those of each story.

    Comments that are anchored nowhere come last, each a row without texts.
    """
    threads = _threads(document)
    rows: list[ParagraphChange] = []
    for story in document.stories:
        views = views_of(story)
        for group in views.groups:
            number = rows[-1].said.group + 1 if rows and rows[-1].said else 0
            here = [thread for source in group.sources for thread in threads.pop((story.name, source), ())]
            rows += _rows(views, group, number, tuple(here))
    for thread in (thread for left in threads.values() for thread in left):
        number = rows[-1].said.group + 1 if rows and rows[-1].said else 0
        said = ReviewNote(number, "", "", "場所のないコメント", threads=(thread,))
        rows.append(ParagraphChange(None, None, "", "", (), (), said))
    return tuple(rows)


def texts_after(document: TrackedDocument) -> list[str]:
    """The paragraphs of all stories as they stand after all changes, without the numbers of pages, which nobody wrote."""
    views = (view_of(story, "after") for story in document.stories)
    return [
        "".join(piece.text for piece in one.pieces if piece.field not in _PAGES)
        for view in views
        for one in view
    ]


def _rows(
    views: StoryViews, group: ParagraphGroup, number: int, threads: tuple[CommentThread, ...]
) -> Iterator[ParagraphChange]:
    sources = [views.story.paragraphs[index] for index in group.sources]
    marks = tuple(_marked(sources))
    rows = [_row(views, old, new) for old, new in zip_longest(group.before or (None,), group.after)]
    remark = _remark(group, marks, any(row.old_text for row in rows), any(row.new_text for row in rows))
    place = _place(views.story, sources)
    said = ReviewNote(number, remark, views.story.name, place, True, marks, threads)
    for row in rows:
        yield replace(row, said=said)
        said = replace(said, is_first=False, marks=(), threads=())


def _row(views: StoryViews, old: int | None, new: int | None) -> ParagraphChange:
    before, after = _side(views.before, old, "after"), _side(views.after, new, "before")
    return ParagraphChange(old, new, before[0], after[0], before[1], after[1])


def _side(view: Sequence[ViewParagraph], index: int | None, other: Side) -> tuple[str, tuple[Span, ...]]:
    """The text of a paragraph, and the spans in it that are not there in the other view."""
    if index is None:
        return "", ()
    spans, at = [], 0
    for piece in view[index].pieces:
        if piece.text and not stands(piece.marks, other):
            spans.append((at, at + len(piece.text)))
        at += len(piece.text)
    return view[index].text, joined(spans)


def _remark(group: ParagraphGroup, marks: Sequence[MarkedText], has_old: bool, has_new: bool) -> str:
    """What became of the paragraphs; one whose words all moved away, and that stays empty, counts as moved."""
    if group.kind != "kept":
        return _REMARKS[group.kind]
    kinds = {marked.mark.kind for marked in marks if marked.on == "text"}
    if kinds == {"moved-from"} and not has_new:
        return MOVED_FROM
    if kinds == {"moved-to"} and not has_old:
        return MOVED_TO
    if kinds:
        return CHANGED
    return FORMATTED if any(marked.mark.kind in ("property", "merged") for marked in marks) else ""


def _marked(paragraphs: Sequence[SourceParagraph]) -> Iterator[MarkedText]:
    """Every mark of these paragraphs, once each, with the words under it."""
    words: dict[str, list[str]] = {}
    found: dict[str, tuple[RevisionMark, str]] = {}
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            for mark in piece.marks:
                words.setdefault(mark.id, []).append(_shown(piece))
                found[mark.id] = mark, "text"
        found |= {mark.id: (mark, "paragraph") for mark in paragraph.marks}
        found |= {mark.id: (mark, "format") for mark in paragraph.changes}
        if paragraph.cell:
            found |= {mark.id: (mark, "row") for mark in paragraph.cell.row_marks}
            found |= {mark.id: (mark, "cell") for mark in paragraph.cell.cell_marks}
    for mark, on in found.values():
        yield MarkedText(mark, on, "".join(words.get(mark.id, ())))


def _shown(piece: Piece) -> str:
    return {"text": piece.text, "note": "〔注〕", "object": "〔図〕"}[piece.kind]


def _place(story: Story, sources: Sequence[SourceParagraph]) -> str:
    """Where it stands, as somebody finds it who looks at the document."""
    number = "" if story.kind == "text-box" else story.number
    name = f"{_STORIES.get(story.kind, story.kind)}{number}"
    cell = sources[0].cell
    return f"{name} 表{cell.table + 1}の{cell.row + 1}行{cell.cell + 1}列" if cell else name


def _threads(document: TrackedDocument) -> dict[tuple[str, int], list[CommentThread]]:
    """The comments that answer no other, with those that answer them, by the paragraph in which they begin."""
    ranges = comment_ranges(document)
    known = {comment.id: comment for comment in document.comments}
    replies: dict[str, list[ReviewComment]] = {}
    for comment in document.comments:
        if (root := _root(comment, known)) is not comment:
            replies.setdefault(root.id, []).append(comment)
    found: dict[tuple[str, int], list[CommentThread]] = {}
    for comment in document.comments:
        if _root(comment, known) is comment:
            place = ranges.get(comment.id)
            about = (place.after or place.before) if place else ""
            thread = CommentThread(comment, about, tuple(replies.get(comment.id, ())))
            found.setdefault((place.story, place.first) if place else ("", 0), []).append(thread)
    return found


def _root(comment: ReviewComment, known: Mapping[str, ReviewComment]) -> ReviewComment:
    """The comment that began the thread; itself where it answers none that is there, or they answer each other."""
    seen = {comment.id}
    root = comment
    while root.parent in known and root.parent not in seen and len(seen) < _MOST_ANSWERS:
        root = known[root.parent]
        seen.add(root.id)
    return comment if root.parent in seen else root
