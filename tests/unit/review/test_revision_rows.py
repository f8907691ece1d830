"""A review as rows of a 新旧対照: one row a paragraph, in the order of what was sent."""

from __future__ import annotations

import datetime

from handouts.compose.revision_table import Revision
from handouts.dataset.review_record import ReviewFile
from handouts.origin import Origin
from handouts.review.reading import FileReview
from handouts.review.record import Decided, OnRecord, with_review
from handouts.review.revision_rows import revision_parts
from handouts.revisions import ReviewComment
from tests.unit.review.files import HEAD, Returned, returned
from tests.unit.review.test_record import ROW, commented

DAY = datetime.date(2026, 12, 1)


def rows(
    sent: Returned, review: FileReview, record: OnRecord | None = None, kept: bool = False
) -> list[Revision]:
    origin = Origin(HEAD, tuple(sent.entries))
    [part] = revision_parts([(review, origin)], record or OnRecord(), kept)
    return list(part.revisions)


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in marks]


def test_the_changes_of_a_paragraph_are_one_row_with_all_of_them_marked() -> None:
    sent = returned()
    [row] = rows(sent, sent.review(*sent.with_row(2, ROW)))
    assert row.new_text == "（１）評議会で収支を報告し、議論を続ける。"
    assert marked(row.old_text, row.old_marks) == ["説明", "深める"]
    assert marked(row.new_text, row.new_marks) == ["報告", "続ける"]
    assert (row.remark, row.author) == ("変更", "本部\n2026-12-01 10:00")


def test_what_came_and_went_stands_where_it_belongs() -> None:
    sent = returned()
    review = sent.review(
        *sent.sent[:3],
        "［+（２）新しい施策を行う。+］¶+",
        sent.sent[3],
        f"［-{sent.sent[4]}-］¶-",
        sent.sent[5],
        "［+広報も行う。+］¶+",
        *sent.sent[6:],
    )
    found = [(row.remark, row.new_text, row.old_text) for row in rows(sent, review)]
    assert found == [
        ("新設", "（２）新しい施策を行う。", ""),
        ("削除", "", sent.sent[4]),
        ("追加", "広報も行う。", ""),
    ]


def test_what_stays_stands_between_where_it_is_wanted() -> None:
    sent = returned()
    found = rows(sent, sent.review(*sent.with_row(2, ROW)), kept=True)
    assert [row.old_text for row in found] == sent.sent
    assert [row.remark for row in found if row.remark] == ["変更"]


def test_what_was_decided_on_each_change_is_said_by_its_words() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, ROW))
    _, record = with_review(ReviewFile(), [review], Decided("佐藤", DAY, frozenset({1}), frozenset({2})))
    [row] = rows(sent, review, record)
    assert row.decisions == (
        "「報告」取り込んだ（佐藤、2026-12-01）",
        "「続ける」採らない（佐藤、2026-12-01）",
    )
    _, record = with_review(ReviewFile(), [review])
    [row] = rows(sent, review, record)
    assert row.decisions == ("未定",)


def test_a_comment_on_what_stays_has_a_row_of_its_own_and_is_open_until_it_is_answered() -> None:
    sent = returned()
    said = ReviewComment("7", "本部", "", "2026-12-01T10:00:00Z", "根拠は。")
    review = sent.review_of(commented(sent.document(*sent.with_row(2, ROW)), 4, said))
    record, on_record = with_review(ReviewFile(), [review])
    rows_made = rows(sent, review, on_record)
    assert [row.remark for row in rows_made] == ["変更", ""]
    assert rows_made[1].old_text == rows_made[1].new_text == sent.sent[4]
    assert "根拠は。" in rows_made[1].comments[0]
    assert rows_made[1].decisions == ("未定",)
    answered = record.model_copy(
        update={"comments": (record.comments[0].model_copy(update={"answer": "別紙のとおり。"}),)}
    )
    assert rows(sent, review, with_review(answered, [review])[1])[1].decisions == (
        "コメントに: 別紙のとおり。",
    )
