"""Word documents made by code: only the parts that a test speaks of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from handouts.revisions import TrackedDocument, read_document, views_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BY = 'w:author="本部" w:date="2025-02-03T10:00:00Z"'
INS, DEL, FROM, TO = (f'<w:{tag} w:id="1" {BY}/>' for tag in ("ins", "del", "moveFrom", "moveTo"))

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KINDS = {"document": "document.main", "commentsExtended": "commentsExtended"}


def t(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def gone(text: str) -> str:
    """A run of deleted text, without its mark."""
    return f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'


def ins(text: str, author: str = "本部") -> str:
    """Inserted text."""
    return f'<w:ins w:id="1" w:author="{author}" w:date="2025-02-03T10:00:00Z">{t(text)}</w:ins>'


def dele(text: str) -> str:
    """Deleted text."""
    return f'<w:del w:id="1" {BY}>{gone(text)}</w:del>'


def p(inner: str = "", mark: str = "", properties: str = "") -> str:
    """A paragraph; `mark` is what stands on its mark."""
    run = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return (
        f"<w:p><w:pPr>{properties}{run}</w:pPr>{inner}</w:p>" if run + properties else f"<w:p>{inner}</w:p>"
    )


def tc(inner: str, properties: str = "") -> str:
    """A cell."""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def tr(*cells: str, mark: str = "") -> str:
    """A row; `mark` is what stands on it."""
    return f"<w:tr>{f'<w:trPr>{mark}</w:trPr>' if mark else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    """A table of as many columns as its first row has cells."""
    columns = '<w:gridCol w:w="2000"/>' * rows[0].count("<w:tc>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{properties}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def part(root: str, inner: str) -> str:
    """A part with this root."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {SPACES}>{inner}</w:{root}>'


def box(inner: str) -> str:
    """A run with a text box as Word writes it: for itself, and once more for old programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="2000000" cy="800000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="7" name="box"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="800000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def package(
    body: str, parts: Mapping[str, str] | None = None, more: Mapping[str, bytes] | None = None
) -> bytes:
    """A document with this body; `parts` by their names (header1, footnotes, comments, …), `more` as they are."""
    written = {
        "document": part("document", f"<w:body>{body}<w:sectPr>{_headers(parts or {})}</w:sectPr></w:body>")
    }
    written |= parts or {}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}{_KINDS.get(_kind(name), _kind(name))}+xml"/>'
        for name in written
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATED}{_kind(name)}" Target="{name}.xml"/>'
        for name in written
        if name != "document"
    )
    space = "http://schemas.openxmlformats.org/package/2006/"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{space}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}relationships"><Relationship Id="rId1" '
        f'Type="{_RELATED}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}relationships">{relations}</Relationships>',
        **{f"word/{name}.xml": content for name, content in written.items()},
    }
    return zipped({name: content.encode() for name, content in files.items()} | dict(more or {}))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(name, file)
    return content.getvalue()


def saved(folder: Path, body: str, parts: Mapping[str, str] | None = None, name: str = "x.docx") -> Path:
    """Where a document with this body was written."""
    (folder / name).write_bytes(package(body, parts))
    return folder / name


def read(folder: Path, body: str, parts: Mapping[str, str] | None = None) -> TrackedDocument:
    """The document with this body, as it is read."""
    return read_document(saved(folder, body, parts))


def both(document: TrackedDocument, story: int = 0) -> tuple[list[str], list[str]]:
    """The texts before and after, of the body or another story."""
    views = views_of(document.stories[story])
    return [one.text for one in views.before], [one.text for one in views.after]


def groups(document: TrackedDocument) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """The groups of the body: kind, paragraphs before and after."""
    return [(one.kind, one.before, one.after) for one in views_of(document.body).groups]


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _headers(parts: Mapping[str, str]) -> str:
    found = (
        f'<w:{_kind(name)}Reference w:type="default" r:id="{name}"/>' for name in parts if name[-1:] == "1"
    )
    return "".join(found)
