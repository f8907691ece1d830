"""What a collection still waits for: groups whose workbook is not there, and what they have left empty."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from handouts.checks.entered import kinds_with
from handouts.collect.returned import Returned
from handouts.dataset.groups import group_name
from handouts.dataset.kinds import Prints
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.reading import entry_refs, place_of
from handouts.excel.excerpts import excerpt
from handouts.excel.groups import known_groups
from handouts.findings import Finding, Rule

STILL_EMPTY = Rule("collect.still-empty", "「{row}」の{what}が空です", severity="warning")


def groups_not_there(dataset: Dataset, returned: Iterable[Returned]) -> tuple[str, ...]:
    """The groups of the dataset that none of the workbooks is of; none where no workbook is of a group."""
    there = {group_name(one.group) for one in returned if one.group}
    return tuple(sorted(known_groups(dataset) - there)) if there else ()


def left_empty(returned: Returned, whole: Dataset) -> tuple[Finding, ...]:
    """What the group was to fill in of its rows: targets, amounts, texts of the progress, months that are over.

    What handouts of the `whole` dataset print of each initiative, and which fields are budgeted as one, is known there.
    """
    prints_each = bool(kinds_with(Prints.INITIATIVES, whole))
    budgeted = {one.id for one in whole.fields if one.amount is not None and not prints_each}
    return tuple(
        STILL_EMPTY.at(place_of(ref, returned.places), row=row, what=what)
        for ref, row, what in (*_empty_fields(returned.dataset, budgeted), *_empty_months(returned.dataset))
    )


def _empty_fields(dataset: Dataset, budgeted: Collection[str]) -> Iterator[tuple[str, str, str]]:
    for kpi in dataset.kpis:
        if kpi.target is None and not kpi.sentence:
            yield f"kpi:{kpi.id}.target", kpi.name, "目標"
    for one in dataset.initiatives:
        if one.amount is None and one.field not in budgeted:
            yield f"budget:{one.id}.amount", one.name, "予算額"
    texts = {paragraph.id: paragraph.text for paragraph in dataset.plan.paragraphs}
    refs = entry_refs("progress", (entry.id or "" for entry in dataset.entries))
    for entry, ref in zip(dataset.entries, refs, strict=True):
        if not (entry.text or entry.kpi or entry.monthly or entry.slash):
            yield f"{ref}.text", excerpt(texts.get(entry.plan or "", "")), "実施状況の文"


def _empty_months(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    for table in dataset.tables:
        for number, series in enumerate(table.series, 1):
            if months := _missing_months(dataset, table, series):
                name = " ".join(filter(None, (table.caption, series.label)))
                ref = f"monthly:{table.id}.series[{number}].values.{months[0]}月"
                yield ref, name, "、".join(f"{month}月" for month in months)


def _missing_months(dataset: Dataset, table: MonthlyTable, series: MonthlySeries) -> Sequence[int]:
    """The months of this year that are over and have no figure."""
    last = table.as_of or dataset.as_of
    if last is None or series.year != dataset.fiscal_year or series.part or last not in table.month_order:
        return ()
    over = table.month_order[: table.month_order.index(last) + 1]
    values = dict(zip(table.month_order, table.values_of(series), strict=True))
    return [month for month in over if values[month] is None]
