"""A line, or a cell of a small table, of what was done in other words; the rest of the text stays letter for letter."""

from __future__ import annotations

import re

from handouts.dataset.plan_lines import ESCAPE, rows_of
from handouts.dataset.progress_text import TextLine, TextTable, read_progress_text

_CELL = re.compile(r"[^|｜]+")


def with_line(text: str, number: int, words: str) -> str | None:
    """The text whose line of this number, counted from 1, says `words` behind its label; None where it cannot."""
    rows = rows_of(text)
    old = _line(text, number)
    if old is None:
        return None
    at = rows[number - 1].find(old.text, len(old.label))
    for escape in ("", ESCAPE):
        row = rows[number - 1]
        changed = row[: max(at, 0)] + escape + words + row[at + len(old.text) :]
        made = "\n".join((*rows[: number - 1], changed, *rows[number:]))
        new = _line(made, number)
        if at >= 0 and new and (new.label, new.text, new.id) == (old.label, words, old.id):
            return made
    return None


def with_new_line(text: str, number: int, row: str) -> str | None:
    """The text with one more line behind that of this number, 0 for the first; None where it would not be one line."""
    rows = rows_of(text)
    made = "\n".join((*rows[:number], row, *rows[number:]))
    before, after = read_progress_text(text), read_progress_text(made)
    is_one_more = len(after.blocks) == len(before.blocks) + 1 and len(after.findings) <= len(before.findings)
    return made if is_one_more and _line(made, number + 1) else None


def without_line(text: str, number: int) -> str | None:
    """The text without the line of this number; None where there is none, or a table there."""
    if _line(text, number) is None:
        return None
    rows = rows_of(text)
    return "\n".join((*rows[: number - 1], *rows[number:]))


def with_cell(text: str, number: int, column: int, words: str) -> str | None:
    """The text with other words in a cell of the table whose row stands on this line, columns counted from 1."""
    cells = _cells(text, number)
    if cells is None or not 0 < column <= len(cells):
        return None
    rows = rows_of(text)
    row = rows[number - 1]
    places = [found.span() for found in _CELL.finditer(row)]
    # Of a framed row what stands before and behind the frame is no cell.
    inside = [span for span in places if row[slice(*span)].strip()]
    if len(inside) != len(cells):
        return None
    start, end = inside[column - 1]
    padded = row[start:end].replace(row[start:end].strip(), words, 1)
    made = "\n".join((*rows[: number - 1], row[:start] + padded + row[end:], *rows[number:]))
    wanted = (*cells[: column - 1], words.strip(), *cells[column:])
    return made if _cells(made, number) == wanted else None


def _line(text: str, number: int) -> TextLine | None:
    return next((line for line in read_progress_text(text).lines if line.number == number), None)


def _cells(text: str, number: int) -> tuple[str, ...] | None:
    for block in read_progress_text(text).blocks:
        if isinstance(block, TextTable) and number in block.numbers:
            return block.rows[block.numbers.index(number)]
    return None
