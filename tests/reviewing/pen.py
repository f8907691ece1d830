"""Tracked changes in the XML of a Word file, as Word itself writes them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What stands in a run for one character.
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n"}


@dataclass(frozen=True, slots=True)
class Author:
    """Who reviews: the name that stands at each change, and the rsid of the session."""

    name: str
    rsid: str


@dataclass(slots=True)
class Pen:
    """Writes changes into the paragraphs of one document; each is of an author and has a date of its own."""

    numbers: count[int] = field(default_factory=lambda: count(9000))

    def mark(
        self, kind: str, author: Author, date: str, *content: etree._Element, **more: str
    ) -> etree._Element:
        """w:ins, w:del, w:moveFrom, …: `kind` with its number, author and date."""
        made = node(kind, id=str(next(self.numbers)), author=author.name, date=date, **more)
        made.extend(content)
        return made

    def replace(
        self, paragraph: etree._Element, start: int, end: int, text: str, author: Author, date: str
    ) -> None:
        """What stands at these offsets is deleted, and `text` inserted there; either may be nothing."""
        split_at(paragraph, start)
        split_at(paragraph, end)
        old = runs_between(paragraph, start, end)
        look = deepcopy(_look(old[0] if old else _run_before(paragraph, start)))
        at = self.delete_runs(old, author, date) if old else None
        if text:
            new = self.mark("ins", author, date, text_run(text, look, author))
            if at is None:
                _insert_at(paragraph, start, new)
            else:
                at.addnext(new)

    def delete_runs(
        self, runs: Sequence[etree._Element], author: Author, date: str, kind: str = "del"
    ) -> etree._Element:
        """Deletes runs, those next to each other in one mark; gives back the last mark."""
        last: etree._Element | None = None
        for run in runs:
            if last is None or run.getprevious() is not last:
                last = self.mark(kind, author, date)
                run.addprevious(last)
            last.append(run)
            if kind == "del":
                _strike(run, author)
        assert last is not None
        return last

    def mark_end(self, paragraph: etree._Element, kind: str, author: Author, date: str) -> None:
        """The mark at the end of a paragraph is inserted, deleted or moved."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = node("pPr")
            paragraph.insert(0, properties)
        look = properties.find(f"{W}rPr")
        if look is None:
            look = node("rPr")
            later = [one for one in properties if one.tag in (f"{W}sectPr", f"{W}pPrChange")]
            properties.insert(properties.index(later[0]) if later else len(properties), look)
        look.insert(0, self.mark(kind, author, date))

    def mark_row(self, row: etree._Element, kind: str, author: Author, date: str) -> None:
        """A row of a table is inserted or deleted as a whole."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = node("trPr")
            row.insert(1 if row[0].tag == f"{W}tblPrEx" else 0, properties)
        properties.append(self.mark(kind, author, date))


def node(tag: str, /, **attributes: str) -> etree._Element:
    """An element of WordprocessingML."""
    made = etree.Element(f"{W}{tag}", nsmap={"w": W[1:-1]})
    for key, value in attributes.items():
        made.set(f"{W}{key}", value)
    return made


def text_run(text: str, look: etree._Element | None, author: Author) -> etree._Element:
    """A run of new text that looks like this."""
    run = node("r", rsidR=author.rsid)
    if look is not None:
        run.append(look)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(node("br"))
        if line:
            said = node("t")
            said.text = line
            said.set(_SPACE, "preserve")
            run.append(said)
    return run


def standing_runs(paragraph: etree._Element) -> list[etree._Element]:
    """The runs that stand in a paragraph now: inserted ones too, deleted ones not."""
    return [
        run
        for run in paragraph.iter(f"{W}r")
        if not any(above.tag in (f"{W}del", f"{W}moveFrom") for above in run.iterancestors())
        and next(run.iterancestors(f"{W}p")) is paragraph
    ]


def text_of_run(run: etree._Element) -> str:
    """The characters of a run."""
    return "".join(_CHARACTERS.get(one.tag) or one.text or "" for one in run.iter(f"{W}t", *_CHARACTERS))


def text_of(paragraph: etree._Element) -> str:
    """What stands in a paragraph now."""
    return "".join(map(text_of_run, standing_runs(paragraph)))


def runs_between(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs with text between two offsets at which runs begin and end."""
    found, at = [], 0
    for run in standing_runs(paragraph):
        length = len(text_of_run(run))
        if start <= at and at + length <= end and length:
            found.append(run)
        at += length
    return found


def split_at(paragraph: etree._Element, offset: int) -> None:
    """A run ends at this offset of the text that stands now, if there is text at all."""
    at = 0
    for run in standing_runs(paragraph):
        text = text_of_run(run)
        if at < offset < at + len(text):
            _split_run(run, offset - at)
            return
        at += len(text)


def is_plain(run: etree._Element) -> bool:
    """Whether a run has nothing but text."""
    return all(one.tag in (f"{W}rPr", f"{W}t", *_CHARACTERS) for one in run)


def _split_run(run: etree._Element, offset: int) -> None:
    other = deepcopy(run)
    text = text_of_run(run)
    for one, said in ((run, text[:offset]), (other, text[offset:])):
        look = one.find(f"{W}rPr")
        for child in list(one):
            if child is not look:
                one.remove(child)
        for child in text_run(said, None, Author("", "")):
            one.append(child)
    run.addnext(other)


def _look(run: etree._Element | None) -> etree._Element | None:
    return None if run is None else run.find(f"{W}rPr")


def _run_before(paragraph: etree._Element, offset: int) -> etree._Element | None:
    """The run that ends at an offset, else the first one."""
    at = 0
    runs = standing_runs(paragraph)
    for run in runs:
        at += len(text_of_run(run))
        if at >= offset > 0:
            return run
    return runs[0] if runs else None


def _insert_at(paragraph: etree._Element, offset: int, new: etree._Element) -> None:
    before = _run_before(paragraph, offset) if offset else None
    if before is not None:
        _outermost(before, paragraph).addnext(new)
        return
    first = next((run for run in standing_runs(paragraph)), None)
    if first is not None:
        _outermost(first, paragraph).addprevious(new)
    else:
        paragraph.append(new)


def _outermost(run: etree._Element, paragraph: etree._Element) -> etree._Element:
    """The child of the paragraph in which a run stands."""
    while run.getparent() is not paragraph:
        run = run.getparent()
    return run


def _strike(run: etree._Element, author: Author) -> None:
    """The text of a run becomes deleted text."""
    run.set(f"{W}rsidDel", author.rsid)
    for said in run.iter(f"{W}t"):
        said.tag = f"{W}delText"
    for code in run.iter(f"{W}instrText"):
        code.tag = f"{W}delInstrText"
