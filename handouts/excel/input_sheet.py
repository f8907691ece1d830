"""A sheet of the input workbook while it is written."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from handouts.excel.kept import KeptCell


class InputSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose rows begin with the height of their text and go on fitting it when that is edited.

    `kept` are the texts, figures and dates that were written, without formulas.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[KeptCell] = []

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        self.kept.append(KeptCell(self.name, row, col, string, cell_format))
        return super().write_string(row, col, string, cell_format)

    def write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> Any:
        self.kept.append(KeptCell(self.name, row, col, number, cell_format))
        return super().write_number(row, col, number, cell_format)

    def write_datetime(self, row: int, col: int, date: datetime.date, cell_format: Any = None) -> Any:
        self.kept.append(KeptCell(self.name, row, col, date, cell_format))
        return super().write_datetime(row, col, date, cell_format)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        if tag == "row":
            attributes = [(name, value) for name, value in attributes if name != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
