"""Which state of a workbook it was made of: as it was written, or as it was when it was put into the dataset before.

People export once and import many times; copies of one workbook go different ways. So a workbook goes on from the state
that was put in last where it still has what that had changed. Where it has gone back, it may be an older copy.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from handouts.collect.matching import matched_to_written
from handouts.excel.book import Book
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, mergeable
from handouts.excel.sheets import TABLES_IN_ORDER, SheetTable

_Change: TypeAlias = "tuple[tuple[Hashable, ...], str, PutIn]"  # its place, what it says, and the change


@dataclass(frozen=True, slots=True)
class PutIn:
    """A value that was written, and what was put in of the same workbook later: the row of each, and the column.

    With an empty column, or without one of the rows, it is about a whole row.
    """

    table: SheetTable
    written: DatasetRow | None
    put_in: DatasetRow | None
    key: Key


@dataclass(frozen=True, slots=True)
class Lineage:
    """The state that a workbook goes on from, and the `other` that it may go on from if somebody says so.

    `gone_back` is where it is again what was written, though something else was put in under its name: it may be an older
    copy. `retained` is what was put in before and is still in it, which the data may have lost since. `newer` counts by
    file the places in which it is what was written and another copy of it that was put in is not.
    """

    base: Book
    other: Book | None = None
    gone_back: tuple[PutIn, ...] = ()
    retained: tuple[PutIn, ...] = ()
    newer: Mapping[str, int] = field(default_factory=dict)


def lineage_of(file: str, book: Book, written: Book, states: Mapping[str, Book]) -> Lineage:
    """Where the workbook `file` comes from; `states` are those that were put in before, by file, the last one last."""
    mine = changes_since(book, written) if states else {}
    newer: dict[str, int] = {}
    for name, state in reversed(list(states.items())):
        theirs = changes_since(state, written)
        retained = [
            change for place, (said, change) in theirs.items() if place in mine and mine[place][0] == said
        ]
        missing = [change for place, (_, change) in theirs.items() if place not in mine]
        edited = [change for change in missing if _is_edited(change, book, state, written)]
        gone = [change for change in missing if change not in edited]
        kept = len(retained) + len(edited)
        if kept >= len(gone) and (kept or name == file):
            return Lineage(state, written, retained=tuple(retained), newer=newer)
        if name == file:
            return Lineage(written, state, tuple(gone), newer=newer)
        if gone:
            newer[name] = len(gone)
    return Lineage(written, newer=newer)


def _is_edited(change: PutIn, book: Book, state: Book, written: Book) -> bool:
    """Whether a new row that was put in before is still there in a workbook, in other words."""
    if change.written or not change.put_in:
        return False
    rows, was, first = (mergeable(one.rows.get(change.table.name, ())) for one in (book, state, written))
    known = matched_to_written(rows, first)
    mates = {other for number, other in matched_to_written(rows, was).items() if number not in known}
    return any(was[other].line == change.put_in.line for other in mates)


def changes_since(book: Book, written: Book) -> Mapping[Hashable, tuple[str, PutIn]]:
    """What is other in a workbook than it was when it was written, by place: what it says, and the change."""
    found: dict[Hashable, tuple[str, PutIn]] = {}
    for table in TABLES_IN_ORDER:
        rows, was = (mergeable(each.rows.get(table.name, ())) for each in (book, written))
        if rows != was:
            found |= {
                (table.name, *place): (said, change) for place, said, change in _changes(table, rows, was)
            }
    return found


def _changes(table: SheetTable, rows: Sequence[DatasetRow], was: Sequence[DatasetRow]) -> Iterator[_Change]:
    pairs = matched_to_written(rows, was)
    for number, row in enumerate(rows):
        if number not in pairs:
            yield ("new", repr(sorted(row.values.items()))), "", PutIn(table, None, row, ())
            continue
        before = was[pairs[number]]
        for key in dict.fromkeys((*row.values, *before.values)):
            if row.values.get(key) != before.values.get(key):
                yield (pairs[number], key), row.values.get(key, ""), PutIn(table, before, row, key)
    for number in set(range(len(was))) - set(pairs.values()):
        yield (number, ()), "", PutIn(table, was[number], None, ())
