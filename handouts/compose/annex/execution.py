"""予算執行: what was budgeted and executed, field by field and initiative by initiative, with sums and rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count

from handouts.compose.annex.cells import AnnexCell, RowRole, Sheet
from handouts.compose.annex.forms import number_cell, rounded, text_cell, thousands_cell
from handouts.compose.annex.named_columns import Columns, GrowingTable
from handouts.compose.annex.tables import table_sheet
from handouts.compose.execution import TABLE_NAME, FieldMembers, execution_tables
from handouts.dataset.budget import Initiative
from handouts.dataset.model import Dataset
from handouts.measures.execution import Execution, total
from handouts.measures.placeholders import resolve_topic
from handouts.measures.wording import execution_rate_text

NAME = "予算執行"
HEAD_ROW = 2
HEADS = {
    "field": "区分・分野",
    "number": "番号",
    "name": "取組",
    "budgeted": "予算額（円）",
    "executed": "執行額（円）",
    "rate": "執行率",
    "budgeted 千円": "予算額（千円）",
    "executed 千円": "執行額（千円）",
}
_WIDTHS = (28, 6, 54, 14, 14, 9, 15, 15)
_COMPUTED = "区分・分野の額、総計、執行率、千円の額は数式です。"
_BLANKS = f"取組ごとの額がないものは空欄です。{_COMPUTED}"
_OTHERS = "区分のない取組"


class ExecutionRows:
    """The rows of the table one below the other.

    `starts` are the rows with which a field begins, `row_of` those of fields and initiatives by ref.
    """

    def __init__(self, dataset: Dataset, by_topic: bool) -> None:
        self.table = GrowingTable(NAME, HEAD_ROW, HEADS)
        self.row_of: dict[str, int] = {}
        self.starts: list[int] = []
        self.tables = tuple(
            (name, tuple(_groups(groups, dataset, by_topic))) for name, groups in execution_tables(dataset)
        )
        self.everything = _sum_of(groups for _, groups in self.tables)
        totals = [self._add_table(name, groups) for name, groups in self.tables]
        if len(totals) > 1:
            self._add_total("全体の合計", totals, self.everything)

    def _add_table(self, name: str, groups: Sequence[tuple[str, FieldMembers]]) -> int:
        """Adds its name, every group with its initiatives, and the total; returns where this stands."""
        start = self.table.next_row
        if len(self.tables) > 1:
            self.table.add({"field": text_cell(name)}, "group")
        numbers = count(1)
        added: list[int] = []
        for number, (group, members) in enumerate(groups):
            self.starts.append(self.table.next_row if number else start)
            if group:
                added.append(self._add_members(group, members, numbers))
            else:
                added += self._add_initiatives(members.initiatives, numbers)
        return self._add_total("総計", added, _sum_of([groups]))

    def _add_members(self, name: str, members: FieldMembers, numbers: Iterator[int]) -> int:
        own = self.table.next_row
        items = range(own + 1, own + 1 + len(members.initiatives))
        field = members.field
        entered = {"budgeted": field.amount, "executed": field.executed} if field else {}
        sums = {
            column: self.table.sum_of(column, items)
            for column in ("budgeted", "executed")
            if items and entered.get(column) is None
        }
        if field:
            self.row_of[f"field:{field.id}"] = own
        self._add_sum("subtotal", name, members.execution, sums)
        self._add_initiatives(members.initiatives, numbers)
        return own

    def _add_initiatives(self, initiatives: Iterable[Initiative], numbers: Iterator[int]) -> list[int]:
        added = []
        for one in initiatives:
            cells = {"number": number_cell(next(numbers), align="center"), "name": text_cell(one.name)}
            added.append(self.table.add(cells | self._amounts(one.amount, one.executed)))
            self.row_of[f"budget:{one.id}"] = added[-1]
        return added

    def _add_total(self, name: str, added: Sequence[int], execution: Execution) -> int:
        sums = {column: self.table.sum_of(column, added) for column in ("budgeted", "executed")}
        return self._add_sum("total", name, execution, sums)

    def _add_sum(self, role: RowRole, name: str, execution: Execution, sums: Mapping[str, str]) -> int:
        cells = {"field": text_cell(name), **self._amounts(execution.budgeted, execution.executed, sums)}
        return self.table.add(cells, role)

    def _amounts(
        self, budgeted: int | None, executed: int | None, formulas: Mapping[str, str] | None = None
    ) -> dict[str, AnnexCell]:
        """Both amounts in yen and in 千円, and the rate; what only the field has stays empty, and so does the rate."""
        row = self.table.next_row
        cells: dict[str, AnnexCell] = {}
        for column, yen in (("budgeted", budgeted), ("executed", executed)):
            if yen is not None:
                cells[column] = number_cell(yen, formula=(formulas or {}).get(column, ""))
                cells[f"{column} 千円"] = thousands_cell(yen, self.table.cell(row, column))
        if budgeted is not None and executed is not None:
            cells["rate"] = rate_cell(self.table, row, Execution(budgeted, executed))
        return cells


def execution_sheet(dataset: Dataset, rows: ExecutionRows) -> Sheet:
    """The sheet of the table."""
    title = rows.tables[0][0] if len(rows.tables) == 1 else TABLE_NAME
    has_blanks = any(None in (one.amount, one.executed) for one in dataset.initiatives)
    return table_sheet(
        dataset,
        title,
        rows.table.table("execution"),
        name=NAME,
        widths=_WIDTHS,
        note=_BLANKS if has_blanks else _COMPUTED,
        blocks=rows.table.blocks(rows.starts),
    )


def rate_cell(columns: Columns, row: int, execution: Execution) -> AnnexCell:
    """The execution rate from the amounts of the same row; a dash where nothing was budgeted."""
    budgeted, executed = columns.cell(row, "budgeted"), columns.cell(row, "executed")
    dash = execution_rate_text(None)
    formula = f'IF({budgeted}=0,"{dash}",{rounded(f"{executed}/{budgeted}", 3)})'
    if execution.rate is None:
        return replace(number_cell(Decimal("0.0"), "%", formula), value=dash)
    return number_cell(execution.rate, "%", formula)


def _groups(
    groups: Iterable[FieldMembers], dataset: Dataset, by_topic: bool
) -> Iterator[tuple[str, FieldMembers]]:
    """The fields with their names, then the initiatives without one, under no name.

    `by_topic`: initiatives whose field names no heading stand under their own, as beside the items of the progress.
    """
    alone: list[Initiative] = []
    for members in groups:
        field, stay = members.field, members.initiatives
        if by_topic and not (field and _heading(field.topic, dataset)):
            alone += [one for one in stay if _heading(one.topic, dataset)]
            stay = tuple(one for one in stay if not _heading(one.topic, dataset))
        if field is not None and (stay or field.amount is not None or not members.initiatives):
            yield field.name, FieldMembers(field, stay)
        elif field is None and stay:
            yield _OTHERS if by_topic else "", FieldMembers(None, stay)
    by_heading: dict[str, list[Initiative]] = {}
    for one in alone:
        by_heading.setdefault(_heading(one.topic, dataset), []).append(one)
    for name, found in by_heading.items():
        yield name, FieldMembers(None, tuple(found))


def _heading(topic: str, dataset: Dataset) -> str:
    """The heading that a field or an initiative names, as it is printed; empty for none."""
    heading = resolve_topic(topic, dataset.plan)
    return heading.label + heading.text if heading else ""


def _sum_of(tables: Iterable[Sequence[tuple[str, FieldMembers]]]) -> Execution:
    return total(members.execution for groups in tables for _, members in groups)
