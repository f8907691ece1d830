"""A rule on months whose figure has a digit too many or too few."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from statistics import median

from handouts.checks.entered import place_of_month, series_of, with_refs
from handouts.checks.monthly import is_cumulative_count, row_name
from handouts.dataset.figures import places_of, round_half_up
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.typed_text import bare
from handouts.findings import Finding, Place, Rule
from handouts.measures.wording import number_text

# One digit more is ten times; from half of that on, and apart from all other months, a figure is looked at.
_FAR, _APART = 5, 3
_FEWEST = 4  # other months that say what is usual
_SMALL = 20  # below, figures of persons or cases may well be ten times more in a month
# Greatest by least of the other months, where no year before says that a month is always different.
_STEADY = 10
MONTH_FAR_OFF = Rule(
    "months.far-from-others",
    "{row}の{month}の {figure} は、ほかの月と桁が違います",
    "ほかの月の中央値は {usual} です",
    "桁を確かめてください",
    "warning",
)


def check_far_months(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A month about ten times, or a tenth, of the others of its row, and of the same month of the years beside."""
    for table, ref in with_refs("monthly", dataset.tables):
        months = [_months_of(table, series) for series in table.series]
        for number, (series, series_ref) in enumerate(series_of(table, ref)):
            if _are_near(months[number].values()):
                continue
            beside = _years_beside(table, series)
            for index, figure in months[number].items():
                others = [value for other, value in months[number].items() if other != index]
                then = [months[year][index] for year in beside if index in months[year]]
                if _is_far(figure, others, then, _is_steady(others, table)):
                    typed = table.values_of(series)[index]
                    yield MONTH_FAR_OFF.at(
                        place_of_month(series_ref, table, index, places),
                        row=row_name(table, series, dataset),
                        month=f"{table.month_order[index]}月",
                        figure=number_text(typed),
                        usual=number_text(round_half_up(typed * median(others) / figure, places_of(typed))),
                    )


def _months_of(table: MonthlyTable, series: MonthlySeries) -> dict[int, Decimal]:
    """The figures of a row by month; of counts that were added up, what each month has of them on average."""
    values = enumerate(table.values_of(series))
    figures = {index: value for index, value in values if isinstance(value, Decimal)}
    if not figures or not is_cumulative_count(table):
        return figures
    start = min(figures) - 1
    return {index: value / (index - start) for index, value in figures.items()}


def _years_beside(table: MonthlyTable, series: MonthlySeries) -> list[int]:
    """Which series of the table have the same figures of the year before and after."""
    return [
        number
        for number, one in enumerate(table.series)
        if abs(one.year.year - series.year.year) == 1
        and _without_year(one.label) == _without_year(series.label)
    ]


def _without_year(label: str) -> str:
    return re.sub("(?:令和|平成|R|H)?[0-9元]+(?:年度?)?", "", bare(label))


def _are_near(figures: Collection[Decimal]) -> bool:
    """Whether none is far from any other, so that nothing needs to be compared; so it is in nearly every row."""
    return len(figures) <= _FEWEST or 0 < min(figures) <= max(figures) < _FAR * min(figures)


def _is_steady(others: list[Decimal], table: MonthlyTable) -> bool:
    """Whether months of the row are alike by themselves: neither seasonal nor rates that have yet to grow."""
    grows = table.entered == "累計" and not is_cumulative_count(table)
    return bool(others) and not grows and min(others) > 0 and max(others) <= _STEADY * min(others)


def _is_far(figure: Decimal, others: list[Decimal], then: list[Decimal], is_steady: bool) -> bool:
    """Whether a figure is a digit off from all others; `then` is the same month of the years beside."""
    is_count = all(one == one.to_integral_value() for one in (figure, *others))
    if len(others) < _FEWEST or (is_count and median(others) < _SMALL) or not (then or is_steady):
        return False
    usual = [median(others), *then]
    # Of what is below zero nobody can say that it has a digit more.
    is_more = 0 <= max(usual) < figure and figure >= _FAR * max(usual) and figure >= _APART * max(others)
    return is_more or (0 < figure * _FAR <= min(usual) and figure * _APART <= min(others))
