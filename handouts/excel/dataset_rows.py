"""The rows of a dataset: what each table of the input workbook shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handouts.dataset.columns import CALLED
from handouts.dataset.fields import Entry
from handouts.dataset.folder_text import base_entries
from handouts.dataset.model import Dataset
from handouts.dataset.progress import written_ids
from handouts.dataset.reading import entry_refs
from handouts.dataset.settings import NEW_PARAGRAPH, NO_MARKS
from handouts.dataset.yaml_text import key_text
from handouts.excel.entry_cells import cells_of, said_in, value_in
from handouts.excel.last_year import last_paragraphs, with_last_paragraphs
from handouts.excel.members import SeriesName, called_members
from handouts.excel.named_placeholders import with_names
from handouts.excel.names import names_of, printed_text
from handouts.excel.plan_rows import rows_of_plan
from handouts.excel.row_places import EntryPlaces, Key
from handouts.excel.rows import ORIGINS, DatasetRow, RowValue
from handouts.excel.sheets import (
    BASE,
    DATASET_NAME,
    ENTRIES,
    FIELDS,
    HANDOUTS,
    INITIATIVES,
    ITEMS,
    KPIS,
    MARCH_SHEET,
    OVERRIDES,
    PLAN,
    POPULATIONS,
    PRINTED,
    PROGRESS_ITEMS,
    RECIPIENTS,
    SCOPE,
    SERIES,
    SILENCED,
    TABLES,
    WHOLE,
    SheetTable,
)
from handouts.findings import Place

# The lists of the dataset whose entries are rows as they are.
_LISTS = (INITIATIVES, FIELDS, KPIS, POPULATIONS, TABLES, PROGRESS_ITEMS)


@dataclass(frozen=True, slots=True)
class RowSelection:
    """The entries that a workbook has, by the name of the table: their numbers, counted from 0; all of other tables."""

    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    group: str = ""

    def of(self, table: SheetTable, rows: Iterable[DatasetRow]) -> tuple[DatasetRow, ...]:
        """Those of the rows of a table that it has."""
        chosen = self.numbers.get(table.name)
        return tuple(row for number, row in enumerate(rows) if chosen is None or number in chosen)


def rows_of_dataset(
    dataset: Dataset,
    selection: RowSelection | None = None,
    places: Mapping[str, Place] | None = None,
    previous: Dataset | None = None,
) -> Mapping[str, tuple[DatasetRow, ...]]:
    """The rows of each table, by its name; `places` says by ref where they were entered.

    The paragraphs of the `previous` year are called by their names where that is there.
    """
    last_names = last_paragraphs(dataset, previous) if previous else {}
    maker = _RowMaker(dataset, places or {})
    chosen = selection or RowSelection()
    rows: Mapping[SheetTable, Iterable[DatasetRow]] = {
        BASE: maker.base_rows(chosen.group),
        HANDOUTS: maker.handout_rows(),
        PLAN: in_lines(maker.plan_rows()),
        **{table: maker.list_rows(table, getattr(dataset, table.name)) for table in _LISTS},
        SERIES: maker.series_rows(),
        ENTRIES: maker.progress_rows(),
        OVERRIDES: with_last_paragraphs(maker.override_rows(), last_names),
        RECIPIENTS: maker.recipient_rows(),
        SILENCED: maker.silence_rows(),
    }
    found = {table.name: chosen.of(table, each) for table, each in rows.items()}
    found[SERIES.name] = tuple(sorted(found[SERIES.name], key=lambda row: row.sheet))  # sheet by sheet
    if PLAN.name in chosen.numbers:
        found[PLAN.name] = tuple(_closed_up(found[PLAN.name]))
    return {name: tuple(in_lines(each)) for name, each in found.items()}


def in_lines(rows: Iterable[DatasetRow]) -> Iterator[DatasetRow]:
    """The rows with the line of each: its own, or that below the row before it."""
    line = 0
    for row in rows:
        line = max(row.line, line + 1)
        yield row if row.line == line else replace(row, line=line)


def _closed_up(rows: Iterable[DatasetRow]) -> Iterator[DatasetRow]:
    """Rows of a plan of which others are left out, with one empty row where some are missing between them."""
    before, line = 0, 0
    for row in rows:
        line += 1 if not before or row.line == before + 1 else 2
        before = row.line
        yield replace(row, line=line)


class _RowMaker:
    """Makes the rows of one table after the other."""

    def __init__(self, dataset: Dataset, places: Mapping[str, Place]) -> None:
        self._dataset = dataset
        self._places = places
        self._names = names_of(dataset)

    def base_rows(self, group: str) -> Iterator[DatasetRow]:
        values = _base_values(self._dataset, group)
        for _, column in ITEMS:
            value = value_in(column, values.get(column.key or (column.heading,)))
            cells = {**said_in(BASE, label=column.heading), ("value",): value}
            note = column.comment.replace("\n", "　")
            yield self._row(BASE, f"dataset:{key_text(column.path)}", cells, {BASE.columns[2].heading: note})

    def handout_rows(self) -> Iterator[DatasetRow]:
        for kind, settings in self._dataset.handouts.items():
            cells = {**said_in(HANDOUTS, kind=kind), **cells_of(HANDOUTS, settings)}
            yield self._row(HANDOUTS, f"dataset:handouts.{kind}", cells)

    def plan_rows(self) -> Iterator[DatasetRow]:
        _, number, *_ = PLAN.columns
        paragraphs = self._dataset.plan.paragraphs
        rows = rows_of_plan(self._dataset.plan, self._dataset.numbering)
        refs = entry_refs("plan", (paragraph.id for paragraph in paragraphs))
        for row, paragraph, ref in zip(rows, paragraphs, refs, strict=True):
            cells = said_in(PLAN, kind=row.kind, text=row.text, id=row.id, restart=row.is_first or None)
            printed = printed_text(paragraph.text, self._dataset)
            computed = {
                number.heading: row.label,
                PRINTED: printed if printed != paragraph.text else "",
                CALLED: self._names[PLAN.name][paragraph.id],
                ORIGINS[PLAN.name]: row.derived_id,
            }
            yield self._row(PLAN, ref, cells, computed, line=row.line)

    def list_rows(self, table: SheetTable, entries: Sequence[Entry]) -> Iterator[DatasetRow]:
        for entry, ref in zip(entries, _refs(table, entries), strict=True):
            unit = getattr(entry, "unit", "") if table is KPIS else ""
            names = self._names.get(table.name, {})
            computed = {CALLED: names[one]} if (one := getattr(entry, "id", "")) in names else {}
            yield self._row(table, ref, cells_of(table, entry, unit), computed, unit)

    def series_rows(self) -> Iterator[DatasetRow]:
        tables = self._dataset.tables
        for table, ref in zip(tables, _refs(TABLES, tables), strict=True):
            names = [SeriesName(one.year.text(), one.label, one.id or "") for one in table.series]
            for number, series in enumerate(table.series, 1):
                unit = "%" if series.part else table.unit
                cells = {**said_in(SERIES, table=table.id), **cells_of(SERIES, series, unit)}
                for month, value in zip(table.month_order, table.values_of(series), strict=True):
                    key = ("values", f"{month}月")
                    cells[key] = value_in(SERIES.column(*key), value, unit)
                cells = called_members(cells, series.year.text(), names)
                origin = {ORIGINS[SERIES.name]: f"{table.id}/{number}"}
                row = self._row(SERIES, f"{ref}.series[{number}]", cells, origin, unit)
                yield row if table.first_month == 4 else replace(row, sheet=MARCH_SHEET)

    def progress_rows(self) -> Iterator[DatasetRow]:
        entries = self._dataset.entries
        names = written_ids((entry.id, entry.plan) for entry in entries)
        for entry, ref, name in zip(entries, _refs(ENTRIES, entries), names, strict=True):
            cells = {**cells_of(ENTRIES, entry), **said_in(ENTRIES, id=name, slash=entry.slash or None)}
            if not any(cells.values()):
                cells |= said_in(ENTRIES, id=entry.id)  # an empty row would not be read
            computed = {ORIGINS[ENTRIES.name]: entry.id or ""}
            yield self._row(ENTRIES, ref, cells, computed)

    def override_rows(self) -> Iterator[DatasetRow]:
        pairs, marks = self._dataset.overrides.pairs, self._dataset.overrides.marks
        for name in dict.fromkeys((*pairs, *marks)):
            pair = NEW_PARAGRAPH if name in pairs and pairs[name] is None else pairs.get(name)
            mark = "\n".join(marks[name]) or NO_MARKS if name in marks else None
            cells = said_in(OVERRIDES, paragraph=name, pairs=pair, marks=mark)
            refs: dict[Key, str] = {(key,): f"dataset:comparison.{key}.{name}" for key in ("pairs", "marks")}
            ref = refs[("pairs",) if name in pairs else ("marks",)]
            yield replace(
                self._row(OVERRIDES, ref, cells),
                where=EntryPlaces(ref, self._places, refs),
            )

    def recipient_rows(self) -> Iterator[DatasetRow]:
        for group, mailboxes in self._dataset.recipients.items():
            # A group without anybody is a row of its own.
            for number, mailbox in enumerate(mailboxes or (None,)):
                cells = said_in(RECIPIENTS, group=group, mailbox=mailbox)
                yield self._row(RECIPIENTS, f"dataset:{key_text(('recipients', group, number))}", cells)

    def silence_rows(self) -> Iterator[DatasetRow]:
        for number, silence in enumerate(self._dataset.silenced):
            ref = f"dataset:{key_text((SILENCED.name, number))}"
            yield self._row(SILENCED, ref, cells_of(SILENCED, silence))

    def _row(
        self,
        table: SheetTable,
        ref: str,
        cells: Mapping[Key, RowValue | None],
        computed: Mapping[str, str] | None = None,
        unit: str = "",
        line: int = 0,
    ) -> DatasetRow:
        there = {key: self._with_names(value) for key, value in cells.items() if value}
        return DatasetRow(table, there, computed or {}, EntryPlaces(ref, self._places), line, unit)

    def _with_names(self, said: RowValue) -> RowValue:
        """What a row says, where it refers to others with what they are called."""
        if said.column.key == ("text",):
            return replace(said, shown=with_names(said.shown, self._names))
        names = self._names.get(said.column.ids_of)
        if names is None:
            return said
        ids = said.value if isinstance(said.value, list) else [said.value]
        return replace(said, shown="\n".join(names.get(str(one), str(one)) for one in ids))


def _refs(table: SheetTable, entries: Iterable[Entry]) -> Iterator[str]:
    """The ref of each entry of a list."""
    assert table.model is not None
    declared = table.model.entry_list
    assert declared is not None
    return entry_refs(declared.ref, (getattr(entry, declared.named_by) for entry in entries))


def _base_values(dataset: Dataset, group: str) -> Mapping[Key, Any]:
    base = base_entries(dataset)
    values: dict[Key, Any] = {
        (DATASET_NAME,): dataset.name,
        (SCOPE,): group or WHOLE,
        ("as_of",): dataset.as_of,
    }
    for name in ("branch", "fiscal_year", "edition", "previous", "earlier", "groups"):
        values[(name,)] = getattr(base, name)
    for name in ("kpi", "kpi_head", "bullet", "running"):
        values["numbering", name] = getattr(base.numbering, name)
    for level, sample in enumerate(base.numbering.levels):
        values["numbering", "levels", str(level)] = sample
    return values
