"""事業計画: the settled plan alone, its pillars beside their measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.compose.charts import Chart
from handouts.compose.page import (
    Box,
    Front,
    PrintedLine,
    compose_front,
    in_frames,
)
from handouts.compose.topics import Topic, topics_by_pillar
from handouts.compose.year_plan import YearPlan, compose_plan_alone
from handouts.dataset.kinds import PLAN
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.plan import Kind

# What the public documents set in a frame: the KPIs, and whom a check-up is meant for.
_FRAMED = {Kind.KPI: Kind.KPI, Kind.GROUP: Kind.GROUP, Kind.DETAIL: Kind.GROUP}


@dataclass(frozen=True, slots=True)
class PlanPillar:
    """One pillar: its heading, and its topics as lines and frames; no heading for text before the first."""

    heading: PrintedLine | None
    rows: tuple[tuple[PrintedLine | Box, ...], ...]


@dataclass(frozen=True, slots=True)
class PlanHandout:
    """The whole handout, ready to print."""

    front: Front
    pillars: tuple[PlanPillar, ...]
    charts: tuple[Chart, ...] = ()


def compose_plan(datasets: Datasets) -> PlanHandout:
    """The plan of this year's dataset; the others are not looked at."""
    dataset = datasets.this
    return PlanHandout(
        front=compose_front(dataset, PLAN),
        pillars=compose_pillars(dataset, compose_plan_alone(dataset)),
    )


def compose_pillars(dataset: Dataset, plan: YearPlan) -> tuple[PlanPillar, ...]:
    """Every pillar with its topics in order; text before the first pillar comes first."""
    return tuple(
        PlanPillar(
            heading=None if pillar is None else plan.lines[pillar],
            rows=tuple(topic_blocks(dataset, plan, topic) for topic in topics),
        )
        for pillar, topics in topics_by_pillar(plan.topics, plan.pillars).items()
    )


def topic_blocks(dataset: Dataset, plan: YearPlan, topic: Topic) -> tuple[PrintedLine | Box, ...]:
    """The lines of a topic, those of one frame together."""
    kinds = _frames([paragraph.kind for paragraph in dataset.plan.paragraphs[topic.start : topic.end]])
    return in_frames(zip(kinds, plan.lines[topic.start : topic.end], strict=True))


def _frames(kinds: Sequence[Kind]) -> list[Kind | None]:
    """The frame that each paragraph stands in; a note belongs to the frame before it."""
    frames: list[Kind | None] = []
    for kind in kinds:
        before = frames[-1] if frames else None
        frames.append(before if kind is Kind.NOTE else _FRAMED.get(kind))
    return frames
