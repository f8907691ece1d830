"""Marks as they are met in a part: each with an identity of its own, and each move with the pair of ranges it is of."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.revisions.model import MarkKind, RevisionMark
from handouts.revisions.vocabulary import MOVE_RANGES

OpenRanges = list[tuple[MarkKind, str]]


class MarkCounter:
    """Gives out the marks of one part."""

    def __init__(self, part: str) -> None:
        self._part = part
        self.count = 0
        self._ranges: dict[MarkKind, dict[str, Mapping[str, str]]] = {
            kind: {} for kind in MOVE_RANGES.values()
        }

    def mark(self, kind: MarkKind, said: Mapping[str, str], property_: str = "") -> RevisionMark:
        """A mark of this kind, by what its element says."""
        self.count += 1
        ranges = self._ranges.get(kind)
        move = next(reversed(ranges.values())).get("name", "") if ranges else ""
        return RevisionMark(
            self.name(self.count), kind, said.get("author", ""), said.get("date", ""), move, property_
        )

    def name(self, number: int) -> str:
        """The identity of the mark that was given out as this one of them, from 1."""
        return f"{self._part}-{number}"

    def range_begins(self, kind: MarkKind, said: Mapping[str, str]) -> None:
        """A range of a move begins, from or to which the marks after it move."""
        self._ranges[kind][said.get("id", "")] = said

    def range_ends(self, kind: MarkKind, said: Mapping[str, str]) -> None:
        """It ends."""
        self._ranges[kind].pop(said.get("id", ""), None)

    def open_ranges(self) -> OpenRanges:
        """The innermost range of each kind that is open."""
        return [(kind, next(reversed(ranges))) for kind, ranges in self._ranges.items() if ranges]

    def whole_move(self, ranges: OpenRanges) -> RevisionMark | None:
        """The mark of what stands wholly in one of these ranges, which was open at its beginning and is so still; else None."""
        for kind, number in ranges:
            if number in self._ranges[kind]:
                return self.mark(kind, self._ranges[kind][number])
        return None


class BookmarkNames:
    """The names of the bookmarks that are open, by the numbers with which they end; a number may be used twice."""

    def __init__(self) -> None:
        self._open: dict[str, list[str]] = {}

    def begins(self, said: Mapping[str, str]) -> str:
        """The name of a bookmark that begins."""
        name = said.get("name", "")
        self._open.setdefault(said.get("id", ""), []).append(name)
        return name

    def ends(self, said: Mapping[str, str]) -> str:
        """The name of the one that ends; empty where none is open."""
        names = self._open.get(said.get("id", ""))
        return names.pop() if names else ""
