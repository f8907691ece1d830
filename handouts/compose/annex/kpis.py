"""KPI一覧: the listed KPIs with their targets and results over the years, average, mark and rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from handouts.compose.annex.cells import EMPTY, Cell, Sheet, Table, TableRow
from handouts.compose.annex.forms import number_cell, result_cell, shown_cell, text_cell
from handouts.compose.annex.outline import Places
from handouts.compose.annex.tables import Column, filled_columns
from handouts.dataset.entry import Mark
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset, Datasets, Kpi
from handouts.measures.kpis import result_before, result_of, standings
from handouts.wording import kpi_sentence, target_text

NAME = "KPI一覧"
# How a KPI stands to the same one of the plan before.
CHANGED, UNCHANGED, ADDED, DROPPED = "変更有", "変更無", "新規", "削除"
_YEARS_BACK = 2
_DONE = "実施"  # the target of a KPI whose sentence says what is to be done
_SHORT = 12  # characters that stand in the middle of their cell


@dataclass(frozen=True, slots=True)
class ListedKpi:
    """A KPI of this plan, or one of the plan before that this one dropped, with its place in its plan.

    `target` and `before` are the targets of both plans as printed, `name_before` its other name in the plan before.
    """

    number: int
    kpi: Kpi
    pillar: str
    path: str
    target: str
    before: str = ""
    change: str = ""
    name_before: str = ""


def compose_results(
    datasets: Datasets, meanings: Mapping[Mark, str], with_entries: bool
) -> tuple[Sheet, ...]:
    """The KPIs of this year with results, marks and ranks; `meanings` says what the marks mean.

    `with_entries`: what the report on a KPI says of its mark and rank stands before what the KPI says.
    """
    dataset = datasets.this
    known = _judged(dataset, with_entries)
    rows = list_kpis(dataset)
    columns = [*_naming(), *_results(dataset, known)]
    shown = {known[row.kpi.id].mark for row in rows}
    legend = "　".join(mark.value + words for mark, words in meanings.items() if mark in shown)
    return _sheet(dataset, rows, columns, legend)


def compose_targets(datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs of this year with their targets alone."""
    dataset = datasets.this
    year = dataset.fiscal_year.text(dataset.year_form)
    columns = [*_naming(), _target(f"{year}目標"), _remarks()]
    return _sheet(dataset, list_kpis(dataset), columns)


def compose_targets_of_years(datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs of this year with last year's targets beside theirs."""
    dataset, previous = datasets.this, datasets.previous
    if previous is None:
        return compose_targets(datasets)
    old, new = (each.fiscal_year.text(each.year_form) for each in (previous, dataset))
    columns = [
        *_naming(),
        *_changes(f"{old}目標", f"{new}目標", "前年度との違い", "前年度の名称（違うもの）"),
        _remarks(),
    ]
    return _sheet(dataset, list_kpis(dataset, previous), columns)


def compose_targets_of_editions(datasets: Datasets) -> tuple[Sheet, ...]:
    """The KPIs with their targets before headquarters' review beside them."""
    dataset, earlier = datasets.this, datasets.earlier
    if earlier is None:
        return compose_targets(datasets)
    columns = [*_naming(), *_changes("変更前", "変更後", "変更有無", "変更前の名称（違うもの）"), _remarks()]
    return _sheet(dataset, list_kpis(dataset, earlier), columns)


def list_kpis(dataset: Dataset, before: Dataset | None = None) -> list[ListedKpi]:
    """The listed KPIs in the order of the plan; those that only the plan before has come last."""
    rows = _rows(dataset, before)
    if before is not None:
        kept = {kpi.id for kpi in dataset.kpis}
        rows += [
            ListedKpi(0, row.kpi, row.pillar, row.path, "", row.target, DROPPED)
            for row in _rows(before, None)
            if row.kpi.id not in kept
        ]
    return [replace(row, number=number) for number, row in enumerate(rows, 1)]


@dataclass(frozen=True, slots=True)
class _Judged:
    """The printed mark and rank of a KPI."""

    mark: Mark | None
    rank: int | None


def _judged(dataset: Dataset, with_entries: bool) -> Mapping[str, _Judged]:
    found = {name: _Judged(each.mark, each.kpi.rank) for name, each in standings(dataset).items()}
    for entry in dataset.entries if with_entries else ():
        if entry.kpi in found:
            known = found[entry.kpi]
            found[entry.kpi] = _Judged(entry.mark or known.mark, entry.rank or known.rank)
    return found


def list_name(kpi: Kpi) -> str:
    """The name that stands in lists."""
    return kpi.list_name or kpi.name


def target_cell(text: str) -> Cell:
    """A target as a number that shows as printed; words in the middle, a sentence from the left."""
    cell = shown_cell(text)
    if isinstance(cell.value, Decimal):
        return cell
    return text_cell(text, "left" if len(text) > _SHORT or "\n" in text else "center")


def _rows(dataset: Dataset, before: Dataset | None) -> list[ListedKpi]:
    places = Places(dataset)
    index_of = places.kpis()
    old = {kpi.id: kpi for kpi in before.kpis if kpi.listed} if before else {}
    listed = sorted(
        (kpi for kpi in dataset.kpis if kpi.listed),
        key=lambda kpi: index_of.get(kpi.id, len(places.paragraphs)),
    )
    return [
        ListedKpi(
            number=0,
            kpi=kpi,
            pillar=places.pillar(index_of.get(kpi.id)),
            path=places.path(index_of.get(kpi.id)),
            target=_target_of(kpi, dataset),
            **_compared(kpi, dataset, old.get(kpi.id), before),
        )
        for kpi in listed
    ]


def _compared(kpi: Kpi, dataset: Dataset, old: Kpi | None, before: Dataset | None) -> dict[str, str]:
    """The target and the name before, and how the KPI stands to them; nothing without a plan before."""
    if before is None:
        return {}
    if old is None:
        return {"change": ADDED}
    target, names = _target_of(old, before), (list_name(old), list_name(kpi))
    is_same = target == _target_of(kpi, dataset) and names[0] == names[1]
    return {
        "before": target,
        "change": UNCHANGED if is_same else CHANGED,
        "name_before": "" if names[0] == names[1] else names[0],
    }


def _target_of(kpi: Kpi, dataset: Dataset) -> str:
    """The target as printed; of a KPI whose target is a sentence, the sentence, or 実施 where that is the result."""
    if printed := kpi.targets.get(dataset.fiscal_year):
        return "\n".join(printed)
    if text := target_text(kpi):
        return text
    is_done = any(isinstance(actual, str) for actual in kpi.actuals.values())
    return _DONE if is_done else kpi_sentence(kpi, result_before(kpi, dataset)) if kpi.sentence else ""


def _naming() -> list[Column[ListedKpi]]:
    return [
        Column("番号", 7, lambda row: number_cell(row.number, align="center"), always=True),
        Column("分野", 34, lambda row: text_cell(row.pillar)),
        Column("箇所", 12, lambda row: text_cell(row.path, "center")),
        Column("担当グループ", 15, lambda row: text_cell(row.kpi.group, "center")),
        Column("KPI", 44, lambda row: text_cell(list_name(row.kpi)), always=True),
    ]


def _target(head: str) -> Column[ListedKpi]:
    return Column(head, 30, lambda row: target_cell(row.target), always=True)


def _remarks() -> Column[ListedKpi]:
    return Column("備考", 16, lambda row: text_cell(row.kpi.remarks))


def _changes(before: str, after: str, change: str, name: str) -> list[Column[ListedKpi]]:
    return [
        Column(before, 30, lambda row: target_cell(row.before), always=True),
        Column(after, 30, lambda row: target_cell(row.target), always=True),
        Column(change, 17, lambda row: text_cell(row.change, "center")),
        Column(name, 36, lambda row: text_cell(row.name_before)),
    ]


def _results(dataset: Dataset, known: Mapping[str, _Judged]) -> Iterator[Column[ListedKpi]]:
    """The results of the years before, this year's target, result, mark, average and rank, the next year's target."""
    this = dataset.fiscal_year
    for back in range(_YEARS_BACK, 0, -1):
        yield _result(FiscalYear(this.year - back), dataset)
    yield _target(f"{this.text(dataset.year_form)}目標")
    yield _result(this, dataset)
    yield Column("実施状況", 11, lambda row: text_cell(_mark(known[row.kpi.id].mark), "center"))
    yield Column("全国平均", 12, lambda row: result_cell(row.kpi, row.kpi.averages.get(this)))
    yield Column("全国順位", 11, lambda row: _rank(known[row.kpi.id].rank))
    following = FiscalYear(this.year + 1)
    yield Column(
        f"{following.text(dataset.year_form)}目標",
        18,
        lambda row: target_cell("\n".join(row.kpi.targets.get(following, ()))),
    )
    yield _remarks()


def _result(year: FiscalYear, dataset: Dataset) -> Column[ListedKpi]:
    head = f"{year.text(dataset.year_form)}実績"
    return Column(head, 17, lambda row: result_cell(row.kpi, result_of(row.kpi, dataset, year)))


def _mark(mark: Mark | None) -> str:
    return mark.value if mark else ""


def _rank(rank: int | None) -> Cell:
    return EMPTY if rank is None else number_cell(rank, "位")


def _sheet(
    dataset: Dataset, rows: Sequence[ListedKpi], columns: Sequence[Column[ListedKpi]], note: str = ""
) -> tuple[Sheet, ...]:
    if not rows:
        return ()
    filled = filled_columns(columns, rows)
    head = 2 if note else 1
    table = Table(
        name="kpi_list",
        title="",
        first_row=head,
        heads=filled.heads,
        rows=tuple(TableRow(row) for row in filled.rows),
        can_filter=True,
    )
    sheet = Sheet(
        name=NAME,
        title=f"{dataset.fiscal_year.text(dataset.year_form)} {dataset.branch}支部 KPI一覧",
        notes=(note,) if note else (),
        widths=filled.widths,
        tables=(table,),
        frozen=(head + 1, 0),
        repeated=(head, head),
    )
    return (sheet,)
