"""Comments put into a Word file: each at its place or in its thread, and everything else as it was."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from handouts.findings import DataFaults
from handouts.revisions import NewComment, TrackedDocument, comment_ranges, read_document, with_comments
from handouts.revisions.positions import body_places
from tests.unit.revisions.documents import (
    BY,
    DEL,
    INS,
    W,
    box,
    dele,
    gone,
    ins,
    p,
    package,
    part,
    saved,
    t,
    tbl,
    tc,
    tr,
)
from tests.validators import faults_by_audit

WHEN = "2026-12-01T10:00:00Z"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
BODIES = {
    "words": p(t("甲") + dele("乙") + ins("丙") + t("丁")),
    "several paragraphs": p(t("甲")) + p(ins("乙"), INS) + p(dele("丙"), DEL) + p(t("丁")),
    "a row": p(t("甲")) + tbl(tr(tc(p(t("一"))), tc(p(t("二")))), tr(tc(p(ins("三"))), tc(p()), mark=INS)),
    "an empty paragraph": p(t("甲")) + f"<w:p><w:pPr><w:rPr>{INS}</w:rPr></w:pPr></w:p><w:p/>" + p(ins("乙")),
    "a content control": f"<w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent>{p(ins('甲'))}</w:sdtContent></w:sdt>",
    "a link": p(f'<w:hyperlink w:anchor="a">{t("甲")}{ins("乙")}</w:hyperlink>{t("丙")}'),
    "marks in each other": p(f'<w:ins w:id="1" {BY}><w:del w:id="2" {BY}>{gone("甲")}</w:del></w:ins>{t("乙")}'),
    "formats": p(f'<w:r><w:rPr><w:b/><w:rPrChange w:id="1" {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>{ins("乙")}'),
    "a text box": p(t("甲") + box(p(ins("箱"))) + ins("乙")) + p(ins("丙")),
    "a signed comment & a >": p(f'<w:ins w:id="1" w:author="a&gt;b > c" w:date="{WHEN}">{t("甲 &amp; 乙")}</w:ins>') + "<!-- > -->",
}  # fmt: skip
COMMENTED = p(
    '<w:commentRangeStart w:id="3"/>' + t("甲") + ins("乙") + '<w:commentRangeEnd w:id="3"/>'
    '<w:r><w:commentReference w:id="3"/></w:r>' + t("丙")
)  # fmt: skip


def comments_part(inner: str) -> Mapping[str, str]:
    return {"comments": part("comments", inner)}


def said(number: str, text: str, name: str = "") -> str:
    return f'<w:comment w:id="{number}" {BY}><w:p{name and f" w14:paraId={chr(34)}{name}{chr(34)}"}>{t(text)}</w:p></w:comment>'


def commented(folder: Path, path: Path, *comments: NewComment) -> TrackedDocument:
    made = folder / "made.docx"
    made.write_bytes(with_comments(path, comments, "群馬支部", WHEN))
    return read_document(made)


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_every_mark_is_in_the_paragraph_in_which_it_is_read(tmp_path: Path, body: str) -> None:
    path = saved(tmp_path, body)
    document = read_document(path)
    places = body_places(zipfile.ZipFile(path).read("word/document.xml"), "document")
    assert len(places.paragraphs) == len(document.body.paragraphs)
    for paragraph in document.body.paragraphs:
        for piece in paragraph.pieces:
            for mark in piece.marks:
                assert places.marks[mark.id][0] == paragraph.index
        for mark in paragraph.marks:
            assert places.marks[mark.id] == (paragraph.index, None)


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_a_comment_on_each_mark_leaves_text_and_marks_as_they_are_and_the_validator_content(
    tmp_path: Path, body: str
) -> None:
    path = saved(tmp_path, body)
    before = read_document(path)
    new = [NewComment(f"{mark.id}番", marks=(mark.id,)) for mark in before.marks()]
    after = commented(tmp_path, path, *new)
    assert [one.text for one in after.comments] == [one.text for one in new]
    assert {(one.author, one.date, one.parent) for one in after.comments} == {("群馬支部", WHEN, "")}
    assert after.marks() == before.marks()
    assert [[one.pieces, one.marks] for one in after.body.paragraphs] == [
        [one.pieces, one.marks] for one in before.body.paragraphs
    ]
    assert set(comment_ranges(after)) == {one.id for one in after.comments}
    known = faults_by_audit(path.read_bytes(), ".docx")
    assert [
        one for one in faults_by_audit((tmp_path / "made.docx").read_bytes(), ".docx") if one not in known
    ] == []


def test_a_comment_is_about_the_words_of_its_marks(tmp_path: Path) -> None:
    path = saved(tmp_path, BODIES["words"])
    marks = tuple(mark.id for mark in read_document(path).marks())
    after = commented(tmp_path, path, NewComment("一", marks=marks), NewComment("二", marks=marks[1:]))
    ranges = comment_ranges(after)
    assert [(ranges[one.id].before, ranges[one.id].after) for one in after.comments] == [
        ("乙", "丙"),
        ("", "丙"),
    ]


def test_a_comment_without_marks_is_about_its_paragraph(tmp_path: Path) -> None:
    path = saved(tmp_path, p(t("甲")) + p(t("乙"), properties='<w:jc w:val="left"/>'))
    after = commented(tmp_path, path, NewComment("一", paragraph=1), NewComment("二", paragraph=9))
    assert [comment_ranges(after)[one.id].after for one in after.comments] == ["乙", "乙"]


def test_an_answer_stands_in_the_thread_of_its_comment(tmp_path: Path) -> None:
    path = saved(tmp_path, COMMENTED, comments_part(said("3", "根拠は。", "00AB0001")))
    after = commented(
        tmp_path, path, NewComment("別紙のとおり。\n以上。", "3"), NewComment("もう一つ。", "3")
    )
    assert [(one.text, one.parent) for one in after.comments] == [
        ("根拠は。", ""),
        ("別紙のとおり。\n以上。", "3"),
        ("もう一つ。", "3"),
    ]
    ranges = comment_ranges(after)
    assert {ranges[one.id].after for one in after.comments} == {"甲乙"}
    assert faults_by_audit((tmp_path / "made.docx").read_bytes(), ".docx") == faults_by_audit(
        path.read_bytes(), ".docx"
    )


def test_a_comment_that_has_no_name_for_its_thread_gets_one(tmp_path: Path) -> None:
    path = saved(tmp_path, COMMENTED, comments_part(said("3", "根拠は。") + said("7", "ほか。")))
    after = commented(tmp_path, path, NewComment("答え。", "3"))
    assert [(one.id, one.parent) for one in after.comments] == [("3", ""), ("7", ""), ("8", "3")]


def test_what_is_there_of_threads_stays(tmp_path: Path) -> None:
    thread = part("x", '<w15:commentEx w15:paraId="00AB0001" w15:done="1"/>').replace("w:x", "w15:commentsEx")
    parts = {**comments_part(said("3", "根拠は。", "00AB0001")), "commentsExtended": thread}
    path = saved(tmp_path, COMMENTED, parts)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    old = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/commentsExtended"
    new = b"http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    after = commented(tmp_path, path, NewComment("答え。", "3"))
    assert [(one.parent, one.resolved) for one in after.comments] == [("", True), ("3", False)]
    assert zipfile.ZipFile(tmp_path / "made.docx").read("word/commentsExtended.xml").count(b'"00AB0001"') == 2


def test_an_answer_to_a_comment_that_is_not_there_is_a_comment_of_its_own(tmp_path: Path) -> None:
    path = saved(tmp_path, BODIES["words"])
    after = commented(tmp_path, path, NewComment("答え。", "99", marks=("document-2",)))
    assert [(one.text, one.parent) for one in after.comments] == [("答え。", "")]


def test_nothing_is_taken_from_the_body(tmp_path: Path) -> None:
    path = saved(tmp_path, "".join(BODIES.values()).replace("<w:p/>", "<w:p></w:p>"))
    marks = [mark.id for mark in read_document(path).marks()]
    made = tmp_path / "made.docx"
    made.write_bytes(with_comments(path, [NewComment("一", marks=(mark,)) for mark in marks], "支部", WHEN))
    body = zipfile.ZipFile(made).read("word/document.xml").decode()
    put_in = r'<w:commentRange(?:Start|End) [^>]*/>|<w:r xmlns:w="[^"]*"><w:commentReference [^>]*/></w:r>'
    assert re.sub(put_in, "", body) == zipfile.ZipFile(path).read("word/document.xml").decode()


def test_a_file_in_another_prefix_is_answered_too(tmp_path: Path) -> None:
    body = f'<x:document xmlns:x="{W}"><x:body><x:p><x:ins x:id="1" x:author="a"><x:r><x:t>甲</x:t></x:r></x:ins></x:p><x:p/></x:body></x:document>'
    path = tmp_path / "x.docx"
    path.write_bytes(package("", {"document": body}))
    after = commented(tmp_path, path, NewComment("一", marks=("document-1",)), NewComment("二", paragraph=1))
    assert [one.text for one in after.comments] == ["一", "二"]
    assert len(after.body.paragraphs) == 2


def test_text_that_xml_has_other_signs_for_is_written_as_it_is(tmp_path: Path) -> None:
    path = saved(tmp_path, BODIES["words"])
    after = commented(tmp_path, path, NewComment('< & "引用" >\x00', marks=("document-1",)))
    assert after.comments[0].text == '< & "引用" >'


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path, BODIES["words"])
    comments = [NewComment("一", marks=("document-1",))]
    assert with_comments(path, comments, "支部", WHEN) == with_comments(path, comments, "支部", WHEN)


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")
    with pytest.raises(DataFaults):
        with_comments(tmp_path / "x.docx", [NewComment("一")], "支部", WHEN)
