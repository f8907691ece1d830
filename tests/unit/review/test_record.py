"""The record of a review: what was decided stays, what people wrote stays, and the same file changes nothing."""

from __future__ import annotations

import datetime
from dataclasses import replace

from handouts.dataset.review_record import ReviewFile
from handouts.review.record import Decided, decision_lines, with_review
from handouts.revisions import Anchor, ReviewComment, TrackedDocument
from tests.unit.review.files import returned

DAY = datetime.date(2026, 12, 1)
ROW = "（１）評議会で収支を［-説明-］［+報告+］し、議論を［-深める-］［+続ける+］。"
NOTHING = ReviewFile()


def commented(document: TrackedDocument, row: int, *comments: ReviewComment) -> TrackedDocument:
    """The document with comments on a whole paragraph."""
    body = document.body
    paragraph = body.paragraphs[row]
    ends = (Anchor("comment-start", comments[0].id, 0), Anchor("comment-end", comments[0].id, 4))
    paragraphs = (
        *body.paragraphs[:row],
        replace(paragraph, anchors=(*paragraph.anchors, *ends)),
        *body.paragraphs[row + 1 :],
    )
    return replace(document, stories=(replace(body, paragraphs=paragraphs),), comments=comments)


def test_what_was_taken_over_and_refused_is_on_record_with_who_and_when() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, ROW))
    record, on_record = with_review(NOTHING, [review], Decided("佐藤", DAY, frozenset({1}), frozenset({2})))
    assert [(one.decision, one.decided_by, one.decided_on) for one in record.changes] == [
        ("取り込んだ", "佐藤", DAY),
        ("採らない", "佐藤", DAY),
    ]
    assert on_record.refused == {2}
    assert decision_lines(on_record.changes[2]) == ("採らない（佐藤、2026-12-01）",)


def test_what_nobody_has_decided_is_open_and_what_cannot_be_taken_has_its_reason() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, ROW), "［+ほかの段落+］")
    record, _ = with_review(NOTHING, [review])
    assert record.changes[0].decision == "未定"
    assert all(one.reason for one in record.changes if one.decision == "取り込めない")


def test_each_change_is_recorded_without_those_beside_it() -> None:
    sent = returned()
    record, _ = with_review(NOTHING, [sent.review(*sent.with_row(2, ROW))])
    assert [one.after for one in record.changes] == [
        "（１）評議会で収支を報告し、議論を深める。",
        "（１）評議会で収支を説明し、議論を続ける。",
    ]


def test_the_same_file_again_keeps_what_was_decided_and_written() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, ROW))
    record, _ = with_review(NOTHING, [review], Decided("佐藤", DAY, refused=frozenset({1})))
    answered = replace_first(record, answer="次の年度に。")
    again, on_record = with_review(answered, [review])
    assert again == answered
    assert decision_lines(on_record.changes[1])[-1] == "答え: 次の年度に。"


def replace_first(record: ReviewFile, **values: str) -> ReviewFile:
    first, *others = record.changes
    return record.model_copy(update={"changes": (first.model_copy(update=values), *others)})


def test_a_change_that_was_taken_back_in_the_data_is_open_again() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, ROW))
    record, _ = with_review(NOTHING, [review], Decided("佐藤", DAY, taken=frozenset({1})))
    again, _ = with_review(record, [review])
    assert again.changes[0].decision == "未定"


def test_the_record_of_another_file_stays() -> None:
    sent = returned()
    first, _ = with_review(NOTHING, [sent.review(*sent.with_row(2, ROW))])
    other = sent.review(*sent.with_row(2, "（１）評議会で収支を［-説明-］［+提示+］し、議論を深める。"))
    both, on_record = with_review(first, [other])
    assert (len(both.changes), len(on_record.changes)) == (3, 1)
    assert both.changes[:2] == first.changes


def test_the_same_change_in_two_paragraphs_has_two_names() -> None:
    sent = returned()
    review = sent.review(*sent.sent[:1], "［+甲+］", "［+甲+］", *sent.sent[1:])
    record, _ = with_review(NOTHING, [review])
    assert len({one.id for one in record.changes}) == len(review.proposals) == 2


def test_a_comment_is_a_note_to_its_paragraph_with_its_replies() -> None:
    sent = returned()
    comments = (
        ReviewComment("7", "本部", "", "2026-12-01T10:00:00Z", "根拠は。"),
        ReviewComment("8", "支部", "", "", "調べます。", parent="7"),
    )
    review = sent.review_of(commented(sent.document(*sent.sent), 2, *comments))
    record, on_record = with_review(NOTHING, [review])
    [one] = record.comments
    assert (one.text, one.author, one.about, one.replies) == (
        "根拠は。",
        "本部",
        "（１）評",
        ("支部: 調べます。",),
    )
    assert one.ref == sent.entries[2].ref
    assert on_record.comments == {(review.file, "7"): one}


def test_our_own_answers_are_no_notes() -> None:
    sent = returned()
    ours = ReviewComment("7", "群馬支部", "", "", "反映しました。")
    review = sent.review_of(commented(sent.document(*sent.sent), 2, ours))
    assert with_review(NOTHING, [review], own="群馬支部")[0].comments == ()
