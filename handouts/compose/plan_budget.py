"""資料2-1: next year's plan and budget beside this year's, changed words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.compose.changes import ParagraphChange, compare_datasets
from handouts.compose.charts import Chart
from handouts.compose.page import (
    Budget,
    Front,
    PrintedLine,
    Sum,
    TopicCell,
    compose_front,
    year_name,
)
from handouts.compose.topics import PillarRows, Pillars, Topic, TopicRow, pair_topics
from handouts.compose.year_plan import YearPlan, compose_last_year, compose_this_year
from handouts.dataset.kinds import PLAN_BUDGET
from handouts.dataset.model import Dataset, Datasets
from handouts.measures.wording import thousand_yen
from handouts.origin import joined_refs

_NO_PLAN = YearPlan(lines=(), initiatives=(), topics=(), pillars=(), prefix="o", continued=None)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A topic this year and last year; an empty cell where a year does not have it."""

    this_year: TopicCell
    last_year: TopicCell


@dataclass(frozen=True, slots=True)
class PillarTable:
    """One pillar: its heading of both years, its rows, and rows of sums (this year's and last year's)."""

    this_year: PrintedLine | None
    last_year: PrintedLine | None
    rows: tuple[ComparedRow, ...]
    sums: tuple[tuple[Sum, Sum], ...]


@dataclass(frozen=True, slots=True)
class ComparedYears:
    """The plans of both years, their topics beside one another under the pillars, and what changed."""

    this_year: YearPlan
    last_year: YearPlan
    tables: tuple[PillarRows, ...]
    changes: tuple[ParagraphChange, ...]


@dataclass(frozen=True, slots=True)
class PlanBudget:
    """The whole handout 資料2-1, ready to print, and the two years that it was made of."""

    front: Front
    this_year: str
    last_year: str | None
    pillars: tuple[PillarTable, ...]
    note: str
    compared: ComparedYears
    charts: tuple[Chart, ...] = ()


def compose_plan_budget(datasets: Datasets) -> PlanBudget:
    """The handout 資料2-1; with one column and a note where last year's dataset is missing."""
    dataset, previous = datasets.this, datasets.previous
    compared = compare_years(datasets)
    tables = _Tables(compared, dataset.settings(PLAN_BUDGET.id).totals, previous is not None)
    return PlanBudget(
        front=compose_front(dataset, PLAN_BUDGET),
        this_year=year_name(dataset),
        last_year=None if previous is None else year_name(previous),
        pillars=tables.pillar_tables(),
        note="" if previous is not None else _missing_note(dataset),
        compared=compared,
    )


def compare_years(datasets: Datasets) -> ComparedYears:
    """This year's plan and budget beside last year's; an empty plan where that is missing."""
    dataset, previous = datasets.this, datasets.previous
    changes = () if previous is None else compare_datasets(previous, dataset)
    this_year = compose_this_year(dataset, previous, changes)
    last_year = _NO_PLAN if previous is None else compose_last_year(previous, changes)
    pillars = Pillars(this_year.pillars, last_year.pillars)
    return ComparedYears(
        this_year, last_year, pair_topics(this_year.topics, last_year.topics, changes, pillars), changes
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """Puts the tables of the handout together."""

    compared: ComparedYears
    with_sums: bool
    with_difference: bool

    @property
    def this_year(self) -> YearPlan:
        return self.compared.this_year

    @property
    def last_year(self) -> YearPlan:
        return self.compared.last_year

    def pillar_tables(self) -> tuple[PillarTable, ...]:
        tables = self.compared.tables
        all_rows = [row for table in tables for row in table.rows]
        made = [self._pillar_table(table, self._closing_sums("分野の計", table.rows)) for table in tables]
        if made:
            made[-1] = replace(made[-1], sums=made[-1].sums + self._closing_sums("予算の合計", all_rows))
        return tuple(made)

    def _pillar_table(self, table: PillarRows, sums: tuple[tuple[Sum, Sum], ...]) -> PillarTable:
        return PillarTable(
            this_year=None if table.new is None else self.this_year.lines[table.new],
            last_year=None if table.old is None else self.last_year.lines[table.old],
            rows=tuple(self._row(row) for row in table.rows),
            sums=sums,
        )

    def _row(self, row: TopicRow) -> ComparedRow:
        new = (row.new,) if row.new else ()
        this_year = self._cell(self.this_year, new)
        last_year = self._cell(self.last_year, row.old)
        if self.with_sums and self.with_difference and (this_year.budget.lines or last_year.budget.lines):
            difference = thousand_yen(self._difference([row]))
            this_year = _with_sum(this_year, Sum("増減", difference, joined_refs(self._refs([row]))))
        return ComparedRow(this_year, last_year)

    def _cell(self, plan: YearPlan, topics: Sequence[Topic]) -> TopicCell:
        lines = tuple(line for topic in topics for line in plan.lines[topic.start : topic.end])
        budget = plan.budget_lines(topics)
        cell = TopicCell(lines, Budget(budget))
        if self.with_sums and len(budget) > 1:
            amount, ref = thousand_yen(plan.total(topics)), plan.amounts_ref(topics)
            cell = _with_sum(cell, Sum("小計", amount, ref, "last-year" if plan.prefix else "computed"))
        return cell

    def _refs(self, rows: Sequence[TopicRow]) -> tuple[str, str]:
        """Where the budgets of this year and last year come from."""
        new = [row.new for row in rows if row.new is not None]
        old = [topic for row in rows for topic in row.old]
        return self.this_year.amounts_ref(new), self.last_year.amounts_ref(old)

    def _amounts(self, rows: Sequence[TopicRow]) -> tuple[int, int]:
        """The budgets of this year and last year in yen."""
        new = [row.new for row in rows if row.new is not None]
        return self.this_year.total(new), self.last_year.total([topic for row in rows for topic in row.old])

    def _difference(self, rows: Sequence[TopicRow]) -> int:
        this_year, last_year = self._amounts(rows)
        return this_year - last_year

    def _closing_sums(self, name: str, rows: Sequence[TopicRow]) -> tuple[tuple[Sum, Sum], ...]:
        """The row of sums under a pillar or under all; none where neither year has a budget there."""
        this_year, last_year = self._amounts(rows)
        if not self.with_sums or not (this_year or last_year):
            return ()
        change = f"（増減 {thousand_yen(this_year - last_year)}）" if self.with_difference else ""
        new, old = self._refs(rows)
        both = joined_refs((new, old)) if change else ""
        closing = Sum(name + change, thousand_yen(this_year), new, name_ref=both)
        return ((closing, Sum(name, thousand_yen(last_year), old, "last-year")),)


def _with_sum(cell: TopicCell, added: Sum) -> TopicCell:
    return replace(cell, budget=replace(cell.budget, sums=(*cell.budget.sums, added)))


def _missing_note(dataset: Dataset) -> str:
    year = dataset.fiscal_year.previous.text(dataset.year_form)
    return f"※{year}のデータがないため、前年度との対比と変更箇所の印は載せていません。"
