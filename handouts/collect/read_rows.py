"""The rows of a workbook that came back, as reading it made entries of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handouts.collect.returned import Returned
from handouts.dataset.plan import Plan
from handouts.dataset.settings import NumberingStyle
from handouts.excel.plan_rows import rows_of_plan
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, bare_kind, mergeable
from handouts.excel.sheets import PLAN, SheetTable


def rows_as_read(
    returned: Returned, table: SheetTable, written: Sequence[DatasetRow]
) -> tuple[DatasetRow, ...]:
    """The rows that came back; those of the plan that were changed as their paragraphs were read."""
    rows = mergeable(returned.book.rows.get(table.name, ()))
    known = [row.values for row in written]
    if table is not PLAN or all(row.values in known for row in rows):
        return rows
    read = _as_read(rows, returned.dataset.plan, returned.dataset.numbering)
    return tuple(row if row.values in known else again for row, again in read)


def _as_read(
    rows: Sequence[DatasetRow], plan: Plan, style: NumberingStyle
) -> Iterator[tuple[DatasetRow, DatasetRow]]:
    """The rows of the sheet 計画 that became paragraphs of `plan`, each also with the kind and text that it was read with.

    A row of which nothing was read, since it has only a kind, is left out.
    """
    paragraphs = {one.line: one for one in rows_of_plan(plan, style)}
    for row in (row for row in rows if row.line in paragraphs):
        read = paragraphs[row.line]
        said: dict[Key, str] = {("kind",): bare_kind(read.kind), ("text",): read.text}
        yield row, replace(row, reread=said if read.kind else {})
