"""Words and figures of a paragraph that a reviewer changes in Word, and what he remarks on them."""

from __future__ import annotations

from tests.reviewing.document import Comment, ReviewedDocument, Spot, is_editable
from tests.reviewing.edits import EditKind
from tests.reviewing.pen import Author, node, standing_runs, text_run
from tests.reviewing.wording import (
    figures_in,
    label_of,
    new_sentence,
    new_word,
    other_figure,
    remark,
    words_in,
)

_MARKS = ("◎", "○", "△", "×")


def edit_words(document: ReviewedDocument, count: int, adjacent: bool = False) -> bool:
    """As many words of one paragraph in other words, put in or deleted, from the last to the first."""
    spot = document.free(lambda one: len(words_in(one.text)) > count and is_editable(one.paragraph))
    if spot is None:
        return False
    words = words_in(spot.text)
    first = document.random.randrange(len(words) - count + 1)
    chosen = words[first : first + count] if adjacent else sorted(document.random.sample(words, count))
    if adjacent:  # nothing stands between them
        chosen = [(chosen[0][0], chosen[1][0]), chosen[1]]
    author = document.author()
    for start, end in reversed(chosen):
        _edit_word(document, spot, start, end, author)
        author = document.author() if adjacent else author
    document.take(spot)
    return True


def _edit_word(document: ReviewedDocument, spot: Spot, start: int, end: int, author: Author) -> None:
    old, text = spot.text[start:end], new_word(document.random)
    kind: EditKind = document.random.choice(["word-replaced", "word-inserted", "word-deleted"])
    if kind == "word-inserted":
        start = end
        old = ""
    elif kind == "word-deleted":
        text = ""
    date = document.note(kind, spot, old, text, author)
    document.pen.replace(spot.paragraph, start, end, text, author, date)


def edit_figure(document: ReviewedDocument) -> bool:
    """Another figure in a text."""
    spot = document.free(lambda one: bool(figures_in(one.text)) and is_editable(one.paragraph))
    return spot is not None and _write_figure(document, spot)


def edit_cell(document: ReviewedDocument) -> bool:
    """Another figure in the cell of a month or an amount."""
    spot = document.free(lambda one: one.is_figure and bool(figures_in(one.text)), anywhere=True)
    return spot is not None and _write_figure(document, spot)


def _write_figure(document: ReviewedDocument, spot: Spot) -> bool:
    start, end = document.random.choice(figures_in(spot.text))
    old, author = spot.text[start:end], document.author()
    new = other_figure(document.random, old)
    date = document.note("figure-replaced", spot, old, new, author)
    if document.random.random() < 0.5 and len(old) > 1:  # only the digits that change
        while old[-1] == new[-1]:
            old, new, end = old[:-1], new[:-1], end - 1
        while old[0] == new[0]:
            old, new, start = old[1:], new[1:], start + 1
    document.pen.replace(spot.paragraph, start, end, new, author, date)
    document.take(spot)
    return True


def edit_mark(document: ReviewedDocument) -> bool:
    """Another mark in the place of one: ○ for △."""
    spot = document.free(lambda one: one.text in _MARKS and is_editable(one.paragraph), anywhere=True)
    if spot is None:
        return False
    new, author = document.random.choice([mark for mark in _MARKS if mark != spot.text]), document.author()
    date = document.note("mark-replaced", spot, spot.text, new, author)
    document.pen.replace(spot.paragraph, 0, len(spot.text), new, author, date)
    document.take(spot)
    return True


def rewrite(document: ReviewedDocument) -> bool:
    """All words of a paragraph are others; they stand behind the bookmark's end, as Word leaves it."""
    spot = document.free(lambda one: len(one.text) > 8 and not one.is_heading and is_editable(one.paragraph))
    if spot is None:
        return False
    label = label_of(spot.text)
    start = len(label) if document.random.random() < 0.5 else 0
    author, text = document.author(), new_sentence(document.random)
    new = text if start else label + text
    date = document.note("paragraph-rewritten", spot, spot.text, label + text, author)
    document.pen.replace(spot.paragraph, start, len(spot.text), "", author, date)
    spot.paragraph.append(document.pen.mark("ins", author, date, text_run(new, None, author)))
    document.take(spot)
    return True


def comment(document: ReviewedDocument) -> bool:
    """A remark on some runs of a paragraph."""
    spot = document.free(lambda one: bool(one.text) and bool(standing_runs(one.paragraph)))
    if spot is None:
        return False
    runs, author = standing_runs(spot.paragraph), document.author()
    first = document.random.randrange(len(runs))
    last = document.random.randrange(first, len(runs))
    document.note("comment", spot, "", remark(document.random), author)
    number = next(document.pen.numbers)
    runs[first].addprevious(node("commentRangeStart", id=str(number)))
    end = node("commentRangeEnd", id=str(number))
    runs[last].addnext(end)
    reference = node("r")
    reference.append(node("commentReference", id=str(number)))
    end.addnext(reference)
    document.comments.append(Comment(number, document.edits[-1]))
    return True
