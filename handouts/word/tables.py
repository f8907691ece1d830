"""Tables: fixed grids of the look's column widths, repeated heads, nested tables without an outer margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeVar

from lxml import etree

from handouts.look.values import Look
from handouts.look.vocabulary import PART_CLASSES, PARTS
from handouts.word.markup import UnknownMarkup
from handouts.word.nodes import Block, ParagraphNode, Row, Table, TableCell
from handouts.word.ooxml import POINTS_PER_MM, element, hex_color, rule, toggle, twips, twips_of_mm
from handouts.word.paragraphs import Ledgers, Placing, empty_paragraph, paragraph_after_table, write_paragraph
from handouts.word.styles import CellFormat, RowFormat, Shade, TableFormat, format_of, shade_color
from handouts.word.whole_rows import is_kept, part_rows

_Value = TypeVar("_Value")

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_NESTED_SIDES = ("bottom", "insideH", "insideV")
TWIPS_PER_MM = POINTS_PER_MM * 20


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all rows of one table share; the edges of its columns are in twips."""

    table: Table
    format: TableFormat
    edges: Sequence[int]
    ledgers: Ledgers

    @property
    def look(self) -> Look:
        return self.ledgers.look


def write_table(table: Table, ledgers: Ledgers, room: float | None = None) -> etree._Element:
    """The w:tbl of `table`; raises UnknownMarkup for a column, row or cell without a format.

    `room` is the width in mm of the cell that it stands in, of which some columns have so many parts.
    """
    edges = _edges(table.columns, ledgers.look, room)
    grid = _Grid(table, format_of(table.key, TableFormat), edges, ledgers)
    columns = (element("gridCol", w=right - left) for left, right in pairwise(edges))
    parted = tuple(part_rows(table, [edge / TWIPS_PER_MM for edge in edges], ledgers.look))
    rows = (_row(row, below, grid) for row, below in pairwise((*parted, None)) if row is not None)
    return element("tbl", _table_properties(grid), element("tblGrid", *columns), *rows)


def _edges(columns: Iterable[str], look: Look, room: float | None) -> list[int]:
    """The edges, each rounded for itself, so that no error adds up over the columns."""
    widths = (_width(name, look, room or look.page.text_width) for name in columns)
    return [twips_of_mm(mm) for mm in accumulate(widths, initial=0.0)]


def _width(column: str, look: Look, room: float) -> float:
    if column in PART_CLASSES:
        return room * int(column.removeprefix("part-")) / PARTS
    if column not in look.columns:
        raise UnknownMarkup(f'<col class="{column}"> has no width under [columns] in look.toml')
    return look.columns[column]


def _table_properties(grid: _Grid) -> etree._Element:
    padding = grid.look.line.padding
    rules = tuple(_rules(grid.format, grid.look))
    return element(
        "tblPr",
        element("tblW", w=grid.edges[-1], type="dxa"),
        element("tblInd", w=0, type="dxa"),
        element("tblBorders", *rules) if rules else None,
        element("tblLayout", type="fixed"),
        element("tblCellMar", *_margins(padding, padding, padding)),
        element(
            "tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1
        ),
    )


def _rules(format_: TableFormat, look: Look) -> Iterator[etree._Element]:
    """A nested table leaves its edges to the cell around it, and its lines are lighter."""
    if not format_.ruled:
        return
    color = look.colors.inner if format_.nested else look.colors.line
    sides = _NESTED_SIDES if format_.nested and not format_.framed else _SIDES
    yield from (rule(side, look.line.width, color) for side in sides)


def _margins(above: float | None, beside: float | None, below: float | None) -> list[etree._Element]:
    margins = {"top": above, "left": beside, "bottom": below, "right": beside}
    return [element(side, w=twips_of_mm(mm), type="dxa") for side, mm in margins.items() if mm is not None]


def _row(row: Row, below: Row | None, grid: _Grid) -> etree._Element:
    columns = pairwise(accumulate((cell.span for cell in row.cells), initial=0))
    cells = (
        _cell(cell, grid.edges[end] - grid.edges[start], row, below, grid)
        for cell, (start, end) in zip(row.cells, columns, strict=True)
    )
    return element("tr", _row_properties(row, grid), *cells)


def _row_properties(row: Row, grid: _Grid) -> etree._Element | None:
    splits = grid.format.splits_rows and not row.is_head and not row.stays_whole
    properties = [
        None if splits else toggle("cantSplit"),
        _least_height(format_of(row.key, RowFormat).lead_lines, grid.look) if splits else None,
        toggle("tblHeader") if row.is_head else None,
    ]
    return element("trPr", *properties) if any(each is not None for each in properties) else None


def _least_height(lines: int, look: Look) -> etree._Element | None:
    """The height of the lines that stay together at the top of a row: where it does not fit, the row moves on."""
    if not lines:
        return None
    height = lines * look.font.size * look.font.line_height + 2 * look.line.padding * POINTS_PER_MM
    return element("trHeight", val=twips(height), hRule="atLeast")


def _cell(cell: TableCell, width: int, row: Row, below: Row | None, grid: _Grid) -> etree._Element:
    formats = [format_of(key, CellFormat) for key in cell.keys]
    beside = _first(format_.padding_beside for format_ in formats)
    padding = grid.look.line.padding if beside is None else beside
    room = width / TWIPS_PER_MM - 2 * padding
    stays = row.is_head or _ends_with_heading(row, grid.look) or _holds_next(row, below, grid)
    content = _content(cell.blocks, stays, grid.ledgers, room)
    goes_on = below is not None and below.continues
    return element("tc", _cell_properties(cell, width, row, goes_on, grid), *content)


def _holds_next(row: Row, below: Row | None, grid: _Grid) -> bool:
    """Whether the row below must not begin a page; only a row that is not split itself can hold it."""
    is_whole = row.stays_whole or not grid.format.splits_rows
    return is_whole and below is not None and format_of(below.key, RowFormat).stays_with_above


def _ends_with_heading(row: Row, look: Look) -> bool:
    last = row.cells[0].blocks[-1:] if row.cells else ()
    return any(is_kept(block, look) for block in last)


def _cell_properties(cell: TableCell, width: int, row: Row, goes_on: bool, grid: _Grid) -> etree._Element:
    formats = [format_of(key, CellFormat) for key in cell.keys]
    shade: Shade | None = _first(format_.shade for format_ in formats) or format_of(row.key, RowFormat).shade
    left_rule = _first(format_.left_rule for format_ in formats)
    upright = _first(format_.upright for format_ in formats)
    fills_cell = grid.format.nested and not grid.format.framed
    is_flush = row.continues or (fills_cell and row is grid.table.rows[0])
    margins = _cell_margins(formats, grid.look, is_flush=is_flush, goes_on=goes_on)
    return element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        element("gridSpan", val=cell.span) if cell.span > 1 else None,
        _cell_rules(
            is_double=left_rule == "double",
            is_open_above=row.continues or any(format_.joins_above for format_ in formats),
            is_open_below=goes_on or any(format_.joins_below for format_ in formats),
            is_crossed=any(format_.slash for format_ in formats),
            look=grid.look,
        ),
        _fill(shade_color(shade, grid.look)) if shade else None,
        element("tcMar", *margins) if margins else None,
        element("vAlign", val=upright) if upright else None,
    )


def _cell_margins(
    formats: Sequence[CellFormat], look: Look, *, is_flush: bool, goes_on: bool
) -> list[etree._Element]:
    """Word gives all cells of a row the largest top margin among them, the cell around a nested table too."""
    above = look.line.head_padding if any(format_.is_head for format_ in formats) else None
    beside = _first(format_.padding_beside for format_ in formats)
    return _margins(0 if is_flush else above, beside, 0 if goes_on else above)


def _cell_rules(
    *, is_double: bool, is_open_above: bool, is_open_below: bool, is_crossed: bool, look: Look
) -> etree._Element | None:
    """The rules in which a cell differs from its table: double at its left, none towards its other part, a slash."""
    rules = [
        element("top", val="nil") if is_open_above else None,
        _double_rule(look) if is_double else None,
        element("bottom", val="nil") if is_open_below else None,
        rule("tr2bl", look.line.width, look.colors.line) if is_crossed else None,
    ]
    return element("tcBorders", *rules) if any(each is not None for each in rules) else None


def _double_rule(look: Look) -> etree._Element:
    """Two thinner rules; Word's width is that of each."""
    return rule("left", look.line.width / 2, look.colors.line, "double")


def _fill(color: str) -> etree._Element:
    return element("shd", val="clear", color="auto", fill=hex_color(color))


def _first(values: Iterable[_Value | None]) -> _Value | None:
    return next((value for value in values if value is not None), None)


def _content(blocks: Sequence[Block], stays: bool, ledgers: Ledgers, room: float) -> Iterator[etree._Element]:
    """The content of a cell, which in Word always ends with a paragraph.

    Where the first paragraph of a cell stays with the next one, Word takes it for the whole row, which then is
    neither split nor parted from the next row: right for a row that `stays` with the next, wrong for any other.
    """
    if not blocks:
        yield empty_paragraph()
    for block in blocks:
        if isinstance(block, ParagraphNode):
            keep = stays if stays or block is blocks[0] else None
            yield write_paragraph(block, ledgers, Placing(keep=keep))
        else:
            yield write_table(block, ledgers, room)
            yield paragraph_after_table()
