"""The workbooks of several groups put together: what each group changed goes into the dataset as it is now.

Three states of every cell are compared: as it was written into the workbook, as the group returned it, and as the dataset
has it now. What only the group changed is taken. What both changed, and not in the same way, is a conflict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from handouts.dataset.reading import Reading
from handouts.errors import Place
from handouts.excel.book import Book
from handouts.excel.columns import Table
from handouts.excel.conflicts import Conflicts
from handouts.excel.grid import Cell, cell_name
from handouts.excel.lines import Key, Line, begins_above, key_of, lines_of, name_of, settled_lines
from handouts.excel.matching import are_alike, matched_to_current, matched_to_written
from handouts.excel.places import Places
from handouts.excel.reading import read_book
from handouts.excel.returned import Returned
from handouts.excel.sheets import BASE, PLAN, TABLES_IN_ORDER
from handouts.excel.source import Findings
from handouts.excel.tables import FoundTable, Head

_MOST_BLANK = 2  # how far below the row before it a new row may stand


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a row stands: the file of its book, its table there, and its number."""

    file: str
    found: FoundTable
    number: int

    def place(self, key: Key) -> Place:
        """The place of a cell; that of its first cell where the table has no such column."""
        head = next((head for head in self.found.heads if key_of(head) == key), self.found.heads[0])
        return Place(self.file, cell=f"{self.found.sheet}!{cell_name(self.number, head.at)}")


@dataclass(eq=False)
class _Row:
    """A row of the dataset while workbooks are put in: what it says now, and who brought what of it.

    `step` is how many rows it stands below the one before it, `seat` where somebody who looks for it finds it.
    """

    line: Line
    step: int
    seat: _Seat
    brought_by: Returned | None = None
    dropped_by: Returned | None = None
    sources: dict[Key, tuple[Returned, Place]] = field(default_factory=dict)

    def giver(self, key: Key) -> Returned | None:
        """Whose the value of a cell is; None for the dataset's own."""
        return self.sources[key][0] if key in self.sources else self.brought_by

    def place_of(self, key: Key) -> Place:
        """Where the value of a cell was written."""
        return self.sources[key][1] if key in self.sources else self.seat.place(key)

    def is_same(self, line: Line) -> bool:
        """Whether a new row of a workbook is this one: by its name, or where it has none by what it says."""
        return self.line.name == line.name if line.name else self.line.values == line.values

    def is_reworded(self, line: Line) -> bool:
        """Whether the dataset has a new row of a workbook without a name in other words, since it was collected before."""
        return not line.name and self.brought_by is None and are_alike(self.line, line)

    def put(self, key: Key, line: Line, source: tuple[Returned, Place]) -> None:
        """Gives a cell what it is in another row."""
        cells, values = dict(self.line.cells), dict(self.line.values)
        for mine, theirs in ((cells, line.cells), (values, line.values)):
            mine.pop(key, None)
            if key in theirs:
                mine[key] = theirs[key]
        self.line = replace(self.line, cells=cells, values=values)
        self.sources[key] = source


class Collection:
    """A dataset, as the book of all of its sheets, into which workbooks are put one after another.

    `taken` counts what each file brought: cells, and rows that are new, gone or moved.
    """

    def __init__(self, book: Book, conflicts: Conflicts) -> None:
        self.taken: dict[str, int] = {}
        self._book = book
        self._conflicts = conflicts
        self._tables = {table: _rows(book, table) for table in TABLES_IN_ORDER}

    def add(self, returned: Returned) -> None:
        """Puts in what a group changed."""
        merges = [_Merge(table, rows, returned, self._conflicts) for table, rows in self._tables.items()]
        for merge in merges:
            merge.run()
            self._add_years(returned.book.tables[merge.table.name])
        self.taken[returned.file] = sum(merge.taken for merge in merges)

    def reading(self, name: str, old: Reading) -> Reading:
        """The dataset with everything put in, its findings only faults; `old` is how it was read before.

        What a workbook brought has its place there, the rest where it has it in `old`.
        """
        before = read_book(_copy(self._book), name).reading.places
        sources: dict[str, Place] = {}
        for table, rows in self._tables.items():
            found = self._book.tables[table.name]
            self._book.tables[table.name] = replace(found, rows=dict(_placed(found, rows, sources)))
        reading = read_book(self._book, name).reading
        places = Places(old.places, before, sources, self._book.findings.file)
        faults = (
            replace(finding, place=places.of(finding.place) or Place(name, key=finding.place.key))
            for finding in reading.findings
            if finding.severity == "error"
        )
        return Reading(reading.dataset, tuple(faults), places.of_all(reading.places))

    def _add_years(self, theirs: FoundTable) -> None:
        """Adds the columns of further years that a workbook has."""
        found = self._book.tables[theirs.table.name]
        known = {key_of(head) for head in found.heads}
        more = [head for head in theirs.heads if head.year and key_of(head) not in known]
        last = max(head.at for head in found.heads)
        heads = [replace(head, at=last + number) for number, head in enumerate(more, 1)]
        self._book.tables[theirs.table.name] = replace(found, heads=(*found.heads, *heads))


def _rows(book: Book, table: Table) -> list[_Row]:
    found, lines = book.tables[table.name], lines_of(book, table)
    above = [found.row, *(line.number for line in lines)]
    return [
        _Row(line, line.number - before, _Seat(book.findings.file, found, line.number))
        for line, before in zip(lines, above, strict=False)
    ]


def _copy(book: Book) -> Book:
    """The same tables, with findings of its own."""
    again = Book(Findings(book.findings.file), ())
    again.tables = dict(book.tables)
    return again


def _placed(
    found: FoundTable, rows: Sequence[_Row], sources: dict[str, Place]
) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    """The rows one below the other; notes in `sources` where each of their cells comes from."""
    number = found.row
    for row in rows:
        if row.dropped_by is not None:
            continue
        number += row.step
        for head in found.heads:
            sources[f"{found.sheet}!{cell_name(number, head.at)}"] = row.place_of(key_of(head))
        yield (
            number,
            {
                head.at: replace(row.line.cells[key_of(head)], row=number, column=head.at)
                for head in found.heads
                if key_of(head) in row.line.cells
            },
        )


class _Merge:
    """Puts one table of a workbook into the rows of the dataset; `taken` counts what went in."""

    def __init__(self, table: Table, rows: list[_Row], returned: Returned, conflicts: Conflicts) -> None:
        self.table = table
        self.taken = 0
        self._rows = rows
        self._returned = returned
        self._conflicts = conflicts
        self._found = returned.book.tables[table.name]
        self._keys = [key for head in self._found.heads if (key := key_of(head))]
        self._written = lines_of(returned.written, table)
        self._lines = _lines_returned(returned, table, self._written)
        self._mates: dict[int, _Row] = {}  # the row of the dataset for each line of the workbook
        self._known: list[_Row] = []  # the rows that the workbook was written with
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

    def _settle(self, written: Line, number: int | None, row: _Row | None) -> None:
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
            giver = row.dropped_by if row else None
            place, cells = (
                self._place(line, changed[0]),
                (written.cells.get(changed[0]), line.cells.get(changed[0])),
            )
            if self._conflicts.of_gone_row(self._returned, giver, place, *cells):
                self._again.append(number)

    def _drop(self, written: Line, row: _Row) -> None:
        now = row.line.values
        changed = [key for key in self._keys if now.get(key) != written.values.get(key)]
        if changed and not self._is_drop_won(written, row, changed[0]):
            return
        row.dropped_by = self._returned
        self.taken += 1

    def _is_drop_won(self, written: Line, row: _Row, key: Key) -> bool:
        place = replace(self._place(written, key), cell=self._found.sheet)
        cells = written.cells.get(key), row.line.cells.get(key)
        return self._conflicts.of_dropped_row(
            self._returned, row.giver(key), place, name_of(written, self.table), *cells
        )

    def _merge(self, written: Line | None, line: Line, row: _Row) -> None:
        """Takes the cells that only the group changed; `written` is None for a row that was added here and there."""
        for key in self._keys:
            mine, theirs = line.values.get(key), row.line.values.get(key)
            was = written.values.get(key) if written else None
            if mine in (was, theirs):
                continue
            place = self._place(line, key)
            cells = (
                written.cells.get(key) if written else None,
                line.cells.get(key),
                row.line.cells.get(key),
            )
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

    def _strange_rows(self, number: int) -> Iterator[_Row]:
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
        row = _Row(line, min(line.number - above, _MOST_BLANK), self._seat(line), self._returned)
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

    def _seat(self, line: Line) -> _Seat:
        return _Seat(self._returned.file, self._found, line.number)

    def _place(self, line: Line, key: Key) -> Place:
        head = next(head for head in self._found.heads if key_of(head) == key)
        return replace(self._seat(line).place(key), key=_heading(self.table, head, line))


def _lines_returned(returned: Returned, table: Table, written: Sequence[Line]) -> tuple[Line, ...]:
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


def _heading(table: Table, head: Head, line: Line) -> str:
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
