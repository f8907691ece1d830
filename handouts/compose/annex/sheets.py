"""The sheets of the annex of each kind of handout, in order; one that has nothing to say is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.compose import kpi_tables, tallies
from handouts.compose.annex.budget import compose_budget
from handouts.compose.annex.cells import Sheet
from handouts.compose.annex.changes import compose_changes_of_editions, compose_changes_of_years
from handouts.compose.annex.execution_charts import compose_execution
from handouts.compose.annex.kpis import (
    compose_results,
    compose_targets,
    compose_targets_of_editions,
    compose_targets_of_years,
)
from handouts.compose.annex.month_charts import compose_months
from handouts.dataset.model import Datasets

if TYPE_CHECKING:  # of the kinds that are not made nothing is loaded
    from handouts.compose.final_report import FinalReport
    from handouts.compose.plan import PlanHandout
    from handouts.compose.plan_budget import PlanBudget
    from handouts.compose.progress import ProgressReport
    from handouts.compose.results import Results


def plan_sheets(handout: PlanHandout, datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs with their targets."""
    return compose_targets(datasets)


def plan_budget_sheets(handout: PlanBudget, datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs, the budget and the changed places, this year's beside last year's."""
    return (
        *compose_targets_of_years(datasets),
        *compose_budget(datasets, handout.compared),
        *compose_changes_of_years(datasets, handout.compared.changes),
    )


def final_report_sheets(handout: FinalReport, datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs and the changed places, before headquarters' review and after it."""
    return (*compose_targets_of_editions(datasets), *compose_changes_of_editions(datasets))


def progress_sheets(handout: ProgressReport, datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs with results, the monthly tables with charts, and the execution, initiatives under their headings."""
    return (
        *compose_results(datasets, tallies.MEANINGS, with_entries=True),
        *compose_months(datasets.this, handout.dataset_charts.months),
        *compose_execution(datasets.this, handout.dataset_charts.budget, by_topic=True),
    )


def results_sheets(handout: Results, datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs with results, the monthly tables with charts, and the execution."""
    return (
        *compose_results(datasets, kpi_tables.MEANINGS, worded=kpi_tables.DONE),
        *compose_months(datasets.this, handout.dataset_charts.months),
        *compose_execution(datasets.this, handout.dataset_charts.budget, by_topic=False),
    )
