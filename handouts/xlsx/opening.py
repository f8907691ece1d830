"""Whether a file is a workbook that can be opened without harm, before any library looks into it."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handouts.file_kinds import ARCHIVE, ENCRYPTED, WORKBOOK, FileKind, archive_kind, file_kind
from handouts.findings import DataFaults, Finding, Place, Rule

# A whole year of a branch is a thirtieth of these, or less.
FILE_LIMIT = 30 * 1024**2
UNPACKED_LIMIT = 64 * 1024**2
XML_LIMIT = 20 * 1024**2  # of what is read, without pictures
CELL_LIMIT = 200_000
VALUE_LIMIT = 100_000  # cells that are not empty
TEXT_LIMIT = 5_000_000  # characters in them
_PART_LIMIT = 2000

_ENTRY = b"PK\x01\x02"  # begins each line of a zip's list of contents

_ALLOWED = "読めるのは Excel のブック（.xlsx）です"
_GET_AGAIN = "Excel で開けるか確かめ、もう一度コピーするか、保存し直してください"
WORKING_FILE = Rule(
    "workbook.working-file",
    "これは、Excel がブックを開いている間だけ置く作業用のファイルです",
    _ALLOWED,
    "「{book}」のほうを指定してください",
)
OPEN = Rule(
    "workbook.open",
    "このブックは、いま Excel などで開かれています",
    "保存して閉じたブックだけを読み書きします",
    "保存して閉じてから、もう一度実行してください。閉じているのにこの知らせが出るときは、隣の「{lock}」を消してください",
)
FOLDER = Rule(
    "workbook.folder",
    "これはフォルダーです",
    _ALLOWED,
    "中のブックのファイルを、名前で指定してください",
)
MISSING_FILE = Rule(
    "workbook.missing", "このファイルはありません", remedy="ファイルの名前と場所を確かめてください"
)
UNREADABLE = Rule(
    "workbook.unreadable",
    "このファイルを開けません",
    remedy="Excel で開いていれば閉じ、読み取りが許されているか確かめてください",
)
EMPTY_FILE = Rule("workbook.empty", "このファイルは空です", _ALLOWED, _GET_AGAIN)
BROKEN = Rule("workbook.broken", "ブックが壊れていて読めません（途中で切れているなど）", _ALLOWED, _GET_AGAIN)
PASSWORD = Rule(
    "workbook.encrypted",
    "このブックは、開くのにパスワードが要ります",
    "パスワードのないブックだけを読めます",
    "Excel の「ファイル」→「情報」→「ブックの保護」でパスワードを外し、保存し直してください",
)
OTHER_FILE = Rule("workbook.other-file", "これは、{what}です", _ALLOWED, "{advice}")
TOO_LARGE = Rule(
    "workbook.too-large",
    "このブックは大きすぎます",
    "{limit}読めます",
    "使わないシートや、表の外の書式・空の行・画像を消してください",
)


def check_file(path: Path) -> None:
    """Raises DataFaults where the file at `path` is no workbook, is open in Excel, or could do harm."""
    for finding in _faults(path):
        raise DataFaults([finding])


def check_not_open(path: Path) -> None:
    """Raises DataFaults where Excel or LibreOffice has the workbook at `path` open."""
    for finding in _open_faults(path):
        raise DataFaults([finding])


def _faults(path: Path) -> Iterator[Finding]:
    """The first is reason enough; what comes later takes it for granted that there was none before."""
    place = Place(path.name or str(path))
    try:
        yield from _open_faults(path)
        if path.is_dir():
            yield FOLDER.at(place)
        if not path.is_file():
            yield MISSING_FILE.at(place)
        if path.stat().st_size > FILE_LIMIT:
            yield TOO_LARGE.at(place, limit=f"{FILE_LIMIT // 1024**2}MB まで")
        with path.open("rb") as file:
            yield from _kind_faults(path, file, place)
            with zipfile.ZipFile(file) as archive:
                yield from _archive_faults(archive, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        yield BROKEN.at(place)
    except OSError:
        yield UNREADABLE.at(place)


def _open_faults(path: Path) -> Iterator[Finding]:
    place = Place(path.name)
    if path.name.startswith("~$"):
        yield WORKING_FILE.at(place, book=path.name.removeprefix("~$"))
    for lock in (path.parent / f"~${path.name}", path.parent / f".~lock.{path.name}#"):
        if os.path.exists(lock):  # also where its name would be too long
            yield OPEN.at(place, lock=lock.name)


def _kind_faults(path: Path, file: IO[bytes], place: Place) -> Iterator[Finding]:
    begin = file.read(4)
    if not begin:
        yield EMPTY_FILE.at(place)
    if not begin.startswith(b"PK"):
        kind = file_kind(path)
        yield PASSWORD.at(place) if kind is ENCRYPTED else _other(kind, place)
    file.seek(0)
    if file.read().count(_ENTRY) > _PART_LIMIT:
        yield TOO_LARGE.at(place, limit=f"中のファイルは{_PART_LIMIT:,}個まで")
    file.seek(0)


def _archive_faults(archive: zipfile.ZipFile, place: Place) -> Iterator[Finding]:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        yield TOO_LARGE.at(place, limit=f"広げた中身が{UNPACKED_LIMIT // 1024**2}MB まで")
    if any(part.flag_bits & 1 for part in parts):
        yield OTHER_FILE.at(place, what="暗号化された zip のファイル", advice=ARCHIVE.advice)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        what = "ブックでは使われない方法で圧縮された zip のファイル"
        yield OTHER_FILE.at(place, what=what, advice=ARCHIVE.advice)
    if (kind := archive_kind(archive)) is not WORKBOOK:
        yield _other(kind, place)


def _other(kind: FileKind, place: Place) -> Finding:
    return OTHER_FILE.at(place, what=kind.name, advice=kind.advice)


def part_name(text: str) -> str:
    """The name of a part in the form in which names are compared: Excel minds neither case nor the kind of slash."""
    return text.replace("\\", "/").lower()
