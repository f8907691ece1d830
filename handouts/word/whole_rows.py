"""Rows of Word tables that hold headings: parted so that no page ends with a heading alone.

Word does not keep a heading with its text inside a cell that runs over a page. So headings and the block below them
become a row of their own, which stays whole; the rest of the cell follows without a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from handouts.look.values import Look
from handouts.word.heights import height_of
from handouts.word.nodes import Block, ParagraphNode, Row, Table, TableCell
from handouts.word.style_sheet import style_look
from handouts.word.styles import RowFormat, format_of

Blocks = tuple[Block, ...]


def part_rows(table: Table, edges: Sequence[float], look: Look) -> Iterator[Row]:
    """The rows, parted: at every heading where one cell alone has text, else below the headings at the top.

    A row of which one cell begins with a table is left as it is, since the others could not follow. `edges` are
    those of the columns in mm.
    """
    for row in table.rows:
        if row.is_head:
            yield row
        elif format_of(row.key, RowFormat).stays_whole:
            yield replace(row, stays_whole=True)
        else:
            yield from _parted(row, _widths(row, edges, look), look)


def _widths(row: Row, edges: Sequence[float], look: Look) -> list[float]:
    """The room in mm that each cell has for its text."""
    columns = pairwise(accumulate((cell.span for cell in row.cells), initial=0))
    return [edges[end] - edges[start] - 2 * look.line.padding for start, end in columns]


def _parted(row: Row, widths: Sequence[float], look: Look) -> Iterator[Row]:
    filled = [index for index, cell in enumerate(row.cells) if cell.blocks]
    if len(filled) == 1:
        yield from _parted_at_headings(row, filled[0], look)
    elif not _begins_with_heading(row, look) or _begins_with_table(row):
        yield row
    else:
        yield from _parted_below_headings(row, widths, look)


def is_kept(block: Block, look: Look) -> bool:
    """Whether `block` is a heading or the like, which must not stand apart from what follows it."""
    return isinstance(block, ParagraphNode) and style_look(block.key[1], look).keep


def _parted_at_headings(row: Row, index: int, look: Look) -> Iterator[Row]:
    for number, (blocks, is_lead) in enumerate(_parts(row.cells[index].blocks, look)):
        cells = tuple(_with(cell, blocks if i == index else ()) for i, cell in enumerate(row.cells))
        yield replace(row, cells=cells, stays_whole=is_lead, continues=row.continues or number > 0)


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


def _begins_with_table(row: Row) -> bool:
    return any(cell.blocks and isinstance(cell.blocks[0], Table) for cell in row.cells)


def _parted_below_headings(row: Row, widths: Sequence[float], look: Look) -> Iterator[Row]:
    halves = list(zip(row.cells, _lead_counts(row, widths, look), strict=True))
    yield replace(row, cells=tuple(_with(cell, cell.blocks[:n]) for cell, n in halves), stays_whole=True)
    rests = tuple(_with(cell, cell.blocks[n:]) for cell, n in halves)
    if any(cell.blocks for cell in rests):
        yield from _parted(replace(row, key=("tr", ""), cells=rests, continues=True), widths, look)


def _lead_counts(row: Row, widths: Sequence[float], look: Look) -> list[int]:
    """How many blocks of each cell stay together at the top: what must, and more where it leaves less of a gap."""
    counts = [_lead_count(cell.blocks, look) for cell in row.cells]
    heights = [
        [height_of(block, width, look) for block in cell.blocks]
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    room = max(sum(each[:count]) for each, count in zip(heights, counts, strict=True))
    for index, cell in enumerate(row.cells):
        while rest := cell.blocks[counts[index] :]:
            more = counts[index] + _lead_count(rest, look)
            gap = room - sum(heights[index][: counts[index]])
            excess = sum(heights[index][:more]) - room
            # A gap is seen only where the cell goes on below it.
            goes_on = any(n < len(heights[at]) for at, n in enumerate(counts) if at != index)
            if excess > 0 and (excess >= gap if goes_on else gap <= 0 or excess + gap > room):
                break
            counts[index], room = more, max(room, room + excess)
    return counts


def _with(cell: TableCell, blocks: Blocks) -> TableCell:
    return replace(cell, blocks=blocks)
