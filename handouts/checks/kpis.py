"""Rules on KPIs: each says something, its results fit its target, and its mark follows or has a reason."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from handouts.checks.entered import place_of_year, reports, with_refs
from handouts.dataset.declared import terms_of
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset, Kpi, RelativeTarget
from handouts.dataset.reading import place_of
from handouts.dataset.suggestion import suggestion
from handouts.findings import Finding, Place, Rule, unruled
from handouts.measures.kpis import Standing, result_before, standings
from handouts.measures.wording import result_text, target_text

_SENTENCE_PARTS = ("{name}", "{target}", "{before}")
_RELATIVE = typing.get_args(RelativeTarget)
_WHOLE = 100
_KPI = terms_of(Kpi)
REASON_WITHOUT_MARK = Rule(
    "kpi.reason-without-mark",
    "印の理由{reason:bracket}がありますが、印{mark:bracket}がありません",
    "",
    "{mark} を書くか、理由を消してください",
    "warning",
    reason=_KPI("mark_reason"),
    mark=_KPI("mark"),
)
MARK_WITHOUT_REASON = Rule(
    "kpi.mark-without-reason",
    "{name}の印 {entered} が、目標と実績から決まる {judged} と違います",
    "決まりと違う印には理由を書きます",
    "{reason} に理由を書くか、{mark} を消してください",
    "warning",
    reason=_KPI("mark_reason"),
    mark=_KPI("mark"),
)


def check_kpi_contents(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI that has neither a target nor a sentence."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        if kpi.target is None and kpi.sentence is None:
            yield unruled(
                place_of(ref, places),
                f"KPI「{kpi.name}」に、目標（target）も文（sentence）もありません",
                "",
                "数値の目標なら target を、文だけの目標なら sentence を書いてください",
            )


def check_sentences(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI sentence with a part in braces that is not filled in, or that there is nothing to fill in for."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        place = place_of(f"{ref}.sentence", places)
        for part in re.findall("[{｛][^{}｛｝]*[}｝]", kpi.sentence or ""):
            if part not in _SENTENCE_PARTS:
                remedy = suggestion(part, _SENTENCE_PARTS) or "消すか、書き直してください"
                yield unruled(
                    place,
                    f"文の「{part}」は置き換えられません",
                    "使えるのは {name}、{target}、{before} です",
                    remedy,
                )
            elif part == "{target}" and kpi.target is None:
                remedy = "target を書くか、文から {target} を消してください"
                yield unruled(place, "文に {target} がありますが、目標（target）がありません", "", remedy)
            elif part == "{before}" and result_before(kpi, dataset) is None:
                yield unruled(
                    place,
                    "文に {before} がありますが、前年度の実績（数）がありません",
                    "",
                    _before_remedy(dataset),
                )


def check_years(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result of a year to come, or the target of this year among those of other years."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        for key, what, year, _ in _figures(kpi):
            if year > dataset.fiscal_year:
                yield unruled(
                    place_of_year(f"{ref}.{key}", year, places),
                    f"KPI「{kpi.name}」に、まだ来ていない{year.text(dataset.year_form)}の{what}があります",
                    f"このデータは{dataset.fiscal_year.text(dataset.year_form)}のものです",
                    "年度を確かめてください",
                )
        if dataset.fiscal_year in kpi.targets:
            yield unruled(
                place_of_year(f"{ref}.targets", dataset.fiscal_year, places),
                f"KPI「{kpi.name}」の今年度の目標が targets にあります",
                "targets には、ほかの年度の目標を書きます",
                "今年度の目標は target と bound に書いてください",
                "warning",
            )


def check_results_above_100(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result or average above 100%."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        for key, what, year, figure in _figures(kpi):
            if kpi.unit == "%" and isinstance(figure, Decimal) and figure > _WHOLE:
                yield unruled(
                    place_of_year(f"{ref}.{key}", year, places),
                    f"KPI「{kpi.name}」の{what} {result_text(kpi, figure)}は100%を超えています",
                    "",
                    "数を確かめてください",
                    "warning",
                )


def check_result_kinds(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result in words this year, where the target is a number or a comparison."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        result = kpi.actuals.get(dataset.fiscal_year)
        if isinstance(result, str) and kpi.target is not None:
            yield unruled(
                place_of_year(f"{ref}.actuals", dataset.fiscal_year, places),
                f"KPI「{kpi.name}」の目標は {target_text(kpi)} ですが、今年度の実績が「{result}」です",
                "数の目標には数の実績を、文だけの目標には 実施 か 未実施 を書きます",
                "実績か目標を直してください",
            )


def check_double_results(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result of this year that the monthly table says otherwise."""
    bare = tuple(kpi.model_copy(update={"actuals": {}}) for kpi in dataset.kpis)
    computed = standings(replace(dataset, kpis=bare))
    for kpi, ref in with_refs("kpi", dataset.kpis):
        entered, found = kpi.actuals.get(dataset.fiscal_year), computed[kpi.id].actual
        if entered is not None and found is not None and entered != found:
            yield unruled(
                place_of_year(f"{ref}.actuals", dataset.fiscal_year, places),
                f"KPI「{kpi.name}」の今年度の実績 {result_text(kpi, entered)}が、"
                f"月別の表の {result_text(kpi, found)}と合いません",
                "両方あるときは、actuals の実績を使います",
                "actuals を消すか、月別の表の数を確かめてください",
                "warning",
            )


def check_result_rows(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A monthly table of a KPI with several rows of this year: the first would be the result, be it a target."""
    stated = {kpi.id for kpi in dataset.kpis if dataset.fiscal_year in kpi.actuals}
    for table, ref in with_refs("monthly", dataset.tables):
        rows = [series for series in table.series if series.year == dataset.fiscal_year]
        is_computed = any(series.part for series in rows)
        if table.kpi and table.kpi not in stated and len(rows) > 1 and not is_computed:
            yield unruled(
                place_of(ref, places),
                f"表「{table.caption}」には今年度の行が{len(rows)}つあり、KPI の実績に最初の行{_quoted(rows[0].label)}の数を使います",
                "",
                "実績の行だけの表に分けるか、KPI の actuals に今年度の実績を書いてください",
                "warning",
            )


def check_ranks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A national rank without a result."""
    known = standings(dataset)
    for kpi, ref in with_refs("kpi", dataset.kpis):
        if kpi.rank is not None and known[kpi.id].actual is None:
            yield unruled(
                place_of(f"{ref}.rank", places),
                f"KPI「{kpi.name}」に全国順位がありますが、今年度の実績がありません",
                "",
                "実績を actuals か月別の表に書くか、順位を消してください",
                "warning",
            )


def check_kpi_marks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A mark that the rule cannot give, one that differs from the rule without a reason, and a reason without one."""
    known = standings(dataset)
    for kpi, ref in with_refs("kpi", dataset.kpis):
        standing = known[kpi.id]
        if kpi.mark is None and kpi.mark_reason:
            yield REASON_WITHOUT_MARK.at(place_of(f"{ref}.mark_reason", places))
        if kpi.mark is None and reports(dataset):
            for words in _undecided(standing, dataset):
                yield unruled(place_of(ref, places), *words)
        elif kpi.mark and standing.judged not in (None, kpi.mark) and not kpi.mark_reason:
            place = place_of(f"{ref}.mark", places)
            yield MARK_WITHOUT_REASON.at(
                place, name=f"KPI「{kpi.name}」", entered=kpi.mark, judged=standing.judged
            )


def _undecided(standing: Standing, dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """Why the rule gives no mark; a KPI without any result yet has one, unless it is against an unknown year."""
    kpi, actual = standing.kpi, standing.actual
    if kpi.target in _RELATIVE and standing.before is None:
        found = f"KPI「{kpi.name}」の目標は{kpi.target}ですが、前年度の実績がないので、印が決まりません"
        yield found, "", f"{_before_remedy(dataset)}。分からなければ mark に印を書きます"
    if isinstance(actual, Decimal) and kpi.target is None and kpi.sentence is not None:
        found = f"KPI「{kpi.name}」の実績は {result_text(kpi, actual)}ですが、数の目標がないので、印が決まりません"
        remedy = "target に目標を書くか、mark に印を書いてください"
        yield found, "文だけの目標の実績は 実施 か 未実施 です", remedy


def _quoted(label: str) -> str:
    return f"「{label}」" if label else ""


def _before_remedy(dataset: Dataset) -> str:
    year = dataset.fiscal_year.previous.text(dataset.year_form)
    return f"actuals か月別の表に、{year}の数を書いてください"


def _figures(kpi: Kpi) -> Iterator[tuple[str, str, FiscalYear, Decimal | str]]:
    """Every result and average with its key, what it is called, and its year."""
    for year, result in kpi.actuals.items():
        yield "actuals", "実績", year, result
    for year, average in kpi.averages.items():
        yield "averages", "全国平均", year, average
