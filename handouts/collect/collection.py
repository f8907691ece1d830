"""The workbooks of several groups put together: what each group changed goes into the dataset as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handouts.collect.conflicts import Conflicts
from handouts.collect.merged_rows import MergedRow
from handouts.collect.merging import TableMerge
from handouts.collect.returned import Returned
from handouts.dataset.model import Dataset
from handouts.dataset.reading import Reading, entry_lists, place_of
from handouts.excel.book import Book
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.reading import read_book
from handouts.excel.rows import DatasetRow, mergeable
from handouts.excel.sheets import BASE, PLAN, TABLES_IN_ORDER, SheetTable
from handouts.excel.source import Findings
from handouts.findings import Place, errors_of

_REFS = {BASE.name: "dataset:", PLAN.name: "plan:", **{one.key: f"{one.ref}:" for one in entry_lists()}}


class Collection:
    """The rows of a dataset, into which workbooks are put one after another; `places` says where it was entered.

    `taken` counts what each file brought: values, and rows that are new, gone or moved.
    """

    def __init__(self, dataset: Dataset, places: Mapping[str, Place], conflicts: Conflicts) -> None:
        self.taken: dict[str, int] = {}
        self._name = dataset.name
        self._places = places
        self._conflicts = conflicts
        rows = rows_of_dataset(dataset, places=places)
        self._tables = {table: list(_merged(mergeable(rows[table.name]))) for table in TABLES_IN_ORDER}

    def add(self, returned: Returned) -> None:
        """Puts in what a group changed."""
        merges = [TableMerge(table, rows, returned, self._conflicts) for table, rows in self._tables.items()]
        for merge in merges:
            merge.run()
        self.taken[returned.file] = sum(merge.taken for merge in merges)

    def reading(self) -> Reading:
        """The dataset with everything put in, its findings only faults.

        What a workbook brought has its place there, the rest where it was entered.
        """
        rows = {table.name: tuple(_placed(merged)) for table, merged in self._tables.items()}
        places = {table.name: self._place(table) for table in TABLES_IN_ORDER}
        reading = read_book(Book(Findings(self._name), rows, places), self._name)
        return Reading(reading.dataset, errors_of(reading.findings), self._with_more(reading.places))

    def _place(self, table: SheetTable) -> Place:
        """Where a table stands as a whole."""
        return place_of(_REFS.get(table.name, f"dataset:{table.name}"), self._places)

    def _with_more(self, found: Mapping[str, Place]) -> Mapping[str, Place]:
        """The places that were found, and those known before that say more of what still stands where it stood."""
        shared = {ref: self._places[ref] for ref in found if ref in self._places}
        more = {ref: place for ref, place in self._places.items() if ref not in found}
        same = {ref: place for ref, place in more.items() if place_of(ref, found) == place_of(ref, shared)}
        return {**found, **same}


def _merged(rows: Iterable[DatasetRow]) -> Iterator[MergedRow]:
    line = 0
    for row in rows:
        yield MergedRow(row, row.line - line)
        line = row.line


def _placed(rows: Iterable[MergedRow]) -> Iterator[DatasetRow]:
    """The rows one below the other."""
    line = 0
    for row in rows:
        if row.dropped_by is None:
            line += row.step
            yield row.at(line)
