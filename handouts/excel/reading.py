"""The input workbook read: the same dataset and the same rules as a folder, each fault with its sheet and cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from handouts.dataset.assembly import Part, Parts, assemble
from handouts.dataset.columns import plain
from handouts.dataset.declared import terms_of
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.reading import Reading, entry_lists
from handouts.dataset.schemas import BudgetFile, DatasetFile, KpiFile, MonthlyFile, ProgressFile
from handouts.dataset.stored import DATASET_FILE, MONTHLY_FILE
from handouts.excel.book import Book, book_of
from handouts.excel.cells import EMPTY_CELL, field_of
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.kept import KeptNames, read_kept
from handouts.excel.meeting import HANDOUT, read_base, read_handouts, read_overrides, read_recipients
from handouts.excel.moved_words import ids_with_their_words
from handouts.excel.offering import names_used
from handouts.excel.plan_reading import is_level_only, read_plan_sheet
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import (
    BASE,
    DATASET_NAME,
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
    SCOPE,
    SERIES,
    SHEETS,
    SILENCED,
    TABLES,
    WHOLE,
)
from handouts.excel.source import Findings, RowSource, cell_order
from handouts.findings import DataFaults, Finding, Place, Rule
from handouts.xlsx.grid import Grid, read_grids

OTHER_BOOK = Rule(
    "workbook.not-input",
    "これは入力ブックではありません（会議、計画などのシートがありません）",
    "読むのは、handouts workbook export で書き出したブックです",
    "書き出したブックに写してください",
)
ANNEX = Rule(
    "workbook.annex",
    "これは、資料に付ける Excel の別紙です",
    "読むのは、handouts workbook export で書き出したブックです",
    "数字は、元のデータか、そこから書き出したブックで直してください",
)
# Sheets that only the annex has, which is composed further up.
_OF_ANNEX = ("KPI一覧", "取組と予算", "変更箇所", "予算執行", "月次グラフ", "執行グラフ")
UNKNOWN_TABLE = Rule(
    "months.table-unknown",
    "「{name}」という表は、{tables} にありません",
    "{field:allowed}",
    "書き直すか、{tables} に表の行を足してください",
    tables=terms_of(MonthlyTable).list,
)
_TABLE = field_of(SERIES.column("table"), f"シート「{TABLES.sheet}」の表の名称")


@dataclass(frozen=True, slots=True)
class WorkbookReading(Reading):
    """What came of a workbook, with the name of the dataset that it was written from, its rows and its sheets.

    `book` is None where it cannot be read.
    """

    name: str = ""
    book: Book | None = None
    grids: Sequence[Grid] = ()


def read_workbook(path: Path, last: Callable[[], Dataset | None] = lambda: None) -> WorkbookReading:
    """The dataset in the workbook at `path`, with everything that is wrong or odd in all of its sheets.

    Where nothing in it says which paragraph was which, those of the `last` dataset are found again by their words, and
    where it keeps no names, entries are called what they are called there.
    """
    try:
        grids = read_sheets(path)
    except DataFaults as faults:
        return WorkbookReading(None, faults.findings, {})
    book = book_of(Findings(path.name), grids, names=lambda: _last_names(last))
    if not any(row.origin for row in book.rows.get(PLAN.name, ())):
        book = replace(book, written_plan=cache(partial(_last_plan, book, last)))
    if PLAN.name in book.rows:
        plan = ids_with_their_words(book.rows[PLAN.name], book.written_plan)
        book = replace(book, rows={**book.rows, PLAN.name: plan})
    read = read_book(book, path.stem)
    group = _group_of(read, grids)
    findings = tuple(one for one in read.findings if not (group and is_level_only(one)))
    return replace(read, findings=findings, group=group, book=book, grids=grids)


def _last_names(last: Callable[[], Dataset | None]) -> KeptNames:
    dataset = last()
    return names_used(rows_of_dataset(dataset)) if dataset else {}


def _last_plan(book: Book, last: Callable[[], Dataset | None]) -> Sequence[DatasetRow]:
    """The rows of the plan as the workbook keeps them, else those of the last dataset."""
    if rows := book.written_plan():
        return rows
    dataset = last()
    return rows_of_dataset(dataset)[PLAN.name] if dataset else ()


def _group_of(read: WorkbookReading, grids: Sequence[Grid]) -> str:
    """Whose part the workbook in `grids` is, whatever became of the cell that says so; empty where it has all rows."""
    kept = read_kept(grids)
    return (kept.group if kept else "") or read.group


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """The sheets of the workbook at `path`; raises DataFaults where it cannot be read or is another one."""
    grids = read_grids(path)
    names = {grid.name for grid in grids}
    if not names.isdisjoint(_OF_ANNEX) and BASE.sheet not in names:
        raise DataFaults([ANNEX.at(Place(path.name))])
    if not any(plain(grid.name) in map(plain, SHEETS) for grid in grids):
        raise DataFaults([OTHER_BOOK.at(Place(path.name))])
    return grids


def read_book(book: Book, name: str) -> WorkbookReading:
    """The dataset in the tables of `book`, called `name`."""
    said, parts = _read_parts(book)
    reading = assemble(name, parts)
    findings = book.findings
    found = (*findings.found, *findings.new(reading.findings))
    scope = said.get(SCOPE, WHOLE)
    places = {**_table_places(book), **reading.places}
    return WorkbookReading(
        reading.dataset,
        in_sheet_order(found),
        places,
        group="" if plain(scope) == plain(WHOLE) else scope,
        name=said.get(DATASET_NAME, ""),
    )


def _table_places(book: Book) -> Mapping[str, Place]:
    """Where all entries of a kind stand."""
    tables = {"dataset": BASE.name, "plan": PLAN.name, **{one.ref: one.key for one in entry_lists()}}
    return {f"{kind}:": book.places[name] for kind, name in tables.items()}


def in_sheet_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by sheet, row and column; those on no cell come first."""
    names = {plain(name): number for number, name in enumerate(SHEETS)}

    def order(finding: Finding) -> tuple[int, tuple[str, int, str]]:
        key = cell_order(finding)
        return names.get(plain(key[0]), -1), key

    return tuple(sorted(dict.fromkeys(findings), key=order))


def _read_parts(book: Book) -> tuple[Mapping[str, str], Parts]:
    """What the program itself wrote into the sheet 会議, and all parts of the dataset."""
    dataset, monthly = RowSource(book.findings), RowSource(book.findings)
    said = read_base(book, {DATASET_FILE: dataset, MONTHLY_FILE: monthly})
    dataset.data["handouts"] = read_handouts(book, dataset)
    dataset.data["comparison"] = read_overrides(book, dataset)
    dataset.data["recipients"] = read_recipients(book, dataset)
    dataset.data[SILENCED.name] = book.entries(SILENCED, dataset, (SILENCED.name,))
    base = book.part(DatasetFile, dataset, BASE, HANDOUTS, OVERRIDES, RECIPIENTS)
    numbering = {place for path, place in dataset.values.items() if path[0] == "numbering"}
    faults = {one.place for one in (*base.findings, *book.findings.found)}
    is_sure = base.value is not None and not numbering & faults
    # The rules of a handout that nobody makes would mislead.
    knows_handouts = all(("field", HANDOUT) not in one.values for one in book.findings.found)
    return said, Parts(
        base=base if knows_handouts else replace(base, value=None),
        plan=read_plan_sheet(book, base.value.numbering if base.value and is_sure else None),
        budget=_read_budget(book),
        kpis=_read_kpis(book),
        monthly=_read_monthly(book, monthly),
        progress=_read_progress(book),
    )


def _read_budget(book: Book) -> Part[BudgetFile]:
    source = RowSource(book.findings)
    for table in (INITIATIVES, FIELDS):
        source.data[table.name] = book.entries(table, source, (table.name,))
    return book.part(BudgetFile, source, INITIATIVES, FIELDS)


def _read_kpis(book: Book) -> Part[KpiFile]:
    source = RowSource(book.findings)
    for table in (KPIS, POPULATIONS):
        source.data[table.name] = book.entries(table, source, (table.name,))
    source.check_units({("kpis", index): _unit(entry) for index, entry in enumerate(source.data["kpis"])})
    return book.part(KpiFile, source, KPIS, POPULATIONS)


def _read_monthly(book: Book, source: RowSource) -> Part[MonthlyFile]:
    tables = book.entries(TABLES, source, ("tables",))
    by_id: dict[Any, int] = {}
    for index, table in enumerate(tables):
        table["series"] = []
        by_id.setdefault(table.get("id"), index)
        source.values[("tables", index, "series")] = source.place(("tables", index, "caption"))
    units: dict[tuple[str | int, ...], str] = {}
    for row in book.rows.get(SERIES.name, ()):
        said = row.cells.get(("table",))
        name = str(said.value or "") if said else ""
        if said and not name:
            continue  # of which the reading has said that no table is called so
        if name not in by_id:
            rule = UNKNOWN_TABLE if name else EMPTY_CELL
            book.findings.add(rule.at(row.place_of(("table",)), field=_TABLE, name=name))
            continue
        table = tables[by_id[name]]
        path = ("tables", by_id[name], "series", len(table["series"]))
        entry = source.read_row(row, path, ("year",))
        entry.pop("table", None)
        source.values.pop((*path, "table"), None)
        units[path] = "%" if entry.get("part") else _unit(table)
        table["series"].append(entry)
    source.check_units(units)
    source.data["tables"] = tables
    return book.part(MonthlyFile, source, TABLES, SERIES)


def _read_progress(book: Book) -> Part[ProgressFile]:
    source = RowSource(book.findings)
    for table in (PROGRESS_ITEMS, ENTRIES):
        source.data[table.name] = book.entries(table, source, (table.name,))
    return book.part(ProgressFile, source, PROGRESS_ITEMS, ENTRIES)


def _unit(entry: Mapping[str, Any]) -> str:
    return plain(str(entry.get("unit", "")))
