"""Dataset to Handout: what one document says, in order, with every figure and change mark computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from handouts.compose import final_report, plan, plan_budget, progress, results
from handouts.compose.charts import Chart
from handouts.compose.page import Front
from handouts.dataset.model import Dataset, Datasets


class Handout(Protocol):
    """What the steps after composing need to know of every handout."""

    @property
    def front(self) -> Front:
        """Title, properties, day and cover."""

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart that the handout shows, each with an id of its own."""


@dataclass(frozen=True, slots=True)
class HandoutKind:
    """One kind of handout: its Japanese name and how it is composed."""

    name: str
    compose: Callable[[Datasets], Handout]


HANDOUTS: Mapping[str, HandoutKind] = {
    plan.KIND: HandoutKind("事業計画", plan.compose_plan),
    final_report.KIND: HandoutKind("事業計画の最終報告", final_report.compose_final_report),
    progress.KIND: HandoutKind("上期の実施状況", progress.compose_progress),
    results.KIND: HandoutKind("年度の実施状況", results.compose_results),
    plan_budget.KIND: HandoutKind("事業計画・予算（前年度との対比）", plan_budget.compose_plan_budget),
}

# What is built of a dataset that does not say which handouts it is for.
DEFAULT_KIND = plan_budget.KIND


def file_stem(kind: str, dataset: Dataset, handout: Handout) -> str:
    """The name of a handout's files as the team would give it: material number and title."""
    return "_".join(filter(None, (dataset.settings(kind).material, handout.front.title)))
