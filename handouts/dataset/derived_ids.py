"""Ids made of words, where nobody wrote one: the same words give the same id."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from handouts.dataset.typed_text import bare


def id_of_words(letter: str, words: str) -> str:
    """The letter and eight signs that depend on the words, whatever their width and blanks."""
    return letter + hashlib.sha256(bare(words).encode()).hexdigest()[:8]


def free_id(name: str, taken: Container[str]) -> str:
    """The id, with a number behind it where another has it."""
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return free
