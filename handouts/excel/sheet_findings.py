"""What is wrong or odd with the sheets of a workbook themselves: sheets, heads and columns, and what stands beside tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handouts.dataset.suggestion import nearest
from handouts.excel.cells import as_text, excerpt_of, shown
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import OPTIONAL_SHEETS, SHEETS, SheetTable
from handouts.excel.struck import conditional_strikes, struck_headings
from handouts.excel.tables import FoundTable
from handouts.findings import Finding, Place, Rule
from handouts.xlsx.grid import COLUMN_LIMIT, ROW_LIMIT, Cell, Grid, cell_name

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


def sheet_findings(file: str, sheets: Mapping[str, Grid], others: Sequence[Grid]) -> Iterator[Finding]:
    """Findings on sheets that are not there, and on those of other names, which nobody reads."""
    missing = [name for name in SHEETS[1:] if name not in sheets]
    for grid in others:
        near = nearest(grid.name, missing)
        yield UNREAD_SHEET.at(Place(file, cell=grid.name), near, sheet=grid.name, known=SHEETS[1:])
    for name in missing:
        if name not in OPTIONAL_SHEETS:
            yield MISSING_SHEET.at(Place(file), sheet=name)


def grid_findings(
    file: str, grid: Grid, wanted: Sequence[SheetTable], found: Sequence[FoundTable]
) -> Iterator[Finding]:
    """Findings on the heads of the tables that a sheet is to have, and on what nobody can read in it."""
    tables = {one.table.name: one for one in found}
    for table in wanted:
        if table.name in tables:
            yield from _of_head(file, tables[table.name])
            yield from struck_headings(file, tables[table.name], grid)
        else:
            headings = tuple(column.heading for column in table.columns if not column.is_computed)
            yield MISSING_HEAD.at(Place(file, cell=grid.name), table=table.title, headings=headings)
    for cell in grid.beyond[:1]:
        yield FAR_CELL.at(_place(file, grid.name, cell), shown=shown(cell))
    yield from conditional_strikes(file, grid)


def merged_findings(file: str, table: FoundTable, number: int) -> Iterator[Finding]:
    """A finding for each cell of a row that is merged across columns."""
    for merged in table.across.get(number, ()):
        columns = "".join(f"「{heading}」" for heading in merged.headings)
        place = _place(file, table.sheet, merged.cell)
        yield MERGED_ACROSS.at(place, area=merged.area, shown=shown(merged.cell), columns=columns)


def outside_findings(file: str, table: FoundTable, cells: Sequence[Cell]) -> Iterator[Finding]:
    """One finding for all that stands beside and below a table, but for what its own head says of a column."""
    strange = {cell.column for cell in (*table.strange, *table.unread)}
    cells = [cell for cell in cells if cell.column not in strange]
    if cells:
        more = f" など{len(cells)}か所" if len(cells) > 1 else ""
        yield OUTSIDE_TABLE.at(_place(file, table.sheet, cells[0]), shown=shown(cells[0]), more=more)


def remark_finding(row: DatasetRow) -> Finding:
    """The finding on a row that is but a remark in one cell."""
    (said,) = row.cells.values()
    return OUTSIDE_TABLE.at(replace(row.place_of(()), key=None), shown=excerpt_of(said.shown), more="")


def _of_head(file: str, table: FoundTable) -> Iterator[Finding]:
    first = min(head.at for head in table.heads)
    for column in table.missing:
        place = Place(file, cell=f"{table.sheet}!{cell_name(table.row, first)}")
        yield MISSING_COLUMN.at(place, heading=column.heading)
    for cell in table.unread:
        yield _unread_figures(file, table, cell)
    for cell in (cell for cell in table.strange if cell not in table.unread):
        near = nearest(as_text(cell), [column.heading for column in table.missing])
        yield UNREAD_COLUMN.at(_place(file, table.sheet, cell), near, heading=shown(cell))
    for cell in table.double:
        yield DOUBLE_COLUMN.at(_place(file, table.sheet, cell), heading=shown(cell))


def _unread_figures(file: str, table: FoundTable, cell: Cell) -> Finding:
    column = f"列「{shown(cell)}」" if cell.value else "見出しのない列"
    headings = [column.heading for column in table.table.columns if column.by_year]
    years = next((one for one in headings if one in shown(cell)), next(iter(headings), ""))
    rule = UNREAD_YEAR if years else UNREAD_FIGURES
    return rule.at(_place(file, table.sheet, cell), column=column, heading=years)


def _place(file: str, sheet: str, cell: Cell) -> Place:
    return Place(file, cell=f"{sheet}!{cell.name}")
