"""What an annex is made of: cells in tables on sheets, each at its place, and charts of their ranges.

A formula carries its result, so that programs that do not calculate show it too. Rows and columns count from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from handouts.compose.page import Run

Align = Literal["left", "center", "right"]
RowKind = Literal["item", "group", "subtotal", "total"]

_LETTERS = 26
_MOST_ARGUMENTS = 200  # of a function; Excel takes 255


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a number, a text, or a formula (without its =) with the number or text that it gives.

    `form` is Excel's number format. `runs` are the characters of the text where some are marked.
    """

    value: Decimal | str | None = None
    formula: str = ""
    form: str = ""
    align: Align = "left"
    runs: tuple[Run, ...] = ()


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row, and what the row is."""

    cells: tuple[Cell, ...]
    kind: RowKind = "item"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that Excel knows by its name: its heads in `first_row`, its rows below.

    `title` stands in the row above. Rows may be filtered only where none of them adds up others.
    """

    name: str
    title: str
    first_row: int
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    can_filter: bool = False

    @property
    def last_row(self) -> int:
        """The last row of the table."""
        return self.first_row + len(self.rows)


@dataclass(frozen=True, slots=True)
class Area:
    """A range of cells on a sheet, corners included."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """The range as a formula names it, e.g. '月次'!$B$3:$M$3."""
        sheet = self.sheet.replace("'", "''")
        first = absolute(self.first_row, self.first_column)
        last = absolute(self.last_row, self.last_column)
        return f"'{sheet}'!{first}" if first == last else f"'{sheet}'!{first}:{last}"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars: the areas of its figures and of what they belong to, and what stands there."""

    name: str
    categories: tuple[Area, ...]
    values: tuple[Area, ...]
    words: tuple[str, ...]
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over cells of the workbook, the newest series last; `row` and `column` are its corner.

    `form` is the number format of the axis.
    """

    kind: Literal["lines", "bars"]
    title: str
    alt: str
    series: tuple[Series, ...]
    row: int
    column: int
    rows: int
    size: Literal["half", "full"]
    form: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: title in the first row, notes below, then tables and charts.

    `widths` are those of the columns in half-width characters. `frozen` rows and columns stay when one scrolls,
    and the rows `repeated` (first and last) stand on every page. `blocks` are rows (first and last) that stay on one page.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    widths: tuple[float, ...]
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    frozen: tuple[int, int] = (0, 0)
    repeated: tuple[int, int] | None = None
    blocks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """The workbook of a handout: its properties and its sheets in order."""

    title: str
    author: str
    subject: str
    identifier: str
    material: str
    sheets: tuple[Sheet, ...] = field(default=())


Range: TypeAlias = tuple[int, int]
"""First and last row of a column."""


def relative(row: int, column: int) -> str:
    """The name of a cell, e.g. C5."""
    return f"{column_name(column)}{row + 1}"


def absolute(row: int, column: int) -> str:
    """The name of a cell that does not move when the formula is copied, e.g. $C$5."""
    return f"${column_name(column)}${row + 1}"


def column_name(column: int) -> str:
    """The letters of a column: A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def sum_formula(column: int, rows: Iterable[int]) -> str:
    """The sum of the cells of a column in these rows, neighbours as ranges; 0 for no row."""
    parts = [
        relative(first, column) if first == last else f"{relative(first, column)}:{relative(last, column)}"
        for first, last in _neighbours(sorted(rows))
    ]
    if not parts:
        return "0"
    while len(parts) > _MOST_ARGUMENTS:
        parts = [_sum(parts[at : at + _MOST_ARGUMENTS]) for at in range(0, len(parts), _MOST_ARGUMENTS)]
    return _sum(parts)


def blocks(starts: Sequence[int], last_row: int) -> tuple[Range, ...]:
    """The rows from each start up to the next one, the last up to `last_row`."""
    ends = [*(start - 1 for start in starts[1:]), last_row]
    return tuple(zip(starts, ends, strict=False))


def _sum(parts: Sequence[str]) -> str:
    return f"SUM({','.join(parts)})"


def _neighbours(rows: Sequence[int]) -> list[Range]:
    found: list[Range] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
