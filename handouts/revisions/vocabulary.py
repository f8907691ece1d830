"""The names of WordprocessingML that a reader of text and revisions has to know, in both namespaces that Word writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from handouts.revisions.model import MarkKind, StoryKind

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",  # the form Strict Open XML
)
_SYMBOLS = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"  # characters that old programs lack
# Of these, only what has text or text boxes in it is told apart.
_KNOWN = (
    *_WORD,
    _SYMBOLS,
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}",
)

MARKS: dict[str, MarkKind] = {
    "ins": "inserted",
    "del": "deleted",
    "moveFrom": "moved-from",
    "moveTo": "moved-to",
    "conflictIns": "inserted",
    "conflictDel": "deleted",
}
CELL_MARKS: dict[str, MarkKind] = {"cellIns": "inserted", "cellDel": "deleted", "cellMerge": "merged"}
MOVE_RANGES: dict[str, MarkKind] = {"moveFromRange": "moved-from", "moveToRange": "moved-to"}
PROPERTIES = frozenset(
    {
        "rPrChange",
        "pPrChange",
        "numberingChange",
        "tblPrChange",
        "sectPrChange",
        "tcPrChange",
        "trPrChange",
        "tblGridChange",
        "tblPrExChange",
    }
)
"""Changes of properties; what stands in them is what was there before."""
CONTROLS = frozenset(
    {
        "customXmlInsRangeStart",
        "customXmlDelRangeStart",
        "customXmlMoveFromRangeStart",
        "customXmlMoveToRangeStart",
    }
)
"""Content controls put around text or taken away from around it, which leaves the text as it is."""
STYLES = frozenset(f"{space}style" for space in _WORD)
STORIES: dict[str, StoryKind] = {
    "body": "body",
    "hdr": "header",
    "ftr": "footer",
    "footnote": "footnote",
    "endnote": "endnote",
    "comment": "comment",
    "txbxContent": "text-box",
}
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
OBJECTS = frozenset({"drawing", "pict", "object"})
TEXTS = frozenset({"t", "delText"})
CODES = frozenset({"instrText", "delInstrText"})
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "\u00ad"}
SKIPPED = frozenset({"sdtPr", "sdtEndPr", "rt", "rubyPr"})
"""What holds no text of the document: settings of content controls, and the readings over words (ふりがな)."""


_Part = TypeVar("_Part")
Beginning: TypeAlias = Callable[[_Part, str, dict[str, str]], None]
"""What the beginning of an element does to an open part, by its local name and attributes."""


class LocalNames(dict[str, str]):
    """The local name of each tag of these namespaces; empty for tags of others."""

    def __missing__(self, tag: str) -> str:
        space, _, local = tag.rpartition("}")
        known = space + "}" in _KNOWN or (space + "}" == W14 and local.startswith("conflict"))
        self[tag] = local if known else ""
        return self[tag]


class Attributes(dict[str, str]):
    """The attributes of an element of Word by their local names."""

    def __init__(self, attributes: dict[str, str]) -> None:
        super().__init__((name.rpartition("}")[2], value) for name, value in attributes.items())
