"""Documents as different editors write them, with all that they put around the text."""

from __future__ import annotations

from pathlib import Path

from tests.unit.revisions.documents import BY, DEL, FROM, INS, TO, both, gone, groups, p, read, t

_UNKNOWN = 'w:author="Unknown Author" w:date="2025-02-03T10:00:00Z"'


def test_as_word_writes(tmp_path: Path) -> None:
    """Ids of sessions, checks of spelling, smart tags, links, content controls, marks in marks, ranges of moves."""
    run = '<w:r w:rsidR="00A77B3E"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = (
        '<w:p w14:paraId="1B192801" w14:textId="77777777" w:rsidR="00A77B3E" w:rsidDel="00B10002" w:rsidP="00C4">'
        f'<w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:pPr><w:proofErr w:type="spellStart"/>{run.format("健診")}'
        f'<w:proofErr w:type="spellEnd"/><w:smartTag w:uri="x" w:element="place"><w:smartTagPr><w:attr w:name="a" w:val="b"/>'
        f'</w:smartTagPr>{run.format("群馬")}<w:ins w:id="5" {BY}>{run.format("支部")}</w:ins></w:smartTag>'
        f'<w:hyperlink r:id="rId9"><w:ins w:id="5" {BY}>{run.format("案内")}</w:ins></w:hyperlink>'
        f'<w:sdt><w:sdtPr><w:rPr><w:ins w:id="6" {BY}/></w:rPr><w:alias w:val="題"/><w:text/></w:sdtPr><w:sdtContent>'
        f'<w:ins w:id="5" {BY}><w:del w:id="6" w:author="支部">{gone("取消")}</w:del>{run.format("追加")}</w:ins>'
        f"</w:sdtContent></w:sdt><w:r><w:lastRenderedPageBreak/></w:r></w:p>"
        f'<w:moveFromRangeStart w:id="7" {BY} w:name="move1"/>'
        + p(f'<w:moveFrom w:id="8" {BY}>{t("移す")}</w:moveFrom>', FROM)
        + '<w:moveFromRangeEnd w:id="7"/>'
        + p(t("間"))
        + f'<w:moveToRangeStart w:id="9" {BY} w:name="move1"/>'
        + p(f'<w:moveTo w:id="10" {BY}>{t("移す")}</w:moveTo>', TO)
        + '<w:moveToRangeEnd w:id="9"/>'
        + p(t("末"))
    )
    document = read(tmp_path, body)
    assert both(document) == (["健診群馬", "移す", "間", "末"], ["健診群馬支部案内追加", "間", "移す", "末"])
    assert document.body.paragraphs[0].para_id == "1B192801"
    assert [kind for kind, *_ in groups(document)] == ["kept", "moved-from", "kept", "moved-to", "kept"]
    assert {mark.author for mark in document.marks()} == {"本部", "支部"}


def test_as_libreoffice_writes(tmp_path: Path) -> None:
    """Empty bookmarks that come twice, rPr first in pPr, a run for every change of script, nobody's name."""
    mark = '<w:bookmarkStart w:id="{0}" w:name="plan_a"/><w:bookmarkEnd w:id="{0}"/>'
    body = (
        f'<w:p><w:pPr><w:rPr><w:ins w:id="0" {_UNKNOWN}/></w:rPr><w:pStyle w:val="Normal"/><w:bidi w:val="0"/></w:pPr>'
        f"{mark.format(0)}{mark.format(1)}{t('率は')}"
        f'<w:del w:id="1" {_UNKNOWN}>{gone("34.5")}</w:del><w:del w:id="2" {_UNKNOWN}>{gone("%")}</w:del>'
        f'<w:ins w:id="3" {_UNKNOWN}><w:r><w:rPr/><w:t>35.0</w:t></w:r></w:ins><w:ins w:id="4" {_UNKNOWN}>{t("%")}</w:ins></w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:rPr></w:rPr></w:pPr><w:ins w:id="5" {_UNKNOWN}>{t("新しい段落")}</w:ins></w:p>'
    )
    document = read(tmp_path, body)
    assert both(document) == (["率は34.5%"], ["率は35.0%", "新しい段落"])
    assert [one.name for one in document.body.paragraphs[0].anchors] == ["plan_a"] * 4
    assert groups(document) == [("kept", (0,), (0,)), ("inserted", (), (1,))]


def test_as_google_docs_writes(tmp_path: Path) -> None:
    """Marks on every run, also on blanks, with ids that are all 0, and sections of formatting inside."""
    by = 'w:id="0" w:author="honbu" w:date="2025-02-03T10:00:00Z"'
    run = '<w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    rtl = '<w:rPr><w:rtl w:val="0"/></w:rPr>'
    body = (
        f'<w:p w:rsidR="00000000" w:rsidDel="00000000" w:rsidP="00000000" w:rsidRDefault="00000000" w14:paraId="00000001">'
        f"<w:pPr><w:rPr><w:ins {by}/></w:rPr></w:pPr>{run.format('窓口を')}<w:ins {by}>{run.format('毎日')}</w:ins></w:p>"
        f'<w:p w14:paraId="00000002"><w:pPr>{rtl}</w:pPr><w:ins {by}>{run.format(" ")}</w:ins>{run.format("開く。")}'
        f'<w:del {by}><w:r w:rsidDel="00000000">{rtl}<w:delText xml:space="preserve">なお</w:delText></w:r></w:del></w:p>'
    )
    document = read(tmp_path, body)
    assert both(document) == (["窓口を開く。なお"], ["窓口を毎日", " 開く。"])
    assert len({mark.id for mark in document.marks()}) == 4


def test_marks_around_whole_paragraphs_count_for_their_marks_too(tmp_path: Path) -> None:
    """No editor that follows the standard writes this; some converters do."""
    body = p(t("甲")) + f'<w:ins w:id="1" {BY}>{p(t("乙"))}</w:ins>' + p(t("丙"))
    assert both(read(tmp_path, body)) == (["甲", "丙"], ["甲", "乙", "丙"])


def test_two_authors_who_undo_each_other_leave_nothing(tmp_path: Path) -> None:
    body = (
        p(t("甲"))
        + p(f'<w:ins w:id="1" {BY}><w:del w:id="2" w:author="支部">{gone("乙")}</w:del></w:ins>', INS + DEL)
        + p(t("丙"))
    )
    assert both(read(tmp_path, body)) == (["甲", "丙"], ["甲", "丙"])
