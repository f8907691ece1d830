"""Written ids of the sheet 計画 that go with their words, where somebody moved the words and not the whole row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from handouts.dataset.typed_text import bare
from handouts.excel.rows import DatasetRow, RowValue
from handouts.excel.sheets import PLAN

_ID, _TEXT = ("id",), ("text",)


def ids_with_their_words(
    rows: Sequence[DatasetRow], written: Callable[[], Sequence[DatasetRow]]
) -> Sequence[DatasetRow]:
    """The rows of the plan, each with the id that was written beside its words.

    What stands many times says nothing, and where nobody moved words every row keeps the id that it has.
    """
    if not any(row.id for row in rows):
        return rows
    said = {row.id: _words(row) for row in written() if row.id}
    moved = _moved(rows, said)
    taken = set(moved.values())
    return [
        _with_id(row, moved.get(number, "")) if number in moved or row.id in taken else row
        for number, row in enumerate(rows)
    ]


def _moved(rows: Sequence[DatasetRow], said: Mapping[str, str]) -> Mapping[int, str]:
    """For the rows, by number, whose words were those of another id that says something else now, that id."""
    homes = {words: name for name, words in said.items() if words}
    times = Counter(map(_words, rows))
    is_single = {words for words, count in Counter(said.values()).items() if count == 1}
    staying = {row.id for row in rows if row.id and _words(row) == said.get(row.id)}
    present = {row.id for row in rows}
    return {
        number: homes[words]
        for number, row in enumerate(rows)
        if (words := _words(row)) in homes
        and times[words] == 1
        and words in is_single
        and homes[words] in present - staying - {row.id}
        and (row.id in said or not row.id)
    }


def _with_id(row: DatasetRow, name: str) -> DatasetRow:
    cells = {key: said for key, said in row.cells.items() if key != _ID}
    column = PLAN.column("id")
    return replace(row, cells={**cells, _ID: RowValue(column, name, name)} if name else cells)


def _words(row: DatasetRow) -> str:
    return bare(row.shown(_TEXT))
