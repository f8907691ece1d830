"""Whether a file is a package that can be opened without harm, before any parser looks into it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handouts.file_kinds import ARCHIVE, ENCRYPTED, archive_kind, file_kind
from handouts.findings import Finding, Place
from handouts.packages.forms import PackageForm

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What is raised where an archive is damaged."""
_ENTRY = b"PK\x01\x02"  # begins each line of a zip's list of contents


def package_faults(path: Path, form: PackageForm) -> Iterator[Finding]:
    """What keeps the file at `path` from being read as a package of this form.

    The first is reason enough; what comes later takes it for granted that there was none before.
    """
    place = Place(path.name or str(path))
    try:
        if path.name.startswith("~$"):
            yield form.working_file.at(place, book=path.name.removeprefix("~$"))
        if path.is_dir():
            yield form.folder.at(place)
        if not path.is_file():
            yield form.missing.at(place)
        if path.stat().st_size > form.limits.file:
            yield form.too_large_file(place)
        with path.open("rb") as file:
            yield from _kind_faults(path, file, place, form)
            with zipfile.ZipFile(file) as archive:
                yield from _archive_faults(archive, place, form)
    except DAMAGE:
        yield form.broken.at(place)
    except OSError:
        yield form.unreadable.at(place)


def part_name(text: str) -> str:
    """The name of a part in the form in which names are compared: Office minds neither case nor the kind of slash."""
    return text.replace("\\", "/").lower()


def _kind_faults(path: Path, file: IO[bytes], place: Place, form: PackageForm) -> Iterator[Finding]:
    begin = file.read(4)
    if not begin:
        yield form.empty.at(place)
    if not begin.startswith(b"PK"):
        kind = file_kind(path)
        yield form.encrypted.at(place) if kind is ENCRYPTED else form.other(kind, place)
    file.seek(0)
    if file.read().count(_ENTRY) > form.limits.parts:
        yield form.too_large.at(place, limit=f"中のファイルは{form.limits.parts:,}個まで")
    file.seek(0)


def _archive_faults(archive: zipfile.ZipFile, place: Place, form: PackageForm) -> Iterator[Finding]:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > form.limits.unpacked:
        yield form.too_much_unpacked(place)
    if any(part.flag_bits & 1 for part in parts):
        yield form.other_file.at(place, what="暗号化された zip のファイル", advice=form.advice(ARCHIVE))
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        what = f"{form.noun}では使われない方法で圧縮された zip のファイル"
        yield form.other_file.at(place, what=what, advice=form.advice(ARCHIVE))
    if (kind := archive_kind(archive)) is not form.kind:
        yield form.other(kind, place)
