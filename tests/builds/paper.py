"""The PDF as poppler sees it: words with their places, in the columns of the table."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, zip_longest
from typing import Literal

from lxml import etree

from handouts.look.values import Look

MM = 72 / 25.4
HALF = ("plan", "initiative", "amount")
_SAME_LINE = 2.0  # points between the tops of two words in one line
_XHTML = "{http://www.w3.org/1999/xhtml}"
_HEAD_ROWS = ("事業計画保険者機能強化予算", "取組予算")
_SUMS = ("分野の計", "予算の合計")
_SUBTOTALS = ("小計", "増減")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a blank between them, in points from the top left of their page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column; `text` has no blanks."""

    page: int
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class PageBox:
    """Width and height in points."""

    width: float
    height: float


def read_words(pdf: bytes) -> tuple[tuple[PageBox, ...], tuple[Word, ...]]:
    """The pages and all words of a PDF."""
    command = ["pdftotext", "-bbox-layout", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    pages = etree.fromstring(found).findall(f".//{_XHTML}page")
    boxes = tuple(PageBox(float(page.get("width")), float(page.get("height"))) for page in pages)
    return boxes, tuple(
        _word(number, word) for number, page in enumerate(pages, 1) for word in page.iter(f"{_XHTML}word")
    )


def _word(page: int, word: etree._Element) -> Word:
    left, top, right, bottom = (float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax"))
    return Word(page, left, top, right, bottom, word.text or "")


@dataclass(frozen=True, slots=True)
class Band:
    """What stands at one height of a table, from one edge of the page to the other."""

    kind: Literal["other", "pillar", "sum", "body"]
    text: str
    page: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A printed 資料2-1 with pillars: what stands in each column of its tables, heads and sums apart.

    `years` are the heads of the halves, this year's first.
    """

    pages: tuple[PageBox, ...]
    words: tuple[Word, ...]
    look: Look
    years: tuple[str, ...]

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Left edges of the columns in points, and the right edge of the last."""
        names = HALF * 2 if len(self.years) == 2 else [f"{name}-alone" for name in HALF]
        widths = [self.look.columns[name] for name in names]
        return tuple(mm * MM for mm in accumulate(widths, initial=self.look.page.margin_left))

    @cached_property
    def _bands(self) -> tuple[Band, ...]:
        """The tables from top to bottom: pillars in heads, rows of sums, lines of the body, and what is above a head."""
        return tuple(band for number in range(2, len(self.pages) + 1) for band in self._bands_of(number))

    def _bands_of(self, number: int) -> Iterator[Band]:
        foot = self.pages[number - 1].height - self.look.page.margin_bottom * MM
        rows = _rows(word for word in self.words if word.page == number and word.top < foot)
        is_table = False
        for words in rows:
            text = _joined(words)
            if text == "".join(self.years):
                is_table = True
                assert [_joined(next(rows)) for _ in _HEAD_ROWS] == [
                    row * len(self.years) for row in _HEAD_ROWS
                ]
                yield Band("pillar", _joined(next(rows)), number)
            elif text.startswith(_SUMS):
                yield Band("sum", text, number)
            else:
                yield Band("body" if is_table else "other", text, number, tuple(words))

    @cached_property
    def body(self) -> tuple[Word, ...]:
        """The words of the tables without heads and rows of sums."""
        return tuple(word for band in self._bands if band.kind == "body" for word in band.words)

    @property
    def sums(self) -> tuple[str, ...]:
        """The rows of sums under pillars and under all, both halves in one text."""
        return tuple(band.text for band in self._bands if band.kind == "sum")

    @property
    def pillars(self) -> tuple[str, ...]:
        """The pillar rows, both halves in one text; those of a table that goes on over a page once."""
        return tuple(text for text, _ in groupby(band.text for band in self._bands if band.kind == "pillar"))

    @property
    def first_bands(self) -> tuple[str, ...]:
        """What kind of band comes first on each page after the cover."""
        return tuple(next(bands).kind for _, bands in groupby(self._bands, key=lambda band: band.page))

    @property
    def heads_alone(self) -> tuple[str, ...]:
        """The pillars whose head has nothing beneath it on its page."""
        return tuple(
            band.text
            for band, below in zip_longest(self._bands, self._bands[1:])
            if band.kind == "pillar" and (below is None or below.kind == "pillar" or below.page > band.page)
        )

    def column(self, number: int) -> tuple[Line, ...]:
        """The lines of a column from top to bottom, through all pages."""
        left, right = self.edges[number : number + 2]
        inside = [word for word in self.body if left <= (word.left + word.right) / 2 < right]
        return tuple(_line(row) for row in _rows(inside))

    def plan(self, half: int) -> tuple[Line, ...]:
        """The lines of the plan of one year."""
        return self.column(3 * half)

    def budget(self, half: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The lines of the names of initiatives and those of their amounts, without subtotals."""
        names, amounts = self.column(3 * half + 1), self.column(3 * half + 2)
        left_out = {(line.page, line.top) for line in names if line.text in _SUBTOTALS}
        return tuple(line for line in names if (line.page, line.top) not in left_out), tuple(
            line for line in amounts if not any(_is_beside(line, *place) for place in left_out)
        )

    def amounts_beside(self, half: int, names: Iterable[str]) -> list[tuple[str, str]]:
        """Each of `names` with the amount at the height of its first line; what is left over comes behind.

        A name that does not stand there in full, on one page, comes as far as it does.
        """
        lines, amounts = self.budget(half)
        rows, rest = [], list(lines)
        for name in names:
            first, text = rest[0], ""
            while rest and len(text) < len(blankless(name)) and rest[0].page == first.page:
                text += rest.pop(0).text
            beside = [amount for amount in amounts if _is_beside(amount, first.page, first.top)]
            amounts = tuple(amount for amount in amounts if amount not in beside)
            rows.append((name if text == blankless(name) else text, "".join(each.text for each in beside)))
        return [*rows, *((line.text, "") for line in rest), *(("", amount.text) for amount in amounts)]


def _is_beside(line: Line, page: int, top: float) -> bool:
    return line.page == page and abs(line.top - top) < _SAME_LINE


def _rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    row: list[Word] = []
    for word in sorted(words, key=lambda word: (word.page, word.top)):
        if row and (word.page != row[0].page or word.top - row[0].top > _SAME_LINE):
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _line(row: Sequence[Word]) -> Line:
    return Line(row[0].page, row[0].top, _joined(row))


def _joined(row: Iterable[Word]) -> str:
    return blankless("".join(word.text for word in sorted(row, key=lambda word: word.left)))


def blankless(text: str) -> str:
    """`text` without blanks, which poppler does not keep."""
    return "".join(text.split())
