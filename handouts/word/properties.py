"""Document properties: title, author and dates, and the dataset and edition that a review leads back to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from handouts.word.markup import UnknownMarkup
from handouts.word.nodes import Page

CUSTOM = frozenset({"dcterms.identifier"})
"""Names of <meta> that become custom properties, the ones that survive an editor's work in Word."""

_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2
_LONGEST = 255  # characters that Word takes in a property


def _set_author(core: CoreProperties, value: str) -> None:
    core.author = core.last_modified_by = value[:_LONGEST]


def _set_subject(core: CoreProperties, value: str) -> None:
    core.subject = value[:_LONGEST]


def _leave_out(core: CoreProperties, value: str) -> None:
    """The dates of the file are those of the run."""


CORE: Mapping[str, Callable[[CoreProperties, str], None]] = {
    "author": _set_author,
    "description": _set_subject,
    "dcterms.created": _leave_out,
}
"""Names of <meta> and the core property that each becomes."""


def set_properties(document: Document, page: Page, created: datetime) -> None:
    """Set core and custom properties from `page`; raises UnknownMarkup for an unknown <meta>."""
    core = document.core_properties
    core.title, core.language = page.title[:_LONGEST], page.language
    core.created = core.modified = created.astimezone(UTC) if created.tzinfo else created
    for name, value in page.meta.items():
        if name in CORE:
            CORE[name](core, value)
        elif name not in CUSTOM:
            raise UnknownMarkup(f'<meta name="{name}"> is not in handouts/word/properties.py')
    _add_custom_properties(document, {name: page.meta[name] for name in sorted(CUSTOM & set(page.meta))})


def _add_custom_properties(document: Document, values: Mapping[str, str]) -> None:
    if values:
        uri, package = PackURI("/docProps/custom.xml"), document.part.package
        part = Part(uri, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, _custom_xml(values), package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _custom_xml(values: Mapping[str, str]) -> bytes:
    root = etree.Element(
        f"{{{_PROPERTIES}}}Properties", None, cast("dict[str, str]", {None: _PROPERTIES, "vt": _VALUES})
    )
    for number, (name, value) in enumerate(values.items(), _FIRST_ID):
        attributes = {"fmtid": _USER_DEFINED, "pid": str(number), "name": name}
        entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", attributes)
        etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = value
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
