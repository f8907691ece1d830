"""年度実施状況: the KPIs over the years, the plan beside what was done, and the execution of the budget."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.compose.chart_sources import compose_charts
from handouts.compose.charts import Chart
from handouts.compose.execution import ExecutionTable, compose_execution
from handouts.compose.kpi_tables import KpiTables, compose_kpi_tables
from handouts.compose.page import Front, branch_name, compose_front, year_name
from handouts.compose.sections import SectionTable, compose_sections
from handouts.dataset.kinds import RESULTS
from handouts.dataset.model import Datasets


@dataclass(frozen=True, slots=True)
class Results:
    """The whole handout, ready to print; a part that the dataset says nothing of is empty."""

    front: Front
    kpis_title: str
    kpis: KpiTables | None
    sections_title: str
    sections: tuple[SectionTable, ...]
    execution_title: str
    execution: tuple[ExecutionTable, ...]
    charts: tuple[Chart, ...] = ()


def compose_results(datasets: Datasets) -> Results:
    """The results of this year's dataset; the others are not looked at."""
    dataset = datasets.this
    year, branch = year_name(dataset), branch_name(dataset)
    charts = compose_charts(dataset, RESULTS.id)
    return Results(
        front=compose_front(dataset, RESULTS),
        kpis_title=f"{year} {branch}事業計画実施状況（概要）",
        kpis=compose_kpi_tables(dataset),
        sections_title=f"{year} 事業実施状況（{branch}）",
        sections=compose_sections(dataset, charts.beside),
        execution_title=f"{year} 保険者機能強化予算の執行状況",
        execution=compose_execution(dataset),
        charts=(*charts.kpis, *charts.rest),
    )
