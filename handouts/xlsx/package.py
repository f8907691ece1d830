"""The parts of a workbook that are read: its sheets in order, its table of texts, and of its styles a little. Nothing else is.

The library's own reader also loads properties, themes, styles, names and rules of formatting: a hundred times the memory
of a part that somebody made for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handouts.packages.parts import PackageParts
from handouts.packages.relations import elements, relations_of
from handouts.xlsx.notation import MAIN
from handouts.xlsx.styles import PARTS, Styles, styles_of
from handouts.xlsx.texts import RunText, text_of

_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


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
    workbook = next((part for kind, part in relations_of(parts, "").values() if kind == "officeDocument"), "")
    related = relations_of(parts, workbook)
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
