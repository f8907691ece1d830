"""Where a KPI stands: this year's and last year's result, and the mark that follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from handouts.dataset.entry import Mark
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset, Kpi
from handouts.dataset.monthly import Closing, MonthlyTable
from handouts.measures.judgement import judge
from handouts.measures.monthly import MonthlyRow, compute_rows


@dataclass(frozen=True, slots=True)
class Standing:
    """A KPI's result this year and the year before, in its unit, and its mark.

    `judged` is the mark by the rule, None where the rule cannot tell; `mark` the one that is printed.
    """

    kpi: Kpi
    actual: Decimal | str | None
    before: Decimal | None
    judged: Mark | None
    mark: Mark | None


def standings(dataset: Dataset) -> Mapping[str, Standing]:
    """Where each KPI of the dataset stands, by id."""
    return {kpi.id: _standing(kpi, dataset) for kpi in dataset.kpis}


def eligible_persons(dataset: Dataset) -> Mapping[str, int]:
    """The eligible persons of each population, by id."""
    return {population.id: population.eligible for population in dataset.populations}


def result_this_year(kpi: Kpi, dataset: Dataset) -> Decimal | str | None:
    """What came of the KPI so far in the year of the dataset; None where nothing is known yet."""
    return result_of(kpi, dataset, dataset.fiscal_year)


def result_before(kpi: Kpi, dataset: Dataset) -> Decimal | None:
    """What came of the KPI as a number in the year before; None where that is not known."""
    before = result_of(kpi, dataset, dataset.fiscal_year.previous)
    return before if isinstance(before, Decimal) else None


def result_of(kpi: Kpi, dataset: Dataset, year: FiscalYear) -> Decimal | str | None:
    """What came of the KPI in a year: as entered, else the newest figure of its first monthly table that has one."""
    if year in kpi.actuals:
        return kpi.actuals[year]
    for table in dataset.tables:
        if table.kpi == kpi.id:
            rows = [row for row in compute_rows(table, eligible_persons(dataset)) if row.year == year]
            if rows and (newest := _newest(table, rows)) is not None:
                return newest
    return None


def _standing(kpi: Kpi, dataset: Dataset) -> Standing:
    actual, before = result_this_year(kpi, dataset), result_before(kpi, dataset)
    judged = judge(kpi, actual, before)
    return Standing(kpi, actual, before, judged, kpi.mark or judged)


def _newest(table: MonthlyTable, rows: list[MonthlyRow]) -> Decimal | None:
    """The figure that says where the year stands: a rate, else what was reached by adding up, else the newest month."""
    for row in rows:
        if table.series[row.series].part:
            closing = next((figure for figure in row.closing if figure is not None), None)
            return _latest(row) if closing is None else closing
    by_kind = {row.kind: row for row in reversed(rows)}
    if "率" in by_kind:
        return _latest(by_kind["率"])
    if (executed := _closing(table, rows, ("実施率",))) is not None:
        return executed
    stated = next((table.series[row.series].closing for row in rows), None)
    if stated is not None:
        return stated
    if "累計" in by_kind:
        return _latest(by_kind["累計"])
    reached = None if table.unit == "%" else _closing(table, rows, ("累計", "計", "合計"))
    return _latest(rows[0]) if reached is None else reached


def _closing(table: MonthlyTable, rows: list[MonthlyRow], columns: tuple[Closing, ...]) -> Decimal | None:
    """The first figure in one of these closing columns."""
    found = (
        figure
        for row in rows
        for column, figure in zip(table.closing, row.closing, strict=True)
        if column in columns and figure is not None
    )
    return next(found, None)


def _latest(row: MonthlyRow) -> Decimal | None:
    return row.latest[1] if row.latest else None
