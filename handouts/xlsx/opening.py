"""Whether a file is a workbook that can be opened without harm, before any library looks into it."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from handouts.findings import DataFaults, Finding, Place

# A whole year of a branch is a thirtieth of these, or less.
FILE_LIMIT = 30 * 1024**2
UNPACKED_LIMIT = 64 * 1024**2
XML_LIMIT = 20 * 1024**2  # without pictures
CELL_LIMIT = 200_000
VALUE_LIMIT = 100_000  # cells that are not empty
TEXT_LIMIT = 5_000_000  # characters in them
_PIECES = 3 * CELL_LIMIT  # a cell with a value has two elements and an attribute, or more
_PART_LIMIT = 2000

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and encrypted new ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[Content_Types].xml"
_WORKBOOK = b"spreadsheetml.sheet.main+xml"
# What the list of contents says of other files that are zip archives too, and what they are.
_OTHERS = (
    (b"macroEnabled", "マクロの入ったブック（.xlsm）です"),
    (b"sheet.binary", "バイナリ形式のブック（.xlsb）です"),
    (b"spreadsheetml.template", "ブックのひな形（.xltx）です"),
    (b"wordprocessingml", "Word の文書です"),
    (b"presentationml", "PowerPoint の資料です"),
)
# No workbook needs these, and a few lines of them can stand for gigabytes or for another file.
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""^[^>]*?encoding\s*=\s*["']([^"']*)""")
_DECLARATION = 200  # what stands in <?xml … ?> is shorter
# How a picture begins, and no XML that a parser would take.
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\0\0\0",
)
_ENTRY = b"PK\x01\x02"  # begins each line of a zip's list of contents
_CHUNK = 1024 * 1024
_OVERLAP = 16

_ALLOWED = "読めるのは Excel のブック（.xlsx）です"
_SAVE_AS = "Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」を選んで保存し直してください"
_GET_AGAIN = "Excel で開けるか確かめ、もう一度コピーするか、保存し直してください"


def check_file(path: Path) -> None:
    """Raises DataFaults where the file at `path` is no workbook, is open in Excel, or could do harm."""
    for found, allowed, remedy in _faults(path):
        raise DataFaults([Finding(Place(path.name), found, allowed, remedy)])


def check_not_open(path: Path) -> None:
    """Raises DataFaults where Excel or LibreOffice has the workbook at `path` open."""
    for found, allowed, remedy in _open_faults(path):
        raise DataFaults([Finding(Place(path.name), found, allowed, remedy)])


def _faults(path: Path) -> Iterator[tuple[str, str, str]]:
    """The first is reason enough; what comes later takes it for granted that there was none before."""
    try:
        yield from _open_faults(path)
        if path.is_dir():
            yield "これはフォルダーです", _ALLOWED, "ブックのファイルを指定してください"
        if not path.is_file():
            yield "このファイルはありません", "", "ファイルの名前と場所を確かめてください"
        if path.stat().st_size > FILE_LIMIT:
            yield _large(f"{FILE_LIMIT // 1024**2}MB まで")
        with path.open("rb") as file:
            yield from _kind_faults(file)
            with zipfile.ZipFile(file) as archive:
                yield from _archive_faults(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        yield "ブックが壊れていて読めません（途中で切れているなど）", _ALLOWED, _GET_AGAIN
    except OSError:
        remedy = "Excel で開いていれば閉じ、読み取りが許されているか確かめてください"
        yield "このファイルを開けません", "", remedy


def _open_faults(path: Path) -> Iterator[tuple[str, str, str]]:
    if path.name.startswith("~$"):
        yield (
            "これは、Excel がブックを開いている間だけ置く作業用のファイルです",
            _ALLOWED,
            f"「{path.name.removeprefix('~$')}」のほうを指定してください",
        )
    for lock in (path.parent / f"~${path.name}", path.parent / f".~lock.{path.name}#"):
        if os.path.exists(lock):  # also where its name would be too long, unlike that of the workbook
            yield (
                "このブックは、いま Excel などで開かれています",
                "保存して閉じたブックだけを読み書きします",
                f"保存して閉じてから、もう一度実行してください。閉じているのにこの知らせが出るときは、隣の「{lock.name}」を消してください",
            )


def _kind_faults(file: IO[bytes]) -> Iterator[tuple[str, str, str]]:
    begin = file.read(8)
    file.seek(0)
    if not begin:
        yield "このファイルは空です", _ALLOWED, _GET_AGAIN
    elif begin == _COMPOUND and _ENCRYPTED in file.read(FILE_LIMIT):
        remedy = "Excel の「ファイル」→「情報」→「ブックの保護」でパスワードを外し、保存し直してください"
        yield "このブックは、開くのにパスワードが要ります", "パスワードのないブックだけを読めます", remedy
    elif begin == _COMPOUND:
        yield "これは、古い形式の Excel のブック（.xls）などです", _ALLOWED, _SAVE_AS
    elif not begin.startswith(b"PK"):
        yield "これは Excel のブックではありません（CSV やテキストなど）", _ALLOWED, _SAVE_AS
    file.seek(0)
    if file.read().count(_ENTRY) > _PART_LIMIT:
        yield _large(f"中のファイルは{_PART_LIMIT:,}個まで")
    file.seek(0)


def _archive_faults(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, str]]:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        yield _large(f"広げた中身が{UNPACKED_LIMIT // 1024**2}MB まで")
    if any(part.flag_bits & 1 for part in parts):
        yield "暗号化された zip です", _ALLOWED, _SAVE_AS
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        yield "ブックでは使われない方法で圧縮された zip です", _ALLOWED, _SAVE_AS
    names = archive.namelist()
    if _TYPES not in names:
        what = "OpenDocument の表計算（.ods）など" if "mimetype" in names else "zip のファイル"
        yield f"これは{what}です", _ALLOWED, _SAVE_AS
    with archive.open(_TYPES) as content:
        types = content.read(_CHUNK)  # not all of it, which may be more than its stated size
    for said, what in _OTHERS:
        if said in types:
            yield f"これは{what}", _ALLOWED, _SAVE_AS
    if _WORKBOOK not in types:
        yield "これは Excel のブックではありません", _ALLOWED, _SAVE_AS
    count = size = 0
    for part in parts:
        with archive.open(part) as content:
            counted = _scan(content)
        if counted is None:
            yield (
                f"ブックの中（{part.filename}）に、ブックにはないはずの宣言か文字コードがあります",
                "",
                "Excel で作って保存したブックを使ってください",
            )
        else:
            count += counted
            size += part.file_size if counted else 0  # without elements it is no XML
    if size > XML_LIMIT:
        yield _large(f"画像のほかに{XML_LIMIT // 1024**2}MB まで")
    if count > _PIECES:
        yield _large(f"セルは{CELL_LIMIT // 10_000}万個まで")


def pieces_in(archive: zipfile.ZipFile, parts: Iterable[str]) -> int:
    """How many elements and the like there are in some parts of a workbook that has been checked."""
    count = 0
    for part in parts:
        with archive.open(part) as content:
            count += _scan(content) or 0
    return count


def _scan(content: IO[bytes]) -> int | None:
    """How many elements, attributes and references to characters a part has, or a few more.

    None where it declares what no workbook declares.
    """
    count = 0
    before = b""
    while chunk := content.read(_CHUNK):
        text = before + chunk
        if not before and chunk.startswith(_PICTURES):
            return 0
        if (not before and _is_odd(text)) or _DECLARED.search(text):
            return None
        count += chunk.count(b"<") - chunk.count(b"</") + chunk.count(b"=") + chunk.count(b"&")
        before = text[-_OVERLAP:]
    return count


def _is_odd(begin: bytes) -> bool:
    """Whether a part is not in UTF-8, in which a declaration could hide."""
    if begin[:2] in (b"\xff\xfe", b"\xfe\xff") or (begin[:1] in (b"<", b"\x00") and b"\x00" in begin[:4]):
        return True
    if not begin.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return False
    declaration, end, _ = begin[:_DECLARATION].partition(b"?>")
    declared = _ENCODING.match(declaration)
    return not end or (declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"))


def too_large(file: str, limit: str) -> Finding:
    """The finding on a workbook that is larger than `limit`, which says how much of what."""
    return Finding(Place(file), *_large(limit))


def _large(limit: str) -> tuple[str, str, str]:
    return (
        "このブックは大きすぎます",
        f"{limit}読めます",
        "使わないシートや、表の外の書式・空の行・画像を消してください",
    )
