"""上期実施状況: every measure with what was done, its mark and rank, monthly figures, and the budget beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handouts.compose.chart_sources import DatasetCharts, compose_charts
from handouts.compose.charts import Chart, LineChart
from handouts.compose.done import DoneBlock, compose_done
from handouts.compose.expenses import compose_expenses
from handouts.compose.page import Front, Printed, PrintedLine, compose_front, plain_line
from handouts.compose.tallies import CountedMark, TallyRow, compose_tally
from handouts.compose.year_plan import compose_plan_alone
from handouts.dataset.kinds import PROGRESS
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.outline import owner_indexes
from handouts.dataset.plan import Kind
from handouts.dataset.progress import ProgressEntry
from handouts.measures.kpis import Judgement, judgement_of, standings
from handouts.measures.placeholders import resolve_topic
from handouts.measures.wording import rank_text

_NOTHING = Printed("")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure: what the plan says, what was done, mark and rank; `slash` where a rank does not apply."""

    overview: tuple[PrintedLine, ...]
    done: tuple[DoneBlock, ...]
    mark: Printed = _NOTHING
    rank: Printed = _NOTHING
    slash: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the plan: number and title, its measures, and the lines of its budget.

    Text directly under a pillar, or before the first, makes an item without number and title.
    """

    number: str
    title: PrintedLine | None
    badge: Printed
    rows: tuple[MeasureRow, ...]
    budget: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading; no heading where they stand directly under the pillar."""

    heading: PrintedLine | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ProgressPillar:
    """One pillar with its groups; no heading for items before the first pillar."""

    heading: PrintedLine | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """The whole handout, ready to print; `charts` are those of `dataset_charts` that it shows."""

    front: Front
    pillars: tuple[ProgressPillar, ...]
    tally: tuple[TallyRow, ...]
    tally_total: TallyRow
    dataset_charts: DatasetCharts
    charts: tuple[Chart, ...] = ()


def compose_progress(datasets: Datasets) -> ProgressReport:
    """The progress of this year's dataset; every mark that is printed is counted in the tally."""
    dataset = datasets.this
    charts = compose_charts(dataset, PROGRESS)
    composer = _Composer(dataset, charts.beside_tables)
    rows, sums = composer.tally()
    return ProgressReport(
        front=compose_front(dataset, PROGRESS),
        pillars=composer.pillars(),
        tally=rows,
        tally_total=sums,
        dataset_charts=charts,
        charts=charts.shown(with_kpis=False),
    )


class _Composer:
    """Puts plan, entries and budget of one dataset together; `charts` stand below their monthly tables."""

    def __init__(self, dataset: Dataset, charts: Mapping[str, LineChart]) -> None:
        self.dataset = dataset
        self.charts = charts
        self.plan = compose_plan_alone(dataset)
        self.standings = standings(dataset)
        self.expenses = compose_expenses(dataset)
        self.paragraphs = dataset.plan.paragraphs
        self.owners = owner_indexes(self.paragraphs)
        self.entries = _entries_by_item(dataset, self.owners)
        self.badges = {
            heading.id: Printed(item.badge, f"item:{item.heading}.badge")
            for item in dataset.items
            if (heading := resolve_topic(item.heading, dataset.plan))
        }

    def pillars(self) -> tuple[ProgressPillar, ...]:
        """The pillars in order; a heading with text of its own is an item, one with lower headings only a group."""
        pillars: list[tuple[PrintedLine | None, list[tuple[PrintedLine | None, list[Item]]]]] = [
            (None, self._front(None))
        ]
        for index, paragraph in enumerate(self.paragraphs):
            if paragraph.kind is not Kind.HEADING:
                continue
            line = self.plan.lines[index]
            if paragraph.level == 1:
                pillars.append((line, self._front(index)))
            elif self._own(index) or paragraph.id in self.entries:
                groups = pillars[-1][1]
                if not groups:
                    groups.append((None, []))
                groups[-1][1].append(self._item(index))
            else:
                pillars[-1][1].append((line, []))
        return tuple(
            ProgressPillar(heading, tuple(Group(line, tuple(items)) for line, items in groups))
            for heading, groups in pillars
            if heading or groups
        )

    def tally(self) -> tuple[tuple[TallyRow, ...], TallyRow]:
        """The rows of the tally, and their sum."""
        return compose_tally(
            CountedMark(self._judgement(entry).mark, self._of_mark(entry).ref, entry.kpi is not None)
            for entry in self.dataset.entries
        )

    def _front(self, pillar: int | None) -> list[tuple[PrintedLine | None, list[Item]]]:
        """What stands under a pillar before its first heading, or before the first pillar, as an item of its own."""
        if not self._own(pillar):
            return []
        return [(None, [Item("", None, _NOTHING, tuple(self._rows(pillar, ())), ())])]

    def _own(self, index: int | None) -> list[int]:
        """The paragraphs directly under a heading, or under none."""
        return [
            i
            for i, owner in enumerate(self.owners)
            if owner == index and self.paragraphs[i].kind is not Kind.HEADING
        ]

    def _item(self, index: int) -> Item:
        paragraph = self.paragraphs[index]
        return Item(
            number=paragraph.label.strip(),
            title=_titled(self.plan.lines[index], paragraph.text),
            badge=self.badges.get(paragraph.id, _NOTHING),
            rows=tuple(self._rows(index, self.entries.get(paragraph.id, ()))),
            budget=self.expenses.get(paragraph.id, ()),
        )

    def _rows(self, index: int | None, entries: Sequence[ProgressEntry]) -> Iterator[MeasureRow]:
        """A row per entry; the paragraphs of the item go to the entry that names them or one before them."""
        named = {entry.plan: number for number, entry in enumerate(entries) if entry.plan}
        overviews: list[list[PrintedLine]] = [[] for _ in entries] or [[]]
        at = 0
        for each in self._own(index):
            at = named.get(self.paragraphs[each].id, at)
            overviews[at].append(self.plan.lines[each])
        if not entries:
            yield MeasureRow(tuple(overviews[0]), ())
        for entry, overview in zip(entries, overviews, strict=False):
            yield MeasureRow(
                overview=tuple(overview),
                done=tuple(compose_done(entry, self.dataset, self.charts)),
                mark=self._of_mark(entry),
                rank=self._of_rank(entry),
                slash=entry.slash,
            )

    def _of_mark(self, entry: ProgressEntry) -> Printed:
        """The mark as the entry or its KPI states it, else as it follows from target and result."""
        mark, kpi = self._judgement(entry).mark, self._kpi(entry)
        text = mark.value if mark else ""
        if entry.mark or kpi is None:
            return Printed(text, f"progress:{entry.id}.mark")
        return Printed(text, f"kpi:{kpi.id}.mark", "own" if kpi.mark else "computed")

    def _of_rank(self, entry: ProgressEntry) -> Printed:
        kpi = self._kpi(entry)
        is_of_kpi = kpi is not None and kpi.rank is not None and entry.rank is None
        ref = f"kpi:{kpi.id}.rank" if kpi is not None and is_of_kpi else f"progress:{entry.id}.rank"
        return Printed(rank_text(self._judgement(entry).rank), ref)

    def _kpi(self, entry: ProgressEntry) -> Kpi | None:
        standing = self.standings.get(entry.kpi or "")
        return standing.kpi if standing else None

    def _judgement(self, entry: ProgressEntry) -> Judgement:
        return judgement_of(entry, self.standings.get(entry.kpi or ""))


def _entries_by_item(
    dataset: Dataset, owners: Sequence[int | None]
) -> Mapping[str, tuple[ProgressEntry, ...]]:
    """The entries of each item by the id of its heading; one without a place in the plan follows the one before."""
    paragraphs = dataset.plan.paragraphs
    index_of = {paragraph.id: index for index, paragraph in enumerate(paragraphs)}
    found: dict[str, list[ProgressEntry]] = {}
    item = ""
    for entry in dataset.entries:
        if entry.plan in index_of:
            index = index_of[entry.plan]
            owner = index if paragraphs[index].kind is Kind.HEADING else owners[index]
            item = "" if owner is None else paragraphs[owner].id
        found.setdefault(item, []).append(entry)
    return {heading: tuple(entries) for heading, entries in found.items()}


def _titled(line: PrintedLine, text: str) -> PrintedLine:
    """The heading without its number, which stands in a cell of its own."""
    return plain_line(line.ref, "item-title", text, line.heading)
