"""One year's plan as handouts print it: its lines, and the initiatives of each topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.comparison import Span
from handouts.compose.changes import ParagraphChange, printed_text
from handouts.compose.page import NAME_TAIL, BudgetLine, Emphasis, PrintedLine, compose_runs, paragraph_style
from handouts.compose.topics import Topic, cut_topics
from handouts.dataset.budget import Initiative
from handouts.dataset.model import Dataset
from handouts.dataset.outline import pillar_indexes
from handouts.dataset.plan import Kind
from handouts.dataset.remembered import remembered
from handouts.measures.continued import ContinuedInitiatives, continued_initiatives
from handouts.measures.placeholders import resolve_topic
from handouts.measures.sources import role_of_text
from handouts.measures.wording import thousand_yen
from handouts.origin import joined_refs

PILLAR_HEADING = 2  # the handout's title is heading 1
TABLE_HEADING = PILLAR_HEADING + 1  # in a handout of several parts


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One year's plan: a line per paragraph, and per paragraph the initiatives that belong to it."""

    lines: tuple[PrintedLine, ...]
    initiatives: tuple[tuple[Initiative, ...], ...]
    topics: tuple[Topic, ...]
    pillars: tuple[int, ...]
    prefix: str
    continued: ContinuedInitiatives | None  # the same ones of last year; None: no mark for new ones

    @property
    def lowered(self) -> YearPlan:
        """The same with every heading one level lower, where the plan is only a part of the handout."""
        lines = (replace(line, heading=line.heading + 1 if line.heading else None) for line in self.lines)
        return replace(self, lines=tuple(lines))

    def budget_lines(self, topics: Sequence[Topic]) -> tuple[BudgetLine, ...]:
        """The initiatives of `topics` in the order of the plan."""
        return tuple(self._budget_line(initiative) for initiative in self.initiatives_of(topics))

    def initiatives_of(self, topics: Sequence[Topic]) -> tuple[Initiative, ...]:
        """The initiatives that belong to a paragraph of `topics`."""
        return tuple(
            i for topic in topics for group in self.initiatives[topic.start : topic.end] for i in group
        )

    def total(self, topics: Sequence[Topic]) -> int:
        """The budget of `topics` in yen."""
        return sum(initiative.amount or 0 for initiative in self.initiatives_of(topics))

    def _budget_line(self, initiative: Initiative) -> BudgetLine:
        ref = f"{self.prefix}budget:{initiative.id}"
        return BudgetLine(
            ref,
            compose_runs(initiative.name, (), "", NAME_TAIL),
            "" if initiative.amount is None else thousand_yen(initiative.amount),
            self.is_new(initiative),
            "last-year" if self.prefix else "own",
        )

    def amounts_ref(self, topics: Sequence[Topic]) -> str:
        """Where the amounts come from that are added up for `topics`."""
        return joined_refs(f"{self.prefix}budget:{one.id}.amount" for one in self.initiatives_of(topics))

    def is_new(self, initiative: Initiative) -> bool:
        """Whether （新） stands before it: as the branch says, else where last year did not have it."""
        if self.continued is None:
            return False
        return self.last_year_of(initiative) is None if initiative.new is None else initiative.new

    def last_year_of(self, initiative: Initiative) -> Initiative | None:
        """The initiative of last year that it goes on with."""
        return self.continued.partners.get(initiative.id) if self.continued else None


@remembered(4)
def compose_plan_alone(dataset: Dataset) -> YearPlan:
    """The plan of a year alone, nothing marked in it."""
    return compose_this_year(dataset, None, ())


def compose_this_year(
    dataset: Dataset, previous: Dataset | None, changes: Sequence[ParagraphChange]
) -> YearPlan:
    """This year's plan, changed characters marked, with its headings in the file's table of contents."""
    marks = {change.new: change.new_marks for change in changes if change.new is not None}
    continued = None if previous is None else continued_initiatives(dataset, previous)
    return _year_plan(dataset, marks, "changed", "", continued)


def compose_last_year(previous: Dataset, changes: Sequence[ParagraphChange]) -> YearPlan:
    """Last year's plan, dropped characters marked."""
    marks = {change.old: change.old_marks for change in changes if change.old is not None}
    return _year_plan(previous, marks, "dropped", "o", None)


def _year_plan(
    dataset: Dataset,
    marks: dict[int, tuple[Span, ...]],
    emphasis: Emphasis,
    prefix: str,
    continued: ContinuedInitiatives | None,
) -> YearPlan:
    paragraphs = dataset.plan.paragraphs
    initiatives = _initiatives_by_paragraph(dataset)
    budgeted = {paragraph.id for paragraph, group in zip(paragraphs, initiatives, strict=True) if group}
    return YearPlan(
        lines=tuple(
            _line(dataset, index, marks.get(index, ()), emphasis, prefix) for index in range(len(paragraphs))
        ),
        initiatives=initiatives,
        topics=cut_topics(paragraphs, budgeted),
        pillars=pillar_indexes(paragraphs),
        prefix=prefix,
        continued=continued,
    )


def _line(
    dataset: Dataset, index: int, marks: Sequence[Span], emphasis: Emphasis, prefix: str
) -> PrintedLine:
    paragraph = dataset.plan.paragraphs[index]
    opens = paragraph.label.startswith(dataset.numbering.kpi_head)
    heading = paragraph.level - 1 + PILLAR_HEADING if paragraph.kind is Kind.HEADING and not prefix else None
    return PrintedLine(
        ref=f"{prefix}plan:{paragraph.id}",
        style=paragraph_style(paragraph, opens),
        runs=compose_runs(printed_text(paragraph, dataset), marks, emphasis),
        heading=heading,
        role="last-year" if prefix else role_of_text(paragraph.text),
    )


def _initiatives_by_paragraph(dataset: Dataset) -> tuple[tuple[Initiative, ...], ...]:
    """For each paragraph of the plan the initiatives that name it as their topic."""
    groups: dict[str, list[Initiative]] = {paragraph.id: [] for paragraph in dataset.plan.paragraphs}
    for initiative in dataset.initiatives:
        heading = resolve_topic(initiative.topic, dataset.plan)
        if heading is not None:
            groups[heading.id].append(initiative)
    return tuple(tuple(groups[paragraph.id]) for paragraph in dataset.plan.paragraphs)
