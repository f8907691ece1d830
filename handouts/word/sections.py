"""Word sections: paper, margins and page numbers, and which parts of the page share one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from handouts.look.values import Look, PageLook
from handouts.word.cover import space_above_title
from handouts.word.markup import UnknownMarkup
from handouts.word.nodes import Panels, ParagraphNode, Part, Section
from handouts.word.ooxml import element, twips_of_mm, w
from handouts.word.panels import write_panels
from handouts.word.paragraphs import Ledgers, Placing, paragraph_after_table, write_paragraph
from handouts.word.styles import ParagraphFormat, SectionFormat, format_of
from handouts.word.tables import write_table


@dataclass(frozen=True, slots=True)
class PageRun:
    """Sections that follow one another, each beginning on a new page; the pages of a cover bear no numbers."""

    sections: tuple[tuple[Part, ...], ...]
    numbered: bool


def page_runs(sections: Iterable[Section]) -> list[PageRun]:
    """The parts of the page, joined where one counts its pages on from the one before."""
    runs = groupby(sections, key=lambda section: format_of(section.key, SectionFormat).own_pages)
    return [
        PageRun(tuple(section.blocks for section in members), numbered=not own_pages)
        for own_pages, members in runs
    ]


def first_pages(runs: Iterable[PageRun]) -> Mapping[str, int]:
    """The page on which each place with a name stands, were every section one page long."""
    return {
        part.anchor: number
        for run in runs
        for number, parts in enumerate(run.sections, 1)
        for part in parts
        if isinstance(part, ParagraphNode) and part.anchor
    }


def write_page_runs(runs: Sequence[PageRun], ledgers: Ledgers) -> Iterator[etree._Element]:
    """The children of w:body; each run ends with its section properties, the last one with the body's."""
    for run in runs:
        for number, parts in enumerate(run.sections):
            yield from _parts(parts, ledgers, new_page=number > 0)
        properties = _section_properties(run, ledgers.look.page)
        yield properties if run is runs[-1] else paragraph_after_table(ends=properties)


def _parts(parts: Sequence[Part], ledgers: Ledgers, new_page: bool) -> Iterator[etree._Element]:
    """Two tables without a paragraph between them would become one, and the second would lose its head."""
    if new_page and not isinstance(next(iter(parts), None), ParagraphNode):
        raise UnknownMarkup("a section after the first begins with a paragraph, which begins the page")
    for index, part in enumerate(parts):
        if isinstance(part, ParagraphNode):
            yield write_paragraph(
                part, ledgers, _placing(part, parts[:index], ledgers.look, new_page and index == 0)
            )
        elif isinstance(part, Panels):
            yield write_panels(part, ledgers)
            yield paragraph_after_table()
        else:
            yield write_table(part, ledgers)
            yield paragraph_after_table(ledgers.look.line.gap)


def _placing(paragraph: ParagraphNode, above: Iterable[Part], look: Look, new_page: bool) -> Placing:
    if not format_of(paragraph.key, ParagraphFormat).middle_of_page:
        return Placing(new_page=new_page)
    paragraphs = (part for part in above if isinstance(part, ParagraphNode))
    return Placing(before=space_above_title(paragraph, paragraphs, look), new_page=new_page)


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
