"""The columns of a table in its sheets: those of years as a dataset needs them, those of months in the order of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handouts.dataset.columns import Column
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset
from handouts.excel.sheets import MARCH_SHEET, Head, SheetTable


def heads_of(table: SheetTable, dataset: Dataset, sheet: str = "") -> tuple[Head, ...]:
    """The columns of a table in one of its sheets, those by year for all years that the dataset has and will need."""
    heads: list[Head] = []
    for column in _from_march(table.columns) if sheet == MARCH_SHEET else table.columns:
        years = _years(column.key[0], dataset) if column.by_year else [None]
        heads += [Head(column, year) for year in years]
    return tuple(heads)


def _from_march(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns with March before the months, which begin with April otherwise."""
    *months, march = (column for column in columns if column.key[:1] == ("values",))
    for column in columns:
        if column == months[0]:
            yield march
        if column != march:
            yield column


def _years(key: str, dataset: Dataset) -> Sequence[FiscalYear]:
    """The years of a mapping of the KPIs: those that are there, and those in which figures are expected."""
    this = dataset.fiscal_year
    expected = {
        "targets": [FiscalYear(this.year + 1)],
        "actuals": [FiscalYear(this.year - 2), this.previous, this],
        "averages": [this],
    }[key]
    return sorted({*expected, *(year for kpi in dataset.kpis for year in getattr(kpi, key))})
