"""What the cells of a row say for the values of an entry."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from handouts.dataset.columns import IN_UNIT, NO, YES, Column, Form, plain
from handouts.dataset.fields import Entry
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.excel.cells import read_cell
from handouts.excel.row_places import Key
from handouts.excel.rows import RowValue
from handouts.excel.sheets import SheetTable
from handouts.xlsx.grid import Cell


def said_in(table: SheetTable, /, **values: Any) -> dict[Key, RowValue | None]:
    """What a row says in the columns that are named."""
    return {(name,): value_in(table.column(name), value) for name, value in values.items()}


def cells_of(table: SheetTable, entry: Entry, unit: str = "") -> dict[Key, RowValue | None]:
    """The values of an entry by column; what need not be written is left out."""
    cells: dict[Key, RowValue | None] = {}
    fields = type(entry).model_fields
    for column in table.columns:
        if column.is_computed or column.key[0] not in fields:
            continue
        value = getattr(entry, column.key[0])
        if column.by_year:
            years = {(*column.key, year.text(YearForm.LETTER)): part for year, part in value.items()}
            cells |= {key: value_in(column, part, unit) for key, part in years.items()}
        elif len(column.key) == 1:
            default = fields[column.key[0]].default
            is_plain = column.form in (Form.CHOICE, Form.WHOLE, Form.FLAG)
            cells[column.key] = value_in(column, value, unit) if value != default or is_plain else None
    return cells


def value_in(column: Column, value: Any, unit: str = "") -> RowValue | None:
    """What a row says for a value of an entry; `unit` is that of its figures."""
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool) and column.form is not Form.MONTH:
        is_percent = column.form is Form.PERCENT or (column.form in IN_UNIT and plain(unit) == "%")
        return RowValue(column, value, f"{Decimal(value):f}{'%' if is_percent else ''}", is_percent)
    text = "" if value is None else _text(column, value)
    # Read as its cell will be, so that the row says the same from wherever it comes.
    read = read_cell(Cell(0, 0, text, "text"), column).value if text else None
    return None if read is None else RowValue(column, read, text)


def _text(column: Column, value: Any) -> str:
    """A value of an entry as its cell shows it."""
    if column.form is Form.FLAG:
        return YES if value else NO
    if column.form in (Form.IDS, Form.NAMES, Form.WHOLES) and isinstance(value, tuple):
        return "、".join(column.choice_of(str(part)) for part in value)
    if column.form is Form.LINES and isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, FiscalYear):
        return value.text()
    if column.form is Form.MONTH:
        return f"{value}月"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return column.choice_of(str(value)) if column.form is Form.CHOICE else str(value)
