"""新旧対照 as a sheet: the rows of the handout, changed words marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from handouts.compose.annex.cells import EMPTY, Annex, AnnexCell, AnnexTable, Sheet, TableRow
from handouts.compose.annex.forms import text_cell
from handouts.compose.page import Run
from handouts.compose.revision_table import RevisionRow, RevisionTable

NAME = "新旧対照"
_PLACE, _REMARK, _PEOPLE, _COMMENTS, _DECISIONS = 16, 9, 18, 34, 24
_ALL = 152  # half-width characters that the columns take together


def compose_revision_annex(table: RevisionTable) -> Annex:
    """The workbook of the table, which is one sheet."""
    front = table.front
    sheets = (_sheet(table),)
    return Annex(front.title, front.author, front.subject, front.identifier, front.cover.material, sheets)


def _sheet(table: RevisionTable) -> Sheet:
    head = 1 + len(table.notes)
    rows = tuple(row for group in table.groups for row in _rows(group.title, group.rows, table))
    is_plain = not any(group.title for group in table.groups)
    tables = (AnnexTable("revisions", "", head, table.heads, rows, can_filter=is_plain),) if rows else ()
    return Sheet(
        name=NAME,
        title=table.front.title,
        notes=table.notes,
        widths=_widths(table),
        tables=tables,
        frozen=(head + 1, 0) if rows else (0, 0),
        repeated=(head, head) if rows else None,
    )


def _widths(table: RevisionTable) -> tuple[float, ...]:
    others = (
        *((_PEOPLE,) if table.has_people else ()),
        *((_COMMENTS,) if table.has_comments else ()),
        *((_DECISIONS,) if table.has_decisions else ()),
    )
    side = (_ALL - _PLACE - _REMARK - sum(others)) / 2
    return (_PLACE, side, side, _REMARK, *others)


def _rows(title: str, rows: Sequence[RevisionRow], table: RevisionTable) -> tuple[TableRow, ...]:
    heading = (text_cell(title), *(EMPTY,) * (len(table.heads) - 1))
    above = (TableRow(heading, "group"),) if title else ()
    return (*above, *(TableRow(tuple(_cells(row, table))) for row in rows))


def _cells(row: RevisionRow, table: RevisionTable) -> Sequence[AnnexCell]:
    return (
        text_cell("\n".join(row.place)),
        _side(row.new),
        _side(row.old),
        text_cell(row.remark, "center"),
        *((text_cell("\n".join(row.who)),) if table.has_people else ()),
        *((text_cell("\n".join(row.comments)),) if table.has_comments else ()),
        *((text_cell("\n".join(row.decisions)),) if table.has_decisions else ()),
    )


def _side(lines: Sequence[Sequence[Run]]) -> AnnexCell:
    """The lines in one cell, neighbours of the same look as one run."""
    runs: list[Run] = []
    parted = chain.from_iterable((Run("\n"), *line) if number else line for number, line in enumerate(lines))
    for run in parted:
        if runs and runs[-1].emphasis == run.emphasis:
            runs[-1] = Run(runs[-1].text + run.text, run.emphasis)
        else:
            runs.append(Run(run.text, run.emphasis))
    text = "".join(run.text for run in runs)
    is_marked = any(run.emphasis for run in runs)
    return AnnexCell(text or None, runs=tuple(runs) if is_marked else ())
