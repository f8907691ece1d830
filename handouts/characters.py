"""Characters as people see them: kana and letters in one piece, and an ideograph with the selector of its form."""

from __future__ import annotations

import re
import unicodedata

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
# NFC would put 神 (U+795E) where somebody chose 神 (U+FA19).
_IDEOGRAPHS = "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IN_PIECES = re.compile(f"[^{_MARKS}{_IDEOGRAPHS}][{_MARKS}]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
_SELECTOR = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_SELECTORS = re.compile(_SELECTOR)
SEQUENCE = re.compile(f"(?:(?!{_SELECTOR}).)?{_SELECTOR}", re.DOTALL)
"""A variation sequence: a character and the selector that chooses its form; a selector alone where none is before it."""


def composed(text: str) -> str:
    """The text with kana, letters and syllables that macOS takes apart (か and U+3099) in one piece; ideographs stay."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return _IN_PIECES.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def is_selector(character: str) -> bool:
    """Whether it prints nothing itself, but chooses the form of the character before it (異体字セレクター)."""
    return _SELECTORS.fullmatch(character) is not None


def without_selectors(text: str) -> str:
    """The text with every character in its usual form."""
    return text if text.isascii() else _SELECTORS.sub("", text)


def sequences_in(text: str) -> frozenset[str]:
    """The variation sequences that stand in the text."""
    return frozenset(SEQUENCE.findall(text)) if _SELECTORS.search(text) else frozenset()


def shortened(text: str, most: int) -> str:
    """The text; of one with more than `most` characters these, and … behind them."""
    return text if len(text) <= most else f"{text[:most]}…"


def characters_of(text: str) -> frozenset[str]:
    """The characters of the text, and its variation sequences."""
    return frozenset(text) | sequences_in(text)


def is_attached(character: str) -> bool:
    """Whether it has no width of its own and belongs to the character before it: a selector, an accent."""
    return is_selector(character) or unicodedata.combining(character) != 0
