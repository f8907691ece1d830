"""The sheets about months. 月次グラフ: the charts of the handout's monthly tables as native ones, a line for each year, a gap for a month to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from handouts.compose.annex.cells import AnnexChart, CellRange, ChartSeries, Sheet
from handouts.compose.annex.forms import number_form, stored
from handouts.compose.annex.months import NAME as MONTHS_SHEET
from handouts.compose.annex.months import MonthBlock, lay_out_months, months_sheet
from handouts.compose.chart_sources import charted_rows
from handouts.compose.charts import FEWEST_VALUES, LineChart, chart_values
from handouts.compose.page import year_and_branch
from handouts.dataset.fields import NOT_MEASURED
from handouts.dataset.figures import is_percent_unit, places_of
from handouts.dataset.model import Dataset
from handouts.measures.monthly import MonthlyRow

NAME = "月次グラフ"
_COLUMNS = 16
_WIDTH = 8.6
_ROWS = 14  # of a chart, the gap below it counted
_TOP = 2


def compose_months(dataset: Dataset, charts: Mapping[str, LineChart]) -> tuple[Sheet, ...]:
    """The monthly tables and their charts, which are given by the id of the table; nothing where there are none."""
    blocks = lay_out_months(dataset)
    if not blocks:
        return ()
    return (months_sheet(dataset, blocks), *charts_sheet(dataset, blocks, charts))


def charts_sheet(
    dataset: Dataset, blocks: Sequence[MonthBlock], drawn: Mapping[str, LineChart]
) -> tuple[Sheet, ...]:
    """The sheet of all charts, two beside one another; none where no line can be drawn."""
    found = [(block, drawn[block.table.id]) for block in blocks if block.table.id in drawn]
    if not found:
        return ()
    charts = tuple(
        _chart(block, chart, dataset, _TOP + number // 2 * _ROWS, number % 2 * _COLUMNS // 2)
        for number, (block, chart) in enumerate(found)
    )
    tops = sorted({chart.row for chart in charts})
    return (
        Sheet(
            name=NAME,
            title=f"{year_and_branch(dataset)} 月別の実績のグラフ",
            notes=(f"もとの数はシート「{MONTHS_SHEET}」にあります。",),
            widths=(_WIDTH,) * _COLUMNS,
            charts=charts,
            repeated=(0, 0),
            blocks=tuple((top, top + _ROWS - 1) for top in tops),
        ),
    )


def _chart(block: MonthBlock, chart: LineChart, dataset: Dataset, row: int, column: int) -> AnnexChart:
    lines = [each for each in charted_rows(block.table, dataset) if _is_line(each)]
    # Excel draws the text "-" as 0: a month that is not measured has no place in the chart.
    months = [
        month
        for month in range(len(chart.months))
        if all(each.figures[month] != NOT_MEASURED for each in lines)
    ]
    unit = "%" if is_percent_unit(chart.unit) else ""
    return AnnexChart(
        kind="lines",
        title=_title(chart),
        alt=chart.alt,
        series=tuple(
            ChartSeries(
                name=line.name,
                categories=_ranges(block, block.head_row, months),
                values=_ranges(block, block.row_of[each.series, each.kind], months),
                words=tuple(chart.months[month] for month in months),
                figures=tuple(_stored(line.values[month], unit) for month in months),
            )
            for line, each in zip(chart.lines, lines, strict=True)
        ),
        row=row,
        column=column,
        rows=_ROWS - 1,
        size="half",
        form=number_form(_places(chart), unit),
    )


def _is_line(row: MonthlyRow) -> bool:
    return sum(value is not None for value in chart_values(row.figures)) >= FEWEST_VALUES


def _title(chart: LineChart) -> str:
    unit = "" if not chart.unit or is_percent_unit(chart.unit) else f"（{chart.unit}）"
    return f"{chart.title}{unit}" + (f"（目標 {chart.target_text}）" if chart.target_text else "")


def _places(chart: LineChart) -> int:
    return max(places_of(value) for line in chart.lines for value in line.values if value is not None)


def _ranges(block: MonthBlock, row: int, months: Sequence[int]) -> tuple[CellRange, ...]:
    """The cells of these months in a row, neighbours as one range."""
    found: list[tuple[int, int]] = []
    for month in months:
        first = found.pop()[0] if found and found[-1][1] == month - 1 else month
        found.append((first, month))
    return tuple(block.columns.cells_of_row(row, first, last) for first, last in found)


def _stored(value: Decimal | None, unit: str) -> Decimal | None:
    return None if value is None else stored(value, unit)
