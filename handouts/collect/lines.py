"""The rows of the tables of a workbook as they stand there, with what they are known by and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from handouts.dataset.columns import Column, plain
from handouts.dataset.fiscal import YearForm
from handouts.dataset.model import NumberingStyle, Plan
from handouts.dataset.validation import settled_value
from handouts.excel.book import Book
from handouts.excel.cells import CellFault, as_text, read_cell
from handouts.excel.plan_rows import PlanRow, rows_of_plan
from handouts.excel.sheets import BASE, ENTRIES, ITEMS, LEVELS, PLAN, RECIPIENTS, SERIES, SheetTable
from handouts.excel.tables import FoundColumn, FoundTable
from handouts.xlsx.grid import Cell

Key: TypeAlias = tuple[str, ...]
# The computed column that says where a row comes from, for the tables whose rows need no id of their own.
_ORIGINS: Mapping[SheetTable, Column] = {table: table.columns[-1] for table in (PLAN, SERIES, ENTRIES)}
_NAMED_BY: Mapping[SheetTable, tuple[Key, ...]] = {
    SERIES: (("table",), ("year",), ("label",)),
    RECIPIENTS: (("group",), ("mailbox",)),
}
_ITEMS = {plain(column.heading): column for _, column in ITEMS}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its number in the sheet, its cells, and what they say, by the keys of the columns.

    `name` is what it names itself, `origin` what the program wrote beside it, empty for a new row and wrong for a copied
    one. Two rows say the same where their `values` are equal, however somebody typed them.
    """

    number: int
    name: str
    origin: str
    cells: Mapping[Key, Cell]
    values: Mapping[Key, Any]

    @property
    def known_as(self) -> str:
        """What it is known by in any workbook; empty for a new row that names itself nothing."""
        return self.name or self.origin


def lines_of(book: Book, table: SheetTable) -> tuple[Line, ...]:
    """The rows of a table from top to bottom."""
    found = book.tables.get(table.name)
    if found is None:
        return ()
    lines: list[Line] = []
    counts: dict[str, int] = {}
    for number, row in book.rows(table):
        cells = {key_of(head): row[head.at] for head in found.heads if key_of(head) and head.at in row}
        if table is BASE and _item(cells) is None:
            continue  # a remark, or what the program itself says of the workbook
        values = dict(_values(table, found, cells))
        name = _name(table, values)
        counts[name] = counts.get(name, 0) + 1
        if name and counts[name] > 1:
            name = f"{name} #{counts[name]}"
        lines.append(Line(number, name, _origin(found, number), cells, values))
    return tuple(lines)


def settled_lines(lines: Sequence[Line], plan: Plan, style: NumberingStyle, head: int) -> tuple[Line, ...]:
    """The lines of the sheet 計画 with the kinds and texts that their paragraphs have, wherever a label was typed.

    `plan` is what was read of them, `head` the row of the headings. A line of which nothing was read, since it has only
    a kind, is left out.
    """
    rows = {head + row.line: row for row in rows_of_plan(plan, style)}
    return tuple(_settled(line, rows[line.number]) for line in lines if line.number in rows)


def name_of(line: Line, table: SheetTable) -> str:
    """What people call a row: a paragraph by its text, else what it names itself."""
    text = line.cells.get(("text",))
    return as_text(text) if text and (table is PLAN or not line.name) else line.known_as


def begins_above(other: Line, line: Line) -> bool:
    """Whether another row begins something in which a row without a name, a paragraph or a record, is no part."""
    return _rank(other) < _rank(line)


def _rank(line: Line) -> int:
    """The level of a paragraph, the headings without one below all of them; a record with its place in the plan is above
    one without.
    """
    kind = str(line.values.get(("kind",), ""))
    level = re.match("階層([0-9]+)", kind)
    if level:
        return int(level[1])
    if ("plan",) in line.values:
        return 0
    return LEVELS + (1 if kind.startswith("見出し") else 2)


def _settled(line: Line, row: PlanRow) -> Line:
    if not row.kind:
        return line
    return replace(line, values={**line.values, ("kind",): _bare_kind(row.kind), ("text",): row.text})


def _bare_kind(kind: str) -> str:
    return plain(kind).partition(":")[0]  # 階層2, whatever the sample of its numbers behind it


def key_of(head: FoundColumn) -> Key:
    """What the cells of a column are known by; empty for what the program computes."""
    return head.column.key if head.year is None else (*head.column.key, head.year.text(YearForm.LETTER))


def _values(table: SheetTable, found: FoundTable, cells: Mapping[Key, Cell]) -> Iterator[tuple[Key, Any]]:
    for head in found.heads:
        key = key_of(head)
        if key in cells:
            column = _item(cells) if table is BASE and key == ("value",) else head.column
            value = _value(table, key, cells[key], column or head.column)
            if value is not None:
                yield key, value


def _value(table: SheetTable, key: Key, cell: Cell, column: Column) -> Any:
    """What a cell says, whatever the way of writing it; what cannot be read says what it shows."""
    try:
        value = read_cell(cell, column).value
    except CellFault:
        return as_text(cell)
    if isinstance(value, str) and table is PLAN and key == ("kind",):
        return _bare_kind(value)
    if value is None or table.model is None:
        return value
    settled = settled_value(table.model, key[0], {key[1]: value} if len(key) > 1 else value)
    # 97.0 is printed, and so says, other than 97.
    return settled if isinstance(settled, str) else repr(settled)


def _item(cells: Mapping[Key, Cell]) -> Column | None:
    """The item of the sheet 会議 that a row is about, None for a remark and for what the program fills in."""
    label = cells.get(("label",))
    column = _ITEMS.get(plain(as_text(label))) if label else None
    return column if column and not column.is_computed else None


def _name(table: SheetTable, values: Mapping[Key, Any]) -> str:
    if named_by := _NAMED_BY.get(table):
        return " ".join(str(values[key]) for key in named_by if key in values)
    has_id = any(column.key == ("id",) for column in table.columns)
    name = values.get(("id",)) if has_id else values.get(table.columns[0].key)
    return str(name or (values.get(("plan",)) if table is ENTRIES else "") or "")


def _origin(found: FoundTable, number: int) -> str:
    column = _ORIGINS.get(found.table)
    at = next((head.at for head in found.heads if head.column is column), None)
    cell = found.rows[number].get(at) if at else None
    return as_text(cell).strip() if cell else ""
