"""The parts of a workbook that are read: its sheets in order, its table of texts, its number formats. Nothing else is.

The library's own reader also loads properties, themes, styles, names and rules of formatting: a hundred times the memory
of a part that somebody made for it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from xml.etree.ElementTree import Element, XMLPullParser

from handouts.xlsx.opening import part_name
from handouts.xlsx.parts import PackageParts

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHUNK = 4 * 1024**2  # with small ones the parser begins a long tag again and again
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class StrictForm(Exception):
    """The workbook is in the form Strict Open XML."""


class NoWorkbook(Exception):
    """What stands in the archive is no workbook."""


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook: the name and part of each sheet, in order, its texts, and the number format of each style.

    `formats` are codes of formats, or the number of one that every Excel has. `since_1904` is how some Macs count days.
    """

    sheets: Sequence[tuple[str, str]]
    texts: Sequence[str]
    formats: Sequence[int | str]
    since_1904: bool


def read_package(parts: PackageParts) -> Package:
    """What `parts` have of a workbook; raises StrictForm, NoWorkbook, DataFaults, or anything where one is damaged."""
    workbook = next((part for kind, part in _relations(parts, "").values() if kind == "officeDocument"), "")
    related = _relations(parts, workbook)
    ids, since_1904 = _sheet_ids(parts, workbook)
    sheets = [
        (name, related[id_][1]) for name, id_ in ids if id_ in related and related[id_][0] != "chartsheet"
    ]
    # Read a hundred times, a part would be a hundred times as large.
    if len({part for _, part in sheets}) < len(sheets):
        raise NoWorkbook
    others = {kind: part for kind, part in related.values() if part in parts}
    return Package(
        tuple((name, part) for name, part in sheets if part in parts),
        tuple(_texts(parts, others["sharedStrings"])) if "sharedStrings" in others else (),
        _formats(parts, others["styles"]) if "styles" in others else (),
        since_1904,
    )


def elements(content: IO[bytes], tags: Collection[str]) -> Iterator[Element]:
    """The elements with these tags, each when it is complete; what was in them is gone when the next one comes."""
    parser: Any = XMLPullParser(("end",))
    is_open = True
    while is_open:
        if chunk := content.read(_CHUNK):
            parser.feed(chunk)
        else:
            parser.close()
            is_open = False
        for _, element in parser.read_events():
            if element.tag in tags:
                yield element
                element.clear()


def text_of(element: Element) -> str:
    """The text in an element, of all its runs, without the readings (ふりがな)."""
    runs = (part for part in element if part.tag in (f"{MAIN}t", f"{MAIN}r"))
    parts = (part if part.tag == f"{MAIN}t" else part.find(f"{MAIN}t") for part in runs)
    return unescaped("".join(part.text or "" for part in parts if part is not None))


def unescaped(text: str) -> str:
    """`text` with the characters that stand in it as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _relations(parts: PackageParts, part: str) -> Mapping[str, tuple[str, str]]:
    """What `part` refers to, the whole package where it is empty: by id the last word of the kind, and the part."""
    folder, name = posixpath.split(part)
    relations: dict[str, tuple[str, str]] = {}
    with parts.open(posixpath.join(folder, "_rels", f"{name}.rels")) as content:
        for one in elements(content, (_RELATION,)):
            target = posixpath.join("/", folder, part_name(one.get("Target", "")))
            if one.get("TargetMode") != "External":
                relations[one.get("Id", "")] = (
                    one.get("Type", "").rpartition("/")[2],
                    posixpath.normpath(target).lstrip("/"),
                )
    return relations


def _sheet_ids(parts: PackageParts, workbook: str) -> tuple[list[tuple[str, str]], bool]:
    """The name of each sheet with the id of its relation, and whether days count from 1904."""
    sheets: list[tuple[str, str]] = []
    since_1904 = False
    with parts.open(workbook) as content:
        for one in elements(content, (f"{MAIN}sheet", f"{MAIN}workbookPr", f"{_STRICT}workbook")):
            if one.tag == f"{_STRICT}workbook":
                raise StrictForm
            if one.tag == f"{MAIN}sheet":
                sheets.append((one.get("name", ""), one.get(_ID, "")))
            else:
                since_1904 = one.get("date1904") in ("1", "true")
    return sheets, since_1904


def _texts(parts: PackageParts, part: str) -> Iterator[str]:
    with parts.open(part) as content:
        for one in elements(content, (f"{MAIN}si",)):
            yield text_of(one)


def _formats(parts: PackageParts, part: str) -> Sequence[int | str]:
    """The number format of each style of cells."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    with parts.open(part) as content:
        for one in elements(content, (f"{MAIN}numFmts", f"{MAIN}cellXfs")):
            if one.tag == f"{MAIN}numFmts":
                own = {int(code.get("numFmtId", "0")): code.get("formatCode", "General") for code in one}
            else:
                numbers = [int(style.get("numFmtId", "0")) for style in one]
    return tuple(own.get(number, number) for number in numbers)
