"""HTML page to nodes: which element may stand where, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import cast

from handouts.look.vocabulary import PARAGRAPH_ROLES
from handouts.origin import Role, split_refs
from handouts.word.markup import LEVELS, Element, read_markup
from handouts.word.nodes import (
    Block,
    Inline,
    Key,
    Page,
    Panels,
    ParagraphNode,
    Picture,
    Row,
    Section,
    Span,
    Table,
    TableCell,
    Text,
)

# A line break in the source of a template, with the indent around it; other blanks are the text's own.
_SOURCE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")


def parse_page(html: str) -> Page:
    """The page that `html` writes; raises UnknownMarkup for what the vocabulary does not know."""
    root = read_markup(html)
    head, body = _children(root, "head"), _children(root, "body")
    return Page(
        title="".join(_text(title) for part in head for title in _children(part, "title")),
        language=root.attributes.get("lang", "ja"),
        meta=MappingProxyType(dict(pair for part in head for pair in _meta(part))),
        footer=tuple(_paragraph(p) for part in body for f in _children(part, "footer") for p in f.elements()),
        sections=tuple(_section(section) for part in body for section in _sections(part)),
    )


def _meta(head: Element) -> Iterator[tuple[str, str]]:
    for meta in _children(head, "meta"):
        if "name" in meta.attributes:
            yield meta.attributes["name"], meta.attributes.get("content", "")


def _sections(body: Element) -> Iterator[Element]:
    for child in body.elements():
        if child.tag == "section":
            yield child
        elif child.tag != "footer":
            raise child.fault("only sections and the footer stand in the body")


def _section(section: Element) -> Section:
    return Section(
        _key(section),
        tuple(_panels(child) if child.tag == "section" else _block(child) for child in section.elements()),
    )


def _blocks(parent: Element) -> tuple[Block, ...]:
    return tuple(_block(child) for child in parent.elements())


def _block(element: Element) -> Block:
    if element.tag == "table":
        return _table(element)
    return _figure(element) if element.tag == "figure" else _paragraph(element)


def _figure(figure: Element) -> ParagraphNode:
    """A picture is a paragraph of its own."""
    images = list(figure.elements())
    if [image.tag for image in images] != ["img"]:
        raise figure.fault("one <img> is expected here")
    return ParagraphNode(_key(figure), (_picture(images[0]),))


def _picture(image: Element) -> Picture:
    for name in ("alt", "data-chart"):
        if not image.attributes.get(name):
            raise image.fault(f"a picture needs the attribute {name}")
    return Picture(_key(image), image.attributes["data-chart"], image.attributes["alt"])


def _panels(element: Element) -> Panels:
    panels = tuple(element.elements())
    for panel in panels:
        if (panel.tag, panel.classes) != ("section", ("panel",)):
            raise panel.fault("only panels stand side by side")
    return Panels(tuple(_blocks(panel) for panel in panels))


def _paragraph(element: Element) -> ParagraphNode:
    if element.tag not in LEVELS:
        raise element.fault("a paragraph, heading or table is expected here")
    if not element.classes:
        raise element.fault("a paragraph needs a class, which is its style")
    return ParagraphNode(
        _key(element),
        _trimmed(_inlines(element)),
        _refs(element),
        _level(element),
        element.attributes.get("id", ""),
        _role(element),
    )


def _refs(element: Element) -> tuple[str, ...]:
    try:
        return split_refs(element.attributes.get("data-ref", ""))
    except ValueError as error:
        raise element.fault(f"data-ref: {error}") from None


def _role(element: Element) -> Role:
    """What the paragraph is to where it comes from; templates of old do not say."""
    role = element.attributes.get("data-role", "unknown")
    if role not in PARAGRAPH_ROLES:
        raise element.fault(f'data-role="{role}" is not in handouts/look/vocabulary.py')
    return cast("Role", role)


def _level(element: Element) -> int:
    level = element.attributes.get("data-level", str(LEVELS[element.tag]))
    if not re.fullmatch("[0-9]", level):
        raise element.fault(f'data-level="{level}" is not a heading level from 1 to 9')
    return int(level)


def _inlines(element: Element) -> tuple[Inline, ...]:
    return tuple(_inline(child) for child in element.children)


def _inline(child: Element | str) -> Inline:
    if isinstance(child, str):
        return Text(child)
    target = child.attributes.get("href") or child.attributes.get("data-to") or ""
    content = tuple(_joined(inline) for inline in _inlines(child))
    return Span(_key(child), content, target.removeprefix("#"))


def _trimmed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The content without the line breaks of the source at its two ends, and blanks for those within."""
    last = len(content) - 1
    return tuple(
        _joined(inline, at_start=index == 0, at_end=index == last) for index, inline in enumerate(content)
    )


def _joined(inline: Inline, *, at_start: bool = False, at_end: bool = False) -> Inline:
    if not isinstance(inline, Text) or "\n" not in inline.text:
        return inline
    lines = _SOURCE_BREAK.split(inline.text)
    if at_start and not lines[0]:
        lines = lines[1:]
    if at_end and not lines[-1]:
        lines = lines[:-1]
    return Text(" ".join(lines))


def _table(table: Element) -> Table:
    columns = tuple(_key(col)[1] for group in _children(table, "colgroup") for col in group.elements())
    rows = tuple(row for part in table.elements() for row in _rows(part))
    for row in rows:
        if (width := sum(cell.span for cell in row.cells)) != len(columns):
            raise table.fault(f"a row fills {width} of {len(columns)} columns")
    return Table(_key(table), columns, rows)


def _rows(part: Element) -> Iterator[Row]:
    if part.tag in ("thead", "tbody"):
        for row in part.elements():
            cells = tuple(_cell(cell) for cell in row.elements())
            yield Row(_key(row), cells, is_head=part.tag == "thead")
    elif part.tag != "colgroup":
        raise part.fault("only colgroup, thead and tbody stand in a table")


def _cell(cell: Element) -> TableCell:
    span = cell.attributes.get("colspan", "1")
    if cell.tag not in ("td", "th") or not span.isdecimal() or span == "0":
        raise cell.fault("a cell over one or more columns is expected here")
    return TableCell(tuple((cell.tag, name) for name in cell.classes or ("",)), int(span), _blocks(cell))


def _key(element: Element) -> Key:
    if len(element.classes) > 1:
        raise element.fault("only cells may have several classes")
    return element.tag, "".join(element.classes)


def _children(parent: Element, tag: str) -> list[Element]:
    return [child for child in parent.elements() if child.tag == tag]


def _text(element: Element) -> str:
    return "".join(child for child in element.children if isinstance(child, str)).strip()
