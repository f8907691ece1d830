"""The small tree between the HTML page and the Word file: frozen, and without a word of either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from handouts.origin import Role

Key: TypeAlias = tuple[str, str]
"""An element and its class, ("h3", "topic"); the class is "" where there is none."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, exactly as they shall be read."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """An inline element with what stands in it: a mark, a line break, a page number; `target` names a place."""

    key: Key
    content: tuple[Inline, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the id of its chart, with what is read where it cannot be seen."""

    key: Key
    chart: str
    alt: str


Inline: TypeAlias = Text | Span | Picture


@dataclass(frozen=True, slots=True)
class ParagraphNode:
    """A paragraph, a heading where its level is not 0; `refs` name the places in the dataset that it comes from.

    `role` is what it is to these. `anchor` is the name under which links and page numbers refer to it, "" where none does.
    """

    key: Key
    content: tuple[Inline, ...]
    refs: tuple[str, ...] = ()
    level: int = 0
    anchor: str = ""
    role: Role = "unknown"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell over `span` columns; of its keys (one per class) any may add to its format."""

    keys: tuple[Key, ...]
    span: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; head rows are repeated on every page.

    A row that `stays_whole` is not split by a page break; one that `continues` the row above has no rule between.
    """

    key: Key
    cells: tuple[TableCell, ...]
    is_head: bool
    stays_whole: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the names of its columns, which decide their widths."""

    key: Key
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


Block: TypeAlias = ParagraphNode | Table


@dataclass(frozen=True, slots=True)
class Panels:
    """Blocks side by side, each of the panels read from top to bottom before the next."""

    panels: tuple[tuple[Block, ...], ...]


Part: TypeAlias = Block | Panels


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: cover, sheet, totals."""

    key: Key
    blocks: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page, read."""

    title: str
    language: str
    meta: Mapping[str, str]
    footer: tuple[ParagraphNode, ...]
    sections: tuple[Section, ...]
