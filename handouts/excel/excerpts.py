"""What a message repeats of long texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

_LENGTH = 40  # characters of a text
_BEFORE = 8  # of them, before the first that differs


def excerpt(text: str, start: int = 0) -> str:
    """The text from `start`, with … where something is left out."""
    part = text[start : start + _LENGTH]
    return f"{'…' if start else ''}{part}{'…' if len(text) > start + _LENGTH else ''}"


def excerpts(texts: Sequence[str]) -> list[str]:
    """The texts; of long ones the part where the first two begin to differ."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(texts[0], texts[1], strict=False)))
    start = same - _BEFORE if same > _BEFORE * 2 and max(map(len, texts)) > _LENGTH else 0
    return [excerpt(text, start if text.startswith(texts[0][:start]) else 0) for text in texts]
