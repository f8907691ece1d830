"""Whether a file is a workbook that can be opened without harm, before any library looks into it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handouts.findings import DataFaults, Finding, Place, unruled

# A whole year of a branch is a thirtieth of these, or less.
FILE_LIMIT = 30 * 1024**2
UNPACKED_LIMIT = 64 * 1024**2
XML_LIMIT = 20 * 1024**2  # of what is read, without pictures
CELL_LIMIT = 200_000
VALUE_LIMIT = 100_000  # cells that are not empty
TEXT_LIMIT = 5_000_000  # characters in them
_PART_LIMIT = 2000

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and encrypted new ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[content_types].xml"
_WORKBOOK = b"spreadsheetml.sheet.main+xml"
# What the list of contents says of other files that are zip archives too, and what they are. A workbook may say some of
# it too, of the files that are embedded in it.
_OTHERS = (
    (b"sheet.binary", "バイナリ形式のブック（.xlsb）です"),
    (b"macroEnabled", "マクロの入ったブック（.xlsm）です"),
    (b"spreadsheetml.template", "ブックのひな形（.xltx）です"),
    (b"wordprocessingml", "Word の文書です"),
    (b"presentationml", "PowerPoint の資料です"),
)
_ENTRY = b"PK\x01\x02"  # begins each line of a zip's list of contents
_CHUNK = 1024 * 1024

_ALLOWED = "読めるのは Excel のブック（.xlsx）です"
_SAVE_AS = "Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」を選んで保存し直してください"
_GET_AGAIN = "Excel で開けるか確かめ、もう一度コピーするか、保存し直してください"


def check_file(path: Path) -> None:
    """Raises DataFaults where the file at `path` is no workbook, is open in Excel, or could do harm."""
    for found, allowed, remedy in _faults(path):
        raise DataFaults([unruled(Place(path.name), found, allowed, remedy)])


def check_not_open(path: Path) -> None:
    """Raises DataFaults where Excel or LibreOffice has the workbook at `path` open."""
    for found, allowed, remedy in _open_faults(path):
        raise DataFaults([unruled(Place(path.name), found, allowed, remedy)])


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
        if lock.exists():
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
    names = {part_name(part.filename): part for part in parts}
    if _TYPES not in names:
        what = "OpenDocument の表計算（.ods）など" if "mimetype" in names else "zip のファイル"
        yield f"これは{what}です", _ALLOWED, _SAVE_AS
    with archive.open(names[_TYPES]) as content:
        types = content.read(_CHUNK)  # not all of it, which may be more than its stated size
    if _WORKBOOK not in types:
        other = next((what for said, what in _OTHERS if said in types), " Excel のブックではありません")
        yield f"これは{other}", _ALLOWED, _SAVE_AS


def part_name(text: str) -> str:
    """The name of a part in the form in which names are compared: Excel minds neither case nor the kind of slash."""
    return text.replace("\\", "/").lower()


def too_large(file: str, limit: str) -> Finding:
    """The finding on a workbook that is larger than `limit`, which says how much of what."""
    return unruled(Place(file), *_large(limit))


def _large(limit: str) -> tuple[str, str, str]:
    return (
        "このブックは大きすぎます",
        f"{limit}読めます",
        "使わないシートや、表の外の書式・空の行・画像を消してください",
    )
