"""Rules on the figures of months: none of a month to come, no gap, no rate above 100%, no count that falls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from handouts.checks.entered import place_of_month, series_of, with_refs
from handouts.dataset.declared import EMPTY, Terms, terms_of
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MONTHS, MonthlySeries, MonthlyTable
from handouts.dataset.reading import place_of
from handouts.dataset.schemas import MonthlyFile
from handouts.dataset.stored import MONTHLY_FILE
from handouts.findings import ByForm, Finding, ListTerm, Place, Rule
from handouts.measures.kpis import eligible_persons
from handouts.measures.monthly import MonthlyRow, compute_rows
from handouts.measures.wording import number_text

_LAST_OF_YEAR = 3  # March
_WHOLE = 100
# What the caption of a table of means or rates says; such figures may fall from month to month.
_MEANS = re.compile("率|割合|平均|[当あ]たり")

_FILE = Terms(MonthlyFile, ListTerm("monthly", MONTHLY_FILE, "会議"))
_TABLE, _SERIES = terms_of(MonthlyTable), terms_of(MonthlySeries)
_EARLY = "{row}の、まだ来ていない{months}に {figure} が入っています"
_LEAVE_EMPTY = "来ていない月は{empty}にしてください"
YEAR_TO_COME = Rule(
    "months.year-to-come", _EARLY, "このデータは{this_year}のものです", _LEAVE_EMPTY, empty=EMPTY
)
MONTH_TO_COME = Rule(
    "months.month-to-come",
    _EARLY,
    "数があるのは、{as_of} に書いた{stated}までです",
    _LEAVE_EMPTY,
    empty=EMPTY,
)
GAP = Rule(
    "months.gap",
    "{row}の{months}が空です",
    remedy="数を書くか、数えない月なら - と書いてください",
    severity="warning",
)
ENDS_EARLY = Rule(
    "months.ends-early",
    "表「{table}」の今年度の数は{newest}までで、{expected}の数がありません",
    "{as_of} は{stated}です",
    ByForm(
        "数を足すか、この表に「as_of: {newest}」と書いてください",
        "数を足すか、この表の{field}に「{newest}」と書いてください",
    ),
    "warning",
    field=_TABLE("as_of"),
)
_ABOVE_100 = "{row}の率 {rate}% は100%を超えています"
RATE_ABOVE_100 = Rule("months.rate-above-100", _ABOVE_100, remedy="数を確かめてください", severity="warning")
COMPUTED_RATE_ABOVE_100 = Rule(
    "months.computed-rate-above-100",
    _ABOVE_100,
    remedy="対象者数と1か月の数を確かめてください",
    severity="warning",
)
FALLING_COUNT = Rule(
    "months.falling-count",
    "{row}の{month}の累計 {figure} が、前の月の {before} より減っています",
    remedy="1か月の数を書いたのなら、{entered} を 単月 にしてください。累計なら数を確かめてください",
    severity="warning",
    entered=_TABLE.on_its_sheet("entered", "表の entered"),
)
DOUBLE_ROW = Rule(
    "months.double-row",
    "{row}が2つあります{first:1つ目}",
    "年度も名前も同じ行は、見分けが付きません",
    "年度{year:bracket}を直すか、行の名前{label:bracket}を分けてください",
    year=_SERIES("year"),
    label=_SERIES("label"),
)


def row_name(table: MonthlyTable, series: MonthlySeries, dataset: Dataset) -> str:
    """What a message calls a row: 表「受診率」の令和3年度「受診者数」の行."""
    year = series.year.text(dataset.year_form)
    return f"表「{table.caption}」の{year}{f'「{series.label}」' if series.label else ''}の行"


def is_cumulative_count(table: MonthlyTable) -> bool:
    """Whether the entered figures are counts added up; means and rates may fall."""
    if table.entered != "累計" or is_percent_unit(table.unit) or _MEANS.search(table.caption):
        return False
    figures = (figure for series in table.series for _, figure in _figures(table.values_of(series)))
    return all(figure == figure.to_integral_value() for figure in figures)


def check_months_to_come(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A figure, often 0, in a month that has not come yet."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            rule = YEAR_TO_COME if series.year > dataset.fiscal_year else MONTH_TO_COME
            come = _months_come(table, series.year, dataset)
            early = {
                index: figure
                for index, figure in enumerate(table.values_of(series))
                if index >= (MONTHS if come is None else come) and isinstance(figure, Decimal)
            }
            for is_zero in (True, False):
                if found := [index for index, figure in early.items() if (figure == 0) is is_zero]:
                    yield rule.at(
                        place_of_month(series_ref, table, found[0], places),
                        row=row_name(table, series, dataset),
                        months=_months(table, found),
                        figure="0" if is_zero else number_text(early[found[0]]),
                        this_year=dataset.fiscal_year.text(dataset.year_form),
                        as_of=_as_of(table),
                        stated=f"{table.as_of or dataset.as_of}月",
                    )


def check_gaps(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A month without a figure between others, or at the end of a year that is over."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            values = table.values_of(series)
            known = [index for index, value in enumerate(values) if isinstance(value, Decimal)]
            if not known or series.part:
                continue
            first = next(index for index, value in enumerate(values) if value is not None)
            last = MONTHS - 1 if series.year < dataset.fiscal_year else known[-1]
            if found := [index for index in range(first, last + 1) if values[index] is None]:
                place = place_of_month(series_ref, table, found[0], places)
                yield GAP.at(place, row=row_name(table, series, dataset), months=_months(table, found))


def check_newest_month(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A table whose figures of this year end before the month up to which they are said to be there."""
    for table, ref in with_refs("monthly", dataset.tables):
        come = _months_come(table, dataset.fiscal_year, dataset)
        rows = [table.values_of(series) for series in table.series if series.year == dataset.fiscal_year]
        written = [index for row in rows for index, value in enumerate(row) if value is not None]
        if come is not None and written and max(written) < come - 1:
            newest, expected = (f"{table.month_order[index]}月" for index in (max(written), come - 1))
            yield ENDS_EARLY.at(
                place_of(ref, places),
                table=table.caption,
                newest=newest,
                expected=expected,
                as_of=_as_of(table),
                stated=f"{table.as_of or dataset.as_of}月",
            )


def check_rates_above_100(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A rate above 100%, entered or computed: one for each row."""
    populations = eligible_persons(dataset)
    for table, ref in with_refs("monthly", dataset.tables):
        rows = compute_rows(table, populations)
        for number, (series, series_ref) in enumerate(series_of(table, ref)):
            entered = _entered_above(table, series)
            computed = [row for row in rows if row.series == number and _rates_above(row, table)]
            if entered is None and not computed:
                continue
            index, rate = (None, _rates_above(computed[0], table)[0]) if entered is None else entered
            place = place_of(series_ref, places)
            if index is not None:
                place = place_of_month(series_ref, table, index, places)
            rule = COMPUTED_RATE_ABOVE_100 if entered is None else RATE_ABOVE_100
            yield rule.at(place, row=row_name(table, series, dataset), rate=number_text(rate))


def check_falling_counts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An entered cumulative count that is lower than the month before."""
    for table, ref in with_refs("monthly", dataset.tables):
        if not is_cumulative_count(table):
            continue
        for series, series_ref in series_of(table, ref):
            for (_, before), (index, figure) in pairwise(_figures(table.values_of(series))):
                if figure < before:
                    yield FALLING_COUNT.at(
                        place_of_month(series_ref, table, index, places),
                        row=row_name(table, series, dataset),
                        month=f"{table.month_order[index]}月",
                        figure=number_text(figure),
                        before=number_text(before),
                    )


def check_double_rows(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Two series of a table with the same year and the same name."""
    for table, ref in with_refs("monthly", dataset.tables):
        first: dict[tuple[FiscalYear, str], str] = {}
        for series, series_ref in series_of(table, ref):
            before = first.setdefault((series.year, series.label), series_ref)
            if before != series_ref:
                place = place_of(series_ref, places)
                first_place = place_of(before, places)
                yield DOUBLE_ROW.at(place, row=row_name(table, series, dataset), first=first_place)


def _months_come(table: MonthlyTable, year: FiscalYear, dataset: Dataset) -> int | None:
    """How many months of a year of the table have come; None where nobody says it."""
    if year != dataset.fiscal_year:
        return MONTHS if year < dataset.fiscal_year else 0
    if table.as_of is not None:
        return table.month_order.index(table.as_of) + 1
    if dataset.as_of is None:
        return None
    # At the end of the year all is there, also in tables that begin with the March before.
    return MONTHS if dataset.as_of == _LAST_OF_YEAR else table.month_order.index(dataset.as_of) + 1


def _as_of(table: MonthlyTable) -> ByForm:
    """Where it is written up to which month the figures of the table are there."""
    return (_FILE if table.as_of is None else _TABLE).on_its_sheet("as_of", "as_of")


def _months(table: MonthlyTable, indexes: Sequence[int]) -> tuple[str, ...]:
    return tuple(f"{table.month_order[index]}月" for index in indexes)


def _figures(values: Sequence[object]) -> list[tuple[int, Decimal]]:
    return [(index, value) for index, value in enumerate(values) if isinstance(value, Decimal)]


def _entered_above(table: MonthlyTable, series: MonthlySeries) -> tuple[int | None, Decimal] | None:
    """The first entered rate above 100, and its month if it has one."""
    if not is_percent_unit(table.unit):
        return None
    for index, figure in _figures(table.values_of(series)):
        if figure > _WHOLE:
            return index, figure
    is_above = series.closing is not None and series.closing > _WHOLE
    return (None, series.closing) if series.closing is not None and is_above else None


def _rates_above(row: MonthlyRow, table: MonthlyTable) -> list[Decimal]:
    """The computed rates of a row that are above 100."""
    is_rate = row.kind == "率" or bool(table.series[row.series].part)
    figures = [figure for _, figure in _figures(row.figures)] if is_rate else []
    figures += [
        figure
        for column, figure in zip(table.closing, row.closing, strict=True)
        if figure is not None and (is_rate or column == "実施率")
    ]
    return [figure for figure in figures if figure > _WHOLE]
