"""Titles as names of files."""

from __future__ import annotations

import re

# What Windows does not take in a file name.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 80  # characters
_MOST_BYTES = 240  # of the 255 of a name; the rest is for what follows the title


def file_name(text: str) -> str:
    """`text` as a file name for Windows, macOS and Linux: no blanks, no forbidden characters, not too long."""
    plain = _FORBIDDEN.sub("・", re.sub(r"\s+", "", text)).strip(".")[:_LONGEST]
    return plain.encode()[:_MOST_BYTES].decode(errors="ignore") or "資料"
