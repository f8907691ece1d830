"""Paragraphs of two Word files made one: what only one of them says stands as inserted or deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count, groupby

from lxml import etree

from handouts.word.ooxml import element, text_element, w

_FIRST_ID = 1_000_000  # above those of the bookmarks
_SIMPLE = {w(name) for name in ("pPr", "r", "bookmarkStart", "bookmarkEnd")}
_IN_SIMPLE_RUN = {w(name) for name in ("rPr", "t", "br", "tab")}
_PARTED = {w("p"): "\v", w("tc"): "\f", w("tr"): "\x1e"}
_LEAST_SAME = 2  # so many characters in a row are worth to stand between two edits


class ChangeMarks:
    """Who made the changes and when; every mark that is made has an id of its own."""

    def __init__(self, author: str, date: str) -> None:
        self._author, self._date = author, date
        self._ids = count(_FIRST_ID)

    def mark(self, name: str, *children: etree._Element) -> etree._Element:
        """A w:ins or w:del with these children."""
        return element(name, *children, id=next(self._ids), author=self._author, date=self._date)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character as its run has it; `tag` is that of what stands for it."""

    text: str
    tag: str
    properties: etree._Element | None

    @property
    def look(self) -> bytes:
        return b"" if self.properties is None else etree.tostring(self.properties)


def text_of(block: etree._Element) -> str:
    """What a paragraph, row or table says; paragraphs, line breaks, cells and rows are parted."""
    if block.tag == w("t"):
        return block.text or ""
    if block.tag in (w("br"), w("tab")):
        return "\n"
    inner = "".join(text_of(child) for child in block)
    return inner + _PARTED.get(block.tag, "")


def as_one_sided(paragraph: etree._Element, name: str, marks: ChangeMarks) -> None:
    """Makes all that a paragraph says inserted or deleted, but for its end; deleted pictures and bookmarks go."""
    if name == "del":
        for tag in ("bookmarkStart", "bookmarkEnd", "drawing", "sectPr"):
            for found in list(paragraph.iter(w(tag))):
                found.getparent().remove(found)  # type: ignore[union-attr]
    for holder in (*paragraph.iter(w("hyperlink")), paragraph):
        _wrap_runs(holder, name, marks)


def mark_end(paragraph: etree._Element, name: str, marks: ChangeMarks) -> None:
    """Makes the end of a paragraph inserted or deleted."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    run = properties.find(w("rPr"))
    if run is None:
        run = element("rPr")
        before = [child for child in properties if child.tag in (w("sectPr"), w("pPrChange"))]
        properties.insert(len(properties) - len(before), run)
    run.insert(0, marks.mark(name))


def _wrap_runs(holder: etree._Element, name: str, marks: ChangeMarks) -> None:
    children = list(holder)
    for child in children:
        holder.remove(child)
    for is_run, members in groupby(children, key=lambda child: child.tag == w("r")):
        found = list(members)
        if is_run:
            holder.append(marks.mark(name, *found))
        else:
            holder.extend(found)
    if name == "del":
        for old, new in (("t", "delText"), ("instrText", "delInstrText")):
            for text in holder.iter(w(old)):
                text.tag = w(new)


def merge_paragraphs(old: etree._Element, new: etree._Element, marks: ChangeMarks) -> None:
    """Puts into the new paragraph what it says no more, and marks what it did not say."""
    if text_of(old) == text_of(new):
        return
    if _is_simple(old) and _is_simple(new):
        _merge_letters(old, new, marks)
        return
    gone = deepcopy(old)
    as_one_sided(gone, "del", marks)
    as_one_sided(new, "ins", marks)
    at = 1 if new.find(w("pPr")) is not None else 0
    new[at:at] = [child for child in gone if child.tag != w("pPr")]


def _is_simple(paragraph: etree._Element) -> bool:
    return all(child.tag in _SIMPLE for child in paragraph) and all(
        part.tag in _IN_SIMPLE_RUN for run in paragraph.iter(w("r")) for part in run
    )


def _merge_letters(old: etree._Element, new: etree._Element, marks: ChangeMarks) -> None:
    olds, news = list(_letters(old)), list(_letters(new))
    merged: list[etree._Element] = []
    for start, end, begin, stop, is_same in _steps(olds, news):
        if is_same:
            merged += _runs(news[begin:stop], "t")
            continue
        if gone := _runs(olds[start:end], "delText"):
            merged.append(marks.mark("del", *gone))
        if added := _runs(news[begin:stop], "t"):
            merged.append(marks.mark("ins", *added))
    first = next((at for at, child in enumerate(new) if child.tag == w("r")), len(new))
    for run in new.findall(w("r")):
        new.remove(run)
    last = sum(1 for child in new if child.tag != w("bookmarkEnd"))
    at = min(first, last)
    new[at:at] = merged


def _letters(paragraph: etree._Element) -> Iterator[_Letter]:
    for run in paragraph.iter(w("r")):
        properties = run.find(w("rPr"))
        for part in run:
            if part.tag == w("t"):
                yield from (_Letter(letter, part.tag, properties) for letter in part.text or "")
            elif part.tag != w("rPr"):
                yield _Letter("\n", part.tag, properties)


def _steps(olds: Sequence[_Letter], news: Sequence[_Letter]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Places in both texts, one behind the other, and whether they are the same there."""
    texts = [[(letter.text, letter.tag) for letter in each] for each in (olds, news)]
    blocks = SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_matching_blocks()
    start = begin = 0
    for at, place, size in blocks:
        is_inner = at > 0 and place > 0 and size and at + size < len(olds) and place + size < len(news)
        if is_inner and size < _LEAST_SAME:
            continue
        if start < at or begin < place:
            yield start, at, begin, place, False
        if size:
            yield at, at + size, place, place + size, True
        start, begin = at + size, place + size


def _runs(letters: Sequence[_Letter], text: str) -> list[etree._Element]:
    """Runs with these characters, neighbours of one look together."""
    runs: list[etree._Element] = []
    for _, members in groupby(letters, key=lambda letter: letter.look):
        found = list(members)
        properties = found[0].properties
        run = element("r", None if properties is None else deepcopy(properties))
        for tag, same in groupby(found, key=lambda letter: letter.tag):
            words = "".join(letter.text for letter in same)
            run.extend(
                [text_element(words, text)] if tag == w("t") else [etree.SubElement(run, tag) for _ in words]
            )
        runs.append(run)
    return runs
