"""The workbooks of several groups put together: what each group changed goes into the dataset as it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handouts.collect.conflicts import Conflicts
from handouts.collect.lines import key_of, lines_of
from handouts.collect.merged_rows import MergedRow, Seat
from handouts.collect.merging import TableMerge
from handouts.collect.places import Places
from handouts.collect.returned import Returned
from handouts.dataset.reading import Reading
from handouts.excel.book import Book
from handouts.excel.reading import read_book
from handouts.excel.sheets import TABLES_IN_ORDER, SheetTable
from handouts.excel.source import Findings
from handouts.excel.tables import FoundTable
from handouts.findings import Place
from handouts.xlsx.grid import Cell, cell_name


class Collection:
    """A dataset, as the book of all of its sheets, into which workbooks are put one after another.

    `taken` counts what each file brought: cells, and rows that are new, gone or moved.
    """

    def __init__(self, book: Book, conflicts: Conflicts) -> None:
        self.taken: dict[str, int] = {}
        self._book = book
        self._conflicts = conflicts
        self._tables = {table: _rows(book, table) for table in TABLES_IN_ORDER}

    def add(self, returned: Returned) -> None:
        """Puts in what a group changed."""
        merges = [TableMerge(table, rows, returned, self._conflicts) for table, rows in self._tables.items()]
        for merge in merges:
            merge.run()
            self._add_years(returned.book.tables[merge.table.name])
        self.taken[returned.file] = sum(merge.taken for merge in merges)

    def reading(self, name: str, old: Reading) -> Reading:
        """The dataset with everything put in, its findings only faults; `old` is how it was read before.

        What a workbook brought has its place there, the rest where it has it in `old`.
        """
        before = read_book(_copy(self._book), name).places
        sources: dict[str, Place] = {}
        for table, rows in self._tables.items():
            found = self._book.tables[table.name]
            self._book.tables[table.name] = replace(found, rows=dict(_placed(found, rows, sources)))
        reading = read_book(self._book, name)
        places = Places(old.places, before, sources, self._book.findings.file)
        faults = (
            finding.moved(lambda place: places.of(place) or Place(name, key=place.key))
            for finding in reading.findings
            if finding.severity == "error"
        )
        return Reading(reading.dataset, tuple(faults), places.of_all(reading.places))

    def _add_years(self, theirs: FoundTable) -> None:
        """Adds the columns of further years that a workbook has."""
        found = self._book.tables[theirs.table.name]
        known = {key_of(head) for head in found.heads}
        more = [head for head in theirs.heads if head.year and key_of(head) not in known]
        last = max(head.at for head in found.heads)
        heads = [replace(head, at=last + number) for number, head in enumerate(more, 1)]
        self._book.tables[theirs.table.name] = replace(found, heads=(*found.heads, *heads))


def _rows(book: Book, table: SheetTable) -> list[MergedRow]:
    found, lines = book.tables[table.name], lines_of(book, table)
    above = [found.row, *(line.number for line in lines)]
    return [
        MergedRow(line, line.number - before, Seat(book.findings.file, found, line.number))
        for line, before in zip(lines, above, strict=False)
    ]


def _copy(book: Book) -> Book:
    """The same tables, with findings of its own."""
    again = Book(Findings(book.findings.file), ())
    again.tables = dict(book.tables)
    return again


def _placed(
    found: FoundTable, rows: Sequence[MergedRow], sources: dict[str, Place]
) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    """The rows one below the other; notes in `sources` where each of their cells comes from."""
    number = found.row
    for row in rows:
        if row.dropped_by is not None:
            continue
        number += row.step
        for head in found.heads:
            sources[f"{found.sheet}!{cell_name(number, head.at)}"] = row.place_of(key_of(head))
        yield (
            number,
            {
                head.at: replace(row.line.cells[key_of(head)], row=number, column=head.at)
                for head in found.heads
                if key_of(head) in row.line.cells
            },
        )
