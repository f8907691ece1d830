"""A row of a dataset while workbooks are put in: what it says now, where it stands, and who brought what of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from handouts.collect.matching import are_alike
from handouts.collect.returned import Returned
from handouts.excel.row_places import Key, RowPlaces
from handouts.excel.rows import DatasetRow
from handouts.findings import Place


@dataclass(eq=False)
class MergedRow:
    """A row of the dataset while workbooks are put in: what it says now, and who brought what of it.

    `step` is how many lines it stands below the row before it. `seen` is the row of a workbook with all rows that it is,
    in which whoever imports that looks for what is said of the row.
    """

    row: DatasetRow
    step: int
    brought_by: Returned | None = None
    dropped_by: Returned | None = None
    sources: dict[Key, tuple[Returned, Place]] = field(default_factory=dict)
    seen: DatasetRow | None = None

    def giver(self, key: Key) -> Returned | None:
        """Whose a value is; None for the dataset's own."""
        return self.sources[key][0] if key in self.sources else self.brought_by

    def of(self, key: Key) -> Place | None:
        """Where a value was written, or with an empty key the row."""
        return self.sources[key][1] if key in self.sources else self._where(key).of(key)

    @property
    def lines(self) -> Sequence[Place]:
        """Where the lines of its text were written, where that is known."""
        return () if ("text",) in self.sources else self._where(("text",)).lines

    def _where(self, key: Key) -> RowPlaces:
        is_seen = self.seen is not None and self.seen.shown(key) == self.row.shown(key)
        return self.seen.where if self.seen and is_seen else self.row.where

    def is_same(self, row: DatasetRow) -> bool:
        """Whether a new row of a workbook is this one: by its name, or where it has none by what it says."""
        return self.row.name == row.name if row.name else self.row.values == row.values

    def is_reworded(self, row: DatasetRow) -> bool:
        """Whether the dataset has a new row of a workbook without a name in other words, since it was collected before."""
        return not row.name and self.brought_by is None and are_alike(self.row, row)

    def put(self, key: Key, row: DatasetRow, source: tuple[Returned, Place]) -> None:
        """Gives a value what it is in another row."""
        cells, reread = dict(self.row.cells), dict(self.row.reread)
        for mine, theirs in ((cells, row.cells), (reread, row.reread)):
            mine.pop(key, None)
            if key in theirs:
                mine[key] = theirs[key]
        self.row = replace(self.row, cells=cells, reread=reread)
        self.sources[key] = source

    def at(self, line: int) -> DatasetRow:
        """The row as it stands on a line of its table, with the places of its values."""
        return replace(self.row, line=line, where=self)
