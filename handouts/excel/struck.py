"""What is struck out in a workbook (見え消し): it is left out, and said of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.excel.cells import STRUCK_CELL, field_of, shown
from handouts.excel.tables import FoundTable
from handouts.findings import Finding, Place, Rule
from handouts.xlsx.grid import Cell, Grid

STRUCK_HEADING = Rule(
    "sheet.heading-struck",
    "見出し「{shown}」に取り消し線があります",
    remedy="使う列なら取り消し線を外し、使わない列なら、下の値を消してから取り消し線を外してください",
)
MAY_BE_STRUCK = Rule(
    "sheet.conditional-strike",
    "{area} には、取り消し線を付ける条件付き書式があります",
    "値は、取り消し線があってもなくても、そのまま読みます",
    "消すものは、セルの中身を消してください",
    "warning",
)


def is_struck_row(cells: Mapping[int, Cell]) -> bool:
    """Whether all that a row says is struck out, so that it is no entry."""
    return all(cell.is_struck for cell in cells.values())


def struck_row(file: str, table: FoundTable, cells: Mapping[int, Cell]) -> Iterator[Finding]:
    """A finding for each cell of a row that is struck out."""
    heads = {head.at: head for head in table.heads}
    for at, cell in cells.items():
        place = Place(file, key=heads[at].column.heading, cell=f"{table.sheet}!{cell.name}")
        yield STRUCK_CELL.at(place, field=field_of(heads[at].column), shown=shown(cell))


def struck_headings(file: str, table: FoundTable, grid: Grid) -> Iterator[Finding]:
    """A finding for each heading that is struck out, be it in part."""
    read = {head.at for head in table.heads if head.key}
    for at, cell in grid.rows[table.row].items():
        if at in read and (cell.is_struck or cell.struck):
            yield STRUCK_HEADING.at(Place(file, cell=f"{table.sheet}!{cell.name}"), shown=shown(cell))


def conditional_strikes(file: str, grid: Grid) -> Iterator[Finding]:
    """A finding for each area that a conditional format may strike out: we do not evaluate its condition."""
    for area in grid.may_be_struck:
        first = area.partition(" ")[0].partition(":")[0]
        yield MAY_BE_STRUCK.at(Place(file, cell=f"{grid.name}!{first}"), area=area)
