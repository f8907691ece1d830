"""A reviewed Word file as a comparison: rows in both orders, marks by the file, comments, formats, counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handouts.compose.changes import ParagraphChange, remark
from handouts.compose.review_words import note_lines
from handouts.compose.reviewed import compare_reviewed, texts_after
from handouts.runs.comparison_forms import as_html, as_json, as_text
from tests.unit.revisions.documents import (
    BY,
    DEL,
    FROM,
    INS,
    TO,
    dele,
    gone,
    ins,
    p,
    part,
    read,
    t,
    tbl,
    tc,
    tr,
)
from tests.unit.revisions.test_reading import COMMENTS, THREADS, field

MOVE = '<w:move{0}RangeStart w:id="{1}" w:name="move7"/>{2}<w:move{0}RangeEnd w:id="{1}"/>'
BODY = (
    p(t("待ち時間を") + dele("短く") + ins("半分に") + t("する"))
    + p(t("前半。"), INS) + p(t("後半。"))
    + p(t("一つ目。"), DEL) + p(t("二つ目。"))
    + MOVE.format("From", 3, p(f'<w:moveFrom w:id="5" {BY}>{t("移す")}</w:moveFrom>', FROM))
    + p(ins("追加した。"), INS) + p(dele("消した。"), DEL) + p(t("同じ。"))
    + MOVE.format("To", 4, p(f'<w:moveTo w:id="6" {BY}>{t("移す")}</w:moveTo>', TO))
    + tbl(tr(tc(p(ins("新しい行", "支部"))), mark=INS)) + p()
)  # fmt: skip
FORMATTED = p(
    f'<w:r><w:rPr><w:b/><w:rPrChange w:id="1" {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>書式</w:t></w:r>'
)


def rows(folder: Path, body: str, **parts: str) -> tuple[ParagraphChange, ...]:
    return compare_reviewed(read(folder, body, parts))


def test_each_row_says_what_became_of_it(tmp_path: Path) -> None:
    found = rows(tmp_path, BODY)
    assert [(remark(row), row.old_text, row.new_text) for row in found] == [
        ("変更", "待ち時間を短くする", "待ち時間を半分にする"),
        ("分割", "前半。後半。", "前半。"),
        ("分割", "", "後半。"),
        ("結合", "一つ目。", "一つ目。二つ目。"),
        ("結合", "二つ目。", ""),
        ("移動（元）", "移す", ""),
        ("追加", "", "追加した。"),
        ("削除", "消した。", ""),
        ("", "同じ。", "同じ。"),
        ("移動（先）", "", "移す"),
        ("追加", "", "新しい行"),
        ("", "", ""),
    ]
    assert (found[0].old_marks, found[0].new_marks) == (((5, 7),), ((5, 8),))


def test_the_rows_hold_both_sides_whole_and_in_order(tmp_path: Path) -> None:
    found = rows(tmp_path, BODY)
    assert [row.old for row in found if row.old is not None] == list(range(8))
    assert [row.new for row in found if row.new is not None] == list(range(9))


def test_a_note_says_where_who_and_what(tmp_path: Path) -> None:
    [row] = [row for row in rows(tmp_path, BODY) if row.new_text == "新しい行"]
    assert row.said is not None
    assert note_lines(row.said, row.new_text) == [
        "本文 表1の1行1列",
        "変更者 支部（2025-02-03 10:00）、本部（2025-02-03 10:00）",
        "行の追加",
    ]


def test_comments_stand_with_their_answers_where_they_begin(tmp_path: Path) -> None:
    body = p(
        t("甲") + '<w:commentRangeStart w:id="0"/>' + t("乙") + '<w:commentRangeEnd w:id="0"/>' + t("丙")
    )
    [row] = rows(tmp_path, body, comments=COMMENTS, commentsExtended=THREADS)
    assert row.said is not None
    assert note_lines(row.said, row.new_text) == [
        "本文",
        "コメント（解決済み） 本部（2025-02-03 10:00）「乙」に: 実績を 示すこと",
        "　返信 支部: 示した",
    ]


def test_a_comment_that_is_anchored_nowhere_is_a_row_of_its_own(tmp_path: Path) -> None:
    found = rows(tmp_path, p(t("甲")), comments=COMMENTS)
    assert [(row.old, row.new, len(row.said.threads)) for row in found if row.said] == [
        (0, 0, 0),
        (None, None, 1),
        (None, None, 1),
    ]
    assert "場所のないコメント" in as_text(found, ("旧", "新"))


def test_comments_that_answer_each_other_are_all_shown(tmp_path: Path) -> None:
    circle = THREADS.replace('w15:done="1"', 'w15:paraIdParent="00000003" w15:done="1"')
    found = rows(tmp_path, p(t("甲")), comments=COMMENTS, commentsExtended=circle)
    shown = as_text(found, ("旧", "新"))
    assert "示すこと" in shown
    assert "示した" in shown


def test_words_that_all_moved_leave_an_empty_paragraph_that_counts_as_moved(tmp_path: Path) -> None:
    words = (f'<w:move{way} w:id="5" {BY}>{t("移す")}</w:move{way}>' for way in ("From", "To"))
    found = rows(tmp_path, p(next(words)) + p(t("同じ。")) + p(next(words)))
    assert [remark(row) for row in found] == ["移動（元）", "", "移動（先）"]


def test_what_a_comment_is_about_is_cut_where_it_is_long(tmp_path: Path) -> None:
    ends = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    [row] = rows(tmp_path, p(t("甲") + ends[0] + t("乙" * 60) + ends[1]), comments=COMMENTS)[:1]
    assert f"「{'乙' * 40}…」に" in as_text([row], ("旧", "新"))
    assert json.loads(as_json([row]))[0]["comments"][0]["about"] == "乙" * 60


def test_changes_of_formats_are_counted(tmp_path: Path) -> None:
    found = rows(tmp_path, FORMATTED + p(t("同じ。")))
    assert [remark(row) for row in found] == ["書式", ""]
    assert as_text(found, ("旧", "新")).splitlines()[-2:] == [
        "段落 2 のうち 変更 0、追加 0、削除 0、書式 1、変わらないもの 1",
        "書式の変更 文字の書式 1",
    ]


def test_the_text_has_both_sides_and_what_is_said(tmp_path: Path) -> None:
    shown = as_text(rows(tmp_path, BODY), ("x 変更の前", "x 変更の後"))
    for lines in (
        "旧   待ち時間を［－短く－］する\n新   待ち時間を［＋半分に＋］する\n     本文\n     変更者 本部（2025-02-03 10:00）\n",
        "旧   前半。後半。\n新   前半。\n新   後半。\n",
        "旧   一つ目。\n旧   二つ目。\n新   一つ目。二つ目。\n",
        "移動（元） 移す\n",
        "移動（先） 移す\n",
        "追加 追加した。\n",
        "削除 消した。\n",
    ):
        assert lines in shown
    assert "同じ。" not in shown
    assert (
        shown.splitlines()[-1]
        == "段落 9 のうち 変更 1、追加 2、削除 1、分割 1、結合 1、移動 1、変わらないもの 2"
    )


def test_the_json_has_the_form_of_two_texts_and_what_is_said(tmp_path: Path) -> None:
    first, *_ = json.loads(as_json(rows(tmp_path, BODY)))
    assert {key: first[key] for key in ("old", "new", "old_text", "new_text", "old_marks", "new_marks")} == {
        "old": 0,
        "new": 0,
        "old_text": "待ち時間を短くする",
        "new_text": "待ち時間を半分にする",
        "old_marks": [[5, 7]],
        "new_marks": [[5, 8]],
    }
    assert [(one["kind"], one["on"], one["text"], one["author"]) for one in first["revisions"]] == [
        ("deleted", "text", "短く", "本部"),
        ("inserted", "text", "半分に", "本部"),
    ]
    moves = [row for row in json.loads(as_json(rows(tmp_path, BODY))) if "移動" in row["remark"]]
    assert {one["move"] for row in moves for one in row["revisions"]} == {"move7"}


def test_every_mark_of_the_file_is_in_the_json(tmp_path: Path) -> None:
    nowhere = p(f'<w:ins w:id="1" {BY}><w:del w:id="2" {BY}>{gone("無")}</w:del></w:ins>', INS + DEL)
    document = read(tmp_path, nowhere + BODY + FORMATTED, {"header1": part("hdr", p(ins("頭")))})
    found = json.loads(as_json(compare_reviewed(document)))
    listed = {one["id"] for row in found for one in row["revisions"]}
    assert listed == {mark.id for mark in document.marks() if mark.kind != "property"}
    assert sum(sum(row["formats"].values()) for row in found) == 1


def test_the_page_shows_notes_and_leaves_out_empty_paragraphs(tmp_path: Path) -> None:
    page = as_html(rows(tmp_path, BODY), ("旧", "新"), tmp_path)
    assert "<td>待ち時間を<ins>半分に</ins>する</td><td>待ち時間を<del>短く</del>する</td>" in page
    assert "<td>変更<p>本文</p><p>変更者 本部（2025-02-03 10:00）</p></td>" in page
    assert page.count("<tr><td>") == 11


def test_numbers_of_pages_are_not_compared(tmp_path: Path) -> None:
    footers = [part("ftr", p(field("PAGE", t(number)) + t("ページ"))) for number in "13"]
    assert [texts_after(read(tmp_path, p(t("甲")), {"footer1": one})) for one in footers] == [
        ["甲", "ページ"]
    ] * 2


def test_what_people_typed_is_no_markup_on_the_page(tmp_path: Path) -> None:
    body = p(ins("&lt;b&gt;", author="&lt;i&gt;"))
    page = as_html(rows(tmp_path, body), ("旧", "新"), tmp_path)
    assert "<b>" not in page
    assert "<i>" not in page


@pytest.mark.parametrize(("kind", "name"), [("ftr", "フッター1"), ("hdr", "ヘッダー1")])
def test_other_stories_come_behind_the_body(tmp_path: Path, kind: str, name: str) -> None:
    key = {"ftr": "footer1", "hdr": "header1"}[kind]
    document = read(tmp_path, p(t("甲")), {key: part(kind, p(t("乙") + ins("丙")))})
    found = compare_reviewed(document)
    assert [row.said.place for row in found if row.said] == ["本文", name]
    assert texts_after(document) == ["甲", "乙丙"]
