"""What an annex is made of: cells in tables on sheets, each at its place, and charts of their ranges.

A formula carries its result, so that programs that do not calculate show it too. Rows and columns count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from handouts.compose.page import Run
from handouts.xlsx.notation import fixed_name

CellAlign = Literal["left", "center", "right"]
RowRole = Literal["item", "group", "subtotal", "total"]


@dataclass(frozen=True, slots=True)
class AnnexCell:
    """One cell: a number, a text, or a formula (without its =) with the number or text that it gives.

    `form` is Excel's number format. `runs` are the characters of the text where some are marked.
    """

    value: Decimal | str | None = None
    formula: str = ""
    form: str = ""
    align: CellAlign = "left"
    runs: tuple[Run, ...] = ()


EMPTY = AnnexCell()


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row, and what the row is."""

    cells: tuple[AnnexCell, ...]
    role: RowRole = "item"


@dataclass(frozen=True, slots=True)
class AnnexTable:
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
class CellRange:
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
        first = fixed_name(self.first_row, self.first_column)
        last = fixed_name(self.last_row, self.last_column)
        return f"'{sheet}'!{first}" if first == last else f"'{sheet}'!{first}:{last}"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One line or one set of bars: the ranges of its figures and of what they belong to, and what stands there."""

    name: str
    categories: tuple[CellRange, ...]
    values: tuple[CellRange, ...]
    words: tuple[str, ...]
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class AnnexChart:
    """A chart over cells of the workbook, the newest series last; `row` and `column` are its corner.

    `form` is the number format of the axis.
    """

    kind: Literal["lines", "bars"]
    title: str
    alt: str
    series: tuple[ChartSeries, ...]
    row: int
    column: int
    rows: int
    size: Literal["half", "full"]
    form: str


RowRange: TypeAlias = tuple[int, int]
"""A first and a last row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: title in the first row, notes below, then tables and charts.

    `widths` are those of the columns in half-width characters. `frozen` rows and columns stay when one scrolls,
    and the rows `repeated` stand on every page. `blocks` are rows that stay on one page.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    widths: tuple[float, ...]
    tables: tuple[AnnexTable, ...] = ()
    charts: tuple[AnnexChart, ...] = ()
    frozen: tuple[int, int] = (0, 0)
    repeated: RowRange | None = None
    blocks: tuple[RowRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """The workbook of a handout: its properties and its sheets in order."""

    title: str
    author: str
    subject: str
    identifier: str
    material: str
    sheets: tuple[Sheet, ...] = ()
