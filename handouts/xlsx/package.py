"""The parts of a workbook that are read: its sheets in order, its table of texts, and of its styles a little. Nothing else is.

The library's own reader also loads properties, themes, styles, names and rules of formatting: a hundred times the memory
of a part that somebody made for it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from xml.etree.ElementTree import Element, XMLPullParser

from handouts.xlsx.notation import MAIN
from handouts.xlsx.opening import part_name
from handouts.xlsx.parts import PackageParts
from handouts.xlsx.styles import PARTS, Styles, styles_of
from handouts.xlsx.texts import RunText, text_of

_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHUNK = 4 * 1024**2  # with small ones the parser begins a long tag again and again


class StrictForm(Exception):
    """The workbook is in the form Strict Open XML."""


class NoWorkbook(Exception):
    """What stands in the archive is no workbook."""


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook: the name and part of each sheet, in order, its texts, and its styles.

    `runs` are the texts of which something is struck out, by their numbers. `since_1904` is how some Macs count days.
    """

    sheets: Sequence[tuple[str, str]]
    texts: Sequence[str]
    runs: Mapping[str, RunText]
    styles: Styles
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
    texts = tuple(_texts(parts, others["sharedStrings"])) if "sharedStrings" in others else ()
    return Package(
        tuple((name, part) for name, part in sheets if part in parts),
        tuple(one.text for one in texts),
        {str(number): one for number, one in enumerate(texts) if one.struck},
        _styles(parts, others["styles"]) if "styles" in others else Styles(),
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


def _texts(parts: PackageParts, part: str) -> Iterator[RunText]:
    with parts.open(part) as content:
        for one in elements(content, (f"{MAIN}si",)):
            yield text_of(one)


def _styles(parts: PackageParts, part: str) -> Styles:
    with parts.open(part) as content:
        return styles_of(elements(content, PARTS))
