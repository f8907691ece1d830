"""The sheet 控え in the workbook of a group: what every cell held when it was written.

When the workbook comes back, this tells what the group changed from what others changed meanwhile. The sheet is hidden;
a row of it is a sheet, a cell, and what stood there, so that it stays true wherever rows are moved in the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handouts.excel.columns import plain
from handouts.excel.grid import Cell, Grid, cell_at, cell_name
from handouts.excel.sheets import SCOPE

KEPT_SHEET = "控え"
_ABOUT = (
    "書き出したときの値の控えです。ブックを集めるときに、どこが書き換えられたかをこれと比べて調べます。"
    "消したり書き換えたりしないでください。"
)
_HEADINGS = ("シート", "セル", "書き出したときの値")
_FIRST = 3  # the row of the first cell, counted from 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell that was written, at its row and column counted from 0: its value, and its format in the workbook."""

    sheet: str
    row: int
    column: int
    value: Any
    format: Any


def write_kept(sheet: Any, cells: Iterable[Kept]) -> None:
    """Fills the sheet 控え and hides it."""
    sheet.write_string(0, 0, _ABOUT)
    sheet.write_row(1, 0, _HEADINGS)
    for at, cell in enumerate(cells, _FIRST - 1):
        sheet.write_string(at, 0, cell.sheet)
        sheet.write_string(at, 1, cell_name(cell.row + 1, cell.column + 1))
        write = sheet.write_string if isinstance(cell.value, str) else sheet.write
        write(at, 2, cell.value, cell.format)
    sheet.protect()
    sheet.very_hidden()


def is_kept(grid: Grid) -> bool:
    """Whether a sheet is 控え."""
    return plain(grid.name) == plain(KEPT_SHEET)


def kept_group(grids: Sequence[Grid]) -> str:
    """Whose part the workbook was written as; empty where nothing was kept, since it has all rows."""
    rows = (row for grid in kept_grids(grids) for row in grid.rows.values())
    cells = (row.get(2) for row in rows if (label := row.get(1)) and label.value == SCOPE)
    return next((str(cell.value) for cell in cells if cell), "")


def kept_grids(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The sheets of the workbook as they were when it was written; none where it does not say."""
    sheets: dict[str, dict[int, dict[int, Cell]]] = {}
    for grid in filter(is_kept, grids):
        for number, row in grid.rows.items():
            name, place, cell = (row.get(column) for column in (1, 2, 3))
            if number < _FIRST or name is None or place is None or cell is None:
                continue
            if re.fullmatch("[A-Z]{1,3}[1-9][0-9]{0,6}", str(place.value)):
                at, column = cell_at(str(place.value))
                rows = sheets.setdefault(str(name.value), {})
                rows.setdefault(at, {})[column] = replace(cell, row=at, column=column)
    return tuple(Grid(name, rows) for name, rows in sheets.items())
