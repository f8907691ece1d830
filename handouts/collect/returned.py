"""A workbook that somebody filled in, with what it held when it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handouts.dataset.columns import plain
from handouts.dataset.model import Dataset
from handouts.excel.book import Book, book_of
from handouts.excel.kept import KEPT_SHEET, Kept, read_kept
from handouts.excel.reading import WorkbookReading, read_workbook
from handouts.excel.sheets import SHEETS, TABLES_IN_ORDER, SheetTable
from handouts.excel.source import Findings
from handouts.findings import Finding, Place, Rule, errors_of
from handouts.xlsx.grid import Cell, Grid

WHOLE = "ブック"  # what messages call one with all rows
WITHOUT_KEPT = Rule(
    "collect.kept-missing",
    f"書き出したときの値の控え（隠れたシート「{KEPT_SHEET}」）がありません",
    "どこが書き換えられたかは、控えと比べて調べます",
    "--group で書き出し直したブックに、書き換えたところを写してください",
)
DAMAGED_KEPT = Rule(
    "collect.kept-damaged",
    f"書き出したときの値の控え（隠れたシート「{KEPT_SHEET}」）が壊れていて、使えません",
    remedy="ないものとして扱います",
    severity="warning",
)


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back: whose it is, what it says as a dataset, its rows as they are and as they were written.

    `group` is empty where it has all rows. `source` is the name of the dataset that it was written from. `written` is
    None where the workbook does not say what it held, `same_sheets` are those in which nothing was changed since.
    """

    file: str
    group: str
    source: str
    dataset: Dataset
    book: Book
    written: Book | None
    same_sheets: frozenset[str] = frozenset()

    def is_same(self, table: SheetTable) -> bool:
        """Whether nothing was changed in the sheets of a table since the workbook was written."""
        return self.same_sheets.issuperset(table.sheets)

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

    @cached_property
    def returned(self) -> Returned | None:
        """It as it can be put into a dataset; None where there is a fault in it."""
        reading, book = self.reading, self.reading.book
        if reading.dataset is None or book is None or errors_of(self.findings):
            return None
        grids = (self.kept.grids if self.kept else None) or ()
        same = frozenset(_same_sheets(reading.grids, grids))
        known = {
            table.name: book.rows[table.name]
            for table in TABLES_IN_ORDER
            if table.name in book.rows and same.issuperset(table.sheets)
        }
        written = book_of(Findings(self.file), grids, known) if grids else None
        return Returned(self.file, reading.group, reading.name, reading.dataset, book, written, same)

    def _findings_of_kept(self) -> Iterator[Finding]:
        is_damaged = self.kept is not None and self.kept.grids is None
        if is_damaged:
            yield DAMAGED_KEPT.at(Place(self.file))
        if self.reading.group and (self.kept is None or is_damaged):
            yield WITHOUT_KEPT.at(Place(self.file))


def read_filled(path: Path, last: Callable[[], Dataset | None] = lambda: None) -> FilledBook:
    """The workbook at `path`, with what is wrong or odd in it; `last` is the dataset that it is to go into."""
    return FilledBook(path.name, read_workbook(path, last))


def _same_sheets(grids: Sequence[Grid], written: Sequence[Grid]) -> Iterator[str]:
    """The sheets whose cells are those that were written; formulas are ours, and nobody reads them."""
    was = {grid.name: grid.rows for grid in written}
    for name in SHEETS:
        there = [grid for grid in grids if plain(grid.name) == plain(name)]
        if (not there and name not in was) or (
            len(there) == 1 and not there[0].merged and _entered(there[0]) == was.get(name)
        ):
            yield name


def _entered(grid: Grid) -> Mapping[int, Mapping[int, Cell]]:
    rows = {
        number: {at: cell for at, cell in row.items() if not cell.is_formula}
        for number, row in grid.rows.items()
    }
    return {number: row for number, row in rows.items() if row}
