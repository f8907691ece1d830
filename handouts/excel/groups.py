"""Which rows of a dataset are those of one group of the branch.

A heading of the plan that ends with its groups, as in ○…（業務グループ）, says whose everything below it is. Where no
heading does, a group has the sections that state its KPIs. Budgets, progress and months follow the paragraphs and KPIs
that they belong to; what belongs to none of them, as the handouts and last year's comparison, is the planning team's.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.dataset.groups import ALL_GROUPS, group_name, group_names, groups_of_heading
from handouts.dataset.model import Dataset
from handouts.dataset.outline import owner_indexes
from handouts.dataset.plan import Kind
from handouts.excel.dataset_rows import RowSelection
from handouts.excel.sheets import (
    ENTRIES,
    FIELDS,
    HANDOUTS,
    INITIATIVES,
    KPIS,
    OVERRIDES,
    PLAN,
    POPULATIONS,
    PROGRESS_ITEMS,
    RECIPIENTS,
    SERIES,
    SILENCED,
    TABLES,
)
from handouts.findings import HandoutError
from handouts.measures.placeholders import references, resolve_topic

_SUFFIX = "グループ"


def select_group(dataset: Dataset, group: str) -> RowSelection:
    """The rows of `group`, e.g. 保健 or 保健グループ; raises HandoutError for one that the dataset does not know."""
    known = sorted(known_groups(dataset))
    name = next((one for one in known if one == group_name(group)), None)
    if name is None:
        choices = f"このデータにあるのは {'、'.join(known)} です。" if known else _NO_GROUPS
        raise HandoutError(f"「{group}」というグループはありません。{choices}")
    return _Chooser(dataset, name).selection()


_NO_GROUPS = (
    "このデータには、どのグループも書かれていません。計画の見出しの終わりに（保健グループ）のように書くか、"
    "KPI の担当グループを書いてください。"
)


def known_groups(dataset: Dataset) -> set[str]:
    """Those that the dataset states, and those that have something in it."""
    marked = {group for paragraph in dataset.plan.paragraphs for group in groups_of_heading(paragraph.text)}
    owners = {group for kpi in dataset.kpis for group in group_names(kpi.group)}
    return (marked | owners | set(map(group_name, dataset.groups))) - {ALL_GROUPS}


class _Chooser:
    """Finds the rows of one group, table after table."""

    def __init__(self, dataset: Dataset, group: str) -> None:
        self._dataset = dataset
        self._group = group
        self._paragraphs = dataset.plan.paragraphs
        self._owners = owner_indexes(self._paragraphs)
        self._plan = frozenset(self._own_paragraphs())
        self._ids = {self._paragraphs[number].id for number in self._plan}
        self._kpis = {
            kpi.id
            for kpi in dataset.kpis
            if self._is_own(kpi.group) or (not kpi.group and self._names("kpi", kpi.id))
        }

    def selection(self) -> RowSelection:
        """The numbers of the rows of each table."""
        dataset = self._dataset
        fields = {field.id for field in dataset.fields if self._is_own_topic(field.topic)}
        initiatives = [
            self._is_own_topic(one.topic) if one.topic else one.field in fields for one in dataset.initiatives
        ]
        fields |= {one.field for one, own in zip(dataset.initiatives, initiatives, strict=True) if own}
        entries = list(self._own_entries())
        printed = {name for number in entries for name in dataset.entries[number].monthly}
        tables = [table.id in printed or table.kpi in self._kpis for table in dataset.tables]
        series = [own for table, own in zip(dataset.tables, tables, strict=True) for _ in table.series]
        numbers = {
            PLAN: self._plan,
            INITIATIVES: _numbers(initiatives),
            FIELDS: _numbers([field.id in fields for field in dataset.fields]),
            KPIS: _numbers([kpi.id in self._kpis for kpi in dataset.kpis]),
            POPULATIONS: _numbers([self._names("population", one.id) for one in dataset.populations]),
            TABLES: _numbers(tables),
            SERIES: _numbers(series),
            ENTRIES: frozenset(entries),
            PROGRESS_ITEMS: _numbers([self._is_own_topic(item.heading) for item in dataset.items]),
            HANDOUTS: frozenset(),
            OVERRIDES: frozenset(),
            RECIPIENTS: frozenset(),
            SILENCED: frozenset(),
        }
        by_name: dict[str, frozenset[int]] = {table.name: chosen for table, chosen in numbers.items()}
        return RowSelection(by_name, f"{self._group}{_SUFFIX}")

    def _is_own(self, group: str) -> bool:
        return self._group in group_names(group)

    def _own_paragraphs(self) -> Iterator[int]:
        is_marked = any(groups_of_heading(paragraph.text) for paragraph in self._paragraphs)
        sections = set() if is_marked else set(self._sections_with_kpis())
        for number in range(len(self._paragraphs)):
            above = list(self._headings_above(number))
            groups = next(
                (found for one in above if (found := groups_of_heading(self._paragraphs[one].text))), ()
            )
            if self._group in groups or ALL_GROUPS in groups or sections & set(above):
                yield number

    def _sections_with_kpis(self) -> Iterator[int]:
        """The lowest headings that state a KPI of the group."""
        own = {kpi.id for kpi in self._dataset.kpis if self._is_own(kpi.group)}
        for number, paragraph in enumerate(self._paragraphs):
            kpis = {one.id for one in references(paragraph.text) if one.kind == "kpi"}
            if paragraph.kind is Kind.KPI and kpis & own and (owner := self._owners[number]) is not None:
                yield owner

    def _headings_above(self, number: int) -> Iterator[int]:
        """A paragraph and the headings that it stands under, from the nearest."""
        at: int | None = number
        while at is not None:
            yield at
            at = self._owners[at]

    def _names(self, kind: str, name: str) -> bool:
        """Whether a paragraph of the group has a placeholder for the entry."""
        texts = (self._paragraphs[number].text for number in self._plan)
        return any((one.kind, one.id) == (kind, name) for text in texts for one in references(text))

    def _is_own_topic(self, topic: str) -> bool:
        heading = resolve_topic(topic, self._dataset.plan) if topic else None
        return heading is not None and heading.id in self._ids

    def _own_entries(self) -> Iterator[int]:
        is_own = False
        for number, entry in enumerate(self._dataset.entries):
            is_own = entry.plan in self._ids if entry.plan else is_own
            if is_own:
                yield number


def _numbers(chosen: list[bool]) -> frozenset[int]:
    return frozenset(number for number, is_chosen in enumerate(chosen) if is_chosen)
