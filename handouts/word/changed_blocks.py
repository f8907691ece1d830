"""Two Word files of one handout made one: accepting all changes gives the new one, rejecting all the old one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from io import BytesIO
from itertools import pairwise
from typing import Literal

import docx
from lxml import etree

from handouts.word.changed_runs import ChangeMarks, as_one_sided, mark_end, merge_paragraphs, text_of
from handouts.word.ooxml import element, w
from handouts.word.package import rezip

_ALIKE = 0.4  # how much of two blocks is the same where one became the other

# What became of a block: it is in both files, or in one.
_Standing = Literal["", "ins", "del"]


@dataclass(slots=True)
class _Block:
    element: etree._Element
    standing: _Standing


def with_changes_since(old: bytes, new: bytes, author: str, when: datetime) -> bytes:
    """The new Word file in which all that it says otherwise than the old one stands as a change of `author`.

    Texts are compared; pictures and formats are those of the new file.
    """
    before, after = docx.Document(BytesIO(old)), docx.Document(BytesIO(new))
    marks = ChangeMarks(author, when.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _merge_content(before.element.body, after.element.body, marks)
    buffer = BytesIO()
    after.save(buffer)
    return rezip(buffer.getvalue())


def _merge_content(old: etree._Element, new: etree._Element, marks: ChangeMarks) -> None:
    """Makes the content of a cell or body one."""
    olds, news = ([child for child in each if child.tag in (w("p"), w("tbl"))] for each in (old, new))
    blocks = list(_merged(olds, news, marks))
    _mark(_with_whole_end(blocks, marks), marks)
    rest = [child for child in new if child.tag not in (w("p"), w("tbl"))]
    at = sum(1 for child in rest if child.tag == w("tcPr"))
    for child in list(new):
        new.remove(child)
    new.extend([*rest[:at], *(block.element for block in blocks), *rest[at:]])


def _merged(
    olds: Sequence[etree._Element], news: Sequence[etree._Element], marks: ChangeMarks
) -> Iterator[_Block]:
    for old, new in paired(olds, news):
        if old is None:
            assert new is not None
            yield _Block(new, "ins")
        elif new is None:
            yield _Block(deepcopy(old), "del")
        else:
            _merge_blocks(old, new, marks)
            yield _Block(new, "")


def _merge_blocks(old: etree._Element, new: etree._Element, marks: ChangeMarks) -> None:
    if text_of(old) == text_of(new):
        return
    if new.tag == w("p"):
        merge_paragraphs(old, new, marks)
    else:
        _merge_tables(old, new, marks)


def paired(
    olds: Sequence[etree._Element], news: Sequence[etree._Element]
) -> list[tuple[etree._Element | None, etree._Element | None]]:
    """The blocks or rows in order, each with what it was; those that are the same first, then those that are alike."""
    keys = [[(*_shape(one), text_of(one)) for one in each] for each in (olds, news)]
    steps = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    found: list[tuple[etree._Element | None, etree._Element | None]] = []
    for step, at, to, start, end in steps:
        if step == "equal":
            found += zip(olds[at:to], news[start:end], strict=True)
        else:
            found += _alike(olds[at:to], news[start:end])
    return found


def _alike(
    olds: Sequence[etree._Element], news: Sequence[etree._Element]
) -> list[tuple[etree._Element | None, etree._Element | None]]:
    """The pairs in order that have most in common; what has no partner stands alone, the old before the new."""
    likeness = [[_likeness(old, new) for new in news] for old in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in range(len(olds) - 1, -1, -1):
        for j in range(len(news) - 1, -1, -1):
            both = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found: list[tuple[etree._Element | None, etree._Element | None]] = []
    i = j = 0
    while i < len(olds) and j < len(news):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            found.append((olds[i], news[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((olds[i], None))
            i += 1
        else:
            found.append((None, news[j]))
            j += 1
    return [*found, *((old, None) for old in olds[i:]), *((None, new) for new in news[j:])]


def _likeness(old: etree._Element, new: etree._Element) -> float:
    """How much of two blocks is the same; 0 where one cannot have become the other."""
    if _shape(old) != _shape(new):
        return 0.0
    # A head and a table of the same shape go on, whatever they say.
    least = 0.01 if old.tag == w("tbl") or _is_head(old) else 0.0
    matcher = SequenceMatcher(None, text_of(old), text_of(new), autojunk=False)
    if matcher.quick_ratio() < _ALIKE:
        return least
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else least


def _is_head(row: etree._Element) -> bool:
    return row.tag == w("tr") and row.find(f"{w('trPr')}/{w('tblHeader')}") is not None


def _shape(block: etree._Element) -> tuple[object, ...]:
    """What two blocks must have in common: a table its columns, a row its cells, a paragraph the end of a section."""
    if block.tag == w("tbl"):
        return ("tbl", len(block.findall(f"{w('tblGrid')}/{w('gridCol')}")))
    if block.tag == w("tr"):
        spans = (cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in block.findall(w("tc")))
        return ("tr", _is_head(block), *(1 if span is None else span.get(w("val")) for span in spans))
    return ("p", block.find(f"{w('pPr')}/{w('sectPr')}") is not None)


def _merge_tables(old: etree._Element, new: etree._Element, marks: ChangeMarks) -> None:
    rows = list[etree._Element]()
    for before, after in paired(old.findall(w("tr")), new.findall(w("tr"))):
        if before is not None and after is not None:
            for cells in zip(before.findall(w("tc")), after.findall(w("tc")), strict=True):
                _merge_content(*cells, marks)
            rows.append(after)
        else:
            row = after if after is not None else deepcopy(before)
            assert row is not None
            _mark_row(row, "del" if after is None else "ins", marks)
            rows.append(row)
    for row in new.findall(w("tr")):
        new.remove(row)
    new.extend(rows)


def _mark_row(row: etree._Element, standing: _Standing, marks: ChangeMarks) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = element("trPr")
        row.insert(0, properties)
    if not len(properties):
        properties.append(element("cantSplit", val="off"))  # the schema wants something beside the mark
    properties.append(marks.mark(standing))
    for cell in row.findall(w("tc")):
        for block in cell:
            if block.tag in (w("p"), w("tbl")):
                _mark_block(block, standing, marks)


def _mark_block(block: etree._Element, standing: _Standing, marks: ChangeMarks) -> None:
    if block.tag == w("p"):
        as_one_sided(block, standing, marks)
        mark_end(block, standing, marks)
    else:
        for row in block.findall(w("tr")):
            _mark_row(row, standing, marks)


def _with_whole_end(blocks: list[_Block], marks: ChangeMarks) -> list[_Block]:
    """The blocks, the last of which has an end that is in both files, as the end of every cell is."""
    last = next((at for at in range(len(blocks), 0, -1) if not blocks[at - 1].standing), 0)
    tail = blocks[last:]
    gone, added = ([one for one in tail if one.standing == kind] for kind in ("del", "ins"))
    if gone and added:  # both end with a paragraph, one of which becomes the other
        merge_paragraphs(gone[-1].element, added[-1].element, marks)
        blocks.remove(gone[-1])
        blocks.remove(added[-1])
        blocks.append(_Block(added[-1].element, ""))
    return blocks


def _mark(blocks: Sequence[_Block], marks: ChangeMarks) -> None:
    """Marks what is in one file; of paragraphs at the end the end before each is marked, since the last is no one's."""
    last = next((at for at in range(len(blocks), 0, -1) if not blocks[at - 1].standing), 0)
    for block in blocks[:last]:
        if block.standing:
            _mark_block(block.element, block.standing, marks)
    tail = blocks[last:]
    for block in tail:
        if block.element.tag == w("p"):
            as_one_sided(block.element, block.standing, marks)
        else:
            _mark_block(block.element, block.standing, marks)
    ends = [*blocks[max(last - 1, 0) : last], *tail] if tail else []
    for block, after in pairwise(ends):
        if block.element.tag == w("p"):
            mark_end(block.element, after.standing, marks)
