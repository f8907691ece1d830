"""A row of a dataset while workbooks are put in: what it says now, where it stands, and who brought what of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from handouts.collect.lines import Key, Line, key_of
from handouts.collect.matching import are_alike
from handouts.collect.returned import Returned
from handouts.excel.tables import FoundTable
from handouts.findings import Place
from handouts.xlsx.grid import cell_name


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a row stands: the file of its book, its table there, and its number."""

    file: str
    found: FoundTable
    number: int

    def place(self, key: Key) -> Place:
        """The place of a cell; that of its first cell where the table has no such column."""
        head = next((head for head in self.found.heads if key_of(head) == key), self.found.heads[0])
        return Place(self.file, cell=f"{self.found.sheet}!{cell_name(self.number, head.at)}")


@dataclass(eq=False)
class MergedRow:
    """A row of the dataset while workbooks are put in: what it says now, and who brought what of it.

    `step` is how many rows it stands below the one before it, `seat` where somebody who looks for it finds it.
    """

    line: Line
    step: int
    seat: Seat
    brought_by: Returned | None = None
    dropped_by: Returned | None = None
    sources: dict[Key, tuple[Returned, Place]] = field(default_factory=dict)

    def giver(self, key: Key) -> Returned | None:
        """Whose the value of a cell is; None for the dataset's own."""
        return self.sources[key][0] if key in self.sources else self.brought_by

    def place_of(self, key: Key) -> Place:
        """Where the value of a cell was written."""
        return self.sources[key][1] if key in self.sources else self.seat.place(key)

    def is_same(self, line: Line) -> bool:
        """Whether a new row of a workbook is this one: by its name, or where it has none by what it says."""
        return self.line.name == line.name if line.name else self.line.values == line.values

    def is_reworded(self, line: Line) -> bool:
        """Whether the dataset has a new row of a workbook without a name in other words, since it was collected before."""
        return not line.name and self.brought_by is None and are_alike(self.line, line)

    def put(self, key: Key, line: Line, source: tuple[Returned, Place]) -> None:
        """Gives a cell what it is in another row."""
        cells, values = dict(self.line.cells), dict(self.line.values)
        for mine, theirs in ((cells, line.cells), (values, line.values)):
            mine.pop(key, None)
            if key in theirs:
                mine[key] = theirs[key]
        self.line = replace(self.line, cells=cells, values=values)
        self.sources[key] = source
