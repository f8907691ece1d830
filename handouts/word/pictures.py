"""Pictures in the line: the part of the package, the size in print, and the alternative text."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import count

from docx.parts.document import DocumentPart
from lxml import etree

from handouts.look.pictures import Drawing
from handouts.word.markup import UnknownMarkup
from handouts.word.nodes import Picture
from handouts.word.ooxml import element

_NAMESPACES = {
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_UNITS_PER_MM = 36_000  # of DrawingML


class PictureLedger:
    """Puts the pictures of one document into its package; every place of one has an id of its own."""

    def __init__(self, part: DocumentPart, drawings: Mapping[str, Drawing]) -> None:
        self._part = part
        self._drawings = drawings
        self._ids = count(1)

    def drawing(self, picture: Picture) -> etree._Element:
        """The w:drawing of `picture`; raises UnknownMarkup where it was not drawn."""
        drawn = self._drawings.get(picture.chart)
        if drawn is None or not drawn.png:
            raise UnknownMarkup(f'<img data-chart="{picture.chart}"> has no picture')
        relationship, _ = self._part.get_or_add_image(BytesIO(drawn.png))
        return element("drawing", _inline(picture, drawn, next(self._ids), relationship))


def _inline(picture: Picture, drawn: Drawing, number: int, relationship: str) -> etree._Element:
    size = {"cx": _units(drawn.width), "cy": _units(drawn.height)}
    named = {"id": str(number), "name": f"グラフ {number}"}
    frame = _element("wp:cNvGraphicFramePr", {}, _element("a:graphicFrameLocks", {"noChangeAspect": "1"}))
    data = _element("a:graphicData", {"uri": _NAMESPACES["pic"]}, _picture(size, named, relationship))
    return _element(
        "wp:inline",
        dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
        _element("wp:extent", size),
        _element("wp:docPr", {**named, "descr": picture.alt}),
        frame,
        _element("a:graphic", {}, data),
    )


def _picture(size: Mapping[str, str], named: Mapping[str, str], relationship: str) -> etree._Element:
    embedded = {f"{{{_NAMESPACES['r']}}}embed": relationship}
    position = _element("a:xfrm", {}, _element("a:off", {"x": "0", "y": "0"}), _element("a:ext", size))
    outline = _element("a:prstGeom", {"prst": "rect"}, _element("a:avLst"))
    return _element(
        "pic:pic",
        {},
        _element("pic:nvPicPr", {}, _element("pic:cNvPr", named), _element("pic:cNvPicPr")),
        _element(
            "pic:blipFill",
            {},
            _element("a:blip", embedded),
            _element("a:stretch", {}, _element("a:fillRect")),
        ),
        _element("pic:spPr", {}, position, outline),
    )


def _element(
    name: str, attributes: Mapping[str, str] | None = None, *children: etree._Element
) -> etree._Element:
    prefix, local = name.split(":")
    made = etree.Element(f"{{{_NAMESPACES[prefix]}}}{local}", dict(attributes or {}), _NAMESPACES)
    made.extend(children)
    return made


def _units(mm: float) -> str:
    return str(round(mm * _UNITS_PER_MM))
