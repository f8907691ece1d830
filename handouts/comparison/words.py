"""The words of a paragraph that change as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from handouts.comparison.characters import Characters

# A figure with its sign, a Latin and a katakana word change as a whole; Japanese words are not spaced, so all
# else is compared by character, together with the selector of its form.
_WORD = re.compile(
    r"[△▲-]?\d+(?:[.,]\d+)*|[A-Za-zÀ-ɏ]+|[ァ-ヺー]+|[\s\S][\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `characters`, and where each begins; the last of `starts` is where all end."""

    characters: Characters
    words: tuple[str, ...]
    starts: tuple[int, ...]


def split(characters: Characters) -> Words:
    """Return the words of `characters`."""
    words = list_words(characters.text)
    return Words(characters, words, (0, *accumulate(map(len, words))))


def list_words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, one after the other."""
    return tuple(_WORD.findall(text))
