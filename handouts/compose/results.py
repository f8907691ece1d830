"""年度実施状況: the KPIs over the years, the plan beside what was done, and the execution of the budget."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.compose.chart_sources import DatasetCharts, compose_charts
from handouts.compose.charts import Chart
from handouts.compose.execution import ExecutionTable, compose_execution
from handouts.compose.kpi_tables import KpiTables, compose_kpi_tables
from handouts.compose.page import Front, branch_name, compose_front, year_and_branch, year_name
from handouts.compose.sections import SectionTable, compose_sections
from handouts.dataset.kinds import RESULTS
from handouts.dataset.model import Datasets


@dataclass(frozen=True, slots=True)
class Results:
    """The whole handout, ready to print; a part that the dataset says nothing of is empty.

    `charts` are those of `dataset_charts` that it shows.
    """

    front: Front
    kpis_title: str
    kpis: KpiTables | None
    sections_title: str
    sections: tuple[SectionTable, ...]
    execution_title: str
    execution: tuple[ExecutionTable, ...]
    dataset_charts: DatasetCharts
    charts: tuple[Chart, ...] = ()


def compose_results(datasets: Datasets) -> Results:
    """The results of this year's dataset; the others are not looked at."""
    dataset = datasets.this
    charts = compose_charts(dataset, RESULTS)
    return Results(
        front=compose_front(dataset, RESULTS),
        kpis_title=f"{year_and_branch(dataset)}事業計画実施状況（概要）",
        kpis=compose_kpi_tables(dataset),
        sections_title=f"{year_name(dataset)} 事業実施状況（{branch_name(dataset)}）",
        sections=compose_sections(dataset, charts.beside_tables),
        execution_title=f"{year_name(dataset)} 保険者機能強化予算の執行状況",
        execution=compose_execution(dataset),
        dataset_charts=charts,
        charts=charts.shown(with_kpis=True),
    )
