"""A sheet of the input workbook while it is written."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from handouts.xlsx.grid import Cell, Grid


class InputSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose rows begin with the height of their text and go on fitting it when that is edited."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[int, dict[int, Cell]] = {}

    @property
    def kept(self) -> Grid:
        """The texts, figures and dates that were written, as a reader finds them, without formulas."""
        return Grid(self.name, self._kept)

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        self._keep(Cell(row + 1, col + 1, string, "text"))
        return super().write_string(row, col, string, cell_format)

    def write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> Any:
        self._keep(Cell(row + 1, col + 1, number, "number", cell_format.num_format))
        return super().write_number(row, col, number, cell_format)

    def write_datetime(self, row: int, col: int, date: datetime.date, cell_format: Any = None) -> Any:
        midnight = datetime.datetime.combine(date, datetime.time())
        self._keep(Cell(row + 1, col + 1, midnight, "date", cell_format.num_format))
        return super().write_datetime(row, col, date, cell_format)

    def _keep(self, cell: Cell) -> None:
        self._kept.setdefault(cell.row, {})[cell.column] = cell

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """The formula as it is stored: ours have no functions that came after Excel 2007, for which the library looks long."""
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        if tag == "row":
            attributes = [(name, value) for name, value in attributes if name != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
