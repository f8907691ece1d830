"""Rows of Word tables that hold headings: parted so that no page ends with a heading alone.

Word does not keep a heading with its text inside a cell that runs over a page. So headings and the block below them
become a row of their own, which stays whole; the rest of the cell follows without a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handouts.look import Look
from handouts.word.nodes import Block, Cell, Paragraph, Row
from handouts.word.style_sheet import style_look
from handouts.word.styles import RowFormat, format_of

Blocks = tuple[Block, ...]


def part_rows(rows: Iterable[Row], look: Look) -> Iterator[Row]:
    """The rows, parted: at every heading where one cell alone has text, else below the headings at the top.

    A row with several cells of which one holds a table is left as it is, since the others could not follow.
    """
    for row in rows:
        filled = [index for index, cell in enumerate(row.cells) if cell.blocks]
        if row.is_head or not filled:
            yield row
        elif format_of(row.key, RowFormat).stays_whole:
            yield replace(row, stays_whole=True)
        elif len(filled) == 1:
            yield from _parted_at_headings(row, filled[0], look)
        elif not _begins_with_heading(row, look) or _has_table(row):
            yield row
        else:
            yield from _parted_below_headings(row, look)


def is_kept(block: Block, look: Look) -> bool:
    """Whether `block` is a heading or the like, which must not stand apart from what follows it."""
    return isinstance(block, Paragraph) and style_look(block.key[1], look).keep


def _parted_at_headings(row: Row, index: int, look: Look) -> Iterator[Row]:
    for number, (blocks, is_lead) in enumerate(_parts(row.cells[index].blocks, look)):
        cells = tuple(_with(cell, blocks if i == index else ()) for i, cell in enumerate(row.cells))
        yield replace(row, cells=cells, stays_whole=is_lead, continues=number > 0)


def _parts(blocks: Sequence[Block], look: Look) -> Iterator[tuple[Blocks, bool]]:
    """The blocks in parts: headings with the block below them (True), and what follows up to the next (False)."""
    start = 0
    while start < len(blocks):
        is_lead = is_kept(blocks[start], look)
        count = _lead_count(blocks[start:], look) if is_lead else _rest_count(blocks[start:], look)
        yield tuple(blocks[start : start + count]), is_lead
        start += count


def _rest_count(blocks: Sequence[Block], look: Look) -> int:
    return next((i for i, block in enumerate(blocks) if is_kept(block, look)), len(blocks))


def _lead_count(blocks: Sequence[Block], look: Look) -> int:
    """How many blocks stay together at the top: the kept ones, and the one that they are kept with."""
    kept = next((i for i, block in enumerate(blocks) if not is_kept(block, look)), len(blocks))
    return min(kept + 1, len(blocks))


def _begins_with_heading(row: Row, look: Look) -> bool:
    return any(cell.blocks and is_kept(cell.blocks[0], look) for cell in row.cells)


def _has_table(row: Row) -> bool:
    return any(not isinstance(block, Paragraph) for cell in row.cells for block in cell.blocks)


def _parted_below_headings(row: Row, look: Look) -> Iterator[Row]:
    counts = [_lead_count(cell.blocks, look) for cell in row.cells]
    halves = list(zip(row.cells, counts, strict=True))
    yield replace(row, cells=tuple(_with(cell, cell.blocks[:n]) for cell, n in halves), stays_whole=True)
    rests = tuple(_with(cell, cell.blocks[n:]) for cell, n in halves)
    if any(cell.blocks for cell in rests):
        yield replace(row, cells=rests, continues=True)


def _with(cell: Cell, blocks: Blocks) -> Cell:
    return replace(cell, blocks=blocks)
