"""The annex of a handout as the bytes of an Excel workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from handouts.annex.charts import draw_chart
from handouts.annex.formats import AnnexFormats
from handouts.annex.pages import header_text, page_breaks, row_heights, set_up_page
from handouts.compose.annex.cells import Annex, AnnexCell, AnnexChart, AnnexTable, RowRole, Sheet
from handouts.findings import HandoutError
from handouts.look.values import Look

FONT_SIZE = 10  # pt
# The Japanese letters of charts have the font of the theme, whatever font is set.
_JAPANESE_FONT = re.compile(r'(script="Jpan" typeface=")[^"]*')
_LONGEST_PROPERTY = 255  # characters
_TITLE_HEIGHT = 24  # pt
_CHART_OFFSET = 4  # pixels, so that no frame stands on the edge of a page


def write_annex(annex: Annex, look: Look, created: datetime) -> bytes:
    """The workbook of `annex`, its fonts, colours and margins those of the handouts; it bears the time `created`.

    Raises HandoutError for a text that no cell takes.
    """
    buffer = BytesIO()
    font = {"font_name": look.font.word, "font_size": FONT_SIZE, "font_scheme": "none"}
    workbook = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "default_format_properties": font, "strings_to_formulas": False},
    )
    workbook.theme_xml = _JAPANESE_FONT.sub(lambda match: match[1] + look.font.word, workbook.theme_xml)
    _set_properties(workbook, annex, created)
    formats = AnnexFormats(workbook, look)
    for sheet in annex.sheets:
        _Writer(workbook, sheet, formats).write(header_text(annex, look), look)
    workbook.close()
    return buffer.getvalue()


def _set_properties(workbook: Workbook, annex: Annex, created: datetime) -> None:
    values = {"title": annex.title, "author": annex.author, "subject": annex.subject}
    # The library writes the time of UTC without asking where it is from.
    utc = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    workbook.set_properties(
        {name: text[:_LONGEST_PROPERTY] for name, text in values.items()} | {"created": utc}
    )
    workbook.set_custom_property("dcterms.identifier", annex.identifier[:_LONGEST_PROPERTY], "text")


class _Writer:
    """Writes one sheet."""

    def __init__(self, workbook: Workbook, sheet: Sheet, formats: AnnexFormats) -> None:
        self.workbook, self.sheet, self.formats = workbook, sheet, formats
        self.page: Worksheet = workbook.add_worksheet(sheet.name)

    def write(self, header: str, look: Look) -> None:
        """The cells, tables and charts, and how the sheet is seen and printed."""
        sheet, page = self.sheet, self.page
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        page.set_row(0, _TITLE_HEIGHT)
        self._write_text(0, 0, sheet.title, "title")
        for row, note in enumerate(sheet.notes, 1):
            self._write_text(row, 0, note, "note")
        heights = row_heights(sheet)
        for row, height in heights.items():
            page.set_row(row, height)
        for table in sheet.tables:
            self._write_table(table)
        for chart in sheet.charts:
            self._insert_chart(chart)
        page.hide_gridlines(2)
        page.freeze_panes(*sheet.frozen)
        set_up_page(page, sheet, header, look)
        page.set_h_pagebreaks(page_breaks(sheet, {**heights, 0: _TITLE_HEIGHT}, look))

    def _write_table(self, table: AnnexTable) -> None:
        if table.title:
            self._write_text(table.first_row - 1, 0, table.title, "caption")
        head = self.formats.named("head")
        written = self.page.add_table(
            table.first_row,
            0,
            table.last_row,
            len(table.heads) - 1,
            {
                "name": table.name,
                "title": table.title or self.sheet.title,
                "style": None,
                "autofilter": table.can_filter,
                "banded_rows": False,
                "columns": [{"header": name, "header_format": head} for name in table.heads],
            },
        )
        assert written == 0, f"table {table.name} cannot be written"
        for row, line in enumerate(table.rows, table.first_row + 1):
            for column, cell in enumerate(line.cells):
                self._write_cell(row, column, cell, line.role)

    def _write_cell(self, row: int, column: int, cell: AnnexCell, role: RowRole) -> None:
        form = self.formats.of_cell(cell, role)
        if cell.formula:
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            written = self.page.write_formula(row, column, f"={cell.formula}", form, value)
        elif isinstance(cell.value, Decimal):
            written = self.page.write_number(row, column, float(cell.value), form)
        elif cell.value is None:
            written = self.page.write_blank(row, column, None, form)
        elif len(cell.runs) > 1:
            written = self.page.write_rich_string(row, column, *self._fragments(cell), form)
        else:
            written = self.page.write_string(row, column, cell.value, form)
        self._check(written, row, column)

    def _fragments(self, cell: AnnexCell) -> Sequence[object]:
        """Each run behind its format; without one the library would take a font of its own."""
        return [part for run in cell.runs for part in (self.formats.of_run(run.emphasis), run.text)]

    def _write_text(self, row: int, column: int, text: str, name: str) -> None:
        self._check(self.page.write_string(row, column, text, self.formats.named(name)), row, column)

    def _insert_chart(self, chart: AnnexChart) -> None:
        drawn = draw_chart(self.workbook, chart, self.sheet.widths, self.formats.font)
        self.page.insert_chart(
            chart.row, chart.column, drawn, {"description": chart.alt, "y_offset": _CHART_OFFSET}
        )

    def _check(self, written: int, row: int, column: int) -> None:
        if written != 0:
            raise HandoutError(
                f"別紙のシート「{self.sheet.name}」の {row + 1}行 {column + 1}列に書き込めません。"
                "Excel の1つのセルに入るのは 32,767 文字までです。文を短くしてください。"
            )
