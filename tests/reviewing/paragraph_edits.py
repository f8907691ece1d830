"""Paragraphs that a reviewer deletes, puts in, splits, joins and moves in Word."""

from __future__ import annotations

from copy import deepcopy

from tests.reviewing.document import ReviewedDocument, Spot, is_editable, next_paragraph, put_first, split_off
from tests.reviewing.pen import W, node, standing_runs, text_run
from tests.reviewing.wording import label_of, new_sentence, next_label, words_in


def delete(document: ReviewedDocument) -> bool:
    """A paragraph with its mark; the last one of a cell keeps its mark, or takes that of the one before it."""
    spot = document.free(lambda one: not one.is_heading and is_editable(one.paragraph) and bool(one.text))
    if spot is None or not document.alone(spot) or document.stays(spot):
        return False
    author, paragraph = document.author(), spot.paragraph
    before = paragraph.getprevious()
    is_last = next_paragraph(paragraph) is None
    date = document.note("paragraph-deleted", spot, spot.text, "", author)
    document.pen.delete_runs(standing_runs(paragraph), author, date)
    if not is_last:
        document.pen.mark_end(paragraph, "del", author, date)
    elif before is not None and before.tag == f"{W}p" and document.random.random() < 0.5:
        document.pen.mark_end(before, "del", author, date)
    document.take_around(spot)
    return True


def insert(document: ReviewedDocument) -> bool:
    """A new paragraph behind another one: with the next label of its kind, a bullet, or plain."""
    spot = document.free(lambda one: not one.is_heading and bool(one.text))
    if spot is None or not document.alone(spot):
        return False
    label = document.random.choice([next_label(label_of(spot.text)), "・", ""])
    text, author = label + new_sentence(document.random), document.author()
    date = document.note("paragraph-inserted", spot, "", text, author)
    new = node("p", rsidR=author.rsid)
    properties = spot.paragraph.find(f"{W}pPr")
    if properties is not None:
        new.append(deepcopy(properties))
    new.append(document.pen.mark("ins", author, date, text_run(text, None, author)))
    # Enter at the end of a paragraph puts the new mark there; typing before the next one puts it to the new text.
    at_end = document.random.random() < 0.5
    document.pen.mark_end(spot.paragraph if at_end else new, "ins", author, date)
    spot.paragraph.addnext(new)
    document.take_around(spot)
    return True


def split(document: ReviewedDocument) -> bool:
    """A paragraph ends before one of its words, and the next one may begin with a bullet."""
    spot = document.free(
        lambda one: len(words_in(one.text)) > 2 and not one.is_heading and is_editable(one.paragraph)
    )
    if spot is None or not document.alone(spot):
        return False
    at = document.random.choice(words_in(spot.text)[1:])[0]
    author, text = document.author(), spot.text
    label = document.random.choice(["", "・"])
    date = document.note("paragraph-split", spot, text, f"{text[:at]}\n{label}{text[at:]}", author)
    second = split_off(spot.paragraph, at, author)
    if label:
        put_first(second, document.pen.mark("ins", author, date, text_run(label, None, author)))
    document.pen.mark_end(spot.paragraph, "ins", author, date)
    document.take_around(spot)
    return True


def merge(document: ReviewedDocument) -> bool:
    """A paragraph goes on with the words of the next one, whose label may go."""
    spot = document.free(lambda one: not one.is_heading and is_editable(one.paragraph))
    follower = document.next_spot(spot) if spot else None
    if spot is None or follower is None or follower.is_heading or not is_editable(follower.paragraph):
        return False
    if not (document.alone(spot) and document.alone(follower)) or document.stays(follower):
        return False
    author, label = document.author(), label_of(follower.text)
    gone = label if document.random.random() < 0.7 else ""
    before = f"{spot.text}\n{follower.text}"
    date = document.note("paragraphs-merged", spot, before, spot.text + follower.text[len(gone) :], author)
    document.pen.mark_end(spot.paragraph, "del", author, date)
    if gone:
        document.pen.replace(follower.paragraph, 0, len(gone), "", author, date)
    document.take_around(spot)
    document.take_around(follower)
    return True


def move(document: ReviewedDocument) -> bool:
    """A paragraph goes behind another one of its cell, as a move or as deleted here and inserted there."""
    spot = document.free(lambda one: not one.is_heading and is_editable(one.paragraph) and bool(one.text))
    if spot is None or not document.alone(spot) or next_paragraph(spot.paragraph) is None:
        return False
    targets = [
        one
        for one in document.spots
        if one.paragraph.getparent() is spot.paragraph.getparent()
        and one is not spot
        and spot.paragraph.getprevious() is not one.paragraph
        and next_paragraph(spot.paragraph) is not one.paragraph
        and document.alone(one)
        and next_paragraph(one.paragraph) is not None
        and not one.is_heading
    ]
    if not targets:
        return False
    _carry(document, spot, document.random.choice(targets))
    return True


def _carry(document: ReviewedDocument, spot: Spot, target: Spot) -> None:
    author, is_move = document.author(), document.random.random() < 0.7
    going, coming = ("moveFrom", "moveTo") if is_move else ("del", "ins")
    date = document.note("paragraph-moved", spot, spot.text, spot.text, author)
    copy = deepcopy(spot.paragraph)
    for bookmark in list(copy.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        bookmark.getparent().remove(bookmark)
    runs = standing_runs(copy)
    came = document.pen.mark(coming, author, date)
    runs[0].addprevious(came)
    came.extend(runs)
    document.pen.mark_end(copy, coming, author, date)
    document.pen.delete_runs(standing_runs(spot.paragraph), author, date, going)
    document.pen.mark_end(spot.paragraph, going, author, date)
    target.paragraph.addnext(copy)
    if is_move:
        name = f"move{next(document.pen.numbers)}"
        for paragraph, range_ in ((spot.paragraph, "moveFromRange"), (copy, "moveToRange")):
            start = document.pen.mark(f"{range_}Start", author, date, name=name)
            put_first(paragraph, start)
            paragraph.append(node(f"{range_}End", id=start.get(f"{W}id")))
    document.take_around(spot)
    document.take_around(target)
