"""Merged cells in a table: what they say of each of their rows, and where nobody knows which one they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handouts.excel.sheets import Head
from handouts.xlsx.grid import Cell, CellKind, Grid, cell_name

Rows = Mapping[int, Mapping[int, Cell]]


@dataclass(frozen=True, slots=True)
class MergedAcross:
    """A cell that is merged across several columns: the cells that it covers, e.g. H22:I22, and the headings of all."""

    cell: Cell
    area: str
    headings: tuple[str, ...]


def unmerged(rows: Rows, grid: Grid, own: Collection[int]) -> Rows:
    """The rows, in those that say something also what a merged cell says of them.

    In the columns `own` what a cell says can be that of one row only, and nobody knows of which.
    """
    filled = {number: dict(row) for number, row in rows.items()}
    numbers = sorted(grid.rows)
    for first, column, inside in grid.merged_rows():
        top = rows.get(first, {}).get(column)
        if top is None:
            continue
        for number in (numbers[index] for index in inside):
            if number in filled and number != first:
                kind: CellKind = "merged" if column in own else top.kind
                filled[number].setdefault(top.column, top._replace(row=number, kind=kind))
    return filled


def merged_across(rows: Rows, grid: Grid, heads: Mapping[int, Head]) -> Iterator[MergedAcross]:
    """The filled cells of the rows that are merged across several of the columns that are read, by their numbers."""
    for area_rows, area_columns in grid.merged:
        cell = rows.get(area_rows.start, {}).get(area_columns.start)
        covered: Sequence[Head] = [head for at, head in heads.items() if at in area_columns]
        if cell is not None and len(covered) > 1:
            last = cell_name(area_rows.stop - 1, area_columns.stop - 1)
            headings = tuple(head.heading.replace("\n", " ") for head in covered)
            yield MergedAcross(cell, f"{cell.name}:{last}", headings)
