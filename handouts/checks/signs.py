"""Rules on figures that cannot be: below zero where persons or shares are counted, and rates of many times the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from handouts.checks.entered import place_of_month, place_of_year, series_of, with_refs
from handouts.checks.monthly import row_name
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.reading import place_of
from handouts.dataset.typed_text import in_one_width
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.wording import number_text, result_text

# What the name or unit of a figure says that may be below zero.
_DIFFERENCES = ("差", "増減", "増加", "減少", "伸び", "変化", "ポイント", "収支", "前年比", "前年度比")
_MAY_BE = f"負の数になりうるのは、名称か単位に {'、'.join(_DIFFERENCES)} のどれかがあるものだけです"
_MEND = "数を確かめて、書き直してください"
NEGATIVE_KPI = Rule("kpi.negative", "KPI「{name}」の{what} {figure}は負の数です", _MAY_BE, _MEND)
NEGATIVE_FIGURE = Rule("months.negative", "{row}の{what} {figure}は負の数です", _MAY_BE, _MEND)
RATE_TOO_LARGE = Rule(
    "kpi.rate-too-large",
    "KPI「{name}」の{what} {figure}は、率として大きすぎます",
    ByForm("", "率（%）の書式のセルでは、0.656 が 65.6% になります"),
    ByForm(_MEND, "65.6% のように、% を付けて打ち直してください"),
)
TARGET_ABOVE_100 = Rule(
    "kpi.target-above-100",
    "KPI「{name}」の目標 {figure}は100%を超えています",
    remedy="数を確かめてください",
    severity="warning",
)
_WHOLE, _MANY_TIMES = 100, 1000
_SUMS = ("計", "合計", "累計")


def check_kpi_figures(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A target, result or average below zero where there can be none, or a rate of ten times the whole or more."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        may_be = _is_difference(f"{kpi.name}{kpi.unit}")
        for what, figure, key, year in _figures(kpi):
            for rule in _rules_against(kpi, what, figure, may_be):
                # Only now, as all places are looked through for that of a year.
                place = (
                    place_of_year(f"{ref}.{key}", year, places) if year else place_of(f"{ref}.{key}", places)
                )
                yield rule.at(place, name=kpi.name, what=what, figure=result_text(kpi, figure))


def _rules_against(kpi: Kpi, what: str, figure: Decimal, may_be_negative: bool) -> Iterator[Rule]:
    """The kinds of findings that a figure of a KPI is."""
    if figure < 0 and not may_be_negative:
        yield NEGATIVE_KPI
    if is_percent_unit(kpi.unit) and abs(figure) >= _MANY_TIMES:
        yield RATE_TOO_LARGE
    elif is_percent_unit(kpi.unit) and figure > _WHOLE and what == "目標":
        yield TARGET_ABOVE_100


def check_monthly_figures(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A month below zero where it takes nothing back that was counted before; and what is carried over or closes a row."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            if _is_difference(f"{table.caption}{table.head}{series.label}{table.unit}"):
                continue
            row = row_name(table, series, dataset)
            for index, figure in _below_zero(table, series):
                place = place_of_month(series_ref, table, index, places)
                month = f"{table.month_order[index]}月"
                yield NEGATIVE_FIGURE.at(place, row=row, what=month, figure=_text(table, figure))
            for key, what in (("opening", "引き継ぐ数"), ("closing", "右端の数")):
                figure = getattr(series, key)
                if figure is not None and figure < 0:
                    place = place_of(f"{series_ref}.{key}", places)
                    yield NEGATIVE_FIGURE.at(place, row=row, what=what, figure=_text(table, figure))


def _figures(kpi: Kpi) -> Iterator[tuple[str, Decimal, str, FiscalYear | None]]:
    """Every figure of a KPI, what it is called, its key and its year, None for the target of this year."""
    if isinstance(kpi.target, Decimal):
        yield "目標", kpi.target, "target", None
    for year, result in kpi.actuals.items():
        if isinstance(result, Decimal):
            yield "実績", result, "actuals", year
    for year, average in kpi.averages.items():
        yield "全国平均", average, "averages", year
    for year, lines in kpi.targets.items():
        for found in filter(None, (re.match("[△▲−-]([0-9.]+)", in_one_width(line)) for line in lines)):
            if found[1].replace(".", "", 1).isdecimal():
                yield "目標", -Decimal(found[1]), "targets", year


def _below_zero(table: MonthlyTable, series: MonthlySeries) -> Iterator[tuple[int, Decimal]]:
    """The months below zero; where months are added up, those by which the sum is below zero too.

    A branch counts so who joined and left: 委嘱数 and 新規登録 of the public documents have months below zero.
    """
    rows = table.rows_of(series)
    is_sum = "累計" in rows or any(closing in _SUMS for closing in table.closing)
    is_share = is_percent_unit(table.unit) or "率" in rows or table.entered == "累計"
    total = series.opening or Decimal(0)
    for index, figure in enumerate(table.values_of(series)):
        if isinstance(figure, Decimal):
            total += figure
            if figure < 0 and (is_share or not is_sum or total < 0):
                yield index, figure


def _is_difference(text: str) -> bool:
    return any(word in text for word in _DIFFERENCES)


def _text(table: MonthlyTable, figure: Decimal) -> str:
    return f"{number_text(figure)}{table.unit}"
