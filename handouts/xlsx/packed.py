"""Sheets as one packed text, so that what their cells held can be kept in a workbook or a file: JSON, deflated, base64."""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import json
import typing
import zlib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from handouts.xlsx.grid import COLUMN_LIMIT, ROW_LIMIT, Cell, CellKind, CellValue, Grid
from handouts.xlsx.opening import TEXT_LIMIT, VALUE_LIMIT

_BYTES = 4 * TEXT_LIMIT  # of the text when it is unpacked: a small one could become any size
_LEVEL = 6
_FLAGS = {1: "is_formula", 2: "since_1904", 4: "is_struck"}
_KINDS = frozenset(typing.get_args(CellKind))
_DATES: Mapping[str, Callable[[str], Any]] = {
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda text: datetime.timedelta(*map(int, text.split())),
}


def pack(grids: Iterable[Grid]) -> str:
    """The cells and merged areas of sheets as a text of ASCII characters: the same text for the same cells."""
    sheets = [
        [grid.name, list(map(_area, grid.merged)), list(map(_row, grid.rows.items()))] for grid in grids
    ]
    text = json.dumps(sheets, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(errors="surrogatepass"), _LEVEL)).decode()


def unpack(text: str, wanted: Container[str] | None = None) -> tuple[Grid, ...] | None:
    """The sheets in a packed text, or those `wanted`; None where it is none, or has more than a workbook may have."""
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(text, validate=True), _BYTES)
        if not unpacker.eof:
            return None
        sheets = json.loads(content.decode(errors="surrogatepass"))
        grids = tuple(_grid(sheet) for sheet in sheets if wanted is None or sheet[0] in wanted)
    except (
        binascii.Error,
        zlib.error,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        OverflowError,
        RecursionError,
    ):
        return None
    return grids if sum(len(row) for grid in grids for row in grid.rows.values()) <= VALUE_LIMIT else None


def packed_id(text: str) -> str:
    """What tells one packed text from another: the first half of its digest."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]


def _area(area: tuple[range, range]) -> list[int]:
    rows, columns = area
    return [rows.start, rows.stop, columns.start, columns.stop]


def _row(numbered: tuple[int, Mapping[int, Cell]]) -> list[Any]:
    number, row = numbered
    return [number, list(map(_cell, row.values()))]


def _cell(cell: Cell) -> list[Any]:
    flags = sum(flag for flag, name in _FLAGS.items() if getattr(cell, name))
    more = [flags, cell.struck] if cell.struck else [flags] if flags else []
    if cell.kind == "text" and not more:
        return [cell.column, cell.value]
    value: Any = cell.value
    if cell.kind == "date":
        value = [type(value).__name__, _iso(value)]
    return [cell.column, value, cell.kind, cell.format, *more]


def _iso(value: Any) -> str:
    if isinstance(value, datetime.timedelta):
        return f"{value.days} {value.seconds} {value.microseconds}"
    return str(value.isoformat())


def _grid(packed: Sequence[Any]) -> Grid:
    name, merged, packed_rows = packed
    rows = {number: dict(_unpacked(number, one) for one in row) for number, row in packed_rows}
    areas = tuple((range(top, bottom), range(left, right)) for top, bottom, left, right in merged)
    if not isinstance(name, str) or any(not 0 < number <= ROW_LIMIT for number in rows):
        raise ValueError
    return Grid(name, rows, areas)


def _unpacked(row: int, packed: Sequence[Any]) -> tuple[int, Cell]:
    kind: CellKind
    column, value, *others = packed
    kind, form, *more = others or ("text", "General")
    flags, struck = more[0] if more else 0, more[1] if len(more) > 1 else ""
    if kind not in _KINDS or not isinstance(form, str) or not 0 < column <= COLUMN_LIMIT:
        raise ValueError
    cell = Cell(row, column, _value(value, kind), kind, form, struck=str(struck))
    return column, _flagged(cell, flags) if flags else cell


def _flagged(cell: Cell, flags: int) -> Cell:
    is_formula, since_1904, is_struck = (bool(flags & flag) for flag in _FLAGS)
    return cell._replace(is_formula=is_formula, since_1904=since_1904, is_struck=is_struck)


def _value(value: Any, kind: str) -> CellValue:
    if kind == "date":
        name, text = value
        value = _DATES[name](text)
    elif value is not None and not isinstance(value, (str, int, float)):
        raise ValueError
    return typing.cast(CellValue, value)
