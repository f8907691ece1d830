"""The cells of a workbook with what they hold."""

from __future__ import annotations

import datetime
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal, NamedTuple, TypeAlias
from xml.etree.ElementTree import Element

from handouts.characters import composed
from handouts.findings import DataFaults, Place, Rule
from handouts.packages.parts import PackageParts
from handouts.packages.relations import elements
from handouts.xlsx.days import DAY_0, DAY_0_OF_1904, Moment, counted, span, written
from handouts.xlsx.notation import MAIN, area_of, position_of, relative_name
from handouts.xlsx.opening import TEXT_LIMIT, TOO_LARGE, VALUE_LIMIT, WORKBOOK_FORM, check_file
from handouts.xlsx.package import Package, StrictForm, read_package
from handouts.xlsx.style_formats import StyleFormats
from handouts.xlsx.texts import RunText, text_of, unescaped

DAMAGED = Rule(
    "workbook.damaged",
    "ブックの中身が壊れていて読めません",
    remedy="Excel で開き、「名前を付けて保存」で保存し直してください",
)
STRICT_FORM = Rule(
    "workbook.strict-form",
    "これは「Strict Open XML」形式のブックです",
    "読めるのは、ふつうの Excel のブック（.xlsx）です",
    "Excel の「名前を付けて保存」で「Excel ブック（.xlsx）」を選んで保存し直してください",
)
_TEXTS = f"文字は{TEXT_LIMIT // 10_000}万字まで"
_VALUES = f"値のあるセルは（結合したものの中も数えて）{VALUE_LIMIT // 10_000}万個まで"

ROW_LIMIT = 20_000
COLUMN_LIMIT = 500

CellValue: TypeAlias = str | int | float | bool | Moment | None
# What a cell holds: text, a number, a truth value, a date or time, an error such as #REF!, a formula that was never
# calculated, or the figure of a merged cell that begins in another row.
CellKind: TypeAlias = Literal["text", "number", "flag", "date", "error", "uncalculated", "merged"]

_ROW, _VALUE, _FORMULA, _INLINE = (f"{MAIN}{name}" for name in ("row", "v", "f", "is"))
_MERGED, _CONDITIONAL = f"{MAIN}mergeCell", f"{MAIN}conditionalFormatting"
_NO_DAY = "#VALUE!"


class Cell(NamedTuple):
    """What stands in one cell; `format` is its number format, rows and columns count from 1.

    `since_1904` says how its workbook counts days. `struck` is a part of its text that is struck
    out and not in `value`; with `is_struck` all of it is.
    """

    row: int
    column: int
    value: CellValue
    kind: CellKind
    format: str = "General"
    is_formula: bool = False
    since_1904: bool = False
    struck: str = ""
    is_struck: bool = False

    @property
    def day_0(self) -> datetime.date:
        """The day that the number 0 stands for."""
        return (DAY_0_OF_1904 if self.since_1904 else DAY_0).date()

    @property
    def name(self) -> str:
        """For example F12."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled cells of one sheet by row and column, and its merged areas (rows and columns, both inclusive).

    `beyond` are filled cells that are too far out to be read. `may_be_struck` are areas that a conditional format may
    strike out.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: Sequence[tuple[range, range]] = ()
    beyond: Sequence[Cell] = field(default=())
    may_be_struck: Sequence[str] = ()

    def merged_rows(self) -> Iterator[tuple[int, int, range]]:
        """The row and column in which each merged area begins, and which of the filled rows, in order, are in it."""
        numbers = sorted(self.rows)
        for rows, columns in self.merged:
            inside = range(bisect_left(numbers, rows.start), bisect_left(numbers, rows.stop))
            yield rows.start, columns.start, inside


def cell_name(row: int, column: int) -> str:
    """The name of a cell, e.g. F12."""
    return relative_name(row - 1, column - 1)


def read_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of the workbook at `path`, in order; raises DataFaults where it cannot be read."""
    check_file(path)
    place = Place(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            grids = _grids(PackageParts(archive, path.name, WORKBOOK_FORM))
    except DataFaults:
        raise
    except _TooMany:
        raise DataFaults([TOO_LARGE.at(place, limit=_VALUES)]) from None
    except StrictForm:
        raise DataFaults([STRICT_FORM.at(place)]) from None
    except Exception:  # a damaged part can make the reading fail in any way
        raise DataFaults([DAMAGED.at(place)]) from None
    if sum(map(_characters, grids)) > TEXT_LIMIT:
        raise DataFaults([TOO_LARGE.at(place, limit=_TEXTS)])
    if sum(map(_values, grids)) > VALUE_LIMIT:
        raise DataFaults([TOO_LARGE.at(place, limit=_VALUES)])
    return grids


def _grids(parts: PackageParts) -> tuple[Grid, ...]:
    package = read_package(parts)
    formats = StyleFormats(package.styles.formats)
    grids: list[Grid] = []
    for name, part in package.sheets:
        with parts.open(part) as content:
            grids.append(_SheetPart(package, formats).grid(composed(name), content))
    return tuple(grids)


class _TooMany(Exception):
    """A sheet has more values than we read."""


class _SheetPart:
    """Reads the part of a sheet: its cells in one pass, its merged areas, and what may strike out."""

    def __init__(self, package: Package, formats: StyleFormats) -> None:
        self._package = package
        self._formats = formats
        self._row = self._column = 0  # of the cell that was read last
        self._rows: dict[int, dict[int, Cell]] = {}
        self._beyond: list[Cell] = []
        self._count = 0

    def grid(self, name: str, content: IO[bytes]) -> Grid:
        areas: list[tuple[range, range]] = []
        may_be_struck: list[str] = []
        for element in elements(content, (_ROW, _MERGED, _CONDITIONAL)):
            if element.tag == _ROW:
                self._read_row(element)
            elif element.tag == _MERGED:
                areas.append(area_of(element.get("ref", "")))
            elif {int(rule.get("dxfId", "-1")) for rule in element} & self._package.styles.struck_conditional:
                may_be_struck.append(element.get("sqref", ""))
        return Grid(name, self._rows, areas, self._beyond, may_be_struck)

    def _read_row(self, row: Element) -> None:
        self._row = int(float(row.get("r") or self._row + 1))
        self._column = 0
        found = list(filter(None, map(self._cell, row)))
        self._count += len(found)
        if self._count > VALUE_LIMIT:
            raise _TooMany
        near = {cell.column: cell for cell in found if self._row <= ROW_LIMIT and cell.column <= COLUMN_LIMIT}
        if near:
            self._rows.setdefault(self._row, {}).update(near)  # some programs begin a row anew for every cell
        if len(near) < len(found) and not self._beyond:
            self._beyond = [cell for cell in found if cell.column not in near][:1]

    def _cell(self, element: Element) -> Cell | None:
        """None for a cell without content, however it looks."""
        # A cell without a name stands beside the one before, be that empty or not.
        name = element.get("r")
        row, self._column = position_of(name) if name else (self._row, self._column + 1)
        if not len(element):
            return None
        result = element.find(_VALUE)
        text = (result.text if result is not None else "") or ""
        style, typed = int(element.get("s") or 0), element.get("t", "n")
        runs = self._runs(element, typed, text)
        value, kind = (runs.text, "text") if runs else self._value(text, typed, style)
        is_formula = element.find(_FORMULA) is not None
        if value is None or value == "":
            # A text without characters is a result too; some programs write an empty one for what they did not calculate.
            if not is_formula or runs or text or (result is not None and typed == "str"):
                return None
            value, kind = None, "uncalculated"
        return Cell(
            row,
            self._column,
            composed(value) if isinstance(value, str) else value,
            kind,
            self._formats.code(style) if kind in ("number", "date") else "General",
            is_formula,
            self._package.since_1904,
            *_struck(runs, style in self._package.styles.struck),
        )

    def _runs(self, element: Element, typed: str, text: str) -> RunText | None:
        """The runs of a text that is in the cell itself, or of which a part is struck out."""
        if typed == "inlineStr":
            inline = element.find(_INLINE)
            return None if inline is None else text_of(inline)
        return self._package.runs.get(text.strip()) if typed == "s" and self._package.runs else None

    def _value(self, text: str, typed: str, style: int) -> tuple[CellValue, CellKind]:
        if not text or typed == "inlineStr":
            return None, "text"
        if typed == "s":
            return self._package.texts[int(text)], "text"
        if typed == "n":
            return self._number(text, style)
        if typed == "b":
            return bool(int(text)), "flag"
        if typed == "d":
            return _moment(lambda: written(text))
        return (text, "error") if typed == "e" else (unescaped(text), "text")

    def _number(self, text: str, style: int) -> tuple[CellValue, CellKind]:
        """A number, or the day or time that it is shown as."""
        number = float(text) if "." in text or "e" in text.lower() else int(text)
        if style not in self._formats.dates:
            return number, "number"
        if style in self._formats.spans:
            return _moment(lambda: span(number))
        return _moment(lambda: counted(number, self._package.since_1904))


def _moment(read: Callable[[], Moment]) -> tuple[CellValue, CellKind]:
    """A day or time, of what stands for none the error that Excel would show."""
    try:
        return read(), "date"
    except (OverflowError, ValueError):
        return _NO_DAY, "error"


def _struck(runs: RunText | None, is_struck: bool) -> tuple[str, bool]:
    """What is struck out in a cell, and whether that is all of it."""
    struck = runs.struck if runs else ""
    return ("", True) if is_struck or (runs and struck and runs.text == struck) else (struck, False)


def _characters(grid: Grid) -> int:
    """How many characters the cells have; a text that stands in a thousand of them is in the file only once."""
    cells = (cell for row in grid.rows.values() for cell in row.values())
    return sum(len(cell.value) for cell in cells if isinstance(cell.value, str))


def _values(grid: Grid) -> int:
    """How many values are read: those of the cells, and those that merged cells hand down to the filled rows in them."""
    own = sum(len(row) for row in grid.rows.values())
    return own + sum(len(inside) for _, _, inside in grid.merged_rows())
