"""Rules on the figure at the right end of a row: entered where it cannot be computed, and only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from handouts.checks.entered import has_figures, series_of, with_refs
from handouts.checks.monthly import row_name
from handouts.dataset.declared import terms_of
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import Closing, MonthlySeries, MonthlyTable
from handouts.dataset.reading import place_of
from handouts.findings import ByForm, Edit, Finding, Place, Rule
from handouts.measures.monthly import compute_rows
from handouts.measures.wording import number_text

_SUMS: tuple[Closing, ...] = ("計", "合計", "累計")
_TABLE, _CLOSING = terms_of(MonthlyTable), terms_of(MonthlySeries)("closing")
CLOSING_MISSING = Rule(
    "months.closing-missing",
    "{row}は率なので、右端の{column}を計算できません",
    "率は足し合わせられません",
    ByForm(
        "その数を closing に書いてください（例 closing: 97.0）",
        "その数を{closing}に書いてください（例 97.0）",
    ),
    closing=_CLOSING,
)
CLOSING_UNPRINTED = Rule(
    "months.closing-unprinted",
    "{row}の {closing} は印刷されません",
    "",
    "{columns} に欄の名前を足すか、消してください",
    "warning",
    closing=_CLOSING,
    columns=_TABLE.on_its_sheet("closing", "表の closing"),
)
CLOSING_TWICE = Rule(
    "months.closing-in-two-columns",
    "{row}の {closing} が、{names}の欄に同じ数で印刷されます",
    "計算できない欄が1つのときだけ書きます",
    "{columns}を1つにしてください",
    "warning",
    closing=_CLOSING,
    columns=_TABLE.on_its_sheet("closing", "表の右端の欄"),
)
CLOSING_WRONG = Rule(
    "months.closing-wrong",
    "{row}の {closing} {figure} が、{column}の計算と合いません",
    "計算では {computed} です",
    "{closing} を消せば、計算した数が印刷されます",
    closing=_CLOSING,
)
CLOSING_NOT_NEEDED = Rule(
    "months.closing-not-needed",
    "{row}の {closing} は計算できるので要りません",
    "",
    "{closing} を消してください",
    "warning",
    closing=_CLOSING,
)


def check_closings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A closing figure that is missing where it cannot be computed, or entered where it can be."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            if series.part:
                continue
            row = row_name(table, series, dataset)
            if series.closing is None:
                yield from _missing(table, series, place_of(series_ref, places), row)
            else:
                yield from _entered(table, series, place_of(f"{series_ref}.closing", places), row, series_ref)


def _missing(table: MonthlyTable, series: MonthlySeries, place: Place, row: str) -> Iterator[Finding]:
    """Single months in % cannot be added up."""
    sums = _sums(table)
    is_rate = is_percent_unit(table.unit) and table.entered == "単月"
    if sums and is_rate and has_figures(table, series):
        yield CLOSING_MISSING.at(place, row=row, column=sums[0])


def _entered(
    table: MonthlyTable, series: MonthlySeries, place: Place, row: str, ref: str
) -> Iterator[Finding]:
    columns, sums = _columns(table), _sums(table)
    if not columns:
        yield CLOSING_UNPRINTED.at(place, row=row)
    if len(columns) > 1:
        yield CLOSING_TWICE.at(place, row=row, names="と".join(columns))
    if not sums or is_percent_unit(table.unit) or not has_figures(table, series):
        return
    assert series.closing is not None
    computed = _sum_of(table, series, sums[0])
    if series.closing == computed:
        yield CLOSING_NOT_NEEDED.at(place, mend=Edit(ref, "closing", None), row=row)
    else:
        figure, expected = map(number_text, (series.closing, computed))
        yield CLOSING_WRONG.at(place, row=row, column=sums[0], figure=figure, computed=expected)


def _columns(table: MonthlyTable) -> list[Closing]:
    """The closing columns that print what was entered."""
    return [column for column in dict.fromkeys(table.closing) if column != "実施率"]


def _sums(table: MonthlyTable) -> list[Closing]:
    return [column for column in _columns(table) if column in _SUMS]


def _sum_of(table: MonthlyTable, series: MonthlySeries, column: Closing) -> Decimal:
    """What the figures of a row add up to in a closing column."""
    bare = series.model_copy(update={"closing": None, "rows": (table.entered,)})
    [row] = compute_rows(table.model_copy(update={"series": (bare,), "closing": (column,)}), {})
    [figure] = row.closing
    assert figure is not None
    return figure
