"""The input workbook written: its sheets, tables, lists and lookups, as bytes."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import xlsxwriter

from handouts.dataset.columns import CALLED, IN_UNIT, Column, Form, plain
from handouts.dataset.model import Dataset
from handouts.dataset.settings import NEW_PARAGRAPH
from handouts.excel.areas import MORE_ROWS, TableArea, place_tables
from handouts.excel.cell_lists import CellLists
from handouts.excel.dataset_rows import RowSelection, rows_of_dataset
from handouts.excel.formats import FONT, CellFormats, number_format
from handouts.excel.formulas import RowFormulas
from handouts.excel.guide import write_guide
from handouts.excel.heights import fit_row
from handouts.excel.input_sheet import InputSheet
from handouts.excel.kept import KEPT_SHEET, names_grid, write_kept, write_offered
from handouts.excel.last_year import last_paragraphs, with_last_year
from handouts.excel.offering import called_formula, names_used
from handouts.excel.plan_rows import is_strong_kind
from handouts.excel.results import Result
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow
from handouts.excel.sheet_setup import set_print, set_up
from handouts.excel.sheets import (
    BASE,
    GUIDE_SHEET,
    HANDOUTS,
    INITIATIVES,
    ITEMS,
    LAST_PLAN,
    LEVELS,
    MEETING_SHEET,
    PLAN,
    SHEETS,
    Head,
)
from handouts.findings import HandoutError
from handouts.look.fitting import text_width
from handouts.xlsx.notation import column_letters

# What a cell of Excel holds at most, and how many digits of a number it keeps.
TEXT_LIMIT = 32_767
_DIGITS = 15
_FILTER_BUTTON = "　 "  # as wide as the button at the end of a head
_COMMENT_WIDTH = 20  # letters of a line of a comment
_FIRST_DATE = datetime.date(1900, 3, 1)  # before that, Excel counts a day that never was


def write_workbook(
    dataset: Dataset, selection: RowSelection | None = None, previous: Dataset | None = None
) -> bytes:
    """The input workbook that holds `dataset`, or the part of it that is selected: the same bytes again.

    It shows which initiatives of the `previous` year's go on, and names its paragraphs, where that is there.
    """
    if len(dataset.numbering.levels) > LEVELS:
        raise HandoutError(f"番号の階層が{LEVELS}より多いデータは、ブックに書き出せません。")
    content = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": {"font_name": FONT, "font_size": 10}}
    with xlsxwriter.Workbook(content, options) as book:
        _Writer(book, dataset, selection or RowSelection(), previous).write()
    return content.getvalue()


class _Writer:
    def __init__(
        self, book: Any, dataset: Dataset, selection: RowSelection, previous: Dataset | None
    ) -> None:
        self._book = book
        self._dataset = dataset
        self._formats = CellFormats(book)
        self._group = selection.group
        self._last_names = last_paragraphs(dataset, previous) if previous else {}
        rows = rows_of_dataset(dataset, selection, previous=previous)
        shown = with_last_year(rows[INITIATIVES.name], dataset, previous) if previous else ()
        self._rows = {**rows, INITIATIVES.name: shown} if shown else rows
        self._areas = place_tables(dataset, self._rows)
        self._lists = CellLists(dataset, self._areas)
        self._formulas = RowFormulas(self._areas, dataset)

    def write(self) -> None:
        self._set_properties()
        there = {GUIDE_SHEET, *(area.sheet for area in self._areas.values())}
        sheets = {name: self._book.add_worksheet(name, InputSheet) for name in SHEETS if name in there}
        kept_sheet = self._book.add_worksheet(KEPT_SHEET)
        if self._last_names:
            known = (name for name, one in self._last_names.items() if name != one)
            self._lists = replace(self._lists, last_year=write_offered(kept_sheet, (NEW_PARAGRAPH, *known)))
        write_guide(sheets[GUIDE_SHEET], self._dataset, self._formats, is_part=bool(self._group))
        for name, sheet in sheets.items():
            areas = [area for area in self._areas.values() if area.sheet == name]
            for area in areas:
                self._write_table(sheet, area)
            set_up(sheet, areas, self._formats)
            set_print(sheet, areas, self._dataset)
        kept = [sheet.kept for name, sheet in sheets.items() if name != GUIDE_SHEET]
        used = names_used(self._rows)
        names = {**used, LAST_PLAN.name: self._last_names} if self._last_names else used
        write_kept(kept_sheet, (*kept, names_grid(names)), self._group)

    def _set_properties(self) -> None:
        dataset = self._dataset
        year = dataset.fiscal_year.text(dataset.year_form)
        self._book.set_properties(
            {
                "title": f"{dataset.branch}支部 {year} 入力ブック",
                "subject": "評議会資料のデータ",
                "author": f"全国健康保険協会 {dataset.branch}支部",
                "created": datetime.datetime.combine(dataset.fiscal_year.first_day, datetime.time()),
            }
        )

    def _write_table(self, sheet: Any, area: TableArea) -> None:
        table, formats = area.table, self._formats
        title = table.title if area.sheet == table.sheet else f"{table.title}（3月から翌年2月まで）"
        sheet.write_string(area.head - 2, 0, title, formats.of("title"))
        sheet.write_string(area.head - 1, 0, table.about, formats.of("about"))
        for number, head in enumerate(area.heads):
            sheet.write_string(area.head, number, head.heading, formats.of(_look_of_head(head)))
            if comment := head.column.comment:
                sheet.write_comment(area.head, number, comment, _comment_options(comment))
        button = "" if table.sheet == MEETING_SHEET else _FILTER_BUTTON
        fit_row(sheet, area.head, [(head.heading + button, head.column.width) for head in area.heads])
        rows = dict(zip(area.places, area.rows, strict=True))
        for at in range(area.first, area.last + 1):
            row = rows.get(at, DatasetRow(table))
            for number in range(len(area.heads)):
                self._write_cell(sheet, area, at, number, row)
            fit_row(sheet, at, self._texts(area, row))
        if table is BASE:
            self._spread_notes(sheet, area)
        self._lists.add(sheet, area)
        self._add_totals(sheet, area)

    def _texts(self, area: TableArea, row: DatasetRow) -> list[tuple[str, float]]:
        """The texts of a row that may take several lines, each with the width of its column."""
        columns = [
            (head.key, head.column) for head in area.heads if area.table is not BASE and head.column.wraps
        ]
        return [(_text(key, column, row), column.width) for key, column in columns]

    def _spread_notes(self, sheet: Any, area: TableArea) -> None:
        """What is said of each item takes the columns of the table below, up to its last."""
        last = len(self._areas[HANDOUTS.name].heads) - 1
        heading = area.heads[2].heading
        sheet.merge_range(area.head, 2, area.head, last, heading, self._formats.of("computed head"))
        for at, row in zip(area.places, area.rows, strict=True):
            text = row.computed[heading]
            sheet.merge_range(at, 2, at, last, text, self._formats.of("computed", wraps=True))

    def _write_cell(self, sheet: Any, area: TableArea, at: int, number: int, row: DatasetRow) -> None:
        head = area.heads[number]
        column, said = head.column, row.cells.get(head.key)
        text = _text(head.key, column, row)
        if area.table is BASE and number == 1:
            column = ITEMS[at - area.first][1]
        if formula := self._formulas.of(area, column, at, row):
            self._write_formula(sheet, at, number, formula, column, self._formulas.result(column, row))
        elif column.heading == CALLED:
            formula = called_formula(area, at, row)
            sheet.write_formula(at, number, formula, self._formats.of_cell(column), text)
        elif not text:
            sheet.write_blank(at, number, None, self._blank_format(column, row))
        elif said and said.figure is not None:
            self._write_figure(sheet, at, number, said.figure, column, said.is_percent)
        elif column.form is Form.DATE and (date := datetime.date.fromisoformat(text)) >= _FIRST_DATE:
            sheet.write_datetime(at, number, date, self._formats.of_cell(column))
        elif area.table is BASE and number == 2:
            return  # in merged cells
        elif area.table is BASE and number == 0:
            sheet.write_string(at, number, text, self._formats.of("label"))
        else:
            is_strong = area.table is PLAN and number < 3 and is_strong_kind(row.shown(("kind",)))
            _check_length(text, area, column)
            sheet.write_string(at, number, text, self._formats.of_cell(column, is_strong=is_strong))

    def _write_figure(
        self, sheet: Any, at: int, number: int, value: Decimal | int, column: Column, is_percent: bool
    ) -> None:
        if len(Decimal(value).as_tuple().digits) > _DIGITS:  # more than a number of Excel keeps
            sheet.write_string(at, number, f"{value:f}", self._formats.of_cell(column))
            return
        shape = "0" if column.form is Form.WHOLE else number_format(value, is_percent)
        stored = float(Decimal(value) / 100) if is_percent else float(value)
        sheet.write_number(at, number, stored, self._formats.of_cell(column, shape))

    def _write_formula(
        self, sheet: Any, at: int, number: int, formula: str, column: Column, result: Result | None
    ) -> None:
        value: float | str = ""
        shape = ""
        if result and isinstance(result.value, Decimal):
            value = float(result.value / 100 if result.is_percent else result.value)
            shape = number_format(result.value, result.is_percent)
        elif result:
            value = str(result.value)
        sheet.write_formula(at, number, formula, self._formats.of_cell(column, shape), value)

    def _blank_format(self, column: Column, row: DatasetRow) -> Any:
        """An empty cell looks as its row's figures do, so that what is typed there does too."""
        if column.form not in IN_UNIT or not row.cells:
            return self._formats.of_cell(column)
        figures = [
            said.value
            for said in row.cells.values()
            if said.column.form in IN_UNIT and isinstance(said.value, Decimal)
        ]
        widest = min(figures, key=lambda value: value.as_tuple().exponent, default=Decimal(0))
        return self._formats.of_cell(column, number_format(widest, plain(row.unit) == "%"))

    def _add_totals(self, sheet: Any, area: TableArea) -> None:
        """The sum of each column of amounts, above its head."""
        for number, head in enumerate(area.heads):
            if head.column.form is not Form.YEN:
                continue
            name = column_letters(number)
            said = (row.cells.get(head.key) for row in area.rows)
            amounts = [one.value for one in said if one and isinstance(one.value, int)]
            formula = f"=SUM({name}{area.first + 1}:{name}{area.last + MORE_ROWS + 1})"
            sheet.write_string(area.head - 2, number, "合計（自動）", self._formats.of("total label"))
            sheet.write_formula(area.head - 1, number, formula, self._formats.of("total"), sum(amounts))


def _text(key: Key, column: Column, row: DatasetRow) -> str:
    """What a row shows in a column."""
    return row.computed.get(column.heading, "") if column.is_computed else row.shown(key)


def _check_length(text: str, area: TableArea, column: Column) -> None:
    if len(text) > TEXT_LIMIT:
        raise HandoutError(
            f"シート「{area.sheet}」の「{column.heading}」に入る文が{len(text):,}文字あり、"
            f"Excel のセルに入りません（{TEXT_LIMIT:,}文字まで）。文を分けてください。"
        )


def _look_of_head(head: Head) -> str:
    """A year may be written into a head, or a new column beside it."""
    if head.column.is_computed:
        return "computed head"
    return "open head" if head.year else "head"


def _comment_options(comment: str) -> Mapping[str, Any]:
    lines = sum(max(1, math.ceil(text_width(line) / _COMMENT_WIDTH)) for line in comment.split("\n"))
    return {
        "author": "handouts",
        "font_name": FONT,
        "font_size": 9,
        "width": 260,
        "height": 16 * lines + 12,
        "color": "#FFFFE1",
    }
