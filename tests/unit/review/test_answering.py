"""What a returned file is answered: in the thread of a comment on the same words, else at the change."""

from __future__ import annotations

import datetime
from dataclasses import replace

from handouts.dataset.review_record import ReviewFile
from handouts.review.answering import answers_to
from handouts.review.reading import FileReview
from handouts.review.record import Decided, OnRecord, with_review
from handouts.revisions import Anchor, NewComment, ReviewComment, TrackedDocument
from tests.unit.review.files import returned
from tests.unit.review.test_record import ROW

DAY = datetime.date(2026, 12, 1)
SAID = ReviewComment("7", "本部", "", "2026-12-01T10:00:00Z", "根拠は。")


def about(document: TrackedDocument, words: str, *comments: ReviewComment) -> TrackedDocument:
    """The document with comments on the first of these words."""
    body = document.body
    row = next(one.index for one in body.paragraphs if words in one.text)
    paragraph = body.paragraphs[row]
    start = paragraph.text.index(words)
    ends = (
        Anchor("comment-start", comments[0].id, start),
        Anchor("comment-end", comments[0].id, start + len(words)),
    )
    changed = replace(paragraph, anchors=(*paragraph.anchors, *ends))
    paragraphs = (*body.paragraphs[:row], changed, *body.paragraphs[row + 1 :])
    return replace(document, stories=(replace(body, paragraphs=paragraphs),), comments=comments)


def reviewed(words: str = "", *comments: ReviewComment) -> tuple[TrackedDocument, FileReview]:
    sent = returned()
    document = sent.document(*sent.with_row(2, ROW))
    if words:
        document = about(document, words, *comments)
    return document, sent.review_of(document)


def answers(
    document: TrackedDocument,
    review: FileReview,
    record: ReviewFile | None = None,
    decided: Decided | None = None,
) -> list[NewComment]:
    _, on_record = with_review(record or ReviewFile(), [review], decided)
    return list(answers_to(document, review, on_record, "群馬支部"))


def test_each_change_is_answered_at_its_marks() -> None:
    document, review = reviewed()
    decided = Decided("佐藤", DAY, frozenset({1}), frozenset({2}))
    first, second = answers(document, review, decided=decided)
    assert (first.text, second.text) == ("反映しました。", "反映しないこととしました。")
    marks = [tuple(mark.id for mark in one.change.marks) for one in review.proposals]
    assert [first.marks, second.marks] == marks
    assert (first.parent, second.parent) == ("", "")


def test_what_nobody_has_decided_is_said_to_be_open() -> None:
    document, review = reviewed()
    assert [one.text for one in answers(document, review)] == ["検討中です。"] * 2
    assert [one.text for one in answers_to(document, review, OnRecord(), "群馬支部")] == ["検討中です。"] * 2


def test_a_comment_on_the_words_of_a_change_has_the_answer_in_its_thread() -> None:
    document, review = reviewed("報告", SAID)
    assert [one.parent for one in answers(document, review)] == ["7", ""]


def test_a_comment_on_other_words_of_the_paragraph_has_not() -> None:
    document, review = reviewed("評議会", SAID)
    assert [one.parent for one in answers(document, review)] == ["", ""]


def test_what_somebody_wrote_is_in_the_answer() -> None:
    document, review = reviewed("評議会", SAID)
    record, _ = with_review(ReviewFile(), [review], Decided("佐藤", DAY, refused=frozenset({1})))
    change, comment = record.changes[0], record.comments[0]
    record = record.model_copy(
        update={
            "changes": (change.model_copy(update={"answer": "次の年度に。"}), *record.changes[1:]),
            "comments": (comment.model_copy(update={"answer": "別紙のとおり。"}),),
        }
    )
    found = answers(document, review, record)
    assert found[0] == NewComment("別紙のとおり。", "7")
    assert found[1].text == "反映しないこととしました。\n次の年度に。"


def test_what_cannot_be_taken_is_answered_with_its_reason() -> None:
    sent = returned()
    entry = replace(sent.entries[2], role="last-year")
    sent.entries[2] = entry
    document = sent.document(*sent.with_row(2, "（１）評議会で収支を［-説明-］［+報告+］し、議論を深める。"))
    [answer] = answers(document, sent.review_of(document))
    assert answer.text.startswith("このままでは反映できません。\n")
    assert "前年度" in answer.text


def test_what_was_changed_without_a_mark_is_answered_at_its_paragraph() -> None:
    sent = returned()
    document = sent.document(*sent.with_row(2, "（１）評議会で収支を報告し、議論を深める。"), names={2: 2})
    [answer] = answers(document, sent.review_of(document))
    assert (answer.marks, answer.paragraph) == ((), 2)


def test_what_was_answered_before_is_not_answered_again() -> None:
    ours = ReviewComment("7", "群馬支部", "", "", "検討中です。")
    document, review = reviewed("報告", ours)
    assert [(one.text, one.parent) for one in answers(document, review)] == [("検討中です。", "")]
    decided = Decided("佐藤", DAY, frozenset({1}))
    assert [(one.text, one.parent) for one in answers(document, review, decided=decided)] == [
        ("反映しました。", "7"),
        ("検討中です。", ""),
    ]
