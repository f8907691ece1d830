"""Where a KPI stands: this year's and last year's result, and the mark that follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from handouts.dataset.fields import Mark
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import Closing, MonthlyTable
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.remembered import remembered
from handouts.measures.judgement import judge
from handouts.measures.monthly import MonthlyRow, compute_rows

_Months: TypeAlias = tuple[MonthlyTable, Sequence[MonthlyRow]]  # a table with its computed rows


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

    @property
    def rank(self) -> int | None:
        """The national rank of the KPI."""
        return self.kpi.rank


@dataclass(frozen=True, slots=True)
class Judgement:
    """The mark and the national rank that are printed of a measure."""

    mark: Mark | None
    rank: int | None


def judgement_of(entry: ProgressEntry, known: Standing | Judgement | None) -> Judgement:
    """What an entry says itself, else what is known of its KPI."""
    if known is None:
        return Judgement(entry.mark, entry.rank)
    return Judgement(entry.mark or known.mark, entry.rank or known.rank)


@remembered(8)
def standings(dataset: Dataset) -> Mapping[str, Standing]:
    """Where each KPI of the dataset stands, by id."""
    months = _months_by_kpi(dataset.tables, eligible_persons(dataset))
    return {kpi.id: _standing(kpi, dataset.fiscal_year, months.get(kpi.id, ())) for kpi in dataset.kpis}


def eligible_persons(dataset: Dataset) -> Mapping[str, int]:
    """The eligible persons of each population, by id."""
    return _eligible(dataset.populations)


@remembered(8)
def _eligible(populations: tuple[Population, ...]) -> Mapping[str, int]:
    return {population.id: population.eligible for population in populations}


def result_this_year(kpi: Kpi, dataset: Dataset) -> Decimal | str | None:
    """What came of the KPI so far in the year of the dataset; None where nothing is known yet."""
    return result_of(kpi, dataset, dataset.fiscal_year)


def result_before(kpi: Kpi, dataset: Dataset) -> Decimal | None:
    """What came of the KPI as a number in the year before; None where that is not known."""
    return _number(result_of(kpi, dataset, dataset.fiscal_year.previous))


def result_of(kpi: Kpi, dataset: Dataset, year: FiscalYear) -> Decimal | str | None:
    """What came of the KPI in a year: as entered, else the newest figure of its first monthly table that has one."""
    if year in kpi.actuals:
        return kpi.actuals[year]
    return _result(kpi, year, _months_by_kpi(dataset.tables, eligible_persons(dataset)).get(kpi.id, ()))


@remembered(8)
def _months_by_kpi(
    tables: tuple[MonthlyTable, ...], persons: Mapping[str, int]
) -> Mapping[str, Sequence[_Months]]:
    """The monthly tables of each KPI with their rows, by its id."""
    months: dict[str, list[_Months]] = {}
    for table in tables:
        if table.kpi:
            months.setdefault(table.kpi, []).append((table, compute_rows(table, persons)))
    return months


def _standing(kpi: Kpi, year: FiscalYear, months: Sequence[_Months]) -> Standing:
    actual, before = _result(kpi, year, months), _number(_result(kpi, year.previous, months))
    judged = judge(kpi, actual, before)
    return Standing(kpi, actual, before, judged, kpi.mark or judged)


def _result(kpi: Kpi, year: FiscalYear, months: Sequence[_Months]) -> Decimal | str | None:
    if year in kpi.actuals:
        return kpi.actuals[year]
    for table, all_rows in months:
        rows = [row for row in all_rows if row.year == year]
        if rows and (newest := _newest(table, rows)) is not None:
            return newest
    return None


def _number(result: Decimal | str | None) -> Decimal | None:
    return result if isinstance(result, Decimal) else None


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
    reached = None if is_percent_unit(table.unit) else _closing(table, rows, ("累計", "計", "合計"))
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
