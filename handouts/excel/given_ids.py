"""Ids for the rows of a workbook to which nobody gave one, and for those that were copied from others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from handouts.dataset.columns import plain
from handouts.dataset.derived_ids import free_id, id_of_words
from handouts.excel.cells import excerpt_of
from handouts.excel.kept import KeptNames
from handouts.excel.names import NAMED
from handouts.excel.rows import DatasetRow, RowValue
from handouts.excel.sheets import SheetTable
from handouts.excel.source import Findings
from handouts.findings import Rule

COPIED = Rule(
    "sheet.row-copied",
    "「{name}」の行は「{other}」の行の写しなので、新しい行として読みました",
    remedy="写しでなく名称を変えたのなら、どちらかの行を消してください",
    severity="warning",
)


def with_ids(
    rows: Mapping[str, Sequence[DatasetRow]], kept: Callable[[], KeptNames], findings: Findings
) -> Mapping[str, Sequence[DatasetRow]]:
    """The rows of all tables, those of the lists that others refer to each with an id."""
    given = {
        table.name: tuple(_with_ids(table, rows[table.name], kept, findings))
        for table in NAMED
        if table.name in rows
    }
    return {**rows, **given}


def _with_ids(
    table: SheetTable, rows: Sequence[DatasetRow], kept: Callable[[], KeptNames], findings: Findings
) -> Iterator[DatasetRow]:
    taken = {row.id for row in rows if row.id}
    owners = _owners(table, rows, kept)
    for row in rows:
        if row.id:
            owner = owners[row.id]
            if plain(row.words) in ("", plain(owner.words)):
                yield row
                continue
            name, other = excerpt_of(row.words), excerpt_of(owner.words)
            findings.add(COPIED.at(row.place_of(()), name=name, other=other))
        elif ("id",) in row.cells:
            yield row  # of which its own finding says what is wrong
            continue
        yield _with_new_id(table, row, taken, kept)


def _owners(
    table: SheetTable, rows: Sequence[DatasetRow], kept: Callable[[], KeptNames]
) -> Mapping[str, DatasetRow]:
    """Of the rows of each id the one whose it is: that which is called as it was, else the first."""
    owners: dict[str, DatasetRow] = {}
    for row in rows:
        before = owners.setdefault(row.id, row)
        if row.id and before is not row and plain(before.words) != plain(row.words):
            names = {one: plain(name) for name, one in kept().get(table.name, {}).items()}
            if plain(row.words) == names.get(row.id):
                owners[row.id] = row
    return owners


def _with_new_id(
    table: SheetTable, row: DatasetRow, taken: set[str], kept: Callable[[], KeptNames]
) -> DatasetRow:
    """The row with the id that one of its name had when the workbook was written, else with one made of its name.

    Its cell shows none.
    """
    known = {plain(name): one for name, one in kept().get(table.name, {}).items()}
    before = known.get(plain(row.words), "")
    assert table.model is not None
    assert table.model.entry_list is not None
    made = id_of_words(table.model.entry_list.ref[0], row.words or f"row {row.line}")
    name = before if before and before not in taken else free_id(made, taken)
    taken.add(name)
    return replace(row, cells={**row.cells, ("id",): RowValue(table.column("id"), name, "")})
