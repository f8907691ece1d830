"""Where the tables of the input workbook stand in their sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handouts.dataset.columns import CALLED
from handouts.dataset.model import Dataset
from handouts.excel.cutting import cut_rows
from handouts.excel.dataset_rows import in_lines
from handouts.excel.heads import heads_of
from handouts.excel.heights import wide_enough
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import BASE, ENTRIES, TABLES_IN_ORDER, Head, SheetTable
from handouts.xlsx.notation import column_letters
from handouts.xlsx.sizes import pixels_wide

MORE_ROWS = 500  # below a table, as far as lists and lookups reach
_ABOVE = 4  # rows between a table and the head of the next: a blank one, its title, what it is about
_PAGE = 1046  # pixels of a sheet that a page takes at full size: A4 landscape without its margins
_SMALLEST = 0.7  # scale; letters of 10 pt come out with 7


@dataclass(frozen=True, slots=True)
class TableArea:
    """Where a table stands in a sheet: its head, its first row and the last that is ready, counted from 0."""

    table: SheetTable
    sheet: str
    head: int
    heads: tuple[Head, ...]
    rows: tuple[DatasetRow, ...]
    places: tuple[int, ...]

    @property
    def first(self) -> int:
        """The first row."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The last row, those that are still empty with the others."""
        return max(self.places, default=self.head) + self.table.spare

    def column(self, *key: str) -> int:
        """The number of the column of a field."""
        return next(number for number, head in enumerate(self.heads) if head.column.key == key)

    def headed(self, heading: str) -> int:
        """The number of a computed column."""
        return next(number for number, head in enumerate(self.heads) if head.heading == heading)

    @property
    def called(self) -> int:
        """The number of the column that says what its rows are called."""
        return self.headed(CALLED)

    @property
    def names(self) -> tuple[int, ...]:
        """The columns by which other tables name its rows."""
        return self.called, self.column("id")

    @property
    def rows_reached(self) -> tuple[int, int]:
        """The first and the last row that formulas reach, counted from 1."""
        return self.first + 1, self.last + MORE_ROWS + 1

    def range_of(self, column: int) -> str:
        """The cells of a column, for lists and lookups in other sheets."""
        name = f"${column_letters(column)}"
        first, last = self.rows_reached
        return f"'{self.sheet}'!{name}${first}:{name}${last}"


def place_tables(dataset: Dataset, rows: Mapping[str, tuple[DatasetRow, ...]]) -> Mapping[str, TableArea]:
    """The area of each table by its name, one below the other where they share a sheet.

    That in a further sheet of its table has the name of the sheet.
    """
    areas: dict[str, TableArea] = {}
    ends: dict[str, int] = {}
    for table in TABLES_IN_ORDER:
        for sheet in table.sheets:
            own = [row for row in rows[table.name] if (row.sheet or table.sheet) == sheet]
            if own or sheet == table.sheet:
                area = _place(
                    table, sheet, own, heads_of(table, dataset, sheet), ends.get(sheet, -2) + _ABOVE
                )
                areas[table.name if sheet == table.sheet else sheet] = area
                ends[sheet] = area.last
    return areas


def _place(
    table: SheetTable, sheet: str, rows: Sequence[DatasetRow], heads: tuple[Head, ...], head: int
) -> TableArea:
    # The rows of another sheet leave no room.
    moved = [replace(row, line=0) for row in rows] if table.beside else rows
    placed = tuple(in_lines(cut_rows(moved) if table is ENTRIES else moved))
    fitting = tuple(_fitting(one, placed) if one.column.wraps and table is not BASE else one for one in heads)
    return TableArea(table, sheet, head, fitting, placed, tuple(head + row.line for row in placed))


def _fitting(head: Head, rows: Sequence[DatasetRow]) -> Head:
    """The column, wider where a row would not hold one of its texts."""
    width = wide_enough(head.column.width, (row.shown(head.key) for row in rows))
    return head if width == head.column.width else replace(head, column=replace(head.column, width=width))


def pages_wide(widths: Sequence[float]) -> int:
    """How many pages a sheet is printed wide: two where its letters were too small on one."""
    return 1 if _PAGE / pixels_wide(widths) >= _SMALLEST else 2
