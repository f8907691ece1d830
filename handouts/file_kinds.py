"""What a file is by what stands in it, whatever its name says, and what somebody can do with it who wanted data."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

_HEAD = 64 * 1024  # enough of a text to know it
_OLD_FILE = 30 * 1024**2  # the names of the parts of an old Office file may stand at its end
_LIST = 1024 * 1024  # the list of contents of a package is shorter
_TYPES = "[content_types].xml"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, encrypted new ones, mails of Outlook

_AS_TEXT = (
    "{how}写し、メモ帳に貼り付けて保存したテキストを、handouts import テキスト 名前 で取り込んでください"
)
_FROM_WORD = _AS_TEXT.format(how="Word などで開いて本文を")
_SAVE_AS_WORD = "Word で開き、「名前を付けて保存」で「Word 文書（.docx）」を選んで保存し直してください"
_ASK_FOR_WORD = "{what}は読めません。Word の文書（.docx）のまま返してもらってください"
_SAVE_AS = "Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」を選んで保存し直してください"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what people call it, and what to do with one where data, or else where a Word document is wanted."""

    name: str
    advice: str
    as_document: str = "Word の文書（.docx）のほうを指定してください"


WORKBOOK = FileKind(
    "Excel のブック（.xlsx）", "入力ブックなら、handouts workbook import ブック 名前 で取り込んでください"
)
WORD = FileKind("Word の文書（.docx）", _FROM_WORD)
BINARY_WORKBOOK = FileKind("バイナリ形式のブック（.xlsb）", _SAVE_AS)
OLD_WORKBOOK = FileKind("古い形式の Excel のブック（.xls）", _SAVE_AS)
TEXT = FileKind(
    "テキスト",
    "計画の文章なら、handouts import テキスト 名前 で取り込んでください。表なら、handouts workbook export で書き出した"
    "入力ブックに写してください",
)
CSV = FileKind("CSV", "handouts workbook export で書き出した入力ブックに、値を写してください")
PART = FileKind(
    "データのフォルダーの中の1つのファイル",
    "このファイルではなく、それが入っているフォルダーを指定してください",
)
ENCRYPTED = FileKind(
    "パスワードの要る Office のファイル",
    "開いて、「ファイル」→「情報」→「保護」でパスワードを外し、保存し直してください",
)
ARCHIVE = FileKind(
    "圧縮したファイル（.zip など）",
    "展開して、中のデータのフォルダーかブックを指定してください",
    "展開して、中の Word の文書（.docx）を指定してください",
)
UNKNOWN = FileKind("データとして読めないファイル", "名前と場所を確かめてください")
EMPTY = FileKind("空のファイル", "もう一度コピーするか、保存し直してください")
WORKING = FileKind(
    "Word や Excel が、ファイルを開いている間だけ置く作業用のファイル",
    "名前から「~$」を除いたほうを、閉じてから指定してください",
)
_PICTURE = FileKind("画像", "画像の中の文字は読めません。元の文書かブックを使ってください")
_SAVE_ATTACHED = "添付されているファイルを保存して、それを指定してください"
_MAIL = FileKind("メール", _SAVE_ATTACHED, _SAVE_ATTACHED)
_SHORTCUT = FileKind("ショートカット", "ショートカットの先にある、元のフォルダーかブックを指定してください")
_SLIDES = FileKind("PowerPoint の資料", _FROM_WORD)

# What the list of contents of a package says of it. A workbook may say some of it too, of the files embedded in it.
_PACKAGES = (
    (b"spreadsheetml.sheet.main+xml", WORKBOOK),
    (b"wordprocessingml.document.main+xml", WORD),
    (b"presentationml.presentation.main+xml", _SLIDES),
    (b"sheet.binary", BINARY_WORKBOOK),
    (b"ms-word.", FileKind("マクロの入った Word の文書（.docm）", _FROM_WORD, _SAVE_AS_WORD)),
    (b"ms-excel.template", FileKind("マクロの入ったブックのひな形（.xltm）", _SAVE_AS)),
    (b"ms-powerpoint", FileKind("マクロの入った PowerPoint の資料（.pptm）", _FROM_WORD)),
    (b"ms-excel.sheet.macroEnabled", FileKind("マクロの入ったブック（.xlsm）", _SAVE_AS)),
    (b"spreadsheetml.template", FileKind("ブックのひな形（.xltx）", _SAVE_AS)),
    (b"wordprocessingml", WORD),
    (b"presentationml", _SLIDES),
)
_OPEN_DOCUMENTS = (
    (b"spreadsheet", FileKind("OpenDocument の表計算（.ods）", _SAVE_AS)),
    (b"text", FileKind("OpenDocument の文書（.odt）", _FROM_WORD, _SAVE_AS_WORD)),
)
_COMPOUNDS = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", FileKind("古い形式の Word の文書（.doc）", _FROM_WORD, _SAVE_AS_WORD)),
    ("PowerPoint Document", FileKind("古い形式の PowerPoint の資料（.ppt）", _FROM_WORD)),
    ("__properties_version1.0", _MAIL),
    ("Workbook", OLD_WORKBOOK),
    ("Book", OLD_WORKBOOK),
)
_BEGINNINGS = (
    (
        b"%PDF",
        FileKind(
            "PDF",
            _AS_TEXT.format(how="開いて、文字を選んで"),
            _ASK_FOR_WORD.format(what="PDF に書き込まれた注釈や線"),
        ),
    ),
    (rb"{\rtf", FileKind("リッチテキスト（.rtf）", _FROM_WORD, _SAVE_AS_WORD)),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"L\0\0\0\x01\x14\x02\0", _SHORTCUT),
    (b"[InternetShortcut]", _SHORTCUT),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
)
HOLD_TEXT = frozenset({TEXT, PART, EMPTY, UNKNOWN, CSV})
"""Those that may be read as a text, or of which the reading of a text says best what is wrong."""
# Texts, told by their names and what most of them begin with.
_WEB_PAGE = FileKind("Web ページ（.html）", "元のデータのフォルダーかブックを指定してください")
_TEXTS = {
    ".csv": CSV,
    ".tsv": CSV,
    ".eml": _MAIL,
    ".html": _WEB_PAGE,
    ".htm": _WEB_PAGE,
}


def file_kind(path: Path, parts: Collection[str] = ()) -> FileKind:
    """What the file at `path` is; `parts` are the names of the files that a folder of data has; raises OSError."""
    if path.name.startswith("~$"):
        return WORKING
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            return EMPTY
        if head.startswith(b"PK"):
            return _archive_kind(path)
        if head.startswith(_COMPOUND):
            return compound_kind(head + file.read(_OLD_FILE))
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if _is_binary(head):
        return _PICTURE if head.startswith(b"BM") or head[4:8] == b"ftyp" else UNKNOWN
    if path.name.lower() in parts:
        return PART
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype html", b"<html")):
        return _WEB_PAGE
    return _TEXTS.get(path.suffix.lower(), TEXT)


def package_kind(types: bytes) -> FileKind:
    """What a package of Office is by its list of contents."""
    return next((kind for said, kind in _PACKAGES if said in types), UNKNOWN)


def compound_kind(content: bytes) -> FileKind:
    """What a file of the old form is, by the names of the parts in it."""
    return next((kind for name, kind in _COMPOUNDS if name.encode("utf-16-le") in content), UNKNOWN)


def archive_kind(archive: zipfile.ZipFile) -> FileKind:
    """What a zip archive is by the names in it and its list of contents, of which a part is read."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    if _TYPES in names:
        return package_kind(_beginning(archive, names[_TYPES]))
    if "mimetype" in names:
        said = _beginning(archive, names["mimetype"])
        return next((kind for word, kind in _OPEN_DOCUMENTS if word in said), ARCHIVE)
    return ARCHIVE


def _archive_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive_kind(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        return ARCHIVE


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as content:
        return content.read(_LIST)


def _is_binary(head: bytes) -> bool:
    """Whether it has characters that no text has, in UTF-16 neither."""
    return not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in head
