"""Words that somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to `word`; empty where none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), "")


def suggestion(word: str, known: Iterable[str]) -> str:
    """A question that names the known word nearest to `word`; empty where none is near."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"「{near[0]}」の書き間違いではありませんか" if near else ""
