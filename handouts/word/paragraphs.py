"""Paragraphs: runs with their marks, line breaks, fields, and the bookmark that leads back to the dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from handouts.look.values import Look, MarkLook, ParagraphLook
from handouts.word.bookmarks import BookmarkLedger, anchor_name
from handouts.word.nodes import Inline, ParagraphNode, Picture, Span, Text
from handouts.word.ooxml import POINTS_PER_MM, element, rule, text_element, toggle, twips, twips_of_mm
from handouts.word.origins import OriginLedger, is_open, written_text
from handouts.word.pictures import PictureLedger
from handouts.word.style_sheet import (
    AFTER_TABLE,
    EMPTY_CELL,
    SMALLEST,
    StyleLedger,
    bold,
    colored,
    style_look,
    underlined,
)
from handouts.word.styles import (
    PLAIN,
    BreakFormat,
    FieldFormat,
    LinkFormat,
    ParagraphFormat,
    PictureFormat,
    RunFormat,
    TabFormat,
    format_of,
    inline_format,
)

FOOTER = "page-footer"
"""The class of what stands at the foot of all pages and belongs to none of them."""
UNKNOWN_NUMBER = 1
"""What a page number shows until Word has laid out the pages, where nothing better is known."""
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_SINGLE = 240
"""A line as high as what stands in it, in 240ths."""


_BADGE = RunFormat(lambda look: MarkLook(bold=False, underline=False, color=look.colors.badge))


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The look, and what has been handed out so far in one document.

    `first_pages` has the page of each place that page numbers refer to, as far as it is known before the layout.
    """

    look: Look
    styles: StyleLedger
    bookmarks: BookmarkLedger
    pictures: PictureLedger
    origins: OriginLedger
    first_pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placing:
    """What the surroundings demand of a paragraph: stay with the next one or not, space before it, a new page."""

    keep: bool | None = None
    before: float | None = None
    new_page: bool = False


def write_paragraph(
    paragraph: ParagraphNode, ledgers: Ledgers, placing: Placing = Placing()
) -> etree._Element:
    """The w:p of `paragraph`; raises UnknownMarkup for a class or element without a format."""
    format_ = format_of(paragraph.key, ParagraphFormat)
    runs = list(_inline_elements(paragraph.content, (_BADGE,) if format_.badge else (), ledgers))
    text = written_text(runs)
    names = [anchor_name(paragraph.anchor)] if paragraph.anchor else []
    if paragraph.key[1] != FOOTER and (text.strip() or is_open(paragraph)):
        names.append(ledgers.bookmarks.name(paragraph.refs))
        ledgers.origins.note(names[-1], paragraph, text)
    for name in names:
        number = ledgers.bookmarks.number()
        runs = [element("bookmarkStart", id=number, name=name), *runs, element("bookmarkEnd", id=number)]
    return element("p", _properties(paragraph, ledgers, placing), *runs)


def empty_paragraph() -> etree._Element:
    """A paragraph for a cell in which nothing stands."""
    return element("p", element("pPr", element("pStyle", val=EMPTY_CELL)))


def paragraph_after_table(space: float = 0, ends: etree._Element | None = None) -> etree._Element:
    """The paragraph that Word demands after a table, `space` mm high; with w:sectPr, it `ends` a Word section."""
    below = twips_of_mm(space) - twips(SMALLEST)
    spacing = element("spacing", after=below) if below > 0 else None
    return element("p", element("pPr", element("pStyle", val=AFTER_TABLE), spacing, ends))


def _properties(paragraph: ParagraphNode, ledgers: Ledgers, placing: Placing) -> etree._Element:
    format_ = format_of(paragraph.key, ParagraphFormat)
    name = paragraph.key[1]
    boxed = format_.boxed_at_top_right
    return element(
        "pPr",
        element("pStyle", val=ledgers.styles.style_id(name, paragraph.level)),
        _keep_next(placing.keep, style_look(name, ledgers.look).keep),
        toggle("pageBreakBefore") if placing.new_page or format_.on_new_page else None,
        _frame_at_top_right() if boxed else None,
        _box(ledgers.look) if boxed else _badge_frame(ledgers.look) if format_.badge else None,
        _leader(style_look(name, ledgers.look), ledgers.look) if format_.leader else None,
        element("spacing", before=twips(placing.before)) if placing.before is not None else None,
        element("spacing", line=_SINGLE, lineRule="auto") if format_.holds_picture else None,
    )


def _keep_next(wanted: bool | None, in_style: bool) -> etree._Element | None:
    return toggle("keepNext", wanted) if wanted is not None and wanted != in_style else None


def _frame_at_top_right() -> etree._Element:
    """A frame stands here and not in the style, where LibreOffice would not see it."""
    return element("framePr", wrap="around", vAnchor="margin", hAnchor="margin", xAlign="right", y=1)


def _box(look: Look) -> etree._Element:
    upright, beside = (round(mm * POINTS_PER_MM) for mm in (look.box.padding, look.box.padding_side))
    sides = {"top": upright, "left": beside, "bottom": upright, "right": beside}
    return element(
        "pBdr", *(rule(side, look.box.width, look.colors.line, space=space) for side, space in sides.items())
    )


def _badge_frame(look: Look) -> etree._Element:
    sides = ("top", "left", "bottom", "right")
    return element("pBdr", *(rule(side, look.box.width, look.colors.badge) for side in sides))


def _leader(style: ParagraphLook, look: Look) -> etree._Element:
    """A tab at the right edge of the paragraph, dots before it."""
    edge = look.page.text_width * POINTS_PER_MM - style.right * (style.size or look.font.size)
    return element("tabs", element("tab", val="right", leader="dot", pos=twips(edge)))


def _inline_elements(
    content: Iterable[Inline], formats: tuple[RunFormat, ...], ledgers: Ledgers
) -> Iterator[etree._Element]:
    look = ledgers.look
    for inline in content:
        if isinstance(inline, Picture):
            format_of(inline.key, PictureFormat)
            yield element("r", ledgers.pictures.drawing(inline))
            continue
        if isinstance(inline, Text):
            yield _run(formats, look, text_element(inline.text))
            continue
        match inline_format(inline.key):
            case RunFormat() as format_:
                yield from _inline_elements(inline.content, (*formats, format_), ledgers)
            case FieldFormat() as format_:
                yield from _inline_elements(inline.content, formats, ledgers)
                yield from _field(format_, inline, formats, ledgers)
            case LinkFormat():
                runs = _inline_elements(inline.content, formats, ledgers)
                yield element("hyperlink", *runs, anchor=anchor_name(inline.target), history=1)
            case TabFormat():
                yield _run(formats, look, element("tab"))
            case BreakFormat():
                yield _run(formats, look, element("br"))


def _run(formats: tuple[RunFormat, ...], look: Look, content: etree._Element) -> etree._Element:
    return element("r", _run_properties(formats, look), content)


def _run_properties(formats: tuple[RunFormat, ...], look: Look) -> etree._Element | None:
    """The formats from outside in; what the innermost character style gives is left to that style."""
    marks = [format_.look(look) for format_ in formats]
    styled = next((format_ for format_ in reversed(formats) if format_.style), None)
    given = styled.look(look) if styled else PLAIN
    color = next((mark.color for mark in reversed(marks) if mark.color), "")
    properties = element(
        "rPr",
        element("rStyle", val=styled.style) if styled else None,
        *bold(any(mark.bold for mark in marks)),
        *colored("" if color == given.color else color),
        *underlined(any(mark.underline for mark in marks) and not given.underline),
    )
    return properties if len(properties) else None


def _field(
    format_: FieldFormat, inline: Span, formats: tuple[RunFormat, ...], ledgers: Ledgers
) -> Iterator[etree._Element]:
    number = str(ledgers.first_pages.get(inline.target, UNKNOWN_NUMBER))
    shown = number.translate(_WIDE_DIGITS) if format_.wide else number
    result = iter([_run(formats, ledgers.look, text_element(shown))])
    if format_.fallback:
        result = _complex_field(format_.fallback, result, formats, ledgers.look)
    code = format_.code.format(target=anchor_name(inline.target))
    yield from _complex_field(code, result, formats, ledgers.look)


def _complex_field(
    code: str, result: Iterator[etree._Element], formats: tuple[RunFormat, ...], look: Look
) -> Iterator[etree._Element]:
    yield _run(formats, look, element("fldChar", fldCharType="begin"))
    yield _run(formats, look, text_element(f" {code} ", "instrText"))
    yield _run(formats, look, element("fldChar", fldCharType="separate"))
    yield from result
    yield _run(formats, look, element("fldChar", fldCharType="end"))
