"""The one table from element and class to what Word makes of it.

A new element or class of handouts/vocabulary.py is one line here; a paragraph class also needs its look in
templates/look.toml. A key that is missing here is an UnknownMarkup, never silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from handouts.look.values import Look, MarkLook
from handouts.look.vocabulary import LEAD_CLASSES, PARAGRAPH_CLASSES
from handouts.word.markup import LEVELS, UnknownMarkup
from handouts.word.nodes import Key

Shade: TypeAlias = Literal["head", "pillar", "total", "group"]


@dataclass(frozen=True, slots=True)
class SectionFormat:
    """A part of the page; one on its own pages is a Word section without page numbers."""

    own_pages: bool = False


@dataclass(frozen=True, slots=True)
class PanelFormat:
    """Panels side by side, or one of them."""


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """A paragraph in the style of its class.

    A `badge` has a frame and characters in the colour of badges; a `leader` runs from a tab to the right edge. One
    that holds a picture is as high as the picture, not as high as a line of text.
    """

    boxed_at_top_right: bool = False
    badge: bool = False
    middle_of_page: bool = False
    on_new_page: bool = False
    holds_picture: bool = False
    leader: bool = False


@dataclass(frozen=True, slots=True)
class RunFormat:
    """Characters set off by a look; `style` is the Word character style, if they get one."""

    look: Callable[[Look], MarkLook]
    style: str = ""


@dataclass(frozen=True, slots=True)
class FieldFormat:
    """A field that Word computes; `fallback` is a second field for programs that do not know the first.

    {target} in the code stands for the bookmark of the place that the element names; a `wide` field has full-width
    digits.
    """

    code: str
    fallback: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class LinkFormat:
    """A link to a place in the document."""


@dataclass(frozen=True, slots=True)
class TabFormat:
    """A tab, which the leader of its paragraph fills."""


@dataclass(frozen=True, slots=True)
class BreakFormat:
    """A line break."""


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A picture in the line, in the size in which it was drawn."""


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A table with rules all round and a gap below, or one nested in a cell that has them.

    A nested one that is `framed` has rules of its own all the same; one that is not `ruled` has none at all.
    """

    nested: bool = False
    splits_rows: bool = True
    framed: bool = False
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class RowFormat:
    """The shade under all cells of a row, and how many lines at its top stay together, or all of it.

    One that `stays_with_above` does not begin a page.
    """

    shade: Shade | None = None
    lead_lines: int = 0
    stays_whole: bool = False
    stays_with_above: bool = False


@dataclass(frozen=True, slots=True)
class CellFormat:
    """A cell; of several classes the first that says something decides, None says nothing.

    A head has less padding above and below; the padding at the sides is in mm, the look's own where nothing
    is said. A `slash` crosses the cell; one that joins the cell above or below has no rule towards it.
    """

    shade: Shade | None = None
    upright: Literal["center"] | None = None
    is_head: bool = False
    padding_beside: float | None = None
    left_rule: Literal["single", "double"] | None = None
    slash: bool = False
    joins_above: bool = False
    joins_below: bool = False


Format: TypeAlias = (
    SectionFormat
    | PanelFormat
    | ParagraphFormat
    | RunFormat
    | FieldFormat
    | LinkFormat
    | TabFormat
    | BreakFormat
    | PictureFormat
    | TableFormat
    | RowFormat
    | CellFormat
)

CLOSE = 0.2
"""The padding in mm beside the figures of twelve months, as in handout.css."""

LAST_PAGE = "_end"
"""The hidden bookmark where the document ends; its page number is the number of numbered pages."""

PLAIN = MarkLook(bold=False, underline=False, color="")
"""Characters like those around them."""

_BOLD = MarkLook(bold=True, underline=False, color="")

FORMATS: Mapping[Key, Format] = {
    ("section", "cover"): SectionFormat(own_pages=True),
    ("section", "sheet"): SectionFormat(),
    **{("section", name): PanelFormat() for name in ("panels", "panel")},
    **{(tag, name): ParagraphFormat() for tag in LEVELS for name in PARAGRAPH_CLASSES},
    ("p", "material"): ParagraphFormat(boxed_at_top_right=True),
    **{(tag, "cover-title"): ParagraphFormat(middle_of_page=True) for tag in ("p", "h1")},
    ("p", "badge"): ParagraphFormat(badge=True),
    ("figure", "chart"): ParagraphFormat(holds_picture=True),
    ("img", "chart"): PictureFormat(),
    ("p", "contents"): ParagraphFormat(leader=True),
    ("h2", "part-title"): ParagraphFormat(on_new_page=True),
    ("mark", ""): RunFormat(lambda look: look.mark, "変更箇所"),
    ("del", ""): RunFormat(lambda look: look.dropped, "見直し箇所"),
    ("strong", ""): RunFormat(lambda look: _BOLD),
    ("span", ""): RunFormat(lambda look: PLAIN),
    ("span", "new"): RunFormat(lambda look: PLAIN),
    ("span", "tail"): RunFormat(lambda look: PLAIN),
    ("br", ""): BreakFormat(),
    ("span", "page-number"): FieldFormat("PAGE"),
    # LibreOffice does not know SECTIONPAGES but keeps its result, where it finds a field that it does know.
    ("span", "page-count"): FieldFormat("SECTIONPAGES", f"PAGEREF {LAST_PAGE}"),
    ("span", "page-of"): FieldFormat(r"PAGEREF {target} \h"),
    ("span", "page-of-wide"): FieldFormat(r"PAGEREF {target} \h \* DBCHAR", wide=True),
    ("span", "leader"): TabFormat(),
    ("a", ""): LinkFormat(),
    ("table", "comparison"): TableFormat(),
    ("table", "initiatives"): TableFormat(nested=True, splits_rows=False),
    ("table", "plan"): TableFormat(),
    ("table", "box"): TableFormat(nested=True, framed=True, splits_rows=False),
    ("table", "charts"): TableFormat(splits_rows=False, ruled=False),
    ("table", "progress"): TableFormat(),
    ("table", "tally"): TableFormat(splits_rows=False),
    ("table", "kpi-list"): TableFormat(nested=True, framed=True, splits_rows=False),
    ("table", "small"): TableFormat(nested=True, framed=True, splits_rows=False),
    ("table", "monthly"): TableFormat(nested=True, framed=True, splits_rows=False),
    ("table", "kpis"): TableFormat(splits_rows=False),
    ("table", "sections"): TableFormat(),
    ("table", "execution"): TableFormat(splits_rows=False),
    ("table", "revisions"): TableFormat(),
    ("tr", ""): RowFormat(),
    ("tr", "field"): RowFormat("total", stays_whole=True),
    ("tr", "whole"): RowFormat(stays_whole=True),
    ("tr", "group"): RowFormat("group", stays_whole=True),
    **{("tr", name): RowFormat(lead_lines=int(name.removeprefix("lead-"))) for name in LEAD_CLASSES},
    ("tr", "head"): RowFormat("head"),
    ("tr", "pillar"): RowFormat("pillar"),
    ("tr", "subtotal"): RowFormat("total", stays_with_above=True),
    ("tr", "total"): RowFormat("total", stays_with_above=True),
    ("th", "head"): CellFormat("head", upright="center", is_head=True),
    ("th", "pillar"): CellFormat("pillar"),
    ("th", "last-year"): CellFormat(left_rule="double"),
    ("th", "field"): CellFormat("head", upright="center"),
    ("td", "plan"): CellFormat(),
    ("td", "field"): CellFormat(),
    ("td", "box"): CellFormat(),
    ("td", "chart"): CellFormat(),
    ("td", "budget"): CellFormat(padding_beside=0, left_rule="single"),
    ("td", "name"): CellFormat(),
    ("td", "amount"): CellFormat(left_rule="single"),
    ("td", "last-year"): CellFormat(left_rule="double"),
    **{(tag, "kpi"): CellFormat(upright="center") for tag in ("th", "td")},
    ("th", "small"): CellFormat("head", upright="center", is_head=True),
    ("td", "small"): CellFormat(is_head=True),
    ("th", "month"): CellFormat("head", is_head=True, padding_beside=CLOSE),
    ("td", "month"): CellFormat(is_head=True, padding_beside=CLOSE),
    **{("td", name): CellFormat() for name in ("number", "business", "overview", "expense", "group")},
    ("td", "done"): CellFormat(),
    **{("td", name): CellFormat(upright="center") for name in ("mark", "rank", "figure")},
    ("td", "revision"): CellFormat(),
    ("td", "slash"): CellFormat(slash=True),
    ("td", "joins-above"): CellFormat(joins_above=True),
    ("td", "joins-below"): CellFormat(joins_below=True),
}

_Wanted = TypeVar("_Wanted", bound=Format)


def format_of(key: Key, kind: type[_Wanted]) -> _Wanted:
    """The format of `key`, which has to be a `kind`; raises UnknownMarkup where it is not."""
    found = FORMATS.get(key)
    if not isinstance(found, kind):
        tag, name = key
        raise UnknownMarkup(f'<{tag} class="{name}"> has no {kind.__name__} in handouts/word/styles.py')
    return found


InlineFormat: TypeAlias = RunFormat | FieldFormat | LinkFormat | TabFormat | BreakFormat


def inline_format(key: Key) -> InlineFormat:
    """The format of an inline element; raises UnknownMarkup where `key` is none."""
    found = FORMATS.get(key)
    if not isinstance(found, InlineFormat):
        raise UnknownMarkup(f'<{key[0]} class="{key[1]}"> cannot stand inside a paragraph')
    return found


def shade_color(shade: Shade, look: Look) -> str:
    """The colour of `shade` in `look`."""
    return str(getattr(look.colors, shade))
