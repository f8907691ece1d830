"""Text without what makes no difference when somebody types it: full and half width, blanks, what nobody sees."""

from __future__ import annotations

import re
import unicodedata

# What comes along from web pages and files and has no width: joiners, marks of direction and of order.
_UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
_BLANK = re.compile(r"\s")


def in_one_width(text: str) -> str:
    """`text` in one width, without blanks around it."""
    return text.strip() if text.isascii() else _in_one_width(text).strip()


def bare(text: str) -> str:
    """`text` in one width, without any blank, for comparing what people typed."""
    return _BLANK.sub("", text if text.isascii() else _in_one_width(text))


def _in_one_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_UNSEEN)
