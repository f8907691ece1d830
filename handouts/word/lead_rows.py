"""Rows of Word tables that begin with a heading: parted so that no page ends with the heading alone.

Word does not keep a heading with its text inside a cell that runs over a page. So a row's headings and the first
paragraph below them become a row of their own, which stays whole; the rest of the cell follows without a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handouts.look import Look
from handouts.word.nodes import Block, Cell, Paragraph, Row
from handouts.word.style_sheet import style_look


def part_rows(rows: Iterable[Row], look: Look) -> Iterator[Row]:
    """The rows, those that begin with a heading parted; one with a table in a cell is left as it is."""
    for row in rows:
        if row.is_head or not _begins_with_heading(row, look) or _has_table(row):
            yield row
        else:
            yield from _parted(row, look)


def _begins_with_heading(row: Row, look: Look) -> bool:
    return any(cell.blocks and is_kept(cell.blocks[0], look) for cell in row.cells)


def _has_table(row: Row) -> bool:
    return any(not isinstance(block, Paragraph) for cell in row.cells for block in cell.blocks)


def is_kept(block: Block, look: Look) -> bool:
    """Whether `block` is a heading or the like, which must not stand apart from what follows it."""
    return isinstance(block, Paragraph) and style_look(block.key[1], look).keep


def _parted(row: Row, look: Look) -> Iterator[Row]:
    counts = [_lead_count(cell, look) for cell in row.cells]
    leads = zip(row.cells, counts, strict=True)
    yield replace(
        row, cells=tuple(_with(cell, cell.blocks[:count]) for cell, count in leads), stays_whole=True
    )
    rests = tuple(_with(cell, cell.blocks[count:]) for cell, count in zip(row.cells, counts, strict=True))
    if any(cell.blocks for cell in rests):
        yield replace(row, cells=rests, continues=True)


def _lead_count(cell: Cell, look: Look) -> int:
    """How many paragraphs stay together at the top: the kept ones, and the one that they are kept with."""
    kept = next((i for i, block in enumerate(cell.blocks) if not is_kept(block, look)), len(cell.blocks))
    return min(kept + 1, len(cell.blocks))


def _with(cell: Cell, blocks: tuple[Block, ...]) -> Cell:
    return replace(cell, blocks=blocks)
