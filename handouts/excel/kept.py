"""The sheet 控え: what every cell of a workbook held when it was written.

When the workbook comes back, this tells what somebody changed in it from what others changed meanwhile. The sheet is
hidden; it has the cells as one packed text with its digest, since a copy cell by cell would double the workbook.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any, TypeAlias

from handouts.dataset.columns import plain
from handouts.dataset.remembered import remembered
from handouts.excel.sheets import SCOPE, WHOLE
from handouts.xlsx.grid import Cell, Grid
from handouts.xlsx.notation import column_letters
from handouts.xlsx.packed import pack, packed_id, unpack

KEPT_SHEET = "控え"
_ABOUT = (
    "書き出したときの値の控えです。取り込むときに、どこが書き換えられたかをこれと比べて調べます。"
    "消したり書き換えたりしないでください。"
)
_ID, _GROUP, _CONTENT = "識別", "範囲", "内容"
_OFFERED = 3  # the column of the names that a list offers and no other sheet has, counted from 0
_LONGEST = 32_000  # characters of the packed text in one cell
_OLD_FIRST = 3  # in workbooks of before, the row of the first values, counted from 1
_OLD_SHIFT = 2  # and the columns before them: the sheet and the number of the row there


NAMES_SHEET = "控えの呼び名"  # among the sheets that are kept one that is none: what entries were called
KeptNames: TypeAlias = Mapping[str, Mapping[str, str]]  # by table: the id of each name


@dataclass(frozen=True)
class Kept:
    """What the sheet 控え says: whose part the workbook was written as, empty for all rows, and what its cells held."""

    id: str
    group: str
    content: str

    @cached_property
    def grids(self) -> tuple[Grid, ...] | None:
        """The sheets of the workbook as they were when it was written; None where what was kept is damaged."""
        return self._unpacked(None)

    def named(self, *names: str) -> tuple[Grid, ...]:
        """Those of the sheets with these names, without unpacking the others."""
        return self._unpacked(names) or ()

    def _unpacked(self, names: Container[str] | None) -> tuple[Grid, ...] | None:
        return unpack(self.content, names) if packed_id(self.content) == self.id else None


def names_grid(names: KeptNames) -> Grid:
    """What entries are called, as a sheet to keep: the table, the name, the id."""
    rows = ((table, name, one) for table, ids in names.items() for name, one in ids.items())
    return Grid(
        NAMES_SHEET,
        {
            at: {column: Cell(at, column, text, "text") for column, text in enumerate(row, 1)}
            for at, row in enumerate(rows, 1)
        },
    )


def names_in(grids: Sequence[Grid]) -> KeptNames:
    """What entries were called when a workbook was written, of its sheets, or of those that it kept."""
    kept = read_kept(grids)
    names: dict[str, dict[str, str]] = {}
    for grid in (kept and kept.named(NAMES_SHEET)) or grids:
        for row in grid.rows.values() if grid.name == NAMES_SHEET else ():
            table, name, one = (_text(row, column) for column in (1, 2, 3))
            names.setdefault(table, {})[name] = one
    return names


def write_kept(sheet: Any, grids: Iterable[Grid], group: str) -> None:
    """Fills the sheet 控え and hides it."""
    content = pack(grids)
    parts = [content[start : start + _LONGEST] for start in range(0, len(content), _LONGEST)]
    lines = [(_ID, packed_id(content)), (_GROUP, group or WHOLE), (_CONTENT, parts[0])]
    sheet.write_string(0, 0, _ABOUT)
    for at, (label, text) in enumerate((*lines, *(("", part) for part in parts[1:])), 1):
        sheet.write_string(at, 0, label)
        sheet.write_string(at, 1, text)
    sheet.protect()
    sheet.very_hidden()


def write_offered(sheet: Any, names: Iterable[str]) -> str:
    """Writes names for a list into the sheet 控え; returns where they stand."""
    first = last = 1
    for last, name in enumerate(names, first):
        sheet.write_string(last, _OFFERED, name)
    column = column_letters(_OFFERED)
    return f"'{KEPT_SHEET}'!${column}${first + 1}:${column}${last + 1}"


def is_kept(grid: Grid) -> bool:
    """Whether a sheet is 控え."""
    return plain(grid.name) == plain(KEPT_SHEET)


@remembered(4)
def read_kept(grids: Sequence[Grid]) -> Kept | None:
    """What the sheet 控え of a workbook says; None where it has none.

    It is asked for in several places, and unpacked once.
    """
    grid = next(filter(is_kept, grids), None)
    if grid is None:
        return None
    texts = {number: [_text(row, column) for column in (1, 2)] for number, row in sorted(grid.rows.items())}
    said = {label: (number, text) for number, (label, text) in texts.items() if label}
    if _CONTENT not in said:
        return _read_old(grid)
    first, _ = said[_CONTENT]
    parts = [text for number, (_, text) in texts.items() if number >= first]
    group = said.get(_GROUP, (0, ""))[1]
    return Kept(said.get(_ID, (0, ""))[1], "" if group == WHOLE else group, "".join(takewhile(bool, parts)))


def _text(row: Any, column: int) -> str:
    return str(row[column].value) if column in row else ""


def _read_old(grid: Grid) -> Kept:
    """What a workbook of before kept: a row of it is a sheet, the number of a row there, and what stood in it."""
    sheets: dict[str, dict[int, dict[int, Cell]]] = {}
    for at, row in grid.rows.items():
        name, number = (row[column].value if column in row else None for column in (1, 2))
        if at >= _OLD_FIRST and isinstance(name, str) and isinstance(number, (int, float)):
            sheets.setdefault(name, {})[int(number)] = {
                column - _OLD_SHIFT: cell._replace(row=int(number), column=column - _OLD_SHIFT)
                for column, cell in row.items()
                if column > _OLD_SHIFT
            }
    content = pack(Grid(name, rows) for name, rows in sheets.items())
    cells = (row for rows in sheets.values() for row in rows.values() if _text(row, 1) == SCOPE)
    return Kept(packed_id(content), next((_text(row, 2) for row in cells), ""), content)
