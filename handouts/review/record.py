"""What is on record of the changes and comments of returned files: what was decided, by whom and when, and the answers."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from handouts.dataset.review_record import Decision, ReviewedChange, ReviewedComment, ReviewFile
from handouts.review.listing import kind_of
from handouts.review.proposals import Proposal, State
from handouts.review.reading import FileReview
from handouts.review.returned import PlacedComment
from handouts.review.shares import edited_text

_BY_STATE: Mapping[State, Decision] = {
    "open": "未定",
    "conflict": "未定",
    "unplaced": "未定",
    "done": "取り込み済み",
    "answered": "取り込めない",
}
_OF_PEOPLE: tuple[Decision, ...] = ("取り込んだ", "採らない")
_ID_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided in a run, by the numbers of proposals: taken over and refused, by whom and on which day."""

    by: str
    day: datetime.date
    taken: frozenset[int] = field(default_factory=frozenset)
    refused: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record of the files that are read: of proposals by their numbers, of comments by file and id there."""

    changes: Mapping[int, ReviewedChange] = field(default_factory=dict)
    comments: Mapping[tuple[str, str], ReviewedComment] = field(default_factory=dict)

    @property
    def said(self) -> Mapping[int, Sequence[str]]:
        """What people have decided or answered, in lines, by the numbers of proposals."""
        return {
            number: decision_lines(one)
            for number, one in self.changes.items()
            if one.answer or one.decision in _OF_PEOPLE
        }

    @property
    def refused(self) -> Collection[int]:
        """The numbers of the proposals that somebody has refused."""
        return {number for number, one in self.changes.items() if one.decision == "採らない"}


def with_review(
    old: ReviewFile, files: Sequence[FileReview], decided: Decided | None = None, own: str = ""
) -> tuple[ReviewFile, OnRecord]:
    """The record with what the files hold and what was decided now, and what of it is about them.

    What people have decided and written before stays; so does what is on record of other files. The comments of the
    author `own` are our answers, and no notes.
    """
    changes = {one.id: one for one in old.changes}
    comments = {one.id: one for one in old.comments}
    of_files = OnRecord({}, {})
    for file in files:
        seen: Counter[str] = Counter()
        numbered: dict[int, ReviewedChange] = {}
        noted: dict[tuple[str, str], ReviewedComment] = {}
        for proposal in file.proposals:
            name = _name(seen, _content(proposal))
            changes[name] = _change(name, file.file, proposal, changes.get(name), decided)
            numbered[proposal.change.number] = changes[name]
        for one, place in zip(file.comments, file.comment_places, strict=True):
            if not one.comment.parent and (not own or one.comment.author != own):
                name = _name(seen, (one.comment.author, one.comment.date, one.comment.text, one.quoted))
                comments[name] = _comment(name, file, one, place, comments.get(name))
                noted[file.file, one.comment.id] = comments[name]
        of_files = OnRecord({**of_files.changes, **numbered}, {**of_files.comments, **noted})
    return ReviewFile(changes=tuple(changes.values()), comments=tuple(comments.values())), of_files


def _name(seen: Counter[str], content: object) -> str:
    """A name made of what stands in the file alone, so that the same file has it again; of twins one has a number."""
    name = f"r{sha256(repr(content).encode(errors='surrogatepass')).hexdigest()[:_ID_LENGTH]}"
    seen[name] += 1
    return f"{name}-{seen[name]}" if seen[name] > 1 else name


def _content(proposal: Proposal) -> tuple[object, ...]:
    change = proposal.change
    edits = tuple((edit.start, edit.end, edit.text) for edit in change.edits)
    refs = tuple(entry.ref for entry in change.entries)
    return change.kind, refs, change.before, edits or change.after, change.authors, change.date


def _change(
    name: str, file: str, proposal: Proposal, old: ReviewedChange | None, decided: Decided | None
) -> ReviewedChange:
    change = proposal.change
    decision, by, day = _decision(proposal, old, decided)
    reasons = proposal.notes if decision in ("取り込めない", "未定") and proposal.state != "open" else ()
    return ReviewedChange(
        id=name,
        file=old.file if old else file,
        place=(old.place if old else "") or proposal.place,  # also when it is printed no more
        kind=kind_of(proposal),
        before=_lines(change.before),
        after=_lines(after_of(proposal)),
        author=_on_one_line("、".join(change.authors)),
        date=_on_one_line(change.date),
        decision=decision,
        decided_by=_on_one_line(by),
        decided_on=day,
        reason=_lines(note.sentence for note in reasons),
        answer=old.answer if old else "",
    )


def after_of(proposal: Proposal) -> tuple[str, ...]:
    """The paragraphs with this change and none of its neighbours'."""
    change = proposal.change
    is_one = change.kind == "text" and len(change.before) == 1
    return (edited_text(change.before[0], change.edits),) if is_one else change.after


def _decision(
    proposal: Proposal, old: ReviewedChange | None, decided: Decided | None
) -> tuple[Decision, str, datetime.date | None]:
    number = proposal.change.number
    if decided and number in decided.taken:
        return "取り込んだ", decided.by, decided.day
    if decided and number in decided.refused:
        return "採らない", decided.by, decided.day
    is_back = old is not None and old.decision == "取り込んだ" and proposal.state == "open"
    if old and old.decision in _OF_PEOPLE and not is_back:
        return old.decision, old.decided_by, old.decided_on
    return _BY_STATE[proposal.state], "", None


def _comment(
    name: str, file: FileReview, one: PlacedComment, place: str, old: ReviewedComment | None
) -> ReviewedComment:
    comment = one.comment
    return ReviewedComment(
        id=name,
        file=old.file if old else file.file,
        place=(old.place if old else "") or place,
        ref=one.entry.ref if one.entry else "",
        about=one.quoted,
        author=_on_one_line(comment.author),
        date=_on_one_line(comment.date),
        text=comment.text,
        replies=tuple(_replies(file.comments, comment.id)),
        answer=old.answer if old else "",
    )


def _replies(comments: Iterable[PlacedComment], parent: str) -> Iterator[str]:
    for one in comments:
        if one.comment.parent == parent:
            yield _on_one_line(f"{one.comment.author or '名前なし'}: {one.comment.text}")


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def decision_text(one: ReviewedChange) -> str:
    """What was decided, with who and when where somebody has, e.g. 取り込んだ（佐藤、2026-12-01）."""
    who = "、".join(filter(None, (one.decided_by, one.decided_on.isoformat() if one.decided_on else "")))
    return f"{one.decision}（{who}）" if who else one.decision


def decision_lines(one: ReviewedChange) -> tuple[str, ...]:
    """The same with the reason and the answer, a line for each."""
    answer = f"答え: {one.answer}" if one.answer else ""
    return tuple(filter(None, (decision_text(one), *one.reason.split("\n"), *answer.split("\n"))))
