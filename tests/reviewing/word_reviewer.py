"""A reviewer who works in Word with tracking on: edits chosen by chance, each written as Word writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from lxml import etree

from handouts.origin import Origin
from tests.reviewing.document import ReviewedDocument
from tests.reviewing.paragraph_edits import delete, insert, merge, move, split
from tests.reviewing.row_edits import delete_row, insert_row
from tests.reviewing.word_edits import comment, edit_cell, edit_figure, edit_mark, edit_words, rewrite

# Each says whether it found a place.
_WAYS: Sequence[Callable[[ReviewedDocument], bool]] = (
    partial(edit_words, count=1),
    partial(edit_words, count=2),
    partial(edit_words, count=2, adjacent=True),
    edit_figure,
    edit_cell,
    edit_mark,
    rewrite,
    delete,
    insert,
    split,
    merge,
    move,
    delete_row,
    insert_row,
    comment,
)
_ATTEMPTS = 30


def review_in_word(
    body: etree._Element, origin: Origin, seed: int, count: int, firm: Collection[str] = frozenset()
) -> ReviewedDocument:
    """The document with so many edits, fewer where chance finds no place for one; `firm` as for `ReviewedDocument`."""
    document = ReviewedDocument(body, origin, seed, firm)
    document.scatter_runs()
    for _ in range(count):
        way = document.random.choice(_WAYS)
        any(way(document) for _ in range(_ATTEMPTS))
    return document
