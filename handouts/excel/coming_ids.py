"""The ids that reading the plan of a workbook will give its paragraphs, for names that mean one without an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handouts.dataset.plan_text import parse_plan
from handouts.dataset.schemas import DatasetFile
from handouts.dataset.settings import NumberingStyle
from handouts.dataset.validation import settled_value
from handouts.excel.plan_rows import PlanRow, write_plan
from handouts.excel.rows import DatasetRow, item_named
from handouts.excel.sheets import BASE, PLAN
from handouts.findings import DataFaults


def coming_ids(rows: Mapping[str, Sequence[DatasetRow]]) -> Mapping[int, str]:
    """The ids of the paragraphs by their lines; none where the plan cannot be read."""
    lines = [
        PlanRow(row.shown(("kind",)), _text(row), row.id, _is_first(row), line=row.line)
        for row in rows.get(PLAN.name, ())
    ]
    style = _style(rows.get(BASE.name, ()))
    try:
        paragraphs = parse_plan(write_plan(lines, style).text, style, PLAN.sheet).plan.paragraphs
    except DataFaults:
        return {}
    return {paragraph.line: paragraph.id for paragraph in paragraphs}


def _text(row: DatasetRow) -> str:
    said = row.cells.get(("text",))
    return str(said.value or "") if said else ""


def _is_first(row: DatasetRow) -> bool:
    said = row.cells.get(("restart",))
    return said is not None and said.value is True


def _style(rows: Iterable[DatasetRow]) -> NumberingStyle:
    """The numbering that the sheet 会議 says, the usual one where it cannot be read."""
    said: dict[str, object] = {}
    levels: dict[int, object] = {}
    for row in rows:
        column, value = item_named(row.shown(("label",))), row.cells.get(("value",))
        if column is None or value is None or value.value is None or column.key[:1] != ("numbering",):
            continue
        if column.key[1] == "levels":
            levels[int(column.key[2])] = value.value
        else:
            said[column.key[1]] = value.value
    if levels:
        said["levels"] = [levels[level] for level in sorted(levels)]
    style = settled_value(DatasetFile, "numbering", said)
    return style if isinstance(style, NumberingStyle) else NumberingStyle()
