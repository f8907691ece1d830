"""The .docx as a zip: the same parts always make the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST = "[Content_Types].xml"

_OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def zip_parts(parts: Mapping[str, bytes]) -> bytes:
    """A package of `parts` by name, in fixed order and without a date."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            package.writestr(_entry(name), parts[name])
    return buffer.getvalue()


def rezip(docx: bytes) -> bytes:
    """`docx` with the same parts, in fixed order and without a date."""
    with ZipFile(BytesIO(docx)) as package:
        return zip_parts({name: package.read(name) for name in package.namelist()})


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _OLDEST_ZIP_DATE)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    return entry
