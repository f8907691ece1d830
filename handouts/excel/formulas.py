"""The formulas of computed cells: they look up in their own row what they need, so that a copied row computes its own."""

from __future__ import annotations

from handouts.dataset.columns import Column
from handouts.excel.formula_row import FormulaRow
from handouts.excel.series_formulas import SeriesFormulas, rule_of_series, rule_of_table
from handouts.excel.sheets import (
    EXECUTION,
    INITIATIVES,
    MARK,
    MEAN,
    RATE,
    REACHED,
    RULE,
    SERIES,
    TABLES,
    TOTAL,
)
from handouts.measures.judgement import DONE, NOT_DONE, NOT_MORE
from handouts.xlsx.notation import relative_name

_LONGEST = 200  # characters of a text in a formula, of which Excel takes 255


def formula_of(column: Column, row: FormulaRow) -> str:
    """The formula of a computed column, with its sign of equality; empty for a column that has none."""
    table = row.area.table
    if column == EXECUTION:
        formula = _execution(row) if table.name == INITIATIVES.name else _execution_of_field(row)
    elif column == MARK:
        formula = _mark(row)
    elif column == RULE:
        formula = rule_of_table(row) if table.name == TABLES.name else rule_of_series(row)
    elif table.name == SERIES.name and column in (TOTAL, REACHED, RATE, MEAN):
        sums = SeriesFormulas(row)
        made = {TOTAL: sums.total, REACHED: sums.reached, RATE: sums.rate, MEAN: sums.mean}
        formula = made[column]()
    else:
        return ""
    return f'=IFERROR({formula},"")'


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
    names = (relative_name(row.at, number) for number in row.area.names)
    sums = "+".join(f"SUMIF({fields},{name},{amounts})" for name in names)
    return f'IF({row.cell(key)}="",{sums},{row.cell(key)})'


def _mark(row: FormulaRow) -> str:
    """The mark as `judge` gives it; where the figures stand in the months, the one that they gave."""
    name, target, unit, bound = map(row.cell, ("name", "target", "unit", "bound"))
    actual, before = row.results()
    known = row.known if row.name and len(row.name) <= _LONGEST else ""
    given = f'IF({name}="{_quoted(row.name)}","{known}","")' if known else '""'
    none = given if known not in ("", "□") else '"□"'
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
