"""Where the tables of the input workbook stand in their sheets, and how high their rows are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handouts.dataset.model import Dataset
from handouts.excel.dataset_rows import heads_of, in_lines
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import TABLES_IN_ORDER, Head, SheetTable
from handouts.look.fitting import text_width
from handouts.xlsx.notation import column_letters
from handouts.xlsx.sizes import pixels_wide, row_height

MORE_ROWS = 500  # below a table, as far as lists and lookups reach
_ABOVE = 4  # rows between a table and the head of the next: a blank one, its title, what it is about
_PAGE = 1046  # pixels of a sheet that a page takes at full size: A4 landscape without its margins
_SMALLEST = 0.68  # scale; letters of 10 pt come out with about 7
_LINE_HEIGHT, _PADDING = 12.0, 3.0  # points


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

    def range_of(self, column: int) -> str:
        """The cells of a column, for lists and lookups in other sheets."""
        name = f"${column_letters(column)}"
        return f"'{self.sheet}'!{name}${self.first + 1}:{name}${self.last + MORE_ROWS + 1}"


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
    placed = tuple(in_lines(moved))
    return TableArea(table, sheet, head, heads, placed, tuple(head + row.line for row in placed))


def pages_wide(widths: Sequence[float]) -> int:
    """How many pages a sheet is printed wide: two where its letters were too small on one."""
    return 1 if _PAGE / pixels_wide(widths) >= _SMALLEST else 2


def fit_row(sheet: Any, at: int, texts: Sequence[tuple[str, float]]) -> None:
    """Gives a row the height of its highest text."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(at, row_height(lines, _LINE_HEIGHT, _PADDING))


def _lines(text: str, width: float) -> int:
    room = max(1.0, width - 1)  # half widths, without the space at the edges of a cell
    return sum(max(1, math.ceil(text_width(line) * 2 / room)) for line in text.split("\n"))
