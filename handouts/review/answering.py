"""What a returned file is answered: what was decided on each of its changes, where it can be read beside the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from handouts.dataset.review_record import Decision, ReviewedChange
from handouts.review.reading import FileReview
from handouts.review.record import OnRecord
from handouts.revisions import NewComment, TrackedDocument

_SAID: Mapping[Decision, str] = {
    "取り込んだ": "反映しました。",
    "取り込み済み": "反映済みです。",
    "採らない": "反映しないこととしました。",
    "取り込めない": "このままでは反映できません。",
    "未定": "検討中です。",
}


class _Words(NamedTuple):
    """Words [start, end) of a paragraph, which is known by its number."""

    paragraph: int
    start: int
    end: int

    def meets(self, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Whether they share something with what stands between two places, each a paragraph and an offset."""
        return (self.paragraph, self.start) < end and start < (self.paragraph, max(self.end, self.start + 1))


def answers_to(
    document: TrackedDocument, review: FileReview, record: OnRecord, author: str
) -> tuple[NewComment, ...]:
    """What is put into the file: an answer in the thread of a comment on the words of a change, else a comment there.

    A comment that has an answer on record gets it; where the change beside it is answered too, before that. What
    `author` has said there already is not said again.
    """
    ranges = dict(_comment_ranges(document))
    roots = {one.comment.id for one in review.comments if not one.comment.parent}
    found = list(_answers_to_comments(review, record, roots))
    words_of, homes = _words_by_mark(document), _bookmarks(document)
    for proposal in review.proposals:
        change, one = proposal.change, record.changes.get(proposal.change.number)
        marks = tuple(mark.id for mark in change.marks)
        words = [word for mark in marks for word in words_of.get(mark, ())]
        threads = (
            name
            for name, (start, end) in ranges.items()
            if name in roots and any(word.meets(start, end) for word in words)
        )
        entries = (*change.entries, *filter(None, (change.behind, change.ahead)))
        place = next((homes[entry.bookmark] for entry in entries if entry.bookmark in homes), 0)
        text = answer_text(one) if one else _SAID["未定"]
        found.append(NewComment(text, next(threads, ""), marks, place))
    said = {(one.parent or one.id, one.text) for one in document.comments if one.author == author}
    return tuple(one for one in found if (one.parent, one.text) not in said)


def answer_text(one: ReviewedChange) -> str:
    """What was decided, why it cannot be done, and what somebody has written to it."""
    is_told = one.decision == "取り込めない"
    return "\n".join(filter(None, (_SAID[one.decision], one.reason if is_told else "", one.answer)))


def _answers_to_comments(
    review: FileReview, record: OnRecord, roots: Collection[str]
) -> Iterator[NewComment]:
    for one in review.comments:
        known = record.comments.get((review.file, one.comment.id))
        if known and known.answer and one.comment.id in roots:
            yield NewComment(known.answer, one.comment.id)


def _comment_ranges(
    document: TrackedDocument,
) -> Iterator[tuple[str, tuple[tuple[int, int], tuple[int, int]]]]:
    """Where each comment begins and ends, by its id."""
    starts: dict[str, tuple[int, int]] = {}
    for paragraph in document.body.paragraphs:
        for anchor in paragraph.anchors:
            at = paragraph.index, anchor.offset
            if anchor.kind == "comment-start":
                starts.setdefault(anchor.name, at)
            elif anchor.kind == "comment-end" and anchor.name in starts:
                yield anchor.name, (starts[anchor.name], at)


def _words_by_mark(document: TrackedDocument) -> Mapping[str, Sequence[_Words]]:
    """The words that each mark is on; all of a paragraph whose end it is on."""
    found: dict[str, list[_Words]] = defaultdict(list)
    for paragraph in document.body.paragraphs:
        at = 0
        for piece in paragraph.pieces:
            for mark in piece.marks:
                found[mark.id].append(_Words(paragraph.index, at, at + len(piece.text)))
            at += len(piece.text)
        for mark in paragraph.marks:
            found[mark.id].append(_Words(paragraph.index, 0, at))
    return found


def _bookmarks(document: TrackedDocument) -> Mapping[str, int]:
    """The paragraph in which each bookmark begins."""
    return {
        anchor.name: paragraph.index
        for paragraph in reversed(document.body.paragraphs)
        for anchor in paragraph.anchors
        if anchor.kind == "bookmark-start"
    }
