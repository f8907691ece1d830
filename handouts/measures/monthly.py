"""Months: cumulative figures, rates, sums and means of a table, from the single figures that were entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from handouts.dataset.figures import round_half_up
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.monthly import Closing, MonthlySeries, MonthlyTable, RowKind
from handouts.dataset.remembered import remembered

MonthFigure: TypeAlias = Decimal | str | None
"""A figure, "-" where nothing is measured, None for a month to come."""

_SUMS: tuple[Closing, ...] = ("計", "合計")


@dataclass(frozen=True, slots=True)
class MonthlyRow:
    """One computed row: what kind it is, its twelve figures, and its closing figures, one for each closing column."""

    series: int
    year: FiscalYear
    kind: RowKind
    label: str
    figures: tuple[MonthFigure, ...]
    closing: tuple[Decimal | None, ...]
    unit: str

    @property
    def latest(self) -> tuple[int, Decimal] | None:
        """The index of the newest month with a figure, and the figure."""
        found = [(index, figure) for index, figure in enumerate(self.figures) if isinstance(figure, Decimal)]
        return found[-1] if found else None


@remembered(1024)
def compute_rows(table: MonthlyTable, populations: Mapping[str, int]) -> tuple[MonthlyRow, ...]:
    """The printed rows of a table in order; `populations` holds the eligible persons by the id of their entry.

    累計 are the single figures added up, 率 the cumulative figure ÷ eligible persons in %, both only for months
    that have come; rates and means are rounded half up to the places that the table states. The sum stands beside
    the single figures, the rate beside it once the year is whole, as 群馬支部 令和3年度上期 prints them.
    """
    rows = [row for index in range(len(table.series)) for row in _rows_of(table, index, populations)]
    if table.grouping == "種類ごと":
        kinds = list(dict.fromkeys(row.kind for row in rows))
        rows.sort(key=lambda row: kinds.index(row.kind))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class SeriesSums:
    """What a table prints of a whole series, each as far as it does: sum, what was reached, rate in %, mean."""

    total: Decimal | None
    reached: Decimal | None
    rate: Decimal | None
    mean: Decimal | None


def sums_of(table: MonthlyTable, populations: Mapping[str, int]) -> tuple[SeriesSums, ...]:
    """The sums of each series of a table, in order, out of its printed rows."""
    of_series: dict[int, dict[RowKind, MonthlyRow]] = {}
    for row in compute_rows(table, populations):
        of_series.setdefault(row.series, {})[row.kind] = row
    return tuple(_sums(table, index, of_series[index]) for index in range(len(table.series)))


def _sums(table: MonthlyTable, index: int, rows: Mapping[RowKind, MonthlyRow]) -> SeriesSums:
    series = table.series[index]
    latest = {kind: row.latest[1] for kind, row in rows.items() if row.latest}
    if series.part and series.whole:
        row = rows[table.entered]
        known = [figure for figure in (*row.closing, latest.get(row.kind)) if figure is not None]
        return SeriesSums(None, None, next(iter(known), None), None)
    first = rows[table.rows_of(series)[0]]
    closing = {} if first.kind == "率" else dict(zip(table.closing, first.closing, strict=True))
    is_stated = series.closing is not None and "累計" in closing
    return SeriesSums(
        total=next((closing[column] for column in _SUMS if column in closing), None),
        reached=closing["累計"] if is_stated else latest.get("累計", closing.get("累計")),
        rate=latest.get("率", closing.get("実施率")),
        mean=closing.get("平均"),
    )


def persons_of(series: MonthlySeries, populations: Mapping[str, int]) -> int | None:
    """The eligible persons of a series: its own, else those of its population; None where it has none."""
    return series.eligible if series.population is None else populations.get(series.population)


def cumulative(figures: Sequence[MonthFigure], opening: Decimal = Decimal(0)) -> tuple[MonthFigure, ...]:
    """The figures added up month by month from `opening`; nothing where the month has no figure."""
    reached = opening
    added: list[MonthFigure] = []
    for figure in figures:
        if isinstance(figure, Decimal):
            reached += figure
        added.append(reached if isinstance(figure, Decimal) else figure)
    return tuple(added)


def rate(part: Decimal, whole: Decimal | int, places: int) -> Decimal | None:
    """`part` ÷ `whole` in %, rounded half up; None where the whole is nothing."""
    return round_half_up(part * 100 / whole, places) if whole else None


def mean(figures: Sequence[MonthFigure], places: int) -> Decimal | None:
    """The mean of the months that have a figure, rounded half up; None where there is none."""
    known = [figure for figure in figures if isinstance(figure, Decimal)]
    return round_half_up(sum(known, Decimal(0)) / len(known), places) if known else None


def _rows_of(table: MonthlyTable, index: int, populations: Mapping[str, int]) -> Iterator[MonthlyRow]:
    series = table.series[index]
    if series.part and series.whole:
        yield _ratio_row(table, index)
        return
    eligible = persons_of(series, populations)
    entered = table.values_of(series)
    added = entered if table.entered == "累計" else cumulative(entered, series.opening or Decimal(0))
    rates = tuple(
        rate(figure, eligible, table.decimals) if isinstance(figure, Decimal) and eligible else None
        for figure in added
    )
    of_kind: Mapping[RowKind, tuple[MonthFigure, ...]] = {"単月": entered, "累計": added, "率": rates}
    printed = table.rows_of(series)
    for kind in printed:
        row = MonthlyRow(
            series=index,
            year=series.year,
            kind=kind,
            label=series.label if kind == printed[0] or table.grouping == "種類ごと" else _KIND_LABELS[kind],
            figures=of_kind[kind],
            closing=(),
            unit="%" if kind == "率" else table.unit,
        )
        yield replace(
            row, closing=tuple(_closing(row, column, table, series, eligible) for column in table.closing)
        )


_KIND_LABELS: Mapping[RowKind, str] = {"単月": "単月", "累計": "累計", "率": "率（累計）"}


def _closing(
    row: MonthlyRow, column: Closing, table: MonthlyTable, series: MonthlySeries, eligible: int | None
) -> Decimal | None:
    """The figure of a closing column: the sum and mean of single months, the rate of what was reached."""
    if row.kind == "率":
        known = [figure for figure in row.figures if isinstance(figure, Decimal)]
        return known[-1] if column in _SUMS and len(known) == len(row.figures) else None
    if row.kind != table.rows_of(series)[0]:
        return None
    if series.closing is not None and column != "実施率":
        return series.closing
    entered = table.values_of(series)
    known = [figure for figure in entered if isinstance(figure, Decimal)]
    if not known:
        return None
    if column == "平均":
        return mean(entered, table.decimals)
    reached = known[-1] if table.entered == "累計" else sum(known, Decimal(0))
    if column == "実施率":
        return rate(reached, eligible, table.decimals) if eligible else None
    carries_over = column == "累計" and table.entered == "単月"
    return reached + (series.opening or 0) if carries_over else reached


def _ratio_row(table: MonthlyTable, index: int) -> MonthlyRow:
    """The cumulative part ÷ the cumulative whole in %, month by month, and for all months in the closing columns."""
    series = table.series[index]
    by_id = {other.id: other for other in table.series if other.id}
    part, whole = (
        _added(table, by_id[name]) if name in by_id else () for name in (series.part, series.whole)
    )
    ratios = tuple(
        rate(above, below, table.decimals)
        if isinstance(above, Decimal) and isinstance(below, Decimal)
        else None
        for above, below in zip(part, whole, strict=False)
    )
    known = [ratio for ratio in ratios if ratio is not None]
    figures = table.values_of(series) if series.values else ratios or (None,) * len(table.month_order)
    closing = known[-1] if known else None
    return MonthlyRow(
        series=index,
        year=series.year,
        kind=table.entered,
        label=series.label,
        figures=figures,
        closing=tuple(closing for _ in table.closing),
        unit="%",
    )


def _added(table: MonthlyTable, series: MonthlySeries) -> tuple[MonthFigure, ...]:
    values = table.values_of(series)
    return values if table.entered == "累計" else cumulative(values)
