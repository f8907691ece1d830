"""The tables of a workbook found again in its sheets, wherever people moved their rows, columns and heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from handouts.dataset.columns import UNITS, Column, Form, bare_heading, plain
from handouts.dataset.fiscal import FiscalYear, parse_fiscal_year
from handouts.excel.cells import as_text, is_figure
from handouts.excel.merged import MergedAcross, merged_across, unmerged
from handouts.excel.sheets import Head, SheetTable
from handouts.xlsx.grid import Cell, Grid

# A head is looked for in the first rows of a sheet; it has at least half of the headings.
_HEAD_ROWS = 200
_LONGEST_HEADING = 40
# A year in the heading of its column, and what may stand around it and the heading itself.
_YEAR = re.compile(
    r"(?P<era>令和?|平成?|(?<![a-z])[rh])\.?(?P<count>元|[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![0-9])"
    r"|(?:(?<![a-z])fy)?(?<![0-9])(?P<year>20[0-9]{2})(?![0-9])|['’‘](?P<short>[0-9]{2})(?![0-9])"
)
_AROUND_YEAR = re.compile(rf"(?:年度?|度|末|時点|現在|の|値|\((?:{'|'.join(UNITS)})\)|[\W_])*")
_KANJI = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_COMPUTED = plain("（自動）")  # what the program fills in, be it a column of an older workbook
_NOTE = re.compile(r"※|[（(]注[）)]|注[:：]")


@dataclass(frozen=True, slots=True)
class FoundColumn(Head):
    """A column of a sheet that was recognised, and the number of the column where it stands."""

    at: int = 0


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as it stands in a sheet: the row of its head, its columns, and its rows from top to bottom.

    `strange` are the cells of the head that are no heading of it, `double` those that name a column again, `unread` those
    above figures that name none, be they strange or empty. `across` has by row what is merged across its columns.
    """

    table: SheetTable
    sheet: str
    row: int
    heads: tuple[FoundColumn, ...]
    rows: Mapping[int, Mapping[int, Cell]]
    strange: tuple[Cell, ...] = ()
    double: tuple[Cell, ...] = ()
    across: Mapping[int, Sequence[MergedAcross]] = field(default_factory=dict)
    unread: tuple[Cell, ...] = ()

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns that are read but not there."""
        there = {head.column for head in self.heads}
        columns = (column for column in self.table.columns if not column.is_computed and not column.by_year)
        return tuple(column for column in columns if column not in there)


def find_tables(grid: Grid, tables: Sequence[SheetTable]) -> tuple[FoundTable, ...]:
    """Those of `tables` that stand in the sheet, each down to the head of the next."""
    starts: dict[str, int] = {}
    for table in tables:
        headings = _Headings(table)
        first = [number for number in sorted(grid.rows) if number <= _HEAD_ROWS]
        scored = [(headings.score(grid.rows[number]), -number) for number in first]
        best, number = max(scored, default=(0, 0))
        if best and best * 2 >= headings.count:
            starts[table.name] = -number
    found = []
    for table in tables:
        if (start := starts.get(table.name)) is not None:
            end = min((row for row in starts.values() if row > start), default=None)
            found.append(_found(grid, table, start, end))
    return tuple(found)


class _Headings:
    """The headings of a table as people may write them."""

    def __init__(self, table: SheetTable) -> None:
        fixed = [column for column in table.columns if not column.by_year]
        self._exact = {plain(column.heading): column for column in fixed}
        self._bare = {bare_heading(column.heading): column for column in fixed}
        self._by_year = [(plain(column.heading), column) for column in table.columns if column.by_year]
        self._always = [column for column in fixed if not column.is_computed]
        self.count = len(self._always)

    def score(self, row: Mapping[int, Cell]) -> int:
        """How many different columns a row names of those that are always there and read."""
        named = [head.column for cell in row.values() if (head := self.head(cell))]
        return sum(any(column is one for one in named) for column in self._always)

    def head(self, cell: Cell) -> FoundColumn | None:
        """The column that a cell names: by its heading, by it without brackets, or with a year before or behind it."""
        if cell.kind != "text" or len(str(cell.value)) > _LONGEST_HEADING:
            return None
        text = plain(as_text(cell))
        if column := self._exact.get(text) or self._bare.get(text):
            return FoundColumn(column, at=cell.column)
        if text.endswith(_COMPUTED):
            return FoundColumn(Column(as_text(cell)), at=cell.column)
        for heading, column in self._by_year:
            before, named, behind = text.partition(heading)
            if named and (year := _year(f"{before} {behind}")):
                return FoundColumn(column, year, cell.column)
        return None


def _found(grid: Grid, table: SheetTable, start: int, end: int | None) -> FoundTable:
    headings = _Headings(table)
    heads: list[FoundColumn] = []
    strange: list[Cell] = []
    double: list[Cell] = []
    for cell in (cell for _, cell in sorted(grid.rows[start].items())):
        head = headings.head(cell)
        if head is None:
            strange.append(cell)
        elif any((other.column, other.year) == (head.column, head.year) for other in heads):
            double.append(cell)
        else:
            heads.append(head)
    rows = {number: row for number, row in sorted(grid.rows.items()) if number > start}
    rows = {number: row for number, row in rows.items() if end is None or number < end}
    read = {head.at: head for head in heads if head.key}
    filled = unmerged(rows, grid, {at for at, head in read.items() if not head.column.is_shared})
    across: dict[int, list[MergedAcross]] = {}
    for one in merged_across(rows, grid, read):
        across.setdefault(one.cell.row, []).append(one)
    found = FoundTable(table, grid.name, start, tuple(heads), filled, tuple(strange), tuple(double), across)
    return replace(found, unread=tuple(_unread(found)))


def _unread(table: FoundTable) -> Iterator[Cell]:
    """The cells of the head above figures of its rows that nobody reads; without a heading only in or beside the table."""
    known = {head.at for head in table.heads}
    strange = {cell.column: cell for cell in table.strange}
    inside = set(range(min(known), max(known) + 2)) - known - {cell.column for cell in table.double}
    rows = [row for row in table.rows.values() if not known.isdisjoint(row)]
    for at in sorted({*strange, *inside}):
        if any(at in row and is_figure(row[at]) for row in rows):
            yield strange.get(at) or Cell(table.row, at, "", "text")


def _year(text: str) -> FiscalYear | None:
    """The one year that stands in what is left of a heading, in one form or two; None where it says anything else."""
    if not _AROUND_YEAR.fullmatch(_YEAR.sub("", text)):
        return None
    try:
        years = {parse_fiscal_year(_usual_year(found))[0] for found in _YEAR.finditer(text)}
    except ValueError:
        return None
    return years.pop() if len(years) == 1 else None


def _usual_year(found: re.Match[str]) -> str:
    """A year of a heading in one of the forms that are read everywhere."""
    if not found["era"]:
        return found["year"] or f"20{found['short']}"
    era = "令和" if found["era"][0] in "令r" else "平成"
    return f"{era}{_count(found['count'])}年度"


def _count(text: str) -> str:
    """A number of years in digits: 五 as 5, 十二 as 12."""
    if text == "元" or text.isdecimal():
        return text
    tens, ten, ones = text.rpartition("十")
    return str((_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0))


def is_note(row: Mapping[int, Cell], table: FoundTable) -> bool:
    """Whether a row is a remark and no entry: one text that begins as remarks do, or that stands where an id belongs."""
    cells = list(row.values())
    if len(cells) > 1 or cells[0].kind != "text":
        return False
    text = as_text(cells[0]).strip()
    head = next((head for head in table.heads if head.at == cells[0].column), None)
    if head and head.column.ids_of:
        return False
    is_no_id = head is None or (head.column.form is Form.ID and not text.isascii())
    return is_no_id or bool(_NOTE.match(text)) or _needs_more(table.table)


def _needs_more(table: SheetTable) -> bool:
    """Whether an entry of the table must say more than one thing."""
    fields = table.model.model_fields if table.model else {}
    return sum(name in fields and fields[name].is_required() for name in _fields_to_fill(table)) > 1


def _fields_to_fill(table: SheetTable) -> set[str]:
    return {column.key[0] for column in table.columns if column.key} - {"id"}
