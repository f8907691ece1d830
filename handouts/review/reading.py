"""A returned file as a whole: its proposals for a dataset, its comments, and proof that nothing in it was passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handouts.dataset.model import Dataset
from handouts.findings import Finding, Place, Rule
from handouts.measures.printed_places import printed_place, printed_places
from handouts.origin import Origin, OriginHead
from handouts.review.knock_on import knock_ons
from handouts.review.own_marks import with_own_marks_accepted
from handouts.review.proposals import Proposal, Standpoint
from handouts.review.proposing import propose
from handouts.review.returned import PlacedComment, ReturnedFile
from handouts.review.returned_body import read_changes
from handouts.revisions import TrackedDocument

PASSED_OVER = Rule(
    "review.passed-over",
    "変更履歴「{text}」が、どこのものか分かりません",
    remedy="Word で開いて、目で確かめてください",
)
ELSEWHERE = Rule(
    "review.elsewhere",
    "資料の本文の外（{text}）に変更があります",
    remedy="Word で開いて、目で確かめてください",
)
LOST = Rule(
    "review.lost",
    "送ったときの「{text}」が、変更履歴なしになくなっています",
    remedy="なくすなら、データから消してください",
)
COMMENT_ELSEWHERE = Rule(
    "review.comment-elsewhere",
    "コメント「{text}」が付いているところは、送った資料にありません",
    remedy="Word で開いて、目で確かめてください",
)


@dataclass(frozen=True, slots=True)
class FileReview:
    """What one returned file proposes for one dataset; `missed` is what nobody can account for."""

    file: str
    head: OriginHead
    proposals: tuple[Proposal, ...]
    comments: tuple[PlacedComment, ...]
    comment_places: tuple[str, ...]
    formats: Mapping[str, int]
    missed: tuple[Finding, ...]


def review_file(document: TrackedDocument, origin: Origin, dataset: Dataset, first: int = 1) -> FileReview:
    """What `document`, sent with this `origin`, proposes for the dataset; its proposals are numbered from `first`."""
    document = with_own_marks_accepted(document, f"{dataset.branch}支部")
    returned = read_changes(document, origin)
    standpoint = Standpoint(returned.file, origin, dataset)
    proposals = tuple(
        _with_knock_ons(
            propose(standpoint, replace(change, number=change.number + first - 1)), dataset, returned.file
        )
        for change in returned.changes
    )
    places = printed_places(dataset)
    return FileReview(
        returned.file,
        origin.head,
        proposals,
        returned.comments,
        tuple(printed_place(one.entry.ref, places) if one.entry else "" for one in returned.comments),
        returned.formats,
        tuple(_missed(document, returned)),
    )


def _with_knock_ons(proposal: Proposal, dataset: Dataset, file: str) -> Proposal:
    found = tuple(knock_ons(dataset, proposal, file)) if proposal.state == "open" else ()
    return replace(proposal, notes=(*proposal.notes, *found)) if found else proposal


def _missed(document: TrackedDocument, returned: ReturnedFile) -> Iterator[Finding]:
    """Marks and comments that stand in no proposal, and what is gone without a mark."""
    place = Place(returned.file)
    told = {mark.id for change in returned.changes for mark in change.marks} | returned.silent
    texts: dict[str, str] = {}
    for paragraph in document.body.paragraphs:
        for piece in paragraph.pieces:
            for mark in piece.marks:
                texts[mark.id] = texts.get(mark.id, "") + piece.text
        for mark in paragraph.all_marks():
            texts.setdefault(mark.id, "")
    for mark in document.marks():
        if mark.kind != "property" and mark.id in texts and mark.id not in told:
            yield PASSED_OVER.at(place, text=texts[mark.id] or "（空の段落）")
    yield from (ELSEWHERE.at(place, text=text) for text in returned.elsewhere)
    yield from (LOST.at(place, text=entry.text) for entry in returned.lost)
    for one in returned.comments:
        if one.entry is None:
            yield COMMENT_ELSEWHERE.at(place, text=one.comment.text)
