"""The rows of all tables, and the sheets of a workbook in which they are found: which are there, and which rows are entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handouts.dataset.assembly import Part, read_part
from handouts.dataset.columns import CALLED, plain
from handouts.dataset.suggestion import nearest
from handouts.dataset.validation import EntryType
from handouts.dataset.yaml_text import KeyPath
from handouts.excel.cells import as_text, excerpt_of, shown
from handouts.excel.cutting import is_continued, joined_rows
from handouts.excel.kept import NAMES_SHEET, KeptNames, is_kept, names_in, read_kept
from handouts.excel.merged import MergedAcross
from handouts.excel.references import resolved
from handouts.excel.rows import ORIGINS, DatasetRow, Key, RowValue, SheetPlaces, item_named, read_value
from handouts.excel.sheets import (
    BASE,
    ENTRIES,
    GUIDE_SHEET,
    KPIS,
    OPTIONAL_SHEETS,
    PLAN,
    SHEETS,
    TABLES_IN_ORDER,
    Head,
    SheetTable,
)
from handouts.excel.source import Findings, RowSource
from handouts.excel.struck import conditional_strikes, is_struck_row, struck_headings, struck_row
from handouts.excel.tables import FoundColumn, FoundTable, find_tables, is_note
from handouts.excel.targets import with_bound
from handouts.findings import Finding, Place, Rule
from handouts.xlsx.grid import COLUMN_LIMIT, ROW_LIMIT, Cell, Grid

MISSING_SHEET = Rule(
    "sheet.missing",
    "シート「{sheet}」がありません",
    "書くことがないシートも、見出しの行ごと残します",
    "名前を変えたなら戻し、消したなら、書き出し直したブックから写してください",
)
UNREAD_SHEET = Rule(
    "sheet.unread",
    "シート「{sheet}」は読み込まれません",
    "読むシートは {known} です",
    "覚え書きなら、そのままで構いません",
    "warning",
)
MISSING_HEAD = Rule(
    "sheet.head-missing",
    "「{table}」の見出しの行が見つかりません",
    "見出しは {headings} です",
    "見出しの行を戻すか、書き出し直したブックから写してください",
)
MISSING_COLUMN = Rule(
    "sheet.column-missing",
    "列「{heading}」がありません",
    "使わない列も、見出しごと残します",
    "列を挿入して、見出しの行に書き足してください",
)
UNREAD_COLUMN = Rule(
    "sheet.column-unread",
    "列「{heading}」は読み込まれません",
    remedy="覚え書きなら、そのままで構いません",
    severity="warning",
)
_FIGURES = "{column}は読み込まれませんが、その下に数があります"
_MEND_HEADING = "見出しを直すか、読まなくてよい数なら、ほかのシートに移してください"
UNREAD_FIGURES = Rule("sheet.column-unread-figures", _FIGURES, remedy=_MEND_HEADING)
UNREAD_YEAR = Rule(
    "sheet.column-unread-year",
    _FIGURES,
    "年度の列の見出しは「{heading} 令和4年度」のように書きます",
    _MEND_HEADING,
)
DOUBLE_COLUMN = Rule(
    "sheet.column-double", "列「{heading}」が二つあります", "見出しは一つずつです", "どちらかを消してください"
)
FAR_CELL = Rule(
    "sheet.cell-too-far",
    "表から遠く離れたところに「{shown}」と書かれています",
    f"読むのは、{ROW_LIMIT:,}行・{COLUMN_LIMIT}列までです",
    "その行や列を消してください",
)
MERGED_ACROSS = Rule(
    "sheet.merged-across",
    "{area} は結合したセルで、「{shown}」が{columns}のどれのものか分かりません",
    remedy="結合を解除して、列ごとに書いてください",
)
OUTSIDE_TABLE = Rule(
    "sheet.outside-table",
    "表の外の書き込み「{shown}」{more}は、読み飛ばしました",
    remedy="覚え書きなら、そのままで構いません",
    severity="warning",
)


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
    return Book(
        findings, {**with_ids.rows, **known}, places, heads, lambda: _written_plan(findings.file, grids)
    )


def _written_plan(file: str, grids: Sequence[Grid]) -> Sequence[DatasetRow]:
    """The rows of the plan with which a workbook was written; none where it does not say."""
    kept = read_kept(grids)
    written = [grid for grid in (kept and kept.grids) or () if grid.name == PLAN.sheet]
    sheets = _Sheets(Findings(file), written)
    return tuple(sheets.rows(PLAN.name)) if PLAN.name in sheets.found else ()


class _Sheets:
    """The tables that the sheets of a workbook have."""

    def __init__(self, findings: Findings, grids: Sequence[Grid]) -> None:
        self.findings = findings
        self.found: dict[str, list[FoundTable]] = {}
        for name, grid in self._sheets(grids).items():
            wanted = [table for table in TABLES_IN_ORDER if name in table.sheets]
            found = {one.table.name: one for one in find_tables(grid, wanted)}
            for table in wanted:
                if table.name in found:
                    self._check_head(found[table.name])
                    self._add(struck_headings(findings.file, found[table.name], grid))
                else:
                    self._say_missing(grid, table)
            self._check_far_cells(grid)
            self._add(conditional_strikes(findings.file, grid))
            for one in found.values():
                self.found.setdefault(one.table.name, []).append(one)

    def _add(self, found: Iterable[Finding]) -> None:
        for finding in found:
            self.findings.add(finding)

    def rows(self, name: str) -> Iterator[DatasetRow]:
        """The rows of a table that are entries, those of one of its sheets after those of the other."""
        rows = self._in_all_sheets(name)
        return joined_rows(rows, self.findings) if name == ENTRIES.name else rows

    def _in_all_sheets(self, name: str) -> Iterator[DatasetRow]:
        above = last = 0
        for found in self.found[name]:
            for row in self._rows(found):
                last = above + row.line
                yield replace(row, line=last) if above else row
            above = last

    def _rows(self, found: FoundTable) -> Iterator[DatasetRow]:
        columns = {head.at for head in found.heads if head.key}
        told = [(head.heading, head.at) for head in found.heads if head.heading in _TOLD]
        known = {head.at for head in found.heads}
        titles = _titles_of_others(found)
        outside: list[Cell] = []
        for number, row in found.rows.items():
            own = {at: cell for at, cell in row.items() if at in columns and cell.value not in titles}
            outside += [cell for at, cell in row.items() if at not in known and cell.value not in titles]
            if own and is_struck_row(own):
                self._add(struck_row(self.findings.file, found, own))
            elif own:
                heads = _heads(found, own)
                places = SheetPlaces(self.findings.file, found.sheet, number, heads, min(own))
                values: Mapping[Key, RowValue] = {
                    key: read_value(own[head.at], head.column)
                    for key, head in heads.items()
                    if head.at in own
                }
                computed = {
                    heading: as_text(row[at]).strip()
                    for heading, at in told
                    if at in row and row[at].kind == "text"
                }
                values = with_bound(values) if found.table is KPIS else values
                entry = DatasetRow(found.table, values, computed, places, number - found.row)
                if is_note(own, found) and not is_continued(entry):
                    outside += own.values()
                    continue
                if number in found.across:
                    self._say_merged(found, found.across[number])
                yield entry
        self._say_outside(found, outside)

    def say_remark(self, row: DatasetRow) -> None:
        """Says of a row that is but a remark that it is not read."""
        (said,) = row.cells.values()
        place = replace(row.place_of(()), key=None)
        self.findings.add(OUTSIDE_TABLE.at(place, shown=excerpt_of(said.shown), more=""))

    def _sheets(self, grids: Sequence[Grid]) -> Mapping[str, Grid]:
        """The sheets by the names of the contract, each with the first sheet that bears it exactly, or nearly."""
        sheets: dict[str, Grid] = {}
        for grid in sorted(grids, key=lambda grid: grid.name not in SHEETS):
            name = next((name for name in SHEETS if plain(name) == plain(grid.name)), None)
            if name is not None and name not in sheets:
                sheets[name] = grid
            elif grid.rows and not is_kept(grid) and grid.name != NAMES_SHEET:
                self._say_unread(grid, [name for name in SHEETS if name not in sheets])
        for name in SHEETS:
            if name not in sheets and name not in (GUIDE_SHEET, *OPTIONAL_SHEETS):
                self.findings.add(MISSING_SHEET.at(Place(self.findings.file), sheet=name))
        return {name: sheets[name] for name in SHEETS if name in sheets and name != GUIDE_SHEET}

    def _say_unread(self, grid: Grid, missing: Sequence[str]) -> None:
        place, near = Place(self.findings.file, cell=grid.name), nearest(grid.name, missing)
        self.findings.add(UNREAD_SHEET.at(place, near, sheet=grid.name, known=SHEETS[1:]))

    def _say_missing(self, grid: Grid, table: SheetTable) -> None:
        headings = tuple(column.heading for column in table.columns if not column.is_computed)
        place = Place(self.findings.file, cell=grid.name)
        self.findings.add(MISSING_HEAD.at(place, table=table.title, headings=headings))

    def _check_head(self, table: FoundTable) -> None:
        place = self.findings.place(table.sheet, table.row, min(head.at for head in table.heads))
        for column in table.missing:
            self.findings.add(MISSING_COLUMN.at(place, heading=column.heading))
        for cell in table.unread:
            self._say_unread_figures(table, cell)
        for cell in (cell for cell in table.strange if cell not in table.unread):
            near = nearest(as_text(cell), [column.heading for column in table.missing])
            self.findings.add(UNREAD_COLUMN.at(self._place(table, cell), near, heading=shown(cell)))
        for cell in table.double:
            self.findings.add(DOUBLE_COLUMN.at(self._place(table, cell), heading=shown(cell)))

    def _say_unread_figures(self, table: FoundTable, cell: Cell) -> None:
        column = f"列「{shown(cell)}」" if cell.value else "見出しのない列"
        years = next((column.heading for column in table.table.columns if column.by_year), "")
        rule = UNREAD_YEAR if years else UNREAD_FIGURES
        self.findings.add(rule.at(self._place(table, cell), column=column, heading=years))

    def _say_merged(self, table: FoundTable, merged: MergedAcross) -> None:
        columns = "".join(f"「{heading}」" for heading in merged.headings)
        place = self._place(table, merged.cell)
        self.findings.add(
            MERGED_ACROSS.at(place, area=merged.area, shown=shown(merged.cell), columns=columns)
        )

    def _place(self, table: FoundTable, cell: Cell) -> Place:
        return self.findings.place(table.sheet, cell.row, cell.column)

    def _check_far_cells(self, grid: Grid) -> None:
        for cell in grid.beyond[:1]:
            place = self.findings.place(grid.name, cell.row, cell.column)
            self.findings.add(FAR_CELL.at(place, shown=shown(cell)))

    def _say_outside(self, table: FoundTable, cells: Sequence[Cell]) -> None:
        """One finding for all that stands beside and below a table, but for what its own head says of a column."""
        strange = {cell.column for cell in (*table.strange, *table.unread)}
        cells = [cell for cell in cells if cell.column not in strange]
        if cells:
            more = f" など{len(cells)}か所" if len(cells) > 1 else ""
            place = self._place(table, cells[0])
            self.findings.add(OUTSIDE_TABLE.at(place, shown=shown(cells[0]), more=more))


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
