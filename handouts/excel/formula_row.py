"""A row of the input workbook in which formulas stand: what they may refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handouts.dataset.columns import Column
from handouts.dataset.fiscal import FiscalYear
from handouts.excel.areas import TableArea
from handouts.xlsx.notation import relative_name


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """A row of an area in which formulas stand, among the areas of the workbook by the names of their tables.

    `name` is what the row is called, and `known` the text that its formula gives, both empty for a row that is empty.
    """

    areas: Mapping[str, TableArea]
    area: TableArea
    at: int
    year: FiscalYear
    name: str = ""
    known: str = ""

    def cell(self, *key: str) -> str:
        """The cell of a field in this row."""
        return relative_name(self.at, self.area.column(*key))

    def computed(self, column: Column) -> str:
        """The cell of a computed column in this row."""
        return relative_name(self.at, self.area.number_of(column))

    def results(self) -> tuple[str, str]:
        """The cells of the results of this year and of the year before; empty where there is no such column."""
        numbers = {
            head.year: number
            for number, head in enumerate(self.area.heads)
            if head.column.key == ("actuals",)
        }
        this, before = (numbers.get(year) for year in (self.year, self.year.previous))
        return "" if this is None else relative_name(self.at, this), "" if before is None else relative_name(
            self.at, before
        )

    def looked_up(self, cell: str, table: str, column: int) -> str:
        """What stands in a column of another table in the row that `cell` names."""
        other = self.areas[table]
        values = other.range_of(column)
        found = [f"INDEX({values},MATCH({cell},{other.range_of(name)},0))" for name in other.names]
        formula = found.pop()
        while found:
            formula = f"IFERROR({found.pop()},{formula})"
        return formula
