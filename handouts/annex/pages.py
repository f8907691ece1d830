"""How a sheet of the annex comes out of the printer: A4 landscape like the handouts, one page wide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from handouts.compose.annex.cells import Annex, AnnexCell, Sheet
from handouts.look.fitting import text_width
from handouts.look.values import Look
from handouts.xlsx.sizes import PIXELS_OF_CHARACTER, pixels_wide, row_height

_A4 = 9
_MM_OF_INCH, _POINTS_OF_INCH = 25.4, 72
_HEADER = 7.0  # mm that header and its distance take above the text
_ROW_HEIGHT, _LINE_HEIGHT, _PADDING = 15.0, 12.5, 2.0  # pt
_PIXELS_OF_EM = 13.34
_POINTS_OF_PIXEL = 0.75
_LOOSE = 1.03  # a line that may not end anywhere is not always full
_LONGEST_TITLE, _LONGEST_MATERIAL = 120, 40  # characters; a header takes 255 in all
_SAFETY = 0.96  # programs differ a little in the height of a row


def set_up_page(page: Worksheet, sheet: Sheet, header: str, look: Look) -> None:
    """Paper, margins, header and footer, and the rows that stand on every page."""
    paper = look.page
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(
        left=paper.margin_left / _MM_OF_INCH,
        right=paper.margin_right / _MM_OF_INCH,
        top=(paper.margin_top + _HEADER) / _MM_OF_INCH,
        bottom=paper.margin_bottom / _MM_OF_INCH,
    )
    font = f'&"{look.font.word},Regular"&9'
    # Their letters have one size on every sheet, however much its cells are made smaller.
    page.set_header(header, {"margin": paper.margin_top / _MM_OF_INCH, "scale_with_doc": False})
    page.set_footer(f"&C{font} &P／&N", {"margin": paper.footer / _MM_OF_INCH, "scale_with_doc": False})
    page.fit_to_pages(1, 0)
    if sheet.repeated is not None:
        page.repeat_rows(*sheet.repeated)


def header_text(annex: Annex, look: Look) -> str:
    """The title on the left, the material number on the right, in Excel's codes."""
    font = f'&"{look.font.word},Regular"&9'
    title, material = (
        text[:longest].replace("&", "&&")
        for text, longest in ((annex.title, _LONGEST_TITLE), (annex.material, _LONGEST_MATERIAL))
    )
    # The blank keeps a figure at the start of the text from the size of the font.
    return f"&L{font} {title}" + (f"&R{font} {material}" if material else "")


def row_heights(sheet: Sheet) -> Mapping[int, float]:
    """The heights in pt of the rows of tables whose text wraps; not every program finds them for itself."""
    lines: dict[int, int] = {}
    for table in sheet.tables:
        lines[table.first_row] = _most_lines(table.heads, sheet.widths)
        for row, line in enumerate(table.rows, table.first_row + 1):
            if line.role == "item":
                lines[row] = _most_lines([_wrapped(cell) for cell in line.cells], sheet.widths)
    return {row: row_height(count, _LINE_HEIGHT, _PADDING) for row, count in lines.items() if count > 1}


def _wrapped(cell: AnnexCell) -> str:
    return cell.value if isinstance(cell.value, str) and not cell.formula else ""


def _most_lines(texts: Sequence[str], widths: Sequence[float]) -> int:
    return max(
        sum(_lines(part, width) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    )


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many half-width characters; rather one more than one less."""
    return max(1, math.ceil(text_width(text) * _PIXELS_OF_EM * _LOOSE / (width * PIXELS_OF_CHARACTER)))


def page_breaks(sheet: Sheet, heights: Mapping[int, float], look: Look) -> list[int]:
    """The rows before which a page ends, so that no block is cut that fits on one page."""
    room = _page_height(sheet, look)
    repeated = 0.0
    if sheet.repeated is not None:
        repeated = _height(sheet.repeated[0], sheet.repeated[1] + 1, heights)
    breaks: list[int] = []
    start = 0
    for first, last in sheet.blocks:
        used = _height(start, last + 1, heights) + (repeated if start else 0)
        if used > room and first > start:
            breaks.append(first)
            start = first
    return breaks


def _page_height(sheet: Sheet, look: Look) -> float:
    """How many points of rows fit on a page once the sheet is as wide as the page at most."""
    paper = look.page
    height = paper.height - paper.margin_top - _HEADER - paper.margin_bottom
    width = pixels_wide(sheet.widths) * _POINTS_OF_PIXEL
    scale = min(1.0, paper.text_width / _MM_OF_INCH * _POINTS_OF_INCH / width)
    return height / _MM_OF_INCH * _POINTS_OF_INCH / scale * _SAFETY


def _height(first: int, end: int, heights: Mapping[int, float]) -> float:
    return sum(heights.get(row, _ROW_HEIGHT) for row in range(first, end))
