"""What was entered in the sheets of a workbook: plain values, the cell of each, and what is wrong with them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from handouts.dataset.columns import IN_UNIT, Column, Form, plain
from handouts.dataset.typed_text import in_one_width
from handouts.dataset.yaml_text import KeyPath, Plain
from handouts.excel.cells import EMPTY_CELL, as_text, excerpt_of, field_of
from handouts.excel.rows import DatasetRow, RowValue
from handouts.findings import Finding, Place, Rule
from handouts.xlsx.grid import Cell

_MEND_UNIT = "数を打ち直すか、単位を直してください。単位はセルの書式にもあります"
OTHER_UNIT = Rule(
    "cell.other-unit", "「{shown}」は「{own}」の数ですが、この行の単位は「{unit}」です", remedy=_MEND_UNIT
)
UNIT_MISSING = Rule(
    "cell.unit-missing",
    "「{shown}」は「{own}」の数ですが、この行には単位が書かれていません",
    "印刷されるのは、単位の欄に書いた単位です",
    "単位の欄に「{own}」と書いてください",
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

    def add(self, finding: Finding) -> None:
        """Notes a finding; a cell that could not be read is not empty too."""
        if finding.rule is EMPTY_CELL and finding.place.cell in self._cells:
            return
        self.found.append(finding)
        if finding.place.cell and finding.severity == "error":
            self._cells.add(finding.place.cell)

    def say(self, said: RowValue, place: Place) -> None:
        """Notes why a cell cannot be read, or what its writer should know of how it was."""
        for one in (said.fault,) if said.fault else said.remarks:
            self.add(one.rule.at(place, field=field_of(said.column), **one.values))

    def new(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Those of `findings` on cells that nothing was said of yet."""
        return tuple(finding for finding in findings if finding.place.cell not in self._cells)


class RowSource:
    """Plain values by key path out of rows, and the place and column of each.

    `percents` are the numbers that are shown as percentages, `figures` the others in columns whose unit the row has,
    `own_units` those whose cells say themselves what they are counted in.
    """

    def __init__(self, findings: Findings) -> None:
        self.data: dict[str, Any] = {}
        self.values: dict[KeyPath, Place] = {}
        self.columns: dict[KeyPath, Column] = {}
        self.percents: dict[KeyPath, RowValue] = {}
        self.figures: dict[KeyPath, RowValue] = {}
        self.own_units: dict[KeyPath, RowValue] = {}
        self._findings = findings

    @property
    def keys(self) -> Mapping[KeyPath, Place]:
        """No key stands anywhere itself: the columns say what they hold."""
        return {}

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

    def read(self, path: KeyPath, said: RowValue, place: Place) -> Plain:
        """What a row says in a column, with its place noted; None where it says nothing or is at fault."""
        self.put(path, said.column, place)
        self._findings.say(said, place)
        if said.fault:
            return None
        if said.own_unit:
            self.own_units[path] = said
        if said.is_percent:
            self.percents[path] = said
        elif said.column.form in IN_UNIT and not math.isnan(_number(said)):
            self.figures[path] = said
        elif said.column.form is Form.PERCENT and _is_fraction(said):
            self._say_fraction(said, place)
        return said.value

    def read_row(self, row: DatasetRow, path: KeyPath, required: Sequence[str]) -> dict[str, Any]:
        """The values of a row, by field; those that are `required` have a place though they are missing."""
        entry: dict[str, Any] = {}
        for key, said in row.cells.items():
            place = row.place_of(key)
            value = self.read((*path, *key), said, place)
            if value is None:
                continue
            *outer, last = key
            holder = entry
            for part in outer:
                self.values.setdefault((*path, part), row.where.of((part,)) or place)
                holder = holder.setdefault(part, {})
            holder[last] = value
            if said.column.form is Form.LONG:
                self.values |= {(*path, *key, number): line for number, line in enumerate(row.where.lines)}
        missing = (one for one in row.table.columns if one.key and one.key not in row.cells)
        for column in missing:
            if column.key[0] in required and (there := row.where.of(column.key)):
                self.put((*path, *column.key), column, there)
        self.values[path] = row.place_of(())
        return entry

    def column(self, path: KeyPath) -> Column | None:
        """The column of the value at the key path, or of what holds it."""
        paths = (path[:n] for n in range(len(path), 0, -1))
        return next((self.columns[one] for one in paths if one in self.columns), None)

    def check_units(self, units: Mapping[KeyPath, str]) -> None:
        """Finds figures that say another unit than their row, and lone fractions where the others are percentages.

        `units` has the unit of each row by the path of the row.
        """
        depth = len(next(iter(units), ()))
        for path, said in self.own_units.items():
            unit = units.get(path[:depth])
            if unit is not None and unit != plain(said.own_unit):
                self._say_other_unit(path, said, said.own_unit, unit)
        percents, figures = _by_row(self.percents, depth), _by_row(self.figures, depth)
        for row, unit in units.items():
            for path in percents.get(row, ()) if unit != "%" else ():
                self._say_other_unit(path, self.percents[path], "%", unit)
            if unit == "%":
                self._check_fractions(percents.get(row, ()), figures.get(row, ()))

    def _say_other_unit(self, path: KeyPath, said: RowValue, own: str, unit: str) -> None:
        """Notes that a cell says another unit than its row, or one where the row says none."""
        rule = OTHER_UNIT if unit else UNIT_MISSING
        self._findings.add(rule.at(self.values[path], shown=excerpt_of(said.shown), own=own, unit=unit))

    def _check_fractions(self, percents: Sequence[KeyPath], figures: Sequence[KeyPath]) -> None:
        """Finds shares that lost their format: in a row with larger figures they may be percentages below 1."""
        fractions = [path for path in figures if _is_fraction(self.figures[path])]
        if len(percents) > len(figures) or len(fractions) == len(figures):
            for path in fractions:
                self._say_fraction(self.figures[path], self.values[path])

    def _say_fraction(self, said: RowValue, place: Place) -> None:
        percent = as_text(Cell(0, 0, _number(said), "number", "0.0%"))
        self._findings.add(FRACTION_OF_PERCENTS.at(place, shown=excerpt_of(said.shown), percent=percent))


def cell_order(finding: Finding) -> tuple[str, int, str]:
    """What sorts findings by row and column within a sheet; the sheet first, those on no cell before."""
    match = re.fullmatch(r"(.*)!([A-Z]+)(\d+)", finding.place.cell or "")
    return (match[1], int(match[3]), match[2].rjust(3)) if match else (finding.place.cell or "", 0, "")


def _by_row(values: Mapping[KeyPath, RowValue], depth: int) -> Mapping[KeyPath, list[KeyPath]]:
    rows: dict[KeyPath, list[KeyPath]] = {}
    for path in values:
        rows.setdefault(path[:depth], []).append(path)
    return rows


def _is_fraction(said: RowValue) -> bool:
    """Whether it may be a share that lost its format."""
    return 0 < abs(_number(said)) <= 1


def _number(said: RowValue) -> float:
    """The number that is said, also where it was typed as text; nan where it is none."""
    if said.figure is not None:
        return float(said.figure)
    text = in_one_width(said.shown)
    return float(text) if re.fullmatch(r"-?[0-9]*\.?[0-9]+", text) else math.nan
