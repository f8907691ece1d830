"""Which charts the figures of a dataset make: months against earlier years, KPIs against targets, execution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from handouts.compose.charts import (
    AchievementChart,
    Chart,
    ChartSize,
    ExecutionChart,
    KpiFigures,
    LineChart,
    achievement_charts,
    execution_charts,
    line_chart,
)
from handouts.compose.execution import initiatives_by_field
from handouts.dataset.kinds import HandoutKind
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable, RowKind
from handouts.dataset.settings import ChartsPlace
from handouts.dataset.typed_text import bare
from handouts.measures.execution import Execution, execution_of
from handouts.measures.judgement import NOT_MORE
from handouts.measures.kpis import Standing, eligible_persons, standings
from handouts.measures.monthly import MonthlyRow, compute_rows
from handouts.measures.wording import result_text, target_text

# What says most stands first: a rate, then what was reached, then the single months.
_KINDS: tuple[RowKind, ...] = ("率", "累計", "単月")


@dataclass(frozen=True, slots=True)
class DatasetCharts:
    """The charts of a dataset, those of months by the id of their table, and where its settings want them.

    `place` is that of the charts of months; where it is なし, the handout shows no chart at all.
    """

    place: ChartsPlace
    kpis: tuple[AchievementChart, ...]
    months: Mapping[str, LineChart]
    budget: tuple[ExecutionChart, ...]

    @property
    def beside_tables(self) -> Mapping[str, LineChart]:
        """The charts that stand below their monthly tables, by the id of the table."""
        return self.months if self.place == "項目ごと" else {}

    def shown(self, with_kpis: bool) -> tuple[Chart, ...]:
        """Every chart that the handout shows, the overview of the KPIs only `with_kpis`."""
        if self.place == "なし":
            return ()
        return (*(self.kpis if with_kpis else ()), *self.months.values(), *self.budget)


def compose_charts(dataset: Dataset, kind: HandoutKind) -> DatasetCharts:
    """The charts of the dataset, as large as its settings for this kind want them."""
    place = dataset.settings(kind.id).charts
    months = monthly_charts(dataset, "item" if place == "項目ごと" else "half")
    return DatasetCharts(place, kpi_charts(dataset), months, budget_charts(dataset))


def monthly_charts(dataset: Dataset, size: ChartSize) -> Mapping[str, LineChart]:
    """The chart of each monthly table by the id of the table; none for one with fewer than two values."""
    found = standings(dataset)
    charts = {table.id: _monthly_chart(table, dataset, found, size) for table in dataset.tables}
    return {name: chart for name, chart in charts.items() if chart is not None}


def _monthly_chart(
    table: MonthlyTable, dataset: Dataset, found: Mapping[str, Standing], size: ChartSize
) -> LineChart | None:
    rows = charted_rows(table, dataset)
    if not rows:
        return None
    target, words = _target(found.get(table.kpi or ""), rows[0].unit)
    return line_chart(
        f"monthly-{table.id}",
        table.caption,
        [f"{month}月" for month in table.month_order],
        [(_name(row, table, dataset), row.figures) for row in rows],
        unit=rows[0].unit,
        target=target,
        target_text=words,
        ref=f"monthly:{table.id}.caption",
        size=size,
    )


def charted_rows(table: MonthlyTable, dataset: Dataset) -> list[MonthlyRow]:
    """The rows that the chart shows, the oldest year first.

    A computed share where there is one, else those of the kind that says most.
    """
    rows = compute_rows(table, eligible_persons(dataset))
    kinds = {row.kind for row in rows}
    kind = next(kind for kind in _KINDS if kind in kinds)
    shares = [row for row in rows if table.series[row.series].part]
    return sorted(shares or [row for row in rows if row.kind == kind], key=lambda row: row.year)


def _name(row: MonthlyRow, table: MonthlyTable, dataset: Dataset) -> str:
    """The year, and what the row is where a year has several."""
    year = row.year.text(dataset.year_form)
    others = [series for series in table.series if series.year == row.year]
    return table.series[row.series].label or year if len(others) > 1 else year


def _target(standing: Standing | None, unit: str) -> tuple[Decimal | None, str]:
    """The target as a line of the chart, with its words; none where it is in another unit than the figures."""
    if standing is None or bare(standing.kpi.unit) != bare(unit):
        return None, ""
    kpi = standing.kpi
    if isinstance(kpi.target, Decimal):
        return kpi.target, target_text(kpi)
    if kpi.target is None or standing.before is None:
        return None, kpi.target or ""
    return standing.before, f"{kpi.target}（{result_text(kpi, standing.before)}）"


def kpi_charts(dataset: Dataset) -> tuple[AchievementChart, ...]:
    """How far the listed KPIs have come to their targets."""
    listed = [standing for standing in standings(dataset).values() if standing.kpi.listed]
    figures = [_kpi_figures(standing) for standing in listed]
    return achievement_charts(
        "kpis", "KPI の達成状況（実績 ÷ 目標）", figures, f"kpi:{listed[0].kpi.id}" if listed else ""
    )


def _kpi_figures(standing: Standing) -> KpiFigures:
    kpi = standing.kpi
    target, words = _target(standing, kpi.unit)
    return KpiFigures(
        name=kpi.list_name or kpi.name,
        actual=standing.actual if isinstance(standing.actual, Decimal) else None,
        target=target,
        actual_text=result_text(kpi, standing.actual),
        target_text=words,
        mark=standing.mark or "",
        at_most=kpi.bound in NOT_MORE or (isinstance(kpi.target, str) and kpi.target.endswith(NOT_MORE)),
    )


def budget_charts(dataset: Dataset) -> tuple[ExecutionChart, ...]:
    """Budget and execution of each initiative, or of its field where only that has amounts."""
    rows = [(name, execution) for _, name, execution in charted_executions(dataset)]
    first = next(iter(dataset.fields), None)
    ref = f"field:{first.id}" if first else ""
    return execution_charts("execution", "予算額と執行額", rows, ref)


def charted_executions(dataset: Dataset) -> tuple[tuple[str, str, Execution], ...]:
    """What the chart of the budget shows: ref, name and amounts of all that has a budget; nothing before any execution."""
    rows = [row for row in _executions(dataset) if row[2].budgeted]
    return tuple(rows) if any(execution.executed for _, _, execution in rows) else ()


def _executions(dataset: Dataset) -> Iterator[tuple[str, str, Execution]]:
    for members in initiatives_by_field(dataset):
        field = members.field
        if field is not None and field.amount is not None:
            yield f"field:{field.id}", field.name, members.execution
        else:
            yield from ((f"budget:{one.id}", one.name, execution_of(one)) for one in members.initiatives)
