"""What a workbook would take away from a dataset: said with the figures themselves, since somebody has to say yes to it."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.dataset.columns import FIGURES
from handouts.excel.excerpts import excerpt, excerpts
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, RowValue
from handouts.excel.sheets import PLAN
from handouts.findings import Finding, Place, Rule

REMOVED_CELL = Rule("collect.removed-cell", "{row}今のデータの「{value}」がなくなります", severity="warning")
REMOVED_ROW = Rule("collect.removed-row", "行「{row}」がなくなります{values}", severity="warning")
REPLACED_CELL = Rule(
    "collect.replaced-cell",
    "{row}今のデータの「{others}」が「{value}」になります（控えのないブックなので、どちらが新しいか分かりません）",
    severity="warning",
)


def removed_cell(place: Place, row: DatasetRow, key: Key) -> Finding:
    """A cell that is empty in the workbook."""
    return REMOVED_CELL.at(place, row=_of(row), value=excerpt(_shown(row, key)))


def replaced_cell(place: Place, row: DatasetRow, line: DatasetRow, key: Key) -> Finding:
    """A cell in which `row` becomes what `line` is, of a workbook that does not say what it held, and so may be old."""
    others, value = excerpts([_shown(row, key), _shown(line, key)])
    return REPLACED_CELL.at(place, row=_of(row), others=others, value=value)


def removed_row(place: Place, row: DatasetRow) -> Finding:
    """A row that is not in the workbook any more, with all that it says."""
    said = "、".join(_values(row))
    return REMOVED_ROW.at(place, row=name_of(row), values=f"（{said}）" if said else "")


def is_default(row: DatasetRow, key: Key) -> bool:
    """Whether a row says what it would say without the value."""
    field = row.table.model.model_fields.get(key[0]) if row.table.model else None
    if field is None or field.is_required():
        return False
    default = field.default
    return row.values.get(key) == (default if isinstance(default, str) else repr(default))


def name_of(row: DatasetRow) -> str:
    """What people call a row: a paragraph by its text, another one by its name or the first thing that it says."""
    name = row.called or row.known_as or next(iter(_values(row)), "")
    return excerpt("／".join(name.split("\n")))


def _of(row: DatasetRow) -> str:
    name = name_of(row)
    return f"「{name}」: " if name else ""


def _values(row: DatasetRow) -> Iterable[str]:
    """What a row says: figures with the headings of their columns, texts in short."""
    for key, value in row.cells.items():
        column = value.column
        is_named = key == ("id",) or (row.table is PLAN and key in (("text",), ("kind",), ("name",)))
        if is_named or is_default(row, key):
            continue
        is_figure = column.form in FIGURES
        heading = " ".join((column.heading, *key[len(column.key) :])) if is_figure else ""
        yield f"{heading} {excerpt(_text(value))}".strip()


def _shown(row: DatasetRow, key: Key) -> str:
    return _text(row.cells[key]) if key in row.cells else row.values[key]


def _text(value: RowValue) -> str:
    if value.figure is not None:
        return f"{value.figure:,}{'%' if value.is_percent else ''}"
    return "／".join(value.shown.split("\n"))
