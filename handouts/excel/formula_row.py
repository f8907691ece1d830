"""A row of the input workbook in which formulas stand: what they may refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handouts.dataset.columns import Column
from handouts.dataset.fiscal import FiscalYear
from handouts.excel.areas import TableArea
from handouts.xlsx.notation import column_letters

ROW = "\0"  # stands for the number of the row in a formula until it is written


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """Any row of an area in which formulas stand, among the areas of the workbook by the names of their tables.

    `known` is the text that a formula gives where it cannot compute it, as long as the row is called `name`.
    """

    areas: Mapping[str, TableArea]
    area: TableArea
    year: FiscalYear
    name: str = ""
    known: str = ""

    def at(self, column: int) -> str:
        """The cell of a column in this row."""
        return f"{column_letters(column)}{ROW}"

    def cell(self, *key: str) -> str:
        """The cell of a field in this row."""
        return self.at(self.area.column(*key))

    def computed(self, column: Column) -> str:
        """The cell of a computed column in this row."""
        return self.at(self.area.headed(column.heading))

    def results(self) -> tuple[str, str]:
        """The cells of the results of this year and of the year before; empty where there is no such column."""
        numbers = {
            head.year: number
            for number, head in enumerate(self.area.heads)
            if head.column.key == ("actuals",)
        }
        this, before = (numbers.get(year) for year in (self.year, self.year.previous))
        return "" if this is None else self.at(this), "" if before is None else self.at(before)

    def looked_up(self, cell: str, table: str, column: int) -> str:
        """What stands in a column of another table in the row that `cell` names."""
        other = self.areas[table]
        values = other.range_of(column)
        found = [f"INDEX({values},MATCH({cell},{other.range_of(name)},0))" for name in other.names]
        formula = found.pop()
        while found:
            formula = f"IFERROR({found.pop()},{formula})"
        return formula
