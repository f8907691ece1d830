"""What the Word file keeps of where its paragraphs come from: noted as they are written, stored as a custom XML part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from handouts.measures.sources import SourceText
from handouts.origin import NAMESPACE, Origin, OriginEntry, OriginHead, Role, write_origin
from handouts.word.nodes import ParagraphNode
from handouts.word.ooxml import w

_ITEM = "/customXml/item%d.xml"
# Word keeps a part with an id of its own; two parts of one file must not share it.
_STORE_ITEM = "{6F1C0D3E-7C52-4B5E-9C41-6B1A5C0E7D21}"
_PROPERTIES = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ds:datastoreItem ds:itemID="{_STORE_ITEM}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">\
<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>"""
_WRITTEN = {w("t"): None, w("tab"): "\t", w("br"): "\n"}
# Figures and numbers are not what their sources say, but made of them.
_NOT_THE_WORDS: tuple[Role, ...] = ("computed", "unknown")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the page does not say of itself: what it was made of, and the text of the dataset that a ref names."""

    head: OriginHead
    text: Callable[[str], SourceText | None] = lambda ref: None


class OriginLedger:
    """Notes every paragraph of the body that says something, or into which a figure can be typed."""

    def __init__(self, provenance: Provenance | None) -> None:
        self._provenance = provenance
        self._printed: set[tuple[str, ...]] = set()
        self.entries: list[OriginEntry] = []

    def note(self, bookmark: str, paragraph: ParagraphNode, text: str) -> None:
        """Notes that `paragraph` was written with this text under this bookmark."""
        role = paragraph.role
        if role == "own" and paragraph.refs:
            role = "repeated" if paragraph.refs in self._printed else role
            self._printed.add(paragraph.refs)
        label, stored = self._label_and_stored(paragraph, text)
        style = paragraph.key[1]
        self.entries.append(OriginEntry(bookmark, paragraph.refs, role, text, stored, label, style))

    def store(self, document: Document) -> None:
        """Puts what was noted into the package of `document`; nothing where nobody said what it was made of."""
        if self._provenance is not None:
            _add_part(document, write_origin(Origin(self._provenance.head, tuple(self.entries))))

    def _label_and_stored(self, paragraph: ParagraphNode, text: str) -> tuple[str, str | None]:
        """What the text begins with before its words, and what the dataset has in place of these where it differs."""
        source = None
        if self._provenance and len(paragraph.refs) == 1 and paragraph.role not in _NOT_THE_WORDS:
            source = self._provenance.text(paragraph.refs[0])
        if source is None:
            return "", None
        label = text.removesuffix(source.printed) if text.endswith(source.printed) else ""
        return label, None if source.stored == text.removeprefix(label) else source.stored


def is_open(paragraph: ParagraphNode) -> bool:
    """Whether the place of an empty paragraph is known, so that a figure typed into it can be taken over."""
    return bool(paragraph.refs) and paragraph.role == "own"


def written_text(runs: Iterable[etree._Element]) -> str:
    """The characters of runs, a tab and a line break as such."""
    found = (node for run in runs for node in run.iter(*_WRITTEN))
    return "".join(_WRITTEN[node.tag] or node.text or "" for node in found)


def _add_part(document: Document, xml: bytes) -> None:
    package = document.part.package
    name = package.next_partname(_ITEM)
    part = Part(name, CONTENT_TYPE.XML, xml, package)
    uri = PackURI(name.replace("item", "itemProps", 1))
    properties = Part(uri, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, _PROPERTIES.encode(), package)
    part.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
