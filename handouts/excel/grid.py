"""The cells of a workbook with what they hold: the one place that knows openpyxl's reading."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from handouts.errors import DataFaults, Finding, Place
from handouts.excel.opening import check_file

ROW_LIMIT = 20_000
COLUMN_LIMIT = 500

Value: TypeAlias = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | None
# What a cell holds: text, a number, a truth value, a date or time, an error such as #REF!, or a formula that was
# never calculated.
CellKind: TypeAlias = Literal["text", "number", "flag", "date", "error", "uncalculated"]

_KINDS: Mapping[str, CellKind] = {"n": "number", "s": "text", "b": "flag", "d": "date", "e": "error"}
_WORKBOOK = "xl/workbook.xml"  # where it usually stands
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell; `format` is its number format, rows and columns count from 1."""

    row: int
    column: int
    value: Value
    kind: CellKind
    format: str = "General"
    is_formula: bool = False

    @property
    def name(self) -> str:
        """For example F12."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled cells of one sheet by row and column, and its merged areas (rows and columns, both inclusive).

    `beyond` are filled cells that are too far out to be read.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: Sequence[tuple[range, range]] = ()
    beyond: Sequence[Cell] = field(default=())


def cell_name(row: int, column: int) -> str:
    """The name of a cell, e.g. F12."""
    return f"{get_column_letter(column)}{row}"


def cell_at(name: str) -> tuple[int, int]:
    """The row and column of a cell's name."""
    letters, row = coordinate_from_string(name)
    return int(row), int(column_index_from_string(letters))


def read_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of the workbook at `path`, in order; raises DataFaults where it cannot be read."""
    check_file(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the library does not keep is nothing that we read
            with zipfile.ZipFile(file) as archive:
                if _WORKBOOK in archive.namelist() and _STRICT in archive.read(_WORKBOOK):
                    raise DataFaults([_strict(path.name)])
            return _grids(file)
    except DataFaults:
        raise
    except Exception:  # a damaged part can make the library fail in any way
        raise DataFaults([_damaged(path.name)]) from None


def grids_of(workbook: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook that the program itself wrote, in order."""
    return _grids(io.BytesIO(workbook))


def _grids(file: IO[bytes]) -> tuple[Grid, ...]:
    reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return tuple(_grid(sheet, reader.wb) for sheet in reader.wb.worksheets)


class _Reader(ExcelReader):  # type: ignore[misc]  # the library has no types
    """Reads the table of texts itself: the library takes several times as long, and mistakes escaped characters."""

    def read_strings(self) -> None:
        parts = [part.PartName for part in self.package.Override if "sharedStrings" in part.ContentType]
        if parts:
            with self.archive.open(parts[0].lstrip("/")) as content:
                self.shared_strings = list(_texts(content))


def _texts(content: Any) -> Iterator[str]:
    for _, element in iterparse(content):
        if element.tag == f"{_MAIN}si":
            yield _text(element)
            element.clear()


def _text(element: Element) -> str:
    """The text in an element, of all its runs, without the readings (ふりがな)."""
    runs = (part for part in element if part.tag in (f"{_MAIN}t", f"{_MAIN}r"))
    parts = (part if part.tag == f"{_MAIN}t" else part.find(f"{_MAIN}t") for part in runs)
    return _unescaped("".join(part.text or "" for part in parts if part is not None))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Says of each cell also whether it is a formula, and whether that has a result."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        kind = element.get("t")
        result = element.find(VALUE_TAG)
        cell["formula"] = element.find(FORMULA_TAG) is not None
        # A text without characters is a result too; some programs write an empty one for what they did not calculate.
        cell["result"] = result is not None and (bool(result.text) or kind == "str")
        if kind == "inlineStr":
            inline = element.find(f"{_MAIN}is")
            cell["value"] = None if inline is None else _text(inline)
        elif kind == "str" and isinstance(cell["value"], str):
            cell["value"] = _unescaped(cell["value"])
        return cell


def _grid(sheet: Any, book: Any) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    beyond: list[Cell] = []
    formats = _Formats(book)
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, parsed in parser.parse():
            cells = {cell.column: cell for each in parsed if (cell := _cell(each, formats)) is not None}
            far = [cell for cell in cells.values() if number > ROW_LIMIT or cell.column > COLUMN_LIMIT]
            beyond += far[:1]
            if len(cells) > len(far):
                rows[number] = {column: cell for column, cell in cells.items() if cell not in far}
        merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
    areas = [
        (range(area.min_row, area.max_row + 1), range(area.min_col, area.max_col + 1)) for area in merged
    ]
    return Grid(sheet.title, rows, areas, beyond)


def _cell(parsed: Mapping[str, Any], formats: _Formats) -> Cell | None:
    """None for a cell without content, however it looks."""
    value, kind = parsed["value"], parsed["data_type"]
    is_uncalculated = parsed["formula"] and not parsed["result"] and value is None
    if not is_uncalculated and (value is None or value == ""):
        return None
    return Cell(
        parsed["row"],
        parsed["column"],
        value,
        "uncalculated" if is_uncalculated else _KINDS.get(kind, "text"),
        formats.name(parsed["style_id"]) if kind in ("n", "d") else "General",
        parsed["formula"],
    )


class _Formats:
    """The number formats of a book by the style of a cell."""

    def __init__(self, book: Any) -> None:
        self._styles = book._cell_styles
        self._custom = book._number_formats
        self._known: dict[int, str] = {}

    def name(self, style: int) -> str:
        if style not in self._known:
            number = self._styles[style].numFmtId if style < len(self._styles) else 0
            self._known[style] = (
                self._custom[number - 164] if number >= 164 else BUILTIN_FORMATS.get(number, "General")
            )
        return self._known[style]


def _damaged(file: str) -> Finding:
    return Finding(
        Place(file),
        "ブックの中身が壊れていて読めません",
        "",
        "Excel で開き、「名前を付けて保存」で保存し直してください",
    )


def _strict(file: str) -> Finding:
    return Finding(
        Place(file),
        "これは「Strict Open XML」形式のブックです",
        "読めるのは、ふつうの Excel のブック（.xlsx）です",
        "Excel の「名前を付けて保存」で「Excel ブック（.xlsx）」を選んで保存し直してください",
    )
