"""Rows of initiatives that a reviewer deletes and puts in in Word."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tests.reviewing.document import ReviewedDocument, Spot
from tests.reviewing.pen import W, standing_runs, text_run


def _row_spot(document: ReviewedDocument) -> Spot | None:
    return document.free(
        lambda one: (
            one.entry.role == "own"
            and one.entry.ref.startswith("budget:")
            and one.entry.ref.endswith(".name")
            and _is_initiative(document, one.paragraph.getparent().getparent())
        ),
        anywhere=True,
    )


def _is_initiative(document: ReviewedDocument, row: etree._Element) -> bool:
    """Whether a row says of an initiative and its figures, and of nothing else."""
    spots = [document.by_element.get(paragraph) for paragraph in row.iter(f"{W}p")]
    return row.tag == f"{W}tr" and all(
        one is not None and one.entry.ref.startswith("budget:") for one in spots
    )


def delete_row(document: ReviewedDocument) -> bool:
    """The row of an initiative."""
    spot = _row_spot(document)
    if spot is None:
        return False
    row, author = spot.paragraph.getparent().getparent(), document.author()
    if any(paragraph in document.taken for paragraph in row.iter(f"{W}p")):
        return False
    date = document.note("row-deleted", spot, spot.text, "", author)
    for paragraph in row.iter(f"{W}p"):
        if runs := standing_runs(paragraph):
            document.pen.delete_runs(runs, author, date)
        document.pen.mark_end(paragraph, "del", author, date)
        document.taken.add(paragraph)
    document.pen.mark_row(row, "del", author, date)
    return True


def insert_row(document: ReviewedDocument) -> bool:
    """A new initiative with an amount in thousands of yen, behind another one."""
    spot = _row_spot(document)
    if spot is None:
        return False
    row, author = spot.paragraph.getparent().getparent(), document.author()
    if any(paragraph in document.taken for paragraph in row.iter(f"{W}p")):
        return False
    new = deepcopy(row)
    texts = [
        f"新しい取組（案{document.random.randrange(100, 1000)}）",
        f"{document.random.randrange(100, 900)}千円",
    ]
    cells = list(new.iter(f"{W}p"))
    if len(cells) != len(texts):
        return False
    date = document.note("row-inserted", spot, "", "".join(texts), author)
    for paragraph, text in zip(cells, texts, strict=True):
        for child in list(paragraph):
            if child.tag != f"{W}pPr":
                paragraph.remove(child)
        paragraph.append(document.pen.mark("ins", author, date, text_run(text, None, author)))
        document.pen.mark_end(paragraph, "ins", author, date)
    document.pen.mark_row(new, "ins", author, date)
    row.addnext(new)
    document.taken |= set(row.iter(f"{W}p"))
    return True
