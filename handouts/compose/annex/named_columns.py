"""Tables whose cells are told by their row and the name of their column, in formulas too."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

from handouts.compose.annex.cells import EMPTY, AnnexCell, AnnexTable, CellRange, RowRange, RowRole, TableRow
from handouts.compose.annex.tables import unique_heads
from handouts.xlsx.notation import fixed_name, relative_name

_MOST_ARGUMENTS = 200  # of a function; Excel takes 255


class Columns:
    """The columns of a sheet by their names, from the left."""

    def __init__(self, sheet: str, names: Iterable[Hashable]) -> None:
        self.sheet = sheet
        self.names = tuple(names)
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def cell(self, row: int, column: Hashable) -> str:
        """A cell as a formula on the sheet names it, e.g. C5."""
        return relative_name(row, self._numbers[column])

    def fixed_cell(self, row: int, column: Hashable) -> str:
        """The same where a copied formula must go on meaning it, e.g. $C$5."""
        return fixed_name(row, self._numbers[column])

    def cell_elsewhere(self, row: int, column: Hashable) -> str:
        """A cell as a formula on another sheet names it."""
        return f"'{self.sheet}'!{self.cell(row, column)}"

    def cells_of_row(self, row: int, first: Hashable, last: Hashable) -> CellRange:
        """The cells of a row from one column to another."""
        return CellRange(self.sheet, row, self._numbers[first], row, self._numbers[last])

    def cells_of_column(self, column: Hashable, first: int, last: int) -> CellRange:
        """The cells of a column from one row to another."""
        return CellRange(self.sheet, first, self._numbers[column], last, self._numbers[column])

    def sum_of(self, column: Hashable, rows: Iterable[int]) -> str:
        """The formula that adds up the cells of a column in these rows, neighbours as ranges; 0 for no row."""
        parts = [
            self.cell(first, column)
            if first == last
            else f"{self.cell(first, column)}:{self.cell(last, column)}"
            for first, last in _in_a_row(sorted(rows))
        ]
        if not parts:
            return "0"
        while len(parts) > _MOST_ARGUMENTS:
            parts = [_sum(parts[at : at + _MOST_ARGUMENTS]) for at in range(0, len(parts), _MOST_ARGUMENTS)]
        return _sum(parts)


class GrowingTable(Columns):
    """A table that is made row by row, below its heads, which are given by the names of the columns."""

    def __init__(self, sheet: str, head_row: int, heads: Mapping[str, str]) -> None:
        super().__init__(sheet, heads)
        self._head_row, self._heads = head_row, heads
        self._rows: list[TableRow] = []

    @property
    def next_row(self) -> int:
        """Where the row will stand that is added next."""
        return self._head_row + 1 + len(self._rows)

    def add(self, cells: Mapping[str, AnnexCell], role: RowRole = "item") -> int:
        """Adds a row, whose other cells are empty; returns where it stands."""
        self._rows.append(TableRow(tuple(cells.get(name, EMPTY) for name in self._heads), role))
        return self.next_row - 1

    def table(self, name: str, can_filter: bool = False) -> AnnexTable:
        """The table with the rows that were added."""
        heads = unique_heads(self._heads.values())
        return AnnexTable(name, "", self._head_row, heads, tuple(self._rows), can_filter)

    def blocks(self, starts: Sequence[int]) -> tuple[RowRange, ...]:
        """The rows from each of `starts` up to the next one, the last up to the end of the table."""
        return tuple((first, following - 1) for first, following in pairwise((*starts, self.next_row)))


def _sum(parts: Sequence[str]) -> str:
    return f"SUM({','.join(parts)})"


def _in_a_row(rows: Sequence[int]) -> list[RowRange]:
    """The rows, those that follow one another as one range."""
    found: list[RowRange] = []
    for row in rows:
        first = found.pop()[0] if found and row == found[-1][1] + 1 else row
        found.append((first, row))
    return found
