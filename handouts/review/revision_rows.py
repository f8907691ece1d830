"""A review as rows of a 新旧対照: each paragraph before and after, with who changed it, the comments, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from handouts.comparison import Span
from handouts.compose.review_notes import CommentThread
from handouts.compose.review_words import signatures, thread_lines
from handouts.compose.revision_table import ADDED, CHANGED, DROPPED, MOVED, NEW, Revision, RevisionPart
from handouts.dataset.labels import NUMBERED, recognise
from handouts.origin import Origin, OriginEntry
from handouts.review.proposals import Proposal
from handouts.review.reading import FileReview
from handouts.review.record import OnRecord, decision_lines
from handouts.review.returned import PlacedComment
from handouts.review.shares import TextEdit, edited_text

_OTHER_SIDES = ("last-year", "earlier")
_UNANSWERED = "未定"


@dataclass(slots=True)
class _Spot:
    """What belongs to one paragraph as it was sent: the changes in it, those behind it, and its comments."""

    changes: list[Proposal] = field(default_factory=list)
    behind: list[Proposal] = field(default_factory=list)
    comments: list[PlacedComment] = field(default_factory=list)


def revision_parts(
    files: Sequence[tuple[FileReview, Origin]], record: OnRecord, are_kept_shown: bool = False
) -> tuple[RevisionPart, ...]:
    """The files as parts; of one file the part has no title.

    With `are_kept_shown` what stays as it was stands between the changes.
    """
    is_one = len(files) == 1
    return tuple(
        RevisionPart("" if is_one else file.file, tuple(_Rows(file, origin, record, are_kept_shown).rows()))
        for file, origin in files
    )


class _Rows:
    """The rows of one file, in the order of what was sent."""

    def __init__(self, file: FileReview, origin: Origin, record: OnRecord, are_kept_shown: bool) -> None:
        self._file, self._record, self._are_kept_shown = file, record, are_kept_shown
        self._entries = origin.entries
        self._numbers = {entry.bookmark: number for number, entry in enumerate(origin.entries)}
        self._replies: Mapping[str, list[PlacedComment]] = defaultdict(list)
        for one in file.comments:
            if one.comment.parent:
                self._replies[one.comment.parent].append(one)

    def rows(self) -> Iterator[Revision]:
        spots = self._spots()
        for number in sorted(spots if not self._are_kept_shown else {*spots, *range(len(self._entries))}):
            spot = spots.get(number, _Spot())
            threads = [one for one in spot.comments if not one.comment.parent]
            made = [self._row(group) for group in _together(spot.changes)]
            is_entry = 0 <= number < len(self._entries)
            is_kept = self._are_kept_shown and is_entry and _is_shown(self._entries[number])
            if not made and is_entry and (threads or is_kept):
                entry = self._entries[number]
                made = [Revision(entry.text, entry.text, place=self._place_of(threads))]
            if made and threads:
                made[0] = self._with_comments(made[0], threads)
            elif threads:
                made = [self._with_comments(Revision("", "", place=self._place_of(threads)), threads)]
            yield from made
            yield from (self._row(group) for group in _together(spot.behind))

    def _spots(self) -> dict[int, _Spot]:
        """By the number of the entry; -1 for what stands before the first, the number behind the last for what has none."""
        found: dict[int, _Spot] = defaultdict(_Spot)
        for proposal in self._file.proposals:
            change = proposal.change
            if change.entries:
                found[self._number(change.entries[0])].changes.append(proposal)
            elif change.behind:
                found[self._number(change.behind)].behind.append(proposal)
            elif change.ahead:
                found[self._number(change.ahead) - 1].behind.append(proposal)
            else:
                found[len(self._entries)].changes.append(proposal)
        for one in self._file.comments:
            found[self._number(one.entry)].comments.append(one)
        return found

    def _number(self, entry: OriginEntry | None) -> int:
        return self._numbers.get(entry.bookmark, len(self._entries)) if entry else len(self._entries)

    def _place_of(self, comments: Iterable[PlacedComment]) -> str:
        """Where the first of some comments stands."""
        first = next(iter(comments), None)
        places = zip(self._file.comments, self._file.comment_places, strict=True)
        return next((place for one, place in places if one is first), "")

    def _row(self, proposals: Sequence[Proposal]) -> Revision:
        change = proposals[0].change
        marks = [mark for one in proposals for mark in one.change.marks]
        people = [word for both in signatures(marks) for word in both if word]
        old, new, old_marks, new_marks = _sides(proposals)
        return Revision(
            old,
            new,
            old_marks,
            new_marks,
            _remark(change.kind, new),
            self._place(proposals[0]),
            author="\n".join(people),
            decisions=tuple(self._decisions(proposals)),
        )

    def _place(self, proposal: Proposal) -> str:
        """Where it is printed, or was when that was put on record."""
        found = self._record.changes.get(proposal.change.number)
        return proposal.place or (found.place if found else "")

    def _decisions(self, proposals: Sequence[Proposal]) -> Iterator[str]:
        """What was decided; of several changes in one paragraph of each, by its words, where that is not the same."""
        said = {one.change.number: self._decided(one) for one in proposals}
        if len(set(said.values())) == 1:
            yield from next(iter(said.values()))
            return
        for one in proposals:
            if first := said[one.change.number]:
                yield f"「{_words(one)}」{first[0]}"
                yield from first[1:]

    def _decided(self, proposal: Proposal) -> tuple[str, ...]:
        found = self._record.changes.get(proposal.change.number)
        return decision_lines(found) if found else ()

    def _with_comments(self, row: Revision, threads: Sequence[PlacedComment]) -> Revision:
        text = row.new_text or row.old_text
        lines = [line for one in threads for line in self._comment_lines(one, text)]
        said = tuple(self._answers(threads, is_alone=not row.remark))
        return Revision(
            row.old_text,
            row.new_text,
            row.old_marks,
            row.new_marks,
            row.remark,
            row.place,
            row.old_place,
            row.author,
            row.date,
            tuple(lines),
            (*row.decisions, *said),
        )

    def _comment_lines(self, one: PlacedComment, text: str) -> Iterator[str]:
        replies = tuple(reply.comment for reply in self._replies[one.comment.id])
        for line in thread_lines(CommentThread(one.comment, one.quoted, replies), text):
            yield line.removeprefix("コメント ")

    def _answers(self, threads: Iterable[PlacedComment], is_alone: bool) -> Iterator[str]:
        """What was answered to comments; where nothing was and no change stands beside it, this is open."""
        for one in threads:
            found = self._record.comments.get((self._file.file, one.comment.id))
            if found and found.answer:
                yield from f"コメントに: {found.answer}".split("\n")
            elif found and is_alone:
                yield _UNANSWERED


def _is_shown(entry: OriginEntry) -> bool:
    return bool(entry.text) and entry.role not in _OTHER_SIDES


def _together(proposals: Sequence[Proposal]) -> Iterator[list[Proposal]]:
    """The proposals, edits of one paragraph in one group."""

    def key(one: Proposal) -> object:
        change = one.change
        return (change.before, change.after) if change.kind == "text" else id(one)

    for _, group in groupby(proposals, key):
        yield list(group)


def _sides(proposals: Sequence[Proposal]) -> tuple[str, str, tuple[Span, ...], tuple[Span, ...]]:
    """Both texts with the words that differ; all of what came, went or was moved."""
    change = proposals[0].change
    old, new = "\n".join(change.before), "\n".join(change.after)
    edits = sorted({edit for one in proposals for edit in one.change.edits}, key=lambda edit: edit.start)
    if edits and change.kind in ("text", "split", "merged"):
        return old, edited_text(old, edits), *_marks(edits)
    if change.kind == "moved":
        new = new or old
        return old, new, ((0, len(old)),), ((0, len(new)),)
    if change.kind == "deleted":
        new = ""
    if change.kind == "inserted":
        old = ""
    return old, new, ((0, len(old)),) if old else (), ((0, len(new)),) if new else ()


def _marks(edits: Sequence[TextEdit]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The words of edits in the text before and in the one after."""
    old, new, shift = [], [], 0
    for edit in edits:
        at = edit.start + shift
        if edit.end > edit.start:
            old.append((edit.start, edit.end))
        if edit.text:
            new.append((at, at + len(edit.text)))
        shift += len(edit.text) - (edit.end - edit.start)
    return tuple(old), tuple(new)


def _remark(kind: str, text: str) -> str:
    """What became of it; what has a number and is new is 新設."""
    if kind == "inserted":
        label = recognise(text)
        return NEW if label and label.family in NUMBERED else ADDED
    return {"deleted": DROPPED, "moved": MOVED}.get(kind, CHANGED)


def _words(proposal: Proposal) -> str:
    """The words of one change in a paragraph that has several."""
    change = proposal.change
    text = "\n".join(change.before)
    words = [edit.text or text[edit.start : edit.end] for edit in change.edits]
    return "、".join(words) or "".join(change.after or change.before)
