"""Word sections: paper, margins and page numbers, and which parts of the page share one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from handouts.look import Look, PageLook
from handouts.word.cover import space_above_title
from handouts.word.nodes import Block, Paragraph, Section
from handouts.word.ooxml import element, twips_of_mm, w
from handouts.word.paragraphs import Ledgers, Placing, paragraph_after_table, write_paragraph
from handouts.word.styles import ParagraphFormat, SectionFormat, format_of
from handouts.word.tables import write_table


@dataclass(frozen=True, slots=True)
class PageRun:
    """Blocks that follow one another on pages of their own; those of a cover bear no numbers."""

    blocks: tuple[Block, ...]
    numbered: bool


def page_runs(sections: Iterable[Section]) -> list[PageRun]:
    """The parts of the page, joined where one runs on in the pages of the one before."""
    runs = groupby(sections, key=lambda section: format_of(section.key, SectionFormat).own_pages)
    return [
        PageRun(tuple(block for section in members for block in section.blocks), numbered=not own_pages)
        for own_pages, members in runs
    ]


def write_page_runs(runs: Sequence[PageRun], ledgers: Ledgers) -> Iterator[etree._Element]:
    """The children of w:body; each run ends with its section properties, the last one with the body's."""
    for run in runs:
        yield from _blocks(run.blocks, ledgers)
        properties = _section_properties(run, ledgers.look.page)
        yield properties if run is runs[-1] else paragraph_after_table(ends=properties)


def _blocks(blocks: Sequence[Block], ledgers: Ledgers) -> Iterator[etree._Element]:
    """Two tables without a paragraph between them would become one, and the second would lose its head."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield write_paragraph(block, ledgers, _placing(block, blocks[:index], ledgers.look))
        else:
            yield write_table(block, ledgers)
            yield paragraph_after_table(ledgers.look.line.gap)


def _placing(paragraph: Paragraph, above: Iterable[Block], look: Look) -> Placing:
    if not format_of(paragraph.key, ParagraphFormat).middle_of_page:
        return Placing()
    paragraphs = (block for block in above if isinstance(block, Paragraph))
    return Placing(before=space_above_title(paragraph, paragraphs, look))


def _section_properties(run: PageRun, page: PageLook) -> etree._Element:
    return element(
        "sectPr",
        element("type", val="nextPage"),
        _paper(page),
        _margins(page),
        element("pgNumType", start=1) if run.numbered else None,
    )


def _paper(page: PageLook) -> etree._Element:
    size = element("pgSz", w=twips_of_mm(page.width), h=twips_of_mm(page.height))
    if page.width > page.height:
        size.set(w("orient"), "landscape")
    return size


def _margins(page: PageLook) -> etree._Element:
    return element(
        "pgMar",
        top=twips_of_mm(page.margin_top),
        right=twips_of_mm(page.margin_right),
        bottom=twips_of_mm(page.margin_bottom),
        left=twips_of_mm(page.margin_left),
        header=twips_of_mm(page.footer),
        footer=twips_of_mm(page.footer),
        gutter=0,
    )
