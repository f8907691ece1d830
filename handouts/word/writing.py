"""One HTML page to the bytes of a Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from zipfile import BadZipFile

import docx
from docx.document import Document
from lxml import etree

from handouts.findings import HandoutError
from handouts.look.pictures import Drawing
from handouts.look.values import Look
from handouts.word.bookmarks import BookmarkLedger
from handouts.word.nodes import ParagraphNode
from handouts.word.origins import OriginLedger, Provenance
from handouts.word.package import rezip
from handouts.word.paragraphs import Ledgers, empty_paragraph, write_paragraph
from handouts.word.parsing import parse_page
from handouts.word.pictures import PictureLedger
from handouts.word.properties import set_properties
from handouts.word.sections import PageRun, first_pages, page_runs, write_page_runs
from handouts.word.style_sheet import StyleLedger, write_styles
from handouts.word.tracking import set_tracking


def write_word(
    html: str,
    look: Look,
    template: bytes,
    created: datetime,
    pictures: Mapping[str, Drawing] = MappingProxyType({}),
    provenance: Provenance | None = None,
    is_tracked: bool = False,
) -> bytes:
    """The Word file that says what `html` says, in the styles of `look`, on the base of `template`.

    `pictures` holds the charts that the page shows, by their id; with `provenance` the file says where its paragraphs
    come from. In one that `is_tracked` Word keeps track of changes. Raises UnknownMarkup for an element or class that
    has no Word format.
    """
    page = parse_page(html)
    document = _opened(template)
    runs = page_runs(page.sections)
    shown = PictureLedger(document.part, pictures)
    origins = OriginLedger(provenance)
    ledgers = Ledgers(look, StyleLedger(look), BookmarkLedger(), shown, origins, first_pages(runs))
    _write_body(document, runs, ledgers)
    _write_footers(document, runs, page.footer, ledgers)
    write_styles(document.styles.element, look, ledgers.styles.headings)
    set_properties(document, page, created)
    set_tracking(document, is_tracked)
    origins.store(document)
    return _saved(document)


def _opened(template: bytes) -> Document:
    try:
        return docx.Document(BytesIO(template))
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise HandoutError(
            "template.docx: Word のファイル（.docx）として読めません。templates フォルダーのこのファイルを直すか、消してください。"
        ) from None


def _write_body(document: Document, runs: Sequence[PageRun], ledgers: Ledgers) -> None:
    body = document.element.body
    for child in list(body):
        body.remove(child)
    body.extend(list(write_page_runs(runs, ledgers)))


def _write_footers(
    document: Document, runs: Sequence[PageRun], paragraphs: Sequence[ParagraphNode], ledgers: Ledgers
) -> None:
    """A Word section without a footer of its own shows that of the section before."""
    for index, (section, run) in enumerate(zip(document.sections, runs, strict=True)):
        if not run.numbered and index == 0:
            continue
        section.footer.is_linked_to_previous = False
        footer = section.footer.part.element
        for child in list(footer):
            footer.remove(child)
        content = paragraphs if run.numbered else ()
        footer.extend([write_paragraph(paragraph, ledgers) for paragraph in content] or [empty_paragraph()])


def _saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return rezip(buffer.getvalue())
