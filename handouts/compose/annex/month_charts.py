"""月次グラフ: the monthly series as native charts, a line for each year; a month to come is a gap and never 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from handouts.compose.annex.cells import Area, Chart, Series, Sheet
from handouts.compose.annex.chart_words import lines_alt
from handouts.compose.annex.forms import number_form, places_of, stored
from handouts.compose.annex.months import FIRST_MONTH, MonthBlock, block_title
from handouts.compose.annex.months import NAME as MONTHS_SHEET
from handouts.compose.done import month_names
from handouts.dataset.entry import NOT_MEASURED
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MONTHS, MonthlyTable, RowKind
from handouts.measures.monthly import MonthFigure, MonthlyRow
from handouts.wording import target_text

NAME = "月次グラフ"
_FEWEST = 2  # figures of a line
_COLUMNS = 16
_ROWS = 14  # of a chart, the gap below it counted
_TOP = 2
_FARTHEST: Sequence[RowKind] = ("率", "累計", "単月")


def charts_sheet(dataset: Dataset, blocks: Sequence[MonthBlock]) -> tuple[Sheet, ...]:
    """The sheet of all charts, two beside one another; none where no line can be drawn."""
    found = [(block, rows) for block in blocks if (rows := charted_rows(block))]
    charts = tuple(
        _chart(block, rows, dataset, _TOP + number // 2 * _ROWS, number % 2 * _COLUMNS // 2)
        for number, (block, rows) in enumerate(found)
    )
    if not charts:
        return ()
    tops = sorted({chart.row for chart in charts})
    return (
        Sheet(
            name=NAME,
            title=f"{dataset.fiscal_year.text(dataset.year_form)} {dataset.branch}支部 月別の実績のグラフ",
            notes=(f"もとの数はシート「{MONTHS_SHEET}」にあります。",),
            widths=(8.6,) * _COLUMNS,
            charts=charts,
            repeated=(0, 0),
            blocks=tuple((top, top + _ROWS - 1) for top in tops),
        ),
    )


def charted_rows(block: MonthBlock) -> tuple[MonthlyRow, ...]:
    """The rows of a table that its chart is about: of the kind that all its lines have, a rate before a sum.

    Empty where no line can be drawn.
    """
    rows = [row for row in block.rows if not block.table.series[row.series].part]
    drawn = [row for row in rows if _is_line(row)]
    kinds = [{row.kind for row in drawn if row.series == index} for index in {row.series for row in drawn}]
    shared = set.intersection(*kinds) if kinds else set()
    kind = next((each for each in _FARTHEST if each in shared), None)
    return tuple(row for row in rows if row.kind == kind)


def _is_line(row: MonthlyRow) -> bool:
    return sum(isinstance(figure, Decimal) for figure in row.figures) >= _FEWEST


def _chart(block: MonthBlock, rows: Sequence[MonthlyRow], dataset: Dataset, row: int, column: int) -> Chart:
    table, unit = block.table, rows[0].unit
    target = next((target_text(kpi) for kpi in dataset.kpis if kpi.id == table.kpi), "")
    names = _names(rows, table, dataset)
    lines = [(name, each) for name, each in zip(names, rows, strict=True) if _is_line(each)]
    # Excel draws the text "-" as 0: a month that is not measured has no place in the chart.
    months = [m for m in range(MONTHS) if all(each.figures[m] != NOT_MEASURED for _, each in lines)]
    return Chart(
        kind="lines",
        title=block_title(table, dataset) + ("" if unit in ("", "%") else f"（{unit}）"),
        alt=lines_alt(
            table.caption,
            month_names(table),
            [(name, each.figures) for name, each in zip(names, rows, strict=True)],
            unit,
            target,
        ),
        series=tuple(
            Series(
                name=name,
                categories=_areas(block.head_row, months),
                values=_areas(block.row_of[each.series, each.kind], months),
                words=tuple(month_names(table)[month] for month in months),
                figures=tuple(_stored(each.figures[month], unit) for month in months),
            )
            for name, each in lines
        ),
        row=row,
        column=column,
        rows=_ROWS - 1,
        size="half",
        form=number_form(_places(each for _, each in lines), "%" if unit == "%" else ""),
    )


def _places(rows: Iterable[MonthlyRow]) -> int:
    return max(places_of(figure) for row in rows for figure in row.figures if isinstance(figure, Decimal))


def _names(rows: Sequence[MonthlyRow], table: MonthlyTable, dataset: Dataset) -> list[str]:
    """The year of each line; what the branch calls them where two are of one year."""
    years = [row.year.text(dataset.year_form) for row in rows]
    if len(set(years)) == len(years):
        return years
    return [table.series[row.series].label or year for row, year in zip(rows, years, strict=True)]


def _areas(row: int, months: Sequence[int]) -> tuple[Area, ...]:
    """The cells of these months in a row, neighbours as one area."""
    found: list[Area] = []
    for month in months:
        column = FIRST_MONTH + month
        is_next = found and found[-1].last_column == column - 1
        first = found.pop().first_column if is_next else column
        found.append(Area(MONTHS_SHEET, row, first, row, column))
    return tuple(found)


def _stored(figure: MonthFigure, unit: str) -> Decimal | None:
    return stored(figure, unit) if isinstance(figure, Decimal) else None
