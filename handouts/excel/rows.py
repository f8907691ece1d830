"""The rows of the input workbook: what each table of the contract shows of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handouts.dataset.columns import NO, YES, Column, Form
from handouts.dataset.fields import Entry
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.folder_text import base_entries
from handouts.dataset.model import NEW_PARAGRAPH, NO_MARKS, Dataset
from handouts.dataset.progress import written_ids
from handouts.excel.plan_rows import PlanRow, rows_of_plan
from handouts.excel.sheets import (
    BASE,
    DATASET_NAME,
    ENTRIES,
    FIELDS,
    HANDOUTS,
    INITIATIVES,
    ITEMS,
    KPIS,
    OVERRIDES,
    PLAN,
    POPULATIONS,
    PROGRESS_ITEMS,
    RECIPIENTS,
    SCOPE,
    SERIES,
    SILENCED,
    TABLES,
    WHOLE,
    SheetTable,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column as it is written: with a year where there is one for each year."""

    column: Column
    year: FiscalYear | None = None

    @property
    def heading(self) -> str:
        """What stands in the head."""
        return f"{self.column.heading}\n{self.year.text()}" if self.year else self.column.heading

    @property
    def key(self) -> tuple[str, ...]:
        """What `SheetRow.cells` has its value by: the key of the field, with the year behind it."""
        name = self.column.key or (self.column.heading,)
        return (*name, self.year.text(YearForm.LETTER)) if self.year else name


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The values of a row by the keys of the heads, and the unit of its figures; `line` where it has a place of its own.

    What the program computes is there by its heading: a text, or the id of the paragraph whose words are shown.
    """

    cells: Mapping[tuple[str, ...], Any]
    unit: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RowSelection:
    """The entries that a workbook has, by the name of the table: their numbers, counted from 0; all of other tables."""

    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    group: str = ""

    def of(self, table: SheetTable, rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
        """Those of the rows of a table that it has."""
        chosen = self.numbers.get(table.name)
        return tuple(row for number, row in enumerate(rows) if chosen is None or number in chosen)


def heads_of(table: SheetTable, dataset: Dataset) -> tuple[Head, ...]:
    """The columns of a table, those by year for all years that the dataset has and will need."""
    heads: list[Head] = []
    for column in table.columns:
        years = _years(column.key[0], dataset) if column.by_year else [None]
        heads += [Head(column, year) for year in years]
    return tuple(heads)


def rows_of_dataset(dataset: Dataset, selection: RowSelection) -> Mapping[str, tuple[SheetRow, ...]]:
    """The rows of each table, by its name."""
    rows: Mapping[SheetTable, Iterable[SheetRow]] = {
        BASE: _base_rows(dataset, selection.group),
        HANDOUTS: (_handout_row(kind, dataset) for kind in dataset.handouts),
        PLAN: map(_plan_row, rows_of_plan(dataset.plan, dataset.numbering)),
        INITIATIVES: (_topic_row(INITIATIVES, entry, entry.topic) for entry in dataset.initiatives),
        FIELDS: (_topic_row(FIELDS, entry, entry.topic) for entry in dataset.fields),
        KPIS: (SheetRow(_cells(KPIS, kpi), kpi.unit) for kpi in dataset.kpis),
        POPULATIONS: (SheetRow(_cells(POPULATIONS, population)) for population in dataset.populations),
        TABLES: (SheetRow(_cells(TABLES, table)) for table in dataset.tables),
        SERIES: _series_rows(dataset),
        ENTRIES: _entry_rows(dataset),
        PROGRESS_ITEMS: (_topic_row(PROGRESS_ITEMS, item, item.heading) for item in dataset.items),
        OVERRIDES: _override_rows(dataset),
        RECIPIENTS: _recipient_rows(dataset),
        SILENCED: (SheetRow(_cells(SILENCED, silence)) for silence in dataset.silenced),
    }
    chosen = {table.name: selection.of(table, each) for table, each in rows.items()}
    if PLAN.name in selection.numbers:
        chosen[PLAN.name] = tuple(_closed_up(chosen[PLAN.name]))
    return chosen


def _closed_up(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    """Rows of a plan of which others are left out, with one empty row where some are missing between them."""
    before, line = None, 0
    for row in rows:
        line += 1 if before is None or row.line == before + 1 else 2
        before = row.line
        yield replace(row, line=line)


def _years(key: str, dataset: Dataset) -> Sequence[FiscalYear]:
    """The years of a mapping of the KPIs: those that are there, and those in which figures are expected."""
    this = dataset.fiscal_year
    expected = {
        "targets": [FiscalYear(this.year + 1)],
        "actuals": [FiscalYear(this.year - 2), this.previous, this],
        "averages": [this],
    }[key]
    return sorted({*expected, *(year for kpi in dataset.kpis for year in getattr(kpi, key))})


def _cells(table: SheetTable, entry: Entry) -> dict[tuple[str, ...], Any]:
    """The values of an entry by column; what need not be written is left out."""
    cells: dict[tuple[str, ...], Any] = {}
    for column in table.columns:
        if column.is_computed or column.key[0] not in type(entry).model_fields:
            continue
        value = getattr(entry, column.key[0])
        if column.by_year:
            cells |= {
                (*column.key, year.text(YearForm.LETTER)): _shown(part, column)
                for year, part in value.items()
            }
        elif len(column.key) == 1:
            default = type(entry).model_fields[column.key[0]].default
            is_plain = column.form in (Form.CHOICE, Form.WHOLE, Form.FLAG)
            cells[column.key] = _shown(value, column) if value != default or is_plain else None
    return cells


def _shown(value: Any, column: Column) -> Any:
    if column.form is Form.FLAG:
        return {True: YES, False: NO}.get(value)
    if column.form in (Form.IDS, Form.NAMES, Form.WHOLES):
        return "、".join(column.choice_of(str(part)) for part in value)
    if column.form is Form.LINES:
        return "\n".join(value)
    if column.form is Form.YEAR:
        return value.text()
    if column.form is Form.MONTH:
        return None if value is None else f"{value}月"
    return column.choice_of(str(value)) if column.form is Form.CHOICE and value is not None else value


def _base_rows(dataset: Dataset, group: str) -> Iterator[SheetRow]:
    base = base_entries(dataset)
    values: dict[tuple[str, ...], Any] = {
        (DATASET_NAME,): dataset.name,
        (SCOPE,): group or WHOLE,
        ("branch",): base.branch,
        ("fiscal_year",): base.fiscal_year,
        ("edition",): base.edition,
        ("previous",): base.previous,
        ("earlier",): base.earlier,
        ("numbering", "kpi"): base.numbering.kpi,
        ("numbering", "kpi_head"): base.numbering.kpi_head,
        ("numbering", "bullet"): base.numbering.bullet,
        ("numbering", "running"): "、".join(map(str, base.numbering.running)),
        ("as_of",): None if dataset.as_of is None else f"{dataset.as_of}月",
    }
    for level, sample in enumerate(base.numbering.levels):
        values[("numbering", "levels", str(level))] = sample
    for _, column in ITEMS:
        cells: dict[tuple[str, ...], Any] = {
            ("label",): column.heading,
            ("value",): values.get(column.key or (column.heading,)),
            (BASE.columns[2].heading,): column.comment.replace("\n", "　"),
        }
        yield SheetRow(cells)


def _handout_row(kind: str, dataset: Dataset) -> SheetRow:
    cells = _cells(HANDOUTS, dataset.handouts[kind])
    return SheetRow({("kind",): HANDOUTS.column("kind").choice_of(kind), **cells})


def _plan_row(row: PlanRow) -> SheetRow:
    _, number, *_, derived = (column for column in PLAN.columns)
    return SheetRow(
        {
            ("kind",): row.kind,
            ("text",): row.text,
            ("id",): row.id,
            ("restart",): YES if row.is_first else None,
            (number.heading,): row.label,
            (derived.heading,): row.derived_id,
        },
        line=row.line or None,
    )


def _topic_row(table: SheetTable, entry: Entry, topic: str) -> SheetRow:
    computed = next(column for column in table.columns if column.is_computed)
    return SheetRow({**_cells(table, entry), (computed.heading,): topic})


def _series_rows(dataset: Dataset) -> Iterator[SheetRow]:
    (computed,) = (column for column in SERIES.columns if column.is_computed)
    for table in dataset.tables:
        for number, series in enumerate(table.series, 1):
            cells = {**_cells(SERIES, series), ("table",): table.id}
            months = zip(table.month_order, table.values_of(series), strict=True)
            cells |= {("values", f"{month}月"): value for month, value in months}
            cells[(computed.heading,)] = f"{table.id}/{number}"
            yield SheetRow(cells, "%" if series.part else table.unit)


def _entry_rows(dataset: Dataset) -> Iterator[SheetRow]:
    paragraph, original = (column for column in ENTRIES.columns if column.is_computed)
    names = written_ids((entry.id, entry.plan) for entry in dataset.entries)
    for entry, name in zip(dataset.entries, names, strict=True):
        cells = {**_cells(ENTRIES, entry), ("id",): name}
        cells[("slash",)] = YES if entry.slash else None
        if not any(cells[column.key] for column in ENTRIES.columns if column.key):
            cells[("id",)] = entry.id  # a row without anything would not be read
        yield SheetRow({**cells, (original.heading,): entry.id, (paragraph.heading,): entry.plan or ""})


def _override_rows(dataset: Dataset) -> Iterator[SheetRow]:
    (computed,) = (column for column in OVERRIDES.columns if column.is_computed)
    pairs, marks = dataset.overrides.pairs, dataset.overrides.marks
    for name in dict.fromkeys((*pairs, *marks)):
        cells: dict[tuple[str, ...], Any] = {("paragraph",): name, (computed.heading,): name}
        if name in pairs:
            cells[("pairs",)] = NEW_PARAGRAPH if pairs[name] is None else pairs[name]
        if name in marks:
            cells[("marks",)] = "\n".join(marks[name]) or NO_MARKS
        yield SheetRow(cells)


def _recipient_rows(dataset: Dataset) -> Iterator[SheetRow]:
    for group, mailboxes in dataset.recipients.items():
        for mailbox in mailboxes or (None,):  # a group without anybody is a row of its own
            yield SheetRow({("group",): group, ("mailbox",): mailbox})
