"""A workbook that somebody filled in, with what it held when it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from handouts.collect.lineage import Lineage, changes_since, lineage_of
from handouts.dataset.columns import plain
from handouts.dataset.model import Dataset
from handouts.excel.book import Book, book_of
from handouts.excel.kept import KEPT_SHEET, Kept, names_grid, names_in, read_kept
from handouts.excel.reading import WorkbookReading, read_workbook
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import SHEETS, TABLES_IN_ORDER, SheetTable
from handouts.excel.source import Findings
from handouts.excel.tables import FoundColumn
from handouts.findings import Finding, Place, Rule, errors_of
from handouts.xlsx.grid import Cell, Grid
from handouts.xlsx.packed import pack, unpack

WHOLE = "ブック"  # what messages call one with all rows
WITHOUT_KEPT = Rule(
    "collect.kept-missing",
    f"書き出したときの値の控え（隠れたシート「{KEPT_SHEET}」）がありません",
    "どこが書き換えられたかは、控えと比べて調べます",
    "--group で書き出し直したブックに、書き換えたところを写してください",
)
_FIRST_HEAD = 3  # the row of the heads in most sheets, counted from 1; above it stand sums
DAMAGED_KEPT = Rule(
    "collect.kept-damaged",
    f"書き出したときの値の控え（隠れたシート「{KEPT_SHEET}」）が壊れていて、使えません",
    remedy="ないものとして扱います",
    severity="warning",
)


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back: whose it is, what it says as a dataset, its rows as they are and as they were before.

    `group` is empty where it has all rows. `source` is the name of the dataset that it was written from. `lineage` says
    what it was made of, None where the workbook does not say what it held. `state` gives what it is now, packed, and `id`
    tells the workbook that was written from others; `places` say where its entries stand. Sheets in `same` are as they were in what it was made of.
    """

    file: str
    group: str
    source: str
    dataset: Dataset
    book: Book
    lineage: Lineage | None
    places: Mapping[str, Place] = field(default_factory=dict)
    id: str = ""
    state: Callable[[], str] = str
    same: frozenset[str] = frozenset()

    def is_same(self, table: SheetTable) -> bool:
        """Whether nothing was changed in the sheets of a table since."""
        return self.same.issuperset(table.sheets)

    @property
    def is_unchanged(self) -> bool:
        """Whether it says what that said which it was made of."""
        return self.lineage is not None and not changes_since(self.book, self.lineage.base)

    @property
    def name(self) -> str:
        """Whose side it is in a conflict."""
        return self.group or WHOLE

    @property
    def who(self) -> str:
        """What messages call it."""
        return f"{self.file}（{self.group}）" if self.group else self.file


@dataclass(frozen=True)
class FilledBook:
    """A workbook that somebody filled in, called `file`: what it says as a dataset of its own, and whose part it is."""

    file: str
    reading: WorkbookReading

    @cached_property
    def kept(self) -> Kept | None:
        """What it held when it was written; None where it does not say."""
        return read_kept(self.reading.grids)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or odd in it, also for being put into a dataset."""
        return (*self._findings_of_kept(), *self.reading.findings)

    def returned(self, states: Mapping[str, str]) -> Returned | None:
        """It as it can be put into a dataset; None where there is a fault in it.

        `states` are the workbooks written at once with it that were put in before, packed, by file, the last one last.
        """
        reading, book = self.reading, self.reading.book
        if reading.dataset is None or book is None or errors_of(self.findings):
            return None
        made = Returned(self.file, reading.group, reading.name, reading.dataset, book, None, reading.places)
        if self.kept is None or self.kept.grids is None:
            return made
        shelf = _Shelf(self.file, _entered(reading.grids, book), book)
        written = shelf.book(self.kept.grids)
        before = {file: shelf.book(grids) for file, text in states.items() if (grids := unpack(text))}
        lineage = lineage_of(self.file, book, written, before)
        state = (*shelf.grids, names_grid(names_in(reading.grids)))
        same = shelf.same_as(lineage.base)
        return replace(made, lineage=lineage, id=self.kept.id, state=partial(pack, state), same=same)

    def _findings_of_kept(self) -> Iterator[Finding]:
        is_damaged = self.kept is not None and self.kept.grids is None
        if is_damaged:
            yield DAMAGED_KEPT.at(Place(self.file))
        if self.reading.group and (self.kept is None or is_damaged):
            yield WITHOUT_KEPT.at(Place(self.file))


def read_filled(path: Path, last: Callable[[], Dataset | None] = lambda: None) -> FilledBook:
    """The workbook at `path`, with what is wrong or odd in it; `last` is the dataset that it is to go into."""
    return FilledBook(path.name, read_workbook(path, last))


class _Shelf:
    """States of a workbook, whose sheets are mostly the same: those are read once. `grids` are those of the first state."""

    def __init__(self, file: str, grids: Sequence[Grid], book: Book) -> None:
        self.grids = grids
        self._file = file
        self._read = [(grids, book)]

    def book(self, grids: Sequence[Grid]) -> Book:
        """The rows of another state."""
        known: dict[str, Sequence[DatasetRow]] = {}
        for others, book in self._read:
            same = _same_sheets(others, grids)
            rows = {table: book.rows[table.name] for table in TABLES_IN_ORDER if table.name in book.rows}
            known |= {table.name: each for table, each in rows.items() if same.issuperset(table.sheets)}
        read = book_of(Findings(self._file), grids, known)
        self._read.append((grids, read))
        return read

    def same_as(self, book: Book) -> frozenset[str]:
        """The sheets that are the same in the first state and in that of a book."""
        return next(_same_sheets(self.grids, grids) for grids, read in self._read if read is book)


def _same_sheets(grids: Sequence[Grid], others: Sequence[Grid]) -> frozenset[str]:
    """The sheets that have the same cells, or are in neither state."""
    one, other = ({grid.name: (grid.rows, tuple(grid.merged)) for grid in each} for each in (grids, others))
    return frozenset(name for name in SHEETS if one.get(name) == other.get(name))


def _entered(grids: Sequence[Grid], book: Book) -> tuple[Grid, ...]:
    """The sheets that are read, without what is computed in them, by the names of the contract."""
    computed: dict[str, set[int]] = {}
    for table in TABLES_IN_ORDER:
        at = {
            head.at
            for head in book.heads.get(table.name, ())
            if isinstance(head, FoundColumn) and not head.key
        }
        for sheet in table.sheets:
            computed.setdefault(sheet, set()).update(at)
    names = {plain(name): name for name in computed}
    return tuple(
        Grid(name, dict(_entered_rows(grid, computed[name])), tuple(grid.merged))
        for grid in grids
        if (name := names.get(plain(grid.name)))
    )


def _entered_rows(grid: Grid, computed: Set[int]) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    for number, row in grid.rows.items():
        is_above = number < _FIRST_HEAD
        cells = {
            at: cell for at, cell in row.items() if not (cell.is_formula and (is_above or at in computed))
        }
        if cells:
            yield number, cells
