"""Files that are no Word document, or a harmful one: a clear refusal or a right result, and nothing fetched."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.findings import DataFaults
from handouts.revisions import read_document
from tests.unit.revisions.documents import BY, both, dele, ins, p, package, part, read, saved, t, zipped

GOOD = package(p(t("甲") + ins("乙")))
_TYPES = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def with_part(name: str, content: bytes) -> bytes:
    return package(p(t("甲")), more={name: content})


def replaced(old: bytes, new: bytes, content: bytes = GOOD) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: archive.read(name).replace(old, new) for name in archive.namelist()})


def compound(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le")


def odt() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text"})


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("nothing", lambda: b"", "空です"),
    ("a cut end", lambda: GOOD[:-300], "壊れていて"),
    ("a broken middle", lambda: GOOD[:400] + b"x" * 300 + GOOD[700:], "壊れていて"),
    ("a pdf", lambda: b"%PDF-1.7", "これは、PDFです.*注釈や線は読めません.*のまま返して"),
    ("an old document", lambda: compound("WordDocument"), r"\.doc.*「Word 文書（\.docx）」を選んで"),
    ("a password", lambda: compound("EncryptedPackage"), "パスワードを外し"),
    ("an open document", odt, r"\.odt.*「Word 文書（\.docx）」を選んで"),
    ("rich text", lambda: rb"{\rtf1}", r"\.rtf.*保存し直して"),
    (
        "macros",
        lambda: replaced(_TYPES, b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        r"\.docm.*「Word 文書（\.docx）」を選んで",
    ),
    ("a workbook", lambda: replaced(b"wordprocessingml.document", b"spreadsheetml.sheet"), "Excel のブック"),
    ("another zip", lambda: zipped({"a/plan.md": b"x"}), "展開して、中の Word の文書"),
    ("a text", lambda: "計画".encode(), "テキスト.*Word の文書（.docx）のほうを"),
    ("entities", lambda: replaced(b"<w:body>", b"<w:body>", with_entity()), "宣言か文字コード"),
    ("a bomb", lambda: with_part("word/media/image1.png", b" " * (201 * 1024**2)), "大きすぎます.*200MB"),
    ("much xml", lambda: package(p(t("x" * (65 * 1024**2)))), "大きすぎます.*64MB"),
    ("endless elements", lambda: package("<w:a/>" * 6_000_001), "大きすぎます.*600万個"),
    ("no body", lambda: replaced(b"w:body>", b"w:x>"), "壊れていて"),
    ("no main part", lambda: replaced(b"officeDocument", b"other", GOOD), "壊れていて"),
    ("no xml", lambda: replaced(b"</w:p>", b""), "壊れていて"),
    ("tables in tables", lambda: package("<w:tbl><w:tr><w:tc>" * 1000 + "</w:tc></w:tr></w:tbl>" * 1000), "深すぎ"),
    ("marks in marks", lambda: package(p(f"<w:ins {BY}>" * 1000 + t("甲") + "</w:ins>" * 1000)), "深すぎ"),
]  # fmt: skip


def with_entity() -> bytes:
    return package("", more={"word/document.xml": _ENTITY.encode()})


@pytest.mark.parametrize(("content", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_file_that_is_no_good_document_is_refused_with_what_to_do(
    tmp_path: Path, content: Callable[[], bytes], said: str
) -> None:
    (tmp_path / "x.docx").write_bytes(content())
    with pytest.raises(DataFaults, match=said) as caught:
        read_document(tmp_path / "x.docx")
    assert all(one.rule.id.startswith("document.") and one.remedy for one in caught.value.findings)


def test_folders_missing_files_and_working_files_are_told(tmp_path: Path) -> None:
    for name, said in (("", "フォルダー"), ("y.docx", "ありません"), ("~$x.docx", "「x.docx」のほう")):
        with pytest.raises(DataFaults, match=said):
            read_document(tmp_path / name if name else tmp_path)


def test_content_controls_a_thousand_deep_are_read(tmp_path: Path) -> None:
    body = "<w:sdt><w:sdtContent>" * 1000 + p(t("甲") + ins("乙")) + "</w:sdtContent></w:sdt>" * 1000
    assert both(read(tmp_path, body)) == (["甲"], ["甲乙"])


def test_what_lies_outside_is_never_looked_at(tmp_path: Path) -> None:
    """A template, a picture and a header that a document refers to on the net or on the disk."""
    outside = (
        b'<Relationship Id="o1" Type="x/header" Target="http://127.0.0.1:1/h.xml" TargetMode="External"/>'
        b'<Relationship Id="o2" Type="x/comments" Target="file:///etc/passwd" TargetMode="External"/>'
        b'<Relationship Id="o3" Type="x/styles" Target="../../../etc/passwd"/></Relationships>'
    )
    (tmp_path / "x.docx").write_bytes(replaced(b"</Relationships>", outside))
    document = read_document(tmp_path / "x.docx")
    assert both(document) == (["甲"], ["甲乙"])
    assert len(document.stories) == 1


def test_parts_that_nobody_reads_may_be_anything(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(with_part("word/vbaData.xml", _ENTITY.encode()))
    assert both(read_document(tmp_path / "x.docx")) == (["甲"], ["甲"])


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the memory of a process is asked of Linux"
)
@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("".join(p(t("甲") + ins("乙") + dele("丙")) for _ in range(50_000)), 100_000),
        ("<w:tbl><w:tr><w:tc>" * 99 + "<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 30_000 + "</w:tbl>"
        + "</w:tc></w:tr></w:tbl>" * 99, 0),
        (p(f"<w:ins {BY}>" * 98 + (ins("甲") + t("乙")) * 20_000 + "</w:ins>" * 98), 20_098),
    ],
    ids=["100,000 revisions", "many cells in tables in tables", "many texts in marks in marks"],
)  # fmt: skip
def test_many_marks_are_all_read_in_memory_that_follows_their_size(
    tmp_path: Path, body: str, marks: int
) -> None:
    path = saved(tmp_path, body)
    code = (
        "import sys\nfrom pathlib import Path\nfrom handouts.revisions import read_document, views_of\n"
        "document = read_document(Path(sys.argv[1]))\nviews_of(document.body)\nprint(len(document.marks()))\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    command = [sys.executable, "-c", code, str(path)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    count, memory = map(int, shown.split())
    assert count == marks
    assert memory < 250 * 1024


def test_a_damaged_part_beside_the_body_is_a_damaged_document(tmp_path: Path) -> None:
    path = saved(
        tmp_path, p(t("甲")), {"comments": part("comments", "<w:comment>").replace("</w:comments>", "")}
    )
    with pytest.raises(DataFaults, match="壊れていて"):
        read_document(path)
