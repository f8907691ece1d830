"""What was entered in the sheets of a workbook: plain values, the cell of each, and what is wrong with them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handouts.dataset.columns import Column, Form
from handouts.dataset.fiscal import YearForm
from handouts.dataset.yaml_text import KeyPath, Plain
from handouts.excel.cells import EMPTY_CELL, CellFault, field_of, is_percent, read_cell, shown
from handouts.excel.tables import FoundTable
from handouts.findings import Finding, Place, Rule
from handouts.xlsx.grid import Cell, cell_name

PERCENT_IN_OTHER_UNIT = Rule(
    "cell.percent-in-other-unit",
    "「{shown}」は率（%）の書式ですが、この行の単位は「{unit}」です",
    remedy="セルの書式を「数値」にするか、単位を直してください",
)
FRACTION_OF_PERCENTS = Rule(
    "cell.fraction-of-percents",
    "「{shown}」を {shown}% と読みました",
    "率の行の数は、率（%）の書式のセルに書きます",
    "{percent} のことなら、セルの書式を「パーセンテージ」にしてください",
    "warning",
)


class Findings:
    """The findings on a workbook, each with its cell; the first on a cell counts."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []
        self._cells: set[str] = set()

    def place(self, sheet: str, row: int, column: int, heading: str = "") -> Place:
        """The place of a cell."""
        return Place(self.file, key=heading or None, cell=f"{sheet}!{cell_name(row, column)}")

    def add(self, finding: Finding) -> None:
        """Notes a finding; a cell that could not be read is not empty too."""
        if finding.rule is EMPTY_CELL and finding.place.cell in self._cells:
            return
        self.found.append(finding)
        if finding.place.cell and finding.severity == "error":
            self._cells.add(finding.place.cell)

    def new(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Those of `findings` on cells that nothing was said of yet."""
        return tuple(finding for finding in findings if finding.place.cell not in self._cells)


class CellSource:
    """Plain values by key path, and the cell and column of each.

    `percents` are the numbers in cells that show them as percentages, `figures` the others in columns whose unit the row has.
    """

    def __init__(self, findings: Findings) -> None:
        self.data: dict[str, Any] = {}
        self.values: dict[KeyPath, Place] = {}
        self.columns: dict[KeyPath, Column] = {}
        self.percents: dict[KeyPath, Cell] = {}
        self.figures: dict[KeyPath, Cell] = {}
        self._findings = findings

    @property
    def keys(self) -> Mapping[KeyPath, Place]:
        """A key stands where its value does."""
        return self.values

    @property
    def blocks(self) -> frozenset[KeyPath]:
        """No text stands line by line: a cell is one place."""
        return frozenset()

    def place(self, path: KeyPath, of_key: bool = False) -> Place:
        """The cell of the value at the key path, or of what holds it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values[path] if path else Place(self._findings.file)

    def put(self, path: KeyPath, column: Column, place: Place) -> None:
        """Notes where a value stands, or would stand."""
        self.values[path] = place
        self.columns[path] = column

    def read(self, path: KeyPath, column: Column, cell: Cell, place: Place) -> Plain:
        """The value of a cell, with its place noted; None where it says nothing or is at fault."""
        self.put(path, column, place)
        try:
            typed = read_cell(cell, column)
        except CellFault as fault:
            self._findings.add(fault.rule.at(place, field=field_of(column), **fault.values))
            return None
        if typed.remark:
            self._findings.add(typed.remark.at(place))
        if is_percent(cell):
            self.percents[path] = cell
        elif column.form in (Form.UNIT_NUMBER, Form.RESULT) and not math.isnan(_number(cell)):
            self.figures[path] = cell
        return typed.value

    def read_row(
        self, table: FoundTable, number: int, row: Mapping[int, Cell], path: KeyPath, required: Sequence[str]
    ) -> dict[str, Any]:
        """The values of a row of a table, by field."""
        entry: dict[str, Any] = {}
        for head in table.heads:
            column, cell = head.column, row.get(head.at)
            if column.is_computed or (cell is None and column.key[0] not in required):
                continue
            key = column.key if head.year is None else (*column.key, head.year.text(YearForm.LETTER))
            place = self._findings.place(table.sheet, number, head.at, column.heading)
            if cell is None:
                self.put((*path, *key), column, place)
                continue
            value = self.read((*path, *key), column, cell, place)
            if value is None:
                continue
            *outer, last = key
            holder = entry
            for part in outer:
                self.values.setdefault((*path, part), place)
                holder = holder.setdefault(part, {})
            holder[last] = value
        first = min(row)
        self.values[path] = self._findings.place(table.sheet, number, first)
        return entry

    def column(self, path: KeyPath) -> Column | None:
        """The column of the value at the key path, or of what holds it."""
        paths = (path[:n] for n in range(len(path), 0, -1))
        return next((self.columns[one] for one in paths if one in self.columns), None)

    def check_percents(self, units: Mapping[KeyPath, str]) -> None:
        """Finds percentages in rows of another unit, and lone fractions where the others are percentages.

        `units` has the unit of each row by the path of the row.
        """
        depth = len(next(iter(units), ()))
        percents, figures = _by_row(self.percents, depth), _by_row(self.figures, depth)
        for row, unit in units.items():
            for path in percents.get(row, ()) if unit and unit != "%" else ():
                text = shown(self.percents[path])
                self._findings.add(PERCENT_IN_OTHER_UNIT.at(self.values[path], shown=text, unit=unit))
            if unit == "%":
                self._check_fractions(percents.get(row, ()), figures.get(row, ()))

    def _check_fractions(self, percents: Sequence[KeyPath], figures: Sequence[KeyPath]) -> None:
        """Finds shares that lost their format: in a row with larger figures they may be percentages below 1."""
        fractions = [path for path in figures if 0 < abs(_number(self.figures[path])) <= 1]
        if len(percents) > len(figures) or len(fractions) == len(figures):
            for path in fractions:
                cell = self.figures[path]
                percent = shown(replace(cell, value=_number(cell), kind="number", format="0.0%"))
                place = self.values[path]
                self._findings.add(FRACTION_OF_PERCENTS.at(place, shown=shown(cell), percent=percent))


def cell_order(finding: Finding) -> tuple[str, int, str]:
    """What sorts findings by row and column within a sheet; the sheet first, those on no cell before."""
    match = re.fullmatch(r"(.*)!([A-Z]+)(\d+)", finding.place.cell or "")
    return (match[1], int(match[3]), match[2].rjust(3)) if match else (finding.place.cell or "", 0, "")


def _by_row(cells: Mapping[KeyPath, Cell], depth: int) -> Mapping[KeyPath, list[KeyPath]]:
    rows: dict[KeyPath, list[KeyPath]] = {}
    for path in cells:
        rows.setdefault(path[:depth], []).append(path)
    return rows


def _number(cell: Cell) -> float:
    """The number in a cell, also where it was typed as text; nan where it has none."""
    if cell.kind == "number" and isinstance(cell.value, (int, float)):
        return float(cell.value)
    text = unicodedata.normalize("NFKC", str(cell.value)).strip()
    return float(text) if re.fullmatch(r"-?[0-9]*\.?[0-9]+", text) else math.nan
