"""One table of a workbook that came back, put into the rows that the dataset has now.

Three states of every cell are compared: as it was written into the workbook, as the group returned it, and as the dataset
has it now. What only the group changed is taken. What both changed, and not in the same way, is a conflict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from handouts.collect.conflicts import Conflicts
from handouts.collect.lines import Key, Line, begins_above, key_of, lines_of, name_of, settled_lines
from handouts.collect.matching import matched_to_current, matched_to_written
from handouts.collect.merged_rows import MergedRow, Seat
from handouts.collect.returned import Returned
from handouts.excel.sheets import BASE, PLAN, SheetTable
from handouts.excel.tables import FoundColumn
from handouts.findings import Place

_MOST_BLANK = 2  # how far below the row before it a new row may stand


class TableMerge:
    """Puts one table of a workbook into the rows of the dataset; `taken` counts what went in."""

    def __init__(
        self, table: SheetTable, rows: list[MergedRow], returned: Returned, conflicts: Conflicts
    ) -> None:
        self.table = table
        self.taken = 0
        self._rows = rows
        self._returned = returned
        self._conflicts = conflicts
        self._found = returned.book.tables[table.name]
        self._keys = [key for head in self._found.heads if (key := key_of(head))]
        self._written = lines_of(returned.written, table)
        self._lines = _lines_returned(returned, table, self._written)
        self._mates: dict[int, MergedRow] = {}  # the row of the dataset for each line of the workbook
        self._known: list[MergedRow] = []  # the rows that the workbook was written with
        self._again: list[int] = []  # lines that go in though their rows are gone from the dataset

    def run(self) -> None:
        """Puts in what differs from what was written."""
        to_written = matched_to_written(self._lines, self._written)
        returned = {other: number for number, other in to_written.items()}
        as_returned = {number: self._lines[other] for number, other in returned.items()}
        to_current = matched_to_current(self._written, as_returned, [row.line for row in self._rows])
        current = {number: self._rows[other] for number, other in to_current.items()}
        self._known = list(current.values())
        for number, line in enumerate(self._written):
            self._settle(line, returned.get(number), current.get(number))
        self._move({number: other for number, other in to_written.items() if number in self._mates})
        for number in range(len(self._lines)):
            if number in self._again:
                self._insert(number)
            elif number not in to_written:
                self._add(number)

    def _settle(self, written: Line, number: int | None, row: MergedRow | None) -> None:
        """Settles a row that was written: it may be gone from the workbook, or from the dataset, or be in both."""
        if number is None:
            if row is not None and row.dropped_by is None:
                self._drop(written, row)
            return
        line = self._lines[number]
        if row is not None and row.dropped_by is None:
            self._mates[number] = row
            self._merge(written, line, row)
        elif changed := [key for key in self._keys if line.values.get(key) != written.values.get(key)]:
            key, giver = changed[0], row.dropped_by if row else None
            cells = written.cells.get(key), line.cells.get(key)
            if self._conflicts.of_gone_row(self._returned, giver, self._place(line, key), *cells):
                self._again.append(number)

    def _drop(self, written: Line, row: MergedRow) -> None:
        now = row.line.values
        changed = [key for key in self._keys if now.get(key) != written.values.get(key)]
        if changed and not self._is_drop_won(written, row, changed[0]):
            return
        row.dropped_by = self._returned
        self.taken += 1

    def _is_drop_won(self, written: Line, row: MergedRow, key: Key) -> bool:
        place = replace(self._place(written, key), cell=self._found.sheet)
        cells = written.cells.get(key), row.line.cells.get(key)
        return self._conflicts.of_dropped_row(
            self._returned, row.giver(key), place, name_of(written, self.table), *cells
        )

    def _merge(self, written: Line | None, line: Line, row: MergedRow) -> None:
        """Takes the cells that only the group changed; `written` is None for a row that was added here and there."""
        for key in self._keys:
            mine, theirs = line.values.get(key), row.line.values.get(key)
            was = written.values.get(key) if written else None
            if mine in (was, theirs):
                continue
            place = self._place(line, key)
            before = written.cells.get(key) if written else None
            cells = before, line.cells.get(key), row.line.cells.get(key)
            if theirs == was or self._conflicts.of_cell(self._returned, row.giver(key), place, *cells):
                row.put(key, line, (self._returned, place))
                self.taken += 1

    def _add(self, number: int) -> None:
        """Puts in a row that the group added, unless it is there: added by somebody else, or collected before."""
        line = self._lines[number]
        rows = list(self._strange_rows(number))
        twins = [row for row in rows if row.is_same(line)] or [row for row in rows if row.is_reworded(line)]
        twin = next(iter(twins), None)
        if twin is None:
            self._insert(number)
        else:
            self._mates[number] = twin
            self._merge(None, line, twin)

    def _strange_rows(self, number: int) -> Iterator[MergedRow]:
        """The rows that the workbook was not written with: with a name all of them, else those at the same place."""
        known = {id(row) for row in (*self._known, *self._mates.values())}
        line = self._lines[number]
        if line.name:
            return (row for row in self._rows if id(row) not in known and row.dropped_by is None)
        start = self._position(number, is_first=True)
        has_above = any(other in self._mates for other in range(number))
        rows = self._rows[start:] if has_above else self._rows[:start][::-1]
        beside = takewhile(lambda row: id(row) not in known and not begins_above(row.line, line), rows)
        return (row for row in beside if row.dropped_by is None)

    def _insert(self, number: int) -> None:
        line = self._lines[number]
        above = self._lines[number - 1].number if number else self._found.row
        row = MergedRow(line, min(line.number - above, _MOST_BLANK), self._seat(line), self._returned)
        row.sources = {key: (self._returned, self._place(line, key)) for key in line.cells}
        self._rows.insert(self._position(number), row)
        self._mates[number] = row
        self.taken += 1

    def _position(self, number: int, is_first: bool = False) -> int:
        """Where a row of the workbook belongs: below the one that it stands below there.

        Behind what other workbooks brought to the same place, or with `is_first` before it.
        """
        for other in range(number - 1, -1, -1):
            if other in self._mates:
                place = self._rows.index(self._mates[other]) + 1
                while not is_first and self._is_of_others(place):
                    place += 1
                return place
        following = (
            self._mates[other] for other in range(number + 1, len(self._lines)) if other in self._mates
        )
        row = next(following, None)
        return len(self._rows) if row is None else self._rows.index(row)

    def _is_of_others(self, place: int) -> bool:
        return place < len(self._rows) and self._rows[place].brought_by not in (None, self._returned)

    def _move(self, to_written: Mapping[int, int]) -> None:
        """Moves the rows that the group moved."""
        numbers = sorted(to_written)
        order = [to_written[number] for number in numbers]
        if order == sorted(order):
            return
        places = [self._rows.index(self._mates[number]) for number in numbers]
        if places == sorted(places):
            return
        by_written = [place for _, place in sorted(zip(order, places, strict=True))]
        is_unmoved = by_written == sorted(by_written)
        if not is_unmoved and not self._conflicts.of_order(
            self._returned, Place(self._returned.file, cell=self._found.sheet)
        ):
            return
        stay = _longest_rising(order)
        moved = [number for number, written in zip(numbers, order, strict=True) if written not in stay]
        rows = {number: self._mates.pop(number) for number in moved}
        for number, row in rows.items():
            self._rows.remove(row)
            self._rows.insert(self._position(number), row)
            self._mates[number] = row
            row.seat = self._seat(self._lines[number])
            self.taken += 1

    def _seat(self, line: Line) -> Seat:
        return Seat(self._returned.file, self._found, line.number)

    def _place(self, line: Line, key: Key) -> Place:
        head = next(head for head in self._found.heads if key_of(head) == key)
        return replace(self._seat(line).place(key), key=_heading(self.table, head, line))


def _lines_returned(returned: Returned, table: SheetTable, written: Sequence[Line]) -> tuple[Line, ...]:
    """The rows that came back; those of the plan that were changed as their paragraphs were read."""
    lines = lines_of(returned.book, table)
    if table is not PLAN:
        return lines
    plan, style = returned.dataset.plan, returned.dataset.numbering
    known = [line.values for line in written]
    raw = {line.number: line for line in lines}
    return tuple(
        raw[line.number] if raw[line.number].values in known else line
        for line in settled_lines(lines, plan, style, returned.book.tables[table.name].row)
    )


def _heading(table: SheetTable, head: FoundColumn, line: Line) -> str:
    """What a message calls a cell: by its column, in the sheet 会議 by what its row is about."""
    if table is BASE:
        return line.name
    return f"{head.column.heading} {head.year.text()}" if head.year else head.column.heading


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
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
