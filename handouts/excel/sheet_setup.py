"""How a sheet of the input workbook stands on the screen and on paper: widths, what stays in sight, protection, pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handouts.dataset.model import Dataset
from handouts.excel.areas import TableArea, pages_wide
from handouts.excel.formats import FONT, CellFormats
from handouts.excel.sheets import MEETING_SHEET

_SMALL_FONT = f'&"{FONT},Regular"&9'
_ALLOWED_WHEN_PROTECTED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_columns": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
    "objects": True,
}


def set_up(sheet: Any, areas: Sequence[TableArea], formats: CellFormats) -> None:
    """Sets columns, frozen heads, filter and protection of a sheet with these tables, of 使い方 without any."""
    sheet.protect("", _ALLOWED_WHEN_PROTECTED)
    if not areas:
        return
    main = areas[0]
    widest = max(areas, key=lambda area: len(area.heads))
    for number, head in enumerate(widest.heads):
        below = None if head.column.is_computed else formats.below(head.column)
        sheet.set_column(number, number, head.column.width, below)
    # Room for remarks beside the table.
    sheet.set_column(len(widest.heads), len(widest.heads) + 9, 12, formats.of("free"))
    if len(areas) == 1:
        frozen = _frozen_columns(main)
        sheet.freeze_panes(main.first, frozen)
        sheet.autofilter(main.head, 0, main.last, len(main.heads) - 1)
        sheet.repeat_rows(main.head)
        if frozen:
            sheet.repeat_columns(0, frozen - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # no green corners on texts such as 1


def set_print(sheet: Any, areas: Sequence[TableArea], dataset: Dataset) -> None:
    """Sets the pages of a sheet: A4 landscape, as wide as its letters need; 使い方 and 会議 on one page."""
    is_whole = not areas or areas[0].table.sheet == MEETING_SHEET
    wide = 1 if is_whole else pages_wide([head.column.width for head in areas[0].heads])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(wide, 1 if is_whole else 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    # The letters of header and footer have their own size, whatever that of the sheet.
    branch = dataset.branch.replace("&", "&&")
    year = dataset.fiscal_year.text(dataset.year_form)
    sheet.set_header(f"&L{_SMALL_FONT} {branch}支部 {year}&R{_SMALL_FONT} &A", {"scale_with_doc": False})
    sheet.set_footer(f"&C{_SMALL_FONT} &P／&N", {"scale_with_doc": False})


def _frozen_columns(area: TableArea) -> int:
    """How many columns stay in sight: those that say which row it is."""
    return {
        "series": 3,
        "kpis": 1,
        "initiatives": 1,
        "fields": 1,
        "populations": 2,
        "tables": 1,
        "entries": 1,
        "comparison": 1,
    }.get(area.table.name, 0)
