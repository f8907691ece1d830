"""The bookmarks of one document: a name for each paragraph that comes from somewhere, and hidden ones for links."""

from __future__ import annotations

from collections import Counter
from itertools import count

from handouts.origin import bookmark_name

_SHORT = "x_{}"


def anchor_name(anchor: str) -> str:
    """The hidden bookmark of a place that links and page numbers refer to: no reference to the dataset."""
    return f"_{anchor}"


class BookmarkLedger:
    """Hands out the bookmarks of one document: every name and every id only once."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._unnamed = count(1)
        self._places: Counter[str] = Counter()

    def name(self, refs: tuple[str, ...]) -> str:
        """The name of the next bookmark for what comes from `refs`."""
        if len(refs) == 1:
            self._places[refs[0]] += 1
            if name := bookmark_name(refs[0], self._places[refs[0]]):
                return name
        return _SHORT.format(next(self._unnamed))

    def number(self) -> int:
        """The next free id."""
        return next(self._ids)
