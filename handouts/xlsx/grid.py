"""The cells of a workbook with what they hold: the one place that knows openpyxl's reading."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_timedelta_format
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser

from handouts.characters import composed
from handouts.findings import DataFaults, Place, Rule
from handouts.xlsx.notation import MAIN, relative_name
from handouts.xlsx.number_format import number_format
from handouts.xlsx.opening import TEXT_LIMIT, TOO_LARGE, VALUE_LIMIT, check_file
from handouts.xlsx.package import Package, StrictForm, elements, read_package
from handouts.xlsx.parts import PackageParts
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

CellValue: TypeAlias = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | None
# What a cell holds: text, a number, a truth value, a date or time, an error such as #REF!, a formula that was never
# calculated, or the figure of a merged cell that begins in another row.
CellKind: TypeAlias = Literal["text", "number", "flag", "date", "error", "uncalculated", "merged"]

_KINDS: Mapping[str, CellKind] = {"n": "number", "s": "text", "b": "flag", "d": "date", "e": "error"}
_DAY_0, _DAY_0_OF_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)
_MERGED, _CONDITIONAL = f"{MAIN}mergeCell", f"{MAIN}conditionalFormatting"
_FORMAT_LENGTH = 255  # Excel takes no longer ones
# Formats that every Japanese Excel has, beside those that all have, and so no workbook writes down.
_OF_JAPAN = {
    **dict.fromkeys((27, 36, 50, 57), "[$-411]ge.m.d"),
    **dict.fromkeys((28, 29, 51, 54, 58), '[$-411]ggge"年"m"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"'),
    **dict.fromkeys((35, 53, 56), 'm"月"d"日"'),
}


@dataclass(frozen=True, slots=True)
class Cell:
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
        return _DAY_0_OF_1904 if self.since_1904 else _DAY_0

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
            grids = _grids(PackageParts(archive, path.name))
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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a number that is no date is an error of its cell
        package = read_package(parts)
        formats = _Formats(package.styles.formats)
        grids: list[Grid] = []
        for name, part in package.sheets:
            with parts.open(part) as content:
                grids.append(_grid(composed(name), _Parser(content, package, formats)))
    return tuple(grids)


class _TooMany(Exception):
    """A sheet has more values than we read."""


class _Parser(WorkSheetParser):  # type: ignore[misc]  # the library has no types
    """Reads rows and merged areas; says of each cell also whether it is a formula, and whether that has a result."""

    def __init__(self, content: Any, package: Package, formats: _Formats) -> None:
        super().__init__(
            content,
            package.texts,
            data_only=True,
            epoch=CALENDAR_MAC_1904 if package.since_1904 else CALENDAR_WINDOWS_1900,
            date_formats=formats.dates,
            timedelta_formats=formats.spans,
        )
        self.formats = formats
        self.since_1904 = package.since_1904
        self.areas: list[tuple[range, range]] = []
        self.may_be_struck: list[str] = []
        self._styles = package.styles
        self._runs = package.runs

    def parse(self) -> Iterator[tuple[int, Sequence[dict[str, Any]]]]:
        for element in elements(self.source, (ROW_TAG, _MERGED, _CONDITIONAL)):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
            elif element.tag == _CONDITIONAL:
                rules = {int(rule.get("dxfId", "-1")) for rule in element}
                if rules & self._styles.struck_conditional:
                    self.may_be_struck.append(element.get("sqref", ""))
            else:
                left, top, right, bottom = range_boundaries(element.get("ref"))
                self.areas.append((range(top, bottom + 1), range(left, right + 1)))

    def parse_row(self, row: Element) -> tuple[int, Sequence[dict[str, Any]]]:
        self.row_counter: int = int(float(row.get("r") or self.row_counter + 1))
        self.col_counter = 0
        cells = list(row)
        # A cell without a name stands beside the one before, be that empty or not.
        if all(cell.get("r") for cell in cells):
            cells = [cell for cell in cells if len(cell)]
        return self.row_counter, [self.parse_cell(cell) for cell in cells]

    def parse_cell(self, element: Element) -> dict[str, Any]:
        kind = element.get("t")
        if kind == "inlineStr":  # the library would take longer for its text than for all the rest
            element.set("t", "str")
        cell: dict[str, Any] = super().parse_cell(element)
        result = element.find(VALUE_TAG)
        cell["formula"] = element.find(FORMULA_TAG) is not None
        # A text without characters is a result too; some programs write an empty one for what they did not calculate.
        cell["result"] = result is not None and (bool(result.text) or kind == "str")
        runs = None
        if kind == "inlineStr":
            inline = element.find(f"{MAIN}is")
            runs = None if inline is None else text_of(inline)
            cell["value"] = None if runs is None else runs.text
        elif kind == "s" and self._runs and result is not None:
            runs = self._runs.get((result.text or "").strip())
        elif kind == "str" and isinstance(cell["value"], str):
            cell["value"] = unescaped(cell["value"])
        cell["runs"] = runs or RunText("")
        cell["is_struck"] = cell["style_id"] in self._styles.struck
        return cell


def _grid(name: str, parser: _Parser) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    beyond: list[Cell] = []
    count = 0
    for number, parsed in parser.parse():
        found = (_cell(each, parser.formats, parser.since_1904) for each in parsed)
        cells = [cell for cell in found if cell is not None]
        count += len(cells)
        if count > VALUE_LIMIT:
            raise _TooMany
        near = {cell.column: cell for cell in cells if number <= ROW_LIMIT and cell.column <= COLUMN_LIMIT}
        if near:
            rows.setdefault(number, {}).update(near)  # some programs begin a row anew for every cell
        if not beyond:
            beyond = [cell for cell in cells if cell.column not in near][:1]
    return Grid(name, rows, parser.areas, beyond, parser.may_be_struck)


def _cell(parsed: Mapping[str, Any], formats: _Formats, since_1904: bool) -> Cell | None:
    """None for a cell without content, however it looks."""
    value, kind = parsed["value"], parsed["data_type"]
    is_uncalculated = parsed["formula"] and not parsed["result"] and value is None
    if not is_uncalculated and (value is None or value == ""):
        return None
    return Cell(
        parsed["row"],
        parsed["column"],
        composed(value) if isinstance(value, str) else value,
        "uncalculated" if is_uncalculated else _KINDS.get(kind, "text"),
        formats.name(parsed["style_id"]) if kind in ("n", "d") else "General",
        parsed["formula"],
        since_1904,
        *_struck(parsed["runs"], parsed["is_struck"]),
    )


def _struck(runs: RunText, is_struck: bool) -> tuple[str, bool]:
    """What is struck out in a cell, and whether that is all of it."""
    is_all = is_struck or bool(runs.struck and runs.text == runs.struck)
    return ("", True) if is_all else (runs.struck, False)


def _characters(grid: Grid) -> int:
    """How many characters the cells have; a text that stands in a thousand of them is in the file only once."""
    cells = (cell for row in grid.rows.values() for cell in row.values())
    return sum(len(cell.value) for cell in cells if isinstance(cell.value, str))


def _values(grid: Grid) -> int:
    """How many values are read: those of the cells, and those that merged cells hand down to the filled rows in them."""
    own = sum(len(row) for row in grid.rows.values())
    return own + sum(len(inside) for _, _, inside in grid.merged_rows())


class _Formats:
    """The number formats of a workbook by the style of a cell; `dates` are the styles of dates, `spans` of durations."""

    def __init__(self, formats: Sequence[int | str]) -> None:
        known = {one: self._code(one) for one in set(formats)}
        self._codes = [known[one] for one in formats]
        date_codes = {code for code in known.values() if number_format(code).is_date}
        span_codes = {code for code in known.values() if is_timedelta_format(code)}
        self.dates = {style for style, code in enumerate(self._codes) if code in date_codes}
        self.spans = {style for style, code in enumerate(self._codes) if code in span_codes}

    def name(self, style: int) -> str:
        return self._codes[style] if style < len(self._codes) else "General"

    @staticmethod
    def _code(one: int | str) -> str:
        if isinstance(one, str):
            return one if len(one) <= _FORMAT_LENGTH else "General"
        return str(BUILTIN_FORMATS.get(one) or _OF_JAPAN.get(one, "General"))
