"""The lists from which the cells of the input workbook are filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from handouts.dataset.columns import NO, YES, Column, Form
from handouts.dataset.groups import groups_of
from handouts.dataset.model import Dataset
from handouts.excel.areas import MORE_ROWS, TableArea
from handouts.excel.plan_rows import kind_choices
from handouts.excel.sheets import BASE, ITEMS, KPIS, LAST_PLAN, PLAN, SERIES

_LIMIT = 255  # characters of a list that is written into the cell itself


@dataclass(frozen=True, slots=True)
class CellLists:
    """What the cells of a workbook with these areas offer; `last_year` is where the paragraphs of last year stand in it."""

    dataset: Dataset
    areas: Mapping[str, TableArea]
    last_year: str = ""

    def add(self, sheet: Any, area: TableArea) -> None:
        """Gives the columns of a table their lists, as far down as others look for its rows."""
        for number, head in enumerate(area.heads):
            if options := self._options(head.column, area):
                sheet.data_validation(area.first, number, area.last + MORE_ROWS, number, options)
        for at, (_, column) in enumerate(ITEMS if area.table is BASE else (), area.first):
            if options := self._options(column, area):
                sheet.data_validation(at, 1, at, 1, options)

    def _options(self, column: Column, area: TableArea) -> Mapping[str, Any] | None:
        source = self._source(column, area)
        if source is None:
            return None
        is_closed = _is_group(column, area) or not (column.is_open or column.ids_of)
        return {
            "validate": "list",
            "source": source,
            "error_type": "stop",
            "error_title": "選べません",
            "error_message": "一覧の中から選んでください。",
            "show_error": is_closed,
        }

    def _source(self, column: Column, area: TableArea) -> Any:
        """Where the list stands, or what is in it; None where a column has none."""
        if column.ids_of in self.areas:
            others = self.areas[column.ids_of]
            names = others.column("label") if others.table is SERIES else others.called
            return f"={others.range_of(names)}"
        if column.ids_of == LAST_PLAN.name and self.last_year:
            return f"={self.last_year}"
        choices = self._choices(column, area)
        is_short = len(",".join(choices)) <= _LIMIT
        return list(choices) if choices and column.form is not Form.NAMES and is_short else None

    def _choices(self, column: Column, area: TableArea) -> Collection[str]:
        if column.form is Form.FLAG:
            return (YES, NO)
        if _is_group(column, area):
            return groups_of(self.dataset)
        is_kind = area.table is PLAN and column.key == ("kind",)
        return kind_choices(self.dataset.numbering) if is_kind else column.choices


def _is_group(column: Column, area: TableArea) -> bool:
    return area.table is KPIS and column.key == ("group",)
