"""What is read beside the text: places, styles, bookmarks, comments, changes of properties, marks with their own identity."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.revisions import Anchor, SourceCell, read_document
from handouts.revisions.vocabulary import PROPERTIES
from tests.unit.revisions.documents import (
    BY,
    DEL,
    INS,
    W,
    both,
    box,
    dele,
    ins,
    p,
    part,
    read,
    t,
    tbl,
    tc,
    tr,
)
from tests.unit.revisions.test_opening import replaced

STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="項"/></w:style>',
)


def test_every_mark_has_an_identity_of_its_own_whatever_its_id(tmp_path: Path) -> None:
    body = p(ins("甲") + dele("乙"), INS) + tbl(tr(tc(p(ins("丙"))), mark=DEL)) + p()
    header = part("hdr", p(ins("丁")))
    document = read(tmp_path, body, {"header1": header})
    marks = document.marks()
    assert len(marks) == len({mark.id for mark in marks}) == 6
    assert {(mark.author, mark.date) for mark in marks} == {("本部", "2025-02-03T10:00:00Z")}


def test_styles_are_known_by_id_and_name(tmp_path: Path) -> None:
    old = '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="old"/></w:pPr></w:pPrChange>'
    body = (
        p(t("甲"), properties=f'<w:pStyle w:val="a3"/>{old}')
        + p(t("乙"))
        + p(properties='<w:pStyle w:val="x"/>')
    )
    paragraphs = read(tmp_path, body, {"styles": STYLES}).body.paragraphs
    assert [(one.style, one.style_name) for one in paragraphs] == [("a3", "項"), ("", "Normal"), ("x", "x")]


def test_a_paragraph_knows_its_cell_and_those_around_it(tmp_path: Path) -> None:
    inner = tbl(tr(tc(p(t("甲"))), tc(p(t("乙")))))
    body = tbl(tr(tc(p())), tr(tc(p()), tc(inner + p()))) + tbl(tr(tc(p()))) + p()
    paragraphs = read(tmp_path, body).body.paragraphs
    assert [one.cell and one.cell.key for one in paragraphs] == [
        (0, 0, 0),
        (0, 1, 0),
        (1, 0, 0),
        (1, 0, 1),
        (0, 1, 1),
        (2, 0, 0),
        None,
    ]
    assert [step.key for step in paragraphs[3].place] == [(0, 1, 1), (1, 0, 1)]
    assert paragraphs[2].cell == SourceCell(1, 0, 0, outer=SourceCell(0, 1, 1))


def test_rows_and_cells_bear_their_marks(tmp_path: Path) -> None:
    merge = f'<w:cellMerge w:id="1" {BY} w:vMerge="cont"/>'
    cell = read(tmp_path, tbl(tr(tc(p(t("甲")), merge), mark=INS)) + p()).body.paragraphs[0].cell
    assert cell is not None
    assert [mark.kind for mark in cell.row_marks + cell.cell_marks] == ["inserted", "merged"]


def test_bookmarks_begin_and_end_at_offsets_of_all_text(tmp_path: Path) -> None:
    start, end = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>', '<w:bookmarkEnd w:id="{0}"/>'
    body = (
        start.format(1, "a") + p(t("甲") + start.format(2, "b") + end.format(2) + dele("乙丙") + end.format(1))
        + p(start.format(2, "b") + end.format(2) + end.format(9)) + p(t("丁")) + start.format(3, "c")
    )  # fmt: skip
    first, second, third = read(tmp_path, body).body.paragraphs
    assert first.anchors == (
        Anchor("bookmark-start", "a", 0),
        Anchor("bookmark-start", "b", 1),
        Anchor("bookmark-end", "b", 1),
        Anchor("bookmark-end", "a", 3),
    )
    assert [one.name for one in second.anchors] == ["b", "b"]  # the name comes twice, as editors write it
    assert third.anchors == (Anchor("bookmark-start", "c", 1),)


def test_a_bookmark_may_reach_over_hundreds_of_paragraphs(tmp_path: Path) -> None:
    body = p('<w:bookmarkStart w:id="1" w:name="a"/>') + p(t("甲")) * 500 + p('<w:bookmarkEnd w:id="1"/>')
    paragraphs = read(tmp_path, body).body.paragraphs
    assert [(one.index, one.anchors[0].kind) for one in paragraphs if one.anchors] == [
        (0, "bookmark-start"),
        (501, "bookmark-end"),
    ]


@pytest.mark.parametrize("kind", sorted(PROPERTIES))
def test_changes_of_properties_are_counted_by_kind_and_leave_the_text(tmp_path: Path, kind: str) -> None:
    change = f'<w:{kind} w:id="1" {BY}/>'
    bodies = {
        "rPrChange": p(f"<w:r><w:rPr>{change}</w:rPr><w:t>甲</w:t></w:r>"),
        "pPrChange": p(t("甲"), properties=change),
        "numberingChange": p(t("甲"), properties=f"<w:numPr>{change}</w:numPr>"),
        "sectPrChange": p(t("甲")) + f"<w:sectPr>{change}</w:sectPr>",
    }
    table = {
        "tblPrChange": tbl(tr(tc(p(t("甲")))), properties=change),
        "tcPrChange": tbl(tr(tc(p(t("甲")), change))),
        "trPrChange": tbl(tr(tc(p(t("甲"))), mark=change)),
        "tblGridChange": tbl(tr(tc(p(t("甲"))))).replace("</w:tblGrid>", f"{change}</w:tblGrid>"),
        "tblPrExChange": tbl(tr(tc(p(t("甲"))))).replace("<w:tr>", f"<w:tr><w:tblPrEx>{change}</w:tblPrEx>"),
    }
    document = read(tmp_path, (bodies | table)[kind])
    assert both(document) == (["甲"], ["甲"])
    assert [mark.property for mark in document.body.paragraphs[0].changes] == [kind]


def test_a_number_given_to_a_paragraph_is_a_change_of_its_properties(tmp_path: Path) -> None:
    document = read(tmp_path, p(t("甲"), properties=f"<w:numPr>{INS}</w:numPr>") + p(t("乙")))
    assert both(document) == (["甲", "乙"], ["甲", "乙"])
    assert [mark.property for mark in document.marks()] == ["numPr"]


def test_a_character_that_old_programs_lack_is_read_once(tmp_path: Path) -> None:
    """Word writes an emoji as a symbol, and once more as text for others."""
    space = 'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    symbol = f'<w16se:symEx {space} w16se:font="Segoe UI Emoji" w16se:char="1F60A"/>'
    run = f'<mc:Choice Requires="w16se">{symbol}</mc:Choice><mc:Fallback><w:t>😊</w:t></mc:Fallback>'
    body = p(
        t("甲") + f'<w:ins w:id="1" {BY}><w:r><mc:AlternateContent>{run}</mc:AlternateContent></w:r></w:ins>'
    )
    assert both(read(tmp_path, body)) == (["甲"], ["甲😊"])


def test_text_boxes_are_stories_that_are_read_once(tmp_path: Path) -> None:
    document = read(tmp_path, p(t("甲")) + p(t("乙") + box(p(t("箱") + ins("の中")))) + p(t("丙")))
    assert [story.kind for story in document.stories] == ["body", "text-box"]
    assert both(document) == (["甲", "乙", "丙"], ["甲", "乙", "丙"])
    assert both(document, 1) == (["箱"], ["箱の中"])
    assert document.stories[1].host == ("body", 1)


def test_a_text_box_that_was_inserted_is_not_there_before(tmp_path: Path) -> None:
    document = read(tmp_path, p(t("乙") + f'<w:ins w:id="1" {BY}>{box(p(t("箱")))}</w:ins>'))
    assert both(document, 1) == ([], ["箱"])


def test_headers_footers_and_notes_are_stories(tmp_path: Path) -> None:
    parts = {
        "header1": part("hdr", p(t("頭") + ins("1"))),
        "footer1": part("ftr", p(dele("足"))),
        "footnotes": part("footnotes", f'<w:footnote w:id="2">{p(t("注") + ins("2"))}</w:footnote>'),
        "endnotes": part("endnotes", f'<w:endnote w:id="2">{p(dele("末"))}</w:endnote>'),
    }
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
    document = read(tmp_path, p(t("甲") + reference), parts)
    assert [story.name for story in document.stories] == [
        "body",
        "header 1",
        "footer 1",
        "footnote 2",
        "endnote 2",
    ]
    assert [both(document, number) for number in range(1, 5)] == [
        (["頭"], ["頭1"]),
        (["足"], [""]),
        (["注"], ["注2"]),
        (["末"], [""]),
    ]


def field(code: str, result: str) -> str:
    run = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return run.format("begin") + instruction + run.format("separate") + result + run.format("end")


def test_what_a_field_computed_is_told_from_what_somebody_wrote(tmp_path: Path) -> None:
    simple = f'<w:fldSimple w:instr=" NUMPAGES ">{t("9")}</w:fldSimple>'
    body = p(t("前") + field(" PAGE \\* MERGEFORMAT ", t("3")) + t("／") + simple + t("後"))
    [paragraph] = read(tmp_path, body).body.paragraphs
    assert [(one.text, one.field) for one in paragraph.pieces] == [
        ("前", ""),
        ("3", "PAGE"),
        ("／", ""),
        ("9", "NUMPAGES"),
        ("後", ""),
    ]


def test_a_field_may_run_over_paragraphs_and_have_others_in_it(tmp_path: Path) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = "<w:r><w:instrText> TOC </w:instrText></w:r>"
    body = p(begin + code + t("目次") + field(" PAGEREF a ", t("3"))) + p(t("次") + end + end) + p(t("後"))
    pieces = [piece for one in read(tmp_path, body).body.paragraphs for piece in one.pieces]
    assert [(one.text, one.field) for one in pieces] == [
        ("目次", "TOC"),
        ("3", "PAGEREF"),
        ("次", "TOC"),
        ("後", ""),
    ]


COMMENTS = part(
    "comments",
    f'<w:comment w:id="0" w:initials="本" {BY}><w:p w14:paraId="00000001">{t("実績を")}</w:p>'
    f'<w:p w14:paraId="00000002">{t("示すこと")}</w:p></w:comment>'
    f'<w:comment w:id="1" w:author="支部" w:initials="支"><w:p w14:paraId="00000003">{t("示した")}</w:p></w:comment>',
)
THREADS = part("commentsEx", "").replace(
    "></w:commentsEx>",
    '><w15:commentEx w15:paraId="00000002" w15:done="1"/>'
    '<w15:commentEx w15:paraId="00000003" w15:paraIdParent="00000002" w15:done="0"/></w:commentsEx>',
)


def test_comments_have_their_threads_and_ranges(tmp_path: Path) -> None:
    body = p(
        t("甲") + '<w:commentRangeStart w:id="0"/>' + t("乙") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    document = read(tmp_path, body, {"comments": COMMENTS, "commentsExtended": THREADS})
    first, second = document.comments
    assert (first.id, first.author, first.initials, first.text) == ("0", "本部", "本", "実績を\n示すこと")
    assert (first.parent, first.resolved, first.date) == ("", True, "2025-02-03T10:00:00Z")
    assert (second.parent, second.resolved, second.date) == ("0", False, "")
    assert [(one.kind, one.offset) for one in document.body.paragraphs[0].anchors] == [
        ("comment-start", 1),
        ("comment-end", 2),
        ("comment-reference", 2),
    ]


def test_comments_without_threads_are_comments(tmp_path: Path) -> None:
    document = read(tmp_path, p(t("甲")), {"comments": COMMENTS})
    assert [comment.parent for comment in document.comments] == ["", ""]


def test_the_strict_form_of_a_document_is_read(tmp_path: Path) -> None:
    strict = replaced(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    (tmp_path / "x.docx").write_bytes(strict)
    assert both(read_document(tmp_path / "x.docx")) == (["甲"], ["甲乙"])
