"""The workbooks of several groups put together: what each group changed goes into the dataset as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handouts.collect.conflicts import Conflicts
from handouts.collect.lineage import PutIn
from handouts.collect.merged_rows import MergedRow
from handouts.collect.merging import TableMerge
from handouts.collect.returned import Returned
from handouts.dataset.reading import Reading, entry_lists, place_of
from handouts.excel.book import Book
from handouts.excel.reading import read_book
from handouts.excel.rows import DatasetRow, mergeable
from handouts.excel.sheets import BASE, PLAN, TABLES_IN_ORDER, SheetTable
from handouts.excel.source import Findings
from handouts.findings import Finding, Place, errors_of

_REFS = {BASE.name: "dataset:", PLAN.name: "plan:", **{one.key: f"{one.ref}:" for one in entry_lists()}}


class Collection:
    """The `rows` of a dataset, into which workbooks are put one after another; `places` says where it was entered.

    `taken` counts what each file brought: values, and rows that are new, gone or moved. `removals` are what was taken away.
    """

    def __init__(
        self,
        name: str,
        rows: Mapping[str, Sequence[DatasetRow]],
        places: Mapping[str, Place],
        conflicts: Conflicts,
    ) -> None:
        self.taken: dict[str, int] = {}
        self.removals: list[Finding] = []
        self._name = name
        self._places = places
        self._conflicts = conflicts
        self._first = rows
        self._tables = {table: list(_merged(mergeable(self._first[table.name]))) for table in TABLES_IN_ORDER}

    def add(self, returned: Returned) -> None:
        """Puts in what a workbook changed since it was written; all in which it differs where it does not say how that was.

        A table that it does not have stays as it is.
        """
        written, lineage = self._base(returned), returned.lineage
        self.taken[returned.file] = 0
        for table, rows in self._tables.items():
            if table.name not in returned.book.rows:
                continue
            if lineage and written is lineage.base.rows and returned.is_same(table):
                _see(rows, returned)
                continue
            merge = TableMerge(table, rows, returned, written.get(table.name, ()), self._conflicts)
            merge.run()
            self.removals += merge.removals
            self.taken[returned.file] += merge.taken

    def _base(self, returned: Returned) -> Mapping[str, Sequence[DatasetRow]]:
        """The rows of which the workbook was made.

        Where it or the dataset has gone back from what was put in before, somebody has to say whether that was meant.
        """
        lineage = returned.lineage
        if lineage is None:
            return self._first
        answers = [self._conflicts.of_gone_back(returned, change) for change in lineage.gone_back]
        lost = filter(self._is_lost, lineage.retained)
        answers += [self._conflicts.of_lost_data(returned, change) for change in lost]
        return (lineage.other if lineage.other and any(answers) else lineage.base).rows

    def _is_lost(self, change: PutIn) -> bool:
        """Whether the dataset has again what was written, and not what was put in since."""
        rows = [merged.row for merged in self._tables[change.table] if merged.dropped_by is None]
        if change.written is None:
            assert change.put_in is not None
            return not any(_is_row(row, change.put_in) for row in rows)
        now = next((row for row in rows if _is_row(row, change.written)), None)
        if now is None or change.put_in is None:
            return now is not None
        return now.values.get(change.key) == change.written.values.get(change.key)

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


def _is_row(row: DatasetRow, other: DatasetRow) -> bool:
    if row.known_as and other.known_as:
        return other.known_as in (row.known_as, row.origin)
    return row.values == other.values


def _see(rows: Sequence[MergedRow], returned: Returned) -> None:
    """Lets rows be looked for in a workbook with all of them, in which they were not changed."""
    if not returned.group and rows:
        lines = mergeable(returned.book.rows[rows[0].row.table.name])
        known = {line.known_as: line for line in lines if line.known_as}
        for row in rows:
            row.seen = known.get(row.row.known_as)


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
