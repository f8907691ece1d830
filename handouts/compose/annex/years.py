"""The sheets about two years: initiatives and budgets, and what changed, from one comparison of the plans."""

from __future__ import annotations

from handouts.compose.annex.budget import compose_budget
from handouts.compose.annex.cells import Sheet
from handouts.compose.annex.changes import compose_changes_of_years
from handouts.compose.plan_budget import compare_years
from handouts.dataset.model import Datasets


def compose_years(datasets: Datasets) -> tuple[Sheet, ...]:
    """The budget of this year beside last year's, and every changed place of the plan."""
    halves = compare_years(datasets)
    return (*compose_budget(datasets, halves), *compose_changes_of_years(datasets, halves.changes))
