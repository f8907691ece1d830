"""What a file is by what stands in it, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from handouts.file_kinds import FileKind, file_kind

_OFFICE = "application/vnd.openxmlformats-officedocument."
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def package(*types: str) -> bytes:
    content = "".join(f'<Override PartName="/{n}" ContentType="{one}"/>' for n, one in enumerate(types))
    return zipped({"[Content_Types].xml": f"<Types>{content}</Types>".encode()})


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def compound(*names: str) -> bytes:
    return _COMPOUND + bytes(70_000) + b"".join(name.encode("utf-16-le") + bytes(20) for name in names)


def kind(tmp_path: Path, content: bytes, name: str = "a") -> FileKind:
    (tmp_path / name).write_bytes(content)
    return file_kind(tmp_path / name, ("plan.md",))


WORD = f"{_OFFICE}wordprocessingml.document.main+xml"
WORKBOOK = f"{_OFFICE}spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (package(WORD), "Word の文書（.docx）"),
        (package(f"{_OFFICE}spreadsheetml.sheet", WORD), "Word の文書（.docx）"),
        (package("application/vnd.ms-excel.sheet.macroEnabled.12", WORD), "Word の文書（.docx）"),
        (
            package("application/vnd.ms-word.document.macroEnabled.main+xml"),
            "マクロの入った Word の文書（.docm）",
        ),
        (package(WORKBOOK), "Excel のブック（.xlsx）"),
        (package(f"{_OFFICE}wordprocessingml.document", WORKBOOK), "Excel のブック（.xlsx）"),
        (package("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "バイナリ形式のブック（.xlsb）"),
        (package("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "マクロの入ったブック（.xlsm）"),
        (package(f"{_OFFICE}presentationml.presentation.main+xml"), "PowerPoint の資料"),
        (package("application/xml"), "データとして読めないファイル"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "OpenDocument の表計算（.ods）",
        ),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument の文書（.odt）"),
        (zipped({"gunma-r8/dataset.yaml": b"a"}), "圧縮したファイル（.zip など）"),
        (package(WORD)[:-30], "圧縮したファイル（.zip など）"),
        (compound("Root Entry", "WordDocument"), "古い形式の Word の文書（.doc）"),
        (compound("Root Entry", "Workbook"), "古い形式の Excel のブック（.xls）"),
        (compound("EncryptedPackage"), "パスワードの要る Office のファイル"),
        (compound("__properties_version1.0"), "メール"),
        (compound("x"), "データとして読めないファイル"),
        (b"%PDF-1.7\n", "PDF"),
        (rb"{\rtf1", "リッチテキスト（.rtf）"),
        (b"\x89PNG\r\n", "画像"),
        (b"BM\x10\0\0\0", "画像"),
        (b"\0\0\0\x18ftypheic", "画像"),
        (b"L\0\0\0\x01\x14\x02\0", "ショートカット"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "Web ページ（.html）"),
        (b"", "空のファイル"),
        (b"\0\1\2", "データとして読めないファイル"),
        ("BMI の改善\n".encode(), "テキスト"),
        ("健診\n".encode("utf-16"), "テキスト"),
        ("健診\n".encode("cp932"), "テキスト"),
        ("健診\n".encode("iso2022_jp"), "テキスト"),
    ],
)
def test_a_file_is_what_stands_in_it(tmp_path: Path, content: bytes, said: str) -> None:
    found = kind(tmp_path, content)
    assert found.name == said
    assert found.advice
    assert kind(tmp_path, content, "a.xlsx") == found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.csv", "CSV"),
        ("a.eml", "メール"),
        ("plan.md", "データのフォルダーの中の1つのファイル"),
        ("~$a.docx", "Word や Excel が"),
    ],
)
def test_of_texts_and_working_files_the_name_says_more(tmp_path: Path, name: str, said: str) -> None:
    assert kind(tmp_path, b"a,b\n", name).name.startswith(said)
