"""Where the rows of a workbook stand among those of the dataset: new ones are put in there, and moved ones are moved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from handouts.collect.merged_rows import MergedRow
from handouts.collect.returned import Returned
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import LEVELS

_MOST_BLANK = 2  # how far below the row before it a new row may stand


class RowPlacing:
    """Places the `lines` of a workbook that came back among the rows `merged` of the dataset.

    `mates` has the row of the dataset for each line that has one, by the number of the line.
    """

    def __init__(self, merged: list[MergedRow], lines: Sequence[DatasetRow], returned: Returned) -> None:
        self.mates: dict[int, MergedRow] = {}
        self._merged = merged
        self._lines = lines
        self._returned = returned

    def place(self, number: int) -> int:
        """Where the row of a line stands."""
        return self._merged.index(self.mates[number])

    def insert(self, number: int) -> None:
        """Makes a row of a line."""
        line = self._lines[number]
        row = MergedRow(line, min(step_above(self._lines, number), _MOST_BLANK), self._returned)
        self._merged.insert(self._position(number), row)
        self.mates[number] = row

    def move(self, numbers: Iterable[int]) -> None:
        """Moves the rows of these lines to where the lines stand."""
        rows = {number: self.mates.pop(number) for number in numbers}
        for number, row in rows.items():
            self._merged.remove(row)
            self._merged.insert(self._position(number), row)
            self.mates[number] = row
            row.row = replace(row.row, where=self._lines[number].where)

    def strange_rows(self, number: int, known: Iterable[MergedRow]) -> Iterator[MergedRow]:
        """The rows that the workbook was not written with, unlike the `known`: of a line with a name all, else those there."""
        ids = {id(row) for row in (*known, *self.mates.values())}
        line = self._lines[number]
        if line.name:
            return (row for row in self._merged if id(row) not in ids and row.dropped_by is None)
        start = self._position(number, is_first=True)
        has_above = any(other in self.mates for other in range(number))
        rows = self._merged[start:] if has_above else self._merged[:start][::-1]
        beside = takewhile(lambda row: id(row) not in ids and _rank(row.row) >= _rank(line), rows)
        return (row for row in beside if row.dropped_by is None)

    def _position(self, number: int, is_first: bool = False) -> int:
        """Where a line belongs: below the row of the one that it stands below.

        Behind what other workbooks brought to the same place, or with `is_first` before it.
        """
        for other in range(number - 1, -1, -1):
            if other in self.mates:
                place = self.place(other) + 1
                while not is_first and self._is_of_others(place):
                    place += 1
                return place
        following = (other for other in range(number + 1, len(self._lines)) if other in self.mates)
        return next(map(self.place, following), len(self._merged))

    def _is_of_others(self, place: int) -> bool:
        return place < len(self._merged) and self._merged[place].brought_by not in (None, self._returned)


def step_above(rows: Sequence[DatasetRow], number: int) -> int:
    """How many lines a row stands below the one before it."""
    return rows[number].line - (rows[number - 1].line if number else 0)


def _rank(row: DatasetRow) -> int:
    """What sorts rows without names by what they begin: a row of a lower one is no part of what a higher one begins.

    It is the level of a paragraph, the headings without one below all of them; a record with its place in the plan is
    above one without.
    """
    kind = row.values.get(("kind",), "")
    level = re.match("階層([0-9]+)", kind)
    if level:
        return int(level[1])
    if ("plan",) in row.values:
        return 0
    return LEVELS + (1 if kind.startswith("見出し") else 2)


def longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """As many of the numbers as can stay where they are when the others are moved until all rise."""
    ends: list[int] = []  # the smallest last number of a rising row of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    stay: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        stay.add(last)
        last = before[last]
    return frozenset(stay)
