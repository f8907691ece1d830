"""The annex (別紙) of a handout: a workbook of what its figures are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from handouts.compose import final_report, kpi_tables, plan, plan_budget, progress, results, tallies
from handouts.compose.annex.cells import Annex, Sheet
from handouts.compose.annex.changes import compose_changes_of_editions
from handouts.compose.annex.execution import compose_execution
from handouts.compose.annex.kpis import (
    compose_results,
    compose_targets,
    compose_targets_of_editions,
    compose_targets_of_years,
)
from handouts.compose.annex.monthly import compose_months
from handouts.compose.annex.years import compose_years
from handouts.compose.page import Front
from handouts.dataset.model import Datasets

SheetComposer: TypeAlias = Callable[[Datasets], tuple[Sheet, ...]]

# The sheets of each kind of handout, in order; one that has nothing to say is left out.
SHEETS: Mapping[str, Sequence[SheetComposer]] = {
    plan.KIND: (compose_targets,),
    plan_budget.KIND: (compose_targets_of_years, compose_years),
    final_report.KIND: (compose_targets_of_editions, compose_changes_of_editions),
    progress.KIND: (
        partial(compose_results, meanings=tallies.MEANINGS, with_entries=True),
        compose_months,
        partial(compose_execution, by_topic=True),
    ),
    results.KIND: (
        partial(compose_results, meanings=kpi_tables.MEANINGS, worded=kpi_tables.DONE),
        compose_months,
        partial(compose_execution, by_topic=False),
    ),
}


def compose_annex(kind: str, datasets: Datasets, front: Front) -> Annex | None:
    """The annex of a handout of this kind with this front; None where the dataset has no figures for it."""
    sheets = tuple(sheet for compose in SHEETS[kind] for sheet in compose(datasets))
    if not sheets:
        return None
    return Annex(
        title=f"{front.title}（別紙）",
        author=front.author,
        subject=front.subject,
        identifier=front.identifier,
        material=datasets.this.settings(kind).material,
        sheets=sheets,
    )
