"""The sheets about the budget's execution. 執行グラフ: what the charts of the handout show, as native charts."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.compose.annex.cells import AnnexChart, ChartSeries, Sheet
from handouts.compose.annex.execution import (
    HEAD_ROW,
    HEADS,
    NAME,
    ExecutionRows,
    execution_sheet,
    rate_cell,
)
from handouts.compose.annex.forms import number_cell, text_cell
from handouts.compose.annex.named_columns import Columns, GrowingTable
from handouts.compose.chart_sources import charted_executions
from handouts.compose.charts import ExecutionChart
from handouts.compose.page import year_and_branch
from handouts.dataset.model import Dataset
from handouts.xlsx.notation import with_triangle

CHART_NAME = "執行グラフ"
_HEADS = {"name": "取組・区分", **{column: HEADS[column] for column in ("budgeted", "executed", "rate")}}
_WIDTHS = (54, 16, 16, 10, 10, 10, 10, 10)
_CHART_ROWS, _BAR_ROWS = 4, 2  # the height of a chart, and of each of its pairs of bars
_PAGE_ROWS = 29  # so many fit on a page together
_IN_THOUSANDS = f"{with_triangle('#,##0,')};0"


def compose_execution(
    dataset: Dataset, charts: Sequence[ExecutionChart], by_topic: bool
) -> tuple[Sheet, ...]:
    """The execution of the budget and its charts; nothing where nothing is budgeted.

    `by_topic`: initiatives without a field are summed under their heading of the plan, else they stand for themselves.
    """
    rows = ExecutionRows(dataset, by_topic)
    if not (rows.everything.budgeted or rows.everything.executed):
        return ()
    return (execution_sheet(dataset, rows), *_chart_sheets(dataset, charts, rows))


def _chart_sheets(
    dataset: Dataset, charts: Sequence[ExecutionChart], source: ExecutionRows
) -> tuple[Sheet, ...]:
    """What the charts of the handout show once more, one below the other; nothing without one."""
    if not charts:
        return ()
    table = GrowingTable(CHART_NAME, HEAD_ROW, _HEADS)
    first = table.next_row
    for ref, name, execution in charted_executions(dataset):
        amounts = {"budgeted": execution.budgeted, "executed": execution.executed}
        linked = {
            column: number_cell(yen, formula=source.table.cell_elsewhere(source.row_of[ref], column))
            for column, yen in amounts.items()
        }
        table.add({"name": text_cell(name), **linked, "rate": rate_cell(table, table.next_row, execution)})
    drawn: list[AnnexChart] = []
    at, top = first, table.next_row + 1
    for chart in charts:
        drawn.append(_chart(chart, table, at, top))
        at += len(chart.rows)
        top += drawn[-1].rows + 1
    return (
        Sheet(
            name=CHART_NAME,
            title=f"{year_and_branch(dataset)} {charts[0].title.split('（')[0]}",
            notes=(f"もとの数はシート「{NAME}」にあります。",),
            widths=_WIDTHS,
            tables=(table.table("execution_chart"),),
            charts=tuple(drawn),
            frozen=(first, 0),
            blocks=((first, table.next_row), *((chart.row, chart.row + chart.rows) for chart in drawn)),
        ),
    )


def _chart(chart: ExecutionChart, columns: Columns, first: int, top: int) -> AnnexChart:
    last = first + len(chart.rows) - 1
    return AnnexChart(
        kind="bars",
        title=f"{chart.title}（千円）",
        alt=chart.alt,
        series=tuple(
            ChartSeries(
                name=name,
                categories=(columns.cells_of_column("name", first, last),),
                values=(columns.cells_of_column(column, first, last),),
                words=tuple(row.name for row in chart.rows),
                figures=figures,
            )
            for column, name, figures in (
                ("budgeted", "予算額", tuple(row.budgeted * 1000 for row in chart.rows)),
                ("executed", "執行額", tuple(row.executed * 1000 for row in chart.rows)),
            )
        ),
        row=top,
        column=0,
        rows=min(_CHART_ROWS + _BAR_ROWS * len(chart.rows), _PAGE_ROWS),
        size="full",
        form=_IN_THOUSANDS,
    )
