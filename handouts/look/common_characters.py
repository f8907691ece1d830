"""Characters that every handout can have: whoever has only these need not open a font to know it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Windows-31J and JIS X 0213 as far as a program knows them at once; all of it is in the fonts that come with us, but for
# these brackets and what a branch has drawn itself (外字).
_ENCODINGS = ("cp932", "shift_jisx0213")
_NOT_IN_OURS = frozenset("\u2985\u2986")
_PRIVATE = range(0xE000, 0xF900)


def uncommon_characters(characters: Iterable[str]) -> frozenset[str]:
    """Those of which only the fonts can tell whether they are there."""
    return frozenset(character for character in characters if not _is_common(character))


@lru_cache(maxsize=16384)
def _is_common(character: str) -> bool:
    if unicodedata.category(character) == "Cc":
        return character in "\n\r\t"
    if character in _NOT_IN_OURS or ord(character) in _PRIVATE:
        return False
    return any(_has(encoding, character) for encoding in _ENCODINGS)


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
