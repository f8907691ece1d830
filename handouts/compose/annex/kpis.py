"""KPI一覧: the listed KPIs with their targets and results over the years, average, mark and rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handouts.compose.annex.cells import EMPTY, AnnexCell, Sheet
from handouts.compose.annex.forms import number_cell, result_cell, shown_cell, text_cell
from handouts.compose.annex.outline import PlanPlaces
from handouts.compose.annex.tables import ListColumn, list_table, table_sheet
from handouts.compose.kpi_list import (
    NOTHING,
    KpiChange,
    KpiPair,
    list_name,
    old_name,
    pair_kpis,
    target_or_sentence,
)
from handouts.compose.page import year_name
from handouts.dataset.fields import Mark
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.remembered import remembered
from handouts.measures.kpis import Judgement, Standing, judgement_of, result_of, standings
from handouts.measures.placeholders import kpi_paragraphs
from handouts.measures.wording import target_text

NAME = "KPI一覧"
_YEARS_BACK = 2
_SHORT = 12  # characters that stand in the middle of their cell


@dataclass(frozen=True, slots=True)
class ListedKpi:
    """A KPI with its number, its place in the plan, and its printed target in the plan and in the one before."""

    number: str
    pair: KpiPair
    pillar: str
    path: str
    target: str
    before: str

    @property
    def kpi(self) -> Kpi:
        """The KPI, as it is now where there is one."""
        return self.pair.kpi

    @property
    def name_before(self) -> str:
        """The name that it had before, where that was another one."""
        this, earlier = self.pair.this, self.pair.earlier
        return old_name(this, earlier) if this and earlier else ""


def compose_results(
    datasets: Datasets, meanings: Mapping[Mark, str], with_entries: bool = False, worded: str = ""
) -> tuple[Sheet, ...]:
    """The KPIs of this year with results, marks and ranks; `meanings` says what the marks mean.

    `with_entries`: what the report on a KPI says of its mark and rank stands before what the KPI says. `worded` stands
    for a target that is a sentence; without it, the sentence.
    """
    dataset = datasets.this
    known = _judged(dataset, with_entries)
    rows = list_kpis(dataset, worded=worded)
    shown = {known[row.kpi.id].mark for row in rows}
    legend = "　".join(mark.value + words for mark, words in meanings.items() if mark in shown)
    return _sheet(dataset, rows, [*_naming(), *_results(dataset, known)], legend)


def compose_targets(datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs of this year with their targets alone."""
    dataset = datasets.this
    columns = [*_naming(), _target(f"{year_name(dataset)}目標"), _remarks()]
    return _sheet(dataset, list_kpis(dataset), columns)


def compose_targets_of_years(datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs of this year with last year's targets beside theirs."""
    dataset, previous = datasets.this, datasets.previous
    if previous is None:
        return compose_targets(datasets)
    heads = f"{year_name(previous)}目標", f"{year_name(dataset)}目標"
    columns = [*_naming(), *_changes(*heads, "前年度との違い", "前年度の名称（違うもの）"), _remarks()]
    return _sheet(dataset, list_kpis(dataset, previous), columns)


def compose_targets_of_editions(datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs with their targets before headquarters' review beside them."""
    if datasets.earlier is None:
        return compose_targets(datasets)
    rows = list_kpis(datasets.this, datasets.earlier)
    changes = _changes("変更前", "変更後", "変更有無", "変更前の名称（違うもの）")
    if all(row.pair.change is KpiChange.NONE for row in rows):
        changes = [column for column in changes if column.head != "変更後"]
    return _sheet(datasets.this, rows, [*_naming(), *changes, _remarks()])


@remembered(4)
def list_kpis(dataset: Dataset, before: Dataset | None = None, worded: str = "") -> Sequence[ListedKpi]:
    """The listed KPIs in the order of the plan, and those that the plan before had; only the former have numbers."""
    rows: list[ListedKpi] = []
    number = 0
    plans = [(PlanPlaces(each), kpi_paragraphs(each.plan)) for each in (dataset, before) if each is not None]
    for pair in (pair for pairs in pair_kpis(dataset, before).values() for pair in pairs):
        if not pair.kpi.listed and (before is None or pair.change is KpiChange.NONE):
            continue
        number += pair.this is not None
        places, paragraphs = plans[0 if pair.this else 1]
        paragraph = paragraphs.get(pair.kpi.id)
        rows.append(
            ListedKpi(
                number=str(number) if pair.this else NOTHING,
                pair=pair,
                pillar=places.pillar(paragraph),
                path=places.path(paragraph),
                target=_target_of(pair.this, dataset, worded) if pair.this else NOTHING,
                before=_target_of(pair.earlier, before) if before and pair.earlier else NOTHING,
            )
        )
    return rows


def target_cell(text: str) -> AnnexCell:
    """A target as a number that shows as printed; words in the middle, a sentence from the left."""
    cell = shown_cell(text)
    if isinstance(cell.value, Decimal):
        return cell
    return text_cell(text, "left" if len(text) > _SHORT or "\n" in text else "center")


def _judged(dataset: Dataset, with_entries: bool) -> Mapping[str, Standing | Judgement]:
    """The printed mark and rank of each KPI."""
    found: dict[str, Standing | Judgement] = dict(standings(dataset))
    for entry in dataset.entries if with_entries else ():
        if entry.kpi in found:
            found[entry.kpi] = judgement_of(entry, found[entry.kpi])
    return found


def _target_of(kpi: Kpi, dataset: Dataset, worded: str = "") -> str:
    """The target as printed; of a KPI whose target is a sentence, the sentence or what stands for it."""
    if printed := kpi.targets.get(dataset.fiscal_year):
        return "\n".join(printed)
    return target_text(kpi) or worded or target_or_sentence(kpi, dataset)


def _naming() -> list[ListColumn[ListedKpi]]:
    return [
        ListColumn("番号", 7, lambda row: shown_cell(row.number, "center"), always=True),
        ListColumn("分野", 34, lambda row: text_cell(row.pillar)),
        ListColumn("箇所", 12, lambda row: text_cell(row.path, "center")),
        ListColumn("担当グループ", 15, lambda row: text_cell(row.kpi.group, "center")),
        ListColumn("KPI", 44, lambda row: text_cell(list_name(row.kpi)), always=True),
    ]


def _target(head: str) -> ListColumn[ListedKpi]:
    return ListColumn(head, 30, lambda row: target_cell(row.target), always=True)


def _remarks() -> ListColumn[ListedKpi]:
    return ListColumn("備考", 16, lambda row: text_cell(row.kpi.remarks))


def _changes(before: str, after: str, change: str, name: str) -> list[ListColumn[ListedKpi]]:
    return [
        ListColumn(before, 30, lambda row: target_cell(row.before), always=True),
        ListColumn(after, 30, lambda row: target_cell(row.target), always=True),
        ListColumn(change, 17, lambda row: text_cell(row.pair.change.value, "center")),
        ListColumn(name, 36, lambda row: text_cell(row.name_before)),
    ]


def _results(dataset: Dataset, known: Mapping[str, Standing | Judgement]) -> Iterator[ListColumn[ListedKpi]]:
    """The results of the years before, this year's target, result, mark, average and rank, the next year's target."""
    this = dataset.fiscal_year
    for back in range(_YEARS_BACK, 0, -1):
        yield _result(FiscalYear(this.year - back), dataset)
    yield _target(f"{year_name(dataset)}目標")
    yield _result(this, dataset)
    yield ListColumn("実施状況", 11, lambda row: text_cell(known[row.kpi.id].mark or "", "center"))
    yield ListColumn("全国平均", 12, lambda row: result_cell(row.kpi, row.kpi.averages.get(this)))
    yield ListColumn("全国順位", 11, lambda row: _rank(known[row.kpi.id].rank))
    following = FiscalYear(this.year + 1)
    yield ListColumn(
        f"{following.text(dataset.year_form)}目標",
        18,
        lambda row: target_cell("\n".join(row.kpi.targets.get(following, ()))),
    )
    yield _remarks()


def _result(year: FiscalYear, dataset: Dataset) -> ListColumn[ListedKpi]:
    head = f"{year.text(dataset.year_form)}実績"
    return ListColumn(head, 17, lambda row: result_cell(row.kpi, result_of(row.kpi, dataset, year)))


def _rank(rank: int | None) -> AnnexCell:
    return EMPTY if rank is None else number_cell(rank, "位")


def _sheet(
    dataset: Dataset, rows: Sequence[ListedKpi], columns: Sequence[ListColumn[ListedKpi]], note: str = ""
) -> tuple[Sheet, ...]:
    if not rows:
        return ()
    table, widths = list_table("kpi_list", 2 if note else 1, columns, rows)
    return (table_sheet(dataset, NAME, table, name=NAME, widths=widths, note=note),)
