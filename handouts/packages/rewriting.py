"""A package with some of its parts written anew, and all others as they were."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from handouts.packages.opening import part_name

_DAY = (1980, 1, 1, 0, 0, 0)  # of new parts, so that the same file comes of the same


def with_parts(path: Path, parts: Mapping[str, bytes]) -> bytes:
    """The package at `path` with these parts, whose names are compared as Office does, instead of its own or beside them."""
    left = {part_name(name): (name, content) for name, content in parts.items()}
    made = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            _, content = left.pop(part_name(member.filename), ("", None))
            new.writestr(member, old.read(member) if content is None else content, member.compress_type)
        for name, content in left.values():
            new.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
