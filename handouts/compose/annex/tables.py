"""Tables from columns: each column a head and what it says of a row, as wide as that needs; empty ones are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from handouts.compose.annex.cells import AnnexCell, AnnexTable, RowRange, Sheet, TableRow
from handouts.compose.page import year_and_branch
from handouts.dataset.model import Dataset
from handouts.look.fitting import text_width

_Item = TypeVar("_Item")
_UNIT = re.compile(r'"([^"]*)"|%')
_LONGEST_HEAD = 240  # characters; Excel takes 255
_PADDING = 1.5  # half-width characters


def table_sheet(
    dataset: Dataset,
    title: str,
    table: AnnexTable,
    *,
    name: str,
    widths: Sequence[float],
    note: str = "",
    blocks: Sequence[RowRange] = (),
) -> Sheet:
    """A sheet of one table, whose head stays in sight and stands on every page."""
    head = table.first_row
    return Sheet(
        name=name,
        title=f"{year_and_branch(dataset)} {title}",
        notes=(note,) if note else (),
        widths=tuple(widths),
        tables=(table,),
        frozen=(head + 1, 0),
        repeated=(head, head),
        blocks=tuple(blocks),
    )


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[_Item]):
    """A column: its head, its greatest width in half-width characters, its cell for an item.

    `always`: it stands even where it says nothing.
    """

    head: str
    width: float
    cell: Callable[[_Item], AnnexCell]
    always: bool = False


def list_table(
    name: str, first_row: int, columns: Iterable[ListColumn[_Item]], items: Sequence[_Item]
) -> tuple[AnnexTable, tuple[float, ...]]:
    """The table of the items with the columns that have something to say of at least one, and their widths."""
    made = [(column, [column.cell(item) for item in items]) for column in columns]
    kept = [
        (column, cells)
        for column, cells in made
        if column.always or any(cell.value is not None for cell in cells)
    ]
    heads = unique_heads(column.head for column, _ in kept)
    rows = tuple(map(TableRow, zip(*(cells for _, cells in kept), strict=True)))
    widths = tuple(_width(column, cells) for column, cells in kept)
    return AnnexTable(name, "", first_row, heads, rows, can_filter=True), widths


def _width(column: ListColumn[_Item], cells: Sequence[AnnexCell]) -> float:
    """As wide as the head and the widest text, but not wider than the column may be."""
    widest = max(2 * text_width(column.head), *map(_shown_width, cells))
    return min(column.width, widest + _PADDING)


def _shown_width(cell: AnnexCell) -> float:
    if isinstance(cell.value, str):
        return max(2 * text_width(line) for line in cell.value.split("\n"))
    if cell.value is None:
        return 0
    unit = "".join(_UNIT.findall(cell.form.split(";")[0]))
    return len(f"{cell.value:,}") + 2 * text_width(unit)


def unique_heads(heads: Iterable[str]) -> tuple[str, ...]:
    """The heads as Excel wants them in a table: none empty, none twice."""
    found: list[str] = []
    for head in heads:
        base = head[:_LONGEST_HEAD] or "区分"
        name, count = base, 1
        while name.lower() in (other.lower() for other in found):
            count += 1
            name = f"{base}（{count}）"
        found.append(name)
    return tuple(found)
