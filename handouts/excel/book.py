"""The rows of all tables, and the sheets of a workbook in which they are found: which are there, and which rows are entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from handouts.dataset.assembly import Part, read_part
from handouts.dataset.columns import CALLED, plain
from handouts.dataset.validation import EntryType
from handouts.dataset.yaml_text import KeyPath
from handouts.excel.cells import as_text
from handouts.excel.cutting import is_continued, joined_rows
from handouts.excel.kept import NAMES_SHEET, KeptNames, is_kept, names_in, read_kept
from handouts.excel.references import resolved
from handouts.excel.row_places import Key, SheetPlaces
from handouts.excel.rows import ORIGINS, DatasetRow, RowValue, item_named, read_value
from handouts.excel.sheet_findings import (
    grid_findings,
    merged_findings,
    outside_findings,
    remark_finding,
    sheet_findings,
)
from handouts.excel.sheets import (
    BASE,
    ENTRIES,
    GUIDE_SHEET,
    KPIS,
    PLAN,
    SHEETS,
    TABLES_IN_ORDER,
    Head,
    SheetTable,
)
from handouts.excel.source import Findings, RowSource
from handouts.excel.struck import is_struck_row, struck_row
from handouts.excel.tables import FoundColumn, FoundTable, find_tables, is_note
from handouts.excel.targets import with_bound
from handouts.findings import Finding, Place
from handouts.xlsx.grid import Cell, Grid

# The computed columns of which the reading takes what they say.
_TOLD = frozenset({CALLED, PLAN.columns[1].heading, *ORIGINS.values()})


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of all tables by name, those that are entries, wherever they stand; what is wrong goes into `findings`.

    `places` says where each table stands as a whole, also one that is missing from `rows`. `heads` are the columns that
    were found in the sheets of a workbook, `written_plan` the rows of the plan with which that was written, where it says so.
    """

    findings: Findings
    rows: Mapping[str, Sequence[DatasetRow]]
    places: Mapping[str, Place]
    heads: Mapping[str, tuple[Head, ...]] = field(default_factory=dict)
    written_plan: Callable[[], Sequence[DatasetRow]] = tuple

    def entries(self, table: SheetTable, source: RowSource, path: KeyPath) -> list[dict[str, Any]]:
        """The entries of a table; their key paths are `path` and their number."""
        if table.name not in self.rows or table.model is None:
            return []
        source.values[path] = self.places[table.name]
        required = [name for name, field in table.model.model_fields.items() if field.is_required()]
        return [
            source.read_row(row, (*path, index), required) for index, row in enumerate(self.rows[table.name])
        ]

    def part(self, model: type[EntryType], source: RowSource, *tables: SheetTable) -> Part[EntryType]:
        """The part of the dataset that `source` holds; no value where one of its tables is missing."""
        part = read_part(model, source)
        has_all = all(table.is_optional or table.name in self.rows for table in tables)
        return part if has_all else replace(part, value=None, findings=())


def book_of(
    findings: Findings,
    grids: Sequence[Grid],
    known: Mapping[str, Sequence[DatasetRow]] | None = None,
    names: Callable[[], KeptNames] = dict,
) -> Book:
    """The rows in the sheets of a workbook; what is wrong with the sheets is noted in `findings`.

    `known` are the rows of tables that have been read already, `names` what entries are called where it keeps no names.
    """
    known = known or {}
    tables = _Sheets(findings, grids)
    places = {table.name: Place(findings.file, cell=table.sheet) for table in TABLES_IN_ORDER}
    rows = {name: known.get(name) or tuple(tables.rows(name)) for name in tables.found}
    heads = {name: tuple(head for one in found for head in one.heads) for name, found in tables.found.items()}
    with_ids = resolved(rows, lambda: names_in(grids) or names(), findings)
    for row in with_ids.remarks:
        tables.say_remark(row)
    written_plan = cache(partial(_written_plan, findings.file, grids))
    return Book(findings, {**with_ids.rows, **known}, places, heads, written_plan)


def _written_plan(file: str, grids: Sequence[Grid]) -> Sequence[DatasetRow]:
    """The rows of the plan with which a workbook was written; none where it does not say."""
    kept = read_kept(grids)
    sheets = _Sheets(Findings(file), kept.named(PLAN.sheet) if kept else ())
    return tuple(sheets.rows(PLAN.name)) if PLAN.name in sheets.found else ()


class _Sheets:
    """The tables that the sheets of a workbook have."""

    def __init__(self, findings: Findings, grids: Sequence[Grid]) -> None:
        self.findings = findings
        self.found: dict[str, list[FoundTable]] = {}
        sheets, others = _by_name(grids)
        self._add(sheet_findings(findings.file, sheets, others))
        for name, grid in sheets.items():
            wanted = [table for table in TABLES_IN_ORDER if name in table.sheets]
            tables = find_tables(grid, wanted)
            self._add(grid_findings(findings.file, grid, wanted, tables))
            for one in tables:
                self.found.setdefault(one.table.name, []).append(one)

    def rows(self, name: str) -> Iterator[DatasetRow]:
        """The rows of a table that are entries, those of one of its sheets after those of the other."""
        rows = self._in_all_sheets(name)
        return joined_rows(rows, self.findings) if name == ENTRIES.name else rows

    def say_remark(self, row: DatasetRow) -> None:
        """Says of a row that is but a remark that it is not read."""
        self._add([remark_finding(row)])

    def _add(self, found: Iterable[Finding]) -> None:
        for finding in found:
            self.findings.add(finding)

    def _in_all_sheets(self, name: str) -> Iterator[DatasetRow]:
        above = last = 0
        for found in self.found[name]:
            for row in self._rows(found):
                last = above + row.line
                yield replace(row, line=last) if above else row
            above = last

    def _rows(self, found: FoundTable) -> Iterator[DatasetRow]:
        columns = {head.at for head in found.heads if head.key}
        known = {head.at for head in found.heads}
        told = [(head.heading, head.at) for head in found.heads if head.heading in _TOLD]
        titles = _titles_of_others(found)
        outside: list[Cell] = []
        for number, row in found.rows.items():
            own = {at: cell for at, cell in row.items() if at in columns and cell.value not in titles}
            outside += [cell for at, cell in row.items() if at not in known and cell.value not in titles]
            if own and is_struck_row(own):
                self._add(struck_row(self.findings.file, found, own))
            elif own:
                entry = self._entry(found, number, own, _told(told, row))
                if is_note(own, found) and not is_continued(entry):
                    outside += own.values()
                    continue
                self._add(merged_findings(self.findings.file, found, number))
                yield entry
        self._add(outside_findings(self.findings.file, found, outside))

    def _entry(
        self, found: FoundTable, number: int, own: Mapping[int, Cell], computed: Mapping[str, str]
    ) -> DatasetRow:
        heads = _heads(found, own)
        values: Mapping[Key, RowValue] = {
            key: read_value(own[head.at], head.column) for key, head in heads.items() if head.at in own
        }
        values = with_bound(values) if found.table is KPIS else values
        places = SheetPlaces(self.findings.file, found.sheet, number, heads, min(own))
        return DatasetRow(found.table, values, computed, places, number - found.row)


def _by_name(grids: Sequence[Grid]) -> tuple[Mapping[str, Grid], Sequence[Grid]]:
    """The sheets by the names of the contract, each the first that bears it exactly, or nearly; and those of other names."""
    sheets: dict[str, Grid] = {}
    others: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: grid.name not in SHEETS):
        name = next((name for name in SHEETS if plain(name) == plain(grid.name)), None)
        if name is not None and name not in sheets:
            sheets[name] = grid
        elif grid.rows and not is_kept(grid) and grid.name != NAMES_SHEET:
            others.append(grid)
    return {name: sheets[name] for name in SHEETS if name in sheets and name != GUIDE_SHEET}, others


def _told(columns: Iterable[tuple[str, int]], row: Mapping[int, Cell]) -> Mapping[str, str]:
    """What a row says in computed columns, by their headings."""
    return {
        heading: as_text(row[at]).strip() for heading, at in columns if at in row and row[at].kind == "text"
    }


def _titles_of_others(table: FoundTable) -> frozenset[str]:
    """What stands above the other tables of the same sheet."""
    others = [one for one in TABLES_IN_ORDER if table.table.sheet in one.sheets and one is not table.table]
    return frozenset(text for one in others for text in (one.title, one.about))


def _heads(found: FoundTable, cells: Mapping[int, Cell]) -> Mapping[Key, FoundColumn]:
    """The columns of a row that are read; in the sheet 会議 that of the value as the item takes it that the row is of."""
    heads = {head.key: head for head in found.heads if head.key}
    if found.table is BASE and ("label",) in heads and ("value",) in heads:
        label = cells.get(heads["label",].at)
        item = item_named(as_text(label)) if label else None
        heads["value",] = replace(heads["value",], column=item or heads["value",].column)
    return heads
