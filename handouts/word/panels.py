"""Panels side by side: a table without rules of one row, in whose cells they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from handouts.word.nodes import Block, Panels, ParagraphNode
from handouts.word.ooxml import element, twips_of_mm
from handouts.word.paragraphs import Ledgers, empty_paragraph, paragraph_after_table, write_paragraph
from handouts.word.tables import write_table

_SIDES = ("top", "left", "bottom", "right")


def write_panels(panels: Panels, ledgers: Ledgers) -> etree._Element:
    """The w:tbl of `panels`; they are as wide as each other, with the look's gap between them."""
    width, gap = (twips_of_mm(mm) for mm in (ledgers.look.panel_width, ledgers.look.line.panel_gap))
    cells: list[etree._Element] = []
    widths: list[int] = []
    for number, blocks in enumerate(panels.panels):
        if number:
            cells.append(_cell(gap, [empty_paragraph()]))
            widths.append(gap)
        cells.append(_cell(width, _content(blocks, ledgers)))
        widths.append(width)
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=sum(widths), type="dxa"),
            element("tblInd", w=0, type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=0, type="dxa") for side in _SIDES)),
        ),
        element("tblGrid", *(element("gridCol", w=each) for each in widths)),
        element("tr", *cells),
    )


def _cell(width: int, content: Sequence[etree._Element] | Iterator[etree._Element]) -> etree._Element:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa")), *content)


def _content(blocks: Sequence[Block], ledgers: Ledgers) -> Iterator[etree._Element]:
    """The blocks of a panel; the paragraph that Word demands after a table is the gap to the next one."""
    if not blocks:
        yield empty_paragraph()
    for block in blocks:
        if isinstance(block, ParagraphNode):
            yield write_paragraph(block, ledgers)
        else:
            yield write_table(block, ledgers, ledgers.look.panel_width)
            yield paragraph_after_table(0 if block is blocks[-1] else ledgers.look.line.gap)
