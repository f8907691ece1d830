"""The Word file as its XML says it: what stands in each half of its tables, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SUBTOTALS = ("小計", "増減")


@dataclass(slots=True)
class WordHalf:
    """One year's half: its pillars, the paragraphs of its plan, its rows of initiative and amount, its sums."""

    pillars: list[str] = field(default_factory=list)
    plan: list[str] = field(default_factory=list)
    budget: list[tuple[str, str]] = field(default_factory=list)
    sums: list[tuple[str, str]] = field(default_factory=list)


def word_part(docx: bytes) -> etree._Element:
    """The root of word/document.xml."""
    with ZipFile(BytesIO(docx)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def text_of(found: etree._Element) -> str:
    """All characters of an element, in order."""
    return "".join(part.text or "" for part in found.iter(f"{W}t"))


def read_halves(docx: bytes, count: int = 2) -> tuple[WordHalf, ...]:
    """The halves of a 資料2-1, this year's first."""
    halves = tuple(WordHalf() for _ in range(count))
    for table in word_part(docx).findall(f"{W}body/{W}tbl"):
        for row in table.findall(f"{W}tr"):
            _read_row(row, halves)
    return halves


def _read_row(row: etree._Element, halves: tuple[WordHalf, ...]) -> None:
    cells = row.findall(f"{W}tc")
    if row.find(f"{W}trPr/{W}tblHeader") is not None:
        if len(cells) == len(halves) and not row.findall(f".//{W}pStyle[@{W}val='head']"):
            for half, cell in zip(halves, cells, strict=True):
                half.pillars += _paragraphs(cell)
        return
    for half, first, second in zip(halves, cells[::2], cells[1::2], strict=True):
        _read_cells(half, first, second)


def _read_cells(half: WordHalf, first: etree._Element, second: etree._Element) -> None:
    width = first.find(f"{W}tcPr/{W}gridSpan")
    if width is not None:
        half.sums.append((text_of(first), text_of(second)))
        return
    half.plan += _paragraphs(first)
    for row in second.iter(f"{W}tr"):
        name, amount = (text_of(cell) for cell in row.findall(f"{W}tc"))
        if name not in _SUBTOTALS:
            half.budget.append((name, amount))


def _paragraphs(cell: etree._Element) -> Iterator[str]:
    """The paragraphs of a cell that say something; Word wants one even where there is nothing to say."""
    return (text for paragraph in cell.findall(f"{W}p") if (text := text_of(paragraph)))
