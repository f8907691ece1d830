"""The sheet 控え in the workbook of a group: what every cell held when it was written.

When the workbook comes back, this tells what the group changed from what others changed meanwhile. The sheet is hidden;
a row of it is a sheet, the number of a row there, and what stood in it, so that it stays true when rows move in the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handouts.dataset.columns import plain
from handouts.excel.sheets import SCOPE
from handouts.xlsx.grid import Cell, Grid

KEPT_SHEET = "控え"
_ABOUT = (
    "書き出したときの値の控えです。ブックを集めるときに、どこが書き換えられたかをこれと比べて調べます。"
    "消したり書き換えたりしないでください。"
)
_HEADINGS = ("シート", "行", "書き出したときの値（左端の列から）")
_FIRST = 3  # the row of the first values, counted from 1
_SHIFT = 2  # columns before the values


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell that was written, at its row and column counted from 0: its value, and its format in the workbook."""

    sheet: str
    row: int
    column: int
    value: Any
    format: Any


def write_kept(sheet: Any, cells: Iterable[KeptCell]) -> None:
    """Fills the sheet 控え and hides it."""
    sheet.write_string(0, 0, _ABOUT)
    sheet.write_row(1, 0, _HEADINGS)
    rows: dict[tuple[str, int], list[KeptCell]] = {}
    for cell in cells:
        rows.setdefault((cell.sheet, cell.row), []).append(cell)
    for at, ((name, row), kept) in enumerate(rows.items(), _FIRST - 1):
        sheet.write_string(at, 0, name)
        sheet.write_number(at, 1, row + 1)
        for cell in kept:
            write = sheet.write_string if isinstance(cell.value, str) else sheet.write
            write(at, cell.column + _SHIFT, cell.value, cell.format)
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
        for at, row in grid.rows.items():
            name, number = (row[column].value if column in row else None for column in (1, 2))
            if at >= _FIRST and isinstance(name, str) and isinstance(number, (int, float)):
                sheets.setdefault(name, {})[int(number)] = {
                    column - _SHIFT: replace(cell, row=int(number), column=column - _SHIFT)
                    for column, cell in row.items()
                    if column > _SHIFT
                }
    return tuple(Grid(name, rows) for name, rows in sheets.items())
