"""The look values as Word styles: defaults, one style per paragraph class, headings, character styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from handouts.look.values import FontLook, Look, MarkLook, ParagraphLook
from handouts.word.markup import UnknownMarkup
from handouts.word.ooxml import element, half_points, hex_color, toggle, twips, w
from handouts.word.styles import FORMATS, RunFormat

NORMAL = "Normal"
AFTER_TABLE = "after-table"
EMPTY_CELL = "empty-cell"
SMALLEST = 1
"""The size and line height in pt of the paragraph that Word demands after a table."""


class StyleLedger:
    """Names the style of each paragraph, and remembers which class is the look of which heading level.

    Screen readers and Word's "go to heading" know the built-in headings only, so the first class of a level
    takes the built-in one; another class at the same level gets a style of its own with the same level.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self.headings: dict[str, tuple[int, str]] = {}

    def style_id(self, name: str, level: int) -> str:
        """The style of a paragraph of class `name`, a heading where `level` is not 0."""
        style_look(name, self._look)
        if not level:
            return name
        built_in = f"Heading{level}"
        style_id = built_in if self.headings.get(built_in, (level, name))[1] == name else f"{built_in}-{name}"
        self.headings[style_id] = (level, name)
        return style_id


def style_look(name: str, look: Look) -> ParagraphLook:
    """The look of the paragraph class `name`; raises UnknownMarkup where look.toml has none."""
    if name not in look.styles:
        raise UnknownMarkup(f'class "{name}" has no [styles.{name}] in look.toml')
    return look.styles[name]


def write_styles(styles: etree._Element, look: Look, headings: Mapping[str, tuple[int, str]]) -> None:
    """Set the defaults and styles of the w:styles element `styles`, in place of those of the same id."""
    _replace_defaults(styles, look.font)
    present = {style.get(w("styleId")): style for style in styles.findall(w("style"))}
    for style in _all_styles(look, headings):
        if (old := present.get(style.get(w("styleId")))) is not None:
            styles.replace(old, style)
        else:
            styles.append(style)


def _replace_defaults(styles: etree._Element, font: FontLook) -> None:
    for old in styles.findall(w("docDefaults")):
        styles.remove(old)
    styles.insert(0, _defaults(font))


def _defaults(font: FontLook) -> etree._Element:
    run = element(
        "rPr",
        element("rFonts", ascii=font.word, hAnsi=font.word, eastAsia=font.word, cs=font.word),
        *_size(font.size),
        element("lang", val="en-US", eastAsia="ja-JP", bidi="ar-SA"),
    )
    return element("docDefaults", element("rPrDefault", run), element("pPrDefault"))


def _all_styles(look: Look, headings: Mapping[str, tuple[int, str]]) -> Iterator[etree._Element]:
    yield _normal(look.font)
    for name, paragraph in look.styles.items():
        yield _paragraph_style(name, paragraph, look.font)
    for style_id, (level, name) in headings.items():
        yield _heading_style(style_id, level, name, look.styles[name])
    yield _bare_style(AFTER_TABLE, "表の後", SMALLEST)
    yield _bare_style(EMPTY_CELL, "空欄", look.font.size)
    for format_ in FORMATS.values():
        if isinstance(format_, RunFormat) and format_.style:
            yield _character_style(format_.style, format_.look(look))


def _style(
    kind: str, style_id: str, name: str, *parts: etree._Element | None, custom: bool = True
) -> etree._Element:
    style = element("style", element("name", val=name), *parts, type=kind, styleId=style_id)
    if custom:
        style.set(w("customStyle"), "1")
    return style


def _normal(font: FontLook) -> etree._Element:
    """Lines break as in the PDF: kinsoku, no space between Latin and kanji, no 。 hanging over a table's rule."""
    paragraph = element(
        "pPr",
        toggle("widowControl"),
        toggle("kinsoku"),
        toggle("overflowPunct", False),
        toggle("autoSpaceDE", False),
        toggle("autoSpaceDN", False),
        toggle("snapToGrid", False),
        _spacing(font.size, font.line_height),
    )
    style = _style("paragraph", NORMAL, "Normal", toggle("qFormat"), paragraph, custom=False)
    style.set(w("default"), "1")
    return style


def _paragraph_style(name: str, look: ParagraphLook, font: FontLook) -> etree._Element:
    size = look.size or font.size
    paragraph = element(
        "pPr",
        toggle("keepNext") if look.keep else None,
        _spacing(size, look.line_height or font.line_height, look.before, look.after),
        _indent(look, size),
        element("jc", val=look.align),
    )
    run = element("rPr", *bold(look.bold), *_size(size))
    return _style(
        "paragraph", name, look.name, element("basedOn", val=NORMAL), toggle("qFormat"), paragraph, run
    )


def _heading_style(style_id: str, level: int, name: str, look: ParagraphLook) -> etree._Element:
    built_in = style_id == f"Heading{level}"
    return _style(
        "paragraph",
        style_id,
        f"heading {level}" if built_in else f"{look.name} 見出し{level}",
        element("basedOn", val=name),
        element("uiPriority", val=9),
        toggle("qFormat"),
        element("pPr", element("outlineLvl", val=level - 1)),
        custom=not built_in,
    )


def _bare_style(style_id: str, name: str, size: float) -> etree._Element:
    """A style for paragraphs without text, no higher than any line beside them."""
    spacing, run = element("pPr", _spacing(size, 1)), element("rPr", *_size(size))
    return _style("paragraph", style_id, name, element("basedOn", val=NORMAL), spacing, run)


def _character_style(name: str, mark: MarkLook) -> etree._Element:
    """Without bold: bold in a character style takes the bold of a bold paragraph away (ISO 29500, 17.7.3)."""
    run = element("rPr", *colored(mark.color), *underlined(mark.underline))
    return _style("character", name, name, toggle("qFormat"), run)


def bold(on: bool) -> tuple[etree._Element, ...]:
    """The run properties for bold characters of all scripts."""
    return (toggle("b"), toggle("bCs")) if on else ()


def colored(color: str) -> tuple[etree._Element, ...]:
    """The run property for a colour, none where it is ""."""
    return (element("color", val=hex_color(color)),) if color else ()


def underlined(on: bool) -> tuple[etree._Element, ...]:
    """The run property for an underline."""
    return (element("u", val="single"),) if on else ()


def _spacing(size: float, line_height: float, before: float = 0, after: float = 0) -> etree._Element:
    """Exact lines: with "at least" another font than ours would lengthen every page."""
    line = twips(size * line_height)
    return element("spacing", before=twips(before), after=twips(after), line=line, lineRule="exact")


def _indent(look: ParagraphLook, size: float) -> etree._Element | None:
    sides = {"left": look.left + look.hanging, "right": look.right, "hanging": look.hanging}
    indents = {side: twips(em * size) for side, em in sides.items() if em}
    return element("ind", **indents) if indents else None


def _size(points: float) -> tuple[etree._Element, etree._Element]:
    return element("sz", val=half_points(points)), element("szCs", val=half_points(points))
