"""One table of a workbook that came back, put into the rows that the dataset has now.

Three states of every cell are compared: as it was written into the workbook, as the group returned it, and as the dataset
has it now. What only the group changed is taken. What both changed, and not in the same way, is a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handouts.collect.conflicts import Conflicts
from handouts.collect.lines import merged_value
from handouts.collect.matching import matched_to_current, matched_to_written
from handouts.collect.merged_rows import MergedRow
from handouts.collect.placing import RowPlacing, longest_rising, step_above
from handouts.collect.read_rows import rows_as_read
from handouts.collect.removals import is_default, name_of, removed_cell, removed_row, replaced_cell
from handouts.collect.returned import Returned
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, RowValue, mergeable
from handouts.excel.sheets import BASE, PLAN, SheetTable
from handouts.findings import Finding, Place


class TableMerge:
    """Puts one table of a workbook into the rows of the dataset; `taken` counts what went in.

    `written` are the rows with which it was written. What it takes away is noted in `removals`.
    """

    def __init__(
        self,
        table: SheetTable,
        rows: list[MergedRow],
        returned: Returned,
        written: Sequence[DatasetRow],
        conflicts: Conflicts,
    ) -> None:
        self.table = table
        self.taken = 0
        self.removals: list[Finding] = []
        self._merged = rows
        self._returned = returned
        self._conflicts = conflicts
        self._heads = {head.key: head for head in returned.book.heads.get(table.name, ()) if head.key}
        self._written = mergeable(written)
        self._returned_rows = rows_as_read(returned, table, self._written)
        self._placing = RowPlacing(rows, self._returned_rows, returned)
        self._known: list[MergedRow] = []  # the rows that the workbook was written with
        self._again: list[int] = []  # lines that go in though their rows are gone from the dataset

    def run(self) -> None:
        """Puts in what differs from what was written."""
        to_written = matched_to_written(self._returned_rows, self._written)
        returned = {other: number for number, other in to_written.items()}
        as_returned = {number: self._returned_rows[other] for number, other in returned.items()}
        to_current = matched_to_current(self._written, as_returned, [row.row for row in self._merged])
        current = {number: self._merged[other] for number, other in to_current.items()}
        self._known = list(current.values())
        for number, line in enumerate(self._written):
            self._settle(line, returned.get(number), current.get(number))
        if self.table is PLAN:
            self._space(returned, current)
        self._move({number: other for number, other in to_written.items() if number in self._placing.mates})
        for number in range(len(self._returned_rows)):
            if number in self._again:
                self._insert(number)
            elif number not in to_written:
                self._add(number)

    def _settle(self, written: DatasetRow, number: int | None, row: MergedRow | None) -> None:
        """Settles a row that was written: it may be gone from the workbook, or from the dataset, or be in both."""
        if number is None:
            # An item of the sheet 会議 that a workbook of before lacks is no row that somebody deleted.
            if row is not None and row.dropped_by is None and self.table is not BASE:
                self._drop(written, row)
            return
        line = self._returned_rows[number].with_decimals_of(written)
        if row is not None and row.dropped_by is None:
            self._placing.mates[number] = row
            self._merge(written, line, row)
            row.seen = None if self._returned.group else line
        elif changed := [key for key in self._heads if line.values.get(key) != written.values.get(key)]:
            key, giver = _first_shown(changed, written, line), row.dropped_by if row else None
            cells = written.cells.get(key), line.cells.get(key)
            if self._conflicts.of_gone_row(self._returned, giver, self._place(line, key), *cells):
                self._again.append(number)

    def _space(self, returned: Mapping[int, int], current: Mapping[int, MergedRow]) -> None:
        """Takes the empty rows above a paragraph where the workbook has others than it was written with."""
        for number, row in current.items():
            if number in returned:
                mine = step_above(self._returned_rows, returned[number])
                if mine != step_above(self._written, number):
                    row.step = mine

    def _drop(self, written: DatasetRow, row: MergedRow) -> None:
        now = row.row.values
        changed = [key for key in self._heads if now.get(key) != written.values.get(key)]
        if changed and not self._is_drop_won(written, row, _first_shown(changed, written, row.row)):
            return
        self.removals.append(removed_row(self._place_of_gone(), row.row))
        row.dropped_by = self._returned
        self.taken += 1

    def _is_drop_won(self, written: DatasetRow, row: MergedRow, key: Key) -> bool:
        place = replace(self._place_of_gone(), key=self._place(written, key).key)
        cells = written.cells.get(key), row.row.cells.get(key)
        return self._conflicts.of_dropped_row(self._returned, row.giver(key), place, name_of(written), *cells)

    def _place_of_gone(self) -> Place:
        """The sheet that a row has stood in."""
        return Place(self._returned.file, cell=self._returned.book.places[self.table.name].cell)

    def _merge(self, written: DatasetRow | None, line: DatasetRow, row: MergedRow) -> None:
        """Takes the cells that only the group changed; `written` is None for a row that was added here and there."""
        line = line.with_decimals_of(row.row, written)
        for key in self._heads:
            mine, theirs = line.values.get(key), row.row.values.get(key)
            was = written.values.get(key) if written else None
            if mine in (was, theirs):
                self._take_form(written, line, row, key)
                continue
            place = self._place(line, key)
            before = written.cells.get(key) if written else None
            cells = before, line.cells.get(key), row.row.cells.get(key)
            taken = line if theirs == was else _joined(key, line, *cells)
            if taken is None and self._conflicts.of_cell(self._returned, row.giver(key), place, *cells):
                taken = line
            if taken is not None and taken.values.get(key) != theirs:
                self._note_removal(row.row, taken, key, place)
                row.put(key, taken, (self._returned, place))
                self.taken += 1

    def _take_form(self, written: DatasetRow | None, line: DatasetRow, row: MergedRow, key: Key) -> None:
        """Takes over that the workbook shows a figure that stayed as a percentage, or no more: its unit may have changed."""
        mine, was, theirs = (one.cells.get(key) if one else None for one in (line, written, row.row))
        if not (mine and was and theirs) or mine.figure is None or mine.figure != theirs.figure:
            return
        if mine.is_percent != was.is_percent == theirs.is_percent:
            row.put(key, line, (self._returned, self._place(line, key)))

    def _note_removal(self, row: DatasetRow, line: DatasetRow, key: Key, place: Place) -> None:
        """Notes what a value takes away, and what it replaces where nobody knows which is newer."""
        if key not in row.values or is_default(row, key):
            return
        if key not in line.values:
            self.removals.append(removed_cell(place, row, key))
        elif self._returned.lineage is None:
            self.removals.append(replaced_cell(place, row, line, key))

    def _add(self, number: int) -> None:
        """Puts in a row that the group added, unless it is there: added by somebody else, or collected before."""
        line = self._returned_rows[number]
        rows = list(self._placing.strange_rows(number, self._known))
        twins = [row for row in rows if row.is_same(line)] or [row for row in rows if row.is_reworded(line)]
        twin = next(iter(twins), None)
        if twin is None:
            self._insert(number)
        else:
            self._placing.mates[number] = twin
            self._merge(None, line, twin)

    def _insert(self, number: int) -> None:
        self._placing.insert(number)
        self.taken += 1

    def _move(self, to_written: Mapping[int, int]) -> None:
        """Moves the rows that the group moved."""
        numbers = sorted(to_written)
        order = [to_written[number] for number in numbers]
        if order == sorted(order):
            return
        places = [self._placing.place(number) for number in numbers]
        if places == sorted(places):
            return
        by_written = [place for _, place in sorted(zip(order, places, strict=True))]
        table = self._returned.book.places[self.table.name]
        if by_written == sorted(by_written) or self._conflicts.of_order(self._returned, table):
            stay = longest_rising(order)
            moved = [number for number in numbers if to_written[number] not in stay]
            self._placing.move(moved)
            self.taken += len(moved)

    def _place(self, row: DatasetRow, key: Key) -> Place:
        """Where a value stands in the workbook; its column as a message calls it, in the sheet 会議 what its row is about."""
        heading = row.name if self.table is BASE else self._heads[key].heading.replace("\n", " ")
        return replace(row.place_of(key), key=heading)


def _first_shown(keys: Sequence[Key], row: DatasetRow, other: DatasetRow) -> Key:
    """The first of the keys at which two rows show different things; a kind may differ that no cell shows."""
    return next((key for key in keys if row.shown(key) != other.shown(key)), keys[0])


def _joined(
    key: Key, line: DatasetRow, written: RowValue | None, cell: RowValue | None, now: RowValue | None
) -> DatasetRow | None:
    """The row with a cell in which both sides changed different lines; None where they clash, or it has no lines."""
    value = merged_value(written, now, cell) if cell and now else None
    return replace(line, cells={**line.cells, key: value}) if value else None
