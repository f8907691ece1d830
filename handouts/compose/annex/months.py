"""月次: the monthly tables, single months as numbers, everything that follows from them as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handouts.compose.annex.cells import EMPTY, AnnexCell, AnnexTable, Sheet, TableRow
from handouts.compose.annex.forms import number_cell, stored, text_cell
from handouts.compose.annex.month_formulas import OPENING, MonthFormulas
from handouts.compose.annex.named_columns import Columns
from handouts.compose.annex.tables import unique_heads
from handouts.compose.done import month_names, month_sections, row_label
from handouts.compose.page import year_and_branch
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MONTHS, MonthlyTable, RowKind
from handouts.measures.kpis import eligible_persons
from handouts.measures.monthly import MonthFigure, MonthlyRow, compute_rows, persons_of
from handouts.measures.wording import target_text

NAME = "月次"
_NOTE = "空欄はこれからの月、「-」は数えない月です。累計、率、計、平均は数式です。"
_TOP = 3  # the first row below title and note
_WIDTHS = (17, *(8,) * MONTHS)
_WIDTH_BEHIND = 9
_NO_YEAR = "年度"  # the head of rows that the handout leaves empty


@dataclass(frozen=True, slots=True)
class MonthBlock:
    """A monthly table on the sheet: its columns, and where each of its rows stands, by series and kind."""

    table: MonthlyTable
    columns: Columns
    row_of: Mapping[tuple[int, RowKind], int]
    tables: tuple[AnnexTable, ...]

    @property
    def head_row(self) -> int:
        """The row of the sheet in which the months are named."""
        return self.tables[0].first_row


def lay_out_months(dataset: Dataset) -> tuple[MonthBlock, ...]:
    """Every monthly table at its place on the sheet, one below the other."""
    blocks: list[MonthBlock] = []
    at = _TOP
    for table in dataset.tables:
        blocks.append(_block(table, dataset, at))
        at = blocks[-1].tables[-1].last_row + 2
    return tuple(blocks)


def months_sheet(dataset: Dataset, blocks: Sequence[MonthBlock]) -> Sheet:
    """The sheet of these tables."""
    tables = tuple(table for block in blocks for table in block.tables)
    behind = max(len(table.heads) for table in tables) - len(_WIDTHS)
    return Sheet(
        name=NAME,
        title=f"{year_and_branch(dataset)} 月別の実績",
        notes=(_NOTE,),
        widths=(*_WIDTHS, *(_WIDTH_BEHIND,) * behind),
        tables=tables,
        frozen=(_TOP - 1, 1),
        repeated=(0, 0),
        blocks=tuple((block.head_row - 1, block.tables[-1].last_row) for block in blocks),
    )


def block_title(table: MonthlyTable, dataset: Dataset) -> str:
    """What the table shows, with the target of its KPI."""
    target = next((target_text(kpi) for kpi in dataset.kpis if kpi.id == table.kpi), "")
    return f"{table.caption}（目標 {target}）" if target else table.caption


def _with_entered_rows(table: MonthlyTable) -> MonthlyTable:
    """The table with the entered figures as last row of each series that does not print them."""
    series = tuple(
        each if table.entered in rows else each.model_copy(update={"rows": (*rows, table.entered)})
        for each in table.series
        for rows in (table.rows_of(each),)
    )
    return table.model_copy(update={"series": series})


def _block(table: MonthlyTable, dataset: Dataset, at: int) -> MonthBlock:
    complete = _with_entered_rows(table)
    populations = eligible_persons(dataset)
    sections = month_sections(complete, compute_rows(complete, populations))
    first_rows: list[int] = []
    row_of: dict[tuple[int, RowKind], int] = {}
    for number, (_, members) in enumerate(sections):
        first_rows.append(at + (number == 0))  # below the title
        row_of |= {(row.series, row.kind): first_rows[-1] + place for place, row in enumerate(members, 1)}
        at = first_rows[-1] + len(members) + 1
    composer = _Composer(complete, dataset, MonthFormulas(NAME, complete, row_of, populations))
    tables = tuple(
        composer.table(number, first_row, head, members)
        for number, (first_row, (head, members)) in enumerate(zip(first_rows, sections, strict=True))
    )
    return MonthBlock(table, composer.formulas.columns, row_of, tables)


class _Composer:
    """Makes the tables of one monthly table, whose rows have their places already."""

    def __init__(self, monthly: MonthlyTable, dataset: Dataset, formulas: MonthFormulas) -> None:
        self.monthly, self.dataset, self.formulas = monthly, dataset, formulas

    def table(self, number: int, first_row: int, head: str, rows: Sequence[MonthlyRow]) -> AnnexTable:
        """The table of one section."""
        extra = [[self._behind(row, name) for name in self.formulas.behind] for row in rows]
        behind = (
            self.formulas.behind if any(cell.value is not None for cells in extra for cell in cells) else ()
        )
        return AnnexTable(
            name=_table_name(self.monthly.id, number),
            title=block_title(self.monthly, self.dataset) if number == 0 else "",
            first_row=first_row,
            heads=unique_heads(
                [head or _NO_YEAR, *month_names(self.monthly), *self.monthly.closing, *behind]
            ),
            rows=tuple(
                TableRow((*self._cells(row), *(cells if behind else ())))
                for row, cells in zip(rows, extra, strict=True)
            ),
        )

    def _cells(self, row: MonthlyRow) -> Iterator[AnnexCell]:
        yield text_cell(row_label(row, self.dataset))
        for month, figure in enumerate(row.figures):
            formula = self.formulas.of_month(row, month, figure) if isinstance(figure, Decimal) else ""
            yield _figure_cell(figure, row.unit, formula)
        for column, result in zip(self.monthly.closing, row.closing, strict=True):
            unit = "%" if column == "実施率" else row.unit
            formula = "" if result is None else self.formulas.of_closing(row, column, stored(result, unit))
            yield _figure_cell(result, unit, formula)

    def _behind(self, row: MonthlyRow, name: str) -> AnnexCell:
        """The figures behind an entered row to which formulas refer."""
        series = self.monthly.series[row.series]
        if row.kind != self.monthly.entered:
            return EMPTY
        if name == OPENING and series.opening is not None:
            return number_cell(series.opening, "%" if is_percent_unit(self.monthly.unit) else "")
        persons = persons_of(series, eligible_persons(self.dataset))
        return EMPTY if name == OPENING or persons is None else number_cell(persons)


def _table_name(identifier: str, section: int) -> str:
    """A name that no other table has: an id has no dots."""
    return f"months_{identifier.replace('-', '_')}" + (f".{section + 1}" if section else "")


def _figure_cell(figure: MonthFigure, unit: str, formula: str) -> AnnexCell:
    if isinstance(figure, Decimal):
        return number_cell(figure, "%" if is_percent_unit(unit) else "", formula)
    return text_cell(figure or "", "right")
