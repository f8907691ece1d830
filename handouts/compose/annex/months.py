"""月次: the monthly tables, single months as numbers, everything that follows from them as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handouts.compose.annex.cells import EMPTY, AnnexCell, AnnexTable, Sheet, TableRow
from handouts.compose.annex.forms import number_cell, rounded, stored, text_cell
from handouts.compose.annex.named_columns import Columns
from handouts.compose.annex.tables import unique_heads
from handouts.compose.done import month_names, month_sections, row_label
from handouts.compose.page import year_and_branch
from handouts.dataset.figures import places_of
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MONTHS, Closing, MonthlySeries, MonthlyTable, RowKind
from handouts.measures.kpis import eligible_persons
from handouts.measures.monthly import MonthFigure, MonthlyRow, compute_rows, cumulative
from handouts.measures.wording import target_text

NAME = "月次"
# The months are columns by their number in the order of the table.
_FIRST, _LAST = 0, MONTHS - 1
_NOTE = "空欄はこれからの月、「-」は数えない月です。累計、率、計、平均は数式です。"
_TOP = 3  # the first row below title and note
_WIDTHS = (17, *(8,) * MONTHS)
_WIDTH_BEHIND = 9
_OPENING, _ELIGIBLE = "引継ぎ", "対象者数"
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
    sections = month_sections(complete, compute_rows(complete, eligible_persons(dataset)))
    first_rows: list[int] = []
    row_of: dict[tuple[int, RowKind], int] = {}
    for number, (_, members) in enumerate(sections):
        first_rows.append(at + (number == 0))  # below the title
        row_of |= {(row.series, row.kind): first_rows[-1] + place for place, row in enumerate(members, 1)}
        at = first_rows[-1] + len(members) + 1
    composer = _Composer(complete, dataset, row_of)
    tables = tuple(
        composer.table(number, first_row, head, members)
        for number, (first_row, (head, members)) in enumerate(zip(first_rows, sections, strict=True))
    )
    return MonthBlock(table, composer.columns, row_of, tables)


class _Composer:
    """Makes the cells of one monthly table, whose rows have their places already."""

    def __init__(
        self, table: MonthlyTable, dataset: Dataset, row_of: Mapping[tuple[int, RowKind], int]
    ) -> None:
        self.monthly, self.dataset, self.row_of = table, dataset, row_of
        self.index_of = {series.id: index for index, series in enumerate(table.series) if series.id}
        self.eligible = eligible_persons(dataset)
        # The columns behind the closing ones, where anything refers to them.
        needed = {_OPENING: self._has_openings(), _ELIGIBLE: self._has_rates()}
        self.behind = [name for name, is_needed in needed.items() if is_needed]
        self.columns = Columns(NAME, ["name", *range(MONTHS), *table.closing, *self.behind])

    def table(self, number: int, first_row: int, head: str, rows: Sequence[MonthlyRow]) -> AnnexTable:
        """The table of one section."""
        made = [self._cells(row) for row in rows]
        extra = [[self._behind(row, name) for name in self.behind] for row in rows]
        has_extra = any(cell.value is not None for cells in extra for cell in cells)
        heads = [head or _NO_YEAR, *month_names(self.monthly), *self.monthly.closing]
        return AnnexTable(
            name=_table_name(self.monthly.id, number),
            title=block_title(self.monthly, self.dataset) if number == 0 else "",
            first_row=first_row,
            heads=unique_heads([*heads, *(self.behind if has_extra else ())]),
            rows=tuple(
                TableRow((*cells, *(behind if has_extra else ())))
                for cells, behind in zip(made, extra, strict=True)
            ),
        )

    def _cells(self, row: MonthlyRow) -> Iterator[AnnexCell]:
        yield text_cell(row_label(row, self.dataset))
        for month, figure in enumerate(row.figures):
            formula = self._month_formula(row, month, figure) if isinstance(figure, Decimal) else ""
            yield _figure_cell(figure, row.unit, formula)
        for column, result in zip(self.monthly.closing, row.closing, strict=True):
            unit = "%" if column == "実施率" else row.unit
            formula = "" if result is None else self._closing_formula(row, column, stored(result, unit))
            yield _figure_cell(result, unit, formula)

    def _month_formula(self, row: MonthlyRow, month: int, figure: Decimal) -> str:
        """What gives the figure of a month; empty where it was entered."""
        series = self.monthly.series[row.series]
        places = places_of(stored(figure, row.unit))
        if series.part and series.whole:
            return "" if series.values else rounded(self._ratio(series, month), places)
        if row.kind == "率":
            return rounded(self._rate(row.series, self._reached(row.series, month)), places)
        if row.kind == "累計" and self.monthly.entered == "単月":
            return _exact(self._added(row.series, month), places)
        return ""

    def _closing_formula(self, row: MonthlyRow, column: Closing, result: Decimal) -> str:
        """What gives a closing figure; empty where it was entered."""
        series = self.monthly.series[row.series]
        places = places_of(result)
        if series.part and series.whole:
            return rounded(self._ratio(series, self._last_of_both(series)), places)
        if row.kind == "率":
            return self.columns.cell(self.row_of[row.series, row.kind], _newest(row.figures))
        if series.closing is not None and column != "実施率":
            return ""
        entered = self.row_of[row.series, self.monthly.entered]
        if column == "平均":
            return rounded(f"AVERAGE({self._year(entered)})", places)
        is_reached = self.monthly.entered == "累計"
        newest = self.columns.cell(entered, _newest(self.monthly.values_of(series)))
        reached = newest if is_reached else f"SUM({self._year(entered)})"
        if column == "実施率":
            return rounded(self._rate(row.series, reached), places)
        if column == "累計" and not is_reached and series.opening is not None:
            reached += f"+{self._cell(row.series, _OPENING)}"
        return reached if is_reached else _exact(reached, places)

    def _behind(self, row: MonthlyRow, name: str) -> AnnexCell:
        """The figures behind an entered row to which formulas refer."""
        series = self.monthly.series[row.series]
        if row.kind != self.monthly.entered:
            return EMPTY
        if name == _OPENING and series.opening is not None:
            return number_cell(series.opening, "%" if self.monthly.unit == "%" else "")
        if name == _ELIGIBLE and (persons := self._persons(series)) is not None:
            return number_cell(persons)
        return EMPTY

    def _added(self, index: int, month: int) -> str:
        """The single months added up, what was carried over with them."""
        formula = self._sum_up_to(index, month)
        has_opening = self.monthly.series[index].opening is not None
        return f"{formula}+{self._cell(index, _OPENING)}" if has_opening else formula

    def _reached(self, index: int, month: int) -> str:
        """What was reached up to a month: the cell that says so, else the sum."""
        place = self.row_of.get((index, "累計"))
        if place is not None:
            return self.columns.cell(place, month)
        return f"({self._added(index, month)})"

    def _rate(self, index: int, reached: str) -> str:
        """What was reached as a share of the eligible persons; of rates, which are stored as shares, the hundredfold."""
        factor = "100*" if self.monthly.unit == "%" else ""
        return f"{factor}{reached}/{self._cell(index, _ELIGIBLE)}"

    def _ratio(self, series: MonthlySeries, month: int) -> str:
        part, whole = (
            self._whole_sum(self.index_of[name or ""], month) for name in (series.part, series.whole)
        )
        return f"{part}/{whole}"

    def _whole_sum(self, index: int, month: int) -> str:
        if self.monthly.entered == "累計":
            return self.columns.cell(self.row_of[index, "累計"], month)
        return self._sum_up_to(index, month)

    def _sum_up_to(self, index: int, month: int) -> str:
        """The single months added up; the first one's column does not move when the formula is copied to the right."""
        row = self.row_of[index, "単月"]
        return f"SUM(${self.columns.cell(row, _FIRST)}:{self.columns.cell(row, month)})"

    def _year(self, row: int) -> str:
        """The cells of all months."""
        return f"{self.columns.cell(row, _FIRST)}:{self.columns.cell(row, _LAST)}"

    def _last_of_both(self, series: MonthlySeries) -> int:
        """The last month in which part and whole both have a figure, and the whole is not nothing."""
        part, whole = (
            self._reached_figures(self.index_of[name or ""]) for name in (series.part, series.whole)
        )
        last = max(
            month
            for month, (above, below) in enumerate(zip(part, whole, strict=True))
            if isinstance(above, Decimal) and isinstance(below, Decimal) and below
        )
        has_more = any(isinstance(figure, Decimal) for figure in (*part[last + 1 :], *whole[last + 1 :]))
        # The sums of single months may as well take in the months to come.
        return last if has_more or self.monthly.entered == "累計" else MONTHS - 1

    def _reached_figures(self, index: int) -> Sequence[MonthFigure]:
        entered = self.monthly.values_of(self.monthly.series[index])
        return entered if self.monthly.entered == "累計" else cumulative(entered)

    def _cell(self, index: int, name: str) -> str:
        return self.columns.fixed_cell(self.row_of[index, self.monthly.entered], name)

    def _persons(self, series: MonthlySeries) -> int | None:
        return series.eligible if series.population is None else self.eligible.get(series.population)

    def _has_openings(self) -> bool:
        uses = [
            not {"累計", "率"}.isdisjoint((*self.monthly.rows_of(series), *self.monthly.closing))
            for series in self.monthly.series
            if series.opening is not None
        ]
        return self.monthly.entered == "単月" and any(uses)

    def _has_rates(self) -> bool:
        return any(
            "率" in self.monthly.rows_of(series) or "実施率" in self.monthly.closing
            for series in self.monthly.series
            if self._persons(series) is not None
        )


def _table_name(identifier: str, section: int) -> str:
    """A name that no other table has: an id has no dots."""
    return f"months_{identifier.replace('-', '_')}" + (f".{section + 1}" if section else "")


def _newest(figures: Sequence[MonthFigure]) -> int:
    """The newest month that has a figure."""
    return max(month for month, figure in enumerate(figures) if isinstance(figure, Decimal))


def _exact(formula: str, places: int) -> str:
    """A sum of whole numbers as it is; one of decimals rounded, since those add up to a hair more or less."""
    return rounded(formula, places) if places else formula


def _figure_cell(figure: MonthFigure, unit: str, formula: str) -> AnnexCell:
    if isinstance(figure, Decimal):
        return number_cell(figure, "%" if unit == "%" else "", formula)
    return text_cell(figure or "", "right")
