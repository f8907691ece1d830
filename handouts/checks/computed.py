"""Rules on what a table of months has computed: it must follow from the figures that were entered, and not contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from handouts.checks.entered import known_ids, series_of, with_refs
from handouts.checks.monthly import row_name
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import Closing, MonthlySeries, MonthlyTable
from handouts.dataset.reading import place_of
from handouts.dataset.suggestion import suggestion
from handouts.findings import Finding, Place, unruled
from handouts.measures.kpis import eligible_persons
from handouts.measures.monthly import compute_rows
from handouts.measures.wording import number_text

_SUMS: tuple[Closing, ...] = ("計", "合計", "累計")


def check_rows_asked_for(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Rows that cannot be computed from what is entered: single months of sums, sums and rates of rates."""
    for table, ref in with_refs("monthly", dataset.tables):
        asked = [(f"{ref}.rows", table.rows)]
        asked += [(f"{series_ref}.rows", series.rows) for series, series_ref in series_of(table, ref)]
        for rows_ref, rows in asked:
            for row in dict.fromkeys(rows):
                if words := _fault_of_row(row, table):
                    yield unruled(place_of(rows_ref, places), *words)
        if table.unit == "%" and "実施率" in table.closing:
            yield unruled(place_of(f"{ref}.closing", places), *_rate_of_rates(table, "実施率"))


def check_populations(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A series whose eligible persons are those of a population that is not there, or are given twice."""
    known = known_ids("population", dataset, places)
    for name, series, series_ref in _rows(dataset):
        if series.population is not None and series.population not in known:
            yield unruled(
                place_of(f"{series_ref}.population", places),
                f"{name}の「{series.population}」という対象者は、kpis.yaml の populations にありません",
                "",
                suggestion(series.population, known) or "id を確かめてください",
            )
        if series.population is not None and series.eligible is not None:
            yield unruled(
                place_of(f"{series_ref}.eligible", places),
                f"{name}に、対象者数（eligible）と対象者の id（population）の両方があります",
                "対象者数は、どちらか一方から取ります",
                "どちらかを消してください",
            )


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
                lack = "0です" if eligible == 0 else "ありません"
                yield unruled(
                    place_of(series_ref, places),
                    f"{row_name(table, series, dataset)}の{asked}を計算するための対象者数が{lack}",
                    "",
                    "対象者数を eligible に書くか、kpis.yaml の対象者の id を population に書いてください",
                    "error" if asked == "率" else "warning",
                )


def check_ratios(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A computed ratio without part or whole, or with one that the table does not have."""
    for table, ref in with_refs("monthly", dataset.tables):
        counts = {series.id for series in table.series if series.id and not series.part}
        for series, series_ref in series_of(table, ref):
            for key, value in (("part", series.part), ("whole", series.whole)):
                name = row_name(table, series, dataset)
                if (series.part or series.whole) and (words := _fault_of_member(name, key, value, counts)):
                    yield unruled(place_of(f"{series_ref}.{key}", places), *words)


def check_figures_of_ratios(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A computed ratio with figures of its own, which would be printed in place of the computed ones."""
    for name, series, series_ref in _rows(dataset):
        values = series.values.values() if isinstance(series.values, Mapping) else series.values
        has_figures = any(isinstance(value, Decimal) for value in values)
        for key, is_there in (("values", has_figures), ("closing", series.closing is not None)):
            if series.part and is_there:
                yield unruled(
                    place_of(f"{series_ref}.{key}", places),
                    f"{name}は part と whole から計算するので、{key} に数は書けません",
                    "月ごとの率を印刷しないときだけ、values に - を並べます",
                    f"{key} を消してください",
                )


def check_closings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A closing figure that is missing where it cannot be computed, or entered where it can be."""
    for table, ref in with_refs("monthly", dataset.tables):
        columns = [column for column in dict.fromkeys(table.closing) if column != "実施率"]
        for number, (series, series_ref) in enumerate(series_of(table, ref)):
            if series.part:
                continue
            name = row_name(table, series, dataset)
            if series.closing is None:
                if words := _missing(table, series, columns, name):
                    yield unruled(place_of(series_ref, places), *words)
            else:
                for found, allowed, remedy, is_fault in _entered(table, number, columns, name):
                    place = place_of(f"{series_ref}.closing", places)
                    yield unruled(place, found, allowed, remedy, "error" if is_fault else "warning")


def check_openings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A figure carried over into sums that the row does not have."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            has_sums = table.entered == "単月" and (
                bool({"累計", "率"} & set(table.rows_of(series))) or "累計" in table.closing
            )
            if series.opening is not None and (series.part or not has_sums):
                yield unruled(
                    place_of(f"{series_ref}.opening", places),
                    f"{row_name(table, series, dataset)}の、引き継ぐ数（opening）は使われません",
                    "1か月の数から累計を計算する行だけで使います",
                    "opening を消すか、rows に 累計 を足してください",
                    "warning",
                )


def _rows(dataset: Dataset) -> Iterator[tuple[str, MonthlySeries, str]]:
    """Every series of every table with its name and the ref of its place."""
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            yield row_name(table, series, dataset), series, series_ref


def _fault_of_row(row: str, table: MonthlyTable) -> tuple[str, str, str] | None:
    if row == "単月" and table.entered == "累計":
        found = f"表「{table.caption}」は累計を入力しているので、単月の行は印刷できません"
        return found, "", "rows から 単月 を消すか、1か月の数を入力して entered を 単月 にしてください"
    if row == "率" and table.unit == "%":
        return _rate_of_rates(table, "率")
    if row == "累計" and table.unit == "%" and table.entered == "単月":
        found = f"表「{table.caption}」の1か月の数は率なので、累計は計算できません"
        return (
            found,
            "率は足し合わせられません",
            "累計の率が分かるなら、entered が 累計 の別の表にしてください",
        )
    return None


def _rate_of_rates(table: MonthlyTable, asked: str) -> tuple[str, str, str]:
    found = f"表「{table.caption}」の数はもう率（単位が %）なので、{asked}は計算できません"
    return found, "", f"{asked}を消すか、人数や件数を入力してください"


def _rate_asked_for(table: MonthlyTable, series: MonthlySeries) -> str:
    """Which rate the row or its closing column must be computed for; none of it where the figures are rates."""
    if table.unit == "%" or series.part:
        return ""
    if "率" in table.rows_of(series):
        return "率"
    return "実施率" if "実施率" in table.closing and _has_figures(table, series) else ""


def _has_figures(table: MonthlyTable, series: MonthlySeries) -> bool:
    return any(isinstance(value, Decimal) for value in table.values_of(series))


def _fault_of_member(name: str, key: str, value: str | None, known: set[str]) -> tuple[str, str, str] | None:
    what = {"part": "分子", "whole": "分母"}[key]
    if value is None:
        return f"{name}に、割合の{what}（{key}）がありません", "", f"{what}になる行の id を書いてください"
    if value in known:
        return None
    found = f"{name}の{what}「{value}」という id の行は、この表にありません"
    allowed = "同じ表の、数を入力した行の id を書きます"
    return found, allowed, suggestion(value, known) or "その行に id を付けるか、id を直してください"


def _missing(
    table: MonthlyTable, series: MonthlySeries, columns: Iterable[Closing], name: str
) -> tuple[str, str, str] | None:
    """Single months in % cannot be added up."""
    asked = [column for column in columns if column in _SUMS]
    if table.unit != "%" or table.entered != "単月" or not asked or not _has_figures(table, series):
        return None
    found = f"{name}は率なので、右端の{asked[0]}を計算できません"
    return found, "率は足し合わせられません", "その数を closing に書いてください（例 closing: 97.0）"


def _entered(
    table: MonthlyTable, number: int, columns: Sequence[Closing], name: str
) -> Iterator[tuple[str, str, str, bool]]:
    """What is wrong with a closing figure that is there; the last part tells a fault from an oddity."""
    series = table.series[number]
    if not columns:
        yield (
            f"{name}の closing は印刷されません",
            "",
            "表の closing に欄の名前を足すか、消してください",
            False,
        )
        return
    if len(columns) > 1:
        found = f"{name}の closing が、{'と'.join(columns)}の欄に同じ数で印刷されます"
        yield found, "計算できない欄が1つのときだけ書きます", "表の右端の欄を1つにしてください", False
    sums = [column for column in columns if column in _SUMS]
    if table.unit == "%" or not sums or not _has_figures(table, series):
        return
    computed = _computed(table, number, sums[0])
    if series.closing != computed:
        found = f"{name}の closing {number_text(series.closing or 0)} が、{sums[0]}の計算と合いません"
        allowed = "" if computed is None else f"計算では {number_text(computed)} です"
        yield found, allowed, "closing を消せば、計算した数が印刷されます", True
    else:
        yield f"{name}の closing は計算できるので要りません", "", "closing を消してください", False


def _computed(table: MonthlyTable, number: int, column: Closing) -> Decimal | None:
    """The figure of the closing column without the entered one."""
    series = table.series[number].model_copy(update={"closing": None})
    alone = table.model_copy(update={"series": (series,), "closing": (column,)})
    return next((row.closing[0] for row in compute_rows(alone, {})), None)
