"""Rules on what a table of months has computed: it must follow from the figures that were entered, and not contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from handouts.checks.entered import has_figures, known_ids, series_of, with_refs
from handouts.checks.monthly import row_name
from handouts.dataset.declared import terms_of
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.kpis import Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.reading import place_of
from handouts.dataset.suggestion import nearest
from handouts.findings import ByForm, Edit, Finding, Place, Rule
from handouts.measures.kpis import eligible_persons

_TABLE, _SERIES = terms_of(MonthlyTable), terms_of(MonthlySeries)
_POPULATIONS = terms_of(Population).list
_VALUES = ByForm("values", "月の欄")

SINGLE_MONTHS_UNKNOWN = Rule(
    "months.single-months-unknown",
    "表「{table}」は累計を入力しているので、単月の行は印刷できません",
    remedy="{rows} から 単月 を消すか、1か月の数を入力して {entered} を 単月 にしてください",
    rows=_SERIES("rows"),
    entered=_TABLE.on_its_sheet("entered", "entered"),
)
RATE_OF_RATES = Rule(
    "months.rate-of-rates",
    "表「{table}」の数はもう率（単位が %）なので、{asked}は計算できません",
    remedy="{asked}を消すか、人数や件数を入力してください",
)
SUM_OF_RATES = Rule(
    "months.sum-of-rates",
    "表「{table}」の1か月の数は率なので、累計は計算できません",
    "率は足し合わせられません",
    "累計の率が分かるなら、{entered} が 累計 の別の表にしてください",
    entered=_TABLE("entered"),
)
UNKNOWN_POPULATION = Rule(
    "months.population-unknown",
    "{row}の「{name}」という対象者は、{populations} にありません",
    remedy=ByForm("id を確かめてください", "一覧から選び直してください"),
    populations=_POPULATIONS,
)
ELIGIBLE_TWICE = Rule(
    "months.eligible-twice",
    ByForm(
        "{row}に、対象者数{eligible:bracket}と対象者の id{population:bracket}の両方があります",
        "{row}に、対象者数と対象者の両方があります",
    ),
    "対象者数は、どちらか一方から取ります",
    "どちらかを消してください",
    eligible=_SERIES("eligible"),
    population=_SERIES("population"),
)
_LACK = "{row}の{asked}を計算するための対象者数が{lack}"
_GIVE = ByForm(
    "対象者数を {eligible} に書くか、{populations}の id を {population} に書いてください",
    "対象者数を {eligible} に書くか、{populations}の行を {population} で選んでください",
)
_NAMED = ByForm("kpis.yaml の対象者", _POPULATIONS.said("workbook", ""))
RATE_WITHOUT_ELIGIBLE = Rule(
    "months.eligible-missing",
    _LACK,
    remedy=_GIVE,
    eligible=_SERIES("eligible"),
    populations=_NAMED,
    population=_SERIES("population"),
)
CLOSING_WITHOUT_ELIGIBLE = Rule(
    "months.eligible-missing-for-closing",
    _LACK,
    remedy=_GIVE,
    severity="warning",
    eligible=_SERIES("eligible"),
    populations=_NAMED,
    population=_SERIES("population"),
)
MEMBER_MISSING = Rule(
    "months.ratio-incomplete",
    "{row}に、割合の{what}{member:bracket}がありません",
    remedy=ByForm("{what}になる行の id を書いてください", "{what}になる行の名前を書いてください"),
)
UNKNOWN_MEMBER = Rule(
    "months.ratio-row-unknown",
    ByForm(
        "{row}の{what}「{name}」という id の行は、この表にありません",
        "{row}の{what}「{name}」に当たる行は、この表にありません",
    ),
    ByForm(
        "同じ表の、数を入力した行の id を書きます",
        "同じ表の同じ年度の、数を入力した行の名前を書きます",
    ),
    ByForm("その行に id を付けるか、id を直してください", "行の名前を直してください"),
)
FIGURES_OF_RATIO = Rule(
    "months.ratio-with-figures",
    "{row}は {part} と {whole} から計算するので、{figures} に数は書けません",
    "月ごとの率を印刷しないときだけ、{values} に - を並べます",
    ByForm("{figures} を消してください", "その数を消してください"),
    part=_SERIES("part"),
    whole=_SERIES("whole"),
    values=_VALUES,
)
OPENING_UNUSED = Rule(
    "months.opening-unused",
    "{row}の、引き継ぐ数{opening:bracket}は使われません",
    "1か月の数から累計を計算する行だけで使います",
    "{opening} を消すか、{rows} に 累計 を足してください",
    "warning",
    opening=_SERIES("opening"),
    rows=_SERIES("rows"),
)


def check_rows_asked_for(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Rows that cannot be computed from what is entered: single months of sums, sums and rates of rates."""
    for table, ref in with_refs("monthly", dataset.tables):
        asked = [(f"{ref}.rows", table.rows)]
        asked += [(f"{series_ref}.rows", series.rows) for series, series_ref in series_of(table, ref)]
        for rows_ref, rows in asked:
            for row in dict.fromkeys(rows):
                if rule := _fault_of_row(row, table):
                    yield rule.at(place_of(rows_ref, places), table=table.caption, asked=row)
        if is_percent_unit(table.unit) and "実施率" in table.closing:
            place = place_of(f"{ref}.closing", places)
            yield RATE_OF_RATES.at(place, table=table.caption, asked="実施率")


def check_populations(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A series whose eligible persons are those of a population that is not there, or are given twice."""
    known = known_ids("population", dataset, places)
    persons = eligible_persons(dataset)
    for row, series, series_ref in _rows(dataset):
        name = series.population
        if name is not None and name not in known:
            place = place_of(f"{series_ref}.population", places)
            yield UNKNOWN_POPULATION.at(place, nearest(name, known), row=row, name=name)
        if name is not None and series.eligible is not None:
            is_same = persons.get(name) == series.eligible
            mend = Edit(series_ref, "eligible", None) if is_same else None
            yield ELIGIBLE_TWICE.at(place_of(f"{series_ref}.eligible", places), mend=mend, row=row)


def check_eligible(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A rate without eligible persons to divide by."""
    persons = eligible_persons(dataset)
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            if series.population is not None and series.population not in persons:
                continue
            eligible = series.eligible if series.population is None else persons[series.population]
            asked = _rate_asked_for(table, series)
            if not eligible and asked:
                rule = RATE_WITHOUT_ELIGIBLE if asked == "率" else CLOSING_WITHOUT_ELIGIBLE
                yield rule.at(
                    place_of(series_ref, places),
                    row=row_name(table, series, dataset),
                    asked=asked,
                    lack="0です" if eligible == 0 else "ありません",
                )


def check_ratios(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A computed ratio without part or whole, or with one that the table does not have."""
    for table, ref in with_refs("monthly", dataset.tables):
        counts = {series.id for series in table.series if series.id and not series.part}
        for series, series_ref in series_of(table, ref):
            row = row_name(table, series, dataset)
            members = ("part", "分子", series.part), ("whole", "分母", series.whole)
            for key, what, name in members if series.part or series.whole else ():
                place = place_of(f"{series_ref}.{key}", places)
                if name is None:
                    yield MEMBER_MISSING.at(place, row=row, what=what, member=_SERIES(key))
                elif name not in counts:
                    yield UNKNOWN_MEMBER.at(place, nearest(name, counts), row=row, what=what, name=name)


def check_figures_of_ratios(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A computed ratio with figures of its own, which would be printed in place of the computed ones."""
    for row, series, series_ref in _rows(dataset):
        values = series.values.values() if isinstance(series.values, Mapping) else series.values
        if series.part and any(isinstance(value, Decimal) for value in values):
            yield FIGURES_OF_RATIO.at(place_of(f"{series_ref}.values", places), row=row, figures=_VALUES)
        if series.part and series.closing is not None:
            place = place_of(f"{series_ref}.closing", places)
            yield FIGURES_OF_RATIO.at(place, row=row, figures=_SERIES("closing"))


def check_openings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A figure carried over into sums that the row does not have."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            has_sums = table.entered == "単月" and (
                bool({"累計", "率"} & set(table.rows_of(series))) or "累計" in table.closing
            )
            if series.opening is not None and (series.part or not has_sums):
                place = place_of(f"{series_ref}.opening", places)
                yield OPENING_UNUSED.at(place, row=row_name(table, series, dataset))


def _rows(dataset: Dataset) -> Iterator[tuple[str, MonthlySeries, str]]:
    """Every series of every table with its name and the ref of its place."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            yield row_name(table, series, dataset), series, series_ref


def _fault_of_row(row: str, table: MonthlyTable) -> Rule | None:
    if row == "単月" and table.entered == "累計":
        return SINGLE_MONTHS_UNKNOWN
    if row == "率" and is_percent_unit(table.unit):
        return RATE_OF_RATES
    return SUM_OF_RATES if row == "累計" and is_percent_unit(table.unit) and table.entered == "単月" else None


def _rate_asked_for(table: MonthlyTable, series: MonthlySeries) -> str:
    """Which rate the row or its closing column must be computed for; none of it where the figures are rates."""
    if is_percent_unit(table.unit) or series.part:
        return ""
    if "率" in table.rows_of(series):
        return "率"
    return "実施率" if "実施率" in table.closing and has_figures(table, series) else ""
