"""The formulas of computed cells: they look up in their own row what they need, so that a copied row computes its own."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.dataset.columns import Column
from handouts.dataset.fields import Mark
from handouts.dataset.fiscal import YearForm
from handouts.dataset.model import Dataset
from handouts.excel.areas import TableArea
from handouts.excel.formula_row import ROW, FormulaRow
from handouts.excel.results import Result, results_of
from handouts.excel.row_places import EntryPlaces
from handouts.excel.rows import DatasetRow
from handouts.excel.series_formulas import SeriesFormulas, rule_of_series, rule_of_table
from handouts.excel.sheets import (
    EXECUTION,
    INITIATIVES,
    MARK,
    MEAN,
    RATE,
    REACHED,
    RULE,
    TABLES,
    TOTAL,
)
from handouts.measures.judgement import DONE, NOT_DONE, NOT_MORE

_COMPUTED = {column.heading for column in (EXECUTION, MARK, RULE, TOTAL, REACHED, RATE, MEAN)}
_LONGEST = 200  # characters of a text in a formula, of which Excel takes 255


class RowFormulas:
    """The formulas of the computed cells of a workbook, each made once for a column, and what they give."""

    def __init__(self, areas: Mapping[str, TableArea], dataset: Dataset) -> None:
        self._areas = areas
        self._year = dataset.fiscal_year
        self._results = results_of(dataset)
        self._made: dict[tuple[str, ...], str] = {}

    def of(self, area: TableArea, column: Column, at: int, row: DatasetRow) -> str:
        """The formula of a computed column in a row, with its sign of equality; empty for a column that has none."""
        if column.key or column.heading not in _COMPUTED:
            return ""
        name, known = self._kept(row) if column == MARK else ("", "")
        key = (area.sheet, area.table.name, column.heading, name, known)
        if key not in self._made:
            formula = _formula(column, FormulaRow(self._areas, area, self._year, name, known))
            self._made[key] = f'=IFERROR({formula},"")'
        return self._made[key].replace(ROW, str(at + 1))

    def result(self, column: Column, row: DatasetRow) -> Result | None:
        """What the formula gives; None where it shows nothing."""
        ref = row.where.ref if isinstance(row.where, EntryPlaces) else ""
        return self._results.get(ref, {}).get(column.heading)

    def _kept(self, row: DatasetRow) -> tuple[str, str]:
        """The name and the mark of a KPI whose mark follows from figures that do not stand in its row."""
        result, name = self.result(MARK, row), row.shown(("name",))
        years = (self._year, self._year.previous) if _is_relative(row) else (self._year,)
        is_here = all(row.shown(("actuals", year.text(YearForm.LETTER))) for year in years)
        if is_here or not result or result.value == Mark.TO_COME or len(name) > _LONGEST:
            return "", ""
        return name, str(result.value)


def _formula(column: Column, row: FormulaRow) -> str:
    table = row.area.table
    if column == EXECUTION:
        return _execution(row) if table.name == INITIATIVES.name else _execution_of_field(row)
    if column == MARK:
        return _mark(row)
    if column.heading == RULE.heading:
        return rule_of_table(row) if table.name == TABLES.name else rule_of_series(row)
    sums = SeriesFormulas(row)
    return {TOTAL: sums.total, REACHED: sums.reached, RATE: sums.rate, MEAN: sums.mean}[column]()


def _is_relative(row: DatasetRow) -> bool:
    target = row.cells.get(("target",))
    return target is not None and target.figure is None


def _execution(row: FormulaRow) -> str:
    amount, executed = row.cell("amount"), row.cell("executed")
    return f'IF(OR({executed}="",{amount}=""),"",ROUND({executed}/{amount},3))'


def _execution_of_field(row: FormulaRow) -> str:
    """Of its own amounts, else of the sums of its initiatives."""
    budgeted, executed = (_of_field(row, key) for key in ("amount", "executed"))
    is_known = f'OR({row.cell("executed")}<>"",{executed}<>0)'
    return f'IF({is_known},ROUND({executed}/{budgeted},3),"")'


def _of_field(row: FormulaRow, key: str) -> str:
    others = row.areas[INITIATIVES.name]
    fields, amounts = others.range_of(others.column("field")), others.range_of(others.column(key))
    names = map(row.at, row.area.names)
    sums = "+".join(f'IF({name}="",0,SUMIF({fields},{name},{amounts}))' for name in names)
    return f'IF({row.cell(key)}="",{sums},{row.cell(key)})'


def _mark(row: FormulaRow) -> str:
    """The mark as `judge` gives it; where the figures stand in the months, the one that they gave."""
    name, target, unit, bound = map(row.cell, ("name", "target", "unit", "bound"))
    actual, before = row.results()
    given = f'IF({name}="{_quoted(row.name)}","{row.known}","")' if row.known else '""'
    none = given if row.known else f'"{Mark.TO_COME}"'
    words = f'IF({actual}="{DONE}","○",IF({actual}="{NOT_DONE}","×",""))'
    # Where one of the two lost its percent format they cannot be compared.
    is_odd = f'AND(OR({unit}="%",{unit}="％"),(ABS({actual})>2)<>(ABS({target})>2))'
    less = "OR({bounds})".format(bounds=",".join(f'{bound}="{one}"' for one in NOT_MORE))
    number = f'IF(ROUND({actual}-{target},8)=0,"○",IF(({actual}<{target})={less},"◎","△"))'
    asks_less = "OR({ends})".format(ends=",".join(f'RIGHT({target},2)="{one}"' for one in NOT_MORE))
    kept = f'IF(IF({asks_less},{actual}<={before},{actual}>={before}),"○","△")' if before else given
    relative = (
        f'IF({target}="","",IF(ISNUMBER({before}),{kept},{given}))'
        if before
        else f'IF({target}="","",{given})'
    )
    of_figure = f'IF(ISNUMBER({target}),IF({is_odd},"",{number}),{relative})'
    return f'IF({name}="","",IF({actual}="",{none},IF(ISTEXT({actual}),{words},{of_figure})))'


def _quoted(text: str) -> str:
    return text.replace('"', '""')
