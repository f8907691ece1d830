"""Rules on KPIs: each says something, its results fit its target, and its mark follows or has a reason."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from handouts.checks.entered import place_of_year, reports, with_refs
from handouts.dataset.declared import terms_of
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi, RelativeTarget
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.suggestion import nearest
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.kpis import Standing, result_before, standings
from handouts.measures.wording import result_text, target_text

_SENTENCE_PARTS = ("{name}", "{target}", "{before}")
_RELATIVE = typing.get_args(RelativeTarget)
_WHOLE = 100
_KPI = terms_of(Kpi)
_MARK = _KPI("mark")
_REASON = _KPI("mark_reason")
_SENTENCE = _KPI("sentence")
_TARGET = _KPI("target")
# Where the results of a KPI are entered.
RESULTS = ByForm("actuals か月別の表", "シート「KPI」か「月次」")

WITHOUT_TARGET = Rule(
    "kpi.target-missing",
    "KPI「{name}」に、目標{target:bracket}も文{sentence:bracket}もありません",
    remedy="数値の目標なら {target} を、文だけの目標なら {sentence} を書いてください",
    target=_TARGET,
    sentence=_SENTENCE,
)
UNKNOWN_PART = Rule(
    "kpi.sentence-part-unknown",
    "文の「{part}」は置き換えられません",
    "使えるのは {known} です",
    "消すか、書き直してください",
)
SENTENCE_WITHOUT_TARGET = Rule(
    "kpi.sentence-target-missing",
    "文に {{target}} がありますが、目標{target:bracket}がありません",
    remedy="{target} を書くか、文から {{target}} を消してください",
    target=_TARGET,
)
SENTENCE_WITHOUT_BEFORE = Rule(
    "kpi.sentence-before-missing",
    "文に {{before}} がありますが、前年度の実績（数）がありません",
    remedy="{results}に、{year}の数を書いてください",
    results=RESULTS,
)
YEAR_TO_COME = Rule(
    "kpi.year-to-come",
    "KPI「{name}」に、まだ来ていない{year}の{what}があります",
    "このデータは{this}のものです",
    "年度を確かめてください",
)
TARGET_AMONG_OTHERS = Rule(
    "kpi.target-among-others",
    ByForm(
        "KPI「{name}」の今年度の目標が {targets} にあります",
        "KPI「{name}」の今年度の目標が、年度の付いた「目標」の列にあります",
    ),
    ByForm(
        "{targets} には、ほかの年度の目標を書きます",
        "年度の付いた「目標」の列には、ほかの年度の目標を書きます",
    ),
    ByForm(
        "今年度の目標は {target} と {bound} に書いてください",
        "今年度の目標は、年度の付かない {target} と {bound} に書いてください",
    ),
    "warning",
    targets=_KPI("targets"),
    target=_TARGET,
    bound=_KPI("bound"),
)
ABOVE_100 = Rule(
    "kpi.above-100",
    "KPI「{name}」の{what} {figure}は100%を超えています",
    remedy="数を確かめてください",
    severity="warning",
)
RESULT_IN_WORDS = Rule(
    "kpi.result-in-words",
    "KPI「{name}」の目標は {aim} ですが、今年度の実績が「{result}」です",
    "数の目標には数の実績を、文だけの目標には 実施 か 未実施 を書きます",
    "実績か目標を直してください",
)
TWO_RESULTS = Rule(
    "kpi.two-results",
    "KPI「{name}」の今年度の実績 {entered}が、月別の表の {computed}と合いません",
    ByForm("両方あるときは、actuals の実績を使います", "両方あるときは、シート「KPI」の実績を使います"),
    "{actuals} を消すか、月別の表の数を確かめてください",
    "warning",
    actuals=_KPI("actuals"),
)
SEVERAL_RESULT_ROWS = Rule(
    "kpi.several-result-rows",
    "表「{table}」には今年度の行が{count}つあり、KPI の実績に最初の行{row}の数を使います",
    remedy="実績の行だけの表に分けるか、KPI の {actuals} に今年度の実績を書いてください",
    severity="warning",
    actuals=_KPI("actuals"),
)
RANK_WITHOUT_RESULT = Rule(
    "kpi.rank-without-result",
    "KPI「{name}」に全国順位がありますが、今年度の実績がありません",
    remedy="実績を {results}に書くか、順位を消してください",
    severity="warning",
    results=RESULTS,
)
REASON_WITHOUT_MARK = Rule(
    "kpi.reason-without-mark",
    "印の理由{reason:bracket}がありますが、印{mark:bracket}がありません",
    remedy="{mark} を書くか、理由を消してください",
    severity="warning",
    reason=_REASON,
    mark=_MARK,
)
YEAR_BEFORE_UNKNOWN = Rule(
    "kpi.year-before-unknown",
    "KPI「{name}」の目標は{aim}ですが、前年度の実績がないので、印が決まりません",
    remedy="{results}に、{year}の数を書いてください。分からなければ {mark} に印を書きます",
    results=RESULTS,
    mark=_MARK,
)
RESULT_WITHOUT_TARGET = Rule(
    "kpi.result-without-target",
    "KPI「{name}」の実績は {result}ですが、数の目標がないので、印が決まりません",
    "文だけの目標の実績は 実施 か 未実施 です",
    "{target} に目標を書くか、{mark} に印を書いてください",
    target=_TARGET,
    mark=_MARK,
)
MARK_WITHOUT_REASON = Rule(
    "kpi.mark-without-reason",
    "{name}の印 {entered} が、目標と実績から決まる {judged} と違います",
    "決まりと違う印には理由を書きます",
    "{reason} に理由を書くか、{mark} を消してください",
    "warning",
    reason=_REASON,
    mark=_MARK,
)


def check_kpi_contents(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI that has neither a target nor a sentence."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        if kpi.target is None and kpi.sentence is None:
            yield WITHOUT_TARGET.at(place_of(ref, places), name=kpi.name)


def check_sentences(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI sentence with a part in braces that is not filled in, or that there is nothing to fill in for."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        place = place_of(f"{ref}.sentence", places)
        for part in re.findall("[{｛][^{}｛｝]*[}｝]", kpi.sentence or ""):
            if part not in _SENTENCE_PARTS:
                near = nearest(part, _SENTENCE_PARTS)
                yield UNKNOWN_PART.at(place, near, part=part, known=_SENTENCE_PARTS)
            elif part == "{target}" and kpi.target is None:
                yield SENTENCE_WITHOUT_TARGET.at(place)
            elif part == "{before}" and result_before(kpi, dataset) is None:
                yield SENTENCE_WITHOUT_BEFORE.at(place, year=_text(dataset.fiscal_year.previous, dataset))


def check_years(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result of a year to come, or the target of this year among those of other years."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        for key, what, year, _ in _figures(kpi):
            if year > dataset.fiscal_year:
                place = place_of_year(f"{ref}.{key}", year, places)
                this = _text(dataset.fiscal_year, dataset)
                yield YEAR_TO_COME.at(place, name=kpi.name, year=_text(year, dataset), what=what, this=this)
        if dataset.fiscal_year in kpi.targets:
            place = place_of_year(f"{ref}.targets", dataset.fiscal_year, places)
            yield TARGET_AMONG_OTHERS.at(place, name=kpi.name)


def check_results_above_100(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result or average above 100%."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        for key, what, year, figure in _figures(kpi):
            if is_percent_unit(kpi.unit) and isinstance(figure, Decimal) and _WHOLE < figure < 10 * _WHOLE:
                place = place_of_year(f"{ref}.{key}", year, places)
                yield ABOVE_100.at(place, name=kpi.name, what=what, figure=result_text(kpi, figure))


def check_result_kinds(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result in words this year, where the target is a number or a comparison."""
    for kpi, ref in with_refs("kpi", dataset.kpis):
        result = kpi.actuals.get(dataset.fiscal_year)
        if isinstance(result, str) and kpi.target is not None:
            place = place_of_year(f"{ref}.actuals", dataset.fiscal_year, places)
            yield RESULT_IN_WORDS.at(place, name=kpi.name, aim=target_text(kpi), result=result)


def check_double_results(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A result of this year that the monthly table says otherwise."""
    bare = tuple(kpi.model_copy(update={"actuals": {}}) for kpi in dataset.kpis)
    computed = standings(replace(dataset, kpis=bare))
    for kpi, ref in with_refs("kpi", dataset.kpis):
        entered, found = kpi.actuals.get(dataset.fiscal_year), computed[kpi.id].actual
        if entered is not None and found is not None and entered != found:
            place = place_of_year(f"{ref}.actuals", dataset.fiscal_year, places)
            texts = [result_text(kpi, result) for result in (entered, found)]
            yield TWO_RESULTS.at(place, name=kpi.name, entered=texts[0], computed=texts[1])


def check_result_rows(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A monthly table of a KPI with several rows of this year: the first would be the result, be it a target."""
    stated = {kpi.id for kpi in dataset.kpis if dataset.fiscal_year in kpi.actuals}
    for table, ref in with_refs("monthly", dataset.tables):
        rows = [series for series in table.series if series.year == dataset.fiscal_year]
        is_computed = any(series.part for series in rows)
        if table.kpi and table.kpi not in stated and len(rows) > 1 and not is_computed:
            row = f"「{rows[0].label}」" if rows[0].label else ""
            yield SEVERAL_RESULT_ROWS.at(place_of(ref, places), table=table.caption, count=len(rows), row=row)


def check_ranks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A national rank without a result."""
    known = standings(dataset)
    for kpi, ref in with_refs("kpi", dataset.kpis):
        if kpi.rank is not None and known[kpi.id].actual is None:
            yield RANK_WITHOUT_RESULT.at(place_of(f"{ref}.rank", places), name=kpi.name)


def check_kpi_marks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A mark that the rule cannot give, one that differs from the rule without a reason, and a reason without one."""
    known = standings(dataset)
    for kpi, ref in with_refs("kpi", dataset.kpis):
        standing = known[kpi.id]
        if kpi.mark is None and kpi.mark_reason:
            yield REASON_WITHOUT_MARK.at(place_of(f"{ref}.mark_reason", places))
        if kpi.mark is None and reports(dataset):
            yield from _undecided(standing, dataset, place_of(ref, places))
        elif kpi.mark and standing.judged not in (None, kpi.mark) and not kpi.mark_reason:
            place, name = place_of(f"{ref}.mark", places), f"KPI「{kpi.name}」"
            yield MARK_WITHOUT_REASON.at(place, name=name, entered=kpi.mark, judged=standing.judged)


def _undecided(standing: Standing, dataset: Dataset, place: Place) -> Iterator[Finding]:
    """Why the rule gives no mark; a KPI without any result yet has one, unless it is against an unknown year."""
    kpi, actual = standing.kpi, standing.actual
    if kpi.target in _RELATIVE and standing.before is None:
        year = _text(dataset.fiscal_year.previous, dataset)
        yield YEAR_BEFORE_UNKNOWN.at(place, name=kpi.name, aim=kpi.target, year=year)
    if isinstance(actual, Decimal) and kpi.target is None and kpi.sentence is not None:
        yield RESULT_WITHOUT_TARGET.at(place, name=kpi.name, result=result_text(kpi, actual))


def _text(year: FiscalYear, dataset: Dataset) -> str:
    return year.text(dataset.year_form)


def _figures(kpi: Kpi) -> Iterator[tuple[str, str, FiscalYear, Decimal | str]]:
    """Every result and average with its key, what it is called, and its year."""
    for year, result in kpi.actuals.items():
        yield "actuals", "実績", year, result
    for year, average in kpi.averages.items():
        yield "averages", "全国平均", year, average
