"""Text without what makes no difference when somebody types it: full and half width, blanks."""

from __future__ import annotations

import re
import unicodedata


def in_one_width(text: str) -> str:
    """`text` in one width, without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def bare(text: str) -> str:
    """`text` in one width, without any blank, for comparing what people typed."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
