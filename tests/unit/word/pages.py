"""Small pages for the tests of the Word step, and the Word files that they become."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from lxml import etree

from handouts.look.values import read_look
from handouts.word import write_word
from handouts.word.template import make_template

ROOT = Path(__file__).parents[3]
LOOK = read_look(ROOT / "templates" / "look.toml")
TEMPLATE = make_template(LOOK)
CREATED = datetime(2025, 1, 17, 9, 30, tzinfo=UTC)
CONTRACT = (Path(__file__).parent / "contract.html").read_text(encoding="utf-8")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def page(sections: str, head: str = "<title>題</title>") -> str:
    """A page with these sections."""
    return f'<!DOCTYPE html><html lang="ja"><head>{head}</head><body class="plan-budget">{sections}</body></html>'


def sheet(blocks: str) -> str:
    """A page with these blocks on its only sheet."""
    return page(f'<section class="sheet">{blocks}</section>')


def word_bytes(html: str) -> bytes:
    """The Word file of a page."""
    return write_word(html, LOOK, TEMPLATE, CREATED)


def word(html: str) -> Document:
    """The Word file of a page, opened again."""
    return docx_of(word_bytes(html))


def find(html: str, path: str) -> list[etree._Element]:
    """What `path` finds in the body of the page's Word file."""
    return list(word(html).element.body.xpath(path))


def attribute(found: etree._Element, name: str) -> str | None:
    """The w: attribute `name`."""
    return found.get(W + name)


def text(found: etree._Element) -> str:
    """All characters in an element, a line break as such."""
    return "".join(t.text or "" if t.tag == W + "t" else "\n" for t in found.iter(W + "t", W + "br"))


def docx_of(content: bytes) -> Document:
    """A Word file, opened."""
    return docx.Document(BytesIO(content))
