"""Handout to HTML."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise, takewhile
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from handouts.compose.charts import chart_rows
from handouts.compose.done import DoneBlock, MonthTable, SmallTable
from handouts.compose.kpi_list import KpiGroup, KpiList, KpiRow
from handouts.compose.page import Box, PrintedLine, TopicCell
from handouts.compose.progress import Item, MeasureRow
from handouts.look.fitting import MM_PER_POINT, lead_lines, line_count, paragraph_height, spread, two_panels
from handouts.look.fonts import FontFile, families
from handouts.look.pictures import Drawing
from handouts.look.values import Look
from handouts.look.vocabulary import MOST_LEAD_LINES
from handouts.page.html_page import HtmlPage
from handouts.page.templates import Templates

# How much of a page the rows that must not be parted may fill beside the heads of their table.
_FULL = 0.75
# The same of the list of KPIs, whose heads are reckoned too: only the last line of a name may break otherwise.
_FULL_LIST = 0.97


def render_page(
    template: str,
    handout: object,
    look: Look,
    fonts: Sequence[FontFile],
    folders: Sequence[Path],
    drawings: Mapping[str, Drawing] = MappingProxyType({}),
) -> HtmlPage:
    """The one HTML page of a handout, from its template; raises HandoutError for a broken template.

    `drawings` holds the pictures of its charts by their id. Texts of the dataset reach the templates as values
    only and are escaped; they are never run.
    """

    def style_sheet() -> Markup:
        names = families(fonts, look.font.family)
        faces = [font.face for font in fonts]
        return templates.style_sheet("handout.css", look=look, fonts=faces, families=names)

    def lead(cells: Sequence[TopicCell], column: str) -> int:
        return row_lead(cells, column, look)

    def spread_budget(item: Item) -> list[tuple[PrintedLine, ...]]:
        return budget_beside(item, look)

    def picture(identifier: str) -> str:
        return drawings[identifier].url

    def is_whole(row: MeasureRow) -> bool:
        return fits_a_page(row, look)

    def panels(kpis: KpiList) -> tuple[tuple[KpiGroup, ...], ...]:
        return kpi_panels(kpis, look)

    def blocks_lead(cells: Sequence[Sequence[DoneBlock | Box]], column: str) -> int:
        return row_lead_of_blocks(cells, column, look)

    def page_wide(widths: Sequence[str]) -> Sequence[str]:
        look.check_page_width(widths)
        return widths

    functions: dict[str, Callable[..., object]] = {
        "style_sheet": style_sheet,
        "lead_lines": lead,
        "spread": spread_budget,
        "is_whole": is_whole,
        "picture": picture,
        "chart_rows": chart_rows,
        "panels": panels,
        "blocks_lead": blocks_lead,
        "page_wide": page_wide,
    }
    templates = Templates(folders, functions)
    html = templates.page(template, handout=handout)
    return HtmlPage(html, tuple(fonts), tuple(drawing.url for drawing in drawings.values()), tuple(folders))


def row_lead(cells: Sequence[TopicCell], column: str, look: Look) -> int:
    """The lines at the top of a row that must stand on one page in all of its cells; 0 where nothing must.

    A heading stays with its text by itself. But another cell would still begin on the page before: the
    initiatives, or the half of the other year where its heading is shorter.
    """
    leads = [lead_lines(((line.style, line.text) for line in cell.lines), column, look) for cell in cells]
    has_budget = any(cell.budget.lines or cell.budget.sums for cell in cells)
    return min(max(leads), MOST_LEAD_LINES) if has_budget or len(set(filter(None, leads))) > 1 else 0


def row_lead_of_blocks(cells: Sequence[Sequence[DoneBlock | Box]], column: str, look: Look) -> int:
    """As row_lead, of cells that hold frames and tables too; where one of them is empty, nothing must."""
    leads = [_blocks_lead(blocks, column, look) for blocks in cells]
    return min(max(leads), MOST_LEAD_LINES) if all(leads) else 0


def _blocks_lead(blocks: Sequence[DoneBlock | Box], column: str, look: Look) -> int:
    """The lines at the top of a cell that stay together; a frame or table below a heading counts whole."""
    lines = [
        block
        for block in takewhile(lambda block: isinstance(block, PrintedLine), blocks)
        if isinstance(block, PrintedLine)
    ]
    count = lead_lines(((line.style, line.text) for line in lines), column, look)
    if len(lines) < len(blocks) and all(look.styles[line.style].keep for line in lines):
        count += _block_height(blocks[len(lines)], look)
    return count


def budget_beside(item: Item, look: Look) -> list[tuple[PrintedLine, ...]]:
    """The lines of an item's budget that stand beside each of its measures, so that none of them grows for them."""
    heights = [row_height(row, look) for row in item.rows]
    lines = [line_count(line.text, "expense", line.style, look) for line in item.budget]
    ends = list(accumulate(spread(heights, lines)))
    return [item.budget[start:end] for start, end in pairwise((0, *ends))]


def row_height(row: MeasureRow, look: Look) -> int:
    """About how many lines high a measure is."""
    overview = sum(line_count(line.text, "overview", line.style, look) for line in row.overview)
    return max(1, overview, sum(_block_height(block, look) for block in row.done))


def fits_a_page(row: MeasureRow, look: Look) -> bool:
    """Whether a measure can be kept in one piece: one higher than a page must be parted."""
    page = look.page.height - look.page.margin_top - look.page.margin_bottom
    return row_height(row, look) <= _FULL * page / _line_height(look)


def _line_height(look: Look) -> float:
    """The height of a line in mm."""
    return look.font.size * look.font.line_height * MM_PER_POINT


def _block_height(block: DoneBlock | Box, look: Look) -> int:
    if isinstance(block, Box):
        return 1 + sum(_block_height(line, look) for line in block.lines)
    if isinstance(block, PrintedLine):
        return line_count(block.text, "done", block.style, look)
    if isinstance(block, SmallTable):
        return 1 + len(block.rows)
    if not isinstance(block, MonthTable):
        return math.ceil(look.chart.item_height / _line_height(look))
    return sum(1 + len(section.rows) for section in block.sections)


def kpi_panels(kpis: KpiList, look: Look) -> tuple[tuple[KpiGroup, ...], ...]:
    """The pillars in two panels, about equally long, on one page where they fit on one."""
    page = look.page
    title = paragraph_height("", "plan", "sheet-title", look) + paragraph_height("", "plan", "legend", look)
    room = (page.height - page.margin_top - page.margin_bottom - title) * _FULL_LIST
    panels = two_panels([_kpi_group_height(group, kpis.heads, look) for group in kpis.groups], room)
    return tuple(tuple(kpis.groups[index] for index in panel) for panel in panels)


def _kpi_group_height(group: KpiGroup, heads: Sequence[str], look: Look) -> float:
    line = look.line
    pillar = paragraph_height(group.title, "plan", "pillar", look) + 2 * line.padding
    head = paragraph_height("", "kpi-target", "head", look) + 2 * line.head_padding
    rows = (_kpi_row_height(row, f"kpi-name-{len(heads)}", look) + 2 * line.padding for row in group.rows)
    return pillar + head + sum(rows) + (len(group.rows) + 2) * line.width + line.gap


def _kpi_row_height(row: KpiRow, name_column: str, look: Look) -> float:
    name = "".join(run.text for run in row.name)
    targets = (
        sum(paragraph_height(line.text, "kpi-target", line.style, look) for line in target)
        for target in row.targets
    )
    return max(paragraph_height(name, name_column, "kpi-name", look), *targets)
