"""A row of a dataset: the same, be it of the dataset itself, of a workbook, or of what a workbook was written with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from handouts.dataset.columns import Column, plain
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.validation import settled_value
from handouts.dataset.yaml_text import Plain
from handouts.excel.cell_figures import CellFault, Remark
from handouts.excel.cells import STRUCK_CELL, as_text, excerpt_of, read_cell
from handouts.excel.names import joined_name, parts_of_name
from handouts.excel.row_places import NOWHERE, Key, RowPlaces
from handouts.excel.sheets import (
    BASE,
    ENTRIES,
    ITEMS,
    OVERRIDES,
    PLAN,
    PROGRESS_ITEMS,
    RECIPIENTS,
    SERIES,
    SheetTable,
)
from handouts.findings import Place
from handouts.xlsx.grid import Cell

# The computed column that says where a row comes from, for the tables whose rows need no id of their own.
ORIGINS: Mapping[str, str] = {table.name: table.columns[-1].heading for table in (PLAN, SERIES, ENTRIES)}
_NAMED_BY: Mapping[str, tuple[Key, ...]] = {
    SERIES.name: (("table",), ("year",), ("label",)),
    RECIPIENTS.name: (("group",), ("mailbox",)),
}
_CALLED_BY: Mapping[str, tuple[Key, ...]] = {
    SERIES.name: (("table",), ("year",), ("label",)),
    ENTRIES.name: (("plan",), ("kpi",), ("text",)),
    PROGRESS_ITEMS.name: (("heading",),),
    OVERRIDES.name: (("paragraph",),),
}
_ITEMS = {plain(column.heading): column for _, column in ITEMS}


@dataclass(frozen=True, slots=True)
class RowValue:
    """What a row says in a column: the plain value that a file would have, and what a cell shows of it.

    `remarks` are what its writer should know of, `fault` is why the cell cannot be read. `is_open` says that the cell
    does not state its decimals, so that 56 may be 56.0. `own_unit` is what the cell itself says that its figure is counted in.
    """

    column: Column
    value: Plain
    shown: str
    is_percent: bool = False
    remarks: tuple[Remark, ...] = ()
    fault: CellFault | None = None
    is_open: bool = False
    own_unit: str = ""

    @property
    def figure(self) -> Decimal | int | None:
        """The number that it is, None for a text, be that digits too."""
        is_flag = isinstance(self.value, bool)
        return self.value if isinstance(self.value, (Decimal, int)) and not is_flag else None

    @property
    def is_struck(self) -> bool:
        """Whether all of it is struck out, so that nothing is read."""
        return any(remark.rule is STRUCK_CELL for remark in self.remarks)


@dataclass(frozen=True)
class DatasetRow:
    """A row of a table: what stands in its columns by the keys of the fields, a year or month behind them.

    `computed` has by heading what the program computes: a text, or the id of the paragraph whose words are shown. `line`
    counts from the head of the table, `unit` is that of the figures. `nth` says how many rows of its name come up to it.
    `reread` is what its values say where that is not what was typed. `sheet` is the one that it is written into where its
    table has several.
    """

    table: SheetTable
    cells: Mapping[Key, RowValue] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
    where: RowPlaces = NOWHERE
    line: int = 0
    unit: str = ""
    nth: int = 1
    reread: Mapping[Key, Any] = field(default_factory=dict)
    sheet: str = ""

    @cached_property
    def name(self) -> str:
        """What it names itself, with #2 the second of a name; empty where it does not."""
        if keys := _NAMED_BY.get(self.table.name):
            name = " ".join(filter(None, map(self.name_part, keys)))
        else:
            has_id = any(column.key == ("id",) for column in self.table.columns)
            name = self.name_part(("id",) if has_id else self.table.columns[0].key)
            name = name or (self.name_part(("plan",)) if self.table is ENTRIES else "")
        return f"{name} #{self.nth}" if name and self.nth > 1 else name

    @property
    def id(self) -> str:
        """Its written id; empty where it has none."""
        said = self.cells.get(("id",))
        return str(said.value or "") if said else ""

    @property
    def words(self) -> str:
        """What it is called by what stands in it alone, without its place or a number behind it."""
        if self.table is PLAN:
            return self.shown(("text",)).strip()
        parts = [self.shown((field,)).strip() for field in parts_of_name(self.table)]
        return joined_name(parts) if parts[0] else ""

    @property
    def called(self) -> str:
        """What people call it, which is no id where it has a name."""
        if keys := _CALLED_BY.get(self.table.name):
            shown = [excerpt_of(self.shown(key)) for key in keys]
            first = next(filter(None, shown), "")
            return " ".join(filter(None, shown)) if self.table is SERIES else first
        return self.words or self.name

    @property
    def origin(self) -> str:
        """What the program wrote beside it: empty for a new row, wrong for a copied one."""
        return self.computed.get(ORIGINS.get(self.table.name, ""), "")

    @property
    def known_as(self) -> str:
        """What it is known by in any state; empty for a new row that names itself nothing."""
        return self.name or self.origin

    @property
    def item(self) -> Column | None:
        """The item of the sheet 会議 that it is about, None for a remark and for what the program fills in."""
        column = item_named(self.shown(("label",)))
        return column if column and not column.is_computed else None

    @cached_property
    def values(self) -> Mapping[Key, str]:
        """What it says, the same in two rows that mean the same, however somebody typed it; 97.0 is other than 97."""
        return {key: value if isinstance(value, str) else repr(value) for key, value in self._settled.items()}

    @cached_property
    def _settled(self) -> Mapping[Key, Any]:
        known = {key: self._settle(key, value) for key, value in self.cells.items()}
        return {key: value for key, value in {**known, **self.reread}.items() if value is not None}

    def with_decimals_of(self, *others: DatasetRow | None) -> DatasetRow:
        """The row with its figures as the first of `others` has them that has the same: 56 in a cell that may be 56.0."""
        stated = {key: said for key, said in self.cells.items() if said.is_open}
        for other in filter(None, reversed(others)):
            for key in stated:
                theirs = other.cells.get(key)
                if theirs and theirs.figure is not None and theirs.figure == stated[key].figure:
                    stated[key] = replace(stated[key], value=theirs.value)
        return replace(self, cells={**self.cells, **stated}) if stated else self

    def place_of(self, key: Key) -> Place:
        """Where a value stands, or its row where there is no such column."""
        place = self.where.of(key) or self.where.of(())
        assert place is not None
        return place

    def shown(self, key: Key) -> str:
        """What a cell shows; empty for an empty one."""
        return self.cells[key].shown if key in self.cells else ""

    def _settle(self, key: Key, value: RowValue) -> Any:
        if value.fault:
            return value.shown
        if self.table is PLAN and key == ("kind",) and isinstance(value.value, str):
            return bare_kind(value.value)
        if value.value is None or self.table.model is None:
            return value.value
        entered = {key[1]: value.value} if len(key) > 1 else value.value
        return settled_value(self.table.model, key[0], entered)

    def name_part(self, key: Key) -> str:
        """What a value is as a part of a name: a year in its usual form, a word of a list as the list has it."""
        known = self._settle(key, self.cells[key]) if key in self.cells else None
        value = self.reread.get(key, known)
        if isinstance(value, FiscalYear):
            return value.text()
        if isinstance(value, str) and key in self.cells:
            return self.cells[key].column.choice_of(value)
        return str(value or "")


def mergeable(rows: Iterable[DatasetRow]) -> tuple[DatasetRow, ...]:
    """The numbered rows of a table but for remarks and what the program itself says of a workbook."""
    return tuple(numbered(row for row in rows if row.table is not BASE or row.item))


def numbered(rows: Iterable[DatasetRow]) -> Iterator[DatasetRow]:
    """The rows of a table, each knowing how many of its name come up to it."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.name] = counts.get(row.name, 0) + 1
        yield replace(row, nth=counts[row.name]) if counts[row.name] > 1 else row


def read_value(cell: Cell, column: Column) -> RowValue:
    """What a cell says in a column."""
    try:
        typed = read_cell(cell, column)
    except CellFault as fault:
        return RowValue(column, None, as_text(cell), fault=fault)
    return RowValue(
        column,
        typed.value,
        "" if cell.is_struck else as_text(cell),
        typed.is_percent,
        typed.remarks,
        is_open=typed.is_open,
        own_unit=typed.own_unit,
    )


def item_named(label: str) -> Column | None:
    """How the cell of an item of the sheet 会議 is read."""
    return _ITEMS.get(plain(label)) if label else None


def bare_kind(kind: str) -> str:
    """A kind of paragraph, e.g. 階層2, whatever the sample of its numbers behind it."""
    return plain(kind).partition(":")[0]
