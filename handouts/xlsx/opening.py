"""Whether a file is a workbook that can be opened without harm, before any library looks into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from handouts.file_kinds import WORKBOOK
from handouts.findings import DataFaults, Finding, Place, Rule
from handouts.packages.forms import PackageForm, PackageLimits
from handouts.packages.opening import package_faults

# A whole year of a branch is a thirtieth of these, or less.
FILE_LIMIT = 30 * 1024**2
UNPACKED_LIMIT = 64 * 1024**2
XML_LIMIT = 20 * 1024**2  # of what is read, without pictures
CELL_LIMIT = 200_000
VALUE_LIMIT = 100_000  # cells that are not empty
TEXT_LIMIT = 5_000_000  # characters in them
# A cell with a value has two elements and an attribute, or more; Excel and LibreOffice say its style and kind too.
_PIECES = 4 * CELL_LIMIT

WORKBOOK_FORM = PackageForm(
    "workbook",
    WORKBOOK,
    "ブック",
    "Excel",
    PackageLimits(FILE_LIMIT, UNPACKED_LIMIT, XML_LIMIT, _PIECES, f"セルは{CELL_LIMIT // 10_000}万個まで"),
    "使わないシートや、表の外の書式・空の行・画像を消してください",
    lambda kind: kind.advice,
)
TOO_LARGE = WORKBOOK_FORM.too_large
OPEN = Rule(
    "workbook.open",
    "このブックは、いま Excel などで開かれています",
    "保存して閉じたブックだけを読み書きします",
    "保存して閉じてから、もう一度実行してください。閉じているのにこの知らせが出るときは、隣の「{lock}」を消してください",
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
    yield from _open_faults(path)
    yield from package_faults(path, WORKBOOK_FORM)


def _open_faults(path: Path) -> Iterator[Finding]:
    place = Place(path.name)
    if path.name.startswith("~$"):
        yield WORKBOOK_FORM.working_file.at(place, book=path.name.removeprefix("~$"))
    for lock in (path.parent / f"~${path.name}", path.parent / f".~lock.{path.name}#"):
        if os.path.exists(lock):  # also where its name would be too long
            yield OPEN.at(place, lock=lock.name)
