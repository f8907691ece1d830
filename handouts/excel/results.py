"""What the formulas of the input workbook give, computed by the program itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from handouts.dataset.columns import plain
from handouts.dataset.model import Dataset
from handouts.dataset.reading import entry_refs
from handouts.excel.series_formulas import rule_text
from handouts.excel.sheets import EXECUTION, MARK, MEAN, RATE, REACHED, RULE, TOTAL
from handouts.measures.execution import execution_of, execution_of_field
from handouts.measures.kpis import eligible_persons, standings
from handouts.measures.monthly import sums_of


@dataclass(frozen=True, slots=True)
class Result:
    """What a computed cell shows: a figure, of percents as they are printed, or a text."""

    value: Decimal | str
    is_percent: bool = False


Results: TypeAlias = Mapping[str, Mapping[str, Result]]


def results_of(dataset: Dataset) -> Results:
    """The results by the ref of the entry and the heading of the computed column; what a row does not show is left out."""
    return dict(_all(dataset))


def _all(dataset: Dataset) -> Iterator[tuple[str, Mapping[str, Result]]]:
    yield from _budget(dataset)
    marks = standings(dataset)
    for kpi, ref in zip(dataset.kpis, entry_refs("kpi", (kpi.id for kpi in dataset.kpis)), strict=True):
        judged = marks[kpi.id].judged
        yield ref, {MARK.heading: Result(str(judged))} if judged else {}
    persons = eligible_persons(dataset)
    tables = dataset.tables
    for table, ref in zip(tables, entry_refs("monthly", (table.id for table in tables)), strict=True):
        yield ref, {RULE.heading: Result(rule_text(table, table.rows or (table.entered,)))}
        for number, sums in enumerate(sums_of(table, persons), 1):
            is_percent = plain(table.unit) == "%"
            figures = {
                TOTAL: (sums.total, is_percent),
                REACHED: (sums.reached, is_percent),
                RATE: (sums.rate, True),
                MEAN: (sums.mean, is_percent),
            }
            known = {
                column.heading: Result(value, percent)
                for column, (value, percent) in figures.items()
                if value is not None
            }
            rule = Result(rule_text(table, table.rows_of(table.series[number - 1])))
            yield f"{ref}.series[{number}]", {**known, RULE.heading: rule}


def _budget(dataset: Dataset) -> Iterator[tuple[str, Mapping[str, Result]]]:
    initiatives, fields = dataset.initiatives, dataset.fields
    refs = entry_refs("budget", (one.id for one in initiatives))
    for initiative, ref in zip(initiatives, refs, strict=True):
        has_both = initiative.amount is not None and initiative.executed is not None
        rate = execution_of(initiative).rate if has_both else None
        yield ref, {} if rate is None else {EXECUTION.heading: Result(rate, is_percent=True)}
    for field, ref in zip(fields, entry_refs("field", (one.id for one in fields)), strict=True):
        execution = execution_of_field(field, initiatives)
        rate = execution.rate if field.executed is not None or execution.executed else None
        yield ref, {} if rate is None else {EXECUTION.heading: Result(rate, is_percent=True)}
